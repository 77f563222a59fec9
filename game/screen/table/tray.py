"""The plan of the season as a row of chips, with undo, redo and the end of the season."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.playing.shown import Data
from game.screen.kit.ui import Ui
from game.screen.table.cards import card_named
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say


def draw_tray(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """Draw the plan; act on what is pressed in it."""
    ui.sheet(rect)
    pad = ui.px(10)
    inner = rect.inflate(-2 * pad, -2 * pad)
    narrow = inner.width < ui.px(420)
    if narrow:
        head = pygame.Rect(inner.x, inner.y, inner.width, ui.px(30))
        end = pygame.Rect(head.right - ui.px(112), head.y, ui.px(112), head.height)
        tools = pygame.Rect(end.left - ui.px(76), head.y, ui.px(70), ui.px(30))
        chips = pygame.Rect(inner.x, head.bottom + ui.px(6), inner.width, inner.bottom - head.bottom - ui.px(6))
    else:
        end = pygame.Rect(inner.right - ui.px(128), inner.y, ui.px(128), inner.height)
        tools = pygame.Rect(end.left - ui.px(42), inner.y, ui.px(34), inner.height)
        head = pygame.Rect(inner.x, inner.y - ui.px(3), tools.left - inner.x, ui.px(22))
        chips = pygame.Rect(
            inner.x, head.bottom + ui.px(4), tools.left - inner.x - pad, inner.bottom - head.bottom - ui.px(4)
        )
    if _draw_tools(ui, end, tools, narrow, table):
        return
    title = pygame.Rect(head.x, head.y, tools.left - head.x - pad, head.height)
    room = _draw_letters_button(ui, title, table)
    if room:
        ui.label(table.notice or say("tray.title"), room, "strong", "bad" if table.notice else "ink", True)
    steps = table.shown["plan"]["steps"]
    if steps:
        draw_chips(ui, chips, steps, table)
        return
    ui.label(say("tray.nothing_yet"), chips, "body", "soft_ink")


def _draw_letters_button(ui: Ui, title: pygame.Rect, table: Table) -> pygame.Rect | None:
    """Draw the way back to the letters, if there are any; return the room left for the title.

    Where there is no room for both, the title gives way, but for a notice.
    """
    asked = table.shown["asked"]
    if not asked["letters"]:
        return title
    wide, gap = ui.px(150), ui.px(10)
    tight = title.width < wide + gap + ui.px(90)
    if tight and table.notice:
        return title
    open_ = asked["open"]
    label = say("tray.letters_open", count=open_) if open_ else say("tray.letters_answered")
    if tight:
        label = say("tray.letters_count", count=open_) if open_ else say("tray.letters")
        wide = min(wide, title.width)
    spot = pygame.Rect(title.right - wide, title.y, wide, title.height)
    looks = ("with", "with", "panel") if open_ else ("panel", "panel_edge", "ink")
    if ui.button("letters", spot, label, not table.covered, *looks, size="small", tip=say("key.letters")):
        table.open_letters()
    return None if tight else pygame.Rect(title.x, title.y, title.width - wide - gap, title.height)


def _draw_tools(ui: Ui, end: pygame.Rect, tools: pygame.Rect, narrow: bool, table: Table) -> bool:
    """Draw undo, redo and the end of the season; return whether the season was ended."""
    busy = table.covered
    if narrow:
        wide = (tools.width - ui.px(4)) // 2
        spots = [pygame.Rect(tools.x + number * (wide + ui.px(4)), tools.y, wide, tools.height) for number in (0, 1)]
    else:
        high = (tools.height - ui.px(6)) // 2
        spots = [pygame.Rect(tools.x, tools.y + number * (high + ui.px(6)), tools.width, high) for number in (0, 1)]
    draw_undo(ui, spots, table)
    label = say("tray.end_season") if table.shown["turn"]["last"] else say("tray.hand_over")
    if ui.button("end season", end, label, not busy and table.settled, "with", "with", "panel", size="strong",
                 tip=say("key.end_season")):  # fmt: skip
        if table.still_choosing():
            return False
        table.end_season()
        return True
    return False


def draw_undo(ui: Ui, spots: list[pygame.Rect], table: Table) -> None:
    """Draw the buttons that take the last change of the plan back and do it again."""
    busy, plan = table.covered, table.shown["plan"]
    if ui.button("undo", spots[0], "", plan["can_undo"] and not busy, picture="undo", tip=say("key.undo")):
        table.undo()
    if ui.button("redo", spots[1], "", plan["can_redo"] and not busy, picture="redo", tip=say("key.redo")):
        table.redo()


def chip_spots(ui: Ui, space: pygame.Rect, count: int) -> list[pygame.Rect]:
    """Return where the chips of a plan lie: in one row while they are few, then in two or more."""
    gap = ui.px(6)
    least = ui.px(118)
    across = max(1, min(count, (space.width + gap) // (least + gap)))
    rows = -(-count // across)
    most_rows = max(1, (space.height + gap) // (ui.px(24) + gap))
    if rows > most_rows:
        rows = most_rows
        across = -(-count // rows)
    wide = min(ui.px(190), (space.width - gap * (across - 1)) // across)
    high = min(ui.px(48), (space.height - gap * (rows - 1)) // rows)
    return [
        pygame.Rect(space.x + (place % across) * (wide + gap), space.y + (place // across) * (high + gap), wide, high)
        for place in range(count)
    ]


def draw_chips(ui: Ui, space: pygame.Rect, steps: Sequence[Data], table: Table) -> None:
    """Draw the actions of the plan in some room; one is taken out by a press, and moved by dragging it."""
    spots = chip_spots(ui, space, len(steps))
    for place, (rect, step) in enumerate(zip(spots, steps, strict=True)):
        _draw_chip(ui, rect, place, step, table)
    if table.drag is None:
        return
    if table.drag >= len(steps):
        table.drag = None
    elif ui.by_keyboard:
        table.drag = None  # a key while the mouse holds an action lets go of it
    elif ui.input.released or not (ui.input.held or ui.input.pressed):
        mouse = ui.input.mouse
        to = min(range(len(spots)), key=lambda one: _distance(spots[one], mouse))
        if to == table.drag:
            table.drop(to)
        else:
            table.shown.decide({"do": "move", "place": table.drag, "to": to})
        table.drag = None


def _distance(rect: pygame.Rect, point: tuple[int, int]) -> int:
    return abs(rect.centerx - point[0]) + 2 * abs(rect.centery - point[1])


def _draw_chip(ui: Ui, rect: pygame.Rect, place: int, step: Data, table: Table) -> None:
    card = card_named(table.fresh_cards(), step["card"])
    assert card is not None
    mode = card["mode"]
    name = f"chip {place}"
    # Whoever chooses a target by keyboard must not stumble over the plan on the way.
    choosing = bool(table.selected) and ui.by_keyboard
    pressed = ui.area(name, rect, not (table.covered or choosing))
    bad = bool(step["obstacle"])
    lively = ui.hovered(rect) or ui.has_focus(name)
    ui.sheet(rect, "selected" if lively else f"{mode}_soft", "bad" if bad else mode, 8)
    picture = "caution" if bad or step["meanwhile"] else card["icon"]
    side = min(ui.px(24), rect.height - ui.px(6))
    if picture and rect.width > ui.px(60):
        ui.icon(picture, (rect.x + ui.px(5), rect.centery - side // 2), side / ui.scale)
    else:
        side = 0
    label = pygame.Rect(
        rect.x + side + ui.px(9), rect.y + ui.px(2), rect.width - side - ui.px(14), rect.height - ui.px(4)
    )
    ui.label(step["name"], label, "small", "bad" if bad else mode, True)
    ui.mark("button", rect, None, name)
    if lively and not table.covered:
        table.point("plan", step["option"], rect)
        if not table.selected:
            _chip_keys(ui, place, table)
    why = words.capital(step["obstacle"] or step["meanwhile"] or step["price"]).rstrip(".")
    if not ui.roomy:  # else it is told beside it
        ui.tip(say("tray.chip", why=why), rect, name)
    ui.ring(name, rect)
    if pressed and ui.by_keyboard:
        table.drop(place)
    elif pressed:
        table.drag = place


def _chip_keys(ui: Ui, place: int, table: Table) -> None:
    for key in list(ui.input.keys):
        if key.mod & pygame.KMOD_SHIFT and key.key in (pygame.K_LEFT, pygame.K_RIGHT):
            ui.input.keys.remove(key)
            to = place + (1 if key.key == pygame.K_RIGHT else -1)
            if table.shown.decide({"do": "move", "place": place, "to": to}).done:
                ui.focus = f"chip {to}"
        elif key.key in (pygame.K_DELETE, pygame.K_BACKSPACE):
            ui.input.keys.remove(key)
            table.drop(place)
