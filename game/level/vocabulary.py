"""Words that levels may use and that other parts of the engine give a meaning."""

POLICY_NAMES = ("idle", "random", "over", "with", "mixed", "selfless", "deaf")
