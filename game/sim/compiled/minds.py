"""What scripts and people make of their options, world by world, as `game.players` says it; for all levels.

`worths` in `game.players.worth`, `terms` in `game.players.weighing` and
`person` in `game.players.person` are the same in NumPy, in the same order.
`a` holds the addresses of the arrays of a World, `g` and `h` the tables of a
seat; see `game.sim.mind_tables`.  Importing this module needs numba.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.operations import compiled, inlined, larger, read_from, smaller
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
    OFFERS,
    OTHERS,
    PACT_OF,
    PARTNERS,
    PATIENT,
    PEOPLE,
    PRESSURE,
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
    W_ENOUGH,
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


@inlined
def at_place(a: Integers, g: Integers, place: int, worlds: int, w: int) -> float:
    """Return what a World holds at a place of the tables."""
    value: float = read_from(a[g[place]], g[place + 1] * worlds + w)
    return value


@inlined
def scalar(g: Integers, which: int) -> int:
    """Return one of the SCALARS."""
    found: int = g[g[0] + which]
    return found


@inlined
def from_people(a: Integers, g: Integers, which: int, row: int, worlds: int, w: int) -> float:
    """Return what people are or remember."""
    value: float = read_from(a[g[g[PEOPLE] + which]], row * worlds + w)
    return value


@compiled
def note_stores(a: Integers, g: Integers, h: Floats, worlds: int, w: int, by_use: Floats) -> None:
    """Note what a household has of each store, what it uses of it, how short it is, and what more would be worth."""
    stores, uses = scalar(g, STORES), scalar(g, IN_USE)
    for one in range(stores):
        by_use[USE, one, w] = 0.0
    for place in range(g[USES], g[USES + 1], 3):
        by_use[USE, g[place], w] += at_place(a, g, place + 1, worlds, w)
    for one in range(uses):
        held = at_place(a, g, g[HELD] + 2 * one, worlds, w)
        by_use[HAS, one, w] = held
        if one < stores:
            if not by_use[USE, one, w] > 0.0:
                by_use[USE, one, w] = h[scalar(g, USUAL_AT) + one]
            lasts = h[W_SHORT] * by_use[USE, one, w]
            by_use[PRESSURE, one, w] = smaller(larger(1.0 - held / lasts, 0.0), 1.0) + 0.0
            by_use[MORE, one, w] = 1.0 / (1.0 + held / lasts)
        else:
            by_use[USE, one, w] = h[W_PART]
            by_use[PRESSURE, one, w] = smaller(larger(1.0 - held / h[W_RESTED], 0.0), 1.0) + 0.0
            by_use[MORE, one, w] = 0.0


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
        by_each[STANDING, c, w], by_each[WRONGED_BY, c, w], by_each[HEARD, c, w] = standing, wrongs, heard
        by_each[WARMTH, c, w] = standing * (h[W_UNHEARD] + (1.0 - h[W_UNHEARD]) * heard)
        worst = larger(worst, wrongs) + 0.0
    own[BITTER, w] = smaller(worst / h[W_UNFORGIVEN], 1.0) + 0.0
    lean, weight = 0.0, 0.0
    for place in range(g[OTHERS], g[OTHERS + 1]):
        other = g[place]
        acts = from_people(a, g, LEAN, other, worlds, w)
        if acts > 0.0:
            acts = acts * (h[W_OVERHEARD] + (1.0 - h[W_OVERHEARD]) * by_each[HEARD, other, w])
        lean, weight = lean + acts, weight + abs(acts)
    own[LEANS, w] = lean / (0.5 + weight)


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
    own[TIRED, w] = tired
    total = 0.0
    for one in range(uses):
        total += by_use[PRESSURE, one, w]
    own[SHORT_OF_ALL, w] = total / max(uses, 1)
    total = 0.0
    for c in range(each):
        if c != me:
            total += by_each[WARMTH, c, w]
    own[MEAN_WARMTH, w] = total / (each - 1) if each > 1 else 0.0
    own[I_FAIR, w], own[I_BOLD, w] = from_people(a, g, FAIR, me, worlds, w), from_people(a, g, BOLD, me, worlds, w)
    own[I_PATIENT, w] = from_people(a, g, PATIENT, me, worlds, w)
    own[I_FORGIVING, w] = from_people(a, g, FORGIVING, me, worlds, w)


@inlined
def missed(h: Floats, gives: Integers, row: int, gifts: Floats, by_use: Floats, w: int) -> float:
    """Return how much somebody would miss what he gives out of his own stores."""
    found = 0.0
    for one in range(len(gives)):
        store = gives[one]
        if store >= 0:
            held, use = by_use[HAS, store, w], by_use[USE, store, w]
            amount = smaller(larger(gifts[row, one, w], 0.0), held) + 0.0
            short = smaller(larger(1.0 - (held - amount) / (h[W_SHORT] * use), 0.0), 1.0) + 0.0
            found = found + short * amount / use
    return found


@inlined
def felt_by_others(h: Floats, feels: Floats, row: int, w: int, by_each: Floats, who: int) -> float:
    """Return what a deed hurts others, weighed by how one stands with each or by the wrongs each has done."""
    total = 0.0
    for c in range(feels.shape[1]):
        hurts = smaller(larger(0.0 - feels[row, c, w], 0.0), h[W_MOST_FELT]) + 0.0
        weight = by_each[who, c, w]
        total = total + hurts * (larger(weight, 0.0) if who == STANDING else weight)
    return total


@inlined
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
    a: Integers, g: Integers, h: Floats, deed: Integers, gives: Integers, asks: Integers, risk: float, row: int,
    allowed: Any, gain: Floats, willing: Floats, good_at: Floats, feels: Floats, rests: Floats, gifts: Floats,
    pacts: Floats, barren: Floats, by_use: Floats, by_each: Floats, own: Floats, scores: Floats,
) -> None:  # fmt: skip
    """Fill in what all that speaks for and against a deed comes to, (W,), where that is enough, else 0.

    `good_at` (W,) is its worth to a partner.
    """
    worlds, me = len(scores), scalar(g, MYSELF)
    aim, manner, whom, breaks, offers = deed[AIM_OF], deed[MANNER_OF], deed[FOR_WHOM], deed[BREAKS_OF], deed[OFFERS]
    for w in range(worlds):
        scores[w] = 0.0
        if not allowed[w] or (offers and willing[w] == 0.0):
            continue
        fair, patient = own[I_FAIR, w], own[I_PATIENT, w]
        pressure, more, brings = 0.0, 0.0, 0.0
        if aim >= 0:
            pressure, more = by_use[PRESSURE, aim, w], by_use[MORE, aim, w]
            brings = smaller(larger(gain[w], 0.0) / by_use[USE, aim, w], h[W_SHORT]) + 0.0
        lost = missed(h, gives, row, gifts, by_use, w)
        need = h[W_NEED] * (pressure * brings + own[TIRED, w] * rests[row, w] - lost)
        profit = (1.0 - fair) * (1.0 - 0.5 * patient) * (1.0 - pressure) * more * brings
        harm = 0.0 - felt_by_others(h, feels, row, w, by_each, STANDING)
        vengeful = own[I_BOLD, w] * (1.0 - 0.7 * own[I_FORGIVING, w])
        revenge = vengeful * felt_by_others(h, feels, row, w, by_each, WRONGED_BY)
        broken = 0.0
        if breaks >= 0:
            broken = read_from(a[g[g[MEMBERS] + breaks]], me * worlds + w)
        promise = 0.0 - h[W_BREACH] * fair * broken
        others, care, land = 0.0, 0.0, 0.0
        if manner == BARGAINS:
            allows = more_allowed(a, g, h, deed, pacts, worlds, w)
            need = h[W_MORE_TERMS] * own[SHORT_OF_ALL, w] * allows
            land = 0.0 - h[W_MORE_TERMS] * patient * barren[w] * allows
        elif manner == PARTNERS:
            good = good_at[w] / (h[W_HALF_WORTH] + good_at[w])
            for one in range(len(asks)):
                if asks[one] >= 0:
                    good = good * by_use[PRESSURE, asks[one], w]
            warmth = own[MEAN_WARMTH, w] if whom < 0 else by_each[WARMTH, whom, w]
            others = h[W_OTHERS] * own[LEANS, w] * good
            care = good * (0.6 * fair + warmth - h[W_BEGINS])
        elif manner == TAKES:
            alike = h[W_OTHERS] * fair * (smaller(brings, 1.0) + 0.0)
            others = 0.0 - (h[W_AGAINST] if own[LEANS, w] > 0.0 else alike) * own[LEANS, w]
            land = 0.0 - patient * (1.0 - own[BITTER, w]) * risk
        score: float = need + profit + harm + revenge + promise + others + care + land + 0.0
        if score > h[W_ENOUGH]:
            scores[w] = score
