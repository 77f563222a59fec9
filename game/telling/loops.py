"""The few loops that are worth a picture: chosen so that they differ, marked, and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.insight.links import Link
from game.insight.loops import REINFORCING, Loop, explained, paid, title, word
from game.sim.model import Model
from game.sim.world import World
from game.telling.say import say

SHOWN, FEWEST = 5, 3
ALIKE = 0.6  # a loop that shares more of its links with one that is shown already adds little to it
WORTH_TELLING = 0.2  # of the most that a flow moved on any tile
SHORT = 4  # stocks that a made-up name still tells one by one


@dataclass(frozen=True)
class Shown:
    """A loop in the picture: its mark (`R1`, `B2`), its name, and what it means."""

    loop: Loop
    mark: str
    name: str
    text: str
    falls_on: tuple[str, ...]  # what others get of it, where it costs them: `less grass`

    @property
    def reinforcing(self) -> bool:
        """Whether a push comes back as more of itself."""
        return self.loop.kind == REINFORCING

    @property
    def kind_words(self) -> str:
        """What kind of loop it is, in plain words."""
        return say("word.feeds_itself" if self.reinforcing else "word.holds_itself_back")


@dataclass(frozen=True)
class Arrow:
    """All that pulls from one stock to another in one direction: what carries it together, and the delay."""

    source: str
    target: str
    rising: bool  # whether more leads to more
    pull: float  # above 0
    delay: float


Key = tuple[str, str, bool]


def key_of(link: Link) -> Key:
    """Return which arrow a link belongs to."""
    return link.source, link.target, link.pull > 0.0


def shown(model: Model, loops: Sequence[Loop]) -> list[Shown]:
    """Return the loops worth a picture, strongest first; of those along the same stocks and of one kind one is told."""
    found, counts = [], {True: 0, False: 0}
    for loop in _differing(loops):
        rising = loop.kind == REINFORCING
        counts[rising] += 1
        mark = f"{'R' if rising else 'B'}{counts[rising]}"
        text = f"{loop.plain} {explained(model, loop)}".strip()
        falls_on = tuple(paid(model, one) for one in loop.pushed_on)
        found.append(Shown(loop, mark, name_of(model, loop), text, falls_on))
    return found


def ruling(model: Model, loops: Sequence[Loop]) -> Shown | None:
    """Return the loop that rules now; None where nothing goes round but what wears off."""
    first = next(iter(shown(model, loops)), None)
    return None if first is None or first.loop.wears_off else first


def _differing(loops: Sequence[Loop]) -> list[Loop]:
    """Keep the one that rules, the author's own, and the strongest of the others that differ enough."""
    kept: list[Loop] = []
    for loop in sorted(loops, key=lambda one: one is not loops[0] and not one.id):
        ways = {key_of(link) for link in loop.links}
        like = any(
            one.members == loop.members  # also the other way: two that say the opposite of one round confuse
            or (one.kind == loop.kind and len(ways & {key_of(link) for link in one.links}) > ALIKE * len(ways))
            for one in kept
        )
        if (loop.id or not like) and len(kept) < (FEWEST if loop.wears_off else SHOWN):
            kept.append(loop)
    return [loop for loop in loops if any(loop is one for one in kept)]


def name_of(model: Model, loop: Loop) -> str:
    """Return the author's name of a loop, else its stocks in the order in which they push each other."""
    names = [word(model, name) for name in loop.members]
    if loop.id or len(names) == 1:
        return title(model, loop)
    told = names if len(names) <= SHORT else [*names[: SHORT - 1], "…", names[-1]]
    text = " → ".join(told)
    return f"{text[:1].upper()}{text[1:]}"


def tiles_of(model: Model, world: World, loop: Loop) -> NDArray[np.bool_] | None:
    """Return (rows, columns) of the land that a loop works on; None where it touches none.

    That is where its stocks live, where the flows that carry it moved
    something worth telling, and for want of these where its cost falls.
    """
    layout = model.layout
    mask = np.zeros((layout.rows, layout.columns), np.bool_)
    for name in loop.members:
        mask |= _living(model, name, mask)
    for link in loop.links:
        if link.kind == "flow" and link.via in world.moved:
            moved = np.abs(world.moved[link.via][..., 0]).sum(axis=(0, 1))
            if moved.shape == mask.shape and moved.max() > 0.0:
                mask |= moved >= WORTH_TELLING * moved.max()
    if not mask.any():
        for name in loop.pushed_on:
            mask |= _living(model, name, mask)
    return mask if mask.any() else None


def _living(model: Model, name: str, like: NDArray[np.bool_]) -> NDArray[np.bool_]:
    plan = model.stocks[name]
    if plan.place != "tile":
        return np.zeros_like(like)
    return np.array(np.broadcast_to(plan.live[0, 0, :, :, 0] > 0.0, like.shape))


def arrows(chosen: Sequence[Shown]) -> dict[Key, Arrow]:
    """Return every arrow of the picture; what the same loop's links carry between two stocks is its strongest pull."""
    found: dict[Key, Arrow] = {}
    for one in chosen:
        for link in one.loop.links:
            key = key_of(link)
            if key not in found or abs(link.pull) > found[key].pull:
                found[key] = Arrow(link.source, link.target, key[2], abs(link.pull), link.delay)
    return found


def runs(rulers: Sequence[Loop | None]) -> list[tuple[int, int, Loop | None]]:
    """Return who ruled from which season to which (from 0, both included), one after the other."""
    found: list[tuple[int, int, Loop | None]] = []
    for season, loop in enumerate(rulers):
        last = found[-1][2] if found else None
        same = bool(found) and (
            loop is last
            if loop is None or last is None
            else (loop.members, loop.kind, loop.id) == (last.members, last.kind, last.id)
        )
        if same:
            found[-1] = (found[-1][0], season, found[-1][2])
        else:
            found.append((season, season, loop))
    return found
