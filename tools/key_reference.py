"""Write docs/authors/keys.md: every key that may stand in a level, what it holds and what it means.

Run it after every change of what a level may say:

    python tools/key_reference.py

It reads the JSON Schema of levels, which is made from the models that read
them.  A test holds the written file against what this would write now.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that it also runs where the game is not installed

from game.level.schema_export import level_schema  # noqa: E402

FILE = ROOT / "docs" / "authors" / "keys.md"
HEAD = """# Every key

Made by `python tools/key_reference.py` from what `powerdance check` reads by; do not edit it by hand.

What may stand where, what it holds, and within which bounds. **Bold** keys have to be there in a piece that stands \
by itself; in a piece that changes one of the rules only what differs. `powerdance schema` tells an editor the same. \
Examples stand in [a level piece by piece](piece-by-piece.md) and in [Writing a level](../levels.md).
"""
PARTS = {  # in the order in which a level is written
    "Level": "The level itself",
    "Seasons": "`seasons`",
    "Terrain": "A terrain",
    "Tint": "`tint` of a terrain",
    "Stock": "A stock",
    "Number": "A number",
    "Table": "A table",
    "Auxiliary": "An auxiliary",
    "Noise": "`noise`",
    "Series": "`data`",
    "Flow": "A flow",
    "Influence": "An influence",
    "Closed": "`closed`",
    "Need": "A need",
    "Wants": "`wants`",
    "Resistance": "`resistance`",
    "Action": "An action",
    "TileTarget": "`target`: a plot",
    "TerrainTarget": "`target`: all of a terrain",
    "CommunitiesTarget": "`target`: a circle",
    "Effect": "`now`, `each_season`: an effect",
    "Move": "`move` of an effect",
    "LaterEffect": "`later` of an action",
    "Aim": "`aim` of an action",
    "Find": "`finds` of an action",
    "Term": "`terms` of an action",
    "Lasting": "`lasts` of an action",
    "Fines": "`fines` of an agreement",
    "Event": "An event",
    "Community": "A community",
    "Person": "`people`",
    "Temper": "`temper` of a person",
    "Map": "`map`",
    "MapSign": "`legend` of the map: a sign",
    "Goal": "A goal",
    "Lost": "`lost_when`",
    "Afterwards": "`afterwards`",
    "Loop": "A loop",
    "Hint": "A hint",
    "GuideStep": "`guide`: a note",
    "Teacher": "`teacher`",
    "Difficulty": "`difficulty`",
    "AsTold": "`as_told` of a difficulty",
    "Preset": "`gentle`, `hard`",
    "Claim": "A claim",
    "Bound": "`share_of_seeds`, `then`",
    "Comparison": "`compare` of a claim",
    "Window": "`at` of a claim",
    "Control": "`control` of a claim",
    "Mutual": "`mutual`",
    "MutualControl": "`control` of `mutual`",
    "GivesUp": "`gives_up` of `mutual`",
    "Bar": "`bars` of `mutual`",
}
KINDS = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}
MOST_WORDS = 20  # that are suggested for a key; longer lists stand on pages of their own


def main() -> int:
    """Write the page."""
    FILE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {FILE.relative_to(ROOT)}")
    return 0


def page() -> str:
    """Return the page as Markdown."""
    parts = level_schema()["definitions"]
    lines = [HEAD]
    for name, title in PARTS.items():
        needed = parts[name].get("required", [])
        lines += [f"## {title}", "", "| key | holds | meaning |", "|---|---|---|"]
        for key, value in parts[name]["properties"].items():
            word = f"**`{key}`**" if key in needed else f"`{key}`"
            lines.append(f"| {word} | {_cell(holds(value))} | {_cell(value.get('description', ''))} |")
        lines.append("")
    return "\n".join(lines)


def holds(value: dict[str, Any]) -> str:
    """Return what may stand at a key, in words, with its bounds."""
    if "$ref" in value:
        return "keys of its own"
    if "anyOf" in value:
        kinds = [choice.get("type") for choice in value["anyOf"]]
        if sorted(map(str, kinds)) == ["number", "string"]:
            return "an expression"
        few = [choice for choice in value["anyOf"] if len(choice.get("enum", ())) <= MOST_WORDS]
        return " or ".join(dict.fromkeys(holds(choice) for choice in few))
    if "enum" in value or "const" in value:
        return ", ".join(f"`{word}`" for word in value.get("enum", [value.get("const")]))
    kind = value.get("type", "")
    if kind == "array":
        return _list(value)
    if kind == "object":
        return "names with values" if value.get("additionalProperties") else "keys of its own"
    return " ".join(part for part in (KINDS.get(kind, "anything"), _bounds(value)) if part)


def _list(value: dict[str, Any]) -> str:
    items = value.get("items", {})
    if isinstance(items, list):
        return "[" + ", ".join(holds(item) for item in items) + "]"
    least, most = value.get("minItems"), value.get("maxItems")
    count = f"{least or 0} to {most}" if most else f"at least {least}" if least else ""
    return f"list{f' ({count})' if count else ''} of: {holds(items)}"


def _bounds(value: dict[str, Any]) -> str:
    words = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}
    told = [f"{word} {value[key]:g}" for key, word in words.items() if key in value]
    told += [f"up to {value['maxLength']} signs"] if "maxLength" in value else []
    told += [f"usually {value['default']:g}"] if _tells(value) else []
    return ", ".join(told).replace(", to ", " to ")


def _tells(value: dict[str, Any]) -> bool:
    usual = value.get("default")
    return isinstance(usual, (int, float)) and not isinstance(usual, bool)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
