"""What stands behind each warning: why it is given, and what to write; and what a level takes from its rules."""

from __future__ import annotations

import re
from collections.abc import Collection

from game.language.unknown import look_up
from game.level.look_checks import unseen_colours
from game.level.problems import Problem
from game.level.reader import Findings
from game.level.schema import Level

# By code: why it matters, and what to write.
WARNINGS: dict[str, tuple[str, str]] = {
    "chance-above-odds": (
        "An event comes only after its sign, and a sign is right as often as `odds` says; it cannot come more often.",
        "A smaller `chance`, or larger `odds`.",
    ),
    "data-too-short": (
        "A series tells nothing of a part of the game; there its first or its last value stands.",
        "More lines in the table, `start:` and `each:` as its times count, or fewer seasons.",
    ),
    "colour-not-seen": (
        "The colour stands in the file, and the board draws nothing in it.",
        "`looks_like: people` (dots, cars, trees, ...) draws a stock in its colour; or leave the colour out.",
    ),
    "colours-alike": (
        "Two kinds of ground lie on the map as one; one man in twelve sees red and green alike.",
        "A lighter or darker colour for one of them, or another `looks_like`.",
    ),
    "division-by-zero": (
        "The range of what stands below the line holds 0; there the whole counts as 0, which may jump.",
        "`a / (b + 0.001)`, or `saturate(a, b)` where a part of a whole is meant.",
    ),
    "does-not-settle": (
        "In a trial of 40 seasons in which nobody acts it runs to a bound and stays: the bound decides, no rule.",
        "A flow or an influence that grows weaker as the stock comes near, or `unbalanced: why it may`.",
    ),
    "letters-not-shown": (
        "No font of this computer has these letters; the window would draw boxes.",
        "Other letters, or install a font that has them; players need one too.",
    ),
    "missing-value": (
        "The table has a time without a value; what lies between its neighbours, or the value before, stands for it.",
        "What was measured then, or no line for that time.",
    ),
    "never-happens": (
        "The event has neither a chance nor a season, so no game ever sees it.",
        "`chance: 0.1`, or `at: 5`, or no event.",
    ),
    "no-balancing-flow": (
        "Rules change the stock and none of them pushes back as it grows; nothing but its bound will ever hold it.",
        "A flow out that rises with the stock, or an influence that falls with it, or `unbalanced: why it may`.",
    ),
    "no-home": (
        "Players speak for this community, and the board has nothing of it to press or to draw.",
        "A sign in `legend` with `home: its name`, on two tiles or more.",
    ),
    "no-such-loop": (
        "A named loop is shown to players; this one leads from one of its stocks to the next nowhere.",
        "`through:` the stocks on the way round, in their order, or the rule that is missing.",
    ),
    "no-objective": (
        "Planning players and `beats` in claims measure by the objective.",
        "`objective:` and one expression that is larger when things go better, such as `mean(grass)`.",
    ),
    "no-sign": (
        "A sign is seen a season before its event, and before season 1 there is none.",
        "`at: 2` or later, or no `warns`.",
    ),
    "no-use": (
        "Heights move only stocks that run `downhill`, and these rules have none.",
        "`downhill:` in a stock, or no `heights`.",
    ),
    "not-a-colour": (
        "What is no colour is drawn in a neutral one.",
        '`colour: "#6aa84f"`: a # and six digits from 0 to f, in quotes.',
    ),
    "other-kind-of-loop": (
        "A reinforcing loop adds to a push, a balancing one takes it back; this one did the other in every trial.",
        "The other `kind`, or no `kind`, or a rule with the other sign.",
    ),
    "out-of-domain": (
        "The function has no value for a part of what may stand in it; there it counts as its nearest.",
        "`max(x, 0.001)` or `clamp(x, low, high)` around it.",
    ),
    "season-said": (
        "The turns of this level have another name, and the game says it everywhere; this text says season.",
        "The name that stands below `seasons`, as in `every week` and `unit: t/week`.",
    ),
    "start-outside": (
        "The start leads out of the range of its stock in a game, and is held to the bound.",
        "A wider `range`, or `clamp(..., low, high)` where the bound is meant.",
    ),
    "tick-too-long": (
        "In one tick more would flow out than there is; only what there is flows, and the curve is not the rate's.",
        "More `ticks` in `seasons`, or a smaller rate.",
    ),
    "unknown-family": (
        "Scripts, the book of paths and the pictures of cards go by the family; an unknown one counts little.",
        "One of those named, such as `commons` for what many keep together, or `take`.",
    ),
    "no-unit": (
        "Only units that can be read are held against each other, so a slip with this one is never seen.",
        "Words with `/` or `*` between: `t`, `kg/day`, `1/season`.",
    ),
    "unit-too-long": (
        "A unit stands beside every number, on cards, in charts and in the terminal, and this one has no room there.",
        "A shorter word, and in `plain` what it means.",
    ),
    "units-differ": (
        "Two amounts of different units are added, compared or moved; whatever comes of it measures nothing.",
        "The unit that is meant, or the number that turns one into the other, with its own `unit: t/boat`.",
    ),
    "not-allowed": (
        "An action of the level's own is offered to nobody, since the list of allowed actions leaves it out.",
        "Its name in `actions: {allow: [...]}` as well; without `allow` all actions are offered.",
    ),
    "unknown-icon": (
        "There is no picture of this name, so a plain disc is drawn.",
        "A name of the list in docs/authors/words.md, or draw pictures/NAME.svg beside the level.",
    ),
}  # fmt: skip


