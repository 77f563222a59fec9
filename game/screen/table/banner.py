"""The banner above the board: the season, the numbers that matter, what is coming, the days that are left."""

from __future__ import annotations

import math

import pygame

from game.picture.sprites import icon
from game.playing.shown import Data
from game.screen.kit.ui import Ui
from game.screen.pages.overlays import HelpPage, PausePage
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say


def draw_banner(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """The state of things in one line of words, with suns for the days of effort."""
    level, plan = table.season_shown, table.shown["plan"]
    ui.sheet(rect)
    inner = rect.inflate(-ui.px(20), -ui.px(8))
    inner.width -= _draw_tools(ui, inner, table) + ui.px(12)
    count = say("banner.count", season=level["season"], seasons=level["seasons"])
    wide = min(round(inner.width * 0.26), ui.width(count, "head", True) + ui.px(6))
    half = inner.height // 2
    ui.label(count, pygame.Rect(inner.x, inner.y, wide, half + ui.px(3)), "head", bold=True)
    ui.label(
        level["season_name"], pygame.Rect(inner.x, inner.bottom - half + ui.px(3), wide, half - ui.px(3)),
        "small", "soft_ink",
    )  # fmt: skip
    room = pygame.Rect(inner.x + wide + ui.px(14), inner.y, 0, inner.height)
    room.width = inner.right - room.x
    if plan["days"] is not None:
        room.width -= _draw_days(ui, room, plan) + ui.px(14)
    announced, found = table.standing("signs"), table.standing("facts")
    if announced and room.width > ui.px(620):
        sign = pygame.Rect(room.right - ui.px(250), room.y, ui.px(250), room.height)
        _draw_sign(ui, sign, announced[0])
        room.width -= sign.width + ui.px(14)
    elif announced:
        _draw_small_sign(ui, pygame.Rect(room.right - ui.px(30), room.y, ui.px(30), room.height), announced[0])
        room.width -= ui.px(38)
    each = min(ui.px(158), room.width // max(1, len(found)))
    for number, fact in enumerate(found):
        spot = pygame.Rect(room.x + number * each, room.y, each - ui.px(8), room.height)
        _draw_fact(ui, spot, fact, table)


def _draw_tools(ui: Ui, inner: pygame.Rect, table: Table) -> int:
    """Draw the buttons for help and pause at the right end; return how wide they are."""
    side = min(ui.px(24 if ui.roomy else 34), (inner.height - ui.px(5)) // (2 if ui.roomy else 1))
    step = (0, side + ui.px(5)) if ui.roomy else (side + ui.px(5), 0)
    wide = side if ui.roomy else 2 * side + ui.px(5)
    spot = pygame.Rect(inner.right - wide, inner.y if ui.roomy else inner.centery - side // 2, side, side)
    if ui.button("help", spot, "", not table.covered, picture="help", tip=say("key.help")):
        table.stack.push(HelpPage())
    if ui.button("pause", spot.move(step), "", not table.covered, picture="pause", tip=say("key.pause")):
        table.stack.push(PausePage())
    return wide


def _draw_fact(ui: Ui, spot: pygame.Rect, fact: Data, table: Table) -> None:
    """Draw one number; pointed at or pressed it tells why it is so."""
    name = f"number {fact['stock']}"
    number = ("number", (fact["stock"], fact["household"]))
    pressed = ui.area(name, spot)
    if not table.covered and (ui.hovered(spot) or ui.has_focus(name)):
        pygame.draw.rect(ui.surface, ui.colours["selected"], spot.inflate(ui.px(8), 2), border_radius=ui.px(6))
        table.inspect = number
    if pressed:
        table.inspect, table.tab, table.selected = number, "why", ""
    detail = say("banner.only", detail=fact["detail"]) if fact["short"] else fact["detail"]
    colour = "bad" if fact["short"] else "soft_ink"
    parts = [(fact["title"], "small", "soft_ink", False), (fact["value"], "strong", "ink", True),
             (detail, "small", colour, fact["short"])]  # fmt: skip
    if not ui.roomy:
        # The value alone stays legible; the rest is in the tooltip.
        parts = parts[:2]
        more = f", {fact['detail']}" if fact["detail"] else ""
        ui.tip(f"{fact['title']}: {fact['value']}{more}", spot, name)
    step = spot.height // len(parts)
    for place, (text, size, tint, bold) in enumerate(parts):
        if text:
            ui.label(text, pygame.Rect(spot.x, spot.y + place * step, spot.width, step), size, tint, bold)
    ui.ring(name, spot)


def _draw_sign(ui: Ui, spot: pygame.Rect, sign: Data) -> None:
    """What is coming or here already: a drought, a storm."""
    ui.panel(spot, "selected" if sign["here"] else "paper", "bad" if sign["here"] else "warn", 8)
    side = min(ui.px(34), spot.height - ui.px(6))
    ui.icon(sign["icon"], (spot.x + ui.px(7), spot.centery - side // 2), side / ui.scale)
    room = pygame.Rect(spot.x + side + ui.px(13), spot.y + 1, spot.width - side - ui.px(18), spot.height - 2)
    ui.label(sign["text"], room, "small", "bad" if sign["here"] else "warn", True)


def _draw_small_sign(ui: Ui, spot: pygame.Rect, sign: Data) -> None:
    side = min(spot.width, spot.height)
    ui.icon(sign["icon"], (spot.x, spot.centery - side // 2), side / ui.scale)
    ui.area("sign", spot)
    ui.ring("sign", spot)
    ui.tip(sign["text"], spot, "sign")


def _draw_days(ui: Ui, room: pygame.Rect, plan: Data) -> int:
    """Draw a sun for each day: lit while it is free, faint once it is planned; return the width."""
    have, left = plan["days"], plan["days_left"]
    count, size = math.ceil(max(have, 1.0) - 0.05), ui.px(26 if ui.roomy else 20)
    told = f"{plan['days_left_told']:.1f}".removesuffix(".0")
    text = say("banner.days_of", left=told, days=words.days(round(have, 1)))
    wide = max(count * (size + ui.px(3)), ui.width(text, "small", True)) + 2
    start = room.right - wide
    ui.label(text, pygame.Rect(start, room.y, wide, room.height - size - ui.px(2)), "small", "soft_ink", True)
    for number in range(count):
        x, y = start + number * (size + ui.px(3)), room.bottom - size - ui.px(1)
        part = min(1.0, have - number)  # the last day may be a part of a day
        lit = min(part, max(0.0, left - number))
        ui.surface.blit(icon("sun_out", size), (x, y), pygame.Rect(0, 0, round(size * part), size))
        ui.surface.blit(icon("sun", size), (x, y), pygame.Rect(0, 0, round(size * lit), size))
    ui.tip(say("banner.days_tip"), pygame.Rect(start, room.y, wide, room.height))
    return wide
