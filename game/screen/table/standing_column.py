"""The column at the left of the board: season, numbers, goals as rings, dials as gauges, and what opens on demand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.playing.shown import Data
from game.screen.kit.loop_drawing import draw_mark
from game.screen.kit.ui import Ui
from game.screen.table.course import CoursePage
from game.screen.table.lenses import ALL
from game.screen.table.shapes import gauge, ring
from game.screen.table.table import Table
from game.telling.say import say

WIDE = 150  # of a block
DIAL_ICONS = {"depletion": "leaf", "conflict": "cloud", "toxification": "poison"}
Block = tuple[int, Callable[[pygame.Rect], None]]  # how high it is, and what draws it


def draw_standing(ui: Ui, rect: pygame.Rect, table: Table, loops: Callable[[], None]) -> None:
    """Draw how things stand; `loops` is what the button for the loops does."""
    shown = table.shown
    blocks: list[Block] = []
    level = shown["level"]
    blocks.append((ui.px(48), partial(_draw_season, ui, level)))
    for fact in shown["facts"]:
        blocks.append((ui.px(44), partial(_draw_fact, ui, table, fact)))
    for number, sign in enumerate(shown["signs"]):
        blocks.append((ui.px(62), partial(_draw_sign, ui, sign, number)))
    for number, goal in enumerate(shown["goals"]):
        blocks.append((ui.px(50), partial(_draw_goal, ui, goal, number)))
    blocks.append((ui.px(54), partial(_draw_dials, ui, shown["dials"])))
    blocks.append((ui.px(62), partial(_draw_foot, ui, table, loops)))
    _flow(ui, rect, blocks)


def _flow(ui: Ui, rect: pygame.Rect, blocks: list[Block]) -> None:
    """Draw blocks from above to below, the last one at the foot; beside each other where there is no room below."""
    wide = min(rect.width, ui.px(WIDE))
    needed = sum(high for high, _ in blocks)
    across = max(1, min(rect.width // wide, -(-needed // max(1, rect.height))))
    spare = max(0, rect.height - needed) if across == 1 else 0
    gap = min(ui.px(10), spare // max(1, len(blocks)))
    squeeze = min(1.0, rect.height / needed) if across == 1 else 1.0
    x, y = rect.x + (rect.width - across * wide) // (2 if across == 1 else 9999), rect.y
    for number, (full, draw) in enumerate(blocks):
        high = round(full * squeeze)
        if y + high > rect.bottom and across > 1:
            x, y = x + wide + ui.px(10), rect.y
        if number == len(blocks) - 1 and across == 1:
            y = rect.bottom - high
        draw(pygame.Rect(x, y, wide, high))
        y += high + gap


def _draw_season(ui: Ui, level: Data, spot: pygame.Rect) -> None:
    half = spot.height // 2
    count = say("banner.count", season=level["season"], seasons=level["seasons"])
    ui.label(count, pygame.Rect(spot.x, spot.y, spot.width, half + ui.px(2)), "strong", bold=True)
    name = pygame.Rect(spot.x, spot.y + half, spot.width, half - ui.px(2))
    ui.label(level["season_name"], name, "small", "soft_ink")


def _draw_fact(ui: Ui, table: Table, fact: Data, spot: pygame.Rect) -> None:
    """Draw one number; pointed at it tells why it is so, pressed it tells all."""
    name, what = f"number {fact['stock']}", (fact["stock"], fact["household"])
    pressed = ui.area(name, spot, not table.covered)
    if not table.covered and (ui.hovered(spot) or ui.has_focus(name)):
        pygame.draw.rect(ui.surface, ui.colours["selected"], spot.inflate(ui.px(6), -2), border_radius=ui.px(8))
        table.point("number", what, spot)
    if pressed:
        table.selected = ""
        table.pin("number", what, spot)
    side = ui.px(28)
    ui.icon(fact["icon"], (spot.x, spot.centery - side // 2), 28)
    left, half = spot.x + side + ui.px(7), spot.height // 2
    room = pygame.Rect(left, spot.y + ui.px(1), spot.right - left, half)
    ui.label(fact["title"], room, "small", "soft_ink")
    value = pygame.Rect(left, spot.y + half - ui.px(2), spot.right - left - ui.px(17), half)
    colour = "bad" if fact["short"] else "ink"
    ui.label(fact["value"], value, "strong", colour, True)
    way = {1: "up", 0: "", -1: "down"}[fact["way"]]
    wide = min(value.width, ui.width(fact["value"], "strong", True))
    if fact["short"]:
        ui.icon("caution", (value.x + wide + ui.px(4), value.centery - ui.px(7)), 14)
    elif way:
        ui.icon(way, (value.x + wide + ui.px(5), value.centery - ui.px(6)), 12)
    ui.ring(name, spot)


def _draw_sign(ui: Ui, sign: Data, number: int, spot: pygame.Rect) -> None:
    """What is coming or here already: a drought, a storm."""
    body = spot.inflate(0, -ui.px(5))
    ui.panel(body, "selected", "bad" if sign["here"] else "warn", 8)
    side = min(ui.px(26), body.height - ui.px(6))
    ui.icon(sign["icon"], (body.x + ui.px(4), body.centery - side // 2), side / ui.scale)
    left = body.x + side + ui.px(8)
    room = pygame.Rect(left, body.y + 1, body.right - ui.px(3) - left, body.height - 2)
    ui.label(sign["text"], room, "small", "bad" if sign["here"] else "warn", True)
    ui.area(f"sign {number}", body)
    ui.ring(f"sign {number}", body)
    ui.tip(f"{sign['text']}. {sign['plain']}".strip(), body, f"sign {number}")


def _draw_goal(ui: Ui, goal: Data, number: int, spot: pygame.Rect) -> None:
    """Draw a goal as a ring round its picture, and how long it has held or how near it is."""
    side = min(ui.px(42), spot.height - ui.px(4))
    done, late, state = goal["reached"], goal["late"], goal["state"]
    share = 1.0 if done else goal["streak"] / goal["needed"] if goal["needed"] > 1 else state["share"] if state else 0.0
    colour = ui.colours["bad" if late else "good"]
    fill = ui.colours["selected" if done else "panel"]
    picture = ring(side, round(100 * min(1.0, share)), colour, ui.colours["panel_edge"], fill)
    at = (spot.x, spot.centery - side // 2)
    ui.surface.blit(picture, at)
    inside = round(side * 0.52)
    mark = "cross" if late else goal["icon"] or "star"
    ui.icon(mark, (at[0] + (side - inside) // 2, at[1] + (side - inside) // 2), inside / ui.scale)
    if done:
        ui.icon("check", (at[0] + side - ui.px(15), at[1] + side - ui.px(15)), 16)
    left = spot.x + side + ui.px(7)
    half = spot.height // 2
    ui.label(goal["name"], pygame.Rect(left, spot.y + ui.px(3), spot.right - left, half - ui.px(3)), "small", bold=True)
    below = pygame.Rect(left, spot.y + half, spot.right - left, half - ui.px(3))
    ui.label(goal_numbers(goal), below, "small", "soft_ink")
    name = f"goal {number}"
    ui.area(name, spot)
    ui.ring(name, spot)
    ui.tip(goal["plain"] + (f" {say('side.too_late')}" if late else ""), spot, name)


def goal_numbers(goal: Data) -> str:
    """Return how a goal stands in numbers alone: what there is of what is needed, and for how many seasons."""
    streak, needed, state = min(goal["streak"], goal["needed"]), goal["needed"], goal["state"]
    counted = say("goal.of", now=streak, need=needed) if needed > 1 else ""
    measured = ""
    if state:  # where more is there than is needed, the check says so
        measured = state["now"] if state["share"] >= 1.0 else say("goal.of", now=state["now"], need=state["needed"])
    return measured if measured and needed == 1 else counted


def _draw_dials(ui: Ui, dials: list[Data], spot: pygame.Rect) -> None:
    """Draw the three dials as half rings with their pictures, green to red."""
    each = spot.width // max(1, len(dials))
    side = min(each - ui.px(6), ui.px(44))
    for number, dial in enumerate(dials):
        value = dial["value"]
        colour = ui.colours["bad" if value > 0.6 else "warn" if value > 0.3 else "good"]
        place = pygame.Rect(spot.x + number * each, spot.y, each - ui.px(4), spot.height)
        left, top = place.centerx - side // 2, place.y + ui.px(4)
        ui.surface.blit(gauge(side, round(100 * value), colour, ui.colours["panel_edge"]), (left, top))
        inside = round(side * 0.4)
        ui.icon(DIAL_ICONS[dial["name"]], (place.centerx - inside // 2, top + side // 2 - inside + ui.px(3)),
                inside / ui.scale)  # fmt: skip
        row = pygame.Rect(place.x, top + side // 2 + ui.px(4), place.width, place.bottom - top - side // 2 - ui.px(4))
        ui.label(f"{100 * value:.0f}", row, "small", bold=True, align="centre")
        way = {1: "up", 0: "", -1: "down"}[dial["way"]]
        if way:
            ui.icon(way, (row.centerx + ui.px(11), row.centery - ui.px(5)), 10)
        name = f"dial {dial['name']}"
        ui.area(name, place)
        ui.ring(name, place)
        ui.tip(f"{say('dial.' + dial['name'])}. {say('dial.' + dial['name'] + '_tip')}", place, name)


def _draw_foot(ui: Ui, table: Table, loops: Callable[[], None], spot: pygame.Rect) -> None:
    """Draw what opens on demand, always in the same place: the lenses, and below them the pages."""
    upper = spot.height * 3 // 7
    _draw_lenses(ui, table, loops, pygame.Rect(spot.x, spot.y, spot.width, upper))
    _draw_doors(ui, table, loops, pygame.Rect(spot.x, spot.y + upper, spot.width, spot.height - upper))


def _draw_lenses(ui: Ui, table: Table, loops: Callable[[], None], spot: pygame.Rect) -> None:
    """Draw a small button for each lens, with its number key."""
    gap, free = ui.px(2), not table.covered or (table.told and table.stack.top is table)
    wide = (spot.width - (len(ALL) - 1) * gap) // len(ALL)
    for number, name in enumerate(ALL):
        place = pygame.Rect(spot.x + number * (wide + gap), spot.y + ui.px(1), wide, spot.height - ui.px(3))
        looks = ("selected", "ink") if table.overlay == name else ("panel", "panel_edge")
        tip = say("key.lens_number", legend=say(f"lens.{name}_legend"), key=number + 1)
        if not ui.button(f"lens {name}", place, str(number + 1), free, *looks, size="small", tip=tip):
            continue
        if name == "loops":
            loops()
        elif name == "coming":
            table.stack.push(table.ahead)
        else:
            table.show_lens(name)


def _draw_doors(ui: Ui, table: Table, loops: Callable[[], None], spot: pygame.Rect) -> None:
    """Draw the buttons for the loops, what is on its way, and the chart."""
    gap = ui.px(6)
    wide = (spot.width - 2 * gap) // 3
    places = [pygame.Rect(spot.x + number * (wide + gap), spot.y, wide, spot.height - ui.px(2)) for number in range(3)]
    free = not table.covered
    if ui.button("lens", places[0], "", free, tip=say("key.lens")):
        loops()
    draw_mark(ui, places[0].center, ui.px(18), True, "")
    if ui.button("coming", places[1], "", free, picture="spring", tip=say("key.coming")):
        table.stack.push(table.ahead)
    if ui.button("course", places[2], "", free and len(table.shown["course"]["seasons"]) > 1, tip=say("key.course")):
        table.stack.push(CoursePage(table.shown))
    _draw_curve(ui, places[2].inflate(-ui.px(16), -ui.px(14)))


def _draw_curve(ui: Ui, rect: pygame.Rect) -> None:
    """Draw the sign of a chart: two axes and a curve."""
    ink = ui.colours["soft_ink"]
    pygame.draw.lines(ui.surface, ink, False, [rect.topleft, rect.bottomleft, rect.bottomright], ui.px(1.6))
    shares = (0.75, 0.35, 0.55, 0.1)
    points = [
        (rect.x + ui.px(3) + (rect.width - ui.px(4)) * place / 3, rect.y + share * rect.height)
        for place, share in enumerate(shares)
    ]
    pygame.draw.lines(ui.surface, ui.colours["with"], False, points, ui.px(2.2))
