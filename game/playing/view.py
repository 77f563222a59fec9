"""A game in play as plain data: all that a screen shows, and nothing that the one who plays may not know.

What comes out holds dictionaries, lists, texts, numbers, truth values and
None, so that any client can be sent it as JSON; decisions come back the same
way through `game.playing.decide`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np

from game.insight.coming import pipeline
from game.insight.watchfulness import Care, care_lines
from game.playing.cards import ActionCard, Option, cards_of
from game.playing.ending import Ending
from game.playing.guide import Guide
from game.playing.households import households
from game.playing.letters import Letter, letter_line
from game.playing.numbers import Fact, facts
from game.playing.session import Session
from game.playing.standing import GoalStanding, dials_standing, goals_standing, signs
from game.playing.story import Story
from game.sim.actions import SLOTS
from game.sim.layout import map_rows
from game.sim.observe import OUTCOME_NAMES
from game.telling import words
from game.telling.coming import belief_line, rows
from game.telling.coming import lines as coming_lines
from game.telling.lines import Line

Data = dict[str, Any]  # JSON types only


def view(session: Session, guide: Guide | None = None, covered: bool = False) -> Data:
    """Return what the person whose turn it is sees of a game.

    Parameters
    ----------
    session
        The game.
    guide
        The notes of a guided level, kept from season to season by whoever
        shows the game; without it no note is given.
    covered
        Whether the game is being handed over: then nothing that belongs to a
        person is in it (households, cards, plan, facts, messages are empty).

    Returns
    -------
    dict
        JSON types only; the keys are the same in every state of the game.
    """
    common = _for_everybody(session, covered)
    if covered:
        return common | {
            "letters": [], "households": [], "facts": [], "cards": [], "plan": None, "messages": [],
            "coming": None, "note": "",
        }  # fmt: skip
    return common | {
        "letters": [_letter(session, letter) for letter in session.letters()],
        "households": _households(session),
        "facts": [_fact(session, one) for one in facts(session)],
        "cards": [_card(session, card) for card in cards_of(session, session.preview().world)],
        "plan": _plan(session),
        "messages": _messages(session),
        "coming": _coming(session),
        "note": guide.text() if guide else "",
    }


def _for_everybody(session: Session, covered: bool) -> Data:
    """Return what all may see who sit at one screen."""
    return {
        "level": _level(session),
        "turn": {
            "seat": session.seat,
            "household": words.people(session.model, session.me),
            "people": len(session.seats),
            "answering": session.answering,
            "covered": covered,
        },
        "board": _board(session),
        "goals": [_goal(one) for one in goals_standing(session)],
        "dials": [asdict(one) for one in dials_standing(session)],
        "signs": [asdict(one) for one in signs(session)],
        "course": _course(session),
        "outcome": _outcome(session),
        "seasons_over": int(session.world.season),
    }


def _level(session: Session) -> Data:
    level, model = session.model.level, session.model
    season = min(session.world.season + 1, model.seasons)
    return {
        "id": level.id,
        "title": level.title,
        "promise": level.promise,
        "opening": level.opening,
        "season": int(season),
        "seasons": int(model.seasons),
        "season_name": words.season_name(season),
    }


def _board(session: Session) -> Data:
    """Return the land: terrain, whose it is, and what lies on it; None where a stock cannot be."""
    model, world = session.model, session.world
    layout, level = model.layout, model.level
    names = list(layout.communities)
    uses = world.uses[:, 0, :, :, 0] > 0.0
    stocks = {}
    for name, spec in level.stocks.items():
        if spec.place == "tile":
            live = np.broadcast_to(model.stocks[name].live[0, 0, :, :, 0] > 0.0, (layout.rows, layout.columns))
            held = np.where(live, world.stock[name][0, 0, :, :, 0], np.nan)
            stocks[name] = {
                "name": words.stock_word(model, name),
                "unit": spec.unit,
                "full": float(model.stocks[name].high) if np.isfinite(model.stocks[name].high) else None,
                "values": [[None if np.isnan(value) else float(value) for value in row] for row in held],
            }
    return {
        "rows": int(layout.rows),
        "columns": int(layout.columns),
        "terrain": [list(row) for row in layout.terrain_yx],
        "terrains": {
            name: {"name": spec.name or name.replace("_", " "), "plain": spec.plain}
            for name, spec in level.terrains.items()
        },
        "stocks": stocks,
        "ties": _ties(session),
        "users": [
            [[names[one] for one in np.flatnonzero(uses[:, row, column])] for column in range(layout.columns)]
            for row in range(layout.rows)
        ],
    }


def _fact(session: Session, fact: Fact) -> Data:
    names = session.model.layout.communities
    return {
        "stock": fact.stock,
        "household": None if fact.community is None else names[fact.community],
        "title": fact.title,
        "value": fact.value,
        "detail": fact.detail,
        "short": bool(fact.short),
    }


def _goal(one: GoalStanding) -> Data:
    now, needed, share = one.measured or ("", "", 0.0)
    return {
        "plain": one.plain,
        "streak": one.streak,
        "needed": one.in_a_row,
        "reached": one.done,
        "late": one.late,
        "state": None if one.measured is None else {"now": now, "needed": needed, "share": float(share)},
    }


def _households(session: Session) -> list[Data]:
    model, found = session.model, []
    homes = _homes(session)
    for one in households(session):
        need = None
        if one.need is not None:
            need = {"known": one.need.known, "name": one.need.name or None, "plain": one.need.plain or None}
        found.append(
            {
                "id": model.layout.communities[one.index],
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
                        "text": words.amount(amount, model.level.stocks[name].unit),
                    }
                    for name, amount in one.has
                ],
                "mood": one.mood,
                "grievance": one.grievance,
                "need": need,
                "trust": one.trust,
                "trusted": one.trusted,
                "agreements": [{"id": name, "name": words.kind_name(model, name)} for name in one.agreements],
            }
        )
    return found


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


def _ties(session: Session) -> list[Data]:
    """Return how far each two households trust each other, as everybody sees it on the board."""
    names, trust = session.model.layout.communities, session.roles.trust
    if trust is None:
        return []
    held = session.world.stock[trust][:, :, 0, 0, 0]
    return [
        {"between": [names[one], names[two]], "trust": float(held[one, two] + held[two, one]) / 2.0}
        for one, two in combinations(range(len(names)), 2)
    ]


def _card(session: Session, card: ActionCard) -> Data:
    return {
        "id": card.name,
        "name": card.title,
        "plain": card.plain,
        "mode": card.mode,
        "family": session.model.actions[card.name].spec.family,
        "icon": card.icon,
        "possible": bool(card.open_options),
        "terms": _terms(session, card),
        "obstacle": card.reason,
        "options": [_option(session, option) for option in card.options],
    }


def _option(session: Session, option: Option) -> Data:
    candidate = session.model.candidates[option.candidate]
    target, tiles = None, None
    if candidate.tiles is not None:
        tiles = [[int(row), int(column)] for row, column in np.argwhere(candidate.tiles[0, 0, :, :, 0] > 0)]
    elif candidate.target >= 0:
        target = session.model.layout.communities[candidate.target]
    return {
        "id": candidate.key,
        "target": target,
        "place": option.label,
        "tiles": tiles,
        "price": option.cost,
        "days": float(option.days),
        "obstacle": option.obstacle,
        "gain": option.gain,
        "helps": option.helps,
        "moves": option.moves,
        "answers": list(option.answers),
        "agrees": option.agrees,
        "declines": option.declines,
        "cautions": list(option.cautions),
        "care": None if option.care is None else _care(option.care),
    }


def _care(care: Care) -> Data:
    return {
        "now": float(care.now),
        "usual": float(care.usual),
        "lines": list(care_lines(care)),
        "notes": list(care.notes),
        "reasons": list(care.sentences),
    }


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
                "yes": [names[who] for who in one.yes],
                "perhaps": [names[who] for who in one.perhaps],
            }
            for one in card.amounts
        ],
    }


def _plan(session: Session) -> Data:
    model, walked = session.model, session.preview()
    days = session.roles.days
    steps = [
        {
            "option": model.candidates[step.candidate].key,
            "card": model.candidates[step.candidate].action,
            "name": words.action_name(model, model.candidates[step.candidate], True),
            "price": words.costs(model, step.costs),
            "obstacle": words.obstacle(model, step.obstacle) if step.obstacle else "",
            "answers": words.answers(model, step.answers, True),
        }
        for step in walked.steps
    ]
    planning = session.planning[session.seat]
    return {
        "steps": steps,
        "most": SLOTS,
        "days": None if days is None else float(session.world.stock[days][session.me, 0, 0, 0, 0]),
        "days_left": None if days is None else max(0.0, float(walked.world.stock[days][session.me, 0, 0, 0, 0])),
        "can_undo": bool(planning.past),
        "can_redo": bool(planning.future),
    }


def _letter(session: Session, letter: Letter) -> Data:
    """Return an offer to the one whose turn it is: who makes it, what it means for both, and the answer so far."""
    model = session.model
    return {
        "household": model.layout.communities[model.layout.seats[letter.seat]],
        "card": model.candidates[letter.candidate].action,
        "text": letter_line(model, session.world, letter),
        "means": session.meaning(letter),
        "answer": letter.answer,
        "amounts": sorted(letter.others),
    }


def _messages(session: Session) -> list[Data]:
    """Return what the last season brought, as this person may read it."""
    if session.last is None:
        return []
    return _told(Story(session, on_board=True, seats=(session.seat,)).season(session.last))


def _told(lines: Sequence[Line]) -> list[Data]:
    return [{"text": line.text, "tone": line.tone, "place": line.place} for line in lines]


def _coming(session: Session) -> Data:
    """Return what is on its way: in sentences, and as rows of a line of time."""
    model, found = session.model, pipeline(session.model, session.world)
    return {
        "sentences": coming_lines(model, found, session.me),
        "rows": [
            {
                "icon": row.picture,
                "title": row.title,
                "plain": row.plain,
                "mine": row.mine,
                "until": None if row.until is None else int(row.until),
                "marks": [{"season": int(season), "text": text, "full": full} for season, text, full in row.marks],
                "course": [float(value) for value in row.course],
            }
            for row in rows(model, found, session.me)
        ],
        "beliefs": [belief_line(model, one, session.me) for one in found.beliefs],
    }


def _course(session: Session) -> Data:
    """Return how the place has fared, the start first."""
    history, names = session.history, session.model.layout.communities
    return {
        "living": [moment.living for moment in history],
        "dials": {name: [moment.dials[name] for moment in history] for name in history[0].dials},
        "objective": [moment.objective for moment in history],
        "stores": {
            name: [moment.stores[place] for moment in history] for place, name in enumerate(names) if history[0].stores
        },
    }


def _outcome(session: Session) -> Data:
    """Return whether the game is over, how it ended, and the sentences of its end."""
    lines: list[Line] = []
    decisive: list[str] = []
    if session.over:
        ending = Ending(session)
        lines, decisive = [*ending.verdicts(), *ending.questions()], ending.decisive()
    return {
        "over": session.over,
        "name": OUTCOME_NAMES[int(session.world.outcome[0])],
        "season": int(session.world.outcome_season[0]) if session.over else None,
        "lines": _told(lines),
        "decisive": decisive,
    }
