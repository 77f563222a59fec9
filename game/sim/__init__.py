"""The simulation core: levels as arrays, worlds that change, and one way to step them.

Nothing here knows files, clocks, screens or YAML.
"""
