"""Everything that random games say is held against a list of faults.

A few seasons of every level are told in the suite.  All of 200 games a level:

    python -m pytest -m nightly tests/telling/test_sentences.py
"""

from __future__ import annotations

import pytest

from game.language.nodes import and_parts
from game.level.expressions import bind
from game.level.reader import load_level
from tests.telling.told import LEVELS, Telling, fault_of, sums_that_fail

SAMPLE, SEASONS = 2, 3
MANY = 200
SLOW = "sandbox"  # everything the valley has: a few seasons of it say what there is to say


def faults(level: str, seed: int, seasons: int) -> list[str]:
    telling = Telling(level, seed, seasons)
    found = [
        f"{level}, seed {seed}, {where}: {fault}: {sentence}"
        for sentence, where in telling.said.items()
        if (fault := fault_of(sentence))
    ]
    return found + [f"{level}, seed {seed}: {line}" for line in sums_that_fail(telling)]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("They wants news.", "a wrong number"),
        ("You have 1 days left.", "a wrong number"),
        ("It holds for 0 seasons.", "a wrong number"),
        ("The Birches wants news.", "a wrong number"),
        ("together +1 sacks last season.", "a wrong number"),
        ("you lack 2 coins coins", "a doubled word or unit"),
        ("Fell with care (d1, d1)", "a doubled word or unit"),
        ("declined; no from you; no from Rowans; no from Barleys", "a doubled phrase"),
        ("Watch: blocked; blocked.", "a doubled phrase"),
        ("It would have gone the same without it. // besides: hay +1 t", "nothing changes, and then something does"),
        ("Birches: Take their hay (you)", "from whom, as if it were whose"),
        ("Nobody has done nothing.", "a double negative"),
        ("ration 99 t/season", "what only the engine understands"),
        ("hay nan t", "what only the engine understands"),
        ("your felling_right", "what only the engine understands"),
        ("watched False", "what only the engine understands"),
        ("{who} ask", "what only the engine understands"),
        ("hay  14 t", "a doubled space or sign"),
        ("Carbon in the air : 6 t", "a doubled space or sign"),
        ("It is over.. Go on.", "a doubled space or sign"),
        ("They agreed. then they left.", "a sentence that begins small"),
        ("together +0 t last season.", "a sign before nothing"),
        ("Mend your own roof x3, because to better their house.", "a reason that is no sentence"),
    ],
)
def test_a_fault_is_found(sentence: str, fault: str) -> None:
    assert fault_of(sentence) == fault


@pytest.mark.parametrize(
    "sentence",
    [
        "1 day, 2.4 days, 0 seasons so far and 10 hives",
        "Hunt deer (north, north west)",
        "Nobody has looked where weeds stand and nobody sprays.",
        "Birches: Take their hay (from you)",
        "yes from you; no from Rowans and Barleys",
        "False trust (Marls and you) 0.06",
    ],
)
def test_what_is_right_is_no_fault(sentence: str) -> None:
    assert fault_of(sentence) == ""


@pytest.mark.parametrize("level", LEVELS)
def test_a_few_seasons_of_every_level_are_told_without_fault(level: str) -> None:
    found = [line for seed in range(SAMPLE) for line in faults(level, seed, 1 if level == SLOW else SEASONS)]
    assert not found, "\n".join(found)


@pytest.mark.nightly
@pytest.mark.parametrize("level", LEVELS)
def test_all_of_many_games_of_every_level_is_told_without_fault(level: str) -> None:
    found = [line for seed in range(MANY) for line in faults(level, seed, 4 if level == SLOW else 1000)]
    assert not found, "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize("name", LEVELS)
def test_no_reason_leaves_the_player_guessing_which_of_two_conditions_fails(name: str) -> None:
    level = load_level(name)
    nodes = bind(level)[0]
    for action, spec in level.allowed_actions().items():
        joined = len(and_parts(nodes["actions", action, "when"])) if spec.when is not None else 1
        assert len(spec.when_plain) == joined or spec.when is None, f"{action} says too little of why it cannot be done"
        assert not any(" or " in sentence for sentence in spec.when_plain), f"{action} leaves two reasons open"
