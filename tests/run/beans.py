"""The smallest level that makes a claim: a pot of beans."""

from __future__ import annotations

BEANS = """
title: A pot of beans
terrains: {ground: {plain: Ground.}}
stocks:
  beans: {at: community, kind: matter, unit: kg, range: [0, 100], start: 50, varies: 0.5, plain: Beans.}
numbers:
  hunger: {value: 10, low: 5, high: 20, unit: kg/season, plain: What is eaten.}
flows:
  eating: {from: beans, to: outside, rate: hunger, plain: People eat.}
actions:
  buy: {mode: over, family: take, target: me, plain: Buy beans.,
        now: [{move: {from: outside, to: "beans[me]", amount: 30}}],
        aim: {of: beans, gain: 30}}
seasons: {count: 4, ticks: 4}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {".": {terrain: ground, home: us}}, rows: ".."}
objective: min(beans) / 100
goals: [{id: fed, plain: There are beans left., hold: "beans[us] > 1", at: end}]
claims:
  - id: buying_feeds
    plain: Whoever buys has beans left.
    seats: {all: over}
    measure: "beans[us] > 1"
    share_of_seeds: {at_least: 0.9}
    control: {plain: Without buying they run out., without_action: buy, change: {hunger: 20}, then: {at_most: 0.5}}
"""
