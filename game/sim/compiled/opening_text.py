"""How a season begins as text of a compiled function: events, weather, needs, and what arrives.

It is called for one world at a time; `game.sim.events` says the same in NumPy.
"""

from __future__ import annotations

import numpy as np

from game.level.merge import Path
from game.level.ruleset_schema import Number
from game.level.schema import span
from game.sim import chance
from game.sim.beginning import wants_of
from game.sim.chance import identity
from game.sim.compiled.acting_effects import Effects
from game.sim.compiled.acting_expressions import Expressions
from game.sim.compiled.acting_lines import Reading
from game.sim.compiled.acting_memory import Memory
from game.sim.compiled.acting_world import NOWHERE
from game.sim.compiled.loop import Unsupported
from game.sim.compiled.straight import Straight
from game.sim.effect_plans import AddEffect, MoveEffect, UsersEffect
from game.sim.events import OVER
from game.sim.plans import EventPlan, LaterPlan

GOLDEN, MASK = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF


class Opening(Straight, Effects):
    """Writes the beginning of a season."""

    everywhere = True

    def __init__(self, memory: Memory) -> None:
        Expressions.__init__(self, memory)
        self.model = memory.model
        self.reading = Reading("opening")
        self.striking: EventPlan | None = None  # the event that strikes communities one by one, while it is written

    def opened(self) -> str:
        """Let a season begin: events, weather, what they do, needs, what arrives."""
        model = self.model
        for number, event in enumerate(model.events):
            if not event.spec.strikes:
                self._advanced(number, event)
        self.forget()
        for name, spec in model.level.numbers.items():
            self._weather(name, spec)
        self.forget()
        for event in model.events:
            self._numbers_set(event)
        for number, event in enumerate(model.events):
            if event.spec.strikes:
                self._struck(event)
            elif event.now:
                with self.block(f"if begins_{number}:"):
                    self._done(event)
                self.forget()
        for index in range(self.each):
            self._need(index)
        for plan in model.actions.values():
            for item in plan.later:
                self._arrived(item)
        return self.body()

    def draw(self, stream: int, key: str) -> str:
        """Return the name of what luck says in a season: see `chance.uniform`."""
        return self.let(f"lot(i, {stream}, {_key(key)})")

    # Events

    def _advanced(self, number: int, event: EventPlan) -> None:
        """Let an event begin, go on or end: see `events._advance`."""
        spec, name, begins = event.spec, event.name, f"begins_{number}"
        before = self.let(self.fresh("event_left", name))
        left = self.let(f"larger({before} - 1.0, 0.0)")
        if spec.warns:
            self.add(f"{begins} = {self.fresh('event_sign', name)} and {self.draw(chance.ONSET, name)} < {spec.odds!r}")
        else:
            self.add(f"{begins} = {self._due(event, self.draw(chance.ONSET, name))}")
        if spec.at:
            self.add(f"{begins} = {begins} or {self._one_of(spec.at)}")
        self.add(f"{begins} = {begins} and {left} == 0.0")
        if spec.once:
            over = self.let(f"{before} == 1.0 or {before} == {float(OVER)!r}")
            self.add(f"{begins} = {begins} and not {over}")
            left = self.let(f"pick({over}, {float(OVER)!r}, {left})")
        lasts = self.let(f"pick({begins}, {float(spec.lasts)!r}, {left})")
        self.change("event_left", name, NOWHERE, lasts)
        if spec.warns:
            free = self.let(f"{lasts} == 0.0" if spec.once else f"{lasts} <= 1.0")
            seen = f"{self.draw(chance.SIGN, name)} < {spec.chance / spec.odds!r}"
            sign = f"({seen} and {free} and season + 1.0 >= {float(spec.from_season)!r})"
            if spec.at:
                sign = f"({sign} or {self._one_of(tuple(one - 1 for one in spec.at))})"
            self.change("event_sign", name, NOWHERE, f"{sign} and {free}" if spec.once else sign)

    def _one_of(self, seasons: tuple[int, ...]) -> str:
        return f"({' or '.join(f'season == {float(one)!r}' for one in seasons)})"

    def _due(self, event: EventPlan, draw: str) -> str:
        """Return the condition under which chance, and the condition of an event, want it now."""
        spec, late = event.spec, f"season >= {float(event.spec.from_season)!r}"
        if event.when is None:
            return f"({draw} < {spec.chance!r} and {late})"
        holds = self.let(f"{self.single(self.model.nodes['events', event.name, 'when'])} > 0.0")
        return f"({holds} and {draw} < {spec.chance or 1.0!r} and {late})"

    def _weather(self, name: str, spec: Number) -> None:
        value = self.fresh("base_number", name)
        if spec.each_season:
            low, high = spec.each_season
            value = f"{value} * ({low!r} + {high - low!r} * {self.draw(chance.WEATHER, name)})"
        self.change("number", name, NOWHERE, self.clipped(value, spec.low, spec.high))

    def _numbers_set(self, event: EventPlan) -> None:
        """Let numbers be what an event says, as long as it lasts."""
        if not event.sets:
            return
        with self.block(f"if {self.fresh('event_left', event.name)} > 0.0:"):
            values = [self.single(self.model.nodes["events", event.name, "sets", name]) for name, _ in event.sets]
            for (name, _), value in zip(event.sets, values, strict=True):
                spec = self.model.level.numbers[name]
                self.change("number", name, NOWHERE, self.clipped(value, spec.low, spec.high))
        self.forget()

    def _done(self, event: EventPlan) -> None:
        """Do what an event does as it begins, or to the community that it strikes."""
        nodes, strikes = [], bool(event.spec.strikes)
        for index, effect in enumerate(event.now):
            if isinstance(effect, UsersEffect) or (isinstance(effect, AddEffect) and effect.group):
                raise Unsupported("an event changes who uses what, or the states of a group")
            last = ("move", "amount") if isinstance(effect, MoveEffect) else ("add",)
            path: Path = ("events", event.name, "now", index, *last)
            nodes.append(self.model.nodes[path])
        if strikes:
            self.reading = Reading("struck", acting=True)
        self.apply(event.now, self.amounts(nodes))
        self.reading = Reading("opening")

    def _struck(self, event: EventPlan) -> None:
        """Draw for each community whether an event strikes it, then do to it what it does: see `events._strike`."""
        for index, community in enumerate(self.layout.communities):
            self.add(f"me = {index}")
            self.forget()
            self.reading = Reading("struck", acting=True)
            due = self._due(event, self.draw(chance.STRIKE, f"{event.name}:{community}"))
            if event.spec.at:
                due = f"{self._one_of(event.spec.at)} or {due}"
            self.change("struck", event.name, (str(index), "0", "0"), due)
        self.forget()
        self.striking = event
        with self.over(self.each, "c") as c, self.block(f"if {self.fresh('struck', event.name, (c, '0', '0'))}:"):
            self.add(f"me = {c}")
            self._done(event)
        self.striking = None
        self.forget()

    def reached(self, tile: str) -> str:
        """Return the text of whether a tile is used by whoever is struck."""
        return "" if self.striking is None else self.fresh("uses", "", ("me", "0", tile))

    # Needs, and what comes later

    def _need(self, index: int) -> None:
        """Let a community want something else, where its time has come: see `beginning.draw_need`."""
        wants, place = wants_of(self.model, index), (str(index), "0", "0")
        if wants is None:
            return
        names, key = list(self.model.level.needs), f"need:{self.layout.communities[index]}"
        choices = [float(names.index(need)) for need in wants.drift]
        low, high = span(wants.every)
        at, count = self.memory.keep(np.array(choices)), len(choices)
        with self.block(f"if {self.fresh('need_until', '', place)} < season:"):
            self.add("position = -1.0")
            for number, choice in enumerate(choices):
                with self.block(f"if {self.fresh('need', '', place)} == {choice!r}:"):
                    self.add(f"position = {float(number)!r}")
            step = self.draw(chance.NEED, key)
            with self.block("if position < 0.0:"):
                self.add(f"position = floor({step} * {float(count)!r})")
            with self.block("else:"):
                onward = f"position + 1.0 + floor({step} * {float(max(count - 1, 1))!r})"
                self.add(f"position = float(int({onward}) % {count})")
            self.change("need", "", place, f"read_from(f, {at} + int(position))")
            lasting = f"floor({self.draw(chance.NEED_TIME, key)} * {float(high - low + 1)!r})"
            self.change("need_until", "", place, f"season + ({float(low)!r} + {lasting})")
            if wants.known_by:
                self._forgotten(wants.known_by, place[0], float(wants.still_known))
        self.forget()

    def _forgotten(self, known: str, c: str, still: float) -> None:
        partners, tiles = self.memory.sizes(self.model.stocks[known].axes)[1:]
        if tiles > 1:
            raise Unsupported("what is known of needs lies on tiles")
        with self.over(partners, "p") as p:
            place = (c, p, "0")
            self.change("stock", known, place, f"{self.fresh('stock', known, place)} * {still!r}")

    def _arrived(self, item: LaterPlan) -> None:
        """Let the first of what is on its way arrive, and all else come one season nearer."""
        plan, queue = self.model.stocks[item.stock], f"whole(a, {self.memory.array('later', item.key, written=True)})"
        if item.on_tiles or self.memory.sizes(plan.axes) != (self.each, 1, 1):
            raise Unsupported("what arrives does not come to communities")
        with self.over(self.each, "c") as c:
            held = self.fresh("stock", item.stock, (c, "0", "0"))
            first = f"read_from({queue}, ({c}) * n + w)"
            self.change("stock", item.stock, (c, "0", "0"), self.clipped(f"{held} + {first}", plan.low, plan.high))
            for after in range(item.after):
                behind = f"read_from({queue}, ({(after + 1) * self.each} + {c}) * n + w)"
                value = behind if after + 1 < item.after else "0.0"
                self.add(f"write_to({queue}, ({after * self.each} + {c}) * n + w, {value})")


def _key(name: str) -> int:
    """Return the key of a name as `chance.bits` mixes it, as a whole number with a sign."""
    bits = identity(name) * GOLDEN & MASK
    return bits - (1 << 64) if bits >= 1 << 63 else bits
