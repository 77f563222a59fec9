"""Ticks as compiled code: the text of a level's kernel, what it calls, and how it runs.

Outside of this folder only `game.run.backends` asks for it.
"""
