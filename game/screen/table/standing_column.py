"""The column at the left of the board: season, numbers, goals as rings, dials as bars, and what opens on demand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.playing.shown import Data
from game.screen.kit.lettering import fitted
from game.screen.kit.ui import Ui
from game.screen.kit.wording import MOST, words_shown
from game.screen.table.course import CoursePage
from game.screen.table.lenses import doors_of, legend_of, word_of
from game.screen.table.shapes import ring
from game.screen.table.table import Table
from game.telling.say import say

WIDE = 150  # of a block
PLANNED = 10  # words that a plan adds to the table
ACROSS = 2  # of what opens on demand
DOORS = {"loops": "lens", "coming": "coming", "course": "course"}  # how the buttons of pages are called
LENS_ICONS = {
    "trust": "hands",
    "grievance": "cloud",
    "living": "leaf",
    "other": "eye",
    "water": "drop",
    "use": "person",
    "loops": "redo",
    "coming": "spring",
}  # where there is no room for words
DIAL_ICONS = {"depletion": "leaf", "conflict": "cloud", "toxification": "poison"}
Block = tuple[int, Callable[[pygame.Rect], None]]  # how high it is, and what draws it


def draw_standing(ui: Ui, rect: pygame.Rect, table: Table, loops: Callable[[], None]) -> None:
    """Draw how things stand; `loops` is what the button for the loops does."""
    blocks: list[Block] = []
    blocks.append((ui.px(48), partial(_draw_season, ui, table.season_shown)))
    for fact in table.standing("facts"):
        blocks.append((ui.px(44), partial(_draw_fact, ui, table, fact)))
    for number, sign in enumerate(_signs(table)):
        blocks.append((ui.px(62), partial(_draw_sign, ui, table, sign, number)))
    for number, goal in enumerate(table.standing("goals")):
        blocks.append((ui.px(50), partial(_draw_goal, ui, table, goal, number)))
    if table.standing("dials"):
        blocks.append((ui.px(72), partial(_draw_dials, ui, table)))
    blocks.append((ui.px(96), partial(_draw_foot, ui, table, loops)))
    _flow(ui, rect, blocks)


def _signs(table: Table) -> list[Data]:
    """Return what is here already or coming, where a strip does not tell it."""
    found: list[Data] = table.standing("signs")
    return [] if table.told and not table.shown.together else found


def _flow(ui: Ui, rect: pygame.Rect, blocks: list[Block]) -> None:
    """Draw blocks from above to below, the last one at the foot; beside each other where there is no room below."""
    wide = min(rect.width, ui.px(WIDE))
    needed = sum(high for high, _ in blocks)
    across = max(1, min(rect.width // wide, -(-needed // max(1, rect.height))))
    spare = max(0, rect.height - needed) if across == 1 else 0
    gap = min(ui.px(10), spare // max(1, len(blocks)))
    foot = blocks[-1][0]  # its buttons keep their places, however much stands above them
    squeeze = min(1.0, (rect.height - foot) / max(1, needed - foot)) if across == 1 else 1.0
    x, y = rect.x + (rect.width - across * wide) // (2 if across == 1 else 9999), rect.y
    for number, (full, draw) in enumerate(blocks):
        high = full if number == len(blocks) - 1 else round(full * squeeze)
        if y + high > rect.bottom and across > 1:
            x, y = x + wide + ui.px(10), rect.y
        if number == len(blocks) - 1 and across == 1:
            y = rect.bottom - high
        draw(pygame.Rect(x, y, wide, high))
        y += high + gap


def _draw_season(ui: Ui, level: Data, spot: pygame.Rect) -> None:
    half = spot.height // 2
    count = say("banner.count_short", season=level["season"], seasons=level["seasons"])
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


def _draw_sign(ui: Ui, table: Table, sign: Data, number: int, spot: pygame.Rect) -> None:
    """What is coming or here already; pointed at, by what it is known; pressed, all that is on its way."""
    body = spot.inflate(0, -ui.px(5))
    ui.panel(body, "selected", "bad" if sign["here"] else "warn", 8)
    side = min(ui.px(26), body.height - ui.px(6))
    ui.icon(sign["icon"], (body.x + ui.px(4), body.centery - side // 2), side / ui.scale)
    left = body.x + side + ui.px(8)
    room = pygame.Rect(left, body.y + 1, body.right - ui.px(3) - left, body.height - 2)
    ui.label(sign["short"], room, "small", "bad" if sign["here"] else "warn", True)
    if ui.area(f"sign {number}", body, not table.covered):
        table.stack.push(table.ahead)
    ui.ring(f"sign {number}", body)
    ui.tip(f"{sign['text']} {sign['plain']}".strip(), body, f"sign {number}")


def _draw_goal(ui: Ui, table: Table, goal: Data, number: int, spot: pygame.Rect) -> None:
    """Draw a goal as a ring round its picture, and how long it has held or how near it is; pointed at, all of it."""
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
    if ui.area(name, spot, not table.covered):
        table.selected = ""
        table.pin("goal", number, spot)
    if not table.covered and (ui.hovered(spot) or ui.has_focus(name)):
        table.point("goal", number, spot)
    ui.ring(name, spot)


def goal_numbers(goal: Data) -> str:
    """Return how a goal stands in numbers alone: what there is of what is needed, and for how many seasons."""
    streak, needed, state = min(goal["streak"], goal["needed"]), goal["needed"], goal["state"]
    counted = say("goal.of", now=streak, need=needed) if needed > 1 else ""
    measured = ""
    if state:  # where more is there than is needed, the check says so
        now = say("goal.least", now=state["now"]) if state["least"] else state["now"]
        measured = now if state["share"] >= 1.0 else say("goal.of", now=now, need=state["needed"])
    return measured if measured and needed == 1 else counted


def _draw_dials(ui: Ui, table: Table, spot: pygame.Rect) -> None:
    """Draw the three dials below one another: picture, name, number, and a bar from green to red."""
    dials = table.standing("dials")
    high = spot.height // max(1, len(dials))
    for number, dial in enumerate(dials):
        value, name = dial["value"], f"dial {dial['name']}"
        place = pygame.Rect(spot.x, spot.y + number * high, spot.width, high)
        if ui.area(name, place, not table.covered):
            table.pin("dial", dial["name"], place)
        line = pygame.Rect(place.x + ui.px(18), place.y, place.width - ui.px(50), high - ui.px(7))
        figure = pygame.Rect(line.right, place.y, ui.px(20), line.height)
        ui.icon(DIAL_ICONS[dial["name"]], (place.x, line.centery - ui.px(7)), 14)
        ui.label(say(f"dial.{dial['name']}"), line, "small")
        ui.label(f"{100 * value:.0f}", figure, "small", bold=True, align="right")
        way = {1: "up", 0: "", -1: "down"}[dial["way"]]
        if way:
            ui.icon(way, (figure.right + ui.px(2), line.centery - ui.px(5)), 10)
        bar = pygame.Rect(place.x, line.bottom, figure.right - place.x, ui.px(5))
        ui.bar(bar, value, "bad" if value > 0.6 else "warn" if value > 0.3 else "good", "panel")
        ui.ring(name, place)
        told = [f"{say('dial.' + dial['name'])}.", say(f"dial.{dial['name']}_tip"), *dial["why"]]
        ui.tip(" ".join(told), place, name)


def _draw_foot(ui: Ui, table: Table, loops: Callable[[], None], spot: pygame.Rect) -> None:
    """Draw what opens on demand, each with a word: the lenses with their number keys, the pages, the chart."""
    gap, doors = ui.px(4), (*doors_of(table), "course")
    down = -(-len(doors) // ACROSS)
    wide, high = (spot.width - (ACROSS - 1) * gap) // ACROSS, (spot.height - (down - 1) * gap) // down
    worded = _room_for_words(ui, table, len(doors)) and table.report is None  # a season that is told has words enough
    for number, name in enumerate(doors):
        row, column = divmod(number, ACROSS)
        place = pygame.Rect(spot.x + column * (wide + gap), spot.y + row * (high + gap), wide, high)
        looks = ("selected", "ink") if table.overlay == name else ("panel", "panel_edge")
        free = table.open_to_view
        if name == "course":
            free = free and len(table.shown["course"]["seasons"]) > 1
            label, tip = say("lens.course_word"), say("key.course")
        else:
            word = word_of(table, name)
            label = _with_key(ui, word, number + 1, place) if worded else str(number + 1)
            tip = say("key.lens_number", legend=legend_of(table, name), key=number + 1)
        picture = "" if worded else LENS_ICONS.get(name, "")  # a number alone would say nothing
        if ui.button(
            DOORS.get(name, f"lens {name}"), place, label, free, *looks, picture=picture, size="small", tip=tip
        ):
            _open(table, name, loops)


def _room_for_words(ui: Ui, table: Table, count: int) -> bool:
    """Whether so many words more may stand on the table: found out once a season, while nothing else is open on it."""
    key = (table.shown["seasons_over"], ui.surface.get_size(), table.idling)
    whole = table.breath.stage == table.stage == "hand"  # in the frame that ends a strip its words stand there, too
    if table.wordy[0] != key and whole and not table.selected:
        table.wordy = (key, len(words_shown(ui)) + count + PLANNED <= MOST)
    return table.wordy[1]


def _with_key(ui: Ui, word: str, key: int, place: pygame.Rect) -> str:
    """Return the word of a lens with its number key before it, where there is room for both on a line."""
    label = say("lens.numbered", key=key, word=word)
    lines, _ = fitted(label, ui.points("small"), True, place.width - ui.px(12), place.height - ui.px(4))
    return label if lines == (label,) else word


def _open(table: Table, name: str, loops: Callable[[], None]) -> None:
    """Lay a lens over the board, or open a page."""
    if name == "loops":
        loops()
    elif name == "coming":
        table.stack.push(table.ahead)
    elif name == "course":
        table.stack.push(CoursePage(table.shown))
    else:
        table.show_lens(name)
