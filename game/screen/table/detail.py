"""The panel that answers what the player points at: why ground, houses and actions are as they are."""

from __future__ import annotations

from typing import Protocol

import pygame

from game.picture.looks import LOOKS
from game.playing.shown import Data
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.kit.work_state import draw_state
from game.screen.table.cards import best_options, card_named, open_options, option_named
from game.screen.table.forecast_fan import Aside, draw_outlook
from game.screen.table.table import Table
from game.telling import words
from game.telling.say import say

DRAWN = [name for name in LOOKS if name != "water"]  # what one can see on a tile besides
METER = 72  # how long the meter of care is
SHORTLY = 4  # lines, where a thing is only pointed at
WORTH_SAYING = 0.005  # a smaller chance that somebody blocks it rounds to nothing
MOST_ANSWERS = 2  # of those who would decline: why, while a card is only pointed at
BEGINNER = 3  # seasons in which one is told how it goes


class Charts(Protocol):
    """A part of a page for the charts of what the words speak of."""

    def draw(self, table: Table, option: str = "") -> None:
        """Draw what the plan may bring, or what an option would add to it."""


def draw_detail(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """Draw what is known about the thing pointed at or being chosen."""
    ui.sheet(rect)
    inner = rect.inflate(-ui.px(20), -ui.px(16))
    kind, what = table.inspect
    card = table.card
    if card is not None:
        with Page(ui, f"choose {card['id']}", inner, keys=True) as page:
            draw_card_detail(ui, page, table, card)
        return
    with Page(ui, f"detail {kind} {what}", inner, keys=True) as page:
        draw_inspected(ui, page, table, kind, what)


def draw_inspected(ui: Ui, page: Page, table: Table, kind: str, what: object) -> None:
    """Draw all that is known about something; about nothing what is in sight and may come of the plan."""
    shown = card_named(table.fresh_cards(), what) if kind == "card" else None
    question = _question(table, kind, what)
    if shown is not None:
        _draw_card_glance(ui, page, table, shown)
    elif kind == "plan" and isinstance(what, str):
        _draw_planned(ui, page, table, what)
    elif question is not None:
        _draw_why(ui, page, table, *question)
    elif kind == "goal" and isinstance(what, int):
        _draw_goal(ui, page, table, what)
    elif kind == "dial" and isinstance(what, str):
        why = next(one["why"] for one in table.shown["dials"] if one["name"] == what)
        _draw_lines(ui, page, [say(f"dial.{what}"), say(f"dial.{what}_tip"), *why], "eye")
    else:
        _draw_idle(ui, page, table)


def draw_short(ui: Ui, page: Page, table: Table, kind: str, what: object) -> None:
    """Draw the first of what is known about something: the rest is told when it is pressed."""
    question = _question(table, kind, what)
    if question is None:
        draw_inspected(ui, page, table, kind, what)
        return
    found = table.shown.explain(question[0])
    lines = [line for line in found["lines"] if line]
    _draw_lines(ui, page, lines[:SHORTLY], found["icon"] or question[1])
    if len(lines) > SHORTLY:
        page.y += ui.text(say("detail.more"), (page.x, page.y), "small", "soft_ink", width=page.width)


def _question(table: Table, kind: str, what: object) -> tuple[Data, str] | None:
    """Return what is asked about a household, a number or ground, and the picture of its kind."""
    if kind == "household" and isinstance(what, int):
        return {"about": "household", "household": table.shown["households"][what]["id"]}, "house"
    if kind == "number" and isinstance(what, tuple):
        return {"about": "number", "stock": what[0], "household": what[1]}, "eye"
    if kind == "tile" and isinstance(what, tuple):
        return {"about": "tile", "row": what[0], "column": what[1], "drawn": DRAWN}, "grass"
    return None


def _draw_lines(ui: Ui, page: Page, lines: list[str], picture: str, colour: str = "ink") -> None:
    side = ui.px(30)
    ui.icon(picture, (page.x, page.y), 28)
    for number, line in enumerate(part for part in lines if part):
        left = side + ui.px(6) if number == 0 else 0
        if number == 0:
            high = ui.height(line, "strong", page.width - left, True)
            top = page.y + max(0, (side - high) // 2)
            page.y = max(
                page.y + side, top + ui.text(line, (page.x + left, top), "strong", colour, True, page.width - left)
            )
            page.y += ui.px(3)
            continue
        page.y += ui.text(line, (page.x, page.y), "body", width=page.width) + ui.px(3)


def _draw_why(ui: Ui, page: Page, table: Table, question: Data, picture: str) -> None:
    """Draw why something is as it is, with its icon, or `picture` where it has none."""
    found = table.shown.explain(question)
    _draw_lines(ui, page, found["lines"], found["icon"] or picture)


def _draw_idle(ui: Ui, page: Page, table: Table) -> None:
    """Nothing is pointed at: what is in sight, and for beginners how it goes."""
    shown = table.shown
    if shown["plan"]["steps"]:
        draw_outlook(ui, page, table)
        return
    lines = [words.capital(shown["level"]["season_name"])] if shown["level"]["season_name"] else []
    lines += [sign["text"] for sign in shown["signs"]]
    if shown["seasons_over"] < BEGINNER:
        lines += [say("detail.welcome_cards"), say("detail.welcome_point"), say("detail.welcome_days")]
    else:
        lines += [_fact(one) for one in shown["facts"]]
        lines.append(say("detail.point"))
    _draw_lines(ui, page, lines, "season")


def _draw_goal(ui: Ui, page: Page, table: Table, number: int) -> None:
    """Draw what a goal asks, how it stands, and what would become of it if nobody acted any more."""
    goal = table.shown["goals"][number]
    state, lines = goal["state"], [goal["plain"]]
    if state is not None:
        lines.append(
            say("side.needed_least" if state["least"] else "side.needed", now=state["now"], need=state["needed"])
        )
    if goal["needed"] > 1:
        lines.append(say("side.streak", streak=min(goal["streak"], goal["needed"]), needed=goal["needed"]))
    if goal["late"]:
        lines.append(say("side.too_late"))
    _draw_lines(ui, page, lines, goal["icon"] or "star")
    work = table.shown.stopped()
    if work.result is None:
        page.y += draw_state(ui, pygame.Rect(page.x, page.y, page.width, 0), work, say("stopped.imagining"))
        return
    about = (one["soon"] for one in work.result["numbers"] if one["stock"] and one["stock"] == goal["stock"])
    _draw_marked(ui, page, next(about, "") or work.result["goals"][number]["text"], "eye", "ink")


def _fact(one: Data) -> str:
    if one["detail"]:
        return say("detail.fact_more", title=one["title"], value=one["value"], detail=one["detail"])
    return say("detail.fact", title=one["title"], value=one["value"])


def _draw_card_glance(ui: Ui, page: Page, table: Table, card: Data) -> None:
    options = open_options(card)
    _draw_lines(ui, page, [card["name"], card["plain"]], card["icon"], card["mode"])
    if card["mode"] != "neutral":
        _draw_marked(ui, page, say(f"deck.kind_{card['mode']}"), f"power_{card['mode']}", card["mode"])
    planned = any(step["card"] == card["id"] for step in table.shown["plan"]["steps"])
    if not card["obstacle"] and len(options) == 1:
        if planned and not card["settled_anew"]:
            _draw_marked(ui, page, say("decide.planned_more"), "check", "good")
        with Aside(ui, page) as aside:
            _draw_consequences(ui, page, table, options[0], aside)
        return
    if planned and not (card["possible"] or card["settled_anew"]):
        _draw_marked(ui, page, say("decide.planned"), "check", "good")
    elif card["obstacle"]:
        _draw_marked(ui, page, card["obstacle"], "lock", "bad")
    elif options:
        # What holds for every target is told before one is chosen, as many targets push it out of sight below.
        first, *others = options
        for line in first["cautions"]:
            if all(line in option["cautions"] for option in others):
                _draw_marked(ui, page, line, "caution", "warn")
        cares = [option["care"] for option in options if option["care"] is not None]
        if cares:  # of a card with many places: what even the mildest of them calls for
            draw_care(ui, page, min(cares, key=lambda care: care["usual"]))
        _draw_agreement(ui, page, card, options)
        page.y += ui.text(say("detail.choose"), (page.x, page.y), "body", "soft_ink", width=page.width)


def _draw_agreement(ui: Ui, page: Page, card: Data, options: list[Data]) -> None:
    """Draw in a line whether those who would be asked agree, and whether somebody may stand in the way."""
    if any(option["agrees"] for option in options):
        everybody = all(option["agrees"] for option in options)
        _draw_marked(ui, page, say("deck.all_agree" if everybody else "deck.some_agree"), "check", "good")
    if all(option["declines"] for option in options):
        _draw_marked(ui, page, say("deck.decline"), "cross", "bad")
        for line in [one["text"] for one in card["answers"]][:MOST_ANSWERS]:
            _draw_marked(ui, page, line, "speech", "ink")
    chances = {option["caution"]["blocked"] if option["caution"] else 0.0 for option in options}
    if len(chances) > 1 and max(chances) > WORTH_SAYING:  # the same for all is told above
        _draw_marked(ui, page, say("deck.may_be_blocked"), "lock", "warn")


def _draw_planned(ui: Ui, page: Page, table: Table, name: str) -> None:
    """An action that is in the plan, and what those who are asked would say by then."""
    step = next((one for one in table.shown["plan"]["steps"] if one["option"] == name), None)
    planned = step or option_named(table.fresh_cards(), name)
    card = card_named(table.fresh_cards(), planned["card"]) if planned else None
    if planned is None or card is None:
        return
    with Aside(ui, page) as aside:
        _draw_lines(ui, page, [planned["name"], card["plain"]], card["icon"], card["mode"])
        if step is not None:
            _draw_answers(ui, page, step)
        aside.draw(table)


def _draw_answers(ui: Ui, page: Page, step: Data) -> None:
    """Draw what stands in the way of a planned action by then, and what those who are asked would say."""
    if step["obstacle"]:
        _draw_marked(ui, page, step["obstacle"], "cross", "bad")
    if step["meanwhile"]:
        _draw_marked(ui, page, step["meanwhile"], "hands", "warn")
    for line in step["answers"]:
        _draw_marked(ui, page, line, "speech", "ink")


def _draw_marked(ui: Ui, page: Page, line: str, picture: str, colour: str) -> None:
    """Draw a line with an icon before it, so that its colour is not all that tells."""
    left = ui.px(23)
    ui.icon(picture, (page.x, page.y + ui.px(1)), 17)
    text = f"{line[:1].upper()}{line[1:]}"
    page.y += ui.text(text, (page.x + left, page.y), "body", colour, width=page.width - left) + ui.px(3)


def draw_card_detail(ui: Ui, page: Page, table: Table, card: Data) -> None:
    """Draw the targets of an action as buttons, and what the one pointed at costs and brings."""
    with Aside(ui, page) as aside:
        _draw_choice(ui, page, table, card, aside)


def _draw_choice(ui: Ui, page: Page, table: Table, card: Data, aside: Aside) -> None:
    draw_chosen(ui, page, table, card, draw_choosing(ui, page, table, card), aside)


def draw_choosing(ui: Ui, page: Page, table: Table, card: Data) -> Data | None:
    """Draw a card and the targets of its action as buttons; return the one pointed at, else the first that is open."""
    back = pygame.Rect(page.x + page.width - ui.px(70), page.y, ui.px(70), ui.px(28))
    ui.icon(card["icon"], (page.x, page.y), 28)
    head = pygame.Rect(page.x + ui.px(36), page.y, page.width - ui.px(112), ui.px(28))
    ui.label(card["name"], head, "strong", card["mode"], True)
    if ui.button("back", back, say("detail.back"), size="small", tip=say("key.escape")):
        table.selected = ""
    page.y += ui.px(31)
    if card["terms"] is None:
        page.y += ui.text(card["plain"], (page.x, page.y), "small", width=page.width) + ui.px(4)
    else:
        _draw_terms(ui, page, table, card)
    options = open_options(card)
    if len(card["options"]) > 1 and card["terms"] is None:
        page.y += ui.text(_where(card), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(3)
    shown = _draw_options(ui, page, table, card)
    return shown or next(iter([*(best_options(card) if card["crowded"] else ()), *options]), None)


def draw_chosen(ui: Ui, page: Page, table: Table, card: Data, shown: Data | None, aside: Charts) -> None:
    """Draw what a target costs and brings, or what stands in its way."""
    if shown is None or shown["obstacle"]:
        _draw_marked(ui, page, shown["obstacle"] if shown else card["obstacle"], "lock", "bad")
    else:
        _draw_consequences(ui, page, table, shown, aside)


def _draw_terms(ui: Ui, page: Page, table: Table, card: Data) -> None:
    """Draw what an offer leaves open: the amounts side by side, and who would agree at which."""
    terms, amounts = card["terms"], card["terms"]["amounts"]
    told = say("terms.then", plain=terms["plain"]) if card["options"] else terms["plain"]
    page.y += ui.text(told, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(2)
    x, high = page.x, ui.px(28)
    wide = min((page.width - ui.px(5) * (len(amounts) - 1)) // len(amounts), ui.px(120))
    for place, one in enumerate(amounts):
        fill, edge, ink = (card["mode"], card["mode"], "panel") if one["chosen"] else ("panel", "panel_edge", "ink")
        rect = pygame.Rect(x, page.y, wide, high)
        told = say("terms.button", amount=one["text"], said=one["answer"])
        if ui.button(
            f"terms {place}", rect, told, True, fill, edge, ink, size="small", tip="" if one["chosen"] else one["told"]
        ):
            table.shown.decide({"do": "terms", "card": card["id"], "amount": one["value"]})
        x += wide + ui.px(5)
    page.y += high + ui.px(5)
    told = next((one["told"] for one in amounts if one["chosen"]), "")
    if told:  # beside the pointer it would lie over the buttons that are pressed next
        page.y += ui.text(told, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(3)


def _where(card: Data) -> str:
    """Return how a target is chosen: on the board where there are many."""
    options = open_options(card)
    if card["crowded"]:
        differ = len({option["worth"] for option in options}) > 1
        return say("detail.where_on_board", which=say("detail.most" if differ else "detail.near"))
    ground = any(option["tiles"] is not None for option in options)
    return say("detail.where" if ground else "detail.to_whom")


def _label(card: Data, option: Data) -> str:
    """Return what stands on the button of a target: where many places share a name, also what it would bring."""
    told = (option["gain"] or option["moves"]) if card["crowded"] else ""
    if told:
        return say("detail.option", target=option["place"], brings=told)
    if card["terms"] is not None and option["place"]:
        return say("detail.ask", who=option["place"])
    return option["place"] or say("detail.do_it")


def _draw_options(ui: Ui, page: Page, table: Table, card: Data) -> Data | None:
    x, high = page.x, ui.px(28)
    shown: Data | None = None
    for option in best_options(card) if card["crowded"] else card["options"]:
        label = _label(card, option)
        wide = min(page.width, ui.width(label, "small", True) + ui.px(26))
        if x + wide > page.x + page.width:
            x, page.y = page.x, page.y + high + ui.px(6)
        rect = pygame.Rect(x, page.y, wide, high)
        name, looks, obstacle = f"option {option['id']}", (f"{card['mode']}_soft", card["mode"]), option["obstacle"]
        if ui.button(name, rect, label, not obstacle, *looks, size="small", tip=obstacle):
            table.choose(option)
            break
        if obstacle and ui.hovered(rect) and ui.input.pressed:
            table.notice = say("decide.not_possible", card=option["place"] or card["name"], reason=obstacle.rstrip("."))
        if ui.hovered(rect) or ui.has_focus(name):
            shown = option
            table.inspect = ("option", option["id"])
        x += wide + ui.px(7)
    page.y += high + ui.px(8)
    if shown is None and table.inspect[0] == "option":
        shown = next((one for one in open_options(card) if one["id"] == table.inspect[1]), None)
    if shown is None and table.inspect[0] == "tile" and isinstance(table.inspect[1], tuple):
        shown = table.option_at(table.inspect[1])
    return shown


def _draw_consequences(ui: Ui, page: Page, table: Table, option: Data, aside: Charts) -> None:
    at = option["place"]
    parts = [
        say("detail.costs_at", price=option["price"], target=at) if at else say("detail.costs", price=option["price"])
    ]
    if option["gain"]:
        parts.append(say("detail.promises", gain=option["gain"]))
    elif option["helps"]:
        parts.append(say("detail.helps", helps=words.joined(option["helps"].split(", "))))
    if option["moves"]:
        parts.append(say("detail.moves", moves=option["moves"]))
    _draw_marked(ui, page, ", ".join(parts) + ".", "sun", "ink")
    if option["meanwhile"]:
        _draw_marked(ui, page, option["meanwhile"], "hands", "warn")
    for line in option["answers"]:
        _draw_marked(ui, page, line, "speech", "ink")
    if option["care"] is not None:
        draw_care(ui, page, option["care"])
    for line in option["cautions"]:
        _draw_marked(ui, page, line, "caution", "warn")
    plan = table.shown["plan"]
    if len(plan["steps"]) < plan["most"]:
        aside.draw(table, option["id"])


def draw_care(ui: Ui, page: Page, care: Data) -> None:
    """Draw how much care an action calls for: a meter from 0 to 1, a mark where it would stand by itself, and why."""
    if care["harmless"]:
        return
    left = ui.px(23)
    rect = pygame.Rect(page.x + left, page.y + ui.px(5), ui.px(METER), ui.px(10))
    ui.icon("caution", (page.x, page.y + ui.px(1)), 17)
    ui.bar(rect, care["now"], "warn")
    if care["changed"]:
        at = rect.x + round(rect.width * care["usual"])
        pygame.draw.line(ui.surface, ui.colours["ink"], (at, rect.top - ui.px(3)), (at, rect.bottom + ui.px(2)), 2)
    first, *by_itself = care["lines"]
    x = rect.right + ui.px(8)
    page.y += ui.text(first, (x, page.y), "body", "warn", True, page.x + page.width - x) + ui.px(3)
    for line in by_itself:
        page.y += ui.text(line, (page.x + left, page.y), "small", "soft_ink", width=page.width - left) + ui.px(3)
    for line in care["notes"]:
        _draw_marked(ui, page, line, "eye", "good")
    for line in care["reasons"]:
        _draw_marked(ui, page, line, "caution", "warn")
