"""Two rules of proof side by side: what each made of the game, what it struck, and how far each erred."""

from __future__ import annotations

import pygame

from game.playing.hindsight import Hindsight
from game.playing.proof import Side, Verdict, errors, heads, measure
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import Boards, draw_rows, large_sheet
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.telling.say import say

TITLE = "Two rules of proof"
WORKING = "Playing your game again under both rules, and each again without every deed of force ..."
PICTURES, COLOURS = ("cloud", "season"), ("bad", "warn")  # of the two errors


class ProofScene(ScreenPage):
    """The same game under two rules."""

    fills = True

    def __init__(self, hindsight: Hindsight, level_id: str) -> None:
        self.hindsight, self.session, self.level_id = hindsight, hindsight.session, level_id
        self._boards = Boards(self.session.model)

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        inner = large_sheet(ui)
        y = inner.y + ui.text(TITLE, (inner.x, inner.y), "head", bold=True, width=inner.width)
        y += ui.text(say("proof.how"), (inner.x, y), "body", "soft_ink", width=inner.width) + ui.px(6)
        body = pygame.Rect(inner.x, y, inner.width, inner.bottom - y - ui.px(58))
        work = self.hindsight.proof()
        verdict = work.result
        if verdict is None:
            draw_state(ui, body, work, WORKING, "ink")
        elif not verdict.found.force:
            ui.text(say("proof.nobody"), body.topleft, "body", width=body.width)
        else:
            with Page(ui, "proof", body, keys=True) as page:
                self._draw_verdict(ui, page, verdict)
        spot = pygame.Rect(inner.x, inner.bottom - ui.px(46), min(ui.px(220), inner.width), ui.px(44))
        if ui.button("back", spot, "Back", True, "with", "with", "panel", size="strong"):
            self.close()

    def _draw_verdict(self, ui: Ui, page: Page, verdict: Verdict) -> None:
        gap = ui.px(28)
        wide, top, lowest = (page.width - gap) // 2, page.y, page.y
        greatest = max(*verdict.sides[0].errors, *verdict.sides[1].errors, 1e-9)
        high = self._head_height(ui, verdict, wide)
        for number, side in enumerate(verdict.sides):
            place = pygame.Rect(page.x + number * (wide + gap), top, wide, high)
            y = self._draw_head(ui, place, number, side)
            lowest = max(lowest, _draw_errors(ui, pygame.Rect(place.x, y, wide, 0), side, greatest))
        page.y = lowest + ui.px(4)
        page.y += ui.text(say("proof.measure"), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(10)
        draw_rows(ui, page, verdict.numbers, heads())
        top = lowest = page.y
        for number, side in enumerate(verdict.sides):
            place = pygame.Rect(page.x + number * (wide + gap), top, wide, 0)
            lowest = max(lowest, _draw_struck(ui, place, side))
        page.y = lowest

    def _head_height(self, ui: Ui, verdict: Verdict, wide: int) -> int:
        """Return how high the words above a board are, so that both boards lie level."""
        return max(
            ui.height(_heading(side), "strong", wide, True) + ui.height(side.rule, "body", wide)
            for side in verdict.sides
        )

    def _draw_head(self, ui: Ui, rect: pygame.Rect, number: int, side: Side) -> int:
        """Draw what a rule is called, what it says and the board at the end; return where the rest begins."""
        y = rect.y + ui.text(_heading(side), rect.topleft, "strong", bold=True, width=rect.width)
        ui.text(side.rule, (rect.x, y), "body", "soft_ink", width=rect.width)
        world = side.session.world
        picture = self._boards.picture(ui, (number, world.season), world, (rect.width, ui.px(210)))
        ui.surface.blit(picture, (rect.x, rect.bottom + ui.px(6)))
        return rect.bottom + ui.px(6) + picture.get_height() + ui.px(10)


def _heading(side: Side) -> str:
    return say("proof.side", rule=side.head, came=side.came)


def _draw_errors(ui: Ui, rect: pygame.Rect, side: Side, greatest: float) -> int:
    """Draw both errors of a rule as bars on one scale, each with its sentence; return the lower end."""
    y = rect.y
    shown = zip(errors(), side.errors, side.sentences, PICTURES, COLOURS, strict=True)
    for name, amount, sentence, picture, colour in shown:
        left = ui.px(26)
        ui.icon(picture, (rect.x, y), 18)
        y += ui.text(f"{name}: {measure(amount)}", (rect.x + left, y), "body", bold=True, width=rect.width - left)
        bar = pygame.Rect(rect.x + left, y + ui.px(3), rect.width - left, ui.px(10))
        ui.bar(bar, amount / greatest, colour)
        y = bar.bottom + ui.px(3)
        y += ui.text(sentence, (rect.x + left, y), "body", width=rect.width - left) + ui.px(8)
    return y


def _draw_struck(ui: Ui, rect: pygame.Rect, side: Side) -> int:
    """Draw what a rule struck, when and why; return the lower end."""
    left = ui.px(26)
    y = rect.y + ui.text("What was struck", rect.topleft, "strong", bold=True, width=rect.width) + ui.px(3)
    for line in side.struck or ("Nothing.",):
        ui.icon("cross" if side.struck else "check", (rect.x, y), 18)
        y += ui.text(line, (rect.x + left, y), "body", width=rect.width - left) + ui.px(5)
    return y
