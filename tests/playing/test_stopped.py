"""A deed that was stopped is told with who stopped it, and one of mine never with what became of somebody else's."""

from __future__ import annotations

import pytest

from game.level.reader import load_level
from game.playing.motives import motives
from game.playing.session import Session
from game.playing.view import view
from game.sim.actions import BLOCKED
from game.sim.model import compile_level


@pytest.mark.parametrize("seed", [7, 8])
def test_force_that_was_stopped_names_who_stopped_it_and_force_that_went_through_names_nobody(seed: int) -> None:
    model = compile_level(load_level("the_shared_pasture"))
    session = Session(model, seed, 1, ("over",) * 4)
    stopped, went_through = 0, 0
    for _ in range(6):
        for number, one in enumerate(model.candidates):
            if one.action == "fence_off" and one.tiles is not None:
                session.add(number)
                break
        session.end_turn()
        report = session.last
        assert report is not None
        for card in view(session, parts=["report"])["report"]["players"][0]["cards"]:
            if card["outcome"] == "blocked":
                assert card["said"] and card["said"][0].endswith(" stopped it.")
                stopped += 1
            elif card["outcome"] == "done":
                assert card["said"] == []  # whatever became of the same fence of a neighbour
                went_through += 1
        told = " ".join(line for one in motives(session) for line in one.did)
        others = [deed for deed in report.deeds if deed.seat != 0 and deed.outcome == BLOCKED]
        assert told.count("stopped by ") <= len(others) and bool(others) == ("stopped by " in told)
        assert "blocked" not in told and "no from" not in told
    assert stopped or went_through
