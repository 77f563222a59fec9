"""What one person may do and knows of the others, as plain data: households, letters, cards, the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from game.insight.reasons import Answer, Caution
from game.insight.vigilance import HARMLESS
from game.insight.watchfulness import Care
from game.playing.cards import HARDLY, MODES, ActionCard, Option, cards_of, short_number
from game.playing.households import households as households_seen
from game.playing.households import want_words
from game.playing.meanwhile import needless
from game.playing.preview import days_told
from game.playing.session import Session
from game.playing.terms import answer_in_short, who_agrees
from game.sim.actions import SLOTS
from game.sim.layout import map_rows
from game.sim.plans import Candidate
from game.sim.units_told import unit_of
from game.telling import consent, words
from game.telling.care import care_lines, care_mark, care_notes
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
NOTICED = 0.05  # of a price: a smaller difference is none


def households(session: Session) -> list[Data]:
    """Return every household, as far as the one whose turn it is may know it."""
    model, found = session.model, []
    homes = _homes(session)
    for one in households_seen(session):
        need: Data | None = None
        if one.need is not None:
            need = {"known": one.need.known, "name": one.need.name or None, "plain": one.need.plain or None}
            need |= {"since": one.need.since, "told": want_words(one.need)}
        found.append(
            {
                "id": model.layout.communities[one.index],
                "number": one.index,
                "name": one.name,
                "short": one.short,
                "letter": one.letter,
                "mine": one.mine,
                "people": one.people,
                "homes": homes[model.layout.communities[one.index]],
                "has": [
                    {
                        "stock": name,
                        "name": words.stock_word(model, name),
                        "amount": amount,
                        "text": words.amount(amount, unit_of(model, name)),
                        "held": words.held(model, name, amount),
                        "icon": icon_of(session, name),
                        "short": short_number(words.amount(amount, unit_of(model, name))),
                    }
                    for name, amount in one.has
                ],
                "mood": one.mood,
                "face": _face(one.mood),
                "grievance": one.grievance,
                "need": need,
                "trust": one.trust,
                "trusted": one.trusted,
                "agreements": [{"id": name, "name": words.kind_name(model, name)} for name in one.agreements],
            }
        )
    return found


def _face(mood: str) -> int:
    """Return which face shows a mood: 2 at ease, 1 uneasy, 0 wronged."""
    words_of = [word for _, word in words.MOODS]
    return max(0, 2 - words_of.index(mood)) if mood in words_of else 2


def _homes(session: Session) -> dict[str, list[list[int]]]:
    """Return [row, column] of the homes of each community."""
    found: dict[str, list[list[int]]] = {name: [] for name in session.model.layout.communities}
    legend = session.model.level.map.legend
    for row, signs_of_row in enumerate(map_rows(session.model.level)):
        for column, sign in enumerate(signs_of_row):
            home = legend[sign].home
            if home:
                found[home].append([row, column])
    return found


def actions(session: Session) -> list[Data]:
    """Return what there is to do here at all, whether it is possible now or not, each with its targets.

    `option` of a target is what a decision to plan names: whatever amount is set for the offer.
    """
    model = session.model
    found: dict[str, Data] = {
        plan.name: {
            "id": plan.name,
            "name": words.kind_name(model, plan.name),
            "plain": plan.spec.plain,
            "mode": plan.spec.mode,
            "targets": [],
        }
        for mode in MODES
        for plan in model.actions.values()
        if plan.spec.mode == mode
    }
    for one in model.candidates:
        if one.amount is None:
            whom = one.target if one.tiles is None and one.target >= 0 else None
            target = {
                "option": one.choice,
                "label": one.label,
                "household": None if whom is None else model.layout.communities[whom],
                "tiles": one.tiles is not None,
                "everywhere": one.everywhere,
            }
            found[one.action]["targets"].append(target)
    return list(found.values())


def cards(session: Session) -> list[Data]:
    """Return what could be done, as things stand after the plan so far."""
    return [card_data(session, card) for card in cards_of(session, session.preview().world)]


def _terms(session: Session, card: ActionCard) -> Data | None:
    """Return what an offer leaves open, with who would agree at what; None where it leaves nothing open."""
    if not card.amounts:
        return None
    names = session.model.layout.communities
    return {
        "plain": card.open_term,
        "amounts": [
            {
                "value": one.value,
                "text": one.text,
                "chosen": one.chosen,
                "possible": one.possible,
                "yes": [names[who] for who in one.yes],
                "perhaps": [names[who] for who in one.perhaps],
                "told": who_agrees(session.model, one),
                "answer": answer_in_short(one),
            }
            for one in card.amounts
        ],
    }


def card_data(session: Session, card: ActionCard) -> Data:
    """Return one card as plain data."""
    return {
        "id": card.name,
        "name": card.title,
        "plain": card.plain,
        "mode": card.mode,
        "family": session.model.actions[card.name].spec.family,
        "icon": card.icon,
        "aim": _aim(session, card.name),
        "asks": session.model.actions[card.name].accepts is not None,
        "possible": bool(card.open_options),
        "settled_anew": card.settled_anew,
        "obstacle": card.reason,
        "crowded": card.crowded,
        "best": [session.model.candidates[option.candidate].key for option in card.best],
        "options": [_option(session, option) for option in card.options],
        "price": _price(session, card),
        "answers": _all_said(session, card),
        "terms": _terms(session, card),
    }


def _price(session: Session, card: ActionCard) -> str:
    """Return what an action costs wherever it is possible: the least of each, and whether it may be more."""
    totals: dict[str, list[float]] = {}
    for option in card.open_options:
        for stock, amount in option.price:
            totals.setdefault(stock, []).append(amount)
    low = words.costs(session.model, [(stock, min(numbers)) for stock, numbers in totals.items()])
    spread = any(max(numbers) - min(numbers) > NOTICED for numbers in totals.values())
    return say("menu.price_from", price=low) if spread else low


def _all_said(session: Session, card: ActionCard) -> list[Data]:
    """Return what all would say who may be asked, in lines: who agrees, who may, and each who declines, and why."""
    everybody = next((one for one in card.options if session.model.candidates[one.candidate].everywhere), None)
    said = list(everybody.said) if everybody else [one for option in card.options for one in option.said]
    agreeing = {bool(one.sure) for one in said if one.yes}
    kinds = [(True, sure) for sure in (True, False) if sure in agreeing]
    kinds += [(False, bool(one.sure)) for one in said if not one.yes]
    lines = consent.answers(session.model, said)
    return [{"text": text, "yes": yes, "sure": sure} for text, (yes, sure) in zip(lines, kinds, strict=True)]


def _option(session: Session, option: Option) -> Data:
    candidate = session.model.candidates[option.candidate]
    tiles, target = tiles_of(candidate), None
    if tiles is None and candidate.target >= 0:
        target = session.model.layout.communities[candidate.target]
    return {
        "id": candidate.key,
        "choice": candidate.choice,
        "card": candidate.action,
        "name": words.action_name(session.model, candidate, True),
        "target": target,
        "place": option.label,
        "label": words.target_name(session.model, candidate),
        "tiles": tiles,
        "price": option.cost,
        "costs": [_cost(session, stock, float(amount)) for stock, amount in option.price],
        "brings": [
            {
                "of": one.of,
                "icon": icon_of(session, one.of),
                "name": one.name,
                "text": one.text,
                "way": "up" if one.grows else "down",
            }
            for one in option.brings
        ],
        "days": float(option.days),
        "obstacle": option.obstacle,
        "lacks": _lacks(option),
        "promise": float(option.promise),
        "gain": option.gain,
        "hardly": option.gain.startswith(HARDLY),
        "worth": round(float(option.worth), 3),
        "helps": option.helps,
        "moves": option.moves,
        "answers": list(option.answers),
        "said": _said(session, option.said),
        "agrees": option.agrees,
        "declines": option.declines,
        "meanwhile": "" if option.obstacle else needless(session, option.candidate),
        "cautions": list(option.cautions),
        "caution": None if option.warning is None else _caution(session, option.warning),
        "care": None if option.care is None else _care(option.care),
    }


def _cost(session: Session, stock: str, amount: float) -> Data:
    """Return what is paid of a stock; `text` is the number alone, as it stands beside the picture of the stock."""
    unit = session.model.level.stocks[stock].unit
    text = f"{amount:.1f}".removesuffix(".0")
    return {"stock": stock, "amount": amount, "icon": icon_of(session, stock),
            "text": f"{text} {unit}" if 0 < len(unit) <= 2 else text}  # fmt: skip


def icon_of(session: Session, name: str) -> str:
    """Return the picture of a stock or auxiliary, or for a flow of what it draws from; nothing where there is none."""
    stocks, flows = session.model.level.stocks, session.model.level.flows
    if name in stocks:
        return stocks[name].icon or ""
    if name in session.model.level.auxiliaries:
        return session.model.level.auxiliaries[name].icon
    source = next((flow.source for flow in session.model.flows if flow.name == name), "") if name in flows else ""
    return (stocks[source].icon or "") if source in stocks else ""


def tiles_of(candidate: Candidate) -> list[list[int]] | None:
    """Return [row, column] of the ground that a choice is about; None where it is about none."""
    if candidate.tiles is None:
        return None
    return np.argwhere(candidate.tiles[0, 0, :, :, 0] > 0).tolist()


def _aim(session: Session, action: str) -> Data | None:
    """Return the stock that an action is for, in which its promises count; None where it has no single aim."""
    aim = session.model.actions[action].spec.aim
    if not aim:
        return None
    return {"stock": aim.of, "name": words.stock_word(session.model, aim.of),
            "unit": session.model.level.stocks[aim.of].unit}  # fmt: skip


def _lacks(option: Option) -> Data | None:
    """Return how much of what is lacking to pay for it; None where it is not the price that stands in its way."""
    found = option.hurdle
    if found is None or found.kind != "too_dear":
        return None
    return {"stock": found.stock, "amount": float(found.missing)}


def _said(session: Session, found: Sequence[Answer]) -> list[Data]:
    """Return what each household that is asked would say, and what stands in the way of a yes."""
    names = session.model.layout.communities
    return [
        {
            "household": names[one.community],
            "yes": bool(one.yes),
            "sure": bool(one.sure),
            "term": one.term,
            "value": float(one.value),
            "missing": float(one.missing),
            "too_high": bool(one.too_high),
        }
        for one in found
    ]


def _caution(session: Session, found: Caution) -> Data:
    """Return how far force reaches, how many days resistance adds, and who may block it, likeliest first."""
    names = session.model.layout.communities
    return {
        "share": float(found.share),
        "extra_days": float(found.extra_days),
        "blocked": float(found.blocked),
        "blockers": [names[one] for one, _ in found.blockers],
    }


def _care(care: Care) -> Data:
    return {
        "now": float(care.now),
        "usual": float(care.usual),
        "changed": care.changed,
        "harmless": care.usual < HARMLESS,
        "mark": care_mark(care.now),
        "lines": list(care_lines(care)),
        "notes": list(care_notes(care, chance_told=True)),
        "reasons": list(care.sentences),
    }


def plan(session: Session) -> Data:
    """Return the plan step by step, and the days that are left after it."""
    model, walked = session.model, session.preview()
    days = session.roles.days
    steps = [
        {
            "option": model.candidates[step.candidate].key,
            "card": model.candidates[step.candidate].action,
            "name": words.action_name(model, model.candidates[step.candidate], True),
            "label": words.target_name(model, model.candidates[step.candidate]),
            "tiles": tiles_of(model.candidates[step.candidate]),
            "price": words.costs(model, step.costs),
            "obstacle": words.obstacle(model, step.obstacle) if step.obstacle else "",
            "meanwhile": "" if step.obstacle else needless(session, step.candidate),
            "answers": consent.answers(model, step.answers, True),
            "said": _said(session, step.answers),
            "said_told": consent.answers(model, step.answers),
        }
        for step in walked.steps
    ]
    planning = session.planning[session.seat]
    had = None if days is None else float(session.world.stock[days][session.me, 0, 0, 0, 0])
    left = None if days is None else max(0.0, float(walked.world.stock[days][session.me, 0, 0, 0, 0]))
    told = None if days is None or had is None or left is None else days_told(walked, days, had, left)
    return {
        "steps": steps,
        "most": SLOTS,
        "days": had,
        "days_left": left,
        "days_left_told": told,
        "can_undo": bool(planning.past),
        "can_redo": bool(planning.future),
    }
