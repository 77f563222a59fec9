"""Actions: what they cost, who may block them, whom they reach, how often."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.sim.actions import BLOCKED, DONE, NOT_POSSIBLE, TOO_DEAR, TOO_OFTEN, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.possible import action_frame, cost_of
from game.sim.step import step
from game.sim.world import World
from tests.sim.levels import candidate, one, play, tiny, value
from tests.sim.test_events import wilson

BASE = """
needs: {bread: {plain: B}, songs: {plain: S}}
wants: {drift: [bread, songs], every: 50..50, known_by: trust}
stocks:
  days:  {at: player, kind: state, range: [0, 10], start: 5, plain: D}
  anger: {at: community, kind: state, range: [0, 1], start: 0.3, conflict: true, plain: A}
  grain: {at: community, kind: matter, range: [0, 9], start: 3, plain: G}
  depot: {at: world, kind: matter, range: [0, 9], start: 3, plain: G}
  moss:  {at: tile, kind: state, range: [0, 1], start: 0.5, plain: M}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.4, plain: T}
resistance: {weight: "0.5 + anger", protest: anger, plain: R}
actions:
"""
PEOPLE = ("ann", "bob", "cid")


def acted(
    actions: str,
    plans: dict[int, list[str]],
    *,
    worlds: int = 1,
    seasons: int = 1,
    body: str = BASE,
    rows: str = "....\n....",
) -> tuple[Model, World]:
    """Play plans written as `action` or `action:label`."""
    model = tiny(body + actions, people=PEOPLE, rows=rows)
    chosen = {seat: [candidate(model, *plan.split(":")) for plan in plan_list] for seat, plan_list in plans.items()}
    return model, play(model, new_worlds(model, range(worlds)), seasons, chosen)


def test_costs_are_paid_at_once_and_what_is_too_dear_is_not_done() -> None:
    work = (
        "  work: {mode: over, family: x, target: me, plain: W, limit: 9, cost: {days: 2, grain: 1},\n"
        "   now: [{of: anger, add: 0.1}]}\n"
    )
    _, world = acted(work, {0: ["work"] * 4})
    assert world.result[:, 0, 0].tolist() == [DONE, DONE, TOO_DEAR, TOO_DEAR, 0, 0, 0, 0]
    assert value(world, "days", 0)[0] == 1.0 and value(world, "grain", 0)[0] == 1.0
    assert value(world, "anger", 0)[0] == pytest.approx(0.5)
    assert world.outside["grain"].item() == -2.0  # what is paid in matter has left the world, and is booked


def test_an_action_is_done_at_most_so_often_a_season_for_each_player() -> None:
    work = "  work: {mode: over, family: x, target: me, plain: W, limit: 2}\n"
    _, world = acted(work, {0: ["work"] * 3, 1: ["work"] * 2}, seasons=2)
    assert world.result[:3, 0, 0].tolist() == [DONE, DONE, TOO_OFTEN] and world.result[:2, 1, 0].tolist() == [
        DONE,
        DONE,
    ]


def test_what_is_not_possible_costs_nothing() -> None:
    work = "  work: {mode: over, family: x, target: me, plain: W, cost: {days: 1}, when: days > 9}\n"
    _, world = acted(work, {0: ["work"]})
    assert world.result[0, 0, 0] == NOT_POSSIBLE and value(world, "days", 0)[0] == 5.0


def test_nobody_can_be_the_target_of_his_own_action() -> None:
    _, world = acted("  hug: {mode: with, family: x, target: community, plain: H}\n", {1: ["hug:bob", "hug:cid"]})
    assert world.result[:2, 1, 0].tolist() == [NOT_POSSIBLE, DONE]


TAKE = """
  take: {mode: over, family: x, target: community, plain: T, blocked_by: protest, cost: {days: 1 + resisting},
         now: [{of: "trust[target, me]", add: -0.2}]}
