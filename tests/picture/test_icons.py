"""Whatever a ruleset or a level names by a picture has one, and it is never empty."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"

import re

import pygame
import pytest

from game.level.library import data_root

LEVELS = sorted((data_root() / "levels").rglob("*.yaml"))
ICONS = data_root() / "assets" / "icons"
NAMED = re.compile(r"\b(?:icon|emblem):\s*\"?([a-z_]+)")


@pytest.mark.parametrize("file", LEVELS, ids=lambda file: file.stem)
def test_every_icon_and_emblem_that_is_named_exists(file: object) -> None:
    text = file.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not {name for name in NAMED.findall(text) if not (ICONS / f"{name}.svg").is_file()}


def test_every_campaign_level_has_an_emblem() -> None:
    campaign = [file for file in LEVELS if file.parent.name == "campaign"]
    emblems = [re.findall(r"(?m)^emblem: (\w+)", file.read_text(encoding="utf-8")) for file in campaign]
    assert all(len(found) == 1 for found in emblems)
    assert len({found[0] for found in emblems}) == len(campaign), "each another one"


def test_every_icon_draws_something_even_when_it_is_small() -> None:
    for file in sorted(ICONS.glob("*.svg")):
        picture = pygame.image.load_sized_svg(str(file), (16, 16))
        assert pygame.mask.from_surface(picture).count() > 15, file.stem
