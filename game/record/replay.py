"""Replays: a whole game as what everybody decided, small enough to share and sure to come out the same.

A replay is a JSON file.  Since the same level, seed and decisions give the
same bits, it holds no arrays: the level (its id, or its whole text where it
is not a shipped one), the seed, the plans of every season and after each of
them the digest of the world.  Files of others are data only: nothing in one
can name a file to open.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from game.insight.played import PlayedGame, played
from game.level.difficulty import TOLD, at_difficulty
from game.level.library import find_level, shipped_levels
from game.level.problems import UnreadableFile
from game.level.reader import load_level, parse_level
from game.players.policies import plan_season
from game.sim import RULE_NUMBER
from game.sim.actions import SLOTS, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import World

FORMAT, WITH_DIFFICULTY = 1, 2  # the second is written only where there is one: older programs would not heed it
LARGEST = 4 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Replay:
    """One game: `plans` holds for every season the keys of the actions of each seat, and who declined all offers."""

    level: str  # an id, or the text of the level
    seed: int
    seats: tuple[str, ...]
    policies: tuple[str, ...]
    plans: tuple[tuple[tuple[str, ...], ...], ...]
    refuses: tuple[tuple[bool, ...], ...]
    digests: tuple[str, ...]
    rules: int = RULE_NUMBER
    difficulty: str = TOLD

    def model(self) -> Model:
        """Return the model of its level.  Raises LevelError and UnreadableFile."""
        level = load_level(self.level) if _is_id(self.level) else parse_level(self.level, "replay")
        return compile_level(at_difficulty(level, self.difficulty))

    def actions(self, model: Model, season: int) -> Actions:
        """Return the plans of one season, for one world.  Raises UnreadableFile for actions the level does not have."""
        keys = {candidate.key: index for index, candidate in enumerate(model.candidates)}
        actions = Actions.none(model, 1)
        for seat, plan in enumerate(self.plans[season]):
            for slot, key in enumerate(plan):
                if key not in keys:
                    raise UnreadableFile("replay", f'season {season + 1}: the level has no action "{key}"')
                actions.chosen[slot, seat] = keys[key]
            actions.refuses[seat] = self.refuses[season][seat]
        return actions

    def game(self) -> PlayedGame:
        """Return the game, played again.  Raises LevelError and UnreadableFile."""
        model = self.model()
        if model.level.seats != self.seats:
            raise UnreadableFile("replay", f"the level has the seats {', '.join(model.level.seats)} by now")
        plans = [self.actions(model, season) for season in range(len(self.plans))]
        return played(model, new_worlds(model, [self.seed]), plans)

    def differs_in(self) -> int | None:
        """Return the first season (from 1) whose world is not the one noted, or None where all are the same."""
        model = self.model()
        world = new_worlds(model, [self.seed])
        for season, digest in enumerate(self.digests):
            world = step(model, world, self.actions(model, season))
            if world.digests()[0] != digest:
                return season + 1
        return None

    def write(self, file: Path) -> None:
        """Write the replay.  Raises OSError."""
        seasons = [
            {"plans": dict(zip(self.seats, plans, strict=True)), "digest": digest}
            | ({"declines": [seat for seat, no in zip(self.seats, refuses, strict=True) if no]} if any(refuses) else {})
            for plans, refuses, digest in zip(self.plans, self.refuses, self.digests, strict=True)
        ]
        data = {
            "powerdance_replay": FORMAT if self.difficulty == TOLD else WITH_DIFFICULTY,
            "rules": self.rules,
            "level" if _is_id(self.level) else "level_text": self.level,
            "seed": self.seed,
            **({} if self.difficulty == TOLD else {"difficulty": self.difficulty}),
            "policies": dict(zip(self.seats, self.policies, strict=True)),
            "seasons": seasons,
        }
        file.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


class Recorder:
    """Notes a game while it is played: one world of a batch."""

    def __init__(self, model: Model, level: str, seed: int, policies: tuple[str, ...], difficulty: str = TOLD) -> None:
        self.model, self.level, self.seed, self.policies = model, level, seed, policies
        self.difficulty = difficulty
        self.plans: list[tuple[tuple[str, ...], ...]] = []
        self.refuses: list[tuple[bool, ...]] = []
        self.digests: list[str] = []

    def note(self, actions: Actions, after: World, at: int = 0) -> None:
        """Note what everybody planned in a season, and the world after it."""
        chosen = actions.chosen[:, :, at]
        self.plans.append(
            tuple(
                tuple(self.model.candidates[one].key for one in chosen[:, seat] if one >= 0)
                for seat in range(chosen.shape[1])
            )
        )
        self.refuses.append(tuple(bool(no) for no in actions.refuses[:, at]))
        self.digests.append(after.digests()[at])

    def replay(self) -> Replay:
        """Return what has been noted so far."""
        seats = tuple(self.model.level.seats)
        return Replay(
            self.level,
            self.seed,
            seats,
            self.policies,
            tuple(self.plans),
            tuple(self.refuses),
            tuple(self.digests),
            difficulty=self.difficulty,
        )


def level_for_replay(name: str) -> str:
    """Return what a replay says of its level: the id of a shipped one, else the whole text of the file.

    Raises UnreadableFile and OSError.
    """
    file = find_level(name)
    shipped = {one.resolve(): one.stem for one in shipped_levels()}
    return shipped.get(file.resolve()) or file.read_text(encoding="utf-8")


def _is_id(level: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9_]*", level) is not None


def read_replay(file: Path) -> Replay:
    """Return the replay in a file.

    Raises UnreadableFile, with words, for whatever is no replay or no longer one of these rules.
    """
    name = str(file)
    try:
        if file.stat().st_size > LARGEST:
            raise UnreadableFile(name, f"a replay holds at most {LARGEST // 1024 // 1024} MiB")
        data = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise UnreadableFile(name, "this is not a replay: it is not JSON") from None
    if not isinstance(data, dict) or "powerdance_replay" not in data:
        raise UnreadableFile(name, "this is not a replay of Powerdance")
    if data["powerdance_replay"] not in (FORMAT, WITH_DIFFICULTY):
        raise UnreadableFile(name, "this replay was written by another version of Powerdance")
    try:
        return _replay(data)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        what = f'"{error.args[0]}" is missing' if isinstance(error, KeyError) else "something in it has another shape"
        raise UnreadableFile(name, f"this replay is damaged: {what}") from None


def _replay(data: dict[str, Any]) -> Replay:
    seats = tuple(str(seat) for seat in data["policies"])
    level = str(data["level"]) if "level" in data else str(data["level_text"])
    if "level" in data and not _is_id(level):
        raise ValueError("no id")
    plans = [
        tuple(tuple(str(key) for key in season["plans"].get(seat, ())) for seat in seats) for season in data["seasons"]
    ]
    if any(len(plan) > SLOTS for season in plans for plan in season) or isinstance(data["seed"], bool):
        raise ValueError("a plan is too long")
    return Replay(
        level,
        int(np.uint64(data["seed"])),
        seats,
        tuple(str(policy) for policy in data["policies"].values()),
        tuple(plans),
        tuple(tuple(seat in season.get("declines", ()) for seat in seats) for season in data["seasons"]),
        tuple(str(season["digest"]) for season in data["seasons"]),
        int(data["rules"]),
        str(data.get("difficulty", TOLD)),
    )


def write_replay(level_name: str, policies: tuple[str, ...], seed: int, file: Path, difficulty: str = TOLD) -> None:
    """Play one game under policies and keep it as a replay.  Raises LevelError, UnreadableFile, OSError."""
    model = compile_level(at_difficulty(load_level(level_name), difficulty))
    recorder = Recorder(model, level_for_replay(level_name), seed, policies, difficulty)
    world = new_worlds(model, [seed])
    for _ in range(model.seasons):
        actions = plan_season(model, world, policies)
        world = step(model, world, actions)
        recorder.note(actions, world)
    recorder.replay().write(file)
