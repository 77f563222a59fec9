"""What all deeds of a player did together to one number, and each deed's fair share of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.readings import readings
from game.insight.shares import FairShares
from game.language.errors import ArgumentError
from game.sim.totals import Floats


@dataclass(frozen=True)
class Sum:
    """One number at the end of a game, and what K deeds made of it, all in the unit of its stock.

    `shares` (K,) are fair (Shapley 1953) and add up to `end - without`.
    `leans` says how much of them hangs on the company of other deeds, 0 to 1:
    |half of what lies between a deed first and last of all| beside |its share|.
    """

    end: float
    without: float
    shares: Floats
    leans: float

    @property
    def made(self) -> float:
        """What all of them made."""
        return self.end - self.without


def summed(found: FairShares, stock: str, weights: Floats) -> Sum:
    """Return what the deeds of `found` made of a stock; `weights` (C|1, P|1) says how its readings count.

    Raises ArgumentError where nothing was played yet.
    """
    key = ("stock", stock)
    if key not in found.course:
        raise ArgumentError("nothing was played yet")
    end = float((readings(found.game.model, found.game.end)[key][..., 0] * weights).sum())
    shares = _weighed(found.course[key][-1], weights)
    apart = np.abs(_weighed(found.between[key][-1], weights)).sum()
    whole = apart + np.abs(shares).sum()
    return Sum(end, end - float(shares.sum()), shares, float(apart / whole) if whole > 0.0 else 0.0)


def _weighed(values: Floats, weights: Floats) -> Floats:
    """Return (C|1, P|1, K) readings as (K,)."""
    found: Floats = (values * weights[..., None]).sum(axis=(0, 1))
    return found
