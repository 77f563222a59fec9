"""A slow second implementation of a season: one world, plain floats, no arrays.

It reads the level and its expression trees, and nothing of how the core
computes with them.  It follows the same rules in the same order of additions,
so that both must agree to the last bit.
"""

from __future__ import annotations

import copy
import math
from itertools import pairwise
from typing import Any

from game.language.nodes import COMMUNITY, PARTNER, TILE, Delayed, FlowValue, StockName, walk
from game.level.schema import TerrainTarget, TileTarget, span
from game.sim.actions import Actions
from game.sim.model import Model
from game.sim.world import World
from tests.oracle import luck as chance
from tests.oracle import noise
from tests.oracle.acts import BY_RULE, Acts, at_place
from tests.oracle.comparing import compare, plain_state
from tests.oracle.grid import Grid, clip, collapsed, places, wash
from tests.oracle.pacts import Pacts
from tests.oracle.people import People
from tests.oracle.reading import Reader

RUNNING, WON, LOST, ENDED = range(4)
PLACE_AXES = {"tile": TILE, "community": COMMUNITY, "player": COMMUNITY, "world": 0, "relation": COMMUNITY | PARTNER}


class Oracle(Acts, Pacts, People):
    """The state of one world, and how it passes a season."""

    def __init__(self, model: Model) -> None:
        self.model, self.level, self.nodes = model, model.level, model.nodes
        layout = model.layout
        self.communities, self.seats = list(layout.communities), list(layout.seats)
        self.rows, self.columns, self.terrain = layout.rows, layout.columns, layout.terrain_yx
        self.stocks, self.flows = model.level.stocks, model.level.flows
        self.actions = model.level.allowed_actions()
        self.tick = 1.0 / model.level.seasons.ticks
        self.needs = list(model.level.needs)
        named = [part for node in self.nodes.values() for part in walk(node)]
        self.delays = {part.key: part for part in named if isinstance(part, Delayed)}
        self.counted = {part.name for part in named if isinstance(part, FlowValue) and part.kind in ("met", "asked")}
        self.axes = {name: PLACE_AXES[stock.place] for name, stock in self.stocks.items()}
        self.flow_axes = {name: self._axes_of_flow(name) for name in self.flows}

    # Geometry

    def shape(self, axes: int) -> tuple[int, int, int, int]:
        """The lengths of the four axes of something that varies over `axes`."""
        count = len(self.communities)
        tiles = (self.rows, self.columns) if axes & TILE else (1, 1)
        return (count if axes & COMMUNITY else 1, count if axes & PARTNER else 1, *tiles)

    def lives(self, name: str, y: int, x: int) -> bool:
        """Whether a tile stock exists on a tile."""
        return not self.stocks[name].on or self.terrain[y][x] in self.stocks[name].on

    def live(self, name: str, c: int, p: int, y: int, x: int) -> float:
        """1 where a stock exists, else 0."""
        place = self.stocks[name].place
        if place == "tile":
            return 1.0 if self.lives(name, y, x) else 0.0
        if place == "player":
            return 1.0 if c in self.seats else 0.0
        assert place in ("relation", "community", "world"), f"the oracle knows no place {place!r}: add it here"
        return float(c != p) if place == "relation" else 1.0

    def _axes_of_flow(self, name: str) -> int:
        flow = self.flows[name]
        axes = COMMUNITY if flow.per else 0
        for end in (flow.source_stock, flow.target_stock):
            axes |= self.axes.get(end, 0)
        return axes

    def target_tiles(self, action: str, label: str) -> Grid | None:
        """The tiles that a candidate reaches, or None."""
        target = self.actions[action].target
        if isinstance(target, TerrainTarget):
            return Grid.made(self.shape(TILE), lambda at: float(self.terrain[at[2]][at[3]] == target.all))
        if not isinstance(target, TileTarget):
            return None
        letters, number = label.rstrip("0123456789"), int(label.lstrip("abcdefghijklmnopqrstuvwxyz"))
        top, left = (number - 1) * target.area, (26 * (len(letters) - 1) + ord(letters[0]) - ord("a")) * target.area
        return Grid.made(
            self.shape(TILE),
            lambda at: float(
                top <= at[2] < top + target.area
                and left <= at[3] < left + target.area
                and self.terrain[at[2]][at[3]] == target.tiles
            ),
        )

    # A season

    def step(self, actions: Actions) -> None:
        """Pass one season with the plans of world 0 of `actions`."""
        self._begin()
        self.renew_terms()
        chosen = actions.chosen[:, :, 0].tolist()
        nobody = [[[BY_RULE] * len(self.communities) for _ in self.seats] for _ in chosen]
        self.act(chosen, nobody if actions.answers is None else actions.answers[..., 0].tolist())
        for number in range(self.level.seasons.ticks):
            self._tick(number)
            self._spread(number)
        self.settle()
        self.fade(chosen)
        self._close()
        self._judge()

    def alone(self) -> Oracle:
        """Return another oracle in the same state, which shares only what never changes."""
        fixed = (self.model, self.level, self.nodes, self.stocks, self.flows, self.actions, self.delays, self.terrain)
        return copy.deepcopy(self, {id(one): one for one in fixed})

    def _begin(self) -> None:
        season = self.season + 1
        self._draw_noise(season)
        begun = {
            name: self._advance(name, event, season) for name, event in self.level.events.items() if not event.strikes
        }
        for name, number in self.level.numbers.items():
            value = self.base_number[name]
            if number.each_season:
                low, high = number.each_season
                drawn = chance.draw(self.luck, season, chance.WEATHER, name)
                value = self.base_number[name] * (low + (high - low) * drawn)
            self.number[name] = clip(value, number.low, number.high)
        for name, event in self.level.events.items():
            if self.event_left[name] > 0:
                reader = Reader(self)
                set_to = {number: reader.world(self.nodes["events", name, "sets", number]) for number in event.sets}
                for number, value in set_to.items():
                    self.number[number] = clip(value, self.level.numbers[number].low, self.level.numbers[number].high)
        for name, event in self.level.events.items():
            assert event.strikes in (None, "community"), f"the oracle knows no such event: {event.strikes!r}"
            if event.strikes:
                self._strike(name, event, season)
            elif event.now and begun[name]:
                self.happen(("events", name, "now"), event.now)
        self._drift(season)
        for name, action in self.actions.items():
            for index, item in enumerate(action.later):
                node = self.nodes["actions", name, "later", index, "of"]
                assert isinstance(node, StockName)
                queue, stock = self.later[f"{name}:{index}"], self.stocks[node.name]
                for place in self.places_later(node.name):
                    if stock.place != "tile" or self.lives(node.name, *place[2:]):
                        arrived = self.stock[node.name].at(*place) + at_place(queue[0], place, stock.place)
                        self.stock[node.name].put(*place, clip(arrived, *stock.range))
                nothing: list[Any] = [0.0] * len(self.communities)
                if stock.place == "tile":
                    nothing = [[0.0] * self.columns for _ in range(self.rows)]
                self.later[f"{name}:{index}"] = [*queue[1:], nothing]
                assert len(queue) == item.after
        self.blocked = False

    def _wanted(self, name: str, event: Any, season: int, drawn: float, reader: Reader) -> bool:
        """Whether chance and the condition of an event want it."""
        if event.when is None:
            return bool(drawn < event.chance and season >= event.from_season)
        holds = reader.read(self.nodes["events", name, "when"]) > 0.0
        return holds and season >= event.from_season and (event.chance == 0.0 or drawn < event.chance)

    def _advance(self, name: str, event: Any, season: int) -> bool:
        was = self.event_left[name]
        left = max(was - 1, 0)
        drawn = chance.draw(self.luck, season, chance.ONSET, name)
        if season in event.at:
            begins = True
        elif event.warns:
            begins = self.event_sign[name] and drawn < event.odds
        else:
            begins = self._wanted(name, event, season, drawn, Reader(self))
        begins = begins and left == 0
        if event.once and was in (1, -1):
            begins, left = False, -1
        self.event_left[name] = event.lasts if begins else left
        if event.warns:
            sign = chance.draw(self.luck, season, chance.SIGN, name) < event.chance / event.odds
            free = self.event_left[name] == 0 if event.once else self.event_left[name] <= 1
            sign = (sign and free and season + 1 >= event.from_season) or season + 1 in event.at
            self.event_sign[name] = sign and (free or not event.once)
        return begins

    def _strike(self, name: str, event: Any, season: int) -> None:
        """Each community by itself is struck or spared."""
        struck = []
        for c, community in enumerate(self.communities):
            drawn = chance.draw(self.luck, season, chance.STRIKE, f"{name}:{community}")
            own = Grid.made(self.shape(TILE), lambda at, c=c: self.uses.at(c, 0, at[2], at[3]))
            reader = Reader(self, c, -1, own)
            if season in event.at or self._wanted(name, event, season, drawn, reader):
                struck.append(reader)
        for reader in struck:
            self.apply_effects(("events", name, "now"), event.now, reader, [])

    def _drift(self, season: int) -> None:
        for c, community in enumerate(self.level.communities.values()):
            wants = community.wants or self.level.wants
            if wants is None or self.need_until[c] >= season:
                continue
            choices = [self.needs.index(need) for need in wants.drift]
            key, before = f"need:{self.communities[c]}", self.need[c]
            drawn = chance.draw(self.luck, season, chance.NEED, key)
            if before in choices:
                onward = math.floor(drawn * max(len(choices) - 1, 1))
                self.need[c] = choices[(choices.index(before) + 1 + onward) % len(choices)]
            else:
                self.need[c] = choices[math.floor(drawn * len(choices))]
            low, high = span(wants.every)
            stays = low + math.floor(chance.draw(self.luck, season, chance.NEED_TIME, key) * (high - low + 1))
            self.need_until[c] = season + stays
            if wants.known_by:
                for p in range(len(self.communities)):
                    known = self.stock[wants.known_by]
                    known.put(c, p, 0, 0, known.at(c, p, 0, 0) * wants.still_known)

    # A tick

    def _tick(self, number: int) -> None:
        reader = Reader(self, remember=True, tick=number)
        asked = {name: self._asked(reader, name) for name in self.flows}
        changes = self._changes(reader)
        inputs = {
            key: Grid.made(self.shape(node.axes), lambda at, node=node: reader.read(node.argument, *at))
            for key, node in self.delays.items()
        }
        shares = {
            key: Grid.made(self.shape(node.axes), lambda at, node=node: reader.read(node.share, *at))
            for key, node in self.delays.items()
        }
        if number == 0:  # what the first tick has read is of the season before
            for grid in (*self.moved.values(), *self.asked.values()):
                grid.values = [0.0] * len(grid.values)
        leaving = self._leaving()
        moved = self._share_out(asked, leaving)
        self._move(moved, leaving)
        for name, change in changes.items():
            self.add_to_state(name, Grid(change.shape, [value * self.tick for value in change.values]))
        for key, node in self.delays.items():
            for at in range(len(inputs[key].values)):
                self._remember(node.kind, self.memory[key], at, inputs[key].values[at], shares[key].values[at])

    def _remember(self, kind: str, stages: list[Grid], at: int, entering: float, share: float) -> None:
        """Let a tick pass for all stages of a memory at one place."""
        assert kind in ("told", "carried", "kept"), f"the oracle knows no memory that is {kind!r}"
        if kind == "carried":
            entering = entering * self.tick
        for stage in stages:
            old = stage.values[at]
            if kind == "kept":
                stage.values[at], entering = entering, old
            elif kind == "told":
                stage.values[at], entering = old + (entering - old) * share, old
            else:
                leaving = old * share
                stage.values[at], entering = old + (entering - leaving), leaving

    def _asked(self, reader: Reader, name: str) -> Grid:
        flow = self.flows[name]
        rate, where = self.nodes["flows", name, "rate"], self.nodes.get(("flows", name, "where"))

        def wanted(at: tuple[int, int, int, int]) -> float:
            amount = wash(max(reader.read(rate, *at), 0.0))
            if where is not None:
                amount = amount * (1.0 if reader.read(where, *at) > 0.0 else 0.0)
            exists = all(
                self.lives(end, at[2], at[3])
                for end in (flow.source_stock, flow.target_stock)
                if end in self.stocks and self.stocks[end].place == "tile"
            )
            return amount * float(exists) * self.tick

        return Grid.made(self.shape(self.flow_axes[name]), wanted)

    def _influence(self, reader: Reader, name: str) -> Grid:
        node = self.nodes["influences", name, "change"]
        return Grid.made(self.shape(self.axes[self.level.influences[name].of]), lambda at: reader.read(node, *at))

    def _changes(self, reader: Reader) -> dict[str, Grid]:
        changes: dict[str, Grid] = {}
        for name, influence in self.level.influences.items():
            if influence.once:
                continue
            change, before = self._influence(reader, name), changes.get(influence.of)
            if before is not None:
                change.values = [old + new for old, new in zip(before.values, change.values, strict=True)]
            changes[influence.of] = change
        return changes

    def add_to_state(self, name: str, change: Grid) -> None:
        """Add to a state where it lives, and keep it in its range."""
        stock, low_high = self.stock[name], self.stocks[name].range
        self.stock[name] = Grid.made(
            stock.shape, lambda at: clip(stock.at(*at) + change.at(*at) * self.live(name, *at), *low_high)
        )

    def _to(self, grid: Grid, axes: int, kept: int) -> Grid:
        """A flow's amounts, summed over those of its axes that `kept` lacks."""
        return collapsed(grid, bool(axes & COMMUNITY and not kept & COMMUNITY), bool(axes & TILE and not kept & TILE))

    def _cut(self, moved: dict[str, Grid], flows: list[str], stock: str, bound: Grid) -> None:
        if not flows:
            return
        parts = [self._to(moved[name], self.flow_axes[name], self.axes[stock]) for name in flows]

        def share(at: tuple[int, int, int, int]) -> float:
            found = parts[0].at(*at)
            for part in parts[1:]:
                found = found + part.at(*at)
            return bound.at(*at) / found if found > bound.at(*at) else 1.0

        shares = Grid.made(bound.shape, share)
        for name in flows:
            amounts = moved[name]
            moved[name] = Grid.made(amounts.shape, lambda at, amounts=amounts: amounts.at(*at) * shares.at(*at))

    def _room(self, name: str) -> Grid:
        return Grid(
            self.stock[name].shape,
            [wash(max(self.stocks[name].range[1] - value, 0.0)) for value in self.stock[name].values],
        )

    def _leaving(self) -> dict[str, list[Grid]]:
        leaving: dict[str, list[Grid]] = {}
        for name, flow in self.flows.items():
            if flow.delay:
                share = min(self.tick / (flow.delay / flow.stages(self.level.seasons.ticks)), 1.0)
                leaving[name] = [
                    Grid(stage.shape, [value * share for value in stage.values]) for stage in self.memory[name]
                ]
        for stock in self.stocks:
            arriving = [name for name in leaving if self.flows[name].target_stock == stock]
            room = self._room(stock)
            for i, bound in enumerate(room.values):
                if not arriving:
                    break
                found = leaving[arriving[0]][2].values[i]
                for name in arriving[1:]:
                    found = found + leaving[name][2].values[i]
                for name in arriving:
                    leaving[name][2].values[i] *= bound / found if found > bound else 1.0
        return leaving

    def _share_out(self, asked: dict[str, Grid], leaving: dict[str, list[Grid]]) -> dict[str, Grid]:
        first = self._cut_to(asked, leaving, self.stock)
        held: dict[str, Grid] = {}
        for stock, grid in self.stock.items():
            arriving: list[float] | None = None
            for name, flow in self.flows.items():
                if flow.target_stock == stock:
                    part = (
                        leaving[name][2]
                        if flow.delay
                        else self._to(first[name], self.flow_axes[name], self.axes[stock])
                    )
                    arriving = (
                        part.values if arriving is None else [a + b for a, b in zip(arriving, part.values, strict=True)]
                    )
            values = grid.values if arriving is None else [a + b for a, b in zip(grid.values, arriving, strict=True)]
            held[stock] = Grid(grid.shape, values)
        for name, grid in self.asked.items():
            wanted = self._to(asked[name], self.flow_axes[name], self.flow_axes[name] & COMMUNITY)
            grid.values = [old + new for old, new in zip(grid.values, wanted.values, strict=True)]
        return self._cut_to(asked, leaving, held)

    def _cut_to(self, asked: dict[str, Grid], leaving: dict[str, list[Grid]], held: dict[str, Grid]) -> dict[str, Grid]:
        moved = dict(asked)
        for stock in self.stocks:
            out = [name for name, flow in self.flows.items() if flow.source_stock == stock]
            low = self.stocks[stock].range[0] if self.stocks[stock].kind == "matter" else 0.0
            there = Grid(held[stock].shape, [value - low for value in held[stock].values])
            self._cut(moved, out, stock, there)
        for stock in self.stocks:
            room = self._room(stock)
            for name in leaving:
                if self.flows[name].target_stock == stock:
                    room.values = [
                        wash(max(free - out, 0.0))
                        for free, out in zip(room.values, leaving[name][2].values, strict=True)
                    ]
            into = [name for name, flow in self.flows.items() if flow.target_stock == stock and not flow.delay]
            self._cut(moved, into, stock, room)
        return moved

    def _move(self, moved: dict[str, Grid], leaving: dict[str, list[Grid]]) -> None:
        lost: dict[str, Grid] = {}
        gained: dict[str, Grid] = {}

        def book(amounts: dict[str, Grid], name: str, amount: Grid) -> None:
            before = amounts.get(name)
            amounts[name] = (
                amount
                if before is None
                else Grid(amount.shape, [old + new for old, new in zip(before.values, amount.values, strict=True)])
            )

        for name, flow in self.flows.items():
            axes, source, target = self.flow_axes[name], flow.source_stock, flow.target_stock
            amount = moved[name]
            sums = self._to(amount, axes, axes & COMMUNITY)
            self.moved[name].values = [old + new for old, new in zip(self.moved[name].values, sums.values, strict=True)]
            if source in self.stocks:
                book(lost, source, self._to(amount, axes, self.axes[source]))
            else:
                self.outside[target] = self.outside[target] + collapsed(sums, True, False).values[0]
            end = target if target in self.stocks else source
            arriving = self._to(amount, axes, self.axes[end])
            if flow.delay:
                arriving = self._through(name, arriving, leaving[name])
            if target in self.stocks:
                book(gained, target, arriving)
            elif flow.delay:
                self.outside[source] = self.outside[source] - collapsed(arriving, True, True).values[0]
            else:
                self.outside[source] = self.outside[source] - collapsed(sums, True, False).values[0]
        for name, grid in self.stock.items():
            if name not in lost and name not in gained:
                continue
            low, high = self.stocks[name].range
            for i, held in enumerate(grid.values):
                after = held + gained[name].values[i] if name in gained else held
                after = after - lost[name].values[i] if name in lost else after
                grid.values[i] = wash(min(max(after, low), high))

    def _through(self, name: str, entering: Grid, leaving: list[Grid]) -> Grid:
        # A delay of fewer stages leaves the first ones empty.
        before: list[Grid | None] = [None, *leaving[:2]]
        before[3 - self.flows[name].stages(self.level.seasons.ticks)] = entering
        for stage, coming, going in zip(self.memory[name], before, leaving, strict=True):
            for i in range(len(stage.values)):
                stage.values[i] += (0.0 if coming is None else coming.values[i]) - going.values[i]
        return leaving[2]

    def _spread(self, number: int) -> None:
        for name, spec in self.stocks.items():
            if not spec.spread:
                continue
            old, rate = self.stock[name], spec.spread * self.tick

            def over(y: int, x: int, v: int, u: int, old: Grid = old, name: str = name, rate: float = rate) -> float:
                open_edge = float(self.lives(name, y, x)) * float(self.lives(name, v, u))
                return (old.at(0, 0, y, x) - old.at(0, 0, v, u)) * (open_edge * rate)

            new = old.copy()
            for _, _, y, x in places(old.shape):
                value = old.at(0, 0, y, x)
                value = value - over(y, x, y + 1, x) if y < self.rows - 1 else value
                value = value + over(y - 1, x, y, x) if y > 0 else value
                value = value - over(y, x, y, x + 1) if x < self.columns - 1 else value
                value = value + over(y, x - 1, y, x) if x > 0 else value
                new.put(0, 0, y, x, clip(value, 0.0, spec.range[1]))
            self.stock[name] = new
        reader = Reader(self, tick=number)
        rates = {
            name: Grid.made(
                self.shape(TILE), lambda at, name=name: reader.read(self.nodes["stocks", name, "downhill"], *at)
            )
            for name, spec in self.stocks.items()
            if spec.downhill is not None
        }
        for name, rate in rates.items():
            self._run_down(name, rate)

    def height(self, y: int, x: int) -> float:
        """How high a tile lies."""
        lines = self.level.map.heights.splitlines()
        return float(lines[y][x]) if lines else 0.0

    def _draw_noise(self, season: int) -> None:
        for name, kind in self.level.noise.items():
            axes = {"world": 0, "community": COMMUNITY, "tile": TILE}[kind.at]
            C, _, R, X = self.shape(axes)
            ticks = self.level.seasons.ticks if kind.each == "tick" else 1
            found = Grid.full((C, ticks, R, X))
            for tick in range(ticks):
                for place, (c, _, y, x) in enumerate(places((C, 1, R, X))):
                    share, latent = noise.uniform(self.luck, season, name, tick, place), None
                    if kind.keeps:
                        kept = self.noise[f"{name}~"]
                        fresh = math.sqrt(1.0 - kind.keeps * kind.keeps) * noise.normal(share)
                        latent = kind.keeps * kept.at(c, 0, y, x) + fresh
                        kept.put(c, 0, y, x, latent)
                    found.put(c, tick, y, x, noise.value(kind, share, latent))
            self.noise[name] = found

    def measured(self, name: str, tick: int) -> float:
        """What a series of data says in a tick of this season; beyond the end of the game what it said then."""
        series, ticks = self.level.data[name], self.level.seasons.ticks
        last = self.level.seasons.count * ticks
        number = min(self.season * ticks + tick, last)
        now = float(number // ticks) + (number % ticks) / ticks
        points = [((at - series.start) / series.each, value) for at, value in series.points or ()]
        if series.between == "step":
            return next((value for at, value in reversed(points) if at <= now + 0.5 / ticks), points[0][1])
        for (left, low), (right, high) in pairwise(points):
            if left <= now < right:
                return low + (now - left) * ((high - low) / (right - left))
        return points[0][1] if now < points[0][0] else points[-1][1]

    def _run_down(self, name: str, rate: Grid) -> None:
        old, high = self.stock[name], self.stocks[name].range[1]
        ways = ((1, 0), (-1, 0), (0, 1), (0, -1))

        def inside(y: int, x: int) -> bool:
            return 0 <= y < self.rows and 0 <= x < self.columns

        sent: dict[tuple[int, int, int, int], float] = {}
        for _, _, y, x in places(old.shape):
            drops = [
                max(self.height(y, x) - self.height(y + v, x + u), 0.0)
                if inside(y + v, x + u) and self.lives(name, y, x) and self.lives(name, y + v, x + u)
                else 0.0
                for v, u in ways
            ]
            steep = drops[0] + drops[1] + drops[2] + drops[3]
            leaving = old.at(0, 0, y, x) * wash(min(max(rate.at(0, 0, y, x), 0.0) * self.tick, 1.0))
            for (v, u), drop in zip(ways, drops, strict=True):
                sent[y, x, v, u] = leaving * (drop / steep if steep > 0.0 else 0.0)
        fits = {}
        for _, _, y, x in places(old.shape):
            arriving, room = 0.0, wash(max(high - old.at(0, 0, y, x), 0.0))
            for v, u in ways:
                arriving = arriving + sent.get((y - v, x - u, v, u), 0.0)
            fits[y, x] = room / arriving if arriving > room else 1.0
        new = old.copy()
        for _, _, y, x in places(old.shape):
            value = old.at(0, 0, y, x)
            for v, u in ways:
                value = value - self._sent(sent, fits, y, x, v, u)
                value = value + self._sent(sent, fits, y - v, x - u, v, u)
            new.put(0, 0, y, x, clip(value, 0.0, high))
        self.stock[name] = new

    @staticmethod
    def _sent(
        sent: dict[tuple[int, int, int, int], float], fits: dict[tuple[int, int], float], y: int, x: int, v: int, u: int
    ) -> float:
        if (y, x, v, u) not in sent or (y + v, x + u) not in fits:
            return 0.0
        return sent[y, x, v, u] * fits[y + v, x + u]

    # The end of a season

    def _close(self) -> None:
        reader = Reader(self)
        changes = [
            (item.of, self._influence(reader, name)) for name, item in self.level.influences.items() if item.once
        ]
        together: dict[str, Grid] = {}
        for stock, change in changes:
            before = together.get(stock)
            values = (
                change.values if before is None else [a + b for a, b in zip(before.values, change.values, strict=True)]
            )
            together[stock] = Grid(change.shape, values)
        for stock, change in together.items():
            self.add_to_state(stock, change)
        self.season += 1

    def _judge(self) -> None:
        # Goals look back: the season is the one that has just ended.
        reader, last = Reader(self, ended=True), self.season >= self.level.seasons.count
        for index, goal in enumerate(self.level.goals):
            holds = reader.world(self.nodes["goals", index, "hold"]) > 0.0
            self.streak[index] = self.streak[index] + 1 if holds else 0
            enough = self.streak[index] >= goal.in_a_row
            if goal.at == "end":
                self.reached[index] = enough and last
            elif self.season <= (goal.by or self.level.seasons.count):
                self.reached[index] = self.reached[index] or enough
        if self.outcome == RUNNING and self.level.lost_when and reader.world(self.nodes["lost_when", "holds"]) > 0.0:
            self.outcome, self.outcome_season = LOST, self.season
        if self.outcome == RUNNING and all(self.reached):
            self.outcome, self.outcome_season = WON, self.season
        if self.outcome == RUNNING and last:
            self.outcome, self.outcome_season = ENDED, self.season

    # To and from a World

    @staticmethod
    def from_world(model: Model, world: World) -> Oracle:
        """The oracle in the state of the only world of a batch."""
        assert world.count == 1
        found = Oracle(model)
        for name, value in plain_state(world).items():
            setattr(found, name, value)
        return found

    def differences(self, world: World) -> list[str]:
        """Every value that differs from the only world of a batch, bit for bit."""
        other = plain_state(world)
        return [line for name, value in other.items() for line in compare(name, getattr(self, name), value)]
