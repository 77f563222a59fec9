"""How a game ended: what the place was and what it became, who is better off, the stars, and what comes next."""

from __future__ import annotations

import pygame

from game.playing.background import Work
from game.playing.branches import Course
from game.playing.codex import texts
from game.playing.session import Session
from game.playing.shown import Data, Shown
from game.playing.stars import StarLine, Tally
from game.screen.kit.breath import Breath
from game.screen.kit.course_chart import draw_course
from game.screen.kit.faring import PICTURES
from game.screen.kit.land import land_at, land_now
from game.screen.kit.messages import Again, KeepPage, Leave, NextLevel
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import Boards, large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.screen.pages.bargains import draw_mark, marked
from game.screen.pages.ending_closer import CloserPage
from game.screen.pages.timelines import TimelinesScene
from game.telling.say import say

LOOKS = {"won": ("good", "star"), "lost": ("bad", "cloud"), "ended": ("warn", "season"), "run": ("ink", "season")}
TIPS = {"timelines": "end.timelines_tip", "look closer": "end.closer_tip", "keep": "end.keep_tip"}
PAID_HIGH = 38  # of the mark of what others paid for
DOORS = {"look closer": "eye", "keep": "scroll"}


class EndingScene(ScreenPage):
    """The last screen of a game; `next_level` is the title of the level that may be played next, with its id."""

    fills = True

    def __init__(self, session: Session, level_id: str, tally: Tally | None = None, again: bool = False,
                 counting: Work[Tally] | None = None, next_level: tuple[str, str] | None = None) -> None:  # fmt: skip
        self.session, self.level_id, self.next_level = session, level_id, next_level
        self.shown = Shown(session)
        self.outcome = self.shown["outcome"]
        self.tally, self.again = tally, again or self.outcome["branch"]
        self.counting = counting  # of the stars, where that went wrong
        self.notice = ""  # where the page to keep lies, or why it could not be written
        self.first, self.last = land_at(Course(session), 0), land_now(session)
        self._boards, self._breath = Boards(), Breath()
        self.without_game = bool(self.shown["level"]["model"])  # without a game: nobody reached or lost anything

    @property
    def name(self) -> str:
        """How it ended: won, lost, ended with a goal not reached, or, of a model without a game, run to its end."""
        if self.without_game:
            return "run"
        return str(self.outcome["name"]) if self.outcome["over"] else "ended"

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        if self.tally is None and self.counting is not None:
            self.tally = self.counting.result
        rows = 1 if inner.width >= ui.px(1000) else 2
        foot = rows * ui.px(52)
        body = pygame.Rect(inner.x, inner.y, inner.width, inner.height - foot - ui.px(6))
        with Page(ui, "ending", body, keys=True) as page:
            self._draw_head(ui, page)
            if self.without_game:
                draw_course(ui, page, self.shown, body.bottom - page.y)
            else:
                self._draw_game(ui, page, body)
        self._buttons(ui, pygame.Rect(inner.x, inner.bottom - foot, inner.width, foot), rows)

    def _draw_game(self, ui: Ui, page: Page, body: pygame.Rect) -> None:
        """Draw what the place was and became, the stars, and who fares how."""
        if body.width < ui.px(760):
            self._draw_stars(ui, page, 1)
            self._draw_land(ui, page, ui.px(220))
        else:
            room = body.bottom - page.y - self._stars_height(ui, page) - self._faring_height(ui, page) - ui.px(34)
            room -= ui.px(PAID_HIGH) if marked(self.shown) else 0
            self._draw_land(ui, page, max(ui.px(150), room))
            self._draw_stars(ui, page, 3)
        self._draw_faring(ui, page)
        self._draw_paid(ui, page)

    def update(self, seconds: float) -> None:
        """Note how long it has been seen: a second press on what ended the game begins no other."""
        self._breath.draw("ending", seconds)

    def draw_below(self, ui: Ui) -> None:
        """Draw bare paper: what lies above takes nearly all the room."""
        ui.surface.fill(ui.colours["paper"])

    def escape(self) -> None:
        """Stay: one leaves by what one chooses."""

    def sentence(self) -> str:
        """Return what the place was and became, and who is better off through whoever played."""
        if self.without_game:
            return say("end.run_sentence")
        fared = [one["summary"] for one in self.shown.farings()]
        why = self.outcome["why"] if self.name == "lost" else ""
        left = [one["text"] for one in sorted(self.outcome["afterwards"], key=lambda one: -one["values"][-1])[:1]]
        return " ".join(part for part in (why, self.outcome["became"], *fared, *left) if part)

    def _draw_head(self, ui: Ui, page: Page) -> None:
        """Draw how it ended, then the sentence."""
        title = say("end.lost", season=self.outcome["season"]) if self.name == "lost" else say(f"end.{self.name}")
        colour, picture = LOOKS[self.name]
        top, left = page.y, page.x + ui.px(70)
        room = page.width - ui.px(70)
        ui.icon(picture, (page.x, page.y), 56)
        # Large where it fits on one line.
        size = "title" if ui.width(title, "title", True) <= room else "head"
        page.y += ui.text(title, (left, page.y), size, colour, True, room)
        page.y += ui.text(self.sentence(), (left, page.y), "strong", width=room)
        if self.shown["level"]["lesson"]:
            page.y += ui.text(self.shown["level"]["lesson"], (left, page.y), "strong", "with", True, room)
        if self.notice:
            page.y += ui.text(self.notice, (left, page.y), "small", "with", True, room)
        page.y = max(page.y, top + ui.px(60)) + ui.px(8)

    def _draw_land(self, ui: Ui, page: Page, room: int) -> None:
        """The place as it was and as it is, side by side."""
        gap, high = ui.px(16), ui.height("0", "strong", page.width, True) + ui.px(3)
        half = (page.width - gap) // 2
        pictures = [
            self._boards.picture(ui, (number, 0), scene, (half, room - high))
            for number, scene in enumerate((self.first, self.last))
        ]
        spare = (page.width - gap - sum(one.get_width() for one in pictures)) // 2
        x = page.x + max(0, spare)
        for name, picture in zip(("at_start", "at_end"), pictures, strict=True):
            ui.text(say(f"end.{name}"), (x, page.y), "strong", "soft_ink", True)
            ui.surface.blit(picture, (x, page.y + high))
            x += picture.get_width() + gap
        page.y += high + pictures[0].get_height() + ui.px(12)

    def _stars_height(self, ui: Ui, page: Page) -> int:
        if self.tally is None:
            return ui.px(36 + 34 * len(self.outcome["goals"]))
        wide = (page.width - 2 * ui.px(20)) // 3 - ui.px(44)
        return max(ui.px(44), *(self._star_height(ui, line, wide) for line in self.tally.lines)) + ui.px(8)

    @staticmethod
    def _star_height(ui: Ui, line: StarLine, wide: int) -> int:
        return ui.height(line.name, "strong", wide, True) + ui.height(line.means, "body", wide)

    def _draw_stars(self, ui: Ui, page: Page, across: int) -> None:
        """Which stars this game won, told by what they mean."""
        if self.tally is None:
            if self.counting is not None:
                page.y += draw_state(
                    ui, pygame.Rect(page.x, page.y, page.width, 0), self.counting, say("end.counting")
                ) + ui.px(6)
            elif self.again:
                ui.icon("star_out", (page.x, page.y), 20)
                room = page.width - ui.px(28)
                page.y += ui.text(texts()["stars"]["branch"], (page.x + ui.px(28), page.y), "body", width=room)
            self._draw_goals(ui, page)
            return
        gap = ui.px(20)
        wide = (page.width - (across - 1) * gap) // across
        top, lowest = page.y, page.y
        for number, line in enumerate(self.tally.lines):
            x, y = page.x + (number % across) * (wide + gap), top if across > 1 else lowest
            left, first = x + ui.px(44), y
            ui.icon("star" if line.won else "star_out", (x, y + ui.px(2)), 36)
            room = wide - ui.px(44)
            y += ui.text(line.name, (left, y), "strong", "good" if line.won else "soft_ink", True, room)
            y += ui.text(line.means, (left, y), "body", "ink" if line.won else "soft_ink", width=room)
            ui.tip(line.reason, pygame.Rect(x, first, wide, y - first))
            lowest = max(lowest, y + ui.px(6), first + ui.px(44))
        page.y = lowest

    def _draw_goals(self, ui: Ui, page: Page) -> None:
        """Which goals were reached, where there are no stars to say so."""
        left = ui.px(34)
        for goal in self.outcome["goals"]:
            ui.icon("check" if goal["met"] else "cross", (page.x, page.y), 24)
            page.y += ui.text(goal["text"], (page.x + left, page.y), "strong", width=page.width - left) + ui.px(8)

    def _faring_rows(self) -> list[Data]:
        """Return who fares otherwise, through everybody who played."""
        return [row for one in self.shown.farings() for row in one["households"] if row["differences"]]

    @staticmethod
    def _columns(ui: Ui, page: Page) -> tuple[int, int]:
        """Return how many of them stand beside each other, and how wide one is."""
        across = 2 if page.width >= ui.px(760) else 1
        return across, (page.width - (across - 1) * ui.px(20)) // across

    def _faring_height(self, ui: Ui, page: Page) -> int:
        across, wide = self._columns(ui, page)
        lines = [ui.height(row["line"], "body", wide - ui.px(26)) + ui.px(4) for row in self._faring_rows()]
        needed = sum(max(lines[first : first + across]) for first in range(0, len(lines), across)) + ui.px(6)
        return needed + (ui.height(self._beside(), "body", page.width) if lines else 0)

    def _beside(self) -> str:
        """Return what it is held against: whoever sold four cows reads of two more of them."""
        return say("faring.beside" if len(self.shown.farings()) == 1 else "faring.beside_all")

    def _draw_faring(self, ui: Ui, page: Page) -> None:
        """In what each is better or worse off."""
        rows = self._faring_rows()
        across, wide = self._columns(ui, page)
        page.y += ui.px(6)
        if rows:
            page.y += ui.text(self._beside(), (page.x, page.y), "body", "soft_ink", width=page.width)
        for first in range(0, len(rows), across):
            high = 0
            for place, row in enumerate(rows[first : first + across]):
                x = page.x + place * (wide + ui.px(20))
                ui.icon(PICTURES[row["way"]], (x, page.y + ui.px(1)), 17)
                high = max(high, ui.text(row["line"], (x + ui.px(26), page.y), "body", width=wide - ui.px(26)))
            page.y += high + ui.px(4)

    def _draw_paid(self, ui: Ui, page: Page) -> None:
        """Say whether others have paid for what was agreed; pressed it tells who."""
        found = marked(self.shown)
        if found is not None:
            wide = min(page.width, ui.width(found["line"], "body") + ui.px(60))
            spot = pygame.Rect(page.x, page.y + ui.px(2), wide, ui.px(32))
            draw_mark(ui, spot, self.shown, self.stack, found["line"], found)
            page.y += ui.px(PAID_HIGH)

    def choices(self) -> list[str]:
        """Return what can be done now, what is most likely first."""
        if self.without_game:
            return ["again", "title"]
        first = ["next", "again"] if self.name == "won" else ["again", "next"]
        found = [one for one in first if one != "next" or self.next_level is not None]
        return [*found, "timelines", "look closer", "keep", "title"]

    def _buttons(self, ui: Ui, rect: pygame.Rect, rows: int) -> None:
        choices, gap = self.choices(), ui.px(10)
        across = -(-len(choices) // rows)
        wide = min(ui.px(200), (rect.width - (across - 1) * gap) // across)
        high = ui.px(44)
        for number, name in enumerate(choices):
            x, y = rect.x + (number % across) * (wide + gap), rect.y + (number // across) * ui.px(52) + ui.px(4)
            spot = pygame.Rect(x, y, wide, high)
            branch = name == "timelines" and self.outcome["branch"]
            label = say("timelines.two" if branch else f"end.{name.replace(' ', '_')}")
            tip = say(TIPS[name]) if name in TIPS else ""
            if name == "next" and self.next_level is not None:
                tip = self.next_level[1]
            looks = ("with", "with", "panel") if number == 0 else ("panel", "panel_edge", "ink")
            if ui.button(
                name, spot, label, self._breath.over(), *looks, picture=DOORS.get(name, ""), size="strong", tip=tip
            ):
                self._chosen(name)

    def _chosen(self, name: str) -> None:
        if name == "look closer":
            self.stack.push(CloserPage(self.shown, self.tally))
        elif name == "timelines":
            self.stack.push(TimelinesScene(self.session, self.level_id))
        elif name == "title":
            self.stack.send(Leave())
        elif name == "keep":
            self.stack.send(KeepPage(self))
        elif name == "next" and self.next_level is not None:
            self.stack.send(NextLevel(self.next_level[0]))
        else:
            self.stack.send(Again(same_seed=False))
