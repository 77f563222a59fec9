"""The panels beside the board: banner, goals, dials, neighbours, chart."""

from __future__ import annotations

import math

import pygame

from game.picture.palette import Colour
from game.picture.sprites import icon
from game.playing import words
from game.playing.session import Session
from game.screen.chart import line_chart
from game.screen.page import Page
from game.screen.ui import Ui
from game.sim.world import wants_of

DIAL_WORDS = {"depletion": "Depletion", "conflict": "Conflict", "toxification": "Toxification"}
DIAL_TIPS = {
    "depletion": "How far the living things of this place are below where they could last.",
    "conflict": "How wronged people feel, and whether anybody is blocking anybody.",
    "toxification": "How close harmful things are to doing harm.",
}


def draw_banner(ui: Ui, rect: pygame.Rect, session: Session) -> None:
    """The state of things in one line of words, with suns for the days of effort."""
    ui.sheet(rect)
    inner = rect.inflate(-ui.px(20), -ui.px(8))
    season = min(session.world.season + 1, session.model.seasons)
    count = f"Season {season} of {session.model.seasons}"
    wide = min(round(inner.width * 0.26), ui.width(count, "head", True) + ui.px(6))
    half = inner.height // 2
    ui.label(count, pygame.Rect(inner.x, inner.y, wide, half + ui.px(3)), "head", bold=True)
    ui.label(
        words.season_name(season), pygame.Rect(inner.x, inner.bottom - half + ui.px(3), wide, half - ui.px(3)),
        "small", "soft_ink",
    )  # fmt: skip
    room = pygame.Rect(inner.x + wide + ui.px(14), inner.y, 0, inner.height)
    room.width = inner.right - room.x
    if session.roles.days:
        room.width -= _draw_days(ui, room, session) + ui.px(14)
    signs = signs_of(session)
    found = facts(session)
    if signs and room.width > ui.px(620):
        sign = pygame.Rect(room.right - ui.px(250), room.y, ui.px(250), room.height)
        _draw_sign(ui, sign, *signs[0])
        room.width -= sign.width + ui.px(14)
    elif signs:
        _draw_small_sign(ui, pygame.Rect(room.right - ui.px(30), room.y, ui.px(30), room.height), *signs[0])
        room.width -= ui.px(38)
    each = min(ui.px(158), room.width // max(1, len(found)))
    for number, fact in enumerate(found):
        spot = pygame.Rect(room.x + number * each, room.y, each - ui.px(8), room.height)
        _draw_fact(ui, spot, *fact)


def _draw_fact(ui: Ui, spot: pygame.Rect, title: str, value: str, detail: str) -> None:
    parts = [(title, "small", "soft_ink", False), (value, "strong", "ink", True), (detail, "small", "soft_ink", False)]
    if not ui.roomy:
        # The value alone stays legible; the rest is in the tooltip.
        parts = parts[:2]
        ui.tip(f"{title}: {value}{f', {detail}' if detail else ''}", spot)
    step = spot.height // len(parts)
    for number, (text, size, colour, bold) in enumerate(parts):
        if text:
            ui.label(text, pygame.Rect(spot.x, spot.y + number * step, spot.width, step), size, colour, bold)


def _draw_sign(ui: Ui, spot: pygame.Rect, text: str, strong: bool) -> None:
    """What is coming or here already: a drought, a storm."""
    ui.panel(spot, "selected" if strong else "paper", "bad" if strong else "warn", 8)
    side = min(ui.px(34), spot.height - ui.px(6))
    ui.icon("sun_hot" if strong else "cloud_light", (spot.x + ui.px(7), spot.centery - side // 2), side / ui.scale)
    room = pygame.Rect(spot.x + side + ui.px(13), spot.y + 1, spot.width - side - ui.px(18), spot.height - 2)
    ui.label(text, room, "small", "bad" if strong else "warn", True)


def _draw_small_sign(ui: Ui, spot: pygame.Rect, text: str, strong: bool) -> None:
    side = min(spot.width, spot.height)
    ui.icon("sun_hot" if strong else "cloud_light", (spot.x, spot.centery - side // 2), side / ui.scale)
    ui.area("sign", spot)
    ui.ring("sign", spot)
    ui.tip(text, spot, "sign")


def _draw_days(ui: Ui, room: pygame.Rect, session: Session) -> int:
    """Draw a sun for each day: lit while it is free, faint once it is planned; return the width."""
    days = session.roles.days
    assert days is not None
    have = float(session.world.stock[days][session.me, 0, 0, 0, 0])
    left = max(0.0, float(session.preview().world.stock[days][session.me, 0, 0, 0, 0]))
    count, size = math.ceil(max(have, 1.0) - 0.05), ui.px(26 if ui.roomy else 20)
    text = f"{left:.1f} of {have:.1f} days left"
    wide = max(count * (size + ui.px(3)), ui.width(text, "small", True)) + 2
    start = room.right - wide
    ui.label(text, pygame.Rect(start, room.y, wide, room.height - size - ui.px(2)), "small", "soft_ink", True)
    for number in range(count):
        x, y = start + number * (size + ui.px(3)), room.bottom - size - ui.px(1)
        part = min(1.0, have - number)  # the last day may be a part of a day
        lit = min(part, max(0.0, left - number))
        ui.surface.blit(icon("sun_out", size), (x, y), pygame.Rect(0, 0, round(size * part), size))
        ui.surface.blit(icon("sun", size), (x, y), pygame.Rect(0, 0, round(size * lit), size))
    ui.tip("Days of effort. Days that you keep are days of rest.", pygame.Rect(start, room.y, wide, room.height))
    return wide


def facts(session: Session) -> list[tuple[str, str, str]]:
    """Return what the banner says: (title, value, detail)."""
    world, model, roles, me = session.world, session.model, session.roles, session.me
    found = []
    if roles.living:
        now = session.history[-1].living
        change = 100 * (now - session.history[-2].living) if len(session.history) > 1 else 0.0
        trend = "steady" if abs(change) < 0.5 else f"{'rising' if change > 0 else 'falling'} {change:+.0f}"
        found.append((words.stock_word(model, roles.living).capitalize(), words.percent(now), trend))
    if roles.store:
        spec = model.level.stocks[roles.store]
        value = float(world.stock[roles.store][me, 0, 0, 0, 0])
        met = ""
        if roles.eating and roles.eating in world.asked and world.season:
            asked = float(world.asked[roles.eating][me, 0, 0, 0, 0])
            met = f"needs {words.amount(asked, spec.unit)}"
        found.append((f"Your {words.stock_word(model, roles.store)}", words.amount(value, spec.unit), met))
    for name in roles.counted[:1]:
        value = float(world.stock[name][me, 0, 0, 0, 0])
        found.append((f"Your {words.stock_word(model, name)}", words.amount(value, model.level.stocks[name].unit), ""))
    return found


def signs_of(session: Session) -> list[tuple[str, bool]]:
    """Return (text, whether it is here already) for events that last or are announced."""
    found = []
    for event in session.model.events:
        left = int(session.world.event_left[event.name][0])
        name = event.spec.name or event.name.replace("_", " ").capitalize()
        if left > 1:
            found.append((f"{name}: {words.count(left - 1, 'more season')}", True))
        if session.world.event_sign[event.name][0]:
            found.append((f"{event.spec.sign or name + ' may come.'} ({words.odds(event.spec.odds)})", False))
    return found


def draw_side(ui: Ui, rect: pygame.Rect, session: Session) -> int | None:
    """Draw goals, dials, neighbours and the chart; return the community whose row was pressed."""
    ui.sheet(rect)
    pad = ui.px(12)
    inner = rect.inflate(-2 * pad, -2 * pad)
    with Page(ui, "side", inner) as page:
        _draw_goals(ui, page, session)
        page.y += ui.px(8)
        _draw_dials(ui, page, session)
        page.y += ui.px(8)
        pressed = _draw_neighbours(ui, page, session)
        page.y += ui.px(6)
        space = inner.bottom - page.y if "side" not in ui.long_pages else 0
        _draw_chart(ui, page, session, min(max(space, ui.px(110)), ui.px(190)))
    return pressed


def _draw_goals(ui: Ui, page: Page, session: Session) -> None:
    page.y += ui.text("Goals", (page.x, page.y), "strong", bold=True, width=page.width)
    for index, goal in enumerate(session.model.level.goals):
        streak = int(session.world.streak[index, 0])
        done = streak >= goal.in_a_row
        ui.icon("check" if done else "star", (page.x, page.y + ui.px(2)), 17)
        left = ui.px(23)
        page.y += ui.text(goal.plain, (page.x + left, page.y), "small", width=page.width - left)
        if goal.in_a_row > 1:
            _draw_streak(ui, page, min(streak, goal.in_a_row), goal.in_a_row)
        page.y += ui.px(3)


def _draw_streak(ui: Ui, page: Page, streak: int, needed: int) -> None:
    """Draw a box for each season in a row that a goal needs."""
    x, shown = page.x + ui.px(23), min(needed, 8)
    high = ui.height("0", "small", page.width)
    for number in range(shown):
        spot = pygame.Rect(x + number * ui.px(15), page.y + (high - ui.px(11)) // 2, ui.px(12), ui.px(11))
        filled = number < round(streak * shown / needed)
        pygame.draw.rect(ui.surface, ui.colours["good" if filled else "neutral_soft"], spot, border_radius=ui.px(3))
        pygame.draw.rect(ui.surface, ui.colours["soft_ink"], spot, 1, border_radius=ui.px(3))
    ui.text(f"{streak} of {needed}", (x + shown * ui.px(15) + ui.px(6), page.y), "small", "soft_ink")
    page.y += high


def _draw_dials(ui: Ui, page: Page, session: Session) -> None:
    history = session.history
    name_wide = max(ui.width(DIAL_WORDS[name], "small") for name in DIAL_WORDS) + ui.px(8)
    for name, value in history[-1].dials.items():
        before = history[-2].dials[name] if len(history) > 1 else value
        row = pygame.Rect(page.x, page.y, page.width, ui.height("0", "small", page.width) + ui.px(4))
        ui.text(DIAL_WORDS[name], (row.x, row.y), "small")
        number_wide = ui.width("100", "small", True)
        end = row.right - ui.px(18) - number_wide - ui.px(6)
        bar = pygame.Rect(row.x + name_wide, row.centery - ui.px(7), max(ui.px(20), end - row.x - name_wide), ui.px(11))
        ui.bar(bar, value, "bad" if value > 0.6 else "warn" if value > 0.3 else "good")
        ui.text(f"{100 * value:.0f}", (bar.right + ui.px(6), row.y), "small", bold=True)
        arrow = "up" if value > before + 0.005 else "down" if value < before - 0.005 else "level"
        ui.icon(arrow, (row.right - ui.px(14), row.y + ui.px(3)), 12)
        ui.tip(DIAL_TIPS[name], row)
        page.y += row.height


def _draw_neighbours(ui: Ui, page: Page, session: Session) -> int | None:
    pressed = None
    page.y += ui.text("Households", (page.x, page.y), "strong", bold=True, width=page.width)
    for other in range(len(session.model.layout.communities)):
        high = 2 * ui.height("0", "small", page.width) + ui.px(6)
        row = pygame.Rect(page.x, page.y, page.width, high)
        name = f"household {other}"
        if ui.area(name, row):
            pressed = other
        if ui.hovered(row) or ui.has_focus(name):
            pygame.draw.rect(ui.surface, ui.colours["selected"], row, border_radius=ui.px(6))
        _draw_household(ui, row, session, other)
        ui.ring(name, row.inflate(-ui.px(5), -ui.px(3)), 5)
        page.y += row.height + ui.px(2)
    return pressed


def _draw_household(ui: Ui, row: pygame.Rect, session: Session, other: int) -> None:
    world, roles, me = session.world, session.roles, session.me
    disc = pygame.Rect(row.x + ui.px(3), row.centery - ui.px(10), ui.px(20), ui.px(20))
    pygame.draw.circle(ui.surface, ui.colours.household(other), disc.center, ui.px(10))
    pygame.draw.circle(ui.surface, ui.colours["ink"], disc.center, ui.px(10), 1)
    ui.label(words.letter(session.model, other), disc, "small", "ink", True, "centre")
    you = other == me
    left, half = row.x + ui.px(30), row.height // 2
    trusted = bool(roles.trust) and not you
    bar = pygame.Rect(row.right - ui.px(64), row.y + ui.px(7), ui.px(58), ui.px(9))
    end = bar.left - ui.px(6) if trusted else row.right
    title = words.people(session.model, other) + (" (you)" if you else "")
    ui.label(title, pygame.Rect(left, row.y + 1, end - left, half), "small", bold=True)
    mood = words.mood(float(world.stock[roles.grievance][other, 0, 0, 0, 0])) if roles.grievance else ""
    need = "" if you else need_of(session, other)
    told = ", ".join(part for part in (mood, need) if part)
    if told:
        ui.label(told, pygame.Rect(left, row.y + half, row.right - left - ui.px(2), half - 1), "small", "soft_ink")
    if trusted:
        trust = float(world.stock[roles.trust or ""][other, me, 0, 0, 0])
        ui.bar(bar, trust, "with")
        ui.tip(f"They trust you {trust:.2f} of 1. Trust grows slowly and falls fast.", row, f"household {other}")


def need_of(session: Session, other: int) -> str:
    """Return what somebody needs now, if the player knows it."""
    if wants_of(session.model, other) is None:
        return ""
    known = session.roles.known
    if known and float(session.world.stock[known][other, session.me, 0, 0, 0]) < 0.5:
        return "needs: ask"
    name = list(session.model.level.needs)[int(session.world.need[other, 0])]
    return "wants " + (session.model.level.needs[name].name or name.replace("_", " "))


def _draw_chart(ui: Ui, page: Page, session: Session, height: int) -> None:
    history, roles = session.history, session.roles
    title = words.stock_word(session.model, roles.living).capitalize() if roles.living else ""
    if roles.store:
        store = words.stock_word(session.model, roles.store)
        title = f"{title} (thick) and {store} of each over the seasons" if title else f"{store.capitalize()} of each"
    if not title or len(history) < 2:
        return
    high = ui.text(title, (page.x, page.y), "small", "soft_ink", width=page.width)
    chart = pygame.Rect(page.x, page.y + high + ui.px(3), page.width, max(ui.px(60), height - high - ui.px(3)))
    line_chart(ui, chart, chart_rows(ui, session), session.model.seasons)
    page.y = chart.bottom


def chart_rows(ui: Ui, session: Session) -> list[tuple[list[float], Colour, bool]]:
    """Return the lines of the course so far: each store, then what lives on the land, thick."""
    history, roles = session.history, session.roles
    rows: list[tuple[list[float], Colour, bool]] = []
    if roles.store:
        top = max(max(moment.stores) for moment in history) or 1.0
        for one in range(len(session.model.layout.communities)):
            rows.append(([moment.stores[one] / top for moment in history], ui.colours.household(one), False))
    if roles.living:
        rows.append(([moment.living for moment in history], ui.colours["good"], True))
    return rows
