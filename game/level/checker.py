"""What checks note their findings in."""

from __future__ import annotations

from collections.abc import Iterable

from game.level.merge import Path, Source
from game.level.problems import Problem, Severity, did_you_mean


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
