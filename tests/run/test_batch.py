"""Many games at once give the same bits as each game alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

import game
from game.level.parts import COLUMNS
from game.level.reader import parse_level
from game.record.tables import rows, write_table
from game.run import batch
from game.sim.model import Model


@pytest.fixture(scope="module")
def model() -> Model:
    return game.compile_level(game.load_level("the_shared_pasture"))


@pytest.mark.parametrize("policy", ["over", "with", "random"])
def test_the_size_of_a_block_changes_no_bit(model: Model, policy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = game.play(model, policy, range(9), seasons=5)
    monkeypatch.setattr(batch, "block_size", lambda model: 2)
    assert game.play(model, policy, range(9), seasons=5).digests == whole.digests


def test_a_game_alone_ends_as_it_does_in_a_batch(model: Model) -> None:
    together = game.play(model, "with", range(40, 60), seasons=6)
    alone = game.play(model, "with", [47], seasons=6)
    assert alone.digests[0] == together.digests[7]


def test_the_order_of_seeds_changes_only_the_order_of_results(model: Model) -> None:
    forward = game.play(model, "random", [1, 2, 3], seasons=4)
    backward = game.play(model, "random", [3, 2, 1], seasons=4)
    assert forward.digests == backward.digests[::-1]
    assert forward.digest != backward.digest


def test_csv_and_jsonl_agree_to_the_last_bit(model: Model, tmp_path: Path) -> None:
    result = game.play(model, "over", range(3), seasons=4, keep_history=True)
    assert write_table(result, tmp_path / "a.csv") == write_table(result, tmp_path / "a.jsonl") == 12
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        from_csv = list(csv.DictReader(file))
    from_json = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    for left, right in zip(from_csv, from_json, strict=True):
        assert list(left) == list(right)
        assert all(type(right[name])(left[name]) == right[name] for name in right)


def test_the_last_row_of_a_run_shows_its_final_world(model: Model, tmp_path: Path) -> None:
    result = game.play(model, "idle", range(2), seasons=3, keep_history=True)
    assert np.array_equal(result.history[-1]["grass"], result.final["grass"])


CLASHING = """
title: A model
seasons: {count: 3, ticks: 4}
stocks:
  seed: {at: world, kind: matter, unit: t, range: [0, 10], start: 3, plain: Seed.}
  conflict: {at: world, kind: matter, unit: t, range: [0, 10], start: 5, plain: A flock.}
auxiliaries:
  outcome: {plain: Both., is: seed + conflict}
flows:
  sowing: {from: seed, to: outside, rate: 0.1 * seed, plain: It is sown.}
"""


def test_a_stock_that_is_called_like_a_column_of_every_table_takes_no_place_of_another(tmp_path: Path) -> None:
    clashing = game.compile_level(parse_level(CLASHING))
    row = next(rows(game.play(clashing, "idle", [17], seasons=1, keep_history=True)))
    assert row["seed"] == 17 and row["outcome"] in ("running", "ended", "won")
    assert row["stock.conflict"] == 5.0 and 2.6 < float(row["stock.seed"]) < 3.0
    assert row["stock.outcome"] == pytest.approx(float(row["stock.seed"]) + 5.0)


def test_the_columns_beside_the_stocks_are_those_that_are_known(model: Model) -> None:
    row = next(rows(game.play(model, "idle", [1], seasons=1, keep_history=True)))
    plain = {name for name in row if "." not in name}
    assert plain - model.stocks.keys() - model.auxiliaries.keys() == set(COLUMNS)


def test_a_table_is_whole_or_not_there(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = game.play(model, "idle", range(1), seasons=2, keep_history=True)
    target = tmp_path / "kept.csv"
    target.write_text("what stood here before", encoding="utf-8")
    monkeypatch.setattr("game.record.tables._write_csv", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError):
        write_table(result, target)
    assert target.read_text(encoding="utf-8") == "what stood here before"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.csv"]


def test_the_python_interface_is_not_shadowed_by_a_folder() -> None:
    """`game.play` is a function even after everything below `game` has been imported."""
    import importlib
    import pkgutil

    for module in pkgutil.iter_modules(game.__path__):
        importlib.import_module(f"game.{module.name}")
    for name in game.__all__:
        assert callable(getattr(game, name)), name
