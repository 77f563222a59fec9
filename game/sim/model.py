"""A level as tables of arrays and compiled rules: fixed once it is made.

`compile_level` is the only way from a Level to a Model.  Everything a step
needs is looked up here once, so that stepping itself reads no names.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from game.language.errors import ArgumentError
from game.language.functions import tile_stocks
from game.language.nodes import COMMUNITY, TILE, Aggregate, Auxiliary, Choice, Constant, FlowValue, Node, walk
from game.language.ranges import range_of
from game.language.unknown import UnknownKind
from game.level.effects import base_name
from game.level.expressions import bind, flow_axes, parts_of_when
from game.level.merge import Path
from game.level.schema import Action, CommunitiesTarget, Effect, Event, Level, TerrainTarget, TileTarget, span
from game.level.starts import starts_in_order
from game.level.used_rules import used_rules
from game.sim.effect_plans import AddEffect, EffectPlan, effect_plan
from game.sim.evaluation import Evaluator, compile_expression, season_constant
from game.sim.feelings import Feelings, feelings_of
from game.sim.layout import Layout, lay_out, map_rows
from game.sim.plans import (
    ActionPlan,
    AuxiliaryPlan,
    Candidate,
    DelayPlan,
    DownhillPlan,
    EventPlan,
    FlowPlan,
    InfluencePlan,
    LaterPlan,
    StockPlan,
)
from game.sim.rule_book import RuleBook
from game.sim.starts import with_usual_starts
from game.sim.totals import Floats, TileTree


@dataclass(frozen=True, repr=False)
class Model:
    """A level, ready to be stepped."""

    source: Level  # as it was given, with what it never brings into play: whoever compiles it again needs that
    level: Level
    layout: Layout
    stocks: dict[str, StockPlan]
    flows: tuple[FlowPlan, ...]
    influences: tuple[InfluencePlan, ...]
    actions: dict[str, ActionPlan]
    candidates: tuple[Candidate, ...]
    events: tuple[EventPlan, ...]
    auxiliaries: dict[str, AuxiliaryPlan]
    delays: dict[str, DelayPlan]
    resistance: tuple[Evaluator, Evaluator] | None  # weight, chance of protest
    objective: Evaluator
    goals: tuple[Evaluator, ...]
    lost: Evaluator | None
    hints: tuple[Evaluator, ...]
    guide: tuple[Evaluator | None, ...]  # the condition of each note of a guided level
    sight: dict[str, Evaluator]  # of each stock that players do not always see, where they do
    uses_start: Floats  # (C, 1, rows, columns, 1)
    starting: tuple[str, ...]  # the stocks whose start an expression says, each after those it needs
    people: Floats  # (C, 1, 1, 1, 1)
    nodes: dict[Path, Node]
    feelings: Feelings
    outflows: dict[str, tuple[FlowPlan, ...]] = field(init=False, repr=False)  # of each stock
    inflows: dict[str, tuple[FlowPlan, ...]] = field(init=False, repr=False)

    def __repr__(self) -> str:
        rows, columns = self.uses_start.shape[2:4]
        return (
            f"Model({self.level.id[:60]!r}: {rows} × {columns} tiles, {len(self.layout.communities)} communities, "
            f"{len(self.stocks)} stocks, {len(self.flows)} flows, {len(self.actions)} actions)"
        )

    def __post_init__(self) -> None:
        """Note which flows leave and reach each stock: every tick asks for that."""
        for name, end in (("outflows", "source"), ("inflows", "target")):
            found = {stock: tuple(flow for flow in self.flows if getattr(flow, end) == stock) for stock in self.stocks}
            object.__setattr__(self, name, found)

    @property
    def seasons(self) -> int:
        """How many seasons a game lasts."""
        return self.level.seasons.count

    @property
    def tick(self) -> float:
        """The length of a tick in seasons."""
        return 1.0 / self.level.seasons.ticks


def compile_level(level: Level) -> Model:
    """Return the model of a checked level; what the level can never bring into play is left out.

    Raises ArgumentError for anything but a level.
    """
    if not isinstance(level, Level):
        raise ArgumentError("this needs a level: write game.compile_level(game.load_level(...)), with its id or path")
    source, bound = level, bind(level)[0]
    level, nodes = used_rules(level, bound | parts_of_when(level, bound))
    layout = lay_out(level)
    rules = _Plans(nodes, layout)
    actions = {name: rules.action(name, action) for name, action in level.allowed_actions().items()}
    order, uses = starts_in_order(nodes)[0], _uses_start(level, layout)
    stocks = {name: _stock_plan(level, layout, nodes, name) for name in level.stocks}
    stocks = with_usual_starts(level, layout, stocks, order, uses)
    flows = _flow_plans(level, layout, nodes)
    people = np.array([community.people for community in level.communities.values()]).reshape(-1, 1, 1, 1, 1)
    return Model(
        source=source,
        level=level,
        layout=layout,
        stocks=stocks,
        flows=flows,
        influences=tuple(
            InfluencePlan(name, item.of, rules.rule("influences", name, "change"), item.once == "season")
            for name, item in level.influences.items()
        ),
        actions=actions,
        candidates=_candidates(level, layout, actions),
        events=tuple(rules.event(name, event) for name, event in level.events.items()),
        resistance=(rules.rule("resistance", "weight"), rules.rule("resistance", "protest"))
        if level.resistance
        else None,
        objective=rules.rule("objective"),
        goals=tuple(rules.rule("goals", index, "hold") for index in range(len(level.goals))),
        lost=rules.maybe("lost_when", "holds"),
        hints=tuple(rules.rule("hints", index, "when") for index in range(len(level.hints))),
        guide=tuple(rules.maybe("guide", index, "holds") for index in range(len(level.guide))),
        sight={name: rules.rule("stocks", name, "seen_when") for name, one in level.stocks.items() if one.seen_when},
        uses_start=uses,
        starting=order,
        people=people,
        nodes=nodes,
        feelings=feelings_of(level, stocks, flows, nodes),
        auxiliaries={
            name: _auxiliary_plan(layout, name, nodes["auxiliaries", name, "is"]) for name in level.auxiliaries
        },
        delays=_delays(layout),  # last: every rule that is compiled may bring one
    )


def _auxiliary_plan(layout: Layout, name: str, argument: Node) -> AuxiliaryPlan:
    node = Auxiliary(argument.axes, name, argument)
    mean = Aggregate(0, "mean", node, node.axes, "", (), tile_stocks(node, layout.scope)) if node.axes else node
    return AuxiliaryPlan(name, node.axes, compile_expression(node, layout), compile_expression(mean, layout))


def _delays(layout: Layout) -> dict[str, DelayPlan]:
    """Return what each delay remembers; compiling one may bring to light another inside it."""
    delays: dict[str, DelayPlan] = {}
    while len(delays) < len(layout.delays):
        for key, node in list(layout.delays.items()):
            if key not in delays:
                delays[key] = DelayPlan(
                    node,
                    compile_expression(node.argument, layout),
                    compile_expression(node.share, layout),
                    compile_expression(node.argument if node.start is None else node.start, layout),
                )
    return delays


def _downhill_plan(layout: Layout, rate: Node, name: str) -> DownhillPlan:
    """Share out what leaves a tile among its lower neighbours, in proportion to how much lower they lie."""
    heights, live = layout.heights, layout.live[name]
    drops = [np.zeros_like(live) for _ in range(4)]
    first, last = slice(None, -1), slice(1, None)
    ways = ((2, first, last), (2, last, first), (3, first, last), (3, last, first))
    for drop, (axis, here, there) in zip(drops, ways, strict=True):
        at = tuple(here if one == axis else slice(None) for one in range(5))
        to = tuple(there if one == axis else slice(None) for one in range(5))
        drop[at] = np.maximum(heights[at] - heights[to], 0.0) * live[at] * live[to]
    total = drops[0] + drops[1] + drops[2] + drops[3]
    return DownhillPlan(compile_expression(rate, layout), *(drop / np.where(total > 0.0, total, 1.0) for drop in drops))


def _stock_plan(level: Level, layout: Layout, nodes: dict[Path, Node], name: str) -> StockPlan:
    stock = level.stocks[name]
    axes = layout.scope.stocks[name].axes
    begins = nodes.get(("stocks", name, "start"))
    usual = np.nan if isinstance(stock.start, str) else stock.start
    start = np.full((*layout.shape(axes), 1), usual)
    live: Floats = np.ones((1, 1, 1, 1, 1))
    if stock.place == "tile":
        live = layout.live[name]
        for y, row in enumerate(map_rows(level)):
            for x, sign in enumerate(row):
                start[0, 0, y, x, 0] = level.map.legend[sign].starts.get(name, usual)
    elif stock.place in ("community", "player"):
        for index, community in enumerate(level.communities.values()):
            start[index] = community.starts.get(name, usual)
        live = layout.seated if stock.place == "player" else live
    elif stock.place == "relation":
        live = layout.others
    elif stock.place != "world":
        raise UnknownKind("place of a stock", stock.place, "_stock_plan in game/sim/model.py")
    return StockPlan(
        name,
        stock.place,
        stock.kind == "matter",
        stock.range[0],
        stock.range[1],
        start * (live if begins is None else 1.0),
        stock.varies,
        live,
        stock.spread,
        axes,
        _downhill_plan(layout, nodes["stocks", name, "downhill"], name) if stock.downhill is not None else None,
        None if begins is None else compile_expression(begins, layout),
    )


def _flow_plans(level: Level, layout: Layout, nodes: dict[Path, Node]) -> tuple[FlowPlan, ...]:
    asked = {
        part.name
        for node in nodes.values()
        for part in walk(node)
        if isinstance(part, FlowValue) and part.kind in ("met", "asked")
    }
    return tuple(_flow_plan(level, layout, nodes, name, name in asked) for name in level.flows)


def _flow_plan(level: Level, layout: Layout, nodes: dict[Path, Node], name: str, asked: bool) -> FlowPlan:
    flow = level.flows[name]
    axes = flow_axes(level, name)
    live: Floats = np.ones((*layout.shape(axes), 1))
    for end in (flow.source_stock, flow.target_stock):
        if end in layout.live:
            live = live * layout.live[end]
    rate, where = nodes[("flows", name, "rate")], nodes.get(("flows", name, "where"))
    stages = flow.stages(level.seasons.ticks)
    return FlowPlan(
        name,
        "" if flow.source_stock == "outside" else flow.source_stock,
        "" if flow.target_stock == "outside" else flow.target_stock,
        axes,
        compile_expression(rate, layout),
        range_of(rate, layout.scope)[0] >= 0.0,
        None if where is None else compile_expression(where, layout),
        where is not None and season_constant(where),
        live / level.seasons.ticks,
        (flow.delay or 0.0) / stages,
        flow.on_the_way / stages,
        3 - stages,
        asked,
    )


def _uses_start(level: Level, layout: Layout) -> Floats:
    uses = np.zeros((*layout.shape(COMMUNITY | TILE), 1))
    for y, row in enumerate(map_rows(level)):
        for x, sign in enumerate(row):
            for user in level.map.legend[sign].users:
                uses[layout.community_index[user], 0, y, x, 0] = 1.0
    return uses


class _Plans(RuleBook):
    """The plans of actions and events."""

    def action(self, name: str, action: Action) -> ActionPlan:
        at = ("actions", name)
        lasts = action.lasts
        later = tuple(
            LaterPlan(
                f"{name}:{index}",
                *self.stock(*at, "later", index, "of"),
                self.rule(*at, "later", index, "add"),
                item.after,
                self.layout.scope.stocks[base_name(item.of)].place == "tile",
            )
            for index, item in enumerate(action.later)
        )
        fines = tuple(
            self.rule(*at, "lasts", "fines", "steps", index)
            for index in range(len(lasts.fines.steps) if lasts and lasts.fines else 0)
        )
        return ActionPlan(
            name,
            action,
            tuple((stock, self.rule(*at, "cost", stock)) for stock in action.cost),
            self.maybe(*at, "when"),
            self.maybe(*at, "aim", "gain"),
            self.maybe(*at, "accepts"),
            self.effects((*at, "now"), action.now),
            later,
            tuple(
                effect_plan(self, (*at, "each_season", index), effect, "members")
                for index, effect in enumerate(action.each_season)
            ),
            tuple((stock, self.rule(*at, "lasts", "sets", stock)) for stock in (lasts.sets if lasts else ())),
            self.maybe(*at, "lasts", "while"),
            self.maybe(*at, "lasts", "leaves"),
            fines,
            span(action.target.communities) if isinstance(action.target, CommunitiesTarget) else None,
            next(iter(action.terms), ""),
            self.find(at, action),
        )

    def event(self, name: str, event: Event) -> EventPlan:
        if event.strikes not in (None, "community"):
            raise UnknownKind("kind of event that strikes", event.strikes, "_strike in game/sim/events.py")
        sets = tuple((number, self.rule("events", name, "sets", number)) for number in event.sets)
        return EventPlan(
            name, event, sets, self.effects(("events", name, "now"), event.now), self.maybe("events", name, "when")
        )

    def effects(self, at: Path, effects: tuple[Effect, ...]) -> tuple[EffectPlan, ...]:
        return tuple(effect_plan(self, (*at, index), effect, "") for index, effect in enumerate(effects))

    def find(self, at: Path, action: Action) -> tuple[AddEffect, ...]:
        """What finding an ally does: its state turns full where the condition holds."""
        if action.finds is None:
            return ()
        stock, who = self.stock(*at, "finds", "of")
        place: Path = (*at, "finds", "when")
        when = self.nodes[place]
        full = Constant(0, self.layout.scope.stocks[stock].high)
        amount = compile_expression(Choice(when.axes, when, full, Constant(0, 0.0)), self.layout)
        return (AddEffect(amount, stock, who),)


def _candidates(level: Level, layout: Layout, actions: dict[str, ActionPlan]) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    grounds: dict[str, list[tuple[str, Floats, TileTree]]] = {}
    for name, plan in actions.items():
        target = plan.spec.target
        if isinstance(target, TileTarget):
            ground = f"{target.tiles} by {target.area}"
            if ground not in grounds:
                grounds[ground] = [(label, mask, TileTree(mask)) for label, mask in plots(layout, target)]
            for index, (label, mask, tree) in enumerate(grounds[ground]):
                found.append(Candidate(name, index, mask, label, tree, f"{ground} at {label}"))
        elif isinstance(target, TerrainTarget):
            mask = layout.terrain_mask[target.all]
            found.append(Candidate(name, -1, mask, target.all, TileTree(mask), f"all {target.all}"))
        elif isinstance(target, CommunitiesTarget):
            found.append(Candidate(name, -1, None, "all"))
            found += [Candidate(name, index, None, who) for index, who in enumerate(layout.communities)]
        elif target == "community":
            found += [Candidate(name, index, None, who) for index, who in enumerate(layout.communities)]
        elif target in ("me", "world"):
            found.append(Candidate(name, -1, None, target))
        else:
            raise UnknownKind("target of an action", target, "_candidates in game/sim/model.py")
    return tuple(offered for candidate in found for offered in _amounts(actions[candidate.action], candidate))


def _amounts(plan: ActionPlan, candidate: Candidate) -> list[Candidate]:
    """Return a candidate once for each amount that it may be about; of a circle, only what all are offered."""
    if not plan.term or (plan.circle and candidate.target >= 0):
        return [candidate]
    term = plan.spec.terms[plan.term]
    values = [value for value in term.values if plan.spec.lasts or value != term.start]
    return [candidate, *(replace(candidate, amount=value) for value in values)]


def plots(layout: Layout, target: TileTarget) -> list[tuple[str, Floats]]:
    """The square plots of a map that hold the terrain.

    They are named like the squares of a chess board: a letter for the
    column, a number for the row, counted from the top left.
    """
    found = []
    for row, y in enumerate(range(0, layout.rows, target.area)):
        for column, x in enumerate(range(0, layout.columns, target.area)):
            mask = np.zeros((1, 1, layout.rows, layout.columns, 1))
            mask[:, :, y : y + target.area, x : x + target.area] = 1.0
            mask = mask * layout.terrain_mask[target.tiles]
            if mask.any():
                letters = chr(ord("a") + column % 26) * (1 + column // 26)
                found.append((f"{letters}{row + 1}", mask))
    return found
