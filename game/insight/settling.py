"""Does a level settle when nobody acts?  Found out by a run, as no reading of its rules can tell.

Forty seasons pass without a player, without events and with the weather of
an average year, from three starts at once: the level's own, half of it and
half as much again (each at most half way to a bound).  Afterwards no stock may
lie at a bound where the level does not start it, and none may still run
towards one.

What dies out never quite reaches 0, so near its lower bound counts as there.
To come to rest just below the upper one is no fault: there a stock must be cut
off, a state on the bound itself, and matter, of which some leaves in every
tick, near a bound that it ran into at full speed.  What only actions raise may sink, and what pays for actions may pile
up while nobody acts.  Where a drift would end is carried on from the last ten
seasons as a geometric series, so that what settles slowly is not blamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from game.level.balance_checks import can_rise, unbalanced_stocks
from game.level.cost import level_cost
from game.level.merge import Source
from game.level.noise import stilled
from game.level.problems import Problem
from game.level.schema import Level
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.observe import mean_of
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import World

SEASONS = 40
STARTS = ("", ", from half of its start", ", from half as much again as its start")
SPAN = 5  # seasons over which a drift is measured, twice
PINNED_FOR = 5  # seasons at a bound before it counts as held there
NEAR = 0.01  # of the size of a stock: what counts as lying at its lower bound
CUT_OFF = 1e-9  # of its size: what counts as lying at its upper one
DRIFT = 0.05  # of its size in one span: less than this is standing still
STEADY = 0.97  # a drift that keeps this much of its speed from one span to the next does not end by itself
MOST_TRIED = 1_500_000_000  # node-tiles of a whole trial: some seconds
MOST_TILES = 4096  # a map beyond this is tried from its own start alone


@dataclass(frozen=True)
class Finding:
    """A stock that does not settle: where it was seen, since when, and which bound it is driven to."""

    stock: str
    who: str  # the community it was seen in, "" for what lies on tiles, between communities or in the world
    start: int  # index into STARTS
    season: int
    bound: float
    upper: bool
    pinned: bool  # held at the bound; else on its way there
    turn: str = ""  # what the level calls a turn; a season without it

    @property
    def sentence(self) -> str:
        """The finding in words."""
        turn = self.turn or "season"
        end = f"its {'upper' if self.upper else 'lower'} bound {self.bound:g}"
        whose = f" of {self.who}" if self.who else ""
        what = f"comes to {end} by {turn} {self.season} and stays there"
        if not self.pinned:
            what = f"still runs towards {end} in {turn} {self.season}"
        return f'"{self.stock}"{whose} {what} when nobody acts{STARTS[self.start]}'


def trial_problems(level: Level, source: Source) -> list[Problem]:
    """Return a warning for each stock of a sound level that does not settle when nobody acts.

    A level whose trial would take longer than a check may is not tried, and a note says so.
    """
    if level_cost(level) * level.seasons.ticks * SEASONS > MOST_TRIED:
        message = f"the trial of {SEASONS} seasons was left out: it would take too long on a map of this size"
        return [source.problem(("map",), "not-tried", message, "note", key=True)]
    return [
        source.problem(
            ("stocks", finding.stock),
            "does-not-settle",
            f"in {level.id}, {finding.sentence}; write what holds it, or why it may, as in unbalanced: a reason",
            "warning",
            key=True,
        )
        for finding in unsettled(level)
    ]


def unsettled(level: Level) -> list[Finding]:
    """Return at most one finding for each stock, in the order of the level."""
    model = compile_level(_calm(level))
    # What nothing balances was found without a run, and is told once only.
    told = {name for name, stock in level.stocks.items() if stock.unbalanced}
    told |= set(unbalanced_stocks(model.level, model.nodes))
    moved = {item.of for item in model.level.influences.values()}
    moved |= {end for flow in model.flows for end in (flow.source, flow.target)}
    names = [name for name in model.stocks if name in moved and name not in told]
    world = _starts(model, names)
    history, world = _history(model, names, world)
    found = {name: list(_findings(model, name, history[name])) for name in names}
    if any(not finding.pinned for findings in found.values() for finding in findings):
        # Herds and their pasture swing for decades: what runs down in one of them may come back in the next.
        later, _ = _history(model, names, world)
        found = {name: [one for one in found[name] if _goes_on(model, one, later[name])] for name in names}
    return [findings[0] for findings in found.values() if findings]


def _goes_on(model: Model, finding: Finding, later: Floats) -> bool:
    """Whether what ran towards a bound never turns in as many seasons again, and still runs there or has arrived."""
    if finding.pinned:
        return True
    place = model.layout.communities.index(finding.who) if finding.who else 0
    course, size = later[:, place, finding.start], float(np.abs(later).max())
    margin = (CUT_OFF if finding.upper else NEAR) * size
    away = np.abs(course - finding.bound)
    if away.max() > away[0]:
        return False
    arrived = _pinned_since(course, finding.bound, margin) is not None
    return arrived or _runs_to(course, finding.bound, finding.upper, DRIFT * size)


def _calm(level: Level) -> Level:
    """Return the level without events, and with numbers that no seed and no season draws anew."""
    still = {"each_seed": None, "each_season": None, "origin": "measured"}
    numbers = {name: number.model_copy(update=still) for name, number in level.numbers.items()}
    stocks = {name: stock.model_copy(update={"varies": 0.0}) for name, stock in level.stocks.items()}
    noise = {name: stilled(one) for name, one in level.noise.items()}
    return level.model_copy(update={"numbers": numbers, "stocks": stocks, "events": {}, "noise": noise})


def _starts(model: Model, names: list[str]) -> World:
    tiles = model.layout.rows * model.layout.columns
    world = new_worlds(model, [0] * (len(STARTS) if tiles <= MOST_TILES else 1))
    _spread_starts(model, world, names)
    return world


def _history(model: Model, names: list[str], world: World) -> tuple[dict[str, Floats], World]:
    """Let SEASONS pass; return each stock over time, (SEASONS + 1, places, worlds), and the world then.

    Communities are told one by one, all else as a mean.
    """
    seasons = [{name: _places(model, world, name) for name in names}]
    for _ in range(SEASONS):
        world = step(model, world)
        seasons.append({name: _places(model, world, name) for name in names})
    return {name: np.stack([season[name] for season in seasons]) for name in names}, world


def _spread_starts(model: Model, world: World, names: list[str]) -> None:
    """Start the second world lower and the third one higher than the level does."""
    for name in names if world.count > 1 else ():
        plan, values = model.stocks[name], world.stock[name]
        own = values[..., 0]
        values[..., 1] = (own + np.maximum(plan.low, np.minimum(own, 0.0))) / 2.0
        values[..., 2] = np.minimum(own + np.abs(own) / 2.0, (own + plan.high) / 2.0)
        values *= plan.live


def _places(model: Model, world: World, name: str) -> Floats:
    if model.stocks[name].place in ("community", "player"):
        return np.array(world.stock[name][:, 0, 0, 0, :])
    return mean_of(model, world, name).reshape(1, -1)


def _findings(model: Model, name: str, history: Floats) -> Iterator[Finding]:
    """Yield what does not settle: the lower bound first, the level's own start first."""
    plan = model.stocks[name]
    size = float(np.abs(history).max())
    people = list(model.layout.communities) if plan.place in ("community", "player") else [""]
    for upper, bound in _bounds_that_count(model, name):
        margin = (CUT_OFF if upper else NEAR) * size
        for world in range(history.shape[2]):
            for place, who in enumerate(people):
                course = history[:, place, world]
                if abs(float(history[0, place, 0]) - bound) <= margin:
                    continue
                finding = Finding(name, who, world, SEASONS, bound, upper, True, model.level.seasons.name)
                since = _pinned_since(course, bound, margin)
                if since is None and upper and plan.matter:
                    since = _pinned_since(course, bound, NEAR * size, fastest=NEAR * size)
                if since is not None:
                    yield replace(finding, season=since)
                elif _runs_to(course, bound, upper, DRIFT * size):
                    yield replace(finding, pinned=False)


