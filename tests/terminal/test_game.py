"""Whole games over a plain pipe: lines in, text out."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from game.commands.usage import seat_policies
from game.level.library import data_root
from game.level.reader import load_level, parse_level
from game.playing import standstill
from game.terminal.game import play

ROOT = Path(__file__).resolve().parents[2]
END = ["end"]


loaded_once = cache(load_level)


def transcript(
    lines: list[str], level: str = "the_shared_pasture", people: int = 1, seed: int = 3, policy: str = "with"
) -> str:
    """Return everything a game prints when these lines come in."""
    loaded, written = loaded_once(level), io.StringIO()
    status = play(
        loaded,
        level,
        people,
        seed,
        seat_policies(policy, loaded.seats),
        policy,
        io.StringIO("".join(f"{line}\n" for line in lines)),
        written,
    )
    assert status == 0
    return written.getvalue()


def piped(lines: list[str], *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "game", "play", "--terminal", *words],
        input="\n".join(lines) + "\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def seasons_told(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"--- Season (\d+),", text)]


def test_the_numbers_that_a_level_watches_are_those_of_the_window_and_no_others() -> None:
    """By the river nobody looks at the grass: the weir, the water, the crops and the grain are what it is about."""
    text = transcript(["end"], "two_villages_one_river")
    heads = [line for line in text.splitlines() if "; Water " in line]
    assert len(heads) >= 2 and all(line.startswith("The weir ") and "; Crops " in line for line in heads)
    assert "grass" not in text.split("Write a number to plan")[0].lower()


def test_the_first_minute() -> None:
    text = transcript([])
    assert text.startswith("The shared pasture\n")
    assert "You speak for the Alders." in text
    assert "Write a number to plan an action" in text and "A first idea:" in text
    assert "Season 1 of 24, spring of year 1.\n" in text and "\nGrass " in text
    assert "DOMINATE" in text and "PARTNER" in text and "NEITHER" in text
    assert "The input has ended" in text and "powerdance play the_shared_pasture --terminal --seed 3" in text


def test_a_whole_game_taking_all_one_can_is_lost_and_says_why() -> None:
    text = transcript(["1", "1", "2 b1", "end"] * 24, policy="over")
    assert "LOST in season" in text and "Nothing is left to graze." in text
    assert "Not reached: At the end the common has been at least half green" in text
    assert "it held last in season" in text
    assert "To talk about:" in text and "What did the fence cost, and whom?" in text
    told = seasons_told(text)
    assert told == list(range(1, told[-1] + 1)) and told[-1] < 24
    chart = next(line for line in text.splitlines() if line.startswith("  grass "))
    assert len(chart.split()[1]) == told[-1] + 1


def test_a_whole_game_of_listening_and_agreeing_is_won() -> None:
    season = ["yes 1", "yes 2", "yes 3", "7", "8", "6 birch", "6 cedar", "6 dale", "end"]
    text = transcript([*["6 birch", "6 cedar", "6 dale", "end"], *season * 23])
    assert "WON after 24 seasons: every goal is reached." in text
    assert "Reached: At the end the common has been at least half green" in text
    assert seasons_told(text) == list(range(1, 25))
    assert "New in your codex: dialogue - Ask and listen" in text
    assert 'now part of "Agree a ration" with' in text


def test_the_season_is_told_with_its_ledger_and_what_is_on_its_way() -> None:
    text = transcript(["1", "6 birch", "end"])
    assert "You: Two more cows - done." in text
    assert "the season run again without it" in text
    assert (
        re.search(r"\* Two more cows: your \w+ -\d.*, the price of 2 t included", text)
        and "besides: your herd +" in text
    )
    assert "what you know of the Birches +0." in text
    assert "On its way, whatever happens: +1 animal in season 5." in text


def test_what_is_on_its_way_is_told_whenever_it_is_asked() -> None:
    text = transcript(["1", "end", "coming"]).split("On its way, whatever happens:\n")[-1]
    assert "Your herd: +1 animal in season 5. They bear a calf." in text
    assert "If nobody acted any more (imagined 40 times" in text and " of 40 times" in text.replace("\n   ", "")


def test_what_goes_wrong_while_looking_ahead_is_told_and_may_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = standstill.stopped_bit_by_bit
    faults = [ArithmeticError("out of hay")]

    def once(*asked: object) -> object:
        if faults:
            raise faults.pop()
        return found(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(standstill, "stopped_bit_by_bit", once)
    first, second = transcript(["coming", "coming"]).split("On its way, whatever happens:\n")[1:]
    assert "This could not be worked out (ArithmeticError: out of hay)." in first and 'Write "coming"' in first
    assert "If nobody acted any more" in second


def test_a_refusal_is_told_with_who_and_why() -> None:
    text = transcript(["7", "end"])
    assert re.search(r"Agree a ration - (declined|done): .*no from Birches", text.replace("\n  ", " "))
    assert "Birches: you have not asked lately what they need." in text.replace("\n  ", " ")


def test_asking_first_turns_the_answer_before_the_season_ends() -> None:
    text = transcript(["7", "undo", "6 birch", "7"])
    first, second = text.split("1. Agree a ration")[1], text.split("2. Agree a ration")[1]
    assert re.search(r"\bno: Birches \(", first.split("left")[0])
    assert re.search(r"yes: Birches", second.split("left")[0])
    assert "wants ?" in text and "wants news" not in text  # what was only planned has told nothing


def test_undo_redo_move_and_drop() -> None:
    text = transcript(
        [
            "1",
            "6 birch",
            "rest",
            "undo",
            "redo",
            "move 3 1",
            "drop 2",
            "undo",
            "undo",
            "undo",
            "undo",
            "undo",
            "undo",
            "redo",
        ]
    )
    plans = [re.findall(r"^  \d\. (\w+)", part.split("left")[0], re.M) for part in text.split("Your plan:")[1:]]
    assert plans == [
        ["Two"],
        ["Two", "Ask"],
        ["Two", "Ask", "Rest"],
        ["Two", "Ask"],
        ["Two", "Ask", "Rest"],
        ["Rest", "Two", "Ask"],
        ["Rest", "Ask"],
        ["Rest", "Two", "Ask"],
        ["Two", "Ask", "Rest"],
        ["Two", "Ask"],
        ["Two"],
        ["Two"],
    ]
    assert "Nothing planned yet." in text and "There is nothing to undo" in text
    assert "3 days left" in text and "2 days left" in text


def test_what_cannot_be_paid_is_told_before_it_is_planned() -> None:
    text = transcript(["6 birch", "7", "6 cedar", "8"])
    assert '"Watch together" is not possible: ' in text
    assert "4. Watch together" not in text and "0 days left." in text


def test_what_is_planned_as_often_as_a_season_allows_is_told_and_not_planned_again() -> None:
    text = transcript(["6 birch", "6 birch"])
    said = " ".join(text.split())
    assert '"Ask and listen (Birches)" is not possible: that is more often than one season allows.' in said
    assert "2. Ask and listen" not in text


def test_nothing_is_final_before_the_season_ends() -> None:
    assert transcript(["1", "undo", "end"]).split("--- Season 1")[1] == transcript(["end"]).split("--- Season 1")[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("foo", 'I do not understand "foo"'),
        ("ennd", 'Did you mean "end"?'),
        ("99", "numbered from 1 to"),
        ("6", 'With whom? For example "6 '),
        ("6 brich", 'did you mean "6 birch"?'),
        ("6 alder", "no target"),
        ("2 z9", "Possible: a1, b1"),
        ("fence", "Where?"),
        ("drop 7", "drop 2"),
        ("move 1", "move 3 1"),
        ("why gras", 'Did you mean "why grass"?'),
        ("why 99,99", "24 tiles wide"),
        ("yes 7", "Nobody has offered you anything"),
        ("listen birch please", "no target"),
        ("1 2 3", "needs nothing behind it"),
        ("é ü \x00", "I do not understand"),
        ("help 99", "no action 99"),
        ("9" * 5000, "numbered from 1 to"),
        ("why " + "x" * 5000, "I know no"),
    ],
)
def test_what_is_not_understood_gets_a_line_of_help(line: str, said: str) -> None:
    before, after = transcript([]), transcript([line])
    new = after.split("A first idea:")[1].replace("\n", " ")
    assert said in new
    assert len(after.splitlines()) - len(before.splitlines()) <= 5


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("why", "Grass everywhere:"),
        ("why me", "in your barn:"),
        ("why birch", "Birches' barn"),
        ("why b1", "Used by Alders"),
        ("why 10,5", "Tile 10,5 in plot b1: pasture."),
        ("why 1,1", "Here live the Alders."),
        ("why trust", "How far the first believes"),
        ("why soil", "Soil 0."),
        ("why fence b1", "more: Birches, Cedars and Dales would resist"),
        ("why fence b1", "! Done to people: they feel it and will answer in their own way."),
        ("why fence b1", "! [#######---] How much harm it may do: 68 of 100. It calls for care."),
        ("why fence b1", "+ Protest can still stop it: 4 %."),
        ("why 7", "no: Birches"),
        ("who", "you trust them"),
        ("goals", "0 of 4 seasons so far"),
        ("board", "A^ Alders"),
        ("help", "end the season"),
        ("help 8", "Count the herds together"),
        ("listen birch", "1. Ask and listen (Birches)"),
        ("fence_off b1", "1. Fence it off (b1)"),
        ("Ask and listen to the birches", "Ask and listen"),
        ("letters", "Nobody has offered you anything"),
        ("7 cedar", "Agree a ration (Cedars)"),
        ("look", "DOMINATE"),
    ],
)
def test_what_can_be_asked_and_said(line: str, said: str) -> None:
    assert said in transcript([line]).split("A first idea:", 1)[1]


def test_why_after_a_season_tells_flows_by_people_and_where_it_leads() -> None:
    text = transcript(["end"] * 4 + ["why", "why b1", "why me", "why birch"], policy="over")
    grass = text.split("Grass everywhere:")[1]
    assert re.search(r"regrowth \+\d", grass) and re.search(r"grazing -\d+.*: \w+ \d", grass)
    assert "together -" in grass and "At this pace bare in" in grass
    assert re.search(r"feeding -\d", text)


def test_every_line_fits_eighty_columns() -> None:
    text = transcript(
        [
            "help",
            "who",
            "why",
            "why me",
            "why 2 b1",
            "1",
            "2 b1",
            "6 birch",
            "7",
            "end",
            *["7", "8", "end"] * 3,
            "why b1",
            "end",
        ]
        * 2,
        policy="mixed",
    )
    assert max(len(line) for line in text.splitlines()) <= 80


def test_several_people_take_turns_and_know_only_what_they_asked() -> None:
    text = transcript(["6 birch", "end", "1", "end"], people=2)
    assert (
        text.index("Now the Alders play")
        < text.index("Now the Birches play")
        < text.index("Season 1, spring of year 1, is over")
    )
    second = text.split("Season 2 of 24")
    assert len(second) == 3 or "Season 2 of 24" in text
    assert "Ledger of Alders" in text and "Ledger of Birches" in text
    assert "--players 2" in text
    alders = text.split("is over ---")[1].split("Now the Alders play")[1]
    assert re.search(r"B Birches .*\n.* \d\.\d\d, wants ", alders) and "wants ?" in alders


def test_the_same_seed_is_the_same_game() -> None:
    lines = ["6 birch", "end", "7", "1", "end"]
    assert transcript(lines, seed=11) == transcript(lines, seed=11)
    assert transcript(lines, seed=11) != transcript(lines, seed=12)


def test_a_hint_comes_only_when_nothing_moves() -> None:
    assert "Hint:" not in transcript(END * 3)
    assert "Hint: " in transcript(END * 8, policy="over")


def test_events_are_announced_with_odds() -> None:
    text = transcript(END * 10, seed=2)
    assert "! Dry winds. Perhaps no rain (1 in 3)." in text
    assert "Drought! The clouds stay away, and less grass grows." in text or "this time it did not come" in text


# -- through a real process ----------------------------------------------------------------------------


def test_a_pipe_gets_plain_text_no_prompts_and_a_polite_end() -> None:
    done = piped(["1", "end"], "--seed", "4")
    assert done.returncode == 0 and done.stderr == ""
    assert "\x1b" not in done.stdout and "season 1>" not in done.stdout
    assert "Season 2 of 24" in done.stdout and done.stdout.endswith(
        "powerdance play the_shared_pasture --terminal --seed 4\n"
    )


def test_quit_over_a_pipe_asks_nothing() -> None:
    done = piped(["quit"], "--seed", "4", "--policy", "over")
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("powerdance play the_shared_pasture --terminal --seed 4 --policy over")


def test_an_old_terminal_without_unicode_gets_ascii() -> None:
    done = piped(["end", "why"], "--seed", "4", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and done.stdout.isascii() and not re.search(r"\?\?|\w\?\w", done.stdout)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00end\n", b"end\r\nend\r\n", b"\n\n\n", b"end"])
def test_odd_bytes_do_no_harm(raw: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "game", "play", "--terminal", "--seed", "1"],
        input=raw,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 and done.stderr == b""


@pytest.mark.parametrize("columns", [10, 30, 60, 128])
def test_maps_of_every_width_fit(columns: int, tmp_path: Path) -> None:
    text = (data_root() / "levels" / "templates" / "small.yaml").read_text(encoding="utf-8")
    wide = text.replace("....\n    A...", f"....{'.' * (columns - 10)}\n    A...")
    lines = wide.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("  rows:")) + 1
    for number in range(start, start + 6):
        lines[number] = lines[number].ljust(columns + 4, ".")
    level = parse_level("\n".join(lines), str(tmp_path / "wide.yaml"))
    written = io.StringIO()
    play(level, "wide", 1, 1, ("with", "with"), "with", io.StringIO("2 a1\nend\nboard\n"), written)
    assert max(len(line) for line in written.getvalue().splitlines()) <= 80


def test_the_first_words_say_who_wrote_a_level_and_what_may_be_done_with_it(tmp_path: Path) -> None:
    text = (data_root() / "levels" / "templates" / "small.yaml").read_text(encoding="utf-8")
    level = parse_level(f"author: Mia Tal\nlicence: CC BY 4.0\n{text}", str(tmp_path / "own.yaml"))
    written = io.StringIO()
    play(level, "own", 1, 1, ("with", "with"), "with", io.StringIO(""), written)
    assert written.getvalue().splitlines()[:2] == [level.title, "by Mia Tal, CC BY 4.0"]


def test_help_tells_what_a_card_of_the_window_shows() -> None:
    """Its text, what it costs, and what the rules make of it now: what it moves, what grows, what comes later."""
    fence, listen, watch = transcript(["help 2"]), transcript(["help 6"]), transcript(["help 8"])
    assert "Put up a fence." in fence and "It costs 2.8 days. Now it brings, most at b2: hay +4." in fence
    assert "Now it brings" in listen and "trust" in listen.rpartition("Now it brings")[2]
    assert "Now it brings" not in watch
