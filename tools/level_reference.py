"""Write docs/reference/*.md: everything a ruleset has, as tables, and which levels use it.

Run it after every change of a ruleset or of the levels:

    python tools/level_reference.py

It reads levels/rules/*.yaml and all shipped levels and needs no network.  A
test holds the written files against what this would write now.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that it also runs where the game is not installed

from game.level.expressions import bind  # noqa: E402
from game.level.library import find_rules, shipped_levels, shipped_rules  # noqa: E402
from game.level.merge import merge  # noqa: E402
from game.level.reader import load_level, rules_below  # noqa: E402
from game.level.schema import Action, Effect, Level, Rules, Stock, TerrainTarget, TileTarget  # noqa: E402
from game.level.used_rules import grounds, used_rules  # noqa: E402
from game.level.validation import validate  # noqa: E402
from game.level.yaml_text import read_file  # noqa: E402

FOLDER = ROOT / "docs" / "reference"
SECTIONS = ("terrains", "needs", "stocks", "numbers", "auxiliaries", "flows", "influences", "actions", "events")
FOR_PLAY = "for play"  # what nobody has measured is said to be made for the game


def main() -> int:
    """Write one page for each shipped ruleset."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in shipped_rules():
        path = FOLDER / f"{name}.md"
        path.write_text(page(name), encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def page(name: str) -> str:
    """Return the reference of one ruleset as Markdown."""
    rules, own = ruleset(name)
    levels = [level for file in shipped_levels() if name in _rules_below(level := load_level(file))]
    used = {level.id: pieces_used(level) for level in levels}
    lines = [
        f"# {rules.title}: the ruleset `{name}`",
        "",
        f"Made from `levels/rules/{name}.yaml` by `python tools/level_reference.py`; do not edit it by hand.",
        *(
            [f"It rests on [{rules.rules}]({rules.rules}.md); here stands what it adds or changes."]
            if rules.rules
            else []
        ),
        "",
        "Levels built on it: " + (", ".join(f"`{level.id}` ({level.title})" for level in levels) or "none") + ".",
        "What a level cannot bring to life it leaves out; the last column names the levels that have a piece.",
        "",
    ]
    for section in SECTIONS:
        pieces = {key: piece for key, piece in getattr(rules, section).items() if key in own.get(section, {})}
        if pieces:
            heads, row = TABLES[section]
            lines += [f"## {section.capitalize()}", ""]
            rows = [(f"`{key}`", *row(piece), _users(used, section, key)) for key, piece in pieces.items()]
            lines += [*table(("name", *heads, "levels"), rows), ""]
    if rules.wants and "wants" in own:
        span = rules.wants.every.replace("..", " to ")
        lines += [f"Communities drift between {_names(rules.wants.drift)}, each for {span} seasons.", ""]
    lines += _difficulties(rules) if "difficulty" in own else []
    if rules.resistance and "resistance" in own:
        lines += ["## Resistance", "", rules.resistance.plain, ""]
        lines += [f"- weight: {code(rules.resistance.weight)}", f"- protest: {code(rules.resistance.protest)}", ""]
    return "\n".join(lines)


def _difficulties(rules: Rules) -> list[str]:
    rows = []
    for name in ("gentle", "hard"):
        preset = getattr(rules.difficulty, name)
        if preset is not None:
            changes = [f"`{key}` × {amount(factor)}" for key, factor in preset.times.items()]
            changes += [f"`{key}` = {amount(value)}" for key, value in preset.change.items()]
            others = ", ".join(f"{seat}: {policy}" for seat, policy in preset.neighbours.items())
            rows.append((f"`{name}`", preset.name, preset.plain, ", ".join(changes), others))
    heads = ("name", "called", "in plain words", "changes", "the other seats")
    return ["## Difficulty", "", *table(heads, rows), ""] if rows else []


def ruleset(name: str) -> tuple[Rules, dict[str, Any]]:
    """Return a shipped ruleset laid over those below it, and what it says itself."""
    file = find_rules(name, ROOT / "levels" / "none.yaml")
    if file is None:
        raise FileNotFoundError(name)
    document = read_file(file)
    source, problems = merge(document, rules_below(document, file))
    rules, found = validate(Rules, source)
    if rules is None or problems or found:
        raise ValueError(f"{file}: run `powerdance check {file}` first")
    return rules, document.data if isinstance(document.data, dict) else {}


def _rules_below(level: Level) -> list[str]:
    """Return the names of all rulesets that a level rests on."""
    names, below = [], level.rules
    while below:
        names.append(below)
        below = ruleset(below)[0].rules
    return names


def pieces_used(level: Level) -> dict[str, set[str]]:
    """Return which pieces of its rules take part in a level, by section."""
    playing, _ = used_rules(level, bind(level)[0])
    used = {section: set(getattr(playing, section)) for section in SECTIONS}
    used["actions"] = set(playing.allowed_actions())
    used["terrains"] = grounds(level)
    drifting = [community.wants or level.wants for community in level.communities.values()]
    used["needs"] = {need for wants in drifting if wants for need in wants.drift}
    return used


def _users(used: dict[str, dict[str, set[str]]], section: str, name: str) -> str:
    having = [level for level, pieces in used.items() if name in pieces[section]]
    return "all" if having and len(having) == len(used) else ", ".join(having) or "none"


def table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a Markdown table; columns in which nothing stands are left out."""
    names, cells = list(heads), [list(row) for row in rows]
    kept = [index for index in range(len(names)) if any(row[index] for row in cells)]
    lines = ["| " + " | ".join(names[index] for index in kept) + " |", "|" + "---|" * len(kept)]
    return lines + ["| " + " | ".join(_cell(row[index]) for index in kept) + " |" for row in cells]


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def code(formula: object) -> str:
    """Return an expression as code, numbers as they are written."""
    return f"`{amount(formula)}`"


def amount(value: object) -> str:
    """Return a number without needless digits, and any other value as text."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _seasons(count: float) -> str:
    return f"{count:g} season{'' if count == 1 else 's'}"


def _names(names: str | Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in ((names,) if isinstance(names, str) else names))


def _called(piece: Any, key: str = "name") -> str:
    return str(getattr(piece, key))


def _terrain(piece: Any) -> tuple[str, ...]:
    return _called(piece), piece.plain


def _event(piece: Any) -> tuple[str, ...]:
    when = [f"season {', '.join(map(str, piece.at))}"] if piece.at else []
    when += [f"chance {amount(piece.chance)} from season {piece.from_season}"] if piece.chance else []
    sign = f"{piece.sign} (comes with {piece.odds:.0%})" if piece.warns else ""
    sets = ", ".join(f"{key} = {amount(value)}" for key, value in piece.sets.items())
    return _called(piece), piece.plain, "; ".join(when), _seasons(piece.lasts), sign, f"`{sets}`" if sets else ""


def _stock(stock: Stock) -> tuple[str, ...]:
    place: str = stock.at if isinstance(stock.at, str) else "two communities"
    place += f" ({', '.join(stock.on)})" if stock.on else ""
    start = amount(stock.start) + (f" ± {stock.varies:.0%}" if stock.varies else "")
    moves = [f"spreads {amount(stock.spread)}"] if stock.spread else []
    moves += [f"downhill {code(stock.downhill)}"] if stock.downhill is not None else []
    means = [f"healthy from {amount(stock.living)}"] if stock.living else []
    means += [f"foul from {amount(stock.harmful)}"] if stock.harmful else []
    means += ["conflict"] if stock.conflict else []
    free = f"runs free: {stock.unbalanced}" if stock.unbalanced else ""
    low, high = stock.range
    told = (", ".join(moves), ", ".join(means), free, stock.source)
    return _called(stock), stock.plain, stock.kind, place, stock.unit, f"{amount(low)} to {amount(high)}", start, *told


def _number(number: Any) -> tuple[str, ...]:
    drawn = [f"each seed × {_span(number.each_seed)}"] if number.each_seed else []
    drawn += [f"each season × {_span(number.each_season)}"] if number.each_season else []
    bounds = f"{amount(number.low)} to {amount(number.high)}"
    told = (amount(number.value), bounds, number.unit, number.origin, ", ".join(drawn), number.source)
    return _called(number), number.plain, *told


def _span(pair: tuple[float, float]) -> str:
    return f"{amount(pair[0])} to {amount(pair[1])}"


def _flow(flow: Any) -> tuple[str, ...]:
    where = f"where {code(flow.where)}" if flow.where is not None else ""
    each = "community" if flow.per else ""
    delay = _seasons(flow.delay) if flow.delay else ""
    ends = f"{flow.source_stock} → {flow.target_stock}"
    return _called(flow), flow.plain, ends, code(flow.rate), each, where, delay, flow.source or FOR_PLAY


def _auxiliary(item: Any) -> tuple[str, ...]:
    return _called(item), item.plain, code(item.is_), item.unit, item.source


def _influence(item: Any) -> tuple[str, ...]:
    return _called(item), item.plain, f"`{item.of}`", code(item.change), item.once or "", item.source or FOR_PLAY


def _action(action: Action) -> tuple[str, ...]:
    cost = ", ".join(f"{key} {amount(value)}" for key, value in action.cost.items())
    when = code(action.when) if action.when is not None else ""
    limit = str(action.limit) if action.limit > 1 else ""
    does = "; ".join(
        [
            *(f"now: {_effect(effect)}" for effect in action.now),
            *(f"after {_seasons(one.after)}: `{one.of}` {_signed(one.add)}" for one in action.later),
            *(f"each season: {_effect(effect)}" for effect in action.each_season),
            *([f"breaks `{action.breaks}`"] if action.breaks else []),
            *([f"reveals {_names(action.reveals)}"] if action.reveals else []),
            *([f"may be blocked by {action.blocked_by}"] if action.blocked_by else []),
        ]
    )
    accepts = code(action.accepts) if action.accepts is not None else ""
    kind = f"{action.mode}, {action.family}"
    told = (f"`{cost}`" if cost else "", when, limit, does, accepts, _lasting(action), _names(action.meets))
    return _called(action), action.plain, kind, _target(action), *told, action.source or FOR_PLAY


def _target(action: Action) -> str:
    target = action.target
    if isinstance(target, TileTarget):
        return f"{target.area} × {target.area} {target.tiles}" + (" of one's own" if action.only_own else "")
    if isinstance(target, TerrainTarget):
        return f"all {target.all}"
    return target if isinstance(target, str) else f"{target.communities.replace('..', ' to ')} communities"


def _effect(effect: Effect) -> str:
    if effect.set:
        return f"who uses the tiles: {effect.to or 'me'}"
    if effect.move:
        return f"`{effect.move.origin}` → `{effect.move.to}` {code(effect.move.amount)}"
    if not effect.of:
        raise ValueError(f"an effect that has no words here: {effect}")
    whom = effect.who or (f"every two {effect.between}" if effect.between else "")
    whom += " toward me" if effect.toward else ""
    return f"`{effect.of}` {_signed(effect.add)}" + (f" for {whom}" if whom else "")


def _signed(add: object) -> str:
    return f"`{add:+g}`" if isinstance(add, (int, float)) else f"+ `{add}`"


def _lasting(action: Action) -> str:
    lasts = action.lasts
    if lasts is None:
        return ""
    watch = [f"a trial of {_names(action.tries)}"] if action.tries else []
    watch += [f"eyes on {_names(action.oversees)}"] if action.oversees else []
    said = [_seasons(lasts.seasons)] if lasts.seasons else []
    said += [f"while {code(lasts.while_)}"] if lasts.while_ is not None else []
    said += [f"a member leaves when {code(lasts.leaves)}"] if lasts.leaves is not None else []
    said += [f"sets `{key}` = {code(value)}" for key, value in lasts.sets.items()]
    said += [f"limits {_names(lasts.limits)}"] if lasts.limits else []
    if lasts.fines:
        steps = ", then ".join(code(step) for step in lasts.fines.steps)
        said.append(f"fines for breaking `{lasts.fines.breaking}`: {steps} of `{lasts.fines.stock}`")
        said += [f"else {amount(each)} `{stock}` for each unit" for stock, each in lasts.fines.seizes.items()]
    return "; ".join([*said, *watch])


# For each section: the heads of its table, and how one piece becomes a row.
TABLES: dict[str, tuple[tuple[str, ...], Any]] = {
    "terrains": (("called", "in plain words"), _terrain),
    "needs": (("called", "in plain words"), _terrain),
    "stocks": (
        (
            "called",
            "in plain words",
            "kind",
            "place",
            "unit",
            "range",
            "start",
            "moves",
            "read as",
            "balance",
            "source",
        ),
        _stock,
    ),
    "numbers": (("called", "in plain words", "value", "range", "unit", "from", "drawn", "source"), _number),
    "auxiliaries": (("called", "in plain words", "stands for", "unit", "source"), _auxiliary),
    "flows": (("called", "in plain words", "way", "a season", "for each", "where", "delay", "source"), _flow),
    "influences": (("called", "in plain words", "of", "change a season", "once a", "source"), _influence),
    "actions": (
        (
            "called",
            "in plain words",
            "kind",
            "target",
            "cost",
            "when",
            "times",
            "does",
            "accepted when",
            "lasts",
            "meets",
            "source",
        ),
        _action,
    ),
    "events": (("called", "in plain words", "comes", "lasts", "sign", "sets"), _event),
}


if __name__ == "__main__":
    sys.exit(main())
