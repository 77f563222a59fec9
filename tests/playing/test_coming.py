"""The words of what is on its way and of what would come if everyone stopped: sign, size and unit of the numbers."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.insight.coming import AGREEMENT, EVENT, Arrival, Belief, Ending, Pipeline, pipeline
from game.level.reader import load_level, parse_level
from game.players.forecast import Fan
from game.players.standstill import Stopped, stopped
from game.playing.session import Session
from game.playing.standstill import (
    Ahead,
    Number,
    Standstill,
    ahead,
    course_in_words,
    drain_line,
    goal_lines,
    goal_of,
    numbers_of,
)
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.telling.coming import lines, rows
from game.telling.say import say

_spec = importlib.util.spec_from_file_location("worlds", Path(__file__).parents[1] / "insight" / "worlds.py")
assert _spec and _spec.loader
worlds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(worlds)


def session() -> Session:
    return Session(worlds.model(), 1, 1, ("idle", "idle"))


def test_nothing_says_so() -> None:
    one = session()
    assert lines(one.model, pipeline(one.model, one.world), 0) == [say("coming.nothing")]


def test_calves_are_told_with_number_owner_and_season() -> None:
    one = session()
    for _ in range(2):
        one.add(worlds.candidate(one.model, "buy"))
    one.end_turn()
    found = [
        line for line in lines(one.model, pipeline(one.model, one.world), 0) if "herd" in line or "animals" in line
    ]
    assert found == ["Your herd: +2 animals in season 4. A calf."]
    theirs = [line for line in lines(one.model, pipeline(one.model, one.world), 1) if "animals" in line]
    assert theirs == ["The others' herd: +2 animals in season 4. A calf."]


def test_the_same_kind_stands_in_one_row_with_a_mark_a_season_and_ones_own_come_first() -> None:
    model = worlds.model()
    found = Pipeline(
        (
            Arrival("herd", 1, 1.0, 3, "A calf."),
            Arrival("herd", 0, 2.0, 4, "A calf."),
            Arrival("herd", 0, -1.0, 6, "A calf."),
        ),
        (),
        (),
    )
    mine, theirs = rows(model, found, 0)
    assert [(season, short) for season, short, _ in mine.marks] == [(4, "+2"), (6, "-1")]
    assert mine.title == "Your herd: +1 animal" and mine.mine
    assert theirs.title == "The others' herd: +1 animal" and not theirs.mine


def test_what_trickles_what_ends_and_what_nobody_knows_yet() -> None:
    model = worlds.model()
    found = Pipeline(
        (Arrival("seed", None, 7.5, None, "Some becomes seed.", "sowing", (4.0, 2.0, 1.5), 2.0, 5, 8),),
        (Ending("agree", AGREEMENT, 9, (0, 1)),),
        (Belief("herd", 1, 4.0, 9.0, 3.0),),
    )
    assert lines(model, found, 0) == [
        "Seed: +7.5 t bit by bit, half of it by season 5, nine tenths by season 8. Some becomes seed.",
        "Agree: holds until the end of season 9. In it: you and the Elms.",
        "The Elms' herd: 9 animals now. The effect comes 3 seasons late: it is still that of 4 animals.",
    ]
    storm = worlds.TEXT + "events: {storm: {at: 3, lasts: 2, name: Storm, plain: Wind., sets: {wet: 2}}}\n"
    storm += "numbers: {wet: {value: 1, low: 0, high: 3, plain: Wet.}}\n"
    storm = storm.replace("objective: mean(grass)", "objective: mean(grass) * wet")
    built = compile_level(parse_level(storm, "storm.yaml"))
    assert lines(built, Pipeline((), (Ending("storm", EVENT, 4),), ()), 0) == [
        "Storm: lasts until the end of season 4. Wind."
    ]


def course(past: list[float], values: list[float], spread: float = 0.0) -> Ahead:
    middle = np.array(values)[:, None]
    return Ahead(Number("grass", None, "Grass"), tuple(past), Fan(middle + spread * np.linspace(-1.0, 1.0, 9)))


@pytest.mark.parametrize(
    ("past", "values", "words"),
    [
        ([6.0, 5.0], [4.0, 3.0, 2.0],
         "Even if nobody acted any more, grass would go on falling to the very end, to 2 t."),
        ([4.0, 5.0], [4.0, 3.0, 2.0], "Even if nobody acted any more, grass would fall to the very end, to 2 t."),
        ([6.0, 5.0], [4.0, 3.0, 4.5],
         "Even if nobody acted any more, grass would go on falling until season 4, to 3 t. "
         "Then it would rise, to 4.5 t in season 5."),
        ([5.0, 5.0], [6.0, 8.0, 7.0],
         "If nobody acted any more, grass would rise until season 4, to 8 t. Then it would fall, to 7 t in season 5."),
        ([4.0, 5.0], [6.0, 7.0, 8.0], "If nobody acted any more, grass would go on rising to the very end, to 8 t."),
        ([5.0, 5.0], [5.1, 5.0, 4.9], "If nobody acted any more, grass would stay about where it is, at 5 t."),
    ],
)  # fmt: skip
def test_the_sentence_follows_the_numbers(past: list[float], values: list[float], words: str) -> None:
    assert course_in_words(worlds.model(), course(past, values), 2) == words


def test_what_is_unsure_says_between_what() -> None:
    line = course_in_words(worlds.model(), course([6.0, 5.0], [4.0, 3.0, 2.0], spread=1.0), 2)
    assert line.endswith(" 8 of 10 imagined games end between 1 t and 3 t.")


def test_goals_are_told_by_how_often_they_would_be_met() -> None:
    model = worlds.model()
    for met, said, on in ((10, "Almost surely still met", True), (6, "More likely met than not", True),
                          (4, "More likely not met", False), (0, "Hardly ever met", False)):  # fmt: skip
        reached = np.zeros((1, 10), np.bool_)
        reached[0, :met] = True
        found = Stopped(2, {}, {}, reached, np.zeros(10, np.bool_))
        assert goal_lines(model, found) == [(on, f"Green. {said}: {met} of 10 times.")]


def test_a_goal_line_stands_where_a_goal_compares_a_stock_with_a_number() -> None:
    assert goal_of(worlds.model(), "grass") == 1.0 and goal_of(worlds.model(), "hay") is None
    assert goal_of(compile_level(load_level("nail_and_barn")), "house") == 0.75


def test_course_so_far_and_course_ahead_meet_in_the_present() -> None:
    one = session()
    for _ in range(3):
        one.end_turn()
    found = stopped(one.model, one.world, 0, dreams=4)
    assert found is not None
    for number in numbers_of(one):
        course = ahead(one, number, found)
        assert len(course.past) == 4 and len(course.fan.middle) == 7
    hay = next(ahead(one, number, found) for number in numbers_of(one) if number.stock == "hay")
    assert hay.number.title == "Your hay"
    assert hay.past[-1] == pytest.approx(float(one.world.stock["hay"][0].sum()))


def test_nobody_has_a_tenth_of_a_cow() -> None:
    one = session()
    herd = next(number for number in numbers_of(one) if number.stock == "herd")
    assert herd.text(one.model, 2.4) == "2 animals" and herd.text(one.model, 0.6) == "1 animal"


def test_what_takes_most_and_goes_on_is_named_with_its_amount() -> None:
    elms = Session(worlds.model(), 1, 2, ("idle", "idle"))
    for _ in range(4):
        elms.end_turn()
    found = stopped(elms.model, elms.world, 1, dreams=4)
    assert found is not None
    grass = ahead(elms, next(number for number in numbers_of(elms) if number.stock == "grass"), found)
    assert float(elms.world.moved["grazing"].sum()) == pytest.approx(8.0), "eight animals take one each"
    assert drain_line(elms, grass) == "Grazing goes on by itself: last season it took 8 t."


def test_it_is_dreamt_once_a_season() -> None:
    one = session()
    standstill = Standstill(one)
    found = standstill.ask().wait()
    assert found is not None and standstill.ask().result is found
    one.end_turn()
    later = standstill.ask().wait()
    assert later is not None and later.since == 1


def test_what_stands_in_a_game_that_ends_early_is_not_reached() -> None:
    model = compile_level(load_level("the_shared_pasture"))
    world = new_worlds(model, [3])
    found = stopped(model, world, 0, 4)
    assert found is not None
    half = replace(found, reached=np.ones_like(found.reached), lost=np.array([True, True, False, False]))
    lines = [text for _, text in goal_lines(model, half)]
    assert all("2 of 4 times" in line for line in lines)
