"""Sentences that somebody who played asked about: units said twice, roofs that run short, what comes after the end."""

from __future__ import annotations

from functools import cache

import pytest

from game.insight.coming import Ending, Pipeline
from game.insight.readings import Change
from game.insight.without import Difference
from game.level.reader import load_level, parse_level
from game.players.person import Reason
from game.playing.faring import difference_words
from game.playing.reasons import reason_words
from game.playing.scenes import scenes
from game.playing.session import Session
from game.playing.view import view
from game.sim.model import Model, compile_level
from game.telling import words
from game.telling.coming import lines
from tests.sim.levels import candidate, level_text

MARKET = "market_and_message"
DIG = """
actions:
  dig: {mode: over, family: x, target: community, name: Dig, plain: D, now: [{of: mud, who: others, add: 1}]}
"""
STORM = """
events:
  storm: {chance: 0, at: 2, lasts: 1, name: Storm, plain: Wind., sets: {wet: 2}}
numbers:
  wet: {value: 1, low: 0, high: 3, unit: share, plain: Wet., from: play}
"""


@cache
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


def test_a_unit_that_the_name_says_already_is_not_said_again() -> None:
    model = model_of(MARKET)
    assert words.change(model, Change("coins", "coins", (0,), -0.6, 9.0), 0) == "your coins -0.6"
    assert words.change(model, Change("carts", "carts", (0,), 0.4, 9.0), 0) == "your carts at the pit +0.4"
    assert words.change(model, Change("wares", "coins", (0,), 1.0, 9.0), 0) == "your pots +1 coin"
    told = difference_words(model, Difference(0, "store", "coins", 5.0, 2.2, True))
    assert told == "coins +2.8"
    assert difference_words(model, Difference(0, "goods", "pull", 0.6, 1.9, False)) == "draw at the market -1"


def test_what_is_used_up_runs_short_and_what_is_a_state_is_made_better() -> None:
    model = model_of(MARKET)
    assert reason_words(model, Reason("need", 1.0, "coins"), "") == "they run short of coins"
    assert reason_words(model, Reason("need", 1.0, "young"), "") == "their apprentices' skill could be better"


@pytest.mark.parametrize(("season", "told"), [(7, "until the end of season 7"), (24, "to the end of the game")])
def test_nothing_is_said_to_last_beyond_the_last_season(season: int, told: str) -> None:
    (line,) = lines(model_of(MARKET), Pipeline((), (Ending("poor_market", "event", season),), ()), 0)
    assert line.startswith(f"A poor market: lasts {told}. ")


def test_whose_chest_is_empty_has_hardly_any_left() -> None:
    model = model_of(MARKET)
    session = Session(model, 700, 1, ("idle",) * 4)
    while not session.world.stock["coins"][1, 0, 0, 0, 0] < 0.05:
        session.end_turn()
    told = [line for one in view(session, parts=["neighbours"])["neighbours"] for line in one["wants"]]
    assert "They have hardly any coins left." in told
    assert not any("0.0 seasons" in line for line in told)


def test_weather_that_is_over_is_no_headline_where_anything_was_done() -> None:
    text = level_text(
        "stocks: {mud: {at: community, kind: state, range: [0, 9], start: 0, plain: Mud.}}\n" + DIG + STORM,
        people=("ann", "bob"),
        seasons=6,
    )
    session = Session(compile_level(parse_level(text, "storm.yaml")), 1, 1, ("idle",) * 2)
    for _ in range(2):
        session.end_turn()
    assert scenes(session)["headline"].startswith("Storm!")
    session.add(candidate(session.model, "dig", "bob"))
    session.end_turn()
    told = scenes(session)
    assert told["headline"] == "You used force: Dig (Bob)."
    assert [one["kind"] for one in told["scenes"]] == ["force", "past"]


def test_the_headline_of_a_no_says_whose_question_it_was() -> None:
    session = Session(compile_level(load_level("the_shared_pasture")), 7, 1, ("with",) * 4)
    ration = next(at for at, one in enumerate(session.model.candidates) if one.action == "agree_ration")
    session.world.stock["trust"][:] = 0.0
    session.add(ration)
    session.end_turn()
    told = scenes(session)
    declined = [one for one in told["scenes"] if one["outcome"] == "declined"]
    assert declined and declined[0]["mine"]
    assert told["headline"].startswith("You got a no: Agree a ration")


def test_no_weather_is_announced_for_a_season_that_there_is_not() -> None:
    session = Session(compile_level(load_level("first_steps")), 7, 1, ("idle",) * 2)
    while not session.over:
        session.world.event_sign["drought"][:] = True
        announced = [one for one in view(session, parts=("signs",))["signs"] if not one["here"]]
        assert announced
        session.end_turn()
    session.world.event_sign["drought"][:] = True
    assert [one for one in view(session, parts=("signs",))["signs"] if not one["here"]] == []
