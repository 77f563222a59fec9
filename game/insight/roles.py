"""Which stocks of a level play the parts that every screen shows: what grows, the barn, days, trust.

Nothing is looked up by name: a level may call its stocks what it likes.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.insight.terms import names_in
from game.sim.effect_plans import AddEffect
from game.sim.model import Model

MOST_NUMBERS = 5


@dataclass(frozen=True)
class Roles:
    """Names of stocks and flows; None where a level has nothing of the kind."""

    living: str | None  # the stock on tiles that goals are about and that is watched, or else the first that lives
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

    players = [name for name, stock in stocks.items() if stock.place == "player"]
    relations = [name for name, stock in stocks.items() if stock.place == "relation"]
    held = [name for name, stock in stocks.items() if stock.place == "community" and stock.kind == "matter"]
    store = first([name for name in model.level.watch if name in held] + held)
    wants = [community.wants or model.level.wants for community in model.level.communities.values()]
    known = first([want.known_by for want in wants if want and want.known_by])
    eating = [flow.name for flow in model.flows if flow.source == store and not flow.target and flow.counts_asked]
    paid = [name for name in players if any(name in plan.spec.cost for plan in model.actions.values())]
    return Roles(
        living=first(_growing(model)),
        store=store,
        eating=first(eating),
        counted=tuple(
            name
            for name, stock in stocks.items()
            if stock.place == "community" and stock.kind == "state" and stock.range[1] > 1
            if name not in promised and _moves(model, name)
        ),
        days=first(paid),
        rest=first([name for name in players if name not in paid and stocks[name].range[1] <= 1]),
        trust=first([name for name in relations if name != known]),
        known=known,
        grievance=first([name for name, stock in stocks.items() if stock.conflict]),
    )


def _growing(model: Model) -> list[str]:
    """Return the stocks on tiles, those first that tell how the land is doing where the level has people look at it."""
    stocks = model.level.stocks
    tiles = [name for name, stock in stocks.items() if stock.place == "tile"]
    looked_at = [name for name in model.level.watch if name in tiles] or tiles
    living = [name for name in (*goal_stocks(model), *tiles) if name in looked_at and stocks[name].living]
    shares = [name for name in looked_at if stocks[name].range[1] == 1]
    return [*living, *(shares if looked_at is not tiles else []), *tiles]


def goal_names(model: Model) -> list[str]:
    """Return what goals speak of, stocks and flows, in their order."""
    return [name for index in range(len(model.level.goals)) for name in names_in(model.nodes["goals", index, "hold"])]


def goal_stocks(model: Model) -> list[str]:
    """Return the stocks that goals are about: those they name, and those that the flows they name draw from."""
    draws = {flow.name: flow.source for flow in model.flows}
    named = [name if name in model.stocks else draws.get(name, "") for name in goal_names(model)]
    return [name for name in dict.fromkeys(named) if name in model.stocks]


def watched(model: Model, roles: Roles) -> list[str]:
    """Return the stocks whose numbers matter: what the level names, else what goals speak of and what is used up.

    Of a goal about a flow, such as that all can drink, the stock counts that the flow draws from.
    """
    if model.level.watch:
        return [name for name in model.level.watch if name in model.stocks]
    if model.level.kind == "model":  # it has no goals that could say what matters
        return list(model.stocks)[:MOST_NUMBERS]
    goals = goal_names(model)
    land = [name for name in goal_stocks(model) if model.stocks[name].place == "tile"]
    states = [name for name in goals if name in model.stocks and model.stocks[name].place in ("community", "world")]
    counted = [name for name in roles.counted if _moves(model, name)]
    if roles.living is not None and (roles.living in goals or counted):
        land = [roles.living, *land]
    own = [*([roles.store] if roles.store else []), *counted[:1]]
    return list(dict.fromkeys([*land, *states, *own]))[:MOST_NUMBERS]


def _moves(model: Model, name: str) -> bool:
    """Return whether anything in the level changes a stock; what an agreement alone could set stands still."""
    effects = (
        effect.stock
        for plan in model.actions.values()
        for effect in (*plan.now, *plan.each_season)
        if isinstance(effect, AddEffect)
    )
    flows = ((flow.source, flow.target) for flow in model.flows)
    return name in effects or any(item.of == name for item in model.influences) or any(name in ends for ends in flows)


def reservoir(model: Model, name: str) -> str | None:
    """Return what nobody sees and what feeds a stock, such as the water deep in a hill; None where nothing does."""
    found = (flow.source for flow in model.flows if flow.target == name and flow.source in model.stocks)
    return next((one for one in found if one and model.stocks[one].place == "world"), None)
