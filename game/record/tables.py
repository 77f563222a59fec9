"""Games as tables: one row for each run and season, the same columns in every format."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TextIO

import numpy as np

from game.language.errors import ArgumentError
from game.level.whole_files import written_whole
from game.run.batch import Result
from game.sim.observe import OUTCOME_NAMES

FORMATS = (".csv", ".jsonl", ".parquet")


def missing_for(name: str) -> str:
    """Return, in words, what has to be installed before a table of this name can be written; "" if nothing."""
    if Path(name).suffix != ".parquet" or importlib.util.find_spec("pyarrow") is not None:
        return ""
    return f'writing "{Path(name).name}" takes pyarrow: pip install "powerdance[lab]", or write .csv or .jsonl'


Row = dict[str, int | float | str]


def rows(result: Result, without: Collection[str] = ()) -> Iterator[Row]:
    """Yield one row for each run and season: run, seed, season, the observed columns, the final outcome.

    Columns named in `without` are left out.
    """
    for run, seed in enumerate(result.seeds):
        for season, table in enumerate(result.history, start=1):
            row: Row = {"run": run, "seed": seed, "season": season}
            row.update({name: float(values[run]) for name, values in table.items()})
            row["outcome"] = OUTCOME_NAMES[int(result.outcomes[run])]
            yield {name: value for name, value in row.items() if name not in without}


def write_table(result: Result, path: Path, without: Collection[str] = ()) -> int:
    """Write all rows to `path` but for columns named in `without`; its ending chooses the format.

    Returns the number of rows.

    Raises ArgumentError for an unknown ending and OSError when writing fails.
    The file is whole or not there: it is written beside and then renamed.
    """
    if path.suffix not in FORMATS:
        raise ArgumentError(f'"{path.name}" should end in {" or ".join(FORMATS)}')
    with written_whole(path) as beside:
        if path.suffix == ".parquet":
            return _write_parquet(result, beside, without)
        with beside.open("w", encoding="utf-8", newline="") as file:
            write = _write_csv if path.suffix == ".csv" else _write_jsonl
            return write(rows(result, without), file)


def _write_csv(found: Iterator[Row], file: TextIO) -> int:
    writer: csv.DictWriter[str] | None = None
    count = 0
    for row in found:
        if writer is None:
            writer = csv.DictWriter(file, list(row), lineterminator="\n")
            writer.writeheader()
        # repr keeps every bit of a float, so that all formats agree.
        writer.writerow({name: repr(value) if isinstance(value, float) else value for name, value in row.items()})
        count += 1
    return count


def _write_jsonl(found: Iterator[Row], file: TextIO) -> int:
    count = 0
    for row in found:
        file.write(json.dumps(row, allow_nan=False) + "\n")
        count += 1
    return count


def _write_parquet(result: Result, path: Path, without: Collection[str]) -> int:
    """Write by columns, so that a large campaign needs no row of its own in memory."""
    import pyarrow
    from pyarrow import parquet

    runs, seasons = len(result.seeds), len(result.history)
    columns: dict[str, object] = {
        "run": np.repeat(np.arange(runs), seasons),
        "seed": np.repeat(np.array(result.seeds, dtype=np.int64), seasons),
        "season": np.tile(np.arange(1, seasons + 1), runs),
    }
    for name in result.history[0] if seasons else ():
        columns[name] = np.stack([table[name] for table in result.history], axis=1).reshape(-1)
    columns["outcome"] = [OUTCOME_NAMES[int(outcome)] for outcome in result.outcomes for _ in range(seasons)]
    kept = {name: values for name, values in columns.items() if name not in without}
    parquet.write_table(pyarrow.table(kept), path)
    return runs * seasons
