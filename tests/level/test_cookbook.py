"""Every recipe of the cookbook is a model that checks, and does what is said below its box."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.level.reader import changed_level, examine, parse_level
from game.players.policies import plan_season
from game.playing.afterwards import afterwards
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.sight import unseen
from game.sim.step import step

BOOK = Path(__file__).parents[2] / "docs" / "authors" / "cookbook.md"
Courses = dict[str, list[list[float]]]


@cache
def recipes() -> dict[str, str]:
    """Return the model of each recipe by its heading."""
    found = re.findall(r"^## (.+?)\n.*?```yaml\n(.*?)```", BOOK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return dict(found)


def run(recipe: str, other: tuple[str, str] = ("", ""), **change: Any) -> Courses:
    """Return each stock of a recipe after every season, a number for each place; `other` is a text put for another."""
    text = recipes()[recipe]
    assert other[0] in text
    level = parse_level(text.replace(*other) if other[0] else text)
    model = compile_level(changed_level(level, {name.replace("__", "."): value for name, value in change.items()}))
    world = new_worlds(model, [1])
    found: Courses = {}
    for season in range(model.seasons + 1):
        world = step(model, world) if season else world
        for name in model.stocks:
            found.setdefault(name, []).append(world.stock[name][..., 0].ravel().tolist())
    return found


def last(courses: Courses, stock: str, season: int = -1) -> float:
    return courses[stock][season][0]


@pytest.mark.parametrize("recipe", recipes())
def test_a_recipe_checks_without_a_warning(recipe: str, tmp_path: Path) -> None:
    file = tmp_path / "recipe.yaml"
    file.write_text(recipes()[recipe], encoding="utf-8")
    found = examine(file)
    assert found.level is not None and found.problems == ()


def test_a_commons() -> None:
    for boats, left, landed in ((6, 40.0, 12.0), (9, 11.0, 5.0)):
        fish = last(run("A commons", boats=boats), "fish")
        assert fish == pytest.approx(left, abs=0.6) and 0.05 * boats * fish == pytest.approx(landed, abs=0.3)


def test_a_delay() -> None:
    store = [one[0] for one in run("A delay")["store"]]
    assert store[:3] == [20.0] * 3 and min(store) < 8 and max(store[10:]) > 19 and min(store[20:]) < 10


def test_a_hidden_harm() -> None:
    frogs = [one[0] for one in run("A hidden harm")["frogs"]]
    assert frogs[6] > frogs[3] > frogs[0] and max(frogs) in frogs[6:9] and frogs[30] < 1


def test_a_tipping_point() -> None:
    course = "A tipping point"
    assert last(run(course), "murk") == pytest.approx(0.48, abs=0.01)
    assert last(run(course, inflow=0.5), "murk") == pytest.approx(2.0, abs=0.01)
    assert last(run(course, murk__start=2), "murk") == pytest.approx(1.9, abs=0.05)


def test_a_contest() -> None:
    assert last(run("A contest"), "arms") == pytest.approx(2.5, abs=0.01)
    assert last(run("A contest", envy=0.9), "arms") == 100


def test_a_rumour() -> None:
    assert last(run("A rumour"), "unaware") == pytest.approx(20, abs=1)
    faster = run("A rumour", ("0.015", "0.03"))
    assert last(faster, "unaware") == pytest.approx(20, abs=3)


def test_predator_and_prey() -> None:
    hares = [one[0] for one in run("Predator and prey")["hares"]]
    assert max(hares[50:]) > 150 and min(hares[50:]) < 10
    assert last(run("Predator and prey", foxes__start=0), "hares") == pytest.approx(200, abs=0.1)


def test_a_market() -> None:
    def spread(delay: int) -> float:
        price = [one[0] for one in run("A market", ("delay(price, 2)", f"delay(price, {delay})"))["price"]][20:]
        return max(price) - min(price)

    assert spread(2) < spread(4) < spread(6) and last(run("A market"), "price") == pytest.approx(1, abs=0.1)


def test_ground_water() -> None:
    water = last(run("Ground water"), "water")
    assert water == pytest.approx(23, abs=0.5) and 0.5 < 0.03 * water / 1.2 < 0.6
    assert last(run("Ground water", ("0.5 * saturate", "0 * saturate")), "water") == pytest.approx(40, abs=0.1)


def test_heat() -> None:
    assert last(run("Heat"), "warmth") == pytest.approx(40, abs=0.3)
    assert last(run("Heat", trees=1), "warmth") == pytest.approx(26, abs=0.4)
    assert last(run("Heat", ("4 * cooling", "0 * cooling")), "warmth") == pytest.approx(32, abs=0.3)


def test_what_lasts() -> None:
    assert last(run("What lasts"), "waste", 100) == pytest.approx(2.3, abs=0.3)


def test_gifts() -> None:
    ash, elm, _ = run("Gifts")["bread"][10]
    assert (ash, elm) == pytest.approx((7.4, 7.3), abs=0.05)
    ash, elm, _ = run("Gifts", giving=0)["bread"][10]
    assert (ash, elm) == pytest.approx((10.4, 7.5), abs=0.05)


def test_a_queue() -> None:
    assert last(run("A queue"), "waiting") == pytest.approx(16, abs=0.1)
    assert last(run("A queue", coming=9), "waiting") == pytest.approx(36, abs=0.2)
    grows = [one[0] for one in run("A queue", coming=11)["waiting"]]
    assert grows[200] - grows[150] > 40


def test_an_epidemic() -> None:
    assert last(run("An epidemic"), "immune") == pytest.approx(88, abs=0.5)
    assert last(run("An epidemic", contacts=0.006), "immune") == pytest.approx(35, abs=0.5)


def test_learning() -> None:
    skill = run("Learning")["skill"]
    assert skill[20][0] == pytest.approx(0.86, abs=0.01) and skill[40][0] == pytest.approx(0.51, abs=0.01)


def test_rain_that_was_measured() -> None:
    cistern = [one[0] for one in run("Rain that was measured")["cistern"]]
    assert cistern.index(min(cistern)) == 9 and min(cistern) == pytest.approx(102, abs=0.5)
    steady = run("Rain that was measured", ("0.66 * rain", "0.66 * 45"), cistern__start=148.5)["cistern"]
    assert last({"cistern": steady}, "cistern") == pytest.approx(148.5, abs=0.1)


def test_good_years_and_bad() -> None:
    def empty(keeps: str) -> float:
        """In what share of games the barn is once nearly empty."""
        model = compile_level(parse_level(recipes()["Good years and bad"].replace("keeps: 0.6", keeps)))
        world = new_worlds(model, range(600))
        found = np.zeros(600, np.bool_)
        for _ in range(model.seasons):
            world = step(model, world)
            found |= world.stock["grain"].ravel() < 5.0
        return float(found.mean())

    assert empty("keeps: 0.6") == pytest.approx(1 / 6, abs=0.04) and empty("keeps: 0") < 0.02


def test_what_only_a_counter_shows() -> None:
    model = compile_level(parse_level(recipes()["What only a counter shows"]))
    world, hidden, lead = new_worlds(model, [1]), [], []
    for _ in range(model.seasons - 1):
        hidden.append("lead" in unseen(model, world))
        lead.append(float(world.stock["lead"].sum()))
        world = step(model, world)
    known = [month for month, one in enumerate(hidden) if not one]
    assert known == list(range(11, 23))
    assert max(lead) == lead[-1] and not unseen(model, step(model, world))


def test_what_is_planted_today() -> None:
    model = compile_level(parse_level(recipes()["What is planted today"]))

    def course(policy: str) -> list[float]:
        world, found = new_worlds(model, [1]), []
        for _ in range(model.seasons):
            world = step(model, world, plan_season(model, world, (policy,)))
            found.append(float(world.stock["willows"].sum() / model.stocks["willows"].live.sum()))
        return found

    planted = course("with")
    assert max(planted[:4]) < 0.05 and planted[4] == pytest.approx(0.28, abs=0.01)
    assert planted[11] == pytest.approx(0.6, abs=0.01) and planted[8] < planted[5]
    assert course("idle")[-1] == pytest.approx(0.03, abs=0.005)


def test_what_is_left_afterwards() -> None:
    model = compile_level(parse_level(recipes()["What is left afterwards"]))
    world = new_worlds(model, [1])
    for _ in range(model.seasons):
        world = step(model, world)
    left = {one.stock: one.values for one in afterwards(model, world)}
    assert (left["drums"][0], left["ditch"][0]) == pytest.approx((73, 16), abs=0.6)
    assert (left["drums"][-1], left["ditch"][-1]) == pytest.approx((10, 41), abs=0.6)


def test_years_are_not_counted_in_turns_of_which_nobody_knows_how_many_make_one(tmp_path: Path) -> None:
    file = tmp_path / "weeks.yaml"
    file.write_text(recipes()["What is left afterwards"].replace("name: year", "name: week"), encoding="utf-8")
    (problem,) = examine(file).problems
    assert "nobody has said how many weeks make one: seasons.year" in str(problem)


def test_there_are_twenty_and_each_is_tried() -> None:
    tried = {name.removeprefix("test_").replace("_", " ") for name in globals() if name.startswith("test_")}
    assert len(recipes()) == 20 and {recipe.lower() for recipe in recipes()} <= tried
