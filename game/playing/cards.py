"""What could be done this season, as cards: every action with its targets, what each costs, promises and meets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.insight.reasons import Answer, Caution, Obstacle, answers, caution, why_not
from game.insight.watchfulness import Care, care_now
from game.playing.preview import too_often
from game.playing.session import Session
from game.playing.terms import Amount, amounts, candidates_at, on_the_table
from game.sim.effect_plans import AddEffect, MoveEffect
from game.sim.effects import carried
from game.sim.frame import Frame, along_worlds
from game.sim.model import Model
from game.sim.plans import ActionPlan, Candidate
from game.sim.possible import action_frame, cost_of
from game.sim.sight import unseen
from game.sim.totals import Floats
from game.sim.units_told import SHARE, unit_of
from game.sim.world import World
from game.telling import consent, words
from game.telling.say import say

MODES = ("over", "with", "neutral")
MOST_BUTTONS, BEST = 8, 3  # more places than these are chosen on the board; so many of them have buttons too
HARDLY = say("word.hardly_any")  # gain, where the number rounds to nothing
FAMILY_ICONS = {
    "take": "cow",
    "enclose": "fence",
    "force": "stick",
    "dialogue": "ear",
    "commons": "scale",
    "mutual_aid": "barn",
    "social_capital": "meal",
    "care": "heart",
    "learning_from_nature": "leaf",
    "facilitation": "boots",
    "personal_growth": "bed",
    "resonance": "knot",
    "emergence": "star",
}


@dataclass(frozen=True)
class Bring:
    """One thing that an action changes, as a card shows it beside a picture: which way, and how much if one knows."""

    of: str  # a stock or a flow
    name: str
    grows: bool
    text: str = ""  # `+1.3 t`; nothing where only the direction is known


@dataclass(frozen=True)
class Option:
    """One target of an action, with what it would cost and bring: in words, and as the numbers behind them."""

    candidate: int
    label: str
    cost: str
    days: float
    gain: str
    obstacle: str
    cautions: tuple[str, ...]
    answers: tuple[str, ...]
    declines: bool
    agrees: bool = False  # whether all who are asked would say yes
    helps: str = ""  # what grows by it, where no single number is promised
    worth: float = 0.0  # how much it would move, so that the best plots can be told
    moves: str = ""  # that in words, where no gain says it
    care: Care | None = None  # how much care using force calls for
    price: tuple[tuple[str, float], ...] = ()  # (stock, amount) of what it costs
    promise: float = 0.0  # how much of its aim it promises for next season
    hurdle: Obstacle | None = None  # what stands in its way
    warning: Caution | None = None  # whom and what using force touches
    said: tuple[Answer, ...] = ()  # what those who are asked would say
    choosable: bool = True  # whether it is a target of its own: not oneself, nor everybody where that is one other
    brings: tuple[Bring, ...] = ()  # what it changes most, the main thing first


@dataclass(frozen=True)
class ActionCard:
    """One action with all its targets."""

    name: str
    title: str
    plain: str
    mode: str
    icon: str
    targets: tuple[Option, ...]
    amounts: tuple[Amount, ...] = ()  # that its offer may be about
    open_term: str = ""  # what these amounts are of

    @property
    def options(self) -> tuple[Option, ...]:
        """The targets that one may choose between."""
        return tuple(option for option in self.targets if option.choosable)

    @property
    def open_options(self) -> tuple[Option, ...]:
        """The targets that are possible now."""
        return tuple(option for option in self.options if not option.obstacle)

    @property
    def settled_anew(self) -> bool:
        """Whether what is set is what stands, so that it can only be settled anew at another amount."""
        standing = {option.hurdle.kind for option in self.options if option.hurdle is not None} <= {"agreed", "settled"}
        return not self.open_options and standing and any(one.possible for one in self.amounts)

    @property
    def crowded(self) -> bool:
        """Whether there are so many places that they are chosen on the board, not from a list."""
        return len(self.options) > MOST_BUTTONS

    @property
    def best(self) -> tuple[Option, ...]:
        """The few places where it would do most now, best first."""
        return tuple(sorted(self.open_options, key=lambda option: -round(option.worth, 3))[:BEST])

    @property
    def reason(self) -> str:
        """Why nothing of it is possible, or nothing."""
        if self.settled_anew:
            return say("terms.anew", amount=next((one.text for one in self.amounts if one.chosen), ""))
        return "" if self.open_options else min((option.obstacle for option in self.options), key=len, default="")


def cards_of(session: Session, world: World) -> list[ActionCard]:
    """Return a card for every action of the level, as things stand after the present plan."""
    shares: dict[str, Floats] = {}
    return [_card(session, world, session.model.actions[name], shares) for name in in_hand(session.model)]


def in_hand(model: Model) -> list[str]:
    """Return the actions of a level in the order of their cards."""
    return [plan.name for mode in MODES for plan in model.actions.values() if plan.spec.mode == mode]


def card_of(session: Session, world: World, name: str, shares: dict[str, Floats] | None = None) -> ActionCard | None:
    """Return the card of one action; None where the level has none of this name.

    `shares` holds what other cards of the same world have found out about ground, and takes what this one does.
    """
    plan = session.model.actions.get(name)
    return None if plan is None else _card(session, world, plan, {} if shares is None else shares)


def _card(session: Session, world: World, plan: ActionPlan, shares: dict[str, Floats]) -> ActionCard:
    return ActionCard(
        plan.name,
        plan.spec.name or plan.name.replace("_", " "),
        plan.spec.plain,
        plan.spec.mode,
        plan.spec.icon or FAMILY_ICONS.get(plan.spec.family, "person"),
        tuple(
            _option(session, world, plan, index, shares)
            for index in candidates_at(session.model, world, plan, on_the_table(session, world, plan))
        ),
        amounts(session, world, plan),
        plan.spec.terms[plan.term].plain if plan.term else "",
    )


def _option(session: Session, world: World, plan: ActionPlan, index: int, shares: dict[str, Floats]) -> Option:
    model, seat = session.model, session.seat
    candidate = model.candidates[index]
    obstacle = too_often(model, session.plan, index) or why_not(model, world, seat, index)
    # With one neighbour, everybody is that neighbour.
    doubled = bool(plan.circle) and candidate.target < 0 and len(model.layout.communities) == 2
    doubled = doubled and candidate.amount is None  # another amount is offered to all, be they only one
    choosable = not doubled and (obstacle is None or obstacle.kind != "self")
    frame = action_frame(model, world, seat, index, shares)
    pairs = [(stock, float(amount[0])) for stock, amount in cost_of(model, frame, plan)]
    days = sum(amount for stock, amount in pairs if stock == session.roles.days)
    said = answers(model, world, seat, index, knowing=session.world)
    heard = said if obstacle is None else []
    warned = plan.spec.mode == "over" and obstacle is None
    warning = caution(model, world, seat, index) if warned else None
    ground = getattr(plan.spec.target, "tiles", "ground")
    label = words.place_name(model, candidate) or (say("word.everybody") if plan.circle else "")
    worth, gain, moves = (0.0, "", "") if obstacle else _brings(model, plan, candidate, frame)
    promised = plan.gain is not None and obstacle is None
    helps = _helps(model, plan, frame, _allows_more(model, world, plan, candidate))
    coming = [] if obstacle else _comes_later(model, world, plan, candidate, frame)
    return Option(
        index,
        label,
        words.costs(model, pairs),
        days,
        gain,
        words.obstacle(model, obstacle) if obstacle else "",
        tuple(words.caution(model, warning, ground)) if warning else (),
        tuple(consent.answers(model, heard, True)),
        bool(heard) and not any(one.yes for one in heard),
        bool(heard) and all(one.yes for one in heard),
        "" if gain or obstacle else ", ".join(list(dict.fromkeys(one.name for one in (*helps, *coming)))[:2]),
        worth,
        moves,
        care_now(model, world, seat, candidate) if warned else None,
        tuple(pairs),
        _promise(model, plan, frame) if promised else 0.0,
        obstacle,
        warning,
        tuple(said),
        choosable,
        () if obstacle else _main_changes(model, plan, candidate, frame, helps, coming),
    )


def _promise(model: Model, plan: ActionPlan, frame: Frame) -> float:
    """Return what an action promises for next season: what it carries home at once, else by its own reckoning.

    By their reckoning scripts weigh one action against another, so a level may write more or less there.
    """
    assert plan.gain is not None and plan.spec.aim
    home, found = (plan.spec.aim.of, ("me",)), []
    for effect in plan.now:
        if isinstance(effect, MoveEffect) and home in (effect.source, effect.target):
            amount = carried(model, frame.world, frame, effect)
            found.append(None if amount is None else float(np.max(amount)) * (1.0 if effect.target == home else -1.0))
    if found and None not in found:
        return sum(one for one in found if one is not None)
    return float(along_worlds(np.asarray(plan.gain(frame)), 1)[0])


def _brings(model: Model, plan: ActionPlan, candidate: Candidate, frame: Frame) -> tuple[float, str, str]:
    """Return how much an action would bring or move on its land, what it promises, and else what it moves."""
    if plan.gain is not None and plan.spec.aim:
        value = _promise(model, plan, frame)
        aim = plan.spec.aim.of
        unit, word = unit_of(model, aim), words.stock_word(model, aim)
        share = f"{words.signed(value, unit, True)} {word}"
        gain = share if unit == SHARE else words.counted(model, value, aim, sign=True, percents=True)
        return value, f"{HARDLY} {word}" if words.is_nothing(gain) else gain, ""
    for effect in plan.now:
        if isinstance(effect, MoveEffect) and effect.amount is not None and candidate.tiles is not None:
            stock = next(one for one, _ in (effect.target, effect.source) if one in model.stocks)
            value = float((np.asarray(effect.amount(frame)) * candidate.tiles).sum())
            return value, "", words.counted(model, value, stock, sign=True)
    return 0.0, "", ""


def _allows_more(model: Model, world: World, plan: ActionPlan, candidate: Candidate) -> bool:
    """Return whether an agreement that stands would be settled anew so that it allows more than now."""
    if candidate.amount is None or not plan.sets:
        return False
    allowed = []
    for amount in (world.term[plan.name], np.full((1, 1, 1, 1, 1), candidate.amount)):
        frame = Frame(model.layout, world, members=world.member[plan.name], terms={plan.term: amount})
        allowed.append(float(np.mean(np.asarray(plan.sets[0][1](frame)))))
    return bool(world.member[plan.name].any()) and allowed[1] > allowed[0]


def _main_changes(
    model: Model, plan: ActionPlan, candidate: Candidate, frame: Frame, helps: list[Bring], coming: list[Bring]
) -> tuple[Bring, ...]:
    """Return the few things that a card shows: what is promised or moved with its number, else what grows or falls."""
    if plan.gain is not None and plan.spec.aim:
        value, aim = _promise(model, plan, frame), plan.spec.aim.of
        text = words.signed(value, unit_of(model, aim), True)
        if not words.is_nothing(text):
            return (Bring(aim, words.stock_word(model, aim), value >= 0.0, short_number(text)),)
    moved = _moved(model, plan, candidate, frame)
    found = [one for one in moved if one.grows]
    for effect in plan.now:
        if isinstance(effect, AddEffect) and effect.amount is not None and not helps:
            value = float(np.mean(np.asarray(effect.amount(frame))))
            text = words.signed(value, unit_of(model, effect.stock), True)
            number = "" if model.stocks[effect.stock].high <= 1.0 or words.is_nothing(text) else short_number(text)
            found.append(Bring(effect.stock, words.stock_word(model, effect.stock), value >= 0.0, number))
    sources = {flow.name: flow.source for flow in model.flows}
    for one in helps:
        # Less of what draws from a stock is more of the stock.
        source = sources.get(one.of, "")
        found.append(Bring(source, words.stock_word(model, source), not one.grows) if source in model.stocks else one)
    # What is given goes after what it brings, and what comes later after what comes at once.
    found += [one for one in moved if not one.grows] + coming
    return tuple({one.of: one for one in reversed(found)}.values())[::-1][:2]


def _moved(model: Model, plan: ActionPlan, candidate: Candidate, frame: Frame) -> list[Bring]:
    """Return which matter an action moves, as far as it is on the land, common to all or of whoever acts."""
    found = []
    for effect in plan.now:
        if not isinstance(effect, MoveEffect) or effect.amount is None:
            continue
        amount = np.asarray(effect.amount(frame))
        on_land = candidate.tiles is not None and any(
            stock in model.stocks and model.stocks[stock].place == "tile" for stock, _ in (effect.source, effect.target)
        )
        total = float((amount * candidate.tiles).sum() if on_land else np.max(amount))
        for (stock, whose), sign in ((effect.target, 1.0), (effect.source, -1.0)):
            if stock in model.stocks and whose in ((), ("me",)):
                unit = unit_of(model, stock)
                text = words.signed(sign * total, unit, True)
                if not words.is_nothing(text):
                    number = "" if on_land and unit == SHARE else short_number(text)  # shares of tiles add up to none
                    found.append(Bring(stock, words.stock_word(model, stock), sign * total > 0.0, number))
    return found


def _comes_later(model: Model, world: World, plan: ActionPlan, candidate: Candidate, frame: Frame) -> list[Bring]:
    """Return what an action brings some seasons later, with when in its name; nothing of what nobody sees."""
    hidden, found = unseen(model, world), []
    for item in plan.later:
        amount = np.asarray(item.amount(frame))
        if item.on_tiles and candidate.tiles is not None:
            amount = amount * candidate.tiles
        total = float(amount.sum())
        if total != 0.0 and item.stock not in hidden:
            told = say("word.later", what=words.stock_word(model, item.stock), wait=words.turns(item.after))
            found.append(Bring(item.stock, told if total > 0.0 else say("word.less", flow=told), total > 0.0))
    return found


def short_number(text: str) -> str:
    """Return a number as it stands beside a picture: a unit of several letters is left to the picture."""
    number, _, unit = text.partition(" ")
    return text if len(unit) <= 2 else number


def _helps(model: Model, plan: ActionPlan, frame: Frame, allows_more: bool) -> list[Bring]:
    """Return what an action makes more of, or less where that is what it is for."""
    found: list[Bring] = []
    limits = plan.spec.lasts.limits if plan.spec.lasts else None
    for flow in (limits,) if isinstance(limits, str) else limits or ():
        word = words.stock_word(model, flow)
        told = say("word.more", flow=word) if allows_more else say("word.less", flow=word)
        found.append(Bring(flow, told, allows_more))
    for effect in plan.now:
        if isinstance(effect, AddEffect) and effect.amount is not None:
            grows = float(np.mean(np.asarray(effect.amount(frame)))) > 0.0
            bad = model.level.stocks[effect.stock].conflict
            if grows != bool(bad):
                named = say("word.peace") if bad else words.stock_word(model, effect.stock)
                found.append(Bring(effect.stock, named, grows))
    # What an agreement does later cannot be worked out now; only its name is told.
    found += [
        Bring(effect.stock, words.stock_word(model, effect.stock), True)
        for effect in plan.each_season
        if isinstance(effect, AddEffect) and not model.level.stocks[effect.stock].conflict
    ]
    return found
