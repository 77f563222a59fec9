"""Names in other scripts: drawn with a font that has their letters, and told where no font has them."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.cli import main
from game.screen.kit import scripts
from game.screen.kit.lettering import font, rendered, width_of
from game.screen.kit.scripts import missing, pieces

INK = (20, 20, 20)
NOWHERE = "\U0002fa1d\ue123"  # a rare sign, and one that nobody has given a meaning


@pytest.fixture(autouse=True)
def _fonts() -> None:
    pygame.font.init()


@pytest.fixture
def only_our_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer that has no font but the one the game brings."""
    for cached in (scripts.pieces, scripts.font_of):
        cached.cache_clear()
    monkeypatch.setattr(scripts, "_others", lambda: ())
    yield
    for cached in (scripts.pieces, scripts.font_of):
        cached.cache_clear()


def test_latin_greek_and_cyrillic_are_drawn_as_one_piece_by_the_font_of_the_game() -> None:
    for text in ("The Alders", "Große Höhe", "Деревня", "Χωριό", "a – b … “c” → d"):
        assert [piece.font for piece in pieces(text)] == [None] and missing(text) == ""
        assert width_of(text, 15, False) == font(15, False).size(text)[0]


def test_a_text_is_whole_in_its_pieces_whatever_it_holds() -> None:
    for text in ("東京 and שלום עולם x", " مرحبا ", "\u3000a\u3000", "🐄🐄 cow", NOWHERE):
        assert "".join(piece.text for piece in pieces(text)) == text
        line = rendered(text, 15, False, INK)
        assert line.get_height() == font(15, False).render("x", True, INK).get_height()
        assert line.get_width() >= width_of(text, 15, False) > 0


def test_words_of_a_script_that_runs_leftward_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(piece.text, piece.script, piece.leftward) for piece in pieces("An שלום עולם and מרחב")]
    assert found == [
        ("An ", "", False), ("שלום עולם", "Hebr", True), (" and ", "", False), ("מרחב", "Hebr", True),
    ]  # fmt: skip


def test_what_no_font_has_is_told_letter_by_letter(only_our_font: None) -> None:
    assert missing("Große 東京, 東") == "東京"
    assert missing("Деревня x") == ""


def test_check_names_letters_that_cannot_be_shown_at_their_place(
    only_our_font: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = Path(__file__).resolve().parents[2] / "levels" / "campaign" / "first_steps.yaml"
    file = tmp_path / "level.yaml"
    text = shipped.read_text(encoding="utf-8").replace("title: First steps", "# 京 in a remark\ntitle: 東 steps")
    file.write_text(text, encoding="utf-8")
    assert main(["check", "--no-run", str(file)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "no font" in line]
    row = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("title"))
    assert len(told) == 1 and f"level.yaml:{row}:8: warning" in told[0] and "東" in told[0] and "京" not in told[0]
