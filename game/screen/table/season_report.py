"""The report of a season, to be read at leisure: a card for each own action, bubbles for what the others did."""

from __future__ import annotations

import pygame

from game.playing.shown import Data
from game.screen.kit.faring import draw_faring
from game.screen.kit.page import Page
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.pages.coming import draw_link
from game.screen.table.badges import draw_letter
from game.screen.table.season_changes import draw_changes, draw_ruling
from game.screen.table.strip import draw_voice
from game.screen.table.table import Table
from game.screen.table.touched_tiles import Tiles, draw_glow
from game.telling import words
from game.telling.say import say

OUTCOME_ICONS = {"done": "check", "blocked": "lock", "declined": "cross"}
AHEAD = 4  # sentences of what is on its way
WHERE = 42  # how large the mark of a card is that shows on the land where its action made a difference
LOW = 400  # a sheet of less height scrolls as a whole
NOTE_ICONS = {"event": "season", "find": "star", "bound": "hands"}


def draw_report(ui: Ui, table: Table, report: Data) -> None:
    """Draw the report above the table, always as large; close it when its button is pressed."""
    ui.cover()
    bounds = ui.surface.get_rect()
    rect = pygame.Rect(0, 0, min(ui.px(1120), bounds.width - ui.px(24)), bounds.height - ui.px(28))
    rect.center = bounds.center
    ui.sheet(rect)
    _draw_sheet(ui, rect, table, report)


def _draw_sheet(ui: Ui, rect: pygame.Rect, table: Table, report: Data) -> None:
    pad = ui.px(20)
    inner = rect.inflate(-2 * pad, -2 * ui.px(14))
    ui.icon("season", (inner.x, inner.y), 34)
    title = pygame.Rect(inner.x + ui.px(44), inner.y, inner.width - ui.px(44), ui.px(34))
    number, name = report["season"], report["season_name"]
    told = say("report.title", number=number, season=name) if name else say("report.title_alone", number=number)
    ui.label(told, title, "head", bold=True)
    top, low = inner.y + ui.px(42), inner.height < ui.px(LOW)
    if not low:
        top += _draw_head(ui, pygame.Rect(inner.x, top, inner.width, 0), table, report) + ui.px(6)
    _draw_body(ui, pygame.Rect(inner.x, top, inner.width, inner.bottom - top - ui.px(52)), table, report, low)
    # Not where *Look closer* lay: a double press on it would shut what it opens.
    button = pygame.Rect(inner.right - ui.px(264), inner.bottom - ui.px(42), ui.px(220), ui.px(42))
    if not ui.focus and not ui.blocked:
        ui.focus = "read"
    finish, label = table.shown["finish"], say("report.ended" if table.shown["outcome"]["over"] else "report.next")
    ready = table.settled or ui.blocked
    pressed = ui.button("read", button, label, ready, "with", "with", "panel", size="strong")
    if (ui.pressed_key(pygame.K_RETURN, pygame.K_SPACE, pygame.K_e) or pressed) and ready:
        table.close_report()
        return
    back = pygame.Rect(button.x - ui.px(148), button.y, ui.px(136), button.height)
    if ui.button("close report", back, say("page.back"), size="strong", tip=say("key.escape")):
        table.put_report_away()
    elif finish["possible"]:
        early = pygame.Rect(inner.x, button.y, min(ui.px(240), back.x - inner.x - ui.px(12)), button.height)
        if ui.button(
            "finish", early, say("finish.button"), ready, "good", "good", "panel", picture="star", tip=finish["text"]
        ):
            table.finish()


def _draw_head(ui: Ui, rect: pygame.Rect, table: Table, report: Data) -> int:
    """Draw what changed and which loop rules; return its height."""
    high = draw_changes(ui, rect, table, report)
    return high + draw_ruling(ui, rect.move(0, high + ui.px(6)), table.shown.ruling())


