"""The feedback loops of a world as it stands: found, signed, weighed and named.

A loop is a way along links back to where it began.  Its sign is the product
of the signs of its links at the present state: reinforcing where a push comes
back as more of itself, balancing where it comes back as less.  Its strength
is the geometric mean of their pulls, 1/season, so that long and short loops
compare; its score is its share of the strength of all loops found (after
Ford 1999; Kampmann 2012; Schoenberg, Davidsen & Eberlein 2020).  Of the loops
told first the one of largest score rules; what merely wears off by itself is
told last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from game.insight.links import Link, links_now
from game.insight.played import Deed
from game.sim.model import Model
from game.sim.world import World
from game.telling.say import say

LONGEST = 6  # stocks in a loop
MOST = 4000  # ways looked at, strongest links first
CARRIERS = 2  # of several links between the same stocks, how many are followed
SHOWN = 12

REINFORCING, BALANCING = "reinforcing", "balancing"


@dataclass(frozen=True)
class Loop:
    """One loop: its links in order, and the author's words for it where there are any.

    `score` is its share of the strength of all loops, 0 to 1; `pushed_on`
    names whoever bears what it costs though they are no part of it.
    """

    links: tuple[Link, ...]
    score: float = 0.0
    id: str = ""
    plain: str = ""
    pushed_on: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        """The stocks in the order of their links."""
        return tuple(link.source for link in self.links)

    @property
    def gain(self) -> float:
        """The product of the pulls of its links."""
        return math.prod(link.pull for link in self.links)

    @property
    def kind(self) -> str:
        """Whether it reinforces or balances, now."""
        return REINFORCING if self.gain > 0.0 else BALANCING

    @property
    def strength(self) -> float:
        """The geometric mean of its pulls, 1/season."""
        return math.exp(sum(math.log(abs(link.pull)) for link in self.links) / len(self.links))

    @property
    def wears_off(self) -> bool:
        """Whether it is only a stock that runs down by itself: every state does that, and it says little."""
        return len(self.links) == 1 and self.kind == BALANCING

    @property
    def delay(self) -> float:
        """Seasons on the way round."""
        return sum(link.delay for link in self.links)

    @property
    def parasitic(self) -> bool:
        """Whether its gains feed on others who are no part of it."""
        return bool(self.pushed_on)


def loops_now(model: Model, world: World, deeds: Sequence[Deed] = (), at: int = 0, most: int = SHOWN) -> list[Loop]:
    """Return the loops of world `at`, strongest first, then what wears off; the author's own are always among them."""
    return weighed(model, links_now(model, world, deeds, at), most)


def weighed(model: Model, links: Sequence[Link], most: int = SHOWN) -> list[Loop]:
    """Return the loops along given links, named and with scores, strongest first."""
    found = sorted(cycles(links), key=lambda loop: (loop.wears_off, -loop.strength, loop.members))
    total = sum(loop.strength for loop in found)
    named = _author_names(model, found)
    kept = [
        Loop(loop.links, loop.strength / total, *named.get(place, ("", "")), _pushed_on(model, loop, links))
        for place, loop in enumerate(found)
        if place < most or place in named
    ]
    return kept


def cycles(links: Sequence[Link]) -> list[Loop]:
    """Return all loops along some links, without names and scores."""
    import networkx as nx

    between: dict[tuple[str, str], list[Link]] = {}
    for link in sorted(links, key=lambda one: -abs(one.pull)):
        between.setdefault((link.source, link.target), []).append(link)
    graph = nx.DiGraph()
    graph.add_edges_from(sorted(between))
    found = []
    for way in islice(nx.simple_cycles(graph, length_bound=LONGEST), MOST):
        pairs = list(zip(way, [*way[1:], way[0]], strict=True))
        found += [Loop(_turned(carried)) for carried in product(*(between[pair][:CARRIERS] for pair in pairs))]
    return found


def _turned(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links from the stock that comes first in the alphabet, so that a loop is told only one way."""
    start = min(range(len(links)), key=lambda place: links[place].source)
    return links[start:] + links[:start]


def _author_names(model: Model, loops: Sequence[Loop]) -> dict[int, tuple[str, str]]:
    """Return for some loops the author's id and words: of all of its kind through the stocks named, a shortest one."""
    named: dict[int, tuple[str, str]] = {}
    for name, spec in model.level.loops.items():
        fitting = [
            place
            for place, loop in enumerate(loops)
            if set(spec.through) <= set(loop.members) and spec.kind in (None, loop.kind) and place not in named
        ]
        if fitting:
            shortest = min(len(loops[place].links) for place in fitting)
            named[next(place for place in fitting if len(loops[place].links) == shortest)] = (name, spec.plain)
    return named


def _pushed_on(model: Model, loop: Loop, links: Sequence[Link]) -> tuple[str, ...]:
    """Return what a reinforcing loop of people's own stocks harms outside itself: living things, and people.

    Such a loop is parasitic: its gains feed it, its costs fall on others.
    """
    inside = set(loop.members)
    own = all(model.stocks[name].place in ("community", "player") for name in inside)
    if loop.kind == BALANCING or not own:
        return ()
    hurt = []
    for link in links:
        spec = model.level.stocks[link.target]
        worse = link.pull < 0.0 if spec.living else link.pull > 0.0 and bool(spec.conflict or spec.harmful)
        if link.source in inside and link.target not in inside and worse and link.target not in hurt:
            hurt.append(link.target)
    return tuple(hurt)


# -- words ----------------------------------------------------------------------------------------------


def word(model: Model, stock: str) -> str:
    """Return what players call a stock, in small letters."""
    return model.level.stocks[stock].name.lower() or stock.replace("_", " ")


def paid(model: Model, stock: str) -> str:
    """Return what others get of a loop that costs them: less of what lives, more of what does harm."""
    return say("word.less" if model.level.stocks[stock].living else "word.more", flow=word(model, stock))


def title(model: Model, loop: Loop) -> str:
    """Return a short name for a loop: the author's id in words, or its stocks."""
    if loop.id:
        return loop.id.replace("_", " ").capitalize()
    names = [word(model, name) for name in loop.members]
    if len(names) == 1:
        return say("loop.feeds" if loop.kind == REINFORCING else "loop.limits", stock=names[0].capitalize())
    return say("loop.members", first=names[0].capitalize(), others=say("loop.and").join(names[1:]))


def explained(model: Model, loop: Loop) -> str:
    """Return one sentence: what more of the first stock does, all the way round, and what that means."""
    rising, steps = True, []
    for link in loop.links:
        rising = rising == (link.pull > 0.0)
        stock = word(model, link.target)
        if link.delay >= 1.0:
            later = {"stock": stock, "seasons": link.delay}
            steps.append(say("loop.more_later" if rising else "loop.less_later", **later))
        else:
            steps.append(say("loop.more" if rising else "loop.less", stock=stock))
    first, kind = word(model, loop.members[0]), "reinforcing" if loop.kind == REINFORCING else "balancing"
    if len(loop.members) == 1:
        told = say(f"loop.{kind}_alone", stock=first)
    else:
        told = say(f"loop.{kind}", stock=first, steps=say("loop.then").join(steps))
    if loop.parasitic:
        found = say("loop.and").join(paid(model, name) for name in loop.pushed_on)
        return say("loop.falls_on", told=told, found=found)
    return told
