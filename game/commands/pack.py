"""`powerdance pack`: a level with its rulesets as one file, to be handed on."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands.usage import FINE, UsageError, add_level
from game.level.beside import DATA, PICTURES
from game.level.packs import PACK, write_pack
from game.level.reader import load_level
from game.level.written import LevelText
from game.telling import words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `pack` takes."""
    add_level(parser)
    parser.add_argument(
        "-o", "--out", metavar="FILE", help=f"the file to write, ending in {PACK} (default: as the level)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the level, write the pack and say how it is opened; a level that does not check is not packed."""
    level = load_level(arguments.level)
    assert level.written is not None, "what was read from a file has a text"
    out = Path(arguments.out or f"{level.written.name}{PACK}")
    if out.suffix != PACK:
        raise UsageError(f"a pack ends in {PACK}, as in {out.with_suffix(PACK).name}")
    write_pack(level.written, out)
    missing = [name for name in ("author", "licence") if not getattr(level, name)]
    print(f"wrote {out}: {', with '.join([level.title, *_held(level.written)])}")
    if missing:
        print(f"the level does not say its {' or '.join(missing)}; players would read it")
    print(f"play it:   powerdance play {out}")
    return FINE


def _held(text: LevelText) -> list[str]:
    """Return what a pack holds besides its level, as a part of a sentence; nothing where it holds no more."""
    files = [name for name, _ in text.beside]
    counts = {
        "ruleset": len(text.rules),
        "picture": sum(name.startswith(PICTURES) for name in files),
        "table of data": sum(name.startswith(DATA) for name in files),
    }
    told = [f"{count} {name if count == 1 else _several(name)}" for name, count in counts.items() if count]
    return [words.joined(told)] if told else []


def _several(name: str) -> str:
    first, of, rest = name.partition(" of ")
    return f"{first}s{of}{rest}"
