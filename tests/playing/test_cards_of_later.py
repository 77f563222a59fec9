"""A card names what its action brings some seasons later, on the land and to people."""

from __future__ import annotations

import pytest

from game.level.reader import parse_level
from game.playing.session import Session
from game.playing.view import view
from game.sim.model import Model, compile_level
from tests.sim.levels import level_text

BODY = """
stocks:
  posters: {at: tile, kind: state, range: [0, 1], start: 0, icon: scroll, plain: Posters.}
  mood: {at: community, kind: state, range: [0, 1], start: 0.5, plain: Mood.}
  dust: {at: tile, kind: state, range: [0, 1], start: 0, seen_when: mean(mood) > 2, plain: Dust.}
actions:
  hang: {mode: with, family: care, target: {tiles: ground, area: 1}, name: Hang, plain: H,
         later: [{of: posters, add: 0.5, after: 2, plain: They hang.}]}
  shout: {mode: over, family: take, target: me, name: Shout, plain: S,
          later: [{of: "mood[me]", add: -0.25, after: 3, plain: It echoes.}]}
  sweep: {mode: neutral, family: care, target: {tiles: ground, area: 1}, name: Sweep, plain: W,
          later: [{of: dust, add: 0.5, after: 1, plain: It settles.}]}
  cheer: {mode: with, family: care, target: me, name: Cheer, plain: C, now: [{of: mood, add: 0.25}],
          later: [{of: "mood[me]", add: -0.125, after: 1, plain: It wears off.}]}
"""


@pytest.fixture(scope="module")
def model() -> Model:
    text = level_text(BODY).replace("seasons: {", "seasons: {name: week, ")
    return compile_level(parse_level(text, "posters.yaml"))


def brought(model: Model, card: str) -> list[tuple[str, str, str]]:
    shown = view(Session(model, 0, 1, ("idle",)), parts=["cards"])["cards"]
    (found,) = (one for one in shown if one["id"] == card)
    return [(one["of"], one["name"], one["way"]) for one in found["options"][0]["brings"]]


def test_what_comes_to_the_land_later_is_named_with_when(model: Model) -> None:
    assert brought(model, "hang") == [("posters", "posters in 2 weeks", "up")]


def test_what_somebody_loses_later_is_named_as_less(model: Model) -> None:
    assert brought(model, "shout") == [("mood", "less mood in 3 weeks", "down")]


def test_what_nobody_sees_is_not_named(model: Model) -> None:
    assert brought(model, "sweep") == []


def test_what_comes_at_once_goes_before_what_comes_later(model: Model) -> None:
    assert brought(model, "cheer")[0] == ("mood", "mood", "up")
