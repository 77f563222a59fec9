"""Colours stay apart for every kind of eyes, and text can be read on everything it lies on."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from game.level.colours import EYES, STEPS_APART, apart, contrast, lab
from game.picture.palette import AID, CONTRAST, Palette, along, palette, themed, wear

TEXT_ON = {
    "ink": ("paper", "panel", "selected", "over_soft", "with_soft", "neutral_soft"),
    "soft_ink": ("paper", "panel", "selected", "over_soft", "with_soft", "neutral_soft"),
    "over": ("panel", "selected", "over_soft"),
    "with": ("panel", "selected", "with_soft"),
    "neutral": ("panel", "selected", "neutral_soft"),
    "good": ("paper", "panel", "selected", "over_soft", "with_soft"),
    "bad": ("paper", "panel", "selected", "over_soft", "with_soft", "neutral_soft"),
    "warn": ("paper", "panel", "selected", "over_soft", "with_soft"),
    "panel": ("with", "over", "good"),  # light letters on a filled button
}
LEAST_CONTRAST = 4.5
MUCH_CONTRAST = 7.0  # WCAG 2.2, level AAA
WORN = {"usual": (), "contrast": (CONTRAST,), "aid": (AID,), "both": (CONTRAST, AID)}
MODES_APART, HOUSEHOLDS_APART = 12.0, 12.0


@pytest.fixture(params=WORN.values(), ids=WORN, autouse=True)
def worn(request: pytest.FixtureRequest) -> Iterator[Palette]:
    """Each test holds in the usual colours and in all that can be laid over them."""
    wear(*request.param)
    yield palette()
    wear()


@pytest.mark.parametrize(("letters", "ground"), [(one, two) for one, grounds in TEXT_ON.items() for two in grounds])
def test_text_can_be_read_on_what_it_lies_on(letters: str, ground: str) -> None:
    colours = palette()
    assert contrast(colours[letters], colours[ground]) >= LEAST_CONTRAST


def test_letters_can_be_read_on_every_household() -> None:
    colours = palette()
    for index, colour in enumerate(colours.households):
        assert contrast(colours["ink"], colour) >= LEAST_CONTRAST, index


@pytest.mark.parametrize("eyes", EYES)
def test_the_kinds_of_power_stay_apart(eyes: str) -> None:
    colours = palette()
    for kind in ("", "_soft"):
        least = MODES_APART if not kind else 4.0
        for one, two in combinations(("over", "with", "neutral"), 2):
            assert apart(colours[one + kind], colours[two + kind], eyes) >= least, (one, two, kind)


@pytest.mark.parametrize("eyes", EYES)
def test_households_stay_apart(eyes: str) -> None:
    for (one, first), (two, second) in combinations(enumerate(palette().households), 2):
        assert apart(first, second, eyes) >= HOUSEHOLDS_APART, (one, two)


@pytest.mark.parametrize("eyes", EYES)
def test_grass_is_read_from_bare_to_lush(eyes: str) -> None:
    """Each step differs from the one before and is darker, so that lightness alone tells."""
    ramp = palette().grass
    light = [lab(colour, eyes)[0] for colour in ramp]
    assert all(later < earlier for earlier, later in pairwise(light))
    for one, two in pairwise(ramp):
        assert apart(one, two, eyes) >= STEPS_APART
    assert apart(ramp[0], ramp[-1], eyes) >= 20.0


@pytest.mark.parametrize("eyes", EYES)
def test_water_does_not_look_like_ground(eyes: str) -> None:
    colours = palette()
    for step in range(5):
        assert apart(along(colours.water, 1.0), along(colours.grass, step / 4), eyes) >= 12.0


@pytest.mark.parametrize("letters", ["ink", "soft_ink", "good", "bad", "warn", "over", "with"])
def test_high_contrast_is_high(letters: str) -> None:
    colours = themed((CONTRAST,))
    assert contrast(colours[letters], colours["panel"]) >= MUCH_CONTRAST
    assert contrast(colours["panel_edge"], colours["panel"]) >= MUCH_CONTRAST


@pytest.mark.parametrize("eyes", ["protan", "deutan"])
def test_the_aid_tells_good_from_bad_where_red_and_green_are_one(eyes: str) -> None:
    usual, aid = themed(()), themed((AID,))
    assert apart(aid["good"], aid["bad"], eyes) > 1.5 * apart(usual["good"], usual["bad"], eyes)
    assert apart(aid["good"], aid["bad"], eyes) > 50.0
    land = [lab(ramp[0], eyes)[0] - lab(ramp[-1], eyes)[0] for ramp in (usual.grass, aid.grass)]
    assert land[1] > 1.5 * land[0], "bare and lush differ by lightness alone"


def test_the_pictures_were_drawn_in_the_same_colours() -> None:
    file = Path(__file__).resolve().parents[2] / "tools" / "draw_assets.py"
    spec = importlib.util.spec_from_file_location("draw_assets", file)
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    drawn = [tuple(int(text[place : place + 2], 16) for place in (1, 3, 5)) for text in tool.HOUSEHOLDS]
    assert drawn == list(palette().households)
    for index, colour in enumerate(tool.HOUSEHOLDS):
        assert colour in (file.parents[1] / "assets" / "tiles" / f"cow_{index}.svg").read_text(encoding="utf-8")
