"""Levels as authors write them: text with places, the types it must fit, and the checks on both."""
