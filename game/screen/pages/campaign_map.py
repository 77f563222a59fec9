"""The campaign as a map to walk: a station for every level along a path through the valley.

What a station is, is told by its shape as well as its colour: a padlock for
what is locked, a bare disc for what is open, a wreath for what is won.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import pygame

from game.level.heads import Headed
from game.picture.sprites import is_icon
from game.picture.valley import Valley
from game.playing.campaign import STARS, Station
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.telling.say import say

DISC, STAR, LABEL = 29, 15, 124  # radius of a station, size of a star, width of a title, in units of the design
TALL, WIDE = 132, 130  # the least room of a station
TOP, SIDE = 104, 34  # the mountains above, the edge beside
KINDS = {"sandbox": say("map.sandbox"), "control": say("map.control"), "example": say("map.example")}


class CampaignMap:
    """Draws the stations and says which was pressed."""

    def __init__(self) -> None:
        self._drawn: tuple[object, pygame.Surface] | None = None
        self._shown = ""  # the station that was last brought into sight

    def draw(
        self, ui: Ui, rect: pygame.Rect, found: Sequence[Station], others: Sequence[Headed],
        chosen: str, fresh: Collection[str], clock: float,
    ) -> str:  # fmt: skip
        """Draw the map and return the id of the level that was pressed, if one was.

        Parameters
        ----------
        found
            The stations in their order.
        others
            The levels beside the path: free play, and where things are different.
        chosen
            The id of the level whose panel is shown.
        fresh
            Ids of levels that have just been opened.
        clock
            Seconds since the map was opened.
        """
        ui.sheet(rect)
        pressed = ""
        with Page(ui, "map", rect.inflate(-ui.px(6), -ui.px(6)), keys=True) as page:
            beside = self._height_beside(ui, page.width, others)
            points, high = places(ui, page.width, page.rect.height, len(found), beside)
            top = page.y
            spots = [(page.x + round(x), top + round(y)) for x, y in points]
            self._draw_land(ui, page, points, high, beside, found)
            self._bring_into_sight(ui, page, spots, found, chosen)
            for station, spot in zip(found, spots, strict=True):
                looks = _Look(station.level.id == chosen, station.level.id in fresh, clock)
                if draw_station(ui, spot, station, looks):
                    pressed = station.level.id
            page.y = top + high - beside
            pressed = self._draw_beside(ui, page, others, chosen) or pressed
            page.y = top + high
        return pressed

    def _draw_land(
        self, ui: Ui, page: Page, points: list[tuple[float, float]], high: int, beside: int,
        found: Sequence[Station],
    ) -> None:  # fmt: skip
        walked = max(0, min(len(_leading(found)), len(found) - 1))
        key = (page.width, high, len(points), ui.scale, walked, id(ui.colours))
        if self._drawn is None or self._drawn[0] != key:
            kept = [box_of(ui, (round(x), round(y))) for x, y in points]
            kept.append(pygame.Rect(0, high - beside - ui.px(24), page.width, beside + ui.px(24)))
            self._drawn = (key, Valley((page.width, high), points, ui.scale, kept, walked).draw())
        ui.surface.blit(self._drawn[1], (page.x, page.y))

    def _bring_into_sight(
        self, ui: Ui, page: Page, spots: Sequence[tuple[int, int]], found: Sequence[Station], chosen: str
    ) -> None:
        """A map that is too long begins where one stands."""
        if chosen == self._shown:
            return
        self._shown = chosen
        for station, (_, y) in zip(found, spots, strict=True):
            if station.level.id == chosen and not page.rect.inflate(0, -ui.px(TALL)).collidepoint(page.rect.x + 1, y):
                ui.offsets["map"] = page.offset = max(0, y + page.offset - page.rect.centery)

    def _height_beside(self, ui: Ui, width: int, others: Sequence[Headed]) -> int:
        rows = _rows_beside(ui, width, others)
        return ui.px(12) + len(rows) * ui.px(46) if rows else 0

    def _draw_beside(self, ui: Ui, page: Page, others: Sequence[Headed], chosen: str) -> str:
        """Draw signposts to the levels that lie beside the path."""
        pressed = ""
        for row in _rows_beside(ui, page.width, others):
            x = page.x + (page.width - sum(wide for _, wide in row) - (len(row) - 1) * ui.px(8)) // 2
            for level, wide in row:
                spot = pygame.Rect(x, page.y + ui.px(4), wide, ui.px(38))
                looks = ("selected", "with") if level.id == chosen else ("panel", "panel_edge")
                picture = level.emblem if is_icon(level.emblem) else "leaf"
                tip = say("map.tip", kind=KINDS.get(level.kind, level.kind), promise=level.promise)
                if ui.button(f"level {level.id}", spot, level.title, True, *looks, picture=picture, tip=tip,
                             size="small"):  # fmt: skip
                    pressed = level.id
                x += wide + ui.px(8)
            page.y += ui.px(46)
        return pressed


def _leading(found: Sequence[Station]) -> Sequence[Station]:
    """Return the stations that are won, from the first one on without a gap."""
    for place, station in enumerate(found):
        if not station.won:
            return found[:place]
    return found


def _rows_beside(ui: Ui, width: int, others: Sequence[Headed]) -> list[list[tuple[Headed, int]]]:
    """Return the signposts in rows that fit, each with its width."""
    rows: list[list[tuple[Headed, int]]] = []
    left = 0
    for level in others:
        wide = min(ui.width(level.title, "small", True) + ui.px(52), width - ui.px(8))
        if not rows or left < wide:
            rows.append([])
            left = width - ui.px(16)
        rows[-1].append((level, wide))
        left -= wide + ui.px(8)
    return rows


def places(ui: Ui, width: int, height: int, count: int, below: int) -> tuple[list[tuple[float, float]], int]:
    """Return where `count` stations stand on a map of a width, row by row and back again, and how high the map is.

    The map fills `height` where that is enough; `below` is kept free at its foot.
    """
    edge, top = ui.px(SIDE), ui.px(TOP)
    room = width - 2 * edge
    most = max(2, room // ui.px(WIDE))
    free = max(height - top - below, ui.px(TALL))
    wanted = round(math.sqrt(count * room / free * TALL / WIDE))
    columns = min(most, max(2, wanted))
    if -(-count // columns) * ui.px(TALL) > free:
        columns = most
    rows = max(1, -(-count // columns))
    columns = -(-count // rows) if count else columns
    high = max(free // rows, ui.px(TALL))
    slack = max(0.0, min(high - ui.px(TALL), ui.px(70)))
    found = []
    for number in range(count):
        row, column = divmod(number, columns)
        step = room / columns
        across = column if row % 2 == 0 else columns - 1 - column
        x = edge + step * (across + 0.5) + math.sin(number * 2.4 + 0.7) * max(0.0, step - ui.px(WIDE)) * 0.35
        y = top + high * row + ui.px(DISC + 8) + slack * (0.5 + 0.5 * math.sin(number * 1.9 + 0.4))
        y += max(0.0, high - ui.px(TALL) - slack) / 2
        found.append((x, y))
    return found, top + high * rows + below


def box_of(ui: Ui, spot: tuple[int, int]) -> pygame.Rect:
    """Return what a station at a place takes up: its disc, its stars and its title."""
    return pygame.Rect(spot[0] - ui.px(LABEL) // 2, spot[1] - ui.px(DISC + 3), ui.px(LABEL), ui.px(TALL - 12))


class _Look:
    """How a station is shown just now."""

    def __init__(self, chosen: bool, fresh: bool, clock: float) -> None:
        self.chosen, self.fresh, self.clock = chosen, fresh, clock


def draw_station(ui: Ui, spot: tuple[int, int], station: Station, look: _Look) -> bool:
    """Draw a station with its emblem, stars and title; return whether it was pressed."""
    name, box = f"level {station.level.id}", box_of(ui, spot)
    pressed = ui.area(name, box)
    lively = ui.hovered(box) or ui.has_focus(name)
    radius = ui.px(DISC)
    if look.fresh or (look.chosen and station.open and not station.won):
        swell = 0.5 + 0.5 * math.sin(look.clock * 3.0)
        glow = pygame.Surface((4 * radius, 4 * radius), pygame.SRCALPHA)
        pygame.draw.circle(glow, (255, 243, 196, 150), glow.get_rect().center, radius + ui.px(6 + 9 * swell))
        ui.surface.blit(glow, glow.get_rect(center=spot))
    if station.won:
        _draw_wreath(ui, spot, radius)
    _draw_disc(ui, spot, radius, station, lively or look.chosen)
    high = _draw_stars(ui, (spot[0], spot[1] + radius + ui.px(1)), station)
    _draw_title(ui, (spot[0], spot[1] + radius + high + ui.px(3)), station, lively, look.chosen)
    ui.mark("button", box, None, station.level.title)
    ui.ring(name, pygame.Rect(spot[0] - radius, spot[1] - radius, 2 * radius, 2 * radius), DISC)
    return pressed


def _draw_disc(ui: Ui, spot: tuple[int, int], radius: int, station: Station, lively: bool) -> None:
    colours = ui.colours
    shadow = pygame.Surface((3 * radius, 3 * radius), pygame.SRCALPHA)
    pygame.draw.circle(shadow, (50, 62, 34, 90), shadow.get_rect().center, radius + 1)
    ui.surface.blit(shadow, shadow.get_rect(center=(spot[0], spot[1] + ui.px(3))))
    edge = colours["good"] if station.won else colours["with"] if station.open else colours["faint"]
    fill = colours["selected"] if lively else colours["panel"] if station.open else colours["neutral_soft"]
    pygame.draw.circle(ui.surface, edge, spot, radius)
    pygame.draw.circle(ui.surface, fill, spot, radius - ui.px(4 if station.open else 2.5))
    if not station.open:
        side = ui.px(26)
        ui.icon("lock", (spot[0] - side // 2, spot[1] - side // 2), 26)
    elif is_icon(station.level.emblem):
        side = ui.px(36)
        ui.icon(station.level.emblem, (spot[0] - side // 2, spot[1] - side // 2), 36)
    else:
        number = "?" if station.level.number is None else str(station.level.number)
        room = pygame.Rect(spot[0] - radius, spot[1] - radius, 2 * radius, 2 * radius)
        ui.label(number, room, "head", "with", True, "centre")


def _draw_wreath(ui: Ui, spot: tuple[int, int], radius: int) -> None:
    """Leaves around what is won."""
    for number in range(11):
        for side in (-1, 1):
            angle = math.pi / 2 + side * (0.22 + number * 0.235)
            x = spot[0] + math.cos(angle) * (radius + ui.px(4))
            y = spot[1] + math.sin(angle) * (radius + ui.px(4))
            leaf = pygame.Surface((ui.px(15), ui.px(9)), pygame.SRCALPHA)
            pygame.draw.ellipse(leaf, ui.colours["good"], leaf.get_rect())
            pygame.draw.ellipse(leaf, (132, 184, 110), leaf.get_rect().inflate(-ui.px(3), -ui.px(3)))
            turned = pygame.transform.rotate(leaf, -math.degrees(angle) + 90 + side * 42)
            ui.surface.blit(turned, turned.get_rect(center=(round(x), round(y))))


def _draw_stars(ui: Ui, top: tuple[int, int], station: Station) -> int:
    """Draw the three stars, filled where they are won; return how high they are."""
    if not station.open:
        return 0
    wide = ui.px(3 * STAR + 14)
    back = pygame.Rect(0, 0, wide, ui.px(STAR + 4))
    back.midtop = (top[0], top[1] - ui.px(5))
    pygame.draw.rect(ui.surface, ui.colours["panel"], back, border_radius=back.height // 2)
    pygame.draw.rect(ui.surface, ui.colours["panel_edge"], back, 1, border_radius=back.height // 2)
    for number, star in enumerate(STARS):
        picture = "star" if star in station.stars else "star_out"
        ui.icon(picture, (back.x + ui.px(5) + number * ui.px(STAR + 2), back.y + ui.px(2)), STAR)
    return ui.px(STAR)


def _draw_title(ui: Ui, top: tuple[int, int], station: Station, lively: bool, chosen: bool) -> None:
    title = station.level.title
    room = ui.px(LABEL - 14)
    # A little smaller on one line is better than two lines, and those are better than a title that is cut off.
    line = room + ui.px(4), ui.height("0", "small", room, True)
    single = ui.width(title, "small", True) <= room * 1.2 and not ui.is_cut(title, line, "small", True)
    high = ui.height("0" if single else title, "small", room, True)
    wide = min(room, ui.width(title, "small", True)) + ui.px(12)
    rect = pygame.Rect(0, 0, wide, high + ui.px(6))
    rect.midtop = (top[0], top[1] + ui.px(2))
    ui.panel(rect, "selected" if lively or chosen else "panel", "with" if chosen else "panel_edge", 7)
    colour = "ink" if station.open else "soft_ink"
    if single:
        ui.label(title, rect.inflate(-ui.px(8), -ui.px(2)), "small", colour, True, "centre")
    else:
        ui.text(title, (rect.centerx, rect.y + ui.px(3)), "small", colour, True, room, rect, centre=True)
