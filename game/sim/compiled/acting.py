"""Compiled actions at work: they carry out the plans of a season on a World, with the same bits as NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.sim import chance, mind_tables
from game.sim.actions import BY_RULE, SLOTS, Actions, apply_actions
from game.sim.chance import identity
from game.sim.compiled import acting_tables as table
from game.sim.compiled.acting_memory import Memory
from game.sim.compiled.acting_text import ActingText
from game.sim.compiled.sight import Eyes, Sight, give_back
from game.sim.compiled.tables import Integers
from game.sim.model import Model
from game.sim.plans import usual_term
from game.sim.step import Looked
from game.sim.totals import Floats, TileTree
from game.sim.world import World

GOLDEN, MASK = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF


def _signed(bits: int) -> int:
    """Return 64 bits as the whole number that a table of int64 holds them as."""
    return bits - (1 << 64) if bits >= 1 << 63 else bits


@dataclass(frozen=True)
class Tables:
    """What the actions of a level are called with, the same in all seasons."""

    candidates: Integers
    amounts: Floats
    lists: Integers  # the tiles of plots, and how to add over them
    keys: Integers  # (seats, candidates, C): by which luck each may stop it
    people: Integers  # the community of each seat
    later: Integers
    choices: int
    largest: int  # tiles of a plot


def tables_of(model: Model, text: ActingText) -> Tables:
    """Return the tables of the actions of a level."""
    lists = _Lists()
    actions = list(model.actions)
    choices: dict[str, int] = {}
    rows, amounts = [], []
    for one in model.candidates:
        plan = model.actions[one.action]
        choice = choices.setdefault(one.choice, len(choices))
        usual = usual_term(plan) if plan.term else 0.0
        amounts.append(usual if one.amount is None else one.amount)
        named, offers = int(one.amount is not None), int(plan.accepts is not None)
        rows.append(
            [actions.index(one.action), one.target, choice, *lists.of(one.tree), named, offers, plan.spec.limit]
        )
    memory = text.memory
    largest = max([1, *(row[table.SIZE] for row in rows)])
    if any(one.tiles is None for one in model.candidates):  # what reaches no plot may reach all tiles
        largest = max(largest, model.layout.rows * model.layout.columns)
    later = [
        [memory.sent[item.key], memory.shifted[item.stock], memory.array("later", item.key, written=True),
         (item.after - 1) * len(model.layout.communities)]
        for plan in model.actions.values() for item in plan.later
    ]  # fmt: skip
    return Tables(
        np.array(rows, np.int64).reshape(-1, table.CANDIDATE_COLUMNS),
        np.array(amounts, np.float64),
        np.array([*lists.numbers, 0], np.int64),
        _keys(model),
        np.array(model.layout.seats, np.int64),
        np.array(later, np.int64).reshape(-1, table.LATER_COLUMNS),
        len(choices),
        largest,
    )


class _Lists:
    """The tiles of plots one after the other, and how to add over them."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.known: dict[TileTree, list[int]] = {}

    def of(self, tree: TileTree | None) -> list[int]:
        """Return how many tiles a plot has, where they are listed, where and how many additions, and their result."""
        if tree is None:
            return [0, 0, 0, 0, 0]
        if tree not in self.known:
            places = tree.places.tolist()
            pairs = [
                (int(one), int(other)) for ones, others in tree.steps for one, other in zip(ones, others, strict=True)
            ]
            at = len(self.numbers)
            self.numbers += places
            self.numbers += [number for pair in pairs for number in pair]
            self.known[tree] = [len(places), at, at + len(places), len(pairs), tree.root]
        return self.known[tree]


