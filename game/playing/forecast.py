"""What may come of a plan, dreamt beside the screen, and how often such forecasts came true.

A forecast takes many games; they are played in the background of this one
(`game.playing.background`), and whoever points at something else meanwhile is
answered first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from game.insight.readings import readings, smallest
from game.insight.roles import watched
from game.players.forecast import BAND, Fan, Forecast, Guess, forecast_bit_by_bit
from game.playing.background import POINTED, WONDERED, Work
from game.playing.season import SeasonReport
from game.playing.session import Session
from game.sim.actions import Actions
from game.sim.model import Model
from game.sim.world import World
from game.telling import words
from game.telling.say import say
from game.telling.watched_number import WatchedNumber, watched_number

AHEAD = 8  # seasons
MOST = 2  # numbers foreseen
WORTH = 0.2  # of the difference in the end: one on the way that is smaller is not told
LEAST_TOLD = 0.0095  # a share from which on it is told in whole hundredths


@dataclass(frozen=True)
class Prospect:
    """What may come of a plan for one number: its course, what the plan adds to it, and what was guessed for it."""

    number: WatchedNumber
    course: Fan
    gain: Fan
    text: str
    guesses: tuple[Guess, ...]


@dataclass(frozen=True)
class Check:
    """A forecast of a season and what came."""

    season: int  # from 1
    number: WatchedNumber
    low: float
    high: float
    truth: float
    rounding: float = 0.0  # what is told no otherwise than the edge of the band is as good as inside it

    @property
    def held(self) -> bool:
        """Whether the truth lay inside the band, as far as it is told."""
        least = max(1e-9 * max(1.0, abs(self.truth)), self.rounding)
        return self.low - least <= self.truth <= self.high + least


# Season, seat, plan, what it is held against, what was answered to offers.
Key = tuple[int, int, tuple[int, ...], tuple[int, ...], bytes]


@dataclass(frozen=True)
class _Question:
    world: World
    seat: int
    plan: tuple[int, ...]
    said: Actions
    instead: tuple[int, ...] = ()

    @property
    def key(self) -> Key:
        answers = b"" if self.said.answers is None else self.said.answers.tobytes()
        return self.world.season, self.seat, self.plan, self.instead, answers


class Outlook:
    """The forecasts of one game."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._works: dict[Key, Work[tuple[Prospect, ...]]] = {}
        self._owed: list[tuple[int, Work[tuple[Check, ...]]]] = []  # with the season, from 1

    @property
    def checks(self) -> list[Check]:
        """What was foreseen of all seasons so far and what came, as far as it is worked out."""
        return [check for _, work in self._owed for check in work.result or ()]

    def ask(self, plan: Sequence[int], instead: Sequence[int] = ()) -> Work[tuple[Prospect, ...]]:
        """Return the work on what may come of a plan, held against another."""
        session = self.session
        asked = _Question(session.world, session.seat, tuple(plan), session.decided(), tuple(instead))
        work = self._works.get(asked.key)
        if work is None or work.cancelled:
            self._give_up()
            self._works = {key: kept for key, kept in self._works.items() if key[0] == asked.world.season}
            work = session.background.begin(lambda _: self._dream(asked), POINTED, AHEAD)
            self._works[asked.key] = work
        return work

    def compare(self, report: SeasonReport, plans: dict[int, tuple[int, ...]]) -> None:
        """Hold what was to be expected of the plans of a season against what came, as soon as there is time."""
        self._give_up()
        for seat, plan in plans.items():
            asked = _Question(report.before, seat, plan, self.session.plans[-1])
            known = self._works.get(asked.key)
            self._owe(report, asked, known.result if known is not None and known.finished else None)

    def _owe(self, report: SeasonReport, asked: _Question, known: tuple[Prospect, ...] | None) -> None:
        def bits(work: Work[tuple[Check, ...]]) -> Iterator[tuple[Check, ...] | None]:
            found = known
            for dreamt in () if found is not None else self._dream(asked):
                found = dreamt
                yield None
            yield tuple(_check(self.session.model, one, report.after) for one in found or ())

        work = self.session.background.begin(bits, WONDERED, AHEAD + 1)
        self._owed.append((report.after.season, work))

    def checked(self, season: int) -> list[Check]:
        """Return the forecasts of a season (from 1) and what came of them, as far as they are worked out."""
        return [check for check in self.checks if check.season == season]

    def trouble(self, season: int) -> str:
        """Return why the forecasts of a season (from 1) could not be held against what came; mostly nothing."""
        return next((work.trouble for one, work in self._owed if one == season and work.trouble), "")

    def forget(self) -> None:
        """Dream no more: the game is left."""
        self._give_up()
        for _, work in self._owed:
            work.cancel()

    def wait(self) -> None:
        """Wait until all that was asked is known."""
        for work in self._works.values():
            work.wait()
        for _, owed in self._owed:
            owed.wait()

    def _give_up(self) -> None:
        for work in self._works.values():
            work.cancel()

    def _dream(self, asked: _Question) -> Iterator[tuple[Prospect, ...]]:
        """What may come of a plan, as far as it is dreamt, a season at a time."""
        session = self.session
        me = session.model.layout.seats[asked.seat]
        whole = max(1, min(AHEAD, session.model.seasons - asked.world.season))
        for found in forecast_bit_by_bit(
            session.model,
            asked.world,
            asked.seat,
            asked.plan,
            session.policies,
            ahead=AHEAD,
            instead=asked.instead,
            said=asked.said,
        ):
            # Until all is dreamt nobody knows that a plan moves none of the usual numbers.
            told_of = _spoken_of(session, found, me) if found.seasons == whole else foreseen(session, me)
            yield tuple(_prospect(session.model, found, number) for number in told_of)


