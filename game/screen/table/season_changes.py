"""A row above the report of a season: how the numbers that matter changed, and why they did."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.insight.causes import Where, worse_way
from game.insight.roles import watched
from game.playing.moments import on_land
from game.playing.numbers import short_reason
from game.playing.session import SeasonReport
from game.playing.view_causes import question_of
from game.screen.kit.ui import Ui
from game.screen.table.table import Table
from game.telling import words

STEADY = 0.005  # a change up to it is none


@dataclass(frozen=True)
class Shift:
    """How one of the numbers that matter changed, and in a few words why."""

    picture: str
    name: str
    text: str
    change: float
    why: str
    where: Where | None = None  # what one may ask about


def changes_of(table: Table, report: SeasonReport) -> list[Shift]:
    """Return how the numbers that matter changed."""
    session, found = table.session, []
    roles, model, me = session.roles, session.model, session.me
    for name in watched(model, roles):
        spec, word = model.level.stocks[name], words.stock_word(model, name)
        if model.stocks[name].place == "tile":
            was, now = (on_land(model, world, name) for world in (report.before, report.after))
            first = words.land_text(model, name, was).split(" ")[0]
            text = f"{first} → {words.land_text(model, name, now)}"
            found.append(
                Shift(spec.icon or "grass", word, text, now - was, _why(table, report, name, None), Where(name))
            )
            continue
        mine = model.stocks[name].place == "community"
        one = me if mine else 0
        was, now = (float(world.stock[name][one, 0, 0, 0, 0]) for world in (report.before, report.after))
        if name in roles.counted:
            was, now = round(was), round(now)
        first, last = words.from_to(was, now, spec.unit, True)
        text = f"{first} → {last}"
        why = _why(table, report, name, me if mine else None)
        picture = spec.icon or ("store" if name == roles.store else "cow")
        where = Where(name, me if mine else None)
        found.append(Shift(picture, f"your {word}" if mine else word, text, now - was, why, where))
    if roles.trust:
        others = [one for one in range(len(model.layout.communities)) if one != me]
        was, now = (
            sum(float(world.stock[roles.trust][one, me, 0, 0, 0]) for one in others) / max(len(others), 1)
            for world in (report.before, report.after)
        )
        text = f"{100 * was:.0f} → {words.percent(now)}"
        found.append(Shift("hands", "trust in you", text, now - was, "", Where(roles.trust, None, me)))
    return found


def _why(table: Table, report: SeasonReport, name: str, community: int | None) -> str:
    return short_reason(table.session, report.after, report.before, name, community)


def draw_changes(ui: Ui, rect: pygame.Rect, table: Table, report: SeasonReport) -> int:
    """Draw a row of what changed; return its height."""
    key = (report.after.season, table.session.me)
    if table.shifts is None or table.shifts[0] != key:
        table.shifts = (key, changes_of(table, report))
    found = table.shifts[1] if len(table.session.seats) == 1 else table.shifts[1][:1]
    if not found:
        return 0
    gap, line = ui.px(8), ui.px(19)
    high = ui.px(8) + line * (3 if any(shift.why for shift in found) else 2)
    across = min(len(found), max(1, (rect.width + gap) // (ui.px(150) + gap)))
    wide = min(ui.px(330), (rect.width - gap * (across - 1)) // across)
    for number, shift in enumerate(found):
        spot = pygame.Rect(
            rect.x + (number % across) * (wide + gap), rect.y + (number // across) * (high + gap), wide, high
        )
        ui.panel(spot, "paper", "panel_edge", 8)
        ui.icon(shift.picture, (spot.x + ui.px(7), spot.y + ui.px(9)), 28)
        room = pygame.Rect(spot.x + ui.px(42), spot.y + ui.px(4), spot.width - ui.px(68), ui.px(18))
        ui.label(f"{shift.name[:1].upper()}{shift.name[1:]}", room, "small", "soft_ink")
        ui.label(shift.text, room.move(0, line), "body", bold=True)
        if shift.why:
            ui.label(shift.why, room.move(0, 2 * line), "small", "soft_ink")
        arrow = "up" if shift.change > STEADY else "down" if shift.change < -STEADY else "level"
        ui.icon(arrow, (spot.right - ui.px(22), spot.y + ui.px(15)), 15)
        _ask_about(ui, spot, table, report, shift, number)
    return -(-len(found) // across) * (high + gap) - gap


def _ask_about(ui: Ui, spot: pygame.Rect, table: Table, report: SeasonReport, shift: Shift, number: int) -> None:
    """A number that got worse can be pressed: why did this happen?"""
    if shift.where is None or shift.change * worse_way(table.session.model, shift.where.stock) <= STEADY:
        return
    name = f"shift {number}"
    if ui.area(name, spot):
        table.ask_why(question_of(table.session, shift.where, report.before.season))
        ui.focus_next = "close causes"
    if ui.hovered(spot):
        pygame.draw.rect(ui.surface, ui.colours["with"], spot, ui.px(2), border_radius=ui.px(8))
    ui.icon("help", (spot.right - ui.px(22), spot.bottom - ui.px(21)), 15)
    ui.tip("Why did this happen? Press to see the last hand, and what moved it.", spot, name)
    ui.ring(name, spot)
