"""Other words for season and seasons, where the turns of a level are weeks, months or rounds."""

from __future__ import annotations

import re

_TURN = re.compile(r"(?P<article>\b[Aa] )?\b(?P<word>seasons?)\b", re.IGNORECASE)


def in_turns(text: str, one: str, several: str) -> str:
    """Return a text with other words for season and seasons: `Each season` becomes `Each week`."""

    def other(found: re.Match[str]) -> str:
        word = several if found["word"].lower().endswith("s") else one
        if found["word"][0].isupper():
            word = word[0].upper() + word[1:]
        if not found["article"]:
            return word
        vowel = word[0].lower() in "aeiou" or word.lower().startswith("hour")
        return f"{found['article'].strip()}{'n' if vowel else ''} {word}"

    return _TURN.sub(other, text)


def names_a_season(text: str) -> bool:
    """Whether a text speaks of seasons."""
    return _TURN.search(text) is not None
