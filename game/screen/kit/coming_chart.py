"""A chart of one number: as it was, and the band in which it would go on if everyone stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pygame

from game.language.unknown import UnknownKind
from game.players.forecast import BAND
from game.playing.shown import Data
from game.screen.kit.ui import Ui
from game.telling.say import say

LEGEND = (("line", "stopped.so_far"), ("dashes", "stopped.likely"), ("band", "stopped.band"))
DASH = 7
Point = tuple[int, int]


def draw_ahead(ui: Ui, rect: pygame.Rect, one: Data, seasons: int) -> int:
    """Draw a number of `Shown.stopped` into the upper part of `rect`, below it what is what; return the height."""
    line, measure = ui.height("0", "small", 99), one["full"]
    top, none = one["full_told"], one["none_told"]
    margin = max(ui.width(text, "small") for text in (top, none)) + ui.px(8)
    goal = one["goal"]
    words = say("stopped.goal", goal=one["goal_told"]) if goal is not None else ""
    right = ui.width(words, "small", True) + ui.px(8) if words else 0
    chart = pygame.Rect(rect.x + margin, rect.y, rect.width - margin - right, rect.height - line - ui.px(2))
    pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], chart, border_radius=ui.px(4))
    ui.text(top, (rect.x, chart.y), "small", "soft_ink")
    ui.text(none, (rect.x, chart.bottom - line), "small", "soft_ink")
    space = chart.inflate(-ui.px(10), -ui.px(10))

    def at(season: int, value: float) -> Point:
        share = min(max(value / measure, 0.0), 1.0)
        return space.left + round(space.width * season / seasons), space.bottom - round(space.height * share)

    now = len(one["past"]) - 1
    _draw_future(ui, one, now, at)
    if goal is not None:
        _draw_goal(ui, chart, at(0, goal)[1], words)
    points = [at(season, value) for season, value in enumerate(one["past"])]
    if len(points) > 1:
        pygame.draw.lines(ui.surface, ui.colours["ink"], False, points, ui.px(3))
    pygame.draw.line(ui.surface, ui.colours["soft_ink"], (points[-1][0], chart.top), (points[-1][0], chart.bottom), 1)
    pygame.draw.circle(ui.surface, ui.colours["ink"], points[-1], ui.px(5))
    _draw_seasons(ui, chart, points[-1][0], now, seasons)
    return rect.height + ui.px(2) + _draw_legend(ui, (rect.x, rect.bottom + ui.px(2)), rect.width)


def _draw_goal(ui: Ui, chart: pygame.Rect, y: int, text: str) -> None:
    """Draw what a goal wants as a line across, its words beside it."""
    line = ui.height("0", "small", 99)
    _dashed(ui, ui.colours["good"], [(chart.left, y), (chart.right, y)], ui.px(2))
    ui.text(
        text, (chart.right + ui.px(6), min(max(y - line // 2, chart.top), chart.bottom - line)), "small", "good", True
    )


def _draw_future(ui: Ui, one: Data, now: int, at: Callable[[int, float], Point]) -> None:
    """Draw the band and its middle from the present on; `at` says where a season and a value lie."""
    start = at(now, one["past"][-1])
    low, middle, high = (
        [start, *(at(now + 1 + step, value) for step, value in enumerate(one[edge]))]
        for edge in ("low", "middle", "high")
    )
    pygame.draw.polygon(ui.surface, ui.colours["fan"], [*high, *reversed(low)])
    for edge in (low, high):
        pygame.draw.lines(ui.surface, ui.colours["with"], False, edge, 1)
    _dashed(ui, ui.colours["with"], middle, ui.px(3))


def _dashed(ui: Ui, colour: tuple[int, int, int], points: Sequence[tuple[int, int]], thick: int) -> None:
    """Draw a line in dashes."""
    dash, travelled = float(ui.px(DASH)), 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
        done = 0.0
        while done < length:
            phase = (travelled + done) % (2 * dash)
            piece = min((dash if phase < dash else 2 * dash) - phase, length - done)
            if phase < dash:
                start, end = done / length, (done + piece) / length
                pygame.draw.line(
                    ui.surface,
                    colour,
                    (round(x0 + (x1 - x0) * start), round(y0 + (y1 - y0) * start)),
                    (round(x0 + (x1 - x0) * end), round(y0 + (y1 - y0) * end)),
                    thick,
                )
            done += max(piece, 0.5)
        travelled += length


def _draw_seasons(ui: Ui, chart: pygame.Rect, x: int, now: int, last: int) -> None:
    """Draw below the chart where it begins, where the present is and where it ends, as far as there is room."""
    middle = say("stopped.now_in", season=now) if now else say("stopped.now")
    begin, end = say("stopped.start"), say("stopped.end", season=last)
    y, gap = chart.bottom + ui.px(2), ui.px(10)
    wide = ui.width(middle, "small", True)
    left = min(max(x - wide // 2, chart.left), chart.right - wide)
    ui.text(middle, (left, y), "small", "ink", True)
    if left - chart.left > ui.width(begin, "small") + gap:
        ui.text(begin, (chart.left, y), "small", "soft_ink")
    if chart.right - left - wide > ui.width(end, "small") + gap:
        ui.text(end, (chart.right - ui.width(end, "small"), y), "small", "soft_ink")


def _draw_legend(ui: Ui, at: tuple[int, int], width: int) -> int:
    x, y, high = at[0], at[1], ui.height("0", "small", width) + ui.px(4)
    for kind, sentence in LEGEND:
        text = say(sentence, games=round(10 * BAND)) if kind == "band" else say(sentence)
        wide = ui.px(50) + ui.width(text, "small")
        if x + wide > at[0] + width and x > at[0]:
            x, y = at[0], y + high
        middle = y + high // 2
        if kind == "band":
            pygame.draw.rect(ui.surface, ui.colours["fan"], (x, middle - ui.px(5), ui.px(28), ui.px(10)))
            pygame.draw.rect(ui.surface, ui.colours["with"], (x, middle - ui.px(5), ui.px(28), ui.px(10)), 1)
        elif kind == "line":
            pygame.draw.line(ui.surface, ui.colours["ink"], (x, middle), (x + ui.px(28), middle), ui.px(3))
        elif kind == "dashes":
            _dashed(ui, ui.colours["with"], [(x, middle), (x + ui.px(28), middle)], ui.px(3))
        else:
            raise UnknownKind("line of a legend", kind, "_draw_legend in game/screen/kit/coming_chart.py")
        ui.text(text, (x + ui.px(34), y + ui.px(2)), "small", "soft_ink")
        x += wide
    return y + high - at[1]
