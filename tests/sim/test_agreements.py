"""Agreements: offered, accepted or declined, kept or broken, watched and fined, over."""

from __future__ import annotations

import numpy as np
import pytest

from game.sim.actions import DECLINED, DONE, NOT_POSSIBLE, YES, Actions, offers
from game.sim.beginning import new_worlds, twin
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import World
from tests.oracle.oracle import Oracle
from tests.sim.levels import candidate, matter, one, play, tiny, value
from tests.sim.plain_acting import plain_season
from tests.sim.test_oracle import pasture

COMMON = """
stocks:
  grass:  {at: tile, kind: matter, range: [0, 90], start: 60, plain: G}
  hay:    {at: community, kind: matter, range: [0, 500], start: 5, plain: H}
  want:   {at: community, kind: state, range: [0, 9], start: 2, plain: W}
  ration: {at: community, kind: state, range: [0, 99], start: 99, plain: R}
  zeal:   {at: community, kind: state, range: [0, 9], start: 9, plain: Z}
  trust:  {at: [community, community], kind: state, range: [0, 1], start: %(trust)s, plain: T}
flows:
  mowing: {from: grass, to: hay, per: community, plain: M, rate: "min(want, ration) * grass / (sum(grass) + 0.001)"}
actions:
  listen: {mode: with, family: x, target: community, plain: L, limit: 3, now: [{of: "trust[target, me]", add: 0.2}]}
  agree:  {mode: with, family: x, target: {communities: 2..%(most)s}, plain: A, accepts: "trust > 0.5",
           lasts: {while: "mean(trust, partners) > 0.1", leaves: "mean(trust) < 0.05", limits: mowing,
                   sets: {ration: 1}},
           each_season: [{of: trust, between: partners, add: "0.1 * kept - 0.2 * (1 - kept)"}]}
  cheat:  {mode: over, family: x, target: me, plain: C, breaks: agree, now: [{of: ration, add: 50}]}
  watch:  {mode: with, family: x, target: {all: ground}, plain: W, when: lasting(agree),
           lasts: {seasons: 3, fines: {breaking: agree, stock: hay, steps: [excess, 2 * excess, 4 * excess],
                                       seizes: {zeal: 0.5}}}}
  insult: {mode: over, family: x, target: community, plain: I,
           now: [{of: "trust[me, target]", add: -1}, {of: "trust[target, me]", add: -1}]}
"""
PEOPLE = ("ann", "bob", "cid")


def common(trust: float = 0.6, most: int = 3) -> Model:
    return tiny(COMMON % {"trust": trust, "most": most}, people=PEOPLE)


def plan(model: Model, **plans: str) -> dict[int, list[int]]:
    """Plans by name: ann="agree:all watch"."""
    return {
        PEOPLE.index(who): [candidate(model, *part.split(":")) for part in text.split()] for who, text in plans.items()
    }


def members(world: World, action: str = "agree") -> list[float]:
    return world.member[action].ravel().tolist()


def test_an_offer_is_declined_where_trust_is_low() -> None:
    model = common(trust=0.4)
    world = play(model, one(model), 1, plan(model, ann="agree:bob"))
    assert (
        world.result[0, 0, 0] == DECLINED
        and world.answer[0, 0, :, 0].tolist() == [0, -1, 0]
        and members(world) == [0, 0, 0]
    )


def test_an_offer_is_accepted_after_listening() -> None:
    model = common(trust=0.4)
    world = play(model, one(model), 1, plan(model, ann="listen:bob agree:all"))
    assert world.result[:2, 0, 0].tolist() == [DONE, DONE]
    assert world.answer[1, 0, :, 0].tolist() == [0, 1, -1] and members(world) == [1, 1, 0]


def test_trust_counts_in_the_direction_of_the_one_who_is_asked() -> None:
    model = common(trust=0.4)
    world = play(model, one(model), 1, plan(model, ann="agree:bob", bob="listen:ann"))
    assert world.result[0, 0, 0] == DECLINED  # bob has won ann's trust, not ann bob's


def test_whoever_refuses_is_out_however_great_his_trust() -> None:
    model = common()
    actions = Actions.planned(model, plan(model, ann="agree:all"))
    world = step(model, one(model), actions.declined(model, [1]))
    assert world.answer[0, 0, :, 0].tolist() == [0, -1, 1] and members(world) == [1, 0, 1]
    assert step(model, one(model), actions.declined(model, [1, 2])).result[0, 0, 0] == DECLINED


def test_whoever_has_not_answered_has_not_agreed() -> None:
    model = common()
    asked = Actions.planned(model, plan(model, ann="agree:all")).answered(model, [1])
    world = step(model, one(model), asked)
    assert world.answer[0, 0, :, 0].tolist() == [0, -1, 1] and members(world) == [1, 0, 1]


def test_what_is_said_holds_whatever_the_rule_would_have_said() -> None:
    model = common(trust=0.3)
    asked = Actions.planned(model, plan(model, ann="agree:all"))
    assert step(model, one(model), asked).result[0, 0, 0] == DECLINED
    answers = asked.declined(model, [1, 2]).answers
    assert answers is not None
    answers[0, 0, 1] = YES
    world = step(model, one(model), Actions(asked.chosen, answers))
    assert world.result[0, 0, 0] == DONE and members(world) == [1, 1, 0]


