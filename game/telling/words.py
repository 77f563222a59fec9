"""Numbers and names in the words of players; every sign in a sentence comes from the number itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from game.insight.readings import Change, places_of
from game.insight.reasons import TERM, WRONGS, Caution, Obstacle
from game.sim.effect_plans import MoveEffect
from game.sim.model import Model
from game.sim.plans import Candidate, EventPlan
from game.sim.units_told import SHARE, in_hundredths, told_unit, unit_of
from game.telling.say import say, turns_now

SEASONS = (say("word.spring"), say("word.summer"), say("word.autumn"), say("word.winter"))
SENTENCE_END = re.compile(r"(?<=[.!?]) ")
ARTICLE = "The "  # begins the name of a household that takes an article; other names are told as they are
AGGRIEVED = 0.33  # of grievance: from here on there is something to put right; levels let people make amends from it on
MOODS = (
    (0.1, say("word.at_peace")),
    (AGGRIEVED, say("word.uneasy")),
    (0.45, say("word.aggrieved")),
    (0.6, say("word.bitter")),
    (9.0, say("word.furious")),
)


def count(number: float, one: str, many: str = "") -> str:
    """Return `1 day`, `2.4 days`."""
    text = f"{number:.1f}".removesuffix(".0")
    return f"{text} {one if text == '1' else many or one + 's'}"


def days(number: float) -> str:
    """Return a number of days."""
    return count(number, "day")


def capital(text: str) -> str:
    """Return a text with a capital at its start."""
    return text[:1].upper() + text[1:]


def beginning(text: str, most: int) -> str:
    """Return the first sentences of a text, `most` words together but one sentence at least, with `…` for the rest."""
    sentences = SENTENCE_END.split(text)
    count = 1
    while count < len(sentences) and len(" ".join(sentences[: count + 1]).split()) <= most:
        count += 1
    return " ".join(sentences[:count]) + (" …" if count < len(sentences) else "")


def joined(parts: Sequence[str]) -> str:
    """Return `a, b and c`."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    return say("word.and", first=", ".join(parts[:-1]), last=parts[-1])


def people(model: Model, community: int) -> str:
    """Return the name of a community without its article: `Birches`."""
    return whole_name(model, community).removeprefix(ARTICLE)


def the_people(model: Model, community: int) -> str:
    """Return a community in the middle of a sentence: `the Birches`, or `Class 8b`, whose name has no article."""
    return within(whole_name(model, community))


def whole_name(model: Model, community: int) -> str:
    """Return the name of a community as its level writes it: `The Birches`."""
    return model.level.communities[model.layout.communities[community]].name


def whose(model: Model, community: int, me: int) -> str:
    """Return `your`, `the Birches'` or `Class 8b's`."""
    if community == me:
        return say("word.your")
    name = the_people(model, community)
    return say("word.whose_s" if name.endswith("s") else "word.whose", who=name)


def letter(model: Model, community: int) -> str:
    """Return what stands for a community on the board: the badge that its level gives it, else a capital letter."""
    badges = [model.level.communities[name].badge for name in model.layout.communities]
    taken: list[str] = []
    for name, badge in zip(model.layout.communities[: community + 1], badges, strict=False):
        letters = [sign.upper() for sign in name if sign.isalpha()]
        free = next((sign for sign in letters if sign not in taken and sign not in badges), str(len(taken) % 10))
        taken.append(badge or free)
    return taken[community]


def stock_word(model: Model, name: str) -> str:
    """Return what players call a stock, auxiliary, flow or word of the rules."""
    if name in model.level.stocks:
        return model.level.stocks[name].name.lower() or name.replace("_", " ")
    if name in model.level.auxiliaries:
        return model.level.auxiliaries[name].name.lower() or name.replace("_", " ")
    if name in model.level.flows:
        return model.level.flows[name].name.lower() or name.replace("_", " ")
    told = {"fits": say("word.does_not_fit"), WRONGS: say("word.wrongs"), TERM: say("word.offered")}
    return told.get(name, name.replace("_", " "))


def within(name: str) -> str:
    """Return the name of a household in the middle of a sentence: `the Alders` of `The Alders`; `Class 8b` stays."""
    return say("word.the", who=name.removeprefix(ARTICLE)) if name.startswith(ARTICLE) else name


