"""Tiny levels as YAML text, and the few lines that every test of the core needs."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent, indent

import numpy as np

from game.level.reader import parse_level
from game.sim.actions import BY_RULE, NO, SILENT, SLOTS, YES, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World

HEAD = """\
format: 1
title: A tiny level
terrains: {ground: {plain: Ground.}, lake: {plain: Lake.}}
seasons: {count: %(seasons)d, ticks: %(ticks)d}
seats: [%(seats)s]
communities:
%(communities)s
goals:
%(goals)s
map:
  legend:
%(legend)s
  rows: |
%(rows)s
%(heights)s
"""

GOAL = "- {id: never, plain: Never., hold: 0}"
DEFAULT_LEGEND = '".": {terrain: ground, users: [%s]}'


def level_text(
    body: str = "",
    *,
    rows: str = "...\n...",
    people: tuple[str, ...] = ("ann",),
    seats: tuple[str, ...] | None = None,
    seasons: int = 20,
    ticks: int = 8,
    goals: str = GOAL,
    legend: str = "",
    communities: str = "",
    heights: Sequence[str] = (),
) -> str:
    """Return the text of a level: `body` holds stocks, flows and whatever else the test is about."""
    named = communities or "\n".join(f"{name}: {{name: {name.title()}}}" for name in people)
    parts = {
        "seasons": seasons,
        "ticks": ticks,
        "seats": ", ".join(people if seats is None else seats),
        "communities": indent(dedent(named).strip(), "  "),
        "goals": indent(dedent(goals).strip(), "  "),
        "legend": indent(dedent(legend or DEFAULT_LEGEND % ", ".join(people)).strip(), "    "),
        "rows": indent(rows.strip(), "    "),
        "heights": "  heights: |\n" + indent("\n".join(heights), "    ") if heights else "",
    }
    return HEAD % parts + dedent(body)


def tiny(body: str = "", **settings: object) -> Model:
    """Return the model of a tiny level."""
    return compile_level(parse_level(level_text(body, **settings)))  # type: ignore[arg-type]


def candidate(model: Model, action: str, label: str | None = None) -> int:
    """Return the index of the action's candidate with that label, or of its only one."""
    found = [index for index, one in enumerate(model.candidates) if one.action == action and label in (None, one.label)]
    assert found, f"{action}:{label} is no candidate"
    return found[0]


def play(model: Model, world: World, seasons: int, plans: dict[int, list[int]] | None = None) -> World:
    """Return the world some seasons later, with the same plans every season."""
    for _ in range(seasons):
        world = step(model, world, Actions.planned(model, plans or {}, world.count))
    return world


def one(model: Model, seed: int = 1) -> World:
    """Return one fresh world."""
    return new_worlds(model, [seed])


def random_plans(model: Model, generator: np.random.Generator, worlds: int, share: float = 0.6) -> Actions:
    """Return plans with legal and illegal choices in every slot, for every seat and world."""
    actions = Actions.none(model, worlds)
    picks = generator.integers(0, max(len(model.candidates), 1), actions.chosen.shape)
    if model.candidates:
        actions.chosen[...] = np.where(generator.random(actions.chosen.shape) < share, picks, -1)
    said = generator.choice([NO, SILENT, YES, BY_RULE], answers_shape(model, worlds), p=[0.1, 0.1, 0.1, 0.7])
    return Actions(actions.chosen, said)


def answers_shape(model: Model, worlds: int) -> tuple[int, int, int, int]:
    """The shape of the answers of a batch."""
    return (SLOTS, len(model.layout.seats), len(model.layout.communities), worlds)


def matter(model: Model, world: World) -> np.ndarray:
    """Return for each world all matter in stocks and in the pipelines of flows, less what came from outside."""
    total = np.zeros(world.count)
    for name, plan in model.stocks.items():
        if plan.matter:
            total = total + world.stock[name].sum(axis=(0, 1, 2, 3)) - world.outside[name].reshape(-1)
    for flow in model.flows:
        if flow.stage_seasons:
            total = total + world.memory[flow.name].sum(axis=(0, 1, 2, 3, 4))
    return total


def value(world: World, stock: str, *index: int) -> np.ndarray:
    """Return one value of a stock for every world: index as (community, partner, row, column)."""
    place = tuple(index) + (0,) * (4 - len(index))
    return world.stock[stock][place]
