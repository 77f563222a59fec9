"""The panel beside the board: goals, dials, neighbours, chart."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.table.course import draw_course
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say


def draw_side(ui: Ui, rect: pygame.Rect, table: Table) -> int | None:
    """Draw goals, dials, neighbours and the chart; return the community whose row was pressed."""
    shown = table.shown
    ui.sheet(rect)
    pad = ui.px(12)
    inner = rect.inflate(-2 * pad, -2 * pad)
    with Page(ui, "side", inner) as page:
        _draw_goals(ui, page, table)
        page.y += ui.px(8)
        _draw_dials(ui, page, shown["dials"])
        page.y += ui.px(8)
        pressed = _draw_neighbours(ui, page, shown["households"])
        page.y += ui.px(6)
        space = inner.bottom - page.y if "side" not in ui.long_pages else 0
        draw_course(ui, page, shown, min(max(space, ui.px(110)), ui.px(190)))
    return pressed


def _draw_goals(ui: Ui, page: Page, table: Table) -> None:
    page.y += ui.text(say("side.goals"), (page.x, page.y), "strong", bold=True, width=page.width)
    for goal in table.shown["goals"]:
        ui.icon("cross" if goal["late"] else "check" if goal["reached"] else "star", (page.x, page.y + ui.px(2)), 17)
        left = ui.px(23)
        page.y += ui.text(goal["plain"], (page.x + left, page.y), "small", width=page.width - left)
        if goal["late"]:
            text = say("side.too_late")
            page.y += ui.text(text, (page.x + left, page.y), "small", "bad", width=page.width - left)
        elif goal["state"] is not None:
            _draw_progress(ui, page, goal["state"])
        if goal["needed"] > 1:
            _draw_streak(ui, page, min(goal["streak"], goal["needed"]), goal["needed"])
        page.y += ui.px(5)


def _draw_progress(ui: Ui, page: Page, state: Data) -> None:
    """Draw how near a goal is: a bar, and the two numbers it compares."""
    left, high = page.x + ui.px(23), ui.height("0", "small", page.width)
    wide = min(ui.px(58), max(ui.px(24), page.width // 4))
    bar = pygame.Rect(left, page.y + (high - ui.px(9)) // 2, wide, ui.px(9))
    ui.bar(bar, state["share"], "good" if state["share"] >= 1.0 else "warn")
    room = page.x + page.width - bar.right - ui.px(7)
    text = say("side.needed_least" if state["least"] else "side.needed", now=state["now"], need=state["needed"])
    page.y += ui.text(text, (bar.right + ui.px(7), page.y), "small", "soft_ink", width=room)


def _draw_streak(ui: Ui, page: Page, streak: int, needed: int) -> None:
    """Draw a box for each season in a row that a goal needs."""
    x, shown = page.x + ui.px(23), min(needed, 8)
    high = ui.height("0", "small", page.width)
    text = say("side.streak", streak=streak, needed=needed)
    # Narrower boxes leave room for the words.
    room = page.x + page.width - x - ui.px(6) - ui.width(text, "small")
    each = max(ui.px(5), min(ui.px(15), room // shown))
    for number in range(shown):
        spot = pygame.Rect(x + number * each, page.y + (high - ui.px(11)) // 2, max(2, each - ui.px(3)), ui.px(11))
        filled = number < round(streak * shown / needed)
        pygame.draw.rect(ui.surface, ui.colours["good" if filled else "neutral_soft"], spot, border_radius=ui.px(3))
        pygame.draw.rect(ui.surface, ui.colours["soft_ink"], spot, 1, border_radius=ui.px(3))
    ui.text(text, (x + shown * each + ui.px(6), page.y), "small", "soft_ink")
    page.y += high


def _draw_dials(ui: Ui, page: Page, dials: Sequence[Data]) -> None:
    name_wide = max(ui.width(say(f"dial.{dial['name']}"), "small") for dial in dials) + ui.px(8)
    for dial in dials:
        name, value = dial["name"], dial["value"]
        row = pygame.Rect(page.x, page.y, page.width, ui.height("0", "small", page.width) + ui.px(4))
        ui.text(say(f"dial.{name}"), (row.x, row.y), "small")
        number_wide = ui.width("100", "small", True)
        end = row.right - ui.px(18) - number_wide - ui.px(6)
        bar = pygame.Rect(row.x + name_wide, row.centery - ui.px(7), max(ui.px(20), end - row.x - name_wide), ui.px(11))
        ui.bar(bar, value, "bad" if value > 0.6 else "warn" if value > 0.3 else "good")
        ui.text(f"{100 * value:.0f}", (bar.right + ui.px(6), row.y), "small", bold=True)
        ui.icon({1: "up", 0: "level", -1: "down"}[dial["way"]], (row.right - ui.px(14), row.y + ui.px(3)), 12)
        ui.tip(say(f"dial.{name}_tip"), row)
        page.y += row.height


def _draw_neighbours(ui: Ui, page: Page, households: Sequence[Data]) -> int | None:
    pressed = None
    page.y += ui.text(say("side.households"), (page.x, page.y), "strong", bold=True, width=page.width)
    for one in households:
        other = one["number"]
        high = 2 * ui.height("0", "small", page.width) + ui.px(6)
        row = pygame.Rect(page.x, page.y, page.width, high)
        name = f"household {other}"
        if ui.area(name, row):
            pressed = other
        if ui.hovered(row) or ui.has_focus(name):
            pygame.draw.rect(ui.surface, ui.colours["selected"], row, border_radius=ui.px(6))
        _draw_household(ui, row, one)
        ui.ring(name, row.inflate(-ui.px(5), -ui.px(3)), 5)
        page.y += row.height + ui.px(2)
    return pressed


def _draw_household(ui: Ui, row: pygame.Rect, one: Data) -> None:
    disc = pygame.Rect(row.x + ui.px(3), row.centery - ui.px(10), ui.px(20), ui.px(20))
    pygame.draw.circle(ui.surface, ui.colours.household(one["number"]), disc.center, ui.px(10))
    pygame.draw.circle(ui.surface, ui.colours["ink"], disc.center, ui.px(10), 1)
    ui.label(one["letter"], disc, "small", "ink", True, "centre")
    left, half = row.x + ui.px(30), row.height // 2
    bar = pygame.Rect(row.right - ui.px(64), row.y + ui.px(7), ui.px(58), ui.px(9))
    end = row.right if one["trust"] is None else bar.left - ui.px(24)
    title = say("side.you", household=one["short"]) if one["mine"] else one["short"]
    ui.label(title, pygame.Rect(left, row.y + 1, end - left, half), "small", bold=True)
    feels = ", ".join(part for part in (one["mood"], _need(one["need"])) if part)
    if feels:
        ui.label(feels, pygame.Rect(left, row.y + half, row.right - left - ui.px(2), half - 1), "small", "soft_ink")
    if one["trust"] is not None:
        ui.icon("hands", (bar.left - ui.px(20), bar.centery - ui.px(8)), 16)
        ui.bar(bar, one["trust"], "with")
        tip = say("side.trust", trust=words.percent(one["trust"]))
        ui.tip(tip, row, f"household {one['number']}")


def _need(need: Data | None) -> str:
    if need is None:
        return ""
    if need["known"]:
        return say("side.wants", need=need["name"])
    return say("side.wanted", need=need["name"]) if need["since"] is not None else say("side.need_unknown")
