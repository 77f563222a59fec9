"""Which stocks of a level play the parts that every screen shows: what grows, the barn, days, trust.

Nothing is looked up by name: a level may call its stocks what it likes.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.model import Model


@dataclass(frozen=True)
class Roles:
    """Names of stocks and flows; None where a level has nothing of the kind."""

    living: str | None  # the stock on tiles whose state the board shows
    store: str | None  # what a community holds
    eating: str | None  # the flow that uses the store up, whose need counts
    counted: tuple[str, ...]  # what else a community has that is counted in numbers, such as animals
    days: str | None  # what actions cost
    rest: str | None  # how rested the player is
    trust: str | None
    known: str | None
    grievance: str | None


def roles_of(model: Model) -> Roles:
    """Return the parts that the stocks of a level play."""
    stocks = model.level.stocks
    promised = {name for plan in model.actions.values() for name, _ in plan.sets}

    def first(names: list[str]) -> str | None:
        return names[0] if names else None

    tiles = [name for name, stock in stocks.items() if stock.place == "tile"]
    players = [name for name, stock in stocks.items() if stock.place == "player"]
    relations = [name for name, stock in stocks.items() if stock.place == "relation"]
    store = first([name for name, stock in stocks.items() if stock.place == "community" and stock.kind == "matter"])
    wants = [community.wants or model.level.wants for community in model.level.communities.values()]
    known = first([want.known_by for want in wants if want and want.known_by])
    eating = [flow.name for flow in model.flows if flow.source == store and not flow.target and flow.counts_asked]
    paid = [name for name in players if any(name in plan.spec.cost for plan in model.actions.values())]
    return Roles(
        living=first([name for name in tiles if stocks[name].living] + tiles),
        store=store,
        eating=first(eating),
        counted=tuple(
            name
            for name, stock in stocks.items()
            if stock.place == "community" and stock.kind == "state" and stock.range[1] > 1 and name not in promised
        ),
        days=first(paid),
        rest=first([name for name in players if name not in paid and stocks[name].range[1] <= 1]),
        trust=first([name for name in relations if name != known]),
        known=known,
        grievance=first([name for name, stock in stocks.items() if stock.conflict]),
    )
