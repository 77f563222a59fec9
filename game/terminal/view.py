"""What a player sees before deciding: the banner, the board, goals and neighbours, and what could be done."""

from __future__ import annotations

import numpy as np

from game.playing.paint import WIDTH, beside, wrap
from game.playing.session import Session
from game.sim.beginning import wants_of
from game.sim.frame import Frame
from game.telling import words
from game.terminal.board import Board

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
        lines = []
        for event in self.model.events:
            left = int(self.session.world.event_left[event.name][0])
            name = event.spec.name or event.name.replace("_", " ").capitalize()
            if left > 1:
                lines.append(f"! {name}: {event.spec.plain} {words.count(left - 1, 'more season')}.")
            if self.session.world.event_sign[event.name][0]:
                lines.append(f"! {event.spec.sign or name + ' may come.'} ({words.odds(event.spec.odds)})")
        return lines

    def goals(self, width: int) -> list[str]:
        """Return the goals with how long each has held."""
        lines = [self.style.paint("GOALS", "bold")]
        for index, goal in enumerate(self.model.level.goals):
            streak = int(self.session.world.streak[index, 0])
            done = streak >= goal.in_a_row
            lines += wrap(goal.plain, width, f"{'*' if done else '-'} ", "  ")
            held = (
                f"  {min(streak, goal.in_a_row)} of {words.count(goal.in_a_row, 'season')} so far"
                if goal.in_a_row > 1
                else ""
            )
            lines += [self.style.paint(held, "green" if done else "yellow")] if held else []
        return lines

    def dials(self) -> list[str]:
        """Return the three dials, each with an arrow."""
        history = self.session.history
        lines = [self.style.paint("DIALS", "bold") + "  0 fine, 100 worst"]
        for name, value in history[-1].dials.items():
            before = history[-2].dials[name] if len(history) > 1 else value
            arrow = self.style.sign("→", "=")
            if abs(value - before) >= 0.005:
                arrow = self.style.sign("↑", "+") if value > before else self.style.sign("↓", "-")
            text = f"{name:<14}{100 * value:>3.0f} {arrow}"
            lines.append(self.style.paint(text, "red") if value >= ALARM else text)
        return lines

    def neighbours(self, width: int) -> list[str]:
        """Return how the others feel, and what they need as far as the player knows."""
        lines = [self.style.paint("NEIGHBOURS", "bold") + "  (?: ask them)"]
        for other in range(len(self.model.layout.communities)):
            if other != self.session.me:
                lines += self._neighbour(other, width)
        return lines

    def _neighbour(self, other: int, width: int) -> list[str]:
        name = f"{words.letter(self.model, other)} {words.people(self.model, other)}"
        world, me = self.session.world, self.session.me
        parts = []
        if self.roles.grievance:
            grievance = float(world.stock[self.roles.grievance][other, 0, 0, 0, 0])
            parts.append(words.mood(grievance) + (f" {grievance:.2f}" if self.knows(other) else ""))
        need = self.need(other)
        parts += [f"wants {need}"] if need else []
        if self.roles.trust:
            trust = float(world.stock[self.roles.trust][other, me, 0, 0, 0])
            name = f"{name:<{width - 11}} trust {trust:.2f}"
        return [name, *wrap(", ".join(parts), width, "  ", "  ")]

    def knows(self, other: int) -> bool:
        """Whether the player knows what somebody needs now."""
        known = self.roles.known
        return known is None or float(self.session.world.stock[known][other, self.session.me, 0, 0, 0]) >= 0.5

    def need(self, other: int) -> str:
        """Return what somebody needs now, if there is such a thing and the player knows it; `?` if unknown."""
        if wants_of(self.model, other) is None:
            return ""
        if not self.knows(other):
            return "?"
        name = list(self.model.level.needs)[int(self.session.world.need[other, 0])]
        return self.model.level.needs[name].name or name.replace("_", " ")

    def who(self) -> list[str]:
        """Return all there is to know about everybody."""
        lines = []
        for other in range(len(self.model.layout.communities)):
            community = self.model.level.communities[self.model.layout.communities[other]]
            you = " (you)" if other == self.session.me else ""
            lines.append(self.style.paint(f"{words.letter(self.model, other)} {community.name}{you}", "bold"))
            lines += wrap(self._facts(other), WIDTH, "  ", "  ")
            if other != self.session.me:
                lines += [f"  {line}" for line in self._neighbour(other, 40)[1:]]
                need = self.need(other)
                if need and self.knows(other):
                    name = list(self.model.level.needs)[int(self.session.world.need[other, 0])]
                    lines += wrap(self.model.level.needs[name].plain, WIDTH, "  ", "  ")
        return lines

    def _facts(self, other: int) -> str:
        world, me = self.session.world, self.session.me
        names = [*([self.roles.store] if self.roles.store else []), *self.roles.counted]
        parts = [
            f"{words.stock_word(self.model, name)} "
            + words.amount(float(world.stock[name][other, 0, 0, 0, 0]), self.model.level.stocks[name].unit)
            for name in names
        ]
        if self.roles.trust and other != me:
            parts.append(f"trusts you {float(world.stock[self.roles.trust][other, me, 0, 0, 0]):.2f}")
            parts.append(f"you trust them {float(world.stock[self.roles.trust][me, other, 0, 0, 0]):.2f}")
        agreed = [
            plan.spec.name or plan.name
            for plan in self.model.actions.values()
            if plan.spec.lasts and world.member[plan.name][other, 0, 0, 0, 0] > 0
        ]
        return ", ".join(parts) + (f"; in: {', '.join(agreed)}" if agreed else "")
