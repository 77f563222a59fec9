"""Whole games of many seeds, block by block.

Worlds never meet, so the size of a block changes no bit of any result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.language.errors import ArgumentError
from game.players.policies import plan_season
from game.run.backends import kernel
from game.sim.argument_checks import checked_model, checked_seeds
from game.sim.batches import block_size, uneven
from game.sim.beginning import new_worlds
from game.sim.model import Model
from game.sim.observe import observe
from game.sim.step import Ticks, run_ticks, step
from game.sim.totals import Floats
from game.sim.world import WON, World


@dataclass(repr=False)
class Result:
    """What became of many games, in the order of their seeds."""

    seeds: list[int]
    outcomes: NDArray[np.int64]  # (N,) as in game.sim.world: 1 won
    digests: list[str]  # one for each final world
    final: dict[str, Floats]  # (N,) observed columns at the end
    history: list[dict[str, Floats]] = field(default_factory=list)  # one table a season, if asked for

    def __repr__(self) -> str:
        return f"Result({len(self.seeds)} games, {self.wins} won, digest {self.digest[:16]})"

    @property
    def wins(self) -> int:
        """The number of games won."""
        return int((self.outcomes == WON).sum())

    @property
    def digest(self) -> str:
        """One SHA-256 over all final worlds in the order of their seeds."""
        return hashlib.sha256("".join(self.digests).encode()).hexdigest()

    @property
    def distinct(self) -> int:
        """How many different final worlds there are."""
        return len(set(self.digests))


def blocks(model: Model, seeds: Sequence[int]) -> Iterator[list[int]]:
    """Yield the seeds in blocks."""
    size = uneven(min(block_size(model), max(1, len(seeds))))
    for start in range(0, len(seeds), size):
        yield [int(seed) for seed in seeds[start : start + size]]


def play_block(
    model: Model,
    policies: tuple[str, ...],
    seeds: list[int],
    seasons: int,
    each: Callable[[World], None] | None = None,
    ticks: Ticks = run_ticks,
    start: Callable[[World], None] | None = None,
) -> World:
    """Play one block to the end.

    `start` sees the world before the first season, `each` after every one;
    `ticks` is from `game.run.backends`.
    """
    world = new_worlds(model, seeds)
    if start is not None:
        start(world)
    for _ in range(seasons):
        world = step(model, world, plan_season(model, world, policies, ticks), ticks)
        if each is not None:
            each(world)
    return world


def play(
    model: Model,
    policies: str | Sequence[str],
    seeds: Sequence[int],
    seasons: int | None = None,
    keep_history: bool = False,
    progress: Callable[[int], None] | None = None,
    backend: str = "auto",
) -> Result:
    """Play a game for every seed and return what became of them.

    `policies` names one policy for all seats or one for each.  `seasons`
    shortens the games.  `progress` is told how many games each block held.
    `backend` is one of `game.run.backends.NAMES` and changes no bit.  Raises
    BackendError for one that cannot be had, ArgumentError for what is no
    model, for seeds that are none, and for policies and backends unknown.
    """
    model, wanted = checked_model(model), checked_seeds(seeds).tolist()
    if not wanted:
        raise ArgumentError("there are no seeds, so there is nothing to play: write seeds=range(100), or any others")
    if seasons is not None and seasons < 1:
        raise ArgumentError(f"games last at least one season, not {seasons}")
    ticks = kernel(backend, model, len(wanted), seasons=seasons)
    names = (policies,) * len(model.layout.seats) if isinstance(policies, str) else tuple(policies)
    return played(model, names, wanted, ticks, seasons, keep_history, progress)


def played(
    model: Model,
    policies: tuple[str, ...],
    seeds: list[int],
    ticks: Ticks,
    seasons: int | None = None,
    keep_history: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Do as `play` does, with `ticks` from `game.run.backends`."""
    length = model.seasons if seasons is None else min(seasons, model.seasons)
    tables: list[list[dict[str, Floats]]] = []
    outcomes, digests, finals = [], [], []
    for block in blocks(model, seeds):
        rows: list[dict[str, Floats]] = []

        def after_season(world: World, rows: list[dict[str, Floats]] = rows) -> None:
            if keep_history:
                rows.append({name: values.copy() for name, values in observe(model, world).items()})

        world = play_block(model, policies, block, length, after_season, ticks)
        outcomes.append(world.outcome)
        digests += world.digests()
        finals.append(observe(model, world))
        tables.append(rows)
        if progress is not None:
            progress(len(block))
    history = [_joined([table[season] for table in tables]) for season in range(length)] if keep_history else []
    return Result(seeds, np.concatenate(outcomes), digests, _joined(finals), history)


def _joined(tables: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
