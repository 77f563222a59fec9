"""`powerdance schema`: what editors are told about level files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game.cli import main
from game.level.library import data_root
from game.level.schema_export import level_schema
from game.level.vocabulary import HOMES, POLICY_NAMES
from game.level.yaml_text import read_document, read_file

FILES = sorted((data_root() / "levels").rglob("*.yaml"))
TEMPLATE = (data_root() / "levels" / "templates" / "small.yaml").read_text(encoding="utf-8")
SMALL = "".join(line for line in TEMPLATE.splitlines(keepends=True) if not line.startswith("actions:"))
SCHEMA = level_schema()
FISH = "{at: tile, kind: matter, range: [0, 1], start: 0.5, plain: Fish.}"


def faults(text: str) -> list[str]:
    """Return where the schema finds faults in a text, as paths with dots."""
    found = jsonschema.Draft7Validator(SCHEMA).iter_errors(read_document(text, "level.yaml").data)
    return sorted({".".join(map(str, error.absolute_path)) for error in found})


def test_it_is_printed_as_json_and_is_a_schema_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_shipped_level_ruleset_and_template_fits(file: Path) -> None:
    errors = jsonschema.Draft7Validator(SCHEMA).iter_errors(read_file(file).data)
    assert [(list(error.absolute_path), error.message) for error in errors] == []


@pytest.mark.parametrize(
    ("wrong", "right", "where"),
    [
        ("leson:", "lesson:", ""),
        ("people: many", "people: 5", "communities.ash.people"),
        ("herb: many", "herd: 4", "communities.ash.herb"),
        ("seasons: 0", "seasons: 12", "seasons"),
        ("seasons: {cuont: 12}", "seasons: 12", "seasons"),
        ("in_a_row: 0", "in_a_row: 4", "goals.0.in_a_row"),
        ("at: never", "at: end", "goals.0.at"),
        ("id: Green", "id: green", "goals.0.id"),
        ("seats: {all: [withh]}", "seats: {all: [with]}", "claims.0.seats.all"),
        ("at_least: 80", "at_least: 0.8", "claims.0.share_of_seeds.at_least"),
        ("title: 7", "title: My first pasture", "title"),
        ("users: {ash: elm}", "users: [ash, elm]", "map.legend...users"),
    ],
)
def test_a_typical_mistake_is_refused_where_it_stands(wrong: str, right: str, where: str) -> None:
    assert right in SMALL and faults(SMALL) == []
    assert faults(SMALL.replace(right, wrong, 1)) == [where]


@pytest.mark.parametrize(
    "more",
    [
        "stocks: {herd: {start: 3}}",
        "numbers: {growth: 0.3}",
        "numbers: {growth: {high: 0.9}}",
        "actions: {allow: [listen]}",
        "actions: {allow: listen, rest: {plain: Sleep.}}",
        "change: {growth: 0.3, herd.start: 4, grazing.rate: 0.1 * grass}",
        "events: {drought: {at: 4}, flood: {at: [4, 8], plain: Water.}}",
        "flows: {leaking: {from: water, to: outside, rate: 0.1, plain: It leaks.}}",
    ],
)
def test_over_its_rules_a_level_writes_only_what_differs(more: str) -> None:
    assert faults(f"{SMALL}\n{more}\n") == []


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("stocks: {fish: {at: tile}}", "stocks.fish"),
        ("numbers: {growth: 0.3}", "numbers.growth"),
        ("actions: {sing: {mode: with}}", "actions.sing"),
        (f"stocks: {{all: {FISH}}}", "stocks"),
        (f"stocks: {{fish: {FISH.replace('tile', 'pond')}}}", "stocks.fish.at"),
        (f"stocks: {{fish: {FISH.replace('[0, 1]', '[0, 1, 2]')}}}", "stocks.fish.range"),
    ],
)
def test_without_rules_every_piece_is_whole(more: str, where: str) -> None:
    assert faults(SMALL.replace("rules: valley", "") + f"\n{more}\n") == [where]
    assert faults(SMALL.replace("rules: valley", "") + f"\nstocks: {{fish: {FISH}}}\nactions: {{allow: []}}\n") == []


def test_a_ruleset_needs_no_map_but_whole_pieces() -> None:
    assert faults(f"title: A pond\nstocks: {{fish: {FISH}}}\n") == []
    assert faults("title: A pond\nstocks: {fish: {at: tile}}\n") != []
    assert faults(f"title: A pond\nstocks: {{fish: {FISH}}}\nopening: Hello.\n") == [""]


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


def test_every_key_says_what_it_means() -> None:
    wordless = [
        f"{name}.{key}"
        for name, part in SCHEMA["definitions"].items()
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert wordless == [], "say it in game/level/schema_words.py"


def test_closed_vocabularies_are_offered_word_by_word() -> None:
    offered = [tuple(part["enum"]) for part in parts(SCHEMA) if isinstance(part.get("enum"), list)]
    assert POLICY_NAMES in offered and ("over", "with", "neutral") in offered
    assert ("tile", "community", "player", "world") in offered and ("matter", "state") in offered


def test_names_of_pictures_are_offered_and_those_of_ones_own_are_allowed() -> None:
    offered = {"Stock.looks_like": ("people", "fish"), "Terrain.looks_like": ("asphalt", "pond", "plain"),
               "Stock.icon": ("barn",), "Level.emblem": ("barn",)}  # fmt: skip
    for key, names in offered.items():
        name, field = key.split(".")
        value = SCHEMA["definitions"][name]["properties"][field]
        assert set(names) <= set(value["anyOf"][0]["enum"]) and value["anyOf"][1] == {"type": "string"}
    assert SCHEMA["definitions"]["Community"]["properties"]["looks_like"]["enum"] == list(HOMES)
    assert faults(f"{SMALL}\nemblem: herring\nterrains: {{bay: {{looks_like: waves, plain: Water.}}}}\n") == []


@pytest.mark.parametrize("colour", ["blue", "#2f6f9", "2f6f9f", "#2f6f9g"])
def test_a_colour_is_a_number_sign_and_six_digits(colour: str) -> None:
    text = f'{SMALL}\nterrains: {{bay: {{colour: "COLOUR", plain: Water.}}}}\n'
    assert faults(text.replace("COLOUR", colour)) == ["terrains.bay.colour"]
    assert faults(text.replace("COLOUR", "#2F6f9f")) == []


def test_nothing_of_the_machinery_shows() -> None:
    shown: Callable[[str], bool] = json.dumps(SCHEMA).__contains__
    assert not any(shown(word) for word in ("$defs", "prefixItems", "patternProperties", "_identifier"))
