"""The words of blame and web, and which losses are asked about: sign, size and unit are those of the numbers."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path

import pytest

from game.insight.causal_web import Hands, Strand
from game.insight.causes import AGREEMENT, ARRIVAL, DEED, FLOW, INFLUENCE, Blame, Part, Where
from game.insight.links import Link
from game.insight.played import Deed
from game.level.reader import load_level
from game.playing.causes import Causes, Inquiry, Teller, cause_lines, causes
from game.playing.losses import NOTABLE, course_of, losses
from game.playing.session import Session
from game.sim.actions import DONE
from game.sim.model import compile_level
from game.sim.world import LOST
from game.telling.say import say

_spec = importlib.util.spec_from_file_location("worlds", Path(__file__).parents[1] / "insight" / "worlds.py")
assert _spec and _spec.loader
worlds = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(worlds)

MODEL = worlds.model()
HAY = Where("hay", 0)


def found(parts: tuple[Part, ...], strands: tuple[Strand, ...] = (), rest: float = 0.0) -> Causes:
    after = 20.0 + sum(part.amount for part in parts) + rest
    buy = worlds.candidate(MODEL, "buy")
    hands = Hands(10.0, after, 2.0, ((0, -5.0), (1, -1.0)), ((Deed(1, 0, 0, buy, DONE), -4.0),))
    return Causes(HAY, 4, Blame(HAY, 4, 20.0, after, parts, rest), strands, hands)


def test_the_question_and_the_headline_say_which_way_it_went() -> None:
    teller = Teller(MODEL, HAY, 0)
    fell, rose = found((Part(FLOW, "eating", -3.0),)), found((Part(FLOW, "grazing", 3.0),))
    assert teller.question(fell) == "Why did your hay fall in season 5?"
    assert teller.question(rose) == "Why did your hay rise in season 5?"
    assert teller.headline(fell) == "Your hay fell from 20 t to 17 t; since the start of the game +7 t."


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(DEED, "buy", -4.0, 1, worlds.candidate(MODEL, "buy")), "The Elms did it: Buy, -4 t."),
        (Part(DEED, "buy", -4.0, 0, worlds.candidate(MODEL, "buy")), "You did it: Buy, -4 t."),
        (Part(FLOW, "grazing", -4.0, by=((1, 3.0), (0, 1.0))), "Grazing did it: -4 t. Of this: Elms 3 t, you 1 t."),
        (Part(INFLUENCE, "brooding", -4.0), "They brood: -4 t."),
        (Part(ARRIVAL, "buy", -4.0), "What was sent by “buy” arrived: -4 t."),
        (Part(AGREEMENT, "agree", -4.0), "The agreement “agree”: -4 t."),
    ],
)
def test_the_last_hand_is_named_with_what_it_moved(part: Part, words: str) -> None:
    said = Teller(MODEL, HAY, 0).last_hand(found((part, Part(FLOW, "eating", -1.0), Part(FLOW, "sowing", 9.0))))
    assert said == words


def test_where_nothing_pushed_down_nobody_is_blamed() -> None:
    assert Teller(MODEL, HAY, 0).last_hand(found((Part(FLOW, "grazing", 3.0),))) == say("causes.no_blame")


def test_parts_of_one_kind_are_added_and_nothing_is_left_out_silently() -> None:
    buy = worlds.candidate(MODEL, "buy")
    two = (Part(DEED, "buy", -2.0, 0, buy), Part(DEED, "buy", -2.0, 0, buy), Part(FLOW, "eating", -3.0))
    rows = Teller(MODEL, HAY, 0).parts(found(two, rest=-0.5))
    assert rows == [
        ("You: Buy", -4.0, "-4 t"),
        ("Eating", -3.0, "-3 t"),
        ("What agreements set, and what had no room", -0.5, "-0.5 t"),
    ]


def test_persons_and_nobody_share_the_whole() -> None:
    teller = Teller(MODEL, HAY, 0)
    one = found((Part(FLOW, "eating", -3.0),))
    assert teller.shares(one) == [
        ("Nobody: what would have come without any deeds", 2.0, "+2 t"),
        ("You: a fair share", -5.0, "-5 t"),
        ("The Elms: a fair share", -1.0, "-1 t"),
    ]
    assert teller.verdict(one) == (
        "Since the start all deeds together changed your hay by -6 t; without any deeds it would have changed by "
        "+2 t. People did 75 % of all that pushed it."
    )
    assert teller.deeds(one) == [("Season 2, you: Buy", -4.0, "-4 t")]


def test_a_link_is_told_with_its_push_its_answer_and_its_delay() -> None:
    teller = Teller(MODEL, HAY, 0)
    # Grass ranges over 10 t, hay over 100 t: a push of 1 t is a tenth, half of it a season is 5 t.
    slow = Strand(Link("grass", "hay", "grazing", "flow", 0.5, 3.0), 1, 1.0)
    assert teller.strand(slow) == "Grass +1 t → hay +5 t a season, 3 seasons later (grazing)."
    # A herd ranges over 60: one animal is a sixtieth, and 0.6 of it of 10 t is 0.1 t.
    herd = Strand(Link("herd", "grass", "grazing", "flow", -0.6), 1, 1.0)
    assert teller.strand(herd) == "Herd +1 animal → grass -0.1 t a season (grazing)."
    people = Strand(Link("hay", "herd", "buy", "action", 0.1), 1, 1.0)
    assert teller.strand(people).endswith("(people: buy).")


def test_both_views_of_a_game_that_was_played() -> None:
    session = Session(MODEL, 1, 1, ("idle", "idle"))
    session.add(worlds.candidate(MODEL, "buy"))
    for _ in range(4):
        session.end_turn()
    both = causes(session.game(), Where("grass"), 3)
    lines = cause_lines(MODEL, both, 0)
    assert lines[0] == "Why did grass fall in season 4?" and lines[-1] == say("causes.halves")
    assert any(line.startswith("Blame: Grazing did it: -") for line in lines)
    assert both.blame.after == pytest.approx(course_of(session, Where("grass"))[4]) == pytest.approx(both.hands.end)
    inquiry = Inquiry(session)
    assert inquiry.ask(Where("grass"), 3).wait() is inquiry.ask(Where("grass"), 3).result is not None


def test_losses_are_what_fell_by_the_end_and_the_season_in_which_most() -> None:
    session = Session(MODEL, 1, 1, ("idle", "idle"))
    for _ in range(4):
        session.end_turn()
    lost = {one.where: one for one in losses(session)}
    grass = lost[Where("grass")]
    course = course_of(session, Where("grass"))
    steps = [before - after for before, after in pairwise(course)]
    assert grass.season == steps.index(max(steps)) and grass.size >= NOTABLE
    hay = course_of(session, Where("hay", 0))
    assert (Where("hay", 0) in lost) == (max(hay) - hay[-1] >= NOTABLE * max(hay))


def test_what_lost_the_game_comes_first_with_its_last_season() -> None:
    session = Session(compile_level(load_level("the_shared_pasture")), 3, 1, ("over",) * 4)
    session.policies = ("over",) * 4
    while not session.over:
        session.end_turn()
    assert int(session.world.outcome[0]) == LOST
    first = losses(session)[0]
    assert first.where == Where("grass") and first.season == int(session.world.outcome_season[0]) - 1