def _keys(model: Model) -> Integers:
    """Return by which luck each community may stop what each seat tries, mixed as `chance.bits` does."""
    communities = model.layout.communities
    found = np.zeros((len(model.layout.seats), len(model.candidates), len(communities)), np.int64)
    for index, one in enumerate(model.candidates):
        if not model.actions[one.action].spec.blocked_by or model.resistance is None:
            continue
        for seat, me in enumerate(model.layout.seats):
            for community, name in enumerate(communities):
                key = identity(f"{communities[me]}:{one.key}:{name}")
                found[seat, index, community] = _signed(key * GOLDEN & MASK)
    return found


def _pairs(g: Integers, section: int) -> int:
    """Return how many places a section of what a seat reads has."""
    return int(g[section + 1] - g[section]) // 2


class Acting:
    """Carries out plans in the worlds of one model."""

    def __init__(
        self,
        model: Model,
        text: ActingText,
        functions: dict[str, Callable[..., Any]],
        addresses: Integers,
        eyes: Eyes | None = None,
    ) -> None:
        self.model, self.text, self.addresses, self.functions = model, text, addresses, functions
        self.tables = tables_of(model, text)
        self.places = np.array([text.memory.costs, text.memory.felt, text.memory.gives], np.int64)
        self.most_costs = max([1, *(len(plan.costs) for plan in model.actions.values())])
        self.most_gifts = text.memory.most_gifts
        self.fixed = text.memory.fixed_numbers()
        self.eyes = eyes or Eyes(text.memory.arrays)
        self.see = self.eyes.see  # where the arrays of a world lie
        self.kept: list[Desk] = []  # what seasons have worked with, for the next ones

    def act(self, model: Model, world: World, actions: Actions) -> None:
        """Do what `apply_actions` does.  Raises ValueError for another model."""
        if model is not self.model:
            raise ValueError("a compiled season plays the worlds of its own model only")
        if not (actions.chosen >= 0).any():
            apply_actions(model, world, actions)
            return
        each, (slots, seats, worlds) = len(model.layout.communities), actions.chosen.shape
        sight = self.see(world)
        world.result = np.zeros((slots, seats, worlds), np.int64)
        world.answer = np.zeros((slots, seats, each, worlds), np.int64)
        said = np.full(world.answer.shape, BY_RULE, np.int64) if actions.answers is None else actions.answers
        desk = self.desk(world, sight)
        tables = self.tables
        self.functions["act"](
            sight.addresses, tables.lists, desk.whole,
            self.fixed, desk.numbers, self.addresses, tables.candidates, tables.amounts, tables.keys, desk.often,
            tables.people, np.ascontiguousarray(actions.chosen), np.ascontiguousarray(said), world.result, world.answer,
            tables.later, desk.yes, self.text.memory.noted, self.text.memory.noted_length, world.season, 0, worlds,
        )  # fmt: skip
        self.kept.append(desk)
        give_back(world, sight, self.text.memory.written)

    def look(
        self, model: Model, world: World, seat: int, wanted: Integers, meaning: bool = False, sight: Sight | None = None
    ) -> Looked:
        """Return what the candidates `wanted` are to one seat.  Raises ValueError for another model."""
        if model is not self.model:
            raise ValueError("a compiled season plays the worlds of its own model only")
        tables, sight = self.tables, sight or self.see(world)
        desk = self.desk(world, sight)
        count, worlds, each = len(wanted), world.count, len(model.layout.communities)
        told = count if meaning else 0
        found = Looked(
            np.empty(count, np.int64),
            np.zeros((count, worlds), np.bool_),
            np.zeros((3, count, worlds)),
            np.zeros((count, self.most_costs, worlds)),
            np.zeros((told, each, worlds)),
            np.zeros((told, worlds)),
            np.zeros((told, self.most_gifts, worlds)),
        )
        kept = self.functions["look"](
            sight.addresses, tables.lists, desk.whole, self.fixed, desk.numbers, self.addresses, tables.candidates,
            tables.amounts, tables.keys, seat, model.layout.seats[seat], wanted, 2 if meaning else 1, self.places,
            *found,
        )  # fmt: skip
        self.kept.append(desk)
        rows, allowed, numbers, costs, *meant = found
        return Looked(rows[:kept], allowed[:kept], numbers[:, :kept], costs[:kept], *(one[:kept] for one in meant))

    def thin(self, world: World, stock: str, reference: float, wanted: Integers, counts: Floats, poor: Floats) -> None:
        """Add to `poor` (G, W) how far a living stock is below what is usual on the plots of candidates (G,).

        `counts` (G,) says on how many of their tiles it lives.
        """
        values = np.ascontiguousarray(world.stock[stock]).reshape(-1, world.count)
        live = np.ascontiguousarray(self.model.stocks[stock].live, np.float64).reshape(-1)
        plots = self.tables.candidates[wanted, table.SIZE : table.ROOT_OF + 1]
        free = np.empty((self.tables.largest, world.count))
        plots = np.ascontiguousarray(plots)
        self.functions["thin"](values, reference, live, self.tables.lists, plots, counts, free, poor)

    def number_of(self, kind: str, name: str) -> int:
        """Return the number of an array of the World, which `see` tells the address of from now on."""
        return self.eyes.number(kind, name)

    def worths(self, sight: Sight, g: Integers, h: Floats, land: Floats, *told: Any) -> None:
        """Fill in what options are worth to whoever partners: see `wishes.worths_of`."""
        *rest, found = told
        worlds = found.shape[1]
        self.functions["worths"](
            sight.addresses, g, h, self.tables.lists, self.tables.candidates, land, *rest,
            np.empty((self.tables.largest, worlds)), np.empty((_pairs(g, mind_tables.LOW), worlds)), found,
        )  # fmt: skip

    def person(self, sight: Sight, g: Integers, h: Floats, land: Floats, *told: Any) -> None:
        """Plan for one seat as its person would: see `wishes.person_plans`."""
        *rest, chosen = told
        worlds, each = chosen.shape[1], len(self.model.layout.communities)
        uses, paid = max(1, _pairs(g, mind_tables.HELD)), max(1, _pairs(g, mind_tables.PURSE))
        self.functions["person"](
            sight.addresses, g, h, self.tables.lists, self.tables.candidates, land, *rest,
            np.empty((self.tables.largest, worlds)), np.empty((_pairs(g, mind_tables.LOW), worlds)),
            np.empty((4, uses, worlds)), np.empty((4, each, worlds)), np.empty((9, worlds)), np.empty((3, worlds)),
            np.empty((len(self.tables.candidates), worlds)), np.empty(paid), np.empty(self.tables.choices, np.int64),
            chosen,
        )  # fmt: skip

    def desk(self, world: World, sight: Sight) -> Desk:
        """Return a desk for a season of a world."""
        try:
            desk = self.kept.pop()
        except IndexError:  # asked beforehand, another thread might have taken the last
            desk = Desk(self.tables, self.text.memory, len(self.model.layout.communities))
        number = world.season + 1
        desk.whole[table.WORLDS], desk.whole[table.SEASON] = world.count, number
        desk.whole[table.MIXED] = _signed((number * GOLDEN + chance.PROTEST) & MASK)
        desk.whole[table.LUCK] = sight.luck
        return desk


class Desk:
    """What a season of actions is worked out on."""

    def __init__(self, tables: Tables, memory: Memory, each: int) -> None:
        seats = len(tables.people)
        self.whole = np.zeros(table.WHOLE_NUMBERS, np.int64)
        self.numbers = np.zeros(memory.used)
        self.often = np.zeros((seats, tables.choices), np.int64)
        self.yes = np.zeros((SLOTS, seats, each), np.int64)
        most = SLOTS * memory.changes * each * max(each, tables.largest)  # what a plan may overwrite, to be undone
        self.places, self.values = np.empty(most, np.int64), np.empty(most)
        self.whole[table.NOTED_PLACES] = self.places.ctypes.data
        self.whole[table.NOTED_VALUES] = self.values.ctypes.data
