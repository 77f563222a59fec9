"""Do goals, notes and claims of a level name what there is, and can they come true at all?"""

from __future__ import annotations

from game.level.checker import Checker
from game.level.merge import Path
from game.level.schema import Claim, Level
from game.level.vocabulary import BARS, POLICY_NAMES


def check_goals(level: Level, checker: Checker) -> None:
    """Note goals that share a name or cannot be reached in time."""
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
    for index, name in enumerate(level.watch):
        known = checker.known(name, {**level.stocks, **level.auxiliaries}, ("watch", index), "stock")
        if known and name in level.stocks and level.stocks[name].place == "relation":
            checker.error(
                ("watch", index), "wrong-value", f'"{name}" lies between two communities and is no one number'
            )
    if level.objective == 0.0 and level.claims:
        checker.warning(("objective",), "no-objective", "without an objective no planner can play this level", key=True)


def check_afterwards(level: Level, checker: Checker) -> None:
    """Note what is to be left after the end and is no matter of the level."""
    if level.afterwards and level.seasons.of_a_year is None:
        message = f"it counts years, and nobody has said how many {level.seasons.several} make one: seasons.year"
        checker.error(("afterwards", "years"), "missing-key", message, key=True)
    for index, name in enumerate(level.afterwards.of if level.afterwards else ()):
        path: Path = ("afterwards", "of", index)
        if checker.known(name, level.stocks, path, "stock") and level.stocks[name].kind != "matter":
            checker.error(path, "wrong-value", f'"{name}" is a state: only matter is left over')


def check_ideas(level: Level, checker: Checker) -> None:
    """Note ideas that a level names twice, and an emblem that is none."""
    checker.icon(level.emblem, ("emblem",))
    for index, idea in enumerate(level.ideas):
        if idea in level.ideas[:index]:
            checker.error(("ideas", index), "named-twice", f"the idea {idea} is named twice")


def check_guide(level: Level, checker: Checker) -> None:
    """Note guide steps that ask for what the level does not have."""
    for index, step in enumerate(level.guide):
        if step.planned is not None:
            checker.known(step.planned, level.allowed_actions(), ("guide", index, "planned"), "action")
        if step.planned is None and step.season is None and step.holds is None:
            message = "say when this note is done: planned: an action, season: a number, or holds: a condition"
            checker.error(("guide", index), "missing-key", message, key=True)


def check_claims(level: Level, checker: Checker) -> None:
    """Note claims that name what there is not, bound nothing, or have a control that changes nothing."""
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
            check_seats(level, seats, at, checker)
        _check_comparison(claim, path, checker)
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


def _check_comparison(claim: Claim, path: Path, checker: Checker) -> None:
    compare = claim.compare
    if compare is None:
        return
    if not compare.seats and not compare.change:
        message = "say what is different the second time: other seats, or a change"
        checker.error((*path, "compare"), "missing-key", message, key=True)
    if (compare.within is None) == (compare.more_than is None):
        message = "say how the two ways are compared: within: 0.02, or more_than: 1 with share_of_seeds beside it"
        checker.error((*path, "compare"), "missing-key", message, key=True)
    elif compare.more_than is not None and not claim.share_of_seeds:
        message = "say in what share of seeds it is more, as in share_of_seeds: {at_least: 0.9}"
        checker.error((*path, "compare"), "missing-key", message, key=True)


def check_mutual(level: Level, checker: Checker) -> None:
    """Note policies and households that the contract names and that there are not."""
    mutual = level.mutual
    checker.known(mutual.partner, POLICY_NAMES, ("mutual", "partner"), "policy")
    for index, policy in enumerate(mutual.against):
        checker.known(policy, POLICY_NAMES, ("mutual", "against", index), "policy")
    for household in mutual.gives_up:
        checker.known(household, level.communities, ("mutual", "gives_up", household), "community")
    if mutual.control is not None:
        _check_switches(level, mutual.control, ("mutual", "control"), checker)
    for name in mutual.bars:
        checker.known(name, BARS, ("mutual", "bars", name), "bar for")


def check_seats(level: Level, seats: dict[str, str | tuple[str, ...]], path: Path, checker: Checker) -> None:
    """Note seats and policies that there are not."""
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
