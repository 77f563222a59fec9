"""The levels of a folder: all are listed, what is broken says why, what was changed is read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.level.reader import load_level
from game.level.templates import write_template
from game.record.own_levels import OwnLevels, free_name

RULES = "format: 1\ntitle: Rules of our own\nrules: valley\nnumbers: {growth: 0.3}\n"


def looked(folder: Path) -> OwnLevels:
    found = OwnLevels(folder)
    look(found)
    return found


def look(found: OwnLevels) -> None:
    found.look()
    while found.reading:
        found.look()


def touch(file: Path, text: str) -> None:
    """Write a file so that its time is another one, however coarse the clock of the disk."""
    before = file.stat().st_mtime_ns
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 10**9, before + 10**9))


def test_levels_are_listed_and_rulesets_are_not(tmp_path: Path) -> None:
    write_template(tmp_path / "b.yaml", "small")
    write_template(tmp_path / "a.yaml", "pasture")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no level")
    found = looked(tmp_path)
    assert [(own.file.name, own.level is not None and own.level.title) for own in found.levels] == [
        ("a.yaml", "Our common"), ("b.yaml", "My first pasture"),
    ]  # fmt: skip


def test_a_broken_level_stays_on_the_list_with_its_first_fault_and_is_well_again_when_it_is_mended(
    tmp_path: Path,
) -> None:
    file = tmp_path / "own.yaml"
    write_template(file, "small")
    good = file.read_text(encoding="utf-8")
    found = looked(tmp_path)
    touch(file, good.replace("goals:", "gaols:"))
    look(found)
    (own,) = found.levels
    assert own.level is None and own.problems[0].startswith("line ") and "gaols" in own.problems[0]
    touch(file, good + "# mended\n")
    os.utime(file, ns=(file.stat().st_mtime_ns + 10**9,) * 2)
    look(found)
    assert found.levels[0].level is not None


def test_a_ruleset_beside_it_that_was_changed_makes_another_level(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    rules, file = tmp_path / "rules" / "ours.yaml", tmp_path / "own.yaml"
    rules.write_text(RULES, encoding="utf-8")
    write_template(file, "small")
    file.write_text(file.read_text(encoding="utf-8").replace("rules: valley", "rules: ours"), encoding="utf-8")
    found = looked(tmp_path)
    assert found.levels[0].level is not None
    touch(rules, RULES.replace("0.3", "many"))
    look(found)
    (own,) = found.levels
    assert own.level is None and own.problems[0].startswith("ours.yaml, line 4")


def test_one_look_reads_one_file(tmp_path: Path) -> None:
    for name in "abc":
        write_template(tmp_path / f"{name}.yaml", "small")
    found = OwnLevels(tmp_path)
    for count in (1, 2, 3):
        found.look()
        assert len(found.levels) == count and found.reading == (count < 3)


def test_a_file_that_is_gone_leaves_the_list(tmp_path: Path) -> None:
    write_template(tmp_path / "own.yaml", "small")
    found = looked(tmp_path)
    (tmp_path / "own.yaml").unlink()
    look(found)
    assert found.levels == [] and found.trouble == ""
    assert looked(tmp_path / "never made").levels == []


@pytest.mark.skipif(os.name == "nt", reason="pipes are files of another kind there")
def test_a_pipe_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert looked(tmp_path).levels == []


def test_a_new_level_takes_a_free_name_and_checks(tmp_path: Path) -> None:
    folder = tmp_path / "levels"
    names = []
    for _ in range(3):
        file = free_name(folder, "small")
        write_template(file, "small")
        names.append(file.name)
    assert names == ["my_small.yaml", "my_small_2.yaml", "my_small_3.yaml"]
    assert load_level(folder / "my_small_2.yaml").title
