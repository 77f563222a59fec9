"""What the table asks of the cards of a view."""

from __future__ import annotations

from collections.abc import Sequence

from game.playing.shown import Data
from game.telling.say import say


def card_named(cards: Sequence[Data], name: object) -> Data | None:
    """Return the card of an action by its id; None where there is none."""
    return next((card for card in cards if card["id"] == name), None)


def open_options(card: Data) -> list[Data]:
    """Return the targets of a card that are possible now."""
    return [option for option in card["options"] if not option["obstacle"]]


def best_options(card: Data) -> list[Data]:
    """Return the few targets where it would do most now, best first."""
    found = {option["id"]: option for option in card["options"]}
    return [found[name] for name in card["best"]]


def option_named(cards: Sequence[Data], name: object) -> Data | None:
    """Return an option by its id; None where there is none."""
    return next((option for card in cards for option in card["options"] if option["id"] == name), None)


def missed(card: Data, option: Data | None, homes: set[str]) -> str:
    """Return why a card cannot be done where it was put, or where it goes; `homes` are the ids of all households."""
    if option is not None:
        return say("decide.not_possible", card=card["name"], reason=option["obstacle"].rstrip("."))
    if any(one["tiles"] is not None for one in card["options"]):
        return say("decide.not_on_home", card=card["name"])
    at_homes = any(one["target"] in homes for one in card["options"])
    return say("decide.not_on_ground" if at_homes else "decide.choose_below", card=card["name"])
