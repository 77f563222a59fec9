"""Every neighbour in a few sentences: what it wants, what it did last season and why, what would change its mind."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from game.insight.played import TRIED
from game.insight.reasons import answers, could
from game.level.vocabulary import PERSON
from game.players.motives import OTHERS, STANDING, STORE, WRONGS, Lever, Mind
from game.playing.agreeing import speaks_for_it, why_said
from game.playing.households import need_of, want_words
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.playing.story import Story
from game.sim.actions import BLOCKED, DECLINED
from game.sim.units_told import unit_of
from game.sim.world import World
from game.telling import consent, words
from game.telling.say import say

WORN_OUT = 0.3  # of being tired: from here on it is told
MOST_OFFERS = 2  # of one's own offers: how many answers are told


@dataclass(frozen=True)
class Motive:
    """What one neighbour wants, did and why, and what would change its mind; each a list of sentences, maybe empty.

    `did` is empty before the first season; `acted` is whether it tried anything in it.
    """

    seat: int
    community: int
    wants: tuple[str, ...]
    did: tuple[str, ...]
    change: tuple[str, ...]
    acted: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it."""
        return (*self.did, *self.wants, *self.change)


_KEPT: WeakKeyDictionary[Session, tuple[tuple[int, int], list[Motive]]] = WeakKeyDictionary()


def motives(session: Session) -> list[Motive]:
    """Return what there is to say of every neighbour that no player plays, as whoever's turn it is may know it.

    It is worked out once a season for each reader.
    """
    key = (session.world.season, session.seat)
    if session not in _KEPT or _KEPT[session][0] != key:
        others = [seat for seat in range(len(session.policies)) if seat not in session.seats]
        _KEPT[session] = (key, [motive(session, seat) for seat in others])
    return _KEPT[session][1]


def motive_of(session: Session, community: int) -> Motive | None:
    """Return what there is to say of one household; None for players' own."""
    return next((one for one in motives(session) if one.community == community), None)


def motive(session: Session, seat: int) -> Motive:
    """Return what there is to say of the neighbour in a seat."""
    community = session.model.layout.seats[seat]
    mind, report = session.minds().get(seat), session.last
    acted = report is not None and any(deed.seat == seat and deed.outcome in TRIED for deed in report.deeds)
    return Motive(
        seat,
        community,
        tuple(_wants(session, community)),
        tuple(_did(session, seat, mind)),
        tuple(_change(session, seat, mind)),
        acted,
    )


def _wants(session: Session, community: int) -> list[str]:
    need = need_of(session, community)
    found = [] if need is None else [want_words(need)]
    return found + _short(session, session.world, community)


def _short(session: Session, world: World, community: int) -> list[str]:
    """Return what anybody sees that a household is short of."""
    store, model = session.roles.store, session.model
    if store is None or session.last is None:
        return []
    use = sum(
        float(world.asked[flow][min(community, world.asked[flow].shape[0] - 1), 0, 0, 0, 0])
        for flow in model.feelings.stores.get(store, ())
    )
    held, unit = float(world.stock[store][community, 0, 0, 0, 0]), unit_of(model, store)
    if not use or held >= 2.0 * use:
        return []
    stock, seasons = words.stock_word(model, store), f"{held / use:.1f}"
    if float(seasons) == 0.0:
        return [say("motive.none_left", stock=stock)]
    return [say("motive.short_now", stock=stock, held=words.amount(held, unit), seasons=seasons)]


def _did(session: Session, seat: int, mind: Mind | None) -> list[str]:
    """Return what a neighbour did last season, each deed with its reason; or that it did nothing, and why."""
    report = session.last
    if report is None:
        return []
    deeds = [deed for deed in report.deeds if deed.seat == seat]
    said = _said(session, report, session.model.layout.seats[seat])
    if any(deed.outcome in TRIED for deed in deeds):
        story = Story(session, True, (session.seat,))
        told = [words.capital(part) + "." for part in story.in_short(deeds, report)] + _their_no(story, deeds, report)
        return [*told, *said] if mind is not None else [*told, *said, _script(session, seat)]
    if mind is None:
        return [*said, say("motive.nothing"), _script(session, seat)]
    return said or _nothing(session, mind)


def _their_no(story: Story, deeds: list[Attempt], report: SeasonReport) -> list[str]:
    """Return why others declined what a neighbour offered: who offers the same may still know too little of another."""
    found = [story.reasons(deed, report).strip() for deed in deeds if deed.outcome == DECLINED]
    return list(dict.fromkeys(line for line in found if line))[:1]