def amount(value: float, unit: str, percents: bool = False) -> str:
    """Return a value with its unit: `14.2 t`, `9 animals`, `0.28`; with `percents` a share as `28 %`.

    The unit is one of `unit_of`: "" is that of a number, which is no share.
    Small numbers keep their first digit: `0.02 t`, `3 kg`, `210 g`, `0.003`.
    """
    if unit == SHARE:
        return percent(value) if percents else _two_digits(value)
    if not unit and abs(value) < 1.0:
        return _two_digits(value) if value else "0"
    if unit == "days":
        return days(value)
    size = abs(value)
    if unit == "t" and 0.0005 <= size < 0.005:
        return f"{1000 * value:.0f} kg"
    if unit == "kg" and 0.0005 <= size < 0.95:
        return f"{1000 * value:.0f} g"
    text = f"{value:.0f}" if size >= 100 else f"{value:.2f}" if 0.005 <= size < 0.05 else f"{value:.1f}"
    text = text.removesuffix(".0")
    if not unit:
        return text
    return f"{text} {unit[:-1] if text == '1' and len(unit) > 3 and unit.endswith('s') else unit}"


def _two_digits(value: float) -> str:
    return f"{value:.2f}" if abs(value) >= 0.005 or abs(value) < 0.0005 else f"{value:.1g}"


def held(model: Model, stock: str, value: float, percents: bool = False) -> str:
    """Return how much there is of a stock, its name first unless its unit says it: `hay 14 t`, `9 hives`."""
    text, word = amount(value, unit_of(model, stock), percents), stock_word(model, stock)
    return text if says_it(model, stock) else say("word.held", stock=word, amount=text)


def says_it(model: Model, stock: str) -> bool:
    """Return whether the unit of a stock is its name: `2 coins` are not `2 coins coins`."""
    return model.level.stocks[stock].unit == stock_word(model, stock)


def beside(word: str, told: str) -> str:
    """Return an amount as it is told beside the word for what it is of, without a unit that the word says already.

    `your coins` are `-0.6` and not `-0.6 coins`; `hay` stays `+4.1 t`.
    """
    number, _, unit = told.partition(" ")
    named = word.split()
    return number if unit and (unit in named or f"{unit}s" in named) else told


def from_to(before: float, now: float, unit: str, percents: bool = False) -> tuple[str, str]:
    """Return two values of one thing; the first without its unit, unless it is told in another: `1.2 kg`, `807 g`."""
    first, last = amount(before, unit, percents), amount(now, unit, percents)
    one, two = first.partition(" ")[2], last.partition(" ")[2]
    return (first if one != two and {one, two} & {"g", "kg", "t"} else first.partition(" ")[0]), last


def step(before: str, now: str) -> str:
    """Return by how much one number differs from another as both are told, so that they add up: `-6`, `+0.5`.

    Nothing for numbers that are told in different units.
    """
    (one, _, unit), (two, _, other) = before.partition(" "), now.partition(" ")
    return _difference(two, one) if unit == other else ""


def _difference(number: str, less: str) -> str:
    digits = max(len(text.partition(".")[2]) for text in (number, less))
    return f"{float(number) - float(less) + 0.0:+.{digits}f}"


def together(values: Sequence[float], unit: str) -> str:
    """Return the sum of changes, so that it adds up with them as they are told: `+4.1 t` and `-6.9 t` make `-2.8 t`."""
    told = [signed(value, unit).partition(" ") for value in values]
    if len({said in ("g", "kg", "t") and said for _, _, said in told}) > 1:
        return signed(sum(values), unit)  # told in several units
    return signed(round(sum(float(number) for number, _, _ in told), 2) + 0.0, unit)


def signed(value: float, unit: str, percents: bool = False) -> str:
    """Return a change with its sign: `+1.3 t`, `-0.06`; with `percents` a share as `-6 %`."""
    return ("+" if value >= 0 else "-") + amount(abs(value), unit, percents)


def percent(share: float) -> str:
    """Return a share as `58 %`, a small one as `0.3 %`."""
    size = abs(100 * share)
    return f"{100 * share:.1g} %" if 0.05 <= size < 0.95 else f"{100 * share:.0f} %"


