"""Who is better and who is worse off through the player so far: in the view, in words, in the terminal."""

from __future__ import annotations

import io
import json

import pytest

from game.playing.decide import decide
from game.playing.faring import faring_lines
from game.playing.session import Session
from game.playing.view import view
from game.sim.model import Model
from game.terminal.game import play
from tests.barns import barns
from tests.insight.test_without import DEEDS
from tests.sim.levels import candidate

ANN, BOB = 0, 1


@pytest.fixture(scope="module")
def model() -> Model:
    return barns(DEEDS)


def robbed(model: Model, people: int = 1) -> Session:
    session = Session(model, 1, people, ("idle", "idle"))
    session.add(candidate(model, "rob", "bob"))
    session.end_turn()
    if people == 2:
        session.end_turn()
    return session


def test_before_the_first_season_there_is_nothing_to_count(model: Model) -> None:
    shown = view(Session(model, 1, 1, ("idle", "idle")), parts=["faring"])["faring"]
    assert shown["ready"] and shown["households"] == []


def test_the_view_says_who_is_better_and_who_worse_off_and_in_what(model: Model) -> None:
    session = robbed(model)
    session.fared.ask(0).wait()
    shown = view(session, parts=["faring"])["faring"]
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown and shown["ready"]
    mine, theirs = shown["households"]
    assert (mine["mine"], mine["way"], theirs["way"]) == (True, "better", "worse")
    assert mine["line"] == "You are better off: hay +5 t."
    assert theirs["line"] == "The Bobs are worse off: hay -5 t."
    assert theirs["differences"][0]["size"] == "-5 t" and theirs["differences"][0]["without"] == pytest.approx(7.0)


def test_while_it_is_counted_the_view_says_so(model: Model) -> None:
    session = robbed(model)
    session.background.close()
    shown = view(session, parts=["faring"])["faring"]
    assert not shown["ready"] and shown["households"] == [] and "counted" in shown["counting"]


def test_at_one_keyboard_it_is_told_through_whom(model: Model) -> None:
    session = robbed(model, people=2)
    told = []
    for seat in session.seats:
        work = session.fared.ask(seat)
        work.wait()
        told.append([line.text for line in faring_lines(model, work, seat, -1)])
    assert told[ANN][:3] == ["Through the Anns, so far", "The Anns are better off: hay +5 t.",
                             "The Bobs are worse off: hay -5 t."]  # fmt: skip
    assert told[BOB][1:3] == [
        "The Anns are neither better nor worse off.",
        "The Bobs are neither better nor worse off.",
    ]


def test_it_is_known_anew_after_every_season(model: Model) -> None:
    session = robbed(model)
    session.fared.ask(0).wait()
    decide(session, {"do": "plan", "card": "rob", "option": "rob:bob"})
    session.end_turn()
    session.fared.ask(0).wait()
    assert view(session, parts=["faring"])["faring"]["households"][0]["line"].startswith("You are better off: hay +")


def test_the_terminal_tells_it_after_every_season_and_when_asked(model: Model) -> None:
    out = io.StringIO()
    lines = io.StringIO("faring\nrob bobs\nend\nfaring\nquit\n")
    play(model.level, "barns", 1, 1, ("idle", "idle"), "", reading=lines, writing=out)
    told = out.getvalue()
    assert "No season is over yet." in told
    assert told.count("You are better off: hay +5 t.") == 2 and "The Bobs are worse off: hay -5 t." in told
