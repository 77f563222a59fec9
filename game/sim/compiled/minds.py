"""What scripts and people make of their options, world by world, as `game.players` says it; for all levels.

`worths` in `game.players.worth`, `terms` in `game.players.weighing` and
`person` in `game.players.person` are the same in NumPy, in the same order.
`a` holds the addresses of the arrays of a World, `g` and `h` the tables of a
seat; see `game.sim.mind_tables`.  Importing this module needs numba.
"""

from __future__ import annotations

from game.sim.compiled.operations import compiled, larger, read_from, smaller
from game.sim.compiled.tables import Integers
from game.sim.mind_tables import (
    AIM_OF,
    AMOUNT_OF,
    BARGAINS,
    BITTER,
    BOLD,
    BREAKS_OF,
    EACH,
    FAIR,
    FOR_WHOM,
    FORGIVING,
    HAS,
    HEARD,
    HELD,
    I_BOLD,
    I_FAIR,
    I_FORGIVING,
    I_PATIENT,
    IN_USE,
    KINDNESS,
    KNOWN,
    LEAN,
    LEANS,
    MANNER_OF,
    MEAN_WARMTH,
    MEMBERS,
    MORE,
    MYSELF,
    NEEDS,
    OTHERS,
    PACT_OF,
    PARTNERS,
    PATIENT,
    PEOPLE,
    PRESSURE,
    RISK_OF,
    SHORT_OF_ALL,
    STANDING,
    STORES,
    TAKES,
    TIRED,
    TRUST,
    USE,
    USES,
    USUAL_AT,
    W_AGAINST,
    W_BEGINS,
    W_BREACH,
    W_HALF_WORTH,
    W_KNOWN_FROM,
    W_MORE_TERMS,
    W_MOST_FELT,
    W_NEED,
    W_OTHERS,
    W_OVERHEARD,
    W_PART,
    W_RESTED,
    W_SHORT,
    W_SHUNNED,
    W_TINY,
    W_UNFORGIVEN,
    W_UNHEARD,
    WARMTH,
    WRONGED_BY,
    WRONGS,
)
from game.sim.totals import Floats


@compiled
def at_place(a: Integers, g: Integers, place: int, worlds: int, w: int) -> float:
    """Return what a World holds at a place of the tables."""
    value: float = read_from(a[g[place]], g[place + 1] * worlds + w)
    return value


@compiled
def scalar(g: Integers, which: int) -> int:
    """Return one of the SCALARS."""
    found: int = g[g[0] + which]
    return found


@compiled
def from_people(a: Integers, g: Integers, which: int, row: int, worlds: int, w: int) -> float:
    """Return what people are or remember."""
    value: float = read_from(a[g[g[PEOPLE] + which]], row * worlds + w)
    return value


@compiled
def note_stores(a: Integers, g: Integers, h: Floats, worlds: int, w: int, by_use: Floats) -> None:
    """Note what a household has of each store, what it uses of it, how short it is, and what more would be worth."""
    stores, uses = scalar(g, STORES), scalar(g, IN_USE)
    for one in range(stores):
        by_use[USE, one] = 0.0
    for place in range(g[USES], g[USES + 1], 3):
        by_use[USE, g[place]] += at_place(a, g, place + 1, worlds, w)
    for one in range(uses):
        held = at_place(a, g, g[HELD] + 2 * one, worlds, w)
        by_use[HAS, one] = held
        if one < stores:
            if not by_use[USE, one] > 0.0:
                by_use[USE, one] = h[scalar(g, USUAL_AT) + one]
            lasts = h[W_SHORT] * by_use[USE, one]
            by_use[PRESSURE, one] = smaller(larger(1.0 - held / lasts, 0.0), 1.0) + 0.0
            by_use[MORE, one] = 1.0 / (1.0 + held / lasts)
        else:
            by_use[USE, one] = h[W_PART]
            by_use[PRESSURE, one] = smaller(larger(1.0 - held / h[W_RESTED], 0.0), 1.0) + 0.0
            by_use[MORE, one] = 0.0


