"""The stars of a game: what wins them, and what does not."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from game.insight.light_hand import LightHand, light_hand
from game.level.reader import load_level
from game.players.policies import plan_season
from game.playing.codex import paths
from game.playing.session import Session
from game.playing.stars import count_stars, counting
from game.sim.model import compile_level
from game.sim.world import WON

SEED = 44  # luck with which the pasture is won by partnering, and also with force besides
FORCED = 3  # seasons of force: with force for longer the pasture is seldom won


def strongest(session: Session) -> list[str]:
    """Whose cattle one drives off: theirs who have most of it."""
    herd = session.world.stock["herd"][1:, 0, 0, 0, 0]
    return [f"drive_off:{session.model.layout.communities[1 + int(np.argmax(herd))]}"]


@lru_cache(maxsize=4)
def played(level: str, policy: str, force: bool = False) -> Session:
    """A game to its end: partnering, or driving off the neighbours' cattle besides in its first seasons."""
    told = load_level(level)
    model = compile_level(told)
    session = Session(model, SEED, 1, told.default_policies())
    index = {candidate.key: number for number, candidate in enumerate(model.candidates)}
    while not session.over:
        for key in strongest(session) if force and session.world.season < FORCED else ():
            session.add(index[key])
        chosen = plan_season(model, session.world, (policy,) * len(told.seats)).chosen[:, 0, 0]
        for candidate in chosen[chosen >= 0].tolist():
            session.add(candidate)
        session.end_turn()
    return session


def test_two_wins_of_one_level_and_only_the_partnering_one_has_a_light_hand() -> None:
    partner, forcer = played("the_shared_pasture", "with"), played("the_shared_pasture", "with", True)
    assert int(partner.world.outcome[0]) == int(forcer.world.outcome[0]) == WON
    light, heavy = (count_stars(one, [], []) for one in (partner, forcer))
    assert {"goals", "light"} <= light.won
    assert "goals" in heavy.won and "light" not in heavy.won
    assert heavy.hand.ratio > 0.5 > 0.2 > light.hand.ratio
    told = next(line.reason for line in heavy.lines if line.star == "light")
    assert "suffered most" in told and "anger" in told


def test_whoever_does_nothing_has_done_nothing() -> None:
    session = played("first_steps", "idle")
    assert light_hand(session.game(), session.seats) == LightHand()


def test_no_label_is_read() -> None:
    """The same deeds, all called power-with by an author who would like them to be, weigh the same.

    Nobody decides anew here: people do as those around them did, and would do otherwise where that is called otherwise.
    """
    forcer, level = played("the_shared_pasture", "with", True), load_level("the_shared_pasture")
    called = {name: one.model_copy(update={"mode": "with", "family": "care"}) for name, one in level.actions.items()}
    found = []
    for one in (level, level.model_copy(update={"actions": called})):
        again = Session(compile_level(one), SEED, 1, ("idle",) * len(level.seats))
        again.retrace(forcer.plans)
        found.append(light_hand(again.game(), (0,)))
    assert found[0] == found[1] and found[0].harm > 0.0


def test_force_over_dead_wood_keeps_a_light_hand() -> None:
    """The rule is about what deeds do: a hammer on one's own roof harms nobody."""
    session = played("one_nail", "over")
    assert count_stars(session, [], []).hand.ratio == 0.0


def test_a_game_that_is_lost_wins_no_light_hand_but_a_new_path() -> None:
    level = load_level("first_steps")
    session = Session(compile_level(level), 1, 1, level.default_policies())
    while not session.over:
        session.end_turn()
    found = count_stars(session, ["dialogue"], ["dialogue"])
    assert found.won == {"path"}
    assert any("Dialogue" in line.reason for line in found.lines)


@pytest.mark.parametrize(("known", "won"), [((), False), (("dialogue", "commons"), False), (None, True)])
def test_a_path_is_new_once_and_the_star_stays_for_whoever_knows_all_ten(known: tuple[str, ...], won: bool) -> None:
    session = played("first_steps", "with")
    found = count_stars(session, [], paths() if known is None else known)
    line = next(line for line in found.lines if line.star == "path")
    assert line.won == won
    if known == ("dialogue", "commons"):
        assert "Tend the ground (Learning from nature)" in line.reason, "what is still to be tried here is named"


def test_counting_beside_the_screen_comes_to_the_same() -> None:
    session = played("first_steps", "with")
    assert counting(session, ["care"], ["care"]).wait() == count_stars(session, ["care"], ["care"])
