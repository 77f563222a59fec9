"""Suggestions for misspelt words, the same in every message of the engine."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

# Longer words are never a slip of the finger, and difflib takes quadratic time over them.
_LONGEST_WORD = 64


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Give ` (did you mean "grass"?)` for the nearest allowed word, or nothing when none is near."""
    if len(word) > _LONGEST_WORD:
        return ""
    # The first spelling in sorted order stands for all that differ only in case.
    by_lower_case: dict[str, str] = {}
    for name in sorted(set(allowed)):
        by_lower_case.setdefault(name.lower(), name)
    near = difflib.get_close_matches(word.lower(), list(by_lower_case), n=1, cutoff=0.6)
    return f' (did you mean "{by_lower_case[near[0]]}"?)' if near else ""
