"""What happened between two moments, clause by clause, with nothing of it lost."""

from __future__ import annotations

import datetime as dt

import attrs
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import events as ev
from negotiation.domain.entries import Entry
from negotiation.domain.people import Capacity, Party, Visibility
from negotiation.domain.terms import HowTaken, Kind, ProposalTerms, Restored, Stance, TabledRun
from negotiation.views.at_that_time import Timeline
from negotiation.views.how_it_was_decided import questions
from negotiation.views.in_brief import Sort, in_brief
from negotiation.views.paths import paths
from negotiation.views.what_changed import what_changed
from negotiation.views.what_happened import ClauseCourse, Course, what_happened
from negotiation.views.what_may_be_seen import DESK
from tests.views.records import records
from tests.views.writing import Writer


def session() -> Writer:
    """Three clauses under two headings, and a party."""
    writer = Writer()
    writer.acts(("", ev.PartyJoined("CUB", "Cuba")), ("", ev.PartyJoined("G", "Group", ("CUB",))))
    writer.heading("h1", "recalling")
    writer.table("a", "the tide may rise", "a)")
    writer.table("b", "the gauge shall be read", "b)")
    writer.heading("h2", "resolves")
    writer.table("c", "to read the tide", "1")
    return writer


def course(writer: Writer, since: int, party: str = "") -> Course:
    """What happened since an entry."""
    return what_happened(writer.timeline, since, writer.head, party=party)


def of(found: Course, clause: str) -> ClauseCourse:
    """What happened on one clause."""
    return next(one for one in found.clauses if one.clause == clause)


@given(records())
def test_every_entry_has_a_phrase(writer: Writer) -> None:
    called = paths(writer.timeline.moment())
    for entry in writer.entries:
        told = in_brief(writer.timeline, entry, called)
        assert told.what.strip()
        assert told.who.strip()


@given(records(), st.data())
def test_every_change_of_words_is_told(writer: Writer, data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.integers(0, writer.head)) for _ in range(2))
    told = {
        one.clause: one.change
        for one in what_happened(writer.timeline, low, high).clauses
        if one.change is not None
    }
    assert told == {one.clause: one for one in what_changed(writer.timeline, low, high)}


def test_what_was_done_stands_under_its_clause_and_heading() -> None:
    writer = session()
    since = writer.head
    writer.mod("b", "shall", "should", "P1", "CUB", symbol="CUB/1/1")
    writer.act("b", ev.ProposalSupported("P1", "B"))
    writer.act("c", ev.ClauseAgreed("ad hoc group", "to read the tide"))
    found = course(writer, since)
    assert [(one.path, one.block) for one in found.clauses] == [
        ("recalling/b", "recalling"),
        ("resolves/1", "resolves"),
    ]
    first = of(found, "b")
    assert [one.what for one in first.of(Sort.PROPOSED)] == [
        "MOD CUB/1/1 (Cuba): “shall” becomes “should”"
    ]
    assert [one.what for one in first.of(Sort.SUPPORTED)] == ["CUB/1/1 by B"]
    assert [point.id for point in first.open] == ["P1"]
    assert of(found, "c").agreement is not None
    assert (found.open_before, found.open_after) == (0, 1)


def test_what_was_made_and_undone_in_between_is_only_counted() -> None:
    writer = session()
    since = writer.head
    before = writer.timeline.clause("a", since)
    assert before is not None
    revised = writer.revise("a", "may", "shall")
    act = writer.entries[-1].act.id
    restored = Restored(passage=before.passage.runs)
    writer.act("a", ev.ActReversed(act, (revised,), restored))
    found = course(writer, since)
    assert found.clauses == ()
    assert found.undone == (act,)
    # Seen from after the mistake, the undoing is what happened.
    (one,) = course(writer, revised).clauses
    assert [told.sort for told in one.happened] == [Sort.DECIDED]


def test_a_redone_act_holds() -> None:
    writer = session()
    since = writer.head
    before = writer.timeline.clause("a", since)
    assert before is not None
    revised = writer.revise("a", "may", "shall")
    after = writer.timeline.clause("a", revised)
    assert after is not None
    first = writer.entries[-1].act.id
    writer.act("a", ev.ActReversed(first, (revised,), Restored(passage=before.passage.runs)))
    undo = writer.entries[-1].act.id
    writer.act("a", ev.ActReversed(undo, (writer.head,), Restored(passage=after.passage.runs)))
    found = course(writer, since)
    assert [told.entry for told in of(found, "a").happened] == [revised]
    assert found.undone == ()


def test_what_concerns_a_party_is_told_also_through_its_group() -> None:
    writer = session()
    since = writer.head
    writer.mod("a", "may", "shall", "P1", "G")
    writer.mod("b", "shall", "should", "P2", "USA")
    found = course(writer, since, "CUB")
    assert [(one.clause, one.concerns) for one in found.clauses] == [("a", True), ("b", False)]
    assert [one.concerns for one in course(writer, since).clauses] == [False, False]


def hidden(writer: Writer, entry: int) -> Timeline:
    """The same record with one entry for the chair only."""
    rows: list[Entry] = [
        attrs.evolve(one, visibility=Visibility.CHAIR) if one.number == entry else one
        for one in writer.entries
    ]
    return Timeline("tide", rows)


