"""How long a season is told: each scene so long that whoever reads slowly has time for its words."""

from __future__ import annotations

from game.playing.shown import Data

QUIET, SCENE, WORD, LONGEST = 1.2, 1.1, 0.13, 3.6  # seconds: of a season without a scene, of one, of each word, at most


def scene_ends(scenes: list[Data]) -> list[float]:
    """Return when each scene is over, in seconds: whoever reads slowly has time for every word."""
    ends, total = [], 0.0
    for one in scenes:
        words = len(f"{one['who']} {one['title']} {one['why']}".split())
        total += min(LONGEST, SCENE + WORD * words)
        ends.append(total)
    return ends or [QUIET]
