"""Looking back on a game that is over."""

from __future__ import annotations

import pytest

from game.insight.ripples import ripples
from game.insight.who_pays import who_pays
from game.level.reader import load_level
from game.playing.hindsight import Hindsight
from game.playing.session import Session
from game.sim.model import compile_level


@pytest.fixture(scope="module")
def over() -> Hindsight:
    level = load_level("first_steps")
    session = Session(compile_level(level), 5, 1, level.default_policies())
    index = {candidate.key: number for number, candidate in enumerate(session.model.candidates)}
    while not session.over:
        for key in ("listen:birch", "buy_cattle:me"):
            session.add(index[key])
        session.end_turn()
    return Hindsight(session)


def test_the_game_looked_back_on_is_the_game_that_was_played(over: Hindsight) -> None:
    assert over.game.end.digest() == over.session.world.digest()
    assert over.game.seasons == 8


def test_there_is_a_page_for_each_deed_that_was_tried_with_what_it_was_meant_for(over: Hindsight) -> None:
    pages = over.look_back(0).wait().pages
    assert len(pages) == sum(deed.seat == 0 for deed in over.session.tried) >= 8
    cows = next(page for page in pages if page.mode == "over")
    assert any(line.startswith("meant:") for line in cows.lines)
    assert any(line.startswith("paid:") for line in cows.lines)
    assert cows.tiles_late.shape == (10, 16)


def test_kinds_of_deeds_are_told_with_their_shares_of_each_number_and_every_deed_with_its_own(over: Hindsight) -> None:
    told = {joint.figure.title: joint for joint in over.look_back(0).wait().together}
    assert {"Grass", "Your herd", "The others' trust in you"} <= set(told)
    herd = told["Your herd"]
    assert herd.parts[0].action == "buy_cattle" and herd.parts[0].text.startswith("+")
    assert herd.head.startswith(f"Your herd: {round(herd.found.end)} animals at the end")
    for joint in told.values():
        assert joint.found.shares.sum() == pytest.approx(joint.found.made)
        assert len(joint.found.shares) == len(over.look_back(0).wait().pages)
        if not joint.rest:
            assert sum(part.deeds for part in joint.parts) <= len(joint.found.shares)
        for part in joint.parts:
            assert part.text[0] == ("+" if part.amount > 0.0 else "-")
        sizes = [abs(part.amount) for part in joint.parts]
        assert sizes == sorted(sizes, reverse=True)
    cows = next(page for page in over.look_back(0).wait().pages if page.mode == "over")
    assert any(line.startswith("fair share:") and "your herd +" in line for line in cows.lines)


def test_whether_luck_or_choice_decided_is_known_after_a_while(over: Hindsight) -> None:
    assert over.luck_or_choice() == "" or over.luck().result is not None
    found = over.luck().wait()
    assert found is not None and len(found.outcomes) == 200
    assert over.luck_or_choice().startswith("With the same decisions")


def test_what_others_give_by_their_own_choice_is_not_charged_to_the_question_that_moved_them() -> None:
    model = compile_level(load_level("the_shared_pasture"))
    session = Session(model, 2, 1, model.level.default_policies())
    index = {candidate.key: number for number, candidate in enumerate(model.candidates)}
    while not session.over:
        for key in ("listen:birch", "listen:cedar", "listen:dale"):
            session.add(index[key])
        session.end_turn()
    hindsight = Hindsight(session)
    books = who_pays(ripples(hindsight.game, hindsight.game.of_seat(0)))
    assert any(each.cosy for each in books), "somebody has less because they were listened to and decided anew"
    assert not any(page.cosy for page in hindsight.look_back(0).wait().pages)
