"""Does a level hold together?  Names, places, bounds: everything that needs no run."""

from __future__ import annotations

from collections.abc import Iterable

from game.language.nodes import Node, walk
from game.language.ranges import could_overflow, possible_zero_divisions
from game.level.action_checks import check_actions
from game.level.expressions import bind, claim_scope, expressions, world_scope
from game.level.map_checks import check_map
from game.level.merge import Path, Source, apply_change
from game.level.problems import Problem, Severity, did_you_mean
from game.level.schema import Level, Rules, Stock, Wants
from game.level.tick_checks import check_ticks
from game.level.validation import validate
from game.level.vocabulary import POLICY_NAMES

BOUNDS = {"communities": 64, "stocks": 64, "flows": 256, "actions": 256, "influences": 256, "events": 64}
MOST_NODE_TILES = 20_000_000


class Checker:
    """Collects problems at paths of one source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def error(self, path: Path, code: str, message: str, key: bool = False) -> None:
        """Note an error."""
        self.problems.append(self.source.problem(path, code, message, key=key))

    def warning(self, path: Path, code: str, message: str, key: bool = False, offset: int | None = None) -> None:
        """Note something that is allowed, and perhaps not meant."""
        severity: Severity = "warning"
        self.problems.append(self.source.problem(path, code, message, severity, key, offset))

    def known(self, name: str, allowed: Iterable[str], path: Path, what: str) -> bool:
        """Whether `name` is allowed; if not, note the error with a suggestion."""
        names = list(allowed)
        if name in names:
            return True
        self.error(path, "unknown-name", f'there is no {what} "{name}"{did_you_mean(name, names)}')
        return False


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
    _check_flows(rules, checker)
    for name, influence in rules.influences.items():
        path: Path = ("influences", name, "of")
        if checker.known(influence.of, rules.stocks, path, "stock") and rules.stocks[influence.of].kind == "matter":
            checker.error(
                path,
                "matter-moves-by-flows",
                f'"{influence.of}" is matter: it moves by flows only; write a flow, or make it kind: state',
            )
    check_actions(rules, checker)
    if not isinstance(rules, Level) and not any(problem.severity == "error" for problem in checker.problems):
        checker.problems += bind(rules, source)[1]
    for name, event in rules.events.items():
        for number in event.sets:
            checker.known(number, rules.numbers, ("events", name, "sets", number), "number")
        if not event.chance and not event.at:
            checker.warning(
                ("events", name),
                "never-happens",
                f'the event "{name}" never happens: give it a chance or a season (at)',
                key=True,
            )
        if event.chance > event.odds:
            message = f"a chance above its odds ({event.odds:g}) can never be reached: every event comes after a sign"
            checker.warning(("events", name, "chance"), "chance-above-odds", message)
        if event.warns and any(season <= 1 for season in event.at):
            checker.warning(("events", name, "at"), "no-sign", "an event in season 1 comes without its sign")
    return checker.problems


def check_level(level: Level, source: Source) -> list[Problem]:
    """Return what is wrong with a level and the rules it uses."""
    checker = Checker(source)
    checker.problems += check_rules(level, source)
    check_people(level, checker)
    check_map(level, checker)
    _check_goals(level, checker)
    _check_guide(level, checker)
    _check_claims(level, checker)
    for index, name in enumerate(level.allow or ()):
        checker.known(name, level.actions, ("allow", index), "action")
    for name, loop in level.loops.items():
        for index, member in enumerate(loop.through):
            checker.known(member, level.stocks, ("loops", name, "through", index), "stock")
    if any(problem.severity == "error" for problem in checker.problems):
        names_of_flows_hold = all(_ends_known(level, name) for name in level.flows)
        if not names_of_flows_hold:
            return checker.problems
    nodes, problems = bind(level, source)
    checker.problems += problems
    _check_divisions(level, nodes, checker)
    check_ticks(level, nodes, checker)
    _check_cost(level, nodes, checker)
    if not any(problem.severity == "error" for problem in checker.problems):
        _check_changes(level, checker)
    return checker.problems


def _check_changes(level: Level, checker: Checker) -> None:
    """Try what claims and controls change, once the level itself stands."""
    for index, claim in enumerate(level.claims):
        path: Path = ("claims", index)
        for owner, at in ((claim.change, (*path, "change")), (claim.control.change, (*path, "control", "change"))):
            for name, value in owner.items():
                _check_change(level, name, value, (*at, name), checker)


def _ends_known(rules: Rules, name: str) -> bool:
    flow = rules.flows[name]
    return all(end == "outside" or end in rules.stocks for end in (flow.source_stock, flow.target_stock))


def _check_sizes(rules: Rules, checker: Checker) -> None:
    for section, most in BOUNDS.items():
        count = len(getattr(rules, section, ()))
        if count > most:
            checker.error((section,), "too-many", f"{count} {section}; at most {most} are allowed", key=True)


def _check_unique_names(rules: Rules, checker: Checker) -> None:
    seen: dict[str, str] = {}
    for section in ("stocks", "numbers", "flows", "influences", "actions", "events", "communities"):
        for name in getattr(rules, section, ()):
            if name in seen:
                checker.error(
                    (section, name),
                    "name-taken",
                    f'"{name}" is a name in {seen[name]} already; a name has one meaning',
                    key=True,
                )
            seen.setdefault(name, section)


def _check_stock(rules: Rules, name: str, stock: Stock, checker: Checker) -> None:
    path: Path = ("stocks", name)
    low, high = stock.range
    if not low < high:
        checker.error((*path, "range"), "out-of-range", f'the range of "{name}" must rise: [{high:g}, {low:g}]')
    elif not low <= stock.start <= high:
        checker.error(
            (*path, "start"),
            "out-of-range",
            f'"{name}" cannot start at {stock.start:g}: its range is {low:g} to {high:g}',
        )
    if stock.kind == "matter" and low != 0:
        checker.error((*path, "range"), "out-of-range", f'"{name}" is matter: its range starts at 0')
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
    if (stock.living or stock.harmful) and stock.place == "relation":
        checker.error((*path, "at"), "wrong-value", "a living or harmful stock cannot lie between two communities")


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


def check_people(level: Level, checker: Checker) -> None:
    if not level.communities:
        checker.error(
            ("communities",),
            "missing-key",
            "a level needs at least one community, as in communities: {alder: {name: The Alders}}",
        )
    if not level.seats and level.communities:
        checker.error(
            ("seats",), "missing-key", f"say for whom players speak, as in seats: [{next(iter(level.communities))}]"
        )
    for index, seat in enumerate(level.seats):
        checker.known(seat, level.communities, ("seats", index), "community")
        if seat in level.seats[:index]:
            checker.error(("seats", index), "name-taken", f'"{seat}" has a seat already')
    _check_seats(level, dict(level.neighbours), ("neighbours",), checker)
    for name, community in level.communities.items():
        for stock, value in community.starts.items():
            path: Path = ("communities", name, stock)
            own = [key for key, item in level.stocks.items() if item.place in ("community", "player")]
            if stock not in own:
                allowed = ["name", "people", "wants", "plain", *own]
                checker.error(
                    path,
                    "unknown-key",
                    f'unknown key "{stock}"{did_you_mean(stock, allowed)}; allowed here: {", ".join(allowed)}',
                    key=True,
                )
            else:
                check_start(level, stock, value, path, checker)
        if community.wants:
            check_wants(level, community.wants, ("communities", name, "wants"), checker)


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


def check_start(level: Level, stock: str, value: object, path: Path, checker: Checker) -> None:
    """Note an error when `value` cannot be the start of `stock`."""
    low, high = level.stocks[stock].range
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        checker.error(path, "wrong-type", f'"{stock}" starts with a number')
    elif not low <= value <= high:
        checker.error(path, "out-of-range", f'"{stock}" cannot start at {value:g}: its range is {low:g} to {high:g}')


def _check_goals(level: Level, checker: Checker) -> None:
    seen: set[str] = set()
    for index, goal in enumerate(level.goals):
        if goal.id in seen:
            checker.error(("goals", index, "id"), "name-taken", f'two goals are called "{goal.id}"')
        seen.add(goal.id)
        last = goal.by or level.seasons.count
        if last > level.seasons.count or goal.in_a_row > last:
            checker.error(
                ("goals", index),
                "out-of-reach",
                f'the goal "{goal.id}" cannot be reached in {level.seasons.count} seasons',
                key=True,
            )
    if level.objective == 0.0 and level.claims:
        checker.warning(("objective",), "no-objective", "without an objective no planner can play this level", key=True)


def _check_guide(level: Level, checker: Checker) -> None:
    for index, step in enumerate(level.guide):
        if step.planned is not None:
            checker.known(step.planned, level.allowed_actions(), ("guide", index, "planned"), "action")
        if step.planned is None and step.season is None and step.holds is None:
            message = "say when this note is done: planned: an action, season: a number, or holds: a condition"
            checker.error(("guide", index), "missing-key", message, key=True)


def _check_claims(level: Level, checker: Checker) -> None:
    seen: set[str] = set()
    for index, claim in enumerate(level.claims):
        path: Path = ("claims", index)
        if claim.id in seen:
            checker.error((*path, "id"), "name-taken", f'two claims are called "{claim.id}"')
        seen.add(claim.id)
        plans = [(claim.seats, (*path, "seats"))]
        plans += [(claim.control.seats, (*path, "control", "seats"))] if claim.control.seats else []
        plans += [(claim.compare.seats, (*path, "compare", "seats"))] if claim.compare else []
        for seats, at in plans:
            _check_seats(level, seats, at, checker)
        if not claim.share_of_seeds and not claim.compare:
            checker.error(
                path, "missing-key", f'the claim "{claim.id}" bounds nothing: add share_of_seeds or compare', key=True
            )
        control = claim.control
        if not (
            control.without_action or control.without_flow or control.without_event or control.change or control.seats
        ):
            checker.error(
                (*path, "control"),
                "control-changes-nothing",
                "the control switches nothing off: name without_action, change or seats",
                key=True,
            )
        if claim.share_of_seeds and not control.then:
            checker.error(
                (*path, "control"), "missing-key", "say what the control shows, as in then: {at_most: 0.05}", key=True
            )
        for owner, at in ((claim, path), (control, (*path, "control"))):
            _check_switches(level, owner, at, checker)
        if claim.at != "end" and int(claim.at.seasons.split("..")[1]) > level.seasons.count:
            checker.error((*path, "at"), "out-of-reach", f"the game ends after {level.seasons.count} seasons")


def _check_seats(level: Level, seats: dict[str, str | tuple[str, ...]], path: Path, checker: Checker) -> None:
    for seat, policies in seats.items():
        checker.known(seat, [*level.seats, "all", "others"], (*path, seat), "seat")
        for policy in (policies,) if isinstance(policies, str) else policies:
            checker.known(policy, POLICY_NAMES, (*path, seat), "policy")


def _check_switches(level: Level, owner: object, path: Path, checker: Checker) -> None:
    for key, names in (
        ("without_action", level.actions),
        ("without_flow", level.flows),
        ("without_event", level.events),
    ):
        for name in getattr(owner, key, ()):
            checker.known(name, names, (*path, key), key.split("_")[1])


def _check_change(level: Level, name: str, value: object, path: Path, checker: Checker) -> None:
    """Note an error when the level would not stand with one value changed."""
    data = level.model_dump(by_alias=True)
    problem = apply_change(data, name, value, checker.source, at=path)
    if problem:
        checker.problems.append(problem)
        return
    changed, problems = validate(Level, Source(checker.source.main, data))
    if isinstance(changed, Level) and not problems:
        inner = Checker(Source(checker.source.main, data))
        check_people(changed, inner)
        problems = inner.problems + check_rules(changed, inner.source)
    for found in problems:
        if found.severity == "error":
            checker.error(path, found.code, f'the change of "{name}" does not fit: {found.message}')


def _check_divisions(level: Level, nodes: dict[Path, Node], checker: Checker) -> None:
    scopes = {item.path: item.scope for item in expressions(level)}
    for path, node in nodes.items():
        part = could_overflow(node, scopes[path])
        if part is not None:
            checker.problems.append(
                checker.source.problem(
                    path,
                    "could-overflow",
                    "this could grow beyond all bounds; use smaller numbers or powers",
                    offset=part.offset,
                )
            )
        for divisor in possible_zero_divisions(node, scopes[path]):
            checker.warning(
                path,
                "division-by-zero",
                "this may divide by zero, and then counts as 0; add a small number if that is not meant",
                offset=divisor.offset,
            )


def _check_cost(level: Level, nodes: dict[Path, Node], checker: Checker) -> None:
    rows = [row for row in level.map.rows.splitlines() if row]
    tiles = sum(len(row) for row in rows)
    cost = 0
    for path, node in nodes.items():
        if path[0] in ("flows", "influences"):
            per_tile = sum(1 for part in walk(node) if part.axes & 4)
            copies = len(level.communities) if any(part.axes & 1 and part.axes & 4 for part in walk(node)) else 1
            cost += per_tile * tiles * copies
    if cost > MOST_NODE_TILES:
        checker.error(
            ("map",),
            "too-costly",
            f"a tick of this level costs {cost:,} node-tiles; at most {MOST_NODE_TILES:,} are allowed",
            key=True,
        )


__all__ = ["Checker", "check_level", "check_rules", "check_start", "claim_scope", "world_scope"]
