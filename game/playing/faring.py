"""Who is better and who is worse off through one player so far, and in what: beside the game without him."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from game.insight.played import PlayedGame
from game.insight.readings import places_of
from game.insight.without import GOODS, LAND, Difference, Without
from game.playing.background import PRESSED, Background, Work
from game.sim.model import Model
from game.sim.sight import unseen
from game.sim.units_told import unit_of
from game.telling import words
from game.telling.lines import Line, Tone
from game.telling.say import say

MOST = 4  # things in which somebody fares otherwise that are told in one line
BETTER, WORSE, BOTH, SAME = "better", "worse", "both", "same"
TONES: dict[str, Tone] = {BETTER: "good", WORSE: "bad", BOTH: "notice", SAME: "plain"}


@dataclass(frozen=True)
class Fares:
    """How one household fares through a player, or the land (`community` None): `way` is one of the four above."""

    community: int | None
    way: str
    differences: tuple[Difference, ...]


class FaringOf:
    """Keeps, beside one game, the twins without what each player did; worked out in the background."""

    def __init__(self, background: Background, game: Callable[[], PlayedGame]) -> None:
        self._background, self._game = background, game
        self._twins: dict[int, Without] = {}
        self._works: dict[int, tuple[int, Work[tuple[Fares, ...]]]] = {}  # by seat, with the seasons that were over

    def ask(self, seat: int) -> Work[tuple[Fares, ...]]:
        """Return the work on how everybody fares through the player in a seat, as things stand now."""
        game, known = self._game(), self._works.get(seat)
        if known is None or known[0] != game.seasons or known[1].cancelled:
            twin = self._twins.setdefault(seat, Without(game.model, game.start, seat))

            def bits(work: Work[tuple[Fares, ...]]) -> Iterator[tuple[Fares, ...] | None]:
                for _ in twin.catch_up(game, work.ticks):
                    yield None
                hidden = unseen(game.model, game.end)
                found = twin.differences() if twin.seasons else []
                yield fares(game.model, [one for one in found if one.of not in hidden])

            known = game.seasons, self._background.begin(bits, PRESSED)
            self._works[seat] = known
        return known[1]


def fares(model: Model, found: list[Difference]) -> tuple[Fares, ...]:
    """Return how every household fares, in the order of the level, and the land where it lives otherwise."""
    everybody: list[int | None] = [*range(len(model.layout.communities))]
    if any(one.community is None for one in found):
        everybody.append(None)
    told = []
    for who in everybody:
        own = tuple(one for one in found if one.community == who)
        ways = {one.better for one in own}
        way = SAME if not ways else BOTH if len(ways) == 2 else BETTER if True in ways else WORSE
        told.append(Fares(who, way, own))
    return tuple(told)


def fares_line(model: Model, one: Fares, me: int) -> str:
    """Return how a household fares in a line: `The Birches are better off: hay +4.1 t, grievance -6 %.`."""
    if one.community is None:
        who = say("faring.land")
    elif one.community == me:
        who = say("faring.you")
    else:
        who = say("faring.they", who=words.capital(words.the_people(model, one.community)))
    return say("faring.line", who=who, what=fares_words(model, one))


def fares_words(model: Model, one: Fares) -> str:
    """Return how a household fares, without its name: `better off: hay +4.1 t`."""
    better, worse = (told_differences(model, one, way) for way in (True, False))
    if one.way == SAME:
        return say("faring.same")
    if one.way == BOTH:
        return say("faring.both", better=words.joined(better), worse=words.joined(worse))
    return say("faring.better" if one.way == BETTER else "faring.worse", what=words.joined(better or worse))


def told_differences(model: Model, one: Fares, better: bool) -> list[str]:
    """Return in what somebody fares better, or worse, largest kinds first and not more than a few."""
    return [difference_words(model, each) for each in one.differences if each.better is better][:MOST]


def difference_words(model: Model, one: Difference, short: bool = False) -> str:
    """Return one difference with its size and sign: `hay +4.1 t`, `grievance -6 %`; `short` without since when."""
    what = what_it_is(model, one, short)
    return say("faring.part", what=what, size=words.beside(what, size_of(model, one)))


def what_it_is(model: Model, one: Difference, short: bool = False) -> str:
    """Return the word for that in which somebody fares otherwise."""
    word = words.stock_word(model, one.of)
    if one.kind != "met":
        return word
    return say("faring.met_short" if short else "faring.met", need=word)


def size_of(model: Model, one: Difference) -> str:
    """Return by how much somebody fares otherwise, as it is told, with its sign."""
    spec, plan = model.level.stocks.get(one.of), model.stocks.get(one.of)
    change = one.here - one.there
    if one.kind in ("store", GOODS) and spec is not None and plan is not None:
        if plan.matter:
            return words.signed(change, unit_of(model, one.of))
        whole = round(one.here) - round(one.there)  # nobody has a tenth of a cow
        return f"{whole:+d}" if spec.unit in ("", "share") else words.signed(whole, spec.unit)
    if one.kind == LAND and spec is not None and plan is not None:
        mean = change / (places_of(model, one.of) if plan.matter else 1.0)
        if not np.isfinite(plan.high):
            return words.signed(mean, unit_of(model, one.of))
        return words.signed(mean / (plan.high - plan.low), "share", True)
    return words.signed(change, "share", True)


def summary(model: Model, found: tuple[Fares, ...], community: int, me: int) -> str:
    """Return who is better and who is worse off through a household, by name; `me` is the one that reads it."""
    through = (
        say("faring.through_you") if community == me else say("faring.through", who=words.the_people(model, community))
    )
    named = {way: [_named(model, one, me) for one in found if one.way == way] for way in (BETTER, WORSE, BOTH)}
    if not any(named.values()):
        return say("faring.nobody", through=through)
    if len(named[BETTER]) == len(found) > 1:
        return say("faring.everybody", through=through)
    told = [(way, words.joined(who)) for way, who in named.items() if who]
    first, *rest = told
    return " ".join(
        [say(f"faring.who_{first[0]}_through", who=first[1], through=through)]
        + [say(f"faring.who_{way}", who=who) for way, who in rest]
    )


def _named(model: Model, one: Fares, me: int) -> str:
    if one.community is None:
        return say("faring.the_land")
    return say("story.you_too") if one.community == me else words.the_people(model, one.community)


def faring_lines(model: Model, work: Work[tuple[Fares, ...]], community: int, me: int) -> list[Line]:
    """Return how everybody fares through a household under a heading, or that it is still being counted."""
    heading = Line(title(model, community, me), place="title")
    if work.trouble:
        return [heading, Line(work.trouble, "notice", "item")]
    if work.result is None:
        return [heading, Line(counting(model, community, me), "notice", "item")]
    told = [Line(fares_line(model, one, me), TONES[one.way], "item") for one in work.result]
    return [heading, *told, Line(note(community, me), place="under")]


def title(model: Model, community: int, me: int) -> str:
    """Return the heading of how everybody fares through a household; `me` is the one that reads it."""
    return say("faring.title") if community == me else say("faring.title_of", who=words.the_people(model, community))


def note(community: int, me: int) -> str:
    """Return in a sentence what is held against what."""
    return say("faring.note" if community == me else "faring.note_of")


def counting(model: Model, community: int, me: int) -> str:
    """Return that it is still being worked out."""
    return (
        say("faring.counting") if community == me else say("faring.counting_of", who=words.the_people(model, community))
    )
