"""What could be done, as a hand of cards at the lower edge that keep their places, and come a few at a time."""

from __future__ import annotations

import math

import pygame

from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.table.cards import best_options, open_options
from game.screen.table.detail import WORTH_SAYING
from game.screen.table.places import GAP, HIGH
from game.screen.table.shapes import card_shape, draw_brought
from game.screen.table.table import Table

TALL = 110  # from this height on a card has its picture above its name
NARROW, BARE = 104, 68  # a card that is narrower has its picture behind its name; no name at all
ELSEWHERE = 90  # so far from the press that opened the hand another one is meant for a card at once
LIFT = 6  # how far a card is lifted that is pointed at


def in_order(table: Table) -> list[Data]:
    """Return all cards in the order in which they lie in the hand: it is the same in the whole game."""
    places = table.shown.dealt()["places"]
    return sorted(table.fresh_cards(), key=lambda card: places.index(card["id"]))


def draw_hand(ui: Ui, rect: pygame.Rect, table: Table, across: int, down: int) -> None:
    """Draw all cards in their places; act on the one that is pressed."""
    gap, cards = ui.px(GAP), in_order(table)
    wide = min(ui.px(210), (rect.width - gap * (across + 1)) // across)
    high = (rect.height - gap * (down + 1)) // down
    start = rect.x + (rect.width - across * wide - (across - 1) * gap) // 2
    lively, dealt = None, table.shown.dealt()["cards"]
    for number, card in enumerate(cards):
        row, column = divmod(number, across)
        spot = pygame.Rect(start + column * (wide + gap), rect.y + gap + row * (high + gap), wide, high)
        if card["id"] not in dealt:
            _draw_place(ui, spot, card["mode"])
        elif _answer(ui, spot, card, table):
            lively = (spot, card)
        else:
            draw_card(ui, spot, card, table)
    if lively is not None:  # above the others
        draw_card(ui, *lively, table)


def _draw_place(ui: Ui, spot: pygame.Rect, mode: str) -> None:
    """Draw the place of a card that is still to come."""
    picture = card_shape(spot.size, mode, ui.colours["paper"], ui.colours["panel_edge"], ui.px(1), ui.px(8))
    ui.surface.blit(picture, spot)
    ui.panels.append(spot)


def draw_folded_hand(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """Draw all cards in a part of a small window, below one another as far as they must."""
    gap = ui.px(GAP + 2)
    ui.sheet(rect)
    with Page(ui, "hand", rect.inflate(-ui.px(12), -ui.px(12))) as page:
        across = max(1, (page.width + gap) // (ui.px(128) + gap))
        wide = (page.width - gap * (across - 1)) // across
        dealt = table.shown.dealt()["cards"]
        cards = [card for card in in_order(table) if card["id"] in dealt]
        for number, card in enumerate(cards):
            row, column = divmod(number, across)
            y = page.y + row * (ui.px(HIGH) + gap) + ui.px(LIFT)
            spot = pygame.Rect(page.x + column * (wide + gap), y, wide, ui.px(HIGH))
            _answer(ui, spot, card, table)
            draw_card(ui, spot, card, table)
        rows = -(-len(cards) // across)
        page.y += rows * (ui.px(HIGH) + gap) + ui.px(LIFT)


def _meant(ui: Ui, table: Table) -> bool:
    """Whether a press is meant for a card: it comes late enough, or elsewhere than the one that opened the hand."""
    elsewhere = not ui.by_keyboard and math.dist(ui.input.mouse, table.pressed_at) > ui.px(ELSEWHERE)
    return table.hand_seen or (elsewhere and table.breath.stage == table.stage and table.breath.over(0.0))


def _is_lively(ui: Ui, rect: pygame.Rect, card: Data, table: Table) -> bool:
    pointed = ui.hovered(rect) or ui.has_focus(f"card {card['id']}")
    return table.selected == card["id"] or (pointed and not table.covered)


def _answer(ui: Ui, rect: pygame.Rect, card: Data, table: Table) -> bool:
    """Act on a card that is pressed; return whether it is pointed at or chosen."""
    if ui.area(f"card {card['id']}", rect, not table.covered) and _meant(ui, table):
        _press(ui, card, table)
    return _is_lively(ui, rect, card, table)


def draw_card(ui: Ui, rect: pygame.Rect, card: Data, table: Table) -> None:
    """Draw one card: its picture, and where it is possible its name, price and main effect."""
    name, mode = f"card {card['id']}", card["mode"]
    possible = card["possible"] or card["settled_anew"]
    planned = sum(step["card"] == card["id"] for step in table.shown["plan"]["steps"])
    lively = _is_lively(ui, rect, card, table)
    named = card["id"] in table.noted  # by the note that is shown
    fill = "selected" if lively or named else "panel" if possible else "neutral_soft"
    edge = mode if possible or planned else "faint"
    body = rect.move(0, -ui.px(LIFT)) if lively and possible else rect
    thick = ui.px(3 if lively or named else 2)
    shape = card_shape(rect.size, mode, ui.colours[fill], ui.colours[edge], thick, ui.px(8))
    ui.surface.blit(shape, body)
    ui.panels.append(body)
    _draw_face(ui, body, card, table, possible, planned)
    ui.mark("button", rect, None, card["name"])
    ui.ring(name, body)
    # Whoever has just opened the hand looks at it: what came up under a mouse at rest was not pointed at.
    if lively and not table.selected and (ui.by_keyboard or ui.input.mouse != table.pressed_at):
        table.point("card", card["id"], body)


def _press(ui: Ui, card: Data, table: Table) -> None:
    table.press_card(card)
    if table.selected == card["id"] and card["possible"] and ui.by_keyboard:
        ui.focus_next = "board" if card["crowded"] else f"option {open_options(card)[0]['id']}"
        if card["crowded"]:
            table.point_at(best_options(card)[0])


def _draw_face(ui: Ui, body: pygame.Rect, card: Data, table: Table, possible: bool, planned: int) -> None:
    pad, mode = ui.px(7), card["mode"]
    side = ui.px(30 if body.height > ui.px(72) else 26)
    _draw_edge(ui, body, mode if possible else "faint", mode)
    if not possible:
        closed = pygame.Rect(0, 0, side, side)
        closed.center = body.center
        picture = ui.faded(card["icon"], side, 110)
        ui.surface.blit(picture, closed.move(-ui.px(10), 0))
        mark = "check" if planned else "lock"
        ui.icon(mark, (closed.right - ui.px(4), closed.centery - ui.px(8)), 16)
        return
    if body.height > ui.px(TALL):
        _draw_tall(ui, body, card, planned)
        return
    line = ui.px(19)
    foot = pygame.Rect(body.x + pad, body.bottom - line - ui.px(4), body.width - 2 * pad, line)
    head = pygame.Rect(body.x + pad + side + ui.px(5), body.y + ui.px(4), 0, foot.top - body.y - ui.px(4))
    head.width = body.right - ui.px(20) - head.x
    if body.width < ui.px(BARE):
        ui.icon(card["icon"], (body.centerx - side // 2, head.centery - side // 2), side / ui.scale)
    elif body.width < ui.px(NARROW):
        picture = ui.faded(card["icon"], side, 60)
        ui.surface.blit(picture, picture.get_rect(center=(body.centerx, head.centery)))
        sign = ui.px(18 if _sign(card, planned) else 8)
        name = pygame.Rect(body.x + pad, head.y, body.width - pad - sign, head.height)
        ui.label(card["name"], name, "small", "ink", True)
    else:
        ui.icon(card["icon"], (body.x + pad, head.centery - side // 2), side / ui.scale)
        ui.label(card["name"], head, "small", "ink", True)
    _draw_foot(ui, foot, card)
    _draw_signs(ui, body, card, planned)


def _draw_tall(ui: Ui, body: pygame.Rect, card: Data, planned: int) -> None:
    """Draw the face of a card that is alone in its column: its picture above, its name below it."""
    pad, side, line = ui.px(9), ui.px(46), ui.px(21)
    foot = pygame.Rect(body.x + pad, body.bottom - line - ui.px(7), body.width - 2 * pad, line)
    ui.icon(card["icon"], (body.centerx - side // 2, body.y + ui.px(10)), 46)
    top = body.y + ui.px(14) + side
    name = pygame.Rect(body.x + pad, top, body.width - 2 * pad - ui.px(4), foot.top - top)
    ui.label(card["name"], name, "body", "ink", True, "centre")
    _draw_foot(ui, foot, card)
    _draw_signs(ui, body, card, planned)


def _draw_edge(ui: Ui, body: pygame.Rect, colour: str, mode: str) -> None:
    """Force has a hard stroke at its side, partnering the half of a circle that another hand closes."""
    tint = ui.colours[colour]
    if mode == "over":
        cut = ui.px(8)
        stroke = [(body.x, body.y + cut), (body.x + ui.px(5), body.y + cut + ui.px(2)),
                  (body.x + ui.px(5), body.bottom - cut - ui.px(3)), (body.x, body.bottom - cut)]  # fmt: skip
        pygame.draw.polygon(ui.surface, tint, stroke)
    elif mode == "with":
        clip = ui.surface.get_clip()
        ui.surface.set_clip(body.clip(clip))
        pygame.draw.circle(ui.surface, tint, (body.right - 1, body.centery), ui.px(9), ui.px(2))
        ui.surface.set_clip(clip)


def _draw_foot(ui: Ui, foot: pygame.Rect, card: Data) -> None:
    """Draw the price and what the action changes most, as numbers and pictures in one row."""
    options = open_options(card)
    if not options:  # what is settled can only be settled anew
        return
    cheapest = min(options, key=lambda option: option["days"])
    best = next((one for one in (*(best_options(card) if card["crowded"] else ()), *options) if one["brings"]), None)
    x, middle = foot.x, foot.centery
    high = ui.height("0", "small", 999)
    for cost in cheapest["costs"]:
        ui.icon(cost["icon"], (x, middle - ui.px(7)), 14)
        x += ui.px(15)
        ui.text(cost["text"], (x, middle - high // 2), "small", "soft_ink")
        x += ui.width(cost["text"], "small") + ui.px(4)
    if best is None:
        return
    widths = [_wide(ui, one) for one in best["brings"]]
    room = foot.right - ui.px(4) - x
    if widths and widths[0] > room + ui.px(10):  # a card of a full hand says at least which way, and more pointed at
        best = {**best, "brings": [{**best["brings"][0], "text": ""}]}
        widths = [_wide(ui, best["brings"][0])]
        if widths[0] > room + ui.px(4):
            return
    count = 2 if sum(widths) + ui.px(5) <= room else 1
    x = max(x + ui.px(2), foot.right - ui.px(6) - sum(widths[:count]) - ui.px(5) * (count - 1))
    for one in best["brings"][:count]:
        x += draw_brought(ui, (x, middle), one) + ui.px(5)


def _wide(ui: Ui, brought: Data) -> int:
    return (ui.width(brought["text"], "small", True) + ui.px(2) if brought["text"] else ui.px(13)) + ui.px(15)


def _draw_signs(ui: Ui, body: pygame.Rect, card: Data, planned: int) -> None:
    """Draw at the upper right corner the one thing that is to be known."""
    sign = _sign(card, planned)
    if sign:
        ui.icon(sign, (body.right - ui.px(19), body.y + ui.px(4)), 15)


def _sign(card: Data, planned: int) -> str:
    """Return the picture of the one thing that is to be known: planned, agreed, declined, or with care; "" for none."""
    options = open_options(card)
    if planned:
        return "check"
    if card["asks"] and options and all(option["agrees"] for option in options):
        return "hands"
    if options and all(option["declines"] for option in options):
        return "cross"
    return "caution" if any(calls_for_care(option) for option in options) else ""


def calls_for_care(option: Data) -> bool:
    """Whether an option carries a mark of care, or may be blocked."""
    blocked = option["caution"] is not None and option["caution"]["blocked"] > WORTH_SAYING
    return blocked or (option["care"] is not None and bool(option["care"]["mark"]))
