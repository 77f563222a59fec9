"""The numbers above the board: what a level lets one watch, how goals stand, why a number is what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.insight.roles import watched
from game.level.reader import load_level
from game.players.policies import plan_season
from game.playing.cards import cards_of
from game.playing.ending import Ending
from game.playing.numbers import facts, goal_state, short_reason, why_number
from game.playing.session import Session
from game.playing.standing import goals_standing
from game.playing.story import Story
from game.playing.view_report import changes
from game.sim.actions import DONE
from game.sim.model import compile_level
from game.telling import words


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


@pytest.mark.parametrize("level", ["first_steps", "the_shared_pasture", "flowers_and_bees", "the_breath"])
def test_the_causes_of_a_change_add_up_to_it_as_it_is_told(level: str) -> None:
    session = session_of(level)
    told = 0
    for _ in range(6):
        session.end_turn()
        assert session.last is not None
        for change in changes(session, session.last):
            if not change["why"]:
                continue
            told += 1
            before, now = re.findall(r"[0-9.]+", change["text"])
            assert change["way"] == ("level" if before == now else "up" if float(now) > float(before) else "down")
            parts = [re.fullmatch(r".* ([+-][0-9.]+) (\S+)", part) for part in change["why"].split(", ")]
            found = re.fullmatch(r"([0-9.]+) → ([0-9.]+) (\S+)", change["text"])
            assert found and all(part and part[2] == found[3] for part in parts), change
            step = 0.05 if "." in change["why"] else 0.5
            assert abs(sum(float(part[1]) for part in parts if part) - (float(found[2]) - float(found[1]))) < step
    assert told >= 6


def test_what_people_moved_by_hand_is_told_as_theirs() -> None:
    session = session_of("the_shared_pasture")
    plan(session, "share_hay:birch")
    report = session.end_turn()
    assert report is not None and report.deeds
    assert "what people did -2.0 t" in short_reason(session, report.after, report.before, "fodder", session.me)


def test_a_goal_says_how_near_it_is() -> None:
    session = session_of("nail_and_barn")
    assert goal_state(session, 0, session.world) is None, "nothing has been measured before the first season"
    session.end_turn()
    now, need, share = goal_state(session, 0, session.world) or ("", "", -1.0)
    assert need == "75 %" and now.endswith("%") and 0.0 < share < 1.0


def test_a_goal_that_each_of_several_must_reach_says_so() -> None:
    session = session_of("the_shared_pasture")
    session.end_turn()
    told = {one.about: one for one in goals_standing(session)}
    assert told["herd"].least and not told["grass"].least


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


def test_of_many_plots_several_share_a_name() -> None:
    model = session_of("the_living_forest").model
    names = [words.place_name(model, one) for one in model.candidates if one.action == "clear_cut"]
    assert len(names) == 24 and len(set(names)) == 9
    assert names[0] == "north west" and names[-1] == "south east"


def test_what_lives_is_what_goals_are_about() -> None:
    assert session_of("the_living_forest").roles.living == "old_forest"
    assert session_of("the_shared_pasture").roles.living == "grass"
    assert session_of("first_steps").roles.living == "grass"


def test_a_spring_tells_what_it_lives_on_then_and_now() -> None:
    session = session_of("the_living_forest", "over")
    while session.world.season < 12:
        session.end_turn()
    text = " ".join(why_number(session, "spring", None))
    assert "It lives on groundwater: 70 dm at the start" in text
    assert "Seeping in brought" in text and "four seasons later" in text
    assert set(session.history[-1].held) == {"old_forest", "spring", "groundwater"}


def test_the_end_of_a_cleared_hill_says_what_ran_out_and_since_when() -> None:
    session = session_of("the_living_forest", "over")
    while not session.over:
        chosen = plan_season(session.model, session.world, ("over",) * 3).chosen[:, 0, 0]
        for candidate in chosen[chosen >= 0].tolist():
            session.add(candidate)
        session.end_turn()
    lines = Ending(session).decisive()
    assert any("the old forest fell from 46" in line and "Clear the wood" in line for line in lines)
    assert any("there was not enough spring water any more" in line for line in lines)
    assert any("the groundwater fell from 70 dm" in line for line in lines)


def test_hints_come_when_a_goal_that_held_holds_no_more() -> None:
    session = session_of("the_living_forest", "over")
    told = []
    while session.world.season < 8:
        chosen = plan_season(session.model, session.world, ("over",) * 3).chosen[:, 0, 0]
        for candidate in chosen[chosen >= 0].tolist():
            session.add(candidate)
        report = session.end_turn()
        told.append(report.hint if report else "")
    assert any("The springs still run on rain" in hint for hint in told)


def test_an_action_whose_aim_did_not_move_says_what_is_true() -> None:
    session = session_of("first_steps", "idle")
    plan(session, "listen:birch", "agree_ration:birch")
    session.end_turn()
    plan(session, "watch_the_common:pasture")
    report = session.end_turn()
    assert report is not None
    (card,) = report.cards[0]
    assert card.outcome == DONE and card.intended is None
    assert "It holds for 4 seasons" in Story(session).without_number(card)


def test_who_comes_second_with_a_proposal_is_told_why() -> None:
    session = session_of("first_steps")
    plan(session, "listen:birch")
    session.end_turn()
    plan(session, "agree_ration:birch")
    (letter,) = session.letters()
    session.answer(letter, True)
    report = session.end_turn()
    assert report is not None
    deed = next(deed for deed in report.deeds if deed.seat == 0)
    assert deed.outcome != DONE
    assert "proposed it first" in Story(session, on_board=True).too_late(deed, report)


def test_the_ending_tells_what_decided_it() -> None:
    session = session_of("first_steps")
    plan(session, "listen:birch", "agree_ration:birch")
    while not session.over:
        session.end_turn()
    lines = Ending(session).decisive()
    assert lines[0] == "Season 1: the Alders proposed “Agree a ration”, and the Birches said yes."
    assert lines[-1] == "You dominated 0 times and partnered 2 times."


@pytest.mark.parametrize(
    "level",
    [
        "first_steps",
        "nail_and_barn",
        "the_shared_pasture",
        pytest.param("the_living_forest", marks=pytest.mark.nightly),
    ],
)
@pytest.mark.parametrize("policy", ["over", "with", "idle"])
def test_every_end_can_be_told(level: str, policy: str) -> None:
    session = session_of(level, policy)
    while not session.over:
        chosen = plan_season(session.model, session.world, (policy,) * len(session.policies)).chosen[:, 0, 0]
        for candidate in chosen[chosen >= 0].tolist():
            session.add(candidate)
        session.end_turn()
    ending = Ending(session)
    assert ending.verdicts() and ending.courses()
    assert all(line.endswith(".") for line in ending.decisive())


LEDGER = """
format: 1
title: Debts
seasons: 4
communities: {alder: {name: The Alders}}
seats: [alder]
terrains: {meadow: {plain: A meadow.}}
map: {rows: "m", legend: {m: {terrain: meadow}}}
stocks:
  debt: {at: community, kind: state, range: [0, 100], start: 50, unbalanced: x, plain: What is owed.}
  murk: {at: world, kind: state, range: [-10, 10], start: -4, unbalanced: x, plain: How murky it is.}
  depth: {at: tile, kind: state, range: [-1, 1], start: -0.5, unbalanced: x, plain: How deep it is.}
  mood: {at: community, kind: state, range: [0, 1], start: 0.28, unbalanced: x, plain: How people feel.}
  speed: {at: world, kind: state, unit: share, range: [0, 3], start: 1.5, unbalanced: x, plain: How fast it goes.}
