"""What became of each proposal, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.terms import Outcome, ProposalTerms, Restored, Settled
from negotiation.text.edit import Edit
from negotiation.text.passage import Standing
from negotiation.views.where_did_it_go import UNDONE, Became, ProposalFate, fates
from tests.views.records import records
from tests.views.writing import Writer


def fate(writer: Writer, symbol: str) -> ProposalFate:
    """What became of one proposal."""
    (found,) = fates(writer.timeline, writer.head, symbol)
    return found


def parts(found: ProposalFate) -> list[tuple[str, bool, Became, int]]:
    """Words, whether deleted, what became of them, and the deciding entry."""
    return [
        (one.words, one.deletes, one.became, one.decided.entry if one.decided else 0)
        for one in found.parts
    ]


@pytest.fixture
def amended() -> Writer:
    """One clause, and a MOD of it on the table."""
    writer = Writer()
    writer.act("", ev.PartyJoined("USA", "United States"))
    writer.table("a", "the tide shall be read", "a)")
    writer.mod("a", "shall", "should", "P1", "USA", symbol="USA/1/1")
    return writer


def test_on_the_table_nobody_has_decided(amended: Writer) -> None:
    found = fate(amended, "USA/1/1")
    assert (found.kind, found.state, found.path) == ("MOD", "on the table", "a")
    assert found.decided == ()
    assert parts(found) == [
        ("shall", True, Became.ON_THE_TABLE, 0),
        ("should", False, Became.ON_THE_TABLE, 0),
    ]


def test_retained(amended: Writer) -> None:
    amended.act("a", ev.ProposalSupported("P1", "J"))
    ruled = amended.act("a", ev.ProposalRetained("P1"), meeting="AHG/3")
    found = fate(amended, "USA/1/1")
    assert (found.state, found.supporters) == ("retained", ("J",))
    assert parts(found) == [
        ("shall", True, Became.KEPT, ruled),
        ("should", False, Became.KEPT, ruled),
    ]
    assert [(hand.by, hand.meeting) for hand in found.decided] == [("Amina", "AHG/3")]


def test_not_retained_withdrawn_and_brought_back(amended: Writer) -> None:
    taken = amended.act("a", ev.ProposalWithdrawn("P1", "USA"))
    assert parts(fate(amended, "P1"))[1] == ("should", False, Became.WITHDRAWN, taken)
    amended.act("a", ev.ProposalReintroduced("P1", "J"))
    found = fate(amended, "P1")
    assert (found.state, found.sponsors) == ("on the table", ("USA", "J"))
    assert parts(found)[1] == ("should", False, Became.ON_THE_TABLE, 0)
    ruled = amended.act("a", ev.ProposalNotRetained("P1"))
    assert parts(fate(amended, "P1"))[1] == ("should", False, Became.NOT_RETAINED, ruled)


def test_kept_in_part() -> None:
    writer = Writer()
    terms = ProposalTerms("P1", "ARB/9/3", ("ARB",))
    writer.table("e", "Decisions 18, 20 and 21", "d)", add=terms)
    low, high = writer.stretch("e", "18, 20 and ")
    ruled = writer.act(
        "e",
        ev.ProposalRetained(
            "P1",
            (
                Settled(0, low, Standing.KEPT),
                Settled(low, high, Standing.DROPPED),
                Settled(high, high + 2, Standing.KEPT),
            ),
            (),
            "retained in part",
        ),
    )
    found = fate(writer, "ARB/9/3")
    assert found.state == "retained in part"
    assert parts(found) == [
        ("Decisions ", False, Became.KEPT, ruled),
        ("18, 20 and ", False, Became.NOT_RETAINED, ruled),
        ("21", False, Became.KEPT, ruled),
    ]
    assert found.words(Became.KEPT) == "Decisions  … 21"


def test_retained_as_amended_shows_what_the_amendment_took_out(amended: Writer) -> None:
    ruled = amended.act(
        "a", ev.ProposalRetained("P1", (), amended.replaced("a", "should", "may"), "as amended")
    )
    assert parts(fate(amended, "P1"))[1] == ("should", False, Became.NOT_RETAINED, ruled)


def test_words_kept_and_struck_later_name_the_later_entry(amended: Writer) -> None:
    amended.act("a", ev.ProposalRetained("P1"))
    later = amended.revise("a", "should", "may")
    assert parts(fate(amended, "P1"))[1] == ("should", False, Became.STRUCK_LATER, later)


def test_words_struck_while_nobody_had_decided(amended: Writer) -> None:
    gone = amended.revise("a", "should", "may")
    assert parts(fate(amended, "P1"))[1] == ("should", False, Became.STRUCK_UNDECIDED, gone)


def test_a_wording_that_its_sponsor_replaced(amended: Writer) -> None:
    state = amended.timeline.clause("a", amended.head)
    assert state is not None
    low, _ = amended.stretch("a", "should")
    revised = amended.act("a", ev.ProposalRevised("P1", (Edit(low, low, "", "must"),)))
    assert parts(fate(amended, "P1")) == [
        ("shall", True, Became.REVISED, revised),
        ("must", False, Became.ON_THE_TABLE, 0),
        ("should", False, Became.REVISED, revised),
    ]


def test_merged_words_say_where_they_live_on() -> None:
    writer = Writer()
    for number, party in enumerate(("CUB", "ARB"), start=1):
        terms = ProposalTerms(f"P{number}", f"{party}/7/{number}", (party,))
        writer.table(f"e{number}", f"words of {party}", f"{'ef'[number - 1]})", add=terms)
    ruled = writer.act(
        "e2",
        ev.OpenPointResolved(
            "g",
            Outcome.MERGED,
            ("P2",),
            (Settled(0, 5, Standing.MERGED), Settled(5, 12, Standing.DROPPED)),
            into="e1",
        ),
    )
    found = fate(writer, "arb/7/2")
    assert (found.state, found.into) == ("merged", "e")
    assert parts(found) == [
        ("words", False, Became.MERGED, ruled),
        (" of ARB", False, Became.NOT_RETAINED, ruled),
    ]
    assert found.parts[0].into == "e"
    writer.act("e1", ev.ProposalMerged("P1", "P2"))
    assert fate(writer, "P1").into == "ARB/7/2"


def test_a_deletion_and_a_no_change() -> None:
    writer = Writer()
    writer.table("a", "the tide", "a)")
    writer.act(
        "a",
        ev.DeletionProposed(
            ProposalTerms("S", "J/1/1", ("J",)), writer.replaced("a", "the tide", "")
        ),
    )
    writer.act("a", ev.NoChangeProposed(ProposalTerms("N", "INS/1/1", ("INS",))))
    ruled = writer.act("a", ev.ProposalNotRetained("S"))
    assert parts(fate(writer, "S")) == [("the tide", True, Became.NOT_RETAINED, ruled)]
    assert (fate(writer, "N").kind, fate(writer, "N").parts) == ("NOC", ())


def test_an_undone_proposal_is_still_told_of(amended: Writer) -> None:
    proposed = amended.head
    before = amended.timeline.clause("a", proposed - 1)
    assert before is not None
    act = amended.entries[-1].act.id
    undone = amended.act(
        "a",
        ev.ActReversed(
            act, (proposed,), Restored(passage=before.passage.runs, proposals=before.proposals)
        ),
    )
    found = fate(amended, "USA/1/1")
    assert found.state == UNDONE
    assert found.proposed is not None
    assert found.proposed.entry == proposed
    assert [hand.entry for hand in found.decided] == [undone]


def test_a_proposal_is_found_by_symbol_id_sponsor_or_name(amended: Writer) -> None:
    for name in ("usa/1/1", "p1", "usa", "united states"):
        assert fate(amended, name).id == "P1"
    assert fates(amended.timeline, amended.head, "CUB") == ()


@given(records())
def test_every_proposal_ever_made_has_a_fate(writer: Writer) -> None:
    made: dict[str, str] = {}
    for entry in writer.entries:
        terms = getattr(entry.event, "proposal", None) or getattr(entry.event, "terms", None)
        if isinstance(terms, ProposalTerms):
            made[terms.id] = entry.clause
        terms = getattr(entry.event, "terms", None)
        if isinstance(terms, ProposalTerms):
            made[terms.id] = entry.clause
    found = {one.id: one.clause for one in fates(writer.timeline, writer.head)}
    assert found == made


@given(records())
def test_every_word_of_a_proposal_has_a_fate(writer: Writer) -> None:
    for one in fates(writer.timeline, writer.head):
        clause = writer.timeline.clause(one.clause, writer.head)
        assert clause is not None
        if one.state == UNDONE:
            continue
        put_in = "".join(part.words for part in one.parts if not part.deletes)
        assert put_in == "".join(
            run.words
            for run in clause.passage.runs
            if run.inserted_by is not None and run.inserted_by.source == one.id
        )
        for part in one.parts:
            assert (part.decided is None) == (part.became is Became.ON_THE_TABLE)
