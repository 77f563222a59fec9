"""The panel that answers what the player points at: why ground, houses and actions are as they are."""

from __future__ import annotations

import numpy as np
import pygame

from game.insight.accounts import Place, why_flows
from game.insight.roles import watched
from game.insight.vigilance import HARMLESS
from game.insight.watchfulness import Care, care_lines
from game.picture.looks import LOOKS
from game.playing.cards import ActionCard, Option
from game.playing.households import Household, household, want_words
from game.playing.motives import motive_of
from game.playing.numbers import account_lines, why_number
from game.playing.standing import signs
from game.playing.terms import answer_in_short, who_agrees
from game.screen.kit.page import Page
from game.screen.kit.ui import Ui
from game.screen.table.forecast_fan import Aside, draw_outlook
from game.screen.table.table import Table
from game.sim.actions import SLOTS
from game.telling import words
from game.telling.say import say

FIRST = "After the first season you see here what fed it and what drained it."
MOST, NEAR = "Most now:", "For example:"  # what is said before the few places that have buttons
METER = 72  # how long the meter of care is
LEAST_TOLD = 0.05  # of its full measure: less of a thing on a tile is not worth a word
WELCOME = (
    "What you can do is on the cards, what you chose is in your plan.",
    "Point at anything to see why it is so: the ground, a house, an action.",
    "Choose actions until your days are spent, or keep a day for rest. Then end the season.",
)


def draw_detail(ui: Ui, rect: pygame.Rect, table: Table) -> None:
    """Draw what is known about the thing pointed at or being chosen."""
    ui.sheet(rect)
    inner = rect.inflate(-ui.px(20), -ui.px(16))
    kind, what = table.inspect
    card = table.card
    if card is not None:
        with Page(ui, f"choose {card.name}", inner, keys=True) as page:
            draw_card_detail(ui, page, table, card)
        return
    with Page(ui, f"detail {kind} {what}", inner, keys=True) as page:
        shown = next((one for one in table.cards if kind == "card" and one.name == what), None)
        if shown is not None:
            _draw_card_glance(ui, page, table, shown)
        elif kind == "plan" and isinstance(what, int):
            _draw_planned(ui, page, table, what)
        elif kind == "household" and isinstance(what, int):
            _draw_lines(ui, page, household_lines(table, what), "house")
        elif kind == "number" and isinstance(what, tuple):
            picture = table.session.model.level.stocks[what[0]].icon or "eye"
            _draw_lines(ui, page, _why_number(table, *what), picture)
        elif kind == "tile" and isinstance(what, tuple):
            stock = stock_at(table, what)
            picture = table.session.model.level.stocks[stock].icon if stock else ""
            _draw_lines(ui, page, tile_lines(table, what), picture or "grass")
        else:
            _draw_idle(ui, page, table)


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


def _why_number(table: Table, stock: str, community: int | None) -> list[str]:
    """Return why a number is what it is; worked out once a season, drawn in every frame."""
    key = (table.session.world.season, table.session.seat, stock)
    if table.why_kept is None or table.why_kept[0] != key:
        table.why_kept = (key, why_number(table.session, stock, community))
    return table.why_kept[1]


def _draw_idle(ui: Ui, page: Page, table: Table) -> None:
    """Nothing is pointed at: what is in sight, and for beginners how it goes."""
    if table.session.plan:
        draw_outlook(ui, page, table, table.session.plan, whole=True)
        return
    season = min(table.session.world.season + 1, table.session.model.seasons)
    name = words.season_name(season)
    lines = [f"{name[:1].upper()}{name[1:]}"]
    lines += [sign.text for sign in signs(table.session)]
    if table.session.world.season < 3:
        lines += list(WELCOME)
    else:
        lines += [f"{one.title}: {one.value}{f' ({one.detail})' if one.detail else ''}." for one in table.facts()]
        lines.append("Point at anything to see why it is so.")
    _draw_lines(ui, page, lines, "season")


