"""The actions of one level as the text of compiled functions, one for each action."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from game.language.nodes import Aggregate, Auxiliary, Node, walk
from game.sim.actions import BLOCKED, DONE, NOT_POSSIBLE, STUNG, TOO_DEAR, TOO_OFTEN
from game.sim.compiled import acting_tables as table
from game.sim.compiled.acting_effects import Amount, plan_changes_users
from game.sim.compiled.acting_lines import Reading
from game.sim.compiled.acting_memory import Memory, Part
from game.sim.compiled.acting_pacts import Pacts
from game.sim.compiled.acting_world import NOWHERE
from game.sim.compiled.formulas import function_text
from game.sim.compiled.loop import Unsupported
from game.sim.compiled.turning_text import Turning
from game.sim.effect_plans import EffectPlan
from game.sim.model import Model
from game.sim.world import RUNNING

CLEARED = "# what was collected is forgotten"

HEAD = '''"""What the actions of one level do: written by Powerdance, compiled by numba.  It may be deleted."""

from game.sim.compiled.acting_words import (
    added, added_plot, added_rows, change, change_truth, change_whole, circle_agrees, clear, clipped, divided, drawn,
    lot, make, make_truth, make_whole, seen, seen_truth, seen_whole, set_whole, whole, yes_that_fit,
)
from game.sim.compiled.lanes import absolute, floor, sqrt
from game.sim.compiled.operations import INFINITY, compiled, larger, pick, read_from, smaller, write_to
'''

PART = """