def foreseen(session: Session, me: int) -> list[WatchedNumber]:
    """Return which numbers of a game are foreseen: the first of all and the first of one's own that are watched."""
    model = session.model
    names = watched(model, session.roles)
    shared = [name for name in names if model.stocks[name].place in ("tile", "world")]
    own = [name for name in names if model.stocks[name].place == "community"]
    chosen = [*own[:1], *shared[:1], *own[1:], *shared[1:]][:MOST]
    return [watched_number(session.model, session.roles, name, me) for name in chosen]


def _spoken_of(session: Session, found: Forecast, me: int) -> list[WatchedNumber]:
    """Return the numbers that are foreseen, or where a plan moves none of them, what else it moves most."""
    model, usual = session.model, foreseen(session, me)
    if any(_size(model, found, number) >= 1.0 for number in usual):
        return usual
    agreed = {stock for plan in model.actions.values() for stock, _ in plan.sets}  # where nothing is, they say nothing
    relations = [name for name in model.stocks if model.stocks[name].place == "relation"]
    moods = [name for name in model.stocks if model.stocks[name].place == "community" and name not in agreed]
    others = range(len(model.layout.communities))
    possible = [
        WatchedNumber(name, one, words.capital(words.between(model, name, one, me, me)), 1.0, me)
        for name in relations
        for one in others
        if one != me
    ] + [
        WatchedNumber(name, one, words.capital(f"{words.whose(model, one, me)} {words.stock_word(model, name)}"))
        for name in moods
        for one in others
    ]
    moved = sorted(
        (one for one in possible if _size(model, found, one) >= 1.0), key=lambda one: -_size(model, found, one)
    )
    return moved[:MOST] or usual


def _size(model: Model, found: Forecast, number: WatchedNumber) -> float:
    """Return how many times the smallest difference worth a word a plan moves a number on average, at its most."""
    gain = found.gain["stock", number.stock][:, number.community or 0, number.towards]
    return float(np.abs(gain.mean(axis=1)).max()) / smallest(model, number.stock)


def _prospect(model: Model, found: Forecast, number: WatchedNumber) -> Prospect:
    key, who, other = ("stock", number.stock), number.community or 0, number.towards
    fans = found.fan(key, who, other), found.gain_fan(key, who, other)
    course, gain = (Fan(fan.values / number.tiles) for fan in fans)
    return Prospect(number, course, gain, beside_in_words(model, number, course, gain), tuple(found.guesses(gain)))


def beside_in_words(model: Model, number: WatchedNumber, course: Fan, gain: Fan) -> str:
    """Return what there will be with a plan and what without: `4 t with it, 13 t without: 8 t to 11 t less`.

    A loss alone frightens where much would come anyway: how it ends either way is told before the difference.
    """
    difference = _apart(model, number, gain)
    first = _first(model, number, gain)
    if not difference and not first:
        return say("forecast.no_difference")
    # Of what comes with it and of the difference, so that all three agree: middles of different luck need not.
    middle = float(np.median(course.values[-1]))
    least_there_is = model.stocks[number.stock].low if number.stock in model.stocks else -np.inf
    without = max(least_there_is, middle - float(np.median(gain.values[-1])))
    now, then = number.text(model, middle), number.text(model, without)
    if not difference:
        told = say("forecast.as_without", amount=now)
    elif _is_below_what_is_told(now, max(abs(gain.low[-1]), abs(gain.high[-1]))):
        told = say("forecast.hardly", amount=now)
    elif now == then:
        least, most = (without + float(edge[-1]) for edge in (gain.low, gain.high))
        hardly = number.text(model, least) == then == number.text(model, most)
        either_way = say("forecast.either_way", amount=now, difference=difference)
        told = say("forecast.hardly", amount=now) if hardly else either_way
    else:
        told = say("forecast.beside", now=now, without=then, difference=difference)
    return say("forecast.first", first=first, end=told) if first else told


