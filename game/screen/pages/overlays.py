"""What lies above the table: opening, hand-over, help, pause, and the report of a season."""

from __future__ import annotations

import pygame

from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.pages.season_report import draw_report
from game.screen.table.table import Table
from game.telling import words

HELP = (
    ("hand", "Mouse: point to look, press to choose. The wheel scrolls what is long."),
    ("stick", "Keyboard: Tab and the arrows walk, Enter or Space presses, Page Down scrolls."),
    ("grass", "On the board the arrows move a frame from tile to tile; Enter chooses what it frames, Tab goes on."),
    ("season", "E ends the season, U takes back, R does again, H is this help, Escape pauses, M mutes."),
    ("redo", "L shows the loops: what feeds itself, what holds itself back, and which of them rules."),
    ("spring", "W shows what is on its way, and what would come if everyone stopped now."),
    ("knot", "In the report press a number that got worse: it tells the last hand, and what moved it."),
    ("store", "In the plan: drag an action, or Shift and an arrow, to move it; press it or Delete to take it out."),
    ("eye", "F11 fills the screen; Ctrl with + and - changes the size of everything."),
    ("caution", "This sign means: somebody will object, or something will not come back soon."),
)


def draw_overlays(ui: Ui, table: Table) -> None:
    """Draw what lies above the table, the topmost last."""
    if table.handover and not table.report:
        person = words.people(table.session.model, table.session.me)
        lines = [
            ("hands", f"Hand over to whoever plays the {person}."),
            ("eye", "Nobody else should look at what you know about the others."),
        ]
        if draw_sheet(ui, f"{person}: your turn", lines, "I am ready"):
            table.handover = False
    elif table.opening:
        _draw_opening(ui, table)
    elif table.report is not None and table.reading:
        draw_report(ui, table, table.report)
    if table.help and draw_sheet(ui, "Help", list(HELP), "Back to the game"):
        table.help = False
    if table.paused:
        _draw_pause(ui, table)


def _draw_opening(ui: Ui, table: Table) -> None:
    level = table.session.model.level
    mine = level.communities[table.session.model.layout.communities[table.session.me]].name
    lines = [
        ("", level.opening),
        ("house", f"You speak for {mine}. Each season you have a few days of effort."),
        ("power_over", "Dominate: take at once, whoever objects."),
        ("power_with", "Partner: slower, and worth more the more people trust each other."),
        ("eye", "Point at anything to see why it is so. Nothing is final until you end the season."),
    ]
    if draw_sheet(ui, level.title, lines, "Begin"):
        table.opening = False


def draw_sheet(ui: Ui, title: str, lines: list[tuple[str, str]], label: str) -> bool:
    """Draw a sheet of (icon, sentence) above everything; return whether its button was pressed."""
    ui.cover()
    bounds = ui.surface.get_rect()
    width = min(ui.px(620), bounds.width - ui.px(32))
    inner, shift = width - ui.px(48), ui.px(38)
    rooms = [inner - (shift if picture else 0) for picture, _ in lines]
    needed = sum(
        max(ui.height(line, "strong", room), ui.px(28 if picture else 0)) + ui.px(10)
        for (picture, line), room in zip(lines, rooms, strict=True)
    )
    head = ui.height(title, "head", inner, True) + ui.px(26)
    high = min(head + needed + ui.px(72), bounds.height - ui.px(28))
    rect = pygame.Rect(0, 0, width, high)
    rect.center = bounds.center
    ui.sheet(rect)
    ui.text(title, (rect.x + ui.px(24), rect.y + ui.px(16)), "head", bold=True, width=inner, inside=rect)
    body = pygame.Rect(rect.x + ui.px(24), rect.y + head, inner, rect.bottom - ui.px(64) - rect.y - head)
    with Page(ui, f"sheet {title}", body, keys=True) as page:
        for picture, line in lines:
            left = shift if picture else 0
            room = page.width - left
            tall = max(ui.height(line, "strong", room), ui.px(28 if picture else 0))
            if picture:
                ui.icon(picture, (page.x, page.y + (tall - ui.px(28)) // 2), 28)
            ui.text(line, (page.x + left, page.y + (tall - ui.height(line, "strong", room)) // 2), "strong", width=room)
            page.y += tall + ui.px(10)
    button = pygame.Rect(0, 0, ui.px(220), ui.px(42))
    button.midbottom = (rect.centerx, rect.bottom - ui.px(14))
    if not ui.focus:
        ui.focus = f"sheet {title}"
    return ui.button(f"sheet {title}", button, label, True, "with", "with", "panel", size="strong") or ui.pressed_key(
        pygame.K_RETURN, pygame.K_SPACE
    )


def _draw_pause(ui: Ui, table: Table) -> None:
    ui.cover()
    choices = (
        ("resume", "Go on", ""),
        ("pause help", "Help", "help"),
        ("codex", "The codex", "book"),
        ("sound", f"Sound: {'off' if table.muted else 'on'}", "mute" if table.muted else "sound"),
        ("size", f"Size of everything: {round(100 * table.user_scale)} %", "eye"),
        ("leave", "Leave (the game is kept)", ""),
    )
    rect = pygame.Rect(0, 0, ui.px(360), ui.px(70 + 53 * len(choices)))
    rect.center = ui.surface.get_rect().center
    ui.sheet(rect)
    ui.icon("pause", (rect.centerx - ui.px(70), rect.y + ui.px(20)), 22)
    ui.text("Paused", (rect.centerx + ui.px(8), rect.y + ui.px(16)), "head", bold=True, centre=True)
    for number, (name, label, picture) in enumerate(choices):
        y = rect.y + ui.px(62) + number * ui.px(53)
        spot = pygame.Rect(rect.x + ui.px(30), y, rect.width - ui.px(60), ui.px(46))
        looks = ("with", "with", "panel") if number == 0 else ("panel", "panel_edge", "ink")
        if ui.button(name, spot, label, True, *looks, picture=picture, size="strong"):
            _chosen(table, name)


def _chosen(table: Table, name: str) -> None:
    if name in ("sound", "size", "leave", "codex"):
        table.wish = name
    if name not in ("sound", "size"):
        table.paused = False
    if name == "pause help":
        table.help = True
