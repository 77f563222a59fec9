"""What `check` finds in a level beyond its shape: names, bounds, domains, ticks."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.level.cost import MOST_NODE_TILES, level_cost
from game.level.library import shipped_levels
from game.level.problems import LevelError
from game.level.reader import changed_level, examine, load_level, parse_level

LEVEL = """
title: A pond
terrains: {water: {plain: Water.}}
stocks:
  fish: {at: tile, kind: matter, unit: t, range: [0, 10], start: 5, plain: Fish.}
  mood: {at: community, kind: state, range: [0, 1], start: 0.5, plain: How people feel.}
numbers:
  rate: {value: 0.2, low: 0.1, high: 0.3, plain: How fast fish breed.}
flows:
  breeding: {from: outside, to: fish, rate: "rate * fish * (1 - fish / 10)", plain: Fish breed.}
  dying: {from: fish, to: outside, rate: DYING, plain: Fish die.}
influences:
  gloom: {of: mood, change: GLOOM, plain: Moods sink.}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {"~": {terrain: water, home: us}}, rows: "~~~"}
goals: [{id: some, plain: Some fish are left., hold: HOLD}]
"""


def problems(
    dying: str = "0.1 * fish", gloom: str = '"0 - 0.1 * mood"', hold: str = "mean(fish) > 1", folder: Path | None = None
) -> list[str]:
    text = LEVEL.replace("DYING", dying).replace("GLOOM", gloom).replace("HOLD", hold)
    assert folder is not None
    file = folder / "pond.yaml"
    file.write_text(text, encoding="utf-8")
    return [str(problem).replace(str(file), "pond.yaml") for problem in examine(file).problems]


def test_an_action_that_is_written_and_not_allowed_is_told(tmp_path: Path) -> None:
    own = """
actions:
  allow: ALLOWED
  feed: {mode: with, family: care, target: world, plain: Feed the fish., now: [{of: fish, add: 1}]}
  net:  {mode: over, family: take, target: world, plain: Empty a net., now: [{of: fish, add: -1}]}
"""
    file = tmp_path / "pond.yaml"
    for allowed, told in (("[feed]", ["not-allowed"]), ("[feed, net]", [])):
        text = (
            LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
        )
        file.write_text(text + own.replace("ALLOWED", allowed), encoding="utf-8")
        found = [one for one in examine(file).problems if one.code == "not-allowed"]
        assert [one.code for one in found] == told
        assert all('"net" is written here' in one.message and one.line > 20 for one in found)


def test_a_sound_level_has_no_problems(tmp_path: Path) -> None:
    assert problems(folder=tmp_path) == []


@pytest.mark.parametrize("file", shipped_levels(), ids=lambda file: file.stem)
def test_shipped_levels_have_no_problems_and_not_even_warnings(file: Path) -> None:
    assert examine(file).problems == ()


def test_an_unknown_name_is_placed_to_the_column_with_a_suggestion(tmp_path: Path) -> None:
    (found,) = problems(dying="0.1 * fihs", folder=tmp_path)
    line = LEVEL.splitlines()[10]
    column = line.index("DYING") + len("0.1 * ") + 1
    assert found.startswith(f"pond.yaml:11:{column}: error: ")
    assert 'did you mean "fish"?' in found


def test_a_tile_stock_in_a_rule_for_the_world_wants_a_mean(tmp_path: Path) -> None:
    (found,) = problems(hold="fish > 1", folder=tmp_path)
    assert "write mean(fish) or sum(fish)" in found


def test_a_community_stock_in_a_rule_for_tiles_wants_a_mean(tmp_path: Path) -> None:
    (found,) = problems(dying="0.1 * mood", folder=tmp_path)
    assert "write mean(mood) or sum(mood)" in found


def test_a_possible_division_by_zero_is_a_warning_at_the_divisor(tmp_path: Path) -> None:
    (found,) = problems(dying="1 / fish", folder=tmp_path)
    assert "warning" in found and "divide by zero" in found


def test_a_rule_that_could_overflow_is_refused(tmp_path: Path) -> None:
    found = problems(dying='"(1000000 * fish) ** 8 * (1000000 * fish) ** 8"', folder=tmp_path)
    assert any("beyond all bounds" in one for one in found)


@pytest.mark.parametrize(("rate", "least"), [("0.8 * fish", 16), ("fish * 2 * 0.5", 20), ("fish / 2", 10)])
def test_a_flow_that_drains_much_in_a_tick_is_a_warning_with_a_cure(rate: str, least: int, tmp_path: Path) -> None:
    (found,) = problems(dying=rate, folder=tmp_path)
    assert "warning" in found and f"{least} ticks a season would do" in found


def test_an_influence_that_changes_much_in_a_tick_is_a_warning(tmp_path: Path) -> None:
    (found,) = problems(gloom='"0 - mood"', folder=tmp_path)
    assert "12% of mood" in found


def test_many_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = problems(dying="0.1 * fihs", gloom='"0 - moood"', hold="mean(fsih) > 1", folder=tmp_path)
    assert len(found) == 3
    assert [int(one.split(":")[1]) for one in found] == sorted(int(one.split(":")[1]) for one in found)


def test_a_misspelt_key_says_nothing_about_the_missing_one(tmp_path: Path) -> None:
    file = tmp_path / "pond.yaml"
    text = LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
    file.write_text(text.replace("goals:", "goal:"), encoding="utf-8")
    (found,) = examine(file).problems
    assert found.code == "unknown-key" and 'did you mean "goals"?' in found.message


def test_a_dotted_name_overrides_one_value_in_place() -> None:
    level = load_level("the_shared_pasture")
    changed = changed_level(level, {"growth": 0.35, "herd.start": 4, "alder.herd": 3, "grazing.rate": "0.1 * grass"})
    assert changed.numbers["growth"].value == 0.35
    assert changed.stocks["herd"].start == 4
    assert changed.communities["alder"].starts["herd"] == 3
    assert changed.flows["grazing"].rate == "0.1 * grass"
    assert level.numbers["growth"].value == 0.4


@pytest.mark.parametrize(
    ("change", "said"),
    [({"growht": 0.3}, 'did you mean "growth"?'), ({"growth": 9}, "outside its bounds"), ({"herd.strat": 3}, "strat")],
)
def test_a_change_that_does_not_fit_is_refused_with_the_reason(change: dict[str, object], said: str) -> None:
    with pytest.raises(LevelError, match="error") as caught:
        changed_level(load_level("the_shared_pasture"), change)
    assert said in str(caught.value)


def test_a_level_overrides_its_rules_field_by_field() -> None:
    text = """
