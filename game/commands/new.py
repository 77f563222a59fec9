"""`powerdance new`: a small level of one's own to start from."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from game.commands.usage import FINE
from game.level.templates import templates, write_template


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `new` takes."""
    parser.add_argument("path", metavar="PATH", help="the file to write, ending in .yaml")
    parser.add_argument(
        "--template", default="small", metavar="T", help=f"one of {', '.join(templates())} (default: small)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the level and say how to go on."""
    write_template(Path(arguments.path), arguments.template)
    path = shlex.quote(arguments.path)
    print(f"wrote {arguments.path}")
    print(f"play it:   powerdance play {path} --terminal")
    print(f"check it:  powerdance check {path}")
    return FINE
