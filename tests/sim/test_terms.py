"""What an offer leaves open, how a running agreement is settled anew, and how one leaves it."""

from __future__ import annotations

import numpy as np
import pytest

from game.level.problems import LevelError
from game.sim.actions import DECLINED, DONE, NO, NOT_POSSIBLE, TOO_OFTEN, YES, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import World
from tests.sim.levels import one, tiny

PEOPLE = ("ann", "bob", "cid")
ROUND = """
stocks:
  hay:   {at: community, kind: matter, range: [0, 500], start: 9, plain: H}
  ration: {at: community, kind: state, range: [0, 9], start: 9, plain: R}
  mood:  {at: community, kind: state, range: [-9, 9], start: 0, plain: M}
  trust: {at: [community, community], kind: state, range: [0, 1], start: %(trust)s, plain: T}
actions:
  agree: {mode: with, family: x, target: {communities: 2..3}, plain: A, accepts: "trust + part > 1",
          terms: {part: {low: 0.2, high: 0.8, start: 0.5, steps: 3, plain: P}},
          lasts: {while: "mean(trust, partners) > 0.01", sets: {ration: "10 * part"}},
          each_season: [{of: mood, add: "part"}]}
  ask:   {mode: with, family: x, target: community, plain: K, limit: 2,
          accepts: "trust - 0.1 * amount > 0.4 and hay > amount",
          terms: {amount: {low: 1, high: 3, start: 2, steps: 3, plain: N}},
          now: [{move: {from: "hay[target]", to: "hay[me]", amount: amount}}]}
  part_ways: {mode: neutral, family: x, target: me, plain: L, gives_notice: agree,
          now: [{of: trust, who: others, toward: me, add: -0.05}]}
"""


def circle(trust: float = 0.6) -> Model:
    return tiny(ROUND % {"trust": trust}, people=PEOPLE)


def by_key(model: Model, key: str) -> int:
    return next(index for index, found in enumerate(model.candidates) if found.key == key)


def season(model: Model, world: World, **plans: str) -> World:
    """Step one season with plans by key: ann="agree:all@0.8 ask:bob"."""
    planned = {PEOPLE.index(who): [by_key(model, key) for key in text.split()] for who, text in plans.items()}
    return step(model, world, Actions.planned(model, planned, world.count))


def inside(world: World) -> list[float]:
    return world.member["agree"].ravel().tolist()


def ration(world: World) -> list[float]:
    return world.stock["ration"][:, 0, 0, 0, 0].tolist()


def test_an_offer_without_an_amount_is_about_the_usual_one() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:all")
    assert inside(world) == [1, 1, 1] and ration(world) == [5, 5, 5]


def test_an_offer_is_weighed_at_the_amount_it_names() -> None:
    model = circle(trust=0.4)
    assert season(model, one(model), ann="agree:all").result[0, 0, 0] == DECLINED
    world = season(model, one(model), ann="agree:all@0.8")
    assert world.result[0, 0, 0] == DONE and ration(world) == [8, 8, 8]


def test_what_was_settled_holds_in_the_seasons_after() -> None:
    model = circle()
    world = season(model, season(model, one(model), ann="agree:all@0.8"))
    assert ration(world) == [8, 8, 8] and world.term["agree"].item() == 0.8
    np.testing.assert_allclose(world.stock["mood"][:, 0, 0, 0, 0], 1.6)


def test_all_who_are_in_it_have_to_agree_to_settle_it_anew() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:all")
    lower = season(model, world.copy(), bob="agree:all@0.2")
    assert lower.result[0, 1, 0] == DECLINED and ration(lower) == [5, 5, 5] and inside(lower) == [1, 1, 1]
    higher = season(model, world.copy(), bob="agree:all@0.8")
    assert higher.result[0, 1, 0] == DONE and ration(higher) == [8, 8, 8]


def test_one_no_is_enough_to_keep_what_stands() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:all")
    actions = Actions.planned(model, {1: [by_key(model, "agree:all@0.8")]})
    answers = np.full((8, 3, 3, 1), YES, np.int64)
    answers[:, :, 2] = NO
    world = step(model, world, Actions(actions.chosen, answers))
    assert world.result[0, 1, 0] == DECLINED and ration(world) == [5, 5, 5]


def test_whoever_is_outside_has_no_say_in_what_is_settled() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:bob")
    assert inside(world) == [1, 1, 0]
    assert season(model, world, cid="agree:all@0.8").result[0, 2, 0] == NOT_POSSIBLE


def test_what_stands_already_cannot_be_settled_again() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:all")
    assert season(model, world, ann="agree:all@0.5").result[0, 0, 0] == NOT_POSSIBLE


def test_two_amounts_of_one_choice_count_as_that_choice_twice() -> None:
    model = circle(trust=1)
    world = season(model, one(model), ann="ask:bob ask:bob@1 ask:bob@3")
    assert world.result[:3, 0, 0].tolist() == [DONE, DONE, TOO_OFTEN]
    assert world.stock["hay"][:, 0, 0, 0, 0].tolist() == [12, 6, 9]


