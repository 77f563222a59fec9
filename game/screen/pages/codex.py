"""The codex as an open book: a tab for each kind of thing one may meet, blanks for what is still to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.level.heads import Head, whole
from game.playing.codex import texts
from game.record.store import Entry
from game.screen.kit.messages import PlayLevel
from game.screen.kit.page import Page
from game.screen.kit.side_by_side import sheet_above
from game.screen.kit.stack import ScreenPage
from game.screen.kit.ui import Ui

TABS = ("path", "circumstance", "action", "loop", "ally", "control")
TAB_ICONS = {
    "path": "power_with", "circumstance": "caution", "action": "hand", "loop": "redo", "ally": "hands",
    "control": "nail",
}  # fmt: skip
MODE_COLOURS = {"over": ("over_soft", "over"), "with": ("with_soft", "with")}


@dataclass(frozen=True)
class Card:
    """One entry on a page: what is met, or a blank with a hint where to look."""

    title: str
    plain: str
    picture: str
    note: str = ""
    known: bool = True
    looks: tuple[str, str] = ("panel", "panel_edge")
    plays: str = ""  # the id of a level that can be played from here


class CodexPage(ScreenPage):
    """The book, above whatever lies below it.

    Parameters
    ----------
    entries
        What has been met.
    levels
        All levels there are: what can still be met in them is told as blanks.
    playable
        Whether levels can be begun from here; otherwise they are only told of.
    back_to
        What the keyboard points at when the book is shut.
    """

    alone = True

    def __init__(
        self, entries: Sequence[Entry], levels: Sequence[Head], playable: bool = True, back_to: str = ""
    ) -> None:
        self.entries, self.levels, self.playable, self.back_to = entries, levels, playable, back_to
        self.tab = "path"
        self._titles = {level.id: level.title for level in levels}
        self._pages: dict[str, list[Card]] = {}

    def draw(self, ui: Ui) -> None:
        """Draw the book and note what was pressed."""
        inner = sheet_above(ui, 1120)
        words = texts()
        ui.icon("book", inner.topleft, 32)
        head = pygame.Rect(inner.x + ui.px(42), inner.y, inner.width - ui.px(42 + 130), ui.px(34))
        ui.label(words["title"], head, "head", bold=True)
        close = pygame.Rect(inner.right - ui.px(120), inner.y - ui.px(2), ui.px(120), ui.px(38))
        if ui.button("close codex", close, "Close", True, "with", "with", "panel", size="strong", tip="Key: Escape"):
            self.close()
        y = self._draw_tabs(ui, pygame.Rect(inner.x, inner.y + ui.px(46), inner.width, ui.px(38)))
        body = pygame.Rect(inner.x, y + ui.px(8), inner.width, inner.bottom - y - ui.px(8))
        columns = 2 if body.width >= ui.px(760) else 1
        lead = words["leads"][self.tab]
        if columns == 2:
            high = ui.text(lead, body.topleft, "body", "soft_ink", width=body.width) + ui.px(8)
            body = pygame.Rect(body.x, body.y + high, body.width, body.height - high)
            self._draw_spine(ui, body)
        with Page(ui, f"codex {self.tab}", body, keys=True) as page:
            if columns == 1:
                page.y += ui.text(lead, (page.x, page.y), "body", "soft_ink", width=page.width) + ui.px(10)
            self._draw_cards(ui, page, self.cards(self.tab), columns)
        if not ui.focus:
            ui.focus = f"codex tab {self.tab}"

    def _draw_tabs(self, ui: Ui, rect: pygame.Rect) -> int:
        """Draw the tabs with how much of each is known; return their lower edge."""
        gap = ui.px(6)
        wide = (rect.width - gap * (len(TABS) - 1)) // len(TABS)
        roomy = wide >= ui.px(120)
        for place, tab in enumerate(TABS):
            spot = pygame.Rect(rect.x + place * (wide + gap), rect.y, wide, rect.height)
            label = texts()["tabs"][tab]
            looks = ("selected", "ink", "ink") if tab == self.tab else ("panel", "panel_edge", "soft_ink")
            picture = TAB_ICONS[tab] if roomy else ""
            if ui.button(f"codex tab {tab}", spot, label, True, *looks, picture=picture, size="small",
                         tip=self._count(tab)):  # fmt: skip
                self.tab = tab
        return rect.bottom

    def _count(self, tab: str) -> str:
        cards = self.cards(tab)
        known = sum(card.known for card in cards)
        full = {"path": 10, "circumstance": 5}.get(tab)
        return f"{known} of {full}" if full else f"{known} met" if tab != "control" else ""

    @staticmethod
    def _draw_spine(ui: Ui, body: pygame.Rect) -> None:
        """A soft shadow down the middle, as between two pages."""
        for step in range(6):
            shade = pygame.Surface((ui.px(14 - 2 * step), body.height), pygame.SRCALPHA)
            shade.fill((*ui.colours["shadow"], 40))
            ui.surface.blit(shade, shade.get_rect(midtop=(body.centerx - ui.px(5), body.y)))

    # -- what stands on the pages --------------------------------------------------------------------

    def cards(self, tab: str) -> list[Card]:
        """Return the entries of a tab, met ones and blanks."""
        if tab not in self._pages:
            make = {
                "path": self._listed, "circumstance": self._listed, "action": self._actions, "loop": self._loops,
                "ally": self._allies, "control": self._controls,
            }[tab]  # fmt: skip
            self._pages[tab] = make(tab)
        return self._pages[tab]

    def _of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == kind]

    def _first(self, entry: Entry) -> str:
        title = self._titles.get(entry.level, entry.level.replace("_", " "))
        return texts()["first"].format(level=title) if title else ""

    def _listed(self, tab: str) -> list[Card]:
        """The ten paths, or the five circumstances: all of them, as far as they are met."""
        met = {entry.name: entry for entry in self._of(tab)}
        found = []
        for name, words in texts()[f"{tab}s"].items():
            if name in met:
                looks = ("with_soft", "with") if tab == "path" else ("over_soft", "over")
                found.append(Card(words["name"], words["plain"], words["icon"], self._first(met[name]), looks=looks))
            else:
                found.append(Card(texts()["blank"], words["hint"], "help", known=False))
        return found

    def _actions(self, tab: str) -> list[Card]:
        words, met = texts(), self._of(tab)
        found = []
        for entry in sorted(met, key=lambda one: ("with", "over", "neutral").index(one.details.get("mode", "neutral"))):
            mode, family = entry.details.get("mode", "neutral"), entry.details.get("family", "")
            known = words["paths"].get(family)
            kind = words["modes"].get(mode, mode)
            note = f"{kind}, {known['name'] if known and mode == 'with' else family.replace('_', ' ')}"
            looks = MODE_COLOURS.get(mode, ("neutral_soft", "neutral"))
            title, plain = entry.details.get("title", entry.name), entry.details.get("plain", "")
            found.append(Card(title, plain, entry.details.get("icon") or "hand", note.capitalize(), looks=looks))
        names = {entry.name for entry in met}
        for level in whole(self.levels):
            missing = set(level.allowed_actions()) - names if level.kind == "campaign" else set()
            if missing:
                text = words["more_actions"].format(count=len(missing), level=level.title)
                found.append(Card(words["blank"], text, "help", known=False))
        return found if found else [Card(words["blank"], words["none"][tab], "help", known=False)]

    def _loops(self, tab: str) -> list[Card]:
        words, met = texts(), self._of(tab)
        found = []
        for entry in met:
            kind, level_title = entry.details.get("kind", ""), entry.details.get("level", "")
            note = f"{words['kinds'].get(kind, '')}, “{level_title}”".capitalize()
            picture = "redo" if kind == "reinforcing" else "scale"
            found.append(Card(entry.details.get("title", entry.name), "", picture, note))
        names = {entry.name for entry in met}
        for level in whole(self.levels):
            missing = [name for name in level.loops if f"{level.id}:{name}" not in names]
            if missing and level.kind == "campaign":
                text = words["more_loops"].format(level=level.title)
                found.append(Card(words["blank"], text, "help", known=False))
        return found if found else [Card(words["blank"], words["none"][tab], "help", known=False)]

    def _allies(self, tab: str) -> list[Card]:
        found = [
            Card(
                entry.details.get("title", entry.name),
                entry.details.get("plain", ""),
                entry.details.get("icon") or "hands",
                self._first(entry),
                looks=("with_soft", "with"),
            )
            for entry in self._of(tab)
        ]
        return found or [Card(texts()["blank"], texts()["none"][tab], "help", known=False)]

    def _controls(self, tab: str) -> list[Card]:
        return [
            Card(level.title, level.promise, level.emblem or "leaf", plays=level.id)
            for level in self.levels
            if level.kind == "control"
        ]

    # -- how they are drawn --------------------------------------------------------------------------

    def _draw_cards(self, ui: Ui, page: Page, cards: Sequence[Card], columns: int) -> None:
        """Draw the cards in columns, each row as high as its highest card."""
        gap = ui.px(34 if columns == 2 else 10)
        wide = (page.width - gap * (columns - 1)) // columns
        for start in range(0, len(cards), columns):
            row = cards[start : start + columns]
            high = max(self._height(ui, card, wide) for card in row)
            for place, card in enumerate(row):
                spot = pygame.Rect(page.x + place * (wide + gap), page.y, wide, high)
                self._draw_card(ui, spot, card)
            page.y += high + ui.px(10)

    def _texts(self, ui: Ui, card: Card, wide: int) -> tuple[int, list[tuple[str, str, str, bool]]]:
        """Return how wide the text of a card is, and its lines with size and colour."""
        playable = bool(card.plays) and self.playable
        room = wide - ui.px(60) - (ui.px(96) if playable else 0)
        lines = [(card.title, "strong", "ink" if card.known else "soft_ink", True)]
        lines += [(card.plain, "body", "ink" if card.known else "soft_ink", False)] if card.plain else []
        lines += [(card.note, "small", "soft_ink", False)] if card.note else []
        return room, lines

    def _height(self, ui: Ui, card: Card, wide: int) -> int:
        room, lines = self._texts(ui, card, wide)
        return max(sum(ui.height(text, size, room, bold) for text, size, _, bold in lines) + ui.px(18), ui.px(54))

    def _draw_card(self, ui: Ui, rect: pygame.Rect, card: Card) -> None:
        if card.known:
            ui.sheet(rect, *card.looks, 8)
        else:
            _dashed(ui, rect)
        ui.icon(card.picture, (rect.x + ui.px(12), rect.y + ui.px(11)), 32)
        room, lines = self._texts(ui, card, rect.width)
        y = rect.y + ui.px(8)
        for text, size, colour, bold in lines:
            y += ui.text(text, (rect.x + ui.px(54), y), size, colour, bold, room, rect)
        if card.plays and self.playable:
            spot = pygame.Rect(rect.right - ui.px(96), rect.centery - ui.px(18), ui.px(86), ui.px(36))
            if ui.button(f"codex play {card.plays}", spot, "Play", True, "with", "with", "panel"):
                self.close()
                self.stack.send(PlayLevel(card.plays))


def _dashed(ui: Ui, rect: pygame.Rect) -> None:
    """Draw the outline of something that is not there yet."""
    step, colour = ui.px(9), ui.colours["faint"]
    for x in range(rect.x, rect.right - step // 2, step):
        for y in (rect.y, rect.bottom - 1):
            pygame.draw.line(ui.surface, colour, (x, y), (min(x + step // 2, rect.right - 1), y), max(1, ui.px(1.2)))
    for y in range(rect.y, rect.bottom - step // 2, step):
        for x in (rect.x, rect.right - 1):
            pygame.draw.line(ui.surface, colour, (x, y), (x, min(y + step // 2, rect.bottom - 1)), max(1, ui.px(1.2)))
