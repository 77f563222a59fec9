"""Every construct that `import` claims, in models of our own in both file kinds, held against plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from game.level.importing import Imported, ImportFault, import_model
from game.level.reader import parse_level
from game.sim.beginning import new_worlds
from game.sim.model import compile_level
from game.sim.observe import observe
from game.sim.step import step

MODELS = Path(__file__).parent.parent / "imports"
BEGINS, SEASONS, TICKS = 10, 12, 4
pytestmark = pytest.mark.skipif(find_spec("pysd") is None, reason="pip install 'powerdance[import]'")
Value = Callable[[float], float]  # of the time of the model


def x(time: float) -> float:
    return time - 15


def towards_zero(value: float) -> float:
    return float(math.trunc(value))


def remainder(value: float, of: float) -> float:
    return value - of * math.trunc(value / of)


def choice(time: float) -> float:
    return x(time) if 0 < x(time) < 3 or not x(time) >= -3 else -1.0


# What is the same in both kinds of file, as a function of time.
ALIKE: dict[str, Value] = {
    "x": x,
    "a abs": lambda t: abs(x(t)),
    "a min": lambda t: min(x(t), 2.0),
    "a max": lambda t: max(x(t), 1.0),
    "a sqrt": lambda t: math.sqrt(abs(x(t))),
    "a exp": lambda t: math.exp(x(t) / 4),
    "a ln": lambda t: math.log(abs(x(t)) + 1),
    "a sin": lambda t: math.sin(x(t)),
    "a cos": lambda t: math.cos(x(t)),
    "a tan": lambda t: math.tan(x(t) / 10),
    "a choice": choice,
    "a other": lambda t: (1.0 if x(t) != 2 else 0.0) + (1.0 if x(t) == 3 else 0.0),
    "a xidz": lambda t: 1 / x(t) if x(t) else 9.0,
    "a zidz": lambda t: 1 / x(t) if x(t) else 0.0,
    "a step": lambda t: 3.0 if t >= 12 else 0.0,
    "a ramp": lambda t: 2.0 * (min(max(t, 12), 15) - 12),
    "a square": lambda t: -(x(t) ** 2),
    "a controls": lambda t: 0.25 * 22 + 10,
    "a first": lambda t: x(BEGINS) + 1,
    "größe": lambda t: 2 * x(t),
    "grosse": lambda t: 7 + x(t),
    "height": lambda t: 3 * x(t),
}
IN_VENSIM: dict[str, Value] = {
    "a log": lambda t: math.log(abs(x(t)) + 1, 3),
    "a sinh": lambda t: math.sinh(x(t) / 4),
    "a cosh": lambda t: math.cosh(x(t) / 4),
    "a tanh": lambda t: math.tanh(x(t) / 4),
    "a integer": lambda t: towards_zero(x(t) / 2),
    "a modulo": lambda t: remainder(x(t), 3),
    "a quantum": lambda t: 2 * towards_zero(x(t) / 2),
    "a pulse": lambda t: 1.0 if 13 <= t < 15 else 0.0,
    "a train": lambda t: 1.0 if 12 <= t < 19 and (t - 12) % 3 < 1 else 0.0,
    "a power": lambda t: 2 ** x(t),
    "a inline": lambda t: 2 + 0.2 * x(t) if x(t) < 0 else max(0.0, 2 - 0.4 * x(t)),
    "a table": lambda t: 3 - (x(t) + 5) / 3 if x(t) < 1 else max(0.0, 1 - (x(t) - 1) / 4),
    "a sample": lambda t: t - t % 2 + min(0.25, t % 2),
    "a game": x,
    "a active": x,
}
IN_XMILE: dict[str, Value] = {
    "a log10": lambda t: math.log10(abs(x(t)) + 1),
    "a int": lambda t: float(math.floor(x(t) / 2)),
    "a mod": lambda t: x(t) % 3,
    "a once": lambda t: 6.0 * TICKS if t == 13 else 0.0,
    "a often": lambda t: 6.0 * TICKS if t >= 12 and (t - 12) % 3 == 0 else 0.0,
    "a only once": lambda t: 6.0 * TICKS if t == 12 else 0.0,
    "a ramp on": lambda t: 2.0 * max(0.0, t - 12),
    "a circle": lambda t: 2 * math.pi,
    "a inline": lambda t: 1 + (x(t) + 5) / 5 if x(t) < 0 else max(0.0, 2 - 0.4 * x(t)),
}


def stages(order: int, long: float, first: float, smooth: bool) -> list[float]:
    """A delay or a smoothing of x in so many stages, by Euler's method: its value at each tick."""
    each, found = long / order, []
    held = [first if smooth else first * each for _ in range(order)]
    for tick in range(SEASONS * TICKS + 1):
        out = held if smooth else [value / each for value in held]
        found.append(out[-1])
        into = [x(BEGINS + tick / TICKS), *out[:-1]]
        held = [
            value + ((new - old) / each if smooth else new - old) / TICKS
            for value, new, old in zip(held, into, out, strict=True)
        ]
    return found


