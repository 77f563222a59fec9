"""What happens once a season as text of compiled functions: how it begins, agreements, what changes once, goals.

They are called for one world at a time, as those of actions are, and rules
are read as `game.sim.agreements`, `game.sim.step` and `game.sim.goals` read
them: off what was collected before anything changed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from game.language.nodes import Aggregate, Arithmetic, Auxiliary, Near, Node, Special, walk
from game.sim.agreements import TOLERANCE
from game.sim.compiled import acting_tables as table
from game.sim.compiled.acting_effects import Amount, Effects
from game.sim.compiled.acting_lines import Reading
from game.sim.compiled.acting_memory import Memory
from game.sim.compiled.acting_world import NOWHERE
from game.sim.compiled.loop import Unsupported
from game.sim.compiled.opening_text import Opening
from game.sim.compiled.straight import Straight
from game.sim.effect_plans import AddEffect, MoveEffect, UsersEffect
from game.sim.plans import ActionPlan, StockPlan, usual_term
from game.sim.totals import COLUMN_AXIS, COMMUNITY_AXIS, ROW_AXIS, total_over

# What is done by text.
OPEN, RENEW, ALLOWED, SETTLE, CLOSE, JUDGE, BARREN = (
    "open", "renew", "allowed", "settle", "close", "judge", "barren",
)  # fmt: skip


class Turning:
    """The bodies of functions, and which of them do what; what only NumPy can do is not there."""

    def __init__(self, memory: Memory) -> None:
        self.memory, self.model = memory, memory.model
        self.bodies: list[str] = []
        self.parts: dict[tuple[str, str], tuple[int, ...]] = {}  # what is done, for which agreement: numbers of bodies
        self.told: dict[tuple[str, str], tuple[int, int]] = {}  # where these leave how many numbers
        lasting = [plan for plan in self.model.actions.values() if plan.spec.lasts]
        setting = [plan for plan in lasting if plan.sets]
        self._try(OPEN, "", [Opening(memory).opened])
        self._try(RENEW, "", [self._pact(plan).renewed for plan in setting])
        for plan in setting:
            if plan.term and plan.spec.lasts and plan.spec.lasts.limits:
                self._try(ALLOWED, plan.name, [self._allowed(plan)])
        fining = [plan for plan in lasting if plan.fines and plan.spec.lasts and plan.spec.lasts.fines]
        works = [_Whole(memory).nothing_fined]
        works += [self._pact(plan).held_against_promises for plan in lasting if _promises(plan)]
        works += [self._pact(plan).fined for plan in fining]
        works += [self._pact(plan).grown for plan in lasting if plan.each_season]
        works += [self._pact(plan).ended for plan in lasting]
        self._try(SETTLE, "", works)
        self._try(CLOSE, "", [_Whole(memory).changed])
        whole = _Whole(memory)
        count = len(self.model.goals) + 1
        self.told[JUDGE, ""] = memory.take(count), count
        self.told[BARREN, ""] = memory.take(1), 1
        self._try(BARREN, "", [lambda: _Whole(memory).barren(self.told[BARREN, ""][0])])
        self._try(JUDGE, "", [lambda: whole.judged(self.told[JUDGE, ""][0])])

    def _pact(self, plan: ActionPlan) -> _Pact:
        return _Pact(self.memory, plan.name)

    def _allowed(self, plan: ActionPlan) -> Callable[[], str]:
        count = (1 + len(plan.spec.terms[plan.term].values)) * len(self.model.layout.communities)
        at = self.memory.take(count)
        self.told[ALLOWED, plan.name] = at, count
        return lambda: self._pact(plan).allowed(at)

    def _try(self, what: str, whose: str, works: list[Callable[[], str]]) -> None:
        """Write all of something, or nothing where a part of it can only be done by NumPy."""
        try:
            found = [work() for work in works]
        except Unsupported:
            return
        found = [body for body in found if body]
        self.parts[what, whose] = tuple(range(len(self.bodies), len(self.bodies) + len(found)))
        self.bodies += found


def _promises(plan: ActionPlan) -> bool:
    return bool(plan.spec.lasts and plan.spec.lasts.limits)


class _Whole(Straight):
    """Writes what is about no agreement in particular."""

    def nothing_fined(self) -> str:
        """Nobody has paid a fine yet this season."""
        stocks = self.memory.model.stocks.values()
        for name in (plan.name for plan in stocks if plan.place == "community" and plan.matter):
            with self.over(self.each, "c") as c:
                self.change("fined", name, (c, "0", "0"), "0.0")
        return self.body()

    def judged(self, at: int) -> str:
        """Tell what goals say, and whether the game is lost; 0 where nothing says that it is."""
        model = self.memory.model
        self.reading = Reading("judging", after=True)
        for index in range(len(model.goals)):
            self.add(f"write_to(x, {at + index}, {self.single(model.nodes['goals', index, 'hold'])})")
        lost = "0.0" if model.lost is None else self.single(model.nodes["lost_when", "holds"])
        self.add(f"write_to(x, {at + len(model.goals)}, {lost})")
        return self.body()

    def barren(self, at: int) -> str:
        """Tell how far all that lives is from what is usual: the dial of depletion."""
        specs, parts = self.memory.model.level.stocks, []
        for name, spec in specs.items():
            if spec.living:
                parts.append(self._missing(self.memory.model.stocks[name], float(spec.living)))
        total = " + ".join(parts)
        self.add(f"write_to(x, {at}, {f'({total}) / {float(len(parts))!r}' if parts else '0.0'})")
        return self.body()

    def _missing(self, plan: StockPlan, usual: float) -> str:
        """Return the name of how far one thing that lives is from what is usual."""
        communities, partners, tiles = self.memory.sizes(plan.axes)
        if partners > 1 or (communities > 1 and tiles > 1):
            raise Unsupported("what lives is no matter of tiles or of communities")
        many, at = max(communities, tiles), self.memory.tiles if tiles > 1 else self.memory.pairs
        with self.over(many, "k") as k:
            place = ("0", "0", k) if tiles > 1 else (k, "0", "0")
            there, live = (
                f"smaller(1.0, {self.fresh('stock', plan.name, place)} / {usual!r})",
                self.fixed(plan.live, place),
            )
            self.add(f"write_to(x, {at} + {k}, {there} * {live})")
        places = plan.live * np.ones((*plan.start.shape[:4], 1))
        count = float(total_over(places, (COMMUNITY_AXIS, ROW_AXIS, COLUMN_AXIS)).reshape(-1)[0])
        return self.let(f"1.0 - added(x, {at}, {many}, 1) / {max(count, 1.0)!r}")

    def changed(self) -> str:
        """Let happen what changes once a season, all of it read off the state before."""
        model = self.memory.model
        self.reading = Reading("closing")
        changes: dict[str, Node] = {}
        for one in model.influences:
            if one.once:
                node, before = model.nodes["influences", one.name, "change"], changes.get(one.of)
                changes[one.of] = node if before is None else Arithmetic(before.axes | node.axes, "+", before, node)
        if not changes:
            return ""
        writer = _Once(self.memory)
        writer.reading = self.reading
        amounts = {name: Amount(writer, node) for name, node in changes.items()}
        for name, amount in amounts.items():
            writer.added(name, amount)
        return writer.body()


class _Once(Straight, Effects):
    """Writes changes of states everywhere."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory, next(iter(memory.model.actions)))

    def added(self, name: str, amount: Amount) -> None:
        """Add to a state wherever it lives."""
        plan = self.model.stocks[name]
        communities, partners, tiles = self.memory.sizes(plan.axes)
        with self.over(communities, "c") as c, self.over(partners, "p") as p:
            if tiles == 1:
                self._raise(plan, (c, p, "0"), amount.text(c, p))
                return
            with self.over_tiles() as (k, t):
                self._raise(plan, (c, p, t), amount.text(c, p, k))


