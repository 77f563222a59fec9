"""What all deeds of a player made together of the numbers that matter, in words, and each kind's fair share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from game.insight.readings import smallest
from game.insight.roles import Roles, roles_of, watched
from game.insight.shares import FairShares
from game.insight.shares_by_kind import Sum, summed
from game.sim.model import Model
from game.sim.totals import Floats
from game.telling import words
from game.telling.say import say
from game.telling.watched_number import WatchedNumber, watched_number

MOST_PARTS = 5  # kinds of deeds told of one number
MOST_SHARES = 3  # numbers told of one deed
HARDLY = 0.1  # of a share that hangs on other deeds: less is not told


@dataclass(frozen=True)
class Part:
    """What the deeds of one action made of a number: how many they were, and their fair share."""

    action: str
    title: str
    mode: str
    deeds: int
    amount: float
    text: str

    @property
    def label(self) -> str:
        """What it is called, and how often it was done."""
        return say("shares.kind", action=self.title, count=self.deeds) if self.deeds > 1 else self.title


@dataclass(frozen=True)
class Joint:
    """What all deeds made of one number, and the kinds of deeds that made it, largest first.

    `rest` is the text of what further kinds made, "" where there are none.
    """

    figure: WatchedNumber
    found: Sum
    head: str
    parts: tuple[Part, ...]
    rest: str
    leans: str


def joints(found: FairShares, me: int) -> list[Joint]:
    """Return what the deeds of `found` made of every number that the community `me` watches."""
    if not found.game.seasons:
        return []
    model = found.game.model
    told = [_joint(model, found, one, weights) for one, weights in _numbers(model, roles_of(model), me)]
    return [joint for joint in told if joint.parts]


def _numbers(model: Model, roles: Roles, me: int) -> list[tuple[WatchedNumber, Floats]]:
    """Return the numbers that are told, and how the readings of each count; whose trust and store are others'."""
    found = []
    for name in watched(model, roles):
        one = watched_number(model, roles, name, me)
        weights = np.full((1, 1), 1.0 / one.tiles)
        if model.stocks[name].place == "community":
            weights = _only(model, name)
            weights[me] = 1.0
        found.append((one, weights))
    others = [one for one in range(len(model.layout.communities)) if one != me]
    for stock in (roles.store, roles.grievance, roles.trust) if others else ():
        if stock is not None:
            weights = _only(model, stock)
            weights[others, me if model.stocks[stock].place == "relation" else 0] = 1.0 / len(others)
            found.append((WatchedNumber(stock, None, _the_others(model, roles, stock)), weights))
    return found


def _the_others(model: Model, roles: Roles, stock: str) -> str:
    """Return what a number of all the others is called: a store is told for each of them."""
    word = words.stock_word(model, stock)
    if stock == roles.store:
        return say("shares.others_each", stock=word)
    return say("shares.others_in_you" if stock == roles.trust else "shares.others", stock=word)


def _only(model: Model, name: str) -> Floats:
    """Return weights of 0 for all that a stock has."""
    return np.zeros(model.stocks[name].start.shape[:2])


def _joint(model: Model, found: FairShares, one: WatchedNumber, weights: Floats) -> Joint:
    of_all = summed(found, one.stock, weights)
    kinds: dict[str, list[int]] = {}
    for number, deed in enumerate(found.deeds):
        kinds.setdefault(model.candidates[deed.candidate].action, []).append(number)
    parts = [
        _part(model, one, name, len(numbers), float(of_all.shares[numbers].sum())) for name, numbers in kinds.items()
    ]
    parts = sorted((part for part in parts if not words.is_nothing(part.text)), key=lambda part: -abs(part.amount))
    more = sum(part.amount for part in parts[MOST_PARTS:])
    further = words.count(len(parts) - MOST_PARTS, "further kind")
    rest = say("shares.rest", kinds=further, amount=one.text(model, more, True)) if parts[MOST_PARTS:] else ""
    end, without = (one.text(model, value) for value in (of_all.end, of_all.without))
    head = say("shares.head", number=one.title, end=end, without=without)
    leans = say("shares.leans", share=words.percent(of_all.leans)) if of_all.leans > HARDLY else ""
    return Joint(one, of_all, head, tuple(parts[:MOST_PARTS]), rest, leans)


def _part(model: Model, one: WatchedNumber, name: str, deeds: int, amount: float) -> Part:
    text = replace(one, whole=False).text(model, amount, True)
    return Part(name, words.kind_name(model, name), model.actions[name].spec.mode, deeds, amount, text)


def share_line(model: Model, told: Sequence[Joint], number: int) -> list[str]:
    """Return the fair share of one deed of what all made at the end, in the numbers it weighs most in."""
    shares = [(one.figure, float(one.found.shares[number])) for one in told]
    shares.sort(key=lambda pair: -abs(pair[1]) * pair[0].tiles / smallest(model, pair[0].stock))
    texts = [(one, one.text(model, amount, True)) for one, amount in shares]
    said = [f"{one.title[:1].lower()}{one.title[1:]} {text}" for one, text in texts if not words.is_nothing(text)]
    return [f"  {say('shares.fair_share', shares=', '.join(said[:MOST_SHARES]))}"] if said else []


def together_lines(told: Sequence[Joint]) -> list[str]:
    """Return everything as lines of text."""
    lines = []
    for one in told:
        lines.append(one.head)
        lines += [f"  {part.text:>9}  {part.label}" for part in one.parts]
        lines += [f"  {line}" for line in (one.rest, one.leans) if line]
    return lines
