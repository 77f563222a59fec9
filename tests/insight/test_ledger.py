"""The ledger: every card's sign, unit and bearer; twins keep their luck; what is on its way."""

from __future__ import annotations

import numpy as np
import pytest

from game.insight.coming import on_its_way
from game.insight.ledger import Card, answers_ledger, ledger
from game.level.library import shipped_levels
from game.level.reader import load_level
from game.players.policies import plan_season
from game.sim.actions import DECLINED, DONE, NO, YES, Actions
from game.sim.batches import selected
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World
from tests.insight.worlds import candidate, model
from tests.sim.levels import one, tiny

ASH, ELM = 0, 1
SEED = """
stocks: {seed: {at: community, kind: matter, range: [0, 100], start: 0, plain: Seed.}}
actions:
  sow:    {mode: with, family: care, target: me, limit: 2, plain: Sow.,
           now: [{move: {from: outside, to: "seed[me]", amount: 1}}]}
  double: {mode: with, family: care, target: me, plain: Double.,
           now: [{move: {from: outside, to: "seed[me]", amount: seed}}]}
"""


def played(built: Model, plan: list[int], world: World | None = None) -> tuple[World, list[Card]]:
    before = new_worlds(built, [1]) if world is None else world
    before.need[:] = list(built.level.needs).index("news")
    actions = Actions.planned(built, {ASH: plan})
    after = step(built, before, actions)
    return after, ledger(built, before, actions, after, ASH)


def test_a_card_has_the_right_sign_unit_and_bearer() -> None:
    built = model()
    _, (card,) = played(built, [candidate(built, "buy")])
    # Two hay are paid, two animals more graze 2/6 t on six tiles and eat 1 t: -2 + 2 - 1
    assert card.outcome == DONE and card.intended is not None
    assert (card.intended.name, card.intended.unit, card.intended.who) == ("hay", "t", (ASH,))
    assert card.intended.amount == pytest.approx(-1.0)
    besides = {(change.name, change.who): change.amount for change in card.besides}
    assert besides[("herd", (ASH,))] == pytest.approx(2.0)
    assert besides[("grass", ())] == pytest.approx(-2.0)
    assert besides[("grievance", (ASH,))] > 0
    assert ("days", (ASH,)) not in besides and ("hay", (ELM,)) not in besides


def test_listening_is_booked_between_two_people() -> None:
    built = model()
    _, (card,) = played(built, [candidate(built, "listen", "elm")])
    assert (card.intended.name, card.intended.who, card.intended.amount) == ("known", (ELM, ASH), 0.5)
    assert {(c.name, c.who): c.amount for c in card.besides}[("trust", (ELM, ASH))] == pytest.approx(0.25)


def test_an_action_that_made_another_possible_says_so() -> None:
    built = model()
    listen, agree = candidate(built, "listen", "elm"), candidate(built, "agree", "all")
    world = new_worlds(built, [1])
    world.stock["grievance"][ELM] = 0.25
    after, cards = played(built, [listen, agree], world)
    # 0.25 + 0.25 + 0.5 * 0.5 - 0.25 = 0.5 > 0.375; without listening 0
    assert list(after.result[:2, ASH, 0]) == [DONE, DONE]
    assert cards[0].enabled == (agree,) and cards[1].enabled == ()


def test_what_actions_did_only_together_is_told_as_a_share() -> None:
    built = tiny(SEED)
    sow, double = candidate(built, "sow"), candidate(built, "double")
    before = one(built)
    for plan, share in (([sow, double], 0.25), ([sow, sow], 0.0), ([sow], 0.0)):
        actions = Actions.planned(built, {0: plan})
        cards = ledger(built, before, actions, step(built, before, actions), 0)
        # Both make 2. Without sowing there is 0, without doubling 1: 3 are missed where 2 were made.
        assert [card.only_together for card in cards] == [share] * len(plan)


def test_what_was_declined_has_a_card_without_intended_effect() -> None:
    built = model()
    _, (card,) = played(built, [candidate(built, "agree", "all")])
    assert card.outcome == DECLINED and card.intended is None


def test_a_second_attempt_that_failed_does_not_stand_in_for_the_first() -> None:
    built = model()
    fence = candidate(built, "fence", "b1")
    world = new_worlds(built, [1])
    world.stock["grievance"][:] = 0.0
    _, cards = played(built, [fence, fence], world)
    assert len(cards) == 1
    assert {change.name for change in cards[0].besides} >= {"grass", "hay"}


def test_worlds_cut_from_a_batch_are_equal_and_share_nothing() -> None:
    built = compile_level(load_level("the_shared_pasture"))
    world = step(built, new_worlds(built, [3, 4]))
    many = selected(world, np.array([1, 1, 1]))
    assert many.count == 3 and len(set(many.digests())) == 1
    assert many.digests()[0] == selected(world, np.array([1])).digests()[0]
    many.stock["fodder"][...] = 0.0
    assert world.stock["fodder"].min() > 0


