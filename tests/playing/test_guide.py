"""The notes of a guided level follow what the player does."""

from __future__ import annotations

import pytest

from game.level.reader import load_level
from game.playing.guide import Guide
from game.playing.session import Session
from game.sim.model import compile_level


@pytest.fixture
def session() -> Session:
    level = load_level("first_steps")
    return Session(compile_level(level), 5, 1, level.default_policies())


def candidate(session: Session, key: str) -> int:
    return next(index for index, one in enumerate(session.model.candidates) if one.key == key)


def test_the_first_note_stays_until_its_action_is_planned(session: Session) -> None:
    guide = Guide(session)
    first = guide.text()
    assert "Two more cows" in first
    session.add(candidate(session, "listen:birch"))
    assert guide.text() == first
    session.add(candidate(session, "buy_cattle:me"))
    assert guide.text() != first


def test_a_note_that_is_done_does_not_come_back_when_the_plan_is_taken_back(session: Session) -> None:
    guide = Guide(session)
    session.add(candidate(session, "buy_cattle:me"))
    second = guide.text()
    session.undo()
    assert guide.text() == second


def test_a_note_about_a_season_waits_for_it(session: Session) -> None:
    guide = Guide(session)
    for key in ("buy_cattle:me", "listen:birch", "agree_ration:birch"):
        session.add(candidate(session, key))
        guide.text()
    waiting = guide.text()
    assert "End season" in waiting
    session.end_turn()
    assert guide.text() != waiting


def test_a_note_that_nobody_follows_makes_room_for_the_next(session: Session) -> None:
    guide = Guide(session)
    first = guide.text()
    session.end_turn()
    assert guide.text() == first
    session.end_turn()
    assert guide.text() not in ("", first)


def test_the_guided_plan_can_really_be_done_in_the_first_season(session: Session) -> None:
    """What the notes ask for fits into four days, and the Birches do say yes."""
    for key in ("listen:birch", "agree_ration:birch"):
        session.add(candidate(session, key))
    report = session.end_turn()
    assert report is not None
    assert [deed.outcome for deed in report.deeds if deed.seat == 0] == [1, 1]


def test_a_level_without_notes_shows_none() -> None:
    level = load_level("the_shared_pasture")
    assert Guide(Session(compile_level(level), 1, 1, level.default_policies())).text() == ""


def test_a_note_about_an_agreement_is_done_when_others_proposed_it_first() -> None:
    level = load_level("first_steps")
    session = Session(compile_level(level), 7, 1, ("with", "with"))
    guide = Guide(session)
    for key in ("buy_cattle:me", "listen:birch"):
        session.add(candidate(session, key))
        guide.text()
        session.undo()
    assert "Agree a ration" in guide.text()
    while not session.world.member["agree_ration"][0].any() and not session.over:
        for letter in session.letters():
            session.answer(letter, True)
        session.end_turn()
    assert session.world.member["agree_ration"][0].any(), "the Birches propose it, and the player says yes"
    assert "Agree a ration" not in guide.text()


def test_a_note_is_worked_out_once_for_each_season_and_plan(session: Session) -> None:
    guide = Guide(session)
    asked = 0
    rule = guide._next

    def counted() -> str:
        nonlocal asked
        asked += 1
        return rule()

    guide._next = counted  # type: ignore[method-assign]
    for _ in range(60):
        guide.text()
    assert asked == 1
    session.add(candidate(session, "buy_cattle:me"))
    guide.text()
    assert asked == 2


def test_a_note_about_ground_is_passed_over_where_no_ground_asks_for_it(session: Session) -> None:
    guide = Guide(session)
    guide.place = next(place for place, one in enumerate(session.model.level.guide) if one.planned == "tend_the_ground")
    assert "Tend the ground" in guide.text()
    for name in ("soil", "grass"):
        session.world.stock[name][:] = 0.9
    fresh = Guide(session)
    fresh.place = guide.place
    assert "Tend the ground" not in fresh.text()
