"""The oracle's actions: who may, what it costs, who objects, what it does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.language.nodes import TILE, StockName
from game.level.schema import CommunitiesTarget, Effect, Move, span
from tests.oracle import luck as chance
from tests.oracle.grid import Grid, Place, clip, places, total, wash
from tests.oracle.reading import Reader

if TYPE_CHECKING:
    from tests.oracle.oracle import Oracle

DONE, BLOCKED, DECLINED, NOT_POSSIBLE, TOO_DEAR, TOO_OFTEN = range(1, 7)
OUTSIDE = "outside"
BY_RULE = 2


def at_place(amounts: Any, place: Place, kind: str) -> float:
    """What comes to a place, of a list for each community, or of a row of lists for each tile."""
    found: float = amounts[place[2]][place[3]] if kind == "tile" else amounts[place[0]]
    return found


class Attempt:
    """One player, one action, one target."""

    def __init__(self, state: Oracle, seat: int, index: int) -> None:
        candidate = state.model.candidates[index]
        self.name, self.label, self.target = candidate.action, candidate.label, candidate.target
        self.action, self.me = state.actions[self.name], state.seats[seat]
        self.tiles = state.target_tiles(self.name, self.label)
        self.circle = (
            span(self.action.target.communities) if isinstance(self.action.target, CommunitiesTarget) else None
        )
        self.used = [self._used(state, c) for c in range(len(state.communities))]
        self.affected = [0.0 if c == self.me else share for c, share in enumerate(self.used)]
        self.extra: dict[str, Grid] = {}
        self.amount = candidate.amount
        self.terms = {name: self._agreed(state, term.start) for name, term in self.action.terms.items()}
        self.reader = Reader(state, self.me, self.target, self.tiles, extra=self.extra, terms=self.terms)
        self.extra["resisting"] = self._single(self._resisting(state))
        self.extra["fits"] = self._single(self._fits(state))
        everywhere = float(state.rows * state.columns)
        self.extra["reach"] = self._single(sum(self.tiles.values) / everywhere if self.tiles else 0.0)

    def _agreed(self, state: Oracle, usual: float) -> float:
        """The amount an offer is about: the one it names, else the one that stands, else the usual one."""
        return state.term.get(self.name, usual) if self.amount is None else self.amount

    @staticmethod
    def _single(value: float) -> Grid:
        return Grid((1, 1, 1, 1), [value])

    def _used(self, state: Oracle, c: int) -> float:
        if self.tiles is not None:
            used = total(
                [state.uses.at(c, 0, y, x) * self.tiles.at(0, 0, y, x) for _, _, y, x in places(state.shape(TILE))]
            )
            return used / max(sum(self.tiles.values), 1.0)
        return float(self.action.target == "community" and c == self.target)

    def _resisting(self, state: Oracle) -> float:
        if state.level.resistance is None:
            return 0.0
        node = state.nodes["resistance", "weight"]
        return total([self.reader.read(node, c) * share for c, share in enumerate(self.affected)])

    def _fits(self, state: Oracle) -> float:
        if self.action.target != "community":
            return 0.0
        return float(state.need[self.target] in [state.needs.index(need) for need in self.action.meets])


class Acts:
    """What the oracle does with plans."""

    def act(self: Oracle, chosen: list[list[int]], said: list[list[list[int]]]) -> None:
        """Ask all who are to answer by rule, then carry out the plans with what everybody has said."""
        answers = [[list(heard) for heard in row] for row in said]
        to_all: list[tuple[int, int]] = []  # slots and seats in which something is offered to everybody
        for seat in range(len(self.seats)):
            if not any(self._offers(plans[seat]) for plans in chosen):
                continue
            alone = self.alone()
            alone.carry_out([[index if one == seat else -1 for one, index in enumerate(row)] for row in chosen], None)
            for slot, row in enumerate(answers):
                told = alone.answer[slot][seat]
                row[seat] = [
                    (1 if told[c] > 0 else -1) if given == BY_RULE else given for c, given in enumerate(row[seat])
                ]
                offer = chosen[slot][seat]
                if self._offers(offer) and any(told) and self.model.candidates[offer].target < 0:
                    to_all.append((slot, seat))
        for slot, seat in to_all:
            for place, other in to_all:
                if other != seat and chosen[place][other] == chosen[slot][seat]:
                    heard = said[slot][seat][self.seats[other]]
                    answers[slot][seat][self.seats[other]] = 1 if heard == BY_RULE else heard
        self.carry_out(chosen, answers)

    def _offers(self: Oracle, index: int) -> bool:
        return index >= 0 and self.actions[self.model.candidates[index].action].accepts is not None

    def carry_out(self: Oracle, chosen: list[list[int]], said: list[list[list[int]]] | None) -> None:
        """Carry out the plans slot by slot; within a slot seats take turns.  Without `said` all answer on the spot."""
        seats = len(self.seats)
        self.result = [[0] * seats for _ in chosen]
        self.answer = [[[0] * len(self.communities) for _ in range(seats)] for _ in chosen]
        done: dict[tuple[int, str, str], int] = {}
        self.sent: list[tuple[str, int, Place, str, float, float]] = []
        self.moved_now: list[tuple[str, Place, float, bool]] = []
        for slot, plans in enumerate(chosen):
            for turn in range(seats):
                seat = (turn + self.season) % seats
                if plans[seat] >= 0:
                    heard = None if said is None else said[slot][seat]
                    self.result[slot][seat] = self._attempt(seat, plans[seat], done, heard, self.answer[slot][seat])
        self._release()

    def _release(self: Oracle) -> None:
        """Let what was sent go on its way, less what was undone in the same season."""
        coming: dict[tuple[str, int, Place], list[float]] = {}
        to: dict[str, str] = {}
        for key, after, who, stock, amount, change in self.sent:
            way = 0 if change == 0.0 else 1 if change > 0.0 else 2
            coming.setdefault((key, after, who), [0.0, 0.0, 0.0])[way] += amount
            to[key] = stock
        for (key, after, who), (stayed, rose, fell) in coming.items():
            here = [row for row in self.moved_now if row[0] == to[key] and row[1] == who]
            kept = []
            for sign in (1.0, -1.0):
                # Each way is added up in the order in which it came about.
                own, against = 0.0, 0.0
                for _, _, change, bringing in here:
                    own += max(sign * change, 0.0) if bringing else 0.0
                    against += max(0.0 - sign * change, 0.0)
                kept.append(1.0 - min(against / own, 1.0) if own > 0.0 else 1.0)
            goes = stayed + rose * kept[0] + fell * kept[1]
            if self.stocks[to[key]].place == "tile":
                self.later[key][after - 1][who[2]][who[3]] += goes
            else:
                self.later[key][after - 1][who[0]] += goes

    def _attempt(
        self: Oracle,
        seat: int,
        index: int,
        done: dict[tuple[int, str, str], int],
        said: list[int] | None,
        answer: list[int],
    ) -> int:
        one = Attempt(self, seat, index)
        at = ("actions", one.name)
        costs = {stock: wash(max(one.reader.world(self.nodes[(*at, "cost", stock)]), 0.0)) for stock in one.action.cost}
        choice = (seat, one.name, one.label)
        if done.get(choice, 0) >= one.action.limit:
            return TOO_OFTEN
        if not self._possible(one):
            return NOT_POSSIBLE
        if any(self.stock[stock].at(one.me, 0, 0, 0) < amount for stock, amount in costs.items()):
            return TOO_DEAR
        done[choice] = done.get(choice, 0) + 1
        for stock, amount in costs.items():
            held = self.stock[stock].at(one.me, 0, 0, 0)
            self.stock[stock].put(one.me, 0, 0, 0, wash(max(held - amount, self.stocks[stock].range[0])))
            if stock in self.outside:
                self.outside[stock] = self.outside[stock] - amount
        stoppers = self._stoppers(one)
        if stoppers:
            self.blocked = True
            for c in stoppers:
                answer[c] = -1
                for stock in self._weighed():
                    self._sting(stock, one.me, c, -0.01)
            for stock, spec in self.stocks.items():
                if spec.conflict and spec.place == "community":
                    self._sting(stock, one.me, 0, 0.01)
            return BLOCKED
        if one.action.accepts is not None:
            if not self.invite(one, said, answer):
                return DECLINED
        elif one.action.lasts:
            self.member[one.name].put(one.me, 0, 0, 0, 1.0)
            self.left[one.name] = one.action.lasts.seasons or 0
        if one.action.gives_notice:
            self.leaving[one.action.gives_notice].add(one.me)
        if self.people:
            self.remember(one)
        waited_for = {stock for stock, _ in self._waited_for()}
        held = {(stock, at): self.stock[stock].at(*at) for stock in waited_for for at in self.places_later(stock)}
        self.apply_effects((*at, "now"), one.action.now, one.reader, one.affected)
        if one.action.finds:
            stock, who = self._end((*at, "finds", "of"))
            if one.reader.world(self.nodes[(*at, "finds", "when")]) > 0.0:
                place = one.reader._who(who[0], 0) if who else 0
                self.stock[stock].put(place, 0, 0, 0, self.stocks[stock].range[1])
        changed = {(stock, at): self.stock[stock].at(*at) - was for (stock, at), was in held.items()}
        brought = {stock for stock, action in self._waited_for() if action == one.name}
        self.moved_now += [(stock, c, change, stock in brought) for (stock, c), change in changed.items()]
        for number, item in enumerate(one.action.later):
            self._send((*at, "later", number), f"{one.name}:{number}", item.after, one, changed)
        return DONE

    def _send(
        self: Oracle,
        at: tuple[Any, ...],
        key: str,
        after: int,
        one: Attempt,
        changed: dict[tuple[str, Place], float],
    ) -> None:
        """Note what one deed sends: to whom it is for, or to each tile that it reaches."""
        node, amount = self.nodes[(*at, "of")], self.nodes[(*at, "add")]
        assert isinstance(node, StockName)
        if self.stocks[node.name].place == "tile":
            assert one.tiles is not None
            for place in self.places_later(node.name):
                if one.tiles.at(*place) > 0.0 and self.lives(node.name, *place[2:]):
                    here = one.reader.read(amount, *place)
                    self.sent.append((key, after, place, node.name, here, changed[node.name, place]))
        elif node.who:
            who = (one.reader._who(node.who[0], 0), 0, 0, 0)
            self.sent.append((key, after, who, node.name, one.reader.world(amount), changed[node.name, who]))

    def places_later(self: Oracle, stock: str) -> list[Place]:
        """Every place that something may come to: the tiles, or the communities."""
        if self.stocks[stock].place == "tile":
            return list(places(self.shape(TILE)))
        return [(c, 0, 0, 0) for c in range(len(self.communities))]

    def _waited_for(self: Oracle) -> list[tuple[str, str]]:
        """Return (stock, action) of all that actions bring later."""
        found = []
        for name, action in self.actions.items():
            for number in range(len(action.later)):
                node = self.nodes["actions", name, "later", number, "of"]
                assert isinstance(node, StockName)
                found.append((node.name, name))
        return found

    def _possible(self: Oracle, one: Attempt) -> bool:
        if self.outcome != 0 or (one.target == one.me and (one.action.target == "community" or one.circle)):
            return False
        when = self.nodes.get(("actions", one.name, "when"))
        if when is not None and not one.reader.world(when) > 0.0:
            return False
        if one.action.only_own and one.tiles is not None:
            here = [(y, x) for _, _, y, x in places(self.shape(TILE)) if one.tiles.at(0, 0, y, x) > 0.0]
            used = [sum(self.uses.at(c, 0, y, x) for y, x in here) for c in range(len(self.communities))]
            if not used[one.me] > 0.0 or used[one.me] != sum(used):
                return False
        if (
            one.action.lasts
            and not one.circle
            and one.action.accepts is None
            and any(inside > 0.0 for inside in self.member[one.name].values)
            and self.left[one.name] != 1
        ):
            return False
        if one.action.gives_notice:
            left = self.member.get(one.action.gives_notice)
            if left is None or not left.values[one.me] > 0.0:
                return False
        if one.circle:
            inside = [value > 0.0 for value in self.member[one.name].values]
            if one.amount is not None:
                return one.amount != self.term[one.name] and (inside[one.me] or not any(inside))
            return not (inside[one.target] and inside[one.me] if one.target >= 0 else all(inside))
        return True

    def _sting(self: Oracle, stock: str, who: int, whom: int, share: float) -> None:
        low, high = self.stocks[stock].range
        held = self.stock[stock].at(who, whom, 0, 0) + share * (high - low)
        self.stock[stock].put(who, whom, 0, 0, clip(held, low, high))

    def _stoppers(self: Oracle, one: Attempt) -> list[int]:
        if not one.action.blocked_by or self.level.resistance is None:
            return []
        node, actor = self.nodes["resistance", "protest"], self.communities[one.me]
        found = []
        for c, name in enumerate(self.communities):
            likely = one.reader.read(node, c) * (1.0 if one.affected[c] > 0.0 else 0.0)
            offer = f"{one.name}:{one.label}" + ("" if one.amount is None else f"@{one.amount:.6g}")
            drawn = chance.draw(self.luck, self.season + 1, chance.PROTEST, f"{actor}:{offer}:{name}")
            if drawn < likely:
                found.append(c)
        return found

    def happen(self: Oracle, at: tuple[Any, ...], effects: tuple[Effect, ...]) -> None:
        """Do what an event does to the world, to everybody, to all tiles; all amounts are read first."""
        reader = Reader(self)
        amounts = [self._amount((*at, index), effect, reader, []) for index, effect in enumerate(effects)]
        for index, (effect, amount) in enumerate(zip(effects, amounts, strict=True)):
            assert amount is not None and not effect.set, f"the oracle knows no such event: {effect}"
            name, who = self._end((*at, index, "of"))
            if effect.move:
                self._carry((*at, index), reader, amount)
            elif who:
                self._add((*at, index), effect, reader, amount, [])
            else:
                self.add_to_state(name, amount)

    def apply_effects(
        self: Oracle,
        at: tuple[Any, ...],
        effects: tuple[Effect, ...],
        reader: Reader,
        affected: list[float] | None = None,
    ) -> None:
        """Apply effects; all amounts are read before the first of them.  Without `affected` they are an agreement's."""
        amounts = [self._amount((*at, index), effect, reader, affected) for index, effect in enumerate(effects)]
        for index, (effect, amount) in enumerate(zip(effects, amounts, strict=True)):
            match (effect.set, effect.move, effect.of):
                case ("users", None, None):
                    self._set_users(effect, reader)
                case (None, Move(), None):
                    self._carry((*at, index), reader, amount)
                case (None, None, str()):
                    self._add((*at, index), effect, reader, amount, affected)
                case _:
                    raise AssertionError(f"the oracle knows no such effect: add it to apply_effects: {effect}")

    def _amount(
        self: Oracle, at: tuple[Any, ...], effect: Effect, reader: Reader, affected: list[float] | None
    ) -> Grid | None:
        node = self.nodes[(*at, "move", "amount") if effect.move else (*at, "add")] if not effect.set else None
        if node is None:
            return None
        return Grid.made(self.shape(node.axes), lambda place: reader.read(node, *place))

    def _end(self: Oracle, at: tuple[Any, ...]) -> tuple[str, tuple[str, ...]]:
        node = self.nodes.get(at)
        return (node.name, node.who) if isinstance(node, StockName) else (OUTSIDE, ())

    def _add(
        self: Oracle, at: tuple[Any, ...], effect: Effect, reader: Reader, amount: Grid, affected: list[float] | None
    ) -> None:
        name, who = self._end((*at, "of"))
        place, members = self.stocks[name].place, reader.members
        if place == "tile":
            tiles = reader.tiles
            assert tiles is not None
            self.add_to_state(name, Grid.made(self.shape(TILE), lambda p: amount.at(*p) * tiles.at(*p)))
        elif place == "world":
            self.add_to_state(name, amount)
        elif effect.between:
            assert members is not None
            self.add_to_state(
                name,
                Grid.made(
                    self.stock[name].shape,
                    lambda p: amount.at(*p) * members.at(p[0], 0, 0, 0) * members.at(p[1], 0, 0, 0),
                ),
            )
        elif effect.who or affected is None:
            self.add_to_state(
                name,
                Grid.made(
                    self.stock[name].shape,
                    lambda p: (
                        amount.at(*p)
                        * self._in_group(effect, reader, affected, p[0])
                        * (float(p[1] == reader.me) if effect.toward else 1.0)
                    ),
                ),
            )
        else:
            index = [reader._who(one, 0) for one in who] + [0] * (2 - len(who))
            held = self.stock[name].at(*index, 0, 0)
            if self.live(name, *index, 0, 0) > 0.0:
                self.stock[name].put(*index, 0, 0, clip(held + amount.values[0], *self.stocks[name].range))

    def _in_group(self: Oracle, effect: Effect, reader: Reader, affected: list[float] | None, c: int) -> float:
        if effect.who == "users":
            assert affected is not None
            return float(affected[c] > 0.0)
        if effect.who == "others":
            return float(c != reader.me)
        assert reader.members is not None
        return reader.members.at(c, 0, 0, 0)

    def _set_users(self: Oracle, effect: Effect, reader: Reader) -> None:
        before = Grid(tuple(self.model.uses_start.shape[:4]), self.model.uses_start[..., 0].reshape(-1).tolist())
        for c, _, y, x in places(self.uses.shape):
            if reader.tiles is not None and reader.tiles.at(0, 0, y, x) > 0.0:
                allowed = {"me": float(c == reader.me), "before": before.at(c, 0, y, x), "all": 1.0}[effect.to or "me"]
                self.uses.put(c, 0, y, x, allowed)

    def _carry(self: Oracle, at: tuple[Any, ...], reader: Reader, amount: Grid) -> None:
        """Move matter: on tiles each gives and takes what it can; a single holder shares it out over all."""
        ends = [self._end((*at, "move", key)) for key in ("from", "to")]
        names = [name for name, _ in ends if name != OUTSIDE]
        tiled = [name for name in names if self.stocks[name].place == "tile"]
        (source, whose), (target, whom) = ends
        moving: dict[tuple[int, int, int, int], float] = {}
        for p in places(self.shape(TILE) if tiled else (1, 1, 1, 1)):
            value = wash(max(amount.at(*p), 0.0))
            if tiled:
                value = value * (reader.tiles.at(*p) if reader.tiles else 1.0)
            for name in tiled:
                value = value * float(self.lives(name, p[2], p[3]))
            if source in tiled:
                value = wash(min(value, self.stock[source].at(*p) - self.stocks[source].range[0]))
            if target in tiled:
                value = wash(min(value, max(self.stocks[target].range[1] - self.stock[target].at(*p), 0.0)))
            moving[p] = value
        sums = total(list(moving.values()))
        for (name, who), gives in zip(ends, (True, False), strict=True):
            if name == OUTSIDE or name in tiled:
                continue
            held = self._held(name, who, reader)
            bound = held - self.stocks[name].range[0] if gives else wash(max(self.stocks[name].range[1] - held, 0.0))
            if sums > bound:
                share = bound / sums
                moving, sums = {p: value * share for p, value in moving.items()}, sums * share
        for name, who, sign, other in ((source, whose, -1.0, target), (target, whom, 1.0, source)):
            if name == OUTSIDE:
                self.outside[other] = self.outside[other] - sign * sums
            elif name in tiled:
                for p, value in moving.items():
                    self.stock[name].put(*p, self._after(name, self.stock[name].at(*p), sign * value))
            else:
                self._hold(name, who, reader, self._after(name, self._held(name, who, reader), sign * sums))

    def _after(self: Oracle, name: str, held: float, change: float) -> float:
        # A source is kept above its floor and a target below its ceiling; nothing else can be crossed.
        return (
            wash(max(held + change, self.stocks[name].range[0]))
            if change <= 0.0
            else wash(min(held + change, self.stocks[name].range[1]))
        )

    def _held(self: Oracle, name: str, who: tuple[str, ...], reader: Reader) -> float:
        return self.stock[name].at(reader._who(who[0], 0) if who else 0, 0, 0, 0)

    def _hold(self: Oracle, name: str, who: tuple[str, ...], reader: Reader, value: float) -> None:
        self.stock[name].put(reader._who(who[0], 0) if who else 0, 0, 0, 0, value)