def _draw_body(ui: Ui, body: pygame.Rect, table: Table, report: Data, low: bool) -> None:
    """Draw what scrolls; in a `low` sheet all of it does, or the head would leave no room for the rest."""
    gap = ui.px(16)
    if body.width < ui.px(700):
        with Page(ui, "report", body, keys=True) as page:
            page.y += _draw_head(ui, pygame.Rect(page.x, page.y, page.width, 0), table, report) + gap if low else 0
            _draw_others(ui, page, table, report)
            page.y += ui.px(8)
            glowing = _draw_own(ui, page, table, report)
        if glowing is not None:
            draw_glow(ui, table, *glowing, body)
        return
    with Page(ui, "report", body, keys=True) as page:
        page.y += _draw_head(ui, pygame.Rect(page.x, page.y, page.width, 0), table, report) + gap if low else 0
        top, x, width = page.y, page.x, page.width
        half = round((width - gap) * 0.5)
        page.width = half
        _draw_others(ui, page, table, report)
        lowest = page.y
        page.x, page.y, page.width = x + half + gap, top, width - half - gap
        glowing = _draw_own(ui, page, table, report)
        page.x, page.y, page.width = x, max(lowest, page.y), width
    if glowing is not None:
        draw_glow(ui, table, *glowing, body)


Glowing = tuple[Tiles, pygame.Rect]  # tiles, and the card that speaks of them


