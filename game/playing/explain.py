"""Questions as plain data: why a number, a tile or a household is as it is, in sentences.

What needs no question stands in `game.playing.view`; what is worked out beside
the game in `game.playing.shown`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from game.insight.accounts import Place, why_flows
from game.insight.roles import watched
from game.language.errors import ArgumentError
from game.language.suggest import did_you_mean
from game.playing.households import Household, household, want_words
from game.playing.motives import motive_of
from game.playing.numbers import account_lines, why_number
from game.playing.session import Session
from game.playing.view_of_one import icon_of
from game.sim.sight import seen, unseen
from game.telling import words
from game.telling.say import say, told_in

Data = dict[str, Any]  # JSON types only
Question = Mapping[str, object]
LEAST_TOLD = 0.05  # of its full measure: less of a thing on a tile is not worth a word
AROUND = 2  # tiles: one tile alone trembles, its neighbourhood tells more


def explain(session: Session, question: Question) -> Data:
    """Return `icon` ("" where there is none) and `lines`, a headline first, of what is asked about.

    Parameters
    ----------
    session
        The game; what the one whose turn it is may not know is not told.
    question
        `{"about": "number", "stock": id, "household": id or None}`, `{"about": "household", "household": id}`,
        `{"about": "tile", "row": n, "column": n}` with places from 0, and with `"drawn"`: the ids of what has a
        picture of its own, which is told where it lies there besides.

    Raises
    ------
    ArgumentError
        For something that cannot be asked about, and where a key is missing or names nothing.
    """
    about = question.get("about")
    if not isinstance(about, str) or about not in ABOUT:
        hint = did_you_mean(about, ABOUT) if isinstance(about, str) else ""
        raise ArgumentError(f'cannot explain {about!r}: write one of {", ".join(ABOUT)} into "about"{hint}')
    with told_in(session.model.level.seasons):
        return ABOUT[about](session, question)


def _number(session: Session, question: Question) -> Data:
    name, whose = question.get("stock"), question.get("household")
    if name not in session.model.stocks and name not in session.model.auxiliaries:
        raise ArgumentError(f"there is no stock {name!r} to ask about")
    lines = why_number(session, str(name), None if whose is None else _index(session, whose))
    return {"icon": icon_of(session, str(name)), "lines": lines}


def _household(session: Session, question: Question) -> Data:
    return {"icon": "house", "lines": household_lines(session, _index(session, question.get("household")))}


def _tile(session: Session, question: Question) -> Data:
    row, column = (question.get(name) for name in ("row", "column"))
    layout = session.model.layout
    if not isinstance(row, int) or not isinstance(column, int) or not (
        0 <= row < layout.rows and 0 <= column < layout.columns
    ):  # fmt: skip
        raise ArgumentError(f"there is no tile in row {row!r}, column {column!r}")
    stock = stock_at(session, (row, column))
    icon = session.model.level.stocks[stock].icon if stock else ""
    drawn = question.get("drawn", ())
    if not isinstance(drawn, (list, tuple)):
        raise ArgumentError(f'a question about a tile takes a list of ids in "drawn", not {drawn!r}')
    return {"icon": icon, "lines": tile_lines(session, (row, column), [str(one) for one in drawn])}


ABOUT: dict[str, Callable[[Session, Question], Data]] = {
    "number": _number,
    "household": _household,
    "tile": _tile,
}


def _index(session: Session, name: object) -> int:
    names = session.model.layout.communities
    if name not in names:
        raise ArgumentError(f"there is no household {name!r}; there are {', '.join(names)}")
    return list(names).index(str(name))


def stock_at(session: Session, tile: tuple[int, int]) -> str | None:
    """Return the stock that matters most on a tile: what goals speak of, else what the land is known for."""
    model, roles = session.model, session.roles
    found = [name for name in watched(model, roles) if model.stocks[name].place == "tile"]
    found += [roles.living] if roles.living else []
    hidden = unseen(model, session.world)
    found = [name for name in found if name not in hidden]
    return next((name for name in found if model.stocks[name].live[0, 0, tile[0], tile[1], 0]), None)


def tile_lines(session: Session, tile: tuple[int, int], drawn: Sequence[str]) -> list[str]:
    """Return why the ground at a tile is as it is: what grows, who takes, how long, what of `drawn` there is."""
    model, world, name = session.model, session.world, stock_at(session, tile)
    row, column = tile
    ground = model.layout.terrain_yx[row][column]
    if name is None:
        spec = model.level.terrains[ground]
        return [spec.name or ground.replace("_", " ").capitalize(), spec.plain]
    mask = np.zeros_like(model.stocks[name].live)
    mask[:, :, max(0, row - AROUND) : row + AROUND + 1, max(0, column - AROUND) : column + AROUND + 1] = 1.0
    mask *= model.stocks[name].live
    account = why_flows(model, world, name, Place(tiles=mask))
    held = words.land_text(model, name, account.held / max(1.0, float(mask.sum())))
    lines = [say("ground.around", stock=words.stock_word(model, name).capitalize(), amount=held)]
    lines += account_lines(model, account) if world.season else [model.level.stocks[name].plain, say("ground.not_yet")]
    if account.bare_in and world.season:
        low, high = account.bare_in
        when = words.turns(low) if low == high else say("number.between", low=low, high=high)
        lines.append(say("ground.bare_in" if name == session.roles.living else "ground.gone_in", seasons=when))
    lines += _besides(session, tile, [one for one in drawn if one != name])
    users = [
        words.people(model, index)
        for index in range(len(model.layout.communities))
        if world.uses[index, 0, row, column, 0] > 0
    ]
    lines.append(say("ground.used_by", who=words.joined(users)) if users else say("ground.used_by_nobody"))
    return lines


def _besides(session: Session, tile: tuple[int, int], drawn: Sequence[str]) -> list[str]:
    """Return what there is on a tile of some stocks, in a sentence; nothing where there is next to nothing."""
    model, world = session.model, session.world
    parts = []
    for name in drawn:
        if name not in model.stocks or model.stocks[name].place != "tile":
            continue
        plan = model.stocks[name]
        value = float(world.stock[name][0, 0, tile[0], tile[1], 0])
        there = plan.live[0, 0, tile[0], tile[1], 0] and seen(model, world, name)[0, 0, tile[0], tile[1], 0]
        if there and value >= LEAST_TOLD * plan.high:
            parts.append(f"{words.stock_word(model, name)} {words.land_text(model, name, value)}")
    return [say("ground.besides", parts=", ".join(parts))] if parts else []


def household_lines(session: Session, other: int) -> list[str]:
    """Return what is known of a household: what it has, how it feels, what it is part of."""
    model, found = session.model, household(session, other)
    have = [words.counted(model, _told(model.level.stocks[name].kind, amount), name) for name, amount in found.has]
    has = {"people": found.people, "what": words.joined(have)}
    lines = [
        say("household.you", household=found.name) if found.mine else found.name,
        say("household.you_have" if found.mine else "household.they_have", **has)
        if have
        else model.level.communities[model.layout.communities[other]].plain,
    ]
    lines += [] if found.mine else _neighbour_lines(found)
    moved = None if found.mine else motive_of(session, other)
    lines += [] if moved is None else [*moved.did, *moved.change]
    agreed = [model.actions[name].spec.name or name for name in found.agreements]
    return lines + ([say("household.in", agreements=", ".join(agreed))] if agreed else [])


def _told(kind: str, value: float) -> float:
    """Return a number as it is told: nobody has a tenth of a cow."""
    return round(value) if kind == "state" else value


def _neighbour_lines(found: Household) -> list[str]:
    lines = [say("household.mood", mood=found.mood)] if found.mood else []
    if found.need is not None:
        lines.append(want_words(found.need))
    if found.trust is not None and found.trusted is not None:
        trust = {"trust": words.percent(found.trust), "trusted": words.percent(found.trusted)}
        lines.append(say("household.trust", **trust))
    return lines