def _draw_card_glance(ui: Ui, page: Page, table: Table, card: ActionCard) -> None:
    if not card.reason and len(card.open_options) == 1:
        with Aside(ui, page) as aside:
            _draw_lines(ui, page, [card.title, card.plain], card.icon, card.mode)
            _draw_consequences(ui, page, table, card.open_options[0], aside)
        return
    _draw_lines(ui, page, [card.title, card.plain], card.icon, card.mode)
    if card.reason and any(table.session.model.candidates[one].action == card.name for one in table.session.plan):
        _draw_marked(ui, page, say("decide.planned"), "check", "good")
    elif card.reason:
        _draw_marked(ui, page, card.reason, "lock", "bad")
    elif card.open_options:
        # What holds for every target is told before one is chosen, as many targets push it out of sight below.
        first, *others = card.open_options
        for line in first.cautions:
            if all(line in option.cautions for option in others):
                _draw_marked(ui, page, line, "caution", "warn")
        cares = [option.care for option in (first, *others) if option.care is not None]
        if cares:  # of a card with many places: what even the mildest of them calls for
            draw_care(ui, page, min(cares, key=lambda care: care.usual))
        page.y += ui.text("Press to choose the target.", (page.x, page.y), "body", "soft_ink", width=page.width)


def _draw_planned(ui: Ui, page: Page, table: Table, index: int) -> None:
    """An action that is in the plan, and what those who are asked would say by then."""
    model = table.session.model
    candidate = model.candidates[index]
    card = next((one for one in table.cards if one.name == candidate.action), None)
    if card is None:
        return
    with Aside(ui, page) as aside:
        _draw_lines(ui, page, [words.action_name(model, candidate, True), card.plain], card.icon, card.mode)
        _draw_answers(ui, page, table, index)
        aside.draw(table, table.session.plan, whole=True)


def _draw_answers(ui: Ui, page: Page, table: Table, index: int) -> None:
    """Draw what stands in the way of a planned action by then, and what those who are asked would say."""
    model = table.session.model
    for step in table.session.preview().steps:
        if step.candidate == index:
            if step.obstacle:
                _draw_marked(ui, page, words.obstacle(model, step.obstacle), "cross", "bad")
            for line in words.answers(model, step.answers, True):
                _draw_marked(ui, page, line, "speech", "ink")
            break


def _draw_marked(ui: Ui, page: Page, line: str, picture: str, colour: str) -> None:
    """Draw a line with an icon before it, so that its colour is not all that tells."""
    left = ui.px(23)
    ui.icon(picture, (page.x, page.y + ui.px(1)), 17)
    text = f"{line[:1].upper()}{line[1:]}"
    page.y += ui.text(text, (page.x + left, page.y), "body", colour, width=page.width - left) + ui.px(3)


def draw_card_detail(ui: Ui, page: Page, table: Table, card: ActionCard) -> None:
    """Draw the targets of an action as buttons, and what the one pointed at costs and brings."""
    with Aside(ui, page) as aside:
        _draw_choice(ui, page, table, card, aside)


