"""Whether people answer: how a person acts after it was partnered with, and after force.

In the same seeds the first seat partners for PRELUDE seasons (`with`), or takes
(`over`, and of its neighbours from this one person), and idles for AFTER more;
the prelude of a short game is half of it.  Told is the share of the person's
deeds in those last seasons that take from others (`game.run.deeds`).  Games
count in which both went on to their last season, the first seat did take from
this person, and the person could take from it after that: who was left alone
has nothing to answer, and who cannot take nobody.  In the control memory, trust
and grievance are set back each season to those of the start, so only what force
costs in goods is left.

Games of the level's partner, played to their end, tell what friends do to each
other, and whether people who have days left do anything that others see.  At
last the same games are played by two tempers in one seat.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.level.schema import Level
from game.level.vocabulary import PERSON
from game.players.options import Shared
from game.players.person import reason_for
from game.players.policies import plan_season
from game.players.scripted import take_from
from game.players.weighing import circumstances
from game.run.answers_told import Friends, PeopleAnswer, PersonAnswer
from game.run.backends import kernel
from game.run.deeds import Flags, Tried, able, tried_by
from game.run.finished_blocks import Arrays, FinishedBlocks, digests_as_array, key_of
from game.run.kept_tasks import finish
from game.run.mutual import has_contract
from game.run.study import block_of
from game.run.threads import among_threads, one_at_a_time
from game.sim.batches import selected
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.people import TEMPERS
from game.sim.step import Ticks, step
from game.sim.world import RUNNING, World

PRELUDE, AFTER = 6, 2  # seasons
FRIENDS = 0.8  # trust, both ways, in shares of its range
MET = 0.5  # how short of a store a person may be and still count as having enough: half is a season in store
MILD = {"fair": 0.9, "bold": 0.1, "patient": 0.9, "forgiving": 0.9}
HARSH = {temper: 1.0 - value for temper, value in MILD.items()}

FREELY, FROZEN, WHOLE, TEMPER = "freely", "frozen", "whole", "temper"  # what a run is for


def people_seats(level: Level) -> list[int]:
    """Return the seats that people play while a player has the first."""
    return [seat for seat, policy in enumerate(level.default_policies()) if seat and policy == PERSON]


def people_games(level: Level, runs: int) -> int:
    """Return how many games `measure_people` plays."""
    return len(_runs(level)) * runs if has_contract(level) else 0


def measure_people(
    level: Level,
    seeds: Sequence[int],
    workers: int = 1,
    backend: str = "auto",
    finished: FinishedBlocks | None = None,
    progress: Callable[[int], None] | None = None,
) -> PeopleAnswer | None:
    """Return how people answer over these seeds; None where there are no seeds or nobody sits beside the player.

    `workers` share the games; neither how many nor `backend`
    changes a bit.  Raises BackendError for a backend that cannot be had.
    """
    if not has_contract(level) or not len(seeds):
        return None
    sent, said = pickle.dumps(level), level.model_dump(mode="json", by_alias=True)
    size = block_of(level)
    tasks = []
    for run in _runs(level):
        for start in range(0, len(seeds), size):
            some = tuple(int(seed) for seed in seeds[start : start + size])
            key = key_of("people answer", said, run.__dict__, some)
            tasks.append(_Task(key, sent, run, some, len(seeds), backend))
    found: dict[_Run, list[Arrays]] = {}
    for task, arrays in zip(tasks, finish(_play, tasks, workers, finished, progress), strict=True):
        found.setdefault(task.run, []).append(arrays)
    joined = {
        run: {name: np.concatenate([part[name] for part in parts], axis=-1) for name in parts[0]}
        for run, parts in found.items()
    }
    return _told(level, joined)


@dataclass(frozen=True)
class _Run:
    """One way to play: who sits first, and which person it takes from, or which seat has another temper."""

    kind: str
    first: str = "with"
    seat: int = 0
    harsh: bool = False


def _runs(level: Level) -> list[_Run]:
    answers = [_Run(kind, first, seat) for kind in (FREELY, FROZEN) for first, seat in _treated(level)]
    tempers = [_Run(TEMPER, "with", seat, harsh) for seat in people_seats(level) for harsh in (False, True)]
    return [*answers, _Run(WHOLE, level.mutual.partner), *tempers]


def _treated(level: Level) -> list[tuple[str, int]]:
    """Return how people are treated: all are partnered with, and each in turn is taken from."""
    return [("with", 0), *(("over", seat) for seat in people_seats(level))]


@dataclass(frozen=True)
class _Task:
    """One block of seeds of one run."""

    key: str
    level: bytes
    run: _Run
    seeds: tuple[int, ...]
    all_seeds: int  # by them `auto` chooses a backend
    backend: str

    @property
    def games(self) -> int:
        return len(self.seeds)


def _play(task: _Task) -> Arrays:
    model = _model(task.level)
    ticks = among_threads(kernel(task.backend, model, task.all_seeds))
    play = {FREELY: _answered, FROZEN: _answered, WHOLE: _among_partners, TEMPER: _by_temper}[task.run.kind]
    return play(model, new_worlds(model, list(task.seeds)), task.run, ticks)


@one_at_a_time
@lru_cache(maxsize=1)
def _model(level: bytes) -> Model:
    return compile_level(pickle.loads(level))


def _answered(model: Model, world: World, run: _Run, ticks: Ticks) -> Arrays:
    """Play the prelude and what comes after it; return what each person did in the seasons after, (people, W)."""
    people, others = people_seats(model.level), model.level.default_policies()[1:]
    prelude, seasons = _lengths(model)
    shape = (len(people), world.count)
    found = {name: np.zeros(shape, np.int64) for name in ("deeds", "takings")} | {"able": np.zeros(shape, np.bool_)}
    start, on, took = world, np.ones(world.count, np.bool_), np.zeros(world.count, np.bool_)
    whom = model.layout.seats[run.seat]
    for season in range(seasons):
        on = world.outcome == RUNNING
        partners = run.first == "with" and season < prelude
        actions = plan_season(model, world, ("with" if partners else "idle", *others), ticks)
        if season < prelude and not partners:
            take_from(whom, model, world, 0, actions.chosen[:, 0], Shared(ticks))
        after = step(model, world, actions, ticks)
        if season < prelude:
            taken = tried_by(model, world, 0, actions.chosen[:, 0], after.result[:, 0]).taken
            took |= np.logical_or.reduce([flags[whom] for flags in taken.values()], initial=False)
        for place, seat in enumerate(people if season >= prelude else ()):
            one = tried_by(model, world, seat, actions.chosen[:, seat], after.result[:, seat])
            found["deeds"][place] += one.deeds
            found["takings"][place] += one.takings
            found["able"][place] |= able(model, world, seat, model.layout.seats[0])[1]
        if run.kind == FROZEN:
            _set_back(model, after, start)
        world = after
    return {**found, "on": on, "took": took}


def _lengths(model: Model) -> tuple[int, int]:
    """Return how many seasons the prelude lasts, and how many are played in all."""
    prelude = min(PRELUDE, model.seasons // 2)
    return prelude, min(prelude + AFTER, model.seasons)


def _set_back(model: Model, world: World, start: World) -> None:
    """Let everybody forget, in place: memories, trust and grievance are again what they were at the start."""
    for name in ("wrongs", "kindness", "lean"):
        world.people[name] = start.people[name].copy()
    for name in (*model.feelings.believed, *model.feelings.wronged):
        world.stock[name] = start.stock[name].copy()


def _among_partners(model: Model, world: World, run: _Run, ticks: Ticks) -> Arrays:
    """Play whole games; return in how many seasons each person acted, and took from friends, (people, W)."""
    people = people_seats(model.level)
    policies = (run.first, *model.level.default_policies()[1:])
    names = ("open", "visible", "friends", "robbed", "for_need")
    found = {name: np.zeros((len(people), world.count), np.int64) for name in names}
    for _ in range(model.seasons):
        on = world.outcome == RUNNING
        if not on.any():
            break
        actions = plan_season(model, world, policies, ticks)
        after = step(model, world, actions, ticks)
        for place, seat in enumerate(people):
            one = tried_by(model, world, seat, actions.chosen[:, seat], after.result[:, seat])
            can = able(model, world, seat, model.layout.seats[0])[0] & on
            friends = _friends(model, world, seat) & on
            robbed, needed = _robbed(model, world, seat, one, friends)
            for name, flags in zip(names, (can, can & one.visible, friends.any(axis=0), robbed, needed), strict=True):
                found[name][place] += flags
        world = after
    return found


def _friends(model: Model, world: World, seat: int) -> Flags:
    """Return with whom a person is friends while it has enough itself, (C, W)."""
    me, name = model.layout.seats[seat], model.feelings.trust
    if not name:
        return np.zeros((len(model.layout.communities), world.count), np.bool_)
    plan = model.stocks[name]
    trust = (world.stock[name][:, :, 0, 0] - plan.low) / (plan.high - plan.low)
    found = (trust[me] >= FRIENDS) & (trust[:, me] >= FRIENDS)
    found[me] = False
    now = circumstances(model, world, seat)
    enough = now.tired <= 0.0
    for short in now.pressure.values():
        enough &= short <= MET
    return np.asarray(found & enough)


def _robbed(model: Model, world: World, seat: int, one: Tried, friends: Flags) -> tuple[Flags, Flags]:
    """Return where a person took from a friend, and where it did so because of a need, (W,) each."""
    robbed, needed = np.zeros(world.count, np.bool_), np.zeros(world.count, np.bool_)
    for index, whom in one.taken.items():
        here = (whom & friends).any(axis=0)
        robbed |= here
        for at in here.nonzero()[0]:
            why = reason_for(model, selected(world, np.array([at])), seat, index)
            needed[at] |= why is not None and why.term == "need"
    return robbed, needed


def _by_temper(model: Model, world: World, run: _Run, ticks: Ticks) -> Arrays:
    """Play the first seasons with another temper in one seat; return how they end, but for that temper itself."""
    me = model.layout.seats[run.seat]
    for temper, value in (HARSH if run.harsh else MILD).items():
        world.people[temper][me] = value
    policies = (run.first, *model.level.default_policies()[1:])
    for _ in range(_lengths(model)[1]):
        world = step(model, world, plan_season(model, world, policies, ticks), ticks)
    for temper in TEMPERS:
        world.people[temper][me] = 0.0
    return {"ends": digests_as_array(world.digests())}


def _told(level: Level, found: dict[_Run, Arrays]) -> PeopleAnswer:
    whole = found[_Run(WHOLE, level.mutual.partner)]
    people = []
    for place, seat in enumerate(people_seats(level)):
        shares, more, games = _compared(found, FREELY, place, seat)
        _, frozen_more, frozen_games = _compared(found, FROZEN, place, seat)
        mild, harsh = (found[_Run(TEMPER, "with", seat, one)]["ends"] for one in (False, True))
        people.append(
            PersonAnswer(
                level.seats[seat],
                games,
                more,
                *shares,
                frozen_games,
                frozen_more,
                len(mild),
                int((mild != harsh).sum()),
                int(whole["open"][place].sum()),
                int(whole["visible"][place].sum()),
            )
        )
    friends = Friends(*(int(whole[name].sum()) for name in ("friends", "robbed", "for_need")))
    return PeopleAnswer(level.mutual.partner, whole["open"].shape[-1], tuple(people), friends)


def _compared(found: dict[_Run, Arrays], kind: str, place: int, seat: int) -> tuple[tuple[float, float], int, int]:
    """Return the mean shares of takings after partnering and after force, and in how many of how many games more."""
    partner, force = found[_Run(kind, "with")], found[_Run(kind, "over", seat)]
    counts = partner["on"] & force["on"] & force["took"] & force["able"][place]
    partnered, forced = (one["takings"][place] / np.maximum(one["deeds"][place], 1) for one in (partner, force))
    games = int(counts.sum())
    means = tuple(float(values[counts].sum() / max(games, 1)) for values in (partnered, forced))
    return (means[0], means[1]), int((forced > partnered)[counts].sum()), games
