"""Replays: a whole game as what everybody decided, small enough to share and sure to come out the same.

A replay is a JSON file.  Since the same level, seed and decisions give the
same bits, it holds no arrays: the level with the rulesets below it, whole, the
seed, the plans of every season and after each of them the digest of the world.
Files of others are data only: nothing in one can name a file to open.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.insight.played import PlayedGame, played
from game.language.errors import ArgumentError
from game.language.suggest import did_you_mean
from game.level.difficulty import TOLD, at_difficulty
from game.level.problems import UnreadableFile
from game.level.reader import load_level, parse_level
from game.level.vocabulary import POLICY_NAMES
from game.level.whole_files import write_whole
from game.level.written import LevelText
from game.players.policies import deciding_anew, plan_season
from game.record.carried import CarriedLevel, kept_level
from game.sim import RULE_NUMBER
from game.sim.actions import BY_RULE, NO, SLOTS, YES, Actions
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import step
from game.sim.world import RUNNING, World

# The first named a shipped level or held the text of another, the second added a difficulty, the third holds the level
# and its rulesets; this one ends in a seal of all that stands before it.
FORMAT = 4
UNSEALED = 3
OLDER = (1, 2)
SEALED = re.compile(r',\n "seal": "([0-9a-f]{64})"\n}\n\Z')
CHANGED = "this replay was changed after it was written: its seal does not fit"
LARGEST = 16 * 1024 * 1024  # bytes; a level and its rulesets have at most 1 MiB each
MOST_SEASONS = 1000
Answer = tuple[str, int, str | None, bool]
ANSWER = ("who", "slot", "by", "yes")


@dataclass(frozen=True)
class Replay:
    """One game: `plans` holds for every season the keys of the actions of each seat, `answers` what was said to offers.

    An answer is who was asked, in which slot (from 0) and by which seat, and whether the answer was yes; a seat of None
    stands for all offers of a season, as older files have it.  Where nothing is noted the rules of the level answer.
    """

    level: LevelText
    seed: int
    seats: tuple[str, ...]
    policies: tuple[str, ...]
    plans: tuple[tuple[tuple[str, ...], ...], ...]
    answers: tuple[tuple[Answer, ...], ...]
    digests: tuple[str, ...]
    rules: int = RULE_NUMBER
    difficulty: str = TOLD
    length: int | None = None  # how many seasons were noted; older files do not say it
    seal_broken: bool = False  # whether the file was changed after it was written; older files do not tell

    def model(self) -> Model:
        """Return the model of its level.  Raises LevelError and UnreadableFile."""
        model = compile_level(kept_level(self.level, self.level.name, self.difficulty))
        if model.level.seats != self.seats:
            raise UnreadableFile("replay", f"the level has other seats: {', '.join(model.level.seats)}")
        if len(self.plans) > model.seasons:
            raise UnreadableFile("replay", f"it holds {len(self.plans)} seasons, the level lasts {model.seasons}")
        return model

    def actions(self, model: Model, season: int) -> Actions:
        """Return the plans of one season, for one world.  Raises UnreadableFile for actions the level does not have."""
        keys = {candidate.key: index for index, candidate in enumerate(model.candidates)}
        actions = Actions.none(model, 1)
        for seat, plan in enumerate(self.plans[season]):
            for slot, key in enumerate(plan):
                if key not in keys:
                    raise UnreadableFile("replay", f'season {season + 1}: the level has no action "{key}"')
                actions.chosen[slot, seat] = keys[key]
        return self._answered(model, actions, season)

    def _answered(self, model: Model, actions: Actions, season: int) -> Actions:
        if not self.answers[season]:
            return actions
        who = {name: index for index, name in enumerate(model.layout.communities)}
        answers = np.full((*actions.chosen.shape[:2], len(who), 1), BY_RULE, np.int64)
        for community, slot, seat, yes in self.answers[season]:
            if community not in who or (seat is not None and seat not in self.seats):
                raise UnreadableFile("replay", f'season {season + 1}: the level has no "{community}" or "{seat}"')
            if seat is None:
                answers[:, :, who[community]] = YES if yes else NO
            else:
                answers[slot, self.seats.index(seat), who[community]] = YES if yes else NO
        return Actions(actions.chosen, answers)

    def game(self) -> PlayedGame:
        """Return the game, played again.  Raises LevelError and UnreadableFile."""
        if self._cut_off():
            raise UnreadableFile("replay", self._cut_off())
        model = self.model()
        plans = [self.actions(model, season) for season in range(len(self.plans))]
        people, anew = deciding_anew(model, self.policies)
        return played(model, new_worlds(model, [self.seed]), plans, people, anew)

    def fault(self) -> str:
        """Return in a line why this is not a whole game that comes out as noted; "" where it is one.

        Digests of other rules say nothing.  Raises LevelError and UnreadableFile.
        """
        if self._cut_off():
            return self._cut_off()
        if self.rules != RULE_NUMBER:
            return f"digests cannot be compared: the rules have changed since (then {self.rules}, now {RULE_NUMBER})"
        model = self.model()
        world, count = new_worlds(model, [self.seed]), len(self.plans)
        for season, digest in enumerate(self.digests):
            world = step(model, world, self.actions(model, season))
            if world.digests()[0] != digest:
                return f"season {season + 1} of {count} comes out otherwise than noted"
        if self.length is None and int(world.outcome[0]) == RUNNING:
            return f"this is not a whole replay: it ends after {count} of {model.seasons} seasons"
        return CHANGED if self.seal_broken else ""

    def _cut_off(self) -> str:
        count = len(self.plans)
        if self.length in (None, count):
            return ""
        return f"this is not a whole replay: it holds {count} of {self.length} seasons"

    def write(self, file: Path) -> None:
        """Write the replay.  Raises OSError."""
        seasons = [
            {"plans": dict(zip(self.seats, plans, strict=True)), "digest": digest}
            | ({"answers": [dict(zip(ANSWER, one, strict=True)) for one in answers]} if answers else {})
            for plans, answers, digest in zip(self.plans, self.answers, self.digests, strict=True)
        ]
        data = {
            "powerdance_replay": FORMAT,
            "rules": self.rules,
            "level": CarriedLevel.of(self.level).model_dump(),
            "difficulty": self.difficulty,
            "seed": self.seed,
            "policies": dict(zip(self.seats, self.policies, strict=True)),
            "length": len(seasons),
            "seasons": seasons,
        }
        text = json.dumps(data, indent=1, ensure_ascii=False)
        write_whole(file, f'{text[:-2]},\n "seal": "{_seal(text)}"\n}}\n')


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _seal_is_broken(text: str) -> bool:
    """Whether a file is not, byte for byte, what it was when its seal was made; a file without its seal is not."""
    found = SEALED.search(text)
    return found is None or found[1] != _seal(text[: found.start()] + "\n}")


class Recorder:
    """Notes a game while it is played: one world of a batch.

    Raises ArgumentError for a model whose level was changed after it was read: there is no text of it.
    """

    def __init__(self, model: Model, seed: int, policies: tuple[str, ...], difficulty: str = TOLD) -> None:
        if model.level.written is None:
            raise ArgumentError(f'"{model.level.id}" was changed after it was read; a replay is of a level as written')
        self.level = model.level.written
        self.model, self.seed, self.policies, self.difficulty = model, seed, policies, difficulty
        self.plans: list[tuple[tuple[str, ...], ...]] = []
        self.answers: list[tuple[Answer, ...]] = []
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
        names, seats = self.model.layout.communities, self.model.level.seats
        said = after.answer[..., at]
        self.answers.append(
            tuple(
                (names[who], int(slot), seats[seat], bool(said[slot, seat, who] > 0))
                for slot, seat, who in np.argwhere(said)
            )
        )
        self.digests.append(after.digests()[at])

    def replay(self) -> Replay:
        """Return what has been noted so far."""
        return Replay(
            self.level,
            self.seed,
            tuple(self.model.level.seats),
            self.policies,
            tuple(self.plans),
            tuple(self.answers),
            tuple(self.digests),
            difficulty=self.difficulty,
            length=len(self.plans),
        )


_Key = Annotated[str, Field(max_length=400)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Answer(_Shape):
    who: _Key
    slot: Annotated[int, Field(ge=0, lt=SLOTS)]
    by: _Key
    yes: bool


class _Season(_Shape):
    plans: dict[_Key, Annotated[list[_Key], Field(max_length=SLOTS)]]
    digest: _Key
    declines: list[_Key] = []  # in older files: who said no to everything
    answers: list[_Answer] = []


class _Game(_Shape):
    """What files of every format hold."""

    rules: int
    seed: Annotated[int, Field(ge=0, lt=2**64)]
    difficulty: _Key = TOLD
    policies: Annotated[dict[_Key, _Key], Field(max_length=100)]
    seasons: Annotated[list[_Season], Field(max_length=MOST_SEASONS)]


class _Older(_Game):
    """Formats 1 and 2: the id of a shipped level, or the text of another one."""

    level: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)] | None = None
    level_text: str | None = None


class _Present(_Game):
    level: CarriedLevel
    length: int


def read_replay(file: Path) -> Replay:
    """Return the replay in a file; of an older format with the level that it names as it is today.

    Raises UnreadableFile, with words, for whatever is no replay, OSError where
    there is no such file, and LevelError for an older one with a broken level.
    """
    name = str(file)
    text = read_text(file, name)
    data = _json(text, name)
    if not isinstance(data, dict) or "powerdance_replay" not in data:
        raise UnreadableFile(name, "this is not a replay of Powerdance")
    format_ = data["powerdance_replay"]
    if format_ not in (*OLDER, UNSEALED, FORMAT) or isinstance(format_, (bool, float)):
        raise UnreadableFile(name, "this replay was written by another version of Powerdance; a newer one may read it")
    try:
        if format_ in OLDER:
            return _older(_Older.model_validate(data))
        broken = format_ == FORMAT and _seal_is_broken(text)
        return replace(_present(_Present.model_validate(data)), seal_broken=broken)
    except ValidationError as error:
        raise UnreadableFile(name, f"this replay is damaged: {_words(error)}") from None
    except ValueError as error:
        raise UnreadableFile(name, f"this replay is damaged: {error}") from None


def read_text(file: Path, name: str, what: str = "replay") -> str:
    """Return the text of a file that somebody sent.  Raises UnreadableFile for no file of bounded size, and OSError."""
    if file.exists() and not file.is_file():
        # A pipe or a device could block or never end.
        raise UnreadableFile(name, f"this is not a {what}: it is no file")
    with file.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise UnreadableFile(name, f"a {what} holds at most {LARGEST // 1024 // 1024} MiB")
    try:
        return raw.decode("utf-8")
    except ValueError:
        raise UnreadableFile(name, f"this is not a {what}: it is not UTF-8") from None


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableFile(name, "this is not a replay: it is not JSON") from None


def _words(error: ValidationError) -> str:
    """Return the first thing that is wrong with the shape of a file."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = re.sub(r"[^\w. -]", "?", ".".join(str(part) for part in first["loc"]))[:100]
    return f'"{where}" is missing' if first["type"] == "missing" else f'"{where}" has another shape'


