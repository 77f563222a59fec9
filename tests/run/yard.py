"""The smallest level with people: two neighbours, who may lend a hand, agree, take bread, or sweep their house."""

from __future__ import annotations

from game.level.reader import parse_level
from game.level.schema import Level

YARD = """
title: A yard
terrains: {ground: {plain: Ground.}}
stocks:
  bread: {at: community, kind: matter, unit: kg, range: [0, 400], start: 60, varies: 0.2, plain: Bread.,
          unbalanced: a test}
  hurt: {at: community, kind: state, range: [0, 1], start: 0.1, varies: 0.5, conflict: true, plain: How wronged.,
         unbalanced: a test}
  trust: {at: [community, community], kind: state, range: [0, 1], start: TRUST, plain: Trust., unbalanced: a test}
  calm: {at: world, kind: state, range: [0, 1], start: 0, plain: How calm it is., unbalanced: a test}
  effort: {at: player, kind: state, range: [0, 2], start: 2, plain: Days., unbalanced: a test}
  rest: {at: player, kind: state, range: [0, 1], start: 0.8, plain: Rest., unbalanced: a test}
flows:
  baking: {from: outside, to: bread, rate: 10, plain: They bake.}
  eating: {from: bread, to: outside, rate: 10, plain: They eat.}
influences:
  days: {of: effort, once: season, change: "2 - effort", plain: A new day.}
  tired: {of: rest, once: season, change: "-0.02 * met(eating)", plain: Work.}
actions:
  sit: {mode: neutral, family: rest, target: me, cost: {effort: 1}, plain: Sit down., now: [{of: "rest[me]", add: 0.1}]}
  help: {mode: with, family: care, target: community, cost: {effort: 1}, plain: Lend a hand.,
         now: [{of: "trust[target, me]", add: 0.1}, {of: "hurt[target]", add: -0.1}]}
  grab: {mode: over, family: force, target: community, cost: {effort: 1}, plain: Take their bread.,
         now: [{move: {from: "bread[target]", to: "bread[me]", amount: TAKES}}, {of: "hurt[target]", add: 0.2},
               {of: "trust[target, me]", add: -0.2}],
         aim: {of: bread, gain: "min(TAKES, bread[target])"}}
  pact: {mode: with, family: commons, target: {communities: 2..2}, cost: {effort: 1}, plain: Agree to be calm.,
         accepts: "trust > 0.4", lasts: {seasons: 2, while: "mean(trust, partners) > 0"},
         each_season: [{of: calm, add: 0.2}, {of: hurt, add: -0.02}]}
  sweep: {mode: over, family: craft, target: me, cost: {effort: 1}, plain: Sweep the house.,
          now: [{of: "hurt[me]", add: 0}]}
seasons: {count: 12, ticks: 4}
communities: {us: {name: Us}, you: {name: You}}
seats: [us, you]
people: {you: {name: Yves, temper: {fair: 0.6, bold: 0.8, patient: 0.5, forgiving: 0.2}, plain: Answers.}}
map: {legend: {".": {terrain: ground, home: us}, ",": {terrain: ground, home: you}}, rows: ".,"}
objective: min(bread) / 400
goals: [{id: fed, plain: There is bread., hold: "min(bread) >= 0", at: end}]
"""


def yard(trust: float = 0.5, takes: float = 4) -> Level:
    return parse_level(YARD.replace("TRUST", f"{trust}").replace("TAKES", f"{takes}"))


# The same with a third house.
STREET = (
    YARD.replace("TRUST", "0.5")
    .replace("TAKES", "4")
    .replace("seats: [us, you]", "seats: [us, you, they]")
    .replace("you: {name: You}}", "you: {name: You}, they: {name: They}}")
    .replace(
        "plain: Answers.}}", "plain: Answers.}, they: {name: Theo, temper: {bold: 0.8, forgiving: 0.2}, plain: Too.}}"
    )
    .replace('home: you}}, rows: ".,"', 'home: you}, ";": {terrain: ground, home: they}}, rows: ".,;"')
)