def trend(first: float) -> list[float]:
    """By which share x + 9 grows in a season, seen over three of them."""
    seen, found = (x(BEGINS) + 9) / (1 + first * 3), []
    for tick in range(SEASONS * TICKS + 1):
        now = x(BEGINS + tick / TICKS) + 9
        found.append((now - seen) / (3 * seen))
        seen += (now - seen) / 3 / TICKS
    return found


def stock(inflow: Value, outflow: Callable[[float], float], lowest: float) -> list[float]:
    held, found = 10.0, []
    for tick in range(SEASONS * TICKS + 1):
        found.append(held)
        held = max(lowest, held + (inflow(BEGINS + tick / TICKS) - outflow(held)) / TICKS)
    return found


WITH_MEMORY: dict[str, list[float]] = {
    "d one": stages(1, 2, x(BEGINS), smooth=False),
    "d one from": stages(1, 2, 3, smooth=False),
    "d three": stages(3, 3, x(BEGINS), smooth=False),
    "d three from": stages(3, 3, 1, smooth=False),
    "d many": stages(5, 4, 2, smooth=False),
    "d fixed": [7.0 if tick < 6 else x(BEGINS + (tick - 6) / TICKS) for tick in range(SEASONS * TICKS + 1)],
    "s one": stages(1, 2, x(BEGINS), smooth=True),
    "s one from": stages(1, 2, 3, smooth=True),
    "s three": stages(3, 3, x(BEGINS), smooth=True),
    "s three from": stages(3, 3, 1, smooth=True),
    "s many": stages(5, 4, 2, smooth=True),
    "t trend": trend(0.1),
    "t forecast": [(x(BEGINS + tick / TICKS) + 9) * (1 + 2 * share) for tick, share in enumerate(trend(0.0))],
    "stock": stock(x, lambda held: 0.1 * held, -math.inf),
}
TANK = stock(lambda time: max(0.0, x(time)), lambda held: 2.0, 0.0)


def columns(found: Imported) -> dict[str, list[float]]:
    """What a level gives as each season begins, by the names of the model."""
    model = compile_level(parse_level(found.text))
    world = new_worlds(model, [1])
    rows = [observe(model, world)]
    for _ in range(model.seasons):
        world = step(model, world)
        rows.append(observe(model, world))
    return {name: [float(row[own][0]) for row in rows] for name, own in found.names.items() if own in rows[0]}


@pytest.mark.parametrize("kind", ["mdl", "xmile"])
def test_every_construct_gives_its_numbers(kind: str) -> None:
    found = import_model(MODELS / f"every.{kind}")
    assert found.lacking == []
    functions = {**ALIKE, **(IN_VENSIM if kind == "mdl" else IN_XMILE)}
    wanted = {
        name: [value(float(BEGINS + season)) for season in range(SEASONS + 1)] for name, value in functions.items()
    }
    wanted |= {name: values[::TICKS] for name, values in WITH_MEMORY.items()}
    if kind == "xmile":
        wanted["tank"] = TANK[::TICKS]
    seen = columns(found)
    for name, values in wanted.items():
        assert seen[name.replace(" ", "_")] == pytest.approx(values, abs=1e-9), name
    left = set(seen) - {name.replace(" ", "_") for name in wanted}
    assert {name for name in left if not name.endswith(("_first", "_kept"))} <= {"in", "out", "draining"}


def test_names_that_differ_in_letters_that_levels_lack_stay_apart() -> None:
    names = import_model(MODELS / "every.mdl").names
    assert len(set(names.values())) == len(names)
    assert names["größe"] != names["grosse"] and names["height"] == "height_"


def test_bounds_of_constants_and_expressions_of_the_time_step_are_kept() -> None:
    level = parse_level(import_model(MODELS / "every.mdl").text)
    assert (level.numbers["stages"].low, level.numbers["stages"].high) == (1.0, 9.0)
    assert (level.seasons.count, level.seasons.ticks, level.seasons.name) == (SEASONS, TICKS, "week")


CONTROL = """
FINAL TIME = {ends}
	~	Month
	~		|

INITIAL TIME = 0
	~	Month
	~		|

SAVEPER = 1
	~	Month
	~		|

TIME STEP = {step}
	~	Month
	~		|

"""
METHOD = "\\\\\\---/// Sketch information\nV300\n///---\\\\\\\n:L<%^E!@\n15:0,0,0,{method},0,0\n"


