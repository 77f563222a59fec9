"""Suggestions for misspelt words, the same in every message of the engine."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

# Longer words are never a slip of the finger, and difflib takes quadratic time over them.
_LONGEST_WORD = 64


def look_alike(text: str) -> tuple[int, str, str] | None:
    """Give the first sign that looks like one of a plain keyboard and is another: its place, it, and what to type.

    None where there is none.  Full-width signs and digits come from keyboards
    for Chinese and Japanese, odd spaces from web pages and word processors.
    """
    for place, sign in enumerate(text):
        meant = unicodedata.normalize("NFKC", sign)
        if not sign.isascii() and len(meant) == 1 and meant.isascii() and not meant.isalpha():
            return place, sign, meant
    return None


def look_alike_told(sign: str, meant: str) -> str:
    """Give what is wrong with such a sign and what to write instead, without a full stop."""
    typed = "a space" if meant == " " else f'"{meant}"'
    called = unicodedata.name(sign, "a sign without a name").lower()
    return f"the {called} (U+{ord(sign):04X}) only looks like {typed}; type {typed}"


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """Give ` (did you mean "grass"?)` for the nearest allowed word, or nothing when none is near.

    Where the word holds a sign that only looks like one of a plain keyboard, that is told instead.
    """
    if (odd := look_alike(word[:_LONGEST_WORD])) is not None:
        return f": {look_alike_told(odd[1], odd[2])}"
    if len(word) > _LONGEST_WORD:
        return ""
    # The first spelling in sorted order stands for all that differ only in case.
    by_lower_case: dict[str, str] = {}
    for name in sorted(set(allowed)):
        by_lower_case.setdefault(name.lower(), name)
    near = difflib.get_close_matches(word.lower(), list(by_lower_case), n=1, cutoff=0.6)
    return f' (did you mean "{by_lower_case[near[0]]}"?)' if near else ""
