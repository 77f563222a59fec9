"""Answers to `why`: the books of a stock, what moves a state, what stands in the way of an action."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.insight.accounts import Account, Place, StateAccount, why_flows, why_state
from game.insight.reasons import answers, caution, why_not
from game.insight.vigilance import HARMLESS
from game.insight.watchfulness import Care, care_now
from game.playing.motives import motive_of
from game.playing.numbers import pace_lines
from game.playing.session import Session
from game.sim.totals import Floats
from game.sim.world import World
from game.telling import words
from game.telling.care import care_lines, care_notes
from game.telling.say import say
from game.terminal.board import Board
from game.terminal.commands import MOST_SAID, Command, CommandReader, Complaint
from game.terminal.paint import WIDTH, wrap

MOST_PARTS = 6
BAR = 10  # signs of a meter
LEAST = 1  # digits after the point of what is worth a line


class Why:
    """Answers `why` for one game."""

    def __init__(self, session: Session, board: Board, reader: CommandReader) -> None:
        self.session, self.board, self.reader = session, board, reader
        self.model, self.roles = session.model, session.roles

    def lines(self, arguments: Sequence[str]) -> list[str]:
        """Return the answer to `why` followed by `arguments`."""
        said = " ".join(arguments)
        names = {words.stock_word(self.model, name): name for name in self.model.level.stocks}
        names |= {name.replace("_", " "): name for name in self.model.level.stocks}
        communities = self._communities()
        plots = dict(self.board.plots)
        if not said:
            return self.land(Place(), say("why.everywhere"))
        if said in ("me", "us", "i", "my barn", "barn"):
            return self.household(self.session.me)
        if said in communities:
            return self.household(communities[said])
        if said in plots:
            return [
                say("why.plot", plot=said),
                *self._users(plots[said]),
                *self.land(Place(tiles=plots[said]), say("why.in_plot", plot=said)),
            ]
        if "," in said or (len(arguments) == 2 and all(word.isdecimal() for word in arguments)):
            tile = self.tile(said.replace(",", " ").split())
            if tile:
                return tile
        if said in names:
            return self.stock(names[said])
        command = self.reader.action(list(arguments), self.session.me)
        if isinstance(command, Command):
            return self.action(command.candidate)
        if isinstance(command, Complaint):
            return wrap(command.text)
        close = self.reader.nearest(said, [*names, *communities, *plots, *self.reader.names])
        unknown = {"said": said[:MOST_SAID], "stocks": ", ".join(list(names)[:4])}
        if not close:
            return wrap(say("why.unknown", **unknown))
        return wrap(say("why.unknown_near", near=close[0], **unknown))

    def _communities(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for index, name in enumerate(self.model.layout.communities):
            for word in (name, words.people(self.model, index).lower()):
                found.setdefault(word, index)
        return found

    def land(self, place: Place, where: str) -> list[str]:
        """Return the books of what grows, at a place."""
        if self.roles.living is None:
            return [say("why.nothing_grows")]
        return self.account(why_flows(self.model, self.session.world, self.roles.living, place, self._before()), where)

    def _before(self) -> World | None:
        return self.session.last.before if self.session.last else None

    def account(self, found: Account, where: str) -> list[str]:
        """Return the books of a matter stock in words: what it holds, what came, what went, where it leads."""
        name = words.stock_word(self.model, found.stock).capitalize()
        held = {
            "stock": say("why.at", stock=name, where=where) if where else name,
            "amount": words.amount(found.held, found.unit),
        }
        if found.full and self.model.stocks[found.stock].place == "tile":
            lines = [say("why.holds_of_full", share=words.percent(found.held / found.full), **held)]
        else:
            lines = [say("why.holds", **held)]
        if self.session.world.season == 0:
            return [*lines, say("why.not_yet")]
        lines += self._entries(found, 1.0) + self._entries(found, -1.0)
        net = words.together(_told(found), found.unit)
        evened = words.is_nothing(net)
        lines.append(f"  {say('why.evened_out') if evened else say('why.together', amount=net)}")
        return lines + [f"  {line}" for line in pace_lines(found, found.stock == self.roles.living)]

    def _entries(self, found: Account, sign: float) -> list[str]:
        lines = []
        for entry in found.feeds if sign > 0 else found.drains:
            if round(entry.amount, LEAST) == 0:
                continue
            amount = words.signed(sign * entry.amount, found.unit)
            moved = {"flow": words.stock_word(self.model, entry.name), "amount": amount}
            text = say("why.moved", **moved)
            if len(entry.by) > 1 or (entry.by and len(self.model.layout.communities) > 1):
                people = [f"{words.people(self.model, one)} {number:.1f}" for one, number in entry.by[:MOST_PARTS]]
                text = say("why.moved_by", people=", ".join(people), **moved)
            lines += wrap(text, WIDTH, "  ", "    ")
        return lines

    def household(self, community: int) -> list[str]:
        """Return what fills and empties a barn, and what moves how its people feel."""
        lines = []
        if self.roles.store:
            found = why_flows(self.model, self.session.world, self.roles.store, Place(community), self._before())
            whose = words.whose(self.model, community, -1)
            where = say("why.your_barn") if community == self.session.me else say("why.barn_of", whose=whose)
            lines += self.account(found, where)
        for name in (*self.roles.counted, self.roles.grievance):
            if name:
                lines += self.state(why_state(self.model, self.session.world, name, Place(community)), "")
        if community == self.session.me:
            for name in (self.roles.rest, self.roles.days):
                if name:
                    lines += self.state(why_state(self.model, self.session.world, name, Place(community)), "")
        elif self.roles.trust:
            place = Place(community, self.session.me)
            lines += self.state(why_state(self.model, self.session.world, self.roles.trust, place), say("why.in_you"))
        moved = motive_of(self.session, community)
        for line in () if moved is None else moved.lines:
            lines += wrap(line, WIDTH, "", "  ")
        return lines

    def state(self, found: StateAccount, where: str) -> list[str]:
        """Return what moves a state, strongest first; of what an agreement sets, what it is set to."""
        name = words.stock_word(self.model, found.stock).capitalize()
        name = say("why.at", stock=name, where=where) if where else name
        if self._not_agreed(found.stock):
            return [say("why.nothing_agreed", stock=name)]
        value, lines = words.amount(found.value, found.unit), []
        for pull in found.pulls:
            if round(abs(pull.amount), 2) < 0.01:
                continue
            pulled = {"reason": pull.plain, "amount": words.signed(pull.amount, found.unit)}
            merged: dict[str, float] = {}
            for names, number in pull.parts:
                said = ", ".join(words.stock_word(self.model, one) for one in names) or say("why.always")
                merged[said] = merged.get(said, 0.0) + number
            parts = "; ".join(f"{said} {number:+.2f}" for said, number in merged.items())
            text = say("why.pull_for", parts=parts, **pulled) if len(merged) > 1 else say("why.pull", **pulled)
            lines += wrap(text, WIDTH, "  ", "    ")
        return [say("why.state" if lines else "why.state_unmoved", stock=name, value=value), *lines]

    def _not_agreed(self, stock: str) -> bool:
        """Return whether a stock is what agreements set, and the person is in none of them."""
        setting = [name for name, spec in self.model.level.actions.items() if spec.lasts and stock in spec.lasts.sets]
        member, me = self.session.world.member, self.session.me
        return bool(setting) and not any(name in member and member[name][me].any() for name in setting)

    def stock(self, name: str) -> list[str]:
        """Return what moves a stock: on the land, in one's own household, or towards oneself."""
        stock = self.model.level.stocks[name]
        lines = wrap(stock.plain)
        me = self.session.me
        if stock.kind == "matter":
            place = Place(me) if stock.place == "community" else Place()
            where = {"community": say("why.with_you"), "tile": say("why.everywhere")}.get(stock.place, "")
            return lines + self.account(why_flows(self.model, self.session.world, name, place, self._before()), where)
        if stock.place == "relation":
            for other in range(len(self.model.layout.communities)):
                if other != me:
                    found = why_state(self.model, self.session.world, name, Place(other, me))
                    lines += self.state(found, say("why.and_you", who=words.people(self.model, other)))
            return lines
        return lines + self.state(
            why_state(self.model, self.session.world, name, Place(None if stock.place == "tile" else me)), ""
        )

    def _users(self, mask: Floats) -> list[str]:
        used = (self.session.world.uses * mask).sum(axis=(2, 3))[:, 0, 0]
        who = [words.people(self.model, int(index)) for index in np.flatnonzero(used > 0)]
        return [say("why.used_by", who=words.joined(who)) if who else say("why.used_by_nobody")]

    def tile(self, numbers: Sequence[str]) -> list[str]:
        """Return what is known of one tile, counted from 1 at the upper left."""
        if len(numbers) != 2 or not all(number.isdecimal() and len(number) < 4 for number in numbers):
            return []
        x, y = (int(number) - 1 for number in numbers)
        rows, columns = self.model.layout.rows, self.model.layout.columns
        if not (0 <= x < columns and 0 <= y < rows):
            return [say("why.map_size", columns=columns, rows=rows)]
        mask = np.zeros((1, 1, rows, columns, 1))
        mask[0, 0, y, x, 0] = 1.0
        terrain = self.model.layout.terrain_yx[y][x]
        plot = self.board.plot_at(y, x)
        ground = {"x": x + 1, "y": y + 1, "terrain": terrain, "plain": self.model.level.terrains[terrain].plain}
        lines = [say("why.tile_in_plot", plot=plot, **ground) if plot else say("why.tile", **ground)]
        home = self.board.homes[y][x]
        if home:
            return [*lines, say("why.home", household=self.model.level.communities[home].name)]
        values = [
            f"{words.stock_word(self.model, name)} {float(self.session.world.stock[name][0, 0, y, x, 0]):.2f}"
            for name, stock in self.model.level.stocks.items()
            if stock.place == "tile" and self.model.layout.live[name][0, 0, y, x, 0]
        ]
        lines += wrap(", ".join(values), WIDTH, "  ", "  ")
        return lines + self._users(mask) if terrain in self._grazed() else lines

    def _grazed(self) -> set[str]:
        living = self.roles.living
        return set(self.model.level.stocks[living].on) if living else set()

    def action(self, index: int) -> list[str]:
        """Return everything that speaks for and against an action."""
        model, world, seat = self.model, self.session.preview().world, self.session.seat
        candidate = model.candidates[index]
        plan = model.actions[candidate.action]
        lines = [
            say("why.action", action=words.action_name(model, candidate)),
            *wrap(plan.spec.plain, WIDTH, "  ", "  "),
        ]
        found = why_not(model, world, seat, index)
        if found:
            lines += wrap(say("why.not_now", reason=words.obstacle(model, found)), WIDTH, "  ", "  ")
        for text in words.caution(model, caution(model, world, seat, index), self._ground(index)):
            lines += wrap(text, WIDTH, "  ! ", "    ")
        if plan.spec.mode == "over":
            lines += _care(care_now(model, world, seat, candidate))
        for text in words.answers(model, answers(model, world, seat, index, knowing=self.session.world)):
            lines += wrap(text, WIDTH, "  ", "    ")
        for item in plan.spec.later:
            later = say("why.later", seasons=words.count(item.after, "season"), what=item.plain)
            lines += wrap(later, WIDTH, "  ", "    ")
        if plan.accepts is not None:
            lines += wrap(say("why.rule", rule=self._rule(plan.name)), WIDTH, "  ", "    ")
        return lines

    def _ground(self, index: int) -> str:
        target = self.model.actions[self.model.candidates[index].action].spec.target
        return getattr(target, "tiles", None) or getattr(target, "all", None) or "land"

    def _rule(self, action: str) -> str:
        return str(self.model.actions[action].spec.accepts).replace("_", " ")


def _told(found: Account) -> list[float]:
    """Return what came (above 0) and went (below 0) that has a line of its own."""
    moved = [*(one.amount for one in found.feeds), *(-one.amount for one in found.drains)]
    return [number for number in moved if round(number, LEAST) != 0]


def _care(care: Care) -> list[str]:
    """Return the meter of vigilance, what is in force, and what is left to beware of."""
    if care.usual < HARMLESS:
        return []
    full = round(BAR * care.now)
    lines = wrap(f"[{'#' * full}{'-' * (BAR - full)}] {' '.join(care_lines(care))}", WIDTH, "  ! ", "    ")
    for text in care_notes(care):
        lines += wrap(text, WIDTH, "  + ", "    ")
    for text in care.sentences:
        lines += wrap(text, WIDTH, "  ! ", "    ")
    return lines
