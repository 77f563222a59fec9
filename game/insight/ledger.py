"""What each action did: the season run again without it, with the same luck, and the difference.

Every action a player took this season gets one twin world in which only it is
missing; all twins are stepped as one batch.  A twin says "without this
action", not "who is to blame": where actions need each other, each of them
gets the whole of what they did together, and the card says so (`enabled`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from game.insight.played import TRIED
from game.insight.readings import Change, Key, changes, glow_threshold, readings
from game.insight.who_pays import worth
from game.sim.actions import DONE, NO, NOTHING, YES, Actions
from game.sim.batches import selected
from game.sim.effect_plans import EffectPlan
from game.sim.model import Model
from game.sim.step import step
from game.sim.totals import Floats
from game.sim.world import World


@dataclass(frozen=True)
class Card:
    """One action in the ledger of a season."""

    slot: int
    candidate: int
    outcome: int  # see game.sim.actions
    intended: Change | None
    besides: tuple[Change, ...]
    enabled: tuple[int, ...]  # candidates of the same player that would have failed without it
    only_together: float = 0.0  # of what the player's actions of the season did, the share that none did alone
    # (rows, columns) of the land that would be another without it; None where there is none.
    tiles: NDArray[np.bool_] | None = field(default=None, compare=False, repr=False)


def ledger(model: Model, before: World, actions: Actions, after: World, seat: int, at: int = 0) -> list[Card]:
    """Return one card for each action that the player in `seat` tried between `before` and `after`.

    What was planned and never tried is left out of all twins: it could take
    the place of the very action that is missing there.
    """
    outcomes = after.result[:, seat, at]
    slots = [slot for slot in range(len(outcomes)) if outcomes[slot] in TRIED]
    if not slots:
        return []
    # The last world of the batch is what really happened, the one before it lacks all of them.
    count = len(slots) + 2
    chosen = np.repeat(actions.chosen[:, :, at : at + 1], count, axis=2)
    chosen[~np.isin(outcomes, TRIED), seat] = NOTHING
    for twin, slot in enumerate(slots):
        chosen[slot, seat, [twin, len(slots)]] = NOTHING
    here = np.full(count, at)
    twins = step(model, selected(before, here), Actions(chosen, actions.of_worlds(here).answers))
    known = readings(model, twins)
    together = _only_together(model, known)
    cards = []
    for twin, slot in enumerate(slots):
        enabled = tuple(int(chosen[other, seat, -1]) for other in _enabled(twins, seat, twin, slot))
        differing = changes(model, {key: values[..., -1] - values[..., twin] for key, values in known.items()})
        tiles = _changed_tiles(model, twins, twin)
        outcome = int(twins.result[slot, seat, -1])
        card = _card(model, seat, slot, int(chosen[slot, seat, -1]), outcome, differing, enabled, tiles)
        cards.append(replace(card, only_together=together))
    return cards


@dataclass(frozen=True)
class AnswerCard:
    """What one answer to an offer did in its season: `besides` is the season less that with the other answer.

    `seat` has made the offer, of `candidate`; `yes` is what was answered.
    """

    seat: int
    candidate: int
    yes: bool
    besides: tuple[Change, ...]


def answers_ledger(model: Model, before: World, actions: Actions, after: World, seat: int) -> list[AnswerCard]:
    """Return one card for each offer that the player in `seat` answered yes or no to, in a season of one world.

    Each answer holds for all slots of whoever asked the same.  What was never asked, left unanswered or answered by
    the rules of the level has no card.
    """
    me = model.layout.seats[seat]
    if actions.answers is None:
        return []
    asked = np.argwhere((after.answer[:, :, me, 0] != 0) & np.isin(actions.answers[:, :, me, 0], (YES, NO)))
    letters: dict[tuple[int, str, bool], list[int]] = {}
    for slot, by in asked.tolist():
        said = int(actions.answers[slot, by, me, 0]) == YES
        named = [model.candidates[one].action if one >= 0 else "" for one in actions.chosen[:, by, 0].tolist()]
        if model.actions[named[slot]].accepts is not None:
            # With the other answer a later slot may come to be asked, too.
            same = [place for place, action in enumerate(named) if action == named[slot]]
            letters.setdefault((by, named[slot], said), same)
    if not letters:
        return []
    here = np.zeros(len(letters) + 1, np.int64)
    twins = actions.of_worlds(here)
    assert twins.answers is not None
    for twin, ((by, _, said), slots) in enumerate(letters.items()):
        twins.answers[slots, by, me, twin] = NO if said else YES
    known = readings(model, step(model, selected(before, here), twins))
    cards = []
    for twin, ((by, _, said), slots) in enumerate(letters.items()):
        differing = changes(model, {key: values[..., -1] - values[..., twin] for key, values in known.items()})
        told = [one for one in differing if one.weight > 1.0 and not one.flow and not is_price(model, seat, one)]
        told.sort(key=lambda change: (-change.weight, change.name, change.who))
        cards.append(AnswerCard(by, int(actions.chosen[slots[0], by, 0]), said, tuple(told)))
    return cards


def _only_together(model: Model, known: dict[Key, Floats]) -> float:
    """Return the share of interaction, 0 to 1, over all stocks that are good or bad for somebody.

    It is |rest| / (|rest| + sum of |each|), the rest being what all did less the sum of what each did.
    """
    rest = each = 0.0
    for (kind, name), values in known.items():
        weight = abs(worth(model, name)) if kind == "stock" else 0.0
        if weight:
            gone = values[..., -1:] - values[..., :-1]
            single, all_of_them = gone[..., :-1], gone[..., -1]
            rest += weight * float(np.abs(all_of_them - single.sum(axis=-1)).sum())
            each += weight * float(np.abs(single).sum())
    return rest / (rest + each) if rest + each > 0.0 else 0.0


def _card(
    model: Model,
    seat: int,
    slot: int,
    candidate: int,
    outcome: int,
    differing: list[Change],
    enabled: tuple[int, ...],
    tiles: NDArray[np.bool_] | None,
) -> Card:
    intended = intended_change(model, seat, candidate, differing) if outcome == DONE else None
    besides = [
        change
        for change in differing
        if change.weight > 1.0 and change != intended and not change.flow and not is_price(model, seat, change)
    ]
    besides.sort(key=lambda change: (-change.weight, change.name, change.who))
    return Card(slot, candidate, outcome, intended, tuple(besides), enabled, tiles=tiles)


def _changed_tiles(model: Model, after: World, twin: int) -> NDArray[np.bool_] | None:
    """Return where on the land some stock differs by enough to be seen, or others may use it."""
    found: NDArray[np.bool_] = (after.uses[..., -1] != after.uses[..., twin]).any(axis=(0, 1))
    for name, plan in model.stocks.items():
        if plan.place == "tile":
            values = after.stock[name][0, 0]
            found = found | (
                np.abs(values[..., -1] - values[..., twin]) * plan.live[0, 0, ..., 0] > glow_threshold(model, name)
            )
    return found if found.any() else None


def _enabled(after: World, seat: int, twin: int, slot: int) -> list[int]:
    """Return the other slots of the player that worked only because of this one."""
    others = [other for other in range(after.result.shape[0]) if other != slot]
    return [o for o in others if after.result[o, seat, -1] == DONE and after.result[o, seat, twin] != DONE]


def is_price(model: Model, seat: int, change: Change) -> bool:
    """Whether the change is the player's own effort, which the price of the action says already."""
    return change.who == (model.layout.seats[seat],) and model.stocks[change.name].place == "player"


