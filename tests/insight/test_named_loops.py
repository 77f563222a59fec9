"""The loops that an author names are looked for, and their kind is what it is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.insight.named_loops import loop_problems
from game.level.reader import examine
from tests.sim.levels import level_text

POND = """
stocks:
  frogs: {{at: world, kind: state, range: [0, 100], start: 10, plain: F}}
  flies: {{at: world, kind: state, range: [0, 100], start: 50, plain: F}}
  noise: {{at: world, kind: state, range: [0, 100], start: 5, plain: N}}
  hours: {{at: player, kind: state, range: [0, 9], start: 5, plain: H}}
influences:
  eating: {{of: flies, change: "0.02 * flies * (10 - frogs)", plain: E}}
  spawn:  {{of: frogs, change: "0.01 * flies - 0.1 * frogs", plain: S}}
  croak:  {{of: noise, change: "0.1 * frogs - noise", plain: C}}
actions:
  hush: {{mode: with, family: x, target: world, plain: H, cost: {{hours: 1}}, when: "noise > 3",
         now: [{{of: frogs, add: -1}}]}}
loops:
  loop: {{through: [{through}], {kind}plain: L}}
"""


def told(folder: Path, through: str, kind: str = "") -> list[str]:
    file = folder / "pond.yaml"
    file.write_text(level_text(POND.format(through=through, kind=kind)))
    findings = examine(file)
    assert findings.level is not None and findings.source is not None, findings.problems
    return [f"{problem.line}: {problem.message}" for problem in loop_problems(findings.level, findings.source)]


@pytest.mark.parametrize("through", ["frogs, flies", "flies", "frogs, noise", "noise"])
def test_loops_that_close_by_rules_or_by_deeds_are_there(tmp_path: Path, through: str) -> None:
    assert told(tmp_path, through) == []


def test_a_loop_that_does_not_close_names_where(tmp_path: Path) -> None:
    (message,) = told(tmp_path, "flies, hours")
    assert 'nothing leads from "flies" to "hours"' in message and "this loop does not close" in message


def test_the_kind_of_a_loop_is_held_against_what_it_does(tmp_path: Path) -> None:
    assert told(tmp_path, "frogs, flies", "kind: balancing, ") == []
    (message,) = told(tmp_path, "frogs, flies", "kind: reinforcing, ")
    assert '"loop" is balancing wherever it was looked at, not reinforcing' in message


LAKE = """
stocks:
  murk: {at: world, kind: state, range: [0, 10], start: 0.4, plain: M}
influences:
  clouding: {of: murk, change: "0.4 + 3 * saturate(murk ** 8, 256) - murk", plain: C}
loops:
  tipping: {through: [murk], kind: reinforcing, plain: T}
"""


def test_what_reinforces_only_near_its_threshold_is_found_there(tmp_path: Path) -> None:
    file = tmp_path / "lake.yaml"
    for formula, wrong in (("saturate(murk ** 8, 256)", 0), ("saturate(murk ** 8, 2560000000)", 1)):
        file.write_text(level_text(LAKE.replace("saturate(murk ** 8, 256)", formula)))
        findings = examine(file)
        assert findings.level is not None and findings.source is not None, findings.problems
        assert len(loop_problems(findings.level, findings.source)) == wrong
