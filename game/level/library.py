"""Where levels are found: beside the code in a clone, inside the package when installed."""

from __future__ import annotations

import re
from pathlib import Path

from game.level.problems import UnreadableFile, did_you_mean

SUFFIXES = (".yaml", ".yml")
FOLDERS = ("campaign", "control")


def data_root() -> Path:
    """The folder that holds `levels/` and `assets/`."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent


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
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return None
    for folder in (level_file.parent / "rules", level_file.parent.parent / "rules", data_root() / "levels" / "rules"):
        if (folder / f"{name}.yaml").is_file():
            return folder / f"{name}.yaml"
    return None


def shipped_rules() -> list[str]:
    """The names of all shipped rulesets."""
    return sorted(file.stem for file in (data_root() / "levels" / "rules").glob("*.yaml"))
