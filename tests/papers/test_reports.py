"""Reports on paper: nothing lost, nothing taken as markup, as a formula or as control."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import events as ev
from negotiation.domain.terms import ProposalTerms
from negotiation.papers.reports.columns import columns_paper
from negotiation.papers.reports.fate import fate_paper
from negotiation.papers.reports.paper import (
    PRIVATE,
    Paper,
    Table,
    as_csv,
    as_markdown,
    plain,
    quoted,
    utc,
)
from negotiation.papers.reports.positions import positions_paper
from negotiation.papers.reports.progress import course_of, progress_paper
from negotiation.papers.reports.provenance import provenance_paper
from negotiation.papers.reports.remaining import remaining_paper
from negotiation.papers.reports.summary import summary_paper
from negotiation.views.side_by_side import side_by_side
from negotiation.views.what_became_of_all import what_became_of_all
from negotiation.views.what_changed import what_changed
from negotiation.views.what_happened import what_happened
from negotiation.views.what_remains import what_remains
from negotiation.views.where_it_comes_from import where_it_comes_from
from negotiation.views.who_stands_where import who_stands_where
from tests.views.records import records
from tests.views.writing import Writer


def papers(writer: Writer, at: int) -> dict[str, Paper]:
    """Every report of a moment, and the summary up to it."""
    timeline, whole = writer.timeline, writer.timeline.negotiation(at)
    return {
        "fate": fate_paper(what_became_of_all(timeline, at), whole, utc),
        "provenance": provenance_paper(where_it_comes_from(timeline, at), whole, utc),
        "columns": columns_paper(side_by_side(timeline, at), whole),
        "positions": positions_paper(who_stands_where(timeline, at), whole),
        "remaining": remaining_paper(what_remains(timeline, at), whole, utc),
        "progress": progress_paper(course_of(timeline, at), whole, utc),
        "summary": summary_paper(what_happened(timeline, 0, at), whole, utc, utc),
    }


def sheet(paper: Paper) -> list[list[str]]:
    """The rows of the sheet, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(as_csv(paper), newline="")))


@given(records())
def test_every_report_of_any_record_can_be_written(writer: Writer) -> None:
    for name, paper in papers(writer, writer.head).items():
        told = as_markdown(paper)
        assert told.startswith("# "), name
        assert told.endswith("\n"), name
        rows = sheet(paper)
        assert {len(row) for row in rows} == {len(paper.sheet.columns)}, name
        for table in re.findall(r"(?:^\|.*\n)+", told, re.MULTILINE):
            # A stroke inside a cell is escaped, so that every row has the same cells.
            counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(counts) == 1, name


@given(records())
def test_every_proposal_is_one_row_of_the_validation(writer: Writer) -> None:
    found = what_became_of_all(writer.timeline, writer.head)
    rows = sheet(papers(writer, writer.head)["fate"])[1:]
    assert [row[0] for row in rows] == [str(one.number) for one in found.answers]
    assert [row[1] for row in rows] == [
        one.fate.symbol or "without a symbol" for one in found.answers
    ]


@given(records(), st.data())
def test_every_word_that_went_is_named_in_the_summary(writer: Writer, data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.integers(0, writer.head)) for _ in range(2))
    timeline = writer.timeline
    course = what_happened(timeline, low, high)
    paper = summary_paper(course, timeline.negotiation(high), utc, utc)
    told, rows = as_markdown(paper), sheet(paper)
    for change in what_changed(timeline, low, high):
        for one in change.changes:
            if one.removed:
                assert quoted(one.removed) in told
                assert any(one.removed.strip() in row[3] for row in rows)
            if one.weighty:
                assert "**! " in told


def test_words_are_never_taken_as_markup_or_control() -> None:
    odd = "*a* _b_ <i>c</i> [d](e) `f` ~~g~~ \x1b[31m h | i & j\nk \u202e"
    assert plain(odd) == (
        "\\*a\\* \\_b\\_ \\<i\\>c\\</i\\> [d]\\(e) \\`f\\` \\~\\~g\\~\\~ "
        "\\<U+001B\\>[31m h | i \\& j k \\<U+202E\\>"
    )
    paper = Paper("t", (Table(("a|b",), ((("x|y", "z"),),)),), Table(("a",), ()))
    assert "| a\\|b |\n| --- |\n| x\\|y<br>z |" in as_markdown(paper)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "  -2", "\uff1d1"])
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(words: str) -> None:
    rows = sheet(Paper("t", (), Table(("=head",), ((words,), ("plain",)))))
    assert rows[0] == ["'=head"]
    assert rows[1][0].startswith("'")
    assert rows[2] == ["plain"]


def test_a_report_that_is_not_for_publication_says_so_in_its_first_line() -> None:
    paper = Paper("t", (), Table(("a",), (("b",),)), private=True)
    assert as_markdown(paper).splitlines()[0] == f"**{PRIVATE}**"
    assert sheet(paper)[0] == [PRIVATE]


def agreed_and_changed() -> Writer:
    """Agreed words that an editor changed from should to shall."""
    writer = Writer()
    writer.table("a", "Parties should read the tide", "4.")
    writer.act("a", ev.ClauseAgreed("ad hoc group", "Parties should read the tide"))
    writer.revise("a", "should", "shall", editorial=True)
    return writer


def test_the_summary_warns_of_shall_for_should_in_agreed_words() -> None:
    writer = agreed_and_changed()
    course = what_happened(writer.timeline, writer.head - 1, writer.head)
    paper = summary_paper(course, writer.timeline.negotiation(writer.head), utc, utc)
    told = as_markdown(paper)
    flag = "should became shall, in words agreed at the level “ad hoc group”"
    assert f"**! {flag}**" in told
    assert "1 place, 1 of them in agreed words" in told
    assert "## Editing only" in told
    assert [row[5] for row in sheet(paper)] == ["Flag", flag, flag]


def test_a_change_of_agreed_words_is_told_also_where_the_clause_came_in_meanwhile() -> None:
    writer = agreed_and_changed()
    told = as_markdown(papers(writer, writer.head)["summary"])
    assert "**! should became shall, in words agreed at the level “ad hoc group”**" in told


def test_how_consensus_was_reached_is_one_sentence() -> None:
    writer = Writer()
    writer.table("a", "the tide", "a)")
    writer.act("", ev.PartyJoined("CUB", "Cuba"))
    writer.act("", ev.DecisionPut("D", "Shall a stand?", "{}", ("a",)))
    writer.act("", ev.ObjectionMade("D", "CUB", "too soon"))
    told = as_markdown(papers(writer, writer.head)["summary"])
    assert "“Shall a stand?” was put by chair" in told
    assert "Cuba objected (too soon); **before the room**." in told
    remaining = papers(writer, writer.head)["remaining"]
    assert sheet(remaining)[1][0] == "question"


def test_nobody_is_named_who_is_not_on_record() -> None:
    writer = Writer()
    writer.table("n", "new words", "a)", add=ProposalTerms("P1"))
    rows = sheet(papers(writer, writer.head)["fate"])
    assert rows[1][3] == "nobody named"
    assert rows[1][7] == "open: on the table"
