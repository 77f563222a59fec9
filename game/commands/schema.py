"""`powerdance schema`: the JSON Schema of level files, for editors."""

from __future__ import annotations

import argparse
import json

from game.commands.usage import FINE
from game.level.schema_export import level_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `schema` takes: nothing."""


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    print(json.dumps(level_schema(), indent=2, ensure_ascii=False))
    return FINE
