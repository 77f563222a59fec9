"""A kept game carries its level: it opens anywhere, and says so where level or rules are others by now."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from game.cli import main
from game.language.errors import PowerdanceError
from game.level.difficulty import at_difficulty
from game.level.library import data_root, find_level
from game.level.problems import LevelError
from game.level.reader import changed_level, level_from, load_level
from game.record.replay import Recorder, read_replay, write_replay
from game.sim import RULE_NUMBER
from game.sim.model import compile_level

Captured = pytest.CaptureFixture[str]
DATA = Path(__file__).parent / "data"
LEVEL, POLICIES = "first_steps", ("with", "over")
CHANGED = "has been changed since; the game is shown with the level as it was"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The levels of the game, copied to where a test may change them."""
    shutil.copytree(data_root() / "levels", tmp_path / "game" / "levels")
    (tmp_path / "game" / "assets").symlink_to(data_root() / "assets")
    for module in ("game.level.library", "game.level.reader"):
        monkeypatch.setattr(f"{module}.data_root", lambda: tmp_path / "game")
    return tmp_path / "game" / "levels"


@pytest.fixture
def game(shipped: Path, tmp_path: Path) -> Path:
    """A game of a shipped level."""
    write_replay(LEVEL, POLICIES, 4, tmp_path / "game.json")
    return tmp_path / "game.json"


def edit(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    assert change(before) != before
    file.write_text(change(before), encoding="utf-8")


def changed_rules(rules: Path) -> None:
    """Make all grass of a ruleset grow otherwise."""
    edit(rules, lambda text: text.replace("growth:    {value: 0.4,", "growth:    {value: 0.5,"))


def test_a_level_of_ones_own_travels_with_its_rulesets(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "rules").mkdir(parents=True)
    rules = home / "rules" / "mine.yaml"
    rules.write_text((data_root() / "levels" / "rules" / "valley.yaml").read_text())
    changed_rules(rules)
    mine = home / "My steps (2).yaml"
    mine.write_text(find_level(LEVEL).read_text().replace("rules: valley", "rules: mine"))
    write_replay(str(mine), POLICIES, 1, tmp_path / "mine.json")
    end = read_replay(tmp_path / "mine.json").digests[-1]
    shutil.rmtree(home)
    replay = read_replay(tmp_path / "mine.json")
    assert replay.fault() == "" and replay.game().end.digests()[0] == end
    assert [name for name, _ in replay.level.rules] == ["mine", *(name for name, _ in replay.level.rules[1:])]
    assert replay.level.name == "My steps _2_", "the name is none that could lead to another folder"


def test_nothing_is_opened_for_what_is_carried(game: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replay = read_replay(game)
    shutil.rmtree(shipped)
    level_from.cache_clear()
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("a file was opened"))
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("a file was opened"))
    assert replay.fault() == ""


@pytest.mark.parametrize("difficulty", ["gentle", "as_told", "hard"])
def test_the_level_is_the_one_that_was_played_at_every_difficulty(difficulty: str) -> None:
    level = at_difficulty(load_level("the_shared_pasture"), difficulty)
    assert level.written is not None
    again = at_difficulty(level_from(level.written), difficulty)
    assert again.model_dump() == level.model_dump()


def test_faults_in_what_is_carried_have_file_line_and_column(game: Path, tmp_path: Path, capsys: Captured) -> None:
    data = json.loads(game.read_text())
    first = next(iter(data["level"]["rulesets"]))
    data["level"]["rulesets"][first] += "\nnonsense: 1\n"
    data["level"]["text"] += "\nbabble: 1\n"
    (tmp_path / "broken.json").write_text(json.dumps(data))
    assert main(["replay", str(tmp_path / "broken.json")]) == 1
    said = capsys.readouterr().err
    assert re.search(rf"^rules/{first}\.yaml:\d+:1: error: .*nonsense", said, re.MULTILINE)
    assert re.search(r"^first_steps\.yaml:\d+:1: error: .*babble", said, re.MULTILINE)


def test_a_ruleset_that_is_not_carried_is_not_looked_for(game: Path) -> None:
    replay = read_replay(game)
    bare = type(replay.level)(replay.level.name, replay.level.text, ())
    with pytest.raises(LevelError, match='there is no ruleset "valley"'):
        level_from(bare)


def test_a_carried_level_has_the_bounds_of_every_level(game: Path) -> None:
    replay = read_replay(game)
    for text in ("a: &a [1]\nb: *a\n", "x: !!python/name:os.system\n", "- " * 3000):
        with pytest.raises(LevelError):
            level_from(type(replay.level)(replay.level.name, text, replay.level.rules))


