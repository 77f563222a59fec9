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
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from game.level.library import shipped_levels
from game.level.reader import load_level
from game.playing.decide import decide
from game.playing.ending import Ending
from game.playing.letters import note_line
from game.playing.numbers import facts, why_number
from game.playing.session import Session
from game.playing.story import Story
from game.playing.view import view
from game.screen.table.detail import household_lines, tile_lines
from game.screen.table.season_changes import changes_of
from game.screen.table.table import Table
from game.sim.model import Model, compile_level
from game.terminal.board import Board
from game.terminal.choices import Menu, choices_of
from game.terminal.commands import CommandReader
from game.terminal.paint import Style
from game.terminal.view import View
from game.terminal.why import Why

LEVELS = [path.stem for path in shipped_levels()]
A_FEW = 4  # actions a season at most
# What stands in a view for machines, and not for people.
FOR_MACHINES = (
    "id", "card", "option", "household", "target", "stock", "icon", "mode", "family", "term", "terrain", "living",
    "said", "users", "uses", "tone", "place", "unit", "communities", "between", "blockers", "yes", "perhaps", "state",
    "sign", "event", "letter", "stores", "dials", "course", "board", "loops", "agreements",
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
        cards = view(self.session, parts=("cards",))["cards"]
        card = self.random.choice(cards)
        if card["terms"] and self.random.random() < 0.5:
            amount = self.random.choice(card["terms"]["amounts"])["value"]
            decide(self.session, {"do": "terms", "card": card["id"], "amount": amount})
            cards = view(self.session, parts=("cards",))["cards"]
            card = next(one for one in cards if one["id"] == card["id"])
        if card["options"]:
            option = self.random.choice(card["options"])["id"]
            self.say("decide", decide(self.session, {"do": "plan", "card": card["id"], "option": option}).error)

    # -- what is said ---------------------------------------------------------------------------------

    def say_turn(self) -> None:
        session = self.session
        shown = view(session, parts=("banner", "signs", "goals", "letters", "households", "facts", "cards", "plan",
                                     "messages", "coming", "outcome"))  # fmt: skip
        for part, value in shown.items():
            self.say(part, *texts(value))
        for one in facts(session):
            self.say("facts", *why_number(session, one.stock, one.community))
        style = Style(colour=False, unicode=True)
        board = Board(self.model, style)
        lines = View(session, board)
        menu = Menu(session, lines)
        self.say("menu", *stripped(menu.plan()))
        reader = CommandReader(self.model, choices_of(session))
        why = Why(session, board, reader)
        self.say("why", *stripped([*lines.banner(), *lines.who()]))
        for one in range(len(self.model.layout.communities)):
            self.say("why household", *stripped(why.household(one)))
        self.say("why stock", *stripped(why.stock(self.random.choice(list(self.model.level.stocks)))))
        self.say("why action", *stripped(why.action(self.random.randrange(len(self.model.candidates)))))
        self.say_table()

    def say_table(self) -> None:
        table = Table(self.session, self.model.level.id, opening=False)
        for one in range(len(self.model.layout.communities)):
            self.say("panel of a household", *household_lines(table, one))
        layout = self.model.layout
        tile = (self.random.randrange(layout.rows), self.random.randrange(layout.columns))
        self.say("panel of the ground", *tile_lines(table, tile))
        if letters := self.session.letters():
            self.say("letter", note_line(self.model, letters))

    def say_season(self) -> None:
        report = self.session.last
        assert report is not None
        for on_board in (False, True):
            told = Story(self.session, on_board).season(report)
            self.say("story", *(line.text for line in told))
            for first, then in zip(told, told[1:], strict=False):
                if "the same without it" in first.text and then.place == "under":
                    self.say("story", f"{first.text} // {then.text}")
        table = Table(self.session, self.model.level.id, opening=False)
        for shift in changes_of(table, report):
            self.say("changes", shift.name, shift.text, shift.why)

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


# -- faults -------------------------------------------------------------------------------------------

ONE = r"(?<![\d.,/])1 (?:days|seasons|sacks|coins|animals|times|people|baskets|deeds|tiles|goals|games)\b"
MANY = r"(?<![\d.])(?:0|[2-9]|\d+\.\d+|[1-9]\d+) (?:day|season|sack|coin|animal|time|basket|deed|tile|goal|game)\b(?! by)"
PLURAL = r"\b(?:[Tt]hey|[Yy]ou|[Ww]e) (?:wants|asks|has|is|was|does|needs|offers|goes|keeps|trusts|gives|takes)\b"
HOUSE = r"\b[Tt]he (?:Alders|Birches|Cedars|Dales|\w+ers|\w+es) (?:wants|asks|has|is|was|does|needs|offers|trusts)\b"
FAULTS: dict[str, str] = {
    "a wrong number": rf"{ONE}|{MANY}|{PLURAL}|{HOUSE}",
    "a doubled word or unit": r"\b(\w+)[ ,;]+\1\b(?<!that that)",
    "a doubled phrase": r"(?:^|[;:(-] ?)(\w[^;:()]+); \1(?=$|[;.)])",
    "nothing changes, and then something does": r"the same without it.*//",
    "from whom, as if it were whose": r"Take their \w+ \(you\)|Take (?:their|from) \w+ from from",
    "a double negative": r"\b(?:[Nn]obody|[Nn]othing|[Nn]ever|[Nn]ot|[Nn]o)\b[^.;:,()]*\b(?:nobody|nothing|never|no)\b(?! more)",
    "what only the engine understands": r"\bnan\b|\binf\b|\w_\w|[{}]|\bNone\b|\bTrue\b|\bFalse\b|\b99 t/season|e[+-]\d\d\b",
    "a doubled space or sign": r"\S  +\S|[.,;:] ?[.,;:](?!\.)|[?!][.,;]| [.,;:](?= |$)|\(\s|\s\)|\(\)|^[,;:.]",
    "a sentence that begins small": r"(?<!\.)[.!?] [a-z]",
    "minus nothing": r"(?<![\d.])[-+]0(?:\.0+)?(?: |$)(?!\d)",
}  # fmt: skip
ALLOWED: dict[str, Callable[[str], bool]] = {}


def fault_of(sentence: str) -> str:
    """Return the name of the first fault of a sentence; "" where it has none."""
    for name, pattern in FAULTS.items():
        if re.search(pattern, sentence):
            return name
    return ""
