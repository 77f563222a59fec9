"""The panels beside the board: banner, goals, dials, neighbours, chart."""

from __future__ import annotations

import pygame

from game.play import words
from game.play.session import Session
from game.screen.ui import Ui, line_chart
from game.sim.world import wants_of

DIAL_WORDS = {"depletion": "Depletion", "conflict": "Conflict", "toxification": "Toxification"}
DIAL_TIPS = {
    "depletion": "How far the living things of this place are below where they could last.",
    "conflict": "How wronged people feel, and whether anybody is blocking anybody.",
    "toxification": "How close harmful things are to doing harm.",
}


def draw_banner(ui: Ui, rect: pygame.Rect, session: Session) -> None:
    """The state of things in one line of words, with suns for the days of effort."""
    ui.panel(rect)
    pad = ui.px(12)
    world, model, roles = session.world, session.model, session.roles
    season = min(world.season + 1, model.seasons)
    left = rect.x + pad
    ui.text(f"Season {season} of {model.seasons}", (left, rect.y + ui.px(7)), "head", bold=True)
    ui.text(words.season_name(season), (left, rect.y + ui.px(35)), "small", "soft_ink")
    left += ui.px(190)
    for title, value, detail in facts(session):
        ui.text(title, (left, rect.y + ui.px(7)), "small", "soft_ink")
        ui.text(value, (left, rect.y + ui.px(22)), "strong", bold=True)
        ui.text(detail, (left, rect.y + ui.px(42)), "small", "soft_ink")
        left += ui.px(150)
    if roles.days:
        _draw_days(ui, rect, session)
    signs = signs_of(session)
    if signs:
        icon_left = rect.right - ui.px(400)
        text, strong = signs[0]
        ui.icon("sun_hot" if strong else "cloud_light", (icon_left, rect.y + ui.px(12)), 34)
        ui.text(
            text, (icon_left + ui.px(42), rect.y + ui.px(9)), "small", "bad" if strong else "warn", True, ui.px(160)
        )


def _draw_days(ui: Ui, rect: pygame.Rect, session: Session) -> None:
    days = session.roles.days
    assert days is not None
    have = float(session.world.stock[days][session.me, 0, 0, 0, 0])
    left = max(0.0, float(session.preview().world.stock[days][session.me, 0, 0, 0, 0]))
    start = rect.right - ui.px(182)
    ui.text(f"{left:.1f} of {have:.1f} days left", (start, rect.y + ui.px(7)), "small", "soft_ink", True)
    size = 25
    for number in range(6):
        x = start + number * ui.px(size + 3)
        if number + 1 <= have + 0.05:
            ui.icon("sun", (x, rect.y + ui.px(26)), size)
            spent = min(1.0, max(0.0, number + 1 - left))
            if spent > 0.0:
                veil = pygame.Surface((round(ui.px(size) * spent), ui.px(size)), pygame.SRCALPHA)
                veil.fill((*ui.colours["panel"], 205))
                ui.surface.blit(veil, (x + ui.px(size) - veil.get_width(), rect.y + ui.px(26)))


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
    ui.panel(rect)
    pad = ui.px(12)
    inner = rect.inflate(-2 * pad, -2 * pad)
    y = _draw_goals(ui, inner, inner.y, session)
    y = _draw_dials(ui, inner, y + ui.px(8), session)
    pressed, y = _draw_neighbours(ui, inner, y + ui.px(8), session)
    space = inner.bottom - y
    if space >= ui.px(62):
        _draw_chart(ui, pygame.Rect(inner.x, y + ui.px(4), inner.width, min(space - ui.px(4), ui.px(170))), session)
    return pressed


def _draw_goals(ui: Ui, inner: pygame.Rect, y: int, session: Session) -> int:
    y += ui.text("Goals", (inner.x, y), "strong", bold=True)
    for index, goal in enumerate(session.model.level.goals):
        streak = int(session.world.streak[index, 0])
        done = streak >= goal.in_a_row
        ui.icon("check" if done else "star", (inner.x, y + ui.px(2)), 16)
        y += ui.text(goal.plain, (inner.x + ui.px(22), y), "small", width=inner.width - ui.px(22), inside=inner)
        if goal.in_a_row > 1:
            shown = min(goal.in_a_row, 12)
            for number in range(shown):
                spot = pygame.Rect(inner.x + ui.px(22) + number * ui.px(15), y + ui.px(2), ui.px(12), ui.px(10))
                pygame.draw.rect(
                    ui.surface, ui.colours["good" if number < streak else "neutral_soft"], spot, border_radius=ui.px(3)
                )
                pygame.draw.rect(ui.surface, ui.colours["soft_ink"], spot, 1, border_radius=ui.px(3))
            ui.text(
                f"{min(streak, goal.in_a_row)} of {goal.in_a_row}",
                (inner.x + ui.px(28) + shown * ui.px(15), y - ui.px(2)),
                "small",
                "soft_ink",
            )
            y += ui.px(18)
    return y


