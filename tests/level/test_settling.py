"""Stocks that nothing holds: found by reading the rules, and by forty seasons in which nobody acts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main
from game.level.library import data_root
from game.level.problems import Problem
from game.level.reader import examine
from tests.sim.levels import level_text

POND = "fish: {at: world, kind: matter, range: [0, 100], start: 20, plain: Fish.}"
MOOD = "mood: {at: community, kind: state, range: [0, 1], start: 0.5, plain: Moods.}"
HOME = '".": {terrain: ground, users: [ann], home: ann}'
CHEER = '{mode: with, family: care, target: me, plain: Cheer., now: [{of: "mood[me]", add: 0.1}]}'
Captured = pytest.CaptureFixture[str]


def body(stock: str, flows: str = "", influences: str = "", more: str = "") -> str:
    text = f"stocks:\n  {stock}\n"
    text += f"flows:\n  {flows}\n" if flows else ""
    text += f"influences:\n  {influences}\n" if influences else ""
    return text + more


def flow(name: str, way: str, rate: str) -> str:
    return f'{name}: {{{way}, rate: "{rate}", plain: It moves.}}'


def drift(change: str, of: str = "mood") -> str:
    return f'drift: {{of: {of}, change: "{change}", plain: It drifts.}}'


def read(folder: Path, text: str) -> tuple[Problem, ...]:
    file = folder / "tiny.yaml"
    file.write_text(level_text(text, legend=HOME), encoding="utf-8")
    return examine(file).problems


def tried(folder: Path, text: str, capsys: Captured, *options: str) -> list[dict[str, object]]:
    read(folder, text)
    assert main(["check", "--json", *options, str(folder / "tiny.yaml")]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


# -- read off the rules ------------------------------------------------------------------------------

IN, OUT = "from: outside, to: fish", "from: fish, to: outside"

UNBALANCED = {
    "a steady stream in": body(POND, flow("come", IN, "2")),
    "a stream in that grows with it": body(POND, flow("come", IN, "0.1 * fish")),
    "a stream out that does not ask how much there is": body(
        POND, flow("come", IN, "2") + "\n  " + flow("go", OUT, "1.5")
    ),
    "a state that only rises": body(MOOD, influences=drift("0.01")),
    "a state that only sinks": body(MOOD, influences=drift("0 - 0.01")),
    "a state that strengthens itself": body(MOOD, influences=drift("0.1 * mean(mood) - 0.02")),
}
BALANCED = {
    "a share that goes": body(POND, flow("come", IN, "2") + "\n  " + flow("go", OUT, "0.1 * fish")),
    "growth that slows down": body(POND, flow("come", IN, "0.2 * fish * (1 - fish / 100)")),
    "growth that stops at a point of a curve": body(POND, flow("come", IN, "curve(fish, [[0, 3], [50, 0]])")),
    "a way back to a middle": body(MOOD, influences=drift("0.1 * (0.4 - mood)")),
    "a limit that bites in one case only": body(MOOD, influences=drift("if(season > 5 and mood > 0.6, -0.1, 0.05)")),
    "what a flow out of it met": body(
        POND,
        flow("come", IN, "1 - met(go)") + "\n  " + flow("go", OUT, "5"),
    ),
    "what nothing moves": body(MOOD),
    "matter that is only taken away": body(POND, flow("go", OUT, "1.5")),
    "what only actions change": body(MOOD, more=f"actions: {{cheer: {CHEER}}}"),
}


@pytest.mark.parametrize("text", UNBALANCED.values(), ids=UNBALANCED)
def test_a_stock_without_a_balancing_flow_is_named_at_its_place(text: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, text)
    whole = (tmp_path / "tiny.yaml").read_text(encoding="utf-8").splitlines()
    assert (found.severity, found.code) == ("warning", "no-balancing-flow")
    assert whole[found.line - 1][found.column - 1 :].startswith(("fish:", "mood:"))
    assert str(found).startswith(f"{tmp_path / 'tiny.yaml'}:{found.line}:{found.column}: warning: ")
    assert "0.05 *" in found.message and "unbalanced: a reason" in found.message


@pytest.mark.parametrize("text", BALANCED.values(), ids=BALANCED)
def test_a_stock_that_something_holds_is_not(text: str, tmp_path: Path) -> None:
    assert [problem for problem in read(tmp_path, text) if problem.code == "no-balancing-flow"] == []


def test_a_reason_in_words_silences_both(tmp_path: Path, capsys: Captured) -> None:
    text = body(POND.replace("Fish.", "Fish., unbalanced: the rain fills it"), flow("come", IN, "2"))
    assert tried(tmp_path, text, capsys) == []


# -- found by a run ----------------------------------------------------------------------------------

RUNNING_OUT = flow("come", IN, "0.01 * fish") + "\n  " + flow("go", OUT, "0.4 * fish")
RUNNING_OVER = flow("come", IN, "9") + "\n  " + flow("go", OUT, "0.01 * fish")
SETTLING = flow("come", IN, "2") + "\n  " + flow("go", OUT, "0.1 * fish")
FULL = flow("come", IN, "0.4 * fish * (1 - fish / 100)")  # comes to rest where the range ends
SLOW = flow("come", IN, "0.3") + "\n  " + flow("go", OUT, "0.01 * fish")


def test_a_stock_that_runs_out_is_named_with_season_and_bound(tmp_path: Path, capsys: Captured) -> None:
    (found,) = tried(tmp_path, body(POND, RUNNING_OUT), capsys)
    assert (found["code"], found["severity"]) == ("does-not-settle", "warning")
    assert '"fish" comes to its lower bound 0 by season' in str(found["message"])
    assert str(found["message"]).startswith("in tiny, ")
    whole = (tmp_path / "tiny.yaml").read_text(encoding="utf-8").splitlines()
    assert whole[int(str(found["line"])) - 1][int(str(found["column"])) - 1 :].startswith("fish:")


def test_turns_are_called_as_the_level_calls_them(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "weekly.yaml"
    whole = level_text(body(POND, RUNNING_OUT), legend=HOME)
    file.write_text(whole.replace("seasons: {count", "seasons: {name: week, count"), encoding="utf-8")
    assert main(["check", str(file)]) == 0
    assert '"fish" comes to its lower bound 0 by week' in capsys.readouterr().out


def test_a_stock_that_runs_over_is_named_with_its_upper_bound(tmp_path: Path, capsys: Captured) -> None:
    (found,) = tried(tmp_path, body(POND, RUNNING_OVER), capsys)
    assert "upper bound 100 by season" in str(found["message"])


def test_a_stock_that_still_drifts_at_the_end_is_named(tmp_path: Path, capsys: Captured) -> None:
    drifting = flow("come", IN, "0.03 * fish") + "\n  " + flow("go", OUT, "0.0001 * fish * fish")
    (found,) = tried(tmp_path, body(POND.replace("start: 20", "start: 8"), drifting), capsys)
    assert "still runs towards its upper bound 100 in season 40" in str(found["message"])


def test_a_fault_that_only_another_start_shows_is_found(tmp_path: Path, capsys: Captured) -> None:
    tipping = drift("0.4 * (mood - 0.5) * (1.2 - mood)")
    (found,) = tried(tmp_path, body(MOOD, influences=tipping), capsys)
    assert "from half of its start" in str(found["message"])


@pytest.mark.parametrize("flows", [SETTLING, SLOW, FULL], ids=["soon", "slowly", "at the end of its range"])
def test_a_stock_that_settles_is_not_named(flows: str, tmp_path: Path, capsys: Captured) -> None:
    assert tried(tmp_path, body(POND, flows), capsys) == []


def test_what_only_actions_raise_may_sink_and_what_actions_cost_may_pile_up(tmp_path: Path, capsys: Captured) -> None:
    sinking = body(MOOD, influences=drift("0 - 0.3 * mood"))
    assert tried(tmp_path, sinking, capsys) == []
    sing = "actions:\n  sing: {mode: with, family: care, target: me, plain: Sing., cost: {mood: 0.1}}"
    rising = body(MOOD, influences=drift("0.3 - 0.1 * mood"), more=sing)
    assert tried(tmp_path, rising, capsys) == []
    (found,) = tried(tmp_path, body(MOOD, influences=drift("0.3 - 0.1 * mood")), capsys)
    assert '"mood" of ann comes to its upper bound 1' in str(found["message"])


def test_the_run_can_be_left_out(tmp_path: Path, capsys: Captured) -> None:
    assert tried(tmp_path, body(POND, RUNNING_OUT), capsys, "--no-run") == []


def test_a_level_with_errors_is_not_run(tmp_path: Path, capsys: Captured) -> None:
    read(tmp_path, body(POND, RUNNING_OUT) + "leson: x\n")
    assert main(["check", "--json", str(tmp_path / "tiny.yaml")]) == 1
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)] == ["unknown-key"]


@pytest.mark.parametrize("level", ["the_shared_pasture", "two_villages_one_river"])
def test_a_level_of_the_campaign_settles_or_says_why_not(level: str, capsys: Captured) -> None:
    assert main(["check", level]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.nightly
def test_every_shipped_level_settles_or_says_why_not(capsys: Captured) -> None:
    assert main(["check", str(data_root() / "levels")]) == 0
    assert capsys.readouterr().out == ""
