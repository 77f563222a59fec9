"""What a player sees before deciding: the banner, the board, goals and neighbours, and what could be done."""

from __future__ import annotations

from typing import Any

from game.playing.shown import Shown
from game.telling import words
from game.telling.say import say
from game.terminal.board import Board
from game.terminal.paint import WIDTH, Style, beside, wrap

SIDE = 25  # columns of the panel beside the board
ALARM = 0.6  # a dial beyond this is painted red
Data = dict[str, Any]  # of `game.playing.view.view`


class View:
    """Turns what one may see of a session into lines of text."""

    def __init__(self, game: Shown, style: Style) -> None:
        self.game, self.style = game, style
        self.board = Board(self.shown("board", "households"), style)

    def shown(self, *parts: str) -> Data:
        """Return parts of the game as the person whose turn it is sees it."""
        return {part: self.game[part] for part in parts}

    @property
    def me(self) -> Data:
        """The household of the person whose turn it is."""
        return next(one for one in self.game["households"] if one["mine"])

    def season(self) -> list[str]:
        """Return everything up to the list of actions."""
        shown = self.shown("banner", "facts", "signs", "board", "goals", "dials", "households")
        lines = ["", *self._banner(shown), ""]
        map_lines = self.board.lines(shown)
        panel = [*self._goals(shown, SIDE), "", *self._dials(shown), "", *self._neighbours(shown, SIDE)]
        if self.board.has_room_beside:
            lines += beside(map_lines, panel, self.board.width)
        else:
            lines += [*map_lines, "", *panel]
        return [*lines, *self.board.legend(shown)]

    def map(self) -> list[str]:
        """Return the board alone with its legend."""
        shown = self.shown("board", "households")
        return [*self.board.lines(shown), *self.board.legend(shown)]

    def banner(self) -> list[str]:
        """Return the state of things in three or four lines."""
        return self._banner(self.shown("banner", "facts", "signs"))

    def goals(self, width: int) -> list[str]:
        """Return the goals with how long each has held."""
        return self._goals(self.shown("goals"), width)

    def dials(self) -> list[str]:
        """Return the three dials, each with an arrow."""
        return self._dials(self.shown("dials"))

    def _banner(self, shown: Data) -> list[str]:
        now = shown["banner"]
        told = {"season": now["season"], "seasons": now["seasons"]}
        name = now["season_name"]
        place = say("banner.season", name=name, **told) if name else say("banner.season_alone", **told)
        lines = [self.style.paint(place, "bold"), *wrap(_household(now)), *wrap(_watched(now, shown["facts"]))]
        signs = [line for one in shown["signs"] for line in wrap(_sign(one), hang="  ")]
        return lines + [self.style.paint(line, "yellow") for line in signs]

    def _goals(self, shown: Data, width: int) -> list[str]:
        lines = [self.style.paint(say("goals.title"), "bold")]
        for goal in shown["goals"]:
            done = goal["reached"]
            lines += wrap(goal["plain"], width, f"{'*' if done else '-'} ", "  ")
            if goal["needed"] > 1:
                so_far, needed = min(goal["streak"], goal["needed"]), words.turns(goal["needed"])
                held = say("goals.held", held=so_far, seasons=needed)
                lines.append(self.style.paint(f"  {held}", "green" if done else "yellow"))
        return lines

    def _dials(self, shown: Data) -> list[str]:
        lines = [f"{self.style.paint(say('dials.title'), 'bold')}  {say('dials.note')}"]
        arrows = {0: self.style.sign("→", "="), 1: self.style.sign("↑", "+"), -1: self.style.sign("↓", "-")}
        for dial in shown["dials"]:
            text = f"{dial['name']:<14}{100 * dial['value']:>3.0f} {arrows[dial['way']]}"
            lines.append(self.style.paint(text, "red") if dial["value"] >= ALARM else text)
        return lines

    def _neighbours(self, shown: Data, width: int) -> list[str]:
        """Return how the others feel, and what they need as far as the player knows."""
        lines = [f"{self.style.paint(say('neighbours.title'), 'bold')}  {say('neighbours.note')}"]
        for one in shown["households"]:
            lines += [] if one["mine"] else _neighbour(one, width)
        return lines

    def who(self) -> list[str]:
        """Return all there is to know about everybody."""
        lines = []
        shown = self.shown("households", "neighbours")
        told = {one["household"]: [*one["did"], *one["change"]] for one in shown["neighbours"]}
        for one in shown["households"]:
            name = say("who.you", household=one["name"]) if one["mine"] else one["name"]
            lines.append(self.style.paint(f"{one['letter']} {name}", "bold"))
            lines += wrap(_facts(one), WIDTH, "  ", "  ")
            if not one["mine"]:
                lines += [f"  {line}" for line in _neighbour(one, 40)[1:]]
                known = one["need"] is not None and one["need"]["known"]
                lines += wrap(one["need"]["plain"] or "", WIDTH, "  ", "  ") if known else []
                for line in told.get(one["id"], ()):
                    lines += wrap(line, WIDTH, "  ", "    ")
        return lines


