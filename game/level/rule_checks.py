"""Does a ruleset hold together by itself?  Names, bounds and shapes of everything that levels share."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path as FilePath

from game.language.parser import LARGEST_NUMBER
from game.level.action_checks import check_actions
from game.level.both_ways import BACK
from game.level.checker import Checker
from game.level.effects import check_effect
from game.level.expressions import bind
from game.level.look_checks import check_looks
from game.level.merge import Path, Source
from game.level.problems import Problem
from game.level.schema import Event, Level, Rules, Stock, TerrainTarget, Wants

BOUNDS = {
    "communities": 64,
    "stocks": 64,
    "flows": 256,
    "actions": 256,
    "influences": 256,
    "events": 64,
    "tables": 64,
    "auxiliaries": 256,
}


def check_rules(rules: Rules, source: Source) -> list[Problem]:
    """Return what is wrong with a ruleset by itself."""
    checker = Checker(source)
    _check_sizes(rules, checker)
    _check_unique_names(rules, checker)
    for name, stock in rules.stocks.items():
        _check_stock(rules, name, stock, checker)
    if rules.wants:
        check_wants(rules, rules.wants, ("wants",), checker)
    _check_numbers(rules, checker)
    _check_tables(rules, checker)
    _check_flows(rules, checker)
    _check_influences(rules, checker)
    check_actions(rules, checker)
    _check_icons(rules, checker)
    check_looks(rules, checker)
    if not isinstance(rules, Level) and not any(problem.severity == "error" for problem in checker.problems):
        checker.problems += bind(rules, source)[1]
    _check_events(rules, checker)
    _check_closed(rules, checker)
    return checker.problems


def _check_icons(rules: Rules, checker: Checker) -> None:
    for section in ("stocks", "auxiliaries", "actions", "events"):
        for name, entry in getattr(rules, section).items():
            checker.icon(entry.icon, (section, name, "icon"))
    for name, action in rules.actions.items():
        if action.finds is not None:
            checker.icon(action.finds.icon, ("actions", name, "finds", "icon"))


def _check_sizes(rules: Rules, checker: Checker) -> None:
    for section, most in BOUNDS.items():
        count = len(getattr(rules, section, ()))
        if count > most:
            checker.error((section,), "too-many", f"{count} {section}; at most {most} are allowed", key=True)


def _check_unique_names(rules: Rules, checker: Checker) -> None:
    seen: dict[str, str] = {}
    sections = ("stocks", "numbers", "tables", "auxiliaries", "flows", "influences", "actions", "events", "communities")
    for section in (*sections, "groups"):
        for name in getattr(rules, section, ()):
            if name in seen:
                where = _elsewhere(checker, (section, name), (seen[name], name))
                checker.error(
                    (section, name),
                    "name-taken",
                    f'"{name}" is a name in {seen[name]} already{where}; a name has one meaning',
                    key=True,
                )
            seen.setdefault(name, section)


def _elsewhere(checker: Checker, here: Path, there: Path) -> str:
    """Return in which rules a name was taken, where it was in another file: an author may not know them."""
    one, other = checker.source.document(here), checker.source.document(there)
    return "" if one is other else f", in the rules {FilePath(other.file).stem}"


def _check_stock(rules: Rules, name: str, stock: Stock, checker: Checker) -> None:
    path: Path = ("stocks", name)
    low, high = stock.range
    if not low < high:
        checker.error((*path, "range"), "out-of-range", f'the range of "{name}" must rise: [{high:g}, {low:g}]')
    elif not isinstance(stock.start, str) and not low <= stock.start <= high:
        checker.error(
            (*path, "start"),
            "out-of-range",
            f'"{name}" cannot start at {stock.start:g}: its range is {low:g} to {high:g}',
        )
    if stock.kind == "matter" and low > 0:
        checker.error((*path, "range"), "out-of-range", f'"{name}" is matter: its range starts at 0, or below')
    if stock.kind == "matter" and low < 0 and (stock.spread or stock.downhill is not None):
        message = (
            f'"{name}" may lie below 0, and such matter neither spreads nor runs downhill: let its range start at 0'
        )
        checker.error((*path, "range"), "out-of-range", message)
    if stock.kind == "matter" and stock.place in ("relation", "player"):
        checker.error((*path, "at"), "wrong-value", "matter lives on tiles, in communities or in the world")
    for index, terrain in enumerate(stock.on):
        checker.known(terrain, rules.terrains, (*path, "on", index), "terrain")
    if stock.on and stock.place != "tile":
        checker.error((*path, "on"), "wrong-value", f'"on" is for stocks on tiles, and "{name}" is not one', key=True)
    if stock.spread and (stock.place != "tile" or stock.kind != "matter"):
        checker.error((*path, "spread"), "wrong-value", "only matter on tiles can spread", key=True)
    if stock.downhill is not None and (stock.place != "tile" or stock.kind != "matter"):
        checker.error((*path, "downhill"), "wrong-value", "only matter on tiles can run downhill", key=True)
    if stock.conflict and stock.place != "community":
        checker.error((*path, "conflict"), "wrong-value", "conflict is felt by communities", key=True)
    if stock.harmless is not None and not (stock.harmful and stock.harmless < stock.harmful):
        message = '"harmless" is an amount below the one that is "harmful"'
        checker.error((*path, "harmless"), "wrong-value", message, key=True)
    if (stock.living or stock.harmful) and stock.place == "relation":
        checker.error((*path, "at"), "wrong-value", "a living or harmful stock cannot lie between two communities")


def _check_tables(rules: Rules, checker: Checker) -> None:
    for name, table in rules.tables.items():
        for index, (before, point) in enumerate(pairwise(table.points), start=1):
            path: Path = ("tables", name, "points", index)
            if not before[0] < point[0]:
                message = f"a point lies further to the right than the last: {point[0]:g} comes after {before[0]:g}"
                checker.error(path, "out-of-range", message)
            elif not all(abs(value) <= LARGEST_NUMBER for value in (*before, *point)):
                checker.error(path, "number-too-large", "this number is too large; at most 1e15 is allowed")


def _check_numbers(rules: Rules, checker: Checker) -> None:
    for name, number in rules.numbers.items():
        path: Path = ("numbers", name, "value")
        if not number.low <= number.value <= number.high:
            checker.error(
                path,
                "out-of-range",
                f'"{name}" is {number.value:g}, outside its bounds {number.low:g} to {number.high:g}',
            )
        for field in ("each_seed", "each_season"):
            pair = getattr(number, field)
            if pair and not 0 < pair[0] <= pair[1]:
                checker.error(
                    ("numbers", name, field), "out-of-range", f"{field} needs two factors that rise, as in [0.85, 1.15]"
                )


def _check_flows(rules: Rules, checker: Checker) -> None:
    for name, flow in rules.flows.items():
        path: Path = ("flows", name)
        if flow.back_of and name != f"{flow.back_of}{BACK}":
            checker.error((*path, "back_of"), "wrong-value", "this the engine writes; write both_ways: true", key=True)
        if flow.back_of:  # what is wrong with it is told of the flow that it runs against
            continue
        places = []
        for key, end in (("from", flow.source_stock), ("to", flow.target_stock)):
            if end == "outside":
                continue
            if checker.known(end, [*rules.stocks, "outside"], (*path, key), "stock"):
                if rules.stocks[end].kind != "matter":
                    checker.error(
                        (*path, key),
                        "not-matter",
                        f'"{end}" is a state, not matter; it changes by influences, not flows',
                    )
                places.append(rules.stocks[end].place)
        if flow.source_stock == flow.target_stock:
            checker.error((*path, "to"), "wrong-value", "a flow needs two different ends")
        if {"tile", "community"} <= set(places) and not flow.per:
            checker.error(
                path, "missing-key", f'"{name}" runs between tiles and communities: add per: community', key=True
            )
        if flow.where is not None and not flow.per:
            checker.error((*path, "where"), "wrong-value", '"where" needs per: community beside it', key=True)
        if flow.both_ways and flow.delay is not None:
            checker.error((*path, "delay"), "wrong-value", "what passes through a delay runs one way: write two flows")
        if flow.both_ways and rules.flows[f"{name}{BACK}"].back_of != name:
            message = f'"{name}{BACK}" is what runs back in "{name}": choose another name'
            checker.error(("flows", f"{name}{BACK}"), "name-taken", message, key=True)
        ticks = rules.seasons.ticks if isinstance(rules, Level) else 0
        if flow.delay is not None and ticks and flow.delay * ticks < 1.0 - 1e-9:
            message = f"a delay takes at least a tick, {1 / ticks:g} of a season here: write that, or more ticks"
            checker.error((*path, "delay"), "wrong-value", message)
        if flow.on_the_way and flow.delay is None:
            checker.error((*path, "on_the_way"), "wrong-value", '"on_the_way" needs delay: seasons beside it', key=True)


def _check_influences(rules: Rules, checker: Checker) -> None:
    for name, influence in rules.influences.items():
        path: Path = ("influences", name, "of")
        if checker.known(influence.of, rules.stocks, path, "stock") and rules.stocks[influence.of].kind == "matter":
            checker.error(
                path,
                "matter-moves-by-flows",
                f'"{influence.of}" is matter: it moves by flows only; write a flow, or make it kind: state',
            )


def _check_events(rules: Rules, checker: Checker) -> None:
    for name, event in rules.events.items():
        for number in event.sets:
            checker.known(number, rules.numbers, ("events", name, "sets", number), "number")
        # An upper ruleset that writes `chance: 0` has done without an event of the lower one: that is meant.
        silent = not event.chance and not event.at and event.when is None
        if silent and "chance" not in event.model_fields_set:
            checker.warning(
                ("events", name),
                "never-happens",
                f'the event "{name}" never happens: give it a chance, a season (at) or a condition (when)',
                key=True,
            )
        _check_strike(rules, name, event, checker)
        if event.chance > event.odds:
            message = f"a chance above its odds ({event.odds:g}) can never be reached: every event comes after a sign"
            checker.warning(("events", name, "chance"), "chance-above-odds", message)
        if event.warns and any(season <= 1 for season in event.at):
            checker.warning(("events", name, "at"), "no-sign", "an event in season 1 comes without its sign")


def _check_now(rules: Rules, event: Event, path: Path, checker: Checker) -> None:
    """Note what is wrong with what an event does as it begins, to the world, to everybody, to tiles."""
    for index, effect in enumerate(event.now):
        at: Path = (*path, "now", index)
        if effect.set or effect.who or effect.between or effect.toward:
            message = "an event has nobody in mind: it adds to states and moves matter (one by one: strikes: community)"
            checker.error(at, "wrong-value", message)
            continue
        check_effect(rules, TerrainTarget(all=""), effect, at, checker)
        for end in (effect.move.origin, effect.move.to) if effect.move else ():
            place = rules.stocks[end].place if end in rules.stocks else ""
            if place in ("community", "player", "relation"):
                message = f"say whose, as in {end}[alder], or let it happen to each by itself: strikes: community"
                checker.error((*at, "move"), "wrong-index", message, key=True)


def _check_condition(event: Event, path: Path, checker: Checker) -> None:
    if event.when is not None and (event.warns or event.at):
        message = "a condition is read as the season begins: it has no sign (warns) and no date (at) beside it"
        checker.error((*path, "when"), "wrong-value", message, key=True)
    if event.once and event.strikes:
        checker.error((*path, "once"), "wrong-value", "once is for what happens to all, not for strikes", key=True)


def _check_strike(rules: Rules, name: str, event: Event, checker: Checker) -> None:
    path: Path = ("events", name)
    _check_condition(event, path, checker)
    if event.strikes is None:
        _check_now(rules, event, path, checker)
        return
    if event.warns or event.sets or event.lasts > 1 or not event.now:
        message = "what strikes communities one by one has no sign and no length and sets nothing: say what it does now"
        checker.error((*path, "strikes"), "wrong-value", message, key=True)
    for index, effect in enumerate(event.now):
        if effect.set or effect.who == "users" or effect.who == "partners":
            message = "what strikes a community changes states and moves matter, of me or of all others"
            checker.error((*path, "now", index), "wrong-value", message)
        else:
            check_effect(rules, TerrainTarget(all=""), effect, (*path, "now", index), checker)


def _check_closed(rules: Rules, checker: Checker) -> None:
    """Note flows and moves that carry matter into what is called closed, or out of it."""
    moves: list[tuple[Path, str, str]] = [
        (("flows", name), flow.source_stock, flow.target_stock) for name, flow in rules.flows.items()
    ]
    owners = [("actions", name, one.now) for name, one in rules.actions.items()]
    owners += [("events", name, event.now) for name, event in rules.events.items()]
    for section, name, effects in owners:
        for index, effect in enumerate(effects):
            if effect.move:
                source, target = (end.split("[")[0].strip() for end in (effect.move.origin, effect.move.to))
                moves.append(((section, name, "now", index), source, target))
    for key, closed in rules.closed.items():
        for index, stock in enumerate(closed.stocks):
            path: Path = ("closed", key, "stocks", index)
            if checker.known(stock, rules.stocks, path, "stock") and rules.stocks[stock].kind != "matter":
                checker.error(path, "not-matter", f'"{stock}" is a state; only matter goes round')
        for path, source, target in moves:
            if (source in closed.stocks) != (target in closed.stocks):
                way = f'from "{source}" to "{target}"'
                message = f'this leads {way}, and "{key}" is closed: keep both ends within it'
                checker.error(path, "not-closed", message, key=True)


def check_wants(rules: Rules, wants: Wants, path: Path, checker: Checker) -> None:
    """Note everything wrong with the needs that a community drifts between."""
    for index, need in enumerate(wants.drift):
        checker.known(need, rules.needs, (*path, "drift", index), "need")
    if (
        wants.known_by is not None
        and checker.known(wants.known_by, rules.stocks, (*path, "known_by"), "stock")
        and rules.stocks[wants.known_by].place != "relation"
    ):
        checker.error((*path, "known_by"), "wrong-value", f'"{wants.known_by}" does not lie between two communities')
