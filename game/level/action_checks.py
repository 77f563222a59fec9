"""Checks of actions: what they touch, what they ask for, what they agree."""

from __future__ import annotations

from game.language.functions import FUNCTIONS
from game.language.ranges import SPECIAL_RANGES
from game.level.checker import Checker
from game.level.effects import base_name, check_effect, check_is_state, on_tiles
from game.level.merge import Path
from game.level.problems import did_you_mean
from game.level.schema import (
    Action,
    CommunitiesTarget,
    Fines,
    Lasting,
    Rules,
    TerrainTarget,
    TileTarget,
)
from game.level.vocabulary import FAMILIES


def check_actions(rules: Rules, checker: Checker) -> None:
    """Note everything wrong with the actions."""
    for name, action in rules.actions.items():
        _check_target(rules, name, action, checker)
        if action.family not in FAMILIES:
            hint = did_you_mean(action.family, FAMILIES)
            message = f'there is no family "{action.family}"{hint}; known: {", ".join(FAMILIES)}'
            checker.warning(("actions", name, "family"), "unknown-family", message)
        _check_costs(rules, name, action, checker)
        for index, effect in enumerate(action.now):
            check_effect(rules, action.target, effect, ("actions", name, "now", index), checker)
        for index, effect in enumerate(action.each_season):
            check_effect(rules, action.target, effect, ("actions", name, "each_season", index), checker, members=True)
        for index, later in enumerate(action.later):
            stock = base_name(later.of)
            path: Path = ("actions", name, "later", index, "of")
            if checker.known(stock, rules.stocks, path, "stock"):
                _check_is_no_matter(rules, stock, path, checker)
                _check_comes_to(rules, stock, action, path, checker)
        _check_find(rules, name, action, checker)
        _check_agreement(rules, name, action, checker)
        _check_watch(rules, name, action, checker)


def _check_is_no_matter(rules: Rules, stock: str, path: Path, checker: Checker) -> None:
    """Note where matter is to come later: only states can wait."""
    if rules.stocks[stock].kind == "matter":
        message = (
            f'"{stock}" is matter, and only a state can come later: let a state come, as in of: {stock}_coming, '
            f"and a flow bring the matter by it, as in {{from: outside, to: {stock}, rate: {stock}_coming}}"
        )
        checker.error(path, "matter-moves-by-flows", message)


def _check_comes_to(rules: Rules, stock: str, action: Action, path: Path, checker: Checker) -> None:
    """Note where nobody bears what comes later: it comes to a community, or to the tiles of the action."""
    place = rules.stocks[stock].place
    if place == "tile" and not isinstance(action.target, (TileTarget, TerrainTarget)):
        checker.error(path, "wrong-value", f'"{stock}" lies on tiles{on_tiles(rules, stock)}')
    elif place not in ("tile", "community", "player"):
        checker.error(path, "wrong-value", "what comes later must come to a community or to tiles")


def _check_target(rules: Rules, name: str, action: Action, checker: Checker) -> None:
    path: Path = ("actions", name, "target")
    if isinstance(action.target, TileTarget):
        checker.known(action.target.tiles, rules.terrains, (*path, "tiles"), "terrain")
    if isinstance(action.target, TerrainTarget):
        checker.known(action.target.all, rules.terrains, (*path, "all"), "terrain")
    if action.only_own and not isinstance(action.target, TileTarget):
        checker.error(("actions", name, "only_own"), "wrong-value", '"only_own" is for actions on tiles', key=True)
    for index, need in enumerate(action.meets):
        checker.known(need, rules.needs, ("actions", name, "meets", index), "need")
    allowed = ("need", *rules.stocks)
    for index, revealed in enumerate(action.reveals):
        checker.known(revealed, allowed, ("actions", name, "reveals", index), "stock or need")
    if action.blocked_by and rules.resistance is None:
        checker.error(
            ("actions", name, "blocked_by"),
            "missing-key",
            "nobody can protest: the rules have no section resistance",
            key=True,
        )


def _check_costs(rules: Rules, name: str, action: Action, checker: Checker) -> None:
    for stock in action.cost:
        path: Path = ("actions", name, "cost", stock)
        if checker.known(stock, rules.stocks, path, "stock") and rules.stocks[stock].place in ("tile", "relation"):
            checker.error(
                path,
                "wrong-value",
                f'a cost is paid by a player, a community or the world, and "{stock}" is none of theirs',
                key=True,
            )
    if action.aim:
        checker.known(action.aim.of, rules.stocks, ("actions", name, "aim", "of"), "stock")


def _check_find(rules: Rules, name: str, action: Action, checker: Checker) -> None:
    if action.finds is None:
        return
    stock, path = base_name(action.finds.of), ("actions", name, "finds", "of")
    if checker.known(stock, rules.stocks, path, "stock"):
        check_is_state(rules, stock, path, checker)
        if rules.stocks[stock].place in ("tile", "relation"):
            message = f'whoever finds an ally has found it everywhere: "{stock}" must be of communities or the world'
            checker.error(path, "wrong-value", message)


def _per_community(rules: Rules, name: str) -> bool:
    flow = rules.flows[name]
    ends = [rules.stocks[end].place for end in (flow.source_stock, flow.target_stock) if end in rules.stocks]
    return flow.per is not None or "community" in ends


