"""What is said to players, in English: each sentence by its id, with blanks for its arguments, a module for each topic.

A translation is such a folder with the same ids and blanks.  Blanks are those
of `str.format`.  `game.telling.say.say` fills them in; `game.telling.words`
turns numbers and names into words before.
"""

from __future__ import annotations

from game.telling.english import (
    ahead,
    care,
    decisions,
    ending,
    hindsight,
    insight,
    numbers,
    pages,
    people,
    report,
    season,
    settings,
    table,
    terminal,
    title,
    words,
)

OF_GAMES = (season, report, people, numbers, ahead, care, decisions, ending, hindsight, insight, words)
TABLES = tuple(topic.SENTENCES for topic in (*OF_GAMES, terminal, table, pages, title, settings))