def _is_below_what_is_told(told: str, most: float) -> bool:
    """Return whether a difference is less than the whole hundredths in which something is told."""
    return told.endswith("%") and "." not in told and most < LEAST_TOLD


def _apart(model: Model, number: WatchedNumber, gain: Fan) -> str:
    """Return how far a plan takes a number from where it would be without it, in the end; nothing where nowhere."""
    low, high = (number.text(model, float(edge[-1]), sign=True) for edge in (gain.low, gain.high))
    less, more = low.startswith("-"), not high.startswith("-")
    size = {"low": low.lstrip("+-"), "high": high.lstrip("+-")}
    if words.is_nothing(low) and words.is_nothing(high):
        return ""
    if low == high:
        return say("forecast.more" if more else "forecast.less", amount=size["low"])
    if less and more and not words.is_nothing(low) and not words.is_nothing(high):
        return say("forecast.less_to_more", **size)
    if less:  # the least change is told first
        return say("forecast.less_between", low=size["high"], high=size["low"])
    return say("forecast.more_between", **size)


def _first(model: Model, number: WatchedNumber, gain: Fan) -> str:
    """Return the largest difference on the way that the end has none of, or that is the other way; else nothing."""
    end = float(gain.middle[-1])
    side = 0.0 if words.is_nothing(number.text(model, end, sign=True)) else np.sign(end)
    against = [float(one) for one in gain.middle if side * one <= 0.0]
    most = max(against, key=abs, default=0.0)
    text = number.text(model, most, sign=True)
    little = abs(most) * number.tiles < smallest(model, number.stock) or abs(most) < WORTH * abs(end)
    if little or words.is_nothing(text):
        return ""
    return say("forecast.more" if most > 0.0 else "forecast.less", amount=text.lstrip("+-"))


def because(model: Model, found: Sequence[Prospect]) -> str:
    """Return what fans are wide for, as far as it could be known; nothing where luck is all."""
    guesses = [guess for one in found if _is_wide(model, one) for guess in one.guesses]
    people = [words.the_people(model, one.community) for one in guesses if one.community is not None]
    if people:
        return say("forecast.wide_for_needs", people=words.joined(list(dict.fromkeys(people))))
    if not guesses:
        return ""
    most = max(guesses, key=lambda one: one.share)
    return say("forecast.wide_for_number", number=_as_part(model.level.numbers[most.number].plain))


def _as_part(sentence: str) -> str:
    """Return a sentence as a part of another one: what a number is called only its authors know."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _is_wide(model: Model, found: Prospect) -> bool:
    """Return whether the ends of a fan are told as different."""
    low, high = (found.number.text(model, float(edge[-1]), sign=True) for edge in (found.gain.low, found.gain.high))
    return low != high


def _check(model: Model, expected: Prospect, after: World) -> Check:
    number = expected.number
    truth = (
        float(readings(model, after)["stock", number.stock][number.community or 0, number.towards, 0]) / number.tiles
    )
    fan = expected.course
    return checked(model, after.season, number, (float(fan.low[0]), float(fan.high[0])), truth)


def checked(model: Model, season: int, number: WatchedNumber, band: tuple[float, float], truth: float) -> Check:
    """Return a forecast of a season (from 1) beside what came; it held where it cannot be told that it did not."""
    near = band[0] if truth < band[0] else band[1]
    same = number.text(model, truth) == number.text(model, near)
    return Check(season, number, *band, truth, abs(truth - near) if same else 0.0)


def check_line(model: Model, check: Check) -> str:
    """Return what was foreseen and what came, and where it came otherwise by how much."""
    low, high, came = (check.number.text(model, value) for value in (check.low, check.high, check.truth))
    band = low if low == high else say("forecast.band", low=low, high=high)
    what = {"number": check.number.title, "band": band, "came": came}
    if check.held:
        return say("forecast.held", **what)
    above = check.truth > check.high
    off = check.number.text(model, check.truth - check.high if above else check.low - check.truth)
    return say("forecast.came_above" if above else "forecast.came_below", off=off, **what)


def record_line(checks: Sequence[Check]) -> str:
    """Return how many forecasts of a game held, and how many should."""
    held = sum(check.held for check in checks)
    of = words.count(len(checks), "forecast")
    return say("forecast.record", held=held, forecasts=of, should=round(10 * BAND))
