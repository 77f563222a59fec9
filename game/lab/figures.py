"""Plots as SVG that stands inside a page: no files, no scripts, no fonts of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.sim.totals import Floats

OVER, WITH, MIXED, OTHER = "#a03e27", "#1c6a7a", "#805300", "#5d584d"
COLOURS = {"over": OVER, "best_over": OVER, "with": WITH, "best_with": WITH, "mixed": MIXED, "planner": MIXED}
SPARE = ("#6a4c93", "#3a7d44", "#b0577b", "#4a6fa5")
DASHES = ("-", "--", "-.", ":")
INK, SOFT, LINE = "#2f2e2a", "#5d584d", "#cdbfa3"
COLUMNS = 3
LEAST_TOP = 0.1  # so that next to nothing looks like next to nothing
LOW, HIGH = 10, 90  # percentiles between which a band lies
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",  # letters stay letters: the page's own font, and a reader can read them aloud
    "font.family": "sans-serif",
    "font.size": 9,
    "text.parse_math": False,  # a name with a $ is a name
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.titlesize": 10,
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "axes.grid": True,
    "grid.color": "#e6dcc6",
    "grid.linewidth": 0.6,
}


@dataclass(frozen=True)
class Curve:
    """One quantity over the seasons of many games, or of one: (seasons, N)."""

    title: str
    label: str
    colour: str
    dash: str
    values: Floats


def colour_of(policies: Sequence[str], place: int) -> tuple[str, str]:
    """Return the colour and the dash of a line-up, the `place`-th of a plot."""
    kinds = set(policies)
    if len(kinds) == 1 and policies[0] in COLOURS:
        return COLOURS[policies[0]], "--" if policies[0].startswith("best") else "-"
    return SPARE[place % len(SPARE)], DASHES[place % len(DASHES)]


def season_plots(panels: Sequence[Sequence[Curve]], name: str, description: str) -> str:
    """Return one panel for each quantity: the median of every line-up, and a band that holds eight games of ten."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    rows = -(-len(panels) // COLUMNS)
    style: Any = {**STYLE, "svg.hashsalt": name}
    with matplotlib.rc_context(style):
        figure = Figure(figsize=(10.2, 2.25 * rows + 0.35), layout="constrained")
        axes = figure.subplots(rows, COLUMNS, squeeze=False).ravel()
        for axis, curves in zip(axes, panels, strict=False):
            for curve in curves:
                seasons = np.arange(1, len(curve.values) + 1)
                middle = np.median(curve.values, axis=1)
                if curve.values.shape[1] > 1:
                    low, high = np.percentile(curve.values, (LOW, HIGH), axis=1)
                    axis.fill_between(seasons, low, high, color=curve.colour, alpha=0.17, linewidth=0)
                axis.plot(seasons, middle, curve.dash, color=curve.colour, linewidth=1.8, label=curve.label)
            axis.set_title(curves[0].title, loc="left")
            axis.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
            axis.yaxis.set_major_locator(MaxNLocator(nbins=4))
            axis.set_ylim(bottom=min(0.0, axis.get_ylim()[0]), top=max(LEAST_TOP, axis.get_ylim()[1]))
        for axis in axes[len(panels) :]:
            axis.set_visible(False)
        handles, labels = axes[0].get_legend_handles_labels()
        if len(handles) > 1:
            figure.legend(handles, labels, loc="outside upper left", ncols=len(handles), frameon=False, fontsize=9.5)
        return as_svg(figure, description)


def as_svg(figure: object, description: str) -> str:
    """Return a figure as an element of a page, described for people who cannot see it."""
    from html import escape

    stream = io.StringIO()
    figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})  # type: ignore[attr-defined]
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r'^<svg([^>]*?) width="[^"]*"', r"<svg\1", text, count=1)
    text = re.sub(r'^<svg([^>]*?) height="[^"]*"', r"<svg\1", text, count=1)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, count=1, flags=re.DOTALL)
    return text.replace("<svg", f'<svg role="img" aria-label="{escape(description)}"', 1)
