"""What may come of a plan: shown as wide as it is, and held against what came."""

from __future__ import annotations

from time import sleep

import numpy as np
import pytest

import game as powerdance
from game.players.forecast import Fan, Guess
from game.playing.forecast import (
    Check,
    Outlook,
    Prospect,
    because,
    beside_in_words,
    check_line,
    checked,
    foreseen,
    record_line,
)
from game.playing.letters import Letter
from game.playing.session import Session
from game.sim.model import Model
from game.telling.watched_number import WatchedNumber
from tests.sim.levels import candidate


@pytest.fixture(scope="module")
def pasture() -> Model:
    return powerdance.compile_level(powerdance.load_level("the_shared_pasture"))


def session_of(model: Model) -> Session:
    return Session(model, 7, 1, model.level.default_policies())


def fan(*ends: float) -> Fan:
    return Fan(np.array([np.linspace(ends[0], ends[1], 40)]))


HAY = WatchedNumber("fodder", 0, "Your hay")


def test_the_own_store_and_the_common_ground_are_foreseen(pasture: Model) -> None:
    session = session_of(pasture)
    assert [(one.stock, one.community) for one in foreseen(session, 0)] == [("fodder", 0), ("grass", None)]


def course(end: float, *seasons: float) -> tuple[Fan, Fan]:
    """What there will be with a plan that ends so, and what the plan adds to it, season by season; no luck in it."""
    gain = Fan(np.repeat(np.array(seasons)[:, None], 9, axis=1))
    return Fan(np.full_like(gain.values, end)), gain


def test_a_loss_is_told_beside_what_would_come_anyway(pasture: Model) -> None:
    """`Likely 9 t less` frightens whoever has 10 t in the barn and does not know that 13 t would come."""
    with_it = Fan(np.full((1, 40), 4.0))
    assert (
        beside_in_words(pasture, HAY, with_it, fan(-11.0, -8.0)) == "4 t with it, 13.5 t without: 8.2 t to 10.8 t less"
    )
    assert beside_in_words(pasture, HAY, with_it, fan(8.0, 11.0)).endswith(": 8.2 t to 10.8 t more")
    assert beside_in_words(pasture, HAY, with_it, fan(-4.0, 9.0)).endswith(": 3 t less to 8 t more")
    assert beside_in_words(pasture, HAY, *course(4.0, 2.0)) == "4 t with it, 2 t without: 2 t more"


def test_what_is_told_with_it_without_it_and_of_the_difference_agrees(pasture: Model) -> None:
    """The middle of 13 t and more without it need not be what the middle with it is less the middle difference."""
    with_it = Fan(np.array([[13.0, 13.9, 14.0, 14.1, 19.0]]))
    gain = Fan(np.array([[-6.0, -0.3, -0.2, -0.1, 0.0]]))
    assert beside_in_words(pasture, HAY, with_it, gain).startswith("14 t with it, 14.2 t without: ")
    assert beside_in_words(pasture, HAY, *course(1.0, 3.0)).startswith("1 t with it, 0 t without"), "there is no less"


def test_what_hardly_differs_is_told_once(pasture: Model) -> None:
    assert beside_in_words(pasture, HAY, *course(4.0, 0.0)) == "no difference"
    assert beside_in_words(pasture, HAY, *course(12.4, 0.002)) == "12.4 t, hardly any difference"
    level = Fan(np.full((1, 40), 4.0)), fan(-1.0, 1.0)
    assert beside_in_words(pasture, HAY, *level) == "4 t either way: 0.8 t less to 0.8 t more"


def test_what_comes_first_is_told_where_the_end_is_another(pasture: Model) -> None:
    told = beside_in_words(pasture, HAY, *course(4.0, 1.3, 0.5, 0.0))
    assert told == "at first 1.3 t more; in the end 4 t, as without it"
    told = beside_in_words(pasture, HAY, *course(4.0, 1.0, 2.5, -3.0))
    assert told == "at first 2.5 t more; in the end 4 t with it, 7 t without: 3 t less"
    assert beside_in_words(pasture, HAY, *course(4.0, 1.0, 2.0, 3.0)) == "4 t with it, 1 t without: 3 t more"
    assert beside_in_words(pasture, HAY, *course(4.0, -0.2, 2.0, 3.0)).startswith("4 t with it"), "a trifle is not told"


def test_why_fans_are_wide_is_told_once_for_all_and_asking_comes_first(pasture: Model) -> None:
    def wide(*guesses: Guess) -> Prospect:
        return Prospect(HAY, fan(0.0, 1.0), fan(0.0, 1.0), "", guesses)

    numbers = [wide(Guess(0.5, None, "growth")), wide(Guess(0.4, None, "growth"), Guess(0.3, None, "safe_share"))]
    assert because(pasture, numbers) == "The band is wide since nobody knows exactly: how fast grass comes back."
    people = [*numbers, wide(Guess(0.6, 1))]
    assert because(pasture, people) == "The band is wide since you do not know what the Birches need: ask."
    assert because(pasture, [wide()]) == ""


