"""How a game ended, and why: the outcome, each goal, a chart of the seasons, questions to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from game.playing import words
from game.playing.paint import WIDTH, Style, wrap
from game.playing.session import Deed, Session
from game.sim.actions import DONE
from game.sim.world import LOST, WON

MOST_AGREED = 4
BARS, PLAIN_BARS = "▁▂▃▄▅▆▇█", "0123456789"


class Ending:
    """Tells the end of one game."""

    def __init__(self, session: Session, style: Style) -> None:
        self.session, self.style = session, style
        self.model = session.model

    def lines(self) -> list[str]:
        """Return how the game ended and why, a chart, and the questions to talk about."""
        world, level = self.session.world, self.model.level
        outcome, season = int(world.outcome[0]), int(world.outcome_season[0])
        if outcome == WON:
            lines = [
                "",
                self.style.paint(f"WON after {words.count(season, 'season')}: every goal is reached.", "bold", "green"),
            ]
        elif outcome == LOST:
            why = level.lost_when.plain if level.lost_when else ""
            lines = ["", self.style.paint(f"LOST in season {season}: {why}", "bold", "red")]
        else:
            lines = [
                "",
                self.style.paint(
                    f"The {words.count(season, 'season')} are over, and not every goal is reached.",
                    "bold",
                    "yellow",
                ),
            ]
        for index in range(len(level.goals)):
            lines += self._verdict(index)
        lines += ["", *self.chart()]
        if level.talk:
            lines += ["", self.style.paint("To talk about:", "bold")]
            lines += [part for question in level.talk for part in wrap(question, WIDTH, "  - ", "    ")]
        return lines

    def _verdict(self, index: int) -> list[str]:
        reached, text = self.verdict(index)
        return wrap(text, WIDTH, "  + " if reached else "  - ", "    ")

    def verdict(self, index: int) -> tuple[bool, str]:
        """Return whether a goal is reached, and that as a sentence with its reason."""
        goal = self.model.level.goals[index]
        streaks = [moment.streaks[index] for moment in self.session.history]
        if bool(self.session.world.reached[index, 0]):
            return True, f"Reached: {goal.plain}"
        held = [season for season, streak in enumerate(streaks) if streak > 0]
        if not held:
            reason = "it did not hold in a single season"
        elif streaks[-1] == 0:
            reason = f"it held last in season {held[-1]}"
        else:
            since = len(streaks) - streaks[-1]
            reason = f"it held for {streaks[-1]} of {words.count(goal.in_a_row, 'season')}, since season {since}"
        return False, f"Not reached: {goal.plain} ({reason})"

    def decisive(self) -> list[str]:
        """Return what decided it: agreements that came about, the worst season for the land, how power was used."""
        found: list[str] = []
        for season, deeds in enumerate(self.session.deeds, start=1):
            found += [f"Season {season}: {line}" for line in self._agreed(deeds)]
        found = found[:MOST_AGREED]
        living = [moment.living for moment in self.session.history]
        falls = [(after - before, season) for season, (before, after) in enumerate(pairwise(living), start=1)]
        if self.session.roles.living and falls and min(falls)[0] < -0.015:
            fall, season = min(falls)
            word = words.stock_word(self.model, self.session.roles.living)
            found.append(f"Season {season}: the {word} fell most, by {words.percent(-fall)}.")
        return [*found, *self._ways()]

    def _agreed(self, deeds: Sequence[Deed]) -> list[str]:
        lines = []
        for deed in deeds:
            plan = self.model.actions[self.model.candidates[deed.candidate].action]
            if plan.spec.lasts and deed.outcome == DONE and any(deed.said.values()):
                name = plan.spec.name or plan.name.replace("_", " ")
                with_whom = [words.people(self.model, one) for one, yes in deed.said.items() if yes]
                proposer = words.people(self.model, self.model.layout.seats[deed.seat])
                lines.append(f"the {proposer} won the {words.joined(with_whom)} for: {name}.")
        return lines

    def _ways(self) -> list[str]:
        """Return how often people here dominated and partnered."""
        done = {"over": 0, "with": 0}
        for deeds in self.session.deeds:
            for deed in deeds:
                mode = self.model.actions[self.model.candidates[deed.candidate].action].spec.mode
                if deed.seat in self.session.seats and deed.outcome == DONE and mode in done:
                    done[mode] += 1
        who = "You" if len(self.session.seats) == 1 else "The people here"
        times = [words.count(done[mode], "time") for mode in ("over", "with")]
        return [f"{who} dominated {times[0]} and partnered {times[1]}."] if any(done.values()) else []

    def chart(self) -> list[str]:
        """Return the living stock and every barn over the seasons, one row each."""
        history, roles = self.session.history, self.session.roles
        lines = [
            f"  {'Season':<14} 0{' ' * max(0, len(history) - 2 - len(str(history[-1].season)))}{history[-1].season}"
        ]
        if roles.living:
            shares = [moment.living for moment in history]
            lines.append(
                f"  {words.stock_word(self.model, roles.living):<14} {self.bars(shares, 1.0)}  "
                f"{100 * shares[0]:.0f} to {words.percent(shares[-1])}"
            )
        if roles.store:
            unit = self.model.level.stocks[roles.store].unit
            top = max(max(moment.stores) for moment in history)
            for one in range(len(self.model.layout.communities)):
                row = [moment.stores[one] for moment in history]
                lines.append(
                    f"  {words.people(self.model, one)[:14]:<14} {self.bars(row, top)}  "
                    f"{row[0]:.0f} to {words.amount(row[-1], unit)} {words.stock_word(self.model, roles.store)}"
                )
        return lines

    def bars(self, values: Sequence[float], top: float) -> str:
        """Return a row of bars, one for each value; the last 50 where there are more."""
        signs = self.style.sign(BARS, PLAIN_BARS)
        steps = [min(len(signs) - 1, int(len(signs) * value / top)) if top > 0 else 0 for value in values[-50:]]
        return "".join(signs[max(step, 0)] for step in steps)
