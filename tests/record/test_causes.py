"""The command that tells why something was lost in a kept game."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.cli import main

Captured = pytest.CaptureFixture[str]


def test_both_views_are_told_in_plain_lines(kept: Path, capsys: Captured) -> None:
    assert main(["causes", str(kept), "grass"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Why did grass fall in season ") and "\nBlame: Grazing did it: -" in text
    assert "Nobody: what would have come without any deeds" in text and "What pulls at it" in text
    assert text.rstrip().endswith("Each is half of the truth.")


def test_the_numbers_add_up_as_json(kept: Path, capsys: Captured) -> None:
    assert main(["causes", str(kept), "fodder", "--community", "alder", "--season", "2", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    blame, web = data["blame"], data["web"]
    assert (data["stock"], data["season"], data["unit"]) == ("fodder", 2, "t")
    change = data["after"] - data["before"]
    assert sum(part["amount"] for part in blame["parts"]) + blame["rest"] == pytest.approx(change)
    assert blame["last"]["amount"] == min(part["amount"] for part in blame["parts"])
    assert web["start"] + web["nobody"] + sum(web["persons"].values()) == pytest.approx(web["end"])
    assert web["end"] == pytest.approx(data["after"])
    assert all(1 <= link["steps"] <= 3 and 0 < link["share"] <= 1 for link in web["links"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gras",), 'did you mean "grass"'),
        (("fodder", "--community", "aldr"), 'did you mean "alder"'),
        (("grass", "--community", "alder"), "belongs to nobody"),
        (("grass", "--season", "99"), "number 99 was asked for"),
        (("grass", "--season", "0"), "whole number from 1"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(kept: Path, capsys: Captured, words: tuple[str, ...], said: str) -> None:
    assert main(["causes", str(kept), *words]) == 2
    assert said in capsys.readouterr().err


def test_trust_is_asked_about_towards_somebody(kept: Path, capsys: Captured) -> None:
    assert main(["causes", str(kept), "trust", "--community", "alder"]) == 0
    assert " trust in the Alders " in capsys.readouterr().out
