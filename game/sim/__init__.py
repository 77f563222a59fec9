"""The simulation core: levels as arrays, worlds that change, and one way to step them.

Nothing here knows files, clocks, screens or YAML.
"""

RULE_NUMBER = 2  # raised whenever the same level, seed and actions would give other bits
