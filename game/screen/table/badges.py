"""What is seen of a household at its home: its letter, its mood as a face, its store, and what it needs or asks."""

from __future__ import annotations

import pygame

from game.playing.shown import Data
from game.screen.kit.ui import Ui
from game.screen.table.shapes import face


def draw_badge(
    ui: Ui, home: tuple[int, int], tile: int, place: pygame.Rect, one: Data, taken: list[pygame.Rect]
) -> pygame.Rect:
    """Draw the badge of a household below the middle of its home, inside the board, off those at `taken`; return where.

    Large letters on a small board would lay one over another.
    """
    high, gap = ui.px(20), ui.px(3)
    store = one["has"][0] if one["has"] else None
    wide = 2 * (high + gap) + (ui.px(16) + ui.width(store["short"], "small", True) + gap if store else 0) + ui.px(3)
    spot = pygame.Rect(0, 0, wide, high)
    spot.midtop = (home[0], home[1] + round(tile * 0.72))
    spot.clamp_ip(place.inflate(-6, -6))
    _move_off(spot, taken, place)
    layer = pygame.Surface(spot.size, pygame.SRCALPHA)
    pygame.draw.rect(layer, (*ui.colours["panel"], 226), layer.get_rect(), border_radius=high // 2)
    ui.surface.blit(layer, spot)
    pygame.draw.rect(ui.surface, ui.colours["ink" if one["mine"] else "panel_edge"], spot, ui.px(1.5),
                     border_radius=high // 2)  # fmt: skip
    draw_letter(ui, pygame.Rect(spot.x, spot.y, high, high), one)
    x = spot.x + high + gap
    if one["mood"]:
        ui.surface.blit(face(high - ui.px(2), one["face"]), (x, spot.y + ui.px(1)))
        x += high + gap
    if store is not None:
        ui.icon(store["icon"], (x, spot.centery - ui.px(8)), 16)
        room = pygame.Rect(x + ui.px(17), spot.y, spot.right - x - ui.px(18), high)
        ui.label(store["short"], room, "small", "ink", True)
    _draw_need(ui, spot, home, tile, place, one)
    return spot


def _move_off(spot: pygame.Rect, taken: list[pygame.Rect], place: pygame.Rect) -> None:
    """Move a badge below or above those that it would cover, whichever is nearer and inside the board."""
    ways = [spot.y] + [y for one in taken for y in (one.bottom + 1, one.top - spot.height - 1)]
    for y in sorted(ways, key=lambda y: abs(y - spot.y)):
        moved = pygame.Rect(spot.x, y, *spot.size)
        if place.contains(moved) and moved.collidelist(taken) < 0:
            spot.y = y
            return


def _draw_need(ui: Ui, badge: pygame.Rect, home: tuple[int, int], tile: int, place: pygame.Rect, one: Data) -> None:
    """Draw a bubble beside the home: what its people want, or a question mark where nobody has asked them."""
    need = one["need"]
    if need is None:
        return
    text = need["name"] if need["name"] else "?"
    faint = not need["known"]
    wide = max(ui.px(20), ui.width(text, "small", True) + ui.px(12))
    spot = pygame.Rect(0, 0, wide, ui.px(20))
    right = home[0] < place.centerx
    spot.centery = home[1] - round(tile * 0.35)
    if right:
        spot.left = home[0] + round(tile * 1.0)
    else:
        spot.right = home[0] - round(tile * 1.0)
    spot.clamp_ip(place.inflate(-6, -6))
    if spot.colliderect(badge):
        spot.bottom = badge.top - ui.px(2)
    tail = spot.left if right else spot.right - 1
    points = [(tail, spot.centery - ui.px(4)), (tail, spot.centery + ui.px(4)),
              (tail + (-1 if right else 1) * ui.px(8), spot.centery + ui.px(5))]  # fmt: skip
    pygame.draw.polygon(ui.surface, ui.colours["panel"], points)
    ui.panel(spot, "panel", "panel_edge", 9)
    ui.label(text, spot, "small", "soft_ink" if faint else "with", True, "centre")


def draw_letter(ui: Ui, spot: pygame.Rect, one: Data) -> None:
    """Draw the disc with the letter by which a household is known everywhere."""
    pygame.draw.circle(ui.surface, ui.colours["ink"], spot.center, spot.width // 2)
    pygame.draw.circle(ui.surface, ui.colours.household(one["number"]), spot.center, spot.width // 2 - ui.px(1))
    ui.label(one["letter"], spot, "small", ui.colours["ink"], True, "centre")


def draw_asking(ui: Ui, home: tuple[int, int], tile: int, place: pygame.Rect) -> None:
    """Draw a letter above a home whose people have asked something that is not answered."""
    side = ui.px(24)
    spot = pygame.Rect(0, 0, side + ui.px(6), side + ui.px(4))
    spot.midbottom = (home[0], home[1] - round(tile * 0.75))
    spot.clamp_ip(place.inflate(-6, -6))
    ui.panel(spot, "selected", "with", 7)
    ui.icon("scroll", (spot.centerx - side // 2, spot.centery - side // 2), 24)
