"""The burden of proof: the same game under "allowed until proven harmful" and "only when proven safe".

Each rule plays the game again with the same luck and the same decisions, and
strikes those deeds of power-over that it forbids; other seats decide as they
did.  What was planned and never tried is left out, as in ripples.

Either rule errs.  The first lets harm happen before it is proven, the later
the answer the more of it; the second forgoes good that nobody could be sure
of.  Both errors are counted in full measures (`game.insight.who_pays`).  Deeds
that make one another possible share what they did, so their costs need not
add up to what all of them did together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from game.insight.played import Deed, PlayedGame, tried
from game.insight.ripples import ripples
from game.insight.vigilance import HARMLESS
from game.insight.watchfulness import vigilance_now
from game.insight.who_pays import LITTLE, balance
from game.sim.actions import NOTHING, Actions
from game.sim.batches import selected
from game.sim.model import Model
from game.sim.step import Ticks, run_ticks, step
from game.sim.totals import Floats
from game.sim.world import World

ALLOWED, SAFE = "allowed until proven harmful", "only when proven safe"
UNSAFE = HARMLESS  # care from which a deed does not count as proven safe


@dataclass(frozen=True)
class Struck:
    """A deed of the game as played that a rule forbade: the care it called for, or the deed that had proven harm."""

    deed: Deed
    care: float | None = None  # 0 to 1
    proof: Deed | None = None


@dataclass(frozen=True)
class Weighed:
    """A deed and how much of an error it is, in full measures."""

    deed: Deed
    amount: float


@dataclass(frozen=True)
class Timeline:
    """What a rule makes of a game: what came, what was struck, and both errors, the largest first."""

    rule: str
    game: PlayedGame
    struck: tuple[Struck, ...]
    harmful: tuple[Weighed, ...]  # deeds that were allowed and cost others more than all they brought: those costs
    forgone: tuple[Weighed, ...]  # struck deeds that did no such harm in the game as played: what they brought

    @property
    def harm(self) -> float:
        """Return the cost to others of what was allowed and did harm, in full measures."""
        return sum(one.amount for one in self.harmful)

    @property
    def good(self) -> float:
        """Return the good that was forgone, in full measures."""
        return sum(one.amount for one in self.forgone)


@dataclass(frozen=True)
class Proof:
    """A game under both rules; `force` says how many deeds of power-over were tried in it."""

    game: PlayedGame
    allowed: Timeline
    safe: Timeline
    force: int


@dataclass(frozen=True)
class _Balance:
    """What the deeds of power-over in a game brought and what they cost others by each season, (T, K)."""

    deeds: tuple[Deed, ...]
    brought: Floats
    cost: Floats

    @property
    def harmful(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Where a deed has cost others more than all it brought, (T, K)."""
        return np.asarray(self.cost > self.brought + LITTLE)


def proof(game: PlayedGame, ticks: Ticks = run_ticks) -> Proof:
    """Return what each rule would have made of a game.

    `ticks` may be another way to the same bits (`game.run.backends`).
    """
    as_played = _weigh(game, ticks)
    allowed, struck, last = _until_proven_harmful(game, as_played, ticks)
    cautious, waiting = _under(game, lambda world, deed: _unsafe(game.model, world, deed), ticks)
    return Proof(
        game,
        _timeline(ALLOWED, allowed, struck, last, as_played),
        _timeline(SAFE, cautious, waiting, _weigh(cautious, ticks), as_played),
        len(as_played.deeds),
    )


def _is_force(model: Model, deed: Deed) -> bool:
    return model.actions[model.candidates[deed.candidate].action].spec.mode == "over"


def _unsafe(model: Model, world: World, deed: Deed) -> Struck | None:
    """Strike what calls for too much care as things stand when its season begins."""
    care = vigilance_now(model, world, deed.seat, model.candidates[deed.candidate])
    return Struck(deed, care=care) if care >= UNSAFE else None


