"""What could be done, as a deck of cards: dominate at the left, partner at the right, the rest below."""

from __future__ import annotations

from collections.abc import Hashable
from weakref import WeakKeyDictionary

import pygame

from game.picture.sprites import icon
from game.playing.shown import Data
from game.screen.kit.lettering import wrapped
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.table.cards import best_options, open_options
from game.screen.table.table import Table
from game.telling.say import say

TOLD = ("all", "first", "")  # of the sentences that say what an action is: as much as there is room for
WORTH_SAYING = 0.005  # a smaller chance that somebody blocks it rounds to nothing
MOST_AIR, GAP = 16, 6  # what a card may grow beyond its text, and what lies between two


Fitting = tuple[str, list[int], int]  # how much the cards of a column tell, how high each is, what each may grow
Kept = dict[Hashable, tuple[tuple[int, int], Fitting]]
_PLACES: WeakKeyDictionary[Table, Kept] = WeakKeyDictionary()  # how columns are laid out in the present turn


def draw_deck(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """Draw all cards; act on the one that is pressed."""
    gap = ui.px(8)
    wide = (rect.width - gap) // 2
    cards = table.fresh_cards()
    neither = [card for card in cards if card["mode"] == "neutral"]
    foot = _foot_height(ui, rect, neither)
    high = rect.height - foot - (gap if foot else 0)
    for number, mode in enumerate(("over", "with")):
        column = pygame.Rect(rect.x + number * (wide + gap), rect.y, wide, high)
        _draw_column(ui, column, mode, [card for card in cards if card["mode"] == mode], table)
    if neither:
        _draw_row(ui, pygame.Rect(rect.x, rect.bottom - foot, rect.width, foot), neither, table)


def _foot_height(ui: Ui, rect: pygame.Rect, cards: list[Data]) -> int:
    if not cards:
        return 0
    wide = (rect.width - ui.px(14)) // len(cards) - ui.px(4)
    return max(card_height(ui, card, wide) for card in cards) + ui.px(12)


def _draw_row(ui: Ui, row: pygame.Rect, cards: list[Data], table: Table) -> None:
    ui.sheet(row)
    each = (row.width - ui.px(14)) // len(cards)
    for number, card in enumerate(cards):
        spot = pygame.Rect(row.x + ui.px(8) + number * each, row.y + ui.px(6), each - ui.px(4), row.height - ui.px(12))
        draw_card(ui, spot, card, table)


def _draw_column(ui: Ui, rect: pygame.Rect, mode: str, cards: list[Data], table: Table) -> None:
    ui.sheet(rect, f"{mode}_soft", mode)
    head = ui.px(50 if ui.roomy else 32)
    side = 30 if ui.roomy else 20
    ui.icon(f"power_{mode}", (rect.x + ui.px(8), rect.y + ui.px(8 if ui.roomy else 6)), side)
    left = rect.x + ui.px(side + 14)
    room = rect.right - left - ui.px(6)
    ui.label(say(f"deck.{mode}"), pygame.Rect(left, rect.y + ui.px(4), room, ui.px(26)), "head", mode, True)
    if ui.roomy:
        ui.label(say(f"deck.{mode}_note"), pygame.Rect(left, rect.y + ui.px(29), room, ui.px(18)), "small", "soft_ink")
    inner = pygame.Rect(rect.x + ui.px(6), rect.y + head, rect.width - ui.px(12), rect.height - head - ui.px(6))
    with Page(ui, f"deck {mode}", inner) as page:
        page.y += ui.px(3)
        key = (mode, page.width, inner.height, ui.scale)
        if key not in table.fitted:
            kept, turn = _PLACES.setdefault(table, {}), (table.shown["level"]["season"], table.shown["turn"]["seat"])
            then, before = kept.get(key, (None, None))
            fitting = _fitting(ui, cards, page.width, inner.height - ui.px(3), before if then == turn else None)
            kept[key], table.fitted[key] = (turn, fitting), fitting
        told, heights, spare = table.fitted[key]
        for card, high in zip(cards, heights, strict=True):
            draw_card(ui, pygame.Rect(page.x, page.y, page.width, high + spare), card, table, told, spare // 2)
            page.y += high + spare + ui.px(GAP)
    _draw_emblem(ui, pygame.Rect(inner.x, page.y, inner.width, inner.bottom - page.y), mode)


def _draw_emblem(ui: Ui, free: pygame.Rect, mode: str) -> None:
    """Fill what few cards leave empty with the sign of their kind of power, faint enough not to be pressed."""
    side = min(free.width * 2 // 3, free.height - ui.px(30))
    if side < ui.px(60):
        return
    emblem = icon(f"power_{mode}", side).copy()
    emblem.set_alpha(34)
    ui.surface.blit(emblem, emblem.get_rect(center=free.center))


def _fitting(ui: Ui, cards: list[Data], wide: int, high: int, before: Fitting | None) -> Fitting:
    """Return how the cards of a column are laid out; `before` is how they were in the same turn.

    What a card says changes with every press.  A card that says less than before stays as high as it was, and a
    column that had to tell less goes on so: cards keep their places as far as they can.
    """
    room, told, heights, least = high - ui.px(GAP) * len(cards), "", [], [0] * len(cards)
    if before is not None and len(before[1]) != len(cards):
        before = None
    for told in TOLD[TOLD.index(before[0]) if before else 0 :]:
        least = before[1] if before and before[0] == told else [0] * len(cards)
        heights = [max(card_height(ui, card, wide, told), floor) for card, floor in zip(cards, least, strict=True)]
        if sum(heights) <= room:
            break
    spare = min(ui.px(MOST_AIR), max(0, room - sum(heights)) // max(1, len(cards)))
    return told, heights, min(spare, before[2]) if before and before[0] == told else spare


def _shape(ui: Ui, wide: int) -> tuple[int, int, int]:
    """Return padding, the side of the icon and the width for text of a card."""
    pad, side = ui.px(6), ui.px(28 if wide > ui.px(150) else 20)
    return pad, side, wide - side - 3 * pad - ui.px(4)


def card_height(ui: Ui, card: Data, wide: int, told: str = "") -> int:
    """Return how high a card must be for its text; `told` is how much it tells of what the action is."""
    pad, side, room = _shape(ui, wide)
    high = ui.height(card["name"], "small", room, True)
    if plain := _plain(card, told):
        high += ui.height(plain, "small", room) + ui.px(2)
    for line, _, picture in card_lines(card):
        wide_here = room - (ui.px(17) if picture else 0)
        high += ui.height(_short(ui, line, wide_here), "small", wide_here)
    return max(high, side) + 2 * pad


def draw_card(ui: Ui, rect: pygame.Rect, card: Data, table: Table, told: str = "", air: int = 0) -> None:
    """Draw one card: icon, name, what it is if there is room, price, what it promises, what to beware of.

    `air` is how far below its upper edge the text begins, besides the usual.
    """
    name = f"card {card['id']}"
    pressed = ui.area(name, rect, not table.covered)
    possible = card["possible"] or card["settled_anew"]
    lively = not table.covered and (ui.hovered(rect) or ui.has_focus(name))
    chosen = table.selected == card["id"]
    fill = "selected" if lively or chosen else "panel" if possible else "neutral_soft"
    (ui.sheet if possible else ui.panel)(rect, fill, card["mode"] if possible else "faint", 8)
    pad, side, room = _shape(ui, rect.width)
    stripe = pygame.Rect(rect.x, rect.y, ui.px(5), rect.height)
    edge = ui.colours[card["mode"] if possible else "faint"]
    pygame.draw.rect(ui.surface, edge, stripe, border_top_left_radius=ui.px(8), border_bottom_left_radius=ui.px(8))
    left, y = rect.x + side + 2 * pad + ui.px(4), rect.y + pad + air
    ui.icon(card["icon"], (rect.x + pad + ui.px(4), y), side / ui.scale)
    y += ui.text(card["name"], (left, y), "small", "ink" if possible else "soft_ink", True, room, rect)
    if plain := _plain(card, told):
        y += ui.text(plain, (left, y), "small", "ink" if possible else "soft_ink", width=room, inside=rect) + ui.px(2)
    for line, colour, picture in card_lines(card):
        shift = ui.px(17) if picture else 0
        if picture:
            ui.icon(picture, (left, y + ui.px(1)), 14)
        short = _short(ui, line, room - shift)
        y += ui.text(short, (left + shift, y), "small", colour, width=room - shift, inside=rect)
    ui.mark("button", rect, None, card["name"])
    ui.ring(name, rect)
    if lively and not table.selected:
        table.inspect = ("card", card["id"])
    if pressed:
        table.press_card(card)
        if table.selected == card["id"] and card["possible"] and ui.by_keyboard:
            ui.focus_next = "board" if card["crowded"] else f"option {open_options(card)[0]['id']}"
            if card["crowded"]:
                table.point_at(best_options(card)[0])


def _plain(card: Data, told: str) -> str:
    """Return what an action is, in all its sentences or the first."""
    plain: str = card["plain"]
    return plain if told == "all" else plain.split(". ")[0].rstrip(".") + "." if told else ""


def _short(ui: Ui, text: str, room: int) -> str:
    """Return what two lines hold of a text; all of it is told when the card is pointed at."""
    lines = wrapped(text, ui.points("small"), False, room)
    if len(lines) <= 2:
        return text
    last = lines[1]
    while last and ui.width(f"{last}…", "small") > room:
        last = last[:-1]
    return f"{lines[0]} {last.rstrip()}…"


def card_lines(card: Data) -> list[tuple[str, str, str]]:
    """Return what a card says below its name: (text, colour, icon)."""
    options = open_options(card)
    if not options:
        return [(card["obstacle"], "soft_ink", "lock")] if card["obstacle"] else []
    cheapest = min(options, key=lambda option: option["days"])
    spread = max(option["days"] for option in options) - cheapest["days"] > 0.05
    price = say("deck.price_from", price=cheapest["price"]) if spread else cheapest["price"]
    lines = [(price, "soft_ink", "sun")]
    best = next((one for one in (*(best_options(card) if card["crowded"] else ()), *options) if one["gain"]), None)
    if best is not None:
        grows = best["gain"].startswith("+")
        colour, picture = ("soft_ink", "level") if best["hardly"] else ("good", "up") if grows else ("bad", "down")
        lines.append((best["gain"], colour, picture))
    helps = next((option["helps"] for option in options if option["helps"]), "")
    if helps and best is None:
        lines.append((helps, "good", "up"))
    if any(option["agrees"] for option in options):
        everybody = all(option["agrees"] for option in options)
        lines.append((say("deck.all_agree" if everybody else "deck.some_agree"), "good", "check"))
    if all(option["declines"] for option in options):
        lines.append((say("deck.decline"), "bad", "cross"))
    if any(option["caution"] is not None and option["caution"]["blocked"] > WORTH_SAYING for option in options):
        lines.append((say("deck.may_be_blocked"), "warn", "caution"))
    cares = [option["care"] for option in options if option["care"] is not None]
    mark = min(cares, key=lambda care: care["now"])["mark"] if cares else ""  # what even the mildest place asks for
    if mark:
        lines.append((mark, "warn", "caution"))
    return lines