class _Pact(Straight, Effects):
    """Writes what becomes of one agreement."""

    def __init__(self, memory: Memory, name: str) -> None:
        super().__init__(memory, name)
        self.lasts = self.plan.spec.lasts
        self.inside = [self.let(f"{self.fresh('member', name, (str(c), '0', '0'))} > 0.0") for c in range(self.each)]

    def _read_by_members(self, kept: str = "", members: str = "") -> None:
        frame = f"members {self.name} {kept}"
        self.reading = Reading(frame, members=members or self.name, kept=kept, terms=self.name)

    def _only_with_members(self) -> None:
        with self.block(f"if not ({' or '.join(self.inside)}):"):
            self.add("return")

    def _rule(self, *path: str | int) -> Node:
        return self.node("lasts", *path)

    # What it promises

    def renewed(self) -> str:
        """Set for all members what the agreement promises."""
        self._only_with_members()
        self._read_by_members()
        free = self.memory.felt
        for place, (stock, _) in enumerate(self.plan.sets):
            rule, plan = self._rule("sets", stock), self.model.stocks[stock]
            self.prepare(rule)
            with self.over(self.each, "c") as c:
                value = self.clipped(self.value(rule, (c, "0", "0")), plan.low, plan.high)
                self.add(f"write_to(x, {free} + {c}, {value})")
            for index, inside in enumerate(self.inside):
                with self.block(f"if {inside}:"):
                    self.change("stock", stock, (str(index), "0", "0"), f"read_from(x, {free + index})")
                    if place == 0 and _promises(self.plan):
                        self.change("promise", self.name, (str(index), "0", "0"), f"read_from(x, {free + index})")
            self.forget()
        return self.body()

    def allowed(self, at: int) -> str:
        """Tell what the agreement allows each now, and with each amount that it may be settled on."""
        rule = self._rule("sets", self.plan.sets[0][0])
        collected = [part for part in walk(rule) if isinstance(part, (Aggregate, Auxiliary, Near))]
        terms = (part for one in collected for part in walk(one) if isinstance(part, Special))
        if any(part.name == "term" for part in terms):
            raise Unsupported("what is settled is collected")
        self.reading = Reading(f"members {self.name} ", members=self.name, offered=True)
        self.prepare(rule)
        amounts = [self.read("term", self.name), *(repr(float(one)) for one in self._amounts())]
        for place, amount in enumerate(amounts):
            self.add(f"write_to(x, {table.TERM}, {amount})")
            self.forget()
            with self.over(self.each, "c") as c:
                self.add(f"write_to(x, {at + place * self.each} + {c}, {self.value(rule, (c, '0', '0'))})")
        return self.body()

    def _amounts(self) -> tuple[float, ...]:
        return tuple(self.plan.spec.terms[self.plan.term].values)

    # The end of a season

    def held_against_promises(self) -> str:
        """Note the share of its promise that each member kept, and what it moved beyond it."""
        assert self.lasts is not None
        kept, excess = self.memory.broken(self.name)
        for index, inside in enumerate(self.inside):
            c = str(index)
            promised = self.read("promise", self.name, (c, "0", "0"))
            moved = self.read("moved", self.lasts.limits[0], (c, "0", "0"))
            for flow in self.lasts.limits[1:]:
                moved = self.let(f"{moved} + {self.read('moved', flow, (c, '0', '0'))}")
            broke = self.let(f"{inside} and {moved} > {promised} * {TOLERANCE!r}")
            self.add(f"write_to(x, {kept + index}, pick({broke}, {promised} / pick({broke}, {moved}, 1.0), 1.0))")
            self.add(f"write_to(x, {excess + index}, pick({broke}, {moved} - {promised}, 0.0))")
        return self.body()

    def fined(self) -> str:
        """Let whoever broke the agreement that is watched pay those who kept it: see `agreements._fine`."""
        assert self.lasts is not None and self.lasts.fines is not None
        fines, watched = self.lasts.fines, self.lasts.fines.breaking
        if watched not in self.model.actions or not _promises(self.model.actions[watched]):
            return ""
        self._only_with_members()
        self._read_by_members(watched, watched)
        memory, (_, excess) = self.memory, self.memory.broken(watched)
        due, broke, keepers = memory.felt, memory.touched, memory.asked
        steps = [self._rule("fines", "steps", index) for index in range(len(self.plan.fines))]
        for step in steps:
            self.prepare(step)
        with self.over(self.each, "c") as c:
            values = [self.value(step, (c, "0", "0")) for step in steps]
            found, offences = values[-1], self.fresh("offences", self.name, (c, "0", "0"))
            for count in reversed(range(len(values) - 1)):
                found = self.let(f"pick({offences} <= {float(count)!r}, {values[count]}, {found})")
            self.add(f"write_to(x, {due} + {c}, {found})")
            beyond, member = f"read_from(x, {excess} + {c})", self.fresh("member", watched, (c, "0", "0"))
            self.add(f"write_to(x, {broke} + {c}, pick({beyond} > 0.0, 1.0, 0.0))")
            self.add(f"write_to(x, {keepers} + {c}, pick({member} > 0.0 and {beyond} <= 0.0, 1.0, 0.0))")
            self.add(f"write_to(x, {memory.pairs} + {c}, read_from(x, {keepers} + {c}))")
        self.add(f"sharing = added(x, {memory.pairs}, {self.each}, 1)")
        self.forget()
        with self.over(self.each, "c") as payer:
            self._pay_fine(fines.stock, dict(fines.seizes), payer, keepers)
        with self.over(self.each, "c") as c:
            place = (c, "0", "0")
            more = f"{self.fresh('offences', self.name, place)} + read_from(x, {broke} + {c})"
            self.change("offences", self.name, place, more)
        return self.body()

    def _pay_fine(self, stock: str, seizes: dict[str, float], payer: str, keepers: int) -> None:
        memory, high, own = self.memory, self.model.stocks[stock].high, (payer, "0", "0")
        owes = f"read_from(x, {memory.touched} + {payer}) > 0.0 and sharing > 0.0"
        self.add(f"fine = pick({owes}, larger(read_from(x, {memory.felt} + {payer}), 0.0), 0.0) + 0.0")
        self.add(f"owed = smaller(fine, {self.fresh('stock', stock, own)}) + 0.0")
        for name, each in seizes.items():
            left = f"{self.fresh('stock', name, own)} - (fine - owed) * {float(each)!r}"
            self.change("stock", name, own, f"larger({left}, {self.model.stocks[name].low!r}) + 0.0")
        self.add("portion = owed / pick(sharing > 0.0, sharing, 1.0)")
        self.add("paid = 0.0")
        with self.over(self.each, "c") as keeper:
            place = (keeper, "0", "0")
            room = f"larger({high!r} - {self.fresh('stock', stock, place)}, 0.0)"
            self.add(f"given = pick(read_from(x, {keepers} + {keeper}) > 0.0, smaller(portion, {room}), 0.0) + 0.0")
            self.change("stock", stock, place, f"{self.fresh('stock', stock, place)} + given")
            self.change("fined", stock, place, f"{self.fresh('fined', stock, place)} + given")
            self.add("paid = paid + given")
        self.change("stock", stock, own, f"larger({self.fresh('stock', stock, own)} - paid, 0.0) + 0.0")
        self.change("fined", stock, own, f"{self.fresh('fined', stock, own)} - paid")

    def grown(self) -> str:
        """Let grow between the members what grows each season."""
        self._only_with_members()
        self._read_by_members(self.name if _promises(self.plan) else "")
        nodes: list[Node | None] = []
        for index, effect in enumerate(self.plan.each_season):
            if isinstance(effect, UsersEffect) or (isinstance(effect, AddEffect) and effect.toward_me):
                raise Unsupported("nobody acts at the end of a season")
            last = ("move", "amount") if isinstance(effect, MoveEffect) else ("add",)
            nodes.append(self.node("each_season", index, *last))
        self.apply(self.plan.each_season, self.amounts(nodes))
        return self.body()

    def ended(self) -> str:
        """Let members leave and the agreement end: see `agreements._end`."""
        assert self.lasts is not None
        with self.block(f"if not ({' or '.join(self.inside)}):"):
            self.change("left", self.name, NOWHERE, "0.0")
            self.add("return")
        self._read_by_members()
        stays = self.memory.yes
        self._stay(stays)
        if self.lasts.seasons:
            self.add(f"left = larger({self.fresh('left', self.name)} - 1.0, 0.0)")
            with self.block("if not left > 0.0:"):
                self.add(f"clear(x, {stays}, {self.each})")
            some = " or ".join(f"read_from(x, {stays + index}) > 0.0" for index in range(self.each))
            self.change("left", self.name, NOWHERE, f"pick({some}, left, 0.0)")
        if self.plan.circle:
            many = " + ".join(f"read_from(x, {stays + index})" for index in range(self.each))
            with self.block(f"if not {many} >= {float(self.plan.circle[0])!r}:"):
                self.add(f"clear(x, {stays}, {self.each})")
        self._gone(stays)
        return self.body()

    def _stay(self, stays: int) -> None:
        """Note who stays a member."""
        leaves = self._rule("leaves") if self.plan.leaves is not None else None
        on = []
        if self.plan.while_ is not None:
            on.append(self.let(f"{self.single(self._rule('while'))} > 0.0"))
        if leaves is not None:
            self.prepare(leaves)
        gives_notice = any(plan.spec.gives_notice == self.name for plan in self.model.actions.values())
        for index, inside in enumerate(self.inside):
            place, conditions = (str(index), "0", "0"), [inside, *on]
            if leaves is not None:
                conditions.append(f"not {self.value(leaves, place)} > 0.0")
            if gives_notice:
                conditions.append(f"not {self.fresh('leaving', self.name, place)} > 0.0")
            self.add(f"write_to(x, {stays + index}, pick({' and '.join(conditions)}, 1.0, 0.0))")
        if gives_notice:
            with self.over(self.each, "c") as c:
                self.change("leaving", self.name, (c, "0", "0"), "0.0")

    def _gone(self, stays: int) -> None:
        """Let what the agreement had set go back to where it started, for all who are no members any more."""
        for index, inside in enumerate(self.inside):
            place = (str(index), "0", "0")
            with self.block(f"if {inside} and not read_from(x, {stays + index}) > 0.0:"):
                self.change("member", self.name, place, "0.0")
                for stock, _ in self.plan.sets:
                    self.change("stock", stock, place, self.fixed(self.model.stocks[stock].start, place))
                if _promises(self.plan):
                    self.change("promise", self.name, place, "0.0")
        if self.plan.term:
            some = " or ".join(f"read_from(x, {stays + index}) > 0.0" for index in range(self.each))
            with self.block(f"if not ({some}):"):
                self.change("term", self.name, NOWHERE, repr(float(usual_term(self.plan))))
