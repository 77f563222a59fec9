"""What a level derives from its numbers, its auxiliaries, in the words of players: how much, by which rule, of what."""

from __future__ import annotations

from game.insight.terms import names_written
from game.language.nodes import COMMUNITY
from game.playing.session import Session
from game.sim.goals import frame_after_season
from game.sim.model import Model
from game.sim.observe import auxiliary_of, mean_of
from game.sim.units_told import unit_of
from game.sim.world import World
from game.telling import words
from game.telling.say import say


def whose(model: Model, name: str, me: int) -> int | None:
    """Return whose value of an auxiliary is shown to somebody: their own where it differs between communities."""
    return me if model.auxiliaries[name].axes == COMMUNITY else None


def derived(model: Model, world: World, name: str, community: int | None) -> float:
    """Return an auxiliary's value for a community, None for the mean over all places."""
    return float(auxiliary_of(model, frame_after_season(model, world), name, community)[0])


def told(session: Session, world: World, name: str) -> str:
    """Return an auxiliary's value with its unit."""
    value = derived(session.model, world, name, whose(session.model, name, session.me))
    return words.amount(value, unit_of(session.model, name), True)


def way(session: Session, name: str) -> int:
    """Return which way an auxiliary went last season: -1 down, 0 hardly, 1 up."""
    if session.last is None or told(session, session.last.before, name) == told(session, session.world, name):
        return 0
    before, now = (
        derived(session.model, world, name, whose(session.model, name, session.me))
        for world in (session.last.before, session.world)
    )
    return 1 if now > before else -1


def title(session: Session, name: str) -> str:
    """Return what an auxiliary is called, and whether it is the player's own."""
    word = words.stock_word(session.model, name)
    mine = whose(session.model, name, session.me) is not None
    return say("number.your", stock=word) if mine else word.capitalize()


def why_derived(session: Session, name: str) -> list[str]:
    """Return what an auxiliary is, by which rule, and what of all that its rule reads there is now."""
    model, item = session.model, session.model.level.auxiliaries[name]
    lines = [
        say("number.is", number=title(session, name), value=told(session, session.world, name)),
        item.plain,
        say("number.derived", rule=str(item.is_).replace("_", " ")),
    ]
    read = names_written(model.nodes["auxiliaries", name, "is"])
    parts = [_held(session, one) for one in read if one in model.stocks or one in model.auxiliaries]
    return [*lines, say("number.reads", parts=", ".join(parts))] if parts else lines


def _held(session: Session, name: str) -> str:
    """Return how much there is of a stock or an auxiliary: one's own, or the mean over all places."""
    model, word = session.model, words.stock_word(session.model, name)
    if name in model.auxiliaries:
        return say("word.held", stock=word, amount=told(session, session.world, name))
    own = model.stocks[name].place in ("community", "player")
    value = session.world.stock[name][session.me, 0, 0, 0] if own else mean_of(model, session.world, name)
    return words.held(model, name, float(value[0]), True)
