"""The map as characters: how the land is doing, who lives where, whose fence stands where."""

from __future__ import annotations

import numpy as np

from game.insight.roles import Roles
from game.level.schema import TileTarget
from game.sim.layout import map_rows
from game.sim.model import Model, plots
from game.sim.world import World
from game.telling.words import letter, people, stock_word
from game.terminal.paint import Style

# From bare to lush: where a step begins (share of full), two characters, the colour behind them.
STEPS = (
    (0.0, " .", "180", "bare"),
    (0.15, ", ", "186", "thin"),
    (0.35, "v ", "149", "fair"),
    (0.55, "vv", "112", "good"),
    (0.75, "WW", "34", "lush"),
)
WATER = ("pond", "lake", "river", "sea", "water", "stream")
WIDEST_WITH_PANEL = 25  # columns; wider maps have the board to themselves
WIDEST_DOUBLE = 36  # columns; wider maps get one character a tile


class Board:
    """Draws the map of one level."""

    def __init__(self, model: Model, roles: Roles, style: Style) -> None:
        self.model, self.roles, self.style = model, roles, style
        level, layout = model.level, model.layout
        self.cell = 2 if layout.columns <= WIDEST_DOUBLE else 1
        # A map too wide for a terminal is shown coarsely: every second tile, or third.
        self.every = -(-layout.columns // 74)
        self.homes = [[level.map.legend[sign].home for sign in row] for row in map_rows(level)]
        self.shared_at_first = model.uses_start[:, 0, :, :, 0].sum(axis=0) > 1
        areas = [plan.spec.target for plan in model.actions.values() if isinstance(plan.spec.target, TileTarget)]
        self.area = areas[0].area if areas else 0
        self.plots = plots(layout, areas[0]) if areas else []

    @property
    def has_room_beside(self) -> bool:
        """Whether other text fits to the right of the map."""
        return self.model.layout.columns <= WIDEST_WITH_PANEL

    @property
    def width(self) -> int:
        """How many columns the drawn map takes."""
        return 3 + self.cell * len(range(0, self.model.layout.columns, self.every))

    def lines(self, world: World) -> list[str]:
        """Return the map with coordinates along its edges."""
        columns = range(0, self.model.layout.columns, self.every)
        found = [self._heading()] if self.area else []
        for y in range(0, self.model.layout.rows, self.every):
            mark = str(y // self.area + 1) if self.area and (y % self.area) < self.every else ""
            found.append(f"{mark:>2} " + "".join(self._tile(world, y, x) for x in columns))
        return found

    def _heading(self) -> str:
        line = "   "
        for column, x in enumerate(range(0, self.model.layout.columns, self.area)):
            width = self.cell * len(
                [one for one in range(x, min(x + self.area, self.model.layout.columns)) if one % self.every == 0]
            )
            name = chr(ord("a") + column % 26) * (1 + column // 26)
            line += name.ljust(width, "-" if width > 2 else " ")
        return line

    def _tile(self, world: World, y: int, x: int) -> str:
        home = self.homes[y][x]
        if home is not None:
            sign = letter(self.model, self.model.layout.community_index[home])
            return self.style.paint((sign + "^")[: self.cell], "bold", "reverse")
        terrain = self.model.layout.terrain_yx[y][x]
        living = self.roles.living
        if living is not None and self.model.layout.live[living][0, 0, y, x, 0]:
            return self._living(world, living, y, x)
        if terrain in WATER:
            return self.style.paint("~~"[: self.cell], "48;5;75", "38;5;16")
        return terrain[:1].ljust(self.cell)

    def _living(self, world: World, living: str, y: int, x: int) -> str:
        share = float(world.stock[living][0, 0, y, x, 0]) / self.model.stocks[living].high
        _, sign, colour, _ = next(step for step in reversed(STEPS) if share >= step[0])
        owner = self.owner(world, y, x)
        if owner is not None:
            sign = letter(self.model, owner).lower() + sign[0].replace(" ", ".")
        text = sign[: self.cell] if owner is not None or self.cell == 2 else sign.strip()[:1]
        return self.style.paint(text, f"48;5;{colour}", "38;5;16", *(["bold"] if owner is not None else []))

    def owner(self, world: World, y: int, x: int) -> int | None:
        """Return who has fenced a tile off that several could use at first."""
        users = np.flatnonzero(world.uses[:, 0, y, x, 0] > 0.0)
        return int(users[0]) if len(users) == 1 and self.shared_at_first[y, x] else None

    def fences(self, world: World) -> bool:
        """Whether any tile is fenced."""
        return any(
            self.owner(world, y, x) is not None
            for y in range(self.model.layout.rows)
            for x in range(self.model.layout.columns)
        )

    def legend(self, world: World) -> list[str]:
        """Return what the signs mean, in one or two lines."""
        what = stock_word(self.model, self.roles.living) if self.roles.living else ""
        steps = "  ".join(
            f"{self.style.paint(sign, f'48;5;{colour}', '38;5;16')} {word}" for _, sign, colour, word in STEPS
        )
        lines = [f"   {what}: {steps}"] if what else []
        homes = "  ".join(
            f"{letter(self.model, index)}^ {people(self.model, index)}"
            for index in range(len(self.model.layout.communities))
        )
        water = "~~ water  " if any(name in WATER for row in self.model.layout.terrain_yx for name in row) else ""
        fenced = f"  {letter(self.model, 0).lower()}v fenced by {people(self.model, 0)}" if self.fences(world) else ""
        return [*lines, f"   {water}{homes}{fenced}"]

    def plot_at(self, y: int, x: int) -> str:
        """Return the name of the plot that a tile belongs to, or ""."""
        return next((name for name, mask in self.plots if mask[0, 0, y, x, 0]), "")
