"""Every expression of a level with the names it may use: one table for checks and for compiling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from game.language.nodes import COMMUNITY, PARTNER, TILE, WORLD, Node, and_parts
from game.language.parser import parse
from game.language.scope import FlowView, Scope, StockView, stock_place
from game.language.syntax import ExpressionError, Fault
from game.level.auxiliaries import auxiliary_scope, bound_auxiliaries, circle_in_words, circles
from game.level.effects import effect_expressions, is_tile, reference
from game.level.merge import Path, Source
from game.level.noise import AXES
from game.level.noise import bounds as noise_bounds
from game.level.problems import Problem
from game.level.schema import Action, Effect, Event, Formula, Level, Rules, TerrainTarget, TileTarget
from game.level.series import per_tick

ALWAYS = {"season": WORLD, "time": WORLD, "users": TILE, "height": TILE}


@dataclass(frozen=True)
class Expression:
    """One expression: where it stands in the level, its text, its names."""

    path: Path
    text: Formula
    scope: Scope


def world_scope(level: Rules) -> Scope:
    """The names of rules about the whole world: goals, the objective, hints."""
    communities = tuple(level.communities) if isinstance(level, Level) else ()
    stocks = {name: StockView(stock.place, *stock.range) for name, stock in level.stocks.items()}
    numbers = {name: (min(n.low, n.value), max(n.high, n.value)) for name, n in level.numbers.items()}
    flows = {name: FlowView(COMMUNITY if flow_axes(level, name) & COMMUNITY else WORLD) for name in level.flows}
    lasting = tuple(name for name, action in level.actions.items() if action.lasts)
    scope = Scope(
        stocks,
        numbers,
        flows,
        communities,
        WORLD,
        ALWAYS,
        agreements=lasting,
        terms=_term_bounds(level),
        terrains=tuple(level.terrains),
        tables={name: table.points for name, table in level.tables.items()},
        series=_series(level),
        noise=_noise(level),
        groups=_groups(level),
        ticks=level.seasons.ticks if isinstance(level, Level) else 8,
        place="a rule about the whole world",
    )
    return replace(scope, auxiliaries=bound_auxiliaries(level, scope)) if level.auxiliaries else scope


def _series(level: Rules) -> dict[str, tuple[float, ...]]:
    """Return the values of every series of data, tick by tick."""
    if not isinstance(level, Level):
        return {}
    seasons = level.seasons
    return {name: per_tick(one, seasons.count, seasons.ticks) for name, one in level.data.items() if one.points}


def _noise(level: Rules) -> dict[str, tuple[int, float, float]]:
    """Return over what each kind of noise varies, and between which bounds."""
    drawn = level.noise.items() if isinstance(level, Level) else ()
    return {name: (AXES[one.at], *noise_bounds(one)) for name, one in drawn}


def _groups(level: Rules) -> dict[str, tuple[str, ...]]:
    """Return the communities of each named group; those that have a seat are `seats` in every level."""
    return {"seats": level.seats, **level.groups} if isinstance(level, Level) else {"seats": ()}


def _term_bounds(level: Rules) -> dict[str, tuple[float, float]]:
    """Return between which bounds each term of an offer lies; two offers may use the same word for theirs."""
    found: dict[str, tuple[float, float]] = {}
    for action in level.actions.values():
        for name, term in action.terms.items():
            low, high = found.get(name, (term.low, term.high))
            found[name] = (min(low, term.low), max(high, term.high))
    return found


def flow_axes(level: Rules, name: str) -> int:
    """The axes a flow varies over: those of its two stocks and its `per`."""
    flow = level.flows[name]
    axes = COMMUNITY if flow.per else WORLD
    for stock in (flow.source_stock, flow.target_stock):
        if stock in level.stocks:
            axes |= stock_place(level.stocks[stock].place).axes & (TILE | COMMUNITY)
    return axes


def expressions(level: Rules) -> Iterator[Expression]:
    """Yield every expression of the level, in the order of the file's sections."""
    base = world_scope(level)
    yield from _rules(level, base)
    for name, action in level.actions.items():
        yield from _action(level, base, name, action)
    for name, event in level.events.items():
        yield from _event(level, base, name, event)
    if not isinstance(level, Level):
        return
    yield Expression(("objective",), level.objective, base)
    for index, goal in enumerate(level.goals):
        yield Expression(("goals", index, "hold"), goal.hold, base)
    if level.lost_when:
        yield Expression(("lost_when", "holds"), level.lost_when.holds, base)
    for index, hint in enumerate(level.hints):
        yield Expression(("hints", index, "when"), hint.when, base)
    for index, step in enumerate(level.guide):
        if step.holds is not None:
            yield Expression(("guide", index, "holds"), step.holds, base)
    for index, claim in enumerate(level.claims):
        yield Expression(("claims", index, "measure"), claim.measure, claim_scope(level, base, index))


