"""Turn pydantic's findings into sentences for teachers, one for each place."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from game.language.suggest import look_alike, look_alike_told
from game.level.merge import Path, Source
from game.level.problems import Problem, did_you_mean

SHAPES = {
    "target": "write me, community, world, {tiles: pasture, area: 3}, {all: pasture} or {communities: 2..6}",
    "at": "write tile, community, player, world or [community, community]",
    "share_of_seeds": "write {at_least: 0.9} or {at_most: 0.1}",
    "seasons": "write a number of seasons, or {count: 24, ticks: 8}",
}
WHAT_IT_IS: dict[Path, str] = {
    ("map",): ": it is the ground on which the level is played, as in "
    'map: {legend: {".": {terrain: meadow, home: alder}}, rows: ".."}; '
    "a level without seats, actions, goals and rules is a pure model and needs none",
    ("goals",): ": they say what is to be reached, as in "
    "goals: [{id: green, plain: There is grass left., hold: mean(grass) > 0.5}]; "
    "a level without seats, actions, map and rules is a pure model and needs none",
}
SPOKEN_TYPES = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list, as in [a, b]",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def translate(error: ValidationError, model: type[BaseModel], source: Source) -> list[tuple[Path, Problem]]:
    """Return (path, problem) for every fault, at most one a place."""
    grouped: dict[Path, list[dict[str, Any]]] = {}
    for detail in error.errors(include_url=False):
        grouped.setdefault(_data_path(detail, source.data), []).append(dict(detail))
    found = []
    for path, details in grouped.items():
        code, message, key = _sentence(path, details, model, source.data)
        at = path[:-1] if code == "missing-key" else path
        found.append((path, source.problem(at, code, message, key=key)))
    return found


def _data_path(detail: Any, data: Any) -> Path:
    """Drop the words that pydantic puts into a location for the branches of a union."""
    path: list[str | int] = []
    here = data
    for part in detail["loc"]:
        if (isinstance(here, dict) and part in here) or (
            isinstance(here, (list, tuple)) and isinstance(part, int) and part < len(here)
        ):
            path.append(part)
            here = here[part]
    if detail["type"] == "missing":
        path.append(detail["loc"][-1])
    return tuple(path)


def _value_at(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _sentence(path: Path, details: list[dict[str, Any]], model: type[BaseModel], data: Any) -> tuple[str, str, bool]:
    kinds = {detail["type"] for detail in details}
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the level")
    first = details[0]
    if kinds == {"missing"}:
        if isinstance(path[-1], int):  # of a list of two
            return "missing-key", f'"{name}" needs two numbers{_of_two(name)}', False
        cure = ": say how wide a plot is, as in area: 3" if path[-2:] == ("target", "area") else ""
        cure = WHAT_IT_IS.get(path, cure)
        return "missing-key", f'the key "{path[-1]}" is missing{_owner(path)}{cure}', True
    if kinds == {"extra_forbidden"}:
        if _value_at(data, path) is None and not str(path[-1]).replace("_", "").replace(" ", "").isalnum():
            message = f'"{path[-1]}" stands where a key belongs: a text with a comma inside {{ }} needs quotes'
            return "needs-quotes", message, True
        allowed = allowed_keys(model, path[:-1], data)
        hint = did_you_mean(str(path[-1]), allowed)
        return "unknown-key", f'unknown key "{path[-1]}"{hint}; allowed here: {", ".join(allowed)}', True
    value = _value_at(data, path)
    if "value_error" in kinds:
        detail = next(detail for detail in details if detail["type"] == "value_error")
        cure = _cure_of_target(path, value) or f'"{name}": {detail["ctx"]["error"]}'
        return "wrong-value", cure, detail["loc"][-1] == "[key]"
    if {"string_type", "float_type"} <= kinds:
        return "wrong-type", f'"{name}" needs a number or an expression, not {spoken(value)}', False
    if len(kinds) > 1 or first["type"] in ("union_tag_invalid", "union_tag_not_found"):
        shape = SHAPES.get(name, "this has the wrong shape")
        return "wrong-type", f'"{name}" cannot be {spoken(value)}: {shape}', False
    cure = _cure_of_target(path, value)
    if cure:
        return "wrong-value" if first["type"] == "literal_error" else "wrong-type", cure, False
    return *_one_kind(name, first, value), False


def _cure_of_target(path: Path, value: Any) -> str:
    """Return what is wrong, and what to write, where an action names a target that is none; "" for anything else."""
    if path[:1] != ("actions",) or len(path) < 3 or path[2] != "target":
        return ""
    if path[3:] == ():
        hint = did_you_mean(str(value), ["me", "community", "world"])
        return f'"target" cannot be {spoken(value)}{hint}: {SHAPES["target"]}'
    if path[3:] == ("communities",):
        most = value if isinstance(value, int) and 2 <= value <= 64 else 6
        return (
            f'"communities" cannot be {spoken(value)}: a circle of two at least is written {{communities: 2..{most}}}'
        )
    if path[3:] in (("all",), ("tiles",)):
        return f'"{path[3]}" cannot be {spoken(value)}: it is one terrain, as in {{{path[3]}: pasture}}'
    return ""


def _of_two(name: str) -> str:
    """Return how a list of two numbers is written."""
    if name == "points":
        return " for each point, as in [[0, 1], [10, 5]]"
    return ", as in [0.9, 1.1]" if name.startswith("each_") else ", as in [0, 10]"


def _owner(path: Path) -> str:
    return f' in "{path[-2]}"' if len(path) > 1 and isinstance(path[-2], str) else ""


def _one_kind(name: str, detail: dict[str, Any], value: Any) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        if name == "who" and value in ("me", "target"):
            return (
                "wrong-value",
                f'"who" cannot be "{value}": write it in brackets behind the stock, as in mood[{value}]',
            )
        options = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        return (
            "wrong-value",
            f'"{name}" cannot be {spoken(value)}{did_you_mean(str(value), options)}; allowed: {", ".join(options)}',
        )
    if kind == "bool_type" and isinstance(value, str) and value.lower() in ("yes", "no", "on", "off", "y", "n"):
        meant = "true" if value.lower() in ("yes", "on", "y") else "false"
        return "wrong-type", f'"{name}" needs true or false: write {meant} instead of {value}'
    if kind == "string_type" and not isinstance(value, (dict, list, tuple)):
        return "wrong-type", f'"{name}" needs text, not {spoken(value)}: put it in quotes'
    if kind in SPOKEN_TYPES:
        odd = look_alike(value) if isinstance(value, str) else None
        cure = f": {look_alike_told(odd[1], odd[2])}" if odd else ""
        return "wrong-type", f'"{name}" needs {SPOKEN_TYPES[kind]}, not {spoken(value)}{cure}'
    bounds = {
        "greater_than": ("gt", "more than"),
        "greater_than_equal": ("ge", "at least"),
        "less_than": ("lt", "less than"),
        "less_than_equal": ("le", "at most"),
    }
    if kind in bounds:
        key, words = bounds[kind]
        return "out-of-range", f'"{name}" must be {words} {context[key]:g}, not {spoken(value)}'
    least = context.get("min_length", 1)
    if kind == "too_short" and least > 1:
        there = (
            "only one is there" if context.get("actual_length") == 1 else f"only {context['actual_length']} are there"
        )
        things, example = ("points", ", as in [[0, 1], [10, 5]]") if name == "points" else ("entries", "")
        return "out-of-range", f'"{name}" needs at least {least} {things}{example}; {there}'
    if kind in ("too_short", "string_too_short"):
        return "out-of-range", f'"{name}" must not be empty'
    if kind in ("too_long", "string_too_long"):
        return "out-of-range", f'"{name}" is too long: at most {context["max_length"]}'
    return "wrong-value", f'"{name}": {detail["msg"][:1].lower()}{detail["msg"][1:]}'


def spoken(value: Any) -> str:
    """Return a value as a teacher would call it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:37]}..."'
    return f"{value:g}" if isinstance(value, float) else str(value)


