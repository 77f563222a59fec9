"""A game as plain data: enough to play it through, nothing that the one who plays may not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from game.language.errors import ArgumentError
from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.decide import decide
from game.playing.forecast import AHEAD, Outlook
from game.playing.guide import Guide
from game.playing.session import Session
from game.playing.view import PARTS, view
from game.sim.model import Model, compile_level

LEVELS = [path.stem for path in shipped_levels()]
A_FEW = 2  # actions a season
EACH_SEASON = ("letters", "cards", "plan", "messages", "note", "outcome", "seasons_over")  # what one plays by
Data = dict[str, Any]


@cache
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


def session_of(level: str, people: int = 1, others: str = "with") -> Session:
    model = model_of(level)
    return Session(model, 7, people, (others,) * len(model.level.seats))


def sent(
    session: Session,
    *parts: str,
    guide: Guide | None = None,
    covered: bool = False,
    outlook: Outlook | None = None,
) -> Data:
    """What a client gets: the view or parts of it, through JSON and back."""
    shown = view(session, guide, covered, outlook, parts or PARTS)
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
    guide = Guide(session)
    shown = sent(session, guide=guide)
    while not shown["outcome"]["over"]:
        for place in range(len(shown["letters"])):
            assert decide(session, {"do": "answer", "letter": place, "yes": wanted is partner}).done
        tried: set[tuple[str, str]] = set()
        while len(shown["plan"]["steps"]) < min(shown["plan"]["most"], A_FEW):
            possible = [one for one in ready(shown, wanted) if one not in tried]
            if not possible:
                break
            tried.add(possible[0])
            card, option = possible[0]
            found = decide(session, {"do": "plan", "card": card, "option": option})
            assert found.done, found.error
            shown |= sent(session, "plan", "cards")  # who has been asked may agree now
            assert shown["plan"]["steps"][-1]["option"] == option
        before = shown["seasons_over"]
        passed = decide(session, {"do": "end"}).passed
        shown = sent(session, *EACH_SEASON, guide=guide)
        assert shown["seasons_over"] == before + 1 and shown["messages"]
        assert passed == ("over" if shown["outcome"]["over"] else "season")
    return sent(session, guide=guide)


def partner(card: Data, option: Data) -> bool:
    return bool(card["mode"] == "with" and not option["declines"])


@pytest.mark.parametrize(
    ("level", "wanted", "outcome"),
    [
        ("first_steps", partner, "won"),
        pytest.param("the_shared_pasture", partner, "won", marks=pytest.mark.nightly),
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
    reached = [line["place"] == "yes" for line in end["outcome"]["verdicts"] if line["place"] in ("yes", "no")]
    assert len(reached) == len(end["goals"])
    assert all(reached) == (outcome == "won")
    assert len(end["course"]["objective"]) == end["seasons_over"] + 1
    assert decide(session, {"do": "undo"}).error == "The game is over."


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_can_be_sent_at_its_start_and_later(level: str) -> None:
    session = session_of(level)
    start = sent(session, "level", "board", "households", "messages", "coming")
    assert start["messages"] == [] and start["level"]["id"] == session.model.level.id
    assert len(start["board"]["terrain"]) == start["board"]["rows"]
    assert [one["id"] for one in start["households"]] == list(session.model.layout.communities)
    decide(session, {"do": "end"})
    later = sent(session, guide=Guide(session))
    assert later.keys() == set(PARTS)
    assert later["seasons_over"] == 1 and later["messages"][0]["place"] == "heading"


def test_a_plan_is_changed_and_taken_back_by_data() -> None:
    session = session_of("the_shared_pasture")
    assert decide(session, {"do": "plan", "card": "listen", "option": "listen:birch"}).done
    assert decide(session, {"do": "plan", "card": "listen", "option": "listen:cedar"}).done

    def planned() -> list[str]:
        return [step["option"] for step in sent(session, "plan")["plan"]["steps"]]

    assert decide(session, {"do": "move", "place": 1, "to": 0}).done
    assert planned() == ["listen:cedar", "listen:birch"]
    assert decide(session, {"do": "undo"}).done and planned() == ["listen:birch", "listen:cedar"]
    assert decide(session, {"do": "redo"}).done and planned() == ["listen:cedar", "listen:birch"]
    assert decide(session, {"do": "drop", "place": 0}).done and planned() == ["listen:birch"]
    assert decide(session, {"do": "end"}).passed == "season"
    assert sent(session, "letters")["letters"][0]["answer"] is None
    for yes in (False, True):
        assert decide(session, {"do": "answer", "letter": 0, "yes": yes}).done
        assert sent(session, "letters")["letters"][0]["answer"] is yes


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
        ({}, "write one of plan, terms, drop"),
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
    birch = next(one for one in sent(session, "households")["households"] if one["id"] == "birch")
    never = "You have not asked yet what they need."
    assert birch["need"] == {"known": False, "name": None, "plain": None, "since": None, "told": never}
    assert birch["grievance"] is None and birch["mood"]
    for _ in range(3):
        decide(session, {"do": "plan", "card": "listen", "option": "listen:birch"})
        decide(session, {"do": "end"})
    birch = next(one for one in sent(session, "households")["households"] if one["id"] == "birch")
    assert birch["need"]["known"] and birch["need"]["name"] and birch["grievance"] is not None


def test_of_two_at_one_keyboard_each_sees_their_own_only() -> None:
    session = session_of("the_shared_pasture", people=2)
    while not session.over and not sent(session, "letters")["letters"]:
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
    private = (
        "banner", "letters", "households", "facts", "cards", "plan", "messages", "coming", "forecast", "note",
        "report", "faring", "neighbours", "checks",
    )  # fmt: skip
    assert not any(covered[key] for key in private), "behind a hand-over nothing belongs to anybody"

    second = sent(session)
    assert second["plan"]["steps"] == [], "the plan of the other stays theirs"
    assert {letter["answer"] for letter in second["letters"]} == {None}, "and so do their answers"
    assert not second["plan"]["can_undo"]
    assert [one["id"] for one in second["households"] if one["mine"]] == ["birch"]
    assert [one["id"] for one in first["households"] if one["mine"]] == ["alder"]

    assert decide(session, {"do": "end"}).passed == "season"
    texts = [line["text"] for line in sent(session, "messages")["messages"]]
    assert any(text.startswith("Ledger: ") for text in texts), "it is Alder's turn, who reads their own ledger"
    assert [one["name"] for one in sent(session, "report")["report"]["players"]] == ["You"]
    decide(session, {"do": "end"})
    texts = [line["text"] for line in sent(session, "messages")["messages"]]
    assert not any(text.startswith("Ledger") for text in texts), "the books of the other are theirs"
    (own,) = sent(session, "report")["report"]["players"]
    assert own["seat"] == 1 and own["rest"] and not own["cards"]


def test_only_what_is_asked_for_is_worked_out() -> None:
    session = session_of("first_steps")
    assert set(sent(session, "goals", "banner")) == {"banner", "goals"}
    with pytest.raises(ArgumentError, match="a view has no part 'gaols'; it has turn, level, actions, board"):
        view(session, parts=["gaols"])


def test_the_banner_tells_how_the_land_is_and_what_the_household_has() -> None:
    session = session_of("the_shared_pasture")
    start = sent(session, "banner")["banner"]
    assert (start["season"], start["seasons"], start["season_name"]) == (1, 24, "spring of year 1")
    assert start["living_name"] == "grass" and start["change"] is None
    decide(session, {"do": "end"})
    shown = sent(session, "banner", "households", "course", "plan")
    now, mine = shown["banner"], next(one for one in shown["households"] if one["mine"])
    assert now["household"] == mine["name"]
    assert [one["text"] for one in now["has"]] == [one["text"] for one in mine["has"]]
    before, after = shown["course"]["living"]
    assert now["living"] == after and now["change"] == after - before
    assert now["days"]["amount"] == shown["plan"]["days"]
    assert now["has"][0]["needed"].endswith(" t") and 0.0 <= now["rest"] <= 1.0 and now["rested"]


def test_a_forecast_is_a_band_with_its_middle_for_each_season_ahead() -> None:
    session = session_of("first_steps")
    outlook = Outlook(session)
    assert sent(session, "forecast") == {"forecast": None}
    try:
        sent(session, "forecast", outlook=outlook)
        outlook.wait()
        shown = sent(session, "forecast", outlook=outlook)["forecast"]
    finally:
        session.background.close()
    assert shown["ready"] and not shown["trouble"] and shown["numbers"]
    for number in shown["numbers"]:
        for fan in (number["course"], number["gain"]):
            assert len(fan["low"]) == min(AHEAD, session.model.seasons)
            assert all(a <= b <= c for a, b, c in zip(fan["low"], fan["middle"], fan["high"], strict=True))
    assert sent(session, "forecast", covered=True, outlook=outlook) == {"forecast": None}


def test_loops_come_with_the_arrows_they_are_made_of_and_the_land_they_work_on() -> None:
    session = session_of("the_shared_pasture")
    shown = sent(session, "loops", "board")
    found, board = shown["loops"], shown["board"]
    strengths = [one["strength"] for one in found["loops"]]
    assert strengths and strengths == sorted(strengths, reverse=True)
    ends = {(arrow["from"], arrow["to"]) for arrow in found["arrows"]}
    for one in found["loops"]:
        names = [stock["stock"] for stock in one["stocks"]]
        assert set(zip(names, [*names[1:], names[0]], strict=True)) <= ends
        assert one["text"] and one["kind"] in ("reinforcing", "balancing")
        assert all(row < board["rows"] and column < board["columns"] for row, column in one["tiles"] or ())


def test_a_dial_says_what_moves_it_and_what_that_comes_of() -> None:
    session = session_of("the_shared_pasture")
    session.world.stock["muck"][:] = 0.4
    session.end_turn()
    dials = {one["name"]: one for one in sent(session, "dials")["dials"]}
    assert dials["toxification"]["why"][0].startswith("Muck: ")
    assert session.model.level.stocks["muck"].plain in dials["toxification"]["why"][0]
    assert all(0.0 < one["value"] for one in dials.values() if one["why"])
