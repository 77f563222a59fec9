"""Offers and agreements as text of a compiled action: who is asked, who says yes, who joins."""

from __future__ import annotations

from game.language.nodes import Aggregate, walk
from game.level.schema import TerrainTarget, TileTarget
from game.sim.actions import DECLINED
from game.sim.compiled import acting_tables as table
from game.sim.compiled.acting_felt import Felt
from game.sim.compiled.acting_lines import Reading
from game.sim.compiled.acting_memory import Memory
from game.sim.compiled.acting_world import NOWHERE
from game.sim.compiled.loop import Unsupported
from game.sim.people import UNFORGIVEN


class Pacts(Felt):
    """Writes what an action offers, and what comes of it."""

    def __init__(self, memory: Memory, name: str) -> None:
        super().__init__(memory, name)
        self.member = bool(self.plan.spec.lasts)  # whether there is anything to be a member of
        self.on_plot = isinstance(self.plan.spec.target, (TileTarget, TerrainTarget))

    def meet(self, at: object, c: str, otherwise: str) -> None:
        """Write 1 where what somebody wants now is met, else 0."""
        needs = list(self.model.level.needs)
        self.add(otherwise)
        for need in self.plan.spec.meets:
            with self.block(f"if {self.fresh('need', '', (c, '0', '0'))} == {float(needs.index(need))!r}:"):
                self.add(f"write_to(x, {at}, 1.0)")

    def invite(self) -> None:
        """Write who is asked, who agrees, and what follows for those who do."""
        memory, circle = self.memory, self.plan.circle
        self._ask()
        if circle and self.member:
            self.add(f"yes_that_fit(x, {memory.yes}, {memory.inside}, me, {self.each}, {circle[1]})")
            whom = f"{memory.yes}, {memory.asked}, {memory.inside}, me, {self.each}, {circle[0]}, changing"
            self.add(f"agreed = circle_agrees(x, {whom})")
        else:
            some = [f"read_from(x, {memory.yes + index}) > 0.0" for index in range(self.each)]
            self.add(f"agreed = {' or '.join(some)}")
        with self.over(self.each, "c") as c:
            said = f"pick(read_from(x, {memory.asked} + {c}) > 0.0, -1.0, read_from(x, {memory.answer} + {c}))"
            self.add(f"write_to(x, {memory.answer} + {c}, pick(read_from(x, {memory.yes} + {c}) > 0.0, 1.0, {said}))")
        with self.block("if not agreed:"):
            self.add(f"set_whole(i, {table.RESULT}, {DECLINED})")
            self.add("return")
        if self.member:
            self._join()

    def count_willing(self) -> None:
        """Write how many of those who would be asked would say yes."""
        memory = self.memory
        if self.on_plot:
            raise Unsupported("an offer about a plot")
        with self.over(self.each, "c") as c:
            asked = f"(target < 0 or {c} == target) and {c} != me"
            if self.plan.circle:
                outside = f"{self.fresh('member', self.name, (c, '0', '0'))} <= 0.0"
                mine = f"{self.fresh('member', self.name, ('me', '0', '0'))} > 0.0"
                asked = f"{asked} and ({outside} or (offers_amount != 0 and {mine}))"
            self.add(f"write_to(x, {memory.asked} + {c}, pick({asked}, 1.0, 0.0))")
        self._weigh()
        for index in range(self.each):
            yes = f"read_from(x, {table.WILLING}) + read_from(x, {memory.yes + index})"
            self.add(f"write_to(x, {table.WILLING}, {yes})")

    def _ask(self) -> None:
        """Write who is asked, and who says yes."""
        memory = self.memory
        self.add("changing = False")
        if self.member and self.plan.term:
            mine, term = self.fresh("member", self.name, ("me", "0", "0")), self.fresh("term", self.name)
            with self.block(f"if offers_amount != 0 and {mine} > 0.0 and {term} != read_from(x, {table.AMOUNT}):"):
                self.add("changing = True")
        with self.over(self.each, "c") as c:
            inside = self.fresh("member", self.name, (c, "0", "0")) if self.member else "0.0"
            self.add(f"write_to(x, {memory.inside} + {c}, {inside})")
            outside = f"read_from(x, {memory.inside} + {c}) <= 0.0"
            asked = f"(target < 0 or {c} == target) and {c} != me and ({outside} or changing)"
            self.add(f"write_to(x, {memory.asked} + {c}, pick({asked}, 1.0, 0.0))")
        with self.block(f"if whole(i, {table.ON_THE_SPOT}) != 0:"):
            self._weigh()
        with self.block("else:"), self.over(self.each, "c") as c:
            agrees = f"pick(read_from(x, {memory.said} + {c}) > 0.0, read_from(x, {memory.asked} + {c}), 0.0)"
            self.add(f"write_to(x, {memory.yes} + {c}, {agrees})")

    def _weigh(self) -> None:
        """Write who of those asked would say yes, as the rule of the action says."""
        memory, before = self.memory, self.reading
        self.reading = Reading("asking", partners=True)
        rule = self.node("accepts")
        if any("fits" in self.names_in(part) for part in walk(rule) if isinstance(part, Aggregate)):
            raise Unsupported("who is met is collected")
        with self.over(self.each, "c") as c:
            self.meet(f"{memory.fits} + {c}", c, f"write_to(x, {memory.fits} + {c}, 0.0)")
        self.prepare(rule)
        with self.over(self.each, "c") as c:
            value = self.value(rule, (c, "0", "0"))
            agrees = f"{value} > 0.0"
            if self.model.level.people:
                agrees += f" and {self.fresh('people', 'wrongs', (c, 'me', '0'))} <= {UNFORGIVEN!r}"
            self.add(f"write_to(x, {memory.yes} + {c}, pick({agrees}, read_from(x, {memory.asked} + {c}), 0.0))")
        self.reading = before

    def _join(self) -> None:
        """Write that all who agreed are members now, and what that promises them."""
        memory, circle, spec = self.memory, self.plan.circle, self.plan.spec
        if circle and self.plan.term:
            with self.block("if offers_amount != 0:"):
                self.change("term", self.name, NOWHERE, f"read_from(x, {table.AMOUNT})")
        with self.over(self.each, "c") as c:
            inside = f"read_from(x, {memory.inside} + {c}) > 0.0"
            joins = f"read_from(x, {memory.yes} + {c}) > 0.0 or {c} == me"
            if circle:
                joins = (
                    f"read_from(x, {memory.yes} + {c}) > 0.0 or ({c} == me and not {inside}) or ({inside} and changing)"
                )
            self.add(f"write_to(x, {memory.asked} + {c}, pick({joins}, 1.0, 0.0))")
        with self.over(self.each, "c") as c, self.block(f"if read_from(x, {memory.asked} + {c}) > 0.0:"):
            self.change("member", self.name, (c, "0", "0"), "1.0")
        if spec.lasts and spec.lasts.seasons:
            self.change("left", self.name, NOWHERE, repr(float(spec.lasts.seasons)))
        self.forget()
        before = self.reading
        self.reading = Reading("joining", members=self.name, terms=self.name)
        for index, (stock, _) in enumerate(self.plan.sets):
            self._set(stock, first=index == 0)
        self.reading = before

    def _set(self, stock: str, first: bool) -> None:
        rule, plan, free = self.node("lasts", "sets", stock), self.model.stocks[stock], self.memory.felt
        self.prepare(rule)
        with self.over(self.each, "c") as c:
            self.add(f"write_to(x, {free} + {c}, {self.clipped(self.value(rule, (c, '0', '0')), plan.low, plan.high)})")
        with self.over(self.each, "c") as c, self.block(f"if read_from(x, {self.memory.asked} + {c}) > 0.0:"):
            self.change("stock", stock, (c, "0", "0"), f"read_from(x, {free} + {c})")
            if first and self.plan.spec.lasts and self.plan.spec.lasts.limits:
                self.change("promise", self.name, (c, "0", "0"), f"read_from(x, {free} + {c})")
        self.forget()