def vensim(folder: Path, *lines: str, step: float = 1, ends: float = 10, method: int = 0) -> Imported:
    """A model of so many equations, imported."""
    file = folder / "model.mdl"
    text = "".join(f"{line}\n\t~\t\n\t~\t\t|\n\n" for line in ("Stock = INTEG (1, 0)", *lines))
    file.write_text("{UTF-8}\n" + text + CONTROL.format(step=step, ends=ends) + METHOD.format(method=method), "utf-8")
    return import_model(file)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a = ARCSIN(Stock)", 'the function "arcsin" has no counterpart'),
        ("a = RANDOM UNIFORM(0, 1, 3)", "draws by chance"),
        ("a = (-2)^2", "reads two ways"),
        ("a = DELAY N(Stock, 4 + STEP(2, 3), 1, 5)", "whose length changes"),
        ("a = DELAY N(Stock, 4, 1, 2 + Stock)", "no plain number"),
        ("a = SMOOTH N(Stock, 4, 1, 40)", "of 40 has no counterpart"),
        ("a = DELAY FIXED(Stock, 4 + Stock * 0, 1)", "delayed by no plain number"),
        ("a = A FUNCTION OF(Stock)", "no counterpart"),
    ],
)
def test_what_has_no_counterpart_is_listed_with_the_reason(line: str, said: str, tmp_path: Path) -> None:
    lacking = vensim(tmp_path, line).lacking
    assert len(lacking) == 1 and lacking[0].startswith("a: ") and said in lacking[0]


def test_a_model_of_auxiliaries_alone_is_a_level(tmp_path: Path) -> None:
    file = tmp_path / "model.mdl"
    text = "a = Time * 2\n\t~\t\n\t~\t\t|\n\n" + CONTROL.format(step=1, ends=3)
    file.write_text("{UTF-8}\n" + text, "utf-8")
    assert columns(import_model(file))["a"] == [0.0, 2.0, 4.0, 6.0]


@pytest.mark.parametrize(("method", "said"), [(1, "RK4"), (3, "RK2"), (5, "RK4"), (0, ""), (2, "")])
def test_another_way_to_integrate_is_told(method: int, said: str, tmp_path: Path) -> None:
    lacking = vensim(tmp_path, method=method).lacking
    assert [line for line in lacking if "Euler" in line] == lacking and len(lacking) == bool(said)
    assert all(said in line for line in lacking)


def test_the_method_of_xmile_is_told_too(tmp_path: Path) -> None:
    text = (MODELS / "tank.xmile").read_text(encoding="utf-8")
    (tmp_path / "tank.xmile").write_text(text.replace('method="Euler"', "method='RK4'"), encoding="utf-8")
    assert "RK4" in import_model(tmp_path / "tank.xmile").lacking[0]


def test_a_table_too_long_and_a_table_of_steps_are_told(tmp_path: Path) -> None:
    points = ",".join(f"({one},{one % 7})" for one in range(130))
    assert "130 points" in vensim(tmp_path, f"table({points})", "a = table(Stock)").lacking[0]
    text = (MODELS / "tank.xmile").read_text(encoding="utf-8")
    (tmp_path / "steps.xmile").write_text(text.replace("<gf>", '<gf type="discrete">'), encoding="utf-8")
    assert 'read by "hold_backward"' in import_model(tmp_path / "steps.xmile").lacking[0]


def test_modules_and_macros_are_told(tmp_path: Path) -> None:
    text = (MODELS / "tank.xmile").read_text(encoding="utf-8")
    other = '<model name="other"><variables><aux name="far"><eqn>1</eqn></aux></variables></model>'
    (tmp_path / "two.xmile").write_text(text.replace("</xmile>", other + "</xmile>"), encoding="utf-8")
    assert any("modules" in line for line in import_model(tmp_path / "two.xmile").lacking)
    macro = (
        ":MACRO: TWICE(of)\nTWICE = of * 2\n\t~\tof\n\t~\tIt doubles.\n\t|\n\n:END OF MACRO:\n"
        "a = TWICE(3)\n\t~\t\n\t~\t\t|\n\n"
    )
    (tmp_path / "macro.mdl").write_text("{UTF-8}\n" + macro + CONTROL.format(step=1, ends=3), encoding="utf-8")
    with pytest.raises(ImportFault, match="macro"):
        import_model(tmp_path / "macro.mdl")


