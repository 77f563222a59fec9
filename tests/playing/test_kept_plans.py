"""Nothing that is planned is dropped in silence, and what cannot be planned says why before it is planned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from game.playing.cards import card_of
from game.playing.decide import decide
from game.playing.session import Session
from game.playing.story import Story
from game.playing.view import view
from tests.playing.test_view import model_of

LEVEL = "first_steps"


def session_of(people: int = 1) -> Session:
    return Session(model_of(LEVEL), 7, people, ("with", "with"))


def planned(session: Session, card: str, option: str) -> str:
    return decide(session, {"do": "plan", "card": card, "option": option}).error


def test_the_same_action_beyond_its_limit_is_refused_with_its_reason() -> None:
    session = session_of()
    assert planned(session, "listen", "listen:birch") == ""
    said = planned(session, "listen", "listen:birch")
    assert said == "“Ask and listen” is not possible: that is more often than one season allows."
    assert len(session.plan) == 1
    (card,) = (one for one in view(session, parts=("cards",))["cards"] if one["id"] == "listen")
    assert not card["possible"] and card["obstacle"] == "that is more often than one season allows"


def test_two_amounts_of_one_offer_count_as_one_choice() -> None:
    model = model_of("the_shared_pasture")
    session = Session(model, 7, 1, ("with",) * len(model.level.seats))
    session.world.stock["fodder"][0] = 1.0
    assert decide(session, {"do": "terms", "card": "ask_for_hay", "amount": 1.0}).done
    card = card_of(session, session.preview().world, "ask_for_hay")
    assert card is not None
    least = next(option for option in card.options if not option.obstacle)
    session.add(least.candidate)
    assert decide(session, {"do": "terms", "card": "ask_for_hay", "amount": 3.0}).done
    again = card_of(session, session.preview().world, "ask_for_hay")
    assert again is not None
    same = next(option for option in again.options if option.label == least.label)
    assert same.candidate != least.candidate
    assert same.obstacle == "that is more often than one season allows"


def test_what_is_tried_beyond_its_limit_all_the_same_is_told_in_the_report() -> None:
    session = session_of()
    index = next(i for i, one in enumerate(session.model.candidates) if one.key == "listen:birch")
    session.add(index)
    session.add(index)
    report = session.end_turn()
    assert report is not None
    told = [line.text for line in Story(session).season(report)]
    assert any("too often" in text and text.endswith("It cost you nothing.") for text in told)


def test_a_turn_that_is_there_for_answers_says_that_nothing_can_be_planned() -> None:
    session = session_of(people=2)
    session.answering = True
    for decision in ({"do": "plan", "card": "rest"}, {"do": "undo"}, {"do": "drop", "place": 0}):
        assert decide(session, decision).error == "All have planned; only answers are due now."


@settings(max_examples=10)
@given(st.lists(st.sampled_from(("listen:birch", "rest:me", "buy_cattle:me", "sell_cattle:me")), max_size=5))
def test_what_is_planned_and_taken_back_leaves_no_trace(plan: list[str]) -> None:
    touched, untouched = session_of(), session_of()
    known = {one.key: index for index, one in enumerate(touched.model.candidates)}
    added = sum(touched.add(known[key]) for key in plan if key in known)
    for _ in range(added):
        assert touched.undo()
    assert touched.plan == () and not touched.undo()
    touched.end_turn()
    untouched.end_turn()
    assert touched.world.digest() == untouched.world.digest()
    assert touched.deeds == untouched.deeds and touched.amounts == untouched.amounts