def test_an_offer_is_answered_after_what_its_maker_did_before_it_and_before_what_others_do() -> None:
    model = common(trust=0.4)
    asks_first = Actions.planned(model, plan(model, ann="listen:bob agree:bob"))
    assert offers(model, one(model), asks_first).inclined[1, 0, 1, 0]
    agrees_first = Actions.planned(model, plan(model, ann="agree:bob listen:bob"))
    assert not offers(model, one(model), agrees_first).inclined[0, 0, 1, 0]


def test_whoever_offers_everybody_the_same_this_season_agrees_to_it() -> None:
    model = common(trust=0.4)
    plans = Actions.planned(model, plan(model, ann="agree:all", bob="agree:all"))
    world = step(model, one(model), plans)
    assert members(world) == [1, 1, 0] and world.answer[0, 0, :, 0].tolist() == [0, 1, -1]
    in_the_next_slot = Actions.planned(model, plan(model, ann="agree:all", bob="listen:cid agree:all"))
    assert members(step(model, one(model), in_the_next_slot)) == [1, 1, 1]


def test_nobody_agrees_to_what_he_offers_to_one_alone_or_could_not_offer() -> None:
    model = common(trust=0.4)
    to_one = Actions.planned(model, plan(model, ann="agree:all", bob="agree:cid"))
    assert members(step(model, one(model), to_one)) == [0, 0, 0]
    silent = Actions.planned(model, plan(model, ann="agree:all", bob="agree:all")).answered(model, [1])
    assert step(model, one(model), silent).answer[0, 0, 1, 0] == -1


@pytest.mark.parametrize("trust", [0.3, 0.4])
def test_offers_of_the_same_are_answered_alike_by_oracle_and_compiled_code(trust: float) -> None:
    model = common(trust=trust)
    for text in ({"ann": "agree:all", "bob": "agree:all"}, {"ann": "agree:all", "cid": "listen:bob agree:all"}):
        plans = Actions.planned(model, plan(model, **text))
        world, oracle = one(model), Oracle.from_world(model, one(model))
        after = step(model, world, plans)
        oracle.step(plans)
        assert not oracle.differences(after)
        assert step(model, world, plans, plain_season(model)).digest() == after.digest()


def test_a_circle_takes_no_more_members_than_it_may() -> None:
    model = common(most=2)
    world = play(model, one(model), 1, plan(model, ann="agree:all"))
    assert members(world) == [1, 1, 0] and world.answer[0, 0, :, 0].tolist() == [0, 1, -1]


def test_who_is_inside_already_need_not_be_asked() -> None:
    model = common()
    world = play(model, one(model), 1, plan(model, ann="agree:bob", bob="agree:ann agree:all"))
    assert world.result[:2, 1, 0].tolist() == [NOT_POSSIBLE, DONE] and members(world) == [1, 1, 1]
    assert world.answer[1, 1, :, 0].tolist() == [0, 0, 1]


def test_the_ration_holds_for_members_only_and_what_they_take_shows_it() -> None:
    model = common()
    world = play(model, one(model), 1, plan(model, ann="agree:bob"))
    assert world.stock["ration"].ravel().tolist() == [1, 1, 99]
    assert world.moved["mowing"].ravel().tolist() == pytest.approx([1, 1, 2], rel=1e-3)


def test_keeping_an_agreement_lets_trust_grow_among_its_members() -> None:
    model = common()
    world = play(model, one(model), 1, plan(model, ann="agree:bob"))
    assert value(world, "trust", 0, 1)[0] == pytest.approx(0.7) and value(world, "trust", 1, 0)[0] == pytest.approx(0.7)
    assert value(world, "trust", 0, 2)[0] == 0.6 and value(world, "trust", 0, 0)[0] == 0.0


def broken(model: Model, *also: str) -> World:
    """Ann and Bob agree; a season later Ann cheats."""
    world = play(model, one(model), 1, plan(model, ann="agree:bob"))
    return play(model, world, 1, plan(model, ann="cheat", bob=" ".join(also)))


def test_breaking_an_agreement_costs_the_trust_of_the_other_and_not_ones_own() -> None:
    world = broken(common())
    assert world.moved["mowing"].ravel()[0] == pytest.approx(2, rel=1e-3)
    assert value(world, "trust", 1, 0)[0] == pytest.approx(0.7 + 0.05 - 0.1, abs=1e-3)  # kept half of the promise
    assert value(world, "trust", 0, 1)[0] == pytest.approx(0.8)


def test_one_cannot_cheat_for_longer_than_a_season() -> None:
    model = common()
    world = play(model, broken(model), 1)
    assert world.stock["ration"].ravel().tolist() == [1, 1, 99] and world.moved["mowing"].ravel()[0] == pytest.approx(
        1, rel=1e-3
    )


def test_nobody_is_fined_where_nobody_watches() -> None:
    world = broken(common())
    assert not world.fined["hay"].any() and not world.offences["watch"].any()


