"""The offer to end a game early with its win: never before the last quarter, told once, never forced."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from math import ceil

import numpy as np
import pytest

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.branches import branch
from game.playing.decide import decide
from game.playing.ending import Ending
from game.playing.finish import FROM
from game.playing.session import Session
from game.playing.view import view
from game.sim.model import Model, compile_level
from game.sim.world import RUNNING, WON
from game.terminal.game import play
from tests.sim.levels import tiny

STANDS = """
- {id: calm, plain: Calm., hold: "1", in_a_row: 2, at: end}
"""
SEASONS = 8


@cache
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


def game_of(goals: str = STANDS, people: int = 1) -> Session:
    model = tiny(people=("ann", "bob"), seasons=SEASONS, goals=goals)
    return Session(model, 1, people, ("idle", "idle"))


def after(session: Session, seasons: int) -> Session:
    while session.world.season < seasons:
        session.end_turn()
    return session


def test_it_is_offered_in_the_last_quarter_while_every_goal_stands_and_told_once() -> None:
    session, offered, told = game_of(), [], []
    while not session.over:
        session.end_turn()
        shown = view(session, parts=["finish"])["finish"]
        assert bool(shown["text"]) == shown["possible"]
        offered += [session.world.season] if shown["possible"] else []
        told += [session.world.season] if shown["new"] else []
    assert offered == [6, 7] and told == [6] and offered[0] == FROM * SEASONS


def test_it_is_not_offered_while_a_goal_does_not_stand() -> None:
    session = after(game_of(STANDS + '- {id: never, plain: Never., hold: "0", at: end}'), 7)
    assert not session.may_finish
    found = decide(session, {"do": "finish"})
    assert "only in the last quarter" in found.error and not session.over


def test_whoever_accepts_has_won_and_whoever_does_not_plays_on() -> None:
    one, other = after(game_of(), 6), after(game_of(), 6)
    assert decide(one, {"do": "finish"}).passed == "over"
    assert one.over and int(one.world.outcome[0]) == WON and int(one.world.outcome_season[0]) == 6
    assert one.world.reached.all() and [reached for reached, _ in map(Ending(one).verdict, range(1))] == [True]
    told = Ending(one).outcome().text
    assert told == "WON: the game was ended after 6 seasons, while every goal stood; 2 seasons were left to play."
    assert decide(other, {"do": "end"}).passed == "season" and int(other.world.outcome[0]) == RUNNING


def test_the_seasons_themselves_are_as_they_were() -> None:
    one, other = after(game_of(), 6), after(game_of(), 6)
    before = one.history[-1]
    one.finish()
    assert one.history[-1] is before and len(one.plans) == len(other.plans) == 6
    assert {name: values.tobytes() for name, values in one.world.stock.items()} == {
        name: values.tobytes() for name, values in other.world.stock.items()
    }


def test_a_season_of_a_game_that_was_ended_early_can_be_opened_again() -> None:
    session = after(game_of(), 6)
    session.finish()
    again = branch(session, 6)
    assert not again.over and again.may_finish


def test_the_terminal_offers_it_and_ends_the_game() -> None:
    model = model_of("one_nail")
    out = io.StringIO()
    play(
        load_level("one_nail"), "one_nail", 1, 1, model.level.default_policies(), "", io.StringIO("finish\nquit\n"), out
    )
    assert "The game can be ended early only" in " ".join(out.getvalue().split())


@pytest.mark.parametrize("level", [path.stem for path in shipped_levels() if path.stem != "sandbox"])
def test_no_level_offers_to_end_before_anybody_has_done_anything(level: str) -> None:
    model = model_of(level)
    session = Session(model, 3, 1, ("idle",) * len(model.level.seats))
    while not session.over and session.world.season < min(3, model.seasons - 1):
        session.end_turn()
        assert not session.may_finish or session.world.season >= FROM * model.seasons


@pytest.mark.parametrize("level", [path.stem for path in shipped_levels() if path.stem != "sandbox"])
def test_every_level_whose_goals_stand_in_its_last_quarter_can_be_ended_with_its_win(level: str) -> None:
    model = model_of(level)
    session = Session(model, 3, 1, ("idle",) * len(model.level.seats))
    season = ceil(FROM * model.seasons)
    long_enough = np.full_like(session.world.streak, model.seasons)
    session.world = replace(session.world, season=season, streak=long_enough, reached=session.world.reached | True)
    told = view(session, parts=["finish"])["finish"]["text"]
    assert told.startswith("Every goal stands now") and f"at the end of season {model.seasons}" in told
    assert decide(session, {"do": "finish"}).passed == "over"
    assert view(session, parts=["outcome"])["outcome"]["name"] == "won"
