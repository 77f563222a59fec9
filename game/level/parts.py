"""What every part of a level is made of: its habits, and the kinds of names, formulas and shares it holds."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class Part(BaseModel):
    """The habits of every part: strict types, unknown keys refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError("a name has small letters, digits and _ only, and starts with a letter")
    if text in RESERVED:
        raise ValueError(f'"{text}" has a meaning of its own; choose another name')
    return text


RESERVED = (
    "outside",
    "me",
    "target",
    "partner",
    "partners",
    "others",
    "users",
    "uses",
    "tile",
    "community",
    "season",
    "time",
    "world",
    "player",
    "all",
    "end",
    "allow",
    "won",
    "lost",
    "and",
    "or",
    "not",
    "if",
    "true",
    "false",
    "before",
    "height",
)


# What every table of a game holds besides the stocks and auxiliaries of its level.
COLUMNS = ("run", "seed", "season", "depletion", "conflict", "toxification", "objective", "outcome")


def _span(text: str) -> str:
    match = re.fullmatch(r"\s*(\d{1,4})\s*\.\.\s*(\d{1,4})\s*", text)
    if not match or int(match[1]) > int(match[2]):
        raise ValueError("write a span of whole numbers as low..high, for example 3..5")
    return text


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _turn_name(text: str) -> str:
    if text and not re.fullmatch(r"[^\W\d_]([^\W\d_]|[ -](?=[^\W\d_])){0,13}", text):
        raise ValueError("write one short word for a turn, as in week, month or round: at most 14 letters")
    return text


Identifier = Annotated[str, AfterValidator(_identifier)]
Formula = str | float
Span = Annotated[str, AfterValidator(_span)]
Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_many)]
Plain = Annotated[str, Field(min_length=1, max_length=600)]
TurnName = Annotated[str, AfterValidator(_turn_name)]
Share = Annotated[float, Field(ge=0, le=1)]
Season = Annotated[int, Field(ge=1, le=1000)]


def span(text: str) -> tuple[int, int]:
    """Return the two ends of a span such as `3..5`."""
    low, high = text.split("..")
    return int(low), int(high)