def _bounds_that_count(model: Model, name: str) -> list[tuple[bool, float]]:
    """Return (upper, bound) for the bounds that the stock must keep away from while nobody acts."""
    plan = model.stocks[name]
    rises = can_rise(model.level, model.nodes, name)
    pays = any(name in action.cost for action in model.level.allowed_actions().values())
    return [(False, plan.low)] * rises + [(True, plan.high)] * (not pays)


def _pinned_since(course: Floats, bound: float, margin: float, fastest: float = 0.0) -> int | None:
    """Return the season from which on a stock lay within `margin` of a bound, if it did so long enough at the end.

    None also where it came there more slowly than `fastest` in a season.
    """
    away = np.flatnonzero(np.abs(course - bound) > margin)
    since = int(away[-1]) + 1 if len(away) else 0
    if since > SEASONS - PINNED_FOR or (since and abs(float(course[since] - course[since - 1])) < fastest):
        return None
    return since


def _runs_to(course: Floats, bound: float, upper: bool, least: float) -> bool:
    """Whether the last seasons lead steadily towards a bound, and would reach it if they went on."""
    steps = np.diff(course[-2 * SPAN - 1 :]) * (1.0 if upper else -1.0)
    before, lately = float(steps[:SPAN].sum()), float(steps[SPAN:].sum())
    if not bool((steps > 0.0).all()) or lately <= least:
        return False
    kept = lately / before
    return kept >= STEADY or lately * kept / (1.0 - kept) > abs(bound - float(course[-1]))
