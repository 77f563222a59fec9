"""What is said at the end of a game."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "finish.offer": "Every goal stands now, and there is time for {left}. You may end the game here, and it is won. "
    "Or you play on: the goals count at the end of season {season}, and by then one of them may have fallen.",
    "finish.terminal": 'Write "finish" to end the game here with its win; it is offered as long as every goal stands.',
    "finish.button": "End the game here: won",
    "finish.not_offered": "The game can be ended early only in the last quarter of its seasons, "
    "while every goal stands.",
    "ending.goes_on": "in season {season}",
    "ending.lost_in": "lost in season {season}",
    "ending.all_reached": "every goal reached",
    "ending.not_all_reached": "not every goal reached",
    "ending.rested": "rest",
    "ending.won": "WON after {seasons}: every goal is reached.",
    "ending.won_early": "WON: the game was ended after {seasons}, while every goal stood; {left} were left to play.",
    "ending.won_early_by_one": "WON: the game was ended after {seasons}, while every goal stood; "
    "{left} was left to play.",
    "ending.lost": "LOST in season {season}: {why}",
    "ending.over": "The {seasons} are over, and not every goal is reached.",
    "ending.talk": "To talk about:",
    "ending.reached": "Reached: {goal}",
    "ending.not_reached": "Not reached: {goal} ({reason})",
    "ending.never_held": "it did not hold in a single season",
    "ending.held_last": "it held last in season {season}",
    "ending.held_to_the_last": "it held to the last, but it counts only at the end of season {season}",
    "ending.held_for": "it held for {streak} of {needed}, since season {since}",
    "ending.in_season": "Season {season}: {what}",
    "ending.in_seasons": "Seasons {first} to {last}: {what}",
    "ending.fell": "the {stock} fell from {before:.0f} to {now}.",
    "ending.taken": "People did: {deeds}.",
    "ending.taken_times": "{action} {times}",
    "ending.ran_short": "there was not enough {stock} any more.",
    "ending.ran_short_later": "Season {season}, {seasons} after that began: there was not enough {stock} any more.",
    "ending.hidden_fell": "Meanwhile the {stock} fell from {before} to {now}.",
    "ending.agreed": "the {who} won the {others} for: {agreement}.",
    "ending.ways_you": "You dominated {over} and partnered {partner}.",
    "ending.ways_people": "The people here dominated {over} and partnered {partner}.",
    "ending.from_to": "{before:.0f} to {now}",
    "ending.from_to_of": "{before} to {now} {stock}",
}