COMMANDS = (["replay"], ["ripples"], ["why", "grass"], ["proof"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_every_command_says_when_the_level_has_been_changed_since(
    game: Path, shipped: Path, capsys: Captured, command: list[str]
) -> None:
    words = [command[0], str(game), *command[1:]]
    assert main(words) == 0
    before = capsys.readouterr()
    assert before.err == ""
    changed_rules(shipped / "rules" / "valley.yaml")
    assert main(words) == 0
    after = capsys.readouterr()
    assert after.out == before.out
    assert after.err == f'powerdance: {game}: the level "first_steps" {CHANGED}\n'


def test_digests_hold_though_the_level_was_changed(game: Path, shipped: Path, capsys: Captured) -> None:
    changed_rules(shipped / "rules" / "valley.yaml")
    assert main(["replay", str(game), "--verify"]) == 0
    assert capsys.readouterr().out == "8 seasons, all as noted\n"


@pytest.mark.parametrize(
    "change",
    [lambda text: text + "\n# a remark\n", lambda text: text.replace("\n", "\r\n"), None],
    ids=["comment", "ends of lines", "gone"],
)
def test_what_makes_no_other_game_is_no_ado(
    game: Path, shipped: Path, capsys: Captured, change: Callable[[str], str] | None
) -> None:
    file = shipped / "campaign" / "first_steps.yaml"
    if change is None:
        file.unlink()
    else:
        file.write_bytes(change(file.read_text()).encode())
    assert main(["replay", str(game)]) == 0
    assert capsys.readouterr().err == ""


def test_a_level_that_is_broken_by_now_has_been_changed(game: Path, shipped: Path, capsys: Captured) -> None:
    (shipped / "campaign" / "first_steps.yaml").write_text("title: nothing else\n")
    assert main(["replay", str(game)]) == 0
    assert CHANGED in capsys.readouterr().err


def test_a_level_of_ones_own_is_compared_with_the_one_beside_the_replay(tmp_path: Path, capsys: Captured) -> None:
    mine = tmp_path / "own.yaml"
    mine.write_text(find_level("one_nail").read_text())
    write_replay(str(mine), ("over", "over"), 1, tmp_path / "game.json")
    edit(mine, lambda text: text.replace("title: ", "title: My "))
    assert main(["replay", str(tmp_path / "game.json")]) == 0
    told = capsys.readouterr()
    assert CHANGED in told.err and "My " not in told.out
    (tmp_path / "far").mkdir()
    (tmp_path / "game.json").rename(tmp_path / "far" / "game.json")
    assert main(["replay", str(tmp_path / "far" / "game.json")]) == 0
    assert capsys.readouterr().err == ""


def test_under_other_rules_the_decisions_are_played_without_digests(
    game: Path, tmp_path: Path, capsys: Captured
) -> None:
    data = json.loads(game.read_text()) | {"rules": RULE_NUMBER - 1}
    file = tmp_path / "older.json"
    file.write_text(json.dumps(data))
    for command in COMMANDS[:2]:
        assert main([command[0], str(file), *command[1:]]) == 0
        told = capsys.readouterr()
        assert told.out
        assert "the rules have changed since" in told.err and "what comes of them may differ" in told.err
    assert main(["replay", str(file), "--verify"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("digests cannot be compared: the rules have changed since") and told.out == ""


def test_a_level_changed_in_memory_is_not_kept_as_what_was_written() -> None:
    level = changed_level(load_level("first_steps"), {"seasons.count": 3})
    with pytest.raises(PowerdanceError, match="changed after it was read"):
        Recorder(compile_level(level), 1, POLICIES)


@pytest.mark.parametrize(
    ("name", "difficulty", "seasons"),
    [("format_1", "as_told", 8), ("format_1_text", "as_told", None), ("format_2", "hard", 8)],
)
def test_replays_of_older_formats_still_open(
    name: str, difficulty: str, seasons: int | None, tmp_path: Path, capsys: Captured
) -> None:
    file = DATA / f"{name}.json"
    replay = read_replay(file)
    assert replay.difficulty == difficulty
    assert replay.game().seasons == len(replay.plans) == (seasons or len(replay.plans)) > 0
    assert main(["replay", str(file)]) == 0
    told = capsys.readouterr()
    assert told.out, "it is played"
    changed = f"the rules have changed since (then {replay.rules}, now {RULE_NUMBER})"
    assert replay.rules == 1 and changed in told.err and "what comes of them may differ" in told.err
    # Written anew it carries its level from now on.
    replay.write(tmp_path / "new.json")
    assert read_replay(tmp_path / "new.json").game().end.digests() == replay.game().end.digests()
