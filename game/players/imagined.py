"""Imagined games: what may become of plans, in worlds whose luck and secrets are made up.

A planner sees the present and nothing else.  Its dreams are made by
`imagine`: all luck to come is drawn anew, and so is what it has not learnt.
Two planners that see the same dream the same futures, whatever really comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.level.vocabulary import PERSON
from game.players.options import Shared
from game.players.person import person
from game.players.scripted import SCRIPTED, Policy
from game.sim.actions import NOTHING, SLOTS, Actions
from game.sim.batches import block_size, selected, stretch
from game.sim.beginning import imagine
from game.sim.chance import identity
from game.sim.goals import objective
from game.sim.model import Model
from game.sim.step import ACT, STAGES, TICKS, FastSeason, run_ticks
from game.sim.totals import Floats
from game.sim.world import LOST, Integers, World

PLAYED: dict[str, Policy] = {**SCRIPTED, PERSON: person}
FEW = 64  # games of which each script plans for all, compiled: to cut them out costs more than to plan in vain
COARSER = 4  # an imagined season has so many times fewer ticks: quicker, and nearly the same grass


@dataclass(frozen=True)
class Dreams:
    """Each of W worlds as imagined D times, dream by dream, and how the others are taken to play in each dream."""

    world: World  # (D x W)
    line_ups: tuple[tuple[str, ...], ...]  # D times a script for each seat; the planner's own is not used
    season: FastSeason | None = None  # another way to what is planned and done in them, where one is at hand

    @property
    def first(self) -> Dreams:
        """The first dream alone."""
        return Dreams(stretch(self.world, 0, self.world.count // len(self.line_ups)), self.line_ups[:1], self.season)


@dataclass(frozen=True)
class Futures:
    """What becomes of plans in each dream: (D, P, W) each."""

    objective: Floats  # half its mean over the seasons ahead, half its value after the last of them
    standing: Floats  # goals reached or in sight: 1 when the game is won, -1 when it is lost

    def joined(self, other: Futures) -> Futures:
        """Return the futures of these plans and then of others."""
        return Futures(
            np.concatenate([self.objective, other.objective], axis=1),
            np.concatenate([self.standing, other.standing], axis=1),
        )


_known: deque[tuple[Model, Model]] = deque(maxlen=8)  # models, each as it is imagined


def coarse(model: Model) -> Model:
    """Return the model as it is imagined: the same rules, in fewer and longer ticks."""
    for one, imagined in [*_known]:
        if one is model:
            return imagined
    imagined = _in_longer_ticks(model)
    _known.append((model, imagined))
    return imagined


def _in_longer_ticks(model: Model) -> Model:
    ticks = max(1, model.level.seasons.ticks // COARSER)
    longer = model.level.seasons.ticks / ticks
    seasons = model.level.seasons.model_copy(update={"ticks": ticks})
    flows = tuple(replace(flow, live_tick=flow.live_tick * longer) for flow in model.flows)
    return replace(model, level=model.level.model_copy(update={"seasons": seasons}), flows=flows)


def dreams_of(
    model: Model,
    world: World,
    seat: int,
    like: str,
    stands_for: dict[str, str],
    count: int,
    season: FastSeason | None = None,
) -> Dreams:
    """Return `count` dreams of the player in `seat`.

    Nobody knows how the others play.  In every other dream they play as the
    level says, people with tempers that are guessed, in the rest like the
    planner itself, by the script `like`.  What the other seats really do is never looked at;
    `stands_for` names the scripts that stand for policies that plan.
    """
    told = model.level.default_policies() if model.level.neighbours or model.level.people else (like,)
    told = told if len(told) > 1 else (like,) * len(model.level.seats)
    told = tuple(stands_for.get(policy, policy) for policy in told)
    line_ups = tuple(told if number % 2 == 0 else (like,) * len(told) for number in range(count))
    keys = np.array([identity(f"dream:{seat}:{number}") for number in range(count)], np.uint64)
    copies = selected(world, np.tile(np.arange(world.count), count))
    return Dreams(imagine(model, copies, seat, np.repeat(keys, world.count)), line_ups, season)


def futures(
    model: Model, dreams: Dreams, seat: int, plans: Integers, after: Integers, scripts: Sequence[str], seasons: int
) -> Futures:
    """Return what becomes of plans (P, SLOTS, W) over so many seasons.

    The plan fills the first season; from the second on the player follows
    the script of `scripts` that `after` (P, W) numbers.  Equal plans for the
    same world are played once.  Costs P x dreams x seasons steps a world at
    most.
    """
    count, _, worlds = plans.shape
    each = [
        after.reshape(-1, 1),
        np.moveaxis(plans, 1, 2).reshape(-1, SLOTS),
        np.tile(np.arange(worlds), count)[:, None],
    ]
    different, place = np.unique(np.concatenate(each, axis=1), axis=0, return_inverse=True)
    many = len(dreams.line_ups)
    games = np.arange(many * len(different))
    worth, goals = np.zeros(len(games)), np.zeros(len(games))
    size = block_size(model)
    for start in range(0, len(games), size):
        block = games[start : start + size]
        worth[block], goals[block] = _Games(model, dreams, seat, scripts, different, block).played(seasons)
    place = place.reshape(count, worlds)
    return Futures(worth.reshape(many, -1)[:, place], goals.reshape(many, -1)[:, place])


def mean_of_dreams(values: Floats) -> Floats:
    """Return the mean over dreams of values (D, P, W), added in the order of the dreams: (P, W)."""
    total = np.zeros(values.shape[1:])
    for part in values:
        total = total + part
    return total / len(values)


class _Games:
    """One block of imagined games: N places in the list of all pairs of a dream and a row (script, plan, world)."""

    def __init__(
        self, model: Model, dreams: Dreams, seat: int, scripts: Sequence[str], rows: Integers, block: Integers
    ) -> None:
        self.model, self.coarse, self.seat, self.season = model, coarse(model), seat, dreams.season
        dream, mine = block // len(rows), rows[block % len(rows)]
        self.world = selected(dreams.world, dream * (dreams.world.count // len(dreams.line_ups)) + mine[:, -1])
        self.plan = mine[:, 1:-1].T
        self.ticks = run_ticks if self.season is None else self.season.coarser(self.coarse)
        # Games of one dream stand together, and in it those of one script: each policy reads a stretch of the block.
        self.stretches = [_stretches([line_up[other] for line_up in dreams.line_ups], dream) for other in self._seats()]
        self.stretches[seat] = _stretches(scripts, mine[:, 0])

    def played(self, seasons: int) -> tuple[Floats, Floats]:
        """Return objective and standing after so many seasons, (N,)."""
        total = now = np.zeros(self.world.count)
        fast = {} if self.season is None else {ACT: self.season.act, **self.season.stages}
        for season in range(seasons):
            actions = self._actions(first=season == 0)
            # Nobody looks back at an imagined season, so the world is stepped in place.
            for stage in STAGES:
                if stage.name == TICKS:
                    self.ticks(self.coarse, self.world, actions)
                elif stage.name in fast:
                    fast[stage.name](self.model, self.world, actions)
                else:
                    stage.run(self.coarse, self.world, actions)
            now = objective(self.model, self.world)
            total = total + now
        return 0.5 * (total / seasons) + 0.5 * now, standing(self.model, self.world)

    def _seats(self) -> range:
        return range(len(self.model.layout.seats))

    def _actions(self, first: bool) -> Actions:
        actions = Actions.none(self.model, self.world.count)
        shares: dict[tuple[int, int], Shared] = {}
        together = self.season is not None and self.world.count <= FEW
        for seat in self._seats():
            if first and seat == self.seat:
                actions.chosen[:, seat] = self.plan
                continue
            if together:
                everywhere = shares.setdefault((0, self.world.count), Shared(self.season))
                self._plan_together(seat, actions, everywhere)
                continue
            for script, start, end in self.stretches[seat]:
                some = stretch(self.world, start, end)
                shared = shares.setdefault((start, end), Shared(self.season))
                PLAYED[script](self.model, some, seat, actions.chosen[:, seat, start:end], shared)
        return actions

    def _plan_together(self, seat: int, actions: Actions, shared: Shared) -> None:
        """Let each script of a seat plan for all games, and take of that what is wanted of it."""
        found: dict[str, Integers] = {}
        for script, start, end in self.stretches[seat]:
            if script not in found:
                found[script] = np.full(actions.chosen[:, seat].shape, NOTHING, np.int64)
                PLAYED[script](self.model, self.world, seat, found[script], shared)
            actions.chosen[:, seat, start:end] = found[script][:, start:end]


def _stretches(scripts: Sequence[str], numbers: Integers) -> list[tuple[str, int, int]]:
    """Return (script, start, end) for every run of games (N,) that follow the same one of `scripts`."""
    names = [scripts[number] for number in numbers]
    starts = [place for place, name in enumerate(names) if place == 0 or name != names[place - 1]]
    return [(names[start], start, end) for start, end in zip(starts, [*starts[1:], len(names)], strict=True)]


def standing(model: Model, world: World) -> Floats:
    """Return how the goals stand, (W,): the mean share of each that is reached or in sight; -1 where lost."""
    total = np.zeros(world.count)
    for index, goal in enumerate(model.level.goals):
        open_still = goal.at == "end" or goal.by is None or world.season < goal.by
        in_sight = np.minimum(1.0, world.streak[index] / goal.in_a_row)
        total = total + np.where(world.reached[index], 1.0, in_sight if open_still else 0.0)
    return np.where(world.outcome == LOST, -1.0, total / max(len(model.level.goals), 1))
