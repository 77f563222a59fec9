"""The command line: exit statuses, JSON keys, plain errors, help."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli import COMMANDS, main
from game.commands.usage import UsageError, seat_policies
from game.level.library import data_root
from game.run import backends

ROOT = Path(__file__).resolve().parents[2]
SEATS = ("alder", "birch", "cedar", "dale")
SHIPPED = str(data_root() / "levels")


def powerdance(*words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "game", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        input=text,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def loaded_by(word: str, *suspects: str) -> tuple[list[str], str]:
    """Return what one word prints, and which of the suspects it imports."""
    code = (
        f"import sys; from game.cli import main; main(['{word}']);"
        f"print([name for name in {suspects!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    *said, loaded = done.stdout.splitlines()
    return said, loaded


def test_version_tells_of_the_self_test_and_loads_nothing_heavy() -> None:
    said, loaded = loaded_by("--version", "pydantic", "yaml", "pygame")
    assert re.fullmatch(r"powerdance [\w.]+, rules \d+, arithmetic self-test passed", said[0])
    assert loaded == "[]"


def test_help_loads_nothing_heavy() -> None:
    assert loaded_by("--help", "numpy", "pydantic", "yaml", "pygame")[1] == "[]"


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of the command line may open a window, whatever other tests have set."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_at_all_opens_the_window_or_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "--terminal" in said


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    listed = [line.split()[0] for line in printed.splitlines() if re.match(r"    \w", line)]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert command in capsys.readouterr().out


def test_every_module_of_a_command_is_listed() -> None:
    # The last is asked for by `--self-test`.
    shared = {"__init__", "usage", "progress", "kept_game", "stopping", "self_test"}
    assert {file.stem for file in (ROOT / "game" / "commands").glob("*.py")} - shared == set(COMMANDS)


def test_why_is_still_understood_and_no_longer_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "--help"]) == 0
    assert "usage: powerdance causes" in capsys.readouterr().out
    assert "why" not in COMMANDS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plya"], 'did you mean "play"?'),
        (["play", "--terminol"], 'did you mean "--terminal"?'),
        (["--colour"], "--colour"),
        (["play", "the_sharde_pasture", "--terminal"], 'did you mean "the_shared_pasture"?'),
        (["play", "--terminal", "--policy", "wiht"], 'did you mean "with"?'),
        (["play", "--terminal", "--policy", "elder=over,others=with"], 'did you mean "alder"?'),
        (["play", "--terminal", "--policy", "alder=over"], "others=with"),
        (["play", "--terminal", "--policy", "with,others=idle"], "write alder=with,others=idle"),
        (["play", "--terminal", "--players", "5"], "at most 4 people"),
        (["play", "--terminal", "--players", "0"], "whole number from 1"),
        (["play", "--terminal", "--seed", "x"], "whole number from 0"),
        (["play"], "--terminal"),
        (["check"], "PATH"),
        (["check", "no/such.yaml"], "no such file"),
        (["simulate", "the_shared_pasture"], "--policy"),
        (["new", "x/y/z.yaml"], "folder"),
        (["new", "level.txt"], ".yaml"),
        (["new", "level.yaml", "--template", "smal"], 'did you mean "small"?'),
    ],
)
def test_wrong_usage_is_one_plain_line_and_exit_2(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err and len(printed.err.strip().splitlines()) <= 2
    assert not list(tmp_path.iterdir())


def test_an_unforeseen_error_is_told_plainly_and_debug_shows_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr("game.commands.levels.listed_levels", broken)
    assert main(["levels"]) == 2
    printed = capsys.readouterr().err
    assert "a wheel came off" in printed and "--debug" in printed and "Traceback" not in printed
    with pytest.raises(RuntimeError):
        main(["levels", "--debug"])


def test_ctrl_c_is_no_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("game.commands.levels.listed_levels", stopped)
    assert main(["levels"]) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_closed_pipe_is_no_complaint() -> None:
    done = subprocess.run(
        f"{sys.executable} -m game play --terminal --seed 1 < /dev/null | head -1",
        shell=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout == "The shared pasture\n" and done.stderr == ""


# -- levels ------------------------------------------------------------------------------------------


def test_levels_lists_every_level(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["levels", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"id", "title", "lesson", "kind", "status"} <= set(rows[0])
    assert "the_shared_pasture" in [row["id"] for row in rows]
    assert main(["levels"]) == 0
    assert "The shared pasture" in capsys.readouterr().out


def test_a_broken_shipped_level_is_listed_with_its_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, worse = tmp_path / "bad.yaml", tmp_path / "worse.yaml"
    bad.write_text("title: Broken here\nrules: valley\nmapp: 3\n", encoding="utf-8")
    worse.write_text("title: [\n", encoding="utf-8")
    monkeypatch.setattr("game.commands.levels.shipped_levels", lambda: [bad, worse, tmp_path / "gone.yaml"])
    assert main(["levels", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == ["bad", "worse", "gone"]
    assert rows[0]["title"] == "Broken here" and "bad.yaml:" in rows[0]["error"]
    assert all(row["error"] and row["status"] == "broken" for row in rows)


# -- check -------------------------------------------------------------------------------------------


@pytest.mark.nightly
def test_check_takes_folders_rulesets_and_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--no-run", SHIPPED, "the_shared_pasture"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith("files, no problems\n")


def test_check_reports_all_problems_of_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", str(tmp_path / "one.yaml")])
    text = (tmp_path / "one.yaml").read_text(encoding="utf-8")
    (tmp_path / "two.yaml").write_text(
        text.replace("lesson:", "leson:").replace("people: 5", "people: many"), encoding="utf-8"
    )
    (tmp_path / "three.yaml").write_text(text.replace("herd: 4}", "herb: 4}"), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--no-run", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert 'two.yaml:7:1: error: unknown key "leson" (did you mean "lesson"?)' in printed.out
    assert "two.yaml:11" in printed.out and 'unknown key "herb"' in printed.out
    assert "one.yaml" not in printed.out
    assert "3 files, 3 errors" in printed.err
    assert main(["check", "--json", "--no-run", str(tmp_path)]) == 1
    assert set(json.loads(capsys.readouterr().out)[0]) == {"file", "line", "column", "severity", "code", "message"}


def test_warnings_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", str(tmp_path / "one.yaml")])
    text = (tmp_path / "one.yaml").read_text(encoding="utf-8")
    (tmp_path / "one.yaml").write_text(
        text.replace("objective: mean(grass)", "objective: 1 / mean(grass)"), encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["check", "--no-run", str(tmp_path / "one.yaml")]) == 0
    printed = capsys.readouterr()
    assert ": warning: " in printed.out and printed.err.endswith("1 file, 1 warning\n")


def test_an_unreadable_path_is_exit_2_and_the_others_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text("title: x\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    assert main(["check", "nowhere.yaml", str(tmp_path / "bad.yaml"), str(tmp_path / "empty")]) == 2
    printed = capsys.readouterr()
    assert "nowhere.yaml: no such file" in printed.err and "no .yaml files" in printed.err
    assert printed.err.rstrip().splitlines()[-1].startswith("2 files, ")
    assert "bad.yaml:" in printed.out


def test_a_file_that_cannot_be_read_counts_as_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "nowhere.yaml"]) == 2
    assert capsys.readouterr().err.endswith("1 file, 1 error\n")


def test_check_tells_what_a_tick_of_a_level_costs(capsys: pytest.CaptureFixture[str]) -> None:
    """The dearest of many on standard error, since standard output holds what is wrong and nothing else."""
    names = ["the_shared_pasture", "one_nail"]
    assert main(["check", "--no-run", *names]) == 0
    printed = capsys.readouterr()
    assert printed.out == "" and re.search(
        r"the_shared_pasture\.yaml:\d+:1: note: a tick of .* node-tiles", printed.err
    )
    assert "one_nail.yaml" not in printed.err
    assert main(["check", "--no-run", "--cost", "--json", *names]) == 0
    notes = json.loads(capsys.readouterr().out)
    assert [(note["severity"], note["code"]) for note in notes] == [("note", "cost")] * 2


# -- new ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", ["small", "pasture"])
def test_a_new_level_passes_check_without_warnings_and_plays(
    template: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.yaml"
    assert main(["new", str(path), "--template", template]) == 0
    assert "powerdance play" in capsys.readouterr().out
    assert main(["check", "--no-run", str(path)]) == 0
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.endswith("\n1 file, no problems\n")
    done = powerdance("play", str(path), "--terminal", "--seed", "1", text="end\nquit\n")
    assert done.returncode == 0 and done.stderr == "" and "Season 2 of" in done.stdout
    if template == "small":
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40


def test_new_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("precious", encoding="utf-8")
    assert main(["new", str(path)]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "precious"


# -- policies ----------------------------------------------------------------------------------------


def test_policies_of_seats() -> None:
    assert seat_policies("with", SEATS) == ("with",) * 4
    assert seat_policies("alder=over,others=with", SEATS) == ("over", "with", "with", "with")
    assert seat_policies("dale=idle, all=over", SEATS) == ("over", "over", "over", "idle")
    with pytest.raises(UsageError, match="two policies"):
        seat_policies("alder=over,alder=with,others=idle", SEATS)


@pytest.mark.nightly
@pytest.mark.parametrize("compiled", [False, True])
def test_bench_tells_the_speed_of_the_core_as_json(
    compiled: bool, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It measures, and compiles a kernel for, every map and batch, which takes too long for every change."""
    if compiled:
        request.getfixturevalue("compiled_here")
    else:
        monkeypatch.setattr(backends, "has_numba", lambda: False)
    assert main(["bench", "--quick", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert ("compiled" in found) == ("compiled" in found["valley"]) == compiled
    for figures in (found["numpy"], found["valley"]["numpy"]):
        assert figures["world_ticks_per_second"] > 100 and figures["batch"] > 1
        assert figures["nanoseconds_per_tile"] > 0 and figures["times_copy_bound"] > 0
    assert found["memory"]["sandbox"]["bytes_per_world"] > found["memory"]["the_shared_pasture"]["bytes_per_world"]
    assert [row["tile_worlds"] for row in found["scaling"]["numpy"]["batch"]] == [2 * 384, 26 * 384]
    assert {"workers", "machine", "games_per_hour"} <= set(found)


def test_simulate_at_a_difficulty_is_another_game_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    digests = set()
    for difficulty in ("gentle", "as_told", "hard"):
        words = ["simulate", "first_steps", "--policy", "with", "--runs", "4", "--difficulty", difficulty, "--json"]
        assert main(words) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["difficulty"] == difficulty
        digests.add(found["digest"])
    assert len(digests) == 3


def test_a_difficulty_that_a_level_does_not_have_is_one_plain_line(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    text = (data_root() / "levels" / "templates" / "small.yaml").read_text(encoding="utf-8")
    file.write_text(text + "\ndifficulty: {hard: null}\n", encoding="utf-8")
    done = powerdance("play", str(file), "--terminal", "--difficulty", "hard")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "as_told" in done.stderr


def test_the_terminal_tells_the_difficulty_and_how_to_have_it_again() -> None:
    done = powerdance("play", "first_steps", "--terminal", "--difficulty", "hard", "--seed", "3", text="end\n")
    assert "Difficulty: hard." in done.stdout
    assert "--difficulty hard" in done.stdout.splitlines()[-1]


def test_simulate_says_before_it_starts_what_a_large_level_takes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from game.commands import simulate

    assert simulate.ahead(19.0) == ""
    told = [simulate.ahead(seconds) for seconds in (100.0, 600.0, 18_000.0)]
    assert [" ".join(one.split()[4:6]) for one in told] == ["100 seconds", "10 minutes", "5 hours"]
    words = ["simulate", "nail_and_barn", "--policy", "idle", "--runs", "1", "--seasons", "1"]
    assert main(words) == 0 and "at least" not in capsys.readouterr().err
    monkeypatch.setattr(simulate, "WORTH_SAYING", 0.0)
    assert main(words) == 0 and capsys.readouterr().err.startswith("this takes at least 0 seconds")
