"""Who bears what a deed did, and whether the words say what the numbers say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import game as powerdance
from game.insight.played import played
from game.insight.readings import Change
from game.insight.ripple_parts import Effect, effects_of
from game.insight.ripples import Ripples, ripples
from game.insight.who_pays import LATER, LIVING_WORLD, PLAYER, Payers, who_pays
from game.sim.actions import Actions
from game.telling.ripples import deed_lines, sentence, size_word
from tests.sim.levels import candidate, one, tiny

# A mill: it grinds for its owner, its waste lies in the brook where the neighbour draws water.
MILL = """
stocks:
  flour: {at: community, kind: matter, range: [0, 100], start: 10, plain: Flour.}
  water: {at: community, kind: matter, range: [0, 100], start: 10, living: 10, plain: Clean water.}
  brook: {at: world, kind: state, range: [0, 1], start: 0, harmful: 1, plain: Waste in the brook.}
actions:
  grind:  {mode: over, family: take, target: world, plain: Grind.,
           now: [{move: {from: outside, to: "flour[me]", amount: 5}}, {of: brook, add: 0.5}]}
  poison: {mode: over, family: take, target: community, plain: Foul.,
           now: [{move: {from: "water[target]", to: outside, amount: 4}}]}
  charm:  {mode: with, family: care, target: community, plain: Be seen to care.,
           now: [{move: {from: outside, to: "flour[me]", amount: 5}}]}
  share:  {mode: with, family: care, target: community, plain: Share.,
           now: [{move: {from: "flour[me]", to: "flour[target]", amount: 2}}]}
  deal:   {mode: with, family: mutual_aid, target: community, plain: Grind together and let it run off., now: [
             {move: {from: outside, to: "flour[me]", amount: 2}},
             {move: {from: outside, to: "flour[target]", amount: 2}},
             {of: brook, add: WASTE}]}
"""


def found_for(action: str, target: str | None = None, waste: float = 0.5) -> Ripples:
    model = tiny(MILL.replace("WASTE", str(waste)), people=("ann", "bob"), seats=("ann",))
    plans = [Actions.planned(model, {0: [candidate(model, action, target)]})]
    return ripples(played(model, one(model), plans))


def books_of(action: str, target: str | None = None) -> Payers:
    (books,) = who_pays(found_for(action, target))
    return books


def test_the_owner_gains_and_the_brook_and_those_who_come_later_pay() -> None:
    books = books_of("grind")
    assert books.gains == {PLAYER: pytest.approx(5 / 10)}
    assert books.costs == {LIVING_WORLD: pytest.approx(0.5), LATER: pytest.approx(0.5)}


def test_what_falls_on_a_neighbour_is_booked_to_the_neighbour() -> None:
    books = books_of("poison", "bob")
    assert books.gains == {}
    assert books.costs == {"Bob": pytest.approx(4 / 10)}


def test_an_action_that_calls_itself_partnering_and_keeps_all_for_itself_is_shown_as_such() -> None:
    sham = books_of("charm", "bob")
    assert sham.partner_share == 0.0
    assert sham.sham
    page = deed_lines(found_for("charm", "bob"), 0, sham)
    assert "  called power-with; 0 % of what it brought went to others" in page


def test_one_that_gives_is_not() -> None:
    gift = books_of("share", "bob")
    assert gift.partner_share == 1.0
    assert not gift.sham


def test_an_honest_taker_is_no_sham() -> None:
    assert not books_of("grind").sham


def test_a_deal_between_friends_for_which_others_pay_is_shown_as_such() -> None:
    (cosy,) = who_pays(found_for("deal", "bob"))
    assert cosy.partner_share == 0.5 and not cosy.sham
    assert cosy.cosy == (LIVING_WORLD,)


def test_one_that_costs_others_little_or_is_no_partnering_is_not() -> None:
    (clean,) = who_pays(found_for("deal", "bob", 0.01))
    assert clean.cosy == books_of("share", "bob").cosy == books_of("grind").cosy == ()


WORD = re.compile(r": (?:(?P<size>a little|clearly|far) )?(?P<sign>more|less), (?P<number>[+-][\d.]+)(?P<rest>.*)$")


@pytest.fixture(scope="module")
def pasture() -> powerdance.Model:
    return powerdance.compile_level(powerdance.load_level("the_shared_pasture"))


@given(
    amount=st.floats(-50, 50).filter(lambda x: abs(x) > 0.06),
    name=st.sampled_from(["fodder", "herd"]),
    who=st.integers(0, 3),
)
def test_sign_size_word_and_unit_of_a_sentence_are_those_of_its_number(
    pasture: powerdance.Model, amount: float, name: str, who: int
) -> None:
    unit = pasture.level.stocks[name].unit
    effect = Effect(Change(name, unit, (who,), amount, 1.0), 0, "")
    match = WORD.search(sentence(pasture, effect, 0))
    assert match is not None
    assert (match["sign"] == "more") == (amount > 0)
    assert (match["number"][0] == "+") == (amount > 0)
    assert float(match["number"]) == pytest.approx(amount, abs=0.051, rel=0.02)
    assert match["rest"].strip() in (unit, unit[:-1])
    larger = Effect(Change(name, unit, (who,), 2 * amount, 1.0), 0, "")
    order = ["a little", "clearly", "far"]
    assert order.index(match["size"]) <= order.index(size_word(pasture, larger))


def test_sentences_of_a_whole_game_hold_against_its_numbers(pasture: powerdance.Model) -> None:
    start = one(pasture)
    plans = [
        Actions.planned(pasture, {0: [candidate(pasture, "fence_off", "b2")], 1: [candidate(pasture, "buy_cattle")]})
    ] * 3
    found = ripples(played(pasture, start, plans))
    effects = [effect for number in range(len(found.deeds)) for effect in effects_of(found, number)]
    assert len(effects) > 20
    for effect in effects:
        text = sentence(pasture, effect, 0)
        match = WORD.search(text)
        assert match is not None, text
        assert (match["sign"] == "more") == (effect.change.amount > 0), text
        assert (f"on {effect.tiles} tile" in text) == (effect.tiles > 0), text
