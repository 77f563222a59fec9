"""Levels of households that have hay, eat of it and trust one another, and nothing else: for tests about people."""

from __future__ import annotations

from collections.abc import Mapping

from game.level.reader import parse_level
from game.level.schema import Level
from game.sim.model import Model, compile_level
from tests.sim.levels import level_text

NAMES = {"ann": "The Anns", "bob": "The Bobs", "cid": "The Cids"}
STOCKS = """
stocks:
  hay: {at: community, kind: matter, range: [0, 99], start: %g, unit: t, plain: Hay.}
  trust: {at: [community, community], kind: state, range: [0, 1], start: %g, plain: Trust.}
"""
# That trust asks whether they are fed tells the engine that feeding is a need; it moves nothing.
FEEDING = """
flows:
  feeding: {from: hay, to: outside, plain: Animals eat., rate: 2}
influences:
  sad: {of: trust, plain: Sad., change: "0 * min(met(feeding))"}
"""


def barns_text(
    actions: str,
    *,
    hay: float = 9,
    trust: float = 0.5,
    more_stocks: str = "",
    feeding: str = FEEDING,
    people: tuple[str, ...] = ("ann", "bob"),
    starts: Mapping[str, float] | None = None,
    seasons: int = 6,
    ticks: int = 1,
) -> str:
    """Return the text of such a level: `actions`, and what else stands at the end; `starts` is hay of single ones."""
    own = {name: f", hay: {amount:g}" for name, amount in (starts or {}).items()}
    return level_text(
        STOCKS % (hay, trust) + more_stocks + feeding + actions,
        people=people,
        communities="\n".join(f"{name}: {{name: {NAMES[name]}{own.get(name, '')}}}" for name in people),
        seasons=seasons,
        ticks=ticks,
        rows="...",
    )


def barns_level(actions: str, **settings: object) -> Level:
    """Return the checked level."""
    return parse_level(barns_text(actions, **settings), "barns.yaml")  # type: ignore[arg-type]


def barns(actions: str, **settings: object) -> Model:
    """Return the model."""
    return compile_level(barns_level(actions, **settings))