"""


@pytest.mark.parametrize("anger", [0.0, 0.1, 0.5, 0.9])
def test_a_protest_blocks_at_the_stated_chance(anger: float) -> None:
    _, world = acted(TAKE, {0: ["take:bob"]}, worlds=2000, body=BASE.replace("start: 0.3", f"start: {anger}"))
    low, high = wilson(int((world.result[0, 0] == BLOCKED).sum()), 2000)
    assert low - 1e-9 <= anger <= high
    assert np.array_equal(world.blocked, world.result[0, 0] == BLOCKED)


def test_a_blocked_action_is_paid_for_and_does_nothing() -> None:
    _, world = acted(TAKE, {0: ["take:bob"]}, worlds=200)
    blocked = world.result[0, 0] == BLOCKED
    assert 0 < blocked.sum() < 200
    assert np.all(value(world, "days", 0) == pytest.approx(5 - 1 - 0.8))
    assert np.all(value(world, "trust", 1, 0)[blocked] == 0.4) and np.all(
        value(world, "trust", 1, 0)[~blocked] == pytest.approx(0.2)
    )


def test_whoever_stops_an_action_is_named_and_whoever_is_stopped_resents_it() -> None:
    _, world = acted(TAKE, {0: ["take:bob"]}, worlds=200)
    blocked = world.result[0, 0] == BLOCKED
    assert np.array_equal(world.answer[0, 0, 1] < 0, blocked)
    resentment = value(world, "anger", 0)
    assert np.all(resentment[blocked] == pytest.approx(resentment[~blocked][0] + 0.01))


def test_whoever_is_not_touched_does_not_protest() -> None:
    furious = BASE.replace("start: 0.3", "start: 1")
    _, world = acted(
        "  dig: {mode: over, family: x, target: me, plain: D, blocked_by: protest}\n",
        {0: ["dig"]},
        worlds=50,
        body=furious,
    )
    assert np.all(world.result[0, 0] == DONE)


FENCE = """
  fence: {mode: over, family: x, target: {tiles: ground, area: 2}, plain: F, cost: {days: "0.5 + resisting"}, limit: 2,
          now: [{set: users, to: me}, {of: anger, who: users, add: 0.2},
                {of: trust, who: users, toward: me, add: -0.1}, {of: moss, add: 0.25}]}
  gate: {mode: with, family: x, target: {tiles: ground, area: 2}, only_own: true, plain: G,
         now: [{set: users, to: before}]}
  feast: {mode: with, family: x, target: {tiles: ground, area: 2}, plain: G, now: [{set: users, to: all}]}
