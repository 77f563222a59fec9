"""Where the compiled actions find what: positions in whole numbers, in numbers of play, and in the table of candidates.

A compiled action works on one world at a time and is called with five
addresses: of the addresses of all arrays of the World, of the lists of
plots, of whole numbers, of fixed numbers, and of numbers to work with.
"""

from __future__ import annotations

# Whole numbers: of the batch, of the season, of who acts, of what is tried, of the plot it is tried on (how many tiles
# it has, where these are listed, how to add over them); whether nobody has said beforehand what he answers; how often
# this was done before; what became of it; what was overwritten, so that it can be undone.
WORLDS, WORLD, SEASON, MIXED, LUCK = range(5)
SEAT, ME, TARGET, CANDIDATE, HAS_AMOUNT, KEYS = range(5, 11)
TILES, PLACES, PAIRS, PAIR_COUNT, ROOT = range(11, 16)
ON_THE_SPOT, OFTEN, RESULT = range(16, 19)
NOTED, NOTED_PLACES, NOTED_VALUES = range(19, 22)
LOOKING = 22  # whether it is only asked what the action would be: 1, or what it would mean to others too: 2
WHOLE_NUMBERS = 24

# Numbers to work with: the amount that is offered, the term as it counts, what an option promises, and how it rests
# whoever does it; then, for each community, what it says, and what it answered.
AMOUNT, TERM, RESISTING, REACH, FITS, GAIN, WILLING, RESTS = range(8)
SAID = 8

# Of a candidate.
ACTION, AIM, CHOICE, SIZE, FIRST_PLACE, FIRST_PAIR, PAIRS_OF, ROOT_OF, OFFERS_AMOUNT, OFFERING, LIMIT = range(11)
CANDIDATE_COLUMNS = 11

# Of what arrives later: where its amounts and the shifts of its stock are noted, its array, and its first row there.
SENT, SHIFTED, ARRAY, LINE = range(4)
LATER_COLUMNS = 4

ADDRESS_BYTES = 8
