"""Auxiliaries: a name for an expression is worth what it stands for, wherever it is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from game.level.library import shipped_levels
from game.level.problems import LevelError
from game.level.reader import examine, parse_level
from game.playing.books import books
from game.playing.explain import explain
from game.playing.numbers import facts
from game.playing.session import Session
from game.run.backends import kernel
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.observe import observe
from game.sim.step import Ticks, step
from tests.oracle.oracle import Oracle
from tests.sim.levels import level_text, random_plans

NAMED = """
auxiliaries:
  hunger:   {plain: What they would eat., is: herd * 0.5, unit: t}
  pressure: {plain: How short the hay is., is: "max(0, 1 - hay / (hunger * 2 + 1))"}
  thin:     {plain: How bare a tile is., is: 1 - grass / 10}
  worst:    {plain: The barest of all., is: max(thin)}
  liked:    {plain: How much the others trust one., is: mean(trust), at: community}
  slow:     {plain: Yesterday's hunger., is: "delay(pressure, 2)"}
"""
RULES = """
watch: [pressure, hay]
objective: mean(pressure) + pressure[ann] + worst
stocks:
  grass: {at: tile, kind: matter, range: [0, 10], start: 5, varies: 0.2, plain: G}
  herd:  {at: community, kind: state, range: [0, 60], start: 4, varies: 0.3, plain: H}
  hay:   {at: community, kind: matter, range: [0, 60], start: 4, unit: t, plain: F}
  days:  {at: player, kind: state, range: [0, 9], start: 5, plain: D}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.3, varies: 0.4, plain: T}
flows:
  regrowth: {from: outside, to: grass, rate: "0.5 * grass * THIN * (1 - 0.1 * OF_BOB) * WORST", plain: G}
  grazing:  {from: grass, to: hay, per: community, where: "uses(community, tile)", plain: M,
             rate: "HUNGER * grass / (sum(grass, uses) + 1)"}
  eating:   {from: hay, to: outside, rate: "HUNGER * (1 + SLOW)", plain: E}
influences:
  thrive: {of: herd, change: "0.1 * LIKED - PRESSURE * 0.2", plain: They thrive or not.}
  warm:   {of: trust, change: "0.1 * (THIN_ALL - trust)", plain: T}
actions:
  give: {mode: with, family: gift, target: community, plain: Give., cost: {days: "1 + MINE"}, when: "THEIRS > 0.01",
         now: [{of: "trust[target, me]", add: "0.1 * THEIRS"}]}
