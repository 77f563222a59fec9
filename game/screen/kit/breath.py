"""The first moment of something new on the screen: a press in it was meant for what lay there before."""

from __future__ import annotations

# What is drawn in one frame is seen in the next, and what is pressed meanwhile comes with the one after that:
# on a machine so slow that a frame takes seconds only frames tell what somebody can have seen.
FRAMES = 2
BREATH = 0.9  # seconds


class Breath:
    """How long a stage has been seen, in seconds and in whole frames; one that has no beginning is over."""

    def __init__(self, stage: str = "", over: bool = False) -> None:
        self.stage = stage
        self.seconds, self.frames = (BREATH, FRAMES) if over else (0.0, -1)

    def draw(self, stage: str, seconds: float) -> None:
        """Note that a frame of a stage is drawn now, so many seconds after the last frame."""
        if stage != self.stage:
            self.stage, self.seconds, self.frames = stage, 0.0, 0
        else:
            self.seconds, self.frames = self.seconds + seconds, self.frames + 1

    def over(self, least: float = BREATH) -> bool:
        """Whether a press is meant for what is seen now, after at least so many seconds."""
        return self.frames >= FRAMES and self.seconds >= least
