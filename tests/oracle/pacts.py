"""The oracle's agreements: invited, kept or broken, fined, over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.level.schema import Action, CommunitiesTarget, span
from tests.oracle.grid import Grid, clip, total, wash
from tests.oracle.reading import Reader

if TYPE_CHECKING:
    from tests.oracle.acts import Attempt
    from tests.oracle.oracle import Oracle


class Pacts:
    """What lasts between communities."""

    def invite(self: Oracle, one: Attempt, said: list[int] | None, answer: list[int]) -> bool:
        """Ask those an action addresses; whether enough said yes."""
        everybody = range(len(self.communities))
        inside = (
            [value > 0.0 for value in self.member[one.name].values] if one.action.lasts else [False] * len(everybody)
        )
        changing = one.amount is not None and bool(one.circle) and inside[one.me] and one.amount != self.term[one.name]
        asked = [c for c in everybody if c != one.me and (changing or not inside[c]) and one.target in (-1, c)]
        meets = [self.needs.index(need) for need in one.action.meets]
        fits = Grid((len(everybody), 1, 1, 1), [float(self.need[c] in meets) for c in everybody])
        reader = Reader(self, one.me, extra={**one.extra, "fits": fits}, terms=one.terms)
        node = self.nodes["actions", one.name, "accepts"]
        wronged = [c for c in everybody if self.people and self.people["wrongs"][c][one.me] > 0.5]
        yes = [c for c in asked if (reader.read(node, c) > 0.0 and c not in wronged if said is None else said[c] > 0)]
        if one.circle:
            size = sum(inside) + (not inside[one.me])
            new = [c for c in yes if not inside[c]][: max(one.circle[1] - size, 0)]
            yes = [c for c in yes if inside[c] or c in new]
            agreed = bool(yes) and size + len(new) >= one.circle[0]
            if changing:
                agreed = agreed and all(c in yes for c in asked if inside[c])
            if agreed and one.amount is not None:
                self.term[one.name] = one.amount
        else:
            agreed = bool(yes)
        if agreed and one.action.lasts:
            joining = [
                c
                for c in everybody
                if c in yes or (c == one.me and not (one.circle and inside[c])) or (changing and inside[c])
            ]
            for c in joining:
                self.member[one.name].put(c, 0, 0, 0, 1.0)
            if one.action.lasts.seasons:
                self.left[one.name] = one.action.lasts.seasons
            self._set_terms(one.name, joining)
        for c in asked:
            answer[c] = 1 if c in yes else -1
        return agreed

    def _set_terms(self: Oracle, name: str, whose: list[int]) -> None:
        lasts = self.actions[name].lasts
        reader = Reader(self, members=self.member[name], terms=self._settled(name))
        for stock in lasts.sets if lasts else ():
            node = self.nodes["actions", name, "lasts", "sets", stock]
            terms = [clip(reader.read(node, c), *self.stocks[stock].range) for c in range(len(self.communities))]
            for c in whose:
                self.stock[stock].put(c, 0, 0, 0, terms[c])
                if name in self.promise:
                    self.promise[name].put(c, 0, 0, 0, terms[c])

    def _settled(self: Oracle, name: str) -> dict[str, float]:
        return {term: self.term[name] for term in self.actions[name].terms if name in self.term}

    def renew_terms(self: Oracle) -> None:
        """At the start of a season members get what their agreements promise."""
        for name, action in self.actions.items():
            if action.lasts:
                self._set_terms(name, [c for c, value in enumerate(self.member[name].values) if value > 0.0])

    def settle(self: Oracle) -> None:
        """At the end of a season: fines, effects, who leaves, what ends."""
        lasting = {name: action for name, action in self.actions.items() if action.lasts}
        for grid in self.fined.values():
            grid.values = [0.0] * len(grid.values)
        broken = {name: self._kept_and_excess(name, action) for name, action in lasting.items() if name in self.promise}
        for name, action in lasting.items():
            if action.lasts and action.lasts.fines and action.lasts.fines.breaking in broken:
                self._fine(name, action, *broken[action.lasts.fines.breaking])
        for name, action in lasting.items():
            if any(value > 0.0 for value in self.member[name].values):
                kept, excess = broken.get(name, (None, None))
                extra = {"kept": kept, "excess": excess} if kept and excess else {}
                reader = Reader(self, members=self.member[name].copy(), extra=extra, terms=self._settled(name))
                self.apply_effects(("actions", name, "each_season"), action.each_season, reader)
        for name, action in lasting.items():
            self._expire(name, action)

    def _kept_and_excess(self: Oracle, name: str, action: Action) -> tuple[Grid, Grid]:
        assert action.lasts is not None
        kept, excess = [], []
        for c in range(len(self.communities)):
            moved, promised = 0.0, self.promise[name].at(c, 0, 0, 0)
            for flow in action.lasts.limits:
                moved = moved + self.moved[flow].at(c, 0, 0, 0)
            broke = self.member[name].at(c, 0, 0, 0) > 0.0 and moved > promised * 1.01
            kept.append(promised / moved if broke else 1.0)
            excess.append(moved - promised if broke else 0.0)
        shape = (len(self.communities), 1, 1, 1)
        return Grid(shape, kept), Grid(shape, excess)

    def _fine(self: Oracle, name: str, action: Action, kept: Grid, excess: Grid) -> None:
        assert action.lasts is not None and action.lasts.fines is not None
        fines, everybody = action.lasts.fines, range(len(self.communities))
        watching = any(value > 0.0 for value in self.member[name].values)
        circle = self.member[fines.breaking]
        reader = Reader(self, members=circle, extra={"kept": kept, "excess": excess}, terms=self._settled(name))
        steps = [
            [reader.read(self.nodes["actions", name, "lasts", "fines", "steps", step], c) for c in everybody]
            for step in range(len(fines.steps))
        ]
        broke = [excess.values[c] > 0.0 and watching for c in everybody]
        keepers = [c for c in everybody if circle.values[c] > 0.0 and excess.values[c] <= 0.0]
        shares = total([float(c in keepers) for c in everybody])
        holding, high = self.stock[fines.stock].values, self.stocks[fines.stock].range[1]
        for payer in everybody:
            due = steps[min(self.offences[name][payer], len(steps) - 1)][payer]
            fine = wash(max(due, 0.0)) if broke[payer] and shares > 0.0 else 0.0
            owed = wash(min(fine, holding[payer]))
            for state, each in fines.seizes.items():
                held = self.stock[state].values
                held[payer] = wash(max(held[payer] - (fine - owed) * each, self.stocks[state].range[0]))
            portion = owed / shares if shares > 0.0 else owed
            paid = 0.0
            for keeper in keepers:
                given = wash(min(portion, max(high - holding[keeper], 0.0)))
                holding[keeper] = holding[keeper] + given
                self.fined[fines.stock].values[keeper] += given
                paid = paid + given
            holding[payer] = wash(max(holding[payer] - paid, 0.0))
            self.fined[fines.stock].values[payer] -= paid
        self.offences[name] = [count + did for count, did in zip(self.offences[name], broke, strict=True)]

    def _expire(self: Oracle, name: str, action: Action) -> None:
        lasts = action.lasts
        assert lasts is not None
        before = [value > 0.0 for value in self.member[name].values]
        reader = Reader(self, members=self.member[name], terms=self._settled(name))
        at = ("actions", name, "lasts")
        stays = [stay and c not in self.leaving.get(name, ()) for c, stay in enumerate(before)]
        if name in self.leaving:
            self.leaving[name] = set()
        if lasts.leaves is not None:
            stays = [stay and not reader.read(self.nodes[(*at, "leaves")], c) > 0.0 for c, stay in enumerate(stays)]
        if lasts.while_ is not None:
            goes_on = reader.world(self.nodes[(*at, "while")]) > 0.0
            stays = [stay and goes_on for stay in stays]
        if lasts.seasons:
            left = max(self.left[name] - 1, 0)
            stays = [stay and left > 0 for stay in stays]
            self.left[name] = left if any(stays) else 0
        if isinstance(action.target, CommunitiesTarget) and sum(stays) < span(action.target.communities)[0]:
            stays = [False] * len(stays)
        for term in action.terms.values():
            if not any(stays):
                self.term[name] = term.start
        for c, stay in enumerate(stays):
            self.member[name].put(c, 0, 0, 0, float(stay))
            if before[c] and not stay:
                for stock in lasts.sets:
                    start = list(self.level.communities.values())[c].starts.get(stock, self._usual_start(stock, c))
                    self.stock[stock].put(c, 0, 0, 0, start)
                if name in self.promise:
                    self.promise[name].put(c, 0, 0, 0, 0.0)

    def _usual_start(self: Oracle, stock: str, c: int) -> float:
        start = self.stocks[stock].start
        # What an expression says where all numbers are as usual stands in the model; `starting` holds it against it.
        return float(self.model.stocks[stock].start[c, 0, 0, 0, 0]) if isinstance(start, str) else start