def _watched(now: Data, facts: list[Data]) -> str:
    """Return the numbers that the window shows too, but for those of the household; nothing where none is left."""
    has = {one["stock"] for one in now["has"]}
    told = [_fact(one) for one in facts if one["stock"] not in has]
    return say("banner.watched", facts="; ".join(told)) if told else ""


def _fact(one: Data) -> str:
    if one["detail"]:
        return say("banner.fact_more", title=one["title"], value=one["value"], detail=one["detail"])
    return say("banner.fact", title=one["title"], value=one["value"])


def _household(now: Data) -> str:
    """Return what the player has: the barn against its need, animals, days, rest."""
    parts = []
    for one in now["has"]:
        needs = one["needed"]
        parts.append(say("banner.has_and_needs", has=one["held"], need=needs) if needs else one["held"])
    household = words.within(now["household"])
    told = [
        say("banner.household", household=household, has=", ".join(parts))
        if parts
        else say("banner.household_alone", household=household)
    ]
    if now["days"]:
        told.append(say("banner.days", days=now["days"]["text"]))
    if now["rested"]:
        told.append(say("banner.rest", word=now["rested"], rest=f"{now['rest']:.2f}"))
    return " ".join(told)


def _sign(one: Data) -> str:
    """Return what is announced for this season, or what still lasts."""
    if not one["here"]:
        return f"! {one['text']}"
    seasons = words.turns(one["left"], more=True)
    return f"! {say('banner.event_lasts', event=one['name'], plain=one['plain'], seasons=seasons)}"


def _neighbour(one: Data, width: int) -> list[str]:
    name = f"{one['letter']} {one['short']}"
    parts = []
    if one["mood"]:
        parts.append(one["mood"] + ("" if one["grievance"] is None else f" {one['grievance']:.2f}"))
    if one["need"] is not None:
        old = one["need"]["since"] is not None
        parts.append(say("neighbours.wanted" if old else "neighbours.wants", need=one["need"]["name"] or "?"))
    if one["trust"] is not None:
        trust = say("neighbours.trust", trust=f"{one['trust']:.2f}")
        name = f"{name:<{width - 11}} {trust}"
    return [name, *wrap(", ".join(parts), width, "  ", "  ")]


def _facts(one: Data) -> str:
    parts = [has["held"] for has in one["has"]]
    if one["trust"] is not None and one["trusted"] is not None:
        parts.append(say("who.trusts_you", trust=f"{one['trust']:.2f}"))
        parts.append(say("who.you_trust", trust=f"{one['trusted']:.2f}"))
    agreed = [agreement["name"] for agreement in one["agreements"]]
    facts = ", ".join(parts)
    return say("who.agreements", facts=facts, agreements=", ".join(agreed)) if agreed else facts
