"""What checks note their findings in."""

from __future__ import annotations

from collections.abc import Iterable

from game.level.library import icon_names, is_plain_name
from game.level.merge import Path, Source
from game.level.pictures import own_picture
from game.level.problems import Problem, Severity, did_you_mean
from game.level.yaml_nodes import shown


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

    def icon(self, name: str, path: Path) -> None:
        """Note a name of an icon that is no plain name, or of which there is no picture; "" stands for none."""
        if own_picture(name) is not None:
            return
        if name and not is_plain_name(name):
            self.error(path, "not-an-icon", f'"{shown(name)}" is no name of an icon: write its plain name, as in "cow"')
        elif name and name not in icon_names():
            self.warning(
                path,
                "unknown-icon",
                f'there is no icon "{name}"{did_you_mean(name, icon_names())}; '
                f"one of your own lies in pictures/{name}.svg or .png beside the level",
            )

    def known(self, name: str, allowed: Iterable[str], path: Path, what: str) -> bool:
        """Whether `name` is allowed; if not, note the error with a suggestion."""
        names = list(allowed)
        if name in names:
            return True
        self.error(path, "unknown-name", f'there is no {what} "{name}"{did_you_mean(name, names)}')
        return False
