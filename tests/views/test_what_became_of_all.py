"""The validation exercise: every proposal once, with an end that its words bear out."""

from __future__ import annotations

from collections import Counter

from hypothesis import given

from negotiation.domain import events as ev
from negotiation.domain.terms import Outcome, ProposalTerms, Settled
from negotiation.text.passage import Standing
from negotiation.views.what_became_of_all import End, what_became_of_all
from negotiation.views.where_did_it_go import UNDONE, Became
from tests.views.records import records
from tests.views.writing import Writer


def ends(writer: Writer) -> list[End]:
    """How every proposal ended."""
    return [one.end for one in what_became_of_all(writer.timeline, writer.head).answers]


def proposed() -> Writer:
    """One amendment on the table."""
    writer = Writer()
    writer.table("a", "the Union shall read the tide", "a)")
    writer.mod("a", "shall", "should, where it can,", "P1", "USA", symbol="USA/1/1")
    return writer


def tabled(writer: Writer) -> Counter[str]:
    """Every proposal that an entry brought, by id."""
    found: Counter[str] = Counter()
    for entry in writer.entries:
        for name in ("proposal", "terms"):
            terms = getattr(entry.event, name, None)
            if isinstance(terms, ProposalTerms):
                found[terms.id] += 1
    return found


@given(records())
def test_every_proposal_is_answered_exactly_once(writer: Writer) -> None:
    found = what_became_of_all(writer.timeline, writer.head)
    assert Counter(one.fate.id for one in found.answers) == tabled(writer)
    assert sum(number for _, number in found.totals) == len(found.answers)
    assert [one.number for one in found.answers] == list(range(1, len(found.answers) + 1))


@given(records())
def test_no_end_says_more_than_the_words(writer: Writer) -> None:
    for one in what_became_of_all(writer.timeline, writer.head).answers:
        became = {part.became for part in one.fate.parts if part.words.strip()}
        if one.end is End.IN_FULL:
            assert became <= {Became.KEPT, Became.REVISED, Became.EDITED}
        if one.end in (End.NOT_RETAINED, End.WITHDRAWN):
            assert Became.MERGED not in became
        if one.end is End.OPEN:
            assert one.fate.state == "on the table" or Became.ON_THE_TABLE in became
        assert (one.end is End.UNDONE) is (one.fate.state == UNDONE)


def test_one_end_after_another() -> None:
    writer = proposed()
    assert ends(writer) == [End.OPEN]
    writer.act("a", ev.ProposalRetained("P1"))
    assert ends(writer) == [End.IN_FULL]
    writer.revise("a", "should, where it can,", "may")
    assert ends(writer) == [End.STRUCK_LATER]


def test_not_retained_and_withdrawn_are_told_apart() -> None:
    writer = proposed()
    writer.act("a", ev.ProposalNotRetained("P1"))
    assert ends(writer) == [End.NOT_RETAINED]
    writer = proposed()
    writer.act("a", ev.ProposalWithdrawn("P1", "USA"))
    assert ends(writer) == [End.WITHDRAWN]


def test_in_part_and_as_amended_are_told_apart() -> None:
    writer = proposed()
    state = writer.timeline.clause("a", writer.head)
    assert state is not None
    low, high = writer.stretch("a", ", where it can,")
    parts = (
        Settled(0, low, Standing.KEPT),
        Settled(low, high, Standing.DROPPED),
        Settled(high, len(state.passage.words), Standing.KEPT),
    )
    writer.act("a", ev.ProposalRetained("P1", parts, (), "retained in part"))
    assert ends(writer) == [End.IN_PART]
    writer = proposed()
    writer.act(
        "a",
        ev.ProposalRetained("P1", (), writer.replaced("a", ", where it can,", ""), "as amended"),
    )
    assert ends(writer) == [End.AS_AMENDED]


def test_what_an_editor_does_to_the_form_makes_nothing_partial() -> None:
    """A closing mark put right later is no part that the room did not take."""
    writer = proposed()
    writer.act("a", ev.ProposalRetained("P1"))
    writer.revise("a", "can,", "can;", editorial=True)
    assert ends(writer) == [End.IN_FULL]
    (one,) = what_became_of_all(writer.timeline, writer.head).answers
    assert (Became.EDITED, ",") in {(part.became, part.words[-1]) for part in one.fate.parts}
    writer.revise("a", "should", "may")
    assert ends(writer) == [End.IN_PART]


def test_a_merger_and_a_no_change() -> None:
    writer = proposed()
    writer.act("a", ev.NoChangeProposed(ProposalTerms("N", "J/1/1", ("J",))))
    writer.act("a", ev.ProposalRetained("N"))
    writer.table("b", "words of Cuba", "b)", add=ProposalTerms("P2", "CUB/1/1", ("CUB",)))
    writer.act(
        "b",
        ev.OpenPointResolved(
            "g", Outcome.MERGED, ("P2",), (Settled(0, 13, Standing.MERGED),), into="a"
        ),
    )
    assert ends(writer) == [End.OPEN, End.IN_FULL, End.MERGED]
