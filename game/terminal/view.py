"""What a player sees before deciding: the banner, the board, goals and neighbours, and what could be done."""

from __future__ import annotations

import numpy as np

from game.playing.households import Household, households
from game.playing.session import Session
from game.playing.standing import dials_standing, goals_standing, signs
from game.sim.frame import Frame
from game.telling import words
from game.terminal.board import Board
from game.terminal.paint import WIDTH, beside, wrap

SIDE = 25  # columns of the panel beside the board
ALARM = 0.6  # a dial beyond this is painted red


class View:
    """Turns a session into lines of text."""

    def __init__(self, session: Session, board: Board) -> None:
        self.session, self.board = session, board
        self.model, self.roles, self.style = session.model, session.roles, board.style

    def season(self) -> list[str]:
        """Return everything up to the list of actions."""
        lines = ["", *self.banner(), ""]
        map_lines = self.board.lines(self.session.world)
        panel = [*self.goals(SIDE), "", *self.dials(), "", *self.neighbours(SIDE)]
        if self.board.has_room_beside:
            lines += beside(map_lines, panel, self.board.width)
        else:
            lines += [*map_lines, "", *panel]
        return [*lines, *self.board.legend(self.session.world)]

    def map(self) -> list[str]:
        """Return the board alone with its legend."""
        return [*self.board.lines(self.session.world), *self.board.legend(self.session.world)]

    def banner(self) -> list[str]:
        """Return the state of things in three or four lines."""
        world, model = self.session.world, self.model
        season = world.season + 1
        place = f"Season {season} of {model.seasons}, {words.season_name(season)}. "
        if self.roles.living:
            place += f"{words.stock_word(model, self.roles.living).capitalize()} {self._trend()}."
        lines = [self.style.paint(place, "bold"), *wrap(self._household())]
        return lines + [self.style.paint(line, "yellow") for line in self.signs()]

    def _trend(self) -> str:
        history = self.session.history
        now = words.percent(history[-1].living)
        if len(history) < 2:
            return now
        change = 100 * (history[-1].living - history[-2].living)
        if abs(change) < 0.5:
            return f"{now} and steady"
        return f"{now} and {'rising' if change > 0 else 'falling'} ({change:+.0f})"

    def _household(self) -> str:
        """Return what the player has: the barn against its need, animals, days, rest."""
        model, me = self.model, self.session.me
        parts = []
        if self.roles.store:
            parts.append(f"{words.stock_word(model, self.roles.store)} {self._own(self.roles.store)}{self._need()}")
        parts += [f"{words.stock_word(model, name)} {self._own(name)}" for name in self.roles.counted]
        text = f"You speak for {model.level.communities[model.layout.communities[me]].name}: {', '.join(parts)}. "
        if self.roles.days:
            text += f"You have {self._own(self.roles.days)} of work this season."
        if self.roles.rest:
            rest = self._number(self.roles.rest)
            word = "worn out" if rest < 0.3 else "tired" if rest < 0.6 else "rested"
            text += f" You are {word} ({rest:.2f})."
        return text

    def _number(self, stock: str) -> float:
        return float(self.session.world.stock[stock][self.session.me, 0, 0, 0, 0])

    def _own(self, stock: str) -> str:
        return words.amount(self._number(stock), self.model.level.stocks[stock].unit)

    def _need(self) -> str:
        """Return what the household uses up in a season, as far as a level says so."""
        if not self.roles.eating:
            return ""
        flow = next(flow for flow in self.model.flows if flow.name == self.roles.eating)
        rate = np.broadcast_to(
            flow.rate(Frame(self.model.layout, self.session.world)), (len(self.model.layout.communities), 1, 1, 1, 1)
        )
        unit = self.model.level.stocks[flow.source].unit
        return f" (needs {words.amount(float(rate[self.session.me, 0, 0, 0, 0]), unit)} a season)"

    def signs(self) -> list[str]:
        """Return what is announced for this season and what still lasts."""
        return [
            f"! {one.name}: {one.plain} {words.count(one.left, 'more season')}." if one.here else f"! {one.text}"
            for one in signs(self.session)
        ]

    def goals(self, width: int) -> list[str]:
        """Return the goals with how long each has held."""
        lines = [self.style.paint("GOALS", "bold")]
        for goal in goals_standing(self.session):
            lines += wrap(goal.plain, width, f"{'*' if goal.done else '-'} ", "  ")
            if goal.in_a_row > 1:
                held = f"  {min(goal.streak, goal.in_a_row)} of {words.count(goal.in_a_row, 'season')} so far"
                lines.append(self.style.paint(held, "green" if goal.done else "yellow"))
        return lines

    def dials(self) -> list[str]:
        """Return the three dials, each with an arrow."""
        lines = [self.style.paint("DIALS", "bold") + "  0 fine, 100 worst"]
        arrows = {0: self.style.sign("→", "="), 1: self.style.sign("↑", "+"), -1: self.style.sign("↓", "-")}
        for dial in dials_standing(self.session):
            text = f"{dial.name:<14}{100 * dial.value:>3.0f} {arrows[dial.way]}"
            lines.append(self.style.paint(text, "red") if dial.value >= ALARM else text)
        return lines

    def neighbours(self, width: int) -> list[str]:
        """Return how the others feel, and what they need as far as the player knows."""
        lines = [self.style.paint("NEIGHBOURS", "bold") + "  (?: ask them)"]
        for one in households(self.session):
            lines += [] if one.mine else self._neighbour(one, width)
        return lines

    def _neighbour(self, one: Household, width: int) -> list[str]:
        name = f"{one.letter} {one.short}"
        parts = []
        if one.mood:
            parts.append(one.mood + ("" if one.grievance is None else f" {one.grievance:.2f}"))
        if one.need is not None:
            parts.append(f"wants {one.need.name if one.need.known else '?'}")
        if one.trust is not None:
            name = f"{name:<{width - 11}} trust {one.trust:.2f}"
        return [name, *wrap(", ".join(parts), width, "  ", "  ")]

    def who(self) -> list[str]:
        """Return all there is to know about everybody."""
        lines = []
        for one in households(self.session):
            you = " (you)" if one.mine else ""
            lines.append(self.style.paint(f"{one.letter} {one.name}{you}", "bold"))
            lines += wrap(self._facts(one), WIDTH, "  ", "  ")
            if not one.mine:
                lines += [f"  {line}" for line in self._neighbour(one, 40)[1:]]
                lines += wrap(one.need.plain, WIDTH, "  ", "  ") if one.need and one.need.known else []
        return lines

    def _facts(self, one: Household) -> str:
        parts = [
            f"{words.stock_word(self.model, name)} {words.amount(number, self.model.level.stocks[name].unit)}"
            for name, number in one.has
        ]
        if one.trust is not None and one.trusted is not None:
            parts.append(f"trusts you {one.trust:.2f}")
            parts.append(f"you trust them {one.trusted:.2f}")
        agreed = [self.model.actions[name].spec.name or name for name in one.agreements]
        return ", ".join(parts) + (f"; in: {', '.join(agreed)}" if agreed else "")