def _draw_choice(ui: Ui, page: Page, table: Table, card: ActionCard, aside: Aside) -> None:
    back = pygame.Rect(page.x + page.width - ui.px(70), page.y, ui.px(70), ui.px(28))
    ui.icon(card.icon, (page.x, page.y), 28)
    ui.label(
        card.title,
        pygame.Rect(page.x + ui.px(36), page.y, page.width - ui.px(112), ui.px(28)),
        "strong",
        card.mode,
        True,
    )
    if ui.button("back", back, "Back", size="small", tip="Key: Escape"):
        table.selected = ""
    page.y += ui.px(34)
    if not card.amounts:
        page.y += ui.text(card.plain, (page.x, page.y), "body", width=page.width) + ui.px(4)
    else:
        _draw_terms(ui, page, table, card)
    if len(card.open_options) > 1:
        page.y += ui.text(_where(table, card), (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(3)
    shown = _draw_options(ui, page, table, card)
    shown = shown or next((one for one in card.best if card.crowded), next((one for one in card.open_options), None))
    if shown is None or shown.obstacle:
        _draw_marked(ui, page, shown.obstacle if shown else card.reason, "lock", "bad")
    else:
        _draw_consequences(ui, page, table, shown, aside)


def _draw_terms(ui: Ui, page: Page, table: Table, card: ActionCard) -> None:
    """Draw what an offer leaves open: the amounts side by side, and who would agree at which."""
    page.y += ui.text(card.open_term, (page.x, page.y), "small", "soft_ink", width=page.width) + ui.px(3)
    x, high = page.x, ui.px(30)
    wide = min((page.width - ui.px(5) * (len(card.amounts) - 1)) // len(card.amounts), ui.px(120))
    model = table.session.model
    for place, one in enumerate(card.amounts):
        looks = (card.mode, card.mode, "panel") if one.chosen else ("panel", "panel_edge", "ink")
        rect = pygame.Rect(x, page.y, wide, high)
        told = say("terms.button", amount=one.text, said=answer_in_short(one))
        if ui.button(f"terms {place}", rect, told, True, *looks, size="small", tip=who_agrees(model, one)):
            table.session.set_terms(card.name, one.value)
        x += wide + ui.px(5)
    page.y += high + ui.px(8)


def _where(table: Table, card: ActionCard) -> str:
    """Return how a target is chosen: on the board where there are many."""
    if card.crowded:
        differ = len({round(option.worth, 3) for option in card.open_options}) > 1
        return f"Where? Press a place on the board, by mouse or with arrows and Enter. {MOST if differ else NEAR}"
    ground = any(table.session.model.candidates[one.candidate].tiles is not None for one in card.open_options)
    return f"{'Where' if ground else 'With or to whom'}? Choose here, or on the board."


def _label(card: ActionCard, option: Option) -> str:
    """Return what stands on the button of a target: where many places share a name, also what it would bring."""
    told = (option.gain or option.moves) if card.crowded else ""
    return f"{option.label}: {told}" if told else option.label or "Do it"


def _draw_options(ui: Ui, page: Page, table: Table, card: ActionCard) -> Option | None:
    x, high = page.x, ui.px(32)
    shown: Option | None = None
    for option in card.best if card.crowded else card.options:
        label = _label(card, option)
        wide = min(page.width, ui.width(label, "body", True) + ui.px(30))
        if x + wide > page.x + page.width:
            x, page.y = page.x, page.y + high + ui.px(7)
        rect = pygame.Rect(x, page.y, wide, high)
        name = f"option {option.candidate}"
        if ui.button(name, rect, label, not option.obstacle, f"{card.mode}_soft", card.mode, tip=option.obstacle):
            table.choose(option)
            break
        if ui.hovered(rect) or ui.has_focus(name):
            shown = option
            table.inspect = ("option", option.candidate)
        x += wide + ui.px(7)
    page.y += high + ui.px(8)
    if shown is None and table.inspect[0] == "option":
        shown = next((one for one in card.open_options if one.candidate == table.inspect[1]), None)
    if shown is None and table.inspect[0] == "tile" and isinstance(table.inspect[1], tuple):
        shown = table.option_at(table.inspect[1])
    return shown


def _draw_consequences(ui: Ui, page: Page, table: Table, option: Option, aside: Aside) -> None:
    parts = [f"Costs {option.cost}" + (f" ({option.label})" if option.label else "")]
    if option.gain:
        parts.append(f"promises {option.gain} next season")
    elif option.helps:
        parts.append(f"helps {option.helps.replace(', ', ' and ')}")
    if option.moves:
        parts.append(f"{option.moves} at once")
    _draw_marked(ui, page, ", ".join(parts) + ".", "sun", "ink")
    for line in option.answers:
        _draw_marked(ui, page, line, "speech", "ink")
    if option.care is not None:
        draw_care(ui, page, option.care)
    for line in option.cautions:
        _draw_marked(ui, page, line, "caution", "warn")
    plan = table.session.plan
    if len(plan) < SLOTS:
        aside.draw(table, (*plan, option.candidate), plan)


def draw_care(ui: Ui, page: Page, care: Care) -> None:
    """Draw how much care an action calls for: a meter from 0 to 1, a mark where it would stand by itself, and why."""
    if care.usual < HARMLESS:
        return
    left = ui.px(23)
    rect = pygame.Rect(page.x + left, page.y + ui.px(5), ui.px(METER), ui.px(10))
    ui.icon("caution", (page.x, page.y + ui.px(1)), 17)
    ui.bar(rect, care.now, "warn")
    if care.changed:
        at = rect.x + round(rect.width * care.usual)
        pygame.draw.line(ui.surface, ui.colours["ink"], (at, rect.top - ui.px(3)), (at, rect.bottom + ui.px(2)), 2)
    first, *by_itself = care_lines(care)
    x = rect.right + ui.px(8)
    page.y += ui.text(first, (x, page.y), "body", "warn", True, page.x + page.width - x) + ui.px(3)
    for line in by_itself:
        page.y += ui.text(line, (page.x + left, page.y), "small", "soft_ink", width=page.width - left) + ui.px(3)
    for line in care.notes:
        _draw_marked(ui, page, line, "eye", "good")
    for line in care.sentences:
        _draw_marked(ui, page, line, "caution", "warn")


def stock_at(table: Table, tile: tuple[int, int]) -> str | None:
    """Return the stock that matters most on a tile: what goals speak of, else what the land is known for."""
    session = table.session
    model, roles = session.model, session.roles
    found = [name for name in watched(model, roles) if model.stocks[name].place == "tile"]
    found += [roles.living] if roles.living else []
    return next((name for name in found if model.stocks[name].live[0, 0, tile[0], tile[1], 0]), None)


def tile_lines(table: Table, tile: tuple[int, int]) -> list[str]:
    """Return why the ground at a tile is as it is: what grows, who takes, how long it lasts."""
    session = table.session
    model, world, name = session.model, session.world, stock_at(table, tile)
    row, column = tile
    ground = model.layout.terrain_yx[row][column]
    if name is None:
        spec = model.level.terrains[ground]
        return [spec.name or ground.replace("_", " ").capitalize(), spec.plain]
    # One tile alone trembles; its neighbourhood tells more.
    mask = np.zeros_like(model.stocks[name].live)
    mask[:, :, max(0, row - 2) : row + 3, max(0, column - 2) : column + 3] = 1.0
    mask *= model.stocks[name].live
    account = why_flows(model, world, name, Place(tiles=mask))
    held = words.land_text(model, name, account.held / max(1.0, float(mask.sum())))
    lines = [f"{words.stock_word(model, name).capitalize()} around here: {held}"]
    lines += account_lines(model, account) if world.season else [model.level.stocks[name].plain, FIRST]
    if account.bare_in and world.season:
        low, high = account.bare_in
        when = words.count(low, "season") if low == high else f"{low} to {high} seasons"
        lines.append(f"At this pace {'bare' if name == session.roles.living else 'gone'} in {when}.")
    lines.append(_besides(table, tile, name))
    users = [
        words.people(model, index)
        for index in range(len(model.layout.communities))
        if world.uses[index, 0, row, column, 0] > 0
    ]
    lines.append(f"Used by {words.joined(users)}." if users else "Used by nobody.")
    return lines


def _besides(table: Table, tile: tuple[int, int], known: str) -> str:
    """Return what else there is on a tile, of that which has a picture of its own."""
    model, world = table.session.model, table.session.world
    parts = []
    for name in LOOKS:
        if name in (known, "water") or name not in model.stocks or model.stocks[name].place != "tile":
            continue
        plan = model.stocks[name]
        value = float(world.stock[name][0, 0, tile[0], tile[1], 0])
        if plan.live[0, 0, tile[0], tile[1], 0] and value >= LEAST_TOLD * plan.high:
            parts.append(f"{words.stock_word(model, name)} {words.land_text(model, name, value)}")
    return f"On this spot: {', '.join(parts)}." if parts else ""


def household_lines(table: Table, other: int) -> list[str]:
    """Return what is known of a household: what it has, how it feels, what it is part of."""
    model, found = table.session.model, household(table.session, other)
    have = [words.counted(model, _told(model.level.stocks[name].kind, amount), name) for name, amount in found.has]
    lines = [
        found.name + (" (you)" if found.mine else ""),
        f"{found.people:g} people. {'You' if found.mine else 'They'} have {words.joined(have)}."
        if have
        else model.level.communities[model.layout.communities[other]].plain,
    ]
    lines += [] if found.mine else _neighbour_lines(found)
    moved = None if found.mine else motive_of(table.session, other)
    lines += [] if moved is None else [*moved.did, *moved.change]
    agreed = [model.actions[name].spec.name or name for name in found.agreements]
    return lines + ([f"In: {', '.join(agreed)}."] if agreed else [])


def _told(kind: str, value: float) -> float:
    """Return a number as it is told: nobody has a tenth of a cow."""
    return round(value) if kind == "state" else value


def _neighbour_lines(found: Household) -> list[str]:
    lines = [f"Mood: {found.mood}."] if found.mood else []
    if found.need is not None:
        lines.append(want_words(found.need))
    if found.trust is not None and found.trusted is not None:
        lines.append(f"They trust you {words.percent(found.trust)}, you trust them {words.percent(found.trusted)}.")
    return lines