def claim_scope(level: Level, base: Scope, index: int) -> Scope:
    """The names of a claim's measure: windows of flows, and `others`."""
    claim = level.claims[index]
    named = [seat for seat in claim.seats if seat not in ("all", "others")]
    others = tuple(seat for seat in level.seats if seat not in named)
    earned = {
        f"{name}_in": FlowView(COMMUNITY)
        for name, stock in level.stocks.items()
        if stock.place == "community" and stock.kind == "matter"
    }
    return replace(
        base,
        flows={**base.flows, **earned},
        window=True,
        closed=tuple(level.closed),
        groups={**base.groups, "others": others},
        specials={**ALWAYS, "won": WORLD, "lost": WORLD, "depletion": WORLD, "conflict": WORLD, "toxification": WORLD},
        place="a claim",
    )


def _rules(level: Rules, base: Scope) -> Iterator[Expression]:
    for name, stock in level.stocks.items():
        if isinstance(stock.start, str) and name in base.stocks:
            scope = replace(base, axes=base.stocks[name].axes, place=_place_words(base.stocks[name].axes, "a start"))
            yield Expression(("stocks", name, "start"), stock.start, scope)
        if stock.downhill is not None:
            scope = replace(base, axes=TILE, place="a share for each tile")
            yield Expression(("stocks", name, "downhill"), stock.downhill, scope)
        if stock.seen_when is not None and name in base.stocks:
            axes = base.stocks[name].axes
            scope = replace(base, axes=axes, place=_place_words(axes, "a rule of sight"))
            yield Expression(("stocks", name, "seen_when"), stock.seen_when, scope)
    for name in base.auxiliaries:
        scope = auxiliary_scope(base, level.auxiliaries[name], base.auxiliaries)
        yield Expression(("auxiliaries", name, "is"), level.auxiliaries[name].is_, scope)
    for name, flow in level.flows.items():
        axes = flow_axes(level, name)
        scope = replace(base, axes=axes, place=_place_words(axes, "the rate of a flow"))
        yield Expression(("flows", name, "rate"), flow.rate, scope)
        if flow.where is not None:
            yield Expression(("flows", name, "where"), flow.where, scope)
    for name, influence in level.influences.items():
        axes = base.stocks[influence.of].axes if influence.of in base.stocks else WORLD
        scope = replace(base, axes=axes, place=_place_words(axes, "a change"))
        yield Expression(("influences", name, "change"), influence.change, scope)
    if level.resistance:
        each = replace(base, axes=COMMUNITY, place="a rule for each community")
        yield Expression(("resistance", "weight"), level.resistance.weight, each)
        yield Expression(("resistance", "protest"), level.resistance.protest, each)


def _place_words(axes: int, what: str) -> str:
    if axes & TILE:
        return f"{what} for each {'community and tile' if axes & COMMUNITY else 'tile'}"
    if axes & PARTNER:
        return f"{what} for two communities"
    return f"{what} for each community" if axes & COMMUNITY else f"{what} for the whole world"


def actor_scope(base: Scope, action: Action) -> Scope:
    """The names of a rule about one actor and, where there is one, a target."""
    specials = {**ALWAYS, "resisting": WORLD, "reach": WORLD}
    actors: tuple[str, ...] = ("me",)
    groups: dict[str, tuple[str, ...]] = {}
    if action.target == "community":
        actors, specials = ("me", "target"), {**specials, "fits": WORLD}
    if isinstance(action.target, (TileTarget, TerrainTarget)):
        groups = {"target": ()}
    groups = {**base.groups, **groups}
    return replace(
        base, specials=specials, actors=actors, default_who="me", groups=groups, place="a rule for one actor"
    )


def _action(level: Rules, base: Scope, name: str, action: Action) -> Iterator[Expression]:
    at = ("actions", name)
    base = replace(base, own_terms=tuple(action.terms))
    actor = actor_scope(base, action)
    for stock, text in action.cost.items():
        yield Expression((*at, "cost", stock), text, actor)
    if action.when is not None:
        yield Expression((*at, "when"), action.when, actor)
    if action.aim:
        yield Expression((*at, "aim", "gain"), action.aim.gain, actor)
    if action.accepts is not None:
        scope = replace(
            base,
            actors=("me", "partner"),
            default_who="partner",
            specials={**ALWAYS, "fits": WORLD},
            place="a rule for one partner",
        )
        yield Expression((*at, "accepts"), action.accepts, scope)
    for index, effect in enumerate(action.now):
        yield from _of_effect(level, actor, (*at, "now", index), effect)
    if action.finds:
        yield Expression((*at, "finds", "of"), action.finds.of, reference(actor))
        yield Expression((*at, "finds", "when"), action.finds.when, actor)
    for index, later in enumerate(action.later):
        yield Expression((*at, "later", index, "of"), later.of, reference(actor))
        each = replace(actor, axes=TILE, place="a change for each tile") if is_tile(level, later.of) else actor
        yield Expression((*at, "later", index, "add"), later.add, each)
    if action.lasts:
        yield from _lasting(base, at, action)
    seasonal = replace(base, partners=True)
    if action.lasts and action.lasts.limits:
        seasonal = replace(seasonal, specials={**ALWAYS, "kept": COMMUNITY, "excess": COMMUNITY})
    else:
        cure = "is known of an agreement that limits a flow: write lasts: {limits: [flow], sets: {ration: 3}}"
        seasonal = replace(seasonal, lacking={name: f'"{name}" {cure}' for name in ("kept", "excess")})
    for index, effect in enumerate(action.each_season):
        yield from _of_effect(level, seasonal, (*at, "each_season", index), effect, members=True)