def test_what_came_otherwise_is_told_with_its_size_and_side(pasture: Model) -> None:
    assert check_line(pasture, Check(3, HAY, 12.0, 14.0, 13.0)) == "Your hay: foreseen 12 t to 14 t, came 13 t."
    above = check_line(pasture, Check(3, HAY, 12.0, 14.0, 15.5))
    assert above == "Your hay: foreseen 12 t to 14 t, came 15.5 t: 1.5 t above all that seemed likely."
    assert check_line(pasture, Check(3, HAY, 12.0, 14.0, 11.0)).endswith("1 t below all that seemed likely.")


def test_the_record_counts_what_held() -> None:
    checks = [Check(1, HAY, 0.0, 1.0, truth) for truth in (0.5, 0.9, 1.4)]
    assert record_line(checks) == "So far 2 of 3 forecasts came true. They are made so that 8 in 10 do."


def test_a_plan_is_dreamt_beside_the_screen_and_then_known(pasture: Model) -> None:
    outlook = Outlook(session_of(pasture))
    plan = [candidate(pasture, "buy_cattle")]
    assert outlook.ask(plan).result is None
    outlook.wait()
    hay, grass = outlook.ask(plan).result
    # Cattle cost hay at once and eat grass ever after.
    assert hay.gain.middle[0] < 0.0 and grass.gain.middle[-1] < 0.0
    assert grass.course.values.max() <= 1.0


def test_the_same_plan_beside_itself_makes_no_difference(pasture: Model) -> None:
    outlook = Outlook(session_of(pasture))
    plan = [candidate(pasture, "buy_cattle")]
    outlook.ask(plan, plan)
    outlook.wait()
    assert [one.text for one in outlook.ask(plan, plan).result] == ["no difference"] * 2


def test_of_a_plan_that_moves_neither_it_is_told_what_it_does_move(pasture: Model) -> None:
    outlook = Outlook(Session(pasture, 7, 1, ("idle",) * 4))
    plan = [candidate(pasture, "listen", "birch")]
    outlook.ask(plan)
    outlook.wait()
    found = {one.number.title: one for one in outlook.ask(plan).result}
    assert "The Birches' trust in you" in found
    assert found["The Birches' trust in you"].gain.middle[-1] > 0.0


def test_a_season_that_is_over_is_held_against_what_was_foreseen(pasture: Model) -> None:
    session = session_of(pasture)
    outlook = Outlook(session)
    plan = (candidate(pasture, "buy_cattle"),)
    session.add(plan[0])
    report = session.end_turn()
    outlook.compare(report, {0: plan})
    outlook.wait()
    hay, grass = outlook.checked(1)
    assert hay.truth == pytest.approx(float(session.world.stock["fodder"][0, 0, 0, 0, 0]))
    assert 0.0 < grass.low <= grass.high < 1.0
    assert outlook.checked(2) == []


def test_asking_again_meanwhile_does_not_begin_anew(pasture: Model) -> None:
    outlook = Outlook(session_of(pasture))
    plan = [candidate(pasture, "buy_cattle")]
    while outlook.ask(plan).result is None:  # for ever, were every frame to begin again
        sleep(0.01)  # a frame; asking without a pause would leave the dreamer hardly a moment to work


def test_whoever_points_elsewhere_is_answered_first(pasture: Model) -> None:
    outlook = Outlook(session_of(pasture))
    first, second = [candidate(pasture, "buy_cattle")], []
    outlook.ask(first)
    outlook.ask(second)
    outlook.wait()
    assert outlook.ask(second).result is not None


def test_what_is_told_no_otherwise_than_the_edge_of_the_band_has_held(pasture: Model) -> None:
    near, off = (checked(pasture, 3, HAY, (12.0, 14.0), truth) for truth in (14.01, 14.5))
    assert near.held and check_line(pasture, near) == "Your hay: foreseen 12 t to 14 t, came 14 t."
    assert not off.held and "above" in check_line(pasture, off)


def test_what_was_promised_by_letter_is_foreseen(pasture: Model) -> None:
    """Hay that was promised leaves the barn in every dream of the season, also less of it than was asked for."""
    model, session = pasture, Session(pasture, 1, 1, pasture.level.default_policies())

    def asks() -> list[Letter]:
        return [one for one in session.letters() if model.candidates[one.candidate].action == "ask_for_hay"]

    while not asks():
        for number, one in enumerate(model.candidates):
            if one.action == "listen":
                session.add(number)
        session.end_turn()
    letter = asks()[0]
    middles = []
    for said in (False, True, letter.others[0]):
        session.answer(letter, said)
        prospects = Outlook(session).ask(()).wait() or ()
        hay = next(one for one in prospects if one.number.stock == "fodder")
        middles.append(float(hay.course.middle[0]))
    about = model.candidates[letter.candidate].amount
    assert about is not None and letter.others[0] < about
    assert middles[0] - middles[1] == pytest.approx(about, rel=0.05)
    assert middles[0] - middles[2] == pytest.approx(letter.others[0], rel=0.05)
