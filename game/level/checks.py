"""Does a level hold together?  Names, places, bounds: everything that needs no run."""

from __future__ import annotations

import copy
from typing import Any

from game.language.nodes import Node
from game.language.ranges import could_overflow, possible_misuse, possible_zero_divisions
from game.level.balance_checks import check_balance
from game.level.checker import Checker
from game.level.claim_checks import (
    check_afterwards,
    check_claims,
    check_goals,
    check_guide,
    check_ideas,
    check_mutual,
    check_seats,
)
from game.level.cost import check_cost
from game.level.expressions import bind, expressions
from game.level.look_checks import check_grounds, check_homes, check_own_colours
from game.level.map_checks import check_map
from game.level.merge import Path, Source, apply_change, find_value, unknown_name
from game.level.noise import check_noise
from game.level.presets import changes_of
from game.level.problems import Problem, did_you_mean
from game.level.rule_checks import check_rules, check_wants
from game.level.ruleset_schema import Preset
from game.level.schema import Level, Rules
from game.level.series import check_data
from game.level.starts import check_starts
from game.level.tick_checks import check_ticks
from game.level.time_words import check_time_words
from game.level.units import check_units
from game.level.used_rules import used_rules
from game.level.validation import tuples, validate
from game.level.vocabulary import POLICY_NAMES


def _check_allowed(level: Level, checker: Checker) -> None:
    """Note names of actions that there are not, and actions that the level itself writes and nobody is offered."""
    for index, name in enumerate(level.allow or ()):
        checker.known(name, level.actions, ("allow", index), "action")
    source = checker.source
    for name in level.actions:
        if level.allow is not None and name not in level.allow and source.document(("actions", name)) is source.main:
            message = f'"{name}" is written here and not in "allow", so that nobody can do it: name it there as well'
            checker.warning(("actions", name), "not-allowed", message, key=True)


def check_level(level: Level, source: Source, warn: bool = True) -> list[Problem]:
    """Return what is wrong with a level and the rules it uses; what only warns may be left out, it takes a while."""
    checker = Checker(source)
    checker.problems += check_rules(level, source)
    check_people(level, checker)
    check_time_words(level, checker)
    check_data(level, checker)
    check_noise(level, checker)
    check_homes(level, checker)
    check_own_colours(level, checker)
    check_grounds(level, checker)
    check_map(level, checker)
    check_goals(level, checker)
    check_ideas(level, checker)
    check_afterwards(level, checker)
    check_guide(level, checker)
    check_claims(level, checker)
    check_mutual(level, checker)
    _check_allowed(level, checker)
    for name, loop in level.loops.items():
        through: Path = ("loops", name, "through")
        if not loop.through:
            message = "a loop goes through the stocks that it names, as in through: [grass, cows]"
            checker.error(through, "out-of-range", message)
        for index, member in enumerate(loop.through):
            checker.known(member, level.stocks, (*through, index), "stock")
            if member in loop.through[:index]:
                message = f'a loop names each stock once: it comes back to "{member}" by itself'
                checker.error((*through, index), "name-taken", message)
    if any(problem.severity == "error" for problem in checker.problems):
        names_of_flows_hold = all(_ends_known(level, name) for name in level.flows)
        if not names_of_flows_hold:
            return checker.problems
    nodes, problems = bind(level, source)
    checker.problems += problems
    _check_divisions(level, nodes, checker, warn)
    check_starts(level, nodes, checker)
    if warn:
        check_units(level, nodes, checker)
    if not any(problem.severity == "error" for problem in checker.problems):
        _check_changes(level, checker)
        check_difficulty(level, checker)
        playing, kept = used_rules(level, nodes)
        check_cost(playing, kept, checker)
        if warn:
            check_ticks(level, kept, checker)
            check_balance(level, playing, kept, checker)
    return checker.problems


# A control may open what is closed: that is how it shows that a leak would be seen.
MAY_CHANGE = ("not-closed",)


def _check_changes(level: Level, checker: Checker) -> None:
    """Try what claims and controls change, once the level itself stands."""
    for index, claim in enumerate(level.claims):
        path: Path = ("claims", index)
        owners: list[tuple[dict[str, Any], Path]] = [(claim.change, path), (claim.control.change, (*path, "control"))]
        owners += [(claim.compare.change, (*path, "compare"))] if claim.compare else []
        for owner, at in owners:
            for name, value in owner.items():
                _check_change(level, name, value, (*at, "change", name), checker)


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
    for seat in level.people:
        if checker.known(seat, level.seats, ("people", seat), "seat") and seat in level.neighbours:
            said = f'"{seat}" is a person here and a script in neighbours: keep one of the two'
            checker.error(("people", seat), "said-twice", said, key=True)
    for name, members in level.groups.items():
        if name in ("seats", "others", "partners", "uses", "target"):
            checker.error(("groups", name), "name-taken", f'"{name}" is a group already', key=True)
        for index, member in enumerate(members):
            checker.known(member, level.communities, ("groups", name, index), "community")
    for name, community in level.communities.items():
        for stock, value in community.starts.items():
            path: Path = ("communities", name, stock)
            own = [key for key, item in level.stocks.items() if item.place in ("community", "player")]
            if stock not in own:
                allowed = ["name", "people", "wants", "plain", "looks_like", "badge", *own]
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
    problems = _problems_of(type(level), data, checker)
    if isinstance(value, str) and not any(problem.severity == "error" for problem in problems):
        problems = bind(Level.model_validate(tuples(data)), Source(checker.source.main, data))[1]
    for found in problems:
        if found.severity == "error" and found.code not in MAY_CHANGE:
            checker.error(path, found.code, f'the change of "{name}" does not fit: {found.message}')


