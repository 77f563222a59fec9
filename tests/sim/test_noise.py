"""Noise: its means and spreads are those that are written, nothing hangs on what else is drawn, all backends agree."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from game.level.problems import Problem
from game.level.reader import examine, parse_level
from game.level.schema import Noise
from game.run import backends
from game.sim.batches import selected
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.noise import draw_noise, first_noise, normal
from game.sim.observe import observe
from game.sim.step import step
from tests.sim.levels import level_text, tiny
from tests.sim.test_backends import same_as_numpy, same_as_oracle

DRAWS = 40_000
KINDS = {
    "normal": ({"mean": 10.0, "spread": 3.0}, 10.0, 3.0),
    "lognormal": ({"mean": 10.0, "spread": 5.0}, 10.0, 5.0),
    "poisson": ({"mean": 4.0}, 4.0, 2.0),
    "rare": ({"mean": 0.2}, 0.2, math.sqrt(0.2)),
    "uniform": ({"range": (2.0, 8.0)}, 5.0, 6.0 / math.sqrt(12.0)),
}
EVERY_KIND = """
noise:
  wind:   {kind: normal, mean: 5, spread: 2, range: [0, 12], each: tick, keeps: 0.8, plain: Wind.}
  crop:   {kind: lognormal, mean: 1, spread: 0.4, at: tile, plain: How well it grows here.}
  guests: {kind: poisson, mean: 3, at: community, each: tick, plain: Who comes.}
  price:  {kind: uniform, range: [1, 2], plain: What it costs.}
  luck:   {kind: normal, mean: 0, spread: 1, at: community, keeps: 0.5, plain: Luck.}
stocks:
  grass: {at: tile, kind: matter, range: [0, 100], start: 5, varies: 0.4, plain: Grass.}
  mood: {at: community, kind: state, range: [0, 9], start: 3, plain: Mood.}
flows:
  grows: {from: outside, to: grass, rate: "0.1 * crop * wind", plain: It grows.}
  eaten: {from: grass, to: outside, rate: "0.05 * guests * grass / (1 + price)", per: community, plain: Guests eat.}
influences:
  cheer: {of: mood, change: "0.1 * luck + 0.05 * (guests - 3)", plain: Luck cheers.}
actions:
  mow: {mode: neutral, family: take, target: {tiles: ground, area: 1}, plain: Mow., when: "wind > 1",
        now: [{of: mood, add: "0.1 * luck + 0.01 * wind * price"},
              {move: {from: grass, to: outside, amount: "0.1 * crop"}}]}