@compiled
def note_others(a: Integers, g: Integers, h: Floats, worlds: int, w: int, by_each: Floats, own: Floats) -> None:
    """Note how one stands with each, and whether the others take or partner."""
    me, each = scalar(g, MYSELF), scalar(g, EACH)
    known, trusts = g[g[KNOWN] + me], scalar(g, TRUST)
    worst = 0.0
    for c in range(each):
        heard, trust, row = 1.0, 0.5, (me * each + c) * worlds + w
        if known >= 0:
            heard = smaller(read_from(a[known], row) / h[W_KNOWN_FROM], 1.0) + 0.0
        if trusts >= 0:
            trust = read_from(a[trusts], row)
        wrongs = smaller(from_people(a, g, WRONGS, me * each + c, worlds, w), 1.0) + 0.0
        kindness = from_people(a, g, KINDNESS, me * each + c, worlds, w)
        taking = smaller(from_people(a, g, LEAN, c, worlds, w), 0.0)
        standing = trust - wrongs + 0.5 * kindness + h[W_SHUNNED] * taking
        by_each[STANDING, c], by_each[WRONGED_BY, c], by_each[HEARD, c] = standing, wrongs, heard
        by_each[WARMTH, c] = standing * (h[W_UNHEARD] + (1.0 - h[W_UNHEARD]) * heard)
        worst = larger(worst, wrongs) + 0.0
    own[BITTER] = smaller(worst / h[W_UNFORGIVEN], 1.0) + 0.0
    lean, weight = 0.0, 0.0
    for place in range(g[OTHERS], g[OTHERS + 1]):
        other = g[place]
        acts = from_people(a, g, LEAN, other, worlds, w)
        if acts > 0.0:
            acts = acts * (h[W_OVERHEARD] + (1.0 - h[W_OVERHEARD]) * by_each[HEARD, other])
        lean, weight = lean + acts, weight + abs(acts)
    own[LEANS] = lean / (0.5 + weight)


@compiled
def note_self(
    a: Integers, g: Integers, h: Floats, worlds: int, w: int, by_use: Floats, by_each: Floats, own: Floats
) -> None:  # fmt: skip
    """Note all that a person weighs deeds by in one world: `circumstances` in `game.players.weighing`."""
    me, each, uses = scalar(g, MYSELF), scalar(g, EACH), scalar(g, IN_USE)
    note_stores(a, g, h, worlds, w, by_use)
    note_others(a, g, h, worlds, w, by_each, own)
    tired = 0.0
    for place in range(g[NEEDS], g[NEEDS + 1], 2):
        met = at_place(a, g, place, worlds, w) / h[W_RESTED]
        tired = larger(tired, smaller(larger(1.0 - met, 0.0), 1.0) + 0.0) + 0.0
    own[TIRED] = tired
    total = 0.0
    for one in range(uses):
        total += by_use[PRESSURE, one]
    own[SHORT_OF_ALL] = total / max(uses, 1)
    total = 0.0
    for c in range(each):
        if c != me:
            total += by_each[WARMTH, c]
    own[MEAN_WARMTH] = total / (each - 1) if each > 1 else 0.0
    own[I_FAIR], own[I_BOLD] = from_people(a, g, FAIR, me, worlds, w), from_people(a, g, BOLD, me, worlds, w)
    own[I_PATIENT] = from_people(a, g, PATIENT, me, worlds, w)
    own[I_FORGIVING] = from_people(a, g, FORGIVING, me, worlds, w)


@compiled
def missed(h: Floats, gives: Integers, row: int, gifts: Floats, by_use: Floats, w: int) -> float:
    """Return how much somebody would miss what he gives out of his own stores."""
    found = 0.0
    for one in range(len(gives)):
        store = gives[one]
        if store >= 0:
            held, use = by_use[HAS, store], by_use[USE, store]
            amount = smaller(larger(gifts[row, one, w], 0.0), held) + 0.0
            short = smaller(larger(1.0 - (held - amount) / (h[W_SHORT] * use), 0.0), 1.0) + 0.0
            found = found + short * amount / use
    return found


