"""The scene of a game in play: the board in the middle, what to do at the right, the plan below."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.insight.accounts import Place, why_flows
from game.picture.board import Board
from game.picture.scene import Scene, blend, look
from game.play import words
from game.play.paint import Style
from game.play.session import Deed, Report, Session
from game.play.story import Story
from game.screen.cards import ActionCard, Option, cards_of
from game.screen.panels import draw_banner, draw_side
from game.screen.ui import Ui, font, wrapped
from game.sim.actions import BLOCKED, DECLINED, DONE

TELLING = 3.2  # seconds in which a season is told
COLOUR_OF = {"over": "over", "with": "with", "neutral": "neutral"}
TITLE_OF = {"over": "Dominate", "with": "Partner", "neutral": "Neither"}
NOTE_OF = {"over": "at once, whoever objects", "with": "grows with trust", "neutral": ""}
OUTCOME_WORDS = {DONE: "", BLOCKED: " - blocked!", DECLINED: " - declined"}


class PlayScene:
    """One game on the screen."""

    def __init__(self, session: Session, level_id: str) -> None:
        self.session, self.level_id = session, level_id
        self.board: Board | None = None
        self.scene: Scene = look(session.model, session.world)
        self.before: Scene = self.scene
        self.cards: list[ActionCard] = []
        self._cards_of: object = None
        self.selected = ""
        self.inspect: tuple[str, object] = ("", None)
        self.report: Report | None = None
        self.told = 0.0
        self.reading = False
        self.scroll = 0
        self.clock = 0.0
        self.opening = bool(session.model.level.opening) and session.world.season == 0
        self.help = False
        self.paused = False
        self.wish = ""  # what the app should do next: leave, ending, next_person
        self.handover = len(session.seats) > 1
        self.drag: int | None = None
        self.decided_before = session.world.season
        self.decisions: list[dict[int, tuple[tuple[str, ...], bool]]] = []
        self.notice = ""

    # What happens

    def update(self, seconds: float) -> None:
        """Let time pass on the screen; the world waits for the player."""
        self.clock += seconds
        if self.report is not None and not self.reading:
            self.told += seconds
            if self.told >= TELLING:
                self._finish_telling()

    def _finish_telling(self) -> None:
        self.reading, self.scroll = True, 0
        self.scene = look(self.session.model, self.session.world)

    def end_season(self) -> None:
        """Let the season pass, or hand over to the next person."""
        self.selected = ""
        self.before = look(self.session.model, self.session.world)
        candidates = self.session.model.candidates
        decided = {
            seat: (tuple(candidates[index].key for index in planning.chosen), planning.refuses)
            for seat, planning in self.session.planning.items()
        }
        report = self.session.end_turn()
        if report is None:
            self.handover = True
            return
        self.decisions.append(decided)
        self.report, self.told, self.reading = report, 0.0, False
        self.scene = look(self.session.model, self.session.world)

    def close_report(self) -> None:
        """Go on after reading what happened."""
        self.report, self.reading = None, False
        if self.session.over:
            self.wish = "ending"
        elif len(self.session.seats) > 1:
            self.handover = True

    def choose(self, card: ActionCard, option: Option) -> None:
        """Plan an action."""
        if self.session.add(option.candidate):
            self.selected = ""

    def _fresh_cards(self) -> list[ActionCard]:
        key = (self.session.world.season, self.session.seat, self.session.plan)
        if key != self._cards_of:
            self._cards_of = key
            self.cards = cards_of(self.session, self.session.preview().world)
        return self.cards

    # What is drawn

    def draw(self, ui: Ui) -> None:
        """Draw one frame and act on what was pressed."""
        ui.surface.fill(ui.colours["paper"])
        area = ui.surface.get_rect().inflate(-ui.px(16), -ui.px(16))
        banner = pygame.Rect(area.x, area.y, area.width, ui.px(62))
        draw_banner(ui, banner, self.session)
        gap = ui.px(8)
        top = banner.bottom + gap
        side = pygame.Rect(area.x, top, ui.px(238), area.bottom - top)
        deck = pygame.Rect(area.right - ui.px(392), top, ui.px(392), area.bottom - top)
        middle = pygame.Rect(side.right + gap, top, deck.left - side.right - 2 * gap, area.bottom - top)
        pressed = draw_side(ui, side, self.session)
        if pressed is not None:
            self._press_household(pressed)
        self._draw_middle(ui, middle)
        self._draw_deck(ui, deck)
        self._draw_overlays(ui)
        self._keys(ui)

    def _keys(self, ui: Ui) -> None:
        if ui.pressed_key(pygame.K_ESCAPE):
            if self.selected:
                self.selected = ""
            elif self.help:
                self.help = False
            else:
                self.paused = not self.paused
        if self.paused or self.help or self.report or self.opening or self.handover:
            return
        if ui.pressed_key(pygame.K_e):
            self.end_season()
        elif ui.pressed_key(pygame.K_u):
            self.session.undo()
        elif ui.pressed_key(pygame.K_r):
            self.session.redo()
        elif ui.pressed_key(pygame.K_h, pygame.K_F1):
            self.help = True

    def _draw_middle(self, ui: Ui, rect: pygame.Rect) -> None:
        tray_height = ui.px(92)
        rows, columns = self.session.model.layout.rows, self.session.model.layout.columns
        detail_least = ui.px(128)
        tile = max(8, min(rect.width // columns, (rect.height - tray_height - detail_least - ui.px(16)) // rows))
        size = (tile * columns, tile * rows)
        if self.board is None or self.board.size != size:
            self.board = Board(rows, columns, size)
        left = rect.x + (rect.width - size[0]) // 2
        place = pygame.Rect(left, rect.y, *size)
        self._draw_board(ui, place)
        detail = pygame.Rect(
            rect.x, place.bottom + ui.px(8), rect.width, rect.bottom - place.bottom - tray_height - ui.px(16)
        )
        self._draw_detail(ui, detail)
        self._draw_tray(ui, pygame.Rect(rect.x, rect.bottom - tray_height, rect.width, tray_height))

    def _draw_board(self, ui: Ui, place: pygame.Rect) -> None:
        board = self.board
        assert board is not None
        share = 1.0 if self.report is None or self.reading else min(1.0, self.told / (TELLING * 0.85))
        shown = blend(self.before, self.scene, round(share * 12) / 12) if share < 1.0 else self.scene
        card = next((one for one in self._fresh_cards() if one.name == self.selected), None)
        marked = self._marked(ui, place, card)
        board.draw(ui.surface.subsurface(place), shown, self.clock, marked)
        if self.report is not None and not self.reading:
            self._draw_bubbles(ui, place)
            return
        if not ui.hovered(place) or self._covered():
            return
        x, y = ui.input.mouse
        tile = board.tile_at(x - place.x, y - place.y)
        if tile is None:
            return
        self.inspect = ("tile", tile)
        home = next((one.index for one in self.scene.households if tile in one.homes), None)
        if ui.input.pressed:
            if home is not None:
                self._press_household(home)
            elif card is not None:
                self._press_tile(card, tile)

    def _covered(self) -> bool:
        return bool(self.report or self.opening or self.help or self.paused or self.handover)

    def _marked(self, ui: Ui, place: pygame.Rect, card: ActionCard | None) -> np.ndarray | None:
        if card is None:
            if self.inspect[0] == "plan" and self.inspect[1] is not None:
                tiles = self.session.model.candidates[int(self.inspect[1])].tiles  # type: ignore[call-overload]
                return None if tiles is None else tiles[0, 0, :, :, 0]
            return None
        tile = self.inspect[1] if self.inspect[0] == "tile" else None
        for option in card.open_options:
            tiles = self.session.model.candidates[option.candidate].tiles
            if tiles is None:
                continue
            if ui.has_focus(f"option {option.candidate}") or (
                tile and tiles[0, 0, tile[0], tile[1], 0] > 0 and ui.hovered(place)
            ):
                return tiles[0, 0, :, :, 0]
        return None

    def _press_tile(self, card: ActionCard, tile: tuple[int, int]) -> None:
        for option in card.open_options:
            tiles = self.session.model.candidates[option.candidate].tiles
            if tiles is not None and tiles[0, 0, tile[0], tile[1], 0] > 0:
                self.choose(card, option)
                return

    def _press_household(self, community: int) -> None:
        card = next((one for one in self.cards if one.name == self.selected), None)
        if card is not None:
            for option in card.open_options:
                candidate = self.session.model.candidates[option.candidate]
                if candidate.tiles is None and candidate.target == community:
                    self.choose(card, option)
                    return
        self.inspect = ("household", community)

    def _draw_bubbles(self, ui: Ui, place: pygame.Rect) -> None:
        """What everybody does, said at their homes one after the other."""
        assert self.report is not None and self.board is not None
        per_home: dict[int, list[Deed]] = {}
        for deed in self.report.deeds:
            if deed.outcome in OUTCOME_WORDS:
                per_home.setdefault(deed.seat, []).append(deed)
        for seat, deeds in per_home.items():
            community = self.session.model.layout.seats[seat]
            household = self.scene.households[community]
            if not household.homes:
                continue
            number = min(len(deeds) - 1, int(len(deeds) * self.told / TELLING))
            deed = deeds[number]
            name = words.action_name(self.session.model, self.session.model.candidates[deed.candidate])
            mode = self.session.model.actions[self.session.model.candidates[deed.candidate].action].spec.mode
            x, y = self.board._home_point(household)
            self._bubble(ui, place, (place.x + x, place.y + y), name + OUTCOME_WORDS[deed.outcome], mode)
        skip = pygame.Rect(place.centerx - ui.px(70), place.bottom - ui.px(40), ui.px(140), ui.px(30))
        if ui.button("skip", skip, "Skip", size="small") or ui.pressed_key(pygame.K_SPACE, pygame.K_RETURN):
            self.told = TELLING

    def _bubble(self, ui: Ui, place: pygame.Rect, home: tuple[int, int], text: str, mode: str) -> None:
        width = ui.px(190)
        lines = wrapped(text, ui.points("small"), True, width)
        wide = max(font(ui.points("small"), True).size(line)[0] for line in lines) + ui.px(20)
        rect = pygame.Rect(0, 0, wide, ui.height(text, "small", width, True) + ui.px(12))
        rect.midbottom = (home[0], home[1] - ui.px(26))
        if rect.top < place.top + 4:
            rect.midtop = (home[0], home[1] + ui.px(30))
        rect.clamp_ip(place.inflate(-8, -8))
        ui.panel(rect, COLOUR_OF[mode] + "_soft", COLOUR_OF[mode], 9)
        ui.text(text, (rect.x + ui.px(10), rect.y + ui.px(6)), "small", COLOUR_OF[mode], True, width)

    def _draw_detail(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.panel(rect)
        inner = rect.inflate(-ui.px(20), -ui.px(14))
        card = next((one for one in self._fresh_cards() if one.name == self.selected), None)
        if card is not None:
            self._draw_card_detail(ui, inner, card)
        elif self.inspect[0] == "household":
            self._lines(ui, inner, self._household_lines(int(self.inspect[1])))  # type: ignore[call-overload]
        elif self.inspect[0] == "card":
            found = next((one for one in self.cards if one.name == self.inspect[1]), None)
            if found:
                self._lines(
                    ui,
                    inner,
                    [found.title, found.plain, found.reason]
                    + [mark for option in found.open_options[:1] for mark in (*option.cautions, *option.answers)],
                )
        elif self.inspect[0] == "tile":
            self._lines(ui, inner, self._tile_lines(self.inspect[1]))  # type: ignore[arg-type]
        else:
            self._lines(
                ui,
                inner,
                [
                    "What you can do is at the right.",
                    "Point at anything to see why it is so: the grass, a house, an action.",
                    "Choose actions until your days are spent, or keep a day for rest. Then end the season.",
                ],
            )

    def _lines(self, ui: Ui, inner: pygame.Rect, lines: list[str]) -> None:
        y = inner.y
        for number, line in enumerate(part for part in lines if part):
            size, bold = ("strong", True) if number == 0 else ("body", False)
            if y + ui.height(line, size, inner.width, bold) > inner.bottom + ui.px(6):
                size = "small"
                if y + ui.height(line, size, inner.width, bold) > inner.bottom + ui.px(6):
                    return
            y += ui.text(line, (inner.x, y), size, bold=bold, width=inner.width, inside=inner) + ui.px(2)

    def _tile_lines(self, tile: tuple[int, int]) -> list[str]:
        model, world, living = self.session.model, self.session.world, self.session.roles.living
        row, column = tile
        ground = model.layout.terrain_yx[row][column]
        if living is None or not model.stocks[living].live[0, 0, row, column, 0]:
            return [
                model.level.terrains[ground].name or ground.replace("_", " ").capitalize(),
                model.level.terrains[ground].plain,
            ]
        # One tile alone trembles; its neighbourhood tells more.
        mask = np.zeros_like(model.stocks[living].live)
        mask[:, :, max(0, row - 2) : row + 3, max(0, column - 2) : column + 3] = 1.0
        account = why_flows(model, world, living, Place(tiles=mask * model.stocks[living].live))
        unit = account.unit
        lines = [
            f"{words.stock_word(model, living).capitalize()} around here: {words.percent(account.held / account.full if account.full else 0.0)}"
        ]
        if world.season:
            for entries, sign in ((account.feeds, 1.0), (account.drains, -1.0)):
                for entry in entries[:2]:
                    by = ", ".join(
                        f"{words.people(model, who)} {amount:.2f}" for who, amount in entry.by[:4] if amount > 0.005
                    )
                    name = (
                        model.level.flows[entry.name].name or entry.name.replace("_", " ")
                        if entry.name in model.level.flows
                        else entry.name
                    )
                    lines.append(f"{name} {words.signed(sign * abs(entry.amount), unit)}" + (f": {by}" if by else ""))
            if account.bare_in:
                low, high = account.bare_in
                lines.append(
                    f"At this pace bare in {low} to {high} seasons."
                    if low != high
                    else f"At this pace bare in {words.count(low, 'season')}."
                )
        else:
            lines.append(model.level.stocks[living].plain)
        users = [
            words.people(model, index)
            for index in range(len(model.layout.communities))
            if world.uses[index, 0, row, column, 0] > 0
        ]
        lines.append(f"Used by {words.joined(users)}." if users else "Used by nobody.")
        return lines

    def _household_lines(self, other: int) -> list[str]:
        session, model = self.session, self.session.model
        community = list(model.level.communities.values())[other]
        world, roles = session.world, session.roles
        have = [
            words.counted(model, float(world.stock[name][other, 0, 0, 0, 0]), name)
            for name in ([roles.store] if roles.store else []) + list(roles.counted)
        ]
        lines = [
            community.name + (" (you)" if other == session.me else ""),
            f"{community.people:g} people. They have {words.joined(have)}." if have else community.plain,
        ]
        if other != session.me:
            from game.screen.panels import need_of

            need = need_of(session, other)
            if roles.grievance:
                lines.append(f"Mood: {words.mood(float(world.stock[roles.grievance][other, 0, 0, 0, 0]))}.")
            lines.append("You do not know what they need now. Ask them." if need == "needs: ask" else f"They {need}.")
            if roles.trust:
                lines.append(
                    f"They trust you {float(world.stock[roles.trust][other, session.me, 0, 0, 0]):.2f}, you trust them {float(world.stock[roles.trust][session.me, other, 0, 0, 0]):.2f} of 1."
                )
        agreed = [
            plan.spec.name or plan.name
            for plan in model.actions.values()
            if plan.spec.lasts and world.member[plan.name][other, 0, 0, 0, 0] > 0
        ]
        return lines + ([f"In: {', '.join(agreed)}."] if agreed else [])

    def _draw_card_detail(self, ui: Ui, inner: pygame.Rect, card: ActionCard) -> None:
        y = inner.y + ui.text(card.title, inner.topleft, "strong", COLOUR_OF[card.mode], True)
        y += ui.text(card.plain, (inner.x, y), "body", width=inner.width, inside=inner) + ui.px(4)
        y += ui.text(
            "Where? Choose below, or on the board." if len(card.open_options) > 1 else "",
            (inner.x, y),
            "small",
            "soft_ink",
        )
        x, high = inner.x, ui.px(32)
        shown: Option | None = None
        for option in card.options:
            label = option.label or "Do it"
            wide = min(inner.width, font(ui.points("body"), True).size(label)[0] + ui.px(26))
            if x + wide > inner.right:
                x, y = inner.x, y + high + ui.px(5)
            rect = pygame.Rect(x, y, wide, high)
            name = f"option {option.candidate}"
            fine = not option.obstacle
            if ui.button(
                name, rect, label, fine, COLOUR_OF[card.mode] + "_soft", COLOUR_OF[card.mode], tip=option.obstacle
            ):
                self.choose(card, option)
                return
            if ui.hovered(rect) or ui.has_focus(name):
                shown = option
            x += wide + ui.px(6)
        y += high + ui.px(6)
        shown = shown or (card.open_options[0] if card.open_options else None)
        if shown is None:
            ui.text(card.reason, (inner.x, y), "body", "bad", width=inner.width, inside=inner)
            return
        parts = [f"{shown.label}: costs {shown.cost}" if shown.label else f"Costs {shown.cost}"]
        if shown.gain:
            parts.append(f"promises {shown.gain} next season")
        lines = ["; ".join(parts) + ".", *shown.answers, *shown.cautions]
        for line in lines:
            size = "body" if y + ui.height(line, "body", inner.width) <= inner.bottom else "small"
            if y + ui.height(line, size, inner.width) > inner.bottom + ui.px(6):
                return
            y += ui.text(
                line, (inner.x, y), size, "warn" if line in shown.cautions else "ink", width=inner.width, inside=inner
            )

    def _draw_tray(self, ui: Ui, rect: pygame.Rect) -> None:
        ui.panel(rect)
        pad = ui.px(10)
        walked = self.session.preview()
        end = pygame.Rect(rect.right - ui.px(138), rect.y + pad, ui.px(128), rect.height - 2 * pad)
        busy = self._covered()
        if ui.button(
            "end season",
            end,
            "End season",
            not busy,
            "with_soft",
            "with",
            size="strong",
            tip="Nothing is final before this. Key: E",
        ):
            self.end_season()
            return
        tools = pygame.Rect(end.left - ui.px(40), rect.y + pad, ui.px(34), ui.px(34))
        planning = self.session.planning[self.session.seat]
        if ui.button("undo", tools, "", bool(planning.past) and not busy, picture="", tip="Undo. Key: U"):
            self.session.undo()
        ui.icon("undo", (tools.x + ui.px(7), tools.y + ui.px(7)), 20)
        again = tools.move(0, ui.px(38))
        if ui.button("redo", again, "", bool(planning.future) and not busy, tip="Redo. Key: R"):
            self.session.redo()
        ui.icon("redo", (again.x + ui.px(7), again.y + ui.px(7)), 20)
        ui.text("Your plan", (rect.x + pad, rect.y + ui.px(6)), "strong", bold=True)
        if not walked.steps:
            ui.text(
                "Nothing yet. Days that you keep are days of rest.",
                (rect.x + pad, rect.y + ui.px(36)),
                "body",
                "soft_ink",
                width=tools.left - rect.x - 2 * pad,
            )
            return
        self._draw_chips(ui, pygame.Rect(rect.x + pad, rect.y + ui.px(30), tools.left - rect.x - 2 * pad, ui.px(56)))

    def _draw_chips(self, ui: Ui, space: pygame.Rect) -> None:
        steps = self.session.preview().steps
        wide = min(ui.px(150), (space.width - ui.px(6) * (len(steps) - 1)) // max(len(steps), 1))
        for place, step in enumerate(steps):
            rect = pygame.Rect(space.x + place * (wide + ui.px(6)), space.y, wide, space.height)
            candidate = self.session.model.candidates[step.candidate]
            mode = self.session.model.actions[candidate.action].spec.mode
            name = f"chip {place}"
            pressed = ui.area(name, rect, not self._covered())
            bad = step.obstacle is not None
            ui.panel(rect, COLOUR_OF[mode] + "_soft", "bad" if bad else COLOUR_OF[mode], 8)
            label = words.action_name(self.session.model, candidate)
            size = "small" if ui.height(label, "small", wide - ui.px(14)) <= rect.height - ui.px(18) else "small"
            ui.text(label, (rect.x + ui.px(7), rect.y + ui.px(4)), size, COLOUR_OF[mode], True, wide - ui.px(14), rect)
            if ui.hovered(rect) or ui.has_focus(name):
                self.inspect = ("plan", step.candidate)
                self._chip_keys(ui, place)
            tip = (
                words.obstacle(self.session.model, step.obstacle)
                if step.obstacle
                else f"{words.costs(self.session.model, step.costs)}. Press to take it out; drag, or Shift and an arrow, to change the order."
            )
            ui.tip(tip, rect, name)
            ui.ring(name, rect)
            if pressed:
                self.drag = place
        self._drop_chip(ui, space, wide, len(steps))

    def _chip_keys(self, ui: Ui, place: int) -> None:
        for key in list(ui.input.keys):
            if key.mod & pygame.KMOD_SHIFT and key.key in (pygame.K_LEFT, pygame.K_RIGHT):
                ui.input.keys.remove(key)
                to = place + (1 if key.key == pygame.K_RIGHT else -1)
                if self.session.move(place, to):
                    ui.focus = f"chip {to}"
            elif key.key in (pygame.K_DELETE, pygame.K_BACKSPACE):
                ui.input.keys.remove(key)
                self.session.drop(place)

    def _drop_chip(self, ui: Ui, space: pygame.Rect, wide: int, count: int) -> None:
        if self.drag is None:
            return
        if ui.by_keyboard:
            self.session.drop(self.drag)
            self.drag = None
        elif ui.input.released:
            to = min(count - 1, max(0, (ui.input.mouse[0] - space.x) // (wide + ui.px(6))))
            if to == self.drag:
                self.session.drop(self.drag)
            else:
                self.session.move(self.drag, to)
            self.drag = None

    def _draw_deck(self, ui: Ui, rect: pygame.Rect) -> None:
        gap = ui.px(8)
        wide = (rect.width - gap) // 2
        cards = self._fresh_cards()
        neither = [card for card in cards if card.mode == "neutral"]
        foot = ui.px(62) if neither else 0
        for number, mode in enumerate(("over", "with")):
            column = pygame.Rect(
                rect.x + number * (wide + gap), rect.y, wide, rect.height - foot - (gap if foot else 0)
            )
            self._draw_column(ui, column, mode, [card for card in cards if card.mode == mode])
        if neither:
            row = pygame.Rect(rect.x, rect.bottom - foot, rect.width, foot)
            ui.panel(row)
            each = (row.width - ui.px(10)) // len(neither)
            for number, card in enumerate(neither):
                spot = pygame.Rect(
                    row.x + ui.px(5) + number * each, row.y + ui.px(5), each - ui.px(4), row.height - ui.px(10)
                )
                self._draw_card(ui, spot, card)

    def _draw_column(self, ui: Ui, rect: pygame.Rect, mode: str, cards: list[ActionCard]) -> None:
        ui.panel(rect, COLOUR_OF[mode] + "_soft", COLOUR_OF[mode])
        ui.icon(f"power_{mode}", (rect.x + ui.px(8), rect.y + ui.px(8)), 28)
        ui.text(TITLE_OF[mode], (rect.x + ui.px(42), rect.y + ui.px(4)), "head", COLOUR_OF[mode], True)
        ui.text(NOTE_OF[mode], (rect.x + ui.px(42), rect.y + ui.px(29)), "small", "soft_ink")
        y = rect.y + ui.px(50)
        space = rect.bottom - y - ui.px(6)
        gap = ui.px(5)
        high = min(ui.px(74), (space - gap * (len(cards) - 1)) // max(len(cards), 1))
        for card in cards:
            self._draw_card(ui, pygame.Rect(rect.x + ui.px(6), y, rect.width - ui.px(12), high), card)
            y += high + gap

    def _draw_card(self, ui: Ui, rect: pygame.Rect, card: ActionCard) -> None:
        name = f"card {card.name}"
        enabled = not self._covered()
        pressed = ui.area(name, rect, enabled)
        possible = bool(card.open_options)
        lively = enabled and (ui.hovered(rect) or ui.has_focus(name))
        chosen = self.selected == card.name
        ui.panel(
            rect,
            "selected" if lively or chosen else "panel" if possible else "neutral_soft",
            COLOUR_OF[card.mode] if possible else "faint",
            8,
        )
        pad = ui.px(6)
        size = min(28.0, (rect.height - 2 * pad) / ui.scale)
        ui.icon(card.icon, (rect.x + pad, rect.y + pad), size)
        left = rect.x + pad + ui.px(size) + ui.px(6)
        width = rect.right - left - pad
        y = rect.y + ui.px(4)
        y += ui.text(card.title, (left, y), "small", "ink" if possible else "soft_ink", True, width, rect)
        for line, colour in self._card_lines(card):
            if y + ui.height(line, "small", width) > rect.bottom - ui.px(2):
                break
            y += ui.text(line, (left, y), "small", colour, width=width, inside=rect)
        ui.ring(name, rect)
        if lively:
            self.inspect = ("card", card.name)
        if not pressed:
            return
        if len(card.open_options) == 1 and len(card.options) == 1:
            self.choose(card, card.open_options[0])
        else:
            self.selected = "" if chosen else card.name

    @staticmethod
    def _card_lines(card: ActionCard) -> list[tuple[str, str]]:
        if not card.open_options:
            return [(card.reason, "soft_ink")]
        cheapest = min(card.open_options, key=lambda option: option.days)
        spread = max(option.days for option in card.open_options) - cheapest.days > 0.05
        lines = [(("from " if spread else "") + cheapest.cost, "soft_ink")]
        best = next((option.gain for option in card.open_options if option.gain), "")
        if best:
            lines.append((best, "good"))
        if all(option.declines for option in card.open_options):
            lines.append(("they would decline now", "bad"))
        risky = next((mark for option in card.open_options for mark in option.cautions if "block" in mark), "")
        if risky:
            lines.append(("may be blocked", "warn"))
        return lines

    # What lies above

    def _draw_overlays(self, ui: Ui) -> None:
        if self.handover and not self.report:
            person = words.people(self.session.model, self.session.me)
            if self._sheet(
                ui,
                f"{person}: your turn",
                [
                    f"Hand over to whoever plays the {person}.",
                    "Nobody else should look at what you know about the others.",
                ],
                "I am ready",
            ):
                self.handover = False
        elif self.opening:
            level = self.session.model.level
            mine = level.communities[self.session.model.layout.communities[self.session.me]].name
            lines = [
                level.opening,
                f"You speak for {mine}. Each season you have a few days. Spend them at the right: take at once (left column), or partner (right column). "
                "Point at anything to see why it is so. Nothing is final until you end the season.",
            ]
            if self._sheet(ui, level.title, lines, "Begin"):
                self.opening = False
        elif self.report is not None and self.reading:
            self._draw_report(ui)
        if self.help:
            lines = [
                "Mouse: point to look, press to choose. Keyboard: Tab and the arrows walk, Enter or Space presses.",
                "E ends the season, U takes back, R does again, H is this help, Escape pauses. In the plan: Shift and an arrow moves an action, Delete takes it out.",
                "F11 fills the screen; Ctrl with + and - changes the size of everything.",
            ]
            if self._sheet(ui, "Help", lines, "Back to the game"):
                self.help = False
        if self.paused:
            self._draw_pause(ui)

    def _sheet(self, ui: Ui, title: str, lines: list[str], label: str) -> bool:
        """Draw a sheet above everything; return whether its button was pressed."""
        ui.cover()
        width = min(ui.px(600), ui.surface.get_width() - ui.px(40))
        inner = width - ui.px(48)
        high = ui.px(120) + sum(ui.height(line, "strong", inner) + ui.px(10) for line in lines)
        rect = pygame.Rect(0, 0, width, high)
        rect.center = ui.surface.get_rect().center
        ui.panel(rect)
        y = rect.y + ui.px(20) + ui.text(title, (rect.x + ui.px(24), rect.y + ui.px(18)), "head", bold=True) + ui.px(6)
        for line in lines:
            y += ui.text(line, (rect.x + ui.px(24), y), "strong", width=inner, inside=rect) + ui.px(10)
        button = pygame.Rect(0, 0, ui.px(200), ui.px(40))
        button.midbottom = (rect.centerx, rect.bottom - ui.px(16))
        if not ui.focus:
            ui.focus = f"sheet {title}"
        return ui.button(f"sheet {title}", button, label, True, "with_soft", "with", size="strong") or ui.pressed_key(
            pygame.K_RETURN, pygame.K_SPACE
        )

    def _draw_pause(self, ui: Ui) -> None:
        ui.cover()
        rect = pygame.Rect(0, 0, ui.px(320), ui.px(240))
        rect.center = ui.surface.get_rect().center
        ui.panel(rect)
        ui.text("Paused", (rect.centerx, rect.y + ui.px(16)), "head", bold=True, centre=True)
        for number, (name, label) in enumerate(
            (("resume", "Go on"), ("pause help", "Help"), ("leave", "Leave (the game is kept)"))
        ):
            spot = pygame.Rect(
                rect.x + ui.px(30), rect.y + ui.px(64) + number * ui.px(54), rect.width - ui.px(60), ui.px(44)
            )
            if ui.button(name, spot, label, size="strong"):
                self.paused = False
                if name == "pause help":
                    self.help = True
                elif name == "leave":
                    self.wish = "leave"

    def _draw_report(self, ui: Ui) -> None:
        """What the season brought: the ledger with its cards, to be read at leisure."""
        assert self.report is not None
        ui.cover()
        bounds = ui.surface.get_rect()
        rect = pygame.Rect(0, 0, min(ui.px(760), bounds.width - ui.px(40)), bounds.height - ui.px(60))
        rect.center = bounds.center
        ui.panel(rect)
        lines = [line for line in Story(self.session, Style(False, True)).season(self.report) if line.strip()]
        ui.text(lines[0].strip("- "), (rect.x + ui.px(24), rect.y + ui.px(14)), "head", bold=True)
        page = pygame.Rect(rect.x + ui.px(24), rect.y + ui.px(54), rect.width - ui.px(48), rect.height - ui.px(120))
        rows = [
            (part, line)
            for line in lines[1:]
            for part in wrapped(line.strip(), ui.points("body"), False, page.width - _indent(ui, line))
        ]
        step = font(ui.points("body"), False).get_linesize() + ui.px(2)
        fits = max(1, page.height // step)
        self.scroll = min(
            max(
                0,
                self.scroll
                - ui.input.wheel * 2
                + (fits if ui.pressed_key(pygame.K_PAGEDOWN) else 0)
                - (fits if ui.pressed_key(pygame.K_PAGEUP) else 0),
            ),
            max(0, len(rows) - fits),
        )
        for number, (part, line) in enumerate(rows[self.scroll : self.scroll + fits]):
            heading = not line.startswith(" ") and line.rstrip().endswith(":")
            ui.text(part, (page.x + _indent(ui, line), page.y + number * step), "body", "ink", heading, inside=page)
        if len(rows) > fits:
            note = f"{self.scroll + 1} to {min(len(rows), self.scroll + fits)} of {len(rows)} lines; the wheel or Page Down shows more"
            ui.text(note, (page.x, rect.bottom - ui.px(60)), "small", "soft_ink")
        button = pygame.Rect(rect.right - ui.px(224), rect.bottom - ui.px(54), ui.px(200), ui.px(40))
        if not ui.focus:
            ui.focus = "read"
        label = "How it ended" if self.session.over else "Next season"
        if ui.button("read", button, label, True, "with_soft", "with", size="strong") or ui.pressed_key(
            pygame.K_RETURN, pygame.K_SPACE
        ):
            self.close_report()


def _indent(ui: Ui, line: str) -> int:
    return ui.px(8) * min(4, (len(line) - len(line.lstrip())) // 2)


def pulse(clock: float) -> float:
    """Return a slow wave between 0 and 1."""
    return 0.5 + 0.5 * math.sin(clock * 2.0)
