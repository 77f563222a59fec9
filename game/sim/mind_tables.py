"""In which tables compiled minds find what: what each deed is to whoever plans, and where in a World that can be read.

What policies and people make of their options stands in `game.players`; they
fill these tables, and `game.sim.compiled.minds` goes through them, with the
same bits.
"""

from __future__ import annotations

# What a deed is to somebody who partners, in the order in which it is asked; the first that fits is its kind.
STORE, CIRCLE, OFFER, FIND, TRIAL, LASTING, OWN, SHARED, USERS, DIALOGUE, PARTNER, LAND = range(12)
# How a person weighs a deed.
BARGAINS, PARTNERS, TAKES, WORKS = range(4)
# With whom one keeps company by it: a community, the land, nobody.
ON_LAND, WITH_NOBODY = -1, -2

# Columns of whole numbers for each candidate: the use that it aims at (stores first, then states that a household
# lacks), how it is weighed, the agreement it breaks, for whom it is done, with whom one keeps company by it, whether it
# is an offer, its kind, its target, whether its amount is the usual one, the store it fills, what it finds, the state
# that all share, the first candidate on the same ground, whether it is care, the agreement that it would settle anew
# and which amount it names, and of which choice it is and how often that may be planned.  -1: none.
(
    AIM_OF, MANNER_OF, BREAKS_OF, FOR_WHOM, COMPANY_OF, OFFERS, KIND_OF, TARGET_OF, USUAL_OF, STORE_OF, FINDS_OF,
    SHARED_OF, GROUND_OF, CARES_OF, PACT_OF, AMOUNT_OF, CHOICE_OF, LIMIT_OF,
) = range(18)  # fmt: skip
MIND_COLUMNS = 18
BASE_OF, RISK_OF = range(2)  # columns of numbers for each candidate

# Sections of a list of whole numbers that is read for one seat: element `s` says where section s begins, element s + 1
# where it ends.  Places are pairs: the number of an array of the World and a row in it.
(
    SCALARS,  # see below
    HELD,  # places of what a household uses: stores, then states that it lacks
    USES,  # of each flow out of a store: which store, and the place of what it asked for
    KNOWN,  # for each community the array that says how well others know what it needs; -1: nothing to know
    NEEDS,  # places of the own needs of a player
    PEOPLE,  # arrays of tempers and memories, in the order below
    OTHERS,  # the communities of the other seats
    MEMBERS,  # arrays of the members of agreements
    PURSE,  # places of what is paid with
    LOW,  # places of the stores that a household must have
    LOW_USES,  # of each flow that must be met: which of these, and the place of what it asked for
    FOUND,  # places of what is looked for
    SHARES,  # places of the states that all share
    WRONGED,  # arrays of grievances
    LIVING,  # arrays of what lives on tiles
) = range(15)  # fmt: skip
SECTIONS = 15
MYSELF, EACH, STORES, TRUST, IN_USE, USUAL_AT, FOUND_AT, FULL_AT, SPAN_AT, LIVING_AT, USES_ARRAY = range(11)
FAIR, BOLD, PATIENT, FORGIVING, WRONGS, KINDNESS, LEAN = range(7)

# Numbers: the weights of play that `game.players` knows by these names; what comes behind them is told by SCALARS.
WEIGHTS = (
    "SHORT", "NEED", "OTHERS", "BREACH", "MOST_FELT", "AGAINST", "BEGINS", "UNHEARD", "OVERHEARD", "SHUNNED",
    "MORE_TERMS", "HALF_WORTH", "KNOWN_FROM", "UNFORGIVEN", "RESTED", "PART", "ENOUGH", "COMPANY", "FRIEND",
    "JOINS_IN", "REFILL", "UNDERSTOOD", "HURT", "SEASONS_IN_STORE", "TINY",
)  # fmt: skip
(
    W_SHORT, W_NEED, W_OTHERS, W_BREACH, W_MOST_FELT, W_AGAINST, W_BEGINS, W_UNHEARD, W_OVERHEARD, W_SHUNNED,
    W_MORE_TERMS, W_HALF_WORTH, W_KNOWN_FROM, W_UNFORGIVEN, W_RESTED, W_PART, W_ENOUGH, W_COMPANY, W_FRIEND,
    W_JOINS_IN, W_REFILL, W_UNDERSTOOD, W_HURT, W_SEASONS_IN_STORE, W_TINY,
) = range(25)  # fmt: skip

# What is worked out of one world for one person: for each use, for each community, and for himself.
PRESSURE, MORE, USE, HAS = range(4)
STANDING, WRONGED_BY, WARMTH, HEARD = range(4)
TIRED, BITTER, LEANS, MEAN_WARMTH, SHORT_OF_ALL, I_FAIR, I_BOLD, I_PATIENT, I_FORGIVING = range(9)
