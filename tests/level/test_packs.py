"""A pack carries a level with its rulesets in one file; whatever comes in one is read within bounds, in memory."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.cli import main
from game.level.packs import MOST_PACKED, MOST_RULES, PACK, read_pack, write_pack
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import examine, load_level
from game.level.yaml_text import MOST_BYTES
from game.sim.beginning import new_worlds
from game.sim.model import compile_level

LEVEL = "first_steps"
MODEL = """
format: 1
title: T
seasons: 2
data: {a: {file: rain.csv, plain: R.}}
stocks: {murk: {at: world, kind: state, range: [0, 10], start: 4, unbalanced: x, plain: M.}}
influences: {i: {of: murk, change: a, plain: I.}}
"""


def packed(folder: Path, level: str = LEVEL) -> Path:
    written = load_level(level).written
    assert written is not None
    file = folder / f"{level}{PACK}"
    write_pack(written, file)
    return file


def made(folder: Path, parts: dict[str, bytes | str]) -> Path:
    file = folder / f"made{PACK}"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in parts.items():
            pack.writestr(name, text)
    return file


def test_a_packed_level_is_the_level(tmp_path: Path) -> None:
    first, again = load_level(LEVEL), load_level(packed(tmp_path))
    assert again.model_dump() == first.model_dump()
    worlds = [new_worlds(compile_level(level), [1, 2]) for level in (first, again)]
    assert worlds[0].digests() == worlds[1].digests()


def test_the_same_level_makes_the_same_bytes(tmp_path: Path) -> None:
    assert packed(tmp_path).read_bytes() == packed(tmp_path).read_bytes()


def test_a_pack_brings_its_own_rules_and_reads_none_that_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.yaml").write_text("format: 1\ntitle: Mine\nrules: valley\nnumbers: {growth: 0.35}\n")
    text = (Path(load_level.__code__.co_filename).parents[2] / "levels/templates/small.yaml").read_text()
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("rules: valley", "rules: mine"))
    main(["pack", str(own), "--out", str(tmp_path / f"own{PACK}")])
    (tmp_path / "rules" / "mine.yaml").write_text("format: 1\ntitle: Mine\nrules: valley\nnumbers: {growth: 0.55}\n")
    assert load_level(tmp_path / f"own{PACK}").numbers["growth"].value == 0.35
    assert load_level(own).numbers["growth"].value == 0.55


def test_a_level_that_does_not_check_is_not_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("title: Nothing else\nmap: {}\n")
    assert main(["pack", str(own), "--out", str(tmp_path / f"own{PACK}")]) != 0
    told = capsys.readouterr()
    assert "own.yaml:" in told.out + told.err
    assert not (tmp_path / f"own{PACK}").exists()


def test_a_fault_inside_a_pack_has_its_place(tmp_path: Path) -> None:
    text = load_level(LEVEL).written
    assert text is not None
    file = made(tmp_path, {"own.yaml": text.text.replace("goals:", "gaols:"), "rules/valley.yaml": text.rules[0][1]})
    found = examine(file)
    assert found.broken and all(f"made{PACK}/own.yaml" in problem.file for problem in found.problems)
    assert any("gaols" in problem.message and problem.line > 1 for problem in found.problems)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({}, "holds no level"),
        ({"rules/valley.yaml": "x"}, "holds no level"),
        ({"a.yaml": "x", "b.yaml": "x"}, "a pack is one level"),
        ({"../a.yaml": "x"}, "a pack is one level"),
        ({"/etc/a.yaml": "x"}, "a pack is one level"),
        ({"a.yaml": "x", "rules/../../b.yaml": "x"}, "a pack is one level"),
        ({"a.yaml": "x", "rules/con.py": "x"}, "a pack is one level"),
        ({"a.yaml": "x", **{f"rules/r{n}.yaml": "x" for n in range(MOST_RULES + 1)}}, "holds 9 rulesets"),
        ({"a.yaml": b"x" * (MOST_BYTES + 1)}, "more than"),
    ],
)
def test_what_has_no_place_in_a_pack_is_refused(tmp_path: Path, parts: dict[str, bytes | str], told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read_pack(made(tmp_path, parts))


def test_a_text_that_is_no_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(LevelError, match="UTF-8"):
        read_pack(made(tmp_path, {"a.yaml": b"title: \xff\n"}))


def test_a_link_in_a_pack_is_refused(tmp_path: Path) -> None:
    file = tmp_path / f"link{PACK}"
    with zipfile.ZipFile(file, "w") as pack:
        link = zipfile.ZipInfo("a.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pack.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableFile, match="a pack is one level"):
        read_pack(file)


def test_a_huge_or_missing_file_is_told_and_not_read(tmp_path: Path) -> None:
    file = tmp_path / f"huge{PACK}"
    with file.open("wb") as stream:
        stream.truncate(MOST_PACKED + 1)
    with pytest.raises(UnreadableFile, match="is larger than"):
        read_pack(file)
    with pytest.raises(UnreadableFile, match="no such file"):
        read_pack(tmp_path / f"nothing{PACK}")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_pack_is_refused_or_a_level(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp()
    raw = bytearray(packed(folder).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    file = folder / f"damaged{PACK}"
    file.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
    try:
        load_level(file)
    except (UnreadableFile, LevelError):
        pass


def test_a_file_that_stands_twice_in_a_pack_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / f"twice{PACK}"
    with zipfile.ZipFile(file, "w") as pack, pytest.warns(UserWarning, match="Duplicate"):
        pack.writestr("bay.yaml", "title: One")
        pack.writestr("bay.yaml", "title: Other")
    with pytest.raises(UnreadableFile, match=r"holds 'bay\.yaml' twice"):
        read_pack(file)


def test_packing_tells_what_the_pack_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rain.csv").write_text("mm\n1\n2\n3\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(MODEL, encoding="utf-8")
    assert main(["pack", str(tmp_path / "m.yaml"), "-o", str(tmp_path / f"m{PACK}")]) == 0
    assert ": T, with 1 table of data\n" in capsys.readouterr().out
    assert main(["pack", "small_things", "-o", str(tmp_path / f"s{PACK}")]) == 0
    assert ": Small things, with 2 rulesets\n" in capsys.readouterr().out
