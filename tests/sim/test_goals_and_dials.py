"""Goals, the end of a game, and the three dials."""

from __future__ import annotations

import numpy as np
import pytest

from game.sim.beginning import new_worlds
from game.sim.dials import dials
from game.sim.goals import objective
from game.sim.step import step
from game.sim.world import ENDED, LOST, RUNNING, WON
from tests.sim.levels import one, play, random_plans, tiny, value
from tests.sim.test_oracle import everything, pasture

CLOCK = """
stocks: {clock: {at: world, kind: state, range: [0, 99], start: 0, plain: C}}
influences: {tick: {of: clock, once: season, change: 1, plain: T}}
"""


def outcomes(goals: str, extra: str = "", seasons: int = 6) -> list[int]:
    """What the game is after each season; `clock` counts the seasons that are over."""
    model = tiny(CLOCK + extra, goals=goals, seasons=seasons)
    world, seen = one(model), []
    for _ in range(seasons + 1):
        world = play(model, world, 1)
        seen.append(int(world.outcome[0]))
    return seen


def test_a_goal_is_reached_once_it_held_often_enough_in_a_row() -> None:
    assert outcomes("- {id: a, plain: A, hold: clock >= 2, in_a_row: 3}") == [RUNNING] * 3 + [WON] * 4


def test_a_season_in_which_a_goal_does_not_hold_starts_the_count_anew() -> None:
    assert outcomes("- {id: a, plain: A, hold: clock != 2, in_a_row: 2}") == [RUNNING] * 3 + [WON] * 4


def test_a_goal_at_the_end_counts_only_at_the_end() -> None:
    assert outcomes("- {id: a, plain: A, hold: clock >= 2, in_a_row: 2, at: end}") == [RUNNING] * 5 + [WON] * 2
    assert outcomes("- {id: a, plain: A, hold: clock < 4, in_a_row: 2, at: end}") == [RUNNING] * 5 + [ENDED] * 2


def test_a_goal_with_a_date_is_not_reached_later() -> None:
    assert outcomes("- {id: a, plain: A, hold: clock >= 3, by: 3}") == [RUNNING] * 2 + [WON] * 5
    assert outcomes("- {id: a, plain: A, hold: clock >= 4, by: 3}") == [RUNNING] * 5 + [ENDED] * 2


def test_a_goal_once_reached_stays_reached_and_all_must_be() -> None:
    goals = "- {id: a, plain: A, hold: clock == 1}\n- {id: b, plain: B, hold: clock == 4}"
    assert outcomes(goals) == [RUNNING] * 3 + [WON] * 4


def test_a_game_is_lost_when_its_end_comes_and_stays_lost() -> None:
    lost = "lost_when: {plain: L, holds: clock == 2}\n"
    assert outcomes("- {id: a, plain: A, hold: clock >= 3}", lost) == [RUNNING] + [LOST] * 6


def test_lost_outweighs_won_in_the_same_season() -> None:
    assert outcomes("- {id: a, plain: A, hold: clock == 2}", "lost_when: {plain: L, holds: clock == 2}\n")[1] == LOST


def test_what_is_won_is_not_lost_later_and_knows_its_season() -> None:
    model = tiny(CLOCK + "lost_when: {plain: L, holds: clock == 4}\n", goals="- {id: a, plain: A, hold: clock == 3}")
    world = play(model, one(model), 6)
    assert world.outcome[0] == WON and world.outcome_season[0] == 3


def test_season_means_the_season_that_is_just_over_when_goals_are_judged() -> None:
    assert outcomes("- {id: a, plain: A, hold: season == 3}") == [RUNNING] * 2 + [WON] * 5


def test_once_a_season_means_once() -> None:
    for ticks in (1, 8, 64):
        model = tiny(CLOCK, ticks=ticks)
        assert value(play(model, one(model), 5), "clock")[0] == 5.0


