"""What deeds are worth to whoever partners, and what is planned of them, as `game.players` says it; for all levels.

`worths` in `game.players.worth` and `person` in `game.players.person` are the
same in NumPy.  Importing this module needs numba.
"""

from __future__ import annotations

from typing import Any

from game.sim.compiled.acting_tables import FIRST_PAIR, FIRST_PLACE, PAIRS_OF, ROOT_OF, SIZE
from game.sim.compiled.minds import at_place, note_self, scalar, weighed
from game.sim.compiled.operations import compiled, inlined, larger, read_from, smaller, types
from game.sim.compiled.tables import Integers
from game.sim.mind_tables import (
    BASE_OF,
    CARES_OF,
    CHOICE_OF,
    CIRCLE,
    COMPANY_OF,
    DIALOGUE,
    EACH,
    FIND,
    FINDS_OF,
    FOUND,
    FOUND_AT,
    FULL_AT,
    GROUND_OF,
    KIND_OF,
    KNOWN,
    LAND,
    LASTING,
    LEANS,
    LIMIT_OF,
    LIVING,
    LIVING_AT,
    LOW,
    LOW_USES,
    MANNER_OF,
    MYSELF,
    OFFER,
    OFFERS,
    ON_LAND,
    OWN,
    PARTNER,
    PARTNERS,
    PURSE,
    RISK_OF,
    SHARED,
    SHARED_OF,
    SHARES,
    SPAN_AT,
    STORE,
    STORE_OF,
    STORES,
    TARGET_OF,
    USERS,
    USES_ARRAY,
    USUAL_OF,
    W_COMPANY,
    W_FRIEND,
    W_HURT,
    W_JOINS_IN,
    W_REFILL,
    W_SEASONS_IN_STORE,
    W_UNDERSTOOD,
    WARMTH,
    WRONGED,
)
from game.sim.totals import Floats


@compiled
def thin_ground(
    a: Integers, g: Integers, h: Floats, t: Integers, plot: Integers, live: Floats, counts: Floats, worlds: int,
    free: Floats, thin: Floats,
) -> None:  # fmt: skip
    """Note how poor what lives is on the tiles of a plot, (W,)."""
    kinds, size = g[LIVING + 1] - g[LIVING], plot[SIZE]
    for w in range(worlds):
        thin[w] = 0.0
    for one in range(kinds):
        array, reference = a[g[g[LIVING] + one]], h[scalar(g, LIVING_AT) + one]
        for k in range(size):
            tile = t[plot[FIRST_PLACE] + k]
            for w in range(worlds):
                share = read_from(array, tile * worlds + w) / reference
                free[k, w] = (1.0 - smaller(1.0, share)) * live[one, tile]
        for pair in range(plot[PAIRS_OF]):
            to, other = t[plot[FIRST_PAIR] + 2 * pair], t[plot[FIRST_PAIR] + 2 * pair + 1]
            for w in range(worlds):
                free[to, w] += free[other, w]
        for w in range(worlds):
            thin[w] += (free[plot[ROOT_OF], w] + 0.0) / counts[one]
    for w in range(worlds):
        thin[w] = thin[w] / kinds if kinds > 0 and size > 0 else 0.5


@compiled
def lost_ground(
    a: Integers, g: Integers, t: Integers, plot: Integers, before: Floats, worlds: int, w: int, free: Floats
) -> float:  # fmt: skip
    """Return the share of the tiles of a plot that somebody once used and may not use now."""
    size, first = plot[SIZE], scalar(g, MYSELF) * len(before)
    if size == 0:
        return 0.0
    for k in range(size):
        tile = t[plot[FIRST_PLACE] + k]
        free[k, 0] = before[tile] * (1.0 - read_from(a[scalar(g, USES_ARRAY)], (first + tile) * worlds + w))
    for pair in range(plot[PAIRS_OF]):
        to, other = t[plot[FIRST_PAIR] + 2 * pair], t[plot[FIRST_PAIR] + 2 * pair + 1]
        free[to, 0] += free[other, 0]
    share: float = (free[plot[ROOT_OF], 0] + 0.0) / size
    return share


