"""A typical and an extreme game of a line-up, played again and told season by season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from game.players.policies import plan_season
from game.run.study import Record
from game.sim.actions import BLOCKED, DECLINED, DONE
from game.sim.beginning import new_worlds
from game.sim.dials import DIALS, dials
from game.sim.goals import objective
from game.sim.model import Model
from game.sim.observe import OUTCOME_NAMES, mean_of
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.units_told import unit_of
from game.sim.world import Integers, World
from game.telling import words

TOLD = ((DONE, ""), (BLOCKED, "blocked"), (DECLINED, "declined"))
FEW_TARGETS = 2  # more of them are counted
ENDINGS = {"won": "won", "lost": "lost", "ended": "over, not every goal reached", "running": "not over"}


@dataclass(frozen=True)
class Season:
    """What one season of a game brought, in words."""

    number: int
    name: str
    deeds: tuple[tuple[str, str], ...]  # who, what
    events: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Game:
    """One game, told."""

    title: str
    seed: int
    outcome: str
    objective: float
    columns: tuple[str, ...]
    seasons: tuple[Season, ...]
    curves: dict[str, Floats]  # (seasons, 1)


def chosen(record: Record, extreme: str) -> list[tuple[str, int]]:
    """Return the places of the median game by objective and of its `worst` or `best`, each with its word."""
    order = np.argsort(record.objective, kind="stable")
    end = {"worst": 0, "best": len(order) - 1}[extreme]
    places = [("A typical game", int(order[(len(order) - 1) // 2])), (f"The {extreme} game", int(order[end]))]
    return places[:1] if places[0][1] == places[1][1] else places


def game_told_again(model: Model, policies: Sequence[str], seed: int, title: str, stocks: Sequence[str]) -> Game:
    """Play the game of a seed again and tell it; `stocks` have a column each."""
    world = new_worlds(model, [seed])
    shown = [name for name in stocks if name in model.stocks][:3]
    seasons, values = [], []
    for _ in range(model.seasons):
        before, actions = world, plan_season(model, world, tuple(policies))
        world = step(model, world, actions)
        seasons.append(_season(model, before, world, actions.chosen[..., 0], shown))
        row = [mean_of(model, world, name)[0] for name in stocks]
        values.append([*row, *(one[0] for one in dials(model, world).values()), objective(model, world)[0]])
        if world.outcome[0]:
            break
    names = [*stocks, *DIALS, "objective"]
    table = np.array(values)
    curves = {name: table[:, place : place + 1] for place, name in enumerate(names)}
    ending = ENDINGS[OUTCOME_NAMES[int(world.outcome[0])]]
    columns = tuple(words.capital(words.stock_word(model, name)) for name in shown)
    return Game(title, seed, ending, float(objective(model, world)[0]), columns, tuple(seasons), curves)


def _season(model: Model, before: World, after: World, chosen: Integers, shown: Sequence[str]) -> Season:
    deeds = []
    for seat, community in enumerate(model.layout.seats):
        said = _deeds(model, chosen[:, seat], after.result[:, seat, 0])
        deeds.append((words.people(model, community), said or "rested"))
    figures = tuple(words.amount(float(mean_of(model, after, name)[0]), unit_of(model, name), True) for name in shown)
    return Season(
        after.season, words.season_name(after.season), _together(deeds), tuple(_events(model, before, after)), figures
    )


def _together(deeds: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return who did what; those who did the same stand together."""
    groups: dict[str, list[str]] = {}
    for who, what in deeds:
        groups.setdefault(what, []).append(who)
    return tuple((words.capital(words.joined(who)), what) for what, who in groups.items())


def _deeds(model: Model, chosen: Integers, results: Integers) -> str:
    parts = []
    for outcome, word in TOLD:
        indices = [
            int(index) for index, result in zip(chosen, results, strict=True) if index >= 0 and result == outcome
        ]
        names = list(dict.fromkeys(model.candidates[index].action for index in indices))
        for name in names:
            same = [model.candidates[index] for index in indices if model.candidates[index].action == name]
            targets = [target for one in same if (target := words.place_name(model, one))]
            text = model.actions[name].spec.name or words.capital(name.replace("_", " "))
            if targets and len(set(targets)) <= FEW_TARGETS:
                text += f" ({words.joined(list(dict.fromkeys(targets)))})"
            text += f" × {len(same)}" if len(same) > 1 else ""
            parts.append(f"{text}, {word}" if word else text)
    return "; ".join(parts)


def _events(model: Model, before: World, after: World) -> list[str]:
    found = []
    for event in model.events:
        if after.event_left[event.name][0] > 0 and before.event_left[event.name][0] == 0:
            found.append(event.spec.plain)
    for index, goal in enumerate(model.level.goals):
        if after.reached[index, 0] and not before.reached[index, 0]:
            found.append(f"Goal reached: {goal.plain}")
    for slot, seat in np.argwhere(after.result[:, :, 0] == BLOCKED):
        stoppers = [words.the_people(model, int(one)) for one in np.flatnonzero(after.answer[slot, seat, :, 0] < 0)]
        whom = words.the_people(model, model.layout.seats[seat])
        found.append(f"{words.capital(words.joined(stoppers))} stopped {whom}.")
    if after.outcome[0] and not before.outcome[0]:
        ending = OUTCOME_NAMES[int(after.outcome[0])]
        lost = model.level.lost_when
        found.append(lost.plain if ending == "lost" and lost else {"won": "The game is won."}.get(ending, "The end."))
    return found
