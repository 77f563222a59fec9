"""Fair shares of what deeds did together: they add up, where ripples of deeds that need each other do not.

The value of Shapley (1953): a mean over orders in which the deeds come back
one by one.  For a whole game, every stock and every season, `fair_shares`
takes the order of time and its reverse; `shares` draws random orders for one
stock (Castro, Gómez & Tejada 2009), each taken both ways round, and tells the
error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.insight.played import Deed, PlayedGame, play_without
from game.insight.readings import Key, readings
from game.sim import chance
from game.sim.chance import identity
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats
from game.sim.world import World


@dataclass(frozen=True)
class FairShares:
    """What each of K deeds did by its fair share, over T seasons.

    `course` holds for every stock and flow (T, C|1, P|1, K), 0 before the
    deed.  It is the mean of what a deed adds to all before it, with none
    after it, and to all after it, with none before; `between`, of the same
    shape, is half of the first less half of the second.
    """

    game: PlayedGame
    deeds: tuple[Deed, ...]
    course: dict[Key, Floats]
    between: dict[Key, Floats]


def fair_shares(game: PlayedGame, deeds: Sequence[int] | None = None, ticks: Ticks = run_ticks) -> FairShares:
    """Share out what the given deeds (places in `game.deeds`; all by default) did together, in 2 K - 1 twins.

    `ticks` may be another way to the same bits (`game.run.backends`).
    """
    chosen = sorted(range(len(game.deeds)) if deeds is None else deeds)
    count = len(chosen)
    later = np.arange(count)[:, None] >= np.arange(1, count)  # deeds that are not back yet after so many steps
    removed = np.zeros((len(game.deeds), max(0, 2 * count - 1)), np.bool_)
    if count:
        removed[chosen] = np.concatenate([np.ones((count, 1), np.bool_), later, later[::-1]], axis=1)
    forth: dict[Key, list[Floats]] = {}
    back: dict[Key, list[Floats]] = {}

    def compare(season: int, world: World, place: NDArray[np.int64]) -> None:
        here, none = place[:1], place[1:2]
        first, last = (np.concatenate([none, steps, here]) for steps in (place[2 : count + 1], place[count + 1 :]))
        for key, values in readings(game.model, world).items():
            forth.setdefault(key, []).append(np.diff(values[..., first], axis=-1))
            back.setdefault(key, []).append(np.diff(values[..., last], axis=-1)[..., ::-1])

    play_without(game, removed, compare, ticks)
    both = {key: (np.array(forth[key]), np.array(back[key])) for key in forth}
    return FairShares(
        game,
        tuple(game.deeds[number] for number in chosen),
        {key: (one + other) / 2.0 for key, (one, other) in both.items()},
        {key: (one - other) / 2.0 for key, (one, other) in both.items()},
    )


@dataclass(frozen=True)
class Shares:
    """Fair shares of what K deeds did together, at the end: `value` and its standard `error`, (C|1, P|1, K)."""

    value: Floats
    error: Floats


def shares(game: PlayedGame, key: Key, deeds: Sequence[int], orders: int = 16) -> Shares:
    """Estimate the Shapley value of each deed for one stock or flow from `orders` random orders.

    Each order is also taken the other way round.  The values of all deeds add
    up to what they did together, whatever the number of orders.
    """
    count = len(deeds)
    rows = np.concatenate([one for order in _orders(game, count, orders) for one in (order, order[::-1])])
    lines = rows.reshape(-1, count)
    # Deeds come back one by one in each order: step 0 has none of them, the last step all.
    missing = np.ones((len(lines), count + 1, count), np.bool_)
    for line, order in enumerate(lines):
        for place, deed in enumerate(order):
            missing[line, place + 1 :, deed] = False
    removed = np.zeros((len(game.deeds), len(lines) * (count + 1)), np.bool_)
    removed[list(deeds)] = missing.reshape(-1, count).T
    end = readings(game.model, play_without(game, removed))[key][..., 1:]
    values = end.reshape(*end.shape[:2], len(lines), count + 1)
    gains = np.diff(values, axis=-1)
    each = np.zeros((*end.shape[:2], len(lines), count))
    for line, order in enumerate(lines):
        each[:, :, line, order] = gains[:, :, line]
    # An order and its reverse are one observation: they are not independent.
    pairs = (each[:, :, 0::2] + each[:, :, 1::2]) / 2.0
    error = pairs.std(axis=2, ddof=1) / np.sqrt(orders) if orders > 1 else np.full((*pairs.shape[:2], count), np.inf)
    return Shares(pairs.mean(axis=2), error)


def _orders(game: PlayedGame, count: int, orders: int) -> list[NDArray[np.int64]]:
    """Random orders of `count` things, the same for the same game whenever it is asked."""
    found = []
    for number in range(orders):
        drawn = [
            float(chance.uniform(game.start.seed, number, chance.DREAM, identity(f"order:{place}"))[0])
            for place in range(count)
        ]
        found.append(np.argsort(np.array(drawn), kind="stable"))
    return found
