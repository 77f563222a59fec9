"""Ripples: what every deed of a game did, in the season it was done and until the end.

For each deed the game is played again without it, with the same luck (common
random numbers); what differs is its doing.  All these twins run as one batch.
Where deeds need each other each of them gets the whole of what they did
together, so their ripples do not add up to what all of them did; the rest is
`interaction`.  `game.insight.shares` shares it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.insight.played import Deed, PlayedGame, play_without
from game.insight.readings import Key, readings
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats
from game.sim.world import World


@dataclass
class Ripples:
    """What the deeds of a game did; K deeds, T seasons, every difference is the game less its twin.

    `course` holds for every stock and flow (T, C|1, P|1, K), 0 before the
    deed; `together` the same without the last axis, for all deeds at once;
    `now` and `late` for every stock on tiles (rows, columns, K), after the
    season of the deed and at the end.  `enabled` names for every deed those
    that would have failed without it.
    """

    game: PlayedGame
    deeds: tuple[Deed, ...]
    course: dict[Key, Floats]
    together: dict[Key, Floats]
    now: dict[str, Floats]
    late: dict[str, Floats]
    enabled: tuple[tuple[int, ...], ...] = field(default=())

    def interaction(self, key: Key) -> Floats:
        """Return what the deeds did together beyond the sum of what each did, (T, C|1, P|1)."""
        rest: Floats = self.together[key] - self.course[key].sum(axis=-1)
        return rest

    def interaction_share(self, key: Key, season: int = -1) -> float:
        """Return how large the interaction is beside everything, 0 to 1: |rest| / (|rest| + sum of |each|)."""
        rest = np.abs(self.interaction(key)[season]).sum()
        each = np.abs(self.course[key][season]).sum()
        return float(rest / (rest + each)) if rest + each > 0.0 else 0.0


def ripples(game: PlayedGame, deeds: Sequence[int] | None = None, ticks: Ticks = run_ticks) -> Ripples:
    """Leave out each of the given deeds (places in `game.deeds`; all by default) in turn, and all at once.

    `ticks` may be another way to the same bits (`game.run.backends`).
    """
    chosen = list(range(len(game.deeds))) if deeds is None else list(deeds)
    removed = np.zeros((len(game.deeds), len(chosen) + 1), np.bool_)
    removed[chosen, np.arange(len(chosen))] = True
    removed[chosen, len(chosen)] = True
    course: dict[Key, list[Floats]] = {}
    now: dict[str, Floats] = {}
    failed: dict[int, tuple[int, ...]] = {}

    def compare(season: int, world: World, place: NDArray[np.int64]) -> None:
        for key, values in readings(game.model, world).items():
            course.setdefault(key, []).append((values[..., :1] - values)[..., place[1:]])
        here = [at for at, number in enumerate(chosen) if game.deeds[number].season == season]
        for name in _on_tiles(game.model):
            if name not in now:
                now[name] = np.zeros((*world.stock[name].shape[2:4], len(chosen)))
            values = world.stock[name][0, 0]
            now[name][..., here] = values[..., :1] - values[..., place[1:][here]]
        for at in range(len(chosen)):
            failed[at] = failed.get(at, ()) + _failed(game, season, world, int(place[1 + at]), chosen[at])

    end = play_without(game, removed, compare, ticks)
    late = {name: end.stock[name][0, 0, :, :, :1] - end.stock[name][0, 0, :, :, 1:-1] for name in _on_tiles(game.model)}
    joined = {key: np.array(values) for key, values in course.items()}
    return Ripples(
        game,
        tuple(game.deeds[number] for number in chosen),
        {key: values[..., :-1] for key, values in joined.items()},
        {key: values[..., -1] for key, values in joined.items()},
        now,
        late,
        tuple(failed.get(at, ()) for at in range(len(chosen))),
    )


def _on_tiles(model: Model) -> list[str]:
    return [name for name, plan in model.stocks.items() if plan.place == "tile"]


def _failed(game: PlayedGame, season: int, world: World, at: int, left_out: int) -> tuple[int, ...]:
    """Return the deeds of a season that worked in the game and not in a twin, the missing one aside."""
    return tuple(
        number
        for number, deed in enumerate(game.deeds)
        if deed.season == season
        and number != left_out
        and world.result[deed.slot, deed.seat, 0] == 1
        and world.result[deed.slot, deed.seat, at] != 1
    )


def pair_interaction(game: PlayedGame, one: int, other: int) -> dict[Key, Floats]:
    """Return what two deeds did together beyond what each did, at the end: (C|1, P|1) for every stock and flow.

    It is v(both) - v(one alone) - v(other alone) + v(neither), all else as it was.
    """
    removed = np.zeros((len(game.deeds), 3), np.bool_)
    removed[one, [0, 2]] = True
    removed[other, [1, 2]] = True
    found = readings(game.model, play_without(game, removed))
    return {key: values[..., 0] - values[..., 1] - values[..., 2] + values[..., 3] for key, values in found.items()}
