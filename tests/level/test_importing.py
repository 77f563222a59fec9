"""Models of other programs as levels: the same names, units, tables and numbers; what is lacking is listed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from game.cli import main
from game.level.importing import ImportFault, import_model
from game.level.importing_names import Names
from game.level.importing_words import Words
from game.level.reader import load_level
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.observe import observe
from game.sim.step import step

MODELS = Path(__file__).parent.parent / "imports"
with_pysd = pytest.mark.skipif(find_spec("pysd") is None, reason="pip install 'powerdance[import]'")


def water(seasons: int, each: int = 8) -> list[float]:
    """The tank of both files, worked out by Euler's method in plain Python."""
    tank, seen, found = 3.0, 3.0, [3.0]
    for tick in range(seasons * each):
        gap = max(0.0, 10.0 - tank)
        effect = gap / 10.0 if gap <= 10.0 else 1.0
        inflow = 2.0 * effect + (0.5 if tick / each >= 5.0 else 0.0)
        outflow = 0.1 * tank if seen > 4.0 else 0.0
        tank, seen = tank + (inflow - outflow) / each, seen + (tank - seen) / (2.0 * each)
        if (tick + 1) % each == 0:
            found.append(tank)
    return found


@pytest.mark.parametrize(
    ("begins", "told"), [(0.0, "time"), (1990.0625, "(time + 1990.0625)"), (-5.0, "(time + (0 - 5))")]
)
def test_a_model_that_begins_at_another_time_keeps_all_its_digits(begins: float, told: str) -> None:
    class ReferenceStructure:  # as PySD calls it
        reference, subscripts = "Time", None

    words = Words(Names(controls={"initial_time": begins}))
    assert words.said(ReferenceStructure(), "clock") == told


@with_pysd
@pytest.mark.parametrize("kind", ["mdl", "xmile"])
def test_a_model_of_every_construct_gives_its_numbers(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "tank.yaml"
    assert main(["import", str(MODELS / f"tank.{kind}"), "-o", str(out)]) == 0
    level = load_level(out)
    assert level.stocks["tank"].unit.lower() in ("litre", "litres")
    assert level.numbers["inflow_rate"].value == 2.0 and "How fast" in level.numbers["inflow_rate"].plain
    assert (level.seasons.count, level.seasons.ticks) == (20, 8)
    model = compile_level(level)
    world = new_worlds(model, [1])
    found = [float(observe(model, world)["tank"][0])]
    for _ in range(level.seasons.count):
        world = step(model, world)
        found.append(float(observe(model, world)["tank"][0]))
    assert found == pytest.approx(water(20), abs=1e-9)


@with_pysd
def test_what_cannot_be_carried_over_is_listed_and_nothing_is_dropped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (MODELS / "tank.mdl").read_text(encoding="utf-8")
    file = tmp_path / "odd.mdl"
    file.write_text(
        text.replace("inflow rate=\n\t2\n", "inflow rate=\n\tRANDOM NORMAL(0, 4, 2, 1, 7)\n"), encoding="utf-8"
    )
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().out
    assert "not carried over: inflow_rate: random_normal draws by chance" in said
    assert "# not carried over: inflow_rate" in (tmp_path / "odd.yaml").read_text(encoding="utf-8")


@with_pysd
def test_a_file_that_is_no_model_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xmile").write_text("no model", encoding="utf-8")
    assert main(["import", str(tmp_path / "x.xmile")]) == 2
    assert "cannot be read as a model" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "said"), [("model.txt", "ends in none of"), ("nowhere.mdl", "no such file")])
def test_what_is_no_model_file_is_told(tmp_path: Path, name: str, said: str) -> None:
    if name.endswith("txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(ImportFault, match=said):
        import_model(tmp_path / name)


@pytest.mark.skipif(find_spec("pysd") is not None, reason="PySD is there")
def test_without_pysd_the_extra_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["import", str(MODELS / "tank.mdl"), "-o", str(tmp_path / "tank.yaml")]) == 2
    assert "powerdance[import]" in capsys.readouterr().err
    assert not (tmp_path / "tank.yaml").exists()


@pytest.mark.parametrize("ending", ["xmile", "stmx", "xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_model_that_may_name_other_files_is_not_given_to_a_parser(ending: str, encoding: str, tmp_path: Path) -> None:
    other = (
        '<?xml version="1.0"?><!doctype xmile [<!ENTITY other SYSTEM "file:///etc/hostname">]><xmile>&other;</xmile>'
    )
    (tmp_path / f"x.{ending}").write_text(other, encoding=encoding)
    with pytest.raises(ImportFault, match="DOCTYPE"):
        import_model(tmp_path / f"x.{ending}")


def test_a_huge_model_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.mdl").open("wb") as stream:
        stream.truncate(2**33)
    with pytest.raises(ImportFault, match="larger than 4 MiB"):
        import_model(tmp_path / "huge.mdl")
