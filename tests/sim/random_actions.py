"""Actions of small levels written at random: every target, effect and agreement that the language allows."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.sim.levels import level_text
from tests.sim.random_levels import COMMUNITY, MEMORIES, PARTNER, TILE, Writer

PEOPLE = ("ann", "bob", "cid")
SEATS = ("cid", "ann")
LEGEND = """\
".": {terrain: ground, users: [ann]}
",": {terrain: ground, users: [ann, bob, cid]}
"~": {terrain: lake, users: [cid]}"""
NEEDS = """\
needs: {bread: {plain: Bread.}, songs: {plain: Songs.}}
wants: {drift: [bread, songs], every: 1..3, known_by: known}
"""
STOCKS = """\
stocks:
  days: {at: player, kind: state, range: [0, 9], start: 6, varies: 0.3, plain: S}
  mood: {at: community, kind: state, range: [-1, 2], start: 0.3, varies: 0.4, conflict: true, plain: S}
  quota: {at: community, kind: state, range: [0, 4], start: 2, plain: S}
  trust: {at: [community, community], kind: state, range: [0, 1], start: 0.5, varies: 0.4, plain: S}
  known: {at: [community, community], kind: state, range: [0, 1], start: 0.5, varies: 0.4, plain: S}
"""
TEMPERS = "people:\n  ann: {name: Ann, temper: {fair: 0.4, bold: 0.7, patient: 0.3, forgiving: 0.5}, plain: A.}\n"
PLOT, GROUND, WHOM, CIRCLE, SELF, EVERYWHERE = "plot", "ground", "whom", "circle", "self", "everywhere"
TARGETS = {
    PLOT: "{tiles: ground, area: %d}", GROUND: "{all: ground}", WHOM: "community",
    CIRCLE: "{communities: 2..%d}", SELF: "me", EVERYWHERE: "world",
}  # fmt: skip


class ActingWriter(Writer):
    """Draws a level in which two of three communities can act."""

    short = 0.5

    def __init__(self, draw: Any) -> None:
        super().__init__(draw)
        self.target = ""  # of the action whose rules are written; nothing: the rule is of no action
        self.single = ""  # whose a stock of communities is that has no brackets
        self.more: list[str] = []  # other names that the rule may use
        self.pacts: list[str] = []
        self.limiting: list[str] = []  # the agreements that somebody can break

    def leaf(self, axes: int) -> str:
        if not self.target:
            return super().leaf(axes)
        found = [
            "k",
            "season",
            "time",
            self.one_of(("0", "0.1", "0.5", "1", "2.5", "-0.3")),
            *self.of(0),
            *self.more * 2,
        ]
        named = {"me": ["me", "bob"], "partner": ["me", "partner", "bob"], "": ["bob"]}[self.single]
        named += ["target"] if self.single == "me" and self.target == WHOM else []
        if axes & COMMUNITY or self.single:
            found += self.of(COMMUNITY) * 2
        found += [f"{name}[{self.one_of(named)}]" for name in self.of(COMMUNITY)]
        between = [""] if self.single == "partner" else [f"[{one}, {two}]" for one in named for two in named]
        found += [f"{name}{pair}" for name in ("trust", "known") for pair in between]
        if axes & TILE:
            found += self.of(TILE) * 3 + ["users", "height", "on(lake)"]
        found += [f"lasting({name})" for name in self.pacts]
        found += [name for name, over in self.auxiliaries.items() if over in (0, axes & TILE, axes & COMMUNITY)]
        found += [f"{name}[bob]" for name, over in self.auxiliaries.items() if over == COMMUNITY]
        return str(self.one_of(found))

    def total(self, axes: int, depth: int) -> str:
        if not self.target:
            return super().total(axes, depth)
        held, kinds = self.one_of(self.of(TILE)), ("sum", "mean", "min", "max", "share", "count")
        kind = self.one_of(kinds)
        if self.single == "me" and self.target in (PLOT, GROUND) and self.odds(60):
            inside = self.one_of((f"{self.rule(TILE, depth)} + {held}", "uses(me, tile)", f"{held} * users"))
            return f"{kind}({inside}, target)"
        if axes & COMMUNITY and self.odds(40):
            return f"{self.one_of(('sum', 'mean', 'max'))}({held}, uses)"
        if self.single == "" and self.target == CIRCLE and self.odds(50):
            return f"{kind}({self.one_of(self.of(COMMUNITY))}, partners)"
        plain = self.one_of((held, self.one_of(self.of(COMMUNITY)), "trust", "known"))
        return f"{kind}({plain})"

    def said(self, axes: int = 0, depth: int = 2) -> str:
        """A rule of an action, in quotation marks."""
        return f'"{self.rule(axes, depth)}"'

    def rule(self, axes: int, depth: int = 3) -> str:
        text = super().rule(axes, depth)
        # What looks at neighbours and what keeps a memory is for what happens in ticks.
        while self.target and any(word in text for word in ("near(", *MEMORIES)):
            text = super().rule(axes, depth)
        return text

    def level(self) -> str:
        """The text of a whole level."""
        for name in ("days", "mood", "quota"):
            self.stocks[name] = COMMUNITY
        self.stocks["trust"] = self.stocks["known"] = COMMUNITY | PARTNER
        return super().level()

    def flow(self, name: str, matter: list[str]) -> str:
        """A flow; the first is often one of which everybody can take too much, that agreements may limit."""
        if name != "f0" or self.odds(40):
            return super().flow(name, matter)
        self.flows[name] = COMMUNITY | TILE
        where = self.one_of(("", ', where: "uses(community, tile)"'))
        rate = f"0.4 * grass + {self.leaf(TILE)}"
        return f'  f0: {{from: grass, to: hay, per: community{where}, rate: "{rate}", plain: F}}\n'

    def on_a_map(self, body: str) -> str:
        columns, rows = self.draw(st.integers(1, 4)), self.draw(st.integers(1, 3))
        signs = [self.draw(st.text(".,~", min_size=columns, max_size=columns)) for _ in range(rows)]
        signs[0] = "." + signs[0][1:]
        body = NEEDS + body.replace("stocks:\n", STOCKS, 1)
        if self.odds(60):
            body += "resistance:\n  plain: R\n"
            body += f'  weight: "max(0, 0.8 - mood)"\n  protest: "clamp({self.at_once(COMMUNITY, 1)}, 0, 0.6)"\n'
        if self.odds(50):
            body += TEMPERS
        body += self.actions("resistance" in body)
        body, goals = self.once_a_season(body) + self.losing(), self.goals()
        return level_text(
            body, rows="\n".join(signs), people=PEOPLE, seats=SEATS, legend=LEGEND, ticks=2, goals=goals
        )  # fmt: skip

    def once_a_season(self, body: str) -> str:
        """The text of a level with some changes of states that come once a season, beside those of ticks."""
        lines, self.target = "", ""
        for index in range(self.draw(st.integers(0, 3))):
            name = self.one_of([one for one in self.stocks if one not in self.matter])
            rule = self.at_once(self.stocks[name], 2)
            if self.pacts and self.odds(40):
                rule = f"{rule} - lasting({self.one_of(self.pacts)})"
            lines += f'  o{index}: {{of: {name}, once: season, change: "{rule}", plain: O}}\n'
        if "influences:\n" in body:
            return body.replace("influences:\n", "influences:\n" + lines, 1)
        return body + "influences:\n" + lines if lines else body

    def looking_back(self) -> str:
        """A rule that is read when a season is over: of the world, and of nothing that is counted in ticks."""
        self.target, self.single, self.more = EVERYWHERE, "", []
        return self.rule(0, 2)

    def goals(self) -> str:
        """One or two goals, each its own way."""
        more = [f", {self.one_of(('at: end', 'by: 2', 'in_a_row: 2'))}" for _ in range(self.draw(st.integers(1, 2)))]
        return "\n".join(
            f'- {{id: g{index}, plain: G., hold: "{self.looking_back()}"{extra}}}' for index, extra in enumerate(more)
        )

    def losing(self) -> str:
        """What loses the game, if anything does."""
        return f'lost_when: {{holds: "{self.looking_back()}", plain: L.}}\n' if self.odds(40) else ""

    def actions(self, resisted: bool) -> str:
        """Some actions."""
        found, targets = "actions:\n", (PLOT, PLOT, GROUND, WHOM, WHOM, CIRCLE, CIRCLE, SELF, EVERYWHERE)
        for index in range(self.draw(st.integers(3, 6))):
            self.target = self.one_of((CIRCLE, *targets) if index else (CIRCLE, CIRCLE, *targets[:5]))
            found += self.action(f"d{index}", resisted)
        return found

    def action(self, name: str, resisted: bool) -> str:
        """One action, as one line."""
        self.single, self.more = "me", ["reach", "resisting"] + (["fits"] if self.target == WHOM else [])
        target = TARGETS[self.target]
        parts = ["mode: " + self.one_of(("over", "with", "neutral")), "family: commons", "plain: A"]
        parts.append("target: " + (target % self.draw(st.integers(1, 2) if self.target == PLOT else st.integers(2, 3))
                                   if "%" in target else target))  # fmt: skip
        parts.append(f"limit: {self.draw(st.integers(1, 3))}")
        offers = self.target in (WHOM, CIRCLE) and self.odds(70)
        term = f"t{name}" if offers and self.odds(50) else ""
        lasts = self.target == CIRCLE or (self.odds(40) and not term)
        self.more += [term] * bool(term)
        if self.odds(60):
            parts.append(f"cost: {{{self.one_of(('days', 'hay', 'mood'))}: {self.said(depth=1)}}}")
        if self.odds(30):
            parts.append(f"when: {self.said()}")
        if self.odds(40):
            parts.append(f"aim: {{of: hay, gain: {self.said()}}}")
        if self.target == PLOT and self.odds(20):
            parts.append("only_own: true")
        if resisted and self.odds(50):
            parts.append("blocked_by: protest")
        if self.target in (WHOM, CIRCLE) and self.odds(50):
            parts.append("meets: [bread]")
        if self.odds(20) and self.pacts:
            parts.append(f"gives_notice: {self.one_of(self.pacts)}")
        if self.odds(30) and self.limiting:
            parts.append(f"breaks: {self.one_of(self.limiting)}")
        parts.append("now: [" + ", ".join(self.effect() for _ in range(self.draw(st.integers(1, 4)))) + "]")
        if self.odds(40):
            parts.append("later: [" + ", ".join(self.later() for _ in range(self.draw(st.integers(1, 2)))) + "]")
        if self.odds(15):
            parts.append(f"finds: {{of: {self.one_of(('mood', 'quota'))}, when: {self.said()}, plain: F., clue: C.}}")
        if offers:
            parts.append(self.offer(term))
        if lasts:
            parts.append(self.lasting(name))
        return f"  {name}: {{{', '.join(parts)}}}\n"

    def offer(self, term: str) -> str:
        """What those who are asked think of it."""
        self.single, before = "partner", self.more
        self.more = ["fits", *([term] if term else [])]
        found = f"accepts: {self.one_of(('1', self.said(), self.said()))}"
        if term:
            found += f", terms: {{{term}: {{low: 0, high: 1, start: 0.5, steps: 2, plain: T.}}}}"
        self.single, self.more = "me", before
        return found

    def lasting(self, name: str) -> str:
        """How long an agreement holds, and what it sets."""
        self.single, before, target = "", self.more, self.target
        self.more = [one for one in before if one.startswith("td")]
        found = f"lasts: {{seasons: {self.draw(st.integers(1, 4))}"
        if self.odds(75):
            found += f", sets: {{quota: {self.one_of(('0.05', self.said(COMMUNITY)))}}}"
        limited = [flow for flow, over in self.flows.items() if over & COMMUNITY]
        limits = bool(limited) and "sets" in found and self.odds(80)
        if limits:
            found += f", limits: [{self.one_of(limited)}]"
        if self.odds(30):
            found += f', leaves: "mood < {self.one_of((-0.5, 0.2))}"'
        if self.odds(15):
            found += f", while: {self.said(0, 1)}"
        self.limiting += [name] * limits
        payable = [one for one in self.of(COMMUNITY) if one in self.matter and self.low[one] == 0]
        if self.limiting and payable and self.odds(60):
            found += f", fines: {self.fines(payable)}"
        found += "}"
        if self.odds(60):
            self.more += ["kept", "excess"] if limits else []
            found += f", each_season: [{', '.join(self.grows() for _ in range(self.draw(st.integers(1, 2))))}]"
        self.single, self.more, self.target = "me", before, target
        if target == CIRCLE:
            self.pacts.append(name)
        return found

    def fines(self, payable: list[str]) -> str:
        """What breaking an agreement costs: little first, and what is taken of whoever cannot pay."""
        before, self.more = self.more, [*self.more, *("kept", "excess") * 2]
        steps = [self.one_of(("excess", self.rule(COMMUNITY, 1))) for _ in range(self.draw(st.integers(1, 3)))]
        self.more = before
        seized = self.one_of(("", "mood: 0.5", "quota: 1", "quota: 2, mood: 0.3"))
        listed = ", ".join(f'"{step}"' for step in steps)
        watched, stock = self.one_of(self.limiting), self.one_of(payable)
        return f"{{breaking: {watched}, stock: {stock}, steps: [{listed}], seizes: {{{seized}}}}}"

    def grows(self) -> str:
        """What an agreement changes each season: of its members, or between those of a circle."""
        if self.target == CIRCLE and self.odds(40):
            return f"{{of: trust, between: partners, add: {self.said(COMMUNITY, 1)}}}"
        who = self.one_of(("", ", who: partners")) if self.target == CIRCLE else ""
        return f"{{of: {self.one_of(('mood', 'days'))}{who}, add: {self.said(COMMUNITY, 1)}}}"

    def effect(self) -> str:
        """One thing that an action does."""
        kind = self.draw(st.integers(0, 9))
        on_tiles = self.target in (PLOT, GROUND)
        states = [name for name, axes in self.stocks.items() if name not in self.matter and axes == TILE]
        if kind < 2 and on_tiles and states:
            return f"{{of: {self.one_of(states)}, add: {self.said(TILE)}}}"
        if kind == 2 and self.target == PLOT:
            return f"{{set: users, to: {self.one_of(('me', 'all', 'before'))}}}"
        if kind == 3:
            who = self.one_of(("others", "users") if on_tiles else ("others",))
            self.single = ""
            found = self.one_of(("mood", "trust, toward: me"))
            found = f"{{of: {found}, who: {who}, add: {self.said(COMMUNITY, 1)}}}"
            self.single = "me"
            return found
        if kind == 4:
            other = self.one_of(("target", "bob") if self.target == WHOM else ("bob", "ann"))
            return f'{{of: "{self.one_of(("trust", "known"))}[{other}, me]", add: {self.said()}}}'
        if kind == 5:
            return f'{{of: "{self.whose(("mood", "quota", "days"))}", add: {self.said()}}}'
        source = self.end(on_tiles)
        target = self.end(on_tiles)
        while target == source:
            target = self.one_of(("outside", self.end(on_tiles)))
        of_tiles = any(self.stocks.get(one) == TILE for one in (source, target))
        return f'{{move: {{from: "{source}", to: "{target}", amount: {self.said(TILE if of_tiles else 0)}}}}}'

    def end(self, on_tiles: bool) -> str:
        """Where matter comes from or goes to."""
        name = self.one_of(("outside", *self.matter))
        axes = self.stocks.get(name, 0)
        if axes == TILE and not on_tiles:
            return "hay[me]"
        return self.whose((name,)) if axes == COMMUNITY else name

    def whose(self, names: tuple[str, ...]) -> str:
        """A stock of somebody."""
        return f"{self.one_of(names)}[{self.one_of(('me', 'target') if self.target == WHOM else ('me', 'bob'))}]"

    def later(self) -> str:
        """Something that comes later."""
        states = [name for name, axes in self.stocks.items() if axes == TILE and name not in self.matter]
        if self.target in (PLOT, GROUND) and states and self.odds(25):
            of, after = self.one_of(tuple(states)), self.draw(st.integers(1, 3))
            return f"{{of: {of}, add: {self.said(TILE)}, after: {after}, plain: L}}"
        of = self.whose(("mood", "days", "quota"))
        return f'{{of: "{of}", add: {self.said()}, after: {self.draw(st.integers(1, 3))}, plain: L}}'


@st.composite
def acting_level_texts(draw: Any) -> str:
    """The text of a level with actions; now and then one that has an error."""
    return ActingWriter(draw).level()