rules: valley
title: Another pasture
numbers: {growth: 0.5}
stocks: {herd: {start: 3}}
communities: {us: {name: Us}}
seats: [us]
map: {legend: {".": {terrain: pasture, users: [us], home: us}}, rows: "...."}
goals: [{id: green, plain: Green., hold: mean(grass) > 0.5}]
change: {breeding: 0.05}
"""
    level = parse_level(text)
    assert (level.numbers["growth"].value, level.stocks["herd"].start, level.numbers["breeding"].value) == (
        0.5,
        3,
        0.05,
    )
    assert level.stocks["herd"].plain.startswith("Animals")


def test_an_expression_cut_in_two_by_its_comma_is_told_to_stand_in_quotes(tmp_path: Path) -> None:
    found = problems(hold="min(mean(fish), 3) >= 1", folder=tmp_path)
    assert 'pond.yaml:17:57: error: a closing ")" is missing' in found
    assert any(
        line.startswith("pond.yaml:17:70: error: ") and "a comma inside { } needs quotes" in line for line in found
    )
    assert len(found) == 2


# -- cost --------------------------------------------------------------------------------------------


def wide_level(rows: int, columns: int, people: int, rate: str) -> str:
    """A level whose only flow runs on every tile for every community."""
    communities = ", ".join(f"c{index}: {{name: C{index}}}" for index in range(people))
    lines = "\n".join("    " + "~" * columns for _ in range(rows))
    return f"""
title: A wide pond
terrains: {{water: {{plain: Water.}}}}
stocks:
  fish: {{at: tile, kind: matter, range: [0, 10], start: 5, plain: Fish.}}
  catch: {{at: community, kind: matter, range: [0, 1000000], start: 0, plain: Fish in the boat.}}
flows:
  fishing: {{from: fish, to: catch, per: community, rate: "{rate}", plain: Boats fish.}}