def test_help_is_given_as_far_as_somebody_agrees() -> None:
    model = circle()
    world = season(model, one(model), ann="ask:bob@3 ask:cid@1")
    assert world.result[:2, 0, 0].tolist() == [DECLINED, DONE]
    assert world.stock["hay"][:, 0, 0, 0, 0].tolist() == [10, 9, 8]


def test_notice_holds_to_the_end_of_the_season_and_no_longer() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:all@0.8")
    world = season(model, world, ann="part_ways:me")
    assert world.result[0, 0, 0] == DONE
    np.testing.assert_allclose(world.stock["mood"][:, 0, 0, 0, 0], 1.6)  # the season was kept to its end
    assert inside(world) == [0, 1, 1] and ration(world) == [9, 8, 8]


def test_an_agreement_of_too_few_ends_and_the_next_begins_as_usual() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:bob")
    world = season(model, world, ann="part_ways:me")
    assert inside(world) == [0, 0, 0] and world.term["agree"].item() == 0.5


def test_only_who_is_in_it_can_leave() -> None:
    model = circle()
    assert season(model, one(model), ann="part_ways:me").result[0, 0, 0] == NOT_POSSIBLE


def test_leaving_costs_less_than_nothing_kept_and_more_than_keeping() -> None:
    model = circle()
    world = season(model, one(model), ann="agree:all")
    left = season(model, world.copy(), ann="part_ways:me")
    kept = season(model, world.copy())
    assert (left.stock["trust"][1, 0] < kept.stock["trust"][1, 0]).all()
    assert left.stock["trust"][1, 2].item() == kept.stock["trust"][1, 2].item()


def test_alone_and_in_a_batch_the_same_terms_come_out() -> None:
    model = circle()
    many = new_worlds(model, range(5))
    keys = ["agree:all", "agree:all@0.8", "agree:bob", "ask:bob@1", "part_ways:me"]
    chosen = np.full((8, 3, 5), -1, np.int64)
    chosen[0, 0] = [by_key(model, key) for key in keys]
    together = step(model, many, Actions(chosen)).digests()
    alone = [
        step(model, new_worlds(model, [number]), Actions(chosen[..., number : number + 1])).digests()[0]
        for number in range(5)
    ]
    assert together == alone


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("{part: {low: 1, high: 1, start: 1, plain: P}}", "low has to lie below high"),
        ("{part: {low: 0, high: 1, start: 2, plain: P}}", "start has to lie between 0 and 1, and it is 2"),
        ("{hay: {low: 0, high: 1, start: 0, plain: P}}", '"hay" is a name already'),
        ("{season: {low: 0, high: 1, start: 0, plain: P}}", '"season" is a name already'),
        ("{a: {low: 0, high: 1, start: 0, plain: P}, b: {low: 0, high: 1, start: 0, plain: P}}", "one amount open"),
    ],
)
def test_terms_that_cannot_be_meant_are_errors_with_a_place(terms: str, said: str) -> None:
    text = ROUND % {"trust": 0.5}
    broken = text.replace("{part: {low: 0.2, high: 0.8, start: 0.5, steps: 3, plain: P}}", terms)
    with pytest.raises(Exception, match=r"\d+:\d+.*" + said):
        tiny(broken, people=PEOPLE)


def test_terms_of_what_nobody_accepts_are_an_error() -> None:
    broken = (ROUND % {"trust": 0.5}).replace('accepts: "trust - 0.1 * amount > 0.4 and hay > amount",', "")
    with pytest.raises(Exception, match="add accepts"):
        tiny(broken, people=PEOPLE)


def test_how_somebody_stands_with_himself_is_an_error_with_a_place() -> None:
    broken = (ROUND % {"trust": 0.5}).replace("trust + part > 1", "trust[partner, partner] > 0.1")
    with pytest.raises(LevelError, match=r"level.yaml:\d+:\d+: error: .*write trust\[partner, me\]"):
        tiny(broken, people=PEOPLE)


@pytest.mark.parametrize("name", ["kept", "excess"])
def test_what_members_kept_is_known_where_something_is_limited_and_an_error_with_a_place_elsewhere(name: str) -> None:
    broken = (ROUND % {"trust": 0.5}).replace('add: "part"', f'add: "part * {name}"')
    with pytest.raises(LevelError, match=rf'level.yaml:\d+:\d+: error: "{name}" .*limits: \[flow\]'):
        tiny(broken, people=PEOPLE)


def test_notice_is_given_of_agreements_only() -> None:
    broken = (ROUND % {"trust": 0.5}).replace("gives_notice: agree", "gives_notice: ask")
    with pytest.raises(Exception, match="no agreement of several"):
        tiny(broken, people=PEOPLE)
