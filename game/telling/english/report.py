"""What the report of a season says, beside the story of it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "report.title": "Season {number}, {season}, is over",
    "report.ended": "How it ended",
    "report.next": "Next season",
    "report.yours": "What your actions did",
    "report.how": "Each one told by running the season again without it.",
    "report.rest": "Nothing planned; the days were rest.",
    "report.others": "What the others did, and why",
    "report.besides": "And besides",
    "report.hint": "A hint: {hint}",
    "report.foreseen": "What was foreseen",
    "report.foreseen_trouble": "What was foreseen: {trouble}",
    "report.from_to": "{before} → {now}",
    "report.your": "your {what}",
    "report.trust_in_you": "trust in you",
    "report.ask": "Why did this happen? Press to see the last hand, and what moved it.",
    "report.each_of": "{action} (each of {count})",
    "report.came_to_nothing": "Came to nothing: {outcome}.",
    "report.card_besides": "Besides",
    "report.smaller": "and {count} smaller",
    "report.said": "{said}.",
    "report.changed_tiles": "Changed {tiles} of the land.",
    "report.spread_thin": "Spread so thin over the land that no single tile shows it.",
    "report.where": "Where it made a difference",
}
