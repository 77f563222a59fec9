"""Amounts: a player sets what his offer is about, and answers an offer with another amount."""

from __future__ import annotations

import io
import json

import pytest

from game.level.reader import load_level
from game.level.schema import Level
from game.players.forecast import forecast
from game.playing.cards import card_of
from game.playing.decide import decide
from game.playing.letters import letters_to, with_answers
from game.playing.season import Planning
from game.playing.session import Session
from game.playing.story import Story
from game.playing.view import view
from game.sim.actions import DONE, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.terminal.game import play
from tests.barns import barns, barns_level

GRUDGE = "  grudge: {at: community, kind: state, range: [0, 1], start: 0, conflict: true, plain: A grudge.}\n"
HUNGER = """
flows:
  feeding: {from: hay, to: outside, plain: Animals eat., rate: 2}
influences:
  hunger: {of: grudge, plain: Hunger., change: "0.1 * (1 - met(feeding))"}
"""
DEEDS = """
actions:
  ask_for_hay: {mode: with, family: mutual_aid, target: community, plain: Ask.,
         accepts: "trust - 0.1 * amount > 0.35 and hay > amount",
         terms: {amount: {low: 1, high: 3, start: 2, steps: 3, unit: t, plain: How much you ask for.}},
         when: "hay[me] < 6", when_plain: You have hay enough.,
         now: [{move: {from: "hay[target]", to: "hay[me]", amount: amount}}], aim: {of: hay, gain: amount}}
  take_hay: {mode: over, family: force, target: community, plain: Take.,
         now: [{move: {from: "hay[target]", to: "hay[me]", amount: 2}}, {of: "grudge[target]", add: 0.3},
               {of: "trust[target, me]", add: -0.2}]}
people: {bob: {name: Bob, temper: {fair: 0.8, bold: 0.1, patient: 0.5, forgiving: 0.5}, plain: Runs short.}}
"""


def level(ann: float = 20, others: float = 2, more: tuple[str, ...] = ()) -> Level:
    """A level in which the Anns have hay and the Bobs ask for some."""
    return barns_level(
        DEEDS, hay=others, starts={"ann": ann} | dict.fromkeys(more, ann), trust=0.6, more_stocks=GRUDGE,
        feeding=HUNGER, people=("ann", "bob", *more), ticks=4,
    )  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Model:
    return compile_level(level())


def session_of(model: Model) -> Session:
    return Session(model, 1, 1, model.level.default_policies())


def hay(session: Session) -> list[float]:
    return [round(float(one), 6) for one in session.world.stock["hay"][:, 0, 0, 0, 0]]


def test_whoever_runs_short_asks_in_a_letter_that_says_how_much(model: Model) -> None:
    (letter,) = view(session_of(model), parts=("letters",))["letters"]
    assert "ask you for" in letter["text"] and "t hay" in letter["text"]
    assert letter["amounts"] and all(amount in (1.0, 2.0, 3.0) for amount in letter["amounts"])


@pytest.mark.parametrize("given", [1.0, 2.0])
def test_a_letter_can_be_answered_with_another_amount(model: Model, given: float) -> None:
    session = session_of(model)
    assert decide(session, {"do": "answer", "letter": 0, "yes": True, "amount": given}).done
    decide(session, {"do": "end"})
    without = session_of(model)
    decide(without, {"do": "end"})
    assert hay(session)[0] == pytest.approx(hay(without)[0] - given)


def test_an_amount_that_whoever_asks_would_not_take_is_refused_with_what_he_would(model: Model) -> None:
    found = decide(session_of(model), {"do": "answer", "letter": 0, "yes": True, "amount": 0.25})
    assert not found.done and "would take" in found.error


def test_what_was_answered_is_kept_and_comes_out_the_same(model: Model) -> None:
    session = session_of(model)
    session.answer(session.letters()[0], 1.0)
    decided = json.loads(json.dumps(session.planning[0].decided(model)))
    session.end_turn()
    again = session_of(model)
    again.pass_as_decided({0: Planning.of(model, (tuple(decided[0]), tuple(map(tuple, decided[1]))))})
    assert again.world.digest() == session.world.digest()


def test_a_card_says_who_would_agree_at_what_and_the_plan_takes_the_amount(model: Model) -> None:
    poor = compile_level(level(ann=3, others=20))
    session = Session(poor, 1, 1, ("idle", "idle"))
    card = card_of(session, session.world, "ask_for_hay")
    assert card is not None
    assert {one.value: bool(one.yes) for one in card.amounts} == {1.0: True, 2.0: True, 3.0: False}
    assert decide(session, {"do": "terms", "card": "ask_for_hay", "amount": 1}).done
    assert decide(session, {"do": "plan", "card": "ask_for_hay"}).done
    assert poor.candidates[session.plan[0]].key == "ask_for_hay:bob@1"
    session.end_turn()
    assert session.last is not None and session.last.deeds[0].outcome == DONE


def test_an_amount_that_there_is_not_is_an_error_with_what_there_is(model: Model) -> None:
    found = decide(session_of(model), {"do": "terms", "card": "ask_for_hay", "amount": 9})
    assert not found.done and "1 t, 2 t, 3 t" in found.error


def test_the_terminal_sets_terms_and_answers_with_an_amount() -> None:
    lines, said = io.StringIO("yes 1 1\nterms 2 1\nend\nquit\n"), io.StringIO()
    play(level(), "barns", 1, 1, ("idle", "person"), reading=lines, writing=said)
    text = said.getvalue()
    assert "You have said: 1 t." in text and "Set to 1 t." in text


