"""A game as plain data: enough to play it through, nothing that the one who plays may not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from game.language.errors import ArgumentError
from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.decide import decide
from game.playing.guide import Guide
from game.playing.session import Session
from game.playing.view import view
from game.sim.model import compile_level

LEVELS = [path.stem for path in shipped_levels()]
A_FEW = 2  # actions a season
Data = dict[str, Any]


def session_of(level: str, people: int = 1, others: str = "with") -> Session:
    read = load_level(level)
    return Session(compile_level(read), 7, people, (others,) * len(read.seats))


def sent(session: Session, guide: Guide | None = None, covered: bool = False) -> Data:
    """What a client gets: the view, through JSON and back."""
    shown = view(session, guide, covered)
    back: Data = json.loads(json.dumps(shown, allow_nan=False))
    assert back == shown, "nothing but JSON types is in it: no tuples, no keys that are no texts"
    return back


def ready(shown: Data, wanted: Callable[[Data, Data], bool]) -> list[tuple[str, str]]:
    """Return (card, option) of all that can be afforded and is wanted."""
    left = shown["plan"]["days_left"]
    return [
        (card["id"], option["id"])
        for card in shown["cards"]
        for option in card["options"]
        if not option["obstacle"] and option["days"] <= left and wanted(card, option)
    ]


def play_through(session: Session, wanted: Callable[[Data, Data], bool]) -> Data:
    """Play a game by its data alone: answer, plan what is wanted while days are left, then end the season."""
    guide, shown = Guide(session), sent(session)
    while not shown["outcome"]["over"]:
        for place in range(len(shown["letters"])):
            assert decide(session, {"do": "answer", "letter": place, "yes": wanted is partner}).done
        tried: set[tuple[str, str]] = set()
        while len(shown["plan"]["steps"]) < min(shown["plan"]["most"], A_FEW):
            possible = [one for one in ready(shown, wanted) if one not in tried]
            if not possible:
                break
            tried.add(possible[0])
            found = decide(session, {"do": "plan", "card": possible[0][0], "option": possible[0][1]})
            assert found.done, found.error
            shown = sent(session, guide)
            assert shown["plan"]["steps"][-1]["option"] == possible[0][1]
        before = shown["seasons_over"]
        passed = decide(session, {"do": "end"}).passed
        shown = sent(session, guide)
        assert shown["seasons_over"] == before + 1 and shown["messages"]
        assert passed == ("over" if shown["outcome"]["over"] else "season")
    return shown


def partner(card: Data, option: Data) -> bool:
    return bool(card["mode"] == "with" and not option["declines"])


@pytest.mark.parametrize(
    ("level", "wanted", "outcome"),
    [
        ("first_steps", partner, "won"),
        ("the_shared_pasture", partner, "won"),
        ("the_shared_pasture", lambda card, option: card["mode"] == "over", "lost"),
    ],
    ids=["first steps with others", "pasture with others", "pasture by force"],
)
def test_a_whole_game_is_played_by_its_data_alone(
    level: str, wanted: Callable[[Data, Data], bool], outcome: str
) -> None:
    session = session_of(level, others="with" if wanted is partner else "over")
    end = play_through(session, wanted)
    assert end["outcome"]["name"] == outcome
    reached = [line["place"] == "yes" for line in end["outcome"]["lines"] if line["place"] in ("yes", "no")]
    assert len(reached) == len(end["goals"])
    assert all(reached) == (outcome == "won")
    assert len(end["course"]["objective"]) == end["seasons_over"] + 1
    assert decide(session, {"do": "undo"}).error == "The game is over."


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_can_be_sent_at_its_start_and_later(level: str) -> None:
    session = session_of(level)
    start = sent(session, Guide(session))
    assert start["messages"] == [] and start["level"]["id"] == session.model.level.id
    assert len(start["board"]["terrain"]) == start["board"]["rows"]
    assert [one["id"] for one in start["households"]] == list(session.model.layout.communities)
    for _ in range(3):
        decide(session, {"do": "end"})
    later = sent(session, Guide(session))
    assert later.keys() == start.keys()
    assert later["seasons_over"] == 3 and later["messages"][0]["place"] == "heading"


def test_a_plan_is_changed_and_taken_back_by_data() -> None:
    session = session_of("the_shared_pasture")
    assert decide(session, {"do": "plan", "card": "listen", "option": "listen:birch"}).done
    assert decide(session, {"do": "plan", "card": "listen", "option": "listen:cedar"}).done

    def planned() -> list[str]:
        return [step["option"] for step in sent(session)["plan"]["steps"]]

    assert decide(session, {"do": "move", "place": 1, "to": 0}).done
    assert planned() == ["listen:cedar", "listen:birch"]
    assert decide(session, {"do": "undo"}).done and planned() == ["listen:birch", "listen:cedar"]
    assert decide(session, {"do": "redo"}).done and planned() == ["listen:cedar", "listen:birch"]
    assert decide(session, {"do": "drop", "place": 0}).done and planned() == ["listen:birch"]
    assert decide(session, {"do": "end"}).passed == "season"
    assert sent(session)["letters"][0]["answer"] is None
    for yes in (False, True):
        assert decide(session, {"do": "answer", "letter": 0, "yes": yes}).done
        assert sent(session)["letters"][0]["answer"] is yes


def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing() -> None:
    session = session_of("the_shared_pasture")
    before = sent(session)
    for decision, said in [
        ({"do": "plan", "card": "fly"}, "There is no card “fly”."),
        ({"do": "plan", "card": "listen", "option": "listen:nobody"}, "has no target “listen:nobody”."),
        ({"do": "plan", "card": "listen"}, "has several targets; choose one."),
        ({"do": "drop", "place": 4}, "There is no such place in the plan."),
        ({"do": "undo"}, "There is nothing to undo this season."),
        ({"do": "redo"}, "There is nothing to redo."),
    ]:
        found = decide(session, decision)
        assert not found.done and found.error.endswith(said)
    assert sent(session) == before


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"do": "plna"}, 'did you mean "plan"'),
        ({}, "write one of plan, drop"),
        ({"do": "plan"}, 'needs "card"'),
        ({"do": "plan", "card": 3}, 'needs a text in "card", not 3'),
        ({"do": "drop", "place": True}, 'needs a whole number in "place", not True'),
        ({"do": "answer", "letter": 0, "yes": "yes"}, "needs true or false"),
        ({"do": "end", "now": 1}, "has no now; it takes nothing"),
    ],
)
def test_a_decision_that_cannot_be_meant_is_an_error(decision: Data, said: str) -> None:
    with pytest.raises(ArgumentError) as found:
        decide(session_of("first_steps"), decision)
    assert said in str(found.value)


def test_needs_are_told_only_to_whoever_knows_them() -> None:
    session = session_of("the_shared_pasture")
    birch = next(one for one in sent(session)["households"] if one["id"] == "birch")
    assert birch["need"] == {"known": False, "name": None, "plain": None}
    assert birch["grievance"] is None and birch["mood"]
    for _ in range(3):
        decide(session, {"do": "plan", "card": "listen", "option": "listen:birch"})
        decide(session, {"do": "end"})
    birch = next(one for one in sent(session)["households"] if one["id"] == "birch")
    assert birch["need"]["known"] and birch["need"]["name"] and birch["grievance"] is not None


def test_of_two_at_one_keyboard_each_sees_their_own_only() -> None:
    session = session_of("the_shared_pasture", people=2)
    while not session.over and not sent(session)["letters"]:
        decide(session, {"do": "end"})
    assert session.seat == 0 and not session.over
    assert decide(session, {"do": "plan", "card": "listen", "option": "listen:birch"}).done
    assert decide(session, {"do": "answer", "letter": 0, "yes": False}).done
    first = sent(session)
    assert first["letters"][0]["answer"] is False
    assert decide(session, {"do": "end"}).passed == "hand_over"

    covered = sent(session, covered=True)
    assert covered["turn"]["covered"] and covered["turn"]["seat"] == 1
    assert covered.keys() == first.keys()
    private = ("letters", "households", "facts", "cards", "plan", "messages", "coming", "note")
    assert not any(covered[key] for key in private), "behind a hand-over nothing belongs to anybody"

    second = sent(session)
    assert second["plan"]["steps"] == [], "the plan of the other stays theirs"
    assert {letter["answer"] for letter in second["letters"]} == {None}, "and so do their answers"
    assert not second["plan"]["can_undo"]
    assert [one["id"] for one in second["households"] if one["mine"]] == ["birch"]
    assert [one["id"] for one in first["households"] if one["mine"]] == ["alder"]

    assert decide(session, {"do": "end"}).passed == "season"
    texts = [line["text"] for line in sent(session)["messages"]]
    assert any(text.startswith("Ledger: ") for text in texts), "it is Alder's turn, who reads their own ledger"
    decide(session, {"do": "end"})
    texts = [line["text"] for line in sent(session)["messages"]]
    assert not any(text.startswith("Ledger") for text in texts), "the books of the other are theirs"
