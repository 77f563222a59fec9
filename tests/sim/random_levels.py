"""A strategy that writes small levels: any stocks, any flows between them, any rules that the language allows."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from game.language.elementwise import FUNCTIONS_OF_VALUES
from tests.sim.levels import level_text

COMMUNITY, PARTNER, TILE = 1, 2, 4
PLACES = {"tile": TILE, "community": COMMUNITY, "player": COMMUNITY, "world": 0}
OF_ONE = tuple(name for name, row in FUNCTIONS_OF_VALUES.items() if row.arity == 1)
MEMORIES = ("delay", "smooth", "trend(")  # what is kept from tick to tick
TIMES = ("time", "step(k, 1.3)", "pulse(1, k)", "pulse_train(0.3, 0.5, 1, 4)", "ramp(0.1, 1)")
CONSTANTS = ("0", "0.1", "0.5", "1", "2.5", "7", "-0.3", "1e-3")
LEGEND = '".": {terrain: ground, users: [ann]}\n",": {terrain: ground, users: [ann, bob]}\n"~": {terrain: lake}'


class Writer:
    """Draws one level."""

    short = 0.4  # seasons of a delay that takes little more than a tick

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.stocks: dict[str, int] = {}  # axes by name
        self.flows: dict[str, int] = {}
        self.auxiliaries: dict[str, int] = {}
        self.matter: list[str] = []
        self.low: dict[str, int] = {}  # the lower bounds of stocks

    def one_of(self, values: Any) -> Any:
        return self.draw(st.sampled_from(tuple(values)))

    def odds(self, percent: int) -> bool:
        return bool(self.draw(st.integers(0, 99)) < percent)

    def rule(self, axes: int, depth: int = 3) -> str:
        """An expression for a rule whose value varies over `axes`."""
        if depth == 0 or self.odds(25):
            return self.leaf(axes)
        kind = self.draw(st.integers(0, 13))
        left, right = self.rule(axes, depth - 1), self.rule(axes, depth - 1)
        if kind < 5:
            return f"({left} {self.one_of('+-**/%')} {right})"
        if kind == 5:
            return f"{self.one_of(('min', 'max', 'min', 'max', 'power'))}({left}, {right})"
        if kind == 6:
            return f"({left} {self.one_of(('<', '<=', '>', '>=', '==', '!='))} {right})"
        if kind == 7:
            return f"({left} {self.one_of(('and', 'or'))} not {right})"
        if kind == 8:
            return f"if({left} > {self.leaf(axes)}, {right}, {self.leaf(axes)})"
        if kind == 9:
            return f"{self.one_of(OF_ONE)}({left})"
        if kind == 10:
            return f"curve({left}, [[-1, 0.2], [0.5, 1.5], [2, -0.5]])"
        if kind == 11 and axes & TILE:
            return f"near({self.rule(TILE, depth - 1)} + {self.one_of(self.of(TILE))})"
        if kind == 12 and not axes & PARTNER:
            long = self.one_of(("0.5", "1", "3", "k", "(1 + time)"))
            if self.odds(50):
                return f"delay({left}, {self.one_of((self.short, 0.5, 1, 3))})"
            first = self.one_of(("", ", 0.3", ", k"))
            name = self.one_of(("smooth", "smooth3", "delay", "delay1", "delay_fixed", "trend"))
            return f"{name}({left}, {'0.7' if name == 'delay_fixed' else long}{first})"
        return self.total(axes, depth - 1)

    def at_once(self, axes: int, depth: int) -> str:
        """A rule that keeps no memory, as all do that are not for ticks."""
        text = self.rule(axes, depth)
        while any(word in text for word in MEMORIES):
            text = self.rule(axes, depth)
        return text

    def leaf(self, axes: int) -> str:
        found = [
            "k",
            "season",
            self.one_of(TIMES),
            self.one_of(CONSTANTS),
            *self.of(0),
        ]
        for part in (COMMUNITY, TILE):
            if axes & part:
                found += self.of(part) * 3
        if axes & PARTNER:
            found += self.of(COMMUNITY | PARTNER) * 3
        if axes & TILE:
            found += ["users", "height", "on(lake)"]
        found += [
            f"{self.one_of(('met', 'moved', 'asked'))}({name})"
            for name, over in self.flows.items()
            if not over & COMMUNITY or axes & COMMUNITY
        ]
        found += [f"{name}[bob]" for name in self.of(COMMUNITY)]
        found += [name for name, over in self.auxiliaries.items() if not over & ~axes]
        found += [f"{name}[bob]" for name, over in self.auxiliaries.items() if over == COMMUNITY]
        return str(self.one_of(found))

    def of(self, axes: int) -> list[str]:
        return [name for name, over in self.stocks.items() if over == axes]

    def total(self, axes: int, depth: int) -> str:
        """Something collected over places."""
        if axes & COMMUNITY and self.odds(30):
            return (
                f"{self.one_of(('sum', 'mean', 'max'))}({self.rule(TILE, depth)} + {self.one_of(self.of(TILE))}, uses)"
            )
        if self.of(COMMUNITY) and self.odds(20):
            inside = f"{self.rule(COMMUNITY, depth)} + {self.one_of(self.of(COMMUNITY))}"
            kind = self.one_of(("sum", "mean", "min", "max", "share", "count"))
            return f"{kind}({inside}, {self.one_of(('seats', 'few'))})"
        over = self.one_of([over for over in {TILE, COMMUNITY, COMMUNITY | PARTNER} if self.of(over)])
        inside = f"{self.rule(over & ~PARTNER if over & PARTNER else over, depth)} + {self.one_of(self.of(over))}"
        return f"{self.one_of(('sum', 'mean', 'min', 'max', 'share', 'count'))}({inside})"

    def stock(self, name: str, place: str, kind: str) -> str:
        high = self.one_of((1, 3, 20))
        start = self.one_of((0, high, high / 2, 0.1))
        more = f", varies: {self.one_of((0, 0.4))}"
        if place == "tile":
            more += self.one_of(("", ", on: [ground]", ", on: [lake, ground]"))
            more += self.one_of(("", ", spread: 0.25")) if kind == "matter" else ""
        at = "[community, community]" if place == "relation" else place
        if self.stocks and self.odds(30):
            start = self.start(PLACES.get(place, COMMUNITY | PARTNER))
        own = kind == "state" or (name != "grass" and "spread" not in more)
        low = self.one_of((0, -1)) if own else 0
        self.stocks[name], self.low[name] = PLACES.get(place, COMMUNITY | PARTNER), low
        return f"  {name}: {{at: {at}, kind: {kind}, range: [{low}, {high}], start: {start}{more}, plain: S"

    def start(self, axes: int) -> str:
        """A rule for what a stock begins with, of those that are written already."""
        found = [name for name, over in self.stocks.items() if not over & ~axes] + ["k", "0.3"]
        found += ["(0.1 * height + on(lake))"] if axes & TILE else []
        other = self.one_of(self.stocks)
        total = f"mean({other})" if self.stocks[other] else other
        return f'"{self.one_of(found)} {self.one_of("+-*")} {self.one_of((total, "k", "2"))}"'

    def level(self) -> str:
        given = set(self.stocks)
        lines = [self.stock("grass", "tile", "matter"), self.stock("hay", "community", "matter")]
        for index in range(self.draw(st.integers(1, 4))):
            lines.append(self.stock(f"m{index}", self.one_of(("tile", "community", "world")), "matter"))
        self.matter = matter = [name for name in self.stocks if name not in given]
        for index in range(self.draw(st.integers(0, 3))):
            lines.append(self.stock(f"s{index}", self.one_of((*PLACES, "relation", "relation")), "state"))
        if self.odds(40):
            lines[0] += f', downhill: "{self.rule(TILE)}"'
        states = [name for name in self.stocks if name not in matter]
        body = "groups: {few: [bob]}\nnumbers:\n  k: {value: 0.7, low: 0.1, high: 3, plain: K}\nstocks:\n"
        body += "".join(f"{line}}}\n" for line in lines)
        body += self.named() + "flows:\n"
        for index in range(self.draw(st.integers(1, 6))):
            body += self.flow(f"f{index}", matter)
        rules = [
            f'  i{index}: {{of: {(name := self.one_of(states))}, change: "{self.rule(self.stocks[name])}", plain: I}}\n'
            for index in range(self.draw(st.integers(0, 4)) if states else 0)
        ]
        body += "influences:\n" + "".join(rules) if rules else ""
        return self.on_a_map(body + self.events(states))

    def events(self, states: list[str]) -> str:
        """What a condition, chance or both set off, for all and one by one."""
        lines = ""
        for index in range(self.draw(st.integers(0, 2))):
            each = self.odds(30)
            more = self.one_of(("", ", chance: 0.5")) + (
                "" if each else self.one_of(("", ", once: true", ", lasts: 2"))
            )
            now = [f'{{move: {{from: outside, to: m0, amount: "{self.at_once(self.stocks["m0"], 1)}"}}}}']
            if self.stocks["m0"] == COMMUNITY:
                now = ['{move: {from: outside, to: "m0[bob]", amount: 0.2}}']
            for name in states if not each else ():
                now.append(f'{{of: {name}, add: "{self.at_once(self.stocks[name], 1)}"}}')
            more += ", strikes: community" if each else ""
            when = self.at_once(0, 2)
            lines += f'  e{index}: {{plain: E, when: "{when}"{more}, now: [{", ".join(now)}]}}\n'
        return "events:\n" + lines if lines else ""

    def named(self) -> str:
        """Auxiliaries, which later rules may read, and each other."""
        lines = "auxiliaries:\n"
        for index in range(self.draw(st.integers(0, 3))):
            axes = self.one_of({0, *self.stocks.values()})
            what = self.one_of(self.of(axes)) if axes else "k"
            lines += f'  a{index}: {{plain: A, is: "{self.rule(axes, 2)} + {what}"}}\n'
            self.auxiliaries[f"a{index}"] = axes
        return lines if self.auxiliaries else ""

    def flow(self, name: str, matter: list[str]) -> str:
        source = self.one_of((*matter, "outside"))
        target = self.one_of([one for one in (*matter, "outside") if one != source])
        axes = {self.stocks.get(source, 0), self.stocks.get(target, 0)}
        per = {TILE, COMMUNITY} <= axes or (self.odds(25))
        over = (COMMUNITY if per or COMMUNITY in axes else 0) | (TILE if TILE in axes else 0)
        more = ", per: community" if per else ""
        if per and over & TILE and self.odds(60):
            more += ', where: "uses(community, tile)"'
        more += self.one_of(("", "", ", delay: 1.5", ", delay: 0.5", ", both_ways: true"))
        rate = self.rule(over)
        self.flows[name] = over
        return f'  {name}: {{from: {source}, to: {target}{more}, rate: "{rate}", plain: F}}\n'

    def on_a_map(self, body: str) -> str:
        columns, rows = self.draw(st.integers(1, 4)), self.draw(st.integers(1, 3))
        signs = [self.draw(st.text(".,~", min_size=columns, max_size=columns)) for _ in range(rows)]
        heights = [self.draw(st.text("0149", min_size=columns, max_size=columns)) for _ in range(rows)]
        return level_text(
            body, rows="\n".join(signs), people=("ann", "bob"), legend=LEGEND, heights=heights, ticks=3
        ).replace("lake: {plain: Lake.}", "lake: {plain: Lake.}")


@st.composite
def level_texts(draw: Any) -> str:
    """The text of a level; now and then one that has an error."""
    return Writer(draw).level()
