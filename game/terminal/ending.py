"""The end of a game on a terminal: what became of each goal, a chart of the seasons, questions to talk about."""

from __future__ import annotations

from collections.abc import Sequence

from game.telling.say import say
from game.terminal.paint import Style, painted_data
from game.terminal.view import View

BARS, PLAIN_BARS = "▁▂▃▄▅▆▇█", "0123456789"
NAME, MOST_BARS = 14, 50


def ending_rows(view: View) -> list[str]:
    """Return how a game ended, as rows of a terminal."""
    found = view.shown("outcome")["outcome"]
    return [
        *painted_data(found["verdicts"], view.style),
        "",
        *chart(view),
        *(f"  {one['text']}" for one in found["afterwards"]),
        *painted_data(found["questions"], view.style),
    ]


def chart(view: View) -> list[str]:
    """Return the living stock and every store over the seasons, one row each."""
    seasons = view.shown("course")["course"]["seasons"]
    last = str(seasons[-1])
    rows = [f"  {say('ending.season'):<{NAME}} 0{' ' * max(0, len(seasons) - 2 - len(last))}{last}"]
    for one in view.shown("outcome")["outcome"]["courses"]:
        rows.append(f"  {one['name'][:NAME]:<{NAME}} {bars(one['values'], one['top'], view.style)}  {one['text']}")
    return rows


def bars(values: Sequence[float], top: float, style: Style) -> str:
    """Return a row of bars, one for each value; the last ones where there are too many."""
    signs = style.sign(BARS, PLAIN_BARS)
    bottom = min(0.0, *values)  # debts are drawn from the deepest on
    high = max(top - bottom, 1e-9)
    steps = [min(len(signs) - 1, int(len(signs) * (value - bottom) / high)) for value in values[-MOST_BARS:]]
    return "".join(signs[step] for step in steps)
