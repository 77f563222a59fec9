"""What a client asks for beside the view: reports, questions, what is looked back on; all of it can be sent as JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from game.language.errors import ArgumentError
from game.level.reader import load_level
from game.playing.decide import decide
from game.playing.explain import explain
from game.playing.session import Session
from game.playing.shown import Shown
from game.playing.view import view
from game.playing.view_after import timelines, timelines_at
from game.sim.model import Model, compile_level

PASTURE = "the_shared_pasture"
Data = Any


@cache
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


def played(seasons: int = 1, people: int = 1, plan: str = "", level: str = PASTURE) -> Session:
    """A game after some seasons in each of which one action was planned, by its card."""
    model = model_of(level)
    session = Session(model, 7, people, ("with",) * len(model.level.seats))
    while session.world.season < seasons and not session.over:
        cards = {card["id"]: card for card in view(session, parts=["cards"])["cards"]}
        if plan in cards and not session.answering:
            decide(session, {"do": "plan", "card": plan, "option": cards[plan]["options"][0]["id"]})
        decide(session, {"do": "end"})
    return session


def sent(value: Data) -> Data:
    """What a client gets: through JSON and back."""
    back = json.loads(json.dumps(value, allow_nan=False))
    assert back == value, "nothing but JSON types is in it: no tuples, no keys that are no texts"
    return back


def test_before_the_first_season_there_is_no_report() -> None:
    assert view(played(0), parts=["report"]) == {"report": None}


def test_a_report_holds_the_numbers_the_ledger_and_what_others_did() -> None:
    found = sent(view(played(1, plan="buy_cattle"), parts=["report"])["report"])
    assert found["season"] == 1 and found["changes"]
    assert all(one["way"] in ("up", "down", "level") and one["text"] for one in found["changes"])
    (player,) = found["players"]
    (card,) = player["cards"]
    assert player["name"] == "You" and not player["rest"]
    assert card["outcome"] == "done" and card["intended"]["text"] and card["tiles"] is None
    assert {one["household"] for one in found["neighbours"]} == {1, 2, 3}


def test_a_report_has_the_same_keys_in_every_season_and_after_the_end() -> None:
    session = played(1, plan="buy_cattle")
    first = view(session, parts=["report"])["report"]
    while not session.over:
        decide(session, {"do": "end"})
        found = sent(view(session, parts=["report"])["report"])
        assert found.keys() == first.keys()
        assert all(one.keys() == first["players"][0].keys() for one in found["players"])
        assert all(one.keys() == first["changes"][0].keys() for one in found["changes"])


def test_a_number_that_got_worse_comes_with_the_question_that_can_be_asked_of_it() -> None:
    session = played(3, plan="buy_cattle")
    shown = Shown(session)
    asked = [one["question"] for one in view(session, parts=["report"])["report"]["changes"] if one["question"]]
    assert asked, "grass fell"
    told = shown.causes(sent(asked[0]))
    told.work.wait()
    found = sent(told.result)
    session.background.close()
    assert found["stock"] == asked[0]["stock"] and found["season"] == 3
    assert found["question"] and found["parts"] and found["web"]
    assert {link["from"] for link in found["web"]} <= set(found["stocks"])


def test_two_at_one_keyboard_read_both_ledgers_together_and_nothing_of_what_others_want() -> None:
    session = played(1, people=2)
    found = sent(Shown(session).report())
    assert [one["seat"] for one in found["players"]] == [0, 1] and len(found["changes"]) == 1
    assert "You" not in [one["name"] for one in found["players"]]


def test_a_forecast_is_held_against_what_came() -> None:
    session = played(0)
    shown = Shown(session)
    assert shown["checks"] == {"checks": [], "record": "", "trouble": ""}
    shown.decide({"do": "end"})
    shown.outlook.wait()
    found = sent(shown["checks"])
    session.background.close()
    assert found["checks"] and not found["trouble"]
    assert all(isinstance(one["held"], bool) and one["text"] for one in found["checks"])
    held = sum(one["held"] for one in found["checks"])
    assert found["record"].startswith(f"So far {held} of {len(found['checks'])} forecast")


@pytest.mark.parametrize("seasons", [0, 2])
def test_every_question_is_answered_with_the_same_keys_at_any_time(seasons: int) -> None:
    session = played(seasons)
    facts = view(session, parts=["facts"])["facts"]
    questions: list[Data] = [{"about": "number", "stock": one["stock"], "household": one["household"]} for one in facts]
    questions += [{"about": "household", "household": name} for name in session.model.layout.communities]
    questions += [{"about": "tile", "row": 2, "column": 3}, {"about": "tile", "row": 0, "column": 0, "drawn": ["cows"]}]
    for question in questions:
        found = sent(explain(session, question))
        assert found.keys() == {"icon", "lines"} and found["lines"] and all(found["lines"])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({}, "cannot explain None"),
        ({"about": "numbr"}, "cannot explain 'numbr'"),
        ({"about": "number", "stock": "gold"}, "there is no stock 'gold'"),
        ({"about": "household", "household": "elm"}, "there is no household 'elm'"),
        ({"about": "tile", "row": 99, "column": 0}, "there is no tile in row 99"),
        ({"about": "tile", "row": 0, "column": 0, "drawn": 3}, "takes a list of ids"),
    ],
)
def test_a_question_that_cannot_be_meant_is_an_error(question: Data, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        explain(played(0), question)


def test_both_timelines_of_a_game_have_the_same_keys_with_and_without_a_branch() -> None:
    session = played(3)
    alone = sent(timelines(session))
    assert alone["branched_at"] is None and len(alone["sides"]) == 1 and len(alone["seasons"]) == 3
    numbers = sent(timelines_at(session, 2))
    assert numbers and all(one["first"] == one["second"] and one["better"] == 0 for one in numbers)


def test_what_is_looked_back_on_at_the_end_can_be_sent() -> None:
    session = played(10**6, level="first_steps", plan="listen")
    shown = Shown(session)
    for answer in (shown.ripples(), shown.proof()):
        assert answer.work.wait() is not None
        assert sent(answer.result)
    ripples, proof = shown.ripples().result, shown.proof().result
    session.background.close()
    assert ripples is not None and proof is not None
    assert ripples.keys() == {"deeds", "together"} and proof.keys() == {"force", "heads", "sides", "numbers"}
    assert all(deed["lines"] and deed["title"] for deed in ripples["deeds"])
    assert len(proof["sides"]) == len(proof["heads"]) == 2


def test_cards_that_are_prepared_one_by_one_are_those_of_the_view() -> None:
    shown = Shown(Session(model_of(PASTURE), 7, 1, ("with",) * 4))
    for turn in range(2):
        for _ in range(3 + 20 * turn):  # some of them, and more often than there are cards
            shown.prepare()
        assert sent(shown["cards"]) == sent(view(shown.session, parts=["cards"])["cards"])
        card = next(one for one in shown["cards"] if one["id"] == "listen")
        assert shown.decide({"do": "plan", "card": "listen", "option": card["options"][0]["id"]}).done
        assert sent(shown["cards"]) == sent(view(shown.session, parts=["cards"])["cards"]), "a plan changes prices"
        shown.decide({"do": "end"})
