"""The ledger of a season as it is told: equal cards once, and what no card has to itself."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.ledger import AnswerCard, Card
from game.insight.readings import Change
from game.insight.who_pays import worth
from game.sim.model import Model
from game.telling import words
from game.telling.say import say

MOST_CHANGES = 4  # of what one answer did
TOLD_TOGETHER = 0.25  # a smaller share that actions did only together is not told


def together_line(cards: Sequence[Card]) -> str:
    """Return how much of what a season's actions did none of them did alone; nothing where it is next to nothing."""
    share = cards[0].only_together if cards else 0.0
    if len(cards) < 2 or share < TOLD_TOGETHER:
        return ""
    return say("story.only_together", share=words.percent(share))


def harm_in_sight(model: Model, changes: Sequence[Change], most: int) -> list[Change]:
    """Return changes with the largest harm among the first `most`, which are told at first: gains must not hide it."""
    harm = next((one for one in changes if not one.flow and worth(model, one.name) * one.amount < 0.0), None)
    if harm is None or harm in changes[:most]:
        return list(changes)
    return [*changes[: most - 1], harm, *(one for one in changes[most - 1 :] if one is not harm)]


def grouped(cards: Sequence[Card]) -> list[tuple[Card, int]]:
    """Return cards of equal actions once, with how often they were done."""
    found: list[tuple[Card, int]] = []
    for card in cards:
        for place, (other, times) in enumerate(found):
            if other.candidate == card.candidate and other.outcome == card.outcome:
                found[place] = (other, times + 1)
                break
        else:
            found.append((card, 1))
    return found


def answer_lines(model: Model, cards: Sequence[AnswerCard], me: int) -> list[str]:
    """Return what each answer of a household did in its season, one sentence for each, beside the other answer."""
    lines = []
    for card in cards:
        one = model.candidates[card.candidate]
        who, action = words.the_people(model, model.layout.seats[card.seat]), words.kind_name(model, one.action)
        shown = harm_in_sight(model, card.besides, MOST_CHANGES)
        changes = "; ".join(words.change(model, change, me, True) for change in shown[:MOST_CHANGES])
        told = {"who": who, "action": action}
        if changes:
            lines.append(say("answer.yes" if card.yes else "answer.no", changes=changes, **told))
        else:
            lines.append(say("answer.yes_nothing" if card.yes else "answer.no_nothing", **told))
    return lines