@compiled
def felt_by_others(h: Floats, feels: Floats, row: int, w: int, by_each: Floats, who: int) -> float:
    """Return what a deed hurts others, weighed by how one stands with each or by the wrongs each has done."""
    total = 0.0
    for c in range(feels.shape[1]):
        hurts = smaller(larger(0.0 - feels[row, c, w], 0.0), h[W_MOST_FELT]) + 0.0
        weight = by_each[who, c]
        total = total + hurts * (larger(weight, 0.0) if who == STANDING else weight)
    return total


@compiled
def more_allowed(
    a: Integers, g: Integers, h: Floats, deed: Integers, pacts: Floats, worlds: int, w: int
) -> float:  # fmt: skip
    """Return how much more one could take if an agreement were settled anew, in shares of what it allows now."""
    pact, me = deed[PACT_OF], scalar(g, MYSELF)
    if pact < 0:
        return 0.0
    stands, offered = pacts[pact, 0, me, w], pacts[pact, 1 + deed[AMOUNT_OF], me, w]
    inside = read_from(a[g[g[MEMBERS] + pact]], me * worlds + w)
    more: float = inside * (offered - stands) / larger(stands, h[W_TINY])
    return more


@compiled
def weighed(
    a: Integers, g: Integers, h: Floats, deed: Integers, gives: Integers, asks: Integers, number: Floats, row: int,
    gain: float, good: float, feels: Floats, rests: Floats, gifts: Floats, pacts: Floats, barren: Floats, worlds: int,
    w: int, by_use: Floats, by_each: Floats, own: Floats,
) -> float:  # fmt: skip
    """Return what all that speaks for and against a deed comes to; `good` is its worth to a partner."""
    aim, manner, fair, patient = deed[AIM_OF], deed[MANNER_OF], own[I_FAIR], own[I_PATIENT]
    pressure, more, brings = 0.0, 0.0, 0.0
    if aim >= 0:
        pressure, more = by_use[PRESSURE, aim], by_use[MORE, aim]
        brings = smaller(larger(gain, 0.0) / by_use[USE, aim], h[W_SHORT]) + 0.0
    lost = missed(h, gives, row, gifts, by_use, w)
    need = h[W_NEED] * (pressure * brings + own[TIRED] * rests[row, w] - lost)
    profit = (1.0 - fair) * (1.0 - 0.5 * patient) * (1.0 - pressure) * more * brings
    harm = 0.0 - felt_by_others(h, feels, row, w, by_each, STANDING)
    vengeful = own[I_BOLD] * (1.0 - 0.7 * own[I_FORGIVING])
    revenge = vengeful * felt_by_others(h, feels, row, w, by_each, WRONGED_BY)
    broken = 0.0
    if deed[BREAKS_OF] >= 0:
        broken = read_from(a[g[g[MEMBERS] + deed[BREAKS_OF]]], scalar(g, MYSELF) * worlds + w)
    promise = 0.0 - h[W_BREACH] * fair * broken
    others, care, land = 0.0, 0.0, 0.0
    if manner == BARGAINS:
        allows = more_allowed(a, g, h, deed, pacts, worlds, w)
        need = h[W_MORE_TERMS] * own[SHORT_OF_ALL] * allows
        land = 0.0 - h[W_MORE_TERMS] * patient * barren[w] * allows
    elif manner == PARTNERS:
        good = good / (h[W_HALF_WORTH] + good)
        for one in range(len(asks)):
            if asks[one] >= 0:
                good = good * by_use[PRESSURE, asks[one]]
        warmth = own[MEAN_WARMTH] if deed[FOR_WHOM] < 0 else by_each[WARMTH, deed[FOR_WHOM]]
        others = h[W_OTHERS] * own[LEANS] * good
        care = good * (0.6 * fair + warmth - h[W_BEGINS])
    elif manner == TAKES:
        alike = h[W_OTHERS] * fair * (smaller(brings, 1.0) + 0.0)
        others = 0.0 - (h[W_AGAINST] if own[LEANS] > 0.0 else alike) * own[LEANS]
        land = 0.0 - patient * (1.0 - own[BITTER]) * number[RISK_OF]
    score: float = need + profit + harm + revenge + promise + others + care + land + 0.0
    return score
