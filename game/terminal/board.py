"""The map as characters: how the land is doing, who lives where, whose fence stands where."""

from __future__ import annotations

from typing import Any

from game.telling.say import say
from game.terminal.paint import Style

# From bare to lush: where a step begins (share of full), two characters, the colour behind them.
STEPS = ((0.0, " .", "180"), (0.15, ", ", "186"), (0.35, "v ", "149"), (0.55, "vv", "112"), (0.75, "WW", "34"))
WATER = ("pond", "lake", "river", "sea", "water", "stream")
WIDEST_WITH_PANEL = 25  # columns; wider maps have the board to themselves
WIDEST_DOUBLE = 36  # columns; wider maps get one character a tile
Data = dict[str, Any]  # of `game.playing.view.view`


class Board:
    """Draws the map of one level."""

    def __init__(self, shown: Data, style: Style) -> None:
        """Take the measures of a map; `shown` are the board and the households of a view."""
        board, self.style = shown["board"], style
        self.rows, self.columns, self.area = board["rows"], board["columns"], board["area"]
        self.cell = 2 if self.columns <= WIDEST_DOUBLE and 3 + 2 * self.columns <= style.width else 1
        # A map too wide for a terminal is shown coarsely: every second tile, or third.
        self.every = -(-self.columns // (style.width - 5))
        self.homes = {(row, column): one["id"] for one in shown["households"] for row, column in one["homes"]}

    @property
    def has_room_beside(self) -> bool:
        """Whether other text fits to the right of the map."""
        return self.columns <= WIDEST_WITH_PANEL and not self.style.narrow

    @property
    def width(self) -> int:
        """How many columns the drawn map takes."""
        return 3 + self.cell * len(range(0, self.columns, self.every))

    def lines(self, shown: Data) -> list[str]:
        """Return the map with coordinates along its edges; `shown` are the board and the households of a view."""
        letters = {one["id"]: one["letter"] for one in shown["households"]}
        columns = range(0, self.columns, self.every)
        found = [self._heading()] if self.area else []
        for y in range(0, self.rows, self.every):
            mark = str(y // self.area + 1) if self.area and (y % self.area) < self.every else ""
            found.append(f"{mark:>2} " + "".join(self._tile(shown["board"], letters, y, x) for x in columns))
        return found

    def _heading(self) -> str:
        line = "   "
        for column, x in enumerate(range(0, self.columns, self.area)):
            width = self.cell * len(
                [one for one in range(x, min(x + self.area, self.columns)) if one % self.every == 0]
            )
            name = chr(ord("a") + column % 26) * (1 + column // 26)
            line += name.ljust(width, "-" if width > 2 else " ")
        return line

    def _tile(self, board: Data, letters: dict[str, str], y: int, x: int) -> str:
        home = self.homes.get((y, x))
        if home is not None:
            return self.style.paint((letters[home] + "^")[: self.cell], "bold", "reverse")
        terrain = board["terrain"][y][x]
        living = board["stocks"].get(board["living"])
        if living is not None and living["values"][y][x] is not None:
            owner = letters[board["users"][y][x][0]] if board["fenced"][y][x] else ""
            share = (living["values"][y][x] - living["empty"]) / (living["full"] - living["empty"])
            return self._living(share, owner)
        if terrain in WATER:
            return self.style.paint("~~"[: self.cell], "48;5;75", "38;5;16")
        return str(terrain[:1].ljust(self.cell))

    def _living(self, share: float, owner: str) -> str:
        _, sign, colour = next(step for step in reversed(STEPS) if share >= step[0])
        if owner:
            sign = owner.lower() + sign[0].replace(" ", ".")
        text = sign[: self.cell] if owner or self.cell == 2 else sign.strip()[:1]
        return self.style.paint(text, f"48;5;{colour}", "38;5;16", *(["bold"] if owner else []))

    def legend(self, shown: Data) -> list[str]:
        """Return what the signs mean, in one or two lines."""
        board, households = shown["board"], shown["households"]
        bare, thin, fair, good, lush = (
            self.style.paint(sign, f"48;5;{colour}", "38;5;16") for _, sign, colour in STEPS
        )
        steps = (say("board.bare", sign=bare), say("board.thin", sign=thin), say("board.fair", sign=fair),
                 say("board.good", sign=good), say("board.lush", sign=lush))  # fmt: skip
        living = board["stocks"].get(board["living"])
        lines = [f"   {say('board.living', stock=living['name'], steps='  '.join(steps))}"] if living else []
        told = [say("board.water")] if any(name in WATER for row in board["terrain"] for name in row) else []
        told += [f"{one['letter']}^ {one['short']}" for one in households]
        if any(any(row) for row in board["fenced"]):
            first = households[0]
            told.append(say("board.fenced", letter=first["letter"].lower(), household=first["short"]))
        return [*lines, f"   {'  '.join(told)}"]
