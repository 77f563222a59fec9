"""Sentences made from numbers: what is said to players, whatever shows it."""
