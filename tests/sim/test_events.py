"""Events: their signs, their odds, how long they last."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from game.level.reader import examine
from game.sim.beginning import new_worlds
from game.sim.step import step
from tests.sim.levels import level_text, one, play, tiny, value

SUN = """
numbers: {sun: {value: 1, low: 0, high: 9, from: literature, source: S, plain: S}}
events:
"""


def wilson(hits: int, tries: int, z: float = 3.9) -> tuple[float, float]:
    """The bounds of a share; with z = 3.9 a right one falls outside once in ten thousand."""
    share, extra = hits / tries, z * z / tries
    middle, half = share + extra / 2, z * math.sqrt(share * (1 - share) / tries + extra / tries / 4)
    return (middle - half) / (1 + extra), (middle + half) / (1 + extra)


def test_an_event_with_a_warning_never_comes_without_its_sign_one_season_before() -> None:
    model = tiny(SUN + "  dusk: {plain: D, chance: 0.2, odds: 0.6, warns: 1, lasts: 2, sets: {sun: 0}}\n")
    world, came = new_worlds(model, range(2000)), 0
    for _ in range(12):
        after = step(model, world)
        begins = after.event_left["dusk"] == 2
        assert np.all(world.event_sign["dusk"][begins])
        came += int(begins.sum())
        world = after
    assert came > 1000


def test_signs_come_true_at_their_odds_and_events_at_their_chance() -> None:
    model = tiny(SUN + "  dusk: {plain: D, chance: 0.2, odds: 0.6, warns: 1, sets: {sun: 0}}\n", seasons=30)
    world = play(model, new_worlds(model, range(2000)), 4)
    after = step(model, world)
    signs, begins = world.event_sign["dusk"], after.event_left["dusk"] > 0
    low, high = wilson(int(begins[signs].sum()), int(signs.sum()))
    assert low <= 0.6 <= high
    low, high = wilson(int(begins.sum()), 2000)
    assert low <= 0.2 <= high
    low, high = wilson(int(signs.sum()), 2000)
    assert low <= 0.2 / 0.6 <= high


def test_an_event_without_a_warning_comes_at_its_chance_and_not_before_its_season() -> None:
    model = tiny(SUN + "  dusk: {plain: D, chance: 0.3, from_season: 4, sets: {sun: 0}}\n")
    world = play(model, new_worlds(model, range(2000)), 3)
    assert not world.event_left["dusk"].any()
    low, high = wilson(int((step(model, world).event_left["dusk"] > 0).sum()), 2000)
    assert low <= 0.3 <= high and not world.event_sign["dusk"].any()


def test_no_sign_is_shown_for_a_season_in_which_the_event_cannot_come() -> None:
    model = tiny(SUN + "  dusk: {plain: D, chance: 0.5, odds: 0.5, warns: 1, from_season: 5, sets: {sun: 0}}\n")
    world = new_worlds(model, range(50))
    for season in range(1, 5):
        world = play(model, world, 1)
        assert world.event_sign["dusk"].all() == (season == 4) and not world.event_left["dusk"].any()


def test_an_event_sets_its_numbers_while_it_lasts_and_no_longer() -> None:
    model = tiny(SUN + "  dusk: {plain: D, at: 2, lasts: 2, sets: {sun: sun / 4}}\n")
    world, seen = one(model), []
    for _ in range(5):
        world = play(model, world, 1)
        seen.append(world.number["sun"].item())
    assert seen == [1.0, 0.25, 0.25, 1.0, 1.0]


def test_an_event_by_date_with_a_warning_announces_itself() -> None:
    model = tiny(SUN + "  dusk: {plain: D, at: [3, 6], warns: 1, sets: {sun: 0}}\n")
    world, signs, runs = one(model), [], []
    for _ in range(7):
        world = play(model, world, 1)
        signs.append(bool(world.event_sign["dusk"][0]))
        runs.append(bool(world.event_left["dusk"][0]))
    assert [season + 1 for season, sign in enumerate(signs) if sign] == [2, 5]
    assert [season + 1 for season, run in enumerate(runs) if run] == [3, 6]


def warned(tmp_path: Path, events: str) -> set[str]:
    """Return the codes of what `check` says about a level with these events."""
    file = tmp_path / "tiny.yaml"
    file.write_text(level_text(SUN + events), encoding="utf-8")
    findings = examine(file)
    assert findings.level is not None
    return {problem.code for problem in findings.problems}


def test_check_warns_of_an_event_that_comes_before_its_sign_can(tmp_path: Path) -> None:
    """Nothing can announce an event of the first season; it comes, and the author is told."""
    early = "  dusk: {plain: D, at: [1, 4], warns: 1, sets: {sun: 0}}\n"
    assert "no-sign" in warned(tmp_path, early)
    model = tiny(SUN + early)
    assert play(model, one(model), 1).event_left["dusk"][0] == 1
    assert "no-sign" not in warned(tmp_path, early.replace("[1, 4]", "[2, 4]"))
    assert "no-sign" not in warned(tmp_path, early.replace("warns: 1, ", ""))


def test_check_warns_of_a_chance_above_its_odds(tmp_path: Path) -> None:
    """Where every event follows a sign, it can come no more often than a sign keeps its word."""
    rare = "  dusk: {plain: D, chance: 0.5, odds: 0.3, warns: 1, sets: {sun: 0}}\n"
    assert "chance-above-odds" in warned(tmp_path, rare)
    assert "chance-above-odds" not in warned(tmp_path, rare.replace("chance: 0.5", "chance: 0.3"))


def test_two_events_of_the_same_level_have_luck_of_their_own() -> None:
    model = tiny(
        SUN + "  dusk: {plain: D, chance: 0.5, sets: {sun: 0}}\n  dawn: {plain: D, chance: 0.5, sets: {sun: 2}}\n"
    )
    world = play(model, new_worlds(model, range(2000)), 1)
    both = ((world.event_left["dusk"] > 0) & (world.event_left["dawn"] > 0)).mean()
    assert abs(both - 0.25) < 0.05


RECIPROCAL = """
stocks: {heat: {at: world, kind: state, range: [0, 10], start: 1, plain: H}}
numbers: {sun: {value: 1, low: 0.5, high: 2, from: literature, source: S, plain: S}}
events: {dusk: {plain: D, at: 1, sets: {sun: %s}}}
influences: {warming: {of: heat, change: "sun / sun", plain: W}}
"""


@pytest.mark.parametrize("set_to, becomes", [("0", 0.5), ("sun - 9", 0.5), ("40", 2.0), ("1.5", 1.5)])
def test_an_event_sets_no_number_beyond_its_bounds(set_to: str, becomes: float) -> None:
    """Rules trust the bounds: they do not look whether such a divisor is 0."""
    world = play(model := tiny(RECIPROCAL % set_to), one(model), 1)
    assert world.number["sun"].item() == becomes and value(world, "heat")[0] == 2.0


def test_division_by_a_number_that_an_event_sets_to_zero_is_zero() -> None:
    world = play(model := tiny(RECIPROCAL.replace("low: 0.5", "low: 0") % "0"), one(model), 1)
    assert world.number["sun"].item() == 0.0 and value(world, "heat")[0] == 1.0
