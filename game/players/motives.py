"""What moved a person last season, and what would have changed its mind: read off the terms that it weighs by.

What would change a mind is found by trying: one circumstance at a time is
moved towards its best, until the deed would have been left undone (or, for
whoever did nothing, done).  The score is monotone in each of them, so that
halving finds the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from game.players.options import Option, options
from game.players.person import ENOUGH, Reason, reason_for
from game.players.weighing import SHORT, Circumstances, circumstances, shortness, terms_of, total
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import World

STORE, WRONGS, STANDING, OTHERS = "store", "wrongs", "standing", "others"
HALVINGS = 6
PLENTY = 2.0 * SHORT  # seasons in store: more would change no mind
TRIED = 12  # of the actions that somebody who did nothing was nearest to: how many are tried
PRESSED = 0.05  # of a need: what presses less is not told


Score = Callable[[Option, Circumstances], float]


@dataclass(frozen=True)
class Lever:
    """What would have changed a mind: more in `stock` (`amount` of it), fewer wrongs, better standing, or others.

    `whom` is the community that wrongs and standing are about, -1 for all others.
    """

    kind: str
    stock: str = ""
    amount: float = 0.0
    whom: int = -1


@dataclass(frozen=True)
class Moved:
    """One deed of a person: why it was done, and what would have kept it from being done (None: nothing tried)."""

    candidate: int
    reason: Reason
    lever: Lever | None


@dataclass(frozen=True)
class Mind:
    """What moved the person in a seat: what ran short, its deeds, or for whoever did nothing the nearest of them.

    `short` holds (stock, held, used in a season) of stores that pressed, the most pressing first; `tired` is from 0
    to 1; `nearest` is what a person that did nothing would have done soonest, and `lever` what would have brought it.
    `refused` is what it would have liked to do if anybody had agreed, -1 where there is no such thing.
    """

    short: tuple[tuple[str, float, float], ...]
    tired: float
    deeds: tuple[Moved, ...]
    nearest: int = -1
    lever: Lever | None = None
    refused: int = -1


def mind_of(model: Model, world: World, seat: int, did: Sequence[int], me: int) -> Mind:
    """Return what moved the person in a seat in a season that began with `world` (of one world).

    `did` are the candidates that it tried, `me` the community of whom it is asked how to change its mind.
    """
    shares: dict[str, Floats] = {}
    choices = {one.index: one for one in options(model, world, seat, ("over", "with", "neutral"), shares)}
    now = circumstances(model, world, seat)

    def score(option: Option, then: Circumstances) -> float:
        return float(total(terms_of(model, world, seat, option, then, shares))[0])

    deeds = []
    for candidate in dict.fromkeys(did):
        option, found, lever = choices.get(candidate), reason_for(model, world, seat, candidate), None
        if option is None or found is None:
            continue
        if option.plan.spec.mode == "over" and score(option, now) > ENOUGH:
            lever = next(_levers(now, me, partial(_left_undone, score, option)), None)
        deeds.append(Moved(candidate, found, lever))
    short = tuple(
        (name, float(world.stock[name][now.me, 0, 0, 0, 0]), float(now.use[name][0]))
        for name in sorted(model.feelings.stores, key=lambda name: -float(now.pressure[name][0]))
        if float(now.pressure[name][0]) > PRESSED
    )
    mind = Mind(short, float(now.tired[0]), tuple(deeds))
    return mind if did else _idle(mind, list(choices.values()), now, me, score)


def _idle(mind: Mind, choices: list[Option], now: Circumstances, me: int, score: Score) -> Mind:
    """Return the mind of a person that did nothing: what it was nearest to, and what would have brought it to it."""
    weighed = sorted(((score(one, now), -one.index, one) for one in choices), key=lambda each: each[:2], reverse=True)
    refused = next((one.index for value, _, one in weighed if value > ENOUGH and _nobody_agrees(one)), -1)
    near: dict[str, Option] = {}  # of each action the candidate it comes nearest to
    for _, _, one in weighed:
        if one.plan.spec.mode == "with" and not _nobody_agrees(one):
            near.setdefault(one.candidate.action, one)
    for option in list(near.values())[:TRIED]:
        lever = next(_levers(now, me, partial(_done, score, option)), None)
        if lever is not None:
            return replace(mind, nearest=option.index, lever=lever, refused=refused)
    return replace(mind, refused=refused)


def _left_undone(score: Score, option: Option, then: Circumstances) -> bool:
    return score(option, then) <= ENOUGH


def _done(score: Score, option: Option, then: Circumstances) -> bool:
    return score(option, then) > ENOUGH


def _nobody_agrees(option: Option) -> bool:
    return option.plan.accepts is not None and int(option.willing[0]) == 0


def _levers(now: Circumstances, me: int, changes_it: Callable[[Circumstances], bool]) -> Iterator[Lever]:
    """Yield what would change a mind by itself, what is easiest to see first."""
    for name in now.pressure:
        part = _part(changes_it, partial(_fuller, now, name))
        if part is not None:
            yield Lever(STORE, name, float(_held(_fuller(now, name, part), name)[0]))
    if float(now.wrongs[me, 0]) > PRESSED and _part(changes_it, partial(_forgiven, now, me)) is not None:
        yield Lever(WRONGS, whom=me)
    for whom in (me, -1):
        if _part(changes_it, partial(_warmer, now, whom)) is not None:
            yield Lever(STANDING, whom=whom)
    if _part(changes_it, partial(_partnering, now)) is not None:
        yield Lever(OTHERS)


def _part(changes_it: Callable[[Circumstances], bool], moved: Callable[[float], Circumstances]) -> float | None:
    """Return how far towards its best a circumstance must move to change a mind, 0 to 1; None if all is too little."""
    if not changes_it(moved(1.0)):
        return None
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if changes_it(moved(middle)) else (middle, high)
    return high


def _held(now: Circumstances, name: str) -> Floats:
    """Return what one has of something that runs short; of a state what is as good as that much in store."""
    return now.held[name] if name in now.held else (1.0 - now.pressure[name]) * SHORT * now.use[name]


def _fuller(now: Circumstances, name: str, part: float) -> Circumstances:
    """Return how things would stand with more of something, at most as much as PLENTY calls for."""
    held, use = _held(now, name), now.use[name]
    more = held + part * np.maximum(PLENTY * use - held, 0.0)
    stores = {**now.held, name: more} if name in now.held else now.held
    return replace(now, held=stores, pressure={**now.pressure, name: shortness(more, use)})


def _forgiven(now: Circumstances, whom: int, part: float) -> Circumstances:
    """Return how things would stand with a part of what one community did forgiven."""
    gone = np.zeros_like(now.wrongs)
    gone[whom] = part * now.wrongs[whom]
    return replace(now, wrongs=now.wrongs - gone, standing=now.standing + gone, warmth=now.warmth + gone)


def _warmer(now: Circumstances, whom: int, part: float) -> Circumstances:
    """Return how things would stand if one were on better terms with a community, or with all (-1)."""
    rows = np.ones_like(now.standing) if whom < 0 else np.zeros_like(now.standing)
    if whom >= 0:
        rows[whom] = 1.0
    standing, warmth = (values + rows * part * np.maximum(1.0 - values, 0.0) for values in (now.standing, now.warmth))
    return replace(now, standing=standing, warmth=warmth)


def _partnering(now: Circumstances, part: float) -> Circumstances:
    return replace(now, lean=now.lean + part * (1.0 - now.lean))
