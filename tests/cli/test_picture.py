"""A picture of the board of a level, without any window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame
import pytest

from game.cli import main
from game.level.templates import write_template


@pytest.fixture
def street(tmp_path: Path) -> Path:
    file = tmp_path / "street.yaml"
    write_template(file, "town")
    return file


def pixels(file: Path) -> np.ndarray:
    return pygame.surfarray.array3d(pygame.image.load(str(file))).astype(int)


def test_a_picture_shows_the_board_and_later_what_became_of_it(
    street: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, later, as_before = (street.parent / f"{name}.png" for name in ("first", "later", "again"))
    assert main(["picture", str(street), "--out", str(first), "--width", "480"]) == 0
    assert (
        main(["picture", str(street), "--out", str(later), "--width", "480", "--season", "8", "--policy", "over"]) == 0
    )
    assert main(["picture", str(street), "--out", str(as_before), "--width", "480"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith("A hot street after 8 weeks")
    assert pixels(first).shape == (480, 320, 3)
    assert (np.abs(pixels(first) - pixels(later)).sum(axis=2) > 30).mean() > 0.02
    assert first.read_bytes() == as_before.read_bytes()


def test_it_takes_the_name_of_the_level(street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(street.parent)
    assert main(["picture", "street.yaml"]) == 0
    assert (street.parent / "street.png").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--out", "land.jpg"], "land.png"),
        (["--out", "nowhere/land.png"], "nowhere"),
        (["--policy", "wiht"], 'did you mean "with"?'),
        (["--width", "9000"], "4096"),
    ],
)
def test_what_cannot_be_drawn_is_one_plain_line(
    street: Path, words: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(street.parent)
    assert main(["picture", "street.yaml", *words]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_model_without_a_game_has_no_board(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lake.yaml"
    write_template(file, "model")
    assert main(["picture", str(file), "--out", str(tmp_path / "lake.png")]) == 2
    assert "no map" in capsys.readouterr().err and not (tmp_path / "lake.png").exists()
