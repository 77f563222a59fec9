"""The shape of what a level promises: claims with their controls, and the contract of mutual benefit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from game.level.parts import Formula, Identifier, Names, Part, Plain, Share, Span

Faring = Literal["met", "hunger", "wellbeing", "grievance", "store"]  # kinds of what tells how a household fares


class Bound(Part):
    """A bound on the share of seeds in which something holds."""

    at_least: Share | None = None
    at_most: Share | None = None


class Comparison(Part):
    """A second way to play: its mean measure lies `within` a share of the first, or the first is `more_than` times it.

    The second may differ by who plays (`seats`), by what is changed in the level (`change`), or both.  `more_than` is
    asked seed by seed, and the claim's share_of_seeds bounds how often it is so.
    """

    seats: dict[str, str | tuple[str, ...]] = {}
    change: dict[str, Any] = {}
    within: Annotated[float, Field(gt=0, le=1)] | None = None
    more_than: Annotated[float, Field(gt=0, le=1000)] | None = None


class Window(Part):
    """A span of seasons in which a claim measures."""

    seasons: Span


Moment = Annotated[
    Annotated[Literal["end"], Tag("end")] | Annotated[Window, Tag("window")],
    Discriminator(lambda value: "window" if isinstance(value, (dict, Window)) else "end"),
]


class Control(Part):
    """The claim's mechanism switched off; there the claim must fail."""

    plain: Plain
    without_action: Names = ()
    without_flow: Names = ()
    without_event: Names = ()
    change: dict[str, Any] = {}
    seats: dict[str, str | tuple[str, ...]] | None = None
    then: Bound | None = None


class Claim(Part):
    """A sentence about outcomes that simulation must bear out."""

    id: Identifier
    plain: Plain
    seats: dict[str, str | tuple[str, ...]]
    measure: Formula
    control: Control
    at: Moment = "end"
    share_of_seeds: Bound | None = None
    compare: Comparison | None = None
    without_action: Names = ()
    without_event: Names = ()
    change: dict[str, Any] = {}
    source: str = ""


class GivesUp(Part):
    """What a household gives up so that others, or all of them later, fare well: in which kinds of faring, and why."""

    of: Annotated[tuple[Faring, ...], Field(min_length=1)]
    plain: Plain


class Bar(Part):
    """A bar where the usual one is not meant, and why: how often a policy may win, or how much may be decided."""

    at_most: Share
    plain: Plain


class MutualControl(Part):
    """What the contract hangs on: without these actions wins in which all fare well become rarer."""

    plain: Plain
    without_action: Annotated[Names, Field(min_length=1)]


class Mutual(Part):
    """The contract that where partners win every household fares at least as well as it would have otherwise."""

    partner: str = "with"  # a policy
    faring: tuple[Faring, ...] = ("met", "hunger", "wellbeing", "grievance", "store")
    against: tuple[str, ...] = ("idle", "over")  # policies
    share_of_seeds: Bound = Bound(at_least=0.9)
    gives_up: dict[str, GivesUp] = {}  # by community
    bars: dict[str, Bar] = {}  # by name of BARS
    control: MutualControl | None = None  # None: without any agreement
