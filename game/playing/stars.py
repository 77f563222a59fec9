"""The stars of a finished game: its goals, a light hand, a path of partnering never walked before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from game.insight.light_hand import LightHand, light_hand
from game.playing.background import PRESSED, Work
from game.playing.campaign import GOALS, LIGHT, PATH
from game.playing.codex import path_name, paths, texts
from game.playing.session import Session
from game.sim.units_told import unit_of
from game.sim.world import WON
from game.telling import words

MOST_HARM = 1 / 3  # of the good: a win with less harm to others is one of a light hand


@dataclass(frozen=True)
class StarLine:
    """One star: whether this game won it, what it means, and in a sentence why, or how to win it."""

    star: str
    won: bool
    name: str
    reason: str

    @property
    def means(self) -> str:
        """What it tells that this star was won, or was not, in a few words."""
        return str(texts()["stars"][self.star]["means" if self.won else "means_not"])


@dataclass(frozen=True)
class Tally:
    """The stars of one game, and how light its hand was."""

    lines: tuple[StarLine, ...]
    hand: LightHand

    @property
    def won(self) -> frozenset[str]:
        """The stars that this game won."""
        return frozenset(line.star for line in self.lines if line.won)


def counting(session: Session, new_paths: Collection[str], known: Collection[str]) -> Work[Tally]:
    """Count the stars in the background of a game, as that takes a second game; see `count_stars` for what is given."""
    game, new, old = session.game(), frozenset(new_paths), frozenset(known)

    def bits(work: Work[Tally]) -> Iterator[Tally | None]:
        yield _tally(session, light_hand(game, session.seats, work.ticks), new, old)

    return session.background.begin(bits, PRESSED, game.seasons + 1)


def count_stars(session: Session, new_paths: Collection[str], known: Collection[str]) -> Tally:
    """Return the stars of a game that is over.

    Parameters
    ----------
    session
        The game, which is over.
    new_paths
        The families of power-with that were walked in it for the first time.
    known
        All families that were ever walked, these included.
    """
    return _tally(session, light_hand(session.game(), session.seats), new_paths, known)


def _tally(session: Session, found: LightHand, new_paths: Collection[str], known: Collection[str]) -> Tally:
    won = int(session.world.outcome[0]) == WON
    said = texts()["stars"]
    goals = StarLine(GOALS, won, said[GOALS]["name"], said[GOALS]["won" if won else "how"])
    return Tally((goals, _light(session, won, found), _path(session, new_paths, known)), found)


def _light(session: Session, won: bool, found: LightHand) -> StarLine:
    said = texts()["stars"][LIGHT]
    is_light = found.ratio < MOST_HARM
    numbers = {"harm": "", "most": f"{100 * MOST_HARM:.0f}", "worst": ""}
    if found.worst is not None:
        numbers["worst"] = said["worst"].format(what=_what(session, *found.worst)) + " " + said["see"]
    if found.hungry:
        text = said["hungry"].format(who=words.joined([words.people(session.model, one) for one in found.hungry]))
    elif found.poorer:
        text = said["poorer"].format(who=words.joined([words.people(session.model, one) for one in found.poorer]))
    elif found.ratio == 0.0:
        text = said["unharmed"] if won else said["nothing"]
    elif found.ratio >= 1.0:
        text = said["only_harm"].format(**numbers)
    else:
        numbers["harm"] = f"{100 * found.ratio:.0f}"
        text = said["won" if won and is_light else "how" if won else "lost"].format(**numbers)
    return StarLine(LIGHT, won and is_light, said["name"], text + _in_store(session, found))


def _in_store(session: Session, found: LightHand) -> str:
    """Return who has how much more or less in store than without these deeds; told beside (`poorer` decides)."""
    if not found.stores:
        return ""
    told = []
    for name, one, amount in found.stores:
        what = words.signed(amount, unit_of(session.model, name))
        told.append(f"{words.whose(session.model, one, session.me)} {words.stock_word(session.model, name)} {what}")
    return " " + texts()["stars"][LIGHT]["stores"].format(what="; ".join(told))


def _what(session: Session, stock: str, community: int | None) -> str:
    word = words.stock_word(session.model, stock)
    return f"the {word}" if community is None else f"{words.whose(session.model, community, session.me)} {word}"


def _path(session: Session, new_paths: Collection[str], known: Collection[str]) -> StarLine:
    said = texts()["stars"][PATH]
    if new_paths:
        named = words.joined([path_name(one) for one in paths() if one in new_paths])
        return StarLine(PATH, True, said["name"], said["won"].format(paths=named))
    if set(paths()) <= set(known):
        return StarLine(PATH, True, said["name"], said["all"])
    waiting = {
        plan.spec.family: plan.spec.name or plan.name
        for plan in reversed(session.model.actions.values())
        if plan.spec.mode == "with" and plan.spec.family in paths() and plan.spec.family not in known
    }
    named = words.joined([f"{name} ({path_name(family)})" for family, name in sorted(waiting.items())][:3])
    return StarLine(PATH, False, said["name"], said["how"].format(**{"try": named}) if named else said["none"])
