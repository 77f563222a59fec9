"""The oracle's people: what they feel of deeds, and what they remember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.language.nodes import FlowValue, StockName, walk
from game.level.schema import Effect
from tests.oracle.grid import wash

if TYPE_CHECKING:
    from tests.oracle.acts import Attempt
    from tests.oracle.oracle import Oracle

DONE = 1


class People:
    """What passes between people.  `self.people` has lists by name; empty where a level has no people."""

    def felt(self: Oracle, one: Attempt) -> list[float]:
        """What each community feels of a deed about to be done."""
        found = [0.0] * len(self.communities)
        for index, effect in enumerate(one.action.now):
            felt = self._felt_of(("actions", one.name, "now", index), effect, one)
            found = [old + new for old, new in zip(found, felt, strict=True)]
        found[one.me] = 0.0
        return found

    def _felt_of(self: Oracle, at: tuple[object, ...], effect: Effect, one: Attempt) -> list[float]:
        everybody = range(len(self.communities))
        found = [0.0] * len(self.communities)
        if effect.set:
            return [-1.0 * self._used(one, c) for c in everybody] if (effect.to or "me") == "me" else found
        if effect.move:
            for key, sign in (("from", -1.0), ("to", 1.0)):
                name, who = self._end((*at, "move", key))
                if name not in self._stores() or who != ("target",):
                    continue
                amount = wash(max(one.reader.world(self.nodes[(*at, "move", "amount")]), 0.0))
                giver, whose = self._end((*at, "move", "from"))
                if giver in self.stocks and self.stocks[giver].place == "community" and whose:
                    held = self.stock[giver].at(one.reader._who(whose[0], 0), 0, 0, 0)
                    amount = wash(min(amount, held))
                found[one.target] = sign * amount / self._use(name, one.target)
            return found
        name, who = self._end((*at, "of"))
        spec = self.stocks[name]
        if spec.conflict and spec.place == "community":
            weight = -2.0 / (spec.range[1] - spec.range[0])
        elif name in self._weighed() and (effect.toward is not None or who[1:] == ("me",)):
            weight = 1.0 / (spec.range[1] - spec.range[0])
        else:
            return found
        node = self.nodes[(*at, "add")]
        if who:
            found[one.reader._who(who[0], 0)] = one.reader.read(node) * weight
            return found
        for c in everybody:
            inside = float(one.affected[c] > 0.0) if (effect.who or "") == "users" else 1.0
            found[c] = 0.0 + one.reader.read(node, c) * weight * inside
        return found

    def _used(self: Oracle, one: Attempt, c: int) -> float:
        return one.used[c]

    def _stores(self: Oracle) -> dict[str, list[str]]:
        met = {
            part.name
            for node in self.nodes.values()
            for part in walk(node)
            if isinstance(part, FlowValue) and part.kind == "met"
        }
        found: dict[str, list[str]] = {}
        for name, flow in self.flows.items():
            source = flow.source_stock
            if name in met and source in self.stocks and self.stocks[source].place == "community":
                found.setdefault(source, []).append(name)
        return found

    def _weighed(self: Oracle) -> set[str]:
        known = {wants.known_by for one in self.level.communities.values() if (wants := one.wants or self.level.wants)}
        return {
            part.name
            for path, node in self.nodes.items()
            if path[0] == "actions" and path[-1] == "accepts"
            for part in walk(node)
            if isinstance(part, StockName) and self.stocks[part.name].place == "relation" and part.name not in known
        }

    def _use(self: Oracle, store: str, c: int) -> float:
        use = 0.0
        for flow in self._stores()[store]:
            use = use + self.asked[flow].at(c, 0, 0, 0)
        if use > 0.0:
            return use
        start = list(self.level.communities.values())[c].starts.get(store, self.stocks[store].start)
        return wash(max(0.5 * start, 1.0))

    def remember(self: Oracle, one: Attempt) -> None:
        """Note what each community felt of a deed."""
        felt = self.felt(one)
        if one.action.accepts is not None:
            owed = [wash(max(0.0 - value, 0.0)) for value in felt]
            felt = [wash(max(value, 0.0)) for value in felt]
        else:
            owed = [0.0] * len(felt)
        for c, community in enumerate(self.level.communities.values()):
            wants = community.wants or self.level.wants
            understood = 1.0
            if wants is not None and wants.known_by:
                understood = float(self.stock[wants.known_by].at(c, one.me, 0, 0) >= 0.4)
            wrongs, kindness = self.people["wrongs"][c], self.people["kindness"][c]
            wrongs[one.me] = wrongs[one.me] + wash(max(0.0 - felt[c], 0.0))
            kindness[one.me] = kindness[one.me] + wash(max(felt[c], 0.0)) * (0.25 + 0.75 * understood)
        mine = self.people["kindness"][one.me]
        self.people["kindness"][one.me] = [value + favour for value, favour in zip(mine, owed, strict=True)]

    def fade(self: Oracle, chosen: list[list[int]]) -> None:
        """Let memories fade, and note how everybody acted."""
        if not self.people:
            return
        acted = [0.0] * len(self.communities)
        for seat, me in enumerate(self.seats):
            balance = many = 0.0
            for slot, plans in enumerate(chosen):
                if self.result[slot][seat] == DONE:
                    balance, many = balance + self._kindness_of(plans[seat], me), many + 1.0
            acted[me] = balance / max(many, 1.0)
        people = self.people
        for c in range(len(self.communities)):
            people["kindness"][c] = [value * 0.85 for value in people["kindness"][c]]
            people["wrongs"][c] = [value * (0.97 - 0.25 * people["forgiving"][c]) for value in people["wrongs"][c]]
            people["lean"][c] = people["lean"][c] + 0.3 * (acted[c] - people["lean"][c])

    def _kindness_of(self: Oracle, index: int, me: int) -> float:
        candidate = self.model.candidates[index]
        action = self.actions[candidate.action]
        if action.mode != "with":
            return -1.0 if action.mode == "over" else 0.0
        if action.target == "community":
            wants = list(self.level.communities.values())[candidate.target].wants or self.level.wants
            known = 1.0
            if wants is not None and wants.known_by:
                known = float(self.stock[wants.known_by].at(candidate.target, me, 0, 0) >= 0.4)
            return 0.25 + 0.75 * known
        return 1.0 if action.lasts else 0.25
