"""How a game ended, and why: the outcome, each goal, the course of the seasons, questions to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.insight.terms import names_in
from game.playing.season import Attempt
from game.playing.session import Session
from game.sim.actions import DONE
from game.sim.units_told import unit_of
from game.sim.world import LOST, WON
from game.telling import words
from game.telling.lines import Line
from game.telling.say import say

MOST_AGREED = 4
LEAST_FALL = 0.06  # of what lives here: less is no story


@dataclass(frozen=True)
class Course:
    """A number over the seasons, the start first: what it is called, its values, what a full bar is, then and now."""

    name: str
    values: tuple[float, ...]
    top: float
    text: str


class Ending:
    """Tells the end of one game."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.model = session.model

    def verdicts(self) -> list[Line]:
        """Return how the game ended, and of each goal whether it is reached and why."""
        level = self.model.level
        lines = [self.outcome()]
        for index in range(len(level.goals)):
            reached, text = self.verdict(index)
            lines.append(Line(text, place="yes" if reached else "no"))
        return lines

    def outcome(self) -> Line:
        """Return how the game ended."""
        world, level = self.session.world, self.model.level
        outcome, season = int(world.outcome[0]), int(world.outcome_season[0])
        if outcome == WON and self.session.finished_early:
            left = self.model.seasons - season
            told = {"seasons": words.turns(season), "left": words.turns(left)}
            return Line(say("ending.won_early" if left > 1 else "ending.won_early_by_one", **told), "good", "heading")
        if outcome == WON:
            return Line(say("ending.won", seasons=words.turns(season)), "good", "heading")
        if outcome == LOST:
            why = level.lost_when.plain if level.lost_when else ""
            return Line(say("ending.lost", season=season, why=why), "bad", "heading")
        return Line(say("ending.over", seasons=words.turns(season)), "notice", "heading")

    def became(self) -> str:
        """Return what the place was and what it became, in a sentence: its life, or else the own store."""
        first, last, roles = self.session.history[0], self.session.history[-1], self.session.roles
        if roles.living:
            word = words.stock_word(self.model, roles.living)
            before, now = words.percent(first.living), words.percent(last.living)
            return say("ending.became", what=words.capital(word), before=before, now=now)
        if roles.store:
            unit, word = unit_of(self.model, roles.store), words.stock_word(self.model, roles.store)
            before, now = (words.amount(moment.stores[self.session.me], unit) for moment in (first, last))
            return say("ending.became_yours", what=word, before=before, now=now)
        return ""

    def force(self) -> bool:
        """Return whether anybody used force, or tried to: what two rules of proof would have judged."""
        chosen = (self.model.candidates[deed.candidate].action for deed in self.session.tried)
        return any(self.model.actions[action].spec.mode == "over" for action in chosen)

    def questions(self) -> list[Line]:
        """Return what the level gives to talk about, under a heading; nothing where it gives nothing."""
        talk = self.model.level.talk
        heading = [Line(say("ending.talk"), place="heading")] if talk else []
        return [*heading, *(Line(question, place="point") for question in talk)]

    def verdict(self, index: int) -> tuple[bool, str]:
        """Return whether a goal is reached, and that as a sentence with its reason."""
        goal = self.model.level.goals[index]
        streaks = [moment.streaks[index] for moment in self.session.history]
        if bool(self.session.world.reached[index, 0]):
            return True, say("ending.reached", goal=goal.plain)
        held = [season for season, streak in enumerate(streaks) if streak > 0]
        if not held:
            reason = say("ending.never_held")
        elif streaks[-1] == 0:
            reason = say("ending.held_last", season=held[-1])
        elif streaks[-1] >= goal.in_a_row:
            reason = say("ending.held_to_the_last", season=self.model.seasons)
        else:
            since = len(streaks) - streaks[-1]
            needed = words.turns(goal.in_a_row)
            reason = say("ending.held_for", streak=streaks[-1], needed=needed, since=since)
        return False, say("ending.not_reached", goal=goal.plain, reason=reason)

    def decisive(self) -> list[str]:
        """Return what decided it: agreements, how the land fell and what failed after it, how power was used."""
        found: list[str] = []
        for season, deeds in enumerate(self.session.deeds, start=1):
            found += [say("ending.in_season", season=season, what=line) for line in self._agreed(deeds)]
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
        fell = say("ending.fell", stock=word, before=100 * living[start], now=words.percent(living[end]))
        text = " ".join(part for part in (fell, self._taken(name, start, end)) if part)
        if end == start + 1:
            return [say("ending.in_season", season=end, what=text), *self._late(start + 1)]
        return [say("ending.in_seasons", first=start + 1, last=end, what=text), *self._late(start + 1)]

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
        named = [
            say("ending.taken_times", action=self.model.actions[one].spec.name or one, times=times)
            for one in most
            if (times := words.count(done.count(one), "time"))
        ]
        return say("ending.taken", deeds=words.joined(named)) if named else ""

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
            if season > since:
                seasons = words.turns(season - since)
                lines.append(say("ending.ran_short_later", season=season, seasons=seasons, stock=word))
            else:
                lines.append(say("ending.in_season", season=season, what=say("ending.ran_short", stock=word)))
            lines += self._hidden(hidden)
        return lines

    def _hidden(self, name: str) -> list[str]:
        """Return how what nobody sees ran down, and by which way it is filled."""
        first, last = self.session.history[0].held[name], self.session.history[-1].held[name]
        unit, word = unit_of(self.model, name), words.stock_word(self.model, name)
        ways = [self.model.level.flows[flow.name].plain for flow in self.model.flows if flow.target == name]
        before, now = words.amount(first, unit), words.amount(last, unit)
        went = say("ending.hidden_fell", stock=word, before=before, now=now)
        return [f"{went} {' '.join(ways)}".strip()] if last < first else []

    def _agreed(self, deeds: Sequence[Attempt]) -> list[str]:
        lines = []
        for deed in deeds:
            plan = self.model.actions[self.model.candidates[deed.candidate].action]
            if plan.spec.lasts and deed.outcome == DONE and any(deed.said.values()):
                name = plan.spec.name or plan.name.replace("_", " ")
                with_whom = [words.the_people(self.model, one) for one, yes in deed.said.items() if yes]
                proposer = words.the_people(self.model, self.model.layout.seats[deed.seat])
                others = words.joined(with_whom)
                lines.append(say("ending.agreed", who=proposer, others=others, agreement=name))
        return lines

    def _ways(self) -> list[str]:
        """Return how often people here dominated and partnered."""
        done = {"over": 0, "with": 0}
        for deeds in self.session.deeds:
            for deed in deeds:
                mode = self.model.actions[self.model.candidates[deed.candidate].action].spec.mode
                if deed.seat in self.session.seats and deed.outcome == DONE and mode in done:
                    done[mode] += 1
        if not any(done.values()):
            return []
        over, partner = (words.count(done[mode], "time") for mode in ("over", "with"))
        if len(self.session.seats) == 1:
            return [say("ending.ways_you", over=over, partner=partner)]
        return [say("ending.ways_people", over=over, partner=partner)]

    def courses(self) -> list[Course]:
        """Return the living stock and every store over the seasons."""
        history, roles, model = self.session.history, self.session.roles, self.model
        found = []
        if roles.living:
            shares = tuple(moment.living for moment in history)
            text = say("ending.from_to", before=100 * shares[0], now=words.percent(shares[-1]))
            found.append(Course(words.stock_word(model, roles.living), shares, 1.0, text))
        if roles.store:
            unit, word = unit_of(model, roles.store), words.stock_word(model, roles.store)
            said = words.says_it(model, roles.store)
            top = max(max(moment.stores) for moment in history)
            for one in range(len(model.layout.communities)):
                row = tuple(moment.stores[one] for moment in history)
                first, last = words.from_to(row[0], row[-1], unit)
                text = say("ending.from_to_of", before=first, now=last, stock="" if said else f" {word}")
                found.append(Course(words.people(model, one), row, top, text))
        return found
