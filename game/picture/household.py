"""One household as the board shows it: read off a world, and on its way from one season to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.level.vocabulary import HOMES
from game.picture.looks import CANAL, DRAW, FIGURE, SHELF, SIGN, SMOKE
from game.sim.model import Model
from game.sim.world import World

COTTAGE = HOMES[0]


@dataclass(frozen=True)
class BesideHome:
    """Something that a household has and that stands beside its home: by its icon, the more of it the more."""

    icon: str
    share: float  # 0 to 1 of the most there can be


@dataclass
class Household:
    """One community as the board shows it."""

    index: int
    name: str
    homes: list[tuple[int, int]]  # (row, column)
    herd: float
    store: float  # 0 to 1: how full the barn is for its herd
    grievance: float
    wellbeing: float
    soundness: float = 1.0  # of the roof, where a level counts it
    hives: float = 0.0
    hosting: float = 0.0  # whether hives of others stand between its trees
    flock: float = 0.0
    guarded: float = 0.0  # how well dogs guard its flock, 0 to 1
    canal: float | None = None  # how much water its ditch carries, 0 to 1; None without one
    people: float = 0.0
    shelf: float | None = None  # how full its shelf is of pots, 0 to 1; None without a kiln
    struck: tuple[str, ...] = ()  # pictures of what has struck it this season
    looks_like: str = ""  # a home of `HOMES`; a cottage where nothing is said
    beside: tuple[BesideHome, ...] = ()  # what its level shows beside homes
    buyers: float | None = None  # its share of those who buy at the market, 0 to 1; None where it has no stall
    joined: bool = False  # whether it trades under one sign with others
    smoke: float | None = None  # how much goes up its chimney, 0 to 1; None where that is not counted
    figure: float | None = None  # whether it writes so on the board at the well; None where there is no board
    trying: bool = False  # whether it tries something under nets


def household_of(model: Model, world: World, which: int, index: int) -> Household:
    """Return one community of world `which` of a batch as the board shows it."""
    community = list(model.level.communities.values())[index]
    key = model.layout.communities[index]
    homes = [
        (y, x)
        for y, row in enumerate(model.level.map.rows.splitlines())
        for x, sign in enumerate(row)
        if model.level.map.legend[sign].home == key
    ]
    conflict = next((name for name, spec in model.level.stocks.items() if spec.conflict), "")
    herd = held(world, "herd", index, which)
    store = held(world, "fodder", index, which) / max(herd, 1.0)
    return Household(
        index,
        community.name,
        homes,
        herd,
        min(1.0, store),
        held(world, conflict, index, which),
        held(world, "wellbeing", index, which) if "wellbeing" in world.stock else 0.7,
        _soundness(model, world, index, which),
        held(world, "hives", index, which),
        held(world, "hosting", index, which),
        held(world, "flock", index, which),
        held(world, "guarded", index, which),
        min(1.0, held(world, "canal", index, which) / CANAL) if "canal" in world.stock else None,
        community.people,
        min(1.0, held(world, "wares", index, which) / SHELF) if "wares" in world.stock else None,
        _struck(model, world, which, index),
        "" if community.looks_like == COTTAGE else community.looks_like,
        _beside(model, world, which, index),
        _buyers(model, world, which, index),
        (_share(model, world, SIGN, which, index) or 0.0) > 0.0,
        _share(model, world, SMOKE, which, index),
        _share(model, world, FIGURE, which, index),
        _trying(model, world, which, index),
    )


def _share(model: Model, world: World, name: str, which: int, index: int) -> float | None:
    """Return where in its range a stock of a community stands, 0 to 1; None where communities have none."""
    spec = model.level.stocks.get(name)
    if spec is None or spec.place != "community" or name not in world.stock:
        return None
    low, high = spec.range
    return float(np.clip((held(world, name, index, which) - low) / (high - low), 0.0, 1.0))


def _buyers(model: Model, world: World, which: int, index: int) -> float | None:
    """Return which share of the buyers comes to a community's stall, as what draws them to each stall divides them."""
    if _share(model, world, DRAW, which, index) is None:
        return None
    draw = world.stock[DRAW][:, 0, 0, 0, which]
    return float(draw[index]) / max(float(draw.sum()), 1e-9)


def _trying(model: Model, world: World, which: int, index: int) -> bool:
    """Return whether a community tries out something that others use."""
    trials = (name for name, action in model.level.actions.items() if action.tries and name in world.member)
    return any(world.member[name][index, 0, 0, 0, which] > 0.0 for name in trials)


def _beside(model: Model, world: World, which: int, index: int) -> tuple[BesideHome, ...]:
    found = []
    for name, spec in model.level.stocks.items():
        if spec.beside_homes and name in world.stock:
            low, high = spec.range
            share = (held(world, name, index, which) - low) / (high - low)
            found.append(BesideHome(spec.icon, float(np.clip(share, 0.0, 1.0))))
    return tuple(found)


def _struck(model: Model, world: World, which: int, index: int) -> tuple[str, ...]:
    """Return the pictures of the events that have struck a community this season."""
    hits = (event.spec.icon or "caution" for event in model.events if event.spec.strikes and
            world.struck[event.name][index, which])  # fmt: skip
    return tuple(hits)


def _soundness(model: Model, world: World, index: int, which: int) -> float:
    for name, spec in model.level.stocks.items():
        if spec.place == "community" and spec.kind == "state" and spec.icon == "house":
            return held(world, name, index, which) / model.stocks[name].high
    return 1.0


def held(world: World, name: str, index: int, which: int) -> float:
    """Return how much of a stock a community has; 0 where the level has no such stock."""
    return float(world.stock[name][index, 0, 0, 0, which]) if name in world.stock else 0.0


def household_between(old: Household, new: Household, share: float) -> Household:
    """Return a household on its way; what strikes it, what it has joined and what it tries show from half-way on."""
    names = ("herd", "store", "grievance", "wellbeing", "soundness", "hives", "hosting", "flock", "guarded")
    values = {name: getattr(old, name) + (getattr(new, name) - getattr(old, name)) * share for name in names}
    canal, shelf = between(old.canal, new.canal, share), between(old.shelf, new.shelf, share)
    buyers, smoke = between(old.buyers, new.buyers, share), between(old.smoke, new.smoke, share)
    late = new if share >= 0.5 else old
    beside = tuple(replace(two, share=one.share + (two.share - one.share) * share)
                   for one, two in zip(old.beside, new.beside, strict=True))  # fmt: skip
    struck = new.struck if share >= 0.5 else ()
    return replace(new, beside=beside, **values, canal=canal, shelf=shelf, buyers=buyers, smoke=smoke,
                   joined=late.joined, figure=late.figure, trying=late.trying, struck=struck)  # fmt: skip


def between(before: float | None, after: float | None, share: float) -> float | None:
    """Return a number on its way; None where there is none."""
    return after if before is None or after is None else before + (after - before) * share
