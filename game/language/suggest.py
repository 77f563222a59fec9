"""Suggestions for misspelt words, the same in every message of the engine."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Return ` (did you mean "grass"?)` for the nearest allowed word, or nothing."""
    close = difflib.get_close_matches(word.lower(), sorted(set(allowed)), n=1, cutoff=0.6)
    return f' (did you mean "{close[0]}"?)' if close else ""
