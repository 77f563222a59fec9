"""A game as one file: it goes on elsewhere as it was, and whatever is not as it was written is refused in a line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from game.level.problems import UnreadableFile
from game.level.reader import load_level
from game.record.game_file import GAME, _seal, export_game, import_game
from game.record.saved_game import SavedGame


def game_of(**other: Any) -> SavedGame:
    level = load_level("first_steps")
    known: dict[str, Any] = {
        "people": 1, "policies": ("with", "with"), "plans": [{0: (("listen:birch",), ())}, {0: ((), None)}],
        "planned": {0: (("listen:birch",), ((0, 1, True), (1, 1, 2.5)))}, "rules": 2, "level_text": level.written,
    }  # fmt: skip
    return SavedGame("first_steps", 2**63 + 5, **(known | other))


def test_a_game_comes_back_as_it_was_written(tmp_path: Path) -> None:
    game = game_of()
    file = export_game(game, tmp_path / "new" / "folder")
    assert file.name == f"first_steps-season-3{GAME}"
    assert import_game(file) == game


def test_no_file_is_written_over_another(tmp_path: Path) -> None:
    first, second = export_game(game_of(), tmp_path), export_game(game_of(), tmp_path)
    assert first != second and import_game(first) == import_game(second)


def test_a_game_without_its_level_cannot_be_taken_along(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="older version"):
        export_game(game_of(level_text=None), tmp_path)


def forged(tmp_path: Path, **changes: Any) -> Path:
    """A file of somebody who knows how the seal is made."""
    file = export_game(game_of(), tmp_path)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["game"] |= changes
    data["seal"] = _seal(data["game"])
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"people": 3}, "other people"),
        ({"people": 0}, "damaged"),
        ({"policies": ["with"]}, "other people"),
        ({"policies": ["with", "rm"]}, "other people"),
        ({"difficulty": "brutal"}, "no difficulty"),
        ({"seed": -1}, "damaged"),
        ({"seed": 2**64}, "damaged"),
        ({"plans": [{"0": [["fly:moon"], []]}]}, 'no action "fly:moon"'),
        ({"plans": [{"1": [[], []]}]}, "does not play"),
        ({"plans": [{"0": [[], [[0, 7, True]]]}]}, "not there"),
        ({"plans": [{"0": [[], [[99, 0, True]]]}]}, "damaged"),
        ({"plans": [{"0": [[], []]}] * 50}, "it is over"),
        ({"plans": "all"}, "damaged"),
        ({"more": 1}, "damaged"),
        ({"level": {"name": "../../x", "shipped": False, "text": "", "rulesets": {}}}, "damaged"),
        ({"level": {"name": "x", "shipped": True, "text": "title: 3\n", "rulesets": {}}}, "its level does not check"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_whoever_sealed_it(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as told:
        import_game(forged(tmp_path, **changes))
    assert "\n" not in str(told.value)


def test_every_change_of_a_byte_is_noticed_or_changes_nothing(tmp_path: Path) -> None:
    game = game_of()
    file = export_game(game, tmp_path)
    whole, dice = file.read_bytes(), random.Random(5)
    refused = 0
    for _ in range(300):
        place = dice.randrange(len(whole))
        broken = bytearray(whole)
        if dice.random() < 0.3:
            del broken[place:]
        else:
            broken[place] ^= 1 << dice.randrange(8)
        file.write_bytes(broken)
        try:
            assert import_game(file) == game, "only what says nothing, such as a space, may differ"
        except UnreadableFile:
            refused += 1
    assert refused > 270


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "[" * 5000, '{"powerdance_game": 7}', '{"powerdance_game": 1}', "\x00"]
)
def test_what_is_no_game_is_told_in_a_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / f"x{GAME}"
    file.write_text(text)
    with pytest.raises(UnreadableFile):
        import_game(file)
