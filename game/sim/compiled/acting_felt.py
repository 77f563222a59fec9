"""What an action means to those it touches, as text of a compiled action: see `game.sim.feelings`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.language.unknown import look_up
from game.sim.compiled import acting_tables as table
from game.sim.compiled.acting_effects import Amount, Effects
from game.sim.compiled.acting_world import NOWHERE
from game.sim.compiled.loop import Unsupported
from game.sim.effect_plans import AddEffect, EffectPlan, MoveEffect, UsersEffect
from game.sim.feelings import BELIEVED, LAND, WRONGED, parted_with, rests
from game.sim.people import UNDERSTOOD
from game.sim.totals import Floats

HERE = "game/sim/compiled/acting_felt.py"


class Felt(Effects):
    """Writes what one action means to others, and to whoever does it."""

    def is_felt(self, effect: EffectPlan) -> bool:
        """Whether what an effect is about tells what an action means to anybody."""
        feelings = self.model.feelings
        if isinstance(effect, AddEffect):
            toward = effect.toward_me or effect.who[1:] == ("me",)
            felt = effect.stock in feelings.wronged or (effect.stock in feelings.believed and toward)
            return felt or effect in self._rests()
        if isinstance(effect, MoveEffect):
            ends = (effect.source, effect.target)
            return any(name in feelings.stores and who in (("me",), ("target",)) for name, who in ends)
        return False

    def feel(self, now: list[Amount | None], finds: list[Amount | None]) -> None:
        """Write what those it is done to feel of it, as things stand before."""
        felt, plan = self.memory.felt, self.plan
        self.add(f"clear(x, {felt}, {self.each})")
        for effect, amount in zip((*plan.now, *plan.finds), (*now, *finds), strict=True):
            look_up(_FELT, type(effect), "kind of effect", f"_FELT in {HERE}")(self, effect, amount)
        self.add(f"write_to(x, {felt} + me, 0.0)")

    def tell_meaning(self, now: list[Amount | None], finds: list[Amount | None]) -> None:
        """Write what each community would feel of it, how it would rest whoever does it, and what he would give."""
        felt, plan = self.memory.felt, self.plan
        if plan.accepts is not None:
            with self.over(self.each, "c") as c:
                self.add(f"write_to(x, {felt} + {c}, larger(read_from(x, {felt} + {c}), 0.0) + 0.0)")
        effects, amounts = (*plan.now, *plan.finds), (*now, *finds)
        rests = self._rests()
        resting = [self._single_text(one) for effect, one in zip(effects, amounts, strict=True) if effect in rests]
        self.add(f"write_to(x, {table.RESTS}, larger({' + '.join(['0.0', *resting])}, 0.0) + 0.0)")
        moves = parted_with(self.model.feelings, plan)
        gifts = [self._single_text(one) for effect, one in zip(effects, amounts, strict=True) if effect in moves]
        for place, gift in enumerate(gifts):
            self.add(f"write_to(x, {self.memory.gives + place}, {gift})")

    def _rests(self) -> tuple[AddEffect, ...]:
        return rests(self.model.stocks, self.plan)

    def _single_text(self, amount: Amount | None) -> str:
        if amount is None or amount.axes:
            raise Unsupported("a gift of several amounts")
        return amount.text()

    def remember(self) -> None:
        """Write what those it is done to remember of what they feel."""
        felt, plan = self.memory.felt, self.plan
        with self.over(self.each, "c") as c:
            total = self.let(f"read_from(x, {felt} + {c})")
            good = total if plan.accepts is None else self.let(f"larger({total}, 0.0) + 0.0")
            wrong, kind = ("people", "wrongs", (c, "me", "0")), ("people", "kindness", (c, "me", "0"))
            self.change(*wrong, f"{self.fresh(*wrong)} + (larger(0.0 - {good}, 0.0) + 0.0)")
            known = self._understood(c)
            self.change(*kind, f"{self.fresh(*kind)} + (larger({good}, 0.0) + 0.0) * (0.25 + 0.75 * {known})")
        if plan.accepts is not None:
            with self.over(self.each, "c") as c:
                gave = self.let(f"larger(0.0 - read_from(x, {felt} + {c}), 0.0) + 0.0")
                own = ("people", "kindness", ("me", c, "0"))
                self.change(*own, f"{self.fresh(*own)} + {gave}")
        self.forget()

    def _understood(self, c: str) -> str:
        """Return 1 where the need of a community is known to the actor, else 0."""
        found = self.new()
        self.add(f"{found} = 1.0")
        for index, known in enumerate(self.model.feelings.known):
            if known:
                with self.block(f"if {c} == {index}:"):
                    held = self.fresh("stock", known, (str(index), "me", "0"))
                    self.add(f"{found} = pick({held} >= {UNDERSTOOD!r}, 1.0, 0.0)")
        return found

    def _feel(self, index: str, change: str) -> None:
        place = f"{self.memory.felt} + {index}"
        self.add(f"write_to(x, {place}, read_from(x, {place}) + {change})")

    def _felt_added(self, effect: AddEffect, amount: Amount) -> None:
        plan, feelings = self.model.stocks[effect.stock], self.model.feelings
        if effect.stock in feelings.wronged:
            weight = -WRONGED / (plan.high - plan.low)
        elif effect.stock in feelings.believed and (effect.toward_me or effect.who[1:] == ("me",)):
            weight = BELIEVED / (plan.high - plan.low)
        else:
            return
        if effect.who:
            if effect.who[0] not in ("me", "partner"):
                self._feel(self.number_of(effect.who[0]), f"{amount.text()} * {weight!r}")
            return
        with self.over(self.each, "c") as c:
            change = self.let(f"{amount.text(c)} * {weight!r}")
            if effect.group == "users":
                change = self.let(f"{change} * pick(read_from(x, {self.memory.affected} + {c}) > 0.0, 1.0, 0.0)")
            self._feel(c, change)

    def _felt_moved(self, effect: MoveEffect, amount: Amount) -> None:
        found = ""
        for (name, who), sign in ((effect.source, -1.0), (effect.target, 1.0)):
            if name not in self.model.feelings.stores or who != ("target",):
                continue
            if amount.axes:
                raise Unsupported("a gift of several amounts")
            much = self.let(f"larger({amount.text()}, 0.0) + 0.0")
            source, whose = effect.source
            if source and self.model.stocks[source].place == "community" and whose:
                much = self.let(f"smaller({much}, {self.fresh('stock', source, self.whom(whose, NOWHERE))}) + 0.0")
            found = self.let(f"{sign!r} * {much} / {self._season_use(name)}")
        if found:
            self._feel("target", found)

    def _season_use(self, name: str) -> str:
        plan, use = self.model.stocks[name], "0.0"
        start = np.broadcast_to(plan.start, (self.each, 1, 1, 1, 1))
        for flow in self.model.feelings.stores.get(name, ()):
            use = self.let(f"{use} + {self.fresh('asked', flow, ('target', '0', '0'))}")
        usual: Floats = np.maximum(0.5 * start, 1.0) + 0.0
        return self.let(f"pick({use} > 0.0, {use}, {self.fixed(usual, ('target', '0', '0'))})")

    def _felt_users(self, effect: UsersEffect, amount: None) -> None:
        if effect.users == "me":
            with self.over(self.each, "c") as c:
                self._feel(c, f"read_from(x, {self.memory.touched} + {c}) * {-LAND!r}")


_FELT: dict[type[EffectPlan], Callable[[Any, Any, Any], None]] = {
    AddEffect: Felt._felt_added,
    MoveEffect: Felt._felt_moved,
    UsersEffect: Felt._felt_users,
}
