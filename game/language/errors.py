"""The root of every error that Powerdance raises on purpose.

It stands in the lowest folder, so that each part of the engine can hang its
own errors below it.  Their texts are for people: what is wrong, where, and
what to write instead.
"""

from __future__ import annotations


class PowerdanceError(Exception):
    """Anything that is wrong with a level, a file, an argument or a machine; not with the engine itself."""


class ArgumentError(PowerdanceError, ValueError):
    """A call of the library that cannot be meant so; also a ValueError, as Python programs expect."""
