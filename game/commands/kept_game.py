"""A replay as commands open it: whatever differs today from when it was played is said first."""

from __future__ import annotations

import sys
from pathlib import Path

from game.record.carried import file_beside, level_line, rules_line
from game.record.replay import CHANGED, Replay, read_replay


def open_replay(name: str) -> Replay:
    """Return the replay in a file; where its level or the rules are others by now, that is said.

    Raises UnreadableFile, LevelError and OSError, as `read_replay`.
    """
    kept = read_replay(Path(name))
    today = file_beside(kept.level, Path(name).parent)
    changed = CHANGED if kept.seal_broken else ""
    for line in (changed, level_line(kept.level, today), rules_line(kept.rules)):
        if line:
            print(f"powerdance: {name}: {line}", file=sys.stderr)
    return kept
