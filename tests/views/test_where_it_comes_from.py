"""Where each paragraph comes from: contributors, earlier names, what was done and why."""

from __future__ import annotations

from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.terms import (
    DocumentRole,
    Kind,
    Origin,
    Outcome,
    ProposalTerms,
    Settled,
    TabledRun,
)
from negotiation.text.passage import Standing
from negotiation.views.where_it_comes_from import Paragraph, Part, where_it_comes_from
from tests.views.records import records
from tests.views.writing import Writer


def page() -> Writer:
    """A base and a draft: b) of the draft was c) in the base, and c) is new."""
    writer = Writer()
    writer.acts(
        ("", ev.DocumentReceived("base.md", "1" * 64, b"", "RES 1", role=DocumentRole.BASE)),
        ("", ev.DocumentReceived("draft.md", "2" * 64, b"", "DL/7")),
        ("a", ev.ClauseTabled(Kind.ITEM, "a)", (TabledRun("the tide"),), "a)")),
        ("", ev.ClausePlaced("a", "")),
        ("b", ev.ClauseTabled(Kind.ITEM, "b)", (TabledRun("the gauge shall be read"),), "c)")),
        ("", ev.ClausePlaced("b", "a")),
        (
            "c",
            ev.ClauseTabled(
                Kind.ITEM,
                "c)",
                (TabledRun("new words", Origin.INSERTED, False, Standing.PENDING, "P0"),),
                None,
                proposal=ProposalTerms("P0", "CUB/1/1", ("CUB",)),
            ),
        ),
        ("", ev.ClausePlaced("c", "b")),
    )
    return writer


def paragraph(writer: Writer, clause: str) -> Paragraph:
    """One paragraph with its provenance."""
    found = where_it_comes_from(writer.timeline, writer.head)
    return next(one for one in found.paragraphs if one.clause == clause)


def test_an_old_number_is_told_for_every_version() -> None:
    writer = page()
    writer.act("b", ev.ClauseRelabelled("d)"))
    found = where_it_comes_from(writer.timeline, writer.head)
    assert found.versions == ("RES 1", "DL/7")
    one = paragraph(writer, "b")
    assert one.path == "d"
    assert [(name.version, name.path) for name in one.earlier] == [("RES 1", "c"), ("DL/7", "b")]
    assert [name.version for name in paragraph(writer, "c").earlier] == ["DL/7"]
    writer.act("", ev.VersionIssued("DL/7(Rev.1)", "f" * 64))
    writer.revise("b", "gauge", "pole")
    assert [(name.version, name.path) for name in paragraph(writer, "b").earlier][-1] == (
        "DL/7(Rev.1)",
        "d",
    )


def test_contributors_are_whose_words_stand_or_went_in() -> None:
    writer = page()
    assert [(one.symbol, one.part) for one in paragraph(writer, "c").contributions] == [
        ("CUB/1/1", Part.PROPOSED)
    ]
    writer.mod("b", "shall", "should", "P1", "USA", symbol="USA/1/1")
    assert {(one.symbol, one.part) for one in paragraph(writer, "b").contributions} == {
        ("USA/1/1", Part.PROPOSED),
        ("USA/1/1", Part.DELETION_PROPOSED),
    }
    writer.act("b", ev.ProposalNotRetained("P1"))
    assert paragraph(writer, "b").contributions == ()
    writer.revise("b", "gauge", "pole")
    own = paragraph(writer, "b").contributions
    assert {one.part for one in own} == {Part.OWN_WORDS, Part.DELETION}


def test_those_whose_words_were_merged_stay_contributors() -> None:
    writer = page()
    writer.act(
        "c",
        ev.OpenPointResolved(
            "g", Outcome.CHOSEN, ("P0",), (Settled(0, 9, Standing.KEPT),), sources=("P8",)
        ),
    )
    writer.table("e", "words of Brazil", "e)", add=ProposalTerms("P8", "B/1/1", ("B",)))
    assert {(one.symbol, one.part) for one in paragraph(writer, "c").contributions} == {
        ("CUB/1/1", Part.WORDS),
        ("B/1/1", Part.MERGED),
    }


def test_a_paragraph_that_left_keeps_its_words_and_the_ground() -> None:
    writer = page()
    writer.act("a", ev.ClauseDeleted(writer.replaced("a", "the tide", ""), "said elsewhere"))
    one = paragraph(writer, "a")
    assert (one.gone, one.words, one.base) == (True, "the tide", True)
    assert [(told.what, told.why) for told in one.done] == [("deleted", "said elsewhere")]
    writer.act("c", ev.ProposalNotRetained("P0"))
    assert [(each.symbol, each.part) for each in paragraph(writer, "c").contributions] == [
        ("CUB/1/1", Part.NOT_RETAINED)
    ]


@given(records())
def test_every_paragraph_before_the_room_has_a_row(writer: Writer) -> None:
    found = where_it_comes_from(writer.timeline, writer.head)
    rows = [one.clause for one in found.paragraphs]
    assert len(rows) == len(set(rows))
    assert {one.id for one in writer.timeline.moment().clauses if one.stands} <= set(rows)
