"""A game kept as a replay comes out the same, and a file that is none is refused in words."""

from __future__ import annotations

import json
import os
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from game.cli import main
from game.language.errors import PowerdanceError
from game.record.replay import LARGEST, Replay, read_replay, write_replay

LEVEL, POLICIES = "first_steps", ("with", "over")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("replays") / "game.json"
    write_replay(LEVEL, POLICIES, 4, file)
    return file


def changed(kept: Path, tmp_path: Path, change: object) -> Path:
    """A replay as it would be without a seal, as the third format was, and changed."""
    data = json.loads(kept.read_text()) | {"powerdance_replay": 3}
    data.pop("seal")
    change(data)  # type: ignore[operator]
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(data))
    return file


def test_a_replay_is_read_as_it_was_written_and_every_season_comes_out_as_noted(kept: Path, tmp_path: Path) -> None:
    replay = read_replay(kept)
    assert (replay.level.name, replay.seed, replay.policies) == (LEVEL, 4, POLICIES)
    assert replay.fault() == ""
    replay.write(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == kept.read_text()
    assert replay.game().end.digests()[0] == replay.digests[-1]


def test_another_decision_shows_in_the_season_in_which_it_was_made(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def drop(data: dict) -> None:
        season = next(one for one in data["seasons"][1:] if one["plans"]["alder"])
        season["plans"]["alder"] = []

    file = changed(kept, tmp_path, drop)
    assert main(["replay", str(file), "--verify"]) == 1
    said = capsys.readouterr().err
    assert re.fullmatch(r"season [2-8] of 8 comes out otherwise than noted\n", said)
    assert main(["replay", str(kept), "--verify"]) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.pop("seed"), 'this replay is damaged: "seed" is missing'),
        (lambda data: data.update(powerdance_replay=99), "another version"),
        (lambda data: data.update(seasons=[1]), "damaged"),
        (lambda data: data.update(seed=-1), "damaged"),
        (lambda data: data.update(seed=2**64), "damaged"),
        (lambda data: data.update(seed=True), "damaged"),
        (lambda data: data.update(rules="1"), "damaged"),
        (lambda data: data.update(level="../../secret"), "damaged"),
        (lambda data: data["level"].update(name="../../secret"), "damaged"),
        (lambda data: data["level"].update(name="C:secret"), "damaged"),
        (lambda data: data["level"].update(rulesets={"../secret": ""}), "damaged"),
        (lambda data: data["level"].update(rulesets={f"rules_{one}": "" for one in range(9)}), "damaged"),
        (lambda data: data["level"].update(text="#" * (1 << 20) + "#"), "damaged"),
        (lambda data: data.update(powerdance_replay=1, level="first_stepz"), 'did you mean "first_steps"'),
        (lambda data: data.update(powerdance_replay=1, level="../../secret"), "damaged"),
        (lambda data: data.update(powerdance_replay=True), "another version"),
        (lambda data: data.update(difficulty="hrad"), 'did you mean "hard"'),
        (lambda data: data["policies"].update(alder="wiht"), 'there is no policy "wiht" (did you mean "with"?)'),
        (lambda data: data.update(policies={"alder": "with"}), 'season 1: there is no seat "birch"'),
        (lambda data: data["policies"].update(cedar="with"), "the level has other seats: alder, birch"),
        (lambda data: data["seasons"][2].update(declines=["cedar"]), 'season 3: there is no seat "cedar"'),
        (lambda data: data["seasons"].pop(), "this is not a whole replay: it holds 7 of 8 seasons"),
        (lambda data: data.update(seasons=data["seasons"] * 2, length=16), "holds 16 seasons, the level lasts 8"),
        (lambda data: data.update(seasons=data["seasons"] * 200), "damaged"),
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


@pytest.mark.parametrize("difficulty", ["as_told", "hard"])
def test_a_replay_remembers_its_difficulty(tmp_path: Path, difficulty: str) -> None:
    file = tmp_path / "game.json"
    write_replay("first_steps", ("with", "idle"), 3, file, difficulty)
    found = read_replay(file)
    assert found.difficulty == difficulty and found.fault() == ""
    assert replace(found, difficulty="gentle").fault().startswith("season 1 of 8")


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
    file = changed(kept, tmp_path, lambda data: data.update(seasons=[], length=0))
    assert main(["ripples", str(file), "--seat", "birch", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["actions"] == data["together"] == []
    assert main(["ripples", str(file), "--seat", "birch"]) == 0
    assert capsys.readouterr().out.strip() == ""


@pytest.mark.parametrize("seasons", [0, 7])
@pytest.mark.parametrize("format_", [1, 3])
def test_a_replay_that_was_cut_off_does_not_hold(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], seasons: int, format_: int
) -> None:
    def cut(data: dict) -> None:
        data["seasons"] = data["seasons"][:seasons]
        if format_ == 1:
            data.update(powerdance_replay=1, level=LEVEL)
            del data["length"]

    assert main(["replay", str(changed(kept, tmp_path, cut)), "--verify"]) == 1
    said = capsys.readouterr()
    assert "this is not a whole replay: " in said.err and said.err.count("\n") == 1
    assert said.out == ""


def test_a_game_that_is_still_running_is_whole_when_its_length_is_noted(kept: Path, tmp_path: Path) -> None:
    file = changed(kept, tmp_path, lambda data: data.update(seasons=data["seasons"][:3], length=3))
    assert read_replay(file).fault() == ""
    assert read_replay(file).game().seasons == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("command", [["replay"], ["ripples"], ["proof"], ["why", "grass"]])
def test_a_pipe_that_never_ends_is_no_replay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert main([command[0], str(tmp_path / "pipe.json"), *command[1:]]) == 2
    assert "this is not a replay" in capsys.readouterr().err


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "large.json").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    assert main(["replay", str(tmp_path / "large.json")]) == 2
    assert "holds at most 16 MiB" in capsys.readouterr().err


def resealed(kept: Path, tmp_path: Path, change: object) -> Path:
    """A replay that was changed by somebody who left its seal as it was."""
    data = json.loads(kept.read_text())
    change(data)  # type: ignore[operator]
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return file


def test_every_change_of_a_byte_is_noticed(kept: Path, tmp_path: Path) -> None:
    raw, file = kept.read_bytes(), tmp_path / "changed.json"
    luck = random.Random(3)
    for _ in range(5):
        spot = luck.randrange(len(raw))
        file.write_bytes(raw[:spot] + bytes([raw[spot] ^ (1 << luck.randrange(7))]) + raw[spot + 1 :])
        assert main(["replay", str(file), "--verify"]) != 0, spot
    for shorter in (raw[:-1], raw + b"\n", raw.replace(b"  ", b" ", 1)):
        file.write_bytes(shorter)
        assert main(["replay", str(file), "--verify"]) == 1


def damaged(raw: bytes, luck: random.Random) -> bytes:
    """A file after something has happened to it: bits, a cut, zeros, other bytes, a part twice, nothing left."""
    one, two = sorted(luck.randrange(len(raw)) for _ in range(2))
    return luck.choice((
        raw[:one] + bytes([raw[one] ^ (1 << luck.randrange(8))]) + raw[one + 1 :],
        raw[:one],
        raw[:one] + bytes(min(512, len(raw) - one)) + raw[one + 512 :],
        raw[:one] + luck.randbytes(64) + raw[one + 64 :],
        raw[:two] + raw[one:two] + raw[two:],
        raw[:one] + raw[one : one + 9].swapcase() + raw[one + 9 :],
        b"",
    ))  # fmt: skip


@pytest.mark.parametrize("count", [300, pytest.param(5000, marks=[pytest.mark.nightly, pytest.mark.timeout(3600)])])
def test_whatever_the_damage_no_replay_is_taken_for_whole_that_is_not(count: int, kept: Path, tmp_path: Path) -> None:
    raw, file, luck, opened = kept.read_bytes(), tmp_path / "damaged.json", random.Random(count), 0
    for number in range(count):
        changed = damaged(raw, luck)
        file.write_bytes(changed)
        try:
            replay = read_replay(file)
        except PowerdanceError as error:
            assert str(error).strip(), number
            continue
        opened += 1
        assert replay.seal_broken or changed == raw, number
    assert opened > 0, "some damage leaves a replay that can be read, with a seal that does not fit"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["seasons"].pop(),
        lambda data: data["seasons"].clear(),
        lambda data: (data["seasons"].pop(), data.update(length=len(data["seasons"]))),
        lambda data: data["policies"].update(alder="idle"),
        lambda data: data.pop("seal"),
        lambda data: data.update(difficulty="hard"),
    ],
    ids=["last season", "all seasons", "last season and the length", "policies", "seal", "difficulty"],
)
def test_what_was_taken_out_or_put_in_is_noticed(kept: Path, tmp_path: Path, change: object) -> None:
    assert main(["replay", str(resealed(kept, tmp_path, change)), "--verify"]) in (1, 2)


def test_a_changed_game_still_opens_and_that_is_said(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = resealed(kept, tmp_path, lambda data: data["policies"].update(alder="idle"))
    assert main(["replay", str(file)]) == 0
    assert "its seal does not fit" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
@pytest.mark.parametrize("command", ["replay", "causes", "ripples", "proof"])
def test_pipes_and_devices_are_refused_at_once(command: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    more = ["grass"] if command == "causes" else []
    for file in (str(tmp_path / "pipe.json"), "/dev/zero", "/dev/stdin"):
        assert main([command, file, *more]) == 2