auxiliaries:
  twice: {is: 2 * debt, plain: Twice the debt.}
  half: {is: mood / 2, plain: Half the mood.}
actions:
  repay: {mode: neutral, family: care, target: me, now: [{of: "debt[me]", add: "-10"}], name: Repay, plain: Pay.}
goals: [{id: free, plain: Nobody owes anything., hold: mean(debt) < 10}]
objective: 1
lost_when: {plain: No., holds: mean(debt) > 90}
watch: [WATCHED]
"""


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("debt", "50"),
        ("murk", "-4"),
        ("depth", "-0.50"),
        ("mood", "28 %"),
        ("speed", "150 %"),
        ("twice", "100"),
        ("half", "14 %"),
    ],
)
def test_what_has_no_unit_is_a_share_only_within_0_and_1(tmp_path: Path, name: str, told: str) -> None:
    """A debt of 50 of 100 is told as 50 and not as 5000 %; a mood of 0.28 of 1 stays 28 %."""
    (tmp_path / "debts.yaml").write_text(LEDGER.replace("WATCHED", name))
    assert [one.value for one in facts(session_of(str(tmp_path / "debts.yaml"))) if one.stock == name] == [told]


def test_a_card_tells_a_number_without_a_unit_as_one(tmp_path: Path) -> None:
    (tmp_path / "debts.yaml").write_text(LEDGER.replace("WATCHED", "debt"))
    session = session_of(str(tmp_path / "debts.yaml"))
    option = cards_of(session, session.world)[0].options[0]
    assert [one.text for one in option.brings] == ["-10"]
    session.add(0)
    report = session.end_turn()
    assert report is not None
    assert "40" in str(changes(session, report)) and "4000" not in str(changes(session, report))
