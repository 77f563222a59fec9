"""Why something was lost, as plain data: which numbers can be asked about, and both views of what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from game.insight.causes import Where, worse_way
from game.language.errors import ArgumentError
from game.playing.causes import Causes, Teller
from game.playing.losses import losses
from game.playing.session import Session
from game.telling import words
from game.telling.say import say

Data = dict[str, Any]  # JSON types only


def question_of(session: Session, where: Where, season: int) -> Data:
    """Return what may be asked: why a number changed in a season (from 1), and what it is called in a list of such."""
    names, stock = session.model.layout.communities, session.model.level.stocks[where.stock]
    name = Teller(session.model, where, session.me).name
    return {
        "stock": where.stock,
        "household": None if where.community is None else names[where.community],
        "partner": None if where.partner is None else names[where.partner],
        "season": season + 1,
        "icon": stock.icon,
        "name": name,
        "label": say("causes.label", number=words.capital(name), season=season + 1),
    }


def lost(session: Session) -> list[Data]:
    """Return the questions that the end of a game leaves open: what was lost, and the season in which it was worst."""
    return [question_of(session, one.where, one.season) for one in losses(session)]


def asked_of(session: Session, question: Mapping[str, object]) -> tuple[Where, int]:
    """Return what a question means: where, and the season from 0.

    Raises ArgumentError where it names no stock, no household, or a season that is not over.
    """
    stock, season = question.get("stock"), question.get("season")
    if stock not in session.model.stocks:
        raise ArgumentError(f"there is no stock {stock!r} to ask about")
    if not isinstance(season, int) or not 1 <= season <= len(session.plans):
        raise ArgumentError(f"season {season!r} is not over: {len(session.plans)} are")
    one, two = (_index(session, question.get(key)) for key in ("household", "partner"))
    return Where(str(stock), one, two), season - 1


def _index(session: Session, name: object) -> int | None:
    names = list(session.model.layout.communities)
    if name is not None and name not in names:
        raise ArgumentError(f"there is no household {name!r}; there are {', '.join(names)}")
    return None if name is None else names.index(str(name))


def causes_told(session: Session, found: Causes) -> Data:
    """Return both views of a loss in sentences, with the numbers for bars and the links for a picture.

    `worse` is 1 where more is worse, -1 where less is.
    """
    teller = Teller(session.model, found.where, session.me)
    stocks = dict.fromkeys([found.where.stock, *(name for one in found.web for name in _ends(one.link))])
    return {
        "stock": found.where.stock,
        "question": teller.question(found),
        "headline": teller.headline(found),
        "worse": worse_way(session.model, found.where.stock),
        "season": found.season + 1,
        "last_hand": teller.last_hand(found),
        "parts": _bars(teller.parts(found)),
        "verdict": teller.verdict(found),
        "shares": _bars(teller.shares(found)),
        "deeds": _bars(teller.deeds(found)),
        "stocks": {
            name: {"name": words.stock_word(session.model, name), "icon": session.model.level.stocks[name].icon}
            for name in stocks
        },
        "web": [
            {
                "from": one.link.source,
                "to": one.link.target,
                "rising": bool(one.link.pull > 0.0),
                "pull": float(abs(one.link.pull)),
                "delay": float(one.link.delay),
                "steps": int(one.steps),
                "text": teller.strand(one),
            }
            for one in found.web
        ],
    }


def _ends(link: Any) -> tuple[str, str]:
    return link.source, link.target


def _bars(rows: Sequence[tuple[str, float, str]]) -> list[Data]:
    return [{"text": text, "amount": float(amount), "told": told} for text, amount, told in rows]
