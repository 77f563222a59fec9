"""Letters: a player is asked in his own turn, and what he has not answered is not agreed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.decide import decide
from game.playing.letters import amount_text, note_line
from game.playing.season import Planning
from game.playing.session import Session
from game.playing.shown import Shown
from game.playing.story import Story
from game.playing.view import view
from game.sim.model import Model, compile_level
from game.terminal.game import play
from tests.barns import barns

PACT = """
actions:
  pact: {mode: with, family: commons, target: {communities: 2..3}, plain: Mow together., accepts: trust > 0.5,
         lasts: {seasons: 3}, each_season: [{of: trust, between: partners, add: 0.05}]}
neighbours: {others: with}
"""
ANN, BOB, CID = range(3)


@pytest.fixture(scope="module")
def model() -> Model:
    return barns(PACT, trust=0.9, feeding="", people=("ann", "bob", "cid"))


def inside(session: Session) -> list[float]:
    return session.world.member["pact"][:, 0, 0, 0, 0].tolist()


def offer_to_all(model: Model) -> int:
    return next(number for number, one in enumerate(model.candidates) if one.key == "pact:all")


def test_what_neighbours_offer_is_a_letter_when_the_season_begins(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    letters = session.letters()
    assert {letter.seat for letter in letters} == {BOB, CID} and all(letter.answer is None for letter in letters)


def test_whoever_does_not_answer_is_not_in(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    session.end_turn()
    assert inside(session) == [0, 1, 1]


def test_the_report_of_a_season_says_whose_letters_were_left_unanswered(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    first, second = session.letters()
    session.answer(first, False)
    report = session.end_turn()
    assert report is not None and [(seat, by) for seat, by, _ in report.unanswered] == [(ANN, second.seat)]
    told = [line.text for line in Story(session).season(report)]
    assert "You left unanswered what the Cids asked: pact. What is not answered is not agreed." in told
    assert not any("what the Bobs asked" in text for text in told)


def test_at_one_keyboard_the_report_says_who_did_not_answer(model: Model) -> None:
    session = Session(model, 1, 2, ("with", "with", "idle"))
    session.end_turn()
    session.add(offer_to_all(model))
    session.end_turn()
    report = session.end_turn()
    assert report is not None
    told = [line.text for line in Story(session).season(report)]
    assert "The Anns left unanswered what the Bobs asked: pact. What is not answered is not agreed." in told


def test_whoever_left_the_answers_to_the_rules_left_no_letter_unanswered(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    report = session.pass_as_decided({ANN: Planning.of(model, ((), None))})
    assert report.unanswered == () and inside(session) == [1, 1, 1]
    none_given = session.pass_as_decided({ANN: Planning.of(model, (("pact:all",), ()))})
    assert none_given.unanswered == (), "whoever is in already is not asked"


def test_several_letters_are_one_line_beside_the_plan(model: Model) -> None:
    letters = Session(model, 1, 1, model.level.default_policies()).letters()
    assert note_line(model, letters) == "The Bobs and the Cids ask: pact"
    assert note_line(model, letters[1:]) == "The Cids ask: pact"


def test_a_no_is_the_answer_to_the_whole_letter_however_often_it_asks(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    for letter in session.letters():
        session.answer(letter, False)
    report = session.end_turn()
    assert report is not None and report.unanswered == ()
    assert (session.world.answer[:, :, ANN] < 0).sum() > len((BOB, CID)), "they ask all, and then each by name"


@pytest.mark.parametrize("yes", [True, False])
def test_an_answer_holds(model: Model, yes: bool) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    for letter in session.letters():
        session.answer(letter, yes)
    assert {letter.answer for letter in session.letters()} == {yes}
    session.end_turn()
    assert inside(session) == [float(yes), 1, 1]


def test_a_letter_says_what_a_yes_changes_for_both(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    mine, theirs = session.meaning(session.letters()[0])
    assert "for you" in mine and "for them" in theirs and "trust" in mine + theirs


def test_at_one_keyboard_whoever_planned_first_is_asked_when_all_have_planned(model: Model) -> None:
    session = Session(model, 1, 2, ("with", "with", "idle"))
    assert session.end_turn() is None and session.seat == BOB
    session.add(offer_to_all(model))
    assert session.end_turn() is None
    assert session.answering and session.seat == ANN and [one.seat for one in session.letters()] == [BOB]
    assert not session.add(offer_to_all(model))
    session.answer(session.letters()[0], True)
    report = session.end_turn()
    assert report is not None and inside(session) == [1, 1, 1]


def test_at_one_keyboard_nobody_answers_for_whoever_only_handed_over(model: Model) -> None:
    session = Session(model, 1, 2, ("with", "with", "idle"))
    session.end_turn()
    session.add(offer_to_all(model))
    session.end_turn()
    report = session.end_turn()
    assert report is not None and inside(session) == [0, 1, 1]
    assert session.world.answer[0, BOB, ANN, 0] == -1


def test_a_letter_that_offers_what_the_player_means_to_propose_says_that_one_of_the_two_is_enough(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    shown = Shown(session)
    too = "It stands in your plan, too: one of the two is enough."
    assert not any(too in letter["means"] for letter in shown["letters"])
    session.add(offer_to_all(model))
    assert all(too in letter["means"] for letter in shown["letters"])


def test_the_same_letters_are_in_the_view_and_answered_by_a_decision(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    seen = view(session)["letters"]
    assert [one["answer"] for one in seen] == [None, None] and all(one["text"] and one["means"] for one in seen)
    assert decide(session, {"do": "answer", "letter": 0, "yes": True}).done
    assert view(session)["letters"][0]["answer"] is True
    assert not decide(session, {"do": "answer", "letter": 7, "yes": True}).done


def test_in_the_terminal_letters_are_shown_and_answered(model: Model, tmp_path: Path) -> None:
    out = io.StringIO()
    lines = io.StringIO("letters\nyes 1\nyes 9\nend\nquit\n")
    play(model.level, "gardens", 1, 1, model.level.default_policies(), "", reading=lines, writing=out)
    told = out.getvalue()
    assert "Letters for you:" in told and "You say yes." in told and "There is no letter 9" in told


@pytest.mark.parametrize("level_id", [level.stem for level in shipped_levels()])
def test_no_players_seat_ever_answers_by_itself(level_id: str) -> None:
    model = compile_level(load_level(level_id))
    people = min(2, len(model.layout.seats))
    offering = [number for number, one in enumerate(model.candidates) if model.actions[one.action].accepts is not None]
    session = Session(model, 3, people, model.level.default_policies())
    for season in range(min(6, model.seasons)):
        for _ in session.seats:
            if offering:
                session.add(offering[season % len(offering)])
            session.end_turn()
        while session.answering:
            session.end_turn()
        for seat in session.seats:
            me = model.layout.seats[seat]
            assert not (session.world.answer[:, :, me] > 0).any(), f"season {season + 1}: {me} agreed by itself"
        if session.over:
            return
    assert session.world.season == min(6, model.seasons)


@pytest.mark.parametrize("yes", [True, False])
def test_what_an_answer_did_is_told_when_the_season_is_over(model: Model, yes: bool) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    session.answer(session.letters()[0], yes)
    report = session.end_turn()
    assert report is not None
    told = [line.text for line in Story(session).season(report)]
    assert "What your answers did" in told
    assert any(text.startswith(f"Your {'yes' if yes else 'no'} to the Bobs (Pact), beside a ") for text in told)


def test_nothing_is_told_of_answers_where_none_were_given(model: Model) -> None:
    session = Session(model, 1, 1, model.level.default_policies())
    report = session.end_turn()
    assert report is not None
    assert "What your answers did" not in [line.text for line in Story(session).season(report)]


def test_an_answer_with_another_amount_is_told_by_what_that_amount_would_do() -> None:
    pasture = compile_level(load_level("the_shared_pasture"))
    session = Session(pasture, 4, 1, pasture.level.default_policies())
    listen = [number for number, one in enumerate(pasture.candidates) if one.action == "listen" and one.target > 0]
    while not any(letter.others for letter in session.letters()) and not session.over:
        for index in listen:
            session.add(index)
        session.end_turn()
    letter = next(one for one in session.letters() if one.others)
    usual = session.meaning(letter)
    session.answer(letter, letter.others[0])
    answered = next(one for one in session.letters() if one.slots == letter.slots and one.seat == letter.seat)
    told = session.meaning(answered)
    amount = amount_text(pasture, letter.candidate, letter.others[0])
    assert usual[0].startswith("If you say yes, this season for")
    assert told[0].startswith(f"At {amount}, this season for") and told != usual
