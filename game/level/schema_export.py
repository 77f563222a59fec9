"""The JSON Schema of level files, for editors that complete, explain and underline while one writes.

It is made from the same models that read a level, and differs from them
where authors write less than a level holds: a number of seasons for both its
fields, a bare number for a known name, one name for a list of one, and only
those fields of a piece of the rules that are to differ.  What needs more than
one place to tell (whether a name exists, whether a map is even) is left to
`powerdance check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from game.language.unknown import look_up
from game.level.library import icon_names, shipped_rules
from game.level.merge import SECTIONS
from game.level.parts import RESERVED
from game.level.pure_model import OF_A_GAME
from game.level.schema import Level, Rules
from game.level.schema_words import words_for
from game.level.vocabulary import (
    COLOUR,
    DRAWN_STOCKS,
    DRAWN_TERRAINS,
    FAMILIES,
    HOMES,
    NEUTRAL_GROUNDS,
    NEUTRAL_STOCKS,
    PLAIN,
    POLICY_NAMES,
)

Schema = dict[str, Any]
IDENTIFIER: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": list(RESERVED)}}
SPAN: Schema = {"type": "string", "pattern": r"^\s*\d{1,4}\s*\.\.\s*\d{1,4}\s*$"}
DOTTED = {"pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"}
PART_OF_SECTION = {
    section: section.capitalize().removesuffix("s").replace("Auxiliarie", "Auxiliary") for section in SECTIONS
}
NAMED = ("communities", "groups", "loops", "data", "noise")  # further mappings of names that the author chooses
POLICY = {"type": "string", "enum": list(POLICY_NAMES)}


class _Generator(GenerateJsonSchema):
    """Says what the small functions beside the models accept, as pydantic cannot read them."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        inner = super().function_before_schema(schema)
        return {"anyOf": [dict(inner["items"]), inner]} if inner.get("type") == "array" else inner

    def function_after_schema(self, schema: core_schema.AfterValidatorFunctionSchema) -> Schema:
        known: dict[str, Schema] = {"_identifier": IDENTIFIER, "_span": SPAN}
        name = getattr(schema["function"]["function"], "__name__", "")
        return dict(known[name]) if name in known else super().function_after_schema(schema)


def level_schema() -> Schema:
    """Return the JSON Schema (draft 7, which editors know best) of levels and rulesets."""
    level = Level.model_json_schema(by_alias=True, schema_generator=_Generator)
    rules = Rules.model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions: Schema = {**level.pop("$defs"), **rules.pop("$defs"), "Level": level, "Rules": rules}
    for name, part in definitions.items():
        _explain(name, part)
    _open_names(level, rules)
    _loosen(definitions)
    _policies(definitions)
    _looks(definitions)
    required = [key for key in level.get("required", ()) if key not in OF_A_GAME]
    definitions["PureModel"] = {**level, "required": required}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A level of Powerdance, or a ruleset",
        # A ruleset has none of these; a level that is being written has the first of them soon.
        "if": {
            "not": {"anyOf": [{"required": [key]} for key in ("map", "goals", "communities", "seats", "seasons")]},
            "anyOf": [{"required": [key]} for key in ("stocks", "numbers", "flows")],
        },
        "then": {"$ref": "#/definitions/Rules"},
        "else": {
            # A model without a game says how long it runs, and nothing of players.
            "if": {
                "not": {"anyOf": [{"required": [key]} for key in OF_A_GAME]},
                "required": ["seasons"],
            },
            "then": {"$ref": "#/definitions/PureModel"},
            "else": {"$ref": "#/definitions/Level"},
        },
        "definitions": {name: _tidied(part) for name, part in definitions.items()},
    }


def _explain(name: str, part: Schema) -> None:
    for key, value in part.get("properties", {}).items():
        words = words_for(name, key)
        if words:
            value["description"] = words


def _open_names(level: Schema, rules: Schema) -> None:
    """Say what the names of pieces look like; `allow` among the actions is a word of its own."""
    names = {key: IDENTIFIER[key] for key in ("pattern", "not")}
    for owner in (level, rules):
        for section in {*SECTIONS, *NAMED}.intersection(owner["properties"]):
            pieces = owner["properties"][section]
            # pydantic lets a name that does not fit its pattern pass unseen.
            for piece in pieces.pop("patternProperties", {}).values():
                pieces["additionalProperties"] = piece
            pieces["propertyNames"] = names
    actions = level["properties"]["actions"]
    actions["properties"] = {"allow": {**level["properties"]["allow"], "description": "The actions on offer, by name."}}
    actions["propertyNames"] = {"pattern": IDENTIFIER["pattern"]}


