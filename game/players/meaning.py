"""What options mean: to those they touch, to the rest of whoever does them, and what agreements would allow."""

from __future__ import annotations

import numpy as np

from game.language.nodes import Aggregate, Auxiliary, Near, Special, walk
from game.players.options import Choices, Deeds, Option
from game.sim.feelings import felt, parted_with, rests
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import ActionPlan
from game.sim.possible import action_frame
from game.sim.totals import Floats
from game.sim.world import World

TINY = 1e-6


def deeds(model: Model, world: World, seat: int, choices: Choices, shares: dict[str, Floats]) -> Deeds:
    """Return what options mean to those they touch; for a table of choices it is worked out once."""
    if "deeds" not in choices.known:
        most = max([1, *(len(parted_with(model.feelings, plan)) for plan in model.actions.values())])
        options, worlds = choices.allowed.shape
        found = Deeds(
            np.zeros((options, len(model.layout.communities), worlds)),
            np.zeros((options, worlds)),
            np.zeros((options, most, worlds)),
        )
        for row, index in enumerate(choices.rows.tolist()):
            frame, plan = action_frame(model, world, seat, index, shares), choices.book.plans[index]
            found.feels[row] = felt(model.feelings, model.stocks, frame, plan)
            found.rests[row] = _rests(model, frame, plan)
            for place, move in enumerate(parted_with(model.feelings, plan)):
                assert move.amount is not None
                found.gives[row, place] = along_worlds(np.asarray(move.amount(frame)), worlds)
        choices.known["deeds"] = found
    known: Deeds = choices.known["deeds"]
    return known


def _rests(model: Model, frame: Frame, plan: ActionPlan) -> Floats:
    """Return what a deed gives the doer's own needs, in shares of their range, (W,)."""
    found = np.zeros(frame.world.count)
    for effect in rests(model.stocks, plan):
        assert effect.amount is not None
        found = found + np.broadcast_to(effect.amount(frame), (1, 1, 1, 1, frame.world.count)).reshape(-1)
    return np.maximum(found, 0.0) + 0.0


def promised(model: Model, world: World, option: Option, me: int, shares: dict[str, Floats]) -> Floats:
    """Return how much more one could take if an agreement were settled anew, in shares of what it allows now, (W,).

    0 where one is not in it, and where it limits nothing that one takes.
    """
    plan, lasts = option.plan, option.plan.spec.lasts
    if lasts is None or not lasts.limits:
        return np.zeros(world.count)
    if f"allowed by {plan.name}" not in shares:  # it is the same for all seats
        shares[f"allowed by {plan.name}"] = allowed(model, world, plan)
    stands, *others = shares[f"allowed by {plan.name}"][:, me]
    offered = others[plan.spec.terms[plan.term].values.index(option.candidate.amount)]
    inside = world.member[plan.name][me, 0, 0, 0]
    return np.asarray(inside * (offered - stands) / np.maximum(stands, TINY))


def allowed(model: Model, world: World, plan: ActionPlan) -> Floats:
    """Return what an agreement allows each community now, and with each amount that may be settled, (1 + A, C, W)."""
    stock, rule = plan.sets[0]
    node = model.nodes["actions", plan.name, "lasts", "sets", stock]
    collected = [part for part in walk(node) if isinstance(part, (Aggregate, Auxiliary, Near))]
    # What is collected is the same whatever is settled, but where the term itself is collected.
    apart = any(isinstance(part, Special) and part.name == "term" for one in collected for part in walk(one))
    known: dict[object, Floats] = {}
    of_season: dict[object, Floats] = {}
    values = [np.full((1, 1, 1, 1, world.count), amount) for amount in plan.spec.terms[plan.term].values]
    found = []
    for amount in (world.term[plan.name], *values):
        frame = Frame(
            model.layout,
            world,
            members=world.member[plan.name],
            terms={plan.term: amount},
            this_tick={} if apart else known,
            this_season=of_season,
        )
        shape = (len(model.layout.communities), 1, 1, 1, world.count)
        found.append(np.broadcast_to(rule(frame), shape)[:, 0, 0, 0])
    return np.array(found)
