"""The dial of conflict moves as people feel, and whoever was stopped is named, by whom, and what it cost both.

A few games in the suite; 60 of every level:

    python -m pytest -m nightly tests/playing/test_told_conflict.py
"""

from __future__ import annotations

import numpy as np
import pytest

from game.level.library import shipped_levels
from game.players.policies import plan_season
from game.playing.session import Session
from game.playing.story import Story
from game.sim.actions import BLOCKED, STUNG
from game.sim.beginning import new_worlds
from game.sim.dials import dials
from game.sim.model import Model
from game.sim.step import step
from game.sim.world import World
from game.telling import words
from tests.playing.test_view import model_of
from tests.sim.levels import random_plans

LEVELS = [path.stem for path in shipped_levels()]
FEW, SEASONS = 3, 6
MANY, ALL = 60, 24
AGREES, MOVES = 0.95, 1e-9


def mood(model: Model, world: World) -> np.ndarray:
    """How wronged people feel, each person counting the same, (W,)."""
    felt = [name for name, stock in model.level.stocks.items() if stock.conflict]
    people = np.array([one.people for one in model.level.communities.values()])
    if not felt:
        return np.zeros(world.count)
    each = np.mean([world.stock[name][:, 0, 0, 0] for name in felt], axis=0)
    return np.asarray((people[:, None] * each).sum(axis=0) / people.sum())


def agreement(level: str, games: int, seasons: int) -> float:
    """The share of seasons of random games in which the dial moves the way of the mean mood."""
    model, generator = model_of(level), np.random.default_rng(1)
    world = new_worlds(model, list(range(games)))
    agreed: list[np.ndarray] = []
    for _ in range(seasons):
        after = step(model, world, random_plans(model, generator, games, 0.2))
        felt = mood(model, after) - mood(model, world)
        told = dials(model, after)["conflict"] - dials(model, world)["conflict"]
        agreed.append((np.sign(felt) == np.sign(told)) | ((abs(felt) < MOVES) & (abs(told) < MOVES)))
        world = after
    return float(np.mean(agreed))


@pytest.mark.parametrize("level", LEVELS)
def test_the_dial_of_conflict_moves_with_the_mean_mood(level: str) -> None:
    assert agreement(level, FEW, SEASONS) >= AGREES


@pytest.mark.nightly
@pytest.mark.parametrize("level", LEVELS)
def test_the_dial_of_conflict_moves_with_the_mean_mood_in_many_games(level: str) -> None:
    assert agreement(level, MANY, ALL) >= AGREES


def stops_told(level: str, games: int, seasons: int) -> int:
    """Play games of people who take; hold what is told of every deed that was stopped; return how many there were."""
    model, found = model_of(level), 0
    for seed in range(games):
        session = Session(model, seed, 1, ("over",) * len(model.level.seats))
        if session.roles.grievance:
            session.world.stock[session.roles.grievance][...] = 0.9
        while not session.over and session.world.season < seasons:
            planned = plan_season(model, session.world, ("over",) * len(session.policies)).chosen[:, 0, 0]
            for index in planned[planned >= 0].tolist():
                session.add(index)
            report = session.end_turn()
            assert report is not None
            told = " ".join(line.text for line in Story(session, on_board=True).season(report))
            for deed in report.deeds:
                if deed.outcome == BLOCKED:
                    found += 1
                    one = model.layout.seats[deed.seat]
                    whom = "you" if deed.seat == 0 else f"the {words.people(model, one)}"
                    assert f"stopped {whom}: " in told and f"The days are lost, and {whom} trust" in told
                    for other in deed.said:
                        who = "you" if other == 0 else f"the {words.people(model, other)}"
                        assert who.lower() in told.split(f"stopped {whom}: ")[0].lower()
    return found


@pytest.mark.parametrize("level", ["the_shared_pasture", "first_steps"])
def test_whoever_was_stopped_is_named_and_by_whom_and_what_it_cost_both(level: str) -> None:
    assert STUNG > 0.0 and stops_told(level, 2, 4) > 0


@pytest.mark.nightly
@pytest.mark.parametrize("level", LEVELS)
def test_whoever_was_stopped_is_named_in_many_games(level: str) -> None:
    stops_told(level, MANY, ALL)
