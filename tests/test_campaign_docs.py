"""docs/coverage.md is what the levels say now, and docs/claims.md knows every claim with its bound."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from game.level.library import shipped_levels
from game.level.problems import LevelError
from game.level.reader import load_level, parse_level
from game.level.vocabulary import IDEAS
from game.run.claims import in_words
from tests.run.beans import BEANS
from tests.run.yard import yard

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("campaign_docs", ROOT / "tools" / "campaign_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_written_coverage_is_what_the_tool_writes_now(tool: ModuleType) -> None:
    written = tool.COVERAGE.read_text(encoding="utf-8") if tool.COVERAGE.exists() else ""
    if written != tool.coverage():
        pytest.fail("docs/coverage.md is out of date; run: python tools/campaign_docs.py", pytrace=False)


def test_every_idea_path_and_circumstance_has_its_row(tool: ModuleType) -> None:
    ideas, paths = tool.words()
    page = tool.COVERAGE.read_text(encoding="utf-8")
    assert list(ideas) == list(range(1, IDEAS + 1)) and len(paths) == 10 and len(tool.NAMES) == 5
    for row in (*(f"| {number}. " for number in ideas), *(f"| `{path}` | " for path in paths), *tool.NAMES):
        assert row in page, row


@pytest.mark.parametrize("file", shipped_levels(), ids=lambda file: file.stem)
def test_every_claim_of_a_shipped_level_is_listed_with_its_bound(file: Path, tool: ModuleType) -> None:
    page = tool.CLAIMS.read_text(encoding="utf-8") if tool.CLAIMS.exists() else ""
    level = load_level(file)
    for claim in level.claims:
        rows = [line for line in page.splitlines() if line.startswith(f"| `{claim.id}` | {claim.plain} |")]
        bound = in_words(claim.share_of_seeds) if claim.share_of_seeds else f"within {claim.compare.within:g}"
        if not any(bound.removeprefix("within ") in row for row in rows):
            told = f"docs/claims.md does not know `{claim.id}`; run: python tools/campaign_docs.py --claims"
            pytest.fail(told, pytrace=False)


def test_a_page_of_claims_says_when_and_on_what_it_was_measured(tool: ModuleType) -> None:
    level = parse_level(BEANS)
    page = tool.claims_page([(level, tool.ClaimPlan(level, range(40)).played(), None)], 40, 0, "2026-01-31")
    assert "on 2026-01-31 with rules" in page and "on 40 seeds from 0" in page
    (row,) = [line for line in page.splitlines() if line.startswith("| `buying_feeds` |")]
    assert "at least 0.9" in row and "1.000 (0.912 to 1.000)" in row and "holds" in row and "at most 0.5" in row


@pytest.mark.parametrize(("ideas", "said"), [("[27]", "27"), ("[0]", "0"), ("[4, 4]", "twice"), ("[dance]", "ideas")])
def test_an_idea_that_there_is_not_or_that_stands_twice_is_an_error(ideas: str, said: str) -> None:
    with pytest.raises(LevelError, match=said):
        parse_level(BEANS + f"ideas: {ideas}\n")
    assert parse_level(BEANS + "ideas: [4, 14]\n").ideas == (4, 14)


def test_what_balance_explains_about_people_is_what_the_tool_writes_now(tool: ModuleType) -> None:
    written = tool.BALANCE.read_text(encoding="utf-8")
    if written != tool.people_docs.with_section(written):
        pytest.fail("docs/balance.md is out of date; run: python tools/campaign_docs.py", pytrace=False)


def test_tables_about_people_stay_until_they_are_measured_anew(tool: ModuleType) -> None:
    page = tool.people_docs.with_section("# Balance\n\nWords.\n")
    assert page.startswith("# Balance\n\nWords.\n") and "at most 15% of the games" in page
    measured = tool.people_docs.with_section(page, "| a | b |")
    assert "| a | b |" in measured
    assert tool.people_docs.with_section(measured) == measured
    assert "| a | b |" not in tool.people_docs.with_section(measured, "| c |")


def test_a_table_about_people_tells_what_misses_what_is_wanted(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tool.people_docs, "default_path", lambda: tmp_path / "kept.sqlite")
    level = yard().model_copy(update={"kind": "campaign"})
    found = tool.people_docs.measured([level, parse_level(BEANS)], 10, 2, 0, 1)
    assert [one.level.id for one in found] == [level.id]
    page = tool.people_docs.tables_of(found, 10, 2, 0, "2026-01-31")
    assert "on 2026-01-31 with rules" in page and "10 games each" in page
    rows = [line for line in page.splitlines() if line.startswith(f"| `{level.id}`")]
    first_seat, tension, person, friends = rows
    assert "**100%**" in first_seat  # idling wins
    assert "**100%**" in tension and "you" in person and "10 of 10" in person and "0 of 10" in person
    assert friends.count("|") == 5


def test_levels_that_were_measured_anew_take_their_places_and_all_else_stays(tool: ModuleType) -> None:
    first = parse_level(BEANS)
    plans = tool.ClaimPlan(first, range(40)).played()
    second = first.model_copy(update={"id": "later_beans", "title": "Later beans"})
    old = tool.claims_page([(second, plans, None)], 40, 0, "2026-01-31")
    new = tool.claims_page([(first, plans, None)], 40, 0, "2026-02-28")
    page = tool.renewed(old, new, [first.id, "later_beans"])
    assert page.count("## ") == 2 and page.index(f"(`{first.id}`)") < page.index("(`later_beans`)")
    assert "Measured on 2026-01-31" in page and "Measured on 2026-02-28" in page
    again = tool.renewed(
        page, tool.claims_page([(second, plans, None)], 40, 0, "2026-03-31"), [first.id, "later_beans"]
    )
    assert "2026-01-31" not in again and again.count("## ") == 2


def test_a_level_without_a_contract_leaves_the_contracts_of_others_as_they_stand(tool: ModuleType) -> None:
    old = tool.CLAIMS.read_text(encoding="utf-8")
    level = parse_level(BEANS)
    new = tool.claims_page([(level, tool.ClaimPlan(level, range(40)).played(), None)], 40, 0, "2026-02-28")
    heading, contracts = "## Mutual benefit\n", [one[0] for one in tool.CONTRACT.finditer(old)]
    page = tool.renewed(old, new, [level.id, *(one.id for one in tool.levels())])
    assert heading in page and [one[0] for one in tool.CONTRACT.finditer(page)] == contracts


def test_tables_about_people_take_the_rows_of_a_level_that_was_measured_alone(tool: ModuleType) -> None:
    def tables(day: str, cells: dict[str, str]) -> str:
        rows = [f"| `{name}` | {cell} |" for name, cell in cells.items()]
        head = [f"Measured on {day}: 60 games. In bold what misses.", "", "| level | a |", "|---|---|"]
        return "\n".join([*head, *rows])

    old = tables("2026-01-31", {"beans": "old", "peas": "stays"})
    page = tool.people_docs.renewed(old, tables("2026-02-28", {"beans": "new"}))
    assert page.startswith("Measured on 2026-01-31: 60 games. In bold")
    assert "`beans`: Measured on 2026-02-28: 60 games." in page
    assert page.splitlines()[-2:] == ["| `beans` | new |", "| `peas` | stays |"]
    again = tool.people_docs.renewed(page, tables("2026-03-31", {"beans": "newer"}))
    assert "2026-02-28" not in again and "`beans`: Measured on 2026-03-31" in again and "| newer |" in again
    assert again.splitlines()[1:3] == ["", "`beans`: Measured on 2026-03-31: 60 games."]
    with pytest.raises(ValueError, match="leeks"):
        tool.people_docs.renewed(page, tables("2026-03-31", {"leeks": "none yet"}))
