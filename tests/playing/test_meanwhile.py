"""What neighbours mean to do themselves is said before a day is planned for it, and after it with the reason."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import game as powerdance
from game.insight.who_pays import worth
from game.players.person import Reason
from game.playing.dealing import Dealing
from game.playing.decide import decide
from game.playing.guide import Guide
from game.playing.households import household, want_words
from game.playing.meanwhile import needless
from game.playing.reasons import told_reason
from game.playing.season import Attempt
from game.playing.session import Session
from game.playing.shown import Shown
from game.playing.view import view
from game.sim.actions import DONE
from game.sim.model import Model
from game.telling import words
from tests.sim.levels import candidate

SEEDS = 12


@cache
def model_of(level: str) -> Model:
    return powerdance.compile_level(powerdance.load_level(level))


def agreed(seed: int) -> Session:
    """First steps after a season in which the Birches were asked and agreed to a ration."""
    model = model_of("first_steps")
    session = Session(model, seed, 1, model.level.default_policies())
    session.add(candidate(model, "listen", "birch"))
    session.add(candidate(model, "agree_ration", "birch"))
    session.end_turn()
    return session


@cache
def watching() -> int:
    """A seed with which the Birches mean to watch the common as soon as there is a ration."""
    watch = candidate(model_of("first_steps"), "watch_the_common", "pasture")
    return next(seed for seed in range(7, 7 + SEEDS) if needless(agreed(seed), watch))


def test_a_card_says_that_neighbours_mean_to_do_the_same() -> None:
    session = agreed(watching())
    shown = Shown(session)
    (option,) = next(card for card in shown["cards"] if card["id"] == "watch_the_common")["options"]
    assert option["meanwhile"] == "The Birches mean to do this, too, this season. Once is enough."
    assert not option["obstacle"], "whoever wants to do it all the same may plan it"
    others = [one["meanwhile"] for card in shown["cards"] for one in card["options"] if card["id"] == "buy_cattle"]
    assert others == [""], "what they do not mean to do is no reason against doing it"
    shown.decide({"do": "plan", "card": "watch_the_common", "option": option["id"]})
    assert shown["plan"]["steps"][0]["meanwhile"] == option["meanwhile"]


def test_what_came_to_nothing_is_told_with_who_did_it_first() -> None:
    session = agreed(watching())
    shown = Shown(session)
    session.add(candidate(session.model, "watch_the_common", "pasture"))
    shown.decide({"do": "end"})
    told = shown.report()
    assert told is not None
    late = "The Birches did the same first, and once is enough. It cost you nothing."
    assert told["players"][0]["too_late"] == [f"Watch together came to nothing. {late}"]
    scene = next(one for one in shown["scenes"]["scenes"] if one["kind"] == "late")
    assert scene["mine"] and scene["why"] == late
    assert shown["scenes"]["headline"] == "Not needed any more: Watch together."


def test_no_note_asks_for_what_a_neighbour_does_anyway() -> None:
    session = agreed(watching())
    assert "Watch together" not in Guide(session).text()


def test_of_several_who_do_alike_it_is_told_whose_example_it_was() -> None:
    model = model_of("the_shared_pasture")
    meal = Attempt(1, candidate(model, "share_a_meal", "dale"), DONE, {})
    names = {0: "you", 2: "the Cedars", 3: "the Dales"}.__getitem__
    alike = Reason("others", 0.3, example=(0, 2))
    assert told_reason(model, alike, meal, names) == "you and the Cedars partnered, too"
    of_their_own = Reason("others", 0.3, whom=3, own="care", example=(0, 2))
    assert told_reason(model, of_their_own, meal, names) == "they mean well by the Dales"
    assert told_reason(model, Reason("others", 0.3), meal, names) == "most around them partnered, too"


def test_a_want_names_the_cards_that_answer_it_and_they_are_dealt() -> None:
    model = model_of("the_shared_pasture")
    session = Session(model, 11, 1, model.level.default_policies())
    for name in ("birch", "cedar", "dale"):
        session.add(candidate(model, "listen", name))
    dealing = Dealing(session, Guide(session))
    session.end_turn()
    needs = [one for index in (1, 2, 3) if (one := household(session, index).need) is not None]
    assert needs and all(one.known and one.cards for one in needs)
    for need in needs:
        assert all(name in want_words(need) for name in need.cards)
    titles = {model.actions[name].spec.name for name in dealing.told()["cards"]}
    assert titles >= {name for need in needs for name in need.cards}


def test_what_is_agreed_already_is_not_named_as_a_card_to_play() -> None:
    need = household(agreed(watching()), 1).need
    assert need is not None and need.known
    if need.name != "hay for winter":
        pytest.skip("they want something else with this seed")
    assert want_words(need) == "They want hay for winter. What you have agreed is meant for that: Agree a ration."


def test_what_was_done_for_a_want_is_told_and_what_has_no_sense_now_is_not_named() -> None:
    model = model_of("the_shared_pasture")
    session = Session(model, 11, 1, model.level.default_policies())
    session.world.need[:] = list(model.level.needs).index("news")
    for action in ("listen", "share_a_meal"):
        session.add(candidate(model, action, "birch"))
    session.end_turn()
    session.world.need[:] = list(model.level.needs).index("news")
    need = household(session, 1).need
    assert need is not None and need.done == ("Share a meal",)
    assert want_words(need).startswith("They want news. You have just given them that: Share a meal.")
    session.world.need[:] = list(model.level.needs).index("calm")
    session.world.stock["grievance"][1] = 0.1  # there is nothing to make amends for
    calm = household(session, 1).need
    assert calm is not None and calm.cards == ("Agree a ration",) and calm.done == ()
    for _ in range(2):
        session.end_turn()
    session.world.need[:] = list(model.level.needs).index("news")
    session.world.stock["ties"][1, 0] = 0.9  # nothing is missing between them
    news = household(session, 1).need
    assert news is not None and news.cards == ()
    assert want_words(replace(news, known=True)).endswith(
        "Share a meal gives that, but: You sit at one table often enough."
    )


def offered() -> tuple[Session, int]:
    """A game in which somebody offers the player by letter what he might offer himself, and what that is."""
    model = model_of("the_shared_pasture")
    for seed in range(SEEDS):
        session = Session(model, seed, 1, model.level.default_policies())
        for _ in range(6):
            for name in ("birch", "cedar", "dale"):
                session.add(candidate(model, "listen", name))
            session.end_turn()
            for index, one in enumerate(model.candidates):
                if one.everywhere and needless(session, index).endswith("offer you this already: answer their letter."):
                    return session, index
    raise AssertionError("nobody offers anything")


def test_what_is_offered_by_letter_asks_for_an_answer_until_it_has_one() -> None:
    session, asked = offered()
    for yes in (True, False):
        for letter in range(len(session.letters())):
            decide(session, {"do": "answer", "letter": letter, "yes": yes})
        told = needless(session, asked)
        assert told.endswith("offer you this, and you have said yes.") is yes
        assert "answer their letter" not in told, "whoever has said no may offer it himself"


def test_of_what_came_besides_the_largest_harm_is_among_what_is_read_at_first() -> None:
    model = model_of("the_shared_pasture")
    hidden = 0
    for seed in (3, 7):
        session = Session(model, seed, 1, model.level.default_policies())
        for action in ("listen", "agree_ration"):
            session.add(candidate(model, action, "birch"))
        session.end_turn()
        assert session.last is not None
        told = view(session, parts=["report"])["report"]["players"][0]["cards"]
        story = " ".join(line["text"] for line in Shown(session).story())
        for card, raw in zip(told, session.last.cards[0], strict=True):
            harm = [one for one in raw.besides if not one.flow and worth(model, one.name) * one.amount < 0.0]
            hidden += bool(harm) and harm[0] not in raw.besides[:2]
            first = [one["text"] for one in card["besides"]]
            assert not harm or words.change(model, harm[0], 0, True) in first
            assert not harm or words.change(model, harm[0], 0) in story, "and where it is told without a board"
            assert len(first) + len(card["smaller"]) == len(raw.besides)
    assert hidden, "and without that order some of it would be a press away"
