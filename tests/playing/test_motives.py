"""Every neighbour in sentences: what it wants, what it did and why, what would change its mind."""

from __future__ import annotations

import io
import json
from functools import cache

from game.insight.reasons import why_not
from game.level.reader import load_level
from game.playing.agreeing import who_said_yes, why_said
from game.playing.explain import household_lines
from game.playing.households import household
from game.playing.motives import motives
from game.playing.season import Attempt, SeasonReport
from game.playing.session import Session
from game.playing.view import view
from game.sim.actions import DONE, NOT_POSSIBLE
from game.sim.beginning import new_worlds
from game.sim.model import Model, compile_level
from game.telling import words
from game.terminal.game import play
from tests.sim.levels import candidate

BIRCH = 1


@cache
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


def asked(level: str = "first_steps") -> Session:
    """A game in which the Birches were asked in the first season."""
    model = model_of(level)
    session = Session(model, 5, 1, model.level.default_policies())
    session.add(candidate(model, "listen", "birch"))
    session.end_turn()
    return session


def test_every_neighbour_is_told_every_season_also_whoever_did_nothing() -> None:
    model = model_of("the_shared_pasture")
    session = Session(model, 5, 1, model.level.default_policies())
    assert all(one.did == () for one in motives(session)), "before the first season nothing is done yet"
    session.end_turn()
    shown = view(session, parts=["neighbours"])["neighbours"]
    assert json.loads(json.dumps(shown)) == shown
    assert [one["household"] for one in shown] == ["birch", "cedar", "dale"]
    assert all(one["did"] and one["wants"] for one in shown)
    idle = [deed.seat for deed in session.last.deeds] if session.last else []
    for one, seat in zip(shown, (1, 2, 3), strict=True):
        assert one["did"][0].startswith("Did nothing: ") == (seat not in idle)


def test_what_was_never_learnt_is_not_told() -> None:
    model = model_of("first_steps")
    session = Session(model, 5, 1, model.level.default_policies())
    session.end_turn()
    (birch,) = motives(session)
    assert "You have not asked yet what they need." in birch.wants
    need = household(session, BIRCH).need
    assert need is not None and need.name == "" and need.since is None


def test_what_was_learnt_does_not_vanish_but_grows_old() -> None:
    session = asked()
    need = household(session, BIRCH).need
    assert need is not None and need.known and need.name
    known = session.roles.known
    assert known is not None
    session.world.stock[known][BIRCH, 0] = 0.0
    old = household(session, BIRCH).need
    assert old is not None and not old.known and (old.name, old.since) == (need.name, 1)
    told = view(session, parts=["households"])["households"][BIRCH]["need"]
    assert told["told"] == f"They wanted {need.name} when you last knew, in spring of year 1."
    assert not told["known"] and told["since"] == 1


def test_whoever_plays_by_a_rule_is_said_to_have_no_reasons() -> None:
    session = Session(model_of("first_steps"), 5, 1, ("idle", "idle"))
    session.end_turn()
    (birch,) = motives(session)
    assert birch.did == ("Did nothing.", 'They play by a fixed rule, "idle", and have no reasons of their own.')


def test_the_panel_of_a_household_tells_it_too() -> None:
    session = asked()
    (birch,) = motives(session)
    told = household_lines(session, BIRCH)
    assert set(birch.did) | set(birch.change) <= set(told) and birch.wants[0] in told


def test_the_terminal_tells_it_after_every_season() -> None:
    out, model = io.StringIO(), model_of("first_steps")
    play(
        load_level("first_steps"),
        "first_steps",
        1,
        5,
        model.level.default_policies(),
        "",
        io.StringIO("end\nquit\n"),
        out,
    )
    told = " ".join(out.getvalue().split())
    session = Session(model, 5, 1, model.level.default_policies())
    session.end_turn()
    (birch,) = motives(session)
    assert birch.did and not birch.acted and all(line in told for line in birch.lines)


def test_what_a_neighbour_answered_to_an_offer_is_told_as_its_deed() -> None:
    model = model_of("first_steps")
    session = Session(model, 5, 1, model.level.default_policies())
    ration = next(index for index, one in enumerate(model.candidates) if one.key == "agree_ration:birch")
    session.add(candidate(model, "listen", "birch"))
    session.add(ration)
    report = session.end_turn()
    assert report is not None
    (said,) = (deed.said[BIRCH] for deed in report.deeds if deed.candidate == ration)
    assert said
    assert motives(session)[0].did[-1] == "Said yes to you: Agree a ration, since your Ask and listen won them over."


