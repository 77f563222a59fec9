"""What every level of the campaign brings beside its rules, so that none is half a level."""

from __future__ import annotations

from functools import cache

import pytest

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.level.schema import Level

NEW = 10  # from this number on a level brings more: a sound and people of its own, and loops that it names


@cache
def campaign() -> dict[str, Level]:
    """Return the levels of the campaign by their names."""
    found = [load_level(path) for path in shipped_levels()]
    return {level.id: level for level in found if level.kind == "campaign"}


def later() -> list[str]:
    return [name for name, level in campaign().items() if (level.number or 0) >= NEW]


@pytest.mark.parametrize("name", campaign())
def test_a_level_is_opened_helped_and_talked_about(name: str) -> None:
    level = campaign()[name]
    assert level.promise and level.lesson and level.emblem and level.ideas
    assert 0 < len(level.opening.split()) <= 60
    assert (
        len(level.hints) >= 2 and len(level.talk) == 3 and all(question.endswith(("?", ".")) for question in level.talk)
    )
    assert level.teacher is not None and level.teacher.age and level.teacher.minutes and level.teacher.note


@pytest.mark.parametrize("name", campaign())
def test_a_level_claims_something_that_a_control_can_break(name: str) -> None:
    claims = campaign()[name].claims
    assert len(claims) >= 3 and all(claim.control is not None for claim in claims)


@pytest.mark.parametrize("name", campaign())
def test_who_sits_where_nobody_plays_has_a_name_a_temper_and_a_sentence(name: str) -> None:
    level = campaign()[name]
    others = [seat for seat in level.seats[1:] if seat not in level.neighbours]
    assert set(others) <= set(level.people)
    assert all(person.name and person.plain for person in level.people.values())


def test_no_two_levels_wear_the_same_emblem() -> None:
    emblems = [level.emblem for level in campaign().values()]
    assert len(set(emblems)) == len(emblems)


@pytest.mark.parametrize("name", later())
def test_a_later_level_sounds_like_no_other_names_its_loops_and_is_gentle_or_hard_by_its_own_events(name: str) -> None:
    level = campaign()[name]
    assert level.sound and [one.id for one in campaign().values() if one.sound == level.sound] == [name]
    assert level.loops
    for preset in (level.difficulty.gentle, level.difficulty.hard):
        assert preset is not None and any(key.split(".")[0] in level.events for key in preset.times)
