"""Models of others, of a folder that `--foreign FOLDER` names: each is run and compared, or refused with a reason.

Beside a model may lie its published output (`output.tab` or `output.csv`, a column for each variable); where there is
none, it is held against a run by PySD.  The table of what came of each is printed, with `-s`, and how many of each
there are.  No such file is kept in the project.
"""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from game.level.importing import READERS, Imported, ImportFault, import_model
from game.level.importing_names import CONTROLS, spoken
from game.level.problems import LevelError, Problem
from game.level.reader import examine, parse_level
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.observe import observe
from game.sim.step import step

CLOSE = 1e-4  # of the largest value of a column: outputs are printed with few digits
CLOSE_TO_PYSD = 1e-9  # of the same: both step by Euler's method, in double precision
Columns = dict[str, dict[float, float]]


def published(model: Path) -> Columns:
    """The published values beside a model: column, time, value."""
    file = next((model.parent / name for name in ("output.tab", "output.csv") if (model.parent / name).is_file()), None)
    if file is None:
        return {}
    text = file.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter="\t" if file.suffix == ".tab" else ","))
    names = [spoken(name) for name in rows[0]]
    found: Columns = {name: {} for name in names[1:]}
    for row in rows[1:]:
        for name, value in zip(names[1:], row[1:], strict=False):
            if value.strip():
                found[name][float(row[0])] = float(value)
    return found


def run_by_pysd(model: Path, folder: Path) -> Columns:
    """What PySD makes of a model, in a folder of its own as it writes beside it."""
    import pysd

    copy = folder / f"{model.parent.name}_{model.name}"
    shutil.copy(model, copy)
    read = pysd.read_vensim if READERS[model.suffix.lower()] == "vensim" else pysd.read_xmile
    table: Any = read(str(copy)).run()
    return {
        spoken(str(name)): {float(time): float(value) for time, value in table[name].items()}
        for name in table.columns
        if table[name].dtype.kind in "fib"
    }


def seen(model: Model) -> list[dict[str, Any]]:
    """What can be read off a game of a model as each season begins."""
    world = new_worlds(model, [1])
    found = [observe(model, world)]
    for _ in range(model.seasons):
        world = step(model, world)
        found.append(observe(model, world))
    return found


def compared(found: Imported, told: Columns, close: float) -> str:
    """How a level fares beside columns of values: how many agree, or the first value that does not."""
    model = compile_level(parse_level(found.text))
    games, columns = seen(model), 0
    first = min((min(values) for values in told.values() if values), default=0.0)
    for name, values in told.items():
        own = found.names.get(name)
        if own is None or name in CONTROLS or own not in games[0] or not values:
            continue
        columns += 1
        size = max(1.0, *(abs(value) for value in values.values()))
        for time, value in values.items():
            season = time - first
            if season.is_integer() and season < len(games):
                is_here = float(games[int(season)][own][0])
                if not abs(is_here - value) <= close * size:
                    return f"WRONG: {name} at {time:g} is {is_here:g}, not {value:g}"
    return f"agrees in {columns} columns" if columns else "runs: nothing to compare"


def warnings_of(text: str, folder: Path) -> list[Problem]:
    """What `check` says of a level."""
    file = folder / "level.yaml"
    file.write_text(text, encoding="utf-8")
    return examine(file).problems


def outcome(file: Path, folder: Path) -> str:
    """What comes of a model: compared, refused with a reason, or wrong."""
    try:
        found = import_model(file)
        if found.lacking:
            return f"refused: {found.lacking[0]}"
        told = published(file)
        held = compared(found, told, CLOSE) if told else ""
    except (ImportFault, LevelError) as error:
        return f"refused: {str(error).splitlines()[0][:110]}"
    if told and not held.startswith("WRONG"):
        return f"{held} as published"
    try:
        beside = compared(found, run_by_pysd(file, folder), CLOSE_TO_PYSD)
    except Exception as error:  # whatever another program says of a model that it cannot run
        return held or f"runs here: PySD does not run it ({type(error).__name__}: {error})"
    if beside.startswith("WRONG"):
        warned = [one.message for one in warnings_of(found.text, folder) if one.code == "out-of-domain"]
        beside = f"differs, as check warns: {warned[0]}" if warned else beside
    # Outputs were made in single precision; where PySD gives the same as the level, it is the output that is off.
    return f"{beside} by PySD" + (f", though {held.removeprefix('WRONG: ')} as published" if held else "")


@pytest.mark.filterwarnings("ignore")
def test_models_of_others_are_run_or_refused_with_a_reason(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = request.config.getoption("--foreign")
    if folder is None:
        pytest.skip("say --foreign FOLDER, a folder of models of others")
    pytest.importorskip("pysd", reason="pip install 'powerdance[import]'")
    files = sorted(file for file in Path(folder).rglob("*") if file.suffix.lower() in READERS)
    found = {file: outcome(file, tmp_path) for file in files}
    for file, said in found.items():
        print(f"{file.parent.name}/{file.name:44} {said}")
    print(dict(Counter(said.split(":")[0].split(" in ")[0] for said in found.values())))
    assert files and not [said for said in found.values() if said.startswith("WRONG")]
