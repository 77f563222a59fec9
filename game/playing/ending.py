"""How a game ended, and why: the outcome, each goal, a chart of the seasons, questions to talk about."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.terms import names_in
from game.playing.paint import WIDTH, Style, wrap
from game.playing.session import Attempt, Session
from game.sim.actions import DONE
from game.sim.world import LOST, WON
from game.telling import words

MOST_AGREED = 4
LEAST_FALL = 0.06  # of what lives here: less is no story
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
        elif streaks[-1] >= goal.in_a_row:
            reason = f"it held to the last, but it counts only at the end of season {self.model.seasons}"
        else:
            since = len(streaks) - streaks[-1]
            reason = f"it held for {streaks[-1]} of {words.count(goal.in_a_row, 'season')}, since season {since}"
        return False, f"Not reached: {goal.plain} ({reason})"

    def decisive(self) -> list[str]:
        """Return what decided it: agreements, how the land fell and what failed after it, how power was used."""
        found: list[str] = []
        for season, deeds in enumerate(self.session.deeds, start=1):
            found += [f"Season {season}: {line}" for line in self._agreed(deeds)]
        found = found[:MOST_AGREED]
        return [*found, *self._fall(), *self._ways()]

    def _fall(self) -> list[str]:
        """Return the deepest fall of what lives here, what was taken from it meanwhile, and what failed after it."""
        living, name = [moment.living for moment in self.session.history], self.session.roles.living
        end = max(range(len(living)), key=lambda at: max(living[: at + 1]) - living[at])
        start = max(range(end + 1), key=lambda at: living[at])
        if name is None or living[start] - living[end] < LEAST_FALL:
            return []
        word = words.stock_word(self.model, name)
        text = f"the {word} fell from {100 * living[start]:.0f} to {words.percent(living[end])}."
        taken = self._taken(name, start, end)
        when = f"Season {end}" if end == start + 1 else f"Seasons {start + 1} to {end}"
        return [f"{when}: {text}{f' {taken}' if taken else ''}", *self._late(start + 1)]

    def _taken(self, name: str, start: int, end: int) -> str:
        """Return how often people took from a stock by hand in some seasons: `Clear the wood 21 times.`."""
        takes = [plan.name for plan in self.model.actions.values() if any((name, -1.0) in one.ends for one in plan.now)]
        done = [
            self.model.candidates[deed.candidate].action
            for deeds in self.session.deeds[start:end]
            for deed in deeds
            if deed.outcome == DONE
        ]
        most = sorted((one for one in takes if one in done), key=done.count, reverse=True)[:2]
        named = [f"{self.model.actions[one].spec.name or one} {words.count(done.count(one), 'time')}" for one in most]
        return f"People did: {words.joined(named)}." if named else ""

    def _late(self, since: int) -> list[str]:
        """Return what ran short seasons after a fall, and on what it lives: a spring that answers late."""
        lines: list[str] = []
        for index in range(len(self.model.level.goals)):
            streaks = [moment.streaks[index] for moment in self.session.history]
            names = names_in(self.model.nodes["goals", index, "hold"])
            short = [flow for flow in self.model.flows if flow.name in names and flow.counts_asked and flow.source]
            held = [season for season, streak in enumerate(streaks) if streak > 0]
            if streaks[-1] > 0 or not held or not short or (hidden := self.session.lives_on(short[0].source)) is None:
                continue
            season, word = held[-1] + 1, words.stock_word(self.model, short[0].source)
            later = f", {words.count(season - since, 'season')} after that began" if season > since else ""
            lines.append(f"Season {season}{later}: there was not enough {word} any more.")
            lines += self._hidden(hidden)
        return lines

    def _hidden(self, name: str) -> list[str]:
        """Return how what nobody sees ran down, and by which way it is filled."""
        first, last = self.session.history[0].held[name], self.session.history[-1].held[name]
        unit, word = self.model.level.stocks[name].unit, words.stock_word(self.model, name)
        ways = [self.model.level.flows[flow.name].plain for flow in self.model.flows if flow.target == name]
        went = f"Meanwhile the {word} fell from {words.amount(first, unit)} to {words.amount(last, unit)}."
        return [f"{went} {' '.join(ways)}".strip()] if last < first else []

    def _agreed(self, deeds: Sequence[Attempt]) -> list[str]:
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
