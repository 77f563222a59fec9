"""From merged data to the models of the schema, with every fault of shape in words."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from game.level.merge import Path, Source
from game.level.messages import translate
from game.level.problems import Problem
from game.level.schema import Rules
from game.level.series import NOTHING_READ

SUGGESTION = re.compile(r'unknown key "[^"]*" \(did you mean "([^"]*)"\?\)')


TOO_FEW = re.compile(r'must not be empty$|^"\w+" needs at least \d+ ')  # of what is left without faulty items


def _without_doubles(found: list[tuple[Path, Problem]]) -> list[tuple[Path, Problem]]:
    """Leave out that a key is missing where it stands beside, misspelt, and that a list of faulty items is empty."""
    found = [
        (path, problem)
        for path, problem in found
        if not TOO_FEW.search(problem.message) or not any(_inside(other, path) for other, _ in found)
    ]
    meant = {(*path[:-1], match[1]) for path, problem in found if (match := SUGGESTION.match(problem.message))}
    return [(path, problem) for path, problem in found if problem.code != "missing-key" or path not in meant]


def _inside(path: Path, owner: Path) -> bool:
    return len(path) > len(owner) and path[: len(owner)] == owner


def validate(model: type[Rules], source: Source) -> tuple[Rules | None, list[Problem]]:
    """Return the data as a model, with the problems of its shape.

    Faulty pieces that may be left out are dropped and the rest is tried
    again, so that one typing error does not hide the other problems.
    """
    try:
        return model.model_validate(tuples(source.data)), []
    except ValidationError as error:
        found = translate(error, model, source)
    found = _without_doubles(found)
    problems = [problem for _, problem in found]
    if all(_drop(source.data, path, problem) for path, problem in found):
        source.unread.update(path for path, _ in found)
        try:
            return model.model_validate(tuples(source.data)), problems
        except ValidationError:
            pass
    return None, problems


def _drop(data: Any, path: Path, problem: Problem) -> bool:
    # A dropped stock or flow would make every rule that names it look wrong.
    if problem.code != "unknown-key" and len(path) < 3:
        return False
    if problem.code == "missing-key":
        return False
    for part in path[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return True  # dropped already, together with what it stood in
    if isinstance(data, dict) and path[-1] in data:
        if path[:1] == ("data",) and path[2:] == ("points",):
            data["points"] = NOTHING_READ  # rules that read the series are not to blame
        else:
            del data[path[-1]]
        return True
    return False


def tuples(value: Any) -> Any:
    """Return data with its lists as tuples, as the models have them."""
    if isinstance(value, dict):
        return {key: tuples(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(tuples(inner) for inner in value)
    return value
