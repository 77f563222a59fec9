"""Compiled seasons for whoever plays: made beside the game, at hand when they are there, and never waited for."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from game import cli
from game.level.difficulty import at_difficulty
from game.level.reader import load_level, parse_level
from game.playing.session import Session
from game.run import backends, ready
from game.sim import at_hand
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.sim.step import quickest, run_ticks, step
from tests.sim.levels import level_text

BODY = """
stocks:
  hay: {at: community, kind: matter, range: [0, 9], start: 2, varies: 0.4, plain: H}
flows:
  growing: {from: outside, to: hay, rate: "RATE * hay * (1 - hay / 9)", plain: G}
"""


def meadow(rate: float = 0.3) -> Model:
    return compile_level(parse_level(level_text(BODY.replace("RATE", str(rate)))))


@pytest.fixture
def nothing_at_hand() -> Iterator[None]:
    yield
    at_hand.answer(None)


@pytest.mark.parametrize(
    ("level", "difficulty"), [("first_steps", "as_told"), ("the_shared_pasture", "hard"), ("small_things", "gentle")]
)
def test_what_another_process_makes_of_a_model_is_the_same_code(level: str, difficulty: str) -> None:
    """Levels leave out what they never bring into play, and so another process is sent the level as it was."""
    pytest.importorskip("numba", reason="code is written for numba")
    from game.sim.compiled.text import write_kernel

    model = compile_level(at_difficulty(load_level(level), difficulty))
    sent = compile_level(pickle.loads(pickle.dumps(model.source)))
    assert write_kernel(model).text == write_kernel(sent).text


def test_what_is_at_hand_plays_the_seasons_of_that_very_model_with_the_same_bits(
    compiled_here: Path, nothing_at_hand: None
) -> None:
    model, other = meadow(), meadow()
    plain = step(model, new_worlds(model, range(3))).digest()
    played: list[str] = []
    compiled = backends.compiled_kernel(model)

    def noted(*season: object) -> None:
        played.append("compiled")
        compiled(*season)  # type: ignore[arg-type]

    at_hand.put(model, noted)
    assert step(model, new_worlds(model, range(3))).digest() == plain and played == ["compiled"]
    assert quickest(other) is run_ticks


def test_a_game_asks_for_its_model_and_does_not_wait(nothing_at_hand: None) -> None:
    asked: list[Model] = []
    at_hand.answer(asked.append)
    model = meadow()
    session = Session(model, 1, 1, ("idle",))
    session.end_turn()
    assert asked == [model] and quickest(model) is run_ticks


def test_after_a_game_nobody_is_asked_and_nothing_is_kept(nothing_at_hand: None) -> None:
    model, asked = meadow(), []
    at_hand.answer(asked.append)
    at_hand.put(model, run_ticks)
    at_hand.answer(None)
    at_hand.ask(model)
    assert asked == [] and at_hand.found(model) is None


def test_without_a_compiler_nothing_begins(nothing_at_hand: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends, "has_numba", lambda: False)
    making = ready.Ready()
    making.begin(meadow())
    making.wait(0.0)
    assert at_hand.found(meadow()) is None


@pytest.mark.nightly
def test_seasons_are_compiled_by_a_process_of_their_own_and_then_at_hand(
    compiled_here: Path, nothing_at_hand: None
) -> None:
    model = meadow(0.37)
    plain = step(model, new_worlds(model, range(3))).digest()
    making = ready.Ready()
    making.begin(model)
    making.wait(300)
    assert quickest(model) is not run_ticks and backends.is_compiled(model)
    assert step(model, new_worlds(model, range(3))).digest() == plain


def test_a_compiler_that_is_given_up_leaves_numpy(
    compiled_here: Path, nothing_at_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backends, "is_compiled", lambda model: False)
    making, model = ready.Ready(), meadow(0.41)
    making.begin(model)
    making.stop()
    making.wait(60)
    assert quickest(model) is run_ticks


def test_warm_compiles_levels_once_and_says_so(
    compiled_here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "meadow.yaml"
    file.write_text(level_text(BODY.replace("RATE", "0.3")), encoding="utf-8")
    assert cli.main(["warm", str(file)]) == 0
    capsys.readouterr()
    assert cli.main(["warm", str(file)]) == 0
    said = capsys.readouterr().out
    assert "1/1 meadow" in said and "was there" in said and "0 of 1 compiled" in said


def test_warm_without_numba_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backends, "has_numba", lambda: False)
    assert cli.main(["warm"]) == 2
    assert "pip install 'powerdance[fast]'" in capsys.readouterr().err
