"""Lenses over the board, on the number keys: trust, grievance, what lies on the land, water, who uses what, and pages.

Each but the last two, which open the pages of loops and of what is coming, is
a layer above the land with a one-line legend.  A level has those that it has
something to show for, and they are called what it calls its stocks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
import pygame

from game.picture.board import Board, bend
from game.picture.scene import Scene
from game.playing.shown import SEASON
from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say

PAGES = ("loops", "coming")
BARE, LUSH, THICK, WET = (232, 206, 140), (18, 96, 52), (92, 48, 96), (24, 92, 170)
WATERS = ("moisture", "spring")  # layers of the picture that are water on the land
PALE = 120  # how much of the land is hidden below people and their ties
Draw = Callable[[Ui, pygame.Rect, Table, Board], None]


_KEPT: WeakKeyDictionary[Table, tuple[Hashable, dict[str, str]]] = WeakKeyDictionary()


def lenses_of(table: Table) -> tuple[str, ...]:
    """Return the lenses that there is something for, in the order of their number keys."""
    return tuple(name for name in doors_of(table) if name not in PAGES)


def doors_of(table: Table) -> tuple[str, ...]:
    """Return what has a number key: the lenses, then the pages of loops and of what is coming."""
    return tuple(_called(table))


def word_of(table: Table, name: str) -> str:
    """Return what a lens is called: by the stock that it shows, as its level calls it."""
    return _called(table)[name]


def _called(table: Table) -> dict[str, str]:
    """Return what everything with a number key is called, in the order of the keys; found once a season."""
    key = table.shown.state(SEASON)
    if table not in _KEPT or _KEPT[table][0] != key:
        _KEPT[table] = (key, {name: _word(table, name) for name in (*_with_something(table), *PAGES)})
    return _KEPT[table][1]


def _with_something(table: Table) -> list[str]:
    """Return the lenses that the level has something to show for.

    `living` maps the stock that tells how the land is doing, `other` another
    one that lies on it, where no water does.
    """
    if table.shown["level"]["model"]:  # it has no land to lay one over
        return []
    board, scene = table.shown["board"], table.scene
    there = {
        "trust": bool(scene.ties),
        "grievance": board["grievance"] is not None,
        "living": _mapped(table, "living") is not None,
        "other": _mapped(table, "other") is not None,
        "water": _has_water(scene),
        "use": bool(scene.uses.any()),
    }
    return [name for name, found in there.items() if found]


def _word(table: Table, name: str) -> str:
    board = table.shown["board"]
    if name in ("living", "other"):
        return words.capital(str(board["stocks"][_mapped(table, name)]["name"]))
    if name in ("trust", "grievance") and board[name] is not None:
        return words.capital(next(one["word"] for one in table.shown["stocks"] if one["id"] == board[name]))
    return say(f"lens.{name}_word")


def legend_of(table: Table, name: str) -> str:
    """Return in a line what a lens shows."""
    named = "land" if name in ("living", "other") else name
    return say(f"lens.{named}_legend", word=word_of(table, name))


def _mapped(table: Table, name: str) -> str | None:
    """Return the stock on tiles that a lens maps; None where the level has none, or nobody sees where it is."""
    board = table.shown["board"]
    seen = [one for one, stock in board["stocks"].items() if _seen(stock["values"])]
    living = board["living"] if board["living"] in seen else None
    if name == "living":
        return living
    return None if _has_water(table.scene) else next((one for one in seen if one != living), None)


def _seen(values: list[list[float | None]]) -> bool:
    return any(value is not None for row in values for value in row)


def _has_water(scene: Scene) -> bool:
    return bool(scene.water.any()) or scene.stream is not None or any(name in scene.layers for name in WATERS)


def draw_lens(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """Draw the chosen lens above the board, and its legend at the upper edge."""
    if not table.overlay:
        return
    DRAWN[table.overlay](ui, place, table, board)
    text = legend_of(table, table.overlay)
    wide = min(place.width - ui.px(20), ui.width(text, "body", True) + ui.px(24))
    spot = pygame.Rect(0, 0, wide, ui.height("0", "body", 99, True) + ui.px(8))
    spot.midtop = (place.centerx, place.y + ui.px(6))
    ui.panel(spot, "panel", "ink", 9)
    ui.layer = 1
    ui.label(text, spot.inflate(-ui.px(12), 0), "body", "ink", True, "centre")
    ui.layer = 0


def _veil(ui: Ui, place: pygame.Rect) -> pygame.Surface:
    layer = pygame.Surface(place.size, pygame.SRCALPHA)
    layer.fill((*ui.colours["panel"], PALE))
    return layer


def _trust(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """A thread between two homes, as thick as they trust each other, with the number at its middle."""
    layer, scene = _veil(ui, place), table.scene
    told = []
    for number, ((one, two), trust) in enumerate(scene.ties.items()):
        ends = [scene.households[who] for who in (one, two)]
        if not all(end.homes for end in ends):
            continue
        middle = (board.size[0] / 2, board.size[1] / 2)
        points = bend(board.home_point(ends[0]), board.home_point(ends[1]), middle, 24)
        pygame.draw.lines(layer, (255, 255, 255), False, points, ui.px(5 + 16 * trust))
        pygame.draw.lines(layer, ui.colours["with"], False, points, ui.px(2 + 14 * trust))
        told.append((points[len(points) * (2 + number % 3) // 6], words.percent(trust)))  # threads that cross: apart
    ui.surface.blit(layer, place)
    for at, text in told:
        _number(ui, place, (round(at[0]), round(at[1])), text, "with")


def _grievance(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """A disc around each home, as large as its people feel wronged."""
    layer, scene = _veil(ui, place), table.scene
    for household in scene.households:
        if household.homes:
            size = round(board.tile * (0.6 + 3.2 * household.grievance))
            pygame.draw.circle(layer, (*ui.colours["over"], 110), board.home_point(household), size)
            pygame.draw.circle(layer, ui.colours["over"], board.home_point(household), size, ui.px(2.5))
    ui.surface.blit(layer, place)
    for household in scene.households:
        if household.homes:
            x, y = board.home_point(household)
            _number(ui, place, (x, y - round(board.tile * 0.4)), words.percent(household.grievance), "over")


def _number(ui: Ui, place: pygame.Rect, at: tuple[int, int], text: str, colour: str) -> None:
    spot = pygame.Rect(0, 0, ui.width(text, "body", True) + ui.px(12), ui.height(text, "body", 99, True))
    spot.center = (place.x + at[0], place.y + at[1])
    below = ui.height("0", "body", 99, True) + ui.px(17)  # the legend
    spot.clamp_ip(pygame.Rect(place.x + 3, place.y + below, place.width - 6, place.height - below - 3))
    ui.layer = 1
    ui.panel(spot, "panel", colour, 9)
    ui.label(text, spot, "body", colour, True, "centre")
    ui.layer = 0


def _living(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """The land as a map of what lives on it: pale where there is little, dark where there is much."""
    _land(ui, place, table, "living", LUSH)


def _other(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """The land as a map of what else lies on it."""
    _land(ui, place, table, "other", THICK)


def _land(ui: Ui, place: pygame.Rect, table: Table, name: str, dark: tuple[int, int, int]) -> None:
    stock = table.shown["board"]["stocks"][_mapped(table, name)]
    held = np.array(stock["values"], np.float64)  # (rows, columns), nan where nothing can be or nobody sees it
    there = np.isfinite(held) & (table.scene.homes == 0.0)
    share = (np.nan_to_num(held) - stock["empty"]) / (stock["full"] - stock["empty"])
    _map(ui, place, share, BARE, dark, np.where(there, 225, 0))


def _water(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """Water as a map: where it stands, runs, and how wet the ground is beside it."""
    scene = table.scene
    wet = np.maximum(scene.water, 0.0 if scene.stream is None else scene.stream)
    for name in WATERS:
        wet = np.maximum(wet, scene.layers.get(name, np.zeros(wet.shape)))
    _map(ui, place, wet, ui.colours["panel"], WET, np.where(scene.homes > 0.0, 0, 215))


def _map(ui: Ui, place: pygame.Rect, grid: np.ndarray, low: tuple[int, int, int], high: tuple[int, int, int],
         dense: np.ndarray) -> None:  # fmt: skip
    """Draw numbers from 0 to 1 as land between two colours; `dense` (rows, columns) is how much it hides."""
    share = np.clip(grid, 0.0, 1.0)
    if (dense > 0).any():  # what is not seen must not shine through at the edges of what is
        share = np.where(dense > 0, share, share[dense > 0].mean())
    mixed = np.array(low) * (1.0 - share[:, :, None]) + np.array(high) * share[:, :, None]
    tints = np.concatenate([mixed, dense[:, :, None]], axis=2).astype(np.uint8)
    ui.surface.blit(_soft(tints.tobytes(), grid.shape, place.size), place)


@lru_cache(maxsize=2)
def _soft(tints: bytes, shape: tuple[int, int], size: tuple[int, int]) -> pygame.Surface:
    """Return land in the colours of its tiles (rows, columns, red to alpha), which run into each other."""
    small = pygame.image.frombuffer(tints, shape[::-1], "RGBA")
    return pygame.transform.smoothscale(small, size)


def _use(ui: Ui, place: pygame.Rect, table: Table, board: Board) -> None:
    """Ground that one household uses alone in its colour and with its letter; white where several use it."""
    scene = table.scene
    used, tints = scene.uses.sum(axis=0) > 0, np.full((*scene.owner.shape, 4), (255, 255, 255, 0), np.uint8)
    tints[used, 3] = 120
    for who in range(len(scene.households)):
        tints[used & (scene.owner == who)] = (*ui.colours.household(who), 190)
    ui.surface.blit(_soft(tints.tobytes(), scene.owner.shape, place.size), place)
    for who, household in enumerate(scene.households):
        tiles = np.argwhere(scene.owner == who)
        if len(tiles):
            at = board.centre(*tiles[np.abs(tiles - tiles.mean(axis=0)).sum(axis=1).argmin()].tolist())
            _number(ui, place, at, household.name, "ink")


DRAWN: dict[str, Draw] = {
    "trust": _trust,
    "grievance": _grievance,
    "living": _living,
    "other": _other,
    "water": _water,
    "use": _use,
}
