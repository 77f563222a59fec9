"""The numbers a player watches: which ones a level has, how goals stand, and why a number is what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.insight.accounts import BY_HAND, Account, Entry, Place, StateAccount, why_flows, why_state
from game.insight.roles import watched
from game.language.nodes import COMMUNITY, Aggregate, Compare
from game.playing import derived
from game.playing.moments import live_tiles, on_land
from game.playing.session import Session
from game.sim.evaluation import compile_expression
from game.sim.frame import along_worlds
from game.sim.goals import frame_after_season
from game.sim.model import Model
from game.sim.plans import FlowPlan
from game.sim.sight import unseen
from game.sim.units_told import in_hundredths, unit_of
from game.sim.world import World
from game.telling import words
from game.telling.say import say

MOST_REASONS = 4
TOLD = 2  # causes of a change that are told by name where there are many
ENOUGH = 0.98  # of what was asked for
WORTH = 0.05  # of a matter: what moved less is not told


@dataclass(frozen=True)
class Fact:
    """One number: the stock or auxiliary, whose it is (None: everybody's), and what is said about it."""

    stock: str
    community: int | None
    title: str
    value: str
    detail: str
    short: bool = False  # whether less is there than is needed
    way: int = 0  # which way it went last season: -1 down, 0 hardly, 1 up


def facts(session: Session) -> list[Fact]:
    """Return what the banner says."""
    model = session.model
    named = [name for name in model.level.watch if name in model.stocks or name in model.auxiliaries]
    names = named or watched(model, session.roles)
    return [
        _derived(session, name) if name in model.auxiliaries else replace(_fact(session, name), way=_way(session, name))
        for name in names
    ]


def _derived(session: Session, name: str) -> Fact:
    whose, value = derived.whose(session.model, name, session.me), derived.told(session, session.world, name)
    return Fact(name, whose, derived.title(session, name), value, "", way=derived.way(session, name))


def _way(session: Session, name: str) -> int:
    """Return which way a number went last season, as far as its words show it."""
    if session.last is None:
        return 0
    model = session.model
    if name in unseen(model, session.world):
        return 0
    if model.stocks[name].place == "tile":
        was, now = (on_land(model, world, name) for world in (session.last.before, session.world))
        told = [words.land_text(model, name, one) for one in (was, now)]
    else:
        one = session.me if model.stocks[name].place == "community" else 0
        was, now = (float(world.stock[name][one, 0, 0, 0, 0]) for world in (session.last.before, session.world))
        told = [words.amount(one, unit_of(model, name), True) for one in (was, now)]
    return 0 if told[0] == told[1] else 1 if now > was else -1


def _fact(session: Session, name: str) -> Fact:
    model, world, me = session.model, session.world, session.me
    word, unit = words.stock_word(model, name), unit_of(model, name)
    place = model.stocks[name].place
    if name in unseen(model, world):
        return Fact(name, me if place == "community" else None, word.capitalize(), say("number.unseen"), "")
    if place == "tile":
        now = on_land(model, world, name)
        change = now - on_land(model, session.last.before, name) if session.last else 0.0
        told = words.land_text(model, name, now)
        step = words.step(words.land_text(model, name, now - change), told) or words.signed(change, unit)
        lacking = _lacking(session, name)
        detail = lacking or _trend(change, step)
        return Fact(name, None, word.capitalize(), told, detail, bool(lacking))
    whose = me if place == "community" else None
    value = float(world.stock[name][whose or 0, 0, 0, 0, 0])
    title = word.capitalize() if whose is None else say("number.your", stock=word)
    if name == session.roles.store:
        need = needed(session)
        detail = say("number.needs", amount=words.amount(need, unit)) if need else ""
        told = words.beside(word, words.amount(value, unit))
        return Fact(name, whose, title, told, detail, bool(need) and value < need)
    if name in session.roles.counted:
        value = round(value)  # nobody has a tenth of a cow
    detail = _lowest(session, name) if whose is not None and name not in session.roles.counted else ""
    return Fact(name, whose, title, words.beside(word, words.amount(value, unit, True)), detail)


def _trend(change: float, step: str) -> str:
    """Return which way a number went, by the step as it is written."""
    if words.is_nothing(step):
        return say("number.steady")
    return say("number.rising" if change > 0 else "number.falling", step=step)


def needed(session: Session) -> float:
    """Return how much of the store was asked for last season; 0 before the first."""
    eating = session.roles.eating or next(
        (flow.name for flow in session.model.flows if flow.counts_asked and flow.source == session.roles.store), None
    )
    if not eating or eating not in session.world.asked or not session.world.season:
        return 0.0
    return float(session.world.asked[eating][session.me, 0, 0, 0, 0])


def _lacking(session: Session, name: str) -> str:
    """Return that people got less of what the land gives than they asked for; "" where all had enough."""
    model, world, me = session.model, session.world, session.me
    for flow in model.flows:
        if flow.source == name and flow.counts_asked and flow.axes & COMMUNITY and world.season:
            asked, moved = (float(values[flow.name][me, 0, 0, 0, 0]) for values in (world.asked, world.moved))
            if asked > 0.0 and moved < ENOUGH * asked:
                return say("number.of_your_need", share=words.percent(moved / asked))
    return ""


def _lowest(session: Session, name: str) -> str:
    """Return who has the least: a goal for everybody hangs on them."""
    values = session.world.stock[name][:, 0, 0, 0, 0]
    least = int(np.argmin(values))
    if least == session.me:
        return say("number.the_least")
    amount = words.amount(float(values[least]), unit_of(session.model, name), True)
    return say("number.least", who=words.people(session.model, least), amount=amount)


def goal_state(session: Session, index: int, world: World) -> tuple[str, str, float] | None:
    """Return what a goal compares as (now, needed, share reached); None where it is no plain comparison."""
    node = session.model.nodes["goals", index, "hold"]
    if not isinstance(node, Compare) or node.operator not in (">", ">=") or not world.season:
        return None
    frame = frame_after_season(session.model, world)
    sides = [compile_expression(side, session.model.layout)(frame) for side in (node.left, node.right)]
    now, need = (float(along_worlds(np.asarray(side), 1)[0]) for side in sides)
    if need <= 0.0:
        return None
    share = min(1.0, max(0.0, now / need))
    if need <= 1.0:
        told = words.percent(now)
        # What falls short by less than a hundredth must not look as if it were enough.
        return f"{100 * now:.1f} %" if now < need and told == words.percent(need) else told, words.percent(need), share
    return f"{now:.1f}".removesuffix(".0"), f"{need:.1f}".removesuffix(".0"), share


def compares_least(session: Session, index: int) -> bool:
    """Return whether a goal compares the least of several: what it asks then stands for each of them."""
    node = session.model.nodes["goals", index, "hold"]
    return isinstance(node, Compare) and isinstance(node.left, Aggregate) and node.left.kind == "min"


def why_number(session: Session, name: str, community: int | None) -> list[str]:
    """Return why a number of the banner is what it is, a headline first."""
    model, world = session.model, session.world
    if name in model.auxiliaries:
        return derived.why_derived(session, name)
    fact = _fact(session, name)
    lines = [say("number.is", number=fact.title, value=fact.value), model.level.stocks[name].plain]
    if name in unseen(model, world):
        return lines
    if not world.season:
        return [*lines, say("number.not_yet")]
    place = Place(community=community)
    if model.stocks[name].matter:
        before = session.last.before if session.last else None
        account = why_flows(model, world, name, place, before)
        lines += account_lines(model, account)
        lines += pace_lines(account, name == session.roles.living)
        if fact.short and community is None:
            lines.append(say("number.less_than_asked"))
        lines += behind_lines(session, name)
    else:
        lines += _state_lines(why_state(model, world, name, place))
    if fact.short and community is not None:
        lines.append(say("number.less_than_needed"))
    return lines


def pace_lines(account: Account, living: bool) -> list[str]:
    """Return in a sentence when a stock is used up if it goes on like this; nothing where it is not."""
    if account.bare_in is None:
        return []
    low, high = account.bare_in
    when = words.turns(low) if low == high else say("number.between", low=low, high=high)
    return [say("number.bare_in" if living else "number.empty_in", seasons=when)]


def behind_lines(session: Session, name: str) -> list[str]:
    """Return what nobody sees and what a stock lives on, then and now: why a spring fails years after the axe."""
    model, hidden = session.model, session.lives_on(name)
    if hidden is None or len(session.history) < 2:
        return []
    first, now, unit = session.history[0], session.history[-1], unit_of(model, hidden)
    then, left = words.amount(first.held[hidden], unit), words.amount(now.held[hidden], unit)
    lines = [say("number.lives_on", stock=words.stock_word(model, hidden), early=then, late=left)]
    for flow in model.flows:
        if flow.target == hidden:
            early, late = (words.amount(one.came[flow.name], unit) for one in (session.history[1], now))
            came = say("number.brought", flow=words.capital(entry_word(model, flow)), early=early, late=late)
            lines.append(f"{came} {model.level.flows[flow.name].plain}")
    return lines


def account_lines(model: Model, account: Account) -> list[str]:
    """Return what came and what went last season, one line each."""
    told = []
    for came, entries in ((True, account.feeds), (False, account.drains)):
        parts = [
            _moved(model, entry, account, 1.0 if came else -1.0)
            for entry in entries[:MOST_REASONS]
            if entry.amount >= WORTH
        ]
        told += [say("number.came" if came else "number.went", parts=", ".join(parts))] if parts else []
    return told or [say("number.hardly_moved")]


def entry_word(model: Model, entry: Entry | FlowPlan) -> str:
    """Return what players call a flow: `feeding`."""
    return say("number.by_hand") if entry.name == BY_HAND else words.stock_word(model, entry.name)


def _moved(model: Model, entry: Entry, account: Account, sign: float) -> str:
    """Return what a flow brought or took, and by whose doing where that was more than one household's."""
    said = {"flow": entry_word(model, entry), "amount": words.signed(sign * entry.amount, account.unit)}
    who = [(words.people(model, one), part) for one, part in entry.by[:4] if part >= WORTH]
    names = [f"{name} {words.amount(part, account.unit)}" for name, part in who]
    return say("number.moved_by", people=", ".join(names), **said) if len(names) > 1 else say("number.moved", **said)


def _state_lines(account: StateAccount) -> list[str]:
    lines = []
    for pull in account.pulls[:MOST_REASONS]:
        text = words.signed(pull.amount, account.unit, True)
        if text[1:].split()[0] != "0":
            lines.append(say("number.pull", reason=pull.plain.rstrip("."), amount=text))
    return lines or [say("number.no_pull")]


def short_reason(session: Session, world: World, before: World, name: str, community: int | None) -> str:
    """Return in a few words what moved a matter last season, in the unit of its number: `regrowth +8 %, grazing -6 %`.

    What is told adds up to the change of the number as a player reads it: of
    many causes the smaller ones are told as one, but never what people did.
    """
    model = session.model
    if not model.stocks[name].matter:
        return ""
    account = why_flows(model, world, name, Place(community=community), before)
    entries = [(entry, entry.amount) for entry in account.feeds] + [(entry, -entry.amount) for entry in account.drains]
    entries.sort(key=lambda pair: -abs(pair[1]))
    scale, unit, step, change = _as_told(session, world, before, name, community)
    exact = [scale * moved / step for _, moved in entries]
    rounded = _rounded_to(exact, round(change / step))
    parts = [(entry, part * step) for (entry, _), part in zip(entries, rounded, strict=True) if part]
    if not parts:
        return ""
    deeds = [part for part in parts[TOLD:] if part[0].name == BY_HAND]
    left = [part for part in parts[TOLD:] if part not in deeds]
    chosen = [*parts[:TOLD], *deeds, *(left if len(left) == 1 else [])]
    told = [(entry_word(model, entry), moved) for entry, moved in chosen]
    rest = change - sum(moved for _, moved in told)
    if abs(rest) > 0.5 * step:
        told = [*told, (say("number.the_rest"), rest)]
    moving = [(word, moved) for word, moved in told if abs(moved) > 0.5 * step]
    return ", ".join(f"{word} {moved:+.{0 if step == 1.0 else 1}f} {unit}".rstrip() for word, moved in moving)


def _rounded_to(exact: list[float], total: int) -> list[int]:
    """Return numbers rounded so that they add up to a total where that takes no part more than one from its own.

    Those that lie nearest to the other whole number are rounded the other way (largest remainder, Hamilton 1792).
    """
    whole = [round(one) for one in exact]
    missing = total - sum(whole)
    way = 1 if missing > 0 else -1
    nearest = sorted(range(len(exact)), key=lambda place: -way * (exact[place] - whole[place]))
    if abs(missing) <= sum(1 for place in nearest if way * (exact[place] - whole[place]) > 0.0):
        for place in nearest[: abs(missing)]:
            whole[place] += way
    return whole


def _as_told(
    session: Session, world: World, before: World, name: str, community: int | None
) -> tuple[float, str, float, float]:
    """Return how a number is told: how many of its units one unit of its books is, the unit, its step, its change."""
    model, plan, unit = session.model, session.model.stocks[name], session.model.level.stocks[name].unit
    if plan.place == "tile":
        was, now = (on_land(model, each, name) for each in (before, world))
        scale = 1.0 / max(1.0, live_tiles(model, world, name))
        if in_hundredths(model, name):
            return 100.0 * scale, "%", 1.0, float(round(100 * now) - round(100 * was))
    else:
        was, now = (float(each.stock[name][community or 0, 0, 0, 0, 0]) for each in (before, world))
        scale = 1.0
    finer = words.amount(max(was, now), unit).rpartition(" ")[2]
    if finer != unit and finer in ("g", "kg"):
        return 1000.0 * scale, finer, 1.0, float(round(1000 * now) - round(1000 * was))
    return scale, unit, 0.1, round(now, 1) - round(was, 1)
