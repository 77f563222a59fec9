"""On its way: what comes when, season by season, and below it what would come if everyone stopped now."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.playing.shown import Data, Shown
from game.screen.kit.coming_chart import draw_ahead
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import sheet_above
from game.screen.kit.stack import PageStack, ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.telling.say import say

FEWEST, FARTHEST = 6, 30  # seasons that the line of time shows
ROW, MARK = 46, 24  # how high a row and how large a mark is
LEGENDS = 62  # what stands below a curve, and the gaps


class ComingPage(ScreenPage):
    """The page of one game, which remembers what was chosen on it."""

    alone = True
    focus = "close coming"

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.chosen = 0  # which number is looked ahead at
        self.key = pygame.K_w  # the number key that opens it, and shuts it again

    def draw_button(
        self, ui: Ui, stack: PageStack, place: pygame.Rect, beside: pygame.Rect, taken: list[pygame.Rect]
    ) -> pygame.Rect:
        """Draw the button that opens the page beside another one, or where it covers no home; return where."""
        spot = pygame.Rect(0, 0, ui.px(96), beside.height)
        inside, gap = place.inflate(-ui.px(10), -ui.px(10)), ui.px(5)
        spots = [("topright", (beside.left - gap, beside.top)), ("topleft", (beside.right + gap, beside.top)),
                 ("topright", (beside.right, beside.bottom + gap)), ("topleft", (beside.left, beside.bottom + gap)),
                 *((side, getattr(inside, side)) for side in ("bottomright", "bottomleft", "midbottom"))]  # fmt: skip
        for side, at in spots:
            setattr(spot, side, at)
            if inside.contains(spot) and spot.collidelist([*taken, beside]) < 0:
                break
        if ui.button("coming", spot, say("coming.title"), tip=say("key.coming"), size="small"):
            stack.push(self)
        return spot

    def draw(self, ui: Ui) -> None:
        """Draw the page above the table and act on what was pressed."""
        inner = sheet_above(ui, 1060)
        ui.icon("spring", inner.topleft, 32)
        head = pygame.Rect(inner.x + ui.px(42), inner.y, inner.width - ui.px(42), ui.px(34))
        ui.label(say("coming.title"), head, "head", bold=True)
        body = pygame.Rect(inner.x, inner.y + ui.px(42), inner.width, inner.height - ui.px(42 + 54))
        with Page(ui, "coming page", body, keys=True) as page:
            self._draw_time(ui, page)
            self._draw_stopped(ui, page, body)
        button = pygame.Rect(inner.right - ui.px(220), inner.bottom - ui.px(42), ui.px(220), ui.px(42))
        pressed = ui.button("close coming", button, say("page.back"), True, "with", "with", "panel", size="strong",
                            tip=say("key.close_coming"))  # fmt: skip
        if pressed or ui.pressed_key(pygame.K_w, self.key):
            self.close()

    # -- the line of time --------------------------------------------------------------------------------

    def _draw_time(self, ui: Ui, page: Page) -> None:
        found, level = self.shown["coming"], self.shown["level"]
        if found["empty"]:
            ui.icon("check", (page.x, page.y), 22)
            page.y += ui.text(
                say("coming.nothing"), (page.x + ui.px(30), page.y), "body", width=page.width - ui.px(30)
            ) + ui.px(12)
            return
        if found["rows"]:
            time = Time(ui, page, self.shown["seasons_over"], level["seasons"], found["rows"])
            time.draw_head()
            for row in found["rows"]:
                time.draw_row(row)
            time.draw_end()
        for line in found["beliefs"]:
            ui.icon("ear", (page.x, page.y), 22)
            page.y += ui.text(line, (page.x + ui.px(30), page.y), "body", width=page.width - ui.px(30)) + ui.px(6)
        page.y += ui.px(10)

    # -- if everyone stopped now -------------------------------------------------------------------------

    def _draw_stopped(self, ui: Ui, page: Page, body: pygame.Rect) -> None:
        page.y += ui.text(say("stopped.title"), (page.x, page.y), "strong", bold=True, width=page.width)
        if self.shown["outcome"]["over"]:
            page.y += ui.text(say("stopped.over"), (page.x, page.y), "body", "soft_ink", width=page.width)
            return
        page.y += ui.text(say("stopped.bound"), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(6)
        work, numbers = self.shown.stopped(), self.shown["coming"]["numbers"]
        found = work.result
        self.chosen = min(self.chosen, len(numbers) - 1)
        self._draw_choices(ui, page, numbers)
        if found is None:
            page.y += draw_state(ui, pygame.Rect(page.x, page.y, page.width, 0), work, say("stopped.imagining"))
            return
        one = found["numbers"][self.chosen]
        high = min(max(ui.px(110), body.bottom - page.y - self._below(ui, page, found)), ui.px(230))
        chart = pygame.Rect(page.x, page.y, page.width, high)
        page.y += draw_ahead(ui, chart, one, self.shown["level"]["seasons"]) + ui.px(6)
        for line in one["sentences"]:
            page.y += ui.text(line, (page.x, page.y), "body", width=page.width) + ui.px(3)
        page.y += ui.px(4)
        for goal in found["goals"]:
            ui.icon("check" if goal["met"] else "cross", (page.x, page.y), 19)
            page.y += ui.text(goal["text"], (page.x + ui.px(27), page.y), "body", width=page.width - ui.px(27)) + ui.px(
                4
            )

    def _below(self, ui: Ui, page: Page, found: Data) -> int:
        """Return how much room there must be below the curve, in pixels, so that all of it is seen at once."""
        told = found["numbers"][self.chosen]["sentences"]
        lines = sum(ui.height(line, "body", page.width) + ui.px(3) for line in told)
        goals = sum(ui.height(goal["text"], "body", page.width - ui.px(27)) + ui.px(4) for goal in found["goals"])
        return lines + goals + ui.px(LEGENDS)

    def _draw_choices(self, ui: Ui, page: Page, numbers: Sequence[str]) -> None:
        """Draw a button for each number, as many beside each other as fit."""
        x, high, gap = page.x, ui.px(30), ui.px(6)
        for place, title in enumerate(numbers):
            wide = min(ui.width(title, "small", True) + ui.px(26), page.width)
            if x + wide > page.x + page.width and x > page.x:
                x, page.y = page.x, page.y + high + gap
            on = place == self.chosen
            looks = ("with_soft", "with") if on else ("panel", "panel_edge")
            spot = pygame.Rect(x, page.y, wide, high)
            if ui.button(f"ahead {place}", spot, title, True, *looks, "ink", size="small"):
                self.chosen = place
            x += wide + gap
        page.y += high + ui.px(8)


class Time:
    """The line of time: words at the left, the seasons ahead at the right."""

    def __init__(self, ui: Ui, page: Page, now: int, end: int, shown: Sequence[Data]) -> None:
        self.ui, self.page, self.now, self.end = ui, page, now, end
        latest = [mark["season"] for row in shown for mark in row["marks"]]
        latest += [now + len(row["course"]) for row in shown]
        latest += [row["until"] for row in shown if row["until"] is not None]
        self.count = min(max(max(latest, default=now) - now, FEWEST), FARTHEST, max(end - now, 1))
        self.left = page.x + round(page.width * 0.42)
        self.wide = page.x + page.width - self.left
        self.top = page.y

    def x_of(self, season: float) -> int:
        """Return where the middle of a season lies; 0.5 more is its end."""
        return self.left + round(self.wide * min(season - self.now - 0.5, self.count) / self.count)

    def draw_head(self) -> None:
        """Draw the numbers of the seasons."""
        ui, page = self.ui, self.page
        high = ui.height("0", "small", 99)
        word = say("coming.season")
        ui.text(word, (self.left - ui.width(word, "small") - ui.px(10), page.y), "small", "soft_ink")
        each = self.wide / self.count
        every = next(step for step in (1, 2, 5, 10, 99) if step * each >= ui.width("00", "small") + ui.px(8))
        for season in range(self.now + 1, self.now + self.count + 1):
            if (season - self.now - 1) % every == 0:
                text = str(season)
                ui.text(text, (self.x_of(season) - ui.width(text, "small") // 2, page.y), "small", "soft_ink")
        page.y += high + ui.px(3)
        self.top = page.y

    def draw_row(self, row: Data) -> None:
        """Draw what comes or ends in one row."""
        ui, page = self.ui, self.page
        shift, room = ui.px(32), self.left - page.x - ui.px(46)
        heads = ui.height(row["title"], "small", room, True)
        high = max(heads + (ui.height(row["plain"], "small", room) if row["plain"] else 0), ui.px(ROW)) + ui.px(8)
        track = pygame.Rect(self.left, page.y, self.wide, high - ui.px(4))
        pygame.draw.rect(ui.surface, ui.colours["neutral_soft"], track, border_radius=ui.px(5))
        for season in range(self.now + 1, self.now + self.count):
            x = self.x_of(season + 0.5)
            pygame.draw.line(ui.surface, ui.colours["panel"], (x, track.top), (x, track.bottom - 1), 1)
        ui.icon(row["icon"], (page.x, page.y + ui.px(2)), 24)
        y = page.y + ui.text(row["title"], (page.x + shift, page.y), "small", "ink", True, room)
        if row["plain"]:
            ui.text(row["plain"], (page.x + shift, y), "small", "soft_ink", width=room)
        self._draw_course(row, track)
        self._draw_until(row, track)
        for mark in row["marks"]:
            self._draw_mark(row, track, mark)
        page.y += high

    def _draw_mark(self, row: Data, track: pygame.Rect, mark: Data) -> None:
        ui, season, text = self.ui, mark["season"], mark["text"]
        high = ui.height("0", "small", 99, True)
        side = min(ui.px(MARK), track.height - high)
        x, y = min(self.x_of(season), track.right - side // 2), track.centery - high // 2
        colour = ui.colours["with" if row["mine"] else "faint"]
        pygame.draw.circle(ui.surface, ui.colours["panel"], (x, y), side // 2)
        pygame.draw.circle(ui.surface, colour, (x, y), side // 2, ui.px(2))
        inside = round(side * 0.7)
        ui.icon(row["icon"], (x - inside // 2, y - inside // 2), inside / ui.scale)
        wide = ui.width(text, "small", True)
        spot = pygame.Rect(0, 0, wide, high)
        spot.midtop = (x, y + side // 2)
        spot.clamp_ip(track)
        if wide <= self.wide / self.count + ui.px(2) or len(row["marks"]) == 1:
            ui.text(text, spot.topleft, "small", "ink" if row["mine"] else "soft_ink", True)
        ui.tip(
            say("coming.tip", season=season, what=mark["full"]),
            pygame.Rect(x - side // 2, y - side // 2, side, side + high),
        )

    def _draw_course(self, row: Data, track: pygame.Rect) -> None:
        """Draw what trickles in as a shape that grows thinner as less is left on the way."""
        if not row["course"]:
            return
        ui, total, left = self.ui, sum(row["course"]), sum(row["course"])
        above, below = (
            [(track.left, track.centery - round(track.height * 0.38))],
            [(track.left, track.centery + round(track.height * 0.38))],
        )
        for place, amount in enumerate(row["course"][: self.count], 1):
            left -= amount
            x, half = self.x_of(self.now + place + 0.5), round(track.height * 0.38 * max(left, 0.0) / total)
            above.append((x, track.centery - half))
            below.append((x, track.centery + half))
        shape = [*above, *reversed(below)]
        pygame.draw.polygon(ui.surface, ui.colours["fan"], shape)
        pygame.draw.lines(ui.surface, ui.colours["with"], True, shape, ui.px(1.5))
        self._draw_shares(row, track, total)

    def _draw_shares(self, row: Data, track: pygame.Rect, total: float) -> None:
        """Draw where half and where nine tenths of it have come."""
        ui, come, due = self.ui, 0.0, [(0.5, say("coming.half")), (0.9, say("coming.most"))]
        for place, amount in enumerate(row["course"][: self.count], 1):
            come += amount
            while due and come >= due[0][0] * total:
                x, (share, text) = self.x_of(self.now + place + 0.5), due.pop(0)
                pygame.draw.line(ui.surface, ui.colours["ink"], (x, track.top + 2), (x, track.bottom - 3), ui.px(1.5))
                y = track.top + 1 if share < 0.7 else track.bottom - ui.height(text, "small", 999) - 1
                spot = pygame.Rect(x + ui.px(4), y, ui.width(text, "small"), ui.height(text, "small", 999))
                if spot.right > track.right:
                    spot.right = x - ui.px(4)
                ui.text(text, spot.topleft, "small", "ink")

    def _draw_until(self, row: Data, track: pygame.Rect) -> None:
        """Draw what ends as a bar up to a stop."""
        if row["until"] is None:
            return
        ui, x = self.ui, self.x_of(min(row["until"] + 0.5, self.now + self.count + 0.5))
        bar = pygame.Rect(track.left, track.centery - ui.px(5), x - track.left, ui.px(10))
        pygame.draw.rect(ui.surface, ui.colours["fan" if row["mine"] else "faint"], bar)
        stop = pygame.Rect(x - ui.px(4), track.centery - ui.px(13), ui.px(4), ui.px(26))
        pygame.draw.rect(ui.surface, ui.colours["ink"], stop)

    def draw_end(self) -> None:
        """Draw where the game ends, if that lies on the line."""
        ui = self.ui
        if self.end < self.now + self.count:
            x = self.x_of(self.end + 0.5)
            pygame.draw.line(ui.surface, ui.colours["bad"], (x, self.top), (x, self.page.y - ui.px(4)), ui.px(2))
            ui.tip(say("coming.end"), pygame.Rect(x - ui.px(4), self.top, ui.px(8), self.page.y - self.top))


def draw_link(ui: Ui, page: Page, ahead_page: ComingPage, stack: PageStack) -> None:
    """Draw below the list of what is on its way the button that shows it as a picture."""
    spot = pygame.Rect(page.x + ui.px(30), page.y, min(ui.px(230), page.width - ui.px(30)), ui.px(30))
    if ui.button("coming", spot, say("coming.show"), size="small", picture="spring"):
        stack.push(ahead_page)
    page.y += spot.height + ui.px(8)
