"""What is said of the numbers that a player watches, and of what lasts or is announced."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "number.steady": "steady",
    "number.rising": "rising {step}",
    "number.falling": "falling {step}",
    "number.your": "Your {stock}",
    "number.needs": "needs {amount}",
    "number.of_your_need": "{share} of your need",
    "number.the_least": "the least of all",
    "number.least": "least: {who} {amount}",
    "number.is": "{number}: {value}",
    "number.not_yet": "After the first season you see here what it gained and lost.",
    "number.between": "{low} to {high} seasons",
    "number.bare_in": "At this pace bare in {seasons}.",
    "number.empty_in": "At this pace empty in {seasons}.",
    "number.less_than_asked": "That is less than people ask for.",
    "number.less_than_needed": "That is less than is needed. What is not fed grows fewer: earn more, ask for help, or "
    "need less.",
    "number.lives_on": "It lives on {stock}: {early} at the start, {late} now.",
    "number.brought": "{flow} brought {early} in the first season, {late} in the last.",
    "number.came": "Came: {parts}.",
    "number.went": "Went: {parts}.",
    "number.hardly_moved": "Last season hardly anything came or went.",
    "number.moved": "{flow} {amount}",
    "number.moved_by": "{flow} {amount} ({people})",
    "number.derived": "Worked out as {rule}.",
    "number.reads": "Now: {parts}.",
    "number.pull": "{reason}: {amount} a season.",
    "number.no_pull": "Nothing moves it by itself; what people do does.",
    "number.worn_out": "worn out",
    "number.tired": "tired",
    "number.rested": "rested",
    "number.event_lasts": "{event}: {seasons}",
    "number.event_may_come": "{event} may come.",
    "number.event_announced": "{sign} ({odds})",
}
