"""A file of rules and seasons alone is a model that runs without a game."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.level.reader import examine, parse_level
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.observe import observe
from game.sim.step import step

MODEL = """
title: Tea
seasons: {count: 3, ticks: 2}
stocks: {tea: {at: world, kind: state, range: [0, 200], start: 180, plain: How hot it is.}}
influences: {cooling: {of: tea, change: 0.1 * (70 - tea), plain: It cools.}}
"""


def test_it_needs_no_map_no_people_and_no_goals(tmp_path: Path) -> None:
    file = tmp_path / "tea.yaml"
    file.write_text(MODEL, encoding="utf-8")
    assert examine(file).problems == ()
    model = compile_level(parse_level(MODEL))
    assert model.level.kind == "model" and model.layout.rows == model.layout.columns == 1
    world = step(model, new_worlds(model, [1]))
    assert float(observe(model, world)["tea"][0]) == pytest.approx(70 + 110 * 0.95**2)


def test_communities_are_its_rows_and_need_no_home() -> None:
    people = "communities: {a: {name: A, tea: 90}, b: {name: B}}\n"
    model = compile_level(parse_level(MODEL.replace("at: world", "at: community") + people))
    seen = observe(model, new_worlds(model, [1]))
    assert (seen["tea.a"][0], seen["tea.b"][0]) == (90, 180)


def test_a_level_that_has_lost_its_goals_is_no_model(tmp_path: Path) -> None:
    file = tmp_path / "lost.yaml"
    land = 'terrains: {g: {plain: G.}}\nmap: {legend: {".": {terrain: g}}, rows: "."}\n'
    file.write_text(MODEL + land, encoding="utf-8")
    assert any('"goals"' in problem.message for problem in examine(file).problems)


def test_a_ruleset_says_nothing_of_seasons_and_is_none(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(re.sub("seasons: .*\n", "", MODEL), encoding="utf-8")
    found = examine(file)
    assert found.level is None and not found.broken


def test_the_model_in_the_paper_for_authors_holds() -> None:
    paper = (Path(__file__).resolve().parents[2] / "docs" / "levels.md").read_text(encoding="utf-8")
    (text,) = (part for part in re.findall(r"```\n(.*?)```", paper, re.DOTALL) if "An epidemic" in part)
    model = compile_level(parse_level(text))
    world = new_worlds(model, [1])
    for _ in range(100):
        world = step(model, world)
    assert 400 < float(observe(model, world)["susceptible"][0]) < 420
