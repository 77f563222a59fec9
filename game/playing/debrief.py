"""A game that is over as one page to keep: what the place was and became, the course, and questions with room.

The page holds all it needs and nothing that runs: it opens in any browser,
also without a network, and prints on paper.  Texts of levels are somebody's
words and are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from string import Template

from game.level.library import data_root
from game.playing.afterwards import afterwards
from game.playing.ending import Ending
from game.playing.session import Session
from game.playing.view_of_others import farings
from game.playing.view_past import course
from game.telling import words
from game.telling.say import say, told_in

ASKED = 3  # questions
WIDE, HIGH, EDGE = 900, 260, 14  # of the chart, in units of its drawing
LAND = ("#2c6e49", "#1c6a7a", "#805300")  # lines of what the level is about
STORES = ("#d07a2b", "#4a86c5", "#3fae6a", "#9c6fb0", "#b9a23c", "#7d7d7d")


def debrief_page(session: Session, before: str, after: str) -> str:
    """Return the page of a game that is over as HTML; `before` and `after` are its pictures, as data addresses."""
    with told_in(session.model.level.seasons):
        return _page(session, before, after)


def _page(session: Session, before: str, after: str) -> str:
    ending, level = Ending(session), session.model.level
    for seat in session.seats:
        session.fared.ask(seat).wait()
    fared = farings(session)
    said = [ending.became(), *(one["summary"] for one in fared)]
    verdicts = [ending.verdict(index) for index in range(len(level.goals))]
    left = [one.text for one in afterwards(session.model, session.world)]
    parts = {
        "title": level.title,
        "ended": ending.outcome().text,
        "sentence": " ".join(one for one in said if one),
        "was": say("end.at_start"),
        "became": say("end.at_end"),
        "before": before,
        "after": after,
        "goals_head": say("side.goals"),
        "course_head": say("end.course"),
        "faring_head": fared[0]["title"],
        "faring_note": fared[0]["note"],
        "decided_head": say("end.decided"),
        "talk_head": say("debrief.talk"),
        "footer": say("debrief.footer", seed=session.seed, seasons=words.turns(len(session.plans))),
    }
    blocks = {
        "goals": "".join(_item(text, "yes" if met else "no") for met, text in verdicts),
        "faring": "".join(_item(one["line"]) for who in fared for one in who["households"]),
        "decided": "".join(_item(line) for line in (*ending.decisive(), *left)),
        "course": _chart(session),
        "questions": "".join(_question(number, text) for number, text in enumerate(questions(level.talk), start=1)),
    }
    return _template().substitute({name: escape(text) for name, text in parts.items()} | blocks)


def questions(talk: Sequence[str]) -> list[str]:
    """Return three questions: those of the level first, then what can be asked of any game."""
    general = [say("debrief.other_way"), say("debrief.who_paid"), say("debrief.elsewhere")]
    return [*talk, *general][:ASKED]


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((data_root() / "assets" / "report" / "debrief.html").read_text(encoding="utf-8"))


def _item(text: str, kind: str = "") -> str:
    return f'<li class="{kind}">{escape(text)}</li>' if kind else f"<li>{escape(text)}</li>"


def _question(number: int, text: str) -> str:
    name = f"answer{number}"
    return f'<label for="{name}">{escape(text)}</label><textarea id="{name}"></textarea>\n'


def _chart(session: Session) -> str:
    """Return the course of the game as a drawing of lines: thick what the level is about, thin the stores."""
    found = course(session)
    length = max(1, len(found["seasons"]) - 1)
    main, drawn, legend = iter(LAND), [], []
    for one in found["lines"]:
        thick = one["of"] != "store"
        colour = next(main, LAND[-1]) if thick else STORES[one["household"] % len(STORES)]
        points = " ".join(f"{_across(place, length):.1f},{_up(value):.1f}" for place, value in enumerate(one["values"]))
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{4 if thick else 2}"/>')
        tint = f"background:{colour}"
        legend.append(f'<span><i style="{tint}"></i>{escape(one["name"])}</span>')
    middle = "".join(f'<path d="M0 {_up(part):.0f}H{WIDE}" stroke="#cdbfa3"/>' for part in (0.25, 0.5, 0.75))
    label = escape(say("end.course"))
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}">{middle}{"".join(drawn)}</svg>\n'
        f'<p class="soft legend">{"".join(legend)}</p>'
    )


def _across(place: int, length: int) -> float:
    return EDGE + (WIDE - 2 * EDGE) * place / length


def _up(share: float) -> float:
    return HIGH - EDGE - (HIGH - 2 * EDGE) * min(max(share, 0.0), 1.0)
