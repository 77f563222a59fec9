"""What a card promises to carry home is what is carried home."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.library import shipped_levels
from game.playing.cards import cards_of
from game.sim.effect_plans import MoveEffect
from game.sim.effects import apply_effects
from game.sim.possible import action_frame
from tests.screen import screens

LEVELS = sorted(path.stem for path in shipped_levels())
AFTER = (0, 3)  # seasons in which nobody acts


@pytest.mark.parametrize("level", LEVELS)
def test_what_an_action_carries_from_store_to_store_is_what_its_card_promises(level: str) -> None:
    session = screens.session_of(level)
    model, me = session.model, session.model.layout.seats[session.seat]
    for season in range(max(AFTER) + 1):
        for card in cards_of(session, session.world) if season in AFTER else ():
            plan = model.actions[card.name]
            if not plan.spec.aim or model.stocks[plan.spec.aim.of].place != "community":
                continue
            moves = [one for one in plan.now if isinstance(one, MoveEffect)]
            ends = [end for one in moves for end in (one.source, one.target) if end[0]]
            if (plan.spec.aim.of, ("me",)) not in ends or any(model.stocks[end[0]].place == "tile" for end in ends):
                continue
            for option in card.targets:
                if option.hurdle is None and not option.obstacle:
                    after = session.world.copy()
                    apply_effects(
                        model,
                        after,
                        action_frame(model, after, session.seat, option.candidate),
                        moves,
                        np.array([True]),
                    )
                    before, now = (one.stock[plan.spec.aim.of][me, 0, 0, 0, 0] for one in (session.world, after))
                    assert option.promise == pytest.approx(now - before), f"{level}: {card.name}"
        session.end_turn()


def test_taking_beams_says_beams() -> None:
    session = screens.session_of("nail_and_barn")
    (card,) = (one for one in cards_of(session, session.world) if one.name == "take_beams")
    assert {option.promise for option in card.targets if not option.obstacle} == {2.0}
    assert any("+2" in one.text for option in card.targets for one in option.brings)
