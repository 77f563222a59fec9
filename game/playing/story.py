"""What happened: the end of a season, told, with its ledger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.insight.ledger import Card
from game.insight.played import TRIED
from game.insight.reasons import answers, why_not
from game.playing.session import Attempt, SeasonReport, Session
from game.sim.actions import BLOCKED, DECLINED, DONE, OUTCOMES, has_found
from game.sim.plans import ActionPlan, EventPlan
from game.sim.world import World
from game.telling import words
from game.terminal.paint import WIDTH, Style, wrap

MOST_BESIDES = 4
TOLD_TOGETHER = 0.05  # a smaller share that actions did only together is not told


class Story:
    """Tells one game."""

    def __init__(self, session: Session, style: Style, on_board: bool = False) -> None:
        self.session, self.style = session, style
        self.on_board = on_board  # whether people see a board: then places have names, and shares are percents
        self.model = session.model

    def season(self, report: SeasonReport) -> list[str]:
        """Return what a season brought."""
        number = report.after.season
        lines = [
            "",
            self.style.paint(f"--- Season {number}, {words.season_name(number)}, is over ---", "bold"),
        ]
        for seat in range(len(self.session.policies)):
            lines += self.deeds(seat, [deed for deed in report.deeds if deed.seat == seat], report)
        lines += self.finds(report) + self.bound(report) + self.events(report) + self.changes(report)
        for seat, cards in report.cards.items():
            lines += self._ledger(seat, cards, len(report.cards) > 1)
        lines += self.arrivals(report)
        for family, candidate in report.new_families:
            text = f"New in your codex: {family.replace('_', ' ')} - {self.name(candidate)}."
            lines += [self.style.paint(line, "green") for line in wrap(text)]
        if report.hint:
            lines += [self.style.paint(line, "cyan") for line in wrap(f"Hint: {report.hint}")]
        return lines

    def name(self, candidate: int) -> str:
        """Return the name of an action with its target."""
        return words.action_name(self.model, self.model.candidates[candidate], self.on_board)

    def actor(self, seat: int) -> str:
        """Return who acts from a seat: `You`, or the name of the household."""
        if seat in self.session.seats and len(self.session.seats) == 1:
            return "You"
        return words.people(self.model, self.model.layout.seats[seat])

    def deeds(self, seat: int, deeds: Sequence[Attempt], report: SeasonReport) -> list[str]:
        """Return what one seat did and what became of it."""
        who = self.actor(seat)
        if not deeds:
            return [f"{who}: nothing planned; the days were rest."] if seat in self.session.seats else []
        if seat not in self.session.seats:
            if not any(deed.outcome in TRIED for deed in deeds):
                return []
            return wrap(f"{who}: {'. '.join(self.in_short(deeds))}.", WIDTH, "", "  ")
        lines = []
        for deed in deeds:
            lines += wrap(f"{who}: {self.name(deed.candidate)} - {self._outcome(deed, report)}", WIDTH, "", "  ")
        return lines

    def in_short(self, deeds: Sequence[Attempt]) -> list[str]:
        """Return the deeds of a neighbour: the same with several people together, equal ones counted."""
        groups: dict[tuple[str, int], list[Attempt]] = {}
        for deed in (one for one in deeds if one.outcome in TRIED):
            groups.setdefault((self.model.candidates[deed.candidate].action, deed.outcome), []).append(deed)
        parts = []
        for (action, outcome), same in groups.items():
            plan = self.model.actions[action]
            targets = self._targets(same)
            text = plan.spec.name or action.replace("_", " ")
            if targets:
                text += f" ({', '.join(targets)})"
            elif len(same) > 1:
                text += f" x{len(same)}"
            said = "; ".join(filter(None, (self.said(deed) for deed in same)))
            came = "" if outcome == DONE else OUTCOMES[outcome]
            parts.append(text + (f" - {'; '.join(filter(None, (came, said)))}" if came or said else ""))
        return parts

    def _targets(self, same: Sequence[Attempt]) -> list[str]:
        candidates = [self.model.candidates[deed.candidate] for deed in same]
        if not self.on_board:
            return [name for one in candidates if (name := words.target_name(self.model, one))]
        mine = [self.model.layout.seats[seat] for seat in self.session.seats]
        names = [
            "you" if one.tiles is None and mine == [one.target] else words.place_name(self.model, one)
            for one in candidates
        ]
        times = {name: names.count(name) for name in names if name}
        return [
            name if count == 1 else f"{name} twice" if count == 2 else f"{name} {count} times"
            for name, count in times.items()
        ]

    def too_late(self, deed: Attempt, report: SeasonReport) -> str:
        """Return why an action of one's own was not even tried, as a sentence."""
        found = why_not(self.model, report.after, deed.seat, deed.candidate)
        name = self.name(deed.candidate)
        plan = self.model.actions[self.model.candidates[deed.candidate].action]
        one = self.model.layout.seats[deed.seat]
        if _inside(report.after, plan, one) and not _inside(report.before, plan, one):
            return f"{name}: somebody else proposed it first, and you are in. It cost you nothing."
        reason = f" {words.obstacle(self.model, found).rstrip('.')}." if found else ""
        reason = f" {reason.strip()[:1].upper()}{reason.strip()[1:]}" if reason else ""
        return f"{name}: {OUTCOMES[deed.outcome]} when its turn came.{reason} It cost nothing."

    def without_number(self, card: Card) -> str:
        """Return what to say of an action whose aim did not move this season."""
        plan = self.model.actions[self.model.candidates[card.candidate].action]
        if plan.spec.lasts:
            seasons = plan.spec.lasts.seasons
            span = f"for {words.count(seasons, 'season')}" if seasons else "until somebody leaves it"
            return f"It holds {span}. This season would have gone the same without it."
        if card.besides:
            return "What it is for did not move this season; this did:"
        return "This season would have gone the same without it."

    def _outcome(self, deed: Attempt, report: SeasonReport) -> str:
        said = self.said(deed)
        if deed.outcome == DONE:
            return self.style.paint("done", "green") + (f"; {said}" if said else "") + "."
        if deed.outcome == BLOCKED:
            return self.style.paint("blocked", "red") + " by those who object. The days are gone."
        if deed.outcome == DECLINED:
            return self.style.paint("declined", "red") + (f": {said}." if said else ".") + self.reasons(deed, report)
        found = why_not(self.model, report.after, deed.seat, deed.candidate)
        telling = found is not None and found.kind in ("when", "agreed", "running", "not_yours")
        reason = f": {words.obstacle(self.model, found).rstrip('.')}" if found and telling else ""
        outcome = self.style.paint(OUTCOMES[deed.outcome], "red")
        return f"{outcome} when its turn came{reason}. It cost nothing."

    def reasons(self, deed: Attempt, report: SeasonReport) -> str:
        """Return what stood in the way of a yes, as far as it did so before the season began."""
        found = answers(self.model, report.before, deed.seat, deed.candidate)
        told = [
            (one.community, words.answer(self.model, one, self.on_board))
            for one in found
            if deed.said.get(one.community) is False
        ]
        reasons = [f"{words.people(self.model, community)}: {text}." for community, text in told if text]
        return " " + " ".join(reasons) if reasons else ""

    def said(self, deed: Attempt) -> str:
        """Return who agreed and who declined."""
        yes = words.joined([self._person(one) for one, agreed in deed.said.items() if agreed])
        no = words.joined([self._person(one) for one, agreed in deed.said.items() if not agreed])
        return "; ".join([*([f"yes from {yes}"] if yes else []), *([f"no from {no}"] if no else [])])

    def _person(self, community: int) -> str:
        mine = [self.model.layout.seats[seat] for seat in self.session.seats]
        return "you" if mine == [community] else words.people(self.model, community)

    def bound(self, report: SeasonReport) -> list[str]:
        """Tell people which agreements they have come into or dropped out of, even where others began it."""
        lines = []
        for seat in self.session.seats:
            one = self.model.layout.seats[seat]
            for plan in self.model.actions.values():
                was, now = _inside(report.before, plan, one), _inside(report.after, plan, one)
                name = plan.spec.name or plan.name
                if now and not was:
                    others = [other for other in range(len(self.model.layout.communities)) if other != one]
                    with_whom = [
                        words.people(self.model, other) for other in others if _inside(report.after, plan, other)
                    ]
                    text = f'{self.actor(seat)}: now part of "{name}" with {words.joined(with_whom)}'
                    lines += wrap(f"{text}{self._terms(report, plan, one)}.")
                elif was and not now:
                    lines += wrap(f'{self.actor(seat)}: no longer part of "{name}".')
        return lines

    def _terms(self, report: SeasonReport, plan: ActionPlan, one: int) -> str:
        terms = []
        for stock, _ in plan.sets:
            unit = self.model.level.stocks[stock].unit
            number = float(report.after.stock[stock][one, 0, 0, 0, 0])
            terms.append(f"your {words.stock_word(self.model, stock)} {words.amount(number, unit)}")
        return f": {words.joined(terms)}" if terms else ""

    def finds(self, report: SeasonReport) -> list[str]:
        """Return what became of looking for allies: one that was found, or a clue."""
        lines = []
        for deed in report.deeds:
            plan = self.model.actions[self.model.candidates[deed.candidate].action]
            if plan.spec.finds is None or deed.outcome != DONE:
                continue
            me, mine = self.model.layout.seats[deed.seat], deed.seat in self.session.seats
            before, after = (has_found(self.model, world, plan, me)[0] for world in (report.before, report.after))
            if after and not before:
                lines += wrap(self.style.paint(f"{self.actor(deed.seat)}: {plan.spec.finds.plain}", "green"))
            elif mine and not after:
                lines += wrap(f"{self.actor(deed.seat)}: {plan.spec.finds.clue}")
        return lines

    def events(self, report: SeasonReport) -> list[str]:
        """Return what came, went or stayed away: weather, floods, and force meeting force."""
        lines = []
        for event in self.model.events:
            if event.spec.strikes:
                lines += self._struck(event, report)
                continue
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
            lines.append(
                self.style.paint("Somebody was stopped by force of numbers: conflict is at its height.", "red")
            )
        return lines

    def _struck(self, event: EventPlan, report: SeasonReport) -> list[str]:
        whom = [self._person(int(one)) for one in np.flatnonzero(report.after.struck[event.name][:, 0])]
        if not whom:
            return []
        name = event.spec.name or event.name.replace("_", " ").capitalize()
        return [self.style.paint(f"{name} struck {words.joined(whom)}. {event.spec.plain}", "yellow")]

    def changes(self, report: SeasonReport) -> list[str]:
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
            was = sum(float(report.before.stock[roles.trust][one, people[0], 0, 0, 0]) for one in others) / max(
                len(others), 1
            )
            now = sum(float(report.after.stock[roles.trust][one, people[0], 0, 0, 0]) for one in others) / max(
                len(others), 1
            )
            parts.append(f"trust in you {was:.2f} to {now:.2f}")
        text = "; ".join(parts)
        return wrap(f"{text[:1].upper()}{text[1:]}.") if parts else []

    def _from_to(self, report: SeasonReport, stock: str, one: int, named: bool) -> str:
        unit = self.model.level.stocks[stock].unit
        before, now = (float(world.stock[stock][one, 0, 0, 0, 0]) for world in (report.before, report.after))
        owner = f"{words.people(self.model, one)}: " if named else "your "
        return f"{owner}{words.stock_word(self.model, stock)} {before:.1f} to {words.amount(now, unit)}"

    def _ledger(self, seat: int, cards: Sequence[Card], named: bool) -> list[str]:
        if not cards:
            return []
        who = f" of {self.actor(seat)}" if named else ""
        lines = [self.style.paint(f"Ledger{who}: what each action did, the season run again without it", "bold")]
        me = self.model.layout.seats[seat]
        for same, times in grouped(cards):
            lines += self._card(same, times, me)
        if line := together_line(cards):
            lines += wrap(line, WIDTH, "  * ", "    ")
        return lines

    def _card(self, card: Card, times: int, me: int) -> list[str]:
        name = self.name(card.candidate) + (f", each of {times}" if times > 1 else "")
        if card.outcome != DONE:
            text = f"{name}: came to nothing ({OUTCOMES[card.outcome]})."
        elif card.intended is None:
            text = f"{name}: {self.without_number(card).rstrip('.:')}."
        else:
            text = f"{name}: {words.change(self.model, card.intended, me)}{self.price(card)}."
        lines = wrap(text, WIDTH, "  * ", "    ")
        for candidate in card.enabled:
            lines += wrap(f"Without it {self.name(candidate)} would have failed.", WIDTH, "    ", "    ")
        if card.besides:
            told = "; ".join(words.change(self.model, change, me) for change in card.besides[:MOST_BESIDES])
            more = len(card.besides) - MOST_BESIDES
            lines += wrap(f"besides: {told}{f'; and {more} smaller' if more > 0 else ''}.", WIDTH, "    ", "    ")
        return lines

    def price(self, card: Card) -> str:
        """Return that the price is in the number, where an action costs the very thing it is to bring."""
        change = card.intended
        paid = self.model.actions[self.model.candidates[card.candidate].action].spec.cost
        price = paid.get(change.name) if change and not change.flow else None
        if change is None or not isinstance(price, (int, float)):
            return ""
        return f", the price of {words.amount(float(price), change.unit)} included"

    def arrivals(self, report: SeasonReport) -> list[str]:
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


def _inside(world: World, plan: ActionPlan, one: int) -> bool:
    return bool(plan.circle) and bool(world.member[plan.name][one, 0, 0, 0, 0] > 0.0)


def together_line(cards: Sequence[Card]) -> str:
    """Return how much of what a season's actions did none of them did alone; nothing where it is next to nothing."""
    share = cards[0].only_together if cards else 0.0
    if len(cards) < 2 or share < TOLD_TOGETHER:
        return ""
    return f"{words.percent(share)} of all this they did only together: no card has it to itself."


def grouped(cards: Sequence[Card]) -> list[tuple[Card, int]]:
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
