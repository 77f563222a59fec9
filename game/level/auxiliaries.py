"""The auxiliaries of a level: named expressions without a memory, bound in order of need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from game.language.nodes import COMMUNITY, PARTNER, TILE, Node
from game.language.parser import parse
from game.language.scope import Scope, stock_place
from game.language.syntax import ExpressionError, names_in_text
from game.level.ruleset_schema import Auxiliary, Rules

EVERYWHERE = COMMUNITY | PARTNER | TILE


def bound_auxiliaries(level: Rules, base: Scope) -> dict[str, Node | None]:
    """Return what each auxiliary stands for, None for one that cannot be read, those that others need first."""
    order, in_circles = _in_order_of_need(level)
    found: dict[str, Node | None] = {name: None for circle in in_circles for name in circle}
    for name in order:
        try:
            found[name] = parse(level.auxiliaries[name].is_, auxiliary_scope(base, level.auxiliaries[name], found))
        except ExpressionError:
            found[name] = None
    return found


def auxiliary_scope(base: Scope, item: Auxiliary, found: Mapping[str, Node | None]) -> Scope:
    """The names that an auxiliary may use, and over what it may vary: anything, or what its `at` says."""
    if item.place is None:
        return replace(base, axes=EVERYWHERE, auxiliaries=found, place="an auxiliary")
    place = stock_place(item.place)
    return replace(base, axes=place.axes, auxiliaries=found, place=f"an auxiliary of {place.words}")


def circles(level: Rules) -> list[tuple[str, ...]]:
    """Return the circles in which auxiliaries need one another, each in the order of need."""
    return _in_order_of_need(level)[1]


def circle_in_words(circle: tuple[str, ...]) -> str:
    """Return what is wrong with a circle, and what to do."""
    ways = [f'"{one}" needs "{other}"' for one, other in zip(circle, (*circle[1:], circle[0]), strict=True)]
    if len(circle) == 1:
        return f'"{circle[0]}" needs itself; let a state keep what it was before'
    return f"these go round in a circle: {', '.join(ways)}; let a state keep one of them"


def _in_order_of_need(level: Rules) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the auxiliaries, each after those it needs, and the circles whose members are left out."""
    needs = {
        # One that tells a series of data, or noise, has its name, and needs nothing.
        name: []
        if item.is_ in (f"series({name})", f"noise({name})")
        else [one for one in names_in_text(item.is_) if one in level.auxiliaries]
        for name, item in level.auxiliaries.items()
    }
    found: list[tuple[str, ...]] = []
    while True:
        try:
            return list(TopologicalSorter(needs).static_order()), found
        except CycleError as error:
            circle = tuple(reversed(error.args[1][1:]))  # it tells who is needed by whom
            first = min(range(len(circle)), key=lambda place: list(level.auxiliaries).index(circle[place]))
            found.append((*circle[first:], *circle[:first]))
            needs = {name: [one for one in more if one not in circle] for name, more in needs.items()}
            needs = {name: more for name, more in needs.items() if name not in circle}
