"""What happened: the end of a season, told, with its ledger; lines for whoever paints them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from game.insight.ledger import Card
from game.insight.played import TRIED
from game.insight.reasons import answers
from game.playing.late import why_late
from game.playing.ledger import answer_lines, grouped, harm_in_sight, together_line
from game.playing.letters import counter_lines, unanswered_lines
from game.playing.numbers_moved import numbers_moved
from game.playing.reasons import why_of
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.sim.actions import BLOCKED, DECLINED, DONE, OUTCOMES
from game.sim.plans import ActionPlan, Candidate, EventPlan
from game.sim.possible import has_found
from game.sim.units_told import unit_of
from game.sim.world import World
from game.telling import consent, words
from game.telling.lines import Line, Tone
from game.telling.say import say

MOST_BESIDES = 4


class Story:
    """Tells one game."""

    def __init__(self, session: Session, on_board: bool = False, seats: tuple[int, ...] | None = None) -> None:
        self.session = session
        self.seats = session.seats if seats is None else seats  # whose eyes read it: what is theirs alone is told
        self.on_board = on_board  # whether people see a board: then places have names, and shares are percents
        self.model = session.model

    def season(self, report: SeasonReport) -> list[Line]:
        """Return what a season brought."""
        number = report.after.season
        name = words.season_name(number)
        heading = say("story.season_over", number=number, season=name) if name else say("story.over", number=number)
        lines = [Line(heading, place="heading")]
        for seat in range(len(self.session.policies)):
            lines += self.deeds(seat, [deed for deed in report.deeds if deed.seat == seat], report)
        lines += self.finds(report) + self.bound(report) + self.events(report) + self.changes(report)
        for seat in self.seats:
            lines += self._ledger(seat, report.cards[seat], len(self.seats) > 1) + self.answered(seat, report)
        lines += self.arrivals(report)
        for family, candidate in report.new_families:
            text = say("story.new_family", family=family.replace("_", " "), action=self.name(candidate))
            lines.append(Line(text, "good"))
        if report.hint:
            lines.append(Line(say("story.hint", hint=report.hint), "hint"))
        return lines

    def name(self, candidate: int) -> str:
        """Return the name of an action with its target."""
        return words.action_name(self.model, self.model.candidates[candidate], self.on_board)

    def actor(self, seat: int) -> str:
        """Return who acts from a seat: `You`, or the name of the household."""
        person = words.people(self.model, self.model.layout.seats[seat])
        return say("story.you") if self.seats == (seat,) else person

    def deeds(self, seat: int, deeds: Sequence[Attempt], report: SeasonReport) -> list[Line]:
        """Return what one seat did and what became of it."""
        who = self.actor(seat)
        if not deeds:
            return [Line(say("story.rest", who=who))] if seat in self.seats else []
        if seat not in self.seats:
            if not any(deed.outcome in TRIED for deed in deeds):
                return []
            text = say("story.deeds_of", who=who, deeds=". ".join(self.in_short(deeds, report)))
            return [Line(text, place="entry")]
        return [
            self._outcome(deed, report).after(say("story.deed", who=who, action=self.name(deed.candidate)), "entry")
            for deed in deeds
        ]

    def in_short(self, deeds: Sequence[Attempt], report: SeasonReport) -> list[str]:
        """Return the deeds of a neighbour, each with its reason; the same with several people together, counted."""
        groups: dict[tuple[str, int], list[Attempt]] = {}
        for deed in (one for one in deeds if one.outcome in TRIED):
            groups.setdefault((self.model.candidates[deed.candidate].action, deed.outcome), []).append(deed)
        parts = []
        for (action, outcome), same in groups.items():
            plan = self.model.actions[action]
            targets = self._targets(same)
            text = plan.spec.name or action.replace("_", " ")
            if targets:
                text = say("story.with_targets", action=text, targets=", ".join(targets))
            elif len(same) > 1:
                text = say("story.times", action=text, count=len(same))
            why = why_of(self.session, report, same[0], self._named)
            text = say("story.because", deed=text, why=why) if why else text
            became = self._became(outcome, same, report)
            parts.append(say("story.became", action=text, became=became) if became else text)
        return parts

    def _became(self, outcome: int, same: Sequence[Attempt], report: SeasonReport) -> str:
        """Return what became of some of the same actions of a neighbour, and who answered how; "" where it was done."""
        if outcome == BLOCKED:
            return say("story.stopped_by", who=self.stoppers(same))
        came = "" if outcome == DONE else OUTCOMES[outcome]
        return "; ".join(filter(None, (came, self._said_by(same, report))))

    def stoppers(self, same: Sequence[Attempt]) -> str:
        """Return who stopped some of the same actions: `the Birches and you`."""
        return words.joined(list(dict.fromkeys(self._named(one) for deed in same for one in deed.said)))

    def _targets(self, same: Sequence[Attempt]) -> list[str]:
        names = [self._target(self.model.candidates[deed.candidate]) for deed in same]
        times = {name: names.count(name) for name in names if name}
        return [
            name
            if count == 1
            else say("story.twice", name=name)
            if count == 2
            else say("story.often", name=name, count=count)
            for name, count in times.items()
        ]

    def _target(self, candidate: Candidate) -> str:
        """Return whom or what an action is about: `north west`, `the Birches`' name, or `from you`."""
        mine = [self.model.layout.seats[seat] for seat in self.seats]
        if candidate.tiles is None and mine == [candidate.target]:
            return words.about_you(self.model, candidate)
        return words.place_name(self.model, candidate) if self.on_board else words.target_name(self.model, candidate)

    def too_late(self, deed: Attempt, report: SeasonReport) -> str:
        """Return that an action of one's own was not even tried, and why, in sentences."""
        return say("late.told", action=self.name(deed.candidate), why=why_late(self.model, report, deed))

    def without_number(self, card: Card) -> str:
        """Return what to say of an action whose aim did not move this season."""
        plan = self.model.actions[self.model.candidates[card.candidate].action]
        moved = say(
            "story.only_besides" if card.besides else "story.only_enabled" if card.enabled else "story.no_difference"
        )
        if not plan.spec.lasts:
            return moved
        seasons = plan.spec.lasts.seasons
        holds = say("story.holds_for", seasons=words.turns(seasons)) if seasons else say("story.holds_on")
        return f"{holds} {moved}"

    def _outcome(self, deed: Attempt, report: SeasonReport) -> Line:
        said, outcome = self.said(deed, report), OUTCOMES[deed.outcome]
        if deed.outcome == DONE:
            return _stressed(say("story.done_said", said=said) if said else say("story.done"), outcome, "good")
        if deed.outcome == BLOCKED:
            return _stressed(say("story.blocked", who=self.stoppers([deed])), outcome, "bad")
        if deed.outcome == DECLINED:
            text = say("story.declined_said", said=said) if said else say("story.declined")
            return _stressed(text + self.reasons(deed, report), outcome, "bad")
        text = say("story.not_tried", outcome=outcome, why=why_late(self.model, report, deed))
        return _stressed(text, outcome, "bad")

    def reasons(self, deed: Attempt, report: SeasonReport) -> str:
        """Return what stood in the way of a yes, as far as it did so before the season began."""
        found = answers(self.model, report.before, deed.seat, deed.candidate)
        players = [self.model.layout.seats[seat] for seat in self.session.seats]  # who have reasons of their own
        given = [
            (one.community, consent.answer(self.model, one, self.on_board))
            for one in found
            if deed.said.get(one.community) is False and one.community not in players
        ]
        reasons = [
            say("story.reason_of", who=words.people(self.model, community), reason=reason)
            for community, reason in given
            if reason
        ]
        return " " + " ".join(reasons) if reasons else ""

    def said(self, deed: Attempt, report: SeasonReport) -> str:
        """Return who agreed, who declined and who did not answer."""
        return self._said_by([deed], report)

    def _said_by(self, same: Sequence[Attempt], report: SeasonReport) -> str:
        """Return who agreed to some of the same actions, who declined and who did not answer, each once."""
        found: dict[str, dict[str, None]] = {"story.yes_from": {}, "story.no_from": {}, "story.silent": {}}
        seats, of = self.model.layout.seats, self.model.candidates
        for deed in same:
            # One letter is for every slot with its action, whatever else differs.
            offer = (deed.seat, of[deed.candidate].action)
            silent = {seats[one] for one, by, what in report.unanswered if (by, of[what].action) == offer}
            for one, agreed in deed.said.items():
                how = "story.yes_from" if agreed else "story.silent" if one in silent else "story.no_from"
                found[how][self._person(one)] = None
        return "; ".join(say(how, who=words.joined(list(who))) for how, who in found.items() if who)

    def _person(self, community: int) -> str:
        mine = [self.model.layout.seats[seat] for seat in self.seats]
        return say("story.you_too") if mine == [community] else words.people(self.model, community)

    def bound(self, report: SeasonReport) -> list[Line]:
        """Tell people whose letters they left unanswered, and which agreements they came into or dropped out of."""
        lines: list[Line] = []
        for seat in self.seats:
            found = unanswered_lines(self.model, report.unanswered, seat, self._named)
            found += counter_lines(self.model, report.counters, seat, self._named)
            lines += [Line(text, "notice") for text in found]
            one = self.model.layout.seats[seat]
            for plan in self.model.actions.values():
                was, now = _inside(report.before, plan, one), _inside(report.after, plan, one)
                name = plan.spec.name or plan.name
                if now and not was:
                    everybody = range(len(self.model.layout.communities))
                    inside = [other for other in everybody if other != one and _inside(report.after, plan, other)]
                    with_whom = [words.people(self.model, other) for other in inside]
                    said = {"who": self.actor(seat), "agreement": name, "others": words.joined(with_whom)}
                    terms = self._terms(report, plan, one)
                    text = say("story.joined_on", **said, terms=terms) if terms else say("story.joined", **said)
                    lines.append(Line(text))
                elif was and not now:
                    lines.append(Line(say("story.left", who=self.actor(seat), agreement=name)))
        return lines

    def _terms(self, report: SeasonReport, plan: ActionPlan, one: int) -> str:
        terms = []
        for stock, _ in plan.sets:
            unit = unit_of(self.model, stock)
            number = float(report.after.stock[stock][one, 0, 0, 0, 0])
            stock_word = words.stock_word(self.model, stock)
            terms.append(say("story.your_term", stock=stock_word, amount=words.amount(number, unit, self.on_board)))
        return words.joined(terms)

    def finds(self, report: SeasonReport) -> list[Line]:
        """Return what became of looking for allies: one that was found, or a clue."""
        lines = []
        for deed in report.deeds:
            plan = self.model.actions[self.model.candidates[deed.candidate].action]
            if plan.spec.finds is None or deed.outcome != DONE:
                continue
            me, mine = self.model.layout.seats[deed.seat], deed.seat in self.seats
            before, after = (has_found(self.model, world, plan, me)[0] for world in (report.before, report.after))
            if after and not before:
                found = say("story.found", who=self.actor(deed.seat), what=plan.spec.finds.plain)
                lines.append(Line(found, "good"))
            elif mine and not after:
                lines.append(Line(say("story.found", who=self.actor(deed.seat), what=plan.spec.finds.clue)))
        return lines

    def events(self, report: SeasonReport) -> list[Line]:
        """Return what came, went or stayed away: weather, floods, and force meeting force."""
        lines = []
        for event in self.model.events:
            if event.spec.strikes:
                lines += self._struck(event, report)
                continue
            left = (int(world.event_left[event.name][0]) for world in (report.before, report.after))
            before, now = (max(one, 0) for one in left)  # below 0: never again
            name = words.event_name(event)
            if now and now >= before:
                lines.append(Line(say("story.event", event=name, plain=event.spec.plain), "notice"))
            elif before and not now:
                lines.append(Line(say("story.event_over", event=name)))
            elif report.before.event_sign[event.name][0] and not now:
                lines.append(Line(say("story.event_stayed_away", event=name)))
        return lines + [Line(self.stopped(deed), "bad") for deed in report.deeds if deed.outcome == BLOCKED]

    def stopped(self, deed: Attempt) -> str:
        """Return who was stopped, by whom, and what it cost both."""
        candidate = self.model.candidates[deed.candidate]
        who = words.joined([self._named(one) for one in deed.said])
        whom = self._named(self.model.layout.seats[deed.seat])
        action, target = words.kind_name(self.model, candidate.action), self._target(candidate)
        action = say("story.with_targets", action=action, targets=target) if target else action
        return words.capital(say("story.stopped", who=who, whom=whom, action=action))

    def _named(self, community: int) -> str:
        """Return a household as it stands in the middle of a sentence: `the Birches`, or `you`."""
        mine = [self.model.layout.seats[seat] for seat in self.seats]
        return say("story.you_too") if mine == [community] else words.the_people(self.model, community)

    def _struck(self, event: EventPlan, report: SeasonReport) -> list[Line]:
        whom = [self._person(int(one)) for one in np.flatnonzero(report.after.struck[event.name][:, 0])]
        if not whom:
            return []
        name = words.event_name(event)
        text = say("story.event_struck", event=name, whom=words.joined(whom), plain=event.spec.plain)
        return [Line(text, "notice")]

    def changes(self, report: SeasonReport) -> list[Line]:
        """Return how the numbers that matter changed: the land, what one has, the trust of others."""
        told = "; ".join(numbers_moved(self.session, report, [self.model.layout.seats[seat] for seat in self.seats]))
        return [Line(say("story.changes", changes=words.capital(told)))] if told else []

    def _ledger(self, seat: int, cards: Sequence[Card], named: bool) -> list[Line]:
        if not cards:
            return []
        title = say("story.ledger_of", who=self.actor(seat)) if named else say("story.ledger")
        lines = [Line(title, place="title")]
        me = self.model.layout.seats[seat]
        for same, times in grouped(cards):
            lines += self._card(same, times, me)
        if line := together_line(cards):
            lines.append(Line(line, place="item"))
        return lines

    def answered(self, seat: int, report: SeasonReport) -> list[Line]:
        """Return what the answers of a player did, under a heading; nothing where none were given."""
        me = self.model.layout.seats[seat]
        told = answer_lines(self.model, report.answered.get(seat, ()), me)
        named = (
            say("answer.title_of", who=words.the_people(self.model, me)) if len(self.seats) > 1 else say("answer.title")
        )
        return [Line(named, place="title"), *(Line(text, place="item") for text in told)] if told else []

    def _card(self, card: Card, times: int, me: int) -> list[Line]:
        name = self.name(card.candidate)
        name = say("story.each_of", action=name, count=times) if times > 1 else name
        if card.outcome != DONE:
            text = say("story.came_to_nothing", action=name, outcome=OUTCOMES[card.outcome])
        elif card.intended is None:
            text = say("story.did", action=name, what=self.without_number(card).rstrip(".:"))
        else:
            text = say("story.did", action=name, what=words.change(self.model, card.intended, me) + self.price(card))
        lines = [Line(text, place="item")]
        lines += [Line(self.needed_by(candidate), place="under") for candidate in card.enabled]
        if card.besides:
            told = harm_in_sight(self.model, card.besides, MOST_BESIDES)[:MOST_BESIDES]
            changes = "; ".join(words.change(self.model, change, me) for change in told)
            more = len(card.besides) - MOST_BESIDES
            text = (
                say("story.besides_and_more", changes=changes, count=more)
                if more > 0
                else say("story.besides", changes=changes)
            )
            lines.append(Line(text, place="under"))
        return lines

    def needed_by(self, candidate: int) -> str:
        """Return that another action of the season would have failed without the one that is told."""
        return say("story.needed_by", action=self.name(candidate))

    def price(self, card: Card) -> str:
        """Return that the price is in the number, where an action costs the very thing it is to bring."""
        change = card.intended
        paid = self.model.actions[self.model.candidates[card.candidate].action].spec.cost
        price = paid.get(change.name) if change and not change.flow else None
        if change is None or not isinstance(price, (int, float)):
            return ""
        return say("story.price_included", price=words.amount(float(price), change.unit))

    def arrivals(self, report: SeasonReport) -> list[Line]:
        """Return what is on its way for the people at the keyboard, the same season counted together."""
        people = [self.model.layout.seats[seat] for seat in self.seats]
        due: dict[tuple[int | None, str, int | None], float] = {}
        for arrival in report.arrivals:
            if arrival.community is None or arrival.community in people:
                key = (arrival.season, arrival.stock, arrival.community)
                due[key] = due.get(key, 0.0) + arrival.amount
        parts = []
        for (season, stock, community), number in due.items():
            amount = words.counted(self.model, number, stock, sign=True)
            part = (
                say("story.arrives_in", amount=amount, season=season)
                if season
                else say("story.trickles_in", amount=amount)
            )
            if len(people) > 1 and community is not None:
                part = say("story.arrival_of", arrival=part, who=words.people(self.model, community))
            parts.append(part)
        return [Line(say("story.on_its_way", arrivals=", ".join(parts)))] if parts else []


def _inside(world: World, plan: ActionPlan, one: int) -> bool:
    return bool(plan.circle) and bool(world.member[plan.name][one, 0, 0, 0, 0] > 0.0)


def _stressed(text: str, part: str, tone: Tone) -> Line:
    """Return a line of which only a part has the tone."""
    start = text.index(part)
    return Line(text, tone, stress=(start, start + len(part)))
