"""What is said of households: how they fare through the player, what neighbours want and why they act."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "faring.title": "Through you, so far",
    "faring.title_of": "Through the {who}, so far",
    "faring.note": "Beside the same seasons without what you did and answered.",
    "faring.note_of": "Beside the same seasons without what they did and answered.",
    "faring.counting": "Being counted: the same seasons are played without you ...",
    "faring.counting_of": "Being counted: the same seasons are played without the {who} ...",
    "faring.none_yet": "No season is over yet.",
    "faring.land": "The land is",
    "faring.you": "You are",
    "faring.they": "The {who} are",
    "faring.line": "{who} {what}.",
    "faring.same": "neither better nor worse off",
    "faring.better": "better off: {what}",
    "faring.worse": "worse off: {what}",
    "faring.both": "better off in {better}, worse off in {worse}",
    "faring.part": "{what} {size}",
    "faring.met": "{need} met in the last year",
}
