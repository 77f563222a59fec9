"""The report of a season, to be read at leisure: a card for each own action, bubbles for what the others did."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pygame

from game.insight.ledger import Card
from game.insight.played import TRIED
from game.insight.readings import Change
from game.playing.finish import offer
from game.playing.forecast import check_line, record_line
from game.playing.ledger import grouped, together_line
from game.playing.motives import motives
from game.playing.season import SeasonReport
from game.playing.story import MOST_BESIDES, Story
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.pages.coming import draw_link
from game.screen.pages.overlays import AboveTable
from game.screen.table.board_view import draw_letter
from game.screen.table.faring import counted, draw_faring
from game.screen.table.season_changes import draw_changes
from game.screen.table.table import Table
from game.screen.table.touched_tiles import draw_glow, tiles_of, touched_line
from game.sim.actions import BLOCKED, DECLINED, DONE, OUTCOMES
from game.telling import words
from game.telling.say import say

OUTCOME_ICONS = {DONE: "check", BLOCKED: "lock", DECLINED: "cross"}


def draw_report(ui: Ui, table: Table, report: SeasonReport) -> None:
    """Draw the report above the table; close it when its button is pressed."""
    ui.cover()
    bounds = ui.surface.get_rect()
    rect = pygame.Rect(0, 0, min(ui.px(1060), bounds.width - ui.px(24)), _needed_height(ui, table, report))
    rect.center = bounds.center
    ui.sheet(rect)
    _draw_sheet(ui, rect, table, report)


def _needed_height(ui: Ui, table: Table, report: SeasonReport) -> int:
    """Return how high the report must be: found out once, on a sheet that nobody sees."""
    most = ui.surface.get_height() - ui.px(28)
    checked = len(table.shown.outlook.checks)
    key = (
        ui.surface.get_size(),
        ui.scale,
        report.after.season,
        table.session.turn,
        checked,
        table.news,
        counted(table.session),
    )
    if table.report_height is None or table.report_height[0] != key:
        probe = Ui(pygame.Surface(ui.surface.get_size()), ui.scale)
        probe.blocked = True
        width = min(ui.px(1060), ui.surface.get_width() - ui.px(24))
        _draw_sheet(probe, pygame.Rect(0, 0, width, most), table, report)
        lowest = max((mark.rect.bottom for mark in probe.marks if mark.scrolls), default=most)
        table.report_height = (key, min(most, max(ui.px(380), lowest + ui.px(92))))
    return table.report_height[1]


def _draw_sheet(ui: Ui, rect: pygame.Rect, table: Table, report: SeasonReport) -> None:
    pad = ui.px(20)
    inner = rect.inflate(-2 * pad, -2 * ui.px(14))
    number = report.after.season
    ui.icon("season", (inner.x, inner.y), 34)
    title = pygame.Rect(inner.x + ui.px(44), inner.y, inner.width - ui.px(44), ui.px(34))
    ui.label(f"Season {number}, {words.season_name(number)}, is over", title, "head", bold=True)
    top = (
        inner.y + ui.px(42) + draw_changes(ui, pygame.Rect(inner.x, inner.y + ui.px(42), inner.width, 0), table, report)
    )
    body = pygame.Rect(inner.x, top + ui.px(6), inner.width, inner.bottom - top - ui.px(58))
    _draw_body(ui, body, table, report)
    button = pygame.Rect(inner.right - ui.px(220), inner.bottom - ui.px(42), ui.px(220), ui.px(42))
    if not ui.focus and not ui.blocked:
        ui.focus = "read"
    label = "How it ended" if table.session.over else "Next season"
    if ui.button("read", button, label, True, "with", "with", "panel", size="strong") or ui.pressed_key(
        pygame.K_RETURN, pygame.K_SPACE, pygame.K_e
    ):
        table.close_report()
    elif table.session.may_finish:
        early = pygame.Rect(inner.x, button.y, ui.px(240), button.height)
        tip = offer(table.session.model, table.session.world)
        if ui.button("finish", early, say("finish.button"), True, "good", "good", "panel", picture="star", tip=tip):
            table.finish()


def _draw_body(ui: Ui, body: pygame.Rect, table: Table, report: SeasonReport) -> None:
    gap = ui.px(16)
    if body.width < ui.px(700):
        with Page(ui, "report", body, keys=True) as page:
            glowing = _draw_own(ui, page, table, report)
            page.y += ui.px(8)
            _draw_others(ui, page, table, report)
        if glowing is not None:
            draw_glow(ui, table, *glowing, body)
        return
    left = pygame.Rect(body.x, body.y, round((body.width - gap) * 0.54), body.height)
    right = pygame.Rect(left.right + gap, body.y, body.right - left.right - gap, body.height)
    with Page(ui, "report own", left, keys=True) as page:
        glowing = _draw_own(ui, page, table, report)
    with Page(ui, "report others", right) as page:
        _draw_others(ui, page, table, report)
    if glowing is not None:
        draw_glow(ui, table, *glowing, body)


Glowing = tuple[np.ndarray, pygame.Rect]  # tiles, and the card that speaks of them


def _draw_own(ui: Ui, page: Page, table: Table, report: SeasonReport) -> Glowing | None:
    """Draw a card for each action of one's own; return what the one that is pointed at changed on the land."""
    glowing: Glowing | None = None
    story = Story(table.session, on_board=True)
    if table.session.finish_is_new:
        _draw_note(ui, page, "star", offer(table.session.model, table.session.world), "good")
    page.y += ui.text("What your actions did", (page.x, page.y), "strong", bold=True, width=page.width)
    note = "Each one told by running the season again without it."
    page.y += ui.text(note, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(6)
    for seat, cards in report.cards.items():
        deeds = [deed for deed in report.deeds if deed.seat == seat]
        if len(report.cards) > 1:
            page.y += ui.text(story.actor(seat), (page.x, page.y), "body", bold=True, width=page.width) + ui.px(3)
        if not deeds:
            _draw_note(ui, page, "bed", "Nothing planned; the days were rest.", "soft_ink")
        for number, (card, times) in enumerate(grouped(cards)):
            tiles = tiles_of(cards, card)
            rect = _draw_card(ui, page, table, story, card, times, report, tiles)
            if tiles is not None and _pointed_at(ui, table, f"ledger {seat} {number}", rect):
                glowing = (tiles, rect)
        if line := together_line(cards):
            _draw_note(ui, page, "knot", line, "soft_ink")
        for answer in story.answered(seat, report)[1:]:
            _draw_note(ui, page, "speech", answer.text)
        for deed in deeds:
            if deed.outcome not in TRIED:
                _draw_note(ui, page, "level", story.too_late(deed, report), "soft_ink")
    _draw_checks(ui, page, table, report)
    return glowing


def _draw_checks(ui: Ui, page: Page, table: Table, report: SeasonReport) -> None:
    """Draw what was foreseen beside what came, once that is worked out: a forecast owes an account."""
    found = table.shown.outlook.checked(report.after.season)
    if trouble := table.shown.outlook.trouble(report.after.season):
        _draw_note(ui, page, "caution", f"What was foreseen: {trouble}", "warn")
    if not found:
        return
    page.y += ui.text("What was foreseen", (page.x, page.y), "small", "soft_ink", True, page.width) + ui.px(3)
    for check in found:
        line = check_line(table.session.model, check)
        _draw_note(ui, page, "check" if check.held else "caution", line, "soft_ink" if check.held else "warn")
    _draw_note(ui, page, "eye", record_line(table.shown.outlook.checks), "soft_ink")


def _pointed_at(ui: Ui, table: Table, name: str, rect: pygame.Rect) -> bool:
    """Whether the mouse or the keyboard points at a card of the ledger; Enter on it goes on as anywhere else."""
    if ui.area(name, rect) and ui.by_keyboard:
        table.close_report()
    ui.ring(name, rect)
    return ui.has_focus(name) or (ui.hovered(rect) and not ui.by_keyboard)


Row = tuple[str, str, str, str, bool]  # icon, text, size, colour, bold


def _card_rows(table: Table, story: Story, card: Card, times: int, report: SeasonReport) -> list[Row]:
    model = table.session.model
    me = model.layout.seats[next(seat for seat, cards in report.cards.items() if any(card is one for one in cards))]
    title = story.name(card.candidate) + (f" (each of {times})" if times > 1 else "")
    rows: list[Row] = [(OUTCOME_ICONS.get(card.outcome, "cross"), title, "body", "ink", True)]
    if card.outcome != DONE:
        rows.append(("", f"Came to nothing: {OUTCOMES[card.outcome]}.", "body", "bad", True))
    elif card.intended is None:
        rows.append(("", story.without_number(card), "body", "soft_ink", False))
    else:
        text = words.change(model, card.intended, me, True) + story.price(card)
        rows.append((_arrow(card.intended), f"{text[:1].upper()}{text[1:]}", "strong", "ink", True))
    rows += [("knot", story.needed_by(candidate), "small", "good", True) for candidate in card.enabled]
    rows += [("speech", text, "small", "soft_ink", False) for text in _said(story, card, report)]
    if card.besides and card.intended is not None:
        rows.append(("", "Besides", "small", "soft_ink", True))
    for change in card.besides[:MOST_BESIDES]:
        rows.append((_arrow(change), words.change(model, change, me, True), "small", "ink", False))
    if len(card.besides) > MOST_BESIDES:
        rows.append(("", f"and {len(card.besides) - MOST_BESIDES} smaller", "small", "soft_ink", False))
    return rows


def _said(story: Story, card: Card, report: SeasonReport) -> list[str]:
    deed = next((deed for deed in report.deeds if deed.candidate == card.candidate and deed.said), None)
    if deed is None:
        return []
    text = story.said(deed, report)
    why = story.reasons(deed, report).strip()
    return [part for part in (f"{text[:1].upper()}{text[1:]}.", why) if part]


def _arrow(change: Change) -> str:
    return "up" if change.amount > 0 else "down"


def _draw_card(
    ui: Ui,
    page: Page,
    table: Table,
    story: Story,
    card: Card,
    times: int,
    report: SeasonReport,
    tiles: np.ndarray | None,
) -> pygame.Rect:
    """A card of the ledger: what was intended first and large, then what came besides; return where it is."""
    mode = table.session.model.actions[table.session.model.candidates[card.candidate].action].spec.mode
    rows = _card_rows(table, story, card, times, report)
    seen = touched_line(table.session.model, card, tiles)
    rows += [("eye", seen, "small", "ink", False)] if seen else []
    pad, shift = ui.px(10), ui.px(24)
    room = page.width - 2 * pad - ui.px(6)
    high = sum(ui.height(text, size, room - shift, bold) + ui.px(2) for _, text, size, _, bold in rows) + 2 * pad
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
    page.y += high + ui.px(9)
    return rect


def _draw_note(ui: Ui, page: Page, picture: str, text: str, colour: str = "ink") -> None:
    left = ui.px(30)
    ui.icon(picture, (page.x, page.y), 22)
    room = page.width - left
    high = ui.height(text, "body", room)
    page.y += max(ui.text(text, (page.x + left, page.y), "body", colour, width=room), high, ui.px(24)) + ui.px(6)


def _draw_others(ui: Ui, page: Page, table: Table, report: SeasonReport) -> None:
    story = Story(table.session, on_board=True)
    draw_faring(ui, page, table.session)
    page.y += ui.text("What the others did, and why", (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(
        6
    )
    private = len(table.session.seats) > 1  # what one knows of the others is not for everybody at the keyboard
    for one in motives(table.session):
        _draw_speech(ui, page, table, one.seat, one.did if private else one.lines)
    notes = [("season", line.text, "ink") for line in story.events(report)]
    notes += [("star", line.text, "good") for line in story.finds(report)]
    notes += [("hands", line.text, "ink") for line in story.bound(report)]
    arrivals = [line.text for line in story.arrivals(report)]
    notes += [("barn", line, "ink") for line in arrivals]
    notes += [("book", table.news, "good")] if table.news else []
    if report.hint:
        notes.append(("help", f"A hint: {report.hint}", "with"))
    if notes:
        page.y += ui.px(4) + ui.text("And besides", (page.x, page.y), "strong", bold=True, width=page.width) + ui.px(6)
    for picture, line, colour in notes:
        _draw_note(ui, page, picture, line, colour)
    draw_link(ui, page, table.ahead, table.stack, arrivals)


def _draw_speech(ui: Ui, page: Page, table: Table, seat: int, parts: Sequence[str]) -> None:
    """What a neighbour did, in a bubble beside its letter."""
    community = table.session.model.layout.seats[seat]
    disc = pygame.Rect(page.x + ui.px(2), page.y + ui.px(4), ui.px(24), ui.px(24))
    left, pad = ui.px(40), ui.px(9)
    room = page.width - left - 2 * pad
    name = words.people(table.session.model, community)
    high = ui.height(name, "small", room, True) + sum(ui.height(part, "body", room) for part in parts) + 2 * pad
    rect = pygame.Rect(page.x + left, page.y, page.width - left, high)
    tail = [
        (rect.x - ui.px(9), disc.centery),
        (rect.x + 2, disc.centery - ui.px(7)),
        (rect.x + 2, disc.centery + ui.px(7)),
    ]
    ui.panel(rect, "paper", "panel_edge", 9)
    pygame.draw.polygon(ui.surface, ui.colours["panel_edge"], tail)
    draw_letter(ui, disc, table, community)
    y = rect.y + pad
    y += ui.text(name, (rect.x + pad, y), "small", "soft_ink", True, room, rect)
    for part in parts:
        y += ui.text(part, (rect.x + pad, y), "body", width=room, inside=rect)
    page.y += max(high, ui.px(32)) + ui.px(8)


class ReportPage(AboveTable):
    """The report of a season above the table."""

    def __init__(self, table: Table, report: SeasonReport) -> None:
        self.table, self.report = table, report

    def draw(self, ui: Ui) -> None:
        """Draw the report and act on what was pressed."""
        draw_report(ui, self.table, self.report)
