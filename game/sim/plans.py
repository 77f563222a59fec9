"""The plans of a model: each thing of a level, looked up and compiled, fixed once it is made."""

from __future__ import annotations

from dataclasses import dataclass

from game.language.nodes import Delayed
from game.level.schema import Action, Event
from game.sim.effect_plans import AddEffect, EffectPlan
from game.sim.evaluation import Evaluator
from game.sim.totals import Floats, TileTree


@dataclass(frozen=True)
class StockPlan:
    """One stock: bounds, starts as (C|1, P|1, rows|1, columns|1, 1), and where it lives.

    Where an expression says the start, `begins`, `start` is what that gives
    where all numbers are as usual, and `own_start` what the map or a
    community says instead, NaN where neither says anything.
    """

    name: str
    place: str
    matter: bool
    low: float
    high: float
    start: Floats
    varies: float
    live: Floats  # mask that broadcasts with start
    spread: float
    axes: int
    downhill: DownhillPlan | None = None
    begins: Evaluator | None = None
    own_start: Floats | None = None


@dataclass(frozen=True)
class DownhillPlan:
    """How a stock runs downhill: the share of it that leaves a tile in a season, and where to.

    `down`, `up`, `right` and `left` (1, 1, rows, columns, 1) say which part
    of what leaves a tile goes to the neighbour below, above, right and left
    of it on the map; they add up to 1, or to 0 where no neighbour lies lower.
    """

    rate: Evaluator
    down: Floats
    up: Floats
    right: Floats
    left: Floats


@dataclass(frozen=True)
class FlowPlan:
    """One flow.

    `live_tick` is the length of a tick where it can run and 0 elsewhere; each
    of the stages of its delay lasts `stage_seasons` and holds `stage_start`
    when the game begins; there are three, and short delays begin in a later
    one, `first_stage`.
    """

    name: str
    source: str
    target: str
    axes: int
    rate: Evaluator
    never_negative: bool
    where: Evaluator | None
    where_is_fixed: bool  # for a whole season
    live_tick: Floats
    stage_seasons: float
    stage_start: float
    first_stage: int
    counts_asked: bool


@dataclass(frozen=True)
class DelayPlan:
    """One memory of a value: what it takes in, which share each stage takes over in a tick, what it begins with."""

    node: Delayed
    argument: Evaluator
    share: Evaluator
    start: Evaluator


@dataclass(frozen=True)
class AuxiliaryPlan:
    """One auxiliary: its value for whatever it varies over, and overall: the mean of that over all places."""

    name: str
    axes: int
    value: Evaluator
    overall: Evaluator


@dataclass(frozen=True)
class InfluencePlan:
    """One influence on a state."""

    name: str
    of: str
    change: Evaluator
    once: bool


@dataclass(frozen=True)
class LaterPlan:
    """An effect that arrives `after` seasons later."""

    key: str
    stock: str
    who: tuple[str, ...]
    amount: Evaluator
    after: int
    on_tiles: bool = False  # it comes to the tiles of the action


@dataclass(frozen=True)
class ActionPlan:
    """One action with its compiled rules."""

    name: str
    spec: Action
    costs: tuple[tuple[str, Evaluator], ...]
    when: Evaluator | None
    gain: Evaluator | None
    accepts: Evaluator | None
    now: tuple[EffectPlan, ...]
    later: tuple[LaterPlan, ...]
    each_season: tuple[EffectPlan, ...]
    sets: tuple[tuple[str, Evaluator], ...]
    while_: Evaluator | None
    leaves: Evaluator | None
    fines: tuple[Evaluator, ...]
    circle: tuple[int, int] | None  # least and most members
    term: str = ""  # the name of what its offer leaves open
    finds: tuple[AddEffect, ...] = ()  # what finding the ally does: it comes after everything else


def usual_term(plan: ActionPlan) -> float:
    """Return the amount that is offered where nobody names another."""
    return plan.spec.terms[plan.term].start


@dataclass(frozen=True)
class Candidate:
    """One thing a player may choose: an action with its target.

    `target` is the index of a community or a plot; -1 where there is none,
    and in a circle where everybody is invited.
    """

    action: str
    target: int
    tiles: Floats | None  # (1, 1, rows, columns, 1) mask
    label: str
    tree: TileTree | None = None  # how to add over `tiles`, there whenever they are
    ground: str = ""  # names these tiles, the same for all actions that may choose them
    amount: float | None = None  # of the term of its offer; None: the one that stands, or the usual one

    @property
    def key(self) -> str:
        """The identity that luck is keyed by: never a position in a list."""
        return self.choice if self.amount is None else f"{self.choice}@{self.amount:.6g}"

    @property
    def everywhere(self) -> bool:
        """Whether it is about no one place or household: about all of them, or oneself."""
        return self.target < 0

    @property
    def choice(self) -> str:
        """The same for all amounts that may be offered: one choice, however much it is about."""
        return f"{self.action}:{self.label}"


@dataclass(frozen=True)
class EventPlan:
    """One event with what sets it off, what it sets, and what it does as it begins."""

    name: str
    spec: Event
    sets: tuple[tuple[str, Evaluator], ...]
    now: tuple[EffectPlan, ...] = ()
    when: Evaluator | None = None
