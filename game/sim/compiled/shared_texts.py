"""The texts of the compiled functions that all levels share; importing this module needs no numba."""

from __future__ import annotations

SEASON = '''"""The ticks of a season of any level: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.compiled.season import GROUP, bring_in, bring_out, run


def season(
    given, taken, worlds, beginning, beginning_values, tick, tick_values, ticks, addresses, stocks, flows, lists,
    bounds, speeds, fixed, s, row, tree, number, each, first, last,
):
    there, start, length = fixed.ctypes.data, first, len(s) // GROUP
    while start < last:
        n = min(GROUP * row, last - start)
        bring_in(s, length, given, worlds, start, n)
        for block in range((n + row - 1) // row):
            part = s[block * length : (block + 1) * length]
            here = part.ctypes.data
            run(
                beginning, beginning_values, addresses, part, here, there, number,
                stocks, flows, lists, bounds, speeds, row, tree, False,
            )
            for passed in range(ticks):
                run(
                    tick, tick_values, addresses, part, here, there, number + passed / each,
                    stocks, flows, lists, bounds, speeds, row, tree, passed == 0,
                )
        bring_out(s, length, taken, worlds, start, n)
        start += n
'''

ACTING = '''"""The actions of a season of any level: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.compiled.acting_season import act_in


def act(
    a, t, i, f, x, parts, candidates, amounts, keys, often, people, chosen, said, result, answer, later, yes,
    noted, length, season, first, last,
):
    for w in range(first, last):
        act_in(
            a, t, i, f, x, parts, candidates, amounts, keys, often, people, chosen, said, result, answer, later, yes,
            noted, length, season, w,
        )
'''

LOOKING_TEXT = """

from game.sim.compiled.looking import look_at, pick_best, thin_on


def look(
    a, t, i, f, x, parts, candidates, amounts, keys, seat, me, wanted, how, places, rows, allowed, numbers, costs,
    feels, rests, gives,
):
    return look_at(
        a, t, i, f, x, parts, candidates, amounts, keys, seat, me, wanted, how, places, rows, allowed, numbers, costs,
        feels, rests, gives,
    )


def plan(allowed, scores, groups, limits, stocks, costs, left, kept, planned, rows):
    pick_best(allowed, scores, groups, limits, stocks, costs, left, kept, planned, rows)


def thin(values, reference, live, t, plots, counts, free, poor):
    thin_on(values, reference, live, t, plots, counts, free, poor)
"""

MINDING = '''"""What scripts and people plan: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.compiled.wishes import person_plans, worths_of


def worths(
    a, g, h, t, candidates, before, deeds, numbers, live, counts, rows, allowed, gain, fits, willing, thin, free, low,
    found,
):
    worths_of(
        a, g, h, t, candidates, before, deeds, numbers, live, counts, rows, allowed, gain, fits, willing, thin, free,
        low, found,
    )


def person(
    a, g, h, t, candidates, before, deeds, numbers, live, counts, pays, gives, asks, rows, allowed, gain, fits,
    willing, costs, feels, rests, gifts, pacts, barren, thin, free, low, by_use, by_each, own, good, scores, left,
    planned, chosen,
):
    person_plans(
        a, g, h, t, candidates, before, deeds, numbers, live, counts, pays, gives, asks, rows, allowed, gain, fits,
        willing, costs, feels, rests, gifts, pacts, barren, thin, free, low, by_use, by_each, own, good, scores, left,
        planned, chosen,
    )
'''

TURNING = '''"""What happens once a season: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.compiled.turning import fade_all, turn_all


def turn(a, t, i, f, x, parts, at, told):
    turn_all(a, t, i, f, x, parts, at, told)


def fade(a, known, kinds, whom, people, chosen, result, forgiving, wrongs, kindness, lean):
    fade_all(a, known, kinds, whom, people, chosen, result, forgiving, wrongs, kindness, lean)
'''
