"""Does a level hold together?  Names, places, bounds: everything that needs no run."""

from __future__ import annotations

from game.language.nodes import Node
from game.language.ranges import could_overflow, possible_zero_divisions
from game.level.balance_checks import check_balance
from game.level.claim_checks import check_claims, check_goals, check_guide, check_ideas, check_seats
from game.level.cost import check_cost
from game.level.expressions import bind, expressions
from game.level.in_play import in_play
from game.level.map_checks import check_map
from game.level.merge import Path, Source, apply_change
from game.level.problems import Problem, did_you_mean
from game.level.rule_checks import Checker, check_rules, check_wants
from game.level.schema import Level, Rules
from game.level.tick_checks import check_ticks
from game.level.validation import validate


def check_level(level: Level, source: Source) -> list[Problem]:
    """Return what is wrong with a level and the rules it uses."""
    checker = Checker(source)
    checker.problems += check_rules(level, source)
    check_people(level, checker)
    check_map(level, checker)
    check_goals(level, checker)
    check_ideas(level, checker)
    check_guide(level, checker)
    check_claims(level, checker)
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
    if not any(problem.severity == "error" for problem in checker.problems):
        _check_changes(level, checker)
        playing, kept = in_play(level, nodes)
        check_cost(playing, kept, checker)
        check_ticks(level, kept, checker)
        check_balance(level, nodes, checker)
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


def check_people(level: Level, checker: Checker) -> None:
    """Note everything wrong with communities, seats and who plays them."""
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
    check_seats(level, dict(level.neighbours), ("neighbours",), checker)
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


def check_start(level: Level, stock: str, value: object, path: Path, checker: Checker) -> None:
    """Note an error when `value` cannot be the start of `stock`."""
    low, high = level.stocks[stock].range
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        checker.error(path, "wrong-type", f'"{stock}" starts with a number')
    elif not low <= value <= high:
        checker.error(path, "out-of-range", f'"{stock}" cannot start at {value:g}: its range is {low:g} to {high:g}')


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


__all__ = ["Checker", "check_level", "check_people", "check_rules", "check_start"]
