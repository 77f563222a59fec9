"""What the report tells of the people of a level: when games are decided, what seasons ask, how people answer."""

from __future__ import annotations

from typing import Any

from game.lab.balance_words import asked_by, frozen_words, takings_words
from game.lab.bars import Measured, counted
from game.run.answers_told import LEAST_MORE, LEAST_VISIBLE, MOST_ROBBED, PeopleAnswer, PersonAnswer
from game.run.tension import CONTINUATIONS, LEAST_ASKING, Tension


def tension_facts(found: Tension) -> dict[str, Any]:
    """Return what the template needs to tell when games are decided."""
    return {
        "partner": found.partner,
        "runs": found.runs,
        "continuations": CONTINUATIONS,
        "decided": Measured(found.decided, found.decided, found.decided, None, found.most_decided),
        "stays_open": found.stays_open,
        "most_decided": found.most_decided,
        "why": found.why,
        "seasons": list(found.by_season),
        "asking": counted(found.asking, found.seasons, LEAST_ASKING),
        "asks": found.asks,
        "least_asking": LEAST_ASKING,
        "asked_by": asked_by(found),
    }


def people_facts(found: PeopleAnswer, names: dict[str, str]) -> dict[str, Any]:
    """Return what the template needs to tell how people answer; `names` are those of the communities."""
    kept = found.friends
    return {
        "runs": found.runs,
        "people": [_person(one, names.get(one.person) or one.person) for one in found.people],
        "least_more": LEAST_MORE,
        "least_visible": LEAST_VISIBLE,
        "friends": counted(kept.takings, kept.seasons, None, MOST_ROBBED),
        "most_robbed": MOST_ROBBED,
        "friend_seasons": kept.seasons,
        "for_need": kept.for_need,
        "friend_takings": kept.takings,
        "kept": kept.kept,
    }


def _person(one: PersonAnswer, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "answers": one.answers,
        "more": counted(one.more, one.games, LEAST_MORE) if one.games else None,
        "takings": takings_words(one),
        "frozen": counted(one.frozen_more, one.frozen_games) if one.games else None,
        "frozen_words": frozen_words(one),
        "visible": counted(one.visible_seasons, one.open_seasons, LEAST_VISIBLE),
        "acts": one.acts,
        "tempers": f"{one.tempers_differ} of {one.temper_games} games",
    }
