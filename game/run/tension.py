"""When a game is decided, and what each of its seasons asks of the player.

The policy that the level names as partner plays the first seat among the
people of the level.  From the start of each season on the game is carried on
CONTINUATIONS times, from the same state and by the same policies, but with
fresh luck: a season is *decided* when all of these games are won, or none.
A level may name a bar of its own, with its reason.  Seasons after a game has ended are not played and do not count.

A season *asks* something of the player by one of these:

| asked by | what it is |
|---|---|
| offer | somebody offers the player's household something |
| threat | a sign that an event may come next season, or will |
| need | what somebody wants has changed since last season |
| newcomer | something living is there that was nowhere a season ago |
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.level.schema import Level
from game.players.policies import plan_season
from game.run.backends import kernel
from game.run.finished_blocks import Arrays, FinishedBlocks, key_of
from game.run.kept_tasks import finish
from game.run.mutual import has_contract
from game.run.threads import among_threads, one_at_a_time
from game.sim import chance
from game.sim.actions import Actions, offers
from game.sim.batches import selected
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import Ticks, step
from game.sim.world import RUNNING, WON, World

CONTINUATIONS = 40
MOST_DECIDED = 1 / 3  # of the seasons
LEAST_ASKING = 0.5  # of the seasons
ASKED_BY = ("offer", "threat", "need", "newcomer")

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Tension:
    """When the games of a level are decided, and how many of their seasons ask something of the player.

    `by_season` holds for each season the share of the games still played in
    which it is decided, None where none is; `asked_by` maps ASKED_BY to the
    share of the seasons in which each asks.
    """

    partner: str
    runs: int
    decided: float  # share of the seasons of a game, mean over the games
    by_season: tuple[float | None, ...]
    seasons: int  # played, in all games together
    asking: int  # of these
    asked_by: dict[str, float]
    most_decided: float = MOST_DECIDED  # of the seasons
    why: str = ""  # the level's reason for a bar of its own

    @property
    def asking_share(self) -> float:
        """The share of the seasons that ask something."""
        return self.asking / max(self.seasons, 1)

    @property
    def stays_open(self) -> bool:
        """Whether few enough seasons are decided."""
        return self.decided <= self.most_decided

    @property
    def asks(self) -> bool:
        """Whether enough seasons ask something."""
        return self.asking_share >= LEAST_ASKING

    def as_dict(self) -> dict[str, Any]:
        """What `powerdance balance --json` prints under `tension`."""
        return {
            "partner": self.partner,
            "runs": self.runs,
            "continuations": CONTINUATIONS,
            "decided": {
                "share": self.decided,
                "at_most": self.most_decided,
                "holds": self.stays_open,
                "why": self.why,
            },
            "decided_by_season": list(self.by_season),
            "asking": {
                "seasons": self.seasons,
                "count": self.asking,
                "share": self.asking_share,
                "at_least": LEAST_ASKING,
                "holds": self.asks,
                "by": self.asked_by,
            },
        }


def tension_games(level: Level, runs: int) -> int:
    """Return how many games `measure_tension` plays."""
    return level.seasons.count * runs * CONTINUATIONS if has_contract(level) else 0


def measure_tension(
    level: Level,
    seeds: Sequence[int],
    workers: int = 1,
    backend: str = "auto",
    finished: FinishedBlocks | None = None,
    progress: Callable[[int], None] | None = None,
) -> Tension | None:
    """Return when games over these seeds are decided; None where there are no seeds or nobody sits beside the player.

    `workers` share the seasons; neither how many nor `backend`
    changes a bit.  Raises BackendError for a backend that cannot be had.
    """
    if not has_contract(level) or not len(seeds):
        return None
    sent = pickle.dumps(level)
    said = level.model_dump(mode="json", by_alias=True)
    policies = (level.mutual.partner, *level.default_policies()[1:])
    each = tuple(int(seed) for seed in seeds)
    tasks = [
        _Task(key_of("tension", said, CONTINUATIONS, each, season), _Course(sent, policies, each, backend), season)
        for season in range(level.seasons.count)
    ]
    found = finish(_play, tasks, workers, finished, progress)
    running, decided, asked = (np.array([one[name] for one in found]) for name in ("running", "decided", "asked"))
    return _told(level, running, decided, asked)


def _told(level: Level, running: Flags, decided: Flags, asked: Flags) -> Tension:
    """Return what follows from flags by season and game, (S, W) and (S, kinds, W)."""
    played = running.sum(axis=0)
    here = (decided & running).sum(axis=0)
    asked = asked & running[:, None]
    seasons = int(running.sum())
    own = level.mutual.bars.get("decided")
    return Tension(
        level.mutual.partner,
        running.shape[1],
        float((here / np.maximum(played, 1)).mean()),
        tuple(float(one[open_].mean()) if open_.any() else None for one, open_ in zip(decided, running, strict=True)),
        seasons,
        int(asked.any(axis=1).sum()),
        {name: float(asked[:, at].sum() / max(seasons, 1)) for at, name in enumerate(ASKED_BY)},
        *((own.at_most, own.plain) if own else ()),
    )


@dataclass(frozen=True)
class _Course:
    """The games that are carried on: one for each seed."""

    level: bytes
    policies: tuple[str, ...]
    seeds: tuple[int, ...]
    backend: str


@dataclass(frozen=True)
class _Task:
    """One season, in all games."""

    key: str
    course: _Course
    season: int

    @property
    def games(self) -> int:
        return len(self.course.seeds) * CONTINUATIONS


def _play(task: _Task) -> Arrays:
    course = task.course
    model, worlds, asked = _lived(course)
    world = worlds[task.season]
    running = world.outcome == RUNNING
    decided = np.ones(world.count, np.bool_)
    if running.any():
        ticks = among_threads(kernel(course.backend, model, len(course.seeds) * CONTINUATIONS * model.seasons))
        decided[running] = decided_now(model, selected(world, running.nonzero()[0]), course.policies, ticks)
    return {"running": running, "decided": decided, "asked": asked[task.season]}


def decided_now(model: Model, world: World, policies: tuple[str, ...], ticks: Ticks) -> Flags:
    """Return in which worlds (W,) all continuations with fresh luck are won, or none is.

    Of a world that is seen to be open nothing more is played.
    """
    won, missed = np.zeros(world.count, np.bool_), np.zeros(world.count, np.bool_)
    of = np.tile(np.arange(world.count), CONTINUATIONS)
    turn = np.repeat(np.arange(CONTINUATIONS, dtype=np.uint64), world.count)
    many = selected(world, of)
    many.luck = chance.bits(many.luck, world.season, chance.AFRESH, turn)
    while True:
        won[of[many.outcome == WON]] = True
        missed[of[(many.outcome != WON) & (many.outcome != RUNNING)]] = True
        left = ((many.outcome == RUNNING) & ~(won & missed)[of]).nonzero()[0]
        if not len(left):
            return ~(won & missed)
        if len(left) < many.count:
            many, of = selected(many, left), of[left]
        many = step(model, many, plan_season(model, many, policies, ticks), ticks)


@one_at_a_time
@lru_cache(maxsize=1)
def _lived(course: _Course) -> tuple[Model, list[World], list[Flags]]:
    """Return the model, the worlds at the start of each season, and what each season asks, (kinds, W)."""
    model = compile_level(pickle.loads(course.level))
    ticks = kernel(course.backend, model, len(course.seeds))
    world = before = new_worlds(model, list(course.seeds))
    worlds, asked = [], []
    for _ in range(model.seasons):
        actions = plan_season(model, world, course.policies, ticks)
        worlds.append(world)
        asked.append(what_is_asked(model, before, world, actions))
        before, world = world, step(model, world, actions, ticks)
    return model, worlds, asked


def what_is_asked(model: Model, before: World, world: World, actions: Actions) -> Flags:
    """Return what a season asks of the player in the first seat, (ASKED_BY, W).

    `before` is the world a season ago, `actions` what everybody plans now.
    """
    others = actions.chosen.copy()
    others[:, 0] = -1
    offered = offers(model, world, Actions(others)).asked[:, :, model.layout.seats[0]].any(axis=(0, 1))
    sign = np.zeros(world.count, np.bool_)
    for flags in world.event_sign.values():
        sign |= flags
    changed = (world.need != before.need).any(axis=0)
    new = np.zeros(world.count, np.bool_)
    for name, spec in model.level.stocks.items():
        if spec.living:
            now, then = (one.stock[name].reshape(-1, one.count).sum(axis=0) for one in (world, before))
            new |= (now > 0.0) & (then <= 0.0)
    return np.array([offered, sign, changed, new])
