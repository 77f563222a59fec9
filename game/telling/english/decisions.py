"""What is said of decisions that cannot be carried out."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "decide.over": "The game is over.",
    "decide.no_card": "There is no card “{card}”.",
    "decide.no_amount": "{card} can be about {amounts}.",
    "decide.no_option": "“{card}” has no target “{option}”.",
    "decide.which": "“{card}” has several targets; choose one.",
    "decide.not_possible": "“{card}” is not possible: {reason}.",
    "decide.full": "The plan is full; {most} actions are the most. Take something out first.",
    "decide.only_answers": "All have planned; only answers are due now.",
    "decide.planned": "In your plan. Press to take it out.",
    "decide.planned_more": "In your plan. A press here plans one more; a press on the plan takes it out.",
    "decide.choosing": "First choose whom or where for “{card}”, or press Escape.",
    "decide.choose_below": "“{card}”: press below whom to ask, or Escape.",
    "decide.not_on_ground": "“{card}” goes to people: press a home, or Escape.",
    "decide.not_on_home": "“{card}” does not fit here: press ground that is outlined, or Escape.",
    "decide.no_place": "There is no such place in the plan.",
    "decide.no_letter": "There is no such letter.",
    "decide.no_undo": "There is nothing to undo this season.",
    "decide.no_redo": "There is nothing to redo.",
}
