"""Reasons name the right term, the right number and the right people."""

from __future__ import annotations

import numpy as np
import pytest

from game.insight.accounts import BY_HAND, Place, why_flows, why_state
from game.insight.reasons import answers, caution, why_not
from game.insight.terms import conditions, split
from game.level.reader import load_level
from game.players.policies import plan_season
from game.sim.agreements import willing
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.possible import action_frame
from game.sim.step import step
from game.sim.world import World
from tests.insight.worlds import candidate, model
from tests.sim.levels import tiny

ASH, ELM = 0, 1


def fresh(built: Model) -> World:
    world = new_worlds(built, [1])
    world.detail = {}
    world.need[:] = list(built.level.needs).index("news")  # nothing that `agree` would meet
    return world


def ask(built: Model, world: World) -> object:
    return answers(built, world, ASH, candidate(built, "agree", "all"))[0]


# -- who declines, and why -----------------------------------------------------------------------------


def test_the_term_furthest_from_its_best_is_named_with_what_is_missing() -> None:
    built = model()
    world = fresh(built)
    said = ask(built, world)
    # 0.25 + 0.5 * 0 - 0.25 + 0 = 0, and 0.375 is wanted
    assert (said.community, said.yes, said.margin) == (ELM, False, -0.375)
    assert (said.term, said.value, said.missing, said.too_high) == ("trust", 0.25, 0.375, False)


def test_a_weighted_term_is_told_in_its_own_measure() -> None:
    built = model()
    world = fresh(built)
    world.stock["trust"][ELM, ASH] = 0.5
    world.stock["grievance"][ELM] = 0.25
    said = ask(built, world)
    # Trust lacks 0.5 of its best, known lacks 0.5 * 1: the first of equals. With a little more trust known is worst.
    world.stock["trust"][ELM, ASH] = 0.5625
    said = ask(built, world)
    assert said.term == "known" and said.value == 0.0
    assert said.margin == pytest.approx(-0.0625) and said.missing == pytest.approx(0.125)  # 0.5 * 0.125 = 0.0625


def test_a_term_that_counts_against_is_too_high() -> None:
    built = model()
    world = fresh(built)
    world.stock["trust"][ELM, ASH] = 0.75
    world.stock["known"][ELM, ASH] = 0.5
    world.stock["grievance"][ELM] = 0.875
    said = ask(built, world)
    assert (said.term, said.value, said.too_high) == ("grievance", 0.875, True)
    assert said.missing == pytest.approx(0.25)  # 0.75 + 0.25 - 0.875 = 0.125 and 0.375 is wanted


def test_a_yes_has_no_term_and_what_fits_counts() -> None:
    built = model()
    world = fresh(built)
    world.need[:] = list(built.level.needs).index("calm")
    world.stock["trust"][ELM, ASH] = 0.5625
    said = ask(built, world)
    assert said.yes and said.term == "" and said.margin == pytest.approx(0.0625)


def test_an_answer_is_unsure_only_near_the_threshold_and_for_strangers() -> None:
    built = model()
    world = fresh(built)
    assert ask(built, world).sure  # far below
    world.stock["trust"][ELM, ASH] = 0.5625
    assert not ask(built, world).sure
    world.stock["known"][ELM, ASH] = 0.5
    assert ask(built, world).sure


def test_whoever_is_in_already_is_not_asked() -> None:
    built = model()
    world = fresh(built)
    world.member["agree"][ELM] = 1.0
    assert answers(built, world, ASH, candidate(built, "agree", "all")) == []


def test_answers_agree_with_the_core_all_over_a_game() -> None:
    built = compile_level(load_level("the_shared_pasture"))
    world = new_worlds(built, [7])
    everybody = candidate(built, "agree_ration", "all")
    asked = 0
    for policy in ("with", "over", "mixed", "over", "with", "random"):
        for seat in range(4):
            frame = action_frame(built, world, seat, everybody)
            core = willing(built, world, built.actions["agree_ration"], frame)[:, 0]
            for said in answers(built, world, seat, everybody):
                asked += 1
                assert said.yes == core[said.community] == (said.margin > 0)
        world = step(built, world, plan_season(built, world, (policy,) * 4))
    assert asked > 20


def test_terms_add_up_to_the_whole() -> None:
    built = model()
    found = conditions(built.nodes[("actions", "agree", "accepts")])
    assert [(term.name, term.scale) for term in found[0].terms] == [
        ("trust", 1.0),
        ("known", 0.5),
        ("grievance", -1.0),
        ("fits", 0.125),
    ]
    assert found[0].threshold == 0.375
    change = built.nodes[("influences", "brooding", "change")]
    assert [term.scale for term in split(change)] == [0.015625, -0.25, 1.0]


# -- what feeds and drains -----------------------------------------------------------------------------


