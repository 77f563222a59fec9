"""Cards come a few at a time: a game opens with six, each season brings two more, and a sentence says what is new.

Nothing is forbidden by it: what is not dealt yet only does not lie in the
hand.  The order is that of the level, the kinds of power in turn, first what
is possible from the start.  What a player has planned or tried, what the note
of a guided level names, and what a neighbour is known to want is dealt at once.
"""

from __future__ import annotations

from typing import Any

from game.insight.reasons import could
from game.playing.branches import Course
from game.playing.cards import MODES, ActionCard, cards_of
from game.playing.finish import all_stand
from game.playing.guide import Guide
from game.playing.households import need_of
from game.playing.session import Session
from game.playing.view_of_one import card_data
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
AT_FIRST, EACH_SEASON = 6, 2
IN_TURN = ("with", "over", "with", "over", "with", "neutral")


class Dealing:
    """What lies in the hand of one game."""

    def __init__(self, session: Session, guide: Guide) -> None:
        self.session, self.guide = session, guide
        self._start: list[ActionCard] | None = None
        self._answering: set[str] = set()  # cards for what neighbours were known to want: they stay in the hand

    @property
    def start(self) -> list[ActionCard]:
        """The cards as the game began, in the order in which they are dealt."""
        if self._start is None:
            found = cards_of(self.session, Course(self.session).world(0))
            self._start = [*_in_turn([one for one in found if one.open_options]),
                           *_in_turn([one for one in found if not one.open_options])]  # fmt: skip
        return self._start

    def told(self) -> Data:
        """Return the ids of the cards that are dealt, those that came this season, and what is said of them.

        `all_stand` says whether every goal stands as things are.
        `places` are all cards in the order in which they lie, the same in the whole game: first those that a game
        opens with, then the others, force before partnering before the rest.
        """
        season = self.session.world.season
        names = [one.name for one in self.start]
        dealt, before = (names[: AT_FIRST + EACH_SEASON * seasons] for seasons in (season, max(0, season - 1)))
        fresh = [one for one in dealt if one not in before] if season else []
        chosen = {self.session.model.candidates[one].action for one in self.session.plan}
        wanted = chosen | self._tried() | self._noted() | self._for_wants()
        cards = [one for one in names if one in dealt or one in wanted]
        places = sorted(self.start[:AT_FIRST], key=_kind) + sorted(self.start[AT_FIRST:], key=_kind)
        return {
            "cards": cards,
            "fresh": fresh,
            "places": [one.name for one in places],
            "note": self._note(fresh, chosen),
            "all_stand": all_stand(self.session.model, self.session.world),
        }

    def _tried(self) -> set[str]:
        mine = (one for one in self.session.tried if one.seat == self.session.seat)
        return {self.session.model.candidates[one.candidate].action for one in mine}

    def _for_wants(self) -> set[str]:
        """Return the cards for what a neighbour is known to want now or was before."""
        model = self.session.model
        for other in range(len(model.layout.communities)):
            need = None if other == self.session.me else need_of(self.session, other)
            if need is not None and need.known:
                self._answering |= {one.name for one in self.start if one.title in need.cards}
        return self._answering

    def _noted(self) -> set[str]:
        named = set(self.guide.text().split("*")[1::2])
        return {one.name for one in self.start if one.title in named}

    def _note(self, fresh: list[str], chosen: set[str]) -> str:
        """Return what is asked before the first plan, later what is new; nothing once it was answered or taken up."""
        if self.session.model.level.kind == "model":
            return ""
        if self.session.world.season == 0:
            return "" if chosen else self._question()
        if all_stand(self.session.model, self.session.world) and not self.session.may_finish:
            return say("dealing.all_stand")
        new = [one for one in self.start if one.name in fresh and one.name not in chosen and self._can(one.name)]
        # Between stars it would be lit as what to press: force is told of, and not advised.
        titles = (one.title if one.mode == "over" else f"*{one.title}*" for one in new[:1])
        return " ".join(say("dealing.new", card=title) for title in titles)

    def _can(self, action: str) -> bool:
        """Return whether a card can be played somewhere as things stand, were there days enough for it."""
        model, world, seat = self.session.model, self.session.world, self.session.seat
        mine = (at for at, one in enumerate(model.candidates) if one.action == action)
        return any(could(model, world, seat, at) for at in mine)

    def _question(self) -> str:
        """Return the question of the first season: what is sure and at once, or what is slow and shared?"""
        sides = {mode: next((one for one in self.start if one.mode == mode and one.open_options), None)
                 for mode in ("over", "with")}  # fmt: skip
        force, partner = sides["over"], sides["with"]
        if force is None or partner is None:
            return ""
        brought = [one["text"] + " " + one["name"] for one in card_data(self.session, force)["options"][0]["brings"]
                   if one["text"]]  # fmt: skip
        sure = (
            say("dealing.sure", card=force.title, what=brought[0])
            if brought
            else say("dealing.at_once", card=force.title)
        )
        return say("dealing.first", sure=sure, partner=partner.title)


def _kind(card: ActionCard) -> int:
    return MODES.index(card.mode)


def _in_turn(cards: list[ActionCard]) -> list[ActionCard]:
    """Return cards with the kinds of power in turn, each kind in its order."""
    left = {mode: [one for one in cards if one.mode == mode] for mode in ("with", "over", "neutral")}
    found: list[ActionCard] = []
    while any(left.values()):
        for mode in IN_TURN:
            found += left[mode][:1]
            left[mode] = left[mode][1:]
    return found
