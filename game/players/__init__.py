"""Scripted players, for whole batches of worlds at once.  Not a line here knows a level."""
