"""The numbers above the board: what a level lets one watch, how goals stand, why a number is what it is."""

from __future__ import annotations

import pytest

from game.level.reader import load_level
from game.playing import words
from game.playing.ending import Ending
from game.playing.numbers import facts, goal_state, short_reason, why_number
from game.playing.paint import Style
from game.playing.roles import watched
from game.playing.session import Session
from game.playing.story import Story
from game.sim.actions import DONE
from game.sim.model import compile_level


def session_of(level: str, others: str = "with") -> Session:
    read = load_level(level)
    return Session(compile_level(read), 7, 1, (others,) * len(read.seats))


def plan(session: Session, *keys: str) -> None:
    for key in keys:
        session.add(next(index for index, one in enumerate(session.model.candidates) if one.key == key))


def test_what_goals_speak_of_is_shown() -> None:
    assert watched(session_of("nail_and_barn").model, session_of("nail_and_barn").roles) == ["house", "barn", "timber"]
    pasture = session_of("the_shared_pasture")
    assert watched(pasture.model, pasture.roles) == ["grass", "fodder", "herd"]


def test_a_goal_about_a_flow_shows_what_it_draws_from() -> None:
    """That all can drink is about the springs, that no hearth is cold about the wood behind the house."""
    forest = session_of("the_living_forest")
    assert watched(forest.model, forest.roles)[:3] == ["old_forest", "spring", "timber"]
    assert "ration" not in watched(forest.model, forest.roles), "nothing in this level moves it"
    forest.end_turn()
    spring, timber = (next(fact for fact in facts(forest) if fact.stock == name) for name in ("spring", "timber"))
    assert spring.value.endswith(" dm"), "a spring holds more than one: its water is told, not a share"
    assert timber.detail.startswith("needs ")


def test_a_gain_that_rounds_to_nothing_is_not_told_as_a_number() -> None:
    assert words.is_nothing("+0 t") and words.is_nothing("-0.00") and not words.is_nothing("+3 kg")


def test_a_store_that_will_not_last_is_marked() -> None:
    session = session_of("the_shared_pasture", "over")
    while not session.over and not any(fact.short for fact in facts(session)):
        session.end_turn()
    fact = next(fact for fact in facts(session) if fact.short)
    assert fact.title == "Your hay" and fact.detail.startswith("needs ")
    assert "less than is needed" in why_number(session, fact.stock, fact.community)[-1]


def test_a_number_names_what_came_and_what_went() -> None:
    session = session_of("first_steps")
    assert "After the first season" in why_number(session, "fodder", 0)[-1]
    report = session.end_turn()
    assert report is not None
    lines = why_number(session, "fodder", 0)
    assert any(line.startswith("Came: ") and "grazing +" in line for line in lines)
    assert any(line.startswith("Went: ") and "feeding -" in line for line in lines)
    assert short_reason(session, report.after, report.before, "fodder", 0).count("feeding -") == 1
    assert short_reason(session, report.after, report.before, "herd", 0) == ""


def test_a_goal_says_how_near_it_is() -> None:
    session = session_of("nail_and_barn")
    assert goal_state(session, 0, session.world) is None, "nothing has been measured before the first season"
    session.end_turn()
    now, need, share = goal_state(session, 0, session.world) or ("", "", -1.0)
    assert need == "75 %" and now.endswith("%") and 0.0 < share < 1.0


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.003, "share", "0.003"),
        (0.0, "share", "0.00"),
        (0.02, "t", "0.02 t"),
        (0.001, "t", "1 kg"),
        (0.0001, "t", "0 t"),
        (2.0, "t", "2 t"),
    ],
)
def test_small_numbers_keep_their_first_digit(value: float, unit: str, text: str) -> None:
    assert words.amount(value, unit) == text


def test_shares_as_percents() -> None:
    assert words.signed(0.57, "share", percents=True) == "+57 %"
    assert words.signed(-0.003, "share", percents=True) == "-0.3 %"


def test_plots_have_names_on_the_board() -> None:
    model = session_of("the_shared_pasture").model
    plots = [one for one in model.candidates if one.action == "fence_off"]
    names = [words.place_name(model, one) for one in plots]
    assert names == ["north west", "north", "north east", "south west", "south", "south east"]
    assert words.action_name(model, plots[0]).endswith("(a1)"), "the terminal names them as its board does"


def test_an_action_whose_aim_did_not_move_says_what_is_true() -> None:
    session = session_of("first_steps", "idle")
    plan(session, "listen:birch", "agree_ration:birch")
    session.end_turn()
    plan(session, "watch_the_common:pasture")
    report = session.end_turn()
    assert report is not None
    (card,) = report.cards[0]
    assert card.outcome == DONE and card.intended is None
    assert "It holds for 4 seasons" in Story(session, Style()).without_number(card)


def test_who_comes_second_with_a_proposal_is_told_why() -> None:
    session = session_of("first_steps")
    session.end_turn()
    plan(session, "agree_ration:birch")
    report = session.end_turn()
    assert report is not None
    deed = next(deed for deed in report.deeds if deed.seat == 0)
    assert deed.outcome != DONE
    assert "proposed it first" in Story(session, Style(), on_board=True).too_late(deed, report)


def test_the_ending_tells_what_decided_it() -> None:
    session = session_of("first_steps")
    plan(session, "listen:birch", "agree_ration:birch")
    while not session.over:
        session.end_turn()
    lines = Ending(session, Style()).decisive()
    assert lines[0] == "Season 1: the Alders won the Birches for: Agree a ration."
    assert lines[-1] == "You dominated 0 times and partnered 2 times."