objective: mean(mood) + mean(crop)
"""


def noise(kind: str, **more: object) -> Noise:
    return Noise(kind=kind if kind != "rare" else "poisson", plain="x", **more)  # type: ignore[arg-type]


def drawn(one: Noise, seasons: int = 1, ticks: int = 1, name: str = "x") -> np.ndarray:
    """Values of many worlds, (seasons, ticks, W)."""
    layout, luck = tiny(ticks=ticks).layout, np.arange(DRAWS // seasons, dtype=np.uint64)
    kept, found = first_noise({name: one}, layout, luck), []
    for season in range(1, seasons + 1):
        draw_noise({name: one}, layout, luck, season, kept)
        found.append(kept[name][0, :, 0, 0])
    return np.array(found)


@pytest.mark.parametrize("kind", KINDS)
def test_means_and_spreads_are_those_that_are_written(kind: str) -> None:
    written, mean, spread = KINDS[kind]
    values = drawn(noise(kind, **written)).ravel()
    assert values.mean() == pytest.approx(mean, abs=4 * spread / math.sqrt(DRAWS))
    assert values.std() == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize("each", ["season", "tick"])
def test_what_is_kept_leaves_mean_and_spread_and_ties_one_time_to_the_next(each: str) -> None:
    one = noise("normal", mean=2.0, spread=1.5, keeps=0.7, each=each)
    values = drawn(one, seasons=8, ticks=5 if each == "tick" else 1)
    course = values.reshape(-1, values.shape[-1])
    assert course.mean() == pytest.approx(2.0, abs=0.05) and course.std() == pytest.approx(1.5, rel=0.02)
    for lag, tie in ((1, 0.7), (2, 0.49)):
        both = np.corrcoef(course[:-lag].ravel(), course[lag:].ravel())[0, 1]
        assert both == pytest.approx(tie, abs=0.03)


def test_seasons_ticks_places_and_names_are_drawn_by_themselves() -> None:
    one = noise("normal", mean=0.0, spread=1.0, each="tick")
    values = drawn(one, seasons=2, ticks=3).reshape(6, -1)
    other = drawn(one, seasons=2, ticks=3, name="y").reshape(6, -1)
    ties = np.corrcoef(np.concatenate([values, other]))
    assert np.abs(ties - np.eye(12)).max() < 4 / math.sqrt(DRAWS / 2)
    model = compile_level(parse_level(level_text(EVERY_KIND)))
    grown = new_worlds(model, range(3000)).noise["crop"][0, 0].reshape(6, -1)
    assert np.abs(np.corrcoef(grown) - np.eye(6)).max() < 0.08


def test_the_normal_distribution_is_that_of_the_books() -> None:
    shares = np.array([2.0**-54, 1e-12, 1e-5, 0.01, 0.074, 0.076, 0.3, 0.5, 0.6, 0.925, 0.99, 0.99999, 1 - 2.0**-53])
    wanted = [NormalDist().inv_cdf(share) for share in shares]
    assert normal(shares) == pytest.approx(wanted, rel=1e-14, abs=1e-15)


def test_poisson_noise_counts() -> None:
    values = drawn(noise("poisson", mean=4.0)).ravel()
    for count in range(9):
        likely = math.exp(-4) * 4**count / math.factorial(count)
        assert (values == count).mean() == pytest.approx(likely, abs=4 * math.sqrt(likely / DRAWS))


def test_no_value_lies_beyond_its_range() -> None:
    assert drawn(noise("normal", mean=0.0, spread=5.0, range=(-1.0, 1.0))).min() == -1.0
    assert drawn(noise("uniform", range=(2.0, 8.0))).min() >= 2.0


def test_luck_does_not_hang_on_what_else_is_drawn_or_on_the_batch() -> None:
    text = level_text(EVERY_KIND)
    fewer = compile_level(
        parse_level(text.replace("  luck:   {kind: normal, mean: 0", "  luck:   {kind: normal, mean: 9"))
    )
    model = compile_level(parse_level(text))
    together, alone = step(model, new_worlds(model, [3, 4, 5])), step(model, new_worlds(model, [4]))
    other = step(fewer, new_worlds(fewer, [4]))
    middle = selected(together, np.array([1]))
    for name in ("wind", "crop", "guests", "price"):
        assert (middle.noise[name] == alone.noise[name]).all() and (alone.noise[name] == other.noise[name]).all()


def test_the_oracle_draws_the_same_bits() -> None:
    same_as_oracle(compile_level(parse_level(level_text(EVERY_KIND, people=("ann", "bob"), ticks=3))), seasons=3)


@pytest.mark.usefixtures("compiled_here")
def test_compiled_kernels_read_the_same_bits() -> None:
    model = compile_level(parse_level(level_text(EVERY_KIND, people=("ann", "bob"), ticks=3)))
    same_as_numpy(model, backends.kernel("compiled", model, 1), worlds=3, seasons=3)


def test_noise_stands_in_tables_like_a_stock() -> None:
    model = compile_level(parse_level(level_text(EVERY_KIND, people=("ann", "bob"))))
    found = observe(model, step(model, new_worlds(model, [1])))
    assert 1 <= found["price"][0] <= 2 and {"guests.ann", "guests.bob", "crop", "wind"} <= found.keys()


def problems(written: str, **settings: object) -> list[Problem]:
    text = level_text(f"noise:\n  wind: {written}\n", **settings)  # type: ignore[arg-type]
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "level.yaml"
        file.write_text(text, encoding="utf-8")
        return [one for one in examine(file).problems if one.severity == "error"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{kind: normal, spread: 1, plain: W}", "needs mean"),
        ("{kind: normal, mean: 1, plain: W}", "needs spread"),
        ("{kind: uniform, plain: W}", "needs range"),
        ("{kind: uniform, range: [2, 1], plain: W}", "must rise"),
        ("{kind: uniform, range: [1, 2], mean: 3, plain: W}", "has no mean"),
        ("{kind: poisson, mean: 3, keeps: 0.5, plain: W}", "has no keeps"),
        ("{kind: poisson, mean: 300, plain: W}", "from 0 to 50"),
        ("{kind: lognormal, mean: 0, spread: 1, plain: W}", "above 0"),
        ("{kind: normal, mean: 1e14, spread: 1, plain: W}", "up to 1e+12"),
        ("{kind: lognormal, mean: 1e-9, spread: 1, plain: W}", "100 times its mean"),
        ("{kind: gauss, mean: 1, spread: 1, plain: W}", "normal"),
        ("{kind: normal, mean: 1, spread: 1, keeps: 1, plain: W}", "keeps"),
    ],
)
def test_what_is_written_wrongly_is_told_with_its_place(written: str, told: str) -> None:
    found = problems(written)
    assert found and all(told in f"{one.message}" or told in one.code for one in found), found
    assert all(one.line >= 17 for one in found)


def test_what_would_be_drawn_too_often_is_refused() -> None:
    rows = "\n".join("." * 128 for _ in range(128))
    (found,) = problems("{kind: normal, mean: 1, spread: 1, each: tick, at: tile, plain: W}", rows=rows, ticks=16)
    assert found.code == "too-large" and "draw once a season" in found.message
