"""A game kept as a replay comes out the same, and a file that is none is refused in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from game.cli import main
from game.level.library import find_level
from game.record.replay import Replay, read_replay, write_replay

LEVEL, POLICIES = "first_steps", ("with", "over")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("replays") / "game.json"
    write_replay(LEVEL, POLICIES, 4, file)
    return file


def changed(kept: Path, tmp_path: Path, change: object) -> Path:
    data = json.loads(kept.read_text())
    change(data)  # type: ignore[operator]
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(data))
    return file


def test_a_replay_is_read_as_it_was_written_and_every_season_comes_out_as_noted(kept: Path, tmp_path: Path) -> None:
    replay = read_replay(kept)
    assert (replay.level, replay.seed, replay.policies) == (LEVEL, 4, POLICIES)
    assert replay.differs_in() is None
    replay.write(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == kept.read_text()
    assert replay.game().end.digests()[0] == replay.digests[-1]


def test_a_level_of_ones_own_travels_with_its_replay(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(find_level(LEVEL).read_text().replace("title: First steps", "title: My steps"))
    write_replay(str(mine), POLICIES, 1, tmp_path / "mine.json")
    mine.unlink()
    replay = read_replay(tmp_path / "mine.json")
    assert replay.model().level.title == "My steps"
    assert replay.differs_in() is None


def test_another_decision_shows_in_the_season_in_which_it_was_made(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def drop(data: dict) -> None:
        season = next(one for one in data["seasons"][1:] if one["plans"]["alder"])
        season["plans"]["alder"] = []

    file = changed(kept, tmp_path, drop)
    season = read_replay(file).differs_in()
    assert season is not None and season > 1
    assert main(["replay", str(file), "--verify"]) == 1
    assert capsys.readouterr().err == f"season {season} of 8 comes out otherwise than noted\n"
    assert main(["replay", str(kept), "--verify"]) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.pop("seed"), 'this replay is damaged: "seed" is missing'),
        (lambda data: data.update(powerdance_replay=99), "another version"),
        (lambda data: data.update(seasons=[1]), "damaged"),
        (lambda data: data.update(seed=-1), "damaged"),
        (lambda data: data.update(level="../../secret"), "damaged"),
        (lambda data: data.update(level="first_stepz"), 'did you mean "first_steps"'),
        (lambda data: data["seasons"][0]["plans"].update(alder=["dance:me"]), 'season 1: the level has no action'),
        (lambda data: data["seasons"][0]["plans"].update(alder=["rest:me"] * 99), "damaged"),
    ],
)  # fmt: skip
def test_a_broken_replay_is_refused_in_one_plain_line(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: object, said: str
) -> None:
    assert main(["ripples", str(changed(kept, tmp_path, change))]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1 and "Traceback" not in told


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", "[" * 100_000])
def test_what_is_no_replay_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no.json").write_text(text)
    assert main(["replay", str(tmp_path / "no.json")]) == 2
    assert "this is not a replay" in capsys.readouterr().err


def test_simulate_keeps_the_game_of_its_first_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kept.json"
    words = ["simulate", LEVEL, "--policy", "with", "--runs", "2", "--seed", "9", "--replay", str(file)]
    assert main(words) == 0
    replay: Replay = read_replay(file)
    assert replay.seed == 9
    assert len(replay.plans) == 8


@pytest.mark.parametrize(("difficulty", "written"), [("as_told", 1), ("hard", 2)])
def test_a_replay_remembers_its_difficulty(tmp_path: Path, difficulty: str, written: int) -> None:
    file = tmp_path / "game.json"
    write_replay("first_steps", ("with", "idle"), 3, file, difficulty)
    assert json.loads(file.read_text())["powerdance_replay"] == written, "older programs would not heed a difficulty"
    found = read_replay(file)
    assert found.difficulty == difficulty and found.differs_in() is None
    other = replace(found, difficulty="gentle")
    assert other.differs_in() == 1


def test_ripples_of_one_seat_also_say_what_its_deeds_made_together(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ripples", str(kept), "--seat", "birch", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {action["who"] for action in data["actions"]} == {"birch"}
    for number in data["together"]:
        assert len(number["shares"]) == len(data["actions"])
        assert sum(number["shares"]) == pytest.approx(number["end"] - number["without"])
        assert 0.0 <= number["hangs_on_others"] <= 1.0
    herd = next(number for number in data["together"] if number["number"] == "Your herd")
    assert main(["ripples", str(kept), "--seat", "birch"]) == 0
    told = capsys.readouterr().out
    assert f"Your herd: {round(herd['end'])} animals at the end, {round(herd['without'])}" in told
    assert "  fair share: " in told
    assert main(["ripples", str(kept)]) == 0
    assert "fair share" not in capsys.readouterr().out


def test_ripples_of_a_game_without_a_season_are_none(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = changed(kept, tmp_path, lambda data: data.update(seasons=[]))
    assert main(["ripples", str(file), "--seat", "birch", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["actions"] == data["together"] == []
    assert main(["ripples", str(file), "--seat", "birch"]) == 0
    assert capsys.readouterr().out.strip() == ""
