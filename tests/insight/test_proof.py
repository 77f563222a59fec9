"""Two rules of proof on games so small that both errors can be worked out by hand."""

from __future__ import annotations

import pytest

import game as powerdance
from game.insight.played import PlayedGame, played
from game.insight.proof import ALLOWED, SAFE, Timeline, proof
from game.insight.ripples import ripples
from game.insight.who_pays import balance, who_pays
from game.level.reader import parse_level
from game.players.policies import plan_season
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from tests.insight.test_ripple_parts import MILL
from tests.insight.test_vigilance import TEXT
from tests.sim.levels import candidate, one, tiny

# Poisoning costs the neighbour 0.4 of a full measure and brings nothing; grinding brings its doer 0.5 and fouls the
# brook by 0.5; nobody can tell beforehand that what is taken or fouled does not matter.
SICK = """\
  rot:    {mode: over, family: take, target: community, plain: Hide it.,
           later: [{of: "health[target]", add: -0.25, after: 3, plain: They fall ill.}]}
"""


def mill() -> Model:
    text = MILL.replace("WASTE", "0.5").replace("actions:\n", "actions:\n" + SICK)
    health = "  health: {at: community, kind: state, range: [0, 1], start: 1, plain: Health.}\n"
    return tiny(text.replace("stocks:\n", "stocks:\n" + health), people=("ann", "bob"), seats=("ann", "bob"))


def game_of(model: Model, *seasons: list[tuple[str, str]], seat: int = 0) -> PlayedGame:
    plans = [Actions.planned(model, {seat: [candidate(model, *pair) for pair in pairs]}) for pairs in seasons]
    return played(model, one(model), plans)


def struck(found: Timeline) -> list[tuple[int, str]]:
    names = found.game.model.candidates
    return [(one.deed.season, names[one.deed.candidate].action) for one in found.struck]


POISON, GRIND, ROT, SHARE = ("poison", "bob"), ("grind", "world"), ("rot", "bob"), ("share", "bob")


def test_what_harm_shows_at_once_is_struck_from_the_next_season_on() -> None:
    found = proof(game_of(mill(), [POISON], [POISON, SHARE], [POISON])).allowed
    assert found.rule == ALLOWED
    assert struck(found) == [(1, "poison"), (2, "poison")]
    assert {one.proof.season for one in found.struck if one.proof} == {0}
    assert found.harm == pytest.approx(0.4) and [one.deed.season for one in found.harmful] == [0]
    assert found.good == 0.0
    assert found.game.end.stock["water"][1, 0, 0, 0, 0] == pytest.approx(6.0)
    assert [deed.season for deed in found.game.deeds] == [0, 1]  # what was struck was not tried


def test_harm_that_shows_late_lets_others_of_its_kind_happen_meanwhile() -> None:
    found = proof(game_of(mill(), *[[ROT]] * 6)).allowed
    # They fall ill at the start of the fourth season, and the first who may know it decide in the fifth.
    assert struck(found) == [(4, "rot"), (5, "rot")]
    # Deeds of the first four seasons cost a quarter from three seasons later on, as far as the game still shows it.
    shown = [0.25 * (6 - 3 - season) / (6 - season) for season in range(3)]
    assert found.harm == pytest.approx(sum(shown)) and len(found.harmful) == 3


def test_only_when_proven_safe_nothing_is_let_through_and_good_is_forgone() -> None:
    found = proof(game_of(mill(), [GRIND], [POISON], [GRIND])).safe
    assert found.rule == SAFE
    assert struck(found) == [(0, "grind"), (1, "poison"), (2, "grind")]
    assert all(one.care is not None and 0.5 <= one.care <= 1.0 for one in found.struck)
    assert (found.harm, found.harmful) == (0.0, ())
    assert found.good == pytest.approx(0.5 + 0.5)  # both grindings brought what they cost; the poison is no loss
    assert not found.game.deeds


def test_what_costs_no_more_than_it_brings_is_never_proven_harmful() -> None:
    game = game_of(mill(), [GRIND], [GRIND])
    found = proof(game).allowed
    assert not found.struck and not found.harmful
    assert found.game.end.digest() == game.end.digest()


def test_partnering_is_never_struck_and_nobody_is_asked_for_proof_of_it() -> None:
    found = proof(game_of(mill(), [SHARE], [SHARE]))
    assert found.force == 0 and not found.safe.struck and not found.allowed.struck
    assert found.safe.game.end.digest() == found.game.end.digest()


def test_whoever_watches_has_proven_it_safe_as_long_as_the_watch_lasts() -> None:
    watch = "  watch: {mode: with, family: care, target: me, plain: Watch., lasts: {seasons: 2}, oversees: cut}\n"
    text = TEXT.replace("plain: It rots.", "delay: 4, plain: It rots.").replace("objective:", f"{watch}objective:")
    model = compile_level(parse_level(text, "moss.yaml"))
    plans = [["cut"], ["watch"], ["cut"], ["cut"]]
    game = played(
        model, one(model), [Actions.planned(model, {0: [candidate(model, name) for name in names]}) for names in plans]
    )
    assert struck(proof(game).safe) == [(0, "cut"), (3, "cut")]


def test_the_balance_is_what_the_books_say_if_the_game_had_ended_then() -> None:
    model = powerdance.compile_level(powerdance.load_level("the_shared_pasture"))
    world, plans = new_worlds(model, [3]), []
    for _ in range(4):
        plans.append(plan_season(model, world, ("over", "with", "mixed", "over")))
        world = powerdance.step(model, world, plans[-1])
    game = played(model, new_worlds(model, [3]), plans)
    brought, cost = balance(ripples(game))
    for seasons in (2, 4):
        short = played(model, new_worlds(model, [3]), plans[:seasons])
        for number, books in enumerate(who_pays(ripples(short))):
            assert brought[seasons - 1, number] == pytest.approx(books.brought, abs=1e-6)
            assert cost[seasons - 1, number] == pytest.approx(books.cost_to_others, abs=1e-6)
    later = [number for number, deed in enumerate(game.deeds) if deed.season == 3]
    assert later and (brought[:3, later] == 0.0).all() and (cost[:3, later] == 0.0).all()


def test_the_same_game_gives_the_same_verdict_and_stays_as_it_was() -> None:
    game = game_of(mill(), [POISON], [POISON, GRIND], [GRIND])
    before = game.end.digest()
    first, second = proof(game), proof(game)
    assert [first.allowed.struck, first.safe.forgone] == [second.allowed.struck, second.safe.forgone]
    assert first.allowed.game.end.digest() == second.allowed.game.end.digest()
    assert game.end.digest() == before