def offered_in_pasture(*others: Attempt) -> tuple[Model, SeasonReport, Attempt]:
    """A season in which a ration was offered to all, as asked people would agree to it, and what others did."""
    model = model_of("the_shared_pasture")
    world = new_worlds(model, [5])
    world.stock["known"][...] = 0.9
    ration = next(at for at, one in enumerate(model.candidates) if one.action == "agree_ration" and one.everywhere)
    deed = Attempt(0, ration, DONE, {BIRCH: True, 2: True})
    return model, SeasonReport(world, world, (deed, *others), {}, (), (), ""), deed


def test_a_yes_is_told_by_what_spoke_for_it_and_who_offered_the_same_by_that() -> None:
    model, report, deed = offered_in_pasture()
    why = why_said(model, report, deed)
    assert why[BIRCH].startswith("you know what they need") and "they trust you (" in why[BIRCH]
    for outcome in (DONE, NOT_POSSIBLE):  # what all are in already has nobody to reach any more
        model, report, deed = offered_in_pasture(Attempt(BIRCH, deed.candidate, outcome, {}))
        why = why_said(model, report, deed)
        assert why[BIRCH] == "they offered the same" != why[2]


def test_a_player_who_said_yes_is_given_no_reason_by_a_rule() -> None:
    model, report, deed = offered_in_pasture()
    told = who_said_yes(model, report, deed, [0, BIRCH], lambda one: words.people(model, one))
    assert len(told) == 1 and told[0].startswith("Cedars: ")
    assert len(who_said_yes(model, report, deed, [0, BIRCH, 2], str)) == 0


def test_the_terminal_tells_it_when_asked_about_a_household() -> None:
    out, model = io.StringIO(), model_of("first_steps")
    asked_for = io.StringIO("end\nwhy birch\nquit\n")
    play(load_level("first_steps"), "first_steps", 1, 5, model.level.default_policies(), "", asked_for, out)
    session = Session(model, 5, 1, model.level.default_policies())
    session.end_turn()
    told = " ".join(out.getvalue().split())
    assert told.count(motives(session)[0].wants[0]) == 2, "after the season, and when asked"


def test_nobody_is_said_to_wait_for_what_runs_already() -> None:
    """In this game the neighbours began to watch together, and one of them was told to do so if it had more hay."""
    model = model_of("the_shared_pasture")
    session = Session(model, 7, 1, ("with", "person", "person", "person"))
    waited = 0
    for _ in range(12):
        for action in ("watch_the_common", "agree_ration", "listen", "share_hay"):
            for number, one in enumerate(model.candidates):
                if one.action == action:
                    session.add(number)
        session.end_turn()
        for one in motives(session):
            for line in (line for line in one.change if line.startswith("They would do this unasked")):
                waited += 1
                named = [each for each in model.candidates if f"({words.kind_name(model, each.action)})" in line]
                open_to = [why_not(model, session.world, one.seat, model.candidates.index(each)) for each in named]
                assert any(each is None or each.kind == "too_dear" for each in open_to), line
    assert waited


def test_the_report_says_which_loop_rules_now_and_what_it_does() -> None:
    session = asked("the_shared_pasture")
    report = view(session, parts=["report"])["report"]
    strongest = session.loops()[0]
    assert report["loop"]["text"].startswith("Strongest now: ")
    assert report["loop"]["reinforcing"] == (strongest.kind == "reinforcing")
    assert report["loop"]["text"].endswith(("it feeds itself.", "it holds itself back."))


def test_a_letter_that_lies_unanswered_is_not_also_told_as_a_no() -> None:
    """Neighbours who offer the same twice in a season have sent one letter, and one answer is told of it."""
    model = model_of("the_shared_pasture")
    session = Session(model, 1, 1, model.level.default_policies())
    silent = 0
    for _ in range(6):
        for number, one in enumerate(model.candidates):
            if one.action == "listen":
                session.add(number)
        session.end_turn()
        for line in (line for one in motives(session) for line in one.did):
            silent += "no answer from you" in line
            assert not ("no from you" in line and "no answer from you" in line), line
    assert silent