def _answers(season: _Season) -> tuple[Answer, ...]:
    told: list[Answer] = [(one.who, one.slot, one.by, one.yes) for one in season.answers]
    declined: list[Answer] = [(seat, 0, None, False) for seat in season.declines]
    return (*declined, *told)


def _present(data: _Present) -> Replay:
    return _replay(data, data.level.level_text(), data.length)


def _older(data: _Older) -> Replay:
    if data.level is not None:
        level = load_level(data.level)
    elif data.level_text is not None:
        level = parse_level(data.level_text, "replay")
    else:
        raise ValueError('"level" is missing')
    assert level.written is not None
    return _replay(data, level.written, None)


def _replay(data: _Game, level: LevelText, length: int | None) -> Replay:
    seats = tuple(data.policies)
    for policy in data.policies.values():
        if policy not in POLICY_NAMES:
            raise ValueError(f'there is no policy "{policy}"{did_you_mean(policy, POLICY_NAMES)}')
    for number, season in enumerate(data.seasons, 1):
        strange = next((seat for seat in (*season.plans, *season.declines) if seat not in seats), None)
        if strange is not None:
            raise ValueError(f'season {number}: there is no seat "{strange}"')
    return Replay(
        level,
        data.seed,
        seats,
        tuple(data.policies.values()),
        tuple(tuple(tuple(season.plans.get(seat, ())) for seat in seats) for season in data.seasons),
        tuple(_answers(season) for season in data.seasons),
        tuple(season.digest for season in data.seasons),
        data.rules,
        data.difficulty,
        length,
    )


def write_replay(level_name: str, policies: tuple[str, ...], seed: int, file: Path, difficulty: str = TOLD) -> None:
    """Play one game under policies and keep it as a replay.  Raises LevelError, UnreadableFile, OSError."""
    model = compile_level(at_difficulty(load_level(level_name), difficulty))
    recorder = Recorder(model, seed, policies, difficulty)
    world = new_worlds(model, [seed])
    for _ in range(model.seasons):
        actions = plan_season(model, world, policies)
        world = step(model, world, actions)
        recorder.note(actions, world)
    recorder.replay().write(file)
