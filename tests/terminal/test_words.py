"""Sentences are made from numbers: the sign, the unit and the owner are those of the number."""

from __future__ import annotations

import pytest

from game.insight.readings import Change, places_of
from game.insight.reasons import Answer, Obstacle
from game.level.reader import load_level
from game.sim.model import Model, compile_level
from game.telling import consent, words
from game.terminal.paint import Style, pad, seen

ALDER, BIRCH, CEDAR = 0, 1, 2


@pytest.fixture(scope="module")
def model() -> Model:
    return compile_level(load_level("the_shared_pasture"))


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change("grievance", "share", (BIRCH,), -0.06, 9), "the Birches' anger -0.06"),
        (Change("grievance", "share", (BIRCH,), 0.2, 9), "the Birches' anger +0.20"),
        (Change("herd", "animals", (ALDER,), 1.8, 9), "your herd +1.8 animals"),
        (Change("grass", "t", (), -4.14, 9), "grass on the land -4.1 t"),
        (Change("grazing", "t", (), -4.14, 9, True), "grazing -4.1 t this season"),
        (Change("trust", "share", (BIRCH, ALDER), 0.06, 9), "the Birches' trust in you +0.06"),
        (Change("trust", "share", (BIRCH, CEDAR), -0.06, 9), "the Birches' trust in the Cedars -0.06"),
        (Change("trust", "share", (ALDER, BIRCH), 0.05, 9), "your trust in the Birches +0.05"),
        (Change("known", "share", (BIRCH, ALDER), 0.5, 9), "what you know of the Birches +0.50"),
        (Change("known", "share", (ALDER, BIRCH), 0.5, 9), "what the Birches know of you +0.50"),
    ],
)
def test_a_line_of_the_ledger(model: Model, change: Change, text: str) -> None:
    assert words.change(model, change, ALDER) == text


def test_numbers_in_words() -> None:
    assert [words.days(number) for number in (1, 2.4, 0.5, 4.0)] == ["1 day", "2.4 days", "0.5 days", "4 days"]
    assert (
        words.amount(1, "animals") == "1 animal"
        and words.amount(14.23, "t") == "14.2 t"
        and words.amount(0.276, "share") == "0.28"
    )
    assert [words.odds(chance) for chance in (0.33, 0.5, 0.8, 1.0)] == [
        "1 in 3",
        "1 in 2",
        "8 in 10",
        "almost sure",
    ]
    assert words.season_name(1) == "spring of year 1" and words.season_name(8) == "winter of year 2"
    assert words.joined(["a"]) == "a" and words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.signed(-0.001, "t") == "-1 kg"


def test_a_no_names_its_term(model: Model) -> None:
    said = consent.answers(
        model, [Answer(BIRCH, False, True, -0.1, "trust", 0.28, 0.1), Answer(CEDAR, True, False, 0.05)]
    )
    assert said == ["probably yes: Cedars", "no: Birches (trust 0.28, too low by 0.10)"]
    high = consent.answers(model, [Answer(BIRCH, False, False, -0.1, "grievance", 0.5, 0.1, True)])
    assert high == ["probably no: Birches (anger 0.50, too high by 0.10)"]


def test_what_is_too_dear(model: Model) -> None:
    assert words.obstacle(model, Obstacle("too_dear", "", "effort", 0.4)) == "you lack 0.4 days"
    assert words.obstacle(model, Obstacle("too_dear", "", "fodder", 1.5)).startswith("you lack 1.5 t ")
    assert words.obstacle(model, Obstacle("when", "Not now.")) == "Not now."


def test_letters_on_the_board_are_unique(model: Model) -> None:
    assert [words.letter(model, index) for index in range(4)] == ["A", "B", "C", "D"]


def test_colours_take_no_room() -> None:
    painted = Style(colour=True).paint("grass", "bold", "48;5;34")
    assert painted != "grass" and seen(painted) == 5 and seen(pad(painted, 9)) == 9
    assert Style().paint("grass", "bold") == "grass"


def test_what_is_counted_in_shares_on_every_tile_is_told_as_a_share_of_the_land() -> None:
    model = compile_level(load_level("the_living_forest"))
    tiles = places_of(model, "wildlife")
    lost = Change("wildlife", "share", (), -0.1 * tiles, 1.0)
    assert words.change(model, lost, 0, True) == "wildlife on the land -10 %"
