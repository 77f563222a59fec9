"""If everyone stopped now: what would come of it, as courses to draw and sentences made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.insight.accounts import Place, why_flows
from game.insight.roles import watched
from game.language.nodes import Aggregate, Compare, Constant, StockName
from game.players.forecast import BAND, Fan
from game.players.standstill import Stopped, stopped_bit_by_bit
from game.playing.background import PRESSED, Work
from game.playing.session import Session
from game.sim.model import Model
from game.telling import words
from game.telling.say import say
from game.telling.watched_number import WatchedNumber, watched_number

SMALL = 0.03  # of the full measure: a change below it is none
SURE, LIKELY, HARDLY = 0.9, 0.5, 0.1  # shares of the dreams
SOON = 4  # seasons
WORTH = 0.5  # of a unit: a drain below it is not named


@dataclass(frozen=True)
class Number(WatchedNumber):
    """A figure that is looked ahead at, or a dial by its name; `goal` is what a goal wants of it."""

    goal: float | None = None
    dial: bool = False

    def text(self, model: Model, value: float, sign: bool = False) -> str:
        """Return a value as it is told everywhere."""
        return f"{100 * value:.0f}" if self.dial else super().text(model, value, sign)


@dataclass(frozen=True)
class Ahead:
    """One number as it was and as it would go on: `past` from the start to now, `fan` from the next season on."""

    number: Number
    past: tuple[float, ...]
    fan: Fan

    @property
    def course(self) -> list[float]:
        """The middle of what would come, the present first."""
        return [self.past[-1], *(float(value) for value in self.fan.middle)]


def numbers_of(session: Session) -> list[Number]:
    """Return the numbers that are looked ahead at: those of the banner, then the dials."""
    found = [
        Number(
            **vars(watched_number(session.model, session.roles, name, session.me)), goal=goal_of(session.model, name)
        )
        for name in watched(session.model, session.roles)
    ]
    return found + [Number(name, None, name.capitalize(), dial=True) for name in session.history[-1].dials]


def goal_of(model: Model, stock: str) -> float | None:
    """Return what a goal wants a stock to be, where one plainly compares it with a number; else None."""
    for index in range(len(model.level.goals)):
        node = model.nodes["goals", index, "hold"]
        if isinstance(node, Compare) and isinstance(node.right, Constant):
            read = node.left
            while isinstance(read, Aggregate) and read.kind in ("mean", "min", "max"):
                read = read.argument
            if isinstance(read, StockName) and read.name == stock:
                return node.right.value
    return None


def ahead(session: Session, number: Number, found: Stopped) -> Ahead:
    """Return the course of one number so far and if everyone stopped."""
    if number.dial:
        return Ahead(number, tuple(moment.dials[number.stock] for moment in session.history), found.dial(number.stock))
    key, who = ("stock", number.stock), number.community or 0
    past = tuple(float(moment.read[key][who, 0]) / number.tiles for moment in session.history)
    return Ahead(number, past, Fan(found.fan(key, who).values / number.tiles))


def full_measure(model: Model, one: Ahead) -> float:
    """Return what a full measure of a number is: its range where that is a share, else the most there ever is."""
    if one.number.dial or model.stocks[one.number.stock].high <= 1.0:
        return 1.0
    goal = one.number.goal or 0.0
    return max(*one.past, float(one.fan.high.max()), goal, 1e-9)


def course_in_words(model: Model, one: Ahead, since: int) -> str:
    """Return in a sentence or two where a number would go from season `since` on."""
    course, small = one.course, SMALL * full_measure(model, one)
    word = one.number.title[:1].lower() + one.number.title[1:]
    low, high = course.index(min(course)), course.index(max(course))
    now, end, last = course[0], course[-1], since + len(course) - 1
    falls, rises = now - course[low] >= small, course[high] - now >= small

    def text(value: float) -> str:
        return one.number.text(model, value)

    if not falls and not rises:
        line = say("standstill.stays", number=word, value=text(now))
    elif falls and (not rises or low < high):
        on = len(one.past) > 1 and one.past[-2] - now > small / 3
        way = say("standstill.falls_on" if on else "standstill.falls")
        said = {"number": word, "way": way, "until": _until(low, course, since), "value": text(course[low])}
        line = say("standstill.even_if" if _is_warning(model, one) else "standstill.if", **said)
        if end - course[low] >= small:
            line += " " + say("standstill.then_rises", value=text(end), season=last)
    else:
        on = len(one.past) > 1 and now - one.past[-2] > small / 3
        way = say("standstill.rises_on" if on else "standstill.rises")
        line = say("standstill.if", number=word, way=way, until=_until(high, course, since), value=text(course[high]))
        if course[high] - end >= small:
            line += " " + say("standstill.then_falls", value=text(end), season=last)
    return line + _spread(model, one, last)


def soon_in_words(model: Model, one: Ahead) -> str:
    """Return in a line where a number would be a few seasons on, and how sure that is; nothing where none are left."""
    seasons = min(SOON, len(one.fan.values))
    if not seasons:
        return ""
    low, middle, high = (
        one.number.text(model, float(edge[seasons - 1])) for edge in (one.fan.low, one.fan.middle, one.fan.high)
    )
    said = {"number": one.number.title.lower(), "seasons": words.turns(seasons), "value": middle}
    if low == high:
        return say("standstill.soon_sure", **said)
    return say("standstill.soon", **said, low=low, high=high)


def _is_warning(model: Model, one: Ahead) -> bool:
    """A fall is a warning, unless it is of something that does harm."""
    spec = None if one.number.dial else model.level.stocks[one.number.stock]
    return not (spec is None or spec.harmful or spec.conflict)


def _until(place: int, course: Sequence[float], since: int) -> str:
    if place == len(course) - 1:
        return say("standstill.to_the_end")
    return say("standstill.until", season=since + place)


def _spread(model: Model, one: Ahead, last: int) -> str:
    low, high = (one.number.text(model, float(edge[-1])) for edge in (one.fan.low, one.fan.high))
    if low == high:
        return ""
    return " " + say("standstill.spread", games=round(10 * BAND), low=low, high=high)


def drain_line(session: Session, one: Ahead) -> str:
    """Return what takes most of a number that would fall, and goes on though nobody acts; else nothing."""
    model, number = session.model, one.number
    falls = one.past[-1] - min(one.course) >= SMALL * full_measure(model, one)
    if number.dial or not falls or session.last is None or not model.stocks[number.stock].matter:
        return ""
    account = why_flows(model, session.world, number.stock, Place(community=number.community))
    if not account.drains or account.drains[0].amount < WORTH:
        return ""
    most = account.drains[0]
    flow = words.capital(words.stock_word(model, most.name))
    return say("standstill.drain", flow=flow, amount=words.amount(most.amount, account.unit))


def goal_lines(model: Model, found: Stopped) -> list[tuple[bool, str]]:
    """Return for each goal whether it would rather be met, and that in words; last whether the game would be lost."""
    count, lines = found.reached.shape[1], []
    for goal, stands in zip(model.level.goals, found.reached, strict=True):
        reached = stands & ~found.lost  # what stands at an early end is not reached
        share = float(reached.mean())
        said = say("standstill.goal", goal=goal.plain, chance=_chance(share), times=int(reached.sum()), games=count)
        lines.append((share >= LIKELY, said))
    lost = int(found.lost.sum())
    if lost and model.level.lost_when:
        said = say("standstill.lost", times=lost, games=count, why=model.level.lost_when.plain)
        lines.append((False, said))
    return lines


def in_short(found: Stopped) -> str:
    """Return in a line in how many imagined games everything is reached if nobody acts, and how many are lost."""
    games, lost = found.reached.shape[1], int(found.lost.sum())
    won = int((found.reached.all(axis=0) & ~found.lost).sum())
    if lost:
        return say("standstill.short_lost", won=won, lost=lost, games=games)
    return say("standstill.short", won=won, games=games)


def _chance(share: float) -> str:
    if share >= SURE:
        return say("standstill.sure")
    if share >= LIKELY:
        return say("standstill.likely")
    return say("standstill.hardly" if share <= HARDLY else "standstill.unlikely")


class Standstill:
    """What would come if everyone stopped now, dreamt in the background of a game; once a season for each person."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._asked: tuple[tuple[int, int], Work[Stopped]] | None = None

    def ask(self) -> Work[Stopped]:
        """Return the work on what would come; its result is None at the end of a game."""
        session = self.session
        key = (session.world.season, session.seat)
        if self._asked is None or self._asked[0] != key or self._asked[1].cancelled:
            if self._asked is not None:
                self._asked[1].cancel()
            model, world, seat = session.model, session.world, session.seat
            left = model.seasons - world.season + 1
            work = session.background.begin(lambda _: stopped_bit_by_bit(model, world, seat), PRESSED, left)
            self._asked = (key, work)
        return self._asked[1]