def _under(
    game: PlayedGame, forbids: Callable[[World, Deed], Struck | None], ticks: Ticks
) -> tuple[PlayedGame, tuple[Struck, ...]]:
    """Play a game again without those deeds of power-over that `forbids`, asked at the start of each season."""
    world = selected(game.start, np.zeros(1, np.int64))
    plans: list[Actions] = []
    deeds: list[Deed] = []
    struck: list[Struck] = []
    for season, plan in enumerate(game.plans):
        chosen = np.full_like(plan.chosen, NOTHING)
        for deed in game.deeds:
            if deed.season == season:
                against = forbids(world, deed) if _is_force(game.model, deed) else None
                if against is None:
                    chosen[deed.slot, deed.seat] = deed.candidate
                else:
                    struck.append(against)
        plans.append(Actions(chosen, plan.answers))
        world = step(game.model, world, plans[-1], ticks)
        deeds += tried(season, plans[-1], world.result)
    return PlayedGame(game.model, game.start, tuple(plans), tuple(deeds), world, game.people, game.anew), tuple(struck)


def _weigh(game: PlayedGame, ticks: Ticks) -> _Balance:
    """Return the balance of every deed of power-over in a game."""
    force = [number for number, deed in enumerate(game.deeds) if _is_force(game.model, deed)]
    if not force:
        nothing = np.zeros((game.seasons, 0))
        return _Balance((), nothing, nothing)
    found = ripples(game, force, ticks)
    return _Balance(found.deeds, *balance(found))


def _until_proven_harmful(
    game: PlayedGame, as_played: _Balance, ticks: Ticks
) -> tuple[PlayedGame, tuple[Struck, ...], _Balance]:
    """Strike an action from the season on in which an earlier deed of it has shown its harm.

    What is struck changes all that follows, so the first proof is acted on
    before the next is looked for.
    """
    proven: dict[str, tuple[int, Deed]] = {}
    timeline, weighed = game, as_played
    struck: tuple[Struck, ...] = ()
    while True:
        fresh = _first_proofs(game, weighed, proven)
        if not fresh:
            return timeline, struck, weighed
        proven.update(fresh)
        timeline, struck = _under(game, lambda world, deed: _banned(game.model, proven, deed), ticks)
        weighed = _weigh(timeline, ticks)


def _banned(model: Model, proven: dict[str, tuple[int, Deed]], deed: Deed) -> Struck | None:
    since, by = proven.get(model.candidates[deed.candidate].action, (deed.season + 1, None))
    return Struck(deed, proof=by) if deed.season >= since else None


def _first_proofs(
    game: PlayedGame, weighed: _Balance, proven: dict[str, tuple[int, Deed]]
) -> dict[str, tuple[int, Deed]]:
    """Return the actions newly proven harmful that come up again, of those only the earliest: from when, by what."""
    found: dict[str, tuple[int, Deed]] = {}
    for number, deed in enumerate(weighed.deeds):
        name = game.model.candidates[deed.candidate].action
        shown = np.flatnonzero(weighed.harmful[:, number])
        if name not in proven and len(shown):
            since = int(shown[0]) + 1  # the season after the one that showed it
            again = any(
                one.season >= since and game.model.candidates[one.candidate].action == name for one in game.deeds
            )
            if again and (name not in found or since < found[name][0]):
                found[name] = (since, deed)
    earliest = min((since for since, _ in found.values()), default=0)
    return {name: pair for name, pair in found.items() if pair[0] == earliest}


def _timeline(
    rule: str, game: PlayedGame, struck: tuple[Struck, ...], weighed: _Balance, as_played: _Balance
) -> Timeline:
    harmful: list[Weighed] = []
    forgone: list[Weighed] = []
    if game.seasons:
        harmful = [
            Weighed(deed, float(weighed.cost[-1, number]))
            for number, deed in enumerate(weighed.deeds)
            if weighed.harmful[-1, number]
        ]
        place = {_which(deed): number for number, deed in enumerate(as_played.deeds)}
        numbers = [(one.deed, place[_which(one.deed)]) for one in struck]
        forgone = [
            Weighed(deed, float(as_played.brought[-1, number]))
            for deed, number in numbers
            if not as_played.harmful[-1, number] and as_played.brought[-1, number] > LITTLE
        ]
    return Timeline(rule, game, struck, _largest_first(harmful), _largest_first(forgone))


def _which(deed: Deed) -> tuple[int, int, int]:
    return deed.season, deed.seat, deed.slot


def _largest_first(found: list[Weighed]) -> tuple[Weighed, ...]:
    return tuple(sorted(found, key=lambda one: (-one.amount, _which(one.deed))))
