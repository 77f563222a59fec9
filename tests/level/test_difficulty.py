"""Presets of difficulty: what they change, and what is wrong with them, on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level.difficulty import DIFFICULTIES, at_difficulty, difficulties
from game.level.library import data_root, shipped_levels
from game.level.problems import LevelError, UnreadableFile
from game.level.reader import examine, load_level, parse_level
from game.run.batch import play
from game.sim.model import compile_level

SMALL = (data_root() / "levels" / "templates" / "small.yaml").read_text(encoding="utf-8")


def with_presets(text: str) -> str:
    return f"{SMALL}\ndifficulty:\n{text}\n"


def problems_of(text: str) -> list[tuple[int, str, str]]:
    """Return (line of the presets, code, message) of every error."""
    with pytest.raises(LevelError) as caught:
        parse_level(with_presets(text))
    above = SMALL.count("\n") + 2
    return [(one.line - above, one.code, one.message) for one in caught.value.problems]


def test_as_told_is_the_level_itself() -> None:
    level = load_level("the_shared_pasture")
    assert at_difficulty(level, "as_told") is level


def test_a_preset_multiplies_changes_and_says_how_the_others_play() -> None:
    level = parse_level(
        with_presets(
            "  hard: {plain: Rough., times: {growth: 0.9}, change: {trust.start: 0.1}, neighbours: {others: over}}"
        )
    )
    hard = at_difficulty(level, "hard")
    assert hard.numbers["growth"].value == pytest.approx(0.9 * level.numbers["growth"].value)
    assert hard.stocks["trust"].start == 0.1
    assert set(hard.default_policies()) == {"over"}
    assert hard.claims == level.claims and level.numbers["growth"].value != hard.numbers["growth"].value


def test_what_is_multiplied_stays_within_its_bounds() -> None:
    level = parse_level(with_presets("  gentle: {times: {growth: 50, trust.start: 50, drought.chance: 50}}"))
    gentle = at_difficulty(level, "gentle")
    assert gentle.numbers["growth"].value == level.numbers["growth"].high
    assert gentle.stocks["trust"].start == 1.0
    assert gentle.events["drought"].chance == 1.0


def test_a_level_changes_one_preset_of_its_rules_and_keeps_the_other() -> None:
    level = parse_level(with_presets("  hard: {times: {growth: 0.7}}"))
    rules = load_level("first_steps").difficulty
    assert level.difficulty.gentle == rules.gentle
    assert level.difficulty.hard is not None and rules.hard is not None
    assert level.difficulty.hard.times == {"growth": 0.7}
    assert level.difficulty.hard.plain == rules.hard.plain


@pytest.mark.parametrize(
    ("text", "line", "code", "said"),
    [
        ("  hard: {times: {grwth: 0.9}}", 1, "unknown-name", "growth"),
        ("  gentle:\n    times:\n      growth: 0.9\n      trust.strt: 0.9", 4, "wrong-type", "trust.strt"),
        ("  hard: {change: {trust.start: 9}}", 1, "out-of-range", "trust"),
        ("  hard:\n    change:\n      grazing.rate: herd * nonsense", 3, "unknown-name", "nonsense"),
        ("  hard: {neighbours: {others: ovr}}", 1, "unknown-name", "over"),
        ("  hard: {neighbours: {nobody: over}}", 1, "unknown-name", "seat"),
        ("  hard: {times: {growth: -1}}", 1, "out-of-range", "growth"),
        ("  hrad: {times: {growth: 0.9}}", 1, "unknown-key", "hard"),
        ("  hard: {times: {grazing.rate: 2}}", 1, "wrong-type", "grazing.rate"),
    ],
)
def test_what_does_not_fit_is_named_where_it_stands(text: str, line: int, code: str, said: str) -> None:
    found = problems_of(text)
    assert any(at == line and kind == code and said in message for at, kind, message in found), found


def test_a_ruleset_is_checked_by_itself(tmp_path: Path) -> None:
    text = (data_root() / "levels" / "rules" / "village.yaml").read_text(encoding="utf-8")
    file = tmp_path / "village.yaml"
    file.write_text(
        text.replace("felling: 1.15", "fellin: 1.15").replace("lift: 0.95}", "lift: 0.95}\n    neighbours: {elm: over}")
    )
    codes = {(problem.code, problem.line) for problem in examine(file).problems if problem.severity == "error"}
    lines = file.read_text().split("\n")
    at = next(number for number, row in enumerate(lines, 1) if "fellin:" in row)
    assert ("unknown-name", at) in codes
    assert len(codes) == 2, "a ruleset knows no seats"


def test_an_unknown_difficulty_names_those_there_are() -> None:
    with pytest.raises(UnreadableFile, match="as_told"):
        at_difficulty(load_level("first_steps"), "easy")


@pytest.mark.parametrize("file", shipped_levels(), ids=lambda file: file.stem)
def test_every_shipped_level_stands_at_every_difficulty(file: Path) -> None:
    level = load_level(file)
    found = difficulties(level)
    assert list(found) == [name for name in DIFFICULTIES if name in found] and "as_told" in found
    for name in found:
        compile_level(at_difficulty(level, name))


def test_hard_is_harder_and_gentle_not_harder_than_told() -> None:
    level = load_level("two_villages_one_river")
    wins = {}
    for name in DIFFICULTIES:
        model = compile_level(at_difficulty(level, name))
        wins[name] = play(model, ("with",) * 3, range(12)).wins
    assert wins["hard"] < wins["as_told"] <= wins["gentle"]
    assert wins["hard"] > 0, "hard, and not hopeless"