def test_a_cheat_who_is_watched_pays_the_others_in_rising_steps_and_matter_is_conserved() -> None:
    model = common()
    world = broken(model, "watch")
    excess = world.moved["mowing"].ravel()[0] - 1
    assert world.fined["hay"].ravel().tolist() == pytest.approx([-excess, excess, 0])
    assert world.offences["watch"].ravel().tolist() == [1, 0, 0]
    world = play(model, world, 1, plan(model, ann="cheat"))
    assert world.fined["hay"].ravel()[0] == pytest.approx(-2 * excess, rel=1e-3)
    world = play(model, world, 1, plan(model, ann="cheat"))
    assert world.fined["hay"].ravel()[0] == pytest.approx(-4 * excess, rel=1e-2)
    assert matter(model, world) == pytest.approx(matter(model, one(model)), rel=1e-12)


def test_what_a_cheat_cannot_pay_is_taken_from_a_state() -> None:
    model = common()
    world = play(model, one(model), 1, plan(model, ann="agree:bob"))
    world.stock["hay"][0] = 0.0
    world.offences["watch"][0] = 5
    world.stock["want"][0] = 9.0
    after = play(model, world, 1, plan(model, ann="cheat", bob="watch"))
    taken, fine = after.moved["mowing"].ravel()[0], 4 * (after.moved["mowing"].ravel()[0] - 1)
    assert after.fined["hay"].ravel()[0] == pytest.approx(-taken) and value(after, "hay", 0)[0] == pytest.approx(
        0, abs=1e-12
    )
    assert value(after, "zeal", 0)[0] == pytest.approx(max(9 - 0.5 * (fine - taken), 0))


def test_a_watch_lasts_its_seasons_and_can_be_renewed_in_its_last() -> None:
    model = common()
    world = play(model, one(model), 1, plan(model, ann="agree:bob watch"))
    renew, left = plan(model, bob="watch"), []
    results = []
    for _ in range(3):
        left.append(int(world.left["watch"][0]))
        results.append(int(step(model, twin(world), Actions.planned(model, renew)).result[0, 1, 0]))
        world = play(model, world, 1)
    assert left == [2, 1, 0] and results == [NOT_POSSIBLE, DONE, DONE]


def test_nothing_can_be_watched_before_something_is_agreed() -> None:
    model = common()
    assert play(model, one(model), 1, plan(model, ann="watch")).result[0, 0, 0] == NOT_POSSIBLE


def test_the_ration_is_given_back_when_the_agreement_ends() -> None:
    model = common()
    world = play(model, one(model), 2, plan(model, ann="agree:bob"))
    world = play(model, world, 1, plan(model, cid="insult:ann", ann="insult:bob"))
    assert members(world) == [0, 0, 0]
    assert world.stock["ration"].ravel().tolist() == [99, 99, 99] and not world.promise["agree"].any()
    assert play(model, world, 1).moved["mowing"].ravel().tolist() == pytest.approx([2, 2, 2], rel=1e-3)


def test_whoever_has_lost_all_trust_leaves_and_the_others_go_on() -> None:
    model = common()
    world = play(model, one(model), 1, plan(model, ann="agree:all"))
    assert members(world) == [1, 1, 1]
    world.stock["trust"][2] = 0.0  # cid trusts nobody
    model_without_gain = tiny(
        (COMMON % {"trust": 0.6, "most": 3}).replace("0.1 * kept - 0.2 * (1 - kept)", "0"), people=PEOPLE
    )
    after = play(model_without_gain, world, 1)
    assert members(after) == [1, 1, 0] and after.stock["ration"].ravel().tolist() == [1, 1, 99]


def test_a_circle_too_small_ends() -> None:
    model = tiny((COMMON % {"trust": 0.6, "most": 3}).replace("0.1 * kept - 0.2 * (1 - kept)", "0"), people=PEOPLE)
    world = play(model, one(model), 1, plan(model, ann="agree:bob"))
    world.stock["trust"][1] = 0.0
    assert members(play(model, world, 1)) == [0, 0, 0]


def test_on_the_pasture_strangers_decline_a_ration_and_partners_accept() -> None:
    model = pasture()
    agree = candidate(model, "agree_ration", "all")
    listens = [candidate(model, "listen", who) for who in ("birch", "cedar", "dale")]
    world = new_worlds(model, range(30))
    first = play(model, world, 1, {0: [agree]})
    for seat in range(4):
        others = [
            candidate(model, "listen", who)
            for who in ("alder", "birch", "cedar", "dale")
            if who != model.level.seats[seat]
        ]
        assert len(others) == len(listens)
    for _ in range(3):
        world = play(model, world, 1, {0: listens})
    partners = play(model, world, 1, {0: [agree]})
    assert first.answer[0, 0, :, :].max(initial=0) <= 1
    assert (partners.answer[0, 0] == 1).sum() > (first.answer[0, 0] == 1).sum()
    joined = partners.result[0, 0] == DONE
    assert joined.mean() > 0.8 and np.all(partners.stock["ration"][0, 0, 0, 0][joined] < 99)
