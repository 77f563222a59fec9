"""Where levels are found: beside the code in a clone, inside the package when installed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from game.level.problems import UnreadableFile, did_you_mean

SUFFIXES = (".yaml", ".yml")
LARGEST_ASSET = 8 * 1024 * 1024  # bytes
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]*")
FOLDERS = ("campaign", "control")


def data_root() -> Path:
    """The folder that holds `levels/` and `assets/`."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent


def is_plain_name(name: str) -> bool:
    """Whether a name may lead to a file: small letters, digits and _, so that it cannot point elsewhere."""
    return _PLAIN_NAME.fullmatch(name) is not None


def resolved(folder: Path, name: str, suffix: str) -> Path | None:
    """Return the file of a plain name inside a folder; None for another name, and where there is no such file.

    Every name of a level that leads to a file goes through here.  Links that
    lead out of the folder, and whatever is no file (a pipe, a device), are
    not followed.
    """
    if not is_plain_name(name):
        return None
    try:
        file = (folder / f"{name}{suffix}").resolve()
        inside = folder.resolve() in file.parents
        return file if inside and file.is_file() and file.stat().st_size <= LARGEST_ASSET else None
    except OSError:
        return None


def asset(folder: str, name: str, suffix: str) -> Path | None:
    """Return a shipped picture or sound, `assets/<folder>/<name><suffix>`; None where there is none."""
    return resolved(data_root() / "assets" / folder, name, suffix)


@cache
def icon_names() -> tuple[str, ...]:
    """The names of all icons that a level may name."""
    return tuple(sorted(file.stem for file in (data_root() / "assets" / "icons").glob("*.svg")))


def shipped_levels() -> list[Path]:
    """The files of all shipped levels, in a fixed order."""
    levels = data_root() / "levels"
    files = sorted(levels.glob("*.yaml"))
    for folder in FOLDERS:
        files += sorted((levels / folder).glob("*.yaml"))
    return files


def find_level(name: str) -> Path:
    """Return the file for a level id or a path.

    Raises UnreadableFile when neither exists.
    """
    path = Path(name)
    if path.suffix in SUFFIXES or "/" in name or "\\" in name or path.is_file():
        return path
    shipped = {file.stem: file for file in shipped_levels()}
    if name in shipped:
        return shipped[name]
    raise UnreadableFile(
        name,
        f"there is no level of this name{did_you_mean(name, shipped)}; "
        f"`powerdance levels` lists them all, or give the path of a file",
    )


def find_rules(name: str, level_file: Path) -> Path | None:
    """Return the ruleset `name`: from beside the level, else a shipped one.

    Only a plain name is looked up, so that no level can point to another file.
    """
    folders = (level_file.parent / "rules", level_file.parent.parent / "rules", data_root() / "levels" / "rules")
    return next((folder / f"{name}.yaml" for folder in folders if resolved(folder, name, ".yaml")), None)


def shipped_rules() -> list[str]:
    """The names of all shipped rulesets."""
    return sorted(file.stem for file in (data_root() / "levels" / "rules").glob("*.yaml"))
