"""How the numbers that matter went in a season, for one who plays or for all who sit at one keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from game.insight.roles import watched
from game.playing.moments import on_land
from game.playing.season import SeasonReport
from game.playing.session import Session
from game.sim.units_told import unit_of
from game.sim.world import World
from game.telling import words
from game.telling.say import say


def numbers_moved(session: Session, report: SeasonReport, people: Sequence[int]) -> list[str]:
    """Return `crops 35 to 40 %`, `your grain 5.9 to 3.9 t` and the like: what the level watches, as in the window.

    `people` are the communities of those who read it.
    """
    model, roles = session.model, session.roles
    parts = []
    for name in watched(model, roles):
        match model.stocks[name].place:
            case "tile":
                parts.append(_of_land(session, report, name))
            case "community":
                parts += [_of_one(session, report, name, one, len(people) > 1) for one in people]
            case _:
                parts.append(_of_all(session, report, name))
    if roles.trust and len(people) == 1:
        parts.append(_trust(report, roles.trust, people[0], len(model.layout.communities)))
    return parts


def _of_land(session: Session, report: SeasonReport, name: str) -> str:
    was, now = (
        words.land_text(session.model, name, on_land(session.model, world, name))
        for world in (report.before, report.after)
    )
    same = was.partition(" ")[2] == now.partition(" ")[2]
    before = was.partition(" ")[0] if same else was
    return say("story.from_to", stock=words.stock_word(session.model, name), before=before, now=now)


def _of_one(session: Session, report: SeasonReport, name: str, one: int, named: bool) -> str:
    said = _told(session, report, name, one)
    if named:
        return say("story.theirs_from_to", who=words.people(session.model, one), **said)
    return say("story.yours_from_to", **said)


def _of_all(session: Session, report: SeasonReport, name: str) -> str:
    return say("story.from_to", **_told(session, report, name, 0))


def _told(session: Session, report: SeasonReport, name: str, one: int) -> dict[str, str]:
    def held(world: World) -> float:
        return float(world.stock[name][one, 0, 0, 0, 0])

    unit = unit_of(session.model, name)
    before, now = words.from_to(held(report.before), held(report.after), unit, True)
    return {"stock": words.stock_word(session.model, name), "before": before, "now": now}


def _trust(report: SeasonReport, trust: str, me: int, communities: int) -> str:
    others = [one for one in range(communities) if one != me]
    was, now = (
        sum(float(world.stock[trust][one, me, 0, 0, 0]) for one in others) / max(len(others), 1)
        for world in (report.before, report.after)
    )
    return say("story.trust_from_to", before=was, now=now)
