"""The board in the window: what is lit, who is pointed at, and how a season is told on it."""

from __future__ import annotations

import numpy as np
import pygame

from game.picture.board import ROUND, Board
from game.picture.homes import VILLAGE
from game.picture.scene import blend
from game.picture.year import draw_evening
from game.playing.shown import Data
from game.screen.kit.ui import ARROWS, Ui
from game.screen.table.badges import draw_asking, draw_badge
from game.screen.table.cards import card_named, open_options, option_named
from game.screen.table.glow import Tiles, glow
from game.screen.table.lenses import draw_lens
from game.screen.table.table import Table
from game.screen.table.telling import tell

STEPS = 12  # in which the land changes while a season is told: each is drawn anew


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
        telling = table.report is not None and not table.told
        share = min(1.0, table.told_seconds / (table.ends[-1] * 0.85)) if telling and not table.still else 1.0
        shown = blend(table.before, table.scene, round(share * STEPS) / STEPS) if share < 1.0 else table.scene
        pygame.draw.rect(ui.surface, ui.colours["shadow"], place.move(0, ui.px(3)), border_radius=ROUND)
        layer = self._layer(ui, place)
        board.draw(layer, shown, table.clock)
        if telling and not table.still:
            draw_evening(layer, table.told_seconds / table.ends[-1])
        if table.lens:
            return
        if not telling:
            draw_lens(ui, place, table, board)
        self._draw_places(ui, place)
        self._draw_plans(ui, place)
        self._draw_names(ui, place)
        if telling:
            tell(ui, place, table, board)
        elif table.open_to_view:
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
            tile = self._home_under(ui, place) or self.board.tile_at(
                ui.input.mouse[0] - place.x, ui.input.mouse[1] - place.y
            )
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

    def _home_under(self, ui: Ui, place: pygame.Rect) -> tuple[int, int] | None:
        """Return a tile of the home whose picture the mouse is on: it is larger than its ground.

        None while ground is chosen, as what lies behind a roof can be meant then.
        """
        card = self.table.card
        if card is not None and any(option["tiles"] is not None for option in card["options"]):
            return None
        lived_in = (one for one in self.table.scene.households if one.homes)
        pictures = zip(lived_in, self.homes(place), strict=True)
        return next((one.homes[0] for one, rect in pictures if rect.collidepoint(ui.input.mouse)), None)

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
                rect = pygame.Rect(place.x + x - size, place.y + y - size, 2 * size, round(2.6 * size))
                if household.people >= VILLAGE:
                    rect.union_ip(pygame.Rect(0, 0, 4 * size, round(2.6 * size)).move(
                        place.x + x - 2 * size, place.y + y - round(1.6 * size)))  # fmt: skip
                found.append(rect.clip(place))
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
        asking = [] if self.table.covered else self.table.shown["asked"]["from"]
        taken: list[pygame.Rect] = []
        for household in self.table.scene.households:
            if household.homes:
                x, y = self.board.home_point(household)
                one, home = self.table.standing("households")[household.index], (place.x + x, place.y + y)
                taken.append(draw_badge(ui, home, self.board.tile, place, one, taken))
                if one["id"] in asking:
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
            self._outline_homes(ui, place, {one["target"] for one in open_options(card)})
        marked = self._marked(ui, place, card)
        if marked:
            self._glow(ui, place, "marked", [marked], (255, 226, 120), 80, 255)

    def _outline_homes(self, ui: Ui, place: pygame.Rect, targets: set[str]) -> None:
        """Draw a soft outline around each home that the chosen card can be played at."""
        lived_in = (one for one in self.table.scene.households if one.homes)
        for household, rect in zip(lived_in, self.homes(place), strict=True):
            if self.table.shown["households"][household.index]["id"] in targets:
                for tint, wide in (((40, 38, 34), 5), ((255, 255, 255), 3)):
                    pygame.draw.rect(ui.surface, tint, rect.clip(place), ui.px(wide), border_radius=ui.px(12))

    def _glow(self, ui: Ui, place: pygame.Rect, name: str, grounds: list[Tiles], colour: tuple[int, int, int],
              fill: int, line: int) -> None:  # fmt: skip
        """Draw grounds that glow; the layer is kept until they are others."""
        if not grounds:
            return
        key = (place.size, [[tuple(tile) for tile in tiles] for tiles in grounds])
        if name not in self._layers or self._layers[name][0] != key:
            self._layers[name] = (key, glow(self.table.size, place.size, grounds, colour, fill, line))
        ui.surface.blit(self._layers[name][1], place)
