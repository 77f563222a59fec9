"""What neighbours plan one after the other, and what is found of them ahead, is what it would be all at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.level.reader import load_level
from game.level.vocabulary import PERSON
from game.players.policies import plan_season
from game.playing.minds import minds_of
from game.playing.session import Session
from game.sim.actions import Actions
from game.sim.model import compile_level

MARK = 9.0  # how tired nobody can be


def session_of(level: str, policy: str = PERSON) -> Session:
    model = compile_level(load_level(level))
    return Session(model, 7, 1, (policy,) * len(model.level.seats))


@pytest.mark.parametrize("policy", [PERSON, "mixed"])
def test_neighbours_who_plan_one_after_the_other_plan_as_all_at_once(policy: str) -> None:
    session = session_of("the_shared_pasture", policy)
    for _ in range(3):
        steps = 1
        while not session.others.plan_on(session.world):
            steps += 1
        assert steps == len(session.policies)
        at_once: Actions = plan_season(session.model, session.world, session.policies)
        assert (session.plans_of_others().chosen == at_once.chosen).all()
        session.end_turn()


def test_what_moves_people_is_found_while_the_season_is_planned_and_holds_at_its_end() -> None:
    session = session_of("the_shared_pasture")
    found_ahead = 0
    for _ in range(4):
        session.others.look_into_minds(session.background, session.world, session.me)
        known = session.others.minds
        session.background.begin(lambda _: iter([True]), 2).wait()  # it is behind what was asked for before
        before = dict(known)
        session.end_turn()
        minds = session.minds()
        assert session.last is not None
        anew = minds_of(session.model, session.policies, session.last, session.me, {})
        assert minds == anew and set(minds) == {1, 2, 3}
        marked = {asked: (planned, replace(mind, tired=MARK)) for asked, (planned, mind) in before.items()}
        taken = minds_of(session.model, session.policies, session.last, session.me, marked)
        found_ahead += sum(mind.tired == MARK for mind in taken.values())
    assert found_ahead >= 11  # of 12, also where something they planned came too late
    assert len(session.others.minds) <= 2 * len(session.policies)
    session.background.close()
