"""Templates: small levels to start from."""

from __future__ import annotations

from pathlib import Path

from game.level.library import SUFFIXES, data_root
from game.level.problems import UnreadableFile, did_you_mean
from game.level.whole_files import write_whole


def templates() -> dict[str, Path]:
    """Return the templates for new levels by name."""
    return {file.stem: file for file in sorted((data_root() / "levels" / "templates").glob("*.yaml"))}


def write_template(path: Path, template: str) -> None:
    """Write a new level from a template; never over a file that is there already.

    Raises UnreadableFile when that is not possible.
    """
    known = templates()
    if template not in known:
        hint = did_you_mean(template, known)
        raise UnreadableFile(template, f"there is no such template{hint}; templates: {', '.join(known)}")
    if path.suffix not in SUFFIXES:
        raise UnreadableFile(str(path), f"a level file ends in .yaml, as in {path.name or 'my_level'}.yaml")
    text = known[template].read_text(encoding="utf-8")
    try:
        write_whole(path, text, over=False)
    except FileExistsError:
        raise UnreadableFile(str(path), "this is there already, and nothing was written; choose another name") from None
    except FileNotFoundError:
        raise UnreadableFile(str(path), "the folder for it does not exist; make it first") from None
