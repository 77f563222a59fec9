"""Words that levels may use and that other parts of the engine give a meaning."""

PERSON = "person"  # plays by the temper that the level gives the seat
PLANNER_NAMES = ("planner", "best_over", "best_with")  # they search ahead, which takes time
POLICY_NAMES = ("idle", "random", "over", "with", "mixed", "selfless", "deaf", PERSON, *PLANNER_NAMES)
BARRED = ("idle", "random", "over")  # who should seldom win in a player's seat
BARS = (*BARRED, "decided")  # what a level may set itself a bar for: those, and the share of seasons that are decided

IDEAS = 26  # that a level may be about; assets/strings/ideas.yaml has their words
