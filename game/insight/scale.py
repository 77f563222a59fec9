"""The first two circumstances: what is done at vast scale, and what is tiny and spreads by itself."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from game.insight.circumstance import TINY, VAST, Circumstance, Deed, Known, half, the_word, word
from game.insight.graph import Touch, sets_users, touches
from game.insight.responses import calm_worlds
from game.sim.frame import Frame
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.telling.say import say

WIDE = 0.15  # share of the map from which a change is vast
WIDE_HALF = 0.25  # share of the map at which a change is half as vast as can be
SHARED = 0.1  # share of a stock of the whole world from which a change of it touches everybody
SHARED_HALF = 0.07  # such a share at which it is half as vast as can be
REACHES = 0.05  # full measures lost by all who feel it that make a change of a state of the whole world count half
WHOLE = 0.025  # share of all there is of a living thing from which a loss of it touches everybody
ALL_LIFE = 0.07  # such a share that makes a change half as vast as can be
HALF_WAY = 0.5  # of the map: what gets so far in a game counts as half as free as can be
ABSENT = 0.05  # share of its range below which a stock counts as not there yet


def vast(model: Model, candidate: Candidate, plan: ActionPlan, deed: Deed) -> Circumstance | None:
    """How much of the map, of what all share, and of what lives is changed; the strongest reason is told."""
    found = [*_wide(model, candidate, plan, deed), *_of_what_all_share(model, deed), *_of_all_life(model, deed)]
    if not found:
        return None
    strength = 1.0 - math.prod(1.0 - one.strength for one in found)
    return replace(max(found, key=lambda one: one.strength), strength=strength)


def _wide(model: Model, candidate: Candidate, plan: ActionPlan, deed: Deed) -> list[Circumstance]:
    share = _share_of_map(model, candidate, deed, plan)
    if share <= WIDE:
        return []
    on_tiles = [abs(moved) for name, moved in deed.after.there.items() if model.stocks[name].place == "tile"]
    itself = 0.5 if sets_users(plan) else max(on_tiles, default=0.0)  # what only changes hands is still there
    return [Circumstance(VAST, itself * half(share, WIDE_HALF), say("vigilance.vast", share=100 * share))]


def _of_what_all_share(model: Model, deed: Deed) -> list[Circumstance]:
    worlds = {name: abs(share) for name, share in deed.after.there.items() if model.stocks[name].place == "world"}
    found = [(share, False, name) for name, share in worlds.items()]
    found += [(share, True, name) for name, share in deed.after.held_back.items()]
    return [
        Circumstance(
            VAST,
            half(share, SHARED_HALF) * (_reach(model, deed, name) if not held_back else 1.0),
            say(
                "vigilance.held_back" if held_back else "vigilance.at_once",
                share=100 * share,
                stock=the_word(model, name),
            ),
        )
        for share, held_back, name in found
        if share >= SHARED
    ]


def _reach(model: Model, deed: Deed, name: str) -> float:
    """Return how far a change of something that all share reaches anybody, 0 to 1; goods that are used up wholly."""
    return 1.0 if model.stocks[name].matter else half(deed.after.lost, REACHES)


def _of_all_life(model: Model, deed: Deed) -> list[Circumstance]:
    """Tell of the living thing of which most goes; what others gain by it is no loss of life."""
    lives = {name: value for name, value in deed.after.whole_of_all.items() if model.level.stocks[name].living}
    worst = min(lives, key=lambda name: lives[name], default="")
    lost = min(-lives[worst], -sum(lives.values())) if worst else 0.0
    if lost < WHOLE:
        return []
    plain = say("vigilance.goes", share=-100 * lives[worst], stock=the_word(model, worst))
    return [Circumstance(VAST, half(lost, ALL_LIFE), plain)]


def _share_of_map(model: Model, candidate: Candidate, deed: Deed, plan: ActionPlan) -> float:
    on_tiles = any(model.stocks[one.stock].place == "tile" for one in deed.touched)
    if candidate.tiles is None or not (on_tiles or sets_users(plan)):
        return 0.0
    return float(candidate.tiles.sum()) / (model.layout.rows * model.layout.columns)


def tiny(model: Model, known: Known, touched: list[Touch]) -> Circumstance | None:
    """Whether something new is let loose that multiplies and spreads; stronger the further it gets during the game."""
    speeds = {one.stock: _speed(model, known, one.stock) for one in touched if one.raises}
    stock = max(speeds, key=lambda name: speeds[name], default="")
    if not stock or speeds[stock] <= 0.0:
        return None
    across = max(model.layout.rows, model.layout.columns)
    strength = half(speeds[stock] * model.seasons / across, HALF_WAY)
    back = any(one.stock == stock and one.lowers for plan in model.actions.values() for one in touches(model, plan))
    if back:
        return Circumstance(TINY, strength / 2.0, say("vigilance.spreads", stock=word(model, stock)))
    return Circumstance(TINY, strength, say("vigilance.for_good"))


def _speed(model: Model, known: Known, stock: str) -> float:
    """Return how fast a newcomer moves over the map, tiles/season: a front of 2 sqrt(r D) (Fisher 1937), and downhill.

    0 for what is there already, and for what does not multiply where there is next to nothing of it.
    """
    growth, plan = known.responses.growth.get(stock, 0.0), model.stocks[stock]
    if growth <= 0.0 or known.responses.present[stock] > ABSENT:
        return 0.0
    front = 2.0 * math.sqrt(growth * plan.spread)
    if plan.downhill is None:
        return front
    share = np.asarray(plan.downhill.rate(Frame(model.layout, calm_worlds(model, 1))))
    return front + float(np.mean(np.maximum(share, 0.0)))
