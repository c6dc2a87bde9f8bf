"""Who wrote each word, living or struck, and who struck it."""

from __future__ import annotations

from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.terms import Origin, Outcome, ProposalTerms, Settled, TabledRun
from negotiation.text.passage import Standing
from negotiation.views.pieces import Sort
from negotiation.views.who_wrote_this import Whence, Written, blame, who_wrote_this
from tests.views.records import records
from tests.views.writing import Writer


def runs(writer: Writer, clause: str) -> tuple[Written, ...]:
    """The authors of one clause now."""
    (found,) = who_wrote_this(writer.timeline, writer.head, clause)
    return found.runs


def test_base_words_presumed_words_and_inserted_ones_are_told_apart() -> None:
    writer = Writer()
    tabled = writer.table(
        "a",
        [
            TabledRun("base "),
            TabledRun("perhaps ", Origin.PRESUMED),
            TabledRun("put in", Origin.INSERTED),
        ],
        "a)",
    )
    found = runs(writer, "a")
    assert [one.whence for one in found] == [Whence.BASE, Whence.PRESUMED, Whence.INSERTED]
    assert found[0].inserted is None
    assert found[2].inserted is not None
    assert found[2].inserted.hand.entry == tabled - 1


def test_a_proposals_words_name_its_symbol_its_sponsors_and_the_act() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    entry = writer.mod("a", "shall", "should", "P1", "USA", symbol="USA/1/1")
    ruled = writer.act("a", ev.ProposalRetained("P1"), by="Amina", meeting="AHG/3")
    _, struck, put_in, _ = runs(writer, "a")
    assert (struck.words, struck.sort) == ("shall", Sort.GONE)
    (strike,) = struck.struck
    assert strike.hand.entry == entry
    assert strike.credit is not None
    assert (strike.credit.symbol, strike.credit.sponsors) == ("USA/1/1", ("USA",))
    assert strike.standing is Standing.KEPT
    assert (put_in.words, put_in.sort) == ("should", Sort.INSERTED_KEPT)
    assert put_in.inserted is not None
    assert put_in.inserted.hand.behalf == "USA"
    assert put_in.inserted.hand.act == writer.entries[entry - 1].act.id
    (decision,) = put_in.inserted.decisions
    assert (decision.hand.entry, decision.hand.by, decision.hand.meeting) == (
        ruled,
        "Amina",
        "AHG/3",
    )


def test_words_of_the_chair_belong_to_no_proposal() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    entry = writer.revise("a", "tide", "gauge")
    put_in = runs(writer, "a")[2]
    assert put_in.inserted is not None
    assert (put_in.inserted.hand.entry, put_in.inserted.credit) == (entry, None)


def test_words_keep_their_author_through_a_move_and_a_deletion() -> None:
    writer = Writer()
    writer.table("a", "first", "a)")
    writer.table("b", "second", "b)")
    entry = writer.mod("b", "second", "2nd", "P1", "J")
    writer.act("", ev.ClausePlaced("b", ""))
    gone = writer.act("b", ev.ClauseDeleted(writer.replaced("b", "2nd", "")))
    _, put_in = runs(writer, "b")
    assert put_in.inserted is not None
    assert put_in.inserted.hand.entry == entry
    assert [strike.hand.entry for strike in put_in.struck] == [gone]
    assert put_in.sort is Sort.GONE


def test_those_whose_proposal_was_merged_stay_contributors() -> None:
    """By the sources that the act names, and by the proposal that it was merged into."""
    writer = Writer()
    for number, party in enumerate(("CUB", "ARB", "B"), start=1):
        terms = ProposalTerms(f"P{number}", f"{party}/7/{number}", (party,))
        writer.table(f"e{number}", f"words of {party}", "e)", add=terms)
    writer.acts(
        (
            "e1",
            ev.OpenPointResolved("g", Outcome.CHOSEN, ("P1",), (_kept(12),), sources=("P2",)),
        ),
        (
            "e2",
            ev.OpenPointResolved("g", Outcome.MERGED, ("P2",), (_merged(12),), into="e1"),
        ),
        ("e3", ev.ProposalMerged("P3", "P1")),
    )
    (words,) = runs(writer, "e1")
    assert [one.symbol for one in words.contributors] == ["B/7/3", "ARB/7/2"]
    (lost,) = runs(writer, "e2")
    assert lost.inserted is not None
    assert lost.inserted.standing is Standing.MERGED
    assert lost.contributors == ()


def _kept(size: int) -> Settled:
    return Settled(0, size, Standing.KEPT)


def _merged(size: int) -> Settled:
    return Settled(0, size, Standing.MERGED)


def test_new_words_of_a_merger_credit_all_their_sources() -> None:
    writer = Writer()
    for number, party in enumerate(("CUB", "ARB"), start=1):
        terms = ProposalTerms(f"P{number}", f"{party}/7/{number}", (party,))
        writer.table(f"e{number}", f"words of {party}", "e)", add=terms)
    writer.act(
        "e1",
        ev.OpenPointResolved(
            "g",
            Outcome.NEW_WORDS,
            ("P1",),
            edits=writer.replaced("e1", "", " and others"),
            sources=("P1", "P2"),
        ),
    )
    new = runs(writer, "e1")[-1]
    assert new.words == " and others"
    assert [one.symbol for one in new.contributors] == ["CUB/7/1", "ARB/7/2"]


@given(records())
def test_the_runs_hold_every_word_that_was_ever_there(writer: Writer) -> None:
    for at in range(writer.head + 1):
        clauses = writer.timeline.moment(at).clauses
        for clause in clauses:
            (found,) = who_wrote_this(writer.timeline, at, clause.id)
            assert "".join(one.words for one in found.runs) == clause.passage.words
            for one in found.runs:
                assert clause.passage.words[one.start : one.end] == one.words
                assert (one.whence is Whence.INSERTED) == (one.inserted is not None)
                assert one.inserted is None or one.inserted.hand.entry <= at
        assert blame(writer.timeline, at) == [(one.id, one.passage.runs) for one in clauses]