@compiled
def note_low(a: Integers, g: Integers, h: Floats, low: Floats) -> None:
    """Note where a household is low on each store that it must have, (stores, W): 1, else 0."""
    worlds = low.shape[1]
    for store in range((g[LOW + 1] - g[LOW]) // 2):
        for w in range(worlds):
            asked = 0.0
            for place in range(g[LOW_USES], g[LOW_USES + 1], 3):
                if g[place] == store:
                    asked += at_place(a, g, place + 1, worlds, w)
            held = at_place(a, g, g[LOW] + 2 * store, worlds, w)
            low[store, w] = 1.0 if held < h[W_SEASONS_IN_STORE] * asked else 0.0


@inlined
def grievance(a: Integers, g: Integers, c: int, worlds: int, w: int) -> float:
    """Return how wronged a community feels."""
    total = 0.0
    for place in range(g[WRONGED], g[WRONGED + 1]):
        total = total + read_from(a[g[place]], c * worlds + w)
    mean: float = total / max(g[WRONGED + 1] - g[WRONGED], 1)
    return mean


@inlined
def worth_with_somebody(
    a: Integers, g: Integers, h: Floats, deed: Integers, base: float, fits: float, worlds: int, w: int
) -> float:  # fmt: skip
    """Return what it is worth to ask somebody, or to give him what he needs."""
    me, other, each, known = scalar(g, MYSELF), deed[TARGET_OF], scalar(g, EACH), 1.0
    if g[g[KNOWN] + other] >= 0:
        known = read_from(a[g[g[KNOWN] + other]], (other * each + me) * worlds + w)
    if deed[KIND_OF] == DIALOGUE:
        return base * (1.0 - known) if known < 0.5 else 0.0
    if known >= h[W_UNDERSTOOD] and fits > 0.0:
        return base
    wronged = grievance(a, g, other, worlds, w)
    return base * wronged * deed[CARES_OF] if wronged > h[W_HURT] else 0.0


@inlined
def worth(
    a: Integers, g: Integers, h: Floats, t: Integers, deed: Integers, plot: Integers, before: Floats, base: float,
    fits: float, willing: float, worlds: int, w: int, free: Floats,
) -> float:  # fmt: skip
    """Return how much a deed is worth to whoever partners, as `WISHES` in `game.players.worth` say it.

    What fills a store, and what is good for the land, `worths_of_one` knows itself.
    """
    kind = deed[KIND_OF]
    if kind == CIRCLE:
        return 10.0 * base + willing if willing > 0.0 and deed[USUAL_OF] else 0.0
    if kind == OFFER:
        return base if willing > 0.0 else 0.0
    if kind == FIND:
        found = at_place(a, g, g[FOUND] + 2 * deed[FINDS_OF], worlds, w) >= h[scalar(g, FOUND_AT) + deed[FINDS_OF]]
        return (0.0 if found else 4.0) * base
    if kind == LASTING:
        return 9.0 * base
    if kind == OWN:
        return base
    if kind == SHARED:
        held, one = at_place(a, g, g[SHARES] + 2 * deed[SHARED_OF], worlds, w), deed[SHARED_OF]
        missing: float = larger(h[scalar(g, FULL_AT) + one] - held, 0.0) / h[scalar(g, SPAN_AT) + one]
        return base * missing
    if kind == USERS:
        return base * lost_ground(a, g, t, plot, before, worlds, w, free)
    if kind == DIALOGUE or kind == PARTNER:
        return worth_with_somebody(a, g, h, deed, base, fits, worlds, w)
    return 0.0


@compiled
def worths_of_one(
    a: Integers, g: Integers, h: Floats, t: Integers, deed: Integers, plot: Integers, before: Floats, base: float,
    allowed: Any, gain: Floats, fits: Floats, willing: Floats, thin: Floats, low: Floats, free: Floats, found: Floats,
) -> None:  # fmt: skip
    """Fill in how much one option is worth to whoever partners, (W,), where it is allowed."""
    worlds, kind = len(found), deed[KIND_OF]
    if kind == STORE:
        store, offers = deed[STORE_OF], deed[OFFERS]
        for w in range(worlds if store >= 0 else 0):
            more = larger(gain[w], 0.0)
            filling = more / (1.0 + more)
            if allowed[w] and low[store, w] > 0.0 and filling > 0.0 and not (offers and willing[w] <= 0.0):
                found[w] = h[W_REFILL] + filling
    elif kind == LAND:
        share = 0.1 * base
        for w in range(worlds):
            if allowed[w]:
                found[w] = share * thin[w]
    else:
        for w in range(worlds):
            if allowed[w]:
                found[w] = worth(a, g, h, t, deed, plot, before, base, fits[w], willing[w], worlds, w, free)


@compiled
def thin_grounds(
    a: Integers, g: Integers, h: Floats, t: Integers, candidates: Integers, deeds: Integers, rows: Integers,
    live: Floats, counts: Floats, worlds: int, free: Floats, thin: Floats,
) -> None:  # fmt: skip
    """Note how poor the ground of all options is whose kind asks for it, unless that is known."""
    for index in rows:
        ground = deeds[index, GROUND_OF]
        if deeds[index, KIND_OF] == LAND and thin[ground, 0] < 0.0:
            thin_ground(a, g, h, t, candidates[ground], live, counts[ground], worlds, free, thin[ground])


@compiled
def worths_of(
    a: Integers, g: Integers, h: Floats, t: Integers, candidates: Integers, before: Floats, deeds: Integers,
    numbers: Floats, live: Floats, counts: Floats, rows: Integers, allowed: Any, gain: Floats, fits: Floats,
    willing: Floats, thin: Floats, free: Floats, low: Floats, found: Floats,
) -> None:  # fmt: skip
    """Fill in how much each option is worth to whoever partners, (O, W), where it is allowed."""
    thin_grounds(a, g, h, t, candidates, deeds, rows, live, counts, found.shape[1], free, thin)
    note_low(a, g, h, low)
    for row in range(len(rows)):
        index = rows[row]
        worths_of_one(
            a, g, h, t, deeds[index], candidates[index], before, numbers[index, BASE_OF], allowed[row], gain[row],
            fits[row], willing[row], thin[deeds[index, GROUND_OF]], low, free, found[row],
        )  # fmt: skip


@inlined
def holds(numbers: Integers, wanted: int) -> bool:
    """Return whether a number is one of some."""
    for one in numbers:
        if one == wanted:
            return True
    return False


@compiled
def keep_one_mind(
    g: Integers, gives: Integers, asks: Integers, rows: Integers, scores: Floats, most: Floats
) -> None:  # fmt: skip
    """Take back what would give away a store that somebody also asks others for, or the other way round.

    `most` (2, W) is for the highest score of what asks for a store, and of what gives it away.
    """
    for store in range(scalar(g, STORES)):
        most[:] = 0.0
        for row in range(len(rows)):
            for way in range(2):
                if holds(asks[rows[row]] if way == 0 else gives[rows[row]], store):
                    for w in range(scores.shape[1]):
                        most[way, w] = larger(most[way, w], scores[row, w])
        for row in range(len(rows)):
            asks_it, gives_it = holds(asks[rows[row]], store), holds(gives[rows[row]], store)
            for w in range(scores.shape[1] if asks_it or gives_it else 0):
                if (most[0, w] < most[1, w]) == asks_it:
                    scores[row, w] = 0.0


@inlined
def best_payable(
    deeds: Integers, pays: Integers, rows: Integers, scores: Floats, costs: Floats, left: Floats, planned: Integers,
    w: int,
) -> int:  # fmt: skip
    """Return the row of the highest score above 0 that can be paid, of equal ones the first; -1 for none."""
    best, highest = -1, 0.0
    for row in range(len(rows)):
        deed = deeds[rows[row]]
        if not scores[row, w] > highest or planned[deed[CHOICE_OF]] >= deed[LIMIT_OF]:
            continue
        fine = True
        for one in range(pays.shape[1]):
            stock = pays[rows[row], one]
            if stock >= 0 and not left[stock] - costs[row, one, w] >= 0.0:
                fine = False
        if fine:
            best, highest = row, scores[row, w]
    return best


@compiled
def plan_best(
    a: Integers, g: Integers, deeds: Integers, pays: Integers, rows: Integers, scores: Floats, costs: Floats,
    worlds: int, w: int, slots: int, left: Floats, planned: Integers, chosen: Any,
) -> None:  # fmt: skip
    """Plan slot by slot what has the highest score and can be paid, in one world."""
    planned[:] = 0
    for stock in range((g[PURSE + 1] - g[PURSE]) // 2):
        left[stock] = at_place(a, g, g[PURSE] + 2 * stock, worlds, w)
    for slot in range(slots):
        best = best_payable(deeds, pays, rows, scores, costs, left, planned, w)
        if best < 0:
            return
        chosen[slot, w] = rows[best]
        planned[deeds[rows[best], CHOICE_OF]] += 1
        for one in range(pays.shape[1]):
            if pays[rows[best], one] >= 0:
                left[pays[rows[best], one]] -= costs[best, one, w]


@compiled
def company(
    h: Floats, deeds: Integers, rows: Integers, allowed: Any, w: int, by_each: Floats, own: Floats, scores: Floats
) -> None:  # fmt: skip
    """Note how much one likes small deeds on an idle day."""
    on_land = h[W_COMPANY] * own[LEANS, w] if own[LEANS, w] > h[W_JOINS_IN] else 0.0
    for row in range(len(rows)):
        whom, scores[row, w] = deeds[rows[row], COMPANY_OF], 0.0
        if not allowed[row, w]:
            continue
        if whom == ON_LAND:
            scores[row, w] = on_land
        elif whom >= 0 and by_each[WARMTH, whom, w] > h[W_FRIEND]:
            scores[row, w] = h[W_COMPANY] + by_each[WARMTH, whom, w]


@compiled
def person_plans(
    a: Integers, g: Integers, h: Floats, t: Integers, candidates: Integers, before: Floats, deeds: Integers,
    numbers: Floats, live: Floats, counts: Floats, pays: Integers, gives: Integers, asks: Integers, rows: Integers,
    allowed: Any, gain: Floats, fits: Floats, willing: Floats, costs: Floats, feels: Floats, rests: Floats,
    gifts: Floats, pacts: Floats, barren: Floats, thin: Floats, free: Floats, low: Floats, by_use: Floats,
    by_each: Floats, own: Floats, good: Floats, scores: Floats, left: Floats, planned: Integers, chosen: Any,
) -> None:  # fmt: skip
    """Plan for one seat as its person would, (SLOTS, W); `chosen` holds -1 beforehand.

    `good` (3, W) is for what a deed is worth to a partner, and for what `keep_one_mind` notes.
    """
    worlds = allowed.shape[1]
    thin_grounds(a, g, h, t, candidates, deeds, rows, live, counts, worlds, free, thin)
    note_low(a, g, h, low)
    for w in range(worlds):
        note_self(a, g, h, worlds, w, by_use, by_each, own)
    for row in range(len(rows)):
        index = rows[row]
        deed = deeds[index]
        if deed[MANNER_OF] == PARTNERS:
            good[0] = 0.0
            worths_of_one(
                a, g, h, t, deed, candidates[index], before, numbers[index, BASE_OF], allowed[row], gain[row],
                fits[row], willing[row], thin[deed[GROUND_OF]], low, free, good[0],
            )  # fmt: skip
        weighed(
            a, g, h, deed, gives[index], asks[index], numbers[index, RISK_OF], row, allowed[row], gain[row],
            willing[row], good[0], feels, rests, gifts, pacts, barren, by_use, by_each, own, scores[row],
        )  # fmt: skip
    keep_one_mind(g, gives, asks, rows, scores, good[1:])
    for w in range(worlds):
        plan_best(a, g, deeds, pays, rows, scores, costs, worlds, w, len(chosen), left, planned, chosen)
        if chosen[0, w] < 0:
            company(h, deeds, rows, allowed, w, by_each, own, scores)
            plan_best(a, g, deeds, pays, rows, scores, costs, worlds, w, 1, left, planned, chosen)


def minding_signatures() -> dict[str, Any]:
    """Return the types of what the functions of MINDING are called with, by their names."""
    row, numbers, table = types.int64[::1], types.float64[::1], types.int64[:, ::1]
    values, cube, truths = types.float64[:, ::1], types.float64[:, :, ::1], types.boolean[:, ::1]
    hyper, plans = types.float64[:, :, :, ::1], types.int64[:, :]
    seen = (row, row, numbers, row, table, numbers, table, values, values, values)
    options = (row, truths, values, values, values)
    return {
        "worths": types.void(*seen, *options, values, values, values, values),
        "person": types.void(
            *seen, table, table, table, *options, cube, cube, values, cube, hyper, numbers, values, values, values,
            cube, cube, values, values, values, numbers, row, plans,
        ),
    }  # fmt: skip