def test_whoever_was_robbed_says_no_and_why(model: Model) -> None:
    session = Session(compile_level(level(ann=3)), 1, 1, ("idle", "idle"))
    take = next(number for number, one in enumerate(session.model.candidates) if one.key == "take_hay:bob")
    session.add(take)
    session.end_turn()
    card = card_of(session, session.world, "ask_for_hay")
    assert card is not None and not any(one.yes for one in card.amounts)
    assert any("have not got over what you did" in line for option in card.open_options for line in option.answers)


PACT = """
actions:
  pact: {mode: with, family: commons, target: {communities: 2..3}, plain: Mow together., accepts: "trust + part > 0.8",
         terms: {part: {low: 0.2, high: 0.6, start: 0.4, steps: 3, plain: How much.}},
         lasts: {while: "mean(trust) > 0.1"}}
neighbours: {others: idle}
"""


def test_every_amount_can_be_offered_to_the_only_neighbour_and_only_what_stands_is_settled() -> None:
    session = session_of(barns(PACT, trust=0.6, feeding=""))
    for amount in (0.6, 0.4):
        assert decide(session, {"do": "terms", "card": "pact", "amount": amount}).done
        card = card_of(session, session.world, "pact")
        assert card is not None and len(card.open_options) == 1 and not card.settled_anew
    assert decide(session, {"do": "plan", "card": "pact"}).done
    session.end_turn()
    card = card_of(session, session.world, "pact")
    assert card is not None and card.settled_anew and "Settled at 40 %" in card.reason


def test_a_forecast_knows_what_was_answered_and_takes_silence_for_no(model: Model) -> None:
    def foreseen(answer: bool | None) -> float:
        session = session_of(model)
        if answer is not None:
            session.answer(session.letters()[0], answer)
        found = forecast(model, session.world, 0, (), session.policies, dreams=20, ahead=1, said=session.decided())
        return float(found.fan(("stock", "hay"), 0).middle[0])

    assert foreseen(None) == foreseen(False) > foreseen(True)


def test_another_amount_for_one_household_leaves_what_is_asked_of_another_as_it_was() -> None:
    model = compile_level(level(more=("cid",)))
    index = {one.key: number for number, one in enumerate(model.candidates)}
    planned = Actions.planned(model, {1: [index["ask_for_hay:ann"], index["ask_for_hay:cid"]]})
    world = new_worlds(model, [1])
    settled = with_answers(model, world, planned, {0: {(0, 1): 1.0, (1, 1): 1.0}})
    assert settled.chosen[:2, 1, 0].tolist() == [index["ask_for_hay:ann@1"], index["ask_for_hay:cid"]]


def test_only_persons_say_which_other_amounts_they_would_take(model: Model) -> None:
    asks = next(number for number, one in enumerate(model.candidates) if one.key == "ask_for_hay:ann")
    planned, world = Actions.planned(model, {1: [asks]}), new_worlds(model, [1])
    (by_script,), (by_person,) = (letters_to(model, world, planned, 0, {}, persons) for persons in ((), (1,)))
    assert by_script.others == () and by_person.others


def test_between_players_another_amount_is_a_no_and_begins_the_next_offer() -> None:
    built = compile_level(level())
    session = Session(built, 1, 2, ("idle", "idle"))
    session.end_turn()
    assert decide(session, {"do": "plan", "card": "ask_for_hay", "option": "ask_for_hay:ann"}).done
    session.end_turn()
    assert session.answering and session.seat == 0
    (letter,) = view(session, parts=("letters",))["letters"]
    assert letter["amounts"] == [1.0, 3.0], "every other amount that the offer leaves open"
    before = hay(session)
    assert decide(session, {"do": "answer", "letter": 0, "yes": True, "amount": 1.0}).done
    report = session.end_turn()
    assert report is not None and hay(session)[0] == before[0] - 2, "nobody names an amount for another"
    assert session.amounts["ask_for_hay"] == 1.0
    told = [line.text for line in Story(session).season(report)]
    assert any("The Anns would agree with the Bobs at 1 t" in text for text in told)


def test_between_players_the_next_offer_at_that_amount_is_agreed() -> None:
    built = compile_level(level())
    session = Session(built, 1, 2, ("idle", "idle"))
    session.amounts["ask_for_hay"] = 1.0
    session.end_turn()
    option = next(one.key for one in built.candidates if one.action == "ask_for_hay" and one.amount == 1.0)
    assert decide(session, {"do": "plan", "card": "ask_for_hay", "option": option}).done
    session.end_turn()
    before = hay(session)
    assert decide(session, {"do": "answer", "letter": 0, "yes": True}).done
    session.end_turn()
    assert hay(session)[0] == pytest.approx(before[0] - 2 - 1)


def test_an_agreement_settled_anew_at_more_does_not_promise_less() -> None:
    """Whoever raises a ration is told that it allows more, and whoever lowers it that it allows less."""
    model = compile_level(load_level("first_steps"))
    session = Session(model, 3, 1, ("with",) * 2)
    for card, option in (("listen", "listen:birch"), ("agree_ration", "agree_ration:all")):
        assert decide(session, {"do": "plan", "card": card, "option": option}).done
    decide(session, {"do": "end"})
    amounts = model.actions["agree_ration"].spec.terms[model.actions["agree_ration"].term].values
    stands = float(session.world.term["agree_ration"][0, 0, 0, 0, 0])
    told = {}
    for amount in (max(amounts), min(amounts)):
        assert decide(session, {"do": "terms", "card": "agree_ration", "amount": amount}).done
        card = card_of(session, session.world, "agree_ration")
        assert card is not None
        told[amount] = [option.helps for option in card.targets if not option.obstacle]
    assert min(amounts) < stands < max(amounts)
    assert any("more grazing" in one for one in told[max(amounts)])
    assert any("less grazing" in one for one in told[min(amounts)])
