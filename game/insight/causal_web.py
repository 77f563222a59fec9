"""The web view: what pulls at a stock over several steps, and whose deeds brought it where it is.

Two answers to who: what each person's deeds brought, shared out fairly among
all persons (Shapley 1953, exactly, over every set of persons), beside what
would have happened without anybody's deeds; and what each single deed
changed, by leaving it out.  The first add up to the whole change, the second
need not: deeds make each other possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import factorial

import numpy as np

from game.insight.causes import Where, value
from game.insight.links import Link
from game.insight.played import Deed, PlayedGame, play_without
from game.sim.batches import block_size
from game.sim.step import Ticks, run_ticks
from game.sim.totals import Floats

DEEP, MOST = 3, 8  # steps back, stocks in the picture
NEAR, FAR = 3, 2  # links kept into the stock asked about, and into each other one
SLIGHT = 0.04  # of all that pulls at a stock: a weaker link is left out
BOTH = 0.5  # of the stronger of two links that pull against each other: a weaker one is left out


@dataclass(frozen=True)
class Strand:
    """One link of the web: how many steps it is away, and its share of all that pulls at its target, 0 to 1."""

    link: Link
    steps: int
    share: float


def web(links: Sequence[Link], stock: str) -> list[Strand]:
    """Walk back from a stock along the strongest links; nearest first.

    Of several links of one direction between the same stocks the strongest
    stands for all.  What a stock does to itself is left out: it says little
    about where a push comes from.
    """
    into = _into(links)
    found: list[Strand] = []
    reach, steps = {stock: 1.0}, {stock: 0}
    waiting = _strands(into, stock, 1)
    while waiting:
        best = max(waiting, key=lambda one: (one.share * reach[one.link.target], one.link.source))
        waiting.remove(best)
        source = best.link.source
        if steps.get(source, best.steps) < best.steps - 2:
            continue  # back over several steps: the loops tell that better
        if source not in reach:
            if len(reach) == MOST:
                continue
            reach[source] = best.share * reach[best.link.target]
            steps[source] = best.steps
            waiting += _strands(into, source, best.steps + 1) if best.steps < DEEP else []
        found.append(best)
    return sorted(found, key=lambda one: (one.steps, -one.share, one.link.source))


def _into(links: Sequence[Link]) -> dict[str, list[Link]]:
    strongest: dict[tuple[str, str, bool], Link] = {}
    for link in links:
        key = (link.source, link.target, link.pull > 0.0)
        if link.source != link.target and (key not in strongest or abs(link.pull) > abs(strongest[key].pull)):
            strongest[key] = link
    into: dict[str, list[Link]] = {}
    for (source, target, rising), link in strongest.items():
        against = strongest.get((source, target, not rising))
        if against is None or abs(link.pull) >= BOTH * abs(against.pull):
            into.setdefault(target, []).append(link)
    return into


def _strands(into: dict[str, list[Link]], target: str, steps: int) -> list[Strand]:
    links = sorted(into.get(target, []), key=lambda link: (-abs(link.pull), link.source))
    total = sum(abs(link.pull) for link in links)
    strands = [Strand(link, steps, abs(link.pull) / total) for link in links[: NEAR if steps == 1 else FAR]]
    return [strand for strand in strands if strand.share >= SLIGHT]


@dataclass(frozen=True)
class Hands:
    """Whose doing a reading is at the end of a season: `start` + `system` + all of `persons` is `end`.

    `system` is the change without anybody's deeds; `persons` hold (seat,
    amount); `deeds` (deed, amount), each what the reading would lack without it,
    largest first.
    """

    start: float
    end: float
    system: float
    persons: tuple[tuple[int, float], ...]
    deeds: tuple[tuple[Deed, float], ...]


def hands(game: PlayedGame, where: Where, season: int) -> Hands:
    """Return whose doing a reading is at the end of a season (from 0) of a game."""
    *_, found = hands_bit_by_bit(game, where, season)
    assert found is not None
    return found


def hands_bit_by_bit(game: PlayedGame, where: Where, season: int, ticks: Ticks = run_ticks) -> Iterator[Hands | None]:
    """Do as `hands` does, some twins at a time: None until all are lived through, then what is found.

    `ticks` may be another way to the same bits (`game.run.backends`).
    """
    until = _until(game, season)
    seats = len(game.model.layout.seats)
    sets, count = 2**seats, len(until.deeds)
    removed = np.zeros((count, sets + count), np.bool_)
    for number, deed in enumerate(until.deeds):
        removed[number, :sets] = [not group >> deed.seat & 1 for group in range(sets)]
        removed[number, sets + number] = True
    values: list[Floats] = []
    size = max(8, block_size(game.model))
    for start in range(0, sets + count, size):
        end = play_without(until, removed[:, start : start + size], ticks=ticks)
        values.append(value(game.model, end, where)[1:])
        yield None
    ends = np.concatenate(values)
    first, last = float(value(game.model, game.start, where)[0]), float(ends[sets - 1])
    told = sorted(
        ((deed, last - float(ends[sets + number])) for number, deed in enumerate(until.deeds)),
        key=lambda pair: (-abs(pair[1]), pair[0].season, pair[0].seat, pair[0].slot),
    )
    yield Hands(first, last, float(ends[0]) - first, tuple(enumerate(_shapley(ends[:sets], seats))), tuple(told))


def _until(game: PlayedGame, season: int) -> PlayedGame:
    deeds = tuple(deed for deed in game.deeds if deed.season <= season)
    return replace(game, plans=game.plans[: season + 1], deeds=deeds)


def _shapley(values: Floats, count: int) -> list[float]:
    """Return the fair share of each of `count` players from the value of every set of them, a bit for each player."""
    shares = []
    for one in range(count):
        share = 0.0
        for group in range(2**count):
            if not group >> one & 1:
                size = group.bit_count()
                weight = factorial(size) * factorial(count - size - 1) / factorial(count)
                share += weight * float(values[group | 1 << one] - values[group])
        shares.append(share)
    return shares
