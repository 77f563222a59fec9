"""Which losses of a game are worth asking about, and the season in which each was worst."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from game.insight.causes import Where, pair_weights, worse_way
from game.insight.readings import size_of
from game.insight.roles import watched
from game.insight.terms import names_in
from game.playing.session import Session
from game.sim.world import LOST

NOTABLE = 0.06  # of a full measure: less is no loss to ask about
MOST = 5  # losses offered at the end


@dataclass(frozen=True)
class Loss:
    """Something that got worse: the season (from 0) to ask about, and what share of a full measure was lost."""

    where: Where
    season: int
    size: float


def losses(session: Session) -> list[Loss]:
    """Return what was lost by the end of a game, what lost it first, then largest first."""
    model, found = session.model, []
    seasons = len(session.history) - 1
    for where in asked_about(session):
        course = course_of(session, where)
        worse = worse_way(model, where.stock)
        full = size_of(model, where.stock) if model.stocks[where.stock].high <= 1.0 else max(*map(abs, course), 1e-9)
        fallen = [worse * value for value in course]
        size = (fallen[-1] - min(fallen)) / full
        if size >= NOTABLE and seasons:
            steps = [after - before for before, after in pairwise(fallen)]
            found.append(Loss(where, steps.index(max(steps)), size))
    found.sort(key=lambda one: -one.size)
    decisive = _decisive(session)
    if decisive is not None:
        found = [decisive, *(one for one in found if one.where != decisive.where)]
    return found[:MOST]


def asked_about(session: Session) -> list[Where]:
    """Return the readings of a game that matter to the one whose turn it is."""
    model, roles, me = session.model, session.roles, session.me
    found = []
    for name in [*watched(model, roles), *session.hidden]:
        own = model.stocks[name].place in ("community", "player")
        found.append(Where(name, me if own else None))
    if roles.grievance:
        found.append(Where(roles.grievance, None if model.stocks[roles.grievance].place == "tile" else me))
    if roles.trust:
        found.append(Where(roles.trust, None, me))
    return list(dict.fromkeys(found))


def _decisive(session: Session) -> Loss | None:
    """Return the stock whose state lost the game, in its last season."""
    if int(session.world.outcome[0]) != LOST or ("lost_when", "holds") not in session.model.nodes:
        return None
    stocks = [name for name in names_in(session.model.nodes["lost_when", "holds"]) if name in session.model.stocks]
    if not stocks:
        return None
    held = session.world.stock[stocks[0]]
    own = session.model.stocks[stocks[0]].place in ("community", "player")
    who = int(np.argmin(held[:, 0, 0, 0, 0])) if own else None
    return Loss(Where(stocks[0], who), int(session.world.outcome_season[0]) - 1, 1.0)


def course_of(session: Session, where: Where) -> list[float]:
    """Return a reading season by season, the start first."""
    weights = pair_weights(session.model, where)
    return [float((moment.read["stock", where.stock] * weights).sum()) for moment in session.history]
