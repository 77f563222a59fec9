"""Deals that one seat agreed to, whoever offered them, and who paid for each so far."""

from __future__ import annotations

import pytest

from game.insight.bargains import Bargain, Bargains
from game.insight.played import PlayedGame, played
from game.insight.ripples import ripples
from game.insight.who_pays import who_pays
from game.sim.actions import NO, SILENT, YES, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model
from tests.barns import barns
from tests.sim.levels import candidate

ANN, BOB, CID = 0, 1, 2
DEEDS = """
actions:
  deal: {mode: with, family: x, target: community, plain: D, accepts: 1,
         now: [{move: {from: "hay[cid]", to: "hay[target]", amount: 2}},
               {move: {from: "hay[cid]", to: "hay[me]", amount: 2}}]}
  ask:  {mode: with, family: x, target: community, plain: A, accepts: 1,
         now: [{move: {from: "hay[target]", to: "hay[me]", amount: 3}}]}
  give: {mode: with, family: x, target: community, plain: G,
         now: [{move: {from: "hay[me]", to: "hay[target]", amount: 3}}]}
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return barns(DEEDS, people=("ann", "bob", "cid"))


def game_of(model: Model, seat: int, key: str, whom: str, said: int | None = None, idle: int = 0) -> PlayedGame:
    """A game in which one seat offers something in the first season, Ann answers it, and nothing is done later."""
    plan = Actions.planned(model, {seat: [candidate(model, key, whom)]})
    if said is not None:
        plan = plan.answered(model, [ANN])
        assert plan.answers is not None
        plan.answers[0, seat, ANN] = said
    return played(model, new_worlds(model, [1]), [plan, *([Actions.none(model, 1)] * idle)])


def found_in(game: PlayedGame, seat: int = ANN) -> tuple[Bargain, ...]:
    bargains = Bargains(game.model, game.start, seat)
    for _ in bargains.catch_up(game):
        pass
    return bargains.found()


@pytest.mark.parametrize(("seat", "whom", "said"), [(ANN, "bob", None), (BOB, "ann", YES)])
def test_a_deal_of_two_at_the_cost_of_a_third_names_him_whoever_offered_it(model, seat, whom, said) -> None:
    (deal,) = found_in(game_of(model, seat, "deal", whom, said))
    assert deal.paid_by == ("The Cids",)
    assert deal.partners == {"you", "The Bobs"}
    assert set(deal.books.gains) == {"you", "The Bobs"}


@pytest.mark.parametrize("said", [NO, SILENT])
def test_what_was_not_agreed_to_is_no_bargain(model: Model, said: int) -> None:
    assert found_in(game_of(model, BOB, "deal", "ann", said)) == ()


def test_what_others_agree_among_themselves_is_nobody_elses_bargain(model: Model) -> None:
    assert found_in(game_of(model, BOB, "deal", "cid", SILENT)) == ()


def test_what_a_partner_gives_with_his_own_yes_is_paid_by_nobody_else(model: Model) -> None:
    (asked,) = found_in(game_of(model, ANN, "ask", "bob"))
    assert asked.books.costs["The Bobs"] > 0.0 and asked.paid_by == ()


def test_a_deed_that_nobody_has_to_agree_to_is_no_bargain(model: Model) -> None:
    assert found_in(game_of(model, ANN, "give", "bob")) == ()


def test_kept_up_season_by_season_the_books_are_those_of_the_whole_game(model: Model) -> None:
    whole = game_of(model, ANN, "deal", "bob", idle=3)
    bargains = Bargains(model, whole.start, ANN)
    for _ in bargains.catch_up(game_of(model, ANN, "deal", "bob", idle=1)):
        pass
    assert bargains.seasons == 2
    for _ in bargains.catch_up(whole):
        pass
    (deal,), (books,) = bargains.found(), who_pays(ripples(whole))
    assert deal.books.gains == pytest.approx(books.gains) and deal.books.costs == pytest.approx(books.costs)


def test_what_is_hidden_is_in_no_books(model: Model) -> None:
    bargains = Bargains(model, new_worlds(model, [1]), ANN)
    for _ in bargains.catch_up(game_of(model, ANN, "deal", "bob")):
        pass
    (deal,) = bargains.found(hidden=["hay"])
    assert "The Cids" not in deal.books.costs and deal.paid_by == ()
