"""Stepping back: the same game up to a season, and from there on what was decided otherwise, and nothing else."""

from __future__ import annotations

import pytest

import game as powerdance
from game.playing.branches import Course, branch, deeds_line, rows
from game.playing.session import Session
from game.sim.model import Model
from tests.sim.levels import candidate


@pytest.fixture(scope="module")
def village() -> Model:
    return powerdance.compile_level(powerdance.load_level("nail_and_barn"))


@pytest.fixture(scope="module")
def played(village: Model) -> Session:
    session = Session(village, 11, 1, village.level.default_policies())
    for season in range(4):
        session.add(candidate(village, "talk", ("elm", "fir", "oak", "elm")[season]))
        session.end_turn()
    return session


def test_a_branch_is_the_same_game_up_to_its_season(played: Session) -> None:
    again = branch(played, 3)
    assert again.world.digest() == Course(played).world(3).digest()
    assert [one.dials for one in again.history] == [one.dials for one in played.history[:4]]
    assert again.tried == [deed for deed in played.tried if deed.season < 3]
    assert again.families == played.families and again.last is not None
    assert (again.origin, again.branched_at) == (played, 3)


def test_the_same_decisions_lead_to_the_same_end(played: Session, village: Model) -> None:
    again = branch(played, 3)
    again.add(candidate(village, "talk", "elm"))
    again.end_turn()
    assert again.world.digest() == played.world.digest()
    assert all(row.better == 0 and row.first == row.second for row in rows(played, again, 4))


def test_other_decisions_show_side_by_side(played: Session, village: Model) -> None:
    again = branch(played, 2)
    for _ in range(2):
        again.add(candidate(village, "hammer"))
        again.end_turn()
    found = {row.name: row for row in rows(played, again, 4)}
    own = next(row for name, row in found.items() if name.startswith("Your"))
    assert own.better == 1 and own.first != own.second
    assert all(row.better == 0 for row in rows(played, again, 2))


def test_a_branch_from_the_start_has_no_report_yet(played: Session) -> None:
    again = branch(played, 0)
    assert again.last is None and again.world.season == 0 and len(again.history) == 1


def test_the_game_branched_off_is_left_as_it_was(played: Session, village: Model) -> None:
    before = played.world.digest()
    again = branch(played, 1)
    again.end_turn()
    assert played.world.digest() == before and len(played.plans) == 4


def test_what_was_done_in_a_season_is_told(played: Session) -> None:
    assert deeds_line(played, 0) == "Sit and talk (Elms)"
    assert deeds_line(played, 9) == ""