def odds(chance: float) -> str:
    """Return a chance as `1 in 3`: whatever is said beside it, one word for it cannot contradict another."""
    if chance >= 0.95:
        return say("word.almost_sure")
    if chance > 0.55:
        return say("word.odds_of_ten", times=round(10 * chance))
    return say("word.odds", among=max(2, round(1 / max(chance, 0.01))))


def turns(number: float, more: bool = False) -> str:
    """Return `3 seasons`, with `more` `3 more seasons`; in the word that the level has for them."""
    named = turns_now()
    one, many = (say("word.one_season"), say("word.many_seasons")) if named is None else (named.name, named.several)
    before = say("word.more_of") + " " if more else ""
    return count(number, f"{before}{one}", f"{before}{many}")


def season_name(season: int) -> str:
    """Return the time of the year of a season counted from 1: `summer of year 2`.

    Turns that have a name of their own are told by their number: `year 2`
    where so many make a year, else nothing.
    """
    named = turns_now()
    if named is None:
        return say("word.season_of_year", season=SEASONS[(season - 1) % 4], year=(season - 1) // 4 + 1)
    return say("word.year", year=(season - 1) // named.year + 1) if named.year else ""


def mood(grievance: float) -> str:
    """Return how wronged people feel, in a word."""
    return next(word for bound, word in MOODS if grievance < bound)


def kind_name(model: Model, action: str) -> str:
    """Return what players call an action, whatever its target: `Ask and listen`."""
    return model.actions[action].spec.name or action.replace("_", " ").capitalize()


def event_name(event: EventPlan) -> str:
    """Return what an event is called."""
    return event.spec.name or event.name.replace("_", " ").capitalize()


def action_name(model: Model, candidate: Candidate, on_board: bool = False) -> str:
    """Return `Ask and listen (Birches)`; `on_board` says `north west` where the terminal says `a1`."""
    name = kind_name(model, candidate.action)
    where = place_name(model, candidate) if on_board else target_name(model, candidate)
    told = [part for part in (where, _offered(model, candidate)) if part]
    return f"{name} ({', '.join(told)})" if told else name


def _offered(model: Model, candidate: Candidate) -> str:
    """Return what an offer is about where it names an amount: `1.5 t`."""
    if candidate.amount is None:
        return ""
    plan = model.actions[candidate.action]
    term = plan.spec.terms[plan.term]
    return amount(candidate.amount, told_unit(term.unit, term.low, term.high), percents=True)


def target_name(model: Model, candidate: Candidate) -> str:
    """Return the target of a candidate where players choose it: a community or a plot; else ""."""
    if candidate.target < 0:
        return ""
    return candidate.label if candidate.tiles is not None else people(model, candidate.target)


def about_you(model: Model, candidate: Candidate) -> str:
    """Return what an action is to the reader who is its target: `from you`, `to you`, `yours`, or `you`."""
    plan = model.actions[candidate.action]
    moves = [effect for effect in plan.now if isinstance(effect, MoveEffect)]
    if any(effect.source[1] == ("target",) for effect in moves):
        return say("word.from_you")
    if any(effect.target[1] == ("target",) for effect in moves):
        return say("word.to_you")
    return say("word.yours" if say("word.their") in kind_name(model, plan.name).split() else "word.you")


def place_name(model: Model, candidate: Candidate) -> str:
    """Return the target of a candidate for people who see the board: a community, or where on the map a plot lies."""
    if candidate.target < 0 or candidate.tiles is None:
        return target_name(model, candidate)
    plots = (one for one in model.candidates if one.action == candidate.action and one.tiles is not None)
    corners = {_corner(one.label) for one in plots}
    tops, lefts = (sorted({corner[axis] for corner in corners}) for axis in (0, 1))
    top, left = _corner(candidate.label)
    row, column = tops.index(top), lefts.index(left)
    north = _third(row, len(tops), (say("word.north"), "", say("word.south")))
    west = _third(column, len(lefts), (say("word.west"), "", say("word.east")))
    return f"{north} {west}".strip() or say("word.the_middle")


@lru_cache(maxsize=1000)
def _corner(label: str) -> tuple[int, int]:
    """Return the tile a plot begins with, whatever of it is water: plots of a row share their row."""
    letters = label.rstrip("0123456789")
    return int(label[len(letters) :]), (ord(letters[0]) - ord("a")) + 26 * (len(letters) - 1)


def _third(place: int, count: int, names: tuple[str, str, str]) -> str:
    """Return in which third a place lies; of many places several share a name, and the board tells them apart."""
    if count == 1:
        return ""
    return names[0 if place == 0 else 2 if place == count - 1 else int(3 * (place + 0.5) / count)]


def costs(model: Model, pairs: Sequence[tuple[str, float]]) -> str:
    """Return what an action costs: `1 day and 2 t hay`."""
    parts = []
    for stock, number in pairs:
        parts.append(counted(model, number, stock))
    told = parts[0] if parts else say("word.free")
    for part in parts[1:]:
        told = say("word.and", first=told, last=part)
    return told


def obstacle(model: Model, found: Obstacle) -> str:
    """Return why something cannot be done, as a sentence."""
    if found.kind != "too_dear":
        return found.plain
    unit = unit_of(model, found.stock)
    missing = max(found.missing, 0.1)
    lacking = days(missing) if unit == "days" else counted(model, missing, found.stock)
    return say("word.you_lack", amount=lacking)


def caution(model: Model, found: Caution, ground: str) -> list[str]:
    """Return what to think of before using force."""
    lines = []
    if found.share:
        lines.append(say("word.reaches", share=percent(found.share), ground=ground))
    if found.users and found.extra_days > 0.05:
        who = joined([people(model, one) for one in found.users])
        lines.append(say("word.resisted", extra=days(round(found.extra_days, 1)), who=who))
    if found.blocked > 0.005:
        who = joined([people(model, one) for one, _ in found.blockers])
        lines.append(say("word.may_block", who=who, chance=percent(found.blocked)))
    return lines


def change(model: Model, found: Change, me: int, percents: bool = False) -> str:
    """Return a line of the ledger: `the Birches' grievance -0.06`; the sign is that of the number."""
    what = stock_word(model, found.name)
    if len(found.who) == 2:
        what = between(model, found.name, found.who[0], found.who[1], me)
    elif found.who:
        what = f"{whose(model, found.who[0], me)} {what}"
    elif not found.flow and model.level.stocks[found.name].place == "tile":
        what = say("word.on_the_land", stock=what)
    size = found.amount
    if not found.flow and found.unit == "share" and model.stocks[found.name].place == "tile":
        # A sum of shares says nothing; how much of a full land it is does.
        size /= places_of(model, found.name) if model.stocks[found.name].matter else 1.0
    text = signed(size, found.unit, percents)
    told = say("word.unchanged") if is_nothing(text) else beside(what, text)
    return say("word.change_this_season" if found.flow else "word.change", what=what, amount=told)


def is_nothing(text: str) -> bool:
    """Return whether a change, as it is written, comes to nothing: `+0 t`."""
    return not any(sign in "123456789" for sign in text)


def between(model: Model, stock: str, one: int, two: int, me: int) -> str:
    """Return a stock between two communities: `the Birches' trust in you`, `what you know of the Birches`."""
    wants = [community.wants or model.level.wants for community in model.level.communities.values()]
    first, second = (say("word.you") if who == me else the_people(model, who) for who in (one, two))
    if any(want is not None and want.known_by == stock for want in wants):
        return say("word.known", who=second, whom=first)
    tie = {"whose": whose(model, one, me), "stock": stock_word(model, stock), "whom": second}
    return say("word.tie_in" if stock == "trust" else "word.tie_with", **tie)


def counted(model: Model, number: float, stock: str, sign: bool = False, percents: bool = False) -> str:
    """Return an amount with the name of the stock, unless its unit says it: `2 t hay`, `9 animals`."""
    unit = unit_of(model, stock)
    text = signed(number, unit, percents) if sign else amount(number, unit, percents)
    return text if len(unit) > 3 and unit != "share" else f"{text} {stock_word(model, stock)}"


def land_text(model: Model, name: str, value: float) -> str:
    """Return a mean over tiles as players read it: `58 %` of a full tile, or what it is: `1.6 dm`."""
    return percent(value) if in_hundredths(model, name) else amount(value, unit_of(model, name))


def by_whom(author: str, licence: str) -> str:
    """Return who wrote a level and what others may do with it, in a line; empty where it says neither."""
    by = say("level.by", author=author) if author else ""
    return ", ".join(part for part in (by, licence) if part)
