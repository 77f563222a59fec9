"""What the pictures of land are drawn from: the only place where the window looks at a world itself.

Everything else it reads is plain data (`game.playing.shown`).  A board of some
hundred tiles with a dozen layers is drawn from the arrays as they are.
"""

from __future__ import annotations

from game.picture.scene import Scene, look
from game.playing.branches import Course
from game.playing.session import Session
from game.playing.shown import Shown


def land_now(session: Session) -> Scene:
    """Return the land as it is."""
    return look(session.model, session.world)


def land_under(shown: Shown, rule: int) -> Scene:
    """Return the land at the end of the game under one of two rules of proof (0 or 1), once it is known."""
    found = shown.hindsight.proof().result
    assert found is not None
    return land_now(found.sides[rule].session)


def land_at(course: Course, season: int) -> Scene:
    """Return the land of a game after a season; after the last one where the game was shorter."""
    return look(course.session.model, course.world(season))
