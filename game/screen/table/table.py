"""The table at which one plays: what is chosen, shown and told, and what becomes of it.  Nothing here draws."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.insight.causes import Where
from game.picture.scene import Scene, look
from game.playing.cards import ActionCard, Option, cards_of
from game.playing.causes import Inquiry
from game.playing.forecast import Outlook
from game.playing.guide import Guide
from game.playing.numbers import Fact, facts
from game.playing.season import Decided, SeasonReport
from game.playing.session import Session
from game.playing.standing import GoalStanding, goals_standing
from game.screen.kit.messages import Ended
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.pages.causes import CausesPage
from game.screen.pages.coming import ComingPage
from game.screen.pages.letters import LettersPage
from game.screen.pages.overlays import HandoverPage, OpeningPage, PausePage
from game.sim.actions import BLOCKED, DONE, SLOTS
from game.sim.world import WON
from game.telling.say import say

TELLING = 3.2  # seconds in which a season is told
TABS = ("act", "why", "people")  # where the window is too small for everything at once


class Table(ScreenPage):
    """The state of one game on the screen; `opening` is whether the level's first words are still to be read."""

    fills = True

    def __init__(self, session: Session, level_id: str, opening: bool = True) -> None:
        self.session, self.level_id = session, level_id
        self.scene: Scene = look(session.model, session.world)
        self.before: Scene = self.scene
        self.guide = Guide(session)
        self.outlook = Outlook(session)
        self.cards: list[ActionCard] = []
        self._cards_of: object = None
        self.fitted: dict[object, tuple[str, list[int], int]] = {}  # how the deck laid these cards out
        self._facts: tuple[object, list[Fact]] | None = None
        self._goals: tuple[int, list[GoalStanding]] | None = None
        self.selected = ""  # the action whose target is being chosen
        self.inspect: tuple[str, object] = ("", None)
        self.tab = "act"
        self.report: SeasonReport | None = None
        self.report_height: tuple[object, int] | None = None
        self.told_seconds = 0.0
        self.clock = 0.0
        self.opening = opening and bool(session.model.level.opening) and session.world.season == 0
        self.lens = False  # whether the loops lie over the board
        self.loop = 0  # which of them is lit
        self.ahead = ComingPage(session)
        self.inquiry = Inquiry(session)
        self.report_page: ScreenPage | None = None  # while the report is read
        self.news = ""  # what is new in the codex, in a line
        self.loops_noted: object = None  # when the loops were last written into it
        self.shifts: tuple[object, list[Any]] | None = None  # how the numbers changed, for the report
        self.glowing: tuple[object, Any] | None = None  # the land that the card pointed at changed, for the report
        self.why_kept: tuple[object, list[str]] | None = None
        self.drag: int | None = None
        self.cursor: tuple[int, int] = (session.model.layout.rows // 2, session.model.layout.columns // 2)
        self.decided_before = session.world.season
        self.decisions: list[dict[int, Decided]] = []
        self.notice = ""
        self.sounds: list[str] = self._place_sound()

    def put_on(self, stack: PageStack) -> None:
        """Note on which stack it lies now; what is to be read first lies above it."""
        super().put_on(stack)
        if self.opening:
            stack.push(OpeningPage(self.session))
        if len(self.session.seats) > 1:
            stack.push(HandoverPage(self.session))

    def open_letters(self) -> None:
        """Open what others have written, if there is anything."""
        if self.session.letters():
            self.stack.push(LettersPage(self.session, self.end_season))

    @property
    def covered(self) -> bool:
        """Whether something lies above the table, or the season is being told."""
        return self.report is not None or self.stack.top is not self

    @property
    def reading(self) -> bool:
        """Whether the report of a season lies above the table."""
        return self.report_page is not None

    @property
    def card(self) -> ActionCard | None:
        """The action whose target is being chosen."""
        return next((one for one in self.fresh_cards() if one.name == self.selected), None)

    def fresh_cards(self) -> list[ActionCard]:
        """Return the cards as things stand after the present plan; worked out anew when it changes."""
        key = (self.session.world.season, self.session.seat, self.session.plan, tuple(self.session.amounts.items()))
        if key != self._cards_of:
            self._cards_of = key
            self.cards = cards_of(self.session, self.session.preview().world)
            self.fitted.clear()
        return self.cards

    def facts(self) -> list[Fact]:
        """Return the numbers of the banner; worked out once a season for each person."""
        key = (self.session.world.season, self.session.seat)
        if self._facts is None or self._facts[0] != key:
            self._facts = (key, facts(self.session))
        return self._facts[1]

    def goals(self) -> list[GoalStanding]:
        """Return how each goal stands; worked out once a season."""
        season = self.session.world.season
        if self._goals is None or self._goals[0] != season:
            self._goals = (season, goals_standing(self.session))
        return self._goals[1]

    def end_season(self) -> None:
        """Let the season pass, or hand over to the next person."""
        self.selected, self.inspect, self.tab, self.notice, self.lens = "", ("", None), "act", "", False
        self.before = look(self.session.model, self.session.world)
        model = self.session.model
        decided = {seat: planning.decided(model) for seat, planning in self.session.planning.items()}
        plans = {seat: planning.chosen for seat, planning in self.session.planning.items()}
        report = self.session.end_turn()
        if report is None:
            self.hand_over()
            return
        self.decisions.append(decided)
        self.outlook.compare(report, plans)
        self.report, self.told_seconds = report, 0.0
        self.scene = look(self.session.model, self.session.world)
        self.sounds += self._heard(report)

    def _heard(self, report: SeasonReport) -> list[str]:
        """Return what the end of a season sounds like: a bell where somebody agreed, a low note for force met."""
        if any(deed.outcome == BLOCKED for deed in report.deeds):
            return ["season", "blocked"]
        agreed = any(
            deed.outcome == DONE and any(deed.said.values()) and deed.seat in self.session.seats
            for deed in report.deeds
        )
        return ["season", "agreed"] if agreed else ["season"]

    def close_report(self) -> None:
        """Go on after reading what happened."""
        if self.report_page is not None:
            self.report_page.close()
        self.report = self.report_page = None
        if self.session.over:
            self.stack.send(Ended())
            self.sounds.append("won" if int(self.session.world.outcome[0]) == WON else "lost")
            return
        self.sounds += self._place_sound()
        self.hand_over()

    def finish(self) -> None:
        """End the whole game with its win, where that is offered."""
        if self.session.finish():
            self.close_report()

    def hand_over(self) -> None:
        """Say, among several people, whose turn it is; a turn that is there for answers begins with what is asked."""
        if self.session.answering:
            self.open_letters()
        if len(self.session.seats) > 1:
            self.stack.push(HandoverPage(self.session))

    def _place_sound(self) -> list[str]:
        """Return what the place of this level sounds like, if it names anything."""
        sound = self.session.model.level.sound
        return [sound] if sound else []

    def choose(self, option: Option) -> None:
        """Plan an action."""
        if self.session.add(option.candidate):
            self.selected = self.notice = ""
            self.inspect = ("plan", option.candidate)
            self.sounds.append("plan")
        else:
            self.notice = say("decide.only_answers") if self.session.answering else say("decide.full", most=SLOTS)

    def press_card(self, card: ActionCard) -> None:
        """Plan an action that has one target; open one that has several, or shut it again."""
        if len(card.open_options) == 1 and len(card.options) == 1 and not card.amounts:
            self.choose(card.open_options[0])
        else:
            self.selected = "" if self.selected == card.name else card.name

    def press_tile(self, tile: tuple[int, int]) -> None:
        """Choose the ground under the mouse as the target, or ask why it is as it is."""
        card = self.card
        home = next((one.index for one in self.scene.households if tile in one.homes), None)
        if home is not None:
            self.press_household(home)
            return
        option = self.option_at(tile) if card else None
        if option is not None:
            if option.obstacle:
                self.inspect = ("tile", tile)
            else:
                self.choose(option)
            return
        self.inspect, self.tab = ("tile", tile), "why"

    def option_at(self, tile: tuple[int, int]) -> Option | None:
        """Return the place of the action being chosen that holds a tile, open ones first."""
        card = self.card
        for option in sorted(card.options if card else (), key=lambda one: bool(one.obstacle)):
            tiles = self.session.model.candidates[option.candidate].tiles
            if tiles is not None and tiles[0, 0, tile[0], tile[1], 0] > 0:
                return option
        return None

    def point_at(self, option: Option) -> None:
        """Put the frame on the board into the middle of a place."""
        tiles = self.session.model.candidates[option.candidate].tiles
        if tiles is not None:
            spots = np.argwhere(tiles[0, 0, :, :, 0] > 0)
            row, column = spots[len(spots) // 2].tolist()
            self.cursor = (row, column)

    def press_household(self, community: int) -> None:
        """Choose a household as the target, or look at it."""
        card = self.card
        for option in card.open_options if card else ():
            candidate = self.session.model.candidates[option.candidate]
            if candidate.tiles is None and candidate.target == community:
                self.choose(option)
                return
        self.selected = ""
        self.inspect, self.tab = ("household", community), "why"

    def undo(self) -> None:
        """Take back the last change of the plan."""
        if self.session.undo():
            self.sounds.append("undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.session.redo():
            self.sounds.append("plan")

    def drop(self, place: int) -> None:
        """Take an action out of the plan."""
        if self.session.drop(place):
            self.notice = ""
            self.inspect = ("", None)
            self.sounds.append("undo")

    def ask_why(self, where: Where, season: int) -> None:
        """Open the page that tells why something was lost in a season (from 0)."""
        self.stack.push(CausesPage(self.session, [(where, season)], inquiry=self.inquiry))

    def open_lens(self) -> None:
        """Lay the loops over the board, the one that rules lit."""
        self.lens, self.loop, self.selected = True, 0, ""

    def escape(self) -> None:
        """Shut what is open on the table, or pause."""
        if self.selected:
            self.selected = self.notice = ""
        elif self.lens and not self.covered:
            self.lens = False
        else:
            self.stack.push(PausePage())
