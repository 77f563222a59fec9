"""The kinds of effects: by which key a level asks for each, what may be wrong with it, which expressions it holds.

What an effect becomes in a model stands in `game.sim.effect_plans`, what it
does in `game.sim.effects`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from game.language.nodes import COMMUNITY, PARTNER, TILE
from game.language.scope import Scope
from game.level.checker import Checker
from game.level.merge import Path
from game.level.schema import Effect, Formula, Rules, Target, TerrainTarget, TileTarget

Named = tuple[Path, Formula, Scope]  # an expression: where it stands, its text, the names it may use


@dataclass(frozen=True)
class EffectKind:
    """One kind of effect.

    `key` is the key of `Effect` that asks for it.  `check` notes what is
    wrong with one (of an agreement's seasons, where `members`);
    `expressions` yields what stands in it.
    """

    key: str
    check: Callable[[Rules, Target, Effect, Path, Checker, bool], None]
    expressions: Callable[[Rules, Scope, Path, Effect, bool], Iterator[Named]]


def kinds_of(effect: Effect) -> list[str]:
    """Return every kind of effect that is asked for at once: one, where nothing is wrong."""
    return [name for name, kind in EFFECT_KINDS.items() if getattr(effect, kind.key) is not None]


def effect_expressions(level: Rules, scope: Scope, at: Path, effect: Effect, members: bool) -> Iterator[Named]:
    """Yield the expressions of an effect; `members`: of an agreement's seasons."""
    for kind in kinds_of(effect):
        yield from EFFECT_KINDS[kind].expressions(level, scope, at, effect, members)


def check_effect(
    rules: Rules, target: Target, effect: Effect, path: Path, checker: Checker, members: bool = False
) -> None:
    """Note everything wrong with one effect of what has this target; `members`: of an agreement's seasons."""
    kinds = kinds_of(effect)
    if len(kinds) != 1:
        checker.error(path, "wrong-value", "an effect does one thing: of and add, or set and to, or move")
        return
    EFFECT_KINDS[kinds[0]].check(rules, target, effect, path, checker, members)


def _check_users(rules: Rules, target: Target, effect: Effect, path: Path, checker: Checker, members: bool) -> None:
    if not isinstance(target, TileTarget) or effect.to is None or members:
        checker.error(
            path,
            "wrong-value",
            "users are set on tiles: target: {tiles: pasture, area: 8} and to: me, all or before",
        )


def _no_expressions(level: Rules, scope: Scope, at: Path, effect: Effect, members: bool) -> Iterator[Named]:
    return iter(())


def base_name(text: str) -> str:
    """Return the stock that a text such as "trust[target, me]" names."""
    return re.split(r"\[", text, maxsplit=1)[0].strip()


def check_is_state(rules: Rules, stock: str, path: Path, checker: Checker) -> None:
    """Note where matter is said to be added to."""
    if rules.stocks[stock].kind == "matter":
        checker.error(
            path,
            "matter-moves-by-flows",
            f'"{stock}" is matter and cannot be added to: write {{move: {{from: outside, to: {stock}, amount: 1}}}}',
        )


def on_tiles(rules: Rules, stock: str) -> str:
    """Return the cure where something on tiles is meant and the action has no tiles for a target."""
    live = rules.stocks[stock].on if stock else ()
    ground = next((name for name in (*live, *rules.terrains)), "pasture")
    ways = f"target: {{all: {ground}}} for all of it, or target: {{tiles: {ground}, area: 3}} for a plot"
    return f": the action needs a target of tiles, {ways}"


def _check_move(rules: Rules, target: Target, effect: Effect, path: Path, checker: Checker, members: bool) -> None:
    move = effect.move
    if move is None:
        return
    if members:
        checker.error(path, "wrong-value", "an agreement moves matter by a flow of the rules, not by itself")
    if move.origin == move.to:
        checker.error((*path, "move"), "wrong-value", "a move needs two different ends", key=True)
    for key, end in (("from", move.origin), ("to", move.to)):
        stock = base_name(end)
        if stock == "outside" or not checker.known(stock, [*rules.stocks, "outside"], (*path, "move", key), "stock"):
            continue
        found = rules.stocks[stock]
        if found.kind != "matter":
            checker.error(
                (*path, "move", key), "not-matter", f'"{stock}" is a state, not matter: write {{of: {stock}, add: 1}}'
            )
        if found.place == "tile" and not isinstance(target, (TileTarget, TerrainTarget)):
            checker.error((*path, "move", key), "wrong-value", f'"{stock}" lies on tiles{on_tiles(rules, stock)}')


def _check_addition(rules: Rules, target: Target, effect: Effect, path: Path, checker: Checker, members: bool) -> None:
    stock = base_name(effect.of or "")
    if effect.add is None:
        checker.error(path, "missing-key", f"say how much: {{of: {stock}, add: 0.1}}")
    if not checker.known(stock, rules.stocks, (*path, "of"), "stock"):
        return
    check_is_state(rules, stock, (*path, "of"), checker)
    found = rules.stocks[stock]
    if found.place == "tile" and (members or not isinstance(target, (TileTarget, TerrainTarget))):
        checker.error((*path, "of"), "wrong-value", f'"{stock}" lies on tiles{on_tiles(rules, stock)}')
    if effect.who and members != (effect.who == "partners"):
        message = "partners are those of an agreement: they belong into its each_season, and nobody else does"
        checker.error((*path, "who"), "wrong-value", message)
    if effect.who == "users" and not isinstance(target, (TileTarget, TerrainTarget)):
        checker.error((*path, "who"), "wrong-value", f"users are those who use tiles{on_tiles(rules, '')}")
    if members and (effect.toward or "[" in (effect.of or "")):
        checker.error(
            (*path, "of"), "wrong-index", f"each_season speaks of all members: write {stock} without brackets"
        )
    if effect.between and found.place != "relation":
        checker.error((*path, "of"), "wrong-value", f'"{stock}" does not lie between two communities')
    of_all = path[0] == "events" and rules.events[str(path[1])].strikes is None
    if found.place == "relation" and not (effect.between or effect.toward or of_all) and "[" not in (effect.of or ""):
        checker.error((*path, "of"), "wrong-index", f"say whose, as in {stock}[target, me], or add toward: me")
    if effect.between and not members:
        checker.error(
            (*path, "between"), "wrong-value", '"between: partners" belongs into each_season of an agreement', key=True
        )


def _move_expressions(level: Rules, scope: Scope, at: Path, effect: Effect, members: bool) -> Iterator[Named]:
    if effect.move is None:
        return
    for end, key in ((effect.move.origin, "from"), (effect.move.to, "to")):
        if end != "outside":
            yield (*at, "move", key), end, reference(scope)
    tiles = any(is_tile(level, end) for end in (effect.move.origin, effect.move.to))
    amount = replace(scope, axes=TILE, place="an amount for each tile") if tiles else scope
    yield (*at, "move", "amount"), effect.move.amount, amount


def _added_expressions(level: Rules, scope: Scope, at: Path, effect: Effect, members: bool) -> Iterator[Named]:
    if effect.of is None or effect.add is None:
        return
    if effect.between:
        pair = {**scope.specials, "kept": PARTNER, "excess": PARTNER} if members else scope.specials
        inner = replace(scope, axes=COMMUNITY | PARTNER, default_who="", specials=pair, place="a rule for two partners")
    elif effect.who or members:
        inner = replace(scope, axes=COMMUNITY, default_who="", place="a rule for each of them")
    elif is_tile(level, effect.of):
        inner = replace(scope, axes=TILE, place="a change for each tile")
    else:
        inner = scope
    whose = replace(inner, default_who="") if effect.who or effect.between or members else inner
    yield (*at, "of"), effect.of, reference(whose)
    yield (*at, "add"), effect.add, inner


def reference(scope: Scope) -> Scope:
    """Return the names of a place where a stock is named and not worked out."""
    return replace(scope, axes=COMMUNITY | PARTNER | TILE, place="the name of a stock")


def is_tile(level: Rules, name: str) -> bool:
    """Whether a stock of this name lies on tiles."""
    return name in level.stocks and level.stocks[name].place == "tile"


EFFECT_KINDS: dict[str, EffectKind] = {
    "users": EffectKind("set", _check_users, _no_expressions),
    "move": EffectKind("move", _check_move, _move_expressions),
    "add": EffectKind("of", _check_addition, _added_expressions),
}
