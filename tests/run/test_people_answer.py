"""Whether people answer to partnering and to force, with a control in which nobody remembers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from game.cli import main
from game.level.reader import load_level, parse_level
from game.level.schema import Level
from game.run.answers_told import Friends, PersonAnswer
from game.run.deeds import able, tried_by
from game.run.finished_blocks import FinishedBlocks
from game.run.people_answer import measure_people, people_games
from game.sim.actions import Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World
from tests.run.yard import STREET, YARD, yard

SEEDS = range(40)


def the_neighbour(level: Level) -> PersonAnswer:
    found = measure_people(level, SEEDS)
    assert found is not None
    (one,) = found.people
    return one


def test_a_neighbour_takes_after_force_and_not_after_partnering() -> None:
    one = the_neighbour(yard())
    assert one.person == "you" and one.games == len(SEEDS)
    assert one.partnered == 0.0 and one.forced > 0.5
    assert one.share >= 0.9 and one.answers


def test_each_neighbour_is_asked_about_what_was_taken_from_it_and_not_from_another() -> None:
    # Both have bread to take; without an aim the first seat would take from one of them alone.
    level = parse_level(STREET)
    found = measure_people(level, SEEDS)
    assert found is not None
    assert [one.person for one in found.people] == ["you", "they"]
    assert all(one.games == len(SEEDS) and one.share >= 0.9 for one in found.people)


def test_without_memory_trust_and_grievance_force_makes_no_taker() -> None:
    one = the_neighbour(yard())
    assert one.frozen_games == len(SEEDS) and one.frozen_more == 0 and one.control_fails


def test_where_nobody_can_take_there_is_nothing_to_answer() -> None:
    level = yard()
    one = the_neighbour(level.model_copy(update={"allow": ("sit", "help", "sweep")}))
    assert one.games == 0 and one.answers and one.control_fails


def test_what_a_lack_brings_about_is_no_answer_and_the_control_shows_it() -> None:
    # So much is taken that the neighbour runs short, and takes for bread whether it remembers or not.
    one = the_neighbour(yard(takes=30))
    assert one.share >= 0.9 and not one.control_fails


def test_two_tempers_give_two_games() -> None:
    one = the_neighbour(yard(trust=0, takes=9))  # worth taking for whoever is not fair
    assert one.temper_games == len(SEEDS) and one.tempers_differ >= 0.9 * len(SEEDS)
    alone = the_neighbour(yard().model_copy(update={"allow": ()}))
    assert alone.tempers_differ == 0  # where nothing can be done, tempers make no difference


def test_friends_who_have_enough_do_not_take_from_each_other() -> None:
    found = measure_people(yard(trust=0.9), SEEDS)
    assert found is not None
    assert found.friends.seasons > len(SEEDS) and found.friends.takings == 0 and found.friends.kept
    strangers = measure_people(yard(trust=0.1).model_copy(update={"allow": ("sit", "sweep")}), SEEDS)
    assert strangers is not None and strangers.friends.seasons == 0


def test_a_taking_among_friends_that_no_need_explains_is_a_fault() -> None:
    assert Friends(seasons=100, takings=2, for_need=2).kept
    assert not Friends(seasons=100, takings=2, for_need=1).kept
    assert not Friends(seasons=100, takings=3, for_need=3).kept


@pytest.fixture(scope="module")
def model() -> Model:
    return compile_level(yard())


def played(model: Model, *actions: str) -> tuple[World, Actions, World]:
    """Return a world, what the neighbour plans there, and the world after it."""
    index = {one.action: at for at, one in enumerate(model.candidates) if one.target != 1}
    world = new_worlds(model, [1, 2])
    plans = Actions.planned(model, {1: [index[name] for name in actions]}, 2)
    return world, plans, step(model, world, plans)


@pytest.mark.parametrize(
    ("actions", "deeds", "takings", "visible"),
    [
        (("sit",), 1, 0, False),
        (("help",), 1, 0, True),
        (("grab",), 1, 1, True),
        (("sweep",), 1, 0, True),  # force that touches nobody else takes from nobody
        (("help", "grab"), 2, 1, True),
        ((), 0, 0, False),
    ],
)
def test_deeds_are_told_by_what_they_do(
    model: Model, actions: tuple[str, ...], deeds: int, takings: int, visible: bool
) -> None:
    world, plans, after = played(model, *actions)
    one = tried_by(model, world, 1, plans.chosen[:, 1], after.result[:, 1])
    assert one.deeds.tolist() == [deeds] * 2
    assert one.takings.tolist() == [takings] * 2
    assert one.visible.tolist() == [visible] * 2


def test_without_days_left_nobody_is_able_to_do_anything(model: Model) -> None:
    world = new_worlds(model, [1, 2])
    assert all(flags.all() for flags in able(model, world, 1, 0))
    world.stock["effort"] = np.zeros_like(world.stock["effort"])
    assert not any(flags.any() for flags in able(model, world, 1, 0))


def test_who_cannot_take_from_somebody_is_not_able_to_answer_him(model: Model) -> None:
    world = new_worlds(model, [1, 2])
    anything, taking = able(model, world, 1, 1)  # from itself nobody can take
    assert anything.all() and not taking.any()


def test_what_is_finished_is_not_played_again(tmp_path: Path) -> None:
    finished = FinishedBlocks(tmp_path / "kept.sqlite")
    first = measure_people(yard(), range(8), finished=finished)
    assert first is not None
    played: list[int] = []
    assert first == measure_people(yard(), range(8), finished=finished, progress=played.append)
    assert sum(played) == people_games(yard(), 8) == 7 * 8


def test_levels_without_people_are_left_out() -> None:
    assert measure_people(yard().model_copy(update={"people": {}}), range(5)) is None
    assert measure_people(load_level("one_nail"), range(5)) is None


def test_balance_tells_it_in_lines_and_in_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "yard.yaml"
    file.write_text(YARD.replace("TRUST", "0.5").replace("TAKES", "4"), encoding="utf-8")
    asked = ["balance", str(file), "--runs", "20", "--decision-runs", "0", "--policy-runs", "0", "--tension-runs", "0"]
    main([*asked, "--resume", str(tmp_path / "kept.sqlite")])
    assert "you: takes in 0% of its deeds after partnering" in capsys.readouterr().out
    main([*asked, "--json", "--resume", str(tmp_path / "kept.sqlite")])
    told = json.loads(capsys.readouterr().out)["levels"][0]["people"]
    assert told["runs"] == 20 and told["people"][0]["takings"]["holds"] and told["people"][0]["frozen"]["fails"]