def _draw_own(ui: Ui, page: Page, table: Table, report: Data) -> Glowing | None:
    """Draw a card for each action of one's own; return what the one that is pointed at changed on the land."""
    glowing: Glowing | None = None
    finish = table.shown["finish"]
    if finish["new"]:
        _draw_note(ui, page, "star", finish["text"], "good")
    page.y += ui.text(say("report.yours"), (page.x, page.y), "strong", bold=True, width=page.width)
    page.y += ui.text(say("report.how"), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(6)
    for player in report["players"]:
        if len(report["players"]) > 1:
            page.y += ui.text(player["name"], (page.x, page.y), "body", bold=True, width=page.width) + ui.px(3)
        for text in player["too_late"]:  # first: a press must not be lost in silence
            _draw_note(ui, page, "level", text, "soft_ink")
        if player["rest"]:
            _draw_note(ui, page, "bed", say("report.rest"), "soft_ink")
        for number, card in enumerate(player["cards"]):
            name = f"ledger {player['seat']} {number}"
            rect = _draw_card(ui, page, table, card, name)
            if card["tiles"] is not None and _shows_where(ui, table, name, rect):
                glowing = (card["tiles"], rect)
        if player["together"]:
            _draw_note(ui, page, "knot", player["together"], "soft_ink")
        for text in player["answers"]:
            _draw_note(ui, page, "speech", text)
    _draw_checks(ui, page, table.shown["checks"])
    return glowing


def _draw_checks(ui: Ui, page: Page, found: Data) -> None:
    """Draw what was foreseen beside what came, once that is worked out: a forecast owes an account."""
    if found["trouble"]:
        _draw_note(ui, page, "caution", say("report.foreseen_trouble", trouble=found["trouble"]), "warn")
    if not found["checks"]:
        return
    page.y += ui.text(say("report.foreseen"), (page.x, page.y), "small", "soft_ink", True, page.width) + ui.px(3)
    for check in found["checks"]:
        if not check["held"]:  # what came as it was foreseen is counted below
            _draw_note(ui, page, "caution", check["text"], "warn")
    _draw_note(ui, page, "eye", found["record"], "soft_ink")


def _shows_where(ui: Ui, table: Table, name: str, rect: pygame.Rect) -> bool:
    """Draw the mark of a card of the ledger that shows where it made a difference; return whether it is pointed at.

    Enter on it goes on as anywhere else.
    """
    mark = pygame.Rect(rect.right - ui.px(WHERE), rect.y, ui.px(WHERE), ui.px(WHERE))
    ui.icon("eye", mark.inflate(-ui.px(18), -ui.px(18)).topleft, WHERE - 18)
    if ui.area(name, mark) and ui.by_keyboard:
        table.close_report()
    ui.ring(name, mark)
    return ui.has_focus(name) or (ui.hovered(mark) and not ui.by_keyboard)


Row = tuple[str, str, str, str, bool]  # icon, text, size, colour, bold


def _card_rows(card: Data, opened: bool) -> list[Row]:
    rows: list[Row] = [(OUTCOME_ICONS[card["outcome"]], card["title"], "body", "ink", True)]
    intended = card["intended"]
    if card["outcome"] != "done":
        rows.append(("", card["plain"], "body", "bad", True))
    elif intended is None:
        rows.append(("", card["plain"], "body", "soft_ink", False))
    else:
        rows.append((intended["way"], words.capital(intended["text"]), "strong", "ink", True))
    rows += [("knot", text, "small", "good", True) for text in card["needed_by"]]
    rows += [("speech", text, "small", "soft_ink", False) for text in card["said"]]
    if card["besides"] and card["headed"]:
        rows.append(("", say("report.card_besides"), "small", "soft_ink", True))
    rows += [(change["way"], change["text"], "small", "ink", False) for change in card["besides"]]
    if opened:
        rows += [(change["way"], change["text"], "small", "ink", False) for change in card["smaller"]]
    return rows


def _draw_card(ui: Ui, page: Page, table: Table, card: Data, name: str) -> pygame.Rect:
    """A card of the ledger: what was intended first and large, then what came besides; return where it is.

    What is smaller is listed where its button was pressed.
    """
    opened = name in table.opened
    mode, rows = card["mode"], _card_rows(card, opened)
    pad, shift = ui.px(10), ui.px(24)
    room = page.width - 2 * pad - ui.px(6) - (ui.px(WHERE) if card["tiles"] is not None else 0)
    high = sum(ui.height(text, size, room - shift, bold) + ui.px(2) for _, text, size, _, bold in rows) + 2 * pad
    door = ui.px(29) if card["smaller"] and not opened else 0
    high += door
    rect = pygame.Rect(page.x, page.y, page.width, high)
    ui.sheet(rect, f"{mode}_soft", mode, 8)
    stripe = pygame.Rect(rect.x, rect.y, ui.px(6), rect.height)
    pygame.draw.rect(
        ui.surface, ui.colours[mode], stripe, border_top_left_radius=ui.px(8), border_bottom_left_radius=ui.px(8)
    )
    x, y = rect.x + pad + ui.px(6), rect.y + pad
    for picture, text, size, colour, bold in rows:
        tall = ui.height(text, size, room - shift, bold)
        if picture:
            side = 18 if size != "small" else 13
            ui.icon(picture, (x + ui.px(9 - side / 2), y + ui.px(2)), side)
        ui.text(text, (x + shift, y), size, colour, bold, room - shift, rect)
        y += tall + ui.px(2)
    if door:
        label = say("report.smaller", count=len(card["smaller"]))
        spot = pygame.Rect(x + shift, y, min(ui.width(label, "small", True) + ui.px(24), room - shift), ui.px(26))
        if ui.button(f"smaller {name}", spot, label, size="small"):
            table.opened.add(name)
    page.y += high + ui.px(9)
    return rect


def _draw_note(ui: Ui, page: Page, picture: str, text: str, colour: str = "ink") -> None:
    left = ui.px(30)
    ui.icon(picture, (page.x, page.y), 22)
    room = page.width - left
    high = ui.height(text, "body", room)
    page.y += max(ui.text(text, (page.x + left, page.y), "body", colour, width=room), high, ui.px(24)) + ui.px(6)


def _draw_others(ui: Ui, page: Page, table: Table, report: Data) -> None:
    for one in table.shown.farings():
        draw_faring(ui, page, one)
    page.y += ui.text(say("report.others"), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(6)
    for one in report["neighbours"]:
        _draw_speech(ui, page, table, one)
    notes = [
        (NOTE_ICONS[note["kind"]], note["text"], "good" if note["kind"] == "find" else "ink")
        for note in report["notes"]
    ]
    alone = len(report["players"]) == 1  # what is on its way speaks to one of them
    notes += [] if alone else [("barn", line, "ink") for line in report["arrivals"]]
    notes += [("book", table.news, "good")] if table.news else []
    if report["hint"]:
        notes.append(("help", say("report.hint", hint=report["hint"]), "with"))
    if notes:
        heading = say("report.besides")
        page.y += ui.px(4) + ui.text(heading, (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(6)
    for picture, line, colour in notes:
        _draw_note(ui, page, picture, line, colour)
    if table.shown["voices"]:
        heading = say("voice.title")
        page.y += ui.px(4) + ui.text(heading, (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(6)
    for one in table.shown["voices"]:
        draw_voice(ui, page, one, one["asks"])
    if alone:
        page.y += ui.text(say("coming.title"), (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(6)
        for line in table.shown["coming"]["sentences"][:AHEAD]:
            _draw_note(ui, page, "spring", line)
        draw_link(ui, page, table.ahead, table.stack)  # what is still imagined must not push it away from a press
        for line in _if_nobody_acts(table):
            _draw_note(ui, page, "eye", line)


def _if_nobody_acts(table: Table) -> list[str]:
    """Return where each number that a goal is about would go if nobody acted, once that is imagined."""
    found = None if table.shown["outcome"]["over"] else table.shown.stopped().result
    about = {goal["stock"] for goal in table.shown["goals"]} - {""}
    return [one["soon"] for one in found["numbers"] if one["stock"] in about and one["soon"]] if found else []


def _draw_speech(ui: Ui, page: Page, table: Table, neighbour: Data) -> None:
    """What a neighbour did, in a bubble beside its letter."""
    name, door, opened = neighbour["name"], f"more {neighbour['household']}", table.opened
    parts = neighbour["lines"] + (neighbour["more"] if door in opened else [])
    label = say("report.more_of") if neighbour["more"] and door not in opened else ""
    disc = pygame.Rect(page.x + ui.px(2), page.y + ui.px(4), ui.px(24), ui.px(24))
    left, pad = ui.px(40), ui.px(9)
    room = page.width - left - 2 * pad
    high = ui.height(name, "small", room, True) + sum(ui.height(part, "body", room) for part in parts) + 2 * pad
    high += ui.px(31) if label else 0
    rect = pygame.Rect(page.x + left, page.y, page.width - left, high)
    tail = [
        (rect.x - ui.px(9), disc.centery),
        (rect.x + 2, disc.centery - ui.px(7)),
        (rect.x + 2, disc.centery + ui.px(7)),
    ]
    ui.panel(rect, "paper", "panel_edge", 9)
    pygame.draw.polygon(ui.surface, ui.colours["panel_edge"], tail)
    draw_letter(ui, disc, table.shown["households"][neighbour["household"]])
    y = rect.y + pad
    y += ui.text(name, (rect.x + pad, y), "small", "soft_ink", True, room, rect)
    for part in parts:
        y += ui.text(part, (rect.x + pad, y), "body", width=room, inside=rect)
    if label:
        spot = pygame.Rect(rect.x + pad, y + ui.px(3), min(ui.width(label, "small", True) + ui.px(24), room), ui.px(26))
        if ui.button(door, spot, label, size="small"):
            opened.add(door)
    page.y += max(high, ui.px(32)) + ui.px(8)


class ReportPage(ScreenPage):
    """The report of a season above the table; Escape goes back to the strip that it was opened from."""

    def __init__(self, table: Table, report: Data) -> None:
        self.table, self.report, self.fresh = table, report, True

    def draw(self, ui: Ui) -> None:
        """Draw the report and act on what was pressed; it opens at its head."""
        if self.fresh:
            self.fresh = False
            ui.offsets.pop("report", None)
        draw_report(ui, self.table, self.report)

    def escape(self) -> None:
        """Go back to the strip."""
        self.table.put_report_away()
