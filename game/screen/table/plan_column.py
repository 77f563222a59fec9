"""The column at the right of the board: days, the note that guides, letters, the plan, and the end of the season."""

from __future__ import annotations

import math

import pygame

from game.picture.sprites import icon
from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.pages.overlays import HelpPage, PausePage
from game.screen.table.strip import draw_beside
from game.screen.table.table import Table
from game.screen.table.tray import draw_chips, draw_undo
from game.telling import words
from game.telling.say import say

AT_ONCE = 22  # words of a note
LEAST_KEPT = 0.95  # days: less than that buys hardly anything
WIDE, END = 190, 58  # how wide the column is at most, how high the button is that ends the season


def end_spot(ui: Ui, rect: pygame.Rect) -> pygame.Rect:
    """Return where the button lies that ends the season: nothing else that goes on lies there, also later on."""
    wide = min(rect.width, ui.px(WIDE))
    return pygame.Rect(rect.centerx - wide // 2, rect.bottom - ui.px(END), wide, ui.px(END))


def draw_plan(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """Draw the column; act on what is pressed in it."""
    end = end_spot(ui, rect)
    if table.report is None and _draw_end(ui, end, table):
        return
    gap = ui.px(7)
    space = pygame.Rect(end.x, rect.y, end.width, end.top - gap - rect.y)
    tools = _draw_tools(ui, space, table)
    if table.report is not None:
        if table.told:
            top = tools.bottom + gap
            with Page(ui, "beside the strip", pygame.Rect(space.x, top, space.width, rect.bottom - top)) as page:
                draw_beside(ui, page, table)
        return
    undo = pygame.Rect(space.x, space.bottom - ui.px(30), space.width, ui.px(30))
    wide = (undo.width - gap) // 2
    draw_undo(ui, [pygame.Rect(undo.x + n * (wide + gap), undo.y, wide, undo.height) for n in (0, 1)], table)
    y = _draw_days(ui, pygame.Rect(space.x, space.y, tools.left - gap - space.x, ui.px(48)), table.shown["plan"]) + gap
    y = _draw_letters(ui, pygame.Rect(space.x, y, space.width, ui.px(34)), table)
    free = pygame.Rect(space.x, y, space.width, undo.top - gap - y)
    steps = table.shown["plan"]["steps"]
    taken = _draw_guide(ui, free, table, free.height - min(len(steps), 3) * ui.px(36))
    free = pygame.Rect(free.x, free.y + taken, free.width, free.height - taken)
    taken = _draw_finish(ui, free, table) or _draw_idling(ui, free, table)
    free = pygame.Rect(free.x, free.y + taken, free.width, free.height - taken)
    notice, colour = table.notice or _needless(steps), "bad" if table.notice else "warn"
    if notice:
        high = min(ui.height(notice, "small", free.width, True), free.height)
        ui.label(notice, pygame.Rect(free.x, free.bottom - high, free.width, high), "small", colour, True)
        free.height -= high + gap
    if steps:
        draw_chips(ui, free, steps, table)


def _needless(steps: list[Data]) -> str:
    """Return which planned action is not needed, the first of them; its own words say why."""
    found = next((one for one in steps if one["meanwhile"]), None)
    return say("meanwhile.planned", action=found["name"]) if found else ""


def _draw_end(ui: Ui, spot: pygame.Rect, table: Table) -> bool:
    label = say("tray.end_season") if table.shown["turn"]["last"] else say("tray.hand_over")
    asked = bool(table.shown["plan"]["steps"]) and not table.covered  # what the plan may bring
    if asked and (ui.hovered(spot) or ui.has_focus("end season")):
        table.point("end", None, spot)
    ready = not table.covered and table.settled
    pressed = ui.button("end season", spot, label, ready, "with", "with", "panel", size="strong")
    kept = pygame.Rect(spot.x, spot.bottom - ui.px(20), spot.width, ui.px(16))
    if asked or ui.hovered(spot) or ui.has_focus("end season"):
        ui.label(_kept_days(table), kept, "small", "panel", align="centre")
    if pressed:
        if table.still_choosing():
            return False
        table.end_season()
        return True
    return False


def _kept_days(table: Table) -> str:
    """Return what stands below the name of the button: how many days would be kept for rest, if any.

    It is told once something is planned, or the button is pointed at.
    """
    plan = table.shown["plan"]
    left = plan["days_left"]
    if plan["days"] is None or table.covered or left < LEAST_KEPT:
        return ""
    return say("tray.kept", days=words.days(round(left, 1)))


def _draw_tools(ui: Ui, space: pygame.Rect, table: Table) -> pygame.Rect:
    """Draw the buttons for help and pause at the upper right; return where."""
    side = ui.px(22)
    spot = pygame.Rect(space.right - side, space.y, side, side)
    below = spot.move(0, side + ui.px(4))
    free = table.open_to_view
    if ui.button("help", spot, "", free, picture="help", tip=say("key.help")):
        table.stack.push(HelpPage())
    if ui.button("pause", below, "", free, picture="pause", tip=say("key.pause")):
        table.stack.push(PausePage())
    return spot.union(below)


def _draw_days(ui: Ui, room: pygame.Rect, plan: Data) -> int:
    """Draw a sun for each day: lit while it is free, faint once it is planned; return the lower end."""
    have, left = plan["days"], plan["days_left"]
    if have is None:
        return room.bottom
    count = math.ceil(max(have, 1.0) - 0.05)
    size = max(8, min(ui.px(24), room.width // count - 1))
    told = f"{plan['days_left_told']:.1f}".removesuffix(".0")
    text = say("banner.days_of", left=told, days=words.days(round(have, 1)))
    ui.label(text, pygame.Rect(room.x, room.y, room.width, room.height - size - ui.px(2)), "small", "soft_ink", True)
    for number in range(count):
        x, y = room.x + number * (size + 1), room.bottom - size - ui.px(1)
        part = min(1.0, have - number)  # the last day may be a part of a day
        lit = min(part, max(0.0, left - number))
        ui.surface.blit(icon("sun_out", size), (x, y), pygame.Rect(0, 0, round(size * part), size))
        ui.surface.blit(icon("sun", size), (x, y), pygame.Rect(0, 0, round(size * lit), size))
    ui.tip(say("banner.days_tip"), room)
    return room.bottom


def _draw_letters(ui: Ui, spot: pygame.Rect, table: Table) -> int:
    """Draw the way to the letters, if there are any; return where the rest begins."""
    asked = table.shown["asked"]
    if not asked["letters"]:
        return spot.y
    count = asked["open"]
    label = say("tray.letters_open", count=count) if count else say("tray.letters_answered")
    looks = ("with", "with", "panel") if count else ("panel", "panel_edge", "ink")
    tip = asked["note"] if count else say("key.letters")
    if ui.button("letters", spot, label, not table.covered, *looks, picture="scroll", size="small", tip=tip):
        table.open_letters()
    return spot.bottom + ui.px(7)


def _draw_finish(ui: Ui, free: pygame.Rect, table: Table) -> int:
    """Draw the offer to end the game here with its win, where there is one; return how much room it took."""
    finish = table.shown["finish"]
    if not finish["possible"] or table.covered:
        return 0
    spot = pygame.Rect(free.x, free.y, free.width, ui.px(34))
    looks = ("good", "good", "panel")
    if ui.button(
        "finish", spot, say("finish.button"), table.settled, *looks, picture="star", size="small", tip=finish["text"]
    ):
        table.finish()
    return spot.height + ui.px(7)


def _draw_idling(ui: Ui, free: pygame.Rect, table: Table) -> int:
    """Draw what comes if nobody acts: before the first decision of a game, and where nothing is left but to keep it.

    Pressed it opens all that is on its way.
    """
    table.idling = ""
    asked = not table.shown["seasons_over"] or table.shown.dealt()["all_stand"]
    if not asked or table.shown["plan"]["steps"] or table.covered or table.shown.together:
        return 0
    found = table.shown.stopped().result
    text = found["short"] if found else ""
    left, high = ui.px(24), ui.height(text, "small", free.width - ui.px(24))
    if not text or high > free.height:
        return 0
    table.idling, box = text, pygame.Rect(free.x, free.y, free.width, high)
    if ui.area("idling", box):
        table.stack.push(table.ahead)
    ui.icon("eye", (box.x, box.y), 18)
    ui.text(text, (box.x + left, box.y), "small", "ink", False, box.width - left, box)
    ui.ring("idling", box)
    return high + ui.px(7)


def _at_once(sentences: list[str]) -> list[str]:
    """Return the first of some sentences that are shown together: few words, and one sentence at least."""
    count = 1
    while count < len(sentences) and len(" ".join(sentences[: count + 1]).split()) <= AT_ONCE:
        count += 1
    return sentences[:count]


def _draw_guide(ui: Ui, free: pygame.Rect, table: Table, most: int) -> int:
    """Draw the present sentence of the note that guides at the head of some room; return how much it took."""
    sentences = table.note_sentences()
    if not sentences or table.covered:
        return 0
    place = table.note_place % len(sentences)
    shown = _at_once(sentences[place:])
    text, pad = " ".join(shown), ui.px(8)
    more = len(shown) < len(sentences)
    width = free.width - 2 * pad
    foot = ui.px(16) if more else 0
    high = ui.height(text, "small", width) + 2 * pad + foot
    if high > most:
        return 0
    box = pygame.Rect(free.x, free.y, free.width, high)
    pressed = ui.area("note", box)
    ui.sheet(box, "selected", "warn", 8)
    ui.text(text, (box.x + pad, box.y + pad), "small", "ink", False, width, box)
    for number in range(len(sentences) if more else 0):
        at = (box.centerx + ui.px(10) * (2 * number - len(sentences) + 1) // 2, box.bottom - ui.px(10))
        colour = ui.colours["warn" if place <= number < place + len(shown) else "panel_edge"]
        pygame.draw.circle(ui.surface, colour, at, ui.px(3.4))
    ui.ring("note", box)
    ui.tip(say("note.more") if more else "", box, "note")
    if pressed:
        table.note_place = place + len(shown)
    return high + ui.px(7)