def _event(level: Rules, base: Scope, name: str, event: Event) -> Iterator[Expression]:
    at = ("events", name)
    for number, text in event.sets.items():
        yield Expression((*at, "sets", number), text, base)
    one = replace(base, actors=("me",), default_who="me", groups={**base.groups, "target": ()})
    struck = replace(one, place="a rule for one community")
    if event.when is not None:
        yield Expression((*at, "when"), event.when, struck if event.strikes else base)
    for index, effect in enumerate(event.now):
        scope = struck if event.strikes else replace(base, axes=_axes_of_event(level, effect), place="an event")
        yield from _of_effect(level, scope, (*at, "now", index), effect)


def _axes_of_event(level: Rules, effect: Effect) -> int:
    """Over what an effect of an event varies: it reaches all of a stock, or what stands in its brackets."""
    if effect.of is None or "[" in effect.of or effect.of not in level.stocks:
        return WORLD
    return stock_place(level.stocks[effect.of].place).axes


def _lasting(base: Scope, at: Path, action: Action) -> Iterator[Expression]:
    lasts = action.lasts
    if lasts is None:
        return
    together = replace(base, partners=True, place="a rule about an agreement")
    each = replace(together, axes=COMMUNITY, place="a rule for each member")
    if lasts.while_ is not None:
        yield Expression((*at, "lasts", "while"), lasts.while_, together)
    if lasts.leaves is not None:
        yield Expression((*at, "lasts", "leaves"), lasts.leaves, each)
    for stock, text in lasts.sets.items():
        yield Expression((*at, "lasts", "sets", stock), text, each)
    if lasts.fines:
        fined = replace(each, specials={**ALWAYS, "kept": COMMUNITY, "excess": COMMUNITY})
        for index, text in enumerate(lasts.fines.steps):
            yield Expression((*at, "lasts", "fines", "steps", index), text, fined)


def _of_effect(level: Rules, scope: Scope, at: Path, effect: Effect, members: bool = False) -> Iterator[Expression]:
    for path, text, names in effect_expressions(level, scope, at, effect, members):
        yield Expression(path, text, names)


def bind(level: Rules, source: Source | None = None) -> tuple[dict[Path, Node], list[Problem]]:
    """Return every expression as a tree, with the problems of those that cannot be read.

    Without a source, an unreadable expression raises ExpressionError.
    """
    nodes: dict[Path, Node] = {}
    problems: list[Problem] = []
    for item in expressions(level):
        try:
            nodes[item.path] = parse(item.text, item.scope)
        except ExpressionError as error:
            if source is None:
                raise
            if _is_way_back(level, item.path):
                continue
            problems += [
                source.problem(item.path, fault.code, fault.message, offset=fault.offset) for fault in error.faults
            ]
    for circle in circles(level):
        if source is None:
            raise ExpressionError([Fault(0, "circle", circle_in_words(circle))])
        problems.append(source.problem(("auxiliaries", circle[0], "is"), "circle", circle_in_words(circle)))
    if source is not None:
        problems += _unexplained(level, nodes, source)
    return nodes, problems


def _is_way_back(level: Rules, path: Path) -> bool:
    """Whether an expression was written by the engine, of one that the author wrote."""
    return path[0] == "flows" and bool(level.flows[str(path[1])].back_of)


def _unexplained(level: Rules, nodes: dict[Path, Node], source: Source) -> list[Problem]:
    """Return where `when_plain` has neither one sentence for all of `when` nor one for each of its parts."""
    problems = []
    for name, action in level.actions.items():
        node, told = nodes.get(("actions", name, "when")), len(action.when_plain)
        if node is not None and told > 1 and len(and_parts(node)) != told:
            message = (
                f'"when" joins {len(and_parts(node))} conditions by "and", and here are {told} sentences: '
                "write one for all of it, or one for each"
            )
            problems.append(source.problem(("actions", name, "when_plain"), "wrong-value", message))
    return problems


def parts_of_when(level: Rules, nodes: dict[Path, Node]) -> dict[Path, Node]:
    """Return the parts of each `when` that have a sentence each, so that it can be asked which one fails."""
    return {
        ("actions", name, "when", index): part
        for name, action in level.actions.items()
        if len(action.when_plain) > 1 and ("actions", name, "when") in nodes
        for index, part in enumerate(and_parts(nodes["actions", name, "when"]))
    }
