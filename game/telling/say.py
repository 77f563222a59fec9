"""One sentence from its id and its arguments; the words themselves stand in a table of one language."""

from __future__ import annotations

from functools import lru_cache
from string import Formatter

from game.telling.english import TABLES
from game.telling.tables import SentenceError, merged

SENTENCES = merged(*TABLES)


def say(sentence: str, /, **arguments: object) -> str:
    """Return a sentence of the language table with its arguments filled in.

    Parameters
    ----------
    sentence
        The id of the sentence, as in `game/telling/english`.
    arguments
        What its blanks are filled with: texts, or numbers that the table formats.

    Raises
    ------
    SentenceError
        For an unknown id, and where an argument is missing or has no blank.
    """
    text = SENTENCES.get(sentence)
    if text is None:
        raise SentenceError(f"there is no sentence {sentence!r}: add it to game/telling/english")
    wanted = blanks(sentence)
    if wanted != arguments.keys():
        missing, surplus = sorted(wanted - arguments.keys()), sorted(arguments.keys() - wanted)
        told = "; ".join(
            f"{word}: {', '.join(names)}" for word, names in (("missing", missing), ("not in it", surplus)) if names
        )
        raise SentenceError(f"the arguments of {sentence!r} do not fit its blanks; {told}")
    return text.format(**arguments)


@lru_cache(maxsize=1000)
def blanks(sentence: str) -> frozenset[str]:
    """Return the names of the arguments that a sentence of the table takes."""
    return frozenset(name for _, name, _, _ in Formatter().parse(SENTENCES[sentence]) if name)
