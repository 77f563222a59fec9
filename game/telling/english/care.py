"""What is said of how much care force calls for, and of what is in force beside it."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "care.little": "little care",
    "care.some": "care",
    "care.great": "great care",
    "care.mark": "with care",
    "care.calls_for": "How much harm it may do: {hundredths} of 100. It calls for {care}.",
    "care.by_itself": "If nobody watched, tried or protested: {hundredths} of 100, {care}.",
    "care.watched": "Watched: you see its answer after one season, not after {seasons:.0f}.",
    "care.trial_goes_on": "The trial has not answered yet: about {seasons}.",
    "care.trial_answered": "Tried: the trial has shown you the answer.",
    "care.web_tried": "Tried: half of the surprises of the living web have been seen.",
    "care.protest": "Protest can still stop it: {chance:.0f} %.",
}
