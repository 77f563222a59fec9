"""Units that do not fit are told with both sides; what has none in the text may have any."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from game.level.library import shipped_levels
from game.level.reader import examine
from game.level.units import read_unit, unit_in_words
from tests.sim.levels import level_text

BAY = """
numbers:
  breeding: {{value: 1, low: 0, high: 2, unit: 1/season, from: literature, plain: B}}
  room:     {{value: 9, low: 1, high: 20, unit: t, from: literature, plain: R}}
  catching: {{value: 0.1, low: 0, high: 1, unit: t/boat/season, from: literature, plain: C}}
  bare:     {{value: 0.1, low: 0, high: 1, from: literature, plain: N}}
stocks:
  fish:  {{at: world, kind: matter, unit: t, range: [0, 9], start: 4, plain: F}}
  boats: {{at: world, kind: state, unit: boats, range: [0, 9], start: 2, plain: B}}
flows: {{f: {{from: fish, to: outside, rate: "{rate}", plain: F}}}}
"""


def told(rate: str, folder: Path) -> list[str]:
    file = folder / "bay.yaml"
    file.write_text(level_text(BAY.format(rate=rate)))
    problems = examine(file).problems
    return [problem.message for problem in problems if problem.code == "units-differ"]


@pytest.mark.parametrize(
    "rate",
    [
        "breeding * fish * (1 - fish / room)",
        "catching * boats",
        "max(0, catching * boats - breeding * fish)",
        "0.5 * fish",
        "bare * fish",
        "bare * fish + catching * boats",
        "if(fish < room, breeding * fish, 0)",
        "delay(breeding * fish, 2)",
        "sqrt(fish * fish) * breeding",
    ],
)
def test_rules_that_fit_are_not_blamed(rate: str, tmp_path: Path) -> None:
    assert told(rate, tmp_path) == []


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("fish + boats", "this adds fish (t) and boats (boat)"),
        ("fish - boats", "takes boats (boat) from fish (t)"),
        ("breeding * if(fish < boats, fish, room)", "compares fish (t) and boats (boat)"),
        ("breeding * min(fish, boats)", "the least of fish (t) and boats (boat)"),
        ("breeding * boats", 'this is boat/season, and "fish" changes in t/season'),
        ("fish", 'this is t, and "fish" changes in t/season'),
    ],
)
def test_rules_that_do_not_fit_name_both_sides(rate: str, said: str, tmp_path: Path) -> None:
    assert any(said in message for message in told(rate, tmp_path)), told(rate, tmp_path)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("t", {"t": 1}),
        ("t/animal/season", {"t": 1, "animal": -1, "season": -1}),
        ("1/weeks", {"season": -1}),
        ("m²", {"m": 2}),
        ("m^2/day", {"m": 2, "day": -1}),
        ("share", {}),
        ("boats/boat", {}),
        ("°C", {"°C": 1}),
        ("of what there is", {"of what there i": 1}),
    ],
)
def test_units_are_products_of_words(text: str, unit: dict[str, int]) -> None:
    found = read_unit(text, ("week", "weeks"))
    assert found == {word: Fraction(power) for word, power in unit.items()}
    assert not unit or read_unit(unit_in_words(found)) == found


@pytest.mark.nightly  # by day every shipped level is checked with all its warnings
def test_shipped_levels_have_units_that_fit() -> None:
    for path in shipped_levels():
        assert [one for one in examine(path).problems if one.code == "units-differ"] == []
