"""The strip after a season: a headline, at most three numbers, one cause, and who fares how; one press opens all."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.playing.shown import Data
from game.screen.kit.faring import PICTURES
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.pages.bargains import draw_mark, marked
from game.screen.table.badges import draw_letter
from game.screen.table.season_changes import draw_ruling
from game.screen.table.table import SPEEDS, Table
from game.telling import words
from game.telling.say import say

MOST = 3  # numbers
AHEAD = 1  # things that are on their way
AT_ONCE = 12  # words of a hint: the rest is told to whoever points at it, and in the report
NUMBER, FARES, DOOR = 142, 384, 150  # how wide a number, who fares how, and the buttons at both ends are
SIDE, EDGE, GO = 13, 8, 56  # how far from the sides and from both edges they lie, how high those are that go on
SMALL = 700  # a narrower strip has its parts below one another


def draw_strip(ui: Ui, rect: pygame.Rect, table: Table, read: Callable[[], None]) -> None:
    """Draw the strip of the season that has been told; `read` opens the whole report."""
    ui.sheet(rect)
    if not table.told:
        _draw_telling(ui, rect, table, read)
        return
    with Page(ui, "strip", rect.inflate(-ui.px(24), -ui.px(12))) as page:
        if page.width < ui.px(SMALL):
            _draw_narrow(ui, page, table, read)
        else:
            _draw_flat(ui, page, table, rect, read)


def told_numbers(report: Data) -> list[Data]:
    """Return the few numbers that the strip shows: those that moved, in their order, else the first."""
    moved = [one for one in report["changes"] if one["way"] != "level"]
    return (moved or report["changes"])[:MOST]


def told_cause(report: Data) -> str:
    """Return one cause in a line: of the first number that moved and has one."""
    found = next((one for one in told_numbers(report) if one["why"]), None)
    return say("strip.cause", number=found["name"], why=found["why"]) if found else ""


def told_differences(found: list[Data]) -> list[str]:
    """Return the two differences that are told in short, and whether there are more: a gain hides no loss."""
    gains, losses = ([one for one in found if one["better"] is way] for way in (True, False))
    told = [gains[0], losses[0]] if gains and losses else found[:2]
    return [one["short"] for one in told] + ["…"] * (len(told) < len(found))


def _draw_telling(ui: Ui, rect: pygame.Rect, table: Table, read: Callable[[], None]) -> None:
    """Draw, while a season is told, which scenes have been told so far, and the door where it will be afterwards."""
    seen, ui.blocked = ui.blocked, False
    _draw_door(ui, _door(ui, rect), table, read)
    ui.blocked = seen
    edge = ui.px(EDGE)
    pace = pygame.Rect(rect.x + ui.px(SIDE), rect.y + edge, ui.px(DOOR), rect.height - 2 * edge)
    scenes = table.shown["scenes"]["scenes"]
    pad, side, count = ui.px(14), ui.px(30), max(1, len(scenes))
    wide = (_door(ui, rect).x - pace.right - pad) // count
    for number, one in enumerate(scenes[: table.scene_now[0] + 1]):
        spot = pygame.Rect(pace.right + pad + number * wide, rect.y + pad, wide - pad, rect.height - 2 * pad)
        now = number == table.scene_now[0]
        ui.icon(one["icon"] or "season", (spot.x, spot.centery - side // 2), 30)
        text = pygame.Rect(spot.x + side + pad // 2, spot.y, spot.width - side - pad // 2, spot.height)
        what = one["title"] if one["outcome"] == "done" else say(f"board.{one['outcome']}", action=one["title"])
        told = say("strip.scene", who=one["who"], what=what) if one["who"] else what
        ui.label(told, text, "body", "ink" if now else "soft_ink", now)
    draw_pace(ui, pace, table)


def _door(ui: Ui, rect: pygame.Rect) -> pygame.Rect:
    """Return where the button lies that opens the report: the same place while a season is told and after it."""
    return pygame.Rect(rect.right - ui.px(SIDE + DOOR), rect.y + ui.px(EDGE), ui.px(DOOR), ui.px(40))


def next_spot(ui: Ui, rect: pygame.Rect) -> pygame.Rect:
    """Return where in a strip the next season opens: at its right end, where its telling was skipped at the left."""
    return pygame.Rect(rect.right - ui.px(SIDE + DOOR), rect.bottom - ui.px(EDGE + GO), ui.px(DOOR), ui.px(GO))


def _draw_flat(ui: Ui, page: Page, table: Table, rect: pygame.Rect, read: Callable[[], None]) -> None:
    report = table.report
    assert report is not None
    numbers, top, gap = told_numbers(report), page.y, ui.px(12)
    door = _door(ui, rect)
    _draw_door(ui, door, table, read)
    _draw_paid(ui, pygame.Rect(door.x, door.bottom + ui.px(4), door.width, ui.px(25)), table)
    high = rect.height - ui.px(16)
    fares = pygame.Rect(door.x - gap - ui.px(FARES), rect.y + ui.px(8), ui.px(FARES), high)
    _draw_faring(ui, fares, table, read)
    wide = ui.px(NUMBER)
    tall = min(high, ui.px(62))
    x = fares.x - gap - len(numbers) * wide
    for number, change in enumerate(numbers):
        spot = pygame.Rect(x + number * wide, rect.centery - tall // 2, wide - ui.px(8), tall)
        _draw_number(ui, spot, table, change, number, read)
    _draw_said(ui, pygame.Rect(page.x, top, x - 2 * gap - page.x, rect.bottom - ui.px(6) - top), table)


def _draw_said(ui: Ui, space: pygame.Rect, table: Table) -> None:
    """Draw the headline and one cause, as large as there is room for; why the neighbours acted is a press away."""
    report, headline = table.report, table.shown["scenes"]["headline"]
    assert report is not None
    told, cause, gap = (("head", "strong"), ("head", "body"), ("strong", "small")), told_cause(report), ui.px(6)

    def needed(head: str, text: str) -> int:
        found = ui.height(headline, head, space.width, True)
        return found + (gap + ui.height(cause, text, space.width) if cause else 0)

    head, text = next((one for one in told if needed(*one) <= space.height), told[-1])
    y = space.y + max(0, (space.height - needed(head, text)) // 2)
    y += ui.text(headline, (space.x, y), head, bold=True, width=space.width) + gap
    if cause and y + ui.height(cause, text, space.width) <= space.bottom:
        ui.text(cause, (space.x, y), text, "soft_ink", width=space.width)


def _draw_narrow(ui: Ui, page: Page, table: Table, read: Callable[[], None]) -> None:
    report, gap = table.report, ui.px(8)
    assert report is not None
    headline = table.shown["scenes"]["headline"]
    page.y += ui.text(headline, (page.x, page.y), "strong", bold=True, width=page.width) + gap
    for number, change in enumerate(told_numbers(report)):
        _draw_number(ui, pygame.Rect(page.x, page.y, page.width, ui.px(42)), table, change, number, read)
        page.y += ui.px(42) + gap // 2
    cause = told_cause(report)
    if cause:
        page.y += ui.text(cause, (page.x, page.y), "small", "soft_ink", width=page.width) + gap
    _draw_faring(ui, pygame.Rect(page.x, page.y, page.width, ui.px(110)), table, read)
    page.y += ui.px(110) + gap
    _draw_door(ui, pygame.Rect(page.x, page.y, page.width, ui.px(36)), table, read, table.settled)
    page.y += ui.px(36) + gap
    if _draw_paid(ui, pygame.Rect(page.x, page.y, page.width, ui.px(36)), table):
        page.y += ui.px(36) + gap
    draw_beside(ui, page, table)


def _draw_door(ui: Ui, spot: pygame.Rect, table: Table, read: Callable[[], None], ready: bool = True) -> None:
    free = table.stack.top is table and ready
    if ui.button("look closer", spot, say("strip.closer"), free, picture="eye", size="small", tip=say("key.closer")):
        read()


def _draw_paid(ui: Ui, spot: pygame.Rect, table: Table) -> bool:
    """Draw, where others paid for what the player has agreed, a mark that opens who; return whether there is one."""
    found = marked(table.shown)
    if found is not None:
        draw_mark(ui, spot, table.shown, table.stack, say("bargains.short"), found)
    return found is not None


def draw_next(ui: Ui, spot: pygame.Rect, table: Table) -> None:
    """Draw the button that opens the next season, and go on when it is pressed or a key says so."""
    label = say("report.ended" if table.shown["outcome"]["over"] else "report.next")
    free = table.stack.top is table
    if free and not ui.focus:
        ui.focus = "read"
    pressed = ui.button("read", spot, label, free and table.settled, "with", "with", "panel", size="strong")
    asked = pressed or ui.pressed_key(pygame.K_RETURN, pygame.K_SPACE, pygame.K_e)
    if free and asked and table.settled:
        table.close_report()


def draw_beside(ui: Ui, page: Page, table: Table) -> None:
    """Draw what else a season brought: an offer to end with a win, what is new in the codex, a hint or two voices."""
    report, finish = table.report, table.shown["finish"]
    assert report is not None
    if finish["possible"]:
        spot, free = pygame.Rect(page.x, page.y, page.width, ui.px(42)), table.stack.top is table
        looks = ("good", "good", "panel")
        label = say("finish.button")
        ready = free and table.settled
        if ui.button("finish", spot, label, ready, *looks, picture="star", size="small", tip=finish["text"]):
            table.finish()
            return
        page.y += spot.height + ui.px(8)
    page.y += draw_ruling(ui, pygame.Rect(page.x, page.y, page.width, 0), table.shown.ruling(), "short")
    if len(report["players"]) == 1 and not table.shown["outcome"]["over"]:
        _draw_ahead(ui, page, table)
    hint = say("report.hint", hint=report["hint"]) if report["hint"] else ""
    for picture, text, colour in (("book", table.news, "good"), ("help", hint, "with")):
        if text:
            _draw_hint(ui, page, table, text, picture, colour)
    for one in [] if hint else _apart(table.shown["voices"]):
        _draw_who_speaks(ui, page, table, one)


def _draw_hint(ui: Ui, page: Page, table: Table, text: str, picture: str, colour: str) -> None:
    """Draw the beginning of a longer text; pressed it stands there whole."""
    begun = text if text in table.opened else words.beginning(text, AT_ONCE)
    left, top, name = ui.px(24), page.y, f"more {picture}"
    ui.icon(picture, (page.x, page.y), 18)
    page.y += ui.text(begun, (page.x + left, page.y), "small", colour, width=page.width - left)
    if begun != text:
        spot = pygame.Rect(page.x, top, page.width, page.y - top)
        if ui.area(name, spot):
            table.opened.add(text)
        ui.tip(say("note.more"), spot, name)
        ui.ring(name, spot)
    page.y += ui.px(8)


def _draw_ahead(ui: Ui, page: Page, table: Table) -> None:
    """Draw in a line each what is on its way, or that nothing is."""
    left = ui.px(34)
    rows = table.shown["coming"]["rows"][:AHEAD]
    for text in [one["short"] for one in rows] or [say("strip.nothing_ahead")]:
        ui.icon("spring", (page.x + ui.px(5), page.y), 18)
        page.y += ui.text(text, (page.x + left, page.y), "small", width=page.width - left) + ui.px(7)


def _apart(voices: list[Data]) -> list[Data]:
    """Return one voice that likes the season and one that warns: all of them speak in the report."""
    return [next(one for one in voices if one["good"] is good) for good in (True, False)] if voices else []


def _draw_who_speaks(ui: Ui, page: Page, table: Table, one: Data) -> None:
    """Draw which of them has something to say, and whether it likes the season; pressed it says it."""
    name = f"voice {one['who']}"
    if name in table.opened:
        draw_voice(ui, page, one, one["name"])
        return
    spot = pygame.Rect(page.x, page.y, page.width, ui.px(24))
    ui.icon(one["icon"], (spot.x, spot.y + ui.px(2)), 20)
    mark = ui.px(16)
    ui.icon("check" if one["good"] else "caution", (spot.x + ui.px(26), spot.centery - mark // 2), 16)
    said = pygame.Rect(spot.x + ui.px(48), spot.y, spot.width - ui.px(48), spot.height)
    ui.label(one["name"], said, "small", "good" if one["good"] else "bad", True)
    if ui.area(name, spot):
        table.opened.add(name)
    ui.tip(f"{one['asks']} {one['text']}", spot, name)
    ui.ring(name, spot)
    page.y += spot.height + ui.px(5)


def draw_voice(ui: Ui, page: Page, one: Data, head: str) -> None:
    """Draw what one of those says who look at the season from the side, below how it is called."""
    left, top = ui.px(28), page.y
    ui.icon(one["icon"], (page.x, page.y + ui.px(2)), 20)
    page.y += ui.text(head, (page.x + left, page.y), "small", "good" if one["good"] else "bad", True, page.width - left)
    page.y += ui.text(one["text"], (page.x + left, page.y), "small", width=page.width - left)
    page.y = max(page.y, top + ui.px(26)) + ui.px(7)


def draw_pace(ui: Ui, spot: pygame.Rect, table: Table) -> None:
    """Draw in some room, while a season is told, how fast it goes, and below that the button that skips it."""
    seen, ui.blocked = ui.blocked, False
    gap = ui.px(5)
    wide, high = (spot.width - 2 * gap) // 3, ui.px(28)
    tall = min(ui.px(GO), spot.height - high - gap)
    end = pygame.Rect(spot.x, spot.bottom - tall, spot.width, tall)
    for number, speed in enumerate(SPEEDS):
        place = pygame.Rect(spot.x + number * (wide + gap), end.y - gap - high, wide, high)
        looks = ("with_soft", "with") if table.speed == speed else ("panel", "panel_edge")
        if ui.button(f"speed {speed}", place, f"{speed} ×", True, *looks, size="small", tip=say("strip.speed")):
            table.tell_at(speed)
    keys = (pygame.K_SPACE, pygame.K_RETURN, pygame.K_ESCAPE)
    asked = ui.pressed_key(*keys)  # heard in any case: one that comes too early is meant for nothing else either
    if ui.button("skip", end, say("strip.skip"), table.settled, size="strong") or (asked and table.settled):
        table.skip()
    ui.blocked = seen


def _draw_number(ui: Ui, spot: pygame.Rect, table: Table, change: Data, number: int, read: Callable[[], None]) -> None:
    """Draw how a number changed; pressed it tells why, of one that got worse on a page of its own."""
    ui.panel(spot, "paper", "panel_edge", 8)
    side = min(ui.px(28), spot.height - ui.px(8))
    ui.icon(change["icon"], (spot.x + ui.px(6), spot.centery - side // 2), side / ui.scale)
    left = spot.x + side + ui.px(12)
    room = pygame.Rect(left, spot.y + ui.px(2), spot.right - ui.px(20) - left, spot.height // 2 - ui.px(2))
    ui.label(change["name"], room, "small", "soft_ink")
    told = change["bare" if ui.is_cut(change["text"], room.size, bold=True) else "text"]
    ui.label(told, room.move(0, spot.height // 2 - ui.px(2)), "body", bold=True)
    ui.icon(change["way"], (spot.right - ui.px(18), spot.centery - ui.px(7)), 13)
    if table.stack.top is not table or not table.settled:
        return
    name = f"shift {number}"
    if ui.area(name, spot):
        if change["question"] is None:
            read()
        else:
            table.ask_why(change["question"])
            ui.focus_next = "close causes"
    if ui.hovered(spot):
        pygame.draw.rect(ui.surface, ui.colours["with"], spot, ui.px(2), border_radius=ui.px(8))
    ui.tip(say("key.closer" if change["question"] is None else "report.ask"), spot, name)
    ui.ring(name, spot)


def _draw_faring(ui: Ui, spot: pygame.Rect, table: Table, read: Callable[[], None]) -> None:
    """Draw for each household and the land an arrow: better or worse off through the player so far."""
    found = table.shown.farings()[0]
    high = ui.height("0", "small", 999, True)
    title = found["title"] if len(table.shown.farings()) > 1 else say("strip.through_you")
    head = pygame.Rect(spot.x, spot.y, spot.width, high)
    ui.label(title, head, "small", "soft_ink", True)
    ui.tip(found["note"], head)
    row = pygame.Rect(spot.x, spot.y + high + ui.px(2), ui.px(40), max(ui.px(20), spot.height - high - ui.px(4)))
    if found["trouble"] or not found["ready"]:
        room = pygame.Rect(spot.x, row.y, spot.width, row.height)
        ui.label(found["trouble"] or "…", room, "small", "soft_ink")
        return
    people = {one["id"]: one for one in table.shown["households"]}
    rows = found["households"]
    across = 1 if len(rows) <= 3 else 2
    down = -(-len(rows) // across)
    wide, tall = spot.width // across, min(ui.px(34), (spot.bottom - row.y) // max(1, down))
    for number, one in enumerate(rows):
        place = pygame.Rect(spot.x + (number % across) * wide, row.y + (number // across) * tall, wide - 4, tall - 2)
        ready = table.settled and table.stack.top is table
        if _draw_fares(ui, place, one, people, f"fares {number}", ready):
            read()


def _draw_fares(ui: Ui, place: pygame.Rect, one: Data, people: dict[str, Data], name: str, ready: bool) -> bool:
    """Draw one of them: who, an arrow, and in what; pointed at, the whole sentence.  Return whether it was pressed."""
    side = min(ui.px(20), place.height)
    disc = pygame.Rect(place.x, place.centery - side // 2, side, side)
    if one["household"] is None:
        ui.icon("leaf", disc.topleft, side / ui.scale)
    else:
        draw_letter(ui, disc, people[one["household"]])
    arrow = min(ui.px(15), place.height)
    ui.icon(PICTURES[one["way"]], (disc.right + ui.px(2), place.centery - arrow // 2), arrow / ui.scale)
    left = disc.right + arrow + ui.px(5)
    told = ", ".join(told_differences(one["differences"]))
    if told and place.right - left > ui.px(30):
        ui.label(told, pygame.Rect(left, place.y, place.right - left, place.height), "small")
    pressed = ui.area(name, place, ready)
    ui.tip(words.capital(one["line"]), place, name)
    ui.ring(name, place)
    return pressed
