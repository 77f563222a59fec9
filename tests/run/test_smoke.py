"""Every level of the campaign and every control, on a few seeds: nothing may contradict a claim.

On every change a few claims of each level are looked at, at night all of
them.  So few seeds bear nothing out.  A claim or a control fails here only
where its whole interval lies outside the bound; `pytest -m campaign` and `powerdance
balance` hold 500 seeds against the bounds as they are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.commands.balance import FOLDERS
from game.level.library import data_root
from game.level.reader import load_level
from game.level.schema import Bound, Claim, Level
from game.run.claims import Verdict, check_claims, run_count
from game.run.statistics import wilson

UNSEEN, SEEDS = 7_000_000, 8  # a range of seeds that nobody tuned on
RUNS = 3  # for the claims of a level on every change
Z999 = 3.2905  # a hundred shares are looked at: at 95 % some of them would lie outside by luck alone
FILES = [file for folder in FOLDERS for file in sorted((data_root() / "levels" / folder).glob("*.yaml"))]


def excluded(share: float, runs: int, bound: Bound) -> bool:
    """Whether the whole interval of a share lies outside a bound."""
    low, high = wilson(round(share * runs), runs, Z999)
    too_low = bound.at_least is not None and high < bound.at_least
    return too_low or (bound.at_most is not None and low > bound.at_most)


def contradictions(claim: Claim, found: Verdict) -> list[str]:
    if claim.compare and claim.compare.within is not None:
        low, high = found.interval
        apart = low > claim.compare.within or high < -claim.compare.within
        return (["claim"] if apart else []) + ([] if found.control_fails or found.control_open else ["control"])
    held, bites = claim.share_of_seeds or Bound(), claim.control.then or Bound()
    told = ["claim"] if excluded(found.measured, found.runs, held) else []
    return told + (["control"] if excluded(found.control_measured, found.runs, bites) else [])


SLOW = ("the_living_forest", "market_and_message", "the_breath", "small_things")  # by night
BY_DAY = [pytest.param(file, id=file.stem, marks=[pytest.mark.nightly] if file.stem in SLOW else []) for file in FILES]


def few(level: Level) -> list[Claim]:
    """The first claims of a level, as many as few runs bear out; one at least."""
    heads = [level.claims[: count + 1] for count in range(len(level.claims))]
    return [*heads[:1], *(head for head in heads if run_count(level.model_copy(update={"claims": head})) <= RUNS)][-1]


@pytest.mark.parametrize("all_claims", [False, pytest.param(True, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("file", BY_DAY)
def test_nothing_contradicts_a_claim_or_its_control(file: Path, all_claims: bool) -> None:
    level = load_level(file)
    level = level if all_claims else level.model_copy(update={"claims": few(level)})
    for claim, found in zip(level.claims, check_claims(level, range(UNSEEN, UNSEEN + SEEDS)), strict=True):
        assert not contradictions(claim, found), found


def test_only_an_interval_wholly_outside_contradicts() -> None:
    assert not excluded(14 / 16, 16, Bound(at_least=0.95)) and excluded(8 / 16, 16, Bound(at_least=0.95))
    assert not excluded(2 / 16, 16, Bound(at_most=0.05)) and excluded(8 / 16, 16, Bound(at_most=0.05))


def test_every_level_is_among_them() -> None:
    assert {"first_steps", "nail_and_barn", "the_shared_pasture", "the_living_forest", "one_nail", "empty_pasture"} <= {
        file.stem for file in FILES
    }