def _problems_of(model: type[Rules], data: dict[str, Any], checker: Checker) -> list[Problem]:
    """Return what would be wrong with other data for a level or ruleset, as far as its shape and names go."""
    changed, problems = validate(model, Source(checker.source.main, data))
    if changed is not None and not problems:
        inner = Checker(Source(checker.source.main, data))
        if isinstance(changed, Level):
            check_people(changed, inner)
        problems = inner.problems + check_rules(changed, inner.source)
    return problems


def check_difficulty(rules: Rules, checker: Checker) -> None:
    """Note everything that does not fit in the presets of difficulty."""
    data = rules.model_dump(by_alias=True) | {"difficulty": {}, "claims": ()}
    if not isinstance(rules, Level):
        del data["claims"]
    for name in ("gentle", "hard"):
        preset = getattr(rules.difficulty, name)
        if preset is not None:
            _check_preset(rules, data, preset, ("difficulty", name), checker)


def _check_preset(rules: Rules, data: dict[str, Any], preset: Preset, path: Path, checker: Checker) -> None:
    seats = list(rules.seats) if isinstance(rules, Level) else []
    for seat, policy in preset.neighbours.items():
        checker.known(seat, [*seats, "all", "others"], (*path, "neighbours", seat), "seat")
        checker.known(policy, POLICY_NAMES, (*path, "neighbours", seat), "policy")
    before = len(checker.problems)
    for key in ("change", "times"):
        for name in getattr(preset, key):
            at = (*path, key, name)
            problem = unknown_name(data, name, checker.source, at)
            if problem:
                checker.problems.append(problem)
            elif key == "times" and not isinstance(find_value(data, name), (int, float)):
                checker.error(at, "wrong-type", f'"{name}" is no number that could be multiplied')
    if len(checker.problems) == before:
        _try_preset(rules, data, preset, path, checker)


def _try_preset(rules: Rules, data: dict[str, Any], preset: Preset, path: Path, checker: Checker) -> None:
    """Lay all changes of a preset over the level at once; where that does not stand, find out which it was."""
    changes = changes_of(data, preset)
    if not _errors_with(rules, data, changes, checker):
        return
    found = False
    for name, value in changes.items():
        for problem in _errors_with(rules, data, {name: value}, checker):
            found = True
            at = (*path, "change" if name in preset.change else "times", name)
            checker.error(at, problem.code, f'the change of "{name}" does not fit: {problem.message}')
    if not found:
        problem = _errors_with(rules, data, changes, checker)[0]
        checker.error(path, problem.code, f"these changes do not fit together: {problem.message}", key=True)


def _errors_with(rules: Rules, data: dict[str, Any], changes: dict[str, Any], checker: Checker) -> list[Problem]:
    changed = copy.deepcopy(data)
    for name, value in changes.items():
        apply_change(changed, name, value, checker.source)
    problems = _problems_of(type(rules), changed, checker)
    # Numbers in the place of numbers break no expression.
    written = any(not isinstance(value, (int, float)) for value in changes.values())
    if written and isinstance(rules, Level) and not any(problem.severity == "error" for problem in problems):
        level = Level.model_validate(tuples(changed))
        problems = bind(level, Source(checker.source.main, changed))[1]
    return [problem for problem in problems if problem.severity == "error"]


def _check_divisions(level: Level, nodes: dict[Path, Node], checker: Checker, warn: bool) -> None:
    scopes = {item.path: item.scope for item in expressions(level)}
    for path, node in nodes.items():
        if path[0] == "flows" and level.flows[str(path[1])].back_of:
            continue
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
        if not warn:
            continue
        for function, message in possible_misuse(node, scopes[path]):
            checker.warning(path, "out-of-domain", message, offset=function.offset)
        for divisor in possible_zero_divisions(node, scopes[path]):
            checker.warning(
                path,
                "division-by-zero",
                "this may divide by zero, and then counts as 0; add a small number if that is not meant",
                offset=divisor.offset,
            )


__all__ = ["Checker", "check_level", "check_people", "check_rules", "check_start"]