def allowed_keys(model: type[BaseModel], path: Path, data: Any) -> list[str]:
    """Return the keys that may stand at `path`."""
    here: Any = model
    for part in path:
        data = _value_at(data, (part,))
        here = _step(here, part, data)
    chosen = _models_in(here, data)
    return (
        [field.alias or name for name, field in chosen.model_fields.items() if name != "id" or chosen is not model]
        if chosen
        else []
    )


def _step(annotation: Any, part: str | int, data: Any) -> Any:
    chosen = _models_in(annotation, None) if isinstance(part, str) else None
    for origin, arguments in _containers(annotation):
        if origin is dict and isinstance(part, str):
            return arguments[1]
        if origin is tuple and isinstance(part, int):
            return arguments[0] if arguments[-1] is Ellipsis else arguments[min(part, len(arguments) - 1)]
    candidates = _all_models(annotation)
    for candidate in candidates or ([chosen] if chosen else []):
        for name, field in candidate.model_fields.items():
            if part == (field.alias or name):
                return field.annotation
    return None


def _containers(annotation: Any) -> list[tuple[Any, tuple[Any, ...]]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _containers(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [pair for part in get_args(annotation) for pair in _containers(part)]
    return [(origin, get_args(annotation))] if origin in (dict, tuple) else []


def _all_models(annotation: Any) -> list[type[BaseModel]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _all_models(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [model for part in get_args(annotation) for model in _all_models(part)]
    if isinstance(annotation, type) and origin is not Literal and issubclass(annotation, BaseModel):
        return [annotation]
    return []


def _models_in(annotation: Any, data: Any) -> type[BaseModel] | None:
    """Return the model that fits the keys of `data` best."""
    models = _all_models(annotation)
    keys = set(data) if isinstance(data, dict) else set()

    def shared(model: type[BaseModel]) -> int:
        return len(keys & {field.alias or name for name, field in model.model_fields.items()})

    return max(models, key=shared) if models else None
