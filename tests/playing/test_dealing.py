"""Cards come a few at a time, and the first season asks one question."""

from __future__ import annotations

import pytest

from game.level.library import shipped_levels
from game.playing.dealing import AT_FIRST, EACH_SEASON
from game.playing.decide import decide
from game.playing.shown import Shown
from tests.screen import screens

LEVELS = sorted(path.stem for path in shipped_levels())


@pytest.mark.parametrize("level", LEVELS)
def test_a_game_opens_with_at_most_six_cards_of_both_kinds_of_power_where_it_has_them(level: str) -> None:
    session = screens.session_of(level)
    shown = Shown(session)
    dealt, cards = shown.dealt(), {card["id"]: card for card in shown["cards"]}
    named = {card["id"] for card in cards.values() if card["name"] in shown["note"].split("*")[1::2]}
    assert len(set(dealt["cards"]) - named) <= AT_FIRST and set(dealt["places"]) == set(cards)
    for mode in ("over", "with"):
        if any(card["mode"] == mode and card["possible"] for card in cards.values()):
            assert any(cards[one]["mode"] == mode and cards[one]["possible"] for one in dealt["cards"])


def test_each_season_brings_two_more_with_a_sentence_and_none_goes() -> None:
    session = screens.session_of("the_shared_pasture")
    shown = Shown(session)
    places, had = shown.dealt()["places"], set(shown.dealt()["cards"])
    for _ in range(3):
        session.end_turn()
        dealt = shown.dealt()
        assert had < set(dealt["cards"]) and dealt["places"] == places
        assert len(dealt["fresh"]) == EACH_SEASON and set(dealt["fresh"]) == set(dealt["cards"]) - had
        assert dealt["note"].startswith("New: *")
        had = set(dealt["cards"])


def test_the_first_question_has_two_sides_and_goes_once_it_is_answered() -> None:
    shown = Shown(screens.session_of("the_shared_pasture"))
    cards = {card["name"]: card for card in shown["cards"]}
    asked = shown.dealt()["note"]
    sides = [cards[name] for name in asked.split("*")[1::2]]
    assert [card["mode"] for card in sides] == ["over", "with"] and all(card["possible"] for card in sides)
    (brought,) = [one["text"] for one in sides[0]["options"][0]["brings"] if one["text"]][:1]
    assert brought in asked
    decide(shown.session, {"do": "plan", "card": sides[1]["id"], "option": sides[1]["options"][0]["id"]})
    assert shown.dealt()["note"] == ""