DIALS = """
stocks:
  moss:  {at: tile, kind: state, range: [0, 1], start: 0.5, on: [ground], living: 0.5, plain: M}
  fish:  {at: world, kind: matter, range: [0, 9], start: 1, living: 4, plain: F}
  tar:   {at: tile, kind: matter, range: [0, 9], start: 0, harmful: 2, plain: T}
  anger: {at: community, kind: state, range: [0, 1], start: 0, conflict: true, plain: A}
"""
LEGEND = '".": {terrain: ground}\n"~": {terrain: lake}'
VILLAGES = "ann: {name: Ann, people: 30}\nbob: {name: Bob, people: 10}"


def test_depletion_is_the_mean_lack_of_living_stocks_where_they_live() -> None:
    model = tiny(DIALS, people=("ann", "bob"), rows="..~", legend=LEGEND)
    world = one(model)
    world.stock["moss"][0, 0, 0, 0] = 0.1
    found = dials(model, world)
    assert found["depletion"][0] == pytest.approx(((0.8 + 0.0) / 2 + 0.75) / 2)


def test_conflict_weighs_anger_by_people_and_does_not_jump_while_an_action_is_blocked() -> None:
    model = tiny(DIALS, people=("ann", "bob"), rows="..~", legend=LEGEND, communities=VILLAGES)
    world = new_worlds(model, [1, 2])
    world.stock["anger"][0] = 0.4
    world.blocked[1] = True
    assert dials(model, world)["conflict"].tolist() == pytest.approx([0.3, 0.3])


def test_toxification_is_the_mean_share_of_the_harmful_level() -> None:
    model = tiny(DIALS, people=("ann", "bob"), rows="..~", legend=LEGEND)
    world = one(model)
    world.stock["tar"][0, 0, 0, :, 0] = [1.0, 9.0, 0.0]
    assert dials(model, world)["toxification"][0] == pytest.approx(0.5)


def test_what_is_harmless_up_to_an_amount_fouls_nothing_below_it() -> None:
    model = tiny(DIALS.replace("harmful: ", "harmless: 1, harmful: "), people=("ann", "bob"), rows="..~", legend=LEGEND)
    world = one(model)
    high = model.level.stocks["tar"].harmful
    assert high is not None
    world.stock["tar"][0, 0, 0, :, 0] = [0.5, 1.0, 0.0]
    assert dials(model, world)["toxification"][0] == 0.0
    world.stock["tar"][0, 0, 0, :, 0] = [(1.0 + high) / 2, high, 0.0]
    places = model.stocks["tar"].live.sum()
    assert dials(model, world)["toxification"][0] == pytest.approx(1.5 / places)


@pytest.mark.parametrize("make", [pasture, everything])
def test_dials_stay_between_nought_and_one_whatever_is_done(make: object) -> None:
    model, generator = make(), np.random.default_rng(1)  # type: ignore[operator]
    world = new_worlds(model, range(10))
    # A conflict stock with a range beyond 0..1 is the one thing that may leave the scale.
    wide = [
        name
        for name, spec in model.level.stocks.items()
        if spec.conflict and not 0 <= spec.range[0] <= spec.range[1] <= 1
    ]
    for _ in range(12):
        world = step(model, world, random_plans(model, generator, 10))
        for name, values in dials(model, world).items():
            if name != "conflict" or not wide:
                assert values.shape == (10,) and values.min() >= 0.0 and values.max() <= 1.0, name


def test_conflict_is_a_share_whatever_the_range_of_the_stock() -> None:
    model = tiny(
        DIALS.replace("range: [0, 1], start: 0, conflict", "range: [0, 10], start: 8, conflict"),
        rows="..~",
        legend=LEGEND,
    )
    assert 0.0 <= dials(model, one(model))["conflict"][0] <= 1.0


def test_a_level_without_living_or_harmful_stocks_has_dials_of_nought() -> None:
    model = tiny(CLOCK)
    assert all(values.tolist() == [0.0] for values in dials(model, one(model)).values())


def test_the_objective_is_one_number_for_each_world() -> None:
    model = tiny(CLOCK + "objective: clock / 2\n")
    assert objective(model, play(model, new_worlds(model, range(3)), 3)).tolist() == [1.5] * 3
    assert objective(tiny(CLOCK), new_worlds(tiny(CLOCK), range(3))).tolist() == [0.0] * 3