"""


def test_the_cost_of_force_grows_with_those_who_resist() -> None:
    def cost(anger: float, users: str) -> float:
        model = tiny(
            BASE.replace("start: 0.3", f"start: {anger}") + FENCE,
            people=PEOPLE,
            rows="....\n....",
            legend=f'".": {{terrain: ground, users: [{users}]}}',
        )
        frame = action_frame(model, one(model), 0, candidate(model, "fence", "a1"))
        return float(cost_of(model, frame, model.actions["fence"])[0][1][0])

    assert cost(0.3, "ann") == pytest.approx(0.5)
    assert cost(0.3, "ann, bob") == pytest.approx(0.5 + 0.8)
    assert cost(0.3, "ann, bob, cid") == pytest.approx(0.5 + 1.6)
    assert cost(0.8, "ann, bob, cid") == pytest.approx(0.5 + 2.6)


def test_a_fence_shuts_out_all_others_and_only_on_its_plot() -> None:
    _, world = acted(FENCE, {1: ["fence:b1"]})
    uses = world.uses[:, 0, :, :, 0]
    assert uses[:, :, :2].all() and uses[1, :, 2:].all() and not uses[0, :, 2:].any() and not uses[2, :, 2:].any()
    assert world.stock["anger"].ravel().tolist() == pytest.approx([0.5, 0.3, 0.5])
    assert value(world, "trust", 0, 1)[0] == pytest.approx(0.3) and value(world, "trust", 1, 0)[0] == 0.4
    assert world.stock["moss"][0, 0, 0, :, 0].tolist() == [0.5, 0.5, 0.75, 0.75]


def test_a_fence_around_ones_own_ground_meets_nobody() -> None:
    _, world = acted(FENCE, {1: ["fence:b1", "fence:b1"]})
    assert value(world, "days", 1)[0] == pytest.approx(5 - (0.5 + 1.6) - 0.5)
    assert world.stock["anger"].ravel().tolist() == pytest.approx([0.5, 0.3, 0.5])


def test_an_opened_gate_gives_back_what_was_used_before() -> None:
    model, world = acted(FENCE, {1: ["fence:b1"], 0: []})
    gate = candidate(model, "gate", "b1")
    assert play(model, world, 1, {0: [gate]}).result[0, 0, 0] == NOT_POSSIBLE
    after = play(model, world, 1, {1: [gate]})
    assert after.result[0, 1, 0] == DONE and np.array_equal(after.uses, new_worlds(model, [0]).uses)


def test_nobody_can_open_a_gate_to_ground_that_is_used_together() -> None:
    _, world = acted(FENCE, {0: ["gate:a1"]})
    assert world.result[0, 0, 0] == NOT_POSSIBLE


def test_players_take_turns_in_who_comes_first() -> None:
    grab = "  grab: {mode: over, family: x, target: me, plain: G, when: depot > 2, cost: {depot: 2}}\n"
    model = tiny(BASE + grab, people=PEOPLE)
    world, first = one(model), []
    for _ in range(4):
        world.stock["depot"][...] = 3.0
        world = play(model, world, 1, {0: [0], 1: [0], 2: [0]})
        first.append(world.result[0, :, 0].tolist().index(DONE))
    assert first == [0, 1, 2, 0]


def test_a_later_effect_arrives_in_its_season_whatever_happens() -> None:
    plant = (
        "  plant: {mode: with, family: x, target: community, plain: P,\n"
        "   later: [{of: 'anger[target]', add: -0.125, after: 3, plain: L}]}\n"
    )
    model, world = acted(plant, {0: ["plant:bob"]})
    seen = []
    for _ in range(4):
        seen.append(float(value(world, "anger", 1)[0]))
        world = play(model, world, 1)
    assert seen == pytest.approx([0.3, 0.3, 0.3, 0.175])
    assert value(world, "anger", 1)[0] == pytest.approx(0.175)


def test_fits_is_one_only_when_the_target_wants_it_now() -> None:
    feed = (
        "  feed: {mode: with, family: x, target: community, meets: [bread], plain: F,\n"
        "   now: [{of: 'anger[target]', add: '0 - 0.2 * fits'}]}\n"
    )
    _, world = acted(feed, {0: ["feed:bob"]}, worlds=60)
    wants_bread = world.need[1] == 0
    assert 0 < wants_bread.sum() < 60
    assert np.array_equal(value(world, "anger", 1) < 0.2, wants_bread)


def test_all_amounts_of_an_action_are_read_before_the_first_effect() -> None:
    twice = (
        "  a: {mode: over, family: x, target: me, plain: A, now: [{of: anger, add: anger}, {of: anger, add: anger}]}\n"
    )
    _, world = acted(twice, {0: ["a"]})
    assert value(world, "anger", 0)[0] == pytest.approx(0.9)


def test_a_plan_past_the_last_slot_is_refused() -> None:
    model = tiny(BASE + "  a: {mode: over, family: x, target: me, plain: A}\n", people=PEOPLE)
    with pytest.raises(ValueError, match="at most 8"):
        Actions.planned(model, {0: [0] * 9})


def test_nothing_can_be_done_once_the_game_is_over() -> None:
    model = tiny(
        BASE + "  a: {mode: over, family: x, target: me, plain: A, cost: {days: 1}}\n",
        people=PEOPLE,
        goals="- {id: now, plain: N, hold: 1}",
    )
    world = play(model, one(model), 2, {0: [0]})
    assert world.result[0, 0, 0] == NOT_POSSIBLE and value(world, "days", 0)[0] == 4.0


def test_worlds_of_a_batch_may_plan_different_things() -> None:
    model = tiny(BASE + TAKE + FENCE, people=PEOPLE, rows="....\n....")
    actions, batch = Actions.none(model, len(model.candidates)), new_worlds(model, [5] * len(model.candidates))
    actions.chosen[0, 0] = np.arange(len(model.candidates))
    together = step(model, batch, actions).digests()
    alone = [
        step(model, one(model, 5), Actions.planned(model, {0: [index]})).digests()[0]
        for index in range(len(model.candidates))
    ]
    assert together == alone and len(set(alone)) > 4


def test_one_moment_for_all_amounts_of_an_action() -> None:
    model = tiny("""
        stocks:
          days: {at: player, kind: state, range: [0, 10], start: 8, plain: D}
          seen: {at: community, kind: state, range: [-9, 9], start: 1, plain: S}
        actions:
          a: {mode: over, family: x, target: me, plain: A, cost: {days: "3 + 0 * mean(days)"},
              now: [{of: seen, add: mean(days) - days}]}
        """)
    assert value(play(model, one(model), 1, {0: [0]}), "seen")[0] == 1.0


def test_a_community_without_a_player_has_no_player_stock() -> None:
    model = tiny(
        """
        stocks: {days: {at: player, kind: state, range: [0, 10], start: 8, plain: D}}
        actions: {a: {mode: over, family: x, target: community, plain: A, now: [{of: "days[target]", add: 1}]}}
        """,
        people=("ann", "bob"),
        seats=("ann",),
    )
    assert value(play(model, one(model), 1, {0: [1]}), "days", 1)[0] == 0.0


@pytest.mark.parametrize("at, change", [("[community, community]", "mean(1 / odd)"), ("tile", "mean(1 / odd)")])
def test_a_stock_that_cannot_be_zero_divides_safely_even_where_it_does_not_live(at: str, change: str) -> None:
    where = ", on: [lake]" if at == "tile" else ""
    model = tiny(
        f"""
        stocks:
          odd:  {{at: {at}, kind: state, range: [2, 9], start: 4, plain: O{where}}}
          seen: {{at: community, kind: state, range: [0, 9], start: 1, plain: S}}
        influences: {{look: {{of: seen, change: "{change}", plain: L}}}}
        """,
        people=("ann", "bob"),
        rows="~.",
        legend='".": {terrain: ground}\n"~": {terrain: lake}',
    )
    seen = play(model, one(model), 1).stock["seen"]
    assert seen.ravel().tolist() == pytest.approx([1.25, 1.25])


def huge(power: int) -> Model:
    """A rule in which numbers up to 9e6 are raised to a high power."""
    big = " * ".join(["(1000000 * seen) ** 7"] * (power // 7))
    return tiny(f"""
        stocks: {{seen: {{at: community, kind: state, range: [0, 9], start: 1, plain: S}}}}
        influences: {{look: {{of: seen, change: "{big} - {big}", plain: L}}}}
        """)


def test_no_rule_can_make_a_stock_something_that_is_no_number() -> None:
    """What could pass 1e308 would become infinite, and infinite less infinite is no number."""
    with np.errstate(all="raise"):
        assert value(play(model := huge(14), one(model), 1), "seen")[0] == 1.0
    with pytest.raises(LevelError, match="beyond all bounds"):
        huge(21)


def test_a_division_by_next_to_nothing_stays_a_number() -> None:
    model = tiny("""
        stocks:
          odd:  {at: community, kind: state, range: [0, 9], start: 4, plain: O}
          seen: {at: community, kind: state, range: [-9, 9], start: 1, plain: S}
        influences: {look: {of: seen, change: "9 / odd - 9 / odd", plain: L}}
        """)
    world = one(model)
    world.stock["odd"][...] = 5e-324
    assert value(play(model, world, 1), "seen")[0] == 1.0
