"""Two rules of proof in words, and worked out beside the screen."""

from __future__ import annotations

import pytest

import game as powerdance
from game.playing.hindsight import Hindsight
from game.playing.proof import errors, measure, verdict_lines
from game.playing.session import Session
from game.telling.say import say
from tests.sim.levels import candidate


def over(*actions: str) -> Hindsight:
    model = powerdance.compile_level(powerdance.load_level("first_steps"))
    session = Session(model, 5, 1, ("idle",) * len(model.level.seats))
    while not session.over:
        for name in actions:
            session.add(candidate(model, name))
        session.end_turn()
    return Hindsight(session)


def test_it_is_worked_out_once_in_the_background() -> None:
    hindsight = over("buy_cattle")
    assert hindsight.proof() is hindsight.proof()
    found = hindsight.proof().wait()
    assert found is not None and found is hindsight.proof().wait()
    for side, timeline in zip(found.sides, (found.found.allowed, found.found.safe), strict=True):
        assert side.session.world.digest() == timeline.game.end.digest()
        assert side.errors == (timeline.harm, timeline.good)
    assert hindsight.game.end.digest() == hindsight.session.world.digest()


def test_it_is_told_to_you_with_what_was_struck_and_both_errors() -> None:
    found = over("buy_cattle", "fence_off").proof().wait()
    assert found is not None
    text = "\n".join(verdict_lines(found))
    assert "Two more cows: struck " in text and "Proof: Two more cows by you in season " in text
    assert "Fence it off: struck " in text and "called for care, 6" in text
    assert all(text.count(f"  {name}: ") == 2 for name in errors())
    assert any(row.name == "Your herd" for row in found.numbers)
    herd = next(row for row in found.numbers if row.name == "Your herd")
    assert herd.first != "" and herd.second != ""


def test_where_nobody_used_force_there_is_nothing_to_prove() -> None:
    found = over("listen").proof().wait()
    assert found is not None and verdict_lines(found) == [say("proof.nobody")]


@pytest.mark.parametrize(("amount", "text"), [(0.0, "0.00"), (1.234, "1.23"), (0.034, "0.03"), (0.0023, "0.002")])
def test_small_amounts_keep_their_first_digit(amount: float, text: str) -> None:
    assert measure(amount) == text
