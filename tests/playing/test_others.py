"""What neighbours plan one after the other, and what is found of them ahead, is what it would be all at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.level.reader import load_level
from game.level.vocabulary import PERSON
from game.players.policies import plan_season
from game.playing.minds import minds_of
from game.playing.session import Session
from game.playing.shown import Shown
from game.playing.view import view
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
        marked = {
            asked: {did: replace(mind, tired=MARK) for did, mind in plans.items()} for asked, plans in before.items()
        }
        taken = minds_of(session.model, session.policies, session.last, session.me, marked)
        found_ahead += sum(mind.tired == MARK for mind in taken.values())
    assert found_ahead == 12, "also where something they planned came too late, or all of it"
    assert len(session.others.minds) <= 2 * len(session.policies)
    session.background.close()


def test_what_has_been_played_so_far_is_one_and_the_same_until_the_world_changes() -> None:
    session = session_of("the_shared_pasture")
    before = session.game()
    assert session.game() is before and before.seasons == 0
    session.end_turn()
    after = session.game()
    assert after is session.game() and after.seasons == 1 and after.start is before.start
    assert after.end is session.world and len(after.plans) == 1


def test_how_everybody_fares_is_told_once_a_season_however_often_a_strip_is_drawn() -> None:
    shown = Shown(session_of("the_shared_pasture"))
    for season in (1, 2):
        shown.decide({"do": "end"})
        shown.count_farings()
        found = shown.farings()
        assert shown.farings() is found and found[0]["ready"], season
    shown.session.background.close()


def test_which_loop_rules_is_found_beside_the_game_and_is_what_it_would_be_at_once() -> None:
    shown, other = Shown(session_of("the_shared_pasture")), session_of("the_shared_pasture")
    shown.decide({"do": "end"})
    other.end_turn()
    shown.session.background.begin(lambda _: iter([True]), 2).wait()
    assert shown.ruling() == view(other, parts=["report"])["report"]["loop"] is not None
    assert [one.members for one in shown.session.loops()] == [one.members for one in other.loops()]
    shown.session.background.close()
