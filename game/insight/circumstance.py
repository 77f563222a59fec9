"""What the five circumstances are, and what each of them is read off: a model, and a deed."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.insight.aftermath import Aftermath, Calm
from game.insight.graph import Graph, Touch
from game.insight.responses import Responses
from game.sim.model import Model

VAST, TINY, LIVING, LATE, LASTING = NAMES = (
    "vast scale",
    "tiny scale",
    "living, complex systems",
    "late or missing feedback",
    "broad or lasting harm",
)

BEGUN = ("the ", "a ", "an ", "what ", "how ")  # a name that begins so takes no article
FELT = 0.01  # 1/season: a smaller pull of one stock on another, in shares of their ranges, does no harm


@dataclass(frozen=True)
class Circumstance:
    """One reason for vigilance: its name, its strength from 0 to 1, and a sentence for players.

    Of late or missing feedback `delay` says how many seasons the slowest answer is on the way.
    """

    name: str
    strength: float
    plain: str
    delay: float = 0.0


@dataclass(frozen=True)
class Deed:
    """What a candidate touches, what follows a change of use, and what it changes and sets going."""

    touched: list[Touch]
    follows: dict[str, float]
    after: Aftermath


@dataclass
class Known:
    """What has been found out about a model, once."""

    graph: Graph
    responses: Responses
    calm: Calm
    unbalanced: frozenset[str]
    of_deeds: dict[tuple[str, int], Deed] = field(default_factory=dict)
    of_candidates: dict[tuple[str, int], tuple[Circumstance, ...]] = field(default_factory=dict)


def order(one: Circumstance) -> tuple[float, int]:
    """Return what circumstances are sorted by: the strongest first."""
    return -one.strength, NAMES.index(one.name)


def half(amount: float, half: float) -> float:
    """Return a strength from 0 to 1: one half where the amount is `half`."""
    return amount / (amount + half)


def good(model: Model, name: str) -> int:
    """Return 1 for what lives, -1 for what is harmful, 0 for anything else."""
    spec = model.level.stocks[name]
    return bool(spec.living) - bool(spec.harmful)


def worse(model: Model, name: str, value: float) -> bool:
    """Return whether a change is for the worse: less of what lives, more of what is harmful."""
    return good(model, name) * value < 0.0


def word(model: Model, stock: str) -> str:
    """Return what a stock is called within a sentence."""
    return model.level.stocks[stock].name.lower() or stock.replace("_", " ")


def the_word(model: Model, stock: str) -> str:
    """Return what a stock is called within a sentence, with its article where it has room for one."""
    called = word(model, stock)
    return called if called.startswith(BEGUN) else f"the {called}"
