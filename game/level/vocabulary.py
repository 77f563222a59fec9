"""Words that levels may use and that other parts of the engine give a meaning."""

from __future__ import annotations

import re

PERSON = "person"  # plays by the temper that the level gives the seat
PLANNER_NAMES = ("planner", "best_over", "best_with")  # they search ahead, which takes time
POLICY_NAMES = ("idle", "random", "over", "with", "mixed", "selfless", "deaf", PERSON, *PLANNER_NAMES)
BARRED = ("idle", "random", "over")  # who should seldom win in a player's seat
BARS = (*BARRED, "decided")  # what a level may set itself a bar for: those, and the share of seasons that are decided

# The families of deeds, and how soon a partner by script reaches for one (`players.scripted`): the more, the sooner.
FAMILIES = {
    "commons": 8.0,
    "care": 6.0,
    "dialogue": 5.0,
    "mutual_aid": 4.0,
    "social_capital": 3.0,
    "resonance": 3.0,
    "facilitation": 3.0,
    "emergence": 2.0,
    "learning_from_nature": 2.0,
    "personal_growth": 0.0,
    "take": 1.0,
    "enclose": 1.0,
    "force": 1.0,
    "capture": 1.0,
    "straighten": 1.0,
    "craft": 1.0,
}

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# What the board has a picture of, by the names that the shared rules give it; others may look like one of these.
DRAWN_TERRAINS = (
    "pasture", "pond", "homestead", "forest", "field", "stream", "spring", "orchard", "meadow", "hedge", "garden",
    "green", "bed", "run", "rim", "grove", "bank", "weir", "mill", "pit", "market",
    "dune", "works", "yard", "rock",
)  # fmt: skip
# Looks that are lent by `looks_like` alone, with the colour that each has where its level gives none.
NEUTRAL_GROUNDS = {
    "water": "#6fb1cf", "sea": "#2f7fa8", "sand": "#e2cd94", "asphalt": "#77787d", "building": "#b5765a",
    "floor": "#c79a66", "park": "#7cb356", "snow": "#e4ecf4", "rock": "#8f8a85",
}  # fmt: skip
NEUTRAL_STOCKS = {
    "dots": "#4a6fa5", "bars": "#4a6fa5", "people": "#b5563c", "cars": "#c0392b", "boats": "#8a5a3c",
    "trees": "#4f8a3c", "smoke": "#8d8f96", "coins": "#d9a928", "papers": "#5f86b5", "germs": "#7fae3c",
}  # fmt: skip
# Ground that nothing colours but its own tint: with leaves upon it, it would look like a lawn.
FIRM_GROUNDS = ("water", "sea", "asphalt", "building", "floor", "snow", "rock")
PLAIN = "plain"  # what a terrain looks like that is drawn in its colour, whatever its name
HOMES = ("cottage", "flats", "school", "shop", "clinic", "boat", "tent")  # what a household may live in
LONGEST_BADGE = 2  # letters or digits
DRAWN_STOCKS = (
    "old_forest", "young_forest", "rows", "soil", "water", "spring", "terraces", "crops", "wildlife", "pollinators",
    "flowers", "blue_grain", "fruit", "pests", "enemies", "weeds", "frogs", "harvestable", "plants", "animals",
    "litter", "deer", "wolves", "aspens", "bank_soil", "fish", "toxin", "mould", "clay",
)  # fmt: skip
UNCOLOURED = ("rows",)  # of these, what has nothing that could take a colour

IDEAS = 26  # that a level may be about; assets/strings/ideas.yaml has their words
