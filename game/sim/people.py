"""People: their tempers, and what they remember of one another.

A world of a level with people holds, by name, tempers (C, W) from 0 to 1,
drawn for each seed within a little of what the level says; `wrongs` and
`kindness` (C, C, W), what the first remembers that the second did to it; and
`lean` (C, W), how each has acted of late, from -1 (takes) to 1 (partners).

Reciprocity in what is remembered follows Axelrod (1984), trust in commons
Ostrom (1998), that most do as the others do Fischbacher, Gächter & Fehr
(2001).  Numbers are of play.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from game.sim import chance
from game.sim.chance import Bits, identity
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import World

TEMPERS = ("fair", "bold", "patient", "forgiving")
USUAL = 0.5  # the temper of whom the level says nothing about
VARIES = 0.08  # how far from what the level says a temper is drawn for each seed
GUESSED = (0.1, 0.9)  # between which bounds others are taken to be
FADES = 0.85  # what is left of kindness a season later
KEEPS, LETS_GO = 0.97, 0.25  # what is left of a wrong a season later, and how much less of it where all is forgiven
UNDERSTOOD = 0.4  # of a need: what is known from here on
UNFORGIVEN = 0.5  # wrongs beyond these are answered with a no, whatever is offered
HABIT = 0.3  # how much the deeds of a season change how somebody is taken to act


def new_people(model: Model, seed: Bits) -> dict[str, Floats]:
    """Return tempers and empty memories for each world; nothing where a level has no people."""
    if not model.level.people:
        return {}
    each, worlds = len(model.layout.communities), len(seed)
    found = {temper: np.zeros((each, worlds)) for temper in TEMPERS}
    for index, name in enumerate(model.layout.communities):
        person = model.level.people.get(name)
        for temper in TEMPERS:
            told = getattr(person.temper, temper) if person else USUAL
            drawn = chance.uniform(seed, 0, chance.TEMPER, identity(f"{temper}:{name}"))
            found[temper][index] = np.minimum(np.maximum(told + VARIES * (2.0 * drawn - 1.0), 0.0) + 0.0, 1.0) + 0.0
    found["wrongs"], found["kindness"] = np.zeros((each, each, worlds)), np.zeros((each, each, worlds))
    found["lean"] = np.zeros((each, worlds))
    return found


def guess_tempers(model: Model, world: World, me: int) -> None:
    """Draw the tempers of all but `me` anew, in place: nobody knows what another is like."""
    low, high = GUESSED
    for temper in TEMPERS if world.people else ():
        for index, name in enumerate(model.layout.communities):
            if index != me:
                drawn = chance.uniform(world.luck, world.season, chance.TEMPER, identity(f"guess:{temper}:{name}"))
                world.people[temper][index] = low + (high - low) * drawn


def understood(model: Model, world: World, me: int) -> Floats:
    """Return 1 for each community whose present need `me` knows or that has none to know, else 0: (C, W)."""
    found = np.ones((len(model.layout.communities), world.count))
    for index, known in enumerate(model.feelings.known):
        if known:
            found[index] = np.where(world.stock[known][index, me, 0, 0] >= UNDERSTOOD, 1.0, 0.0)
    return found


def resents(world: World, me: int) -> NDArray[np.bool_]:
    """Return who has not got over what `me` did to him and agrees to nothing that comes from there, (C, W)."""
    if not world.people:
        return np.zeros((len(world.uses), world.count), np.bool_)
    return np.asarray(world.people["wrongs"][:, me] > UNFORGIVEN)


def remember(world: World, me: int, felt: Floats, given: Floats, understood: Floats) -> None:
    """Note what each community felt, (C, W), of what `me` has done, and what it gave him who had asked for it.

    Help that nobody understood counts a quarter.
    """
    wrongs, kindness = world.people["wrongs"], world.people["kindness"]
    wrongs[:, me] = wrongs[:, me] + (np.maximum(0.0 - felt, 0.0) + 0.0)
    kindness[:, me] = kindness[:, me] + (np.maximum(felt, 0.0) + 0.0) * (0.25 + 0.75 * understood)
    kindness[me] = kindness[me] + given


def fade(world: World, acted: Floats) -> None:
    """Let memories fade by a season, and note how everybody acted in it: `acted` (C, W) from -1 to 1."""
    people = world.people
    people["kindness"] = people["kindness"] * FADES
    people["wrongs"] = people["wrongs"] * (KEEPS - LETS_GO * people["forgiving"])[:, None]
    people["lean"] = people["lean"] + HABIT * (acted - people["lean"])
