"""A level in the making is checked and tried anew whenever it is saved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from game.cli import main
from game.level.reader import load_level
from game.level.templates import write_template
from game.run.batch import play
from game.run.curves import WAYS, curves
from game.sim.model import compile_level
from game.telling.courses import BLOCKS

DEBTS = """
format: 1
title: Debts
seasons: 12
stocks:
  purse: {at: world, kind: matter, unit: coins, range: [-20, 0], start: -1, unbalanced: they spend, plain: Owed.}
flows:
  bills: {from: purse, to: outside, rate: 1.5, plain: Bills.}
watch: [purse]
"""


@pytest.fixture
def level(tmp_path: Path) -> Path:
    file = tmp_path / "bay.yaml"
    write_template(file, "fishery")
    return file


def test_once_tells_how_every_way_to_play_goes(level: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(level), "--once"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("The bay: 16 seasons")
    assert [line.split()[0] for line in lines[1:]] == list(WAYS)
    assert all("fish" in line and "larder" in line for line in lines[1:])


def test_a_fault_is_told_with_its_place(level: Path, capsys: pytest.CaptureFixture[str]) -> None:
    level.write_text(level.read_text(encoding="utf-8").replace("goals:", "gaols:"), encoding="utf-8")
    assert main(["watch", str(level), "--once"]) == 1
    told = capsys.readouterr()
    assert "bay.yaml:" in told.out and "gaols" in told.out and "Traceback" not in told.err


def test_what_is_no_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(tmp_path / "none.yaml")]) == 2
    assert main(["watch", str(tmp_path)]) == 2
    assert "none.yaml" in capsys.readouterr().err


def test_a_curve_is_what_games_of_that_policy_do(level: Path) -> None:
    model = compile_level(load_level(level))
    for found in curves(model, ["fish"], 5):
        games = play(model, found.policy, range(5), backend="numpy", keep_history=True)
        assert found.won == games.wins / 5 and len(found.means["fish"]) == model.seasons + 1
        column = next(name for name in games.history[-1] if name.startswith("fish"))
        for season, table in enumerate(games.history, start=1):
            assert found.means["fish"][season] == pytest.approx(float(np.mean(table[column])))


def test_what_falls_below_zero_is_seen_to_fall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "debts.yaml"
    file.write_text(DEBTS, encoding="utf-8")
    assert main(["watch", str(file), "--once", "--games", "1"]) == 0
    course = capsys.readouterr().out.splitlines()[1].split("purse ")[1].split()[0]
    signs = [BLOCKS.find(sign) for sign in course]
    assert signs == sorted(signs, reverse=True) and signs[-1] == 0 and len(set(signs)) > 4


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_saving_looks_again_and_ctrl_c_ends_it_in_a_line(level: Path, encoding: str) -> None:
    # Whoever is himself begun in the background ignores Ctrl-C, and so would the command.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "game", "watch", str(level), "--games", "2"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding=encoding,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.stdout is not None and process.stderr is not None
    try:
        until(process, "watching")
        text = level.read_text(encoding="utf-8")
        level.write_text(text.replace("title: The bay", "title: Another bay"), encoding="utf-8")
        os.utime(level, ns=(level.stat().st_mtime_ns + 10**9,) * 2)
        assert any(line.startswith("Another bay: 16 seasons") for line in until(process, "watching"))
    finally:
        process.send_signal(signal.SIGINT)
        try:
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
        assert process.returncode == 130
    assert told == "\nstopped\n"


def until(process: subprocess.Popen[str], start: str) -> list[str]:
    """Return the lines that are printed until one begins so."""
    assert process.stdout is not None
    found = []
    for line in process.stdout:
        found.append(line)
        if line.startswith(start):
            return found
    raise AssertionError(f"it ended before it said {start}: {found}")


def test_turns_have_the_name_that_the_level_gives_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "school.yaml"
    write_template(file, "school")
    assert main(["watch", str(file), "--once", "--games", "1"]) == 0
    assert " weeks, 1 games" in capsys.readouterr().out.splitlines()[0]


def test_the_same_amount_is_the_same_sign_under_every_way_to_play(
    level: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = level.read_text(encoding="utf-8").replace("range: [0, 80], start: 5,", "range: [0, 8000], start: 5,")
    level.write_text(text, encoding="utf-8")
    assert main(["watch", str(level), "--once"]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    courses = [line.split("larder ")[1].split()[0] for line in lines]
    assert len({course[0] for course in courses}) == 1, "every game begins with the same larder"
    assert len({course[-1] for course in courses}) > 1, "and ends with another one"


def test_the_board_is_drawn_beside(level: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture, plain = tmp_path / "board.png", tmp_path / "plain.png"
    assert main(["watch", str(level), "--once", "--games", "1", "--picture", str(picture)]) == 0
    assert main(["picture", str(level), "-o", str(plain)]) == 0
    assert picture.read_bytes() == plain.read_bytes()
    assert main(["watch", str(level), "--once", "--picture", str(tmp_path / "board.jpg")]) == 2
    assert "board.png" in capsys.readouterr().err


def test_a_model_without_a_game_has_no_board(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "model.yaml"
    write_template(file, "model")
    assert main(["watch", str(file), "--once", "--games", "1", "--picture", str(tmp_path / "board.png")]) == 0
    assert "no map" in capsys.readouterr().out and not (tmp_path / "board.png").exists()


def test_a_model_shows_the_curves_of_its_stocks_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody plays it, so there are no ways to play, and nothing to win."""
    write_template(tmp_path / "m.yaml", "model")
    main(["watch", str(tmp_path / "m.yaml"), "--once"])
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines()[-3:]] == ["susceptible", "infectious", "recovered"]
    assert "won" not in said and "An epidemic: 100 days" in said


def test_a_number_without_a_unit_is_no_percent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "debts.yaml").write_text(DEBTS.replace("unit: coins, ", ""), encoding="utf-8")
    main(["watch", str(tmp_path / "debts.yaml"), "--once"])
    assert capsys.readouterr().out.endswith(" -1 to -19\n")
