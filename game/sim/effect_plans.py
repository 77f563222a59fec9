"""What the effects of actions and events become in a model: one class for each kind, with fields of its own.

Which kinds there are stands in `game.level.effects`, what they do in
`game.sim.effects`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.language.unknown import look_up
from game.level.effects import kinds_of
from game.level.merge import Path
from game.level.schema import Effect
from game.sim.evaluation import Evaluator
from game.sim.rule_book import RuleBook

Whose = tuple[str, tuple[str, ...]]  # a stock and the actors whose it is; no name: outside


@dataclass(frozen=True)
class EffectPlan:
    """One effect.  Whoever looks at effects of all kinds reads `amount`, `ends` and `bearer`."""

    amount: Evaluator | None  # how much, read off the world before any effect; None where nothing is counted

    @property
    def ends(self) -> tuple[tuple[str, float], ...]:
        """The stocks it changes, each with 1 for what it adds to and -1 for what it takes from."""
        return ()

    @property
    def stocks(self) -> tuple[str, ...]:
        """The stocks it changes."""
        return tuple(stock for stock, _ in self.ends)

    @property
    def bearer(self) -> Whose:
        """Where what it does shows first."""
        return "", ()


@dataclass(frozen=True)
class AddEffect(EffectPlan):
    """Adds to a state: of `who`, or of everybody in `group`; perhaps only towards the actor."""

    stock: str
    who: tuple[str, ...] = ()
    group: str = ""  # users | others | members | pairs: whom the effect reaches
    toward_me: bool = False

    @property
    def ends(self) -> tuple[tuple[str, float], ...]:
        """The state."""
        return ((self.stock, 1.0),)

    @property
    def bearer(self) -> Whose:
        """The state."""
        return self.stock, self.who


@dataclass(frozen=True)
class UsersEffect(EffectPlan):
    """Says who uses tiles from now on: me | all | before."""

    users: str


@dataclass(frozen=True)
class MoveEffect(EffectPlan):
    """Moves matter from one stock to another."""

    source: Whose
    target: Whose

    @property
    def ends(self) -> tuple[tuple[str, float], ...]:
        """What gives and what takes, but for the outside."""
        return tuple((stock, sign) for (stock, _), sign in ((self.source, -1.0), (self.target, 1.0)) if stock)

    @property
    def bearer(self) -> Whose:
        """What takes."""
        return self.target


def effect_plan(book: RuleBook, at: Path, effect: Effect, default_group: str) -> EffectPlan:
    """Return the plan of a checked effect; without a word about whom it reaches, it reaches `default_group`.

    Raises UnknownKind for a kind that has no plan.
    """
    kind = kinds_of(effect)[0]
    return look_up(PLANS, kind, "kind of effect", "PLANS in game/sim/effect_plans.py")(book, at, effect, default_group)


def _added(book: RuleBook, at: Path, effect: Effect, default_group: str) -> EffectPlan:
    stock, who = book.stock(*at, "of")
    named = {"users": "users", "others": "others", "partners": "members", None: default_group}
    group = look_up(named, effect.who, "group of people", "_added in game/sim/effect_plans.py")
    if effect.between:
        group = "pairs"
    if book.layout.scope.stocks[stock].place in ("tile", "world"):
        group = ""
    return AddEffect(book.rule(*at, "add"), stock, who, group, effect.toward is not None)


def _users(book: RuleBook, at: Path, effect: Effect, default_group: str) -> EffectPlan:
    return UsersEffect(None, effect.to or "me")


def _moved(book: RuleBook, at: Path, effect: Effect, default_group: str) -> EffectPlan:
    ends = (book.stock(*at, "move", "from"), book.stock(*at, "move", "to"))
    return MoveEffect(book.rule(*at, "move", "amount"), *ends)


PLANS: dict[str, Callable[[RuleBook, Path, Effect, str], EffectPlan]] = {
    "add": _added,
    "users": _users,
    "move": _moved,
}