def test_what_is_not_public_is_left_out_unless_it_is_asked_for() -> None:
    writer = session()
    since = writer.head
    entry = writer.act("c", ev.PositionRecorded("CUB", Stance.RED_LINE))
    timeline = hidden(writer, entry)
    assert what_happened(timeline, since, entry, party="CUB").clauses == ()
    (one,) = what_happened(timeline, since, entry, viewer=DESK, party="CUB").clauses
    assert one.concerns
    assert [told.what for told in one.of(Sort.OPPOSED)] == ["Cuba: red line"]


def test_a_move_is_told_on_the_clause_that_moved() -> None:
    writer = session()
    since = writer.head
    writer.act("", ev.ClausePlaced("c", "a"))
    (one,) = course(writer, since).clauses
    assert [told.what for told in one.happened] == ["moved behind recalling/a"]
    assert one.change is not None


def test_editing_is_told_from_substance() -> None:
    writer = session()
    since = writer.head
    writer.revise("a", "the tide", "the Tide", editorial=True)
    writer.revise("b", "the gauge", "each gauge")
    found = course(writer, since)
    assert [one.editing for one in found.clauses] == [True, False]


def put(writer: Writer) -> int:
    """A question before the room."""
    until = dt.datetime(2031, 5, 9, tzinfo=dt.UTC)
    return writer.act("", ev.DecisionPut("D", "Shall b stand?", "{}", ("b",), until))


def test_how_consensus_was_reached_is_told_from_beginning_to_end() -> None:
    writer = session()
    since = put(writer)
    (asked,) = questions(writer.timeline, writer.head)
    assert asked.pending
    assert asked.until.startswith("2031-05-09")
    objected = writer.act(
        "", ev.ObjectionMade("D", "CUB", "too soon"), behalf="CUB", capacity=Capacity.DELEGATION
    )
    writer.act("", ev.ObjectionWithdrawn("D", "CUB"))
    writer.act("", ev.DecisionTaken("D", HowTaken.SILENCE))
    (asked,) = course(writer, since).questions
    (objection,) = asked.objections
    assert (objection.party, objection.ground, objection.hand.entry) == (
        "CUB",
        "too soon",
        objected,
    )
    assert objection.withdrawn is not None
    assert asked.how is HowTaken.SILENCE
    assert not asked.pending
    assert questions(writer.timeline, writer.head, writer.head) == ()


def test_a_question_whose_taking_was_undone_is_before_the_room_again() -> None:
    writer = session()
    put(writer)
    waiting = writer.timeline.negotiation(writer.head).decisions
    taken = writer.act("", ev.DecisionTaken("D", HowTaken.NO_OBJECTION))
    act = writer.entries[-1].act.id
    writer.act("", ev.ActReversed(act, (taken,), Restored(decisions=waiting)))
    (asked,) = questions(writer.timeline, writer.head)
    assert asked.pending
    writer.act("", ev.ActReversed("act-7", (), Restored(decisions=())))
    assert questions(writer.timeline, writer.head) == ()


def test_a_page_that_came_in_is_one_line_and_what_follows_is_compared_with_it() -> None:
    writer = Writer()
    received = ev.DocumentReceived("tide.md", "0" * 64, b"", "DL/7")
    writer.acts(
        ("", received),
        ("a", ev.ClauseTabled(Kind.ITEM, "a)", (TabledRun("the tide"),))),
        ("", ev.ClausePlaced("a", "")),
    )
    writer.mod("a", "tide", "gauge", "P1", "CUB")
    found = what_happened(writer.timeline, 0, writer.head)
    assert [one.what for one in found.whole][-1] == "DL/7 received as the draft"
    (one,) = found.clauses
    assert one.change is not None
    assert [(each.removed, each.inserted) for each in one.change.changes] == [("tide", "gauge")]


def test_a_party_without_a_name_goes_by_its_code() -> None:
    assert Party("CUB").shown == "CUB"
    writer = session()
    since = writer.head
    writer.table("n", "new", "c)", add=ProposalTerms("P9", "", ()))
    told = of(course(writer, since), "n").of(Sort.PROPOSED)
    assert [one.what for one in told] == ["ADD (unattributed): “c) new”"]


def test_a_question_concerns_those_who_object_and_those_whose_words_it_touches() -> None:
    writer = session()
    writer.mod("b", "shall", "should", "P1", "USA")
    since = put(writer)
    assert what_happened(writer.timeline, since - 1, writer.head, party="USA").concerning == ("D",)
    assert what_happened(writer.timeline, since - 1, writer.head, party="CUB").concerning == ()
    writer.act("", ev.ObjectionMade("D", "G", "too soon"))
    assert course(writer, since, "CUB").concerning == ("D",)


def test_what_a_package_ties_is_told_of_the_package_alone() -> None:
    writer = session()
    since = writer.head
    writer.acts(
        ("", ev.PackageFormed("K", "tides", ("a", "b"))),
        ("a", ev.ClauseLinked("K")),
        ("b", ev.ClauseLinked("K")),
    )
    found = course(writer, since)
    assert found.clauses == ()
    assert [(one.name, one.state) for one in found.packages] == [("tides", "formed")]
    assert [one.package for one in found.whole] == ["K"]
    assert found.paths == (("a", "recalling/a"), ("b", "recalling/b"))
