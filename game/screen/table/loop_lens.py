"""The lens that shows loops: stocks and what pulls at them, laid over the board, with a list to point at."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.playing.shown import Data
from game.screen.kit.loop_drawing import (
    BOW,
    NONE,
    Key,
    Point,
    draw_arrow,
    draw_mark,
    draw_polarity,
    draw_wait,
    key_of,
    on_ring,
    thickness,
    tint,
    way,
)  # fmt: skip
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.table.glow import glow, veil
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say

VEIL, THIN_VEIL = 190, 104  # how much of the board is hidden: elsewhere, and where the loop lives
EDGE = 160  # how dense the soft line around that is
WIDE, FAINT = 560, 2.0  # of the board in units of the design; how thick arrows of other loops are
NEAR = 9  # from an arrow, at which the mouse means it
LEGEND = (
    ("R", "lens.reinforcing"),
    ("B", "lens.balancing"),
    ("thick", "lens.thick"),
    ("sign", "lens.sign"),
    ("wait", "lens.wait"),
)


class Lens:
    """Draws the loops of the present season; `table.loop` is the one that is lit."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._veil: tuple[object, pygame.Surface] | None = None
        self._tiles: tuple[Data | None, np.ndarray | None] | None = None
        self._mouse = (-1, -1)
        self.ways: dict[Key, list[Point]] = {}  # where each arrow ran in the last frame

    def found(self) -> tuple[list[Data], dict[Key, Data]]:
        """Return the loops worth a picture and their arrows."""
        shown = self.table.shown["loops"]
        return shown["loops"], {key_of(arrow): arrow for arrow in shown["arrows"]}

    @property
    def lit(self) -> Data | None:
        """The loop that is lit."""
        found, _ = self.found()
        return found[min(self.table.loop, len(found) - 1)] if found else None

    def tiles(self) -> np.ndarray | None:
        """Return (rows, columns) of the land that the lit loop works on; None where there is none."""
        lit = self.lit
        if self._tiles is None or self._tiles[0] is not lit:
            tiles = None
            if lit is not None and lit["tiles"] is not None:
                tiles = np.zeros(self.table.size, np.bool_)
                for row, column in lit["tiles"]:
                    tiles[row, column] = True
            self._tiles = (lit, tiles)
        return self._tiles[1]

    def open(self, ui: Ui) -> None:
        """Lay the loops over the board, the strongest lit, wherever the mouse happens to lie."""
        self.table.open_lens()
        self._mouse = ui.input.mouse

    def draw_button(self, ui: Ui, place: pygame.Rect, taken: list[pygame.Rect]) -> pygame.Rect:
        """Draw the button that opens the lens at an edge of the board, where it covers no home; return where."""
        spot = pygame.Rect(0, 0, ui.px(74), ui.px(26))
        inside = place.inflate(-ui.px(10), -ui.px(10))
        for side in ("topright", "topleft", "midtop", "bottomright", "bottomleft", "midbottom"):
            setattr(spot, side, getattr(inside, side))
            if spot.collidelist(taken) < 0:
                break
        if ui.button("lens", spot, "", tip=say("key.lens"), size="small"):
            self.open(ui)
        draw_mark(ui, (spot.x + ui.px(15), spot.centery), ui.px(17), True, "")
        word = pygame.Rect(spot.x + ui.px(28), spot.y, spot.width - ui.px(32), spot.height)
        ui.label(say("lens.button"), word, "small", bold=True)
        return spot

    def draw_over(self, ui: Ui, place: pygame.Rect) -> None:
        """Draw the diagram over the board."""
        found, all_arrows = self.found()
        self._draw_veil(ui, place)
        if not found:
            return
        stocks = {stock["stock"]: stock for one in found for stock in one["stocks"]}
        radius = max(9, min(ui.px(25), round(min(place.width, place.height) * 0.075)))
        high = max(12, min(ui.px(20), round(place.height * 0.07)))
        space = place.inflate(-max(4 * radius, round(place.width * 0.26)), -3 * radius - high)
        space.y -= high // 2
        spots = on_ring(sorted(stocks), all_arrows, space)
        ways = self.ways = self._ways(all_arrows, spots, place, radius)
        self._point(ui, place, ways)
        waits = self._draw_arrows(ui, all_arrows, ways, min(ui.scale, place.width / WIDE))
        taken = [self._draw_stock(ui, place, stocks[name], spots[name], radius, high) for name in sorted(stocks)]
        taken.append(self._draw_centre(ui, ways, radius))
        for at, text in waits:
            self._draw_wait_word(ui, place, at, text, taken)

    def _draw_veil(self, ui: Ui, place: pygame.Rect) -> None:
        """Pale the board, least where the lit loop lives."""
        lit = self.tiles()
        key = (place.size, None if lit is None else lit.tobytes())
        if self._veil is None or self._veil[0] != key:
            size, ground = self.table.size, [] if lit is None else np.argwhere(lit).tolist()
            layer = veil(size, place.size, ground, ui.colours["panel"], VEIL, THIN_VEIL)
            if ground:
                layer.blit(glow(size, place.size, [ground], ui.colours["focus"], 0, EDGE), (0, 0))
            self._veil = (key, layer)
        ui.surface.blit(self._veil[1], place)

    def _ways(
        self, all_arrows: dict[Key, Data], spots: dict[str, tuple[int, int]], place: pygame.Rect, radius: int
    ) -> dict[Key, list[Point]]:
        """Return the points of every arrow; a second one between the same stocks bows further."""
        ways = {}
        for key, arrow in all_arrows.items():
            source, target = arrow["from"], arrow["to"]
            twin = not arrow["rising"] and (source, target, True) in all_arrows
            ways[key] = way(spots[source], spots[target], place.center, radius, 2.2 * BOW if twin else BOW)
        return ways

    def _point(self, ui: Ui, place: pygame.Rect, ways: dict[Key, list[Point]]) -> None:
        """The mouse on an arrow lights the strongest loop that it is a part of."""
        if not ui.hovered(place) or not self._moved(ui):
            return
        near = {key: min(math.dist(ui.input.mouse, one) for one in points) for key, points in ways.items()}
        key = min(near, key=lambda one: near[one])
        if near[key] > ui.px(NEAR):
            return
        found, _ = self.found()
        number = next(at for at, one in enumerate(found) if key in map(key_of, one["arrows"]))
        lit = self.lit
        if lit is None or key not in map(key_of, lit["arrows"]):
            self.table.loop = number

    def _moved(self, ui: Ui) -> bool:
        """Whether the mouse moved or pressed: one that only lies there must not undo what the keyboard does."""
        return ui.input.mouse != self._mouse or ui.input.pressed

    def _draw_arrows(
        self, ui: Ui, all_arrows: dict[Key, Data], ways: dict[Key, list[Point]], unit: float
    ) -> list[tuple[Point, str]]:
        """Draw all arrows, those of the lit loop last; return where on it something waits, and how long."""
        lit, waits = self.lit, []
        mine = {key_of(arrow) for arrow in lit["arrows"]} if lit else set()
        for key in sorted(ways, key=lambda one: one in mine):
            arrow, points = all_arrows[key], ways[key]
            strong = key in mine and lit is not None
            colour = tint(lit["reinforcing"]) if strong and lit else NONE
            draw_arrow(ui, points, colour, thickness(arrow["pull"]) if strong else FAINT, unit, 2.2 if strong else 1.2)
            if strong:
                draw_polarity(ui, points, arrow["rising"], colour, unit)
            if arrow["delay"] >= 1.0:
                at = draw_wait(ui, points, colour, unit)
                waits += [(at, words.turns(round(arrow["delay"])))] if strong else []
        return waits

    def _draw_wait_word(self, ui: Ui, place: pygame.Rect, at: Point, text: str, taken: list[pygame.Rect]) -> None:
        """Say beside the two strokes how long something waits there, where no stock is."""
        spot = pygame.Rect(0, 0, ui.width(text, "small", True) + ui.px(10), ui.height(text, "small", 999, True) + 2)
        tried = []
        for far in range(1, 6):
            for dx, dy in ((0, -1), (1, 0), (-1, 0), (0, 1)):
                off = far * ui.px(8)
                spot.center = (
                    round(at[0] + dx * (off + spot.width / 2)), round(at[1] + dy * (off + spot.height / 2)),
                )  # fmt: skip
                tried.append(spot.clamp(place))
        spot = next((one for one in tried if one.collidelist(taken) < 0), tried[0])
        taken.append(spot)
        pygame.draw.rect(ui.surface, ui.colours["panel"], spot, border_radius=ui.px(6))
        ui.layer = 1
        ui.label(text, spot, "small", tint(self.lit["reinforcing"]) if self.lit else "ink", True, "centre")
        ui.layer = 0

    def _draw_stock(
        self, ui: Ui, place: pygame.Rect, stock: Data, at: tuple[int, int], radius: int, high: int
    ) -> pygame.Rect:
        """Draw a stock: its picture in a disc, its name below; return what it covers."""
        lit = self.lit
        strong = lit is not None and stock in lit["stocks"]
        edge = tint(lit["reinforcing"]) if strong and lit else NONE
        pygame.draw.circle(ui.surface, ui.colours["panel"], at, radius + ui.px(2))
        pygame.draw.circle(ui.surface, edge, at, radius, ui.px(3.5 if strong else 1.6))
        side = round(radius * 1.25)
        ui.icon(stock["icon"] or "leaf", (at[0] - side // 2, at[1] - side // 2), side / ui.scale)
        text = words.capital(stock["name"])
        spot = pygame.Rect(0, 0, min(ui.width(text, "small", strong) + ui.px(12), round(place.width * 0.22)), high)
        spot.midtop = (at[0], at[1] + radius + 1)
        spot.clamp_ip(place)
        pygame.draw.rect(ui.surface, ui.colours["panel"], spot, border_radius=ui.px(6))
        ui.label(text, spot.inflate(-4, 0), "small", "ink" if strong else "soft_ink", strong, "centre")
        return spot.union(pygame.Rect(at[0] - radius, at[1] - radius, 2 * radius, 2 * radius))

    def _draw_centre(self, ui: Ui, ways: dict[Key, list[Point]], radius: int) -> pygame.Rect:
        """Draw the sign of the lit loop in the middle of its arrows; return where."""
        lit = self.lit
        if lit is None:
            return pygame.Rect(0, 0, 0, 0)
        parts = [ways[key_of(arrow)] for arrow in lit["arrows"]]
        alone = len(parts) == 1
        middles = parts[0] if alone else [part[len(part) // 2] for part in parts]
        x = round(sum(point[0] for point in middles) / len(middles))
        y = round(sum(point[1] for point in middles) / len(middles))
        size = round(1.2 * radius) if alone else max(22, round(1.7 * radius))
        ui.layer = 2
        draw_mark(ui, (x, y), size, lit["reinforcing"], lit["mark"][0])
        ui.layer = 0
        return pygame.Rect(x - size // 2, y - size // 2, size, size)

    def draw_list(self, ui: Ui, rect: pygame.Rect) -> None:
        """Draw the names of the loops, strongest first, and what the signs mean."""
        ui.sheet(rect)
        inner = rect.inflate(-ui.px(24), -ui.px(20))
        found, _ = self.found()
        with Page(ui, "lens", inner, keys=True) as page:
            self._draw_head(ui, page, found)
            for number, one in enumerate(found):
                self._draw_row(ui, page, number, one)
            if found:
                self._draw_legend(ui, page)
        self._mouse = ui.input.mouse

    def _draw_head(self, ui: Ui, page: Page, found: list[Data]) -> None:
        back = pygame.Rect(page.x + page.width - ui.px(76), page.y, ui.px(74), ui.px(28))
        head = pygame.Rect(page.x, page.y, page.width - ui.px(84), ui.px(28))
        ui.label(say("lens.title"), head, "strong", bold=True)
        if ui.button("close lens", back, say("detail.back"), size="small", tip=say("key.close_lens")):
            self.table.lens = False
        page.y += ui.px(36)
        if not found or found[0]["wears_off"]:
            note = say("lens.only_wear" if found else "lens.nothing")
            page.y += ui.text(note, (page.x, page.y), "body", "soft_ink", width=page.width) + ui.px(6)

    def _draw_legend(self, ui: Ui, page: Page) -> None:
        """Draw what the signs mean, each beside itself."""
        side, left = ui.px(26), ui.px(44)
        page.y += ui.px(6)
        for picture, sentence in LEGEND:
            text = say(sentence)
            high = max(side + ui.px(4), ui.height(text, "small", page.width - left))
            y = page.y + high // 2
            if picture in ("R", "B"):
                draw_mark(ui, (page.x + left // 2 - ui.px(4), y), side, picture == "R", picture)
            else:
                points = [(page.x + step * (left - ui.px(10)) / 10, float(y)) for step in range(11)]
                draw_arrow(ui, points, ui.colours["soft_ink"], 4.5 if picture == "thick" else 2.0, ui.scale)
                if picture == "sign":
                    draw_polarity(ui, points[:9], False, ui.colours["soft_ink"], ui.scale)
                elif picture == "wait":
                    draw_wait(ui, points, ui.colours["soft_ink"], ui.scale)
            tall = ui.height(text, "small", page.width - left)
            ui.text(text, (page.x + left, y - tall // 2), "small", "soft_ink", width=page.width - left)
            page.y += high + ui.px(2)

    def _draw_row(self, ui: Ui, page: Page, number: int, one: Data) -> None:
        side, pad = ui.px(40), ui.px(8)
        left = side + 2 * pad
        room = page.width - left - pad
        lines = self._row_lines(number, one)
        line = ui.height("0", "small", 999, True)
        high = max(side, sum(ui.height(text, size, room, bold) for text, size, _, bold in lines) + line) + ui.px(12)
        rect = pygame.Rect(page.x + 2, page.y, page.width - 4, high)
        name, strong = f"loop {number}", self.lit is one
        pressed = ui.area(name, rect)
        over = ui.hovered(rect) and self._moved(ui)
        if pressed or over or (ui.walked and ui.has_focus(name)):
            self.table.loop = number
        colour = tint(one["reinforcing"])
        ui.panel(rect, "selected" if strong else "paper", "panel_edge", 8)
        if strong:
            pygame.draw.rect(ui.surface, colour, rect, ui.px(2.4), border_radius=ui.px(8))
        draw_mark(ui, (rect.x + pad + side // 2, rect.y + pad + side // 2), side, one["reinforcing"], one["mark"])
        x, y = rect.x + left, rect.y + ui.px(5)
        for text, size, shade, bold in lines:
            y += ui.text(text, (x, y), size, shade, bold, room)
        bar = pygame.Rect(x, y + line // 2 - ui.px(3), round(room * 0.55), ui.px(9))
        best = max(other["strength"] for other in self.found()[0])
        ui.bar(bar, one["strength"] / best, colour)
        percent = words.percent(one["strength"])
        told = say("lens.of_strongest", share=words.percent(one["strength"] / best))
        if one["strength"] >= best:
            told = say("lens.strongest")
        ui.text(told, (bar.right + ui.px(8), bar.centery - line // 2), "small", bold=True, width=rect.right - bar.right)
        ui.tip(say("lens.share", share=percent), bar.inflate(0, ui.px(8)))
        ui.ring(name, rect.inflate(-ui.px(5), -ui.px(5)))
        page.y += high + ui.px(7)

    def _row_lines(self, number: int, one: Data) -> list[tuple[str, str, str, bool]]:
        """Return what a row says: name, kind, and on whom the cost falls."""
        kind = say("lens.kind_reinforcing" if one["reinforcing"] else "lens.kind_balancing", kind=one["kind_told"])
        if number == 0 and not one["wears_off"]:
            kind = say("lens.rules_now", kind=kind)
        if one["delay"] >= 1.0:
            kind = say("lens.on_the_way", kind=kind, seasons=words.turns(round(one["delay"])))
        lines = [(one["name"], "body", "ink", True), (kind, "small", "soft_ink", False)]
        lines.append((one["text"].split(". ")[0].rstrip(".") + ".", "small", "ink", False))
        if one["falls_on"]:
            lines.append((say("lens.falls_on", whom=words.joined(one["falls_on"])), "small", "bad", True))
        return lines

    def draw_explained(self, ui: Ui, rect: pygame.Rect) -> None:
        """Draw what the lit loop means, in a sentence."""
        ui.sheet(rect)
        inner, lit = rect.inflate(-ui.px(20), -ui.px(16)), self.lit
        with Page(ui, f"loop {lit['mark'] if lit else ''}", inner, keys=False) as page:
            if lit is None:
                page.y += ui.text(say("lens.nothing"), (page.x, page.y), "body", "soft_ink", width=page.width)
                return
            title = f"{lit['mark']}  {lit['name']}"
            colour = tint(lit["reinforcing"])
            page.y += ui.text(title, (page.x, page.y), "strong", colour, True, page.width) + ui.px(3)
            page.y += ui.text(lit["text"], (page.x, page.y), "body", width=page.width) + ui.px(3)
            if self.tiles() is not None:
                page.y += ui.text(say("lens.land"), (page.x, page.y), "small", "soft_ink", width=page.width)
