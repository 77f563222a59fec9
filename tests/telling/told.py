"""Everything that a random game says, sentence by sentence, and a list of faults that no sentence may have.

A game is played by its data alone, as a client would: random cards, targets,
amounts and answers.  Each season all that the view, the story (with a board
and without), the answers to `why` and the panels of the window say is
collected, each sentence once, with where it was said.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.books import books
from game.playing.cards import card_of
from game.playing.decide import decide
from game.playing.ending import Ending
from game.playing.explain import household_lines, tile_lines
from game.playing.letters import note_line
from game.playing.numbers import facts, why_number
from game.playing.session import Session
from game.playing.shown import Shown
from game.playing.story import Story
from game.playing.view import view
from game.screen.table.detail import DRAWN
from game.sim.model import Model, compile_level
from game.terminal.choices import Menu
from game.terminal.paint import Style
from game.terminal.view import View

LEVELS = [path.stem for path in shipped_levels()]
A_FEW = 4  # actions a season at most
# What stands in a view for machines, and not for people.
FOR_MACHINES = (
    "id", "of", "card", "option", "choice", "household", "target", "stock", "icon", "mode", "family", "term", "terrain",
    "living", "said", "users", "uses", "tone", "place", "unit", "communities", "between", "blockers", "yes", "perhaps",
    "state", "sign", "event", "letter", "best", "branch", "stores", "dials", "course", "board", "loops", "agreements",
)  # fmt: skip
Said = dict[str, str]  # a sentence -> where it was said first
Data = Any


@cache
def model_of(level: str) -> Model:
    return compile_level(load_level(level))


class Telling:
    """One random game and all that it said."""

    def __init__(self, level: str, seed: int, most: int = 1000) -> None:
        self.model, self.random = model_of(level), random.Random(f"{level} {seed}")
        policies = self.model.level.default_policies()
        if seed % 3 == 1:
            policies = tuple(self.random.choice(("with", "over", "mixed", "random")) for _ in policies)
        people = 1 + (seed % 5 == 4 and len(policies) > 1)
        self.session = Session(self.model, seed, people, policies)
        self.said: Said = {}
        self.days: list[tuple[float, tuple[float, ...], float]] = []  # had, paid and left, as they are told
        while not self.session.over and self.session.world.season < most:
            self.turn()
        if self.session.over:
            self.end()

    def say(self, where: str, *sentences: str) -> None:
        for sentence in sentences:
            if sentence:
                self.said.setdefault(sentence, f"season {self.session.world.season}, {where}")

    # -- playing --------------------------------------------------------------------------------------

    def turn(self) -> None:
        for place, letter in enumerate(view(self.session, parts=("letters",))["letters"]):
            if self.random.random() < 0.8:
                decision: Data = {"do": "answer", "letter": place, "yes": self.random.random() < 0.6}
                if letter["amounts"] and decision["yes"] and self.random.random() < 0.5:
                    decision["amount"] = self.random.choice(letter["amounts"])
                decide(self.session, decision)
        if not self.session.answering:
            for _ in range(self.random.randint(0, A_FEW)):
                self.plan()
        self.say_turn()
        found = decide(self.session, {"do": "end"})
        if found.passed in ("season", "over"):
            self.say_season()

    def plan(self) -> None:
        plan = self.random.choice(list(self.model.actions.values()))
        if plan.term and self.random.random() < 0.5:
            amount = self.random.choice(plan.spec.terms[plan.term].values)
            decide(self.session, {"do": "terms", "card": plan.name, "amount": amount})
        card = card_of(self.session, self.session.preview().world, plan.name)
        if card is not None and card.options:
            option = self.model.candidates[self.random.choice(card.options).candidate].key
            self.say("decide", decide(self.session, {"do": "plan", "card": plan.name, "option": option}).error)

    # -- what is said ---------------------------------------------------------------------------------

    def say_turn(self) -> None:
        session = self.session
        if session.world.season:
            session.fared.ask(session.seat).wait()
        shown = view(session, parts=("banner", "signs", "goals", "letters", "households", "facts", "cards", "plan",
                                     "messages", "coming", "outcome", "faring", "neighbours"))  # fmt: skip
        for part, value in shown.items():
            self.say(part, *texts(value))
        self.note_days(shown["banner"], shown["plan"])
        for one in facts(session):
            self.say("facts", *why_number(session, one.stock, one.community))
        style = Style(colour=False, unicode=True)
        lines = View(Shown(session), style)
        menu = Menu(lines)
        self.say("menu", *(re.sub(r"^(\d\. .*)  ", r"\1: ", line) for line in stripped(menu.plan())))
        self.say("why", *stripped([*lines.banner(), *lines.who()]))
        for one in range(len(self.model.layout.communities)):
            self.say_books({"about": "household", "household": self.model.layout.communities[one]})
        self.say_books({"about": "stock", "stock": self.random.choice(list(self.model.level.stocks))})
        self.say_books({"about": "action", "option": self.random.choice(self.model.candidates).choice})
        self.say_table()

    def say_books(self, question: dict[str, object]) -> None:
        self.say(f"why {question['about']}", *(line.text for line in books(self.session, question)))

    def note_days(self, banner: Data, plan: Data) -> None:
        """Keep what is told of days, where nothing but prices moves them."""
        if banner["days"] is None or any(step["obstacle"] for step in plan["steps"]):
            return
        exact = plan["days"] - sum(self.prices())
        if abs(exact - plan["days_left"]) < 1e-9:
            had = float(banner["days"]["text"].split()[0])
            self.days.append((had, tuple(map(told_price, plan["steps"])), plan["days_left_told"]))

    def prices(self) -> list[float]:
        days = self.session.roles.days
        return [cost for step in self.session.preview().steps for stock, cost in step.costs if stock == days]

    def say_table(self) -> None:
        for one in range(len(self.model.layout.communities)):
            self.say("panel of a household", *household_lines(self.session, one))
        layout = self.model.layout
        tile = (self.random.randrange(layout.rows), self.random.randrange(layout.columns))
        self.say("panel of the ground", *tile_lines(self.session, tile, DRAWN))
        if letters := self.session.letters():
            self.say("letter", note_line(self.model, letters))

    def say_season(self) -> None:
        report = self.session.last
        assert report is not None
        for on_board in (False, True):
            told = Story(self.session, on_board).season(report)
            self.say("story", *(line.text for line in told))
            for first, then in pairwise(told):
                if "the same without it" in first.text and then.place == "under":
                    self.say("story", f"{first.text} // {then.text}")
        for change in view(self.session, parts=("report",))["report"]["changes"]:
            self.say("changes", change["name"], change["text"], change["why"])

    def end(self) -> None:
        ending = Ending(self.session)
        self.say("ending", *(line.text for line in [*ending.verdicts(), *ending.questions()]), *ending.decisive())
        self.say("ending", *(course.text for course in ending.courses()))


def texts(value: Data, key: str = "") -> Iterator[str]:
    """Every text for people in a part of a view."""
    if isinstance(value, str):
        if key not in FOR_MACHINES:
            yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, key)


def stripped(lines: list[str]) -> list[str]:
    """Lines of a terminal, each by itself: a sentence may go on in the next one."""
    return [line.strip().removeprefix("! ").removeprefix("+ ") for line in lines]


def told_price(step: Data) -> float:
    """The days that a step of a plan costs, as its price says it."""
    found = re.search(r"([\d.]+) days?", step["price"])
    return float(found[1]) if found else 0.0


# -- faults -------------------------------------------------------------------------------------------

COUNTED = "season|day|sack|coin|animal|time|basket|deed|tile|goal|game|hive|beam"
NUMBER = (
    rf"(?<![\d.,/])[+-]?1 (?:{COUNTED.replace('|', 's|')}s)\b",
    rf"(?<![\d.])(?:0|[2-9]|\d+\.\d+|[1-9]\d+) (?:{COUNTED})\b(?! by)",
    r"\b(?:in|for|after|lasts|since) 0 (?:seasons|days)",
    r"\b(?:[Tt]hey|[Yy]ou|[Ww]e) (?:wants|asks|has|is|was|does|needs|offers|goes|keeps|trusts|gives|takes)\b",
    r"\b[Tt]he (?:\w+ers|\w+ches|\w+ars|\w+les) (?:wants|asks|has|is|was|does|needs|offers|trusts)\b",
)
ON = r"(?:(?! (?:and|or|where|who|but|that|as|if|when) )[^.;:,()])*"  # as far as one statement goes
NOTS = "[Nn]obody|[Nn]othing|[Nn]ever|[Nn]ot|[Nn]o"
FAULTS: dict[str, tuple[str, ...]] = {
    "a wrong number": NUMBER,
    "a doubled word or unit": (r"\b(\w+) \1\b(?<!that that)", r"[(,] ?([^,()]+), \1[,)]"),
    "a doubled phrase": (
        r"(?:^|[;:(-] ?)(\w[^;:()]+); \1(?=$|[;.)])",
        r"\b(no|yes) from [^;().]+; \1 from",
    ),
    "nothing changes, and then something does": (r"the same without it.*//",),
    "from whom, as if it were whose": (r"\btheir\b[^().]*\(you\)",),
    "a double negative": (rf"\b(?:{NOTS})\b{ON}\b(?:nobody|nothing|never|no)\b(?! more)",),
    "what only the engine understands": (
        r"\bnan\b|\binf\b|\w_\w|[{}]|\bNone\b|\bTrue\b|\bFalse\b(?! [a-z])",
        r"\b99 t/season|e[+-]\d\d\b",
    ),
    "a doubled space or sign": (r"\S  +\S|[.,;:] ?[.,;:](?!\.)|[?!][.,;]| [.,;:](?= |$)|\(\s|\s\)|\(\)|^[,;:.]",),
    "a sentence that begins small": (r"(?<!\.)[.!?] [a-z]",),
    "a reason that is no sentence": (r"\bbecause (?:to|of|for|in)\b",),
    "a sign before nothing": (r"(?<![\d.])[-+]0(?:\.0+)?(?: |$)(?!\d)",),
}
PATTERNS = [(name, re.compile(pattern)) for name, patterns in FAULTS.items() for pattern in patterns]


def fault_of(sentence: str) -> str:
    """Return the name of the first fault of a sentence; "" where it has none."""
    return next((name for name, pattern in PATTERNS if pattern.search(sentence)), "")


def sums_that_fail(telling: Telling) -> list[str]:
    """Return where what is told of days before a plan, of its prices and of what is left does not add up."""
    return [f"{had} - {paid} = {left}" for had, paid, left in telling.days if round(had - sum(paid), 1) != left]
