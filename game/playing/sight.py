"""The ledger of a season without what nobody sees yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from game.insight.ledger import Card
from game.sim.model import Model
from game.sim.sight import unseen
from game.sim.world import World


def without_unseen(model: Model, world: World, cards: Sequence[Card]) -> list[Card]:
    """Return the cards of a ledger without changes of stocks of which players see nothing in `world`."""
    hidden = unseen(model, world)
    if not hidden:
        return list(cards)
    return [
        replace(
            card,
            intended=None if card.intended is not None and card.intended.name in hidden else card.intended,
            besides=tuple(change for change in card.besides if change.name not in hidden),
        )
        for card in cards
    ]