def test_the_books_of_the_land_add_up_by_hand() -> None:
    built = model()
    before = fresh(built)
    after = step(built, before)
    books = why_flows(built, after, "grass")
    # Six tiles of meadow, 0.5 t each; ash grazes 2/6 and elm 6/6 on each of six tiles
    assert [(entry.name, entry.amount) for entry in books.feeds] == [("growing", pytest.approx(3.0))]
    assert [(entry.name, entry.amount) for entry in books.drains] == [("grazing", pytest.approx(8.0))]
    assert books.drains[0].by == ((ELM, pytest.approx(6.0)), (ASH, pytest.approx(2.0)))
    assert books.net == pytest.approx(-5.0) and books.held == pytest.approx(25.0) and books.full == pytest.approx(60.0)
    assert books.unit == "t"
    # (25 - 5 % of 60) / 5 = 4.4 seasons, a fifth sooner or later
    assert books.bare_in == (3, 6)


def test_the_books_of_a_tile_and_of_a_household() -> None:
    built = model()
    after = step(built, fresh(built))
    corner = np.zeros((1, 1, 2, 4, 1))
    corner[0, 0, 1, 0, 0] = 1.0
    books = why_flows(built, after, "grass", Place(tiles=corner))
    assert books.feeds[0].amount == pytest.approx(0.5) and books.drains[0].amount == pytest.approx(2 / 6 + 1)
    barn = why_flows(built, after, "hay", Place(ELM))
    assert [(e.name, e.amount) for e in barn.feeds] == [("grazing", pytest.approx(6.0))]
    assert [(e.name, e.amount) for e in barn.drains] == [
        ("eating", pytest.approx(3.0)),
        ("sowing", pytest.approx(0.125)),
    ]
    assert barn.net == pytest.approx(barn.held - 10.0)


def test_what_people_did_by_hand_is_booked_too() -> None:
    from game.sim.actions import Actions

    built = model()
    before = fresh(built)
    after = step(built, before, Actions.planned(built, {ASH: [candidate(built, "buy")]}))
    drains = {entry.name: entry.amount for entry in why_flows(built, after, "hay", Place(ASH), before).drains}
    assert drains[BY_HAND] == pytest.approx(2.0)


def test_a_state_is_split_into_its_pulls() -> None:
    built = model()
    books = why_state(built, fresh(built), "grievance", Place(ELM))
    # 0.125 * 6 / 8 = 0.09375; -0.25 * 0.25 = -0.0625; +0.03125
    assert books.value == 0.25
    (pull,) = books.pulls
    assert pull.name == "brooding" and pull.amount == pytest.approx(0.0625)
    assert [number for _, number in pull.parts] == [
        pytest.approx(0.09375),
        pytest.approx(-0.0625),
        pytest.approx(0.03125),
    ]
    assert pull.parts[0][0] == ("herd",) and pull.parts[1][0] == ("grievance",) and pull.parts[2][0] == ()


# -- what cannot be done, and what should be thought of ------------------------------------------------


def test_obstacles() -> None:
    built = model()
    world = fresh(built)
    fence, buy = candidate(built, "fence"), candidate(built, "buy")
    assert why_not(built, world, ASH, buy) is None
    world.stock["hay"][ASH] = 0.5
    found = why_not(built, world, ASH, buy)
    assert (found.kind, found.stock, found.missing) == ("too_dear", "hay", pytest.approx(1.5))
    world.stock["days"][ASH] = 0.25
    assert why_not(built, world, ASH, candidate(built, "listen", "elm")).stock == "days"
    assert why_not(built, world, ASH, candidate(built, "listen", "ash")).kind == "self"
    world.member["agree"][:] = 1.0
    assert why_not(built, world, ASH, candidate(built, "agree", "all")).kind == "agreed"
    world.season = 8
    found = why_not(built, world, ASH, fence)
    assert (found.kind, found.plain) == ("when", "Too late in the game.")
    world.outcome[:] = 1
    assert why_not(built, world, ASH, buy).kind == "over"


def test_of_several_conditions_the_first_that_fails_is_told() -> None:
    built = tiny(
        "stocks:\n  hay: {at: community, kind: matter, range: [0, 9], start: 1, plain: H}\n"
        "  free: {at: community, kind: state, range: [0, 1], start: 1, plain: F}\n"
        "actions:\n  mow: {mode: over, family: take, target: me, plain: M, when: hay > 2 and free > 0.5,\n"
        "        when_plain: [You have no hay., You have promised not to.]}\n"
    )
    world = new_worlds(built, [1])
    assert why_not(built, world, ASH, 0).plain == "You have no hay."
    world.stock["hay"][ASH] = 5.0
    assert why_not(built, world, ASH, 0) is None
    world.stock["free"][ASH] = 0.0
    assert why_not(built, world, ASH, 0).plain == "You have promised not to."


def test_caution_counts_reach_neighbours_and_the_chance_of_being_blocked() -> None:
    built = model()
    found = caution(built, fresh(built), ASH, candidate(built, "fence", "a1"))
    assert found.share == pytest.approx(3 / 6)  # a1 holds three of six tiles
    assert found.users == (ELM,)
    assert found.days == pytest.approx(1 + 0.5 * 1.25) and found.extra_days == pytest.approx(0.625)
    assert found.blockers == ((ELM, pytest.approx(0.25)),) and found.blocked == pytest.approx(0.25)
    bought = caution(built, fresh(built), ASH, candidate(built, "buy"))
    assert bought.users == () and bought.blocked == 0.0 and bought.later == ("A calf.",)