def _check_agreement(rules: Rules, name: str, action: Action, checker: Checker) -> None:
    path: Path = ("actions", name)
    circle = isinstance(action.target, CommunitiesTarget)
    if action.accepts is not None and not (circle or action.target == "community"):
        message = "only communities can accept: target: community or {communities: 2..6}"
        checker.error((*path, "accepts"), "wrong-value", message, key=True)
    if circle and action.lasts is None:
        checker.error(path, "missing-key", f'"{name}" invites a circle and agrees nothing: add lasts', key=True)
    if action.each_season and action.lasts is None:
        checker.error((*path, "each_season"), "missing-key", '"each_season" needs an agreement: add lasts', key=True)
    if (
        action.breaks
        and checker.known(action.breaks, rules.actions, (*path, "breaks"), "action")
        and not rules.actions[action.breaks].lasts
    ):
        checker.error((*path, "breaks"), "wrong-value", f'"{action.breaks}" agrees nothing that could be broken')
    if action.gives_notice and checker.known(action.gives_notice, rules.actions, (*path, "gives_notice"), "action"):
        left = rules.actions[action.gives_notice]
        if not (left.lasts and isinstance(left.target, CommunitiesTarget)):
            message = f'"{action.gives_notice}" is no agreement of several that one could leave'
            checker.error((*path, "gives_notice"), "wrong-value", message)
    _check_terms(rules, name, action, checker)
    if action.lasts is not None:
        _check_promise(rules, action.lasts, (*path, "lasts"), checker)
        if action.lasts.fines:
            _check_fines(rules, action.lasts.fines, (*path, "lasts", "fines"), checker)


def _check_watch(rules: Rules, name: str, action: Action, checker: Checker) -> None:
    """Trials and oversight: of actions that there are, for as long as something lasts."""
    for key in ("tries", "oversees"):
        path: Path = ("actions", name, key)
        for index, other in enumerate(getattr(action, key)):
            checker.known(other, rules.actions, (*path, index), "action")
        if getattr(action, key) and action.lasts is None:
            message = f'"{key}" holds while something lasts: add lasts: {{seasons: 8}}'
            checker.error(path, "missing-key", message, key=True)
    if action.tries and action.lasts is not None and action.lasts.seasons is None:
        message = "how long a trial has run is told by what is left of it: write seasons: 8 into lasts"
        checker.error(("actions", name, "tries"), "missing-key", message, key=True)


def _check_terms(rules: Rules, action_name: str, action: Action, checker: Checker) -> None:
    """What an offer leaves open: one amount, between bounds, of an offer that somebody can accept."""
    path: Path = ("actions", action_name, "terms")
    if not action.terms:
        return
    if len(action.terms) > 1:
        checker.error(path, "too-many", "an offer leaves one amount open; write a second action for another", key=True)
    if action.accepts is None:
        message = 'terms are what somebody can agree to: add accepts: "trust > 0.3"'
        checker.error(path, "missing-key", message, key=True)
    if action.lasts is not None and not isinstance(action.target, CommunitiesTarget):
        message = "an agreement whose terms last is made in a circle: target: {communities: 2..6}"
        checker.error(path, "wrong-value", message, key=True)
    engine = {*SPECIAL_RANGES, *FUNCTIONS, "me", "target", "partner"}
    taken = {*rules.stocks, *rules.numbers, *rules.flows, *engine, *getattr(rules, "communities", ())}
    for name, term in action.terms.items():
        if name in taken:
            message = f'"{name}" is a name already; a name has one meaning'
            checker.error((*path, name), "name-taken", message, key=True)
        if not term.low < term.high:
            message = f"low has to lie below high; here {term.low:g} and {term.high:g}"
            checker.error((*path, name, "low"), "wrong-value", message)
        elif not term.low <= term.start <= term.high:
            message = f"start has to lie between {term.low:g} and {term.high:g}, and it is {term.start:g}"
            checker.error((*path, name, "start"), "wrong-value", message)


def _check_promise(rules: Rules, lasts: Lasting, path: Path, checker: Checker) -> None:
    for stock in lasts.sets:
        message = f'an agreement sets a state of its members, and "{stock}" is none'
        _check_member_state(rules, stock, (*path, "sets", stock), message, checker)
    for index, flow in enumerate(lasts.limits):
        at = (*path, "limits", index)
        if checker.known(flow, rules.flows, at, "flow") and not _per_community(rules, flow):
            message = f'"{flow}" is not counted per community, so nobody can keep to a share of it'
            checker.error(at, "wrong-value", message)
    if lasts.limits and not lasts.sets:
        message = '"limits" compares a flow with what "sets" promises; sets is missing'
        checker.error((*path, "limits"), "missing-key", message, key=True)


def _check_fines(rules: Rules, fines: Fines, path: Path, checker: Checker) -> None:
    if checker.known(fines.breaking, rules.actions, (*path, "breaking"), "action"):
        watched = rules.actions[fines.breaking].lasts
        if watched is None or not watched.limits:
            message = f'"{fines.breaking}" limits no flow, so nobody can break it'
            checker.error((*path, "breaking"), "wrong-value", message)
    if checker.known(fines.stock, rules.stocks, (*path, "stock"), "stock"):
        found = rules.stocks[fines.stock]
        if found.place != "community" or found.kind != "matter":
            checker.error((*path, "stock"), "wrong-value", "a fine is paid in matter that a community holds")
        elif found.range[0] < 0:
            message = (
                f'"{fines.stock}" may lie below 0, and nobody pays a fine in what he owes: let its range start at 0'
            )
            checker.error((*path, "stock"), "wrong-value", message)
    for stock in fines.seizes:
        message = f'only a state of a community can be seized, and "{stock}" is none'
        _check_member_state(rules, stock, (*path, "seizes", stock), message, checker)


def _check_member_state(rules: Rules, stock: str, path: Path, message: str, checker: Checker) -> None:
    if checker.known(stock, rules.stocks, path, "stock"):
        found = rules.stocks[stock]
        if found.place != "community" or found.kind != "state":
            checker.error(path, "wrong-value", message, key=True)
