"""A figure: one number of a game as players read it, whose it is and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from game.insight.readings import places_of
from game.insight.roles import Roles
from game.sim.model import Model
from game.sim.units_told import unit_of
from game.telling import words


@dataclass(frozen=True)
class WatchedNumber:
    """A stock as players read it.

    `community` is whose it is, None for the land and the whole world;
    `tiles` over how many tiles a total is spread; `towards` between two the
    other one; `whole` whether there are no parts of it: nobody has a tenth of
    a cow.
    """

    stock: str
    community: int | None
    title: str
    tiles: float = 1.0
    towards: int = 0
    whole: bool = False

    def text(self, model: Model, value: float, sign: bool = False) -> str:
        """Return a value as it is told everywhere; with `sign` as a change."""
        if self.community is None and model.stocks[self.stock].place == "tile":
            return ("+" if sign and value >= 0 else "") + words.land_text(model, self.stock, value)
        unit = unit_of(model, self.stock)
        if sign:
            return words.signed(value, unit, True)
        return words.amount(round(value) if self.whole else value, unit, True)


def watched_number(model: Model, roles: Roles, name: str, me: int) -> WatchedNumber:
    """Return the figure of a stock as the community `me` reads it: its own where everybody has one."""
    word, plan, whole = words.stock_word(model, name), model.stocks[name], name in roles.counted
    if plan.place == "community":
        return WatchedNumber(name, me, f"Your {word}", whole=whole)
    spread = plan.place == "tile" and plan.matter
    return WatchedNumber(name, None, word.capitalize(), places_of(model, name) if spread else 1.0, whole=whole)
