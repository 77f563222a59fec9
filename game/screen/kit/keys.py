"""Keys that have been given other letters: heard as what they mean, named as what they are."""

from __future__ import annotations

from collections.abc import Mapping

import pygame


class Keys:
    """What each letter means, from the letters at first and those that the player has chosen instead.

    Pages ask for the letters of before (`pygame.K_e` ends the season); another
    letter that was chosen is heard as that one, and one that has lost its
    meaning is heard as no key.
    """

    def __init__(self, at_first: Mapping[str, str], now: Mapping[str, str]) -> None:
        self._meant = {ord(old): 0 for old in at_first.values()}
        self._meant |= {ord(now[name]): ord(old) for name, old in at_first.items()}
        self.names = {old: now[name] for name, old in at_first.items()}  # the letter of before: the one of now

    def heard(self, event: pygame.event.Event) -> pygame.event.Event:
        """Return a key event as pages understand it."""
        meant = self._meant.get(event.key, event.key)
        return event if meant == event.key else pygame.event.Event(event.type, {**event.dict, "key": meant})
