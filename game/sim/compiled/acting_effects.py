"""What actions do at once and later, as text of a compiled action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.language.nodes import COMMUNITY, PARTNER, TILE, Choice, Constant, Node
from game.language.unknown import look_up
from game.level.merge import Path
from game.sim.compiled.acting_expressions import Expressions
from game.sim.compiled.acting_memory import Memory
from game.sim.compiled.acting_world import NOWHERE, Place
from game.sim.compiled.loop import Unsupported
from game.sim.effect_plans import AddEffect, EffectPlan, MoveEffect, UsersEffect, Whose
from game.sim.plans import ActionPlan, StockPlan

HERE = "game/sim/compiled/acting_effects.py"


class Amount:
    """How much an effect is about: a name, or places for each community, partner and tile."""

    def __init__(self, writer: Effects, node: Node) -> None:
        self.axes = node.axes
        writer.prepare(node)
        if not node.axes:
            self.name = writer.let(writer.value(node))
            return
        communities, partners, tiles = writer.memory.sizes(node.axes)
        self.at, self.sizes, self.name = (
            writer.memory.take(communities * partners * tiles),
            (communities, partners, tiles),
            "",
        )
        with writer.over(communities, "c") as c, writer.over(partners, "p") as p:
            if tiles == 1:
                writer.add(f"write_to(x, {self._place(c, p, '0')}, {writer.value(node, (c, p, '0'))})")
                return
            with writer.over_tiles() as (k, t):
                writer.add(f"write_to(x, {self._place(c, p, k)}, {writer.value(node, (c, p, t))})")

    def _place(self, c: str, p: str, k: str) -> str:
        _, partners, tiles = self.sizes
        strides = (partners * tiles, tiles, 1)
        return " + ".join(
            [str(self.at)]
            + [
                f"{one} * {stride}"
                for one, size, stride in zip((c, p, k), self.sizes, strides, strict=True)
                if size > 1
            ]
        )

    def text(self, c: str = "0", p: str = "0", k: str = "0") -> str:
        """Return the text of the amount of a place; `k` counts the tiles that the action reaches."""
        return self.name or f"read_from(x, {self._place(c, p, k)})"


class _Tiles:
    """A loop over the tiles that an action reaches; gives the count of the tile, and the tile."""

    def __init__(self, writer: Effects) -> None:
        self.writer = writer
        writer.count += 1
        self.k = f"k{writer.count}"
        tiles = "plot" if writer.reading.on_plot else str(writer.memory.sizes(TILE)[2])
        self.block = writer.block(f"for {self.k} in range({tiles}):")

    def __enter__(self) -> tuple[str, str]:
        self.block.__enter__()
        return self.k, self.writer.let(f"whole(t, places + {self.k})") if self.writer.reading.on_plot else self.k

    def __exit__(self, *what: Any) -> None:
        self.block.__exit__(*what)


class Effects(Expressions):
    """Writes the effects of one action."""

    everywhere = False  # whether matter may be moved on all tiles, where no plot is at hand

    def reached(self, tile: str) -> str:
        """Return the text of how far a tile is reached, where that is not one of the plot at hand; nothing: wholly."""
        return ""

    def __init__(self, memory: Memory, name: str) -> None:
        super().__init__(memory)
        self.model, self.name, self.plan = memory.model, name, memory.model.actions[name]

    def over_tiles(self) -> _Tiles:
        """Return a loop over the tiles that the action reaches."""
        return _Tiles(self)

    def node(self, *path: str | int) -> Node:
        """Return a rule of the action."""
        where: Path = ("actions", self.name, *path)
        return self.model.nodes[where]

    def now_nodes(self) -> list[Node | None]:
        """Return how much each effect of now is about; None where nothing is counted."""
        found: list[Node | None] = []
        for index, effect in enumerate(self.plan.now):
            last = ("move", "amount") if isinstance(effect, MoveEffect) else ("add",)
            found.append(None if effect.amount is None else self.node("now", index, *last))
        return found

    def find_nodes(self) -> list[Node]:
        """Return what finding an ally gives."""
        if not self.plan.finds:
            return []
        when, high = self.node("finds", "when"), self.model.stocks[self.plan.finds[0].stock].high
        return [Choice(when.axes, when, Constant(0, high), Constant(0, 0.0))]

    def amounts(self, nodes: list[Any]) -> list[Amount | None]:
        """Work out amounts, all of them before the first effect."""
        return [None if node is None else Amount(self, node) for node in nodes]

    def apply(self, effects: tuple[EffectPlan, ...], amounts: list[Amount | None]) -> None:
        """Do what effects do."""
        for effect, amount in zip(effects, amounts, strict=True):
            look_up(_APPLIED, type(effect), "kind of effect", f"_APPLIED in {HERE}")(self, effect, amount)
            self.forget()

    def _add(self, effect: AddEffect, amount: Amount) -> None:
        plan = self.model.stocks[effect.stock]
        together = effect.group in ("members", "pairs")
        if effect.group not in ("", "users", "others") and not (together and self.reading.members):
            raise Unsupported(f'"{effect.group}" act in no action')
        if effect.who and not effect.group and plan.place != "tile":
            self._add_to(plan, effect.who, amount)
            return
        if plan.place == "tile":
            with self.over_tiles() as (k, t):
                change, reached = amount.text(k=k), self.reached(t)
                self._raise(plan, ("0", "0", t), f"({change} * {reached})" if reached else change)
            return
        communities, partners, _ = self.memory.sizes(plan.axes)
        with self.over(communities, "c") as c, self.over(partners, "p") as p:
            change = amount.text(c, p)
            if effect.group == "users":
                change = self.let(f"{change} * pick(read_from(x, {self.memory.affected} + {c}) > 0.0, 1.0, 0.0)")
            elif together:
                whose = (c, p) if effect.group == "pairs" else (c,)
                inside = [self.fresh("member", self.reading.members, (one, "0", "0")) for one in whose]
                change = self.let(" * ".join([change, *inside]))
            elif effect.group == "others":
                change = self.let(f"{change} * pick({c} != me, 1.0, 0.0)")
            if effect.group and effect.toward_me:
                change = self.let(f"{change} * pick({p} == me, 1.0, 0.0)")
            self._raise(plan, (c, p, "0"), change)

    def _add_to(self, plan: StockPlan, who: tuple[str, ...], amount: Amount) -> None:
        """Add to the state of somebody, where it lives."""
        partners = self.memory.sizes(plan.axes)[1]
        first, second, _ = self.whom(who, ("c", "p", "0"))
        letters = (first, second if partners > 1 else "0")
        with (
            self.over(self.each if "c" in letters else 1, "c") as c,
            self.over(self.each if "p" in letters else 1, "p") as p,
        ):
            known = {"c": c, "p": p}
            place = (known.get(first, first), known.get(second, second), "0")
            live = self.fixed(plan.live, place)
            held = self.fresh("stock", plan.name, place)
            if live == "1.0":
                self.change(
                    "stock", plan.name, place, self.clipped(f"{held} + {amount.text(c, p)}", plan.low, plan.high)
                )
                return
            with self.block(f"if {live} > 0.0:"):
                self.change(
                    "stock", plan.name, place, self.clipped(f"{held} + {amount.text(c, p)}", plan.low, plan.high)
                )

    def _raise(self, plan: StockPlan, place: Place, change: str) -> None:
        """Add to a state at a place, where it lives."""
        live, held = self.fixed(plan.live, place), self.fresh("stock", plan.name, place)
        more = change if live == "1.0" else f"{change} * {live}"
        self.change("stock", plan.name, place, self.clipped(f"{held} + {more}", plan.low, plan.high))

    def _set_users(self, effect: UsersEffect, amount: None) -> None:
        if not self.reading.on_plot:
            return
        with self.over_tiles() as (_, t), self.over(self.each, "c") as c:
            if effect.users == "me":
                after = f"pick({c} == me, 1.0, 0.0)"
            else:
                after = look_up(
                    {"all": "1.0", "before": self.fixed(self.model.uses_start, (c, "0", t))},
                    effect.users, "group of users", f"Effects._set_users in {HERE}",
                )  # fmt: skip
            self.change("uses", "", (c, "0", t), after)

    # Moves

    def _end(self, end: Whose) -> tuple[str, bool, Place]:
        """Return a stock at the end of a move, whether it lies on tiles, and where else it lies."""
        name, who = end
        if not name:
            return "", False, NOWHERE
        plan = self.model.stocks[name]
        if plan.place == "tile":
            return name, True, NOWHERE
        place = self.whom(who, ("c", "p", "0")) if who else NOWHERE
        if {"c", "p"} & set(place[: 2 if plan.place == "relation" else 1]) or (not who and plan.place != "world"):
            raise Unsupported(f'a move of "{name}" of several communities')
        return name, False, place

    def _move(self, effect: MoveEffect, amount: Amount) -> None:
        ends = self._end(effect.source), self._end(effect.target)
        on_tiles = ends[0][1] or ends[1][1]
        if amount.axes & (COMMUNITY | PARTNER) or (amount.axes & TILE and not on_tiles):
            raise Unsupported("a move of several amounts")
        if on_tiles and not self.reading.on_plot and not self.everywhere:
            raise Unsupported("a move on all tiles")
        total, shares = self.new(), []
        if on_tiles:
            at = self.memory.take(self.memory.sizes(TILE)[2])
            self._tiles_of_move(ends, amount, at)
            tiles = self.memory.tiles
            of = f"added_plot(x, {tiles}, t, i)" if self.reading.on_plot else self._added_on_all(tiles)
            self.add(f"{total} = {of}")
        else:
            at = 0
            self.add(f"{total} = larger({amount.text()}, 0.0) + 0.0")
        source, target = self._bounds(ends)
        for bound in (source, target):
            if bound:
                too_much, share = self.new(), self.new()
                self.add(f"{too_much} = {total} > {bound}")
                self.add(f"{share} = pick({too_much}, {bound} / pick({too_much}, {total}, 1.0), 1.0)")
                self.add(f"{total} = {total} * {share}")
                shares.append(share)
        if on_tiles and shares:
            with self.over_tiles() as (k, _):
                self.add(f"write_to(x, {at} + {k}, {' * '.join([f'read_from(x, {at} + {k})', *shares])})")
        self._carried(ends, total, at)

    def _added_on_all(self, tiles: int) -> str:
        return f"added(x, {tiles}, {self.memory.sizes(TILE)[2]}, 1)"

    def _tiles_of_move(self, ends: tuple[tuple[str, bool, Place], ...], amount: Amount, at: int) -> None:
        """Write what moves on each tile to `at`, and once more to where it is added up."""
        (source, from_tiles, _), (target, to_tiles, _) = ends
        with self.over_tiles() as (k, t):
            here = self.let(f"larger({amount.text(k=k)}, 0.0) + 0.0")
            if reached := self.reached(t):
                here = self.let(f"{here} * {reached}")
            for name, lies in ((source, from_tiles), (target, to_tiles)):
                live = self.fixed(self.model.stocks[name].live, ("0", "0", t)) if lies else "1.0"
                here = here if live == "1.0" else self.let(f"{here} * {live}")
            if from_tiles:
                here = self.let(f"smaller({here}, {self._available(source, ('0', '0', t))}) + 0.0")
            if to_tiles:
                held, high = self.fresh("stock", target, ("0", "0", t)), self.model.stocks[target].high
                here = self.let(f"smaller({here}, larger({high!r} - {held}, 0.0) + 0.0) + 0.0")
            self.add(f"write_to(x, {at} + {k}, {here})")
            self.add(f"write_to(x, {self.memory.tiles} + {k}, {here})")

    def _bounds(self, ends: tuple[tuple[str, bool, Place], ...]) -> tuple[str, str]:
        """Return how much can leave the source and reach the target, where these do not lie on tiles."""
        (source, from_tiles, giver), (target, to_tiles, taker) = ends
        first = second = ""
        if source and not from_tiles:
            first = self.let(self._available(source, giver))
        if target and not to_tiles:
            high = self.model.stocks[target].high
            second = self.let(f"larger({high!r} - {self.fresh('stock', target, taker)}, 0.0) + 0.0")
        return first, second

    def _carried(self, ends: tuple[tuple[str, bool, Place], ...], total: str, at: int) -> None:
        for (name, on_tiles, place), sign in zip(ends, ("0.0 - ", ""), strict=True):
            if name and on_tiles:
                with self.over_tiles() as (k, t):
                    self._hold(name, ("0", "0", t), f"({sign}read_from(x, {at} + {k}))")
            elif name:
                self._hold(name, place, f"({sign}{total})")
        (source, _, _), (target, _, _) = ends
        if not source:
            self.change("outside", target, NOWHERE, f"{self.fresh('outside', target)} + {total}")
        if not target:
            self.change("outside", source, NOWHERE, f"{self.fresh('outside', source)} - {total}")

    def _hold(self, name: str, place: Place, change: str) -> None:
        held = self.fresh("stock", name, place)
        low, high = self.model.stocks[name].low, self.model.stocks[name].high
        self.change("stock", name, place, self.clipped(f"{held} + {change}", low, high))

    def _available(self, name: str, place: Place) -> str:
        """Return how much of a stock can be taken away."""
        held, low = self.fresh("stock", name, place), self.model.stocks[name].low
        return f"({held} - {low!r})" if low else held


_APPLIED: dict[type[EffectPlan], Callable[[Any, Any, Any], None]] = {
    AddEffect: Effects._add,
    UsersEffect: Effects._set_users,
    MoveEffect: Effects._move,
}


def plan_changes_users(plan: ActionPlan) -> bool:
    """Whether an action changes who uses which tiles."""
    return any(isinstance(effect, UsersEffect) for effect in plan.now)