def _loosen(definitions: Schema) -> None:
    """Let what rests on rules write only what differs; without `rules` every piece is new and whole."""
    level = definitions["Level"]
    del level["properties"]["id"]  # the name of the file
    del definitions["Flow"]["properties"]["back_of"]  # the engine's own
    level["required"].remove("id")
    for owner in (level, definitions["Rules"]):
        whole: Schema = {}
        for section in SECTIONS:
            name = PART_OF_SECTION[section]
            definitions[f"Some{name}"] = {key: value for key, value in definitions[name].items() if key != "required"}
            piece: Schema = {"$ref": f"#/definitions/Some{name}"}
            owner["properties"][section]["additionalProperties"] = (
                {"anyOf": [piece, {"type": "number"}]} if section == "numbers" else piece
            )
            whole[section] = {"additionalProperties": {"type": "object", "required": definitions[name]["required"]}}
        if owner is level:
            whole["actions"]["properties"] = {"allow": True}
        owner["if"] = {"not": {"required": ["rules"]}}
        owner["then"] = {"properties": whole}
        owner["properties"]["rules"] |= {"examples": shipped_rules()}
    seasons = level["properties"]["seasons"]
    count = definitions["Seasons"]["properties"]["count"]
    level["properties"]["seasons"] = {
        "description": seasons["description"],
        "anyOf": [{**count, "description": seasons["description"]}, {"$ref": "#/definitions/Seasons"}],
    }


def _policies(definitions: Schema) -> None:
    """Close what pydantic leaves open: how seats play, where numbers stand beside names, dotted names."""
    several = {"anyOf": [POLICY, {"type": "array", "items": POLICY}]}
    definitions["Level"]["properties"]["neighbours"]["additionalProperties"] = POLICY
    for name in ("Claim", "Comparison", "Control"):
        seats = definitions[name]["properties"]["seats"]
        plan = {"type": "object", "additionalProperties": several, "description": seats.get("description", "")}
        definitions[name]["properties"]["seats"] = plan
    for name in ("Community", "MapSign"):
        definitions[name]["additionalProperties"] = {"type": "number", "description": "What a stock starts with here."}
    definitions["Map"]["properties"]["legend"]["propertyNames"] = {"minLength": 1, "maxLength": 1}
    for name in ("Level", "Claim", "Control", "Preset"):
        definitions[name]["properties"]["change"]["propertyNames"] = DOTTED
    definitions["Preset"]["properties"]["times"]["propertyNames"] = DOTTED
    _suggest(definitions["Action"]["properties"]["family"], FAMILIES)
    definitions["Preset"]["properties"]["neighbours"]["additionalProperties"] = POLICY


def _suggest(text: Schema, names: Iterable[str]) -> None:
    """Offer names for a text that may hold others as well, in place."""
    text["anyOf"] = [{"type": text.pop("type"), "enum": list(names)}, {"type": "string"}]


def _looks(definitions: Schema) -> None:
    """Offer the names of pictures, and say what a colour looks like; pictures of a level's own have other names."""
    grounds, figures = (*DRAWN_TERRAINS, *NEUTRAL_GROUNDS, PLAIN), (*DRAWN_STOCKS, *NEUTRAL_STOCKS)
    offered = {"Terrain": grounds, "Stock": figures}
    for name, part in definitions.items():
        for key, value in part.get("properties", {}).items():
            if key in ("icon", "emblem") and "type" in value:
                _suggest(value, icon_names())
            elif key == "looks_like" and name == "Community":
                value["enum"] = list(HOMES)
            elif key == "looks_like" and "type" in value:
                _suggest(value, look_up(offered, name.removeprefix("Some"), "part that looks like another", "_looks"))
            elif key == "colour":
                value["pattern"] = f"^{COLOUR.pattern}$"


def _tidied(value: Any, named: bool = False) -> Any:
    """Return a part of the schema in the words of draft 7, without titles, nulls and empty defaults.

    `named` tells that the keys of `value` are those of a level and no words of the schema.
    """
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value.replace("#/$defs/", "#/definitions/") if isinstance(value, str) else value
    if named:
        return {key: _tidied(item) for key, item in value.items()}
    part = {key: _tidied(item, named=key == "properties") for key, item in value.items()}
    if part.get("default", ...) in (None, "", [], {}):
        del part["default"]
    part.pop("title", None)
    if "description" in part:
        part["description"] = " ".join(part["description"].split())
    if "prefixItems" in part:
        part |= {"items": part.pop("prefixItems"), "additionalItems": False}
    return _without_null(_with_counts(part))


def _without_null(part: Schema) -> Schema:
    choices = [choice for choice in part.get("anyOf", ()) if choice != {"type": "null"}]
    if not choices or len(choices) == len(part["anyOf"]):
        return part
    rest = {key: item for key, item in part.items() if key != "anyOf"}
    return {**choices[0], **rest} if len(choices) == 1 else {**rest, "anyOf": choices}


def _with_counts(part: Schema) -> Schema:
    """Bound the length of a list where pydantic bounds that of a text."""
    lists = [part] if part.get("type") == "array" else [c for c in part.get("anyOf", ()) if c.get("type") == "array"]
    for word, meant in (("minLength", "minItems"), ("maxLength", "maxItems")):
        if lists and word in part:
            lists[0][meant] = part.pop(word)
    return part
