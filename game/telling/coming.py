"""What is on its way, in words: rows for a picture of the seasons ahead, and lines for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.insight.coming import AGREEMENT, EVENT, Arrival, Belief, Ending, Pipeline
from game.language.unknown import UnknownKind
from game.sim.model import Model
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.say import say


@dataclass(frozen=True)
class Coming:
    """One row of the picture: what comes or ends, and when.

    `marks` are (season, amount in words, full amount in words) of what comes
    at once; `course` is how much comes in each season from the next one on, of
    what trickles in; `until` is the last season of something that ends.
    """

    picture: str
    title: str
    plain: str
    marks: tuple[tuple[int, str, str], ...] = ()
    course: tuple[float, ...] = ()
    until: int | None = None
    mine: bool = True


def rows(model: Model, found: Pipeline, me: int) -> list[Coming]:
    """Return what is under way, a row for each kind: one's own first, what others wait for together."""
    groups: dict[tuple[str, bool, str], list[Arrival]] = {}
    told = []
    for one in found.arrivals:
        if one.season is None:
            told.append(_trickling(model, one, me))
        else:
            groups.setdefault((one.stock, one.community in (None, me), one.plain), []).append(one)
    dated = [_dated(model, same, me) for same in groups.values()]
    dated.sort(key=lambda row: not row.mine)
    return dated + told + [_ending(model, one, me) for one in found.endings]


def _dated(model: Model, same: Sequence[Arrival], me: int) -> Coming:
    first = same[0]
    unit, word = unit_of(model, first.stock), words.stock_word(model, first.stock)
    mine = first.community in (None, me)
    due: dict[int, float] = {}
    for one in same:
        due[one.season or 0] = due.get(one.season or 0, 0.0) + one.amount
    total = words.counted(model, sum(due.values()), first.stock, sign=True, percents=True)
    title = say("coming.total", number=_owned(first.community is not None, mine, word), amount=total)
    marks = tuple(
        (season, _short(number, unit), words.counted(model, number, first.stock, sign=True, percents=True))
        for season, number in due.items()
    )
    return Coming(_picture(model, first.stock), words.capital(title), first.plain, marks, mine=mine)


def _owned(somebodys: bool, mine: bool, word: str) -> str:
    """Return a stock with whose it is: everybody's, one's own, or the others' together."""
    if not somebodys:
        return word
    return say("coming.your" if mine else "coming.the_others", stock=word)


def _short(number: float, unit: str) -> str:
    text = words.signed(number, unit, True)
    return text if text.endswith("%") else text.split(" ")[0]


def _trickling(model: Model, one: Arrival, me: int) -> Coming:
    word = words.stock_word(model, one.stock)
    owner = "" if one.community is None else f"{words.whose(model, one.community, me)} "
    amount = words.signed(one.amount, unit_of(model, one.stock), True)
    title = say("coming.trickles", number=f"{owner}{word}", amount=amount, half=one.half, most=one.most)
    return Coming(_picture(model, one.stock), words.capital(title), one.plain, course=one.course)


def _ending(model: Model, one: Ending, me: int) -> Coming:
    if one.kind == AGREEMENT:
        plan = model.actions[one.name].spec
        names = [say("coming.you") if who == me else words.the_people(model, who) for who in one.members]
        title = _until(model, one, "agreement", words.kind_name(model, one.name))
        members = say("coming.members", people=words.joined(names))
        return Coming(plan.icon or "hands", title, members, until=one.season, mine=me in one.members)
    if one.kind != EVENT:
        raise UnknownKind("kind of ending", one.kind, "_ending in game/telling/coming.py")
    event = model.level.events[one.name]
    name = event.name or one.name.replace("_", " ").capitalize()
    title = _until(model, one, "event", name)
    return Coming(event.icon or "cloud", title, event.plain, until=one.season)


def _until(model: Model, one: Ending, kind: str, name: str) -> str:
    """Return until when something lasts; seasons that are not played have no number."""
    if one.season >= model.level.seasons.count:
        return say(f"coming.{kind}_stays", **{kind: name})
    return say(f"coming.{kind}_ends", season=one.season, **{kind: name})


def belief_line(model: Model, one: Belief, me: int) -> str:
    """Return what there is, and of how much the effect is still felt: it lags behind."""
    owner = "" if one.community is None else f"{words.whose(model, one.community, me)} "
    was, now = (words.amount(value, unit_of(model, one.stock), True) for value in (one.believed, one.true))
    number, delay = f"{owner}{words.stock_word(model, one.stock)}", words.turns(one.seasons)
    return say("coming.belief", delay=delay, number=words.capital(number), believed=was, true=now)


def lines(model: Model, found: Pipeline, me: int) -> list[str]:
    """Return all that is under way, a sentence each; that nothing is, where nothing is."""
    told = []
    for row in rows(model, found, me):
        if row.marks:
            parts = [say("coming.mark", amount=text, season=season) for season, _, text in row.marks]
            marks = say("coming.marks", number=row.title.split(":")[0], marks=words.joined(parts))
            told.append(f"{marks} {row.plain}".strip())
        else:
            told.append(f"{row.title}. {row.plain}".strip())
    told += [belief_line(model, one, me) for one in found.beliefs]
    return told or [say("coming.nothing")]


def _picture(model: Model, stock: str) -> str:
    return model.level.stocks[stock].icon or "leaf"
