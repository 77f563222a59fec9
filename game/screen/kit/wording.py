"""How many words stand in the window: few, so that the land is looked at."""

from __future__ import annotations

import re

from game.screen.kit.ui import Ui

MOST = 90  # words on the table while nothing is pointed at
WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")  # letters alone: a number is no word, nor is a unit of one letter


def words_shown(ui: Ui) -> list[str]:
    """Return the words that stood in the window in the last frame, or stand in this one so far."""
    return [word for mark in ui.marks if mark.kind == "text" for word in WORD.findall(mark.text)]