def {name}(a, t, i, f, x):
    n, w, me, target = whole(i, 0), whole(i, 1), whole(i, 6), whole(i, 7)
    season, offers_amount, plot, places = float(whole(i, 2)), whole(i, 9), whole(i, 11), whole(i, 12)
{body}
"""


@dataclass(frozen=True)
class ActingText:
    """The actions of a level as text, and what they are called with."""

    text: str
    parts: tuple[str, ...]  # the names of the functions, one for each action
    memory: Memory
    turning: Turning  # what happens once a season: its functions come behind those of actions

    @property
    def arrays(self) -> dict[Part, int]:
        """The arrays of a World that are read, each with its number."""
        return self.memory.arrays


def write_acting(model: Model) -> ActingText:
    """Return the actions of a model as text.  Raises Unsupported for a rule that only NumPy can do."""
    if any(item.on_tiles for plan in model.actions.values() for item in plan.later):
        raise Unsupported("what comes later comes to tiles")
    memory = Memory(model)
    parts, bodies = [], []
    for index, name in enumerate(model.actions):
        action = _Action(memory, name)
        parts.append(f"action_{index}")
        bodies.append(PART.format(name=parts[-1], body=action.body()))
        memory.changes = max(memory.changes, action.changes)
    turning = Turning(memory)
    for index, body in enumerate(turning.bodies):
        parts.append(f"turn_{index}")
        bodies.append(PART.format(name=parts[-1], body=body))
    functions = [function_text(name) for name in memory.functions]
    return ActingText(HEAD + "".join([*functions, *bodies]), tuple(parts), memory, turning)


class _Action(Pacts):
    """Writes one action."""

    def __init__(self, memory: Memory, name: str) -> None:
        super().__init__(memory, name)
        spec = self.plan.spec
        self.acting = Reading(
            "acting", lasting=True, on_plot=self.on_plot, acting=True, targeted=spec.target == "community"
        )
        self.about_touched = 0, 0  # the lines that find out whom it touches

    def body(self) -> str:
        """Return all that the action does, as lines."""
        self._refuse_what_differs()
        self.reading = self.acting
        self.add(CLEARED)
        self._frame()
        costs = [
            (stock, self.let(f"larger({self.single(self.node('cost', stock))}, 0.0) + 0.0"))
            for stock, _ in self.plan.costs
        ]
        payable = [f"{self.read('stock', stock, self._purse(stock))} >= {cost}" for stock, cost in costs]
        allowed = self._possible()
        self._looked(costs, allowed)
        with self.block(f"if whole(i, {table.LOOKING}) == 0:"):
            self._begun(costs, payable, allowed)
        self.forget()
        self._act()
        self._leave_out_who_is_touched()
        clearing = [f"write_to(x, {at}, 0.0)" for at in sorted(self.flags)]
        return "\n".join(part for line in self.lines for part in _cleared(line, clearing))

    def _begun(self, costs: list[tuple[str, str]], payable: list[str], allowed: list[str]) -> None:
        """Write what comes before anything is done: it is paid for, nobody stops it, all who are asked agree."""
        self._checked(payable, allowed)
        self._pay(costs)
        if self.plan.spec.blocked_by and self.model.resistance is not None:
            self._protest()
        if self.plan.accepts is not None:
            self.invite()
        elif self.plan.spec.lasts:
            self.change("member", self.name, ("me", "0", "0"), "1.0")
            self.change("left", self.name, NOWHERE, repr(float(self.plan.spec.lasts.seasons or 0)))
        if self.plan.spec.gives_notice:
            self.change("leaving", self.plan.spec.gives_notice, ("me", "0", "0"), "1.0")

    def _leave_out_who_is_touched(self) -> None:
        """Take the lines out that find out whom it touches, where nothing asks for that."""
        start, end = self.about_touched
        first, last = self.memory.touched, self.memory.affected + self.each
        rest = "\n".join([*self.lines[:start], *self.lines[end:]])
        read = ("".join(takewhile(str.isdigit, part)) for part in rest.split("read_from(x, ")[1:])
        if not any(first <= int(at) < last for at in read if at):
            self.lines[start:end] = []

    def _refuse_what_differs(self) -> None:
        """Raise Unsupported where NumPy would read what was collected before something else changed it."""
        later = [self.node("later", index, "add") for index in range(len(self.plan.later))]
        after = [*later, *self.find_nodes()]
        if plan_changes_users(self.plan) and self._of_users(after):
            raise Unsupported("what users change is read after it has changed")
        sets = [_collections(self.node("lasts", "sets", stock)) for stock, _ in self.plan.sets]
        if any(one & other for index, one in enumerate(sets) for other in sets[:index]):
            raise Unsupported("what an agreement sets is collected twice")

    def _of_users(self, nodes: list[Node]) -> bool:
        collected = any(part.where == "uses" for node in nodes for part in walk(node) if isinstance(part, Aggregate))
        return collected or bool(self.names_in(*nodes) & {"uses", "users"})

    # Whom it touches and what it is about

    def _frame(self) -> None:
        memory, plan = self.memory, self.plan
        start = len(self.lines)
        self._touched()
        self.about_touched = start, len(self.lines)
        if plan.term:
            offered = f"read_from(x, {table.AMOUNT})"
            if self.member:
                standing = self.read("term", self.name)
                self.add(f"write_to(x, {table.TERM}, pick(offers_amount != 0, {offered}, {standing}))")
            else:
                self.add(f"write_to(x, {table.TERM}, {offered})")
        everywhere = float(self.layout.rows * self.layout.columns)
        self.add(f"write_to(x, {table.REACH}, {f'float(plot) / {everywhere!r}' if self.on_plot else '0.0'})")
        if plan.spec.target != "community":
            self.add(f"write_to(x, {table.FITS}, 0.0)")
        else:
            self.meet(table.FITS, "target", f"write_to(x, {table.FITS}, 0.0)")
        if self.model.resistance is not None and "resisting" in self.names_in(*self._own_nodes()):
            weight = self.model.nodes["resistance", "weight"]
            self.prepare(weight)
            with self.over(self.each, "c") as c:
                value = self.value(weight, (c, "0", "0"))
                self.add(f"write_to(x, {memory.pairs} + {c}, {value} * read_from(x, {memory.affected} + {c}))")
            self.add(f"write_to(x, {table.RESISTING}, added(x, {memory.pairs}, {self.each}, 1))")
        elif self.model.resistance is None:
            self.add(f"write_to(x, {table.RESISTING}, 0.0)")

    def _own_nodes(self) -> list[Node]:
        return [node for path, node in self.model.nodes.items() if path[:2] == ("actions", self.name)]

    def _touched(self) -> None:
        touched, affected, tiles = self.memory.touched, self.memory.affected, self.memory.tiles
        with self.over(self.each, "c") as c:
            if self.on_plot:
                with self.over_tiles() as (k, t):
                    self.add(f"write_to(x, {tiles} + {k}, {self.fresh('uses', '', (c, '0', t))})")
                share = self.let(f"added_plot(x, {tiles}, t, i) / larger(float(plot), 1.0)")
            elif self.plan.spec.target == "community":
                share = self.let(f"pick({c} == target, 1.0, 0.0)")
            else:
                share = "0.0"
            self.add(f"write_to(x, {touched} + {c}, {share})")
            self.add(f"write_to(x, {affected} + {c}, pick({c} == me, 0.0, {share}))")

    # Whether it can be done

    def _checked(self, payable: list[str], allowed: list[str]) -> None:
        """Write what becomes of it where it cannot be done."""
        self.add(f"became = {DONE}")
        for conditions, otherwise in ((payable, TOO_DEAR), (allowed, NOT_POSSIBLE)):
            if conditions:
                with self.block(f"if not ({' and '.join(conditions)}):"):
                    self.add(f"became = {otherwise}")
        with self.block(f"if whole(i, {table.OFTEN}) != 0:"):
            self.add(f"became = {TOO_OFTEN}")
        self.add(f"set_whole(i, {table.RESULT}, became)")
        with self.block(f"if became != {DONE}:"):
            self.add("return")

    def _looked(self, costs: list[tuple[str, str]], allowed: list[str]) -> None:
        """Write what it would cost and promise, where that is all that is asked."""
        with self.block(f"if whole(i, {table.LOOKING}) != 0:"):
            self.add(f"set_whole(i, {table.RESULT}, 0)")
            with self.block(f"if not ({' and '.join(allowed)}):"):
                self.add("return")
            self.add(f"set_whole(i, {table.RESULT}, 1)")
            for index, (_, cost) in enumerate(costs):
                self.add(f"write_to(x, {self.memory.costs + index}, {cost})")
            gain = "0.0" if self.plan.gain is None else self.single(self.node("aim", "gain"))
            self.add(f"write_to(x, {table.GAIN}, {gain})")
            self.add(f"write_to(x, {table.WILLING}, 0.0)")
            if self.plan.accepts is not None:
                self.count_willing()
            if not self.model.level.people:
                self.add("return")
                return
            with self.block(f"if whole(i, {table.LOOKING}) == 1:"):
                self.add("return")

    def _purse(self, stock: str) -> tuple[str, str, str]:
        return ("me", "0", "0") if self.memory.shape("stock", stock)[0] > 1 else NOWHERE

    def _possible(self) -> list[str]:
        """Return the conditions under which it makes sense at all."""
        plan, spec = self.plan, self.plan.spec
        found = [f"{self.read('outcome', '')} == {float(RUNNING)!r}"]
        if spec.target == "community" or plan.circle:
            found.append("target != me")
        if plan.when is not None:
            found.append(f"{self.single(self.node('when'))} > 0.0")
        if spec.only_own and self.on_plot:
            found.append(f"read_from(x, {self.memory.touched} + me) > 0.0")
            others = [f"read_from(x, {self.memory.affected + index}) <= 0.0" for index in range(self.each)]
            found += others
        if spec.lasts and not plan.circle and plan.accepts is None:
            nobody = [f"{self.read('member', self.name, (str(index), '0', '0'))} <= 0.0" for index in range(self.each)]
            found.append(f"(({' and '.join(nobody)}) or {self.read('left', self.name)} == 1.0)")
        if spec.gives_notice:
            known = self.model.actions.get(spec.gives_notice)
            inside = known is not None and known.spec.lasts
            found.append(f"{self.read('member', spec.gives_notice, ('me', '0', '0'))} > 0.0" if inside else "False")
        if plan.circle:
            found.append(self._joinable())
        return found

    def _joinable(self) -> str:
        """Return the condition that there is somebody to take in, or another amount to settle on."""
        inside = [
            self.let(f"{self.read('member', self.name, (str(index), '0', '0'))} > 0.0") for index in range(self.each)
        ]
        mine, of_target, found = self.new(), self.new(), self.new()
        self.add(f"{mine}, {of_target} = False, False")
        for index, one in enumerate(inside):
            with self.block(f"if me == {index}:"):
                self.add(f"{mine} = {one}")
            with self.block(f"if target == {index}:"):
                self.add(f"{of_target} = {one}")
        everybody, anybody = " and ".join(inside), " or ".join(inside)
        self.add(f"{found} = not ({of_target} and {mine}) if target >= 0 else not ({everybody})")
        if self.plan.term:
            with self.block("if offers_amount != 0:"):
                other = f"{self.fresh('term', self.name)} != read_from(x, {table.AMOUNT})"
                self.add(f"{found} = {other} and ({mine} or not ({anybody}))")
        return found

    def _pay(self, costs: list[tuple[str, str]]) -> None:
        for stock, cost in costs:
            place = self._purse(stock)
            left = f"larger({self.fresh('stock', stock, place)} - {cost}, {self.model.stocks[stock].low!r}) + 0.0"
            self.change("stock", stock, place, left)
            if self.model.stocks[stock].matter:
                self.change("outside", stock, NOWHERE, f"{self.fresh('outside', stock)} - {cost}")
        self.forget()
        self.add(CLEARED)

    # What others say

    def _protest(self) -> None:
        memory, feelings = self.memory, self.model.feelings
        chance = self.model.nodes["resistance", "protest"]
        self.prepare(chance)
        with self.over(self.each, "c") as c:
            touched = f"pick(read_from(x, {memory.affected} + {c}) > 0.0, 1.0, 0.0)"
            self.add(f"write_to(x, {memory.chances} + {c}, {self.value(chance, (c, '0', '0'))} * {touched})")
        self.add("stopped = False")
        with self.over(self.each, "c") as c:
            draw = (
                f"drawn(whole(whole(i, {table.LUCK}), w), whole(i, {table.MIXED}), whole(whole(i, {table.KEYS}), {c}))"
            )
            with self.block(f"if {draw} < read_from(x, {memory.chances} + {c}):"):
                self.add("stopped = True")
                self.add(f"write_to(x, {memory.answer} + {c}, -1.0)")
                for trust in feelings.believed:
                    self._sting(trust, ("me", c, "0"), -STUNG)
        self.forget()
        with self.block("if stopped:"):
            self.change("blocked", "", NOWHERE, "True")
            for wronged in feelings.wronged:
                self._sting(wronged, ("me", "0", "0"), STUNG)
            self.add(f"set_whole(i, {table.RESULT}, {BLOCKED})")
            self.add("return")
        self.forget()

    def _sting(self, name: str, place: tuple[str, str, str], share: float) -> None:
        stock = self.model.stocks[name]
        changed = f"{self.fresh('stock', name, place)} + {share * (stock.high - stock.low)!r}"
        kept = f"smaller(larger({changed}, {stock.low!r}) + 0.0, {stock.high!r}) + 0.0"
        self.change("stock", name, place, kept)

    # What it does

    def _act(self) -> None:
        plan, shifted = self.plan, self.memory.shifted
        now = self._meant() if self.model.level.people else self.amounts(self.now_nodes())
        before = {stock: self.memory.take(self.each) for stock in shifted if stock in self._changed()}
        for stock, at in before.items():
            with self.over(self.each, "c") as c:
                self.add(f"write_to(x, {at} + {c}, {self.fresh('stock', stock, (c, '0', '0'))})")
        self.forget()
        self.apply(plan.now, now)
        if plan.finds:
            self.add(CLEARED)
            self.apply(plan.finds, self.amounts(self.find_nodes()))
        self._send(before, shifted)

    def _meant(self) -> list[Amount | None]:
        """Write what it means to those it touches, and let them remember it; return all that it is about."""
        nodes = self.now_nodes()
        now = self.amounts(
            [node if self.is_felt(one) else None for node, one in zip(nodes, self.plan.now, strict=True)]
        )
        finds = self.find_nodes()
        found = self.amounts(
            [node if self.is_felt(one) else None for node, one in zip(finds, self.plan.finds, strict=True)]
        )
        self.feel(now, found)
        with self.block(f"if whole(i, {table.LOOKING}) != 0:"):
            self.tell_meaning(now, found)
            self.add("return")
        missing = [None if known else node for node, known in zip(nodes, now, strict=True)]
        now = [known or new for known, new in zip(now, self.amounts(missing), strict=True)]
        self.remember()
        return now

    def _changed(self) -> set[str]:
        effects: tuple[EffectPlan, ...] = (*self.plan.now, *self.plan.finds)
        return {stock for effect in effects for stock in effect.stocks} | {item.stock for item in self.plan.later}

    def _send(self, before: dict[str, int], shifted: dict[str, int]) -> None:
        """Note how far stocks rose and fell, and what is sent with that."""
        bringing = {item.stock for item in self.plan.later}
        for stock, at in before.items():
            with self.over(self.each, "c") as c:
                moved = self.let(f"{self.fresh('stock', stock, (c, '0', '0'))} - read_from(x, {at} + {c})")
                self.add(f"write_to(x, {at} + {c}, {moved})")
                ways = [f"larger({moved}, 0.0)", f"larger(0.0 - {moved}, 0.0)"]
                for way, change in enumerate(ways * 2 if stock in bringing else ways):
                    place = f"{shifted[stock] + way * self.each} + {c}"
                    self.add(f"write_to(x, {place}, read_from(x, {place}) + {change})")
        for index, item in enumerate(self.plan.later):
            if not item.who:
                continue
            bearer = self.number_of(item.who[0])
            if not bearer:
                raise Unsupported("what comes later comes to many")
            amount = self.let(f"{self.single(self.node('later', index, 'add'))} + 0.0")
            moved = self.let(f"read_from(x, {before[item.stock]} + {bearer})")
            turned = f"pick({moved} > 0.0, 0.0, pick({moved} < 0.0, 1.0, 2.0))"
            noted = self.let(f"{self.memory.sent[item.key]} + int({turned}) * {self.each} + {bearer}")
            self.add(f"write_to(x, {noted}, read_from(x, {noted}) + {amount})")


def _cleared(line: str, clearing: list[str]) -> list[str]:
    """Return a line, or where it only says so the lines that forget what was collected."""
    if line.strip() != CLEARED:
        return [line]
    return [line[: len(line) - len(line.lstrip())] + part for part in clearing]


def _collections(node: Node) -> set[Node]:
    return {part for part in walk(node) if isinstance(part, (Aggregate, Auxiliary))}
