"""How households fare beside the same game without what one seat did and answered."""

from __future__ import annotations

import numpy as np
import pytest

from game.insight.played import PlayedGame, play_without, played
from game.insight.without import THERE, Difference, Without
from game.level.reader import load_level, parse_level
from game.players.policies import plan_season
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from tests.barns import barns
from tests.sim.levels import candidate

ANN, BOB = 0, 1
DEEDS = """
actions:
  rob:  {mode: over, family: x, target: community, plain: R,
          now: [{move: {from: "hay[target]", to: "hay[me]", amount: 5}}]}
  ask:  {mode: with, family: x, target: community, plain: A, accepts: 1,
          now: [{move: {from: "hay[target]", to: "hay[me]", amount: 1}}]}
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return barns(DEEDS)


def game_of(model: Model, seat: int, key: str, whom: str, answer: bool | None = None, idle: int = 0) -> PlayedGame:
    """A game in which one seat does one deed in the first season, and nobody anything later."""
    plan = Actions.planned(model, {seat: [candidate(model, key, whom)]})
    if answer is not None:
        plan = plan.answered(model, [ANN])
        assert plan.answers is not None
        plan.answers[0, seat, ANN] = 1 if answer else -1
    quiet = Actions.none(model, 1)
    return played(model, new_worlds(model, [1]), [plan] + [quiet] * idle)


def found_in(game: PlayedGame, seat: int = ANN) -> dict[tuple[int | None, str], Difference]:
    twin = Without(game.model, game.start, seat)
    for _ in twin.catch_up(game):
        pass
    return {(one.community, one.kind): one for one in twin.differences()}


def test_whoever_was_robbed_is_worse_off_and_the_robber_better(model: Model) -> None:
    found = found_in(game_of(model, ANN, "rob", "bob"))
    mine, theirs = found[ANN, "store"], found[BOB, "store"]
    assert mine.better and not theirs.better
    assert (mine.here - mine.there, theirs.here - theirs.there) == (pytest.approx(5.0), pytest.approx(-5.0))


def test_whoever_went_short_is_told_by_what_was_met(model: Model) -> None:
    found = found_in(game_of(model, ANN, "rob", "bob", idle=3))
    assert found[BOB, "met"].here < found[BOB, "met"].there == 1.0 and not found[BOB, "met"].better


def test_through_whom_nothing_was_done_nobody_fares_otherwise(model: Model) -> None:
    assert found_in(game_of(model, ANN, "rob", "bob"), seat=BOB) == {}


@pytest.mark.parametrize("yes", [True, False])
def test_an_answer_counts_as_ones_own_doing(model: Model, yes: bool) -> None:
    found = found_in(game_of(model, BOB, "ask", "ann", answer=yes))
    told = {who: one.here - one.there for (who, kind), one in found.items() if kind == "store"}
    assert told == ({ANN: pytest.approx(-1.0), BOB: pytest.approx(1.0)} if yes else {})


def test_no_season_no_word(model: Model) -> None:
    twin = Without(model, new_worlds(model, [1]), ANN)
    with pytest.raises(ValueError, match="no season"):
        twin.differences()


def test_the_twin_kept_up_season_by_season_is_that_of_the_whole_game_played_again() -> None:
    model = compile_level(load_level("the_shared_pasture"))
    world, plans = new_worlds(model, [3]), []
    policies = ("over", "idle", "over", "idle")  # who asks nobody anything
    for _ in range(3):
        plans.append(plan_season(model, world, policies))
        world = step(model, world, plans[-1])
    whole = played(model, new_worlds(model, [3]), plans)
    removed = np.zeros((len(whole.deeds), 1), np.bool_)
    removed[whole.of_seat(0), 0] = True
    expected = play_without(whole, removed)
    twin = Without(model, whole.start, 0)
    for count in (1, 3):
        for _ in twin.catch_up(played(model, new_worlds(model, [3]), plans[:count])):
            pass
        assert twin.seasons == count
    known = {(one.community, one.of): one.there for one in twin.differences() if one.kind == "store"}
    assert known, "whoever takes all he can has another barn"
    for (community, name), there in known.items():
        assert community is not None and there == expected.stock[name][community, 0, 0, 0, THERE]


PEOPLE = """
format: 1
title: Two barns
seasons: {count: 6, ticks: 1}
terrains: {ground: {plain: G}}
stocks:
  hay:   {at: community, kind: matter, range: [0, 99], start: 9, unit: t, plain: H}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.9, plain: T}
flows:
  feeding: {from: hay, to: outside, plain: Animals eat., rate: 2}
influences:
  sad: {of: trust, plain: S, change: "0 * min(met(feeding))"}
actions:
  rob:  {mode: over, family: x, target: community, plain: R, aim: {of: hay, gain: 5},
         now: [{move: {from: "hay[target]", to: "hay[me]", amount: 5}}]}
communities: {ann: {name: The Anns}, bob: {name: The Bobs, hay: 1}}
people: {bob: {name: Bob, temper: {fair: 0, bold: 1, patient: 0, forgiving: 0}}}
seats: [ann, bob]
map: {legend: {".": {terrain: ground}}, rows: "..."}
goals: [{id: trust, plain: Trust., hold: mean(trust) > 2, at: end}]
"""


def test_people_decide_anew_in_the_twin() -> None:
    model = compile_level(parse_level(PEOPLE, "barns.yaml"))
    robbed = played(
        model,
        new_worlds(model, [1]),
        [Actions.planned(model, {0: [candidate(model, "rob", "bob")]}), Actions.none(model, 1)],
        people=(1,),
        anew=lambda world: plan_season(model, world, ("idle", "person")).chosen,
    )
    told = found_in(robbed)
    # Left alone the Bobs, who are short and bold, would have fetched hay themselves.
    assert told[0, "store"].here - told[0, "store"].there > 5.0
