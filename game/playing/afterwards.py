"""What is left of some matter long after a game: the years that nobody who played will see.

Nothing is simulated.  What left each stock in the last season, as a share of
it, goes on leaving it, out of the world or into another of the stocks that
are told; nothing new comes in.  So it is the least that stays: who goes on
making waste leaves more.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.model import Model
from game.sim.units_told import unit_of
from game.sim.world import World
from game.telling import words
from game.telling.say import say

POINTS = 31  # of a course, the end of the game first
NOTHING = 0.05  # of which less than that is there is not told
A_LIFE = 30  # years: what is left then is told as well


@dataclass(frozen=True)
class Left:
    """What is left of one stock: its name, how much in even steps from the end of the game on, and a sentence."""

    stock: str
    name: str
    values: tuple[float, ...]
    text: str


def afterwards(model: Model, world: World) -> list[Left]:
    """Return what is left of each stock that the level names and that is there, in a world of one."""
    spec = model.level.afterwards
    if spec is None:
        return []
    names = [name for name in spec.of if name in model.stocks]
    if not names:
        return []
    held = {name: float((world.stock[name] * model.stocks[name].live).sum()) for name in names}
    shares = _leaving(model, world, held)
    courses = {name: [amount] for name, amount in held.items()}
    turns = spec.years * (model.level.seasons.of_a_year or 1)
    for season in range(1, turns + 1):
        held = _one_season(held, shares)
        # Every point of the course lies where it would if all were even.
        if season * (POINTS - 1) // turns >= len(courses[names[0]]):
            for name in names:
                courses[name].append(held[name])
    kept = [name for name in names if courses[name][0] > NOTHING]
    return [
        Left(name, words.stock_word(model, name), tuple(courses[name]), _text(model, name, courses[name]))
        for name in kept
    ]


def _leaving(model: Model, world: World, held: dict[str, float]) -> dict[tuple[str, str], float]:
    """Return the share of each stock that goes to each end in a season; "" is out of what is told."""
    found: dict[tuple[str, str], float] = {}
    for flow in model.flows:
        amount = held.get(flow.source or "", 0.0)
        if amount > 0.0 and flow.name in world.moved:
            moved = float(world.moved[flow.name].sum())
            ends = (flow.source or "", flow.target if flow.target in held else "")
            # It is a share of what was there before it left.
            found[ends] = found.get(ends, 0.0) + moved / (amount + moved)
    return found


def _one_season(held: dict[str, float], shares: dict[tuple[str, str], float]) -> dict[str, float]:
    after = dict(held)
    for (source, target), share in shares.items():
        moved = min(share, 1.0) * held[source]
        after[source] = max(0.0, after[source] - moved)
        if target:
            after[target] += moved
    return after


def _text(model: Model, name: str, course: list[float]) -> str:
    unit, years = unit_of(model, name), model.level.afterwards.years if model.level.afterwards else 0
    soon = min(POINTS - 1, round(A_LIFE * (POINTS - 1) / max(years, 1)))
    now, later, left = (words.amount(value, unit) for value in (course[0], course[soon], course[-1]))
    told = {"stock": words.capital(words.stock_word(model, name)), "now": now, "left": left, "years": years}
    if years <= A_LIFE:
        return say("ending.left_after", **told)
    return say("ending.left_in_between", soon=A_LIFE, later=later, **told)
