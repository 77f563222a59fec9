"""Commands that tell of a kept game call its turns as its level does."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.cli import main
from game.level.templates import write_template


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A game in a school, whose turns are weeks."""
    folder = tmp_path_factory.mktemp("kept")
    file, replay = folder / "school.yaml", folder / "game.jsonl"
    write_template(file, "school")
    games = ["--policy", "with", "--runs", "1", "--replay", str(replay)]
    assert main(["simulate", str(file), *games]) == 0
    return replay


@pytest.mark.parametrize(
    "command",
    [["replay"], ["causes", "grievance"], ["causes", "grievance", "--season", "99"]],
    ids=lambda words: " ".join(words),
)
def test_weeks_are_weeks(kept: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main([command[0], str(kept), *command[1:]])
    told = capsys.readouterr()
    assert "week" in told.out + told.err and "season" not in told.out + told.err