def _draw_dials(ui: Ui, inner: pygame.Rect, y: int, session: Session) -> int:
    history = session.history
    for name, value in history[-1].dials.items():
        before = history[-2].dials[name] if len(history) > 1 else value
        row = pygame.Rect(inner.x, y, inner.width, ui.px(20))
        ui.text(DIAL_WORDS[name], (row.x, row.y), "small", inside=inner)
        bar = pygame.Rect(row.x + ui.px(84), row.y + ui.px(4), row.width - ui.px(84) - ui.px(48), ui.px(10))
        ui.bar(bar, value, "bad" if value > 0.6 else "warn" if value > 0.3 else "good")
        ui.text(f"{100 * value:.0f}", (bar.right + ui.px(6), row.y), "small", bold=True, inside=inner)
        arrow = "up" if value > before + 0.005 else "down" if value < before - 0.005 else "level"
        ui.icon(arrow, (row.right - ui.px(14), row.y + ui.px(3)), 12)
        ui.tip(DIAL_TIPS[name], row)
        y += row.height
    return y


def _draw_neighbours(ui: Ui, inner: pygame.Rect, y: int, session: Session) -> tuple[int | None, int]:
    pressed = None
    y += ui.text("Households", (inner.x, y), "strong", bold=True)
    for other in range(len(session.model.layout.communities)):
        row = pygame.Rect(inner.x - ui.px(4), y, inner.width + ui.px(8), ui.px(36))
        name = f"household {other}"
        if ui.area(name, row):
            pressed = other
        if ui.hovered(row) or ui.has_focus(name):
            pygame.draw.rect(ui.surface, ui.colours["selected"], row, border_radius=ui.px(6))
        _draw_household(ui, row, session, other)
        ui.ring(name, row, 5)
        y += row.height + ui.px(2)
    return pressed, y


def _draw_household(ui: Ui, row: pygame.Rect, session: Session, other: int) -> None:
    world, roles, me = session.world, session.roles, session.me
    pygame.draw.circle(ui.surface, ui.colours.household(other), (row.x + ui.px(13), row.y + ui.px(17)), ui.px(9))
    letter = words.letter(session.model, other)
    ui.text(letter, (row.x + ui.px(13), row.y + ui.px(9)), "small", (255, 255, 255), True, centre=True)
    you = other == me
    ui.text(
        words.people(session.model, other) + (" (you)" if you else ""),
        (row.x + ui.px(28), row.y + ui.px(1)),
        "small",
        bold=True,
        inside=row,
    )
    mood = ""
    if roles.grievance:
        mood = words.mood(float(world.stock[roles.grievance][other, 0, 0, 0, 0]))
    need = "" if you else need_of(session, other)
    ui.text(
        ", ".join(part for part in (mood, need) if part),
        (row.x + ui.px(28), row.y + ui.px(17)),
        "small",
        "soft_ink",
        inside=row,
    )
    if roles.trust and not you:
        trust = float(world.stock[roles.trust][other, me, 0, 0, 0])
        bar = pygame.Rect(row.right - ui.px(66), row.y + ui.px(6), ui.px(58), ui.px(8))
        ui.bar(bar, trust, "with")
        ui.tip(f"They trust you {trust:.2f} of 1. Trust grows slowly and falls fast.", row)


def need_of(session: Session, other: int) -> str:
    """Return what somebody needs now, if the player knows it."""
    if wants_of(session.model, other) is None:
        return ""
    known = session.roles.known
    if known and float(session.world.stock[known][other, session.me, 0, 0, 0]) < 0.5:
        return "needs: ask"
    name = list(session.model.level.needs)[int(session.world.need[other, 0])]
    return "wants " + (session.model.level.needs[name].name or name.replace("_", " "))


def _draw_chart(ui: Ui, rect: pygame.Rect, session: Session) -> None:
    history, roles = session.history, session.roles
    title = words.stock_word(session.model, roles.living).capitalize() if roles.living else ""
    if roles.store:
        title += f" and {words.stock_word(session.model, roles.store)} over the seasons"
    height = ui.text(title, rect.topleft, "small", "soft_ink", width=rect.width, inside=rect)
    chart = pygame.Rect(rect.x, rect.y + height + ui.px(2), rect.width, rect.height - height - ui.px(2))
    if chart.height < ui.px(30):
        return
    rows = []
    if roles.store:
        top = max(max(moment.stores) for moment in history) or 1.0
        for one in range(len(session.model.layout.communities)):
            rows.append(([moment.stores[one] / top for moment in history], ui.colours.household(one), False))
    rows.append(([moment.living for moment in history], ui.colours["good"], True))
    line_chart(ui, chart, rows, session.model.seasons)
