"""Models of others, of a folder that `--foreign FOLDER` names: each is run and compared, or refused with a reason.

Beside a model lies its published output (`output.tab` or `output.csv`, a column for each variable); the table of what
came of each is printed, with `-s`.  No such file is kept in the project.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from game.level.importing import ImportFault, import_model
from game.level.problems import LevelError
from game.level.reader import parse_level
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.observe import observe
from game.sim.step import step

CLOSE = 1e-4  # of the largest value of a column: outputs are printed with few digits


def output(model: Path) -> dict[str, dict[float, float]]:
    """The published values beside a model: column, time, value."""
    file = next((model.parent / name for name in ("output.tab", "output.csv") if (model.parent / name).is_file()), None)
    if file is None:
        return {}
    rows = list(
        csv.reader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter="\t" if file.suffix == ".tab" else ",")
    )
    names = [re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") for name in rows[0]]
    found: dict[str, dict[float, float]] = {name: {} for name in names[1:]}
    for row in rows[1:]:
        for name, value in zip(names[1:], row[1:], strict=False):
            if value.strip():
                found[name][float(row[0])] = float(value)
    return found


def outcome(file: Path) -> str:
    """What comes of a model: compared, refused with a reason, or wrong."""
    try:
        found = import_model(file)
        if found.lacking:
            return f"refused: {found.lacking[0]}"
        model = compile_level(parse_level(found.text))
    except (ImportFault, LevelError) as error:
        return f"refused: {str(error).splitlines()[0][:110]}"
    world, told = new_worlds(model, [1]), output(file)
    columns = 0
    seen = {0.0: observe(model, world)}
    for season in range(1, model.seasons + 1):
        world = step(model, world)
        seen[float(season)] = observe(model, world)
    first = min((min(values) for values in told.values() if values), default=0.0)
    for name, values in told.items():
        if name in model.stocks:
            columns += 1
            size = max(1.0, *(abs(value) for value in values.values()))
            for time, value in values.items():
                if time - first in seen and abs(float(seen[time - first][name][0]) - value) > CLOSE * size:
                    return f"WRONG: {name} at {time:g} is {float(seen[time - first][name][0]):g}, published {value:g}"
    return f"agrees in {columns} stocks" if columns else "runs; nothing is published of its stocks"


def test_models_of_others_are_run_or_refused_with_a_reason(request: pytest.FixtureRequest) -> None:
    folder = request.config.getoption("--foreign")
    if folder is None:
        pytest.skip("say --foreign FOLDER, a folder of models of others")
    pytest.importorskip("pysd", reason="pip install 'powerdance[import]'")
    files = sorted(file for file in Path(folder).rglob("*") if file.suffix.lower() in (".mdl", ".xmile"))
    found = {file: outcome(file) for file in files}
    for file, said in found.items():
        print(f"{file.parent.name}/{file.name:44} {said}")
    assert files and not [said for said in found.values() if said.startswith("WRONG")]