def test_a_level_that_would_be_refused_is_told_with_the_reason(tmp_path: Path) -> None:
    found = vensim(tmp_path, "seen = SMOOTH(Stock, 2)", "Other = INTEG (1, seen)")
    assert len(found.lacking) == 1 and found.lacking[0].startswith("the level: is refused:")
    assert "before the game begins" in found.lacking[0]


JUMP = "((0,1),(3,1),(3,2),(5,3))"


@pytest.mark.parametrize("lines", [(f"a = WITH LOOKUP(Time, {JUMP})",), (f"lk({JUMP[1:-1]})", "a = lk(Time)")])
def test_a_table_that_jumps_is_carried_as_its_two_parts(lines: tuple[str, ...], tmp_path: Path) -> None:
    found = vensim(tmp_path, *lines, ends=6)
    assert found.lacking == []
    assert columns(found)["a"] == [1.0, 1.0, 1.0, 2.0, 2.5, 3.0, 3.0]


def test_a_table_that_jumps_and_is_read_by_nothing_is_listed(tmp_path: Path) -> None:
    assert vensim(tmp_path, f"lk({JUMP[1:-1]})").lacking == ["lk: is a table that jumps, and nothing reads it"]


def test_a_long_table_within_an_expression_becomes_a_table(tmp_path: Path) -> None:
    points = ",".join(f"({one},{one % 7})" for one in range(100))
    found = vensim(tmp_path, f"a = WITH LOOKUP(Time, ({points}))")
    assert found.lacking == [] and columns(found)["a"][:9] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0]


def test_the_range_of_a_stock_is_listed(tmp_path: Path) -> None:
    """A model warns where a stock leaves its range; a level stops it there, which gives other numbers."""
    file = tmp_path / "model.mdl"
    file.write_text(
        "{UTF-8}\nTank = INTEG (1, 0)\n\t~\tm [0,5]\n\t~\t\t|\n\n" + CONTROL.format(step=1, ends=9), "utf-8"
    )
    found = import_model(file)
    assert [line.partition(":")[0] for line in found.lacking] == ["tank"] and "range of 0 to 5" in found.lacking[0]
    assert columns(found)["tank"][-1] == 9.0


@pytest.mark.parametrize(("step", "ticks"), [(2, 1), (0.3, 3), (0.001, 512)])
def test_a_step_that_levels_lack_is_listed_with_what_is_written_instead(
    step: float, ticks: int, tmp_path: Path
) -> None:
    found = vensim(tmp_path, step=step)
    assert f"written with ticks: {ticks}" in found.lacking[0] and "numbers differ" in found.lacking[0]
    assert f"ticks: {ticks}" in found.text


def test_a_division_by_a_constant_of_zero_is_what_stands_for_it(tmp_path: Path) -> None:
    found = vensim(tmp_path, "zero = 0", "a = XIDZ(1, zero, 5)", "b = ZIDZ(1, 0)", "c = XIDZ(6, 2, 5)")
    assert found.lacking == [] and "/ 0" not in found.text and "/ zero" not in found.text
    seen = columns(found)
    assert (seen["a"][0], seen["b"][0], seen["c"][0]) == (5.0, 0.0, 3.0)


def test_a_constant_gets_neither_bounds_nor_an_origin_that_the_model_does_not_say(tmp_path: Path) -> None:
    number = parse_level(vensim(tmp_path, "rate = 0.1").text).numbers["rate"]
    assert (number.low, number.high, number.origin, number.each_seed) == (0.1, 0.1, "play", (1.0, 1.0))


XMILE = """<?xml version="1.0" encoding="utf-8" ?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>x</vendor><product version="1">x</product></header>
<sim_specs method="Euler" time_units="Months"><start>0</start><stop>10</stop><dt>1</dt></sim_specs>
<model><variables>{}</variables></model></xmile>
"""
BELT = '<stock name="Belt"><eqn>5</eqn><inflow>coming</inflow><conveyor><len>4</len></conveyor></stock>'


def test_a_conveyor_and_infinity_are_called_what_they_are(tmp_path: Path) -> None:
    file = tmp_path / "model.xmile"
    file.write_text(
        XMILE.format(f'{BELT}<flow name="coming"><eqn>1</eqn></flow><aux name="far"><eqn>inf</eqn></aux>'), "utf-8"
    )
    told = {line.partition(":")[0]: line for line in import_model(file).lacking}
    assert set(told) == {"belt", "far"}
    assert "conveyor" in told["belt"] and "delay_fixed" in told["belt"] and "infinity" in told["far"]


def test_a_conveyor_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.xmile").write_text(XMILE.format(BELT + '<flow name="coming"></flow>'), "utf-8")
    with pytest.raises(ImportFault, match='"Belt" is a conveyor'):
        import_model(tmp_path / "model.xmile")
