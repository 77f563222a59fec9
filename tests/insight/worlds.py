"""Small worlds whose numbers can be worked out by hand."""

from __future__ import annotations

from game.level.reader import parse_level
from game.sim.model import Model, compile_level

TEXT = """
format: 1
title: By hand
seasons: {count: 10, ticks: 4}
seats: [ash, elm]
terrains: {meadow: {plain: Grass.}, homestead: {plain: A house.}}
needs: {calm: {plain: Quiet.}, news: {plain: News.}}
wants: {drift: [calm, news], every: 900..900, known_by: known}
communities: {ash: {name: The Ashes, herd: 2}, elm: {name: The Elms, herd: 6, grievance: 0.25}}
map:
  legend: {".": {terrain: meadow, users: [ash, elm]}, "A": {home: ash}, "E": {home: elm}}
  rows: |
    A..E
    ....
stocks:
  grass: {at: tile, kind: matter, unit: t, range: [0, 10], start: 5, on: [meadow], living: 5, plain: Grass.}
  hay: {at: community, kind: matter, unit: t, range: [0, 100], start: 10, plain: Hay.}
  seed: {at: world, kind: matter, unit: t, range: [0, 100], start: 0, plain: Seed.}
  herd: {at: community, kind: state, unit: animals, range: [0, 60], start: 2, plain: Animals.}
  grievance: {at: community, kind: state, range: [0, 1], start: 0, conflict: true, plain: Wrongs.}
  days: {at: player, kind: state, unit: days, range: [0, 6], start: 4, plain: Days.}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.25, plain: Trust.}
  known: {at: [community, community], kind: state, range: [0, 1], start: 0, plain: Known.}
flows:
  growing: {from: outside, to: grass, plain: It grows., rate: 0.5}
  grazing: {from: grass, to: hay, per: community, where: "uses(community, tile)", rate: herd / 6, plain: They graze.}
  eating: {from: hay, to: outside, rate: 0.5 * herd, plain: They eat.}
  sowing: {from: hay, to: seed, rate: 0.125, delay: 3, plain: Some becomes seed.}
influences:
  brooding: {of: grievance, change: "0.125 * herd / 8 - 0.25 * grievance + 0.03125", plain: They brood.}
resistance: {weight: "1 + grievance", protest: "clamp(grievance, 0, 0.9)", plain: They resist.}
actions:
  buy: {mode: over, family: take, target: me, limit: 2, cost: {days: 1, hay: 2}, plain: Buy., now: [{of: herd, add: 2}],
        later: [{of: herd, add: 1, after: 3, plain: A calf.}], aim: {of: hay, gain: 1}}
  fence: {mode: over, family: enclose, target: {tiles: meadow, area: 2}, cost: {days: "1 + 0.5 * resisting"},
          blocked_by: protest, plain: Fence., when: "season < 9", when_plain: Too late in the game.,
          now: [{set: users, to: me}]}
  listen: {mode: with, family: dialogue, target: community, cost: {days: 1}, plain: Ask.,
           now: [{of: "known[target, me]", add: 0.5}, {of: "trust[target, me]", add: 0.25}]}
  soothe: {mode: with, family: care, target: community, cost: {days: 1}, plain: Soothe.,
           now: [{of: "grievance[target]", add: -0.125}]}
  agree: {mode: with, family: commons, target: {communities: 2..6}, cost: {days: 1}, meets: [calm], plain: Agree.,
          accepts: "trust + 0.5 * known - grievance + 0.125 * fits > 0.375", lasts: {seasons: 4}}
objective: mean(grass)
goals: [{id: green, plain: Green., hold: mean(grass) > 1, in_a_row: 2, at: end}]
"""


def model() -> Model:
    """Return the model by hand."""
    return compile_level(parse_level(TEXT, "by_hand.yaml"))


def candidate(model: Model, action: str, label: str = "") -> int:
    """Return the index of an action with its target."""
    return next(
        index
        for index, one in enumerate(model.candidates)
        if one.action == action and (not label or one.label == label)
    )