def _said(session: Session, report: SeasonReport, community: int) -> list[str]:
    """Return what a neighbour answered to what players offered."""
    found = []
    for yes in (True, False):
        told: dict[str, str] = {}  # of each kind of action why it was agreed to
        for deed in report.deeds:
            if deed.seat in session.seats and deed.said.get(community) is yes and deed.outcome != BLOCKED:
                name = words.kind_name(session.model, session.model.candidates[deed.candidate].action)
                told.setdefault(name, why_said(session.model, report, deed)[community])
        if told:
            actions = words.joined([_for(name, why, yes) for name, why in told.items()])
            found.append(say("motive.said_yes" if yes else "motive.said_no", actions=actions))
    return found


def _for(action: str, why: str, yes: bool = True) -> str:
    return say("motive.agreed" if yes else "motive.declined", action=action, why=why) if why else action


def _script(session: Session, seat: int) -> str:
    assert session.policies[seat] != PERSON
    return say("motive.script", policy=session.policies[seat])


def _nothing(session: Session, mind: Mind) -> list[str]:
    """Return why a person did nothing."""
    model = session.model
    if mind.refused >= 0:
        action = words.kind_name(model, model.candidates[mind.refused].action)
        return [say("motive.refused", action=action)]
    if mind.short:
        name = mind.short[0][0]
        lacks = "motive.nothing_mends" if name in model.feelings.stores else "motive.nothing_betters"
        return [say(lacks, stock=words.stock_word(model, name))]
    if mind.tired > WORN_OUT:
        return [say("motive.nothing_tired")]
    return [say("motive.nothing_lacks")]


def _change(session: Session, seat: int, mind: Mind | None) -> list[str]:
    found = []
    if mind is not None:
        for deed in mind.deeds:
            if session.model.actions[session.model.candidates[deed.candidate].action].spec.mode == "over":
                action = words.kind_name(session.model, session.model.candidates[deed.candidate].action)
                if deed.lever is None:
                    found.append(say("motive.nothing_stops", action=action))
                else:
                    found.append(say("motive.stops", action=action, condition=_condition(session, deed.lever)))
        if mind.lever is not None and mind.nearest >= 0 and could(session.model, session.world, seat, mind.nearest):
            action = words.kind_name(session.model, session.model.candidates[mind.nearest].action)
            found.append(say("motive.begins", action=action, condition=_condition(session, mind.lever)))
    return [*dict.fromkeys(found), *_answers(session, session.model.layout.seats[seat])]


def _condition(session: Session, lever: Lever) -> str:
    model = session.model
    whom = say("reason.all") if lever.whom < 0 else named(session, lever.whom)
    match lever.kind:
        case kind if kind == STORE and lever.stock in model.level.stocks:
            amount = words.amount(lever.amount, unit_of(model, lever.stock), percents=True)
            if lever.stock not in model.feelings.stores:
                return say("motive.if_better", amount=amount, stock=words.stock_word(model, lever.stock))
            if words.says_it(model, lever.stock):
                return say("motive.if_held", amount=amount)
            return say("motive.if_store", amount=amount, stock=words.stock_word(model, lever.stock))
        case kind if kind == WRONGS:
            return say("motive.if_forgiven", who=whom)
        case kind if kind == STANDING:
            return say("motive.if_trusted", who=whom)
        case kind if kind == OTHERS:
            return say("motive.if_others")
    raise AssertionError(f"nobody says what {lever.kind!r} is as a condition")


def named(session: Session, community: int) -> str:
    """Return a household as it stands in the middle of a sentence: `the Birches`, or `you`."""
    if community == session.me:
        return say("story.you_too")
    return words.the_people(session.model, community)


def _answers(session: Session, community: int) -> list[str]:
    """Return what a neighbour would say to offers that one could make now, and what stands in the way of a yes."""
    model, yes, no = session.model, [], []
    told: set[str] = set()
    for index, one in enumerate(model.candidates):
        plan = model.actions[one.action]
        if plan.accepts is None or one.action in told or one.amount is not None or one.target not in (-1, community):
            continue
        if not could(model, session.world, session.seat, index):
            continue
        for said in answers(model, session.world, session.seat, index):
            if said.community == community:
                told.add(one.action)
                name = words.kind_name(model, one.action)
                reason = consent.answer(model, said, True)
                if said.yes:
                    yes.append(_for(name, speaks_for_it(model, said)))
                elif reason:
                    no.append(_for(name, reason, False))
    agreed = [say("motive.agrees", actions=words.joined(yes[:MOST_OFFERS]))] if yes else []
    declined = [say("motive.declines", actions=words.joined(no[:MOST_OFFERS]))] if no else []
    return [*agreed, *declined]
