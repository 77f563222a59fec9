"""A game as a screen holds it: the parts of its view, each worked out once, decisions, and work beside it.

A screen asks for the same parts in every frame.  What a part hangs on stands
in `HANGS_ON`; it is worked out anew when that has changed, and never unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

from game.level.schema import Seasons
from game.playing.background import Work
from game.playing.bargains import bargains_told
from game.playing.books import books
from game.playing.cards import card_of, in_hand
from game.playing.causes import Inquiry
from game.playing.dealing import Dealing
from game.playing.decide import Decided, Decision, decide
from game.playing.explain import Question, explain
from game.playing.forecast import Outlook
from game.playing.guide import Guide
from game.playing.hindsight import Hindsight
from game.playing.season import Decided as Kept
from game.playing.session import Session
from game.playing.standstill import Standstill
from game.playing.story import Story
from game.playing.view import view
from game.playing.view_after import fates_told, proof_told, ripples_told
from game.playing.view_ahead import foretold, stopped
from game.playing.view_causes import asked_of, causes_told
from game.playing.view_of_one import card_data
from game.playing.view_of_others import farings
from game.playing.view_report import report_for, ruling_loop
from game.playing.view_together import NOTHING_OF_ONE, households_together
from game.sim.totals import Floats
from game.telling.lines import Line, told
from game.telling.say import say

Data = dict[str, Any]  # JSON types only
T = TypeVar("T")
NOTHING, SEASON, SEAT, ANSWERS, PLAN = range(5)  # what a part hangs on, each on what the one before it does too
HANGS_ON = {
    "level": SEASON, "actions": SEASON, "stocks": SEASON,
    "board": SEASON, "goals": SEASON, "dials": SEASON, "signs": SEASON, "loops": SEASON,
    "course": SEASON, "outcome": SEASON, "seasons_over": SEASON, "deeds": SEASON,
    "scenes": SEASON,
    "banner": SEAT, "households": SEAT, "facts": SEAT, "messages": SEAT, "coming": SEAT,
    "neighbours": SEAT, "voices": SEAT, "report": SEAT,
    "letters": ANSWERS, "asked": ANSWERS,
    "cards": PLAN, "plan": PLAN,
}  # fmt: skip


class Answer(Generic[T]):
    """Work in the background whose result is told as plain data: None until there is any."""

    def __init__(self, work: Work[T], tell: Callable[[T], Data]) -> None:
        self.work, self._tell = work, tell
        self._told: tuple[T, Data] | None = None

    @property
    def result(self) -> Data | None:
        """What is known so far."""
        found = self.work.result
        if found is None:
            return None
        if self._told is None or self._told[0] is not found:
            self._told = (found, self._tell(found))
        return self._told[1]

    @property
    def trouble(self) -> str:
        """What went wrong, in a sentence; nothing where nothing has."""
        return self.work.trouble

    @property
    def progress(self) -> float:
        """How far it is, 0 to 1."""
        return self.work.progress

    @property
    def finished(self) -> bool:
        """Whether `result` is the whole of it."""
        return self.work.finished

    def again(self) -> None:
        """Try once more, where something went wrong."""
        self.work.again()

    def wait(self) -> None:
        """Wait until it is done."""
        self.work.wait()


class Shown:
    """One game on a screen: `shown["cards"]` is that part of its view."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.together = False  # whether all who sit at one keyboard look at it, whoever's turn comes next
        self.guide, self.outlook, self.standstill = Guide(session), Outlook(session), Standstill(session)
        self.dealing = Dealing(session, self.guide)
        self.inquiry, self.hindsight = Inquiry(session), Hindsight(session)
        self.decided: list[dict[int, Kept]] = []  # what people have decided, season by season, as it is kept
        self._parts: dict[str, tuple[Hashable, Any]] = {}
        self._prepared: tuple[Hashable, list[Data], dict[str, Floats]] = (None, [], {})
        self._dealt: tuple[Hashable, Data] | None = None
        self._explained: dict[str, tuple[Hashable, Data]] = {}
        self._ruling: tuple[Hashable, Data | None] | None = None
        self._fared: tuple[Hashable, list[Data]] | None = None
        self._answers: dict[Hashable, Answer[Any]] = {}

    @property
    def turns(self) -> Seasons:
        """How long the game lasts and what its turns are called."""
        return self.session.model.level.seasons

    def __getitem__(self, part: str) -> Any:
        """Return a part of the view as things stand.  Raises ArgumentError for a part that there is not."""
        if self.together and part in NOTHING_OF_ONE:
            return NOTHING_OF_ONE[part]
        if self.together and part == "households":
            return households_together(self.session)
        state = self.state(HANGS_ON.get(part, NOTHING))
        if state is None:
            return view(self.session, self.guide, outlook=self.outlook, parts=[part])[part]
        if part == "cards":
            return self._cards()
        if part not in self._parts or self._parts[part][0] != state:
            self._parts[part] = (state, view(self.session, parts=[part])[part])
        return self._parts[part][1]

    def prepare(self) -> None:
        """Work out a bit more of the turn that comes, while a season is told: all at once would stop the picture."""
        session = self.session
        if not session.over and session.others.plan_on(session.world):
            next((None for _ in self._next_cards()), None)

    def look_into_minds(self) -> None:
        """Begin to find what moves the neighbours, while a season is planned: its end tells all of it at once."""
        session = self.session
        if not session.over:
            session.others.look_into_minds(session.background, session.world, session.me)

    def _cards(self) -> list[Data]:
        for _ in self._next_cards():
            pass
        return self._prepared[1]

    def _next_cards(self) -> Iterator[None]:
        """Work out one card after the other, from where it stands."""
        session, state = self.session, self.state()
        if self._prepared[0] != state:
            self._prepared = (state, [], {})
        _, told, shares = self._prepared
        for name in in_hand(session.model)[len(told) :]:
            card = card_of(session, session.preview().world, name, shares)
            assert card is not None
            told.append(card_data(session, card))
            yield

    def state(self, hangs_on: int = PLAN) -> Hashable | None:
        """Return what tells one state of the game from another, as far as something hangs on it."""
        session = self.session
        if hangs_on == NOTHING:
            return None
        found: tuple[Hashable, ...] = (session.world.season, session.over)
        if hangs_on >= SEAT:
            found += (session.seat, session.answering)
        if hangs_on == ANSWERS:
            found += (tuple(session.planning[session.seat].answers.items()), session.plan)
        if hangs_on == PLAN:
            planning = session.planning[session.seat]
            found += (planning.chosen, len(planning.past), len(planning.future), tuple(session.amounts.items()))
        return found

    def decide(self, decision: Decision) -> Decided:
        """Do what a decision says, as `game.playing.decide.decide` does; forecasts owe an account of every season."""
        session = self.session
        plans = {seat: planning.chosen for seat, planning in session.planning.items()}
        kept = {seat: planning.decided(session.model) for seat, planning in session.planning.items()}
        found = decide(session, decision)
        if decision.get("do") == "end" and found.passed in ("season", "over") and session.last is not None:
            self.decided.append(kept)
            self.outlook.compare(session.last, plans)
            session.look_for_loops()
        return found

    def explain(self, question: Question) -> Data:
        """Return why something is as it is, as `game.playing.explain.explain` does; once a season for each person."""
        key, state = repr(sorted(question.items())), self.state(SEAT)
        if key not in self._explained or self._explained[key][0] != state:
            self._explained = {one: kept for one, kept in self._explained.items() if kept[0] == state}
            self._explained[key] = (state, explain(self.session, question))
        return self._explained[key][1]

    def forecast(self, option: str = "") -> Answer[Any]:
        """Return what may come of the plan; with the id of an option what that would add to it."""
        session, plan = self.session, self.session.plan
        model = session.model
        added = next((index for index, one in enumerate(model.candidates) if one.key == option), None)
        asked = (plan, ()) if added is None else ((*plan, added), plan)
        return self.answer(self.outlook.ask(*asked), lambda found: foretold(session, found))

    def dealt(self) -> Data:
        """Return which cards lie in the hand, which are new, and what is said of them; once for each plan."""
        state = self.state()
        if self._dealt is None or self._dealt[0] != state:
            self._dealt = (state, self.dealing.told())
        return self._dealt[1]

    def report(self) -> Data | None:
        """Return what the last season brought, as all who sit at one keyboard read it together; None before it."""
        return report_for(self.session, self.session.seats)

    def ruling(self) -> Data | None:
        """Return which loop rules as things stand; None where none does."""
        state = self.state(SEASON)
        if self._ruling is None or self._ruling[0] != state:
            self._ruling = (state, ruling_loop(self.session))
        return self._ruling[1]

    def story(self) -> list[Data]:
        """Return the last season as a story for all who sit at one keyboard without a board; nothing before it."""
        if self.session.last is None:
            return []
        # As on the board: first what mattered most, in the end what those say who look on.
        heading, *lines = Story(self.session).season(self.session.last)
        voices = [Line(say("voice.line", who=one["asks"], text=one["text"]), place="item") for one in self["voices"]]
        loop = self.ruling()
        rules = [Line(loop["text"], place="item")] if loop else []
        return told([heading, Line(self["scenes"]["headline"], "notice"), *lines, *rules, *voices])

    def books(self, question: Question) -> list[Data]:
        """Return the books of something, line by line, as `game.playing.books.books` does."""
        return told(books(self.session, question))

    def farings(self) -> list[Data]:
        """Return how everybody fares through each who plays, as they read it together; once counted, the same list."""
        state = self.state(SEASON)
        if self._fared is None or self._fared[0] != state:
            found = farings(self.session)
            if not all(one["ready"] for one in found):
                return found
            self._fared = (state, found)
        return self._fared[1]

    def count_farings(self) -> None:
        """Wait until it is counted how everybody fares; what went wrong before is tried once more."""
        for seat in self.session.seats if self.session.world.season else ():
            work = self.session.fared.ask(seat)
            work.again()
            work.wait()

    def causes(self, question: Question) -> Answer[Any]:
        """Return both views of a question from the report of a season or the end of the game."""
        work = self.inquiry.ask(*asked_of(self.session, question))
        return self.answer(work, lambda found: causes_told(self.session, found))

    def luck(self) -> Answer[Any]:
        """Return whether luck or choice decided, once the game is over."""
        return self.answer(self.hindsight.luck(), lambda found: fates_told(self.session, found))

    def ripples(self) -> Answer[Any]:
        """Return what the deeds of the first person did, once the game is over."""
        return self.answer(self.hindsight.look_back(self.session.seats[0]), ripples_told)

    def bargains(self) -> Answer[Any]:
        """Return which agreements of the first person others have paid for so far."""
        session, seat = self.session, self.session.seats[0]
        return self.answer(session.agreed.ask(seat), lambda found: bargains_told(session.model, found, seat))

    def proof(self) -> Answer[Any]:
        """Return the game under two rules of proof, once it is over."""
        return self.answer(self.hindsight.proof(), proof_told)

    def stopped(self) -> Answer[Any]:
        """Return what would come if everyone stopped now."""
        return self.answer(self.standstill.ask(), lambda found: stopped(self.session, found))

    def answer(self, work: Work[T], tell: Callable[[T], Data]) -> Answer[T]:
        """Return some work told as plain data; the same each time."""
        found = self._answers.get(id(work))
        if found is None or found.work is not work:
            self._answers = {key: one for key, one in self._answers.items() if not one.work.cancelled}
            found = self._answers[id(work)] = Answer(work, tell)
        return found
