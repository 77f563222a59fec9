"""All runs that the questions about one level need: each made once, block by block, and kept.

A request says who plays which variant over which seeds and what is measured
when.  Requests for the same variant become one run, so claims, controls and
the table of policies share their games.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.insight.terms import names_in
from game.level.schema import Level
from game.run.backends import kernel
from game.run.batch import play_block
from game.run.finished_blocks import Arrays, FinishedBlocks, digests_as_array, key_of
from game.run.measures import Totals, measure
from game.run.threads import among_threads, one_at_a_time
from game.run.variants import Variant
from game.run.workers import shared_out
from game.sim.dials import DIALS, dials
from game.sim.evaluation import compile_expression
from game.sim.goals import objective
from game.sim.model import Model, compile_level
from game.sim.observe import mean_of
from game.sim.step import Ticks
from game.sim.totals import Floats
from game.sim.world import LOST, WON, World

LARGE_MAP = 256  # tiles; larger maps are stepped fewer worlds at a time
BLOCKS = (250, 500)  # worlds in a block of a large and of a small map, whatever the number of seeds and workers
MOST_CURVES = 8

Window = tuple[int, int, int]  # the place of a claim, first and last season of what it measures


@dataclass
class Request:
    """One run: who plays what over which seeds, what is measured when, and whether its whole course is wanted."""

    variant: Variant
    seeds: Sequence[int]
    windows: list[Window] = field(default_factory=list)
    whole: bool = False


@dataclass
class Record:
    """What a run brought, in the order of its seeds."""

    seeds: list[int]
    values: dict[int, list[float]]  # by claim
    ends: list[str]  # digests of the last worlds
    won: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    objective: Floats
    curves: dict[str, Floats] = field(default_factory=dict)  # (seasons, N), where the whole course was wanted

    @property
    def distinct(self) -> int:
        """How many different last worlds there are."""
        return len(set(self.ends))


class Study:
    """Makes the runs of a level; with `finished`, what is finished is never made twice."""

    def __init__(
        self,
        level: Level,
        workers: int = 1,
        backend: str = "auto",
        finished: FinishedBlocks | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.level, self.workers, self.backend, self.finished = level, workers, backend, finished
        self.sent = pickle.dumps(level)
        self.digest = key_of(level.model_dump(mode="json", by_alias=True))
        self.progress = progress or (lambda count: None)

    def run(self, requests: Iterable[Request]) -> dict[str, Record]:
        """Return the record of each request, by the key of its variant."""
        merged = merge(requests)
        tasks = [task for request in merged.values() for task in self._tasks(request)]
        found: dict[str, Arrays] = {}
        for task in tasks:
            arrays = self.finished.get(task.key) if self.finished else None
            if arrays is not None:
                found[task.key] = arrays
                self.progress(len(task.seeds))
        open_tasks = [task for task in tasks if task.key not in found]

        def keep(task: _Task, arrays: Arrays) -> None:
            found[task.key] = arrays
            if self.finished:
                self.finished.put(task.key, arrays)
            self.progress(len(task.seeds))

        shared_out(_run_block, open_tasks, self.workers, keep)
        return {
            key: _record(request, [found[task.key] for task in tasks if task.variant.key == key])
            for key, request in merged.items()
        }

    def _tasks(self, request: Request) -> list[_Task]:
        size, windows = block_of(self.level), tuple(request.windows)
        said = [[self.level.claims[claim].measure, first, last] for claim, first, last in windows]
        tasks = []
        for start in range(0, len(request.seeds), size):
            block = tuple(int(seed) for seed in request.seeds[start : start + size])
            key = key_of(self.digest, request.variant.key, said, request.whole, block)
            task = _Task(
                key, self.sent, request.variant, windows, request.whole, block, len(request.seeds), self.backend
            )
            tasks.append(task)
        return tasks


def merge(requests: Iterable[Request]) -> dict[str, Request]:
    """Return the runs that requests need, by variant: all their windows, over the longest list of seeds."""
    merged: dict[str, Request] = {}
    for request in requests:
        one = merged.setdefault(request.variant.key, Request(request.variant, request.seeds))
        one.seeds = max(one.seeds, request.seeds, key=len)
        one.windows += [window for window in request.windows if window not in one.windows]
        one.whole = one.whole or request.whole
    return merged


def block_of(level: Level) -> int:
    """Return how many worlds make a block: fixed by the level alone, so that blocks are found again."""
    return BLOCKS[len("".join(level.map.rows.split())) <= LARGE_MAP]


def curves_of(model: Model) -> list[str]:
    """Return the stocks worth a curve: those that goals and the objective speak of, then living ones on tiles."""
    spoken = [name for index in range(len(model.level.goals)) for name in names_in(model.nodes["goals", index, "hold"])]
    spoken += names_in(model.nodes["objective",]) if ("objective",) in model.nodes else []
    draws = {flow.name: flow.source for flow in model.flows}
    living = [name for name, stock in model.level.stocks.items() if stock.living and stock.place == "tile"]
    felt = [name for name, stock in model.level.stocks.items() if stock.conflict or stock.place == "relation"]
    names = [name if name in model.stocks else draws.get(name, "") for name in spoken] + living + felt
    return [name for name in dict.fromkeys(names) if name in model.stocks][:MOST_CURVES]


@dataclass(frozen=True)
class _Task:
    """One block of seeds of one run: the level, what is changed in it, and what to measure when."""

    key: str
    level: bytes
    variant: Variant
    windows: tuple[Window, ...]
    whole: bool
    seeds: tuple[int, ...]
    games: int  # of the whole run: by them `auto` chooses
    backend: str


def _run_block(task: _Task) -> Arrays:
    """Return the values of each window, how each game ended, and its course where that is wanted."""
    model, season = _changed_model(task.level, task.variant, task.games, task.backend)
    ticks = among_threads(season)  # here and not there: what raises is not kept, and would be compiled for every block
    rules = [
        compile_expression(model.nodes[("claims", claim, "measure")], model.layout) for claim, _, _ in task.windows
    ]
    totals = [Totals(model, first, last) for _, first, last in task.windows]
    values = np.zeros((len(task.windows), len(task.seeds)))
    curves: list[list[Floats]] = []
    names = curves_of(model) if task.whole else []

    def start(world: World) -> None:
        for total in totals:
            total.add(world)

    def watch(world: World) -> None:
        for place, (total, rule) in enumerate(zip(totals, rules, strict=True)):
            total.add(world)
            if world.season == total.last:
                values[place] = measure(model, world, rule, total.sums)
        if task.whole:
            curves.append([*(mean_of(model, world, name) for name in names), *_judged(model, world)])

    seasons = [last for _, _, last in task.windows] + ([model.seasons] if task.whole else [])
    world = play_block(model, task.variant.policies, list(task.seeds), max(seasons), watch, ticks, start)
    found: Arrays = {
        "values": values,
        "ends": digests_as_array(world.digests()),
        "won": world.outcome == WON,
        "lost": world.outcome == LOST,
        "objective": objective(model, world),
    }
    if task.whole:
        found["names"] = np.array([*names, *DIALS, "objective"])
        found["curves"] = np.array(curves)
    return found


def _judged(model: Model, world: World) -> list[Floats]:
    return [*dials(model, world).values(), objective(model, world)]


def _record(request: Request, blocks: list[Arrays]) -> Record:
    values = np.concatenate([block["values"] for block in blocks], axis=1)
    record = Record(
        [int(seed) for seed in request.seeds],
        {claim: values[place].tolist() for place, (claim, _, _) in enumerate(request.windows)},
        [str(end) for block in blocks for end in block["ends"]],
        np.concatenate([block["won"] for block in blocks]),
        np.concatenate([block["lost"] for block in blocks]),
        np.concatenate([block["objective"] for block in blocks]),
    )
    if request.whole:
        curves = np.concatenate([block["curves"] for block in blocks], axis=2)
        record.curves = {str(name): curves[:, place] for place, name in enumerate(blocks[0]["names"])}
    return record


@one_at_a_time
@lru_cache(maxsize=4)
def _changed_model(level: bytes, variant: Variant, games: int, backend: str) -> tuple[Model, Ticks]:
    model = compile_level(variant.apply(pickle.loads(level)))
    return model, kernel(backend, model, games)


def plain_variant(policies: Sequence[str]) -> Variant:
    """Return the level as it is, played by these policies."""
    return Variant(tuple(policies))