"""
PEOPLE = ("ann", "bob")
LEGEND = '".": {terrain: ground, users: [ann]}\n",": {terrain: ground, users: [ann, bob]}'
HUNGER, THIN = "(herd * 0.5)", "(1 - grass / 10)"


def pressure(who: str) -> str:
    return f"(max(0, 1 - hay{who} / ((herd{who} * 0.5) * 2 + 1)))"


WRITTEN = {
    "OF_BOB": pressure("[bob]"), "THIN_ALL": f"mean({THIN})", "HUNGER": HUNGER, "PRESSURE": pressure(""),
    "SLOW": f"delay({pressure('')}, 2)", "LIKED": "mean(trust)", "WORST": f"max({THIN})", "THIN": THIN,
    "MINE": pressure("[me]"), "THEIRS": pressure("[target]"),
    "objective: mean(pressure) + pressure[ann] + worst":
        f"objective: mean({pressure('')}) + {pressure('[ann]')} + max({THIN})",
    "watch: [pressure, hay]": "watch: [hay]",
}  # fmt: skip
BY_NAME = {
    "OF_BOB": "pressure[bob]", "THIN_ALL": "mean(thin)", "HUNGER": "hunger", "PRESSURE": "pressure", "SLOW": "slow",
    "LIKED": "liked", "WORST": "worst", "THIN": "thin", "MINE": "pressure", "THEIRS": "pressure[target]",
}  # fmt: skip


def text_of(words: dict[str, str], before: str = "") -> str:
    body = RULES
    for word, meant in words.items():
        body = body.replace(word, meant)
    return level_text(before + body, rows=".,.\n,,.", people=PEOPLE, legend=LEGEND, ticks=4)


def found(text: str, folder: Path) -> list[str]:
    file = folder / "level.yaml"
    file.write_text(text, encoding="utf-8")
    return [str(one) for one in examine(file).problems if one.severity == "error"]


def test_a_name_gives_the_same_bits_as_what_it_stands_for() -> None:
    models = [compile_level(parse_level(text)) for text in (text_of(BY_NAME, NAMED), text_of(WRITTEN))]
    worlds = [new_worlds(model, range(5)) for model in models]
    for _ in range(6):
        worlds = [step(model, world) for model, world in zip(models, worlds, strict=True)]
        for name in models[0].stocks:
            assert np.array_equal(*(world.stock[name] for world in worlds)), name
        seen = [observe(model, world)["objective"] for model, world in zip(models, worlds, strict=True)]
        assert np.array_equal(*seen)


def test_the_oracle_reads_them_alike() -> None:
    model = compile_level(parse_level(text_of(BY_NAME, NAMED)))
    same_in_five_seasons(model, None)


@pytest.mark.nightly
def test_the_kernel_reads_them_alike() -> None:
    pytest.importorskip("numba", reason="the kernel takes numba")
    model = compile_level(parse_level(text_of(BY_NAME, NAMED)))
    same_in_five_seasons(model, kernel("compiled", model, 1))


def same_in_five_seasons(model: Model, fast: Ticks | None) -> None:
    """Hold NumPy against the oracle, and where there is a kernel against that."""
    numpy = compiled = new_worlds(model, [3])
    oracle, chance = Oracle.from_world(model, numpy), np.random.default_rng(5)
    for _ in range(5):
        actions = random_plans(model, chance, 1)
        oracle.step(actions)
        numpy = step(model, numpy, actions)
        assert not oracle.differences(numpy)
        if fast is not None:
            compiled = step(model, compiled, actions, fast)
            assert numpy.digest() == compiled.digest()


def test_tables_hold_them_for_each_community_or_as_a_mean() -> None:
    model = compile_level(parse_level(text_of(BY_NAME, NAMED)))
    seen = observe(model, new_worlds(model, [1, 2]))
    for who in PEOPLE:
        hungry = seen[f"herd.{who}"] * 0.5
        assert np.array_equal(seen[f"hunger.{who}"], hungry)
        assert np.allclose(seen[f"pressure.{who}"], np.maximum(0, 1 - seen[f"hay.{who}"] / (hungry * 2 + 1)))
    assert np.allclose(seen["thin"], 1 - seen["grass"] / 10)


def test_a_player_sees_them_above_the_board_and_can_ask_why() -> None:
    session = Session(compile_level(parse_level(text_of(BY_NAME, NAMED))), 7, 1, ("idle", "idle"))
    first, second = facts(session)
    assert (first.stock, first.title, second.stock) == ("pressure", "Your pressure", "hay")
    lines = explain(session, {"about": "number", "stock": "pressure", "household": "ann"})["lines"]
    assert lines[0] == f"Your pressure: {first.value}" and lines[1] == "How short the hay is."
    assert lines[2] == "Worked out as max(0, 1 - hay / (hunger * 2 + 1))."
    assert lines[3].startswith("Now: hay 4 t, hunger ")
    assert [line.text for line in books(session, {"about": "stock", "stock": "pressure"})] == lines


def test_a_circle_is_an_error_that_names_its_members(tmp_path: Path) -> None:
    circle = "\nauxiliaries:\n  a: {plain: A, is: b + 1}\n  b: {plain: B, is: 2 * c}\n  c: {plain: C, is: a - hay}\n"
    (message,) = found(text_of(WRITTEN, circle), tmp_path)
    assert '"a" needs "b", "b" needs "c", "c" needs "a"' in message and "let a state keep one" in message
    (message,) = found(text_of(WRITTEN, "\nauxiliaries:\n  a: {plain: A, is: a + 1}\n"), tmp_path)
    assert '"a" needs itself' in message


def test_what_is_wrong_with_one_is_told_once_and_where_it_stands(tmp_path: Path) -> None:
    text = text_of(BY_NAME, NAMED.replace("herd * 0.5", "herdd * 0.5"))
    (message,) = found(text, tmp_path)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "herdd" in one)
    assert f":{line}:" in message and 'did you mean "herd"?' in message


def test_a_name_of_each_community_is_refused_where_one_number_is_wanted(tmp_path: Path) -> None:
    text = text_of(BY_NAME, NAMED).replace("objective: mean(pressure)", "objective: pressure")
    (message,) = found(text, tmp_path)
    assert '"pressure" belongs to each community' in message and "write mean(pressure)" in message


def test_names_that_double_at_every_step_are_refused_and_quickly(tmp_path: Path) -> None:
    lines = "".join(f"  a{n}: {{plain: A, is: a{n - 1} + a{n - 1}}}\n" for n in range(1, 60))
    (message,) = found(text_of(WRITTEN, "\nauxiliaries:\n  a0: {plain: A, is: hay}\n" + lines), tmp_path)
    assert "more than 1000 parts" in message


def test_a_division_by_zero_is_told_where_it_is_written_only(tmp_path: Path) -> None:
    file = tmp_path / "level.yaml"
    text = text_of(BY_NAME, NAMED.replace("hunger * 2 + 1", "hunger * 2"))
    file.write_text(text, encoding="utf-8")
    (warning,) = [one for one in examine(file).problems if one.code == "division-by-zero"]
    assert "hunger * 2))" in text.splitlines()[warning.line - 1]


def test_a_name_cannot_be_that_of_a_stock() -> None:
    with pytest.raises(LevelError, match="is a name in"):
        parse_level(text_of(WRITTEN, "\nauxiliaries:\n  hay: {plain: Hay., is: 1}\n"))


def test_a_ruleset_may_bring_them_and_a_level_change_them(tmp_path: Path) -> None:
    assert shipped_levels()
    (tmp_path / "rules").mkdir()
    head, body = text_of(BY_NAME, NAMED).split("\nauxiliaries:")
    rules = "title: R\nauxiliaries:" + body.replace("watch: [pressure, hay]\n", "")
    objective = next(line for line in rules.splitlines() if line.startswith("objective"))
    (tmp_path / "rules" / "small.yaml").write_text(rules.replace(objective + "\n", ""), encoding="utf-8")
    file = tmp_path / "level.yaml"
    file.write_text(head + "\nrules: small\nchange: {hunger.is: herd * 2}\n", encoding="utf-8")
    checked = examine(file)
    assert [one for one in checked.problems if one.severity == "error"] == []
    model = compile_level(checked.level)
    seen = observe(model, new_worlds(model, [1]))
    assert np.array_equal(seen["hunger.ann"], seen["herd.ann"] * 2)