def test_without_an_action_everything_else_stays_the_same() -> None:
    """Cards add nothing of their own: the twin with everything is the world that was played."""
    built = compile_level(load_level("the_shared_pasture"))
    world = new_worlds(built, [5])
    for policy in ("with", "over", "with", "mixed"):
        actions = plan_season(built, world, (policy,) * 4)
        after = step(built, world, actions)
        twice = actions.of_worlds(np.zeros(2, np.int64))
        both = step(built, selected(world, np.zeros(2, np.int64)), twice)
        assert both.digests() == [after.digests()[0]] * 2
        for card in ledger(built, world, actions, after, 0):
            for change in (*card.besides, *([card.intended] if card.intended else [])):
                unit = built.level.stocks[change.name].unit if not change.flow else "t"
                assert change.unit == unit and change.amount != 0.0
        world = after


def test_signs_of_the_pasture() -> None:
    """Two more cows: more animals, less grass. A ration: less grazing."""
    built = compile_level(load_level("the_shared_pasture"))
    world = new_worlds(built, [2])
    actions = Actions.planned(built, {0: [candidate(built, "buy_cattle"), candidate(built, "listen", "birch")]})
    after = step(built, world, actions)
    cards = ledger(built, world, actions, after, 0)
    besides = {change.name: change.amount for change in cards[0].besides}
    assert besides["herd"] > 1.5 and besides["grass"] < 0
    assert cards[1].intended.amount > 0.3
    world.stock["trust"][...] = 0.9
    world.stock["known"][...] = 0.5  # all have asked before: who was never asked accepts nothing
    world.stock["herd"][...] = 20.0
    actions = Actions.planned(built, {0: [candidate(built, "agree_ration", "all")]})
    after = step(built, world, actions)
    (card,) = ledger(built, world, actions, after, 0)
    assert card.outcome == DONE and card.intended.flow and card.intended.name == "grazing" and card.intended.amount < -5


def test_what_is_on_its_way_comes_when_it_says() -> None:
    built = model()
    after, _ = played(built, [candidate(built, "buy"), candidate(built, "buy")])
    calves = [arrival for arrival in on_its_way(built, after) if arrival.stock == "herd"]
    assert [(one.community, one.amount, one.season, one.plain) for one in calves] == [(ASH, 2.0, 4, "A calf.")]
    world, herds = after, [float(after.stock["herd"][ASH].sum())]
    while world.season < 4:
        world = step(built, world)
        herds.append(float(world.stock["herd"][ASH].sum()))
    assert herds == [6.0, 6.0, 6.0, 8.0]
    assert not [arrival for arrival in on_its_way(built, world) if arrival.stock == "herd"]


def test_a_slow_flow_is_on_its_way_without_a_date() -> None:
    built = model()
    after = step(built, new_worlds(built, [1]))
    (seed,) = [arrival for arrival in on_its_way(built, after) if arrival.stock == "seed"]
    arrived = float(after.stock["seed"].sum())
    assert seed.season is None and seed.amount + arrived == pytest.approx(0.25)


@pytest.mark.nightly
@pytest.mark.parametrize("policy", ["with", "over"])
@pytest.mark.parametrize("level", sorted(path.stem for path in shipped_levels() if path.parent.name == "campaign"))
def test_in_a_typical_season_at_most_a_quarter_was_done_only_together(level: str, policy: str) -> None:
    built = compile_level(load_level(level))
    found = []
    for seed in (5, 6, 7):
        world = new_worlds(built, [seed])
        for _ in range(min(built.seasons, 16)):
            actions = plan_season(built, world, (policy, *built.level.default_policies()[1:]))
            after = step(built, world, actions)
            cards = ledger(built, world, actions, after, ASH)
            found += [cards[0].only_together] if len(cards) > 1 else []
            world = after
    assert len(found) >= 2
    assert np.mean(found) <= 0.25


ASKING = """
stocks:
  hay:   {at: community, kind: matter, range: [0, 99], start: 9, unit: t, plain: H}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.5, plain: T}
actions:
  ask:  {mode: with, family: x, target: community, plain: A, accepts: 1,
         now: [{move: {from: "hay[target]", to: "hay[me]", amount: 2}}]}
"""


@pytest.mark.parametrize(("said", "mine"), [(YES, -2.0), (NO, 2.0)])
def test_an_answer_has_a_card_beside_the_other_answer(said: int, mine: float) -> None:
    built = tiny(ASKING, people=("ann", "bob"))
    ask = next(index for index, each in enumerate(built.candidates) if each.key == "ask:ann")
    before = one(built)
    actions = Actions.planned(built, {1: [ask]}).answered(built, [0])
    assert actions.answers is not None
    actions.answers[0, 1, 0] = said
    after = step(built, before, actions)
    (card,) = answers_ledger(built, before, actions, after, 0)
    assert (card.seat, card.candidate, card.yes) == (1, ask, said == YES)
    assert {change.who: change.amount for change in card.besides} == {(0,): mine, (1,): -mine}


def test_what_was_left_unanswered_has_no_card() -> None:
    built = tiny(ASKING, people=("ann", "bob"))
    ask = next(index for index, each in enumerate(built.candidates) if each.key == "ask:ann")
    actions = Actions.planned(built, {1: [ask]}).answered(built, [0])
    after = step(built, one(built), actions)
    assert answers_ledger(built, one(built), actions, after, 0) == []
    by_rule = Actions.planned(built, {1: [ask]})
    assert answers_ledger(built, one(built), by_rule, step(built, one(built), by_rule), 0) == []
