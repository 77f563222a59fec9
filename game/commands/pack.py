"""`powerdance pack`: a level with its rulesets as one file, to be handed on."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands.usage import FINE, UsageError, add_level
from game.level.packs import PACK, write_pack
from game.level.reader import load_level


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
    print(f"wrote {out}: {level.title}, with {len(level.written.rules)} ruleset(s)")
    if missing:
        print(f"the level does not say its {' or '.join(missing)}; players would read it")
    print(f"play it:   powerdance play {out}")
    return FINE
