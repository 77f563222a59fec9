"""What scripts and people make of their options, by compiled code where that is at hand; the same bits either way.

The rules stand in `game.players.worth` and `game.players.weighing`; here they
become tables (`game.sim.mind_tables`) that compiled code goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from game.players import meaning, upkeep, weighing, worth
from game.players.book import book_of
from game.players.options import Choices, Deeds, Shared
from game.sim import mind_tables as table
from game.sim.feelings import asked_for
from game.sim.model import Model
from game.sim.people import UNDERSTOOD, UNFORGIVEN
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import FOUND
from game.sim.step import FastSeason
from game.sim.totals import Floats, TileTree
from game.sim.world import Integers, World

WEIGHTS: dict[str, float] = {
    **{name: getattr(weighing, name) for name in table.WEIGHTS if hasattr(weighing, name)},
    "KNOWN_FROM": UNDERSTOOD,
    "UNFORGIVEN": UNFORGIVEN,
    "RESTED": upkeep.RESTED,
    "SEASONS_IN_STORE": upkeep.SEASONS_IN_STORE,
    "REFILL": worth.REFILL,
    "UNDERSTOOD": worth.UNDERSTOOD,
    "HURT": worth.HURT,
    "TINY": meaning.TINY,
}


@dataclass
class Minds:
    """The tables of one model: of its N candidates, and for each seat what is read of a World."""

    deeds: Integers  # (N, MIND_COLUMNS)
    numbers: Floats  # (N, 2)
    pays: Integers  # (N, K) which stocks each costs some of
    gives: Integers  # (N, M) which stores it gives away
    asks: Integers  # (N, A) which stores of others it asks for
    live: Floats  # (L, tiles) where each living stock lives
    counts: Floats  # (N, L) on how many tiles of the plot of each candidate
    reads: list[tuple[Integers, Floats, Floats]]  # for each seat where to read what, numbers, and (tiles,) its land
    amounts: int  # the most amounts that an agreement may be settled on
    knows_risks: bool = False


def worths(model: Model, world: World, seat: int, choices: Choices, shares: dict[str, Floats]) -> Floats:
    """Return how much the policy `with` wants to do each of its options now, (O, W), as `game.players.worth` says."""
    season = shares.season if isinstance(shares, Shared) else None
    minds = None if season is None else minds_of(model, season, shares)
    if season is None or minds is None:
        return worth.worths(model, world, seat, choices, shares)
    found = np.zeros(choices.allowed.shape)
    season.worths(
        seen(world, shares, season), *minds.reads[seat], minds.deeds, minds.numbers, minds.live, minds.counts,
        choices.rows, choices.allowed, choices.gain, choices.fits, choices.willing, thinness(model, world, shares),
        found,
    )  # fmt: skip
    return found


def plan_as_person(
    model: Model, world: World, seat: int, choices: Choices, chosen: Integers, shares: dict[str, Floats]
) -> bool:
    """Plan for one seat as its person would, by compiled code; return whether that was at hand."""
    season = shares.season if isinstance(shares, Shared) else None
    minds = None if season is None else minds_of(model, season, shares)
    told: Deeds | None = choices.known.get("deeds")
    if season is None or minds is None or told is None:
        return False
    if not minds.knows_risks:
        risks = choices.book.each("risk", model, lambda plan, one: weighing.risk_of(model, plan, one), np.float64)
        minds.numbers[:, table.RISK_OF] = risks
        minds.knows_risks = True
    pacts, barren = _settled_anew(model, world, minds, choices, shares, season)
    season.person(
        seen(world, shares, season), *minds.reads[seat], minds.deeds, minds.numbers, minds.live, minds.counts,
        minds.pays, minds.gives, minds.asks, choices.rows, choices.allowed, choices.gain, choices.fits,
        choices.willing, choices.costs, *told, pacts, barren, thinness(model, world, shares), chosen,
    )  # fmt: skip
    return True


def seen(world: World, shares: dict[str, Floats], season: FastSeason) -> object:
    """Return what a season sees of a world, the same for all seats."""
    assert isinstance(shares, Shared)
    shares.sight = shares.sight or season.see(world)
    return shares.sight


def thinness(model: Model, world: World, shares: dict[str, Floats]) -> Floats:
    """Return how poor the ground of each candidate is, (N, W); below 0 where nobody has asked yet."""
    if "thinness" not in shares:
        shares["thinness"] = np.full((len(model.candidates), world.count), -1.0)
    return shares["thinness"]


def _settled_anew(
    model: Model, world: World, minds: Minds, choices: Choices, shares: dict[str, Floats], season: FastSeason
) -> tuple[Floats, Floats]:
    """Return what agreements allow and would allow, (Q, 1 + A, C, W), and how barren the land is, (W,)."""
    asked = minds.deeds[choices.rows, table.PACT_OF]
    each, worlds = len(model.layout.communities), world.count
    if not (asked >= 0).any():
        return np.zeros((1, 1, each, worlds)), np.zeros(worlds)
    lasting = [plan for plan in model.actions.values() if plan.spec.lasts]
    if "pacts" not in shares:
        shares["pacts"] = np.zeros((len(lasting), 1 + minds.amounts, each, worlds))
        for number in range(len(lasting)) if minds.amounts else ():
            if (minds.deeds[:, table.PACT_OF] == number).any():
                allowed = season.allowed(world, lasting[number].name, seen(world, shares, season))
                if allowed is None:
                    allowed = meaning.allowed(model, world, lasting[number])
                shares["pacts"][number, : len(allowed)] = allowed
    if "barren" not in shares and (barren := season.barren(world, seen(world, shares, season))) is not None:
        shares["barren"] = barren
    return shares["pacts"], weighing.barren(model, world, shares)


# The tables


def minds_of(model: Model, season: FastSeason, shares: dict[str, Floats]) -> Minds | None:
    """Return the tables of a model for a compiled season; None where it has something that only NumPy can weigh."""
    if "minds" not in season.known:
        season.known["minds"] = _Writer(model, season).minds() if _is_plain(model) else None
        assert isinstance(shares, Shared)
        shares.sight = None  # more is read now than when it was seen
    known: Minds | None = season.known["minds"]
    return known


def _is_plain(model: Model) -> bool:
    """Whether everything lies where compiled code looks for it."""
    stocks, feelings = model.stocks, model.feelings
    places = {name: stocks[name].place for name in stocks}
    own = [*feelings.stores, *weighing.lacked(model), *upkeep.stores(model)]
    own += [name for name, spec in model.level.stocks.items() if spec.conflict]
    between = [name for name in (feelings.trust, *feelings.known) if name]
    return all(places[name] == "community" for name in own) and all(places[name] == "relation" for name in between)


class _Writer:
    """Writes the tables of one model."""

    def __init__(self, model: Model, season: FastSeason) -> None:
        self.model, self.season, self.book = model, season, book_of(model)
        self.uses = [*model.feelings.stores, *weighing.lacked(model)]
        self.low = list(upkeep.stores(model))
        self.first: dict[TileTree | None, int] = {}
        self.grounds: list[int] = []  # of each candidate so far the first that reaches the same tiles
        self.lasting = [plan.name for plan in model.actions.values() if plan.spec.lasts]
        self.finding = [plan for plan in model.actions.values() if plan.spec.finds]
        self.shared = list(dict.fromkeys(name for plan in model.actions.values() for name in worth.helped(model, plan)))
        self.living = [
            (name, float(spec.living))
            for name, spec in model.level.stocks.items()
            if spec.living and spec.place == "tile"
        ]

    def minds(self) -> Minds:
        """Return all tables."""
        model, book = self.model, self.book
        plans = list(zip(book.plans, model.candidates, strict=True))
        numbers = np.zeros((len(plans), 2))
        numbers[:, table.BASE_OF] = book.base
        tiles = model.layout.rows * model.layout.columns
        live = np.array([self._live(name) for name, _ in self.living]).reshape(len(self.living), tiles)
        trees = [one.tree for one in model.candidates]
        counts = [[1.0 if tree is None else max(float(of[tree.places].sum()), 1.0) for of in live] for tree in trees]
        before = np.broadcast_to(model.uses_start, (len(model.layout.communities), 1, *model.uses_start.shape[2:]))
        land = np.ascontiguousarray(before, np.float64).reshape(-1, tiles)
        return Minds(
            np.array([self._deed(plan, one) for plan, one in plans], np.int64).reshape(-1, table.MIND_COLUMNS),
            numbers,
            np.ascontiguousarray(book.costs),
            self._stores(lambda plan: weighing.given_away(model, plan)),
            self._stores(lambda plan: asked_for(model.feelings, plan)),
            live,
            np.array(counts, np.float64).reshape(len(plans), len(self.living)),
            [(*self._reads(seat), land[me].copy()) for seat, me in enumerate(model.layout.seats)],
            max([0, *(len(plan.spec.terms[plan.term].values) for plan in model.actions.values() if plan.term)]),
        )

    def _deed(self, plan: ActionPlan, one: Candidate) -> list[int]:
        """Return the row of whole numbers of a candidate, in the order of `mind_tables`."""
        model, index = self.model, len(self.grounds)
        helped = worth.helped(model, plan)
        pact = one.amount is not None and plan.spec.lasts is not None and bool(plan.spec.lasts.limits)
        self.grounds.append(self.first.setdefault(one.tree, index))
        return [
            weighing.aim_of(plan, self.uses),
            weighing.manner_of(plan, one),
            self.lasting.index(plan.spec.breaks) if plan.spec.breaks in self.lasting else -1,
            weighing.for_whom(plan, one),
            weighing.keeps_company(plan, one),
            int(plan.accepts is not None),
            worth.kind_of(model, plan, one),
            one.target,
            int(one.amount is None),
            worth.store_of(self.low, plan),
            self.finding.index(plan) if plan.spec.finds else -1,
            self.shared.index(helped[0]) if helped else -1,
            self.grounds[-1],
            int(plan.spec.family == "care"),
            self.lasting.index(plan.name) if pact else -1,
            plan.spec.terms[plan.term].values.index(one.amount) if pact else -1,
            int(self.book.choice[index]),
            plan.spec.limit,
        ]

    def _stores(self, names: Callable[[ActionPlan], tuple[str, ...]]) -> Integers:
        """Return for each candidate the stores that are named for its action, (N, names); -1 behind them."""
        found = [[self.uses.index(name) for name in names(plan)] for plan in self.book.plans]
        most = max([1, *(len(one) for one in found)])
        return np.array([one + [-1] * (most - len(one)) for one in found], np.int64).reshape(-1, most)

    def _live(self, name: str) -> Floats:
        return np.ascontiguousarray(self.model.stocks[name].live, np.float64).reshape(-1)

    # What is read of a World

    def _reads(self, seat: int) -> tuple[Integers, Floats]:
        """Return where a seat reads what, and the numbers beside."""
        model, me = self.model, self.model.layout.seats[seat]
        weights = [WEIGHTS[name] for name in table.WEIGHTS]
        usual = [self._usual(name, me) for name in model.feelings.stores]
        finds = [model.stocks[plan.finds[0].stock] for plan in self.finding]
        found_at = [stock.low + FOUND * (stock.high - stock.low) for stock in finds]
        shared = [model.stocks[name] for name in self.shared]
        tails = [usual, found_at, [one.high for one in shared], [one.high - one.low for one in shared]]
        tails.append([reference for _, reference in self.living])
        starts = [len(weights) + sum(len(tail) for tail in tails[:place]) for place in range(len(tails))]
        trust = self._array("stock", model.feelings.trust) if model.feelings.trust else -1
        each = len(model.layout.communities)
        scalars = [me, each, len(model.feelings.stores), trust, len(self.uses), *starts, self._array("uses", "")]
        sections = [scalars, *self._places(me)]
        ends = table.SECTIONS + 1 + np.cumsum([0, *(len(one) for one in sections)])
        whole = [*ends.tolist(), *(number for one in sections for number in one)]
        return np.array(whole, np.int64), np.array([*weights, *(value for tail in tails for value in tail)])

    def _places(self, me: int) -> list[list[int]]:
        """Return the sections behind the first, in their order."""
        model, feelings, stocks = self.model, self.model.feelings, self.model.stocks
        needs = [name for name, stock in stocks.items() if stock.place == "player" and stock.high <= 1.0]
        people = ("fair", "bold", "patient", "forgiving", "wrongs", "kindness", "lean")
        named = {one: feelings.stores[one] for one in feelings.stores}
        finds = [plan.finds[0] for plan in self.finding]
        return [
            self._rows(self.uses, me),
            self._asked(named, me),
            [self._array("stock", name) if name else -1 for name in feelings.known],
            self._rows(needs, me),
            [self._array("people", name) for name in people] if model.level.people else [],
            [index for index in model.layout.seats if index != me],
            [self._array("member", name) for name in self.lasting],
            self._rows(self.book.paid, me),
            self._rows(self.low, me),
            self._asked({name: tuple(flows) for name, flows in upkeep.stores(model).items()}, me),
            [number for one in finds for number in self._row(one.stock, me if one.who else 0)],
            self._rows(self.shared, 0),
            [self._array("stock", name) for name, spec in model.level.stocks.items() if spec.conflict],
            [self._array("stock", name) for name, _ in self.living],
        ]

    def _array(self, kind: str, name: str) -> int:
        return self.season.number_of(kind, name)

    def _row(self, name: str, me: int) -> list[int]:
        """Return the place of a stock of somebody, or of the one of all."""
        communities, partners, rows, columns = self.model.layout.shape(self.model.stocks[name].axes)
        return [self._array("stock", name), (me if communities > 1 else 0) * partners * rows * columns]

    def _rows(self, names: Iterable[str], me: int) -> list[int]:
        return [number for name in names for number in self._row(name, me)]

    def _asked(self, flows_of: dict[str, tuple[str, ...]], me: int) -> list[int]:
        """Return for each flow out of some stores which store that is, and the place of what it asked for."""
        found: list[int] = []
        for store, flows in enumerate(flows_of.values()):
            for name in flows:
                flow = next(flow for flow in self.model.flows if flow.name == name)
                own = self.model.layout.shape(flow.axes)[0] > 1
                found += [store, self._array("asked", name), me if own else 0]
        return found

    def _usual(self, name: str, me: int) -> float:
        """Return what somebody is taken to use of a store before anybody has used any."""
        start = np.broadcast_to(self.model.stocks[name].start, (len(self.model.layout.communities), 1, 1, 1, 1))
        return float(np.maximum(0.5 * start[me, 0, 0, 0, 0], 1.0) + 0.0)