def intended_change(model: Model, seat: int, candidate: int, changes: list[Change]) -> Change | None:
    """Return the change the action is for: its aim, what its agreement limits, or the first thing it does."""
    chosen = model.candidates[candidate]
    plan = model.actions[chosen.action]
    me = model.layout.seats[seat]
    if plan.spec.aim:
        return _find(model, changes, plan.spec.aim.of, (me,))
    limits = plan.spec.lasts.limits if plan.spec.lasts else None
    for flow in (limits,) if isinstance(limits, str) else limits or ():
        found = next((change for change in changes if change.flow and change.name == flow), None)
        if found is not None:
            return found
    for effect in plan.now:
        found = _find(model, changes, *_bearer(effect, me, chosen.target, list(model.layout.communities)))
        if found is not None:
            return found
    return None


def _bearer(effect: EffectPlan, me: int, target: int, names: list[str]) -> tuple[str, tuple[int, ...]]:
    stock, who = effect.bearer
    places = {"me": me, "target": target, **{name: index for index, name in enumerate(names)}}
    return stock, tuple(places[one] for one in who if one in places)


def _find(model: Model, changes: list[Change], stock: str, who: tuple[int, ...]) -> Change | None:
    matching = [change for change in changes if change.name == stock and not change.flow]
    exact = next((change for change in matching if not change.who or change.who == who), None)
    if exact is not None or who or not matching:
        return exact
    return max(matching, key=lambda change: change.weight)
