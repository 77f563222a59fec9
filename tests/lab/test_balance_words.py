"""How a claim is headed where its control bears it out as well."""

from __future__ import annotations

import pytest

from game.lab.balance_words import verdict_word
from game.run.claims import Verdict


def verdict(holds: bool, undecided: bool, control_fails: bool, control_open: bool) -> Verdict:
    return Verdict(
        "it", "It is so.", 1.0, (0.88, 1.0), "at least 0.9", holds, 1.0, "at most 0.3", control_fails, 30, 30,
        open=undecided, control_open=control_open,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (verdict(True, False, True, False), "holds"),
        (verdict(False, True, True, False), "open"),
        (verdict(False, True, False, True), "open"),
        (verdict(True, False, False, False), "SHOWS NOTHING"),
        (verdict(False, True, False, False), "SHOWS NOTHING"),
        (verdict(False, False, False, False), "FAILS"),
    ],
)
def test_more_seeds_are_asked_for_only_where_they_could_help(found: Verdict, word: str) -> None:
    assert verdict_word(found) == word