communities: {{{communities}}}
seats: [c0]
map:
  legend: {{"~": {{terrain: water}}}}
  rows: |
{lines}
goals: [{{id: some, plain: Some fish are left., hold: mean(fish) > 1}}]
"""


def test_a_cost_grows_with_tiles_communities_and_rules() -> None:
    def cost(*size: int, rate: str = "0.001 * fish") -> int:
        return level_cost(parse_level(wide_level(*size, rate)))

    small = cost(4, 4, 2)
    assert cost(8, 4, 2) == 2 * small
    assert cost(4, 4, 4) > 1.8 * small
    assert cost(4, 4, 2, rate="0.001 * fish * min(fish, 1) * near(fish)") > small + 8 * 4 * 4
    assert cost(4, 4, 2, rate="0.0005 * 2 * fish") > 0


def test_the_cost_is_that_of_the_rules_that_take_part() -> None:
    """A large ruleset costs a small level nothing."""
    pasture, valley = load_level("the_shared_pasture"), load_level("sandbox")
    assert pasture.rules == valley.rules and pasture.map.rows.count("\n") == valley.map.rows.count("\n")
    assert 2 * level_cost(pasture) < level_cost(valley) < MOST_NODE_TILES / 50


def test_a_level_that_would_take_too_long_a_tick_is_refused_by_its_cost() -> None:
    long = " + ".join(["0.0001 * fish / (1 + catch)"] * 10)
    with pytest.raises(LevelError, match=r"node-tiles; at most 20,000,000 are allowed; use a smaller map"):
        parse_level(wide_level(128, 128, 64, long))
    assert level_cost(parse_level(wide_level(128, 128, 20, long))) < MOST_NODE_TILES


WATCH = """
actions:
  fell: {mode: over, family: take, target: world, plain: Fish hard.}
  watch: {mode: with, family: commons, target: world, plain: Watch., KEYS}
"""


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ("lasts: {seasons: 4}, oversees: [fel]", "fel]", 'there is no action "fel" (did you mean "fell"?)'),
        ("lasts: {seasons: 4}, tries: [fell, smoke]", "smoke", 'there is no action "smoke"'),
        ("oversees: [fell]", "oversees", '"oversees" holds while something lasts: add lasts: {seasons: 8}'),
        ("tries: fell", "tries", '"tries" holds while something lasts: add lasts: {seasons: 8}'),
        ("lasts: {while: mean(fish) > 1}, tries: fell", "tries", "write seasons: 8 into lasts"),
    ],
)
def test_what_is_tried_and_watched_must_be_there_and_last(keys: str, key: str, said: str, tmp_path: Path) -> None:
    text = LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
    file = tmp_path / "pond.yaml"
    file.write_text(text + WATCH.replace("KEYS", keys), encoding="utf-8")
    (found,) = examine(file).problems
    lines = file.read_text(encoding="utf-8").splitlines()
    assert said in found.message and found.severity == "error"
    assert (found.line, found.column) == (len(lines), lines[-1].rindex(key) + 1)


def test_what_is_tried_and_watched_is_fine_where_it_lasts(tmp_path: Path) -> None:
    text = LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
    file = tmp_path / "pond.yaml"
    watch = WATCH.replace("KEYS", "lasts: {seasons: 4}, oversees: fell, tries: [fell]")
    file.write_text(text + watch, encoding="utf-8")
    assert examine(file).problems == ()


@pytest.mark.parametrize("who", ["me", "target"])
def test_who_is_meant_is_written_in_brackets(who: str) -> None:
    text = LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
    now = f"[{{of: mood, who: {who}, add: 1}}]"
    cheer = f"actions: {{cheer: {{mode: with, family: care, target: community, plain: C, now: {now}}}}}"
    with pytest.raises(LevelError) as refused:
        parse_level(f"{text}\n{cheer}\n")
    assert f"as in mood[{who}]" in str(refused.value)


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("neighbour", "{tiles: pasture, area: 3}, {all: pasture} or {communities: 2..6}"),
        ("communty", 'did you mean "community"?'),
        ("{tiles: water}", "say how wide a plot is, as in area: 3"),
        ("{communities: 3}", "{communities: 2..3}"),
        ("{communities: us}", "{communities: 2..6}"),
        ("{all: [water]}", "{all: pasture}"),
        ("me", "target: {all: water} for all of it, or target: {tiles: water, area: 3} for a plot"),
    ],
)
def test_a_target_that_is_none_is_told_with_what_to_write(target: str, told: str) -> None:
    text = LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
    feed = f"""
actions:
  feed: {{mode: with, family: care, target: {target}, plain: Feed the fish.,
         now: [{{move: {{from: outside, to: fish, amount: 1}}}}]}}
"""
    with pytest.raises(LevelError) as refused:
        parse_level(text + feed)
    assert told in str(refused.value)


def test_matter_that_comes_later_is_brought_by_a_flow(tmp_path: Path) -> None:
    """Only states can wait; `move` is for now alone."""
    own = """
actions:
  feed: {mode: with, family: care, target: world, plain: Feed.,
         later: [{of: fish, after: 2, add: 1, plain: L.}]}
"""
    text = LEVEL.replace("DYING", "0.1 * fish").replace("GLOOM", '"0 - 0.1 * mood"').replace("HOLD", "mean(fish) > 1")
    (tmp_path / "pond.yaml").write_text(text + own, encoding="utf-8")
    told = [one.message for one in examine(tmp_path / "pond.yaml").problems if one.code == "matter-moves-by-flows"]
    assert len(told) == 1 and "rate: fish_coming" in told[0] and "{move:" not in told[0]
