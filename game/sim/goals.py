"""Whether a game is won, lost, or still going."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.totals import Floats
from game.sim.world import ENDED, LOST, RUNNING, WON, World


def judge_goals(model: Model, world: World, said: Floats | None = None) -> None:
    """Count for each goal the seasons in a row in which it held, and decide the game.

    Called at the end of a season, when `world.season` counts it.  `said`
    (G + 1, W) is what the rules of the goals say, and last whether the game
    is lost, where somebody knows that already.
    """
    said = _said(model, world) if said is None else said
    last = world.season >= model.seasons
    for index, goal in enumerate(model.level.goals):
        holds = said[index] > 0.0
        world.streak[index] = np.where(holds, world.streak[index] + 1, 0)
        enough = world.streak[index] >= goal.in_a_row
        if goal.at == "end":
            world.reached[index] = enough if last else False
        elif world.season <= (goal.by or model.seasons):
            world.reached[index] |= enough
    _decide(world, (world.outcome == RUNNING) & (said[-1] > 0.0), LOST)
    running = world.outcome == RUNNING
    _decide(world, running & world.reached.all(axis=0), WON)
    if last:
        _decide(world, world.outcome == RUNNING, ENDED)


def _said(model: Model, world: World) -> Floats:
    """Return what the rules of the goals say, and last whether the game is lost, (G + 1, W)."""
    frame, found = frame_after_season(model, world), np.zeros((len(model.goals) + 1, world.count))
    for index, rule in enumerate((*model.goals, model.lost)):
        if rule is not None:
            found[index] = along_worlds(np.asarray(rule(frame)), world.count)
    return found


def goals_stand(model: Model, world: World) -> NDArray[np.bool_]:
    """Return where every goal would be reached if the game ended now, (W,); False before the first season."""
    stands = np.full(world.count, world.season > 0)
    for index, goal in enumerate(model.level.goals):
        stands = stands & (world.reached[index] | ((goal.at == "end") & (world.streak[index] >= goal.in_a_row)))
    return stands


def ended_early(model: Model, world: World) -> World:
    """Return the world of a game that is ended while it runs: won where every goal stands; what is given stays."""
    won = (world.outcome == RUNNING) & goals_stand(model, world)
    ended = replace(world, outcome=world.outcome.copy(), outcome_season=world.outcome_season.copy())
    ended.reached = world.reached | won
    _decide(ended, won, WON)
    _decide(ended, ended.outcome == RUNNING, ENDED)
    return ended


def _decide(world: World, where: NDArray[np.bool_], outcome: int) -> None:
    world.outcome = np.where(where, outcome, world.outcome)
    world.outcome_season = np.where(where, world.season, world.outcome_season)


def objective(model: Model, world: World) -> Floats:
    """Return the objective of the level for each world, (W,)."""
    return along_worlds(np.asarray(model.objective(frame_after_season(model, world))), world.count)


def frame_after_season(model: Model, world: World, extra: dict[str, Floats] | None = None) -> Frame:
    """Return the frame of rules that look back: `season` is the one that has just ended."""
    return Frame(model.layout, world, extra={"season": np.full((1, 1, 1, 1, 1), float(world.season)), **(extra or {})})
