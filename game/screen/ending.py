"""How a game ended: the outcome, what decided it, the whole course as a chart, questions to talk about."""

from __future__ import annotations

import pygame

from game.play import words
from game.play.ending import Ending
from game.play.paint import Style
from game.play.session import Session
from game.screen.ui import Ui, line_chart
from game.sim.world import LOST, WON


class EndingScene:
    """The last screen of a game."""

    def __init__(self, session: Session, level_id: str) -> None:
        self.session, self.level_id = session, level_id
        self.wish, self.same_seed = "", False
        lines = Ending(session, Style(False, True)).lines()
        self.verdicts = [line.strip() for line in lines if line.strip().startswith(("+ ", "- Not", "Reached"))]

    def draw(self, ui: Ui) -> None:
        """Draw one frame and note what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        rect = ui.surface.get_rect().inflate(-ui.px(120), -ui.px(60))
        ui.panel(rect)
        inner = rect.inflate(-ui.px(48), -ui.px(36))
        model, world = self.session.model, self.session.world
        outcome, season = int(world.outcome[0]), int(world.outcome_season[0])
        title, colour, picture = {
            WON: ("You reached every goal.", "good", "star"),
            LOST: (f"Lost in season {season}.", "bad", "cloud"),
        }.get(outcome, ("The seasons are over, and not every goal is reached.", "warn", "season"))
        ui.icon(picture, (inner.x, inner.y), 52)
        y = inner.y + ui.text(
            title,
            (inner.x + ui.px(66), inner.y + ui.px(2)),
            "title" if outcome == WON else "head",
            colour,
            True,
            inner.width - ui.px(70),
        )
        if outcome == LOST and model.level.lost_when:
            y += ui.text(model.level.lost_when.plain, (inner.x + ui.px(66), y), "strong", width=inner.width - ui.px(70))
        y = max(y, inner.y + ui.px(60)) + ui.px(8)
        half = (inner.width - ui.px(28)) // 2
        left = y
        for line in self.verdicts:
            good = line.startswith("+")
            ui.icon("check" if good else "cross", (inner.x, left + ui.px(3)), 18)
            left += ui.text(
                line.lstrip("+- "), (inner.x + ui.px(26), left), "body", width=half - ui.px(26), inside=inner
            ) + ui.px(6)
        left += ui.px(6) + ui.text("To talk about", (inner.x, left + ui.px(6)), "strong", bold=True) + ui.px(4)
        for question in model.level.talk:
            left += ui.text(question, (inner.x, left), "body", width=half, inside=inner) + ui.px(6)
        self._draw_course(ui, pygame.Rect(inner.x + half + ui.px(28), y, half, inner.bottom - y - ui.px(70)))
        self._buttons(ui, inner)

    def _draw_course(self, ui: Ui, rect: pygame.Rect) -> None:
        history, roles, model = self.session.history, self.session.roles, self.session.model
        names = [(words.stock_word(model, roles.living).capitalize() if roles.living else "", ui.colours["good"])]
        y = rect.y + ui.text("The whole course", rect.topleft, "strong", bold=True)
        chart = pygame.Rect(rect.x, y + ui.px(4), rect.width, max(ui.px(60), rect.height - ui.px(120)))
        rows = []
        if roles.store:
            top = max(max(moment.stores) for moment in history) or 1.0
            for one in range(len(model.layout.communities)):
                rows.append(([moment.stores[one] / top for moment in history], ui.colours.household(one), False))
                names.append(
                    (
                        f"{words.stock_word(model, roles.store)} of the {words.people(model, one)}",
                        ui.colours.household(one),
                    )
                )
        rows.append(([moment.living for moment in history], ui.colours["good"], True))
        line_chart(ui, chart, rows, model.seasons)
        x, y = rect.x, chart.bottom + ui.px(8)
        for text, colour in names:
            wide = ui.px(30) + 8 * len(text) * ui.scale
            if x + wide > rect.right and x > rect.x:
                x, y = rect.x, y + ui.px(20)
            pygame.draw.line(ui.surface, colour, (x, y + ui.px(9)), (x + ui.px(20), y + ui.px(9)), ui.px(4))
            ui.text(text, (x + ui.px(26), y), "small", inside=ui.surface.get_rect())
            x += round(wide)

    def _buttons(self, ui: Ui, inner: pygame.Rect) -> None:
        labels = (("again", "Play again"), ("same", "The same year again"), ("title", "To the title"))
        for number, (name, label) in enumerate(labels):
            spot = pygame.Rect(inner.x + number * ui.px(220), inner.bottom - ui.px(46), ui.px(206), ui.px(44))
            if ui.button(
                name,
                spot,
                label,
                True,
                "with_soft" if number == 0 else "panel",
                "with" if number == 0 else "panel_edge",
                size="strong",
                tip="The same seed: the same weather and neighbours, and your choice what differs."
                if name == "same"
                else "",
            ):
                self.wish, self.same_seed = ("title" if name == "title" else "again"), name == "same"
