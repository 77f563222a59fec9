"""`simulate --out`: the same table whichever format is asked for."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path

import pytest

from game.cli import main
from game.level.templates import write_template

RUN = ["simulate", "one_nail", "--policy", "with", "--runs", "3", "--seed", "5", "--seasons", "3"]
Rows = list[dict[str, object]]


def written(folder: Path, ending: str) -> Path:
    path = folder / f"games{ending}"
    assert main([*RUN, "--out", str(path)]) == 0
    assert [file.name for file in folder.iterdir()] == [path.name]
    return path


def test_csv_jsonl_and_parquet_hold_the_same_columns_rows_values_and_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder in folders:
        folder.mkdir()
    table = parquet.read_table(written(folders[0], ".parquet"))
    from_parquet: Rows = table.to_pylist()
    lines = written(folders[1], ".jsonl").read_text(encoding="utf-8").splitlines()
    from_jsonl: Rows = [json.loads(line) for line in lines]
    with written(folders[2], ".csv").open(encoding="utf-8", newline="") as file:
        from_csv = list(csv.DictReader(file))
    assert len(from_jsonl) == len(from_parquet) == len(from_csv) == 3 * 3
    assert list(from_jsonl[0]) == table.column_names == list(from_csv[0])
    assert from_parquet == from_jsonl
    types = {name: type(value) for name, value in from_jsonl[0].items()}
    assert {name: type(value) for name, value in from_parquet[0].items()} == types
    assert types["run"] is types["seed"] is types["season"] is int and types["grass"] is float
    assert types["outcome"] is str
    # CSV knows text only; read with the types of the others it is the same to the last bit.
    assert [{name: types[name](value) for name, value in row.items()} for row in from_csv] == from_jsonl
    assert [(row["run"], row["seed"], row["season"]) for row in from_parquet[2:4]] == [(0, 5, 3), (1, 6, 1)]


def test_without_pyarrow_one_line_says_what_to_install_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr("game.commands.simulate.play", lambda *_: pytest.fail("it was played"))
    assert main([*RUN, "--out", str(tmp_path / "games.parquet")]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1
    assert 'pip install "powerdance[lab]"' in printed.err
    assert list(tmp_path.iterdir()) == []


def test_another_ending_is_refused_with_the_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RUN, "--out", str(tmp_path / "games.xlsx")]) == 2
    assert ".csv or .jsonl or .parquet" in capsys.readouterr().err


def test_a_model_without_a_game_has_no_columns_of_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_template(tmp_path / "m.yaml", "model")
    out = tmp_path / "table.csv"
    main(["simulate", str(tmp_path / "m.yaml"), "--policy", "idle", "--runs", "2", "--seasons", "2", "--out", str(out)])
    columns = out.read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert "infectious" in columns and "moved.recovering" in columns
    assert not {"goal.run", "outcome", "depletion", "conflict", "toxification"} & set(columns)
    said = capsys.readouterr().out
    assert "won" not in said and "The model runs to its end" not in said and "infectious" in said
