"""A row above the report of a season: how the numbers that matter changed, and why they did."""

from __future__ import annotations

import pygame

from game.playing.shown import Data
from game.screen.kit.loop_drawing import draw_mark
from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling.say import say


def draw_changes(ui: Ui, rect: pygame.Rect, table: Table, report: Data) -> int:
    """Draw a row of what changed; return its height."""
    found = report["changes"]
    if not found:
        return 0
    gap, line = ui.px(8), ui.px(19)
    across = min(len(found), max(1, (rect.width + gap) // (ui.px(150) + gap)))
    wide = min(ui.px(330), (rect.width - gap * (across - 1)) // across)
    said = max(ui.height(change["why"], "small", wide - ui.px(54)) if change["why"] else 0 for change in found)
    high = ui.px(10) + 2 * line + said
    for number, change in enumerate(found):
        spot = pygame.Rect(
            rect.x + (number % across) * (wide + gap), rect.y + (number // across) * (high + gap), wide, high
        )
        ui.panel(spot, "paper", "panel_edge", 8)
        ui.icon(change["icon"], (spot.x + ui.px(7), spot.y + ui.px(9)), 28)
        room = pygame.Rect(spot.x + ui.px(42), spot.y + ui.px(4), spot.width - ui.px(68), ui.px(18))
        ui.label(change["name"], room, "small", "soft_ink")
        ui.label(change["text"], room.move(0, line), "body", bold=True)
        if change["why"]:
            ui.text(change["why"], (room.x, room.y + 2 * line), "small", "soft_ink", width=spot.width - ui.px(54))
        ui.icon(change["way"], (spot.right - ui.px(22), spot.y + ui.px(15)), 15)
        if change["question"] is not None:
            _ask_about(ui, spot, table, change["question"], f"shift {number}")
    return -(-len(found) // across) * (high + gap) - gap


def draw_ruling(ui: Ui, rect: pygame.Rect, loop: Data | None, how: str = "text") -> int:
    """Draw which loop rules now, beside its sign, at length or in `short`; return what it takes of the height."""
    if loop is None:
        return 0
    left = ui.px(34)
    high = max(ui.px(24), ui.height(loop[how], "small", rect.width - left))
    draw_mark(ui, (rect.x + ui.px(14), rect.y + high // 2), ui.px(22), loop["reinforcing"], loop["mark"][0])
    ui.text(loop[how], (rect.x + left, rect.y + ui.px(3)), "small", width=rect.width - left)
    return high + ui.px(8)


def _ask_about(ui: Ui, spot: pygame.Rect, table: Table, question: Data, name: str) -> None:
    """A number that got worse can be pressed: why did this happen?"""
    if ui.area(name, spot):
        table.ask_why(question)
        ui.focus_next = "close causes"
    if ui.hovered(spot):
        pygame.draw.rect(ui.surface, ui.colours["with"], spot, ui.px(2), border_radius=ui.px(8))
    ui.icon("help", (spot.right - ui.px(22), spot.bottom - ui.px(21)), 15)
    ui.tip(say("report.ask"), spot, name)
    ui.ring(name, spot)
