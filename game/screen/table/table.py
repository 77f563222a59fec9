"""The table at which one plays: what is chosen, shown and told, and what becomes of it.  Nothing here draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pygame

from game.picture.scene import Scene
from game.playing.season import Decided
from game.playing.session import Session
from game.playing.shown import Data, Shown
from game.screen.kit.breath import BREATH, Breath
from game.screen.kit.land import land_now
from game.screen.kit.messages import ChangeSetting, Ended
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.pages.causes import CausesPage
from game.screen.pages.coming import ComingPage
from game.screen.pages.letters import LettersPage
from game.screen.pages.overlays import HandoverPage, OpeningPage, PausePage
from game.screen.table.cards import card_named, missed
from game.screen.table.pacing import scene_ends
from game.telling.say import say

SPEEDS = (1, 2, 4)
STANDING = ("level", "facts", "signs", "goals", "dials", "households")  # what stands beside and on the board
HAND_BREATH = 0.4  # seconds after which a press is meant for a card, and not for what lay there before
TABS = ("act", "why", "people")  # where the window is too small for everything at once


class Table(ScreenPage):
    """The state of one game on the screen; `opening` is whether the level's first words are still to be read."""

    fills = True

    def __init__(self, session: Session, level_id: str, opening: bool = True) -> None:
        self.session, self.level_id = session, level_id
        self.shown = Shown(session)
        self.scene: Scene = land_now(session)
        self.before: Scene = self.scene
        self.selected = ""  # the action whose target is being chosen
        self.inspect: tuple[str, object] = ("", None)
        self.pointed: tuple[str, object, pygame.Rect] | None = None  # what is pointed at in this frame, and where
        self.pinned: tuple[str, object, pygame.Rect] | None = None  # what was pressed, and is told whole
        self.beside = True  # whether there is room to tell things beside what is pointed at
        self.note_place = 0  # which sentence of the note that guides is shown
        self._note: tuple[str, list[str], frozenset[str]] = ("", [], frozenset())
        self.tab = "act"
        self.report: Data | None = None  # what the season that is told or read brought
        self.stood: dict[str, Any] = {}  # how things stood before the season that is told
        self.told_seconds = 0.0
        self.breath = Breath("hand", over=True)  # how long what is shown now has been seen
        self.ends: list[float] = scene_ends([])  # when each scene of the season that is told is over
        self.speed = 1
        self.clock = 0.0
        self.opening = opening and bool(self.shown["level"]["opening"]) and self.shown["seasons_over"] == 0
        self.overlay = ""  # which lens lies over the land: see `lenses`
        self.lens = False  # whether the loops lie over the board
        self.loop = 0  # which of them is lit
        self.ahead = ComingPage(self.shown)
        self.report_page: ScreenPage | None = None  # while the report is read
        self.opened: set[str] = set()  # cards of the report whose smaller changes are listed
        self.wordy: tuple[object, bool] = (None, True)  # for which season it is known whether there is room for words
        self.idling = ""  # what is told of what comes if nobody acts
        self.news = self.notice = ""  # what is new in the codex, in a line; why something could not be done
        self.loops_noted: object = None  # when the loops were last written into it
        self.glowing: tuple[object, Any] | None = None  # the land that the card pointed at changed, for the report
        self.plan_seconds = 0.0  # since something was last planned
        self.pressed_at = (0, 0)  # where the mouse was pressed last while something else than the hand was shown
        self.drag: int | None = None
        self.cursor: tuple[int, int] = (self.size[0] // 2, self.size[1] // 2)
        self.decided_before: int = self.shown["seasons_over"]
        self.sounds: list[str] = self._place_sound()

    def put_on(self, stack: PageStack) -> None:
        """Note on which stack it lies now; what is to be read first lies above it."""
        super().put_on(stack)
        self.speed = stack.speed
        if self.opening:
            stack.push(OpeningPage(self.shown))
        if self.shown["turn"]["people"] > 1:
            stack.push(HandoverPage(self.shown))

    def open_letters(self) -> None:
        """Open what others have written, if there is anything."""
        if self.shown["asked"]["letters"]:
            self.stack.push(LettersPage(self.shown, self.end_season))

    @property
    def still(self) -> bool:
        """Whether nothing moves by itself, because the player wants it so."""
        return self.stack.still

    def tell_at(self, speed: int) -> None:
        """Tell seasons so many times as fast, from now on."""
        self.speed = speed
        self.stack.send(ChangeSetting("telling_speed", float(speed)))

    @property
    def decisions(self) -> list[dict[int, Decided]]:
        """What people have decided here, season by season, as it is kept."""
        return self.shown.decided

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns the land has."""
        rows, columns = self.scene.ground.shape
        return rows, columns

    @property
    def covered(self) -> bool:
        """Whether something lies above the table, or the season is being told."""
        return self.report is not None or self.stack.top is not self

    @property
    def open_to_view(self) -> bool:
        """Whether nothing lies above the table and no season is being told: it can be looked at, if not played."""
        return self.stack.top is self and (self.report is None or self.told)

    def standing(self, part: str) -> Any:
        """How things stand: while a season is told as before it, but to several who look at once as they are now."""
        telling = self.report is not None and not self.told and not self.shown.together
        return self.stood[part] if telling else self.shown[part]

    @property
    def season_shown(self) -> Data:
        """The level with the season that is played, told or read: it is over when the next one is asked for."""
        return self.stood["level"] if self.report is not None else self.shown["level"]

    @property
    def reading(self) -> bool:
        """Whether the whole report of a season lies above the table."""
        return self.report_page in self.stack.pages

    @property
    def told(self) -> bool:
        """Whether a season has been told and its strip lies at the lower edge."""
        return self.report is not None and self.told_seconds >= self.ends[-1]

    @property
    def stage(self) -> str:
        """What of a season is shown: the hand or a page above it, how it is told, its strip, or its whole report."""
        if self.report is None:
            return "hand" if self.stack.top is self else "page"
        return "report" if self.reading else "strip" if self.told else "telling"

    @property
    def settled(self) -> bool:
        """Whether what is shown has been there long enough for a press to be meant to end it."""
        return self.breath.stage == self.stage and self.breath.over(BREATH)

    @property
    def hand_seen(self) -> bool:
        """Whether the hand has been there long enough for a press to be meant for a card."""
        return self.breath.stage == self.stage and self.breath.over(HAND_BREATH)

    @property
    def scene_now(self) -> tuple[int, float]:
        """Which scene is told, and how far it has come, 0 to 1; after the last one their number."""
        start = 0.0
        for number, end in enumerate(self.ends):
            if self.told_seconds < end:
                return number, (self.told_seconds - start) / (end - start)
            start = end
        return len(self.ends), 1.0

    def skip(self) -> None:
        """Go on to the strip at once."""
        self.told_seconds = max(self.told_seconds, self.ends[-1])

    def next_scene(self) -> None:
        """Go on to the next scene."""
        self.told_seconds = self.ends[min(self.scene_now[0], len(self.ends) - 1)]

    @property
    def card(self) -> Data | None:
        """The card of the action whose target is being chosen."""
        return card_named(self.fresh_cards(), self.selected) if self.selected else None

    def fresh_cards(self) -> list[Data]:
        """Return the cards as things stand after the present plan."""
        cards: list[Data] = self.shown["cards"]
        return cards

    def point(self, kind: str, what: object, where: pygame.Rect) -> None:
        """Note what is pointed at in this frame: it is told beside it."""
        self.pointed = (kind, what, where)
        if kind != "end":
            self.inspect = (kind, what)

    def pin(self, kind: str, what: object, where: pygame.Rect) -> None:
        """Tell all of something until it is shut."""
        self.inspect, self.tab = (kind, what), "why"
        self.pinned = (kind, what, where)

    def note_sentences(self) -> list[str]:
        """Return the sentences of the note that guides a beginner now, without its marks."""
        return self._noted()[0]

    @property
    def noted(self) -> frozenset[str]:
        """The ids of the cards that the note names."""
        return self._noted()[1]

    def _noted(self) -> tuple[list[str], frozenset[str]]:
        note: str = self.shown["note"] or ("" if self.shown["plan"]["steps"] else self.shown.dealt()["note"])
        if note != self._note[0]:
            named = set(note.split("*")[1::2])
            cards = frozenset(card["id"] for card in self.fresh_cards() if card["name"] in named)
            parts = [part.strip() for part in note.replace("*", "").split(". ") if part.strip()]
            sentences = [part if part.endswith((".", "!", "?")) else f"{part}." for part in parts]
            self._note, self.note_place = (note, sentences, cards), 0
        return self._note[1], self._note[2]

    def still_choosing(self) -> bool:
        """Whether a card still asks for its place: then that is said, and nothing else is begun meanwhile.

        One that can be done nowhere asks for none: it is laid back.
        """
        card = self.card
        if card is not None and all(option["obstacle"] for option in card["options"]):
            self.selected = ""
        if self.selected:
            self.notice = say("decide.choosing", card=self.card["name"] if self.card else self.selected)
        return bool(self.selected)

    def end_season(self) -> None:
        """Let the season pass, or hand over to the next person."""
        self.selected = self.notice = self.overlay = ""
        self.inspect, self.tab, self.lens, self.pinned = ("", None), "act", False, None
        self.before = land_now(self.session)
        self.stood = {part: self.shown[part] for part in STANDING}
        if self.shown.decide({"do": "end"}).passed == "hand_over":
            self.hand_over()
            return
        self.report, self.told_seconds = self.shown.report(), 0.0
        self.shown.together = self.shown["turn"]["people"] > 1
        self.ends = scene_ends(self.shown["scenes"]["scenes"])
        self.scene = replace(land_now(self.session), season=self.before.season)  # the next has not come yet
        self.sounds += self._heard()

    def _heard(self) -> list[str]:
        """Return what the end of a season sounds like: a bell where somebody agreed, a low note for force met."""
        deeds = self.shown["deeds"]
        if any(deed["outcome"] == "blocked" for deed in deeds):
            return ["season", "blocked"]
        hands = any(deed["outcome"] == "done" and deed["agreed"] and deed["person"] for deed in deeds)
        return ["season", "agreed"] if hands else ["season"]

    def put_report_away(self) -> None:
        """Lay the whole report aside; the strip of the season is below it."""
        page, self.report_page = self.report_page, None
        if page is not None:
            page.close()

    def close_report(self) -> None:
        """Go on after reading what happened."""
        self.put_report_away()
        self.report, self.scene = None, land_now(self.session)
        self.opened.clear()
        self.pinned = None if self.shown.together else self.pinned
        self.shown.together = False
        if self.shown["outcome"]["over"]:
            self.stack.send(Ended())
            self.sounds.append("won" if self.shown["outcome"]["name"] == "won" else "lost")
            return
        self.sounds += self._place_sound()
        self.hand_over()

    def finish(self) -> None:
        """End the whole game with its win, where that is offered."""
        if self.shown.decide({"do": "finish"}).done:
            self.close_report()

    def hand_over(self) -> None:
        """Say, among several people, whose turn it is; a turn that is there for answers begins with what is asked."""
        if self.shown["turn"]["answering"]:
            self.open_letters()
        if self.shown["turn"]["people"] > 1:
            self.stack.push(HandoverPage(self.shown))

    def _place_sound(self) -> list[str]:
        """Return what the place of this level sounds like, if it names anything."""
        sound = self.shown["level"]["sound"]
        return [sound] if sound else []

    def choose(self, option: Data) -> None:
        """Plan an action: an option of its card."""
        found = self.shown.decide({"do": "plan", "card": option["card"], "option": option["id"]})
        self.notice = found.error
        if found.done:
            self.selected, self.pinned = "", None
            self.inspect, self.plan_seconds = ("plan", option["id"]), 0.0
            self.sounds.append("plan")

    def press_card(self, card: Data) -> None:
        """Plan an action that has one target; open one that has several; of a grey one say why it is grey."""
        self.notice, self.pinned = "", None
        if not (card["possible"] or card["settled_anew"]):
            self._press_grey(card)
        elif card["possible"] and len(card["options"]) == 1 and not card["terms"]:
            self.choose(card["options"][0])
        else:
            self.selected = "" if self.selected == card["id"] else card["id"]

    def _press_grey(self, card: Data) -> None:
        """Take an action out that stands in the plan and can be planned no more, or say why it is not possible."""
        steps = [place for place, step in enumerate(self.shown["plan"]["steps"]) if step["card"] == card["id"]]
        if not steps:
            self.notice = say("decide.not_possible", card=card["name"], reason=card["obstacle"].rstrip("."))
        elif self.plan_seconds >= HAND_BREATH:  # else it is the second half of a double press
            self.drop(steps[-1])

    def press_tile(self, tile: tuple[int, int]) -> None:
        """Choose the ground under the mouse as the target, or ask why it is as it is."""
        card = self.card
        option = self.option_at(tile) if card else None
        home = next((one.index for one in self.scene.households if tile in one.homes), None)
        if home is not None and option is None:
            self.press_household(home)
        elif card is None:
            self.pin("tile", tile, self.pointed[2] if self.pointed else pygame.Rect(0, 0, 1, 1))
        elif option is None or option["obstacle"]:
            self.inspect = ("tile", tile)
            self._miss(card, option)
        else:
            self.choose(option)

    def _miss(self, card: Data, option: Data | None) -> None:
        self.notice = missed(card, option, {household["id"] for household in self.shown["households"]})

    def option_at(self, tile: tuple[int, int]) -> Data | None:
        """Return the place of the action being chosen that holds a tile, open ones first."""
        card = self.card
        for option in sorted(card["options"] if card else (), key=lambda one: bool(one["obstacle"])):
            if option["tiles"] is not None and list(tile) in option["tiles"]:
                return option
        return None

    def point_at(self, option: Data) -> None:
        """Put the frame on the board into the middle of a place."""
        tiles = option["tiles"]
        if tiles:
            row, column = tiles[len(tiles) // 2]
            self.cursor = (row, column)

    def press_household(self, number: int) -> None:
        """Choose a household as the target, or look at it."""
        card, household = self.card, self.shown["households"][number]["id"]
        if card is not None:
            option = next((one for one in card["options"] if one["target"] == household), None)
            if option is None or option["obstacle"]:
                self._miss(card, option)
            else:
                self.choose(option)
            return
        self.pin("household", number, self.pointed[2] if self.pointed else pygame.Rect(0, 0, 1, 1))

    def undo(self) -> None:
        """Take back the last change of the plan."""
        if self.shown.decide({"do": "undo"}).done:
            self.sounds.append("undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.shown.decide({"do": "redo"}).done:
            self.sounds.append("plan")

    def drop(self, place: int) -> None:
        """Take an action out of the plan."""
        if self.shown.decide({"do": "drop", "place": place}).done:
            self.notice = ""
            self.inspect = ("", None)
            self.sounds.append("undo")

    def ask_why(self, question: Data) -> None:
        """Open the page that tells why something was lost in a season."""
        self.stack.push(CausesPage(self.shown, [question]))

    def show_lens(self, name: str) -> None:
        """Lay a lens over the land, or put it away."""
        self.overlay = "" if self.overlay == name else name

    def open_lens(self) -> None:
        """Lay the loops over the board, the one that rules lit."""
        self.lens, self.loop, self.selected, self.pinned = True, 0, "", None

    def escape(self) -> None:
        """Shut what is open on the table, or pause."""
        if self.pinned is not None and self.beside:
            self.pinned = None
        elif self.selected:
            self.selected = self.notice = ""
        elif self.lens and self.open_to_view:
            self.lens = False
        elif self.overlay:
            self.overlay = ""
        else:
            self.stack.push(PausePage())
