"""The board in the window: what is lit, who is pointed at, and how a season is told on it."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.picture.board import ROUND, Board, bend
from game.picture.scene import blend
from game.playing.shown import Data
from game.screen.kit.lettering import wrapped
from game.screen.kit.ui import ARROWS, Ui
from game.screen.table.badges import draw_asking, draw_badge
from game.screen.table.cards import card_named, open_options, option_named
from game.screen.table.glow import Tiles, glow
from game.screen.table.table import TELLING, Table
from game.telling.say import say

STEPS = 12  # in which the land changes while a season is told: each is drawn anew
Point = tuple[int, int]


class BoardView:
    """Draws the board of one game and answers what is pressed on it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.board: Board | None = None
        self.place: pygame.Rect | None = None  # where the board lay in the last frame
        self._layers: dict[str, tuple[object, pygame.Surface]] = {}  # ground that glows
        self.buttons: list[pygame.Rect] = []  # where buttons lie on the board

    def fit(self, ui: Ui, space: pygame.Rect, below: int) -> pygame.Rect:
        """Return where the board lies at the top of a space that must keep some height below it."""
        rows, columns = self.table.size
        tile = max(8, min(space.width // columns, (space.height - below) // rows))
        size = (tile * columns, tile * rows)
        if self.board is None or self.board.size != size:
            self.board = Board(rows, columns, size)
        return pygame.Rect(space.x + (space.width - size[0]) // 2, space.y, *size)

    def draw(self, ui: Ui, place: pygame.Rect) -> None:
        """Draw the board, and while a season is told who does what to whom; under a lens only the land."""
        table, board = self.table, self.board
        assert board is not None
        self.place = place
        telling = table.report is not None and not table.reading
        share = min(1.0, table.told_seconds / (TELLING * 0.85)) if telling else 1.0
        shown = blend(table.before, table.scene, round(share * STEPS) / STEPS) if share < 1.0 else table.scene
        pygame.draw.rect(ui.surface, ui.colours["shadow"], place.move(0, ui.px(3)), border_radius=ROUND)
        board.draw(self._layer(ui, place), shown, table.clock)
        if table.lens:
            return
        self._draw_places(ui, place)
        self._draw_plans(ui, place)
        self._draw_names(ui, place)
        if telling:
            self._tell(ui, place)
        elif not table.covered:
            self._ask(ui, place)

    @staticmethod
    def _layer(ui: Ui, place: pygame.Rect) -> pygame.Surface:
        """Return what to draw the board on; a window can be squeezed until the board no longer fits."""
        inside = ui.surface.get_rect().contains(place)
        return ui.surface.subsurface(place) if inside else pygame.Surface(place.size)

    def _ask(self, ui: Ui, place: pygame.Rect) -> None:
        """Answer mouse and keyboard: what they point at is lit, and told beside the board."""
        assert self.board is not None
        pressed = ui.area("board", place) and not self._on_button(ui)
        ui.keepers["board"] = tuple(ARROWS)
        if ui.has_focus("board"):
            self._move_cursor(ui)
            tile: tuple[int, int] | None = self.table.cursor
        elif ui.hovered(place) and not self._on_button(ui):
            tile = self.board.tile_at(ui.input.mouse[0] - place.x, ui.input.mouse[1] - place.y)
        else:
            return
        if tile is None:
            return
        self.table.cursor = tile
        home = next((one.index for one in self.table.scene.households if tile in one.homes), None)
        self.table.inspect = ("tile", tile) if home is None else ("household", home)
        self._frame(ui, place, tile)
        size = self.board.tile
        spot = pygame.Rect(place.x + tile[1] * size, place.y + tile[0] * size, size, size)
        if home is not None:
            homes = self.table.scene.households[home].homes
            spot = spot.unionall([pygame.Rect(place.x + x * size, place.y + y * size, size, size) for y, x in homes])
        kind, what = self.table.inspect
        self.table.point(kind, what, spot)
        ui.ring("board", place)
        if pressed:
            self.table.press_tile(tile)

    def _on_button(self, ui: Ui) -> bool:
        """Whether the mouse is on the button that lies on the board."""
        return any(one.collidepoint(ui.input.mouse) for one in self.buttons) and not ui.has_focus("board")

    def homes(self, place: pygame.Rect) -> list[pygame.Rect]:
        """Return what homes and their letters cover."""
        assert self.board is not None
        size, found = self.board.tile, []
        for household in self.table.scene.households:
            if household.homes:
                x, y = self.board.home_point(household)
                found.append(pygame.Rect(place.x + x - size, place.y + y - size, 2 * size, round(2.6 * size)))
        return found

    def _move_cursor(self, ui: Ui) -> None:
        """Follow the arrow keys; over the edge they leave the board, but not while a place on it is chosen."""
        assert self.board is not None
        for key in list(ui.input.keys):
            if key.key not in ARROWS or key.mod & pygame.KMOD_SHIFT:
                continue
            ui.input.keys.remove(key)
            right, down = ARROWS[key.key]
            row, column = self.table.cursor[0] + down, self.table.cursor[1] + right
            if 0 <= row < self.board.rows and 0 <= column < self.board.columns:
                self.table.cursor = (row, column)
                if not self.table.selected:
                    self.table.tab = "why"
            elif not self.table.selected:
                ui.focus_next = ui.nearest((right, down))

    def _frame(self, ui: Ui, place: pygame.Rect, tile: tuple[int, int]) -> None:
        """Draw a frame around the tile that is pointed at: light on dark, so that it shows on any ground."""
        assert self.board is not None
        size = self.board.tile
        spot = pygame.Rect(place.x + tile[1] * size, place.y + tile[0] * size, size, size)
        pygame.draw.rect(ui.surface, ui.colours["ink"], spot.inflate(2, 2), ui.px(4), border_radius=ui.px(4))
        pygame.draw.rect(ui.surface, ui.colours["selected"], spot, ui.px(2), border_radius=ui.px(3))

    def _draw_plans(self, ui: Ui, place: pygame.Rect) -> None:
        """Show on the ground what is planned there."""
        table, board = self.table, self.board
        assert board is not None
        if table.report is not None:
            return
        size = ui.px(26)
        for step in {one["option"]: one for one in table.shown["plan"]["steps"]}.values():
            card = card_named(table.fresh_cards(), step["card"])
            if not step["tiles"] or card is None:
                continue
            x, y = board.centre(*np.mean(step["tiles"], axis=0).tolist())
            at = (place.x + x, place.y + y)
            pygame.draw.circle(ui.surface, ui.colours["panel"], at, round(size * 0.75))
            pygame.draw.circle(ui.surface, ui.colours[card["mode"]], at, round(size * 0.75), ui.px(2))
            ui.icon(card["icon"], (at[0] - size // 2, at[1] - size // 2), 26)

    def _draw_names(self, ui: Ui, place: pygame.Rect) -> None:
        """Who lives in each house, how they feel, what they have and want, and whether they ask something."""
        assert self.board is not None
        asking = {letter["household"] for letter in self.table.shown["letters"] if letter["answer"] is None}
        for household in self.table.scene.households:
            if household.homes:
                x, y = self.board.home_point(household)
                one, home = self.table.shown["households"][household.index], (place.x + x, place.y + y)
                draw_badge(ui, home, self.board.tile, place, one)
                if one["id"] in asking and not self.table.covered:
                    draw_asking(ui, home, self.board.tile, place)

    def _marked(self, ui: Ui, place: pygame.Rect, card: Data | None) -> Tiles | None:
        """Return the ground that is lit: of what is planned and pointed at, or of the place the card would go to."""
        kind, what = self.table.inspect
        if card is None:
            if kind != "plan" or what is None:
                return None
            steps = (one for one in self.table.shown["plan"]["steps"] if one["option"] == what)
            planned = next(steps, None) or option_named(self.table.fresh_cards(), what)
            return planned["tiles"] if planned else None
        lit = ui.hovered(place) or ui.has_focus("board")
        option = self.table.option_at(what) if kind == "tile" and isinstance(what, tuple) and lit else None
        if kind == "option":
            option = next((one for one in open_options(card) if one["id"] == what), None)
        return None if option is None or option["obstacle"] else option["tiles"]

    def _draw_places(self, ui: Ui, place: pygame.Rect) -> None:
        """Let the ground glow where the chosen card can be played, grey the rest, and light what is pointed at."""
        card = None if self.table.covered else self.table.card
        if card is not None:
            open_ones = [one["tiles"] for one in card["options"] if one["tiles"] and not one["obstacle"]]
            shut = [one["tiles"] for one in card["options"] if one["tiles"] and one["obstacle"]]
            self._glow(ui, place, "shut", shut, (40, 38, 34), 95, 0)
            self._glow(ui, place, "open", open_ones, (255, 255, 255), 14, 190)
        marked = self._marked(ui, place, card)
        if marked:
            self._glow(ui, place, "marked", [marked], (255, 226, 120), 80, 255)

    def _glow(self, ui: Ui, place: pygame.Rect, name: str, grounds: list[Tiles], colour: tuple[int, int, int],
              fill: int, line: int) -> None:  # fmt: skip
        """Draw grounds that glow; the layer is kept until they are others."""
        if not grounds:
            return
        key = (place.size, [[tuple(tile) for tile in tiles] for tiles in grounds])
        if name not in self._layers or self._layers[name][0] != key:
            self._layers[name] = (key, glow(self.table.size, place.size, grounds, colour, fill, line))
        ui.surface.blit(self._layers[name][1], place)

    def _tell(self, ui: Ui, place: pygame.Rect) -> None:
        """What everybody does, said at their homes one after the other."""
        assert self.board is not None
        per_home: dict[int, list[Data]] = {}
        for deed in self.table.shown["deeds"]:
            per_home.setdefault(deed["household"], []).append(deed)
        skip = pygame.Rect(0, 0, ui.px(110), ui.px(28))
        skip.midbottom = (place.centerx, place.bottom - ui.px(8))
        taken = [skip]
        told = []
        for number, deeds in per_home.items():
            household = self.table.scene.households[number]
            if household.homes:
                part = len(deeds) * self.table.told_seconds / TELLING
                told.append((household.index, deeds[min(len(deeds) - 1, int(part))], part % 1.0))
        for community, deed, part in told:
            self._draw_way(ui, place, community, deed, part)
        ui.layer = 1
        for community, deed, _ in told:
            self._bubble(ui, place, community, deed, taken)
        ui.blocked = False
        if ui.button("skip", skip, say("board.skip"), size="small") or ui.pressed_key(
            pygame.K_SPACE, pygame.K_RETURN, pygame.K_ESCAPE
        ):
            self.table.told_seconds = TELLING
        ui.layer, ui.blocked = 0, True

    def _draw_way(self, ui: Ui, place: pygame.Rect, community: int, deed: Data, part: float) -> None:
        """An arrow for what is done to somebody, a curve there and back for what is done with somebody."""
        assert self.board is not None
        mode = deed["mode"]
        start = self.board.home_point(self.table.scene.households[community])
        ends = self._targets(deed)
        layer = self._layer(ui, place)
        for end in ends:
            colour = ui.colours[mode if deed["outcome"] == "done" else "faint"]
            if mode == "over":
                points = bend(start, end, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), 12)
                points = points[: 2 + round(11 * min(1.0, part * 2.2))]
                _stroke(ui, layer, points, colour)
                _arrow(ui, layer, points, colour)
            else:
                for points in (_bow(start, end, place.size), _bow(end, start, place.size)):
                    _stroke(ui, layer, points, colour)
                    at = points[min(18, round(18 * min(1.0, part * 1.6)))]
                    pygame.draw.circle(layer, (255, 255, 255), at, ui.px(6))
                    pygame.draw.circle(layer, colour, at, ui.px(4))

    def _targets(self, deed: Data) -> list[Point]:
        assert self.board is not None
        households, tiles = self.table.scene.households, deed["tiles"]
        if tiles is not None:
            return [self.board.centre(*np.mean(tiles, axis=0).tolist())] if tiles else []
        return [self.board.home_point(households[one]) for one in deed["towards"] if households[one].homes]

    def _bubble(self, ui: Ui, place: pygame.Rect, community: int, deed: Data, taken: list[pygame.Rect]) -> None:
        """A speech bubble beside a home, where no other lies."""
        assert self.board is not None
        mode, text = deed["mode"], deed["name"]
        if deed["outcome"] != "done":
            text = say(f"board.{deed['outcome']}", action=text)
        width = min(ui.px(180), round(place.width * 0.42))
        wide = max(ui.width(line, "small", True) for line in wrapped(text, ui.points("small"), True, width))
        size = (wide + ui.px(18), ui.height(text, "small", width, True) + ui.px(10))
        x, y = self.board.home_point(self.table.scene.households[community])
        home = (place.x + x, place.y + y)
        rect = _free_spot(place.inflate(-6, -6), home, size, self.board.tile, taken)
        taken.append(rect)
        near = (min(max(home[0], rect.left + ui.px(14)), rect.right - ui.px(14)), rect.centery)
        tail = [(near[0] - ui.px(7), near[1]), (near[0] + ui.px(7), near[1]), home]
        pygame.draw.polygon(ui.surface, ui.colours[mode], tail)
        ui.panel(rect, f"{mode}_soft", mode, 9)
        ui.text(text, (rect.x + ui.px(9), rect.y + ui.px(5)), "small", mode, True, width, rect)


def _free_spot(
    bounds: pygame.Rect, home: Point, size: tuple[int, int], tile: int, taken: list[pygame.Rect]
) -> pygame.Rect:
    """Return where a bubble covers no other: above its home, below, and then further off."""
    spot = pygame.Rect(0, 0, *size)
    for step in range(0, 12):
        off = round(tile * 1.3) + step * (size[1] // 2 + 2)
        for side in (-1, 1):
            spot.center = (home[0], home[1] + side * (off + size[1] // 2))
            put = spot.clamp(bounds)
            away = abs(put.centery - home[1]) >= size[1] // 2 + tile // 2
            if away and put.inflate(4, 4).collidelist(taken) < 0:
                return put
    # On a small board with large letters any free place must do, the nearest first; the first one taken is the button.
    rows = range(bounds.top, max(bounds.bottom - size[1], bounds.top) + 1, 4)
    columns = (bounds.left, bounds.centerx - size[0] // 2, bounds.right - size[0])
    spots = [pygame.Rect((x, y), size) for y in rows for x in columns]
    free = [one for one in spots if one.inflate(4, 4).collidelist(taken) < 0]
    found = free or [one for one in spots if one.collidelist(taken[:1]) < 0] or spots
    return min(found, key=lambda one: math.dist(one.center, home))


def _bow(start: Point, end: Point, size: tuple[int, int]) -> list[tuple[float, float]]:
    """Return a curve that leaves the straight line to its left, so that there and back lie apart."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    middle = ((start[0] + end[0]) / 2 - 0.2 * dy, (start[1] + end[1]) / 2 + 0.2 * dx)
    middle = (min(max(middle[0], 8), size[0] - 8), min(max(middle[1], 8), size[1] - 8))
    points = []
    for step in range(19):
        t = step / 18
        weights = ((1 - t) ** 2, 2 * (1 - t) * t, t * t)
        points.append(
            (
                weights[0] * start[0] + weights[1] * middle[0] + weights[2] * end[0],
                weights[0] * start[1] + weights[1] * middle[1] + weights[2] * end[1],
            )
        )
    return points


def _stroke(ui: Ui, layer: pygame.Surface, points: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
    if len(points) > 1:
        pygame.draw.lines(layer, (255, 255, 255), False, points, ui.px(6))
        pygame.draw.lines(layer, colour, False, points, ui.px(3.4))


def _arrow(ui: Ui, layer: pygame.Surface, points: list[tuple[float, float]], colour: tuple[int, int, int]) -> None:
    (x0, y0), (x1, y1) = points[-2], points[-1]
    angle, size = math.atan2(y1 - y0, x1 - x0), ui.px(15)
    head = [(x1 - size * math.cos(angle + turn), y1 - size * math.sin(angle + turn)) for turn in (0.5, -0.5)]
    pygame.draw.polygon(layer, colour, [(x1, y1), *head])
    pygame.draw.polygon(layer, (255, 255, 255), [(x1, y1), *head], ui.px(1.5))
