"""Heads tell of a level what the level tells of itself, without its being read and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level import heads
from game.level.heads import Head, heads_now, read_beside, whole
from game.level.library import shipped_levels
from game.level.reader import load_level

TOLD = ("id", "title", "kind", "number", "emblem", "promise")


def test_every_level_is_as_its_head_says() -> None:
    found = heads_now()
    assert {one.file for one in found} == set(shipped_levels())
    for head in found:
        level = load_level(str(head.file))
        assert [getattr(head, name) for name in TOLD] == [getattr(level, name) for name in TOLD]
        assert head.seasons.count == level.seasons.count


def test_the_campaign_comes_first_and_in_its_order() -> None:
    found = heads_now()
    campaign = [one.number for one in found if one.kind == "campaign"]
    assert campaign == sorted(campaign, key=lambda one: one or 0)
    assert [one.kind for one in found[: len(campaign)]] == ["campaign"] * len(campaign)


def test_no_level_is_checked_for_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(name: str) -> None:
        raise AssertionError(f"{name} is read whole")

    monkeypatch.setattr(heads, "load_level", never)
    heads._head.cache_clear()
    assert len(heads_now()) == len(shipped_levels())


@pytest.mark.parametrize("text", ["title: [", "- a", "kind: campaign\n", "", "title: 7\nkind: nonsense\n"])
def test_a_file_that_is_no_level_has_no_head_and_breaks_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text)
    assert heads._head(file, 0) is None


def test_a_head_with_strange_values_is_told_as_far_as_it_can_be_and_its_level_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("title: A\nkind: nonsense\nnumber: one\nseasons: {count: -3}\n")
    head = heads._head(file, 0)
    assert isinstance(head, Head) and head.kind == "example" and head.number is None and head.seasons.count == 20
    assert whole([head]) == []


def test_levels_are_read_beside_the_menu_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(heads, "load_level", read.append)
    read_beside(heads_now()).join(20.0)
    assert read == [str(one.file) for one in heads_now()]


def test_reading_beside_stops_with_the_program_and_is_no_daemon(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(heads, "load_level", lambda file: (read.append(file), reading.stop()))
    reading = heads.Reading(heads_now())
    assert not reading.daemon
    reading.start()
    reading.join(20.0)
    assert not reading.is_alive() and len(read) == 1
