"""What happened: the end of a season with its ledger, and the end of the game with the reasons for it."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.ledger import Card
from game.insight.reasons import why_not
from game.sim.actions import BLOCKED, DECLINED, DONE, OUTCOMES
from game.sim.model import ActionPlan
from game.sim.world import LOST, WON
from game.terminal import words
from game.terminal.paint import WIDTH, Style, wrap
from game.terminal.session import Deed, Report, Session

MOST_BESIDES = 4
BARS, PLAIN_BARS = "▁▂▃▄▅▆▇█", "0123456789"


class Story:
    """Tells one game."""

    def __init__(self, session: Session, style: Style) -> None:
        self.session, self.style = session, style
        self.model = session.model

    def season(self, report: Report) -> list[str]:
        """Return what a season brought."""
        number = report.after.season
        lines = ["", self.style.paint(f"--- Season {number}, {words.season_name(number)}, is over ---", "bold")]
        for seat in range(len(self.session.policies)):
            lines += self._deeds(seat, [deed for deed in report.deeds if deed.seat == seat], report)
        lines += self._bound(report) + self._events(report) + self._changes(report)
        for seat, cards in report.cards.items():
            lines += self._ledger(seat, cards, len(report.cards) > 1)
        lines += self._arrivals(report)
        for family, candidate in report.new_families:
            text = f"New in your codex: {family.replace('_', ' ')} - {self._name(candidate)}."
            lines += [self.style.paint(line, "green") for line in wrap(text)]
        if report.hint:
            lines += [self.style.paint(line, "cyan") for line in wrap(f"Hint: {report.hint}")]
        return lines

    def _name(self, candidate: int) -> str:
        return words.action_name(self.model, self.model.candidates[candidate])

    def _actor(self, seat: int) -> str:
        if seat in self.session.seats and len(self.session.seats) == 1:
            return "You"
        return words.people(self.model, self.model.layout.seats[seat])

    def _deeds(self, seat: int, deeds: Sequence[Deed], report: Report) -> list[str]:
        who = self._actor(seat)
        if not deeds:
            return [f"{who}: nothing planned; the days were rest."] if seat in self.session.seats else []
        if seat not in self.session.seats:
            return wrap(f"{who}: {'. '.join(self._in_short(deeds))}.", WIDTH, "", "  ")
        lines = []
        for deed in deeds:
            lines += wrap(f"{who}: {self._name(deed.candidate)} - {self._outcome(deed, report)}", WIDTH, "", "  ")
        return lines

    def _in_short(self, deeds: Sequence[Deed]) -> list[str]:
        """Return the deeds of a neighbour: the same with several people together, equal ones counted."""
        groups: dict[tuple[str, int], list[Deed]] = {}
        for deed in deeds:
            groups.setdefault((self.model.candidates[deed.candidate].action, deed.outcome), []).append(deed)
        parts = []
        for (action, outcome), same in groups.items():
            plan = self.model.actions[action]
            targets = [words.target_name(self.model, self.model.candidates[deed.candidate]) for deed in same]
            text = plan.spec.name or action.replace("_", " ")
            if any(targets):
                text += f" ({', '.join(target for target in targets if target)})"
            elif len(same) > 1:
                text += f" x{len(same)}"
            said = "; ".join(filter(None, (self._said(deed) for deed in same)))
            came = "" if outcome == DONE else OUTCOMES[outcome]
            parts.append(text + (f" - {'; '.join(filter(None, (came, said)))}" if came or said else ""))
        return parts

    def _outcome(self, deed: Deed, report: Report) -> str:
        said = self._said(deed)
        if deed.outcome == DONE:
            return self.style.paint("done", "green") + (f"; {said}" if said else "") + "."
        if deed.outcome == BLOCKED:
            return self.style.paint("blocked", "red") + " by those who object. The days are gone."
        if deed.outcome == DECLINED:
            return self.style.paint("declined", "red") + (f": {said}." if said else ".")
        found = why_not(self.model, report.after, deed.seat, deed.candidate)
        reason = f": {words.obstacle(self.model, found)}" if found and found.kind in ("when", "agreed", "running", "not_yours") else ""
        return f"{self.style.paint(OUTCOMES[deed.outcome], 'red')} when its turn came{reason.rstrip('.')}. It cost nothing."

    def _said(self, deed: Deed) -> str:
        """Return who agreed and who declined."""
        yes = words.joined([self._person(one) for one, agreed in deed.said.items() if agreed])
        no = words.joined([self._person(one) for one, agreed in deed.said.items() if not agreed])
        return "; ".join([*([f"yes from {yes}"] if yes else []), *([f"no from {no}"] if no else [])])

    def _person(self, community: int) -> str:
        mine = [self.model.layout.seats[seat] for seat in self.session.seats]
        return "you" if mine == [community] else words.people(self.model, community)

    def _bound(self, report: Report) -> list[str]:
        """Tell people which agreements they have come into or dropped out of, even where others began it."""
        lines = []
        for seat in self.session.seats:
            one = self.model.layout.seats[seat]
            for plan in self.model.actions.values():
                if plan.circle:
                    was, now = (bool(world.member[plan.name][one, 0, 0, 0, 0] > 0) for world in (report.before, report.after))
                    name = plan.spec.name or plan.name
                    if now and not was:
                        others = [words.people(self.model, other) for other in range(len(self.model.layout.communities))
                                  if other != one and report.after.member[plan.name][other, 0, 0, 0, 0] > 0]
                        lines += wrap(f"{self._actor(seat)}: now part of \"{name}\" with {words.joined(others)}{self._terms(report, plan, one)}.")
                    elif was and not now:
                        lines += wrap(f"{self._actor(seat)}: no longer part of \"{name}\".")
        return lines

    def _terms(self, report: Report, plan: ActionPlan, one: int) -> str:
        terms = [f"{words.stock_word(self.model, stock)} {words.amount(float(report.after.stock[stock][one, 0, 0, 0, 0]), self.model.level.stocks[stock].unit)}"
                 for stock, _ in plan.sets]
        return f": your {words.joined(terms)}" if terms else ""

    def _events(self, report: Report) -> list[str]:
        lines = []
        for event in self.model.events:
            before = int(report.before.event_left[event.name][0])
            now = int(report.after.event_left[event.name][0])
            name = event.spec.name or event.name.replace("_", " ").capitalize()
            if now and now >= before:
                lines.append(self.style.paint(f"{name}! {event.spec.plain}", "yellow"))
            elif before and not now:
                lines.append(f"{name} is over.")
            elif report.before.event_sign[event.name][0] and not now:
                lines.append(f"{name}: this time it did not come.")
        if bool(report.after.blocked[0]):
            lines.append(self.style.paint("Somebody was stopped by force of numbers: conflict is at its height.", "red"))
        return lines

    def _changes(self, report: Report) -> list[str]:
        """Return how the land, the own barn and the trust of others changed."""
        roles, parts = self.session.roles, []
        if roles.living:
            before, now = self.session.living_share(report.before), self.session.living_share(report.after)
            parts.append(f"{words.stock_word(self.model, roles.living)} {100 * before:.0f} to {words.percent(now)}")
        people = [self.model.layout.seats[seat] for seat in self.session.seats]
        for name in (*([roles.store] if roles.store else []), *roles.counted):
            for one in people:
                parts.append(self._from_to(report, name, one, len(people) > 1))
        if roles.trust and len(people) == 1:
            others = [one for one in range(len(self.model.layout.communities)) if one != people[0]]
            was = sum(float(report.before.stock[roles.trust][one, people[0], 0, 0, 0]) for one in others) / max(len(others), 1)
            now = sum(float(report.after.stock[roles.trust][one, people[0], 0, 0, 0]) for one in others) / max(len(others), 1)
            parts.append(f"trust in you {was:.2f} to {now:.2f}")
        text = "; ".join(parts)
        return wrap(f"{text[:1].upper()}{text[1:]}.") if parts else []

    def _from_to(self, report: Report, stock: str, one: int, named: bool) -> str:
        unit = self.model.level.stocks[stock].unit
        before, now = (float(world.stock[stock][one, 0, 0, 0, 0]) for world in (report.before, report.after))
        owner = f"{words.people(self.model, one)}: " if named else "your "
        return f"{owner}{words.stock_word(self.model, stock)} {before:.1f} to {words.amount(now, unit)}"

    def _ledger(self, seat: int, cards: Sequence[Card], named: bool) -> list[str]:
        if not cards:
            return []
        who = f" of {self._actor(seat)}" if named else ""
        lines = [self.style.paint(f"Ledger{who}: what each action did, the season run again without it", "bold")]
        me = self.model.layout.seats[seat]
        for same, times in _grouped(cards):
            lines += self._card(same, times, me)
        return lines

    def _card(self, card: Card, times: int, me: int) -> list[str]:
        name = self._name(card.candidate) + (f", each of {times}" if times > 1 else "")
        if card.outcome != DONE:
            text = f"{name}: came to nothing ({OUTCOMES[card.outcome]})."
        elif card.intended is None:
            text = f"{name}: nothing that could be measured this season."
        else:
            text = f"{name}: {words.change(self.model, card.intended, me)}."
        lines = wrap(text, WIDTH, "  * ", "    ")
        for candidate in card.enabled:
            lines += wrap(f"Without it {self._name(candidate)} would have failed.", WIDTH, "    ", "    ")
        if card.besides:
            told = "; ".join(words.change(self.model, change, me) for change in card.besides[:MOST_BESIDES])
            more = len(card.besides) - MOST_BESIDES
            lines += wrap(f"besides: {told}{f'; and {more} smaller' if more > 0 else ''}.", WIDTH, "    ", "    ")
        return lines

    def _arrivals(self, report: Report) -> list[str]:
        """Return what is on its way for the people at the keyboard, the same season counted together."""
        people = [self.model.layout.seats[seat] for seat in self.session.seats]
        due: dict[tuple[int | None, str, int | None], float] = {}
        for arrival in report.arrivals:
            if arrival.community is None or arrival.community in people:
                key = (arrival.season, arrival.stock, arrival.community)
                due[key] = due.get(key, 0.0) + arrival.amount
        parts = []
        for (season, stock, community), number in due.items():
            owner = f" ({words.people(self.model, community)})" if len(people) > 1 and community is not None else ""
            when = f"in season {season}" if season else "bit by bit"
            parts.append(f"{words.counted(self.model, number, stock, sign=True)} {when}{owner}")
        return wrap(f"On its way, whatever happens: {', '.join(parts)}.") if parts else []

    def ending(self) -> list[str]:
        """Return how the game ended and why, a chart, and the questions to talk about."""
        world, level = self.session.world, self.model.level
        outcome, season = int(world.outcome[0]), int(world.outcome_season[0])
        if outcome == WON:
            lines = ["", self.style.paint(f"WON after {words.count(season, 'season')}: every goal is reached.", "bold", "green")]
        elif outcome == LOST:
            why = level.lost_when.plain if level.lost_when else ""
            lines = ["", self.style.paint(f"LOST in season {season}: {why}", "bold", "red")]
        else:
            lines = ["", self.style.paint(f"The {words.count(season, 'season')} are over, and not every goal is reached.", "bold", "yellow")]
        for index in range(len(level.goals)):
            lines += self._verdict(index)
        lines += ["", *self.chart()]
        if level.talk:
            lines += ["", self.style.paint("To talk about:", "bold")]
            lines += [part for question in level.talk for part in wrap(question, WIDTH, "  - ", "    ")]
        return lines

    def _verdict(self, index: int) -> list[str]:
        goal = self.model.level.goals[index]
        streaks = [moment.streaks[index] for moment in self.session.history]
        if bool(self.session.world.reached[index, 0]):
            return wrap(f"Reached: {goal.plain}", WIDTH, "  + ", "    ")
        held = [season for season, streak in enumerate(streaks) if streak > 0]
        if not held:
            reason = "it did not hold in a single season"
        elif streaks[-1] == 0:
            reason = f"it held last in season {held[-1]}"
        else:
            reason = f"it held for {streaks[-1]} of {words.count(goal.in_a_row, 'season')}, since season {len(streaks) - streaks[-1]}"
        return wrap(f"Not reached: {goal.plain} ({reason})", WIDTH, "  - ", "    ")

    def chart(self) -> list[str]:
        """Return the living stock and every barn over the seasons, one row each."""
        history, roles = self.session.history, self.session.roles
        lines = [f"  {'Season':<14} 0{' ' * max(0, len(history) - 2 - len(str(history[-1].season)))}{history[-1].season}"]
        if roles.living:
            shares = [moment.living for moment in history]
            lines.append(f"  {words.stock_word(self.model, roles.living):<14} {self.bars(shares, 1.0)}  "
                         f"{100 * shares[0]:.0f} to {words.percent(shares[-1])}")
        if roles.store:
            unit = self.model.level.stocks[roles.store].unit
            top = max(max(moment.stores) for moment in history)
            for one in range(len(self.model.layout.communities)):
                row = [moment.stores[one] for moment in history]
                lines.append(f"  {words.people(self.model, one)[:14]:<14} {self.bars(row, top)}  "
                             f"{row[0]:.0f} to {words.amount(row[-1], unit)} {words.stock_word(self.model, roles.store)}")
        return lines

    def bars(self, values: Sequence[float], top: float) -> str:
        """Return a row of bars, one for each value; the last 50 where there are more."""
        signs = self.style.sign(BARS, PLAIN_BARS)
        steps = [min(len(signs) - 1, int(len(signs) * value / top)) if top > 0 else 0 for value in values[-50:]]
        return "".join(signs[max(step, 0)] for step in steps)


def _grouped(cards: Sequence[Card]) -> list[tuple[Card, int]]:
    """Return cards of equal actions once, with how often they were done."""
    found: list[tuple[Card, int]] = []
    for card in cards:
        for place, (other, times) in enumerate(found):
            if other.candidate == card.candidate and other.outcome == card.outcome:
                found[place] = (other, times + 1)
                break
        else:
            found.append((card, 1))
    return found