def explained(problem: Problem) -> list[str]:
    """Return two lines about a warning: why it is given, and what to write; none for errors and notes.

    Raises UnknownKind for a warning that this table does not know.
    """
    if problem.severity != "warning":
        return []
    why, write = look_up(WARNINGS, problem.code, "warning", "WARNINGS in game/level/explained.py")
    return [f"    why:   {why}", f"    write: {write}"]


def inherited(findings: Findings, playing: Level, on_land: Collection[str]) -> list[Problem]:
    """Return a note for each stock that is in play, that the level itself never names and that it may not want.

    Such stocks come from a ruleset, with their start: all matter that people
    hold, and of states those that live on land alone of which the level has
    none, as cows do in a town.  They may be just what is meant, or what nobody
    thought of.  `playing` is the level with what takes part, `on_land` are the
    stocks on tiles that have a place on its map.
    """
    level, source = findings.level, findings.source
    if level is None or source is None:
        return []
    named, notes = set(re.findall(r"\w+", source.main.text)), []
    lost = _lost(level, playing, on_land)
    for name, spec in playing.stocks.items():
        held = spec.place == "community" and (spec.kind == "matter" or name in lost)
        if not held or name in named or not spec.start:
            continue
        start = f"{spec.start:g}" if isinstance(spec.start, float) else f"{spec.start}"
        place = source.place(("stocks", name), key=True)
        fed = f"; it lives on {lost[name]}, of which this map has none" if name in lost else ""
        message = (
            f'"{name}" comes from these rules and starts at {start} for everybody, and {source.main.file} never '
            f"names it{fed}; to do without it write  stocks: {{{name}: {{start: 0}}}}"
        )
        message += "; a town or a school needs  rules: people  alone" if name in lost else ""
        notes.append(Problem(place.file, place.line, place.column, "note", "inherited", message))
    return notes


def _lost(level: Level, playing: Level, on_land: Collection[str]) -> dict[str, str]:
    """Return the stocks that nothing on the map of a level feeds, each with what it lives on: on land, or on another.

    All rules that such a stock has a part in read land that is not there, or
    move nothing but others of its kind.
    """
    rules = [({rule.of}, _names(rule.change)) for rule in playing.influences.values()]
    rules += [
        ({rule.source_stock, rule.target_stock} & playing.stocks.keys(), _names(rule.rate) | _names(rule.where))
        for rule in playing.flows.values()
    ]
    tiles = {name for name, spec in level.stocks.items() if spec.place == "tile"}
    lost: dict[str, str] = {}
    for name in playing.stocks:
        land = set().union(*(ends | read for ends, read in rules if name in ends | read)) & tiles
        if land and not land & {*on_land}:
            lost[name] = " and ".join(sorted(land))
    for name in playing.stocks:
        moved = set().union(*(ends for ends, read in rules if name in ends | read)) - {name}
        if name not in lost and moved and moved <= lost.keys():
            lost[name] = " and ".join(sorted(moved))
    return lost


def _names(rule: object) -> set[str]:
    return set(re.findall(r"[a-z]\w*", rule)) if isinstance(rule, str) else set()


def colours_beside_tiles(findings: Findings) -> list[Problem]:
    """Return a note for a level that gives colours to stocks which live on no tile: they show nowhere."""
    level, source = findings.level, findings.source
    names = unseen_colours(level, source) if level is not None and source is not None else []
    if source is None or not names:
        return []
    message = (
        "a colour is seen on the board: of ground, and of stocks on tiles; elsewhere an icon has colours of its own, "
        f"so that of {', '.join(names)} shows nowhere"
    )
    return [source.problem(("stocks", names[0], "colour"), "colour-not-seen", message, "note")]
