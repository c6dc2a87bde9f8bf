"""What the room has not settled, how much that is, and what is damaged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import events as ev
from negotiation.domain.terms import (
    BracketKind,
    Damage,
    ProposalTerms,
    Restored,
    Severity,
    Stance,
)
from negotiation.text.edit import Edit
from negotiation.text.places import Reach
from negotiation.views.at_that_time import Timeline
from negotiation.views.how_open import Numbers, numbers
from negotiation.views.is_it_clean import InTheWay, NotClean, clean
from negotiation.views.paths import Names, paths
from negotiation.views.signs import Signs, spans
from negotiation.views.what_is_damaged import anomalies
from negotiation.views.what_is_damaged import damaged as damages_of
from negotiation.views.what_is_open import OpenPoint, what_is_open
from tests.views.records import records
from tests.views.writing import Writer, time


def points(writer: Writer) -> tuple[OpenPoint, ...]:
    """What is open now."""
    return what_is_open(writer.timeline, writer.head)


def group() -> Writer:
    """Three additions by three parties, in one group behind paragraph b."""
    writer = Writer()
    writer.heading("h", "reaffirming")
    writer.table("a", "first,", "a)")
    writer.table("b", "second,", "b)")
    for number, party in enumerate(("CUB", "ARB", "B"), start=1):
        terms = ProposalTerms(f"P{number}", f"{party}/7/{number}", (party,))
        writer.table(f"e{number}", f"words of {party},", "c)", add=terms)
    writer.acts(
        *(
            (
                f"e{number}",
                ev.BracketPlaced(
                    "g",
                    BracketKind.ALTERNATIVES,
                    begins=number == 1,
                    holders=("CUB",) if number == 1 else (),
                    status="to be further discussed" if number == 1 else "",
                ),
            )
            for number in (1, 2, 3)
        ),
        *((f"e{n}", ev.AlternativeTabled("g", n, f"P{n}")) for n in (1, 2, 3)),
    )
    return writer


def test_a_group_of_additions_is_one_point_behind_the_clause_before_it() -> None:
    writer = group()
    (point,) = points(writer)
    assert (point.number, point.id, point.kind) == (1, "g", "alternatives")
    assert point.clauses == ("e1", "e2", "e3")
    assert (point.path, point.where) == ("reaffirming/c", "after reaffirming/b")
    assert point.words == "words of CUB,\nwords of ARB,\nwords of B,"
    assert (point.holders, point.status) == (("CUB",), "to be further discussed")
    assert [(one.order, one.symbol, one.sponsors, one.words) for one in point.alternatives] == [
        (1, "CUB/7/1", ("CUB",), "words of CUB,"),
        (2, "ARB/7/2", ("ARB",), "words of ARB,"),
        (3, "B/7/3", ("B",), "words of B,"),
    ]
    assert [one.path for one in point.alternatives] == [
        "reaffirming/c",
        "reaffirming/c#2",
        "reaffirming/c#3",
    ]


def test_support_and_positions_are_shown_and_not_weighed() -> None:
    writer = group()
    writer.act("e2", ev.ProposalSupported("P2", "USA"))
    writer.act("e1", ev.PositionRecorded("USA", Stance.OPPOSES, "g"))
    writer.act("e2", ev.PositionRecorded("J", Stance.CAN_ACCEPT, "g"))
    (point,) = points(writer)
    assert point.alternatives[1].supporters == ("USA",)
    assert point.positions == 2


def test_a_withdrawn_wording_stays_in_its_group_and_says_so() -> None:
    writer = group()
    writer.act("e2", ev.ProposalWithdrawn("P2", "ARB"))
    (point,) = points(writer)
    assert [one.state for one in point.alternatives] == [
        "on the table",
        "withdrawn",
        "on the table",
    ]
    assert [one.words for one in point.alternatives] == ["words of CUB,", "", "words of B,"]


def test_age_is_counted_in_acts_and_since_says_when() -> None:
    writer = group()
    (young,) = points(writer)
    opened = young.since
    assert young.age == 0
    assert young.since_when == time(len({e.act.id for e in writer.entries})).isoformat()
    writer.revise("a", "first", "one")
    writer.act("b", ev.RemarkMade("well"), ev.RemarkMade("two entries, one act"))
    (old,) = points(writer)
    assert (old.since, old.age) == (opened, 2)
    assert writer.entries[opened - 1].clause == "e1"


def test_a_bracket_tells_its_words_holders_and_where_it_is_parked() -> None:
    writer = Writer()
    writer.table("a", "the free exchange of readings", "a)")
    reach = Reach(*writer.stretch("a", "free"))
    writer.act("a", ev.BracketPlaced("q", reach=reach, holders=("USA",), reason="costs"))
    writer.act("a", ev.BracketHeld("q", "J"))
    writer.act("a", ev.BracketReleased("q", "USA"))
    writer.act("a", ev.ClauseParked("J", "Friday", "q"))
    (point,) = points(writer)
    assert (point.words, point.holders, point.reason) == ("free", ("J",), "costs")
    assert (point.parked, point.until) == ("J", "Friday")
    assert point.where == "a"
    writer.act("a", ev.ClauseResumed("q"))
    assert points(writer)[0].parked == ""


def test_a_lifted_bracket_and_a_lifted_group_are_open_no_more() -> None:
    writer = group()
    writer.acts(*((f"e{n}", ev.BracketLifted("g")) for n in (1, 2, 3)))
    assert [point.kind for point in points(writer)] == ["proposal"] * 3


def test_an_undecided_proposal_is_open_until_it_is_decided() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    writer.mod("a", "shall", "should", "P1", "USA", symbol="USA/1/1")
    (point,) = points(writer)
    assert (point.kind, point.words, point.struck) == ("proposal", "should", "shall")
    assert point.sponsors == ("USA",)
    assert point.alternatives[0].kind == "MOD"
    writer.act("a", ev.ProposalRetained("P1"))
    assert points(writer) == ()


def test_deletions_additions_and_no_changes_are_open_as_well() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    whole = writer.replaced("a", "the tide be read", "")
    writer.act("a", ev.DeletionProposed(ProposalTerms("S", "", ("USA",)), whole))
    writer.act("a", ev.NoChangeProposed(ProposalTerms("N", "", ("J",))))
    writer.table("b", "more", "b)", add=ProposalTerms("A", "", ("B",)))
    found = points(writer)
    assert [point.alternatives[0].kind for point in found] == ["SUP", "NOC", "ADD"]
    assert found[0].struck == "the tide be read"
    assert found[2].path == "b"


def test_points_come_in_the_order_of_the_text_and_know_what_holds_them() -> None:
    writer = Writer()
    writer.table("a", "one two three four", "a)")
    writer.table("b", "five", "b)")
    writer.act("b", ev.BracketPlaced("late"))
    for point, words in (("four", "four"), ("three", "three"), ("outer", "two three")):
        writer.act("a", ev.BracketPlaced(point, reach=Reach(*writer.stretch("a", words))))
    writer.mod("a", "three", "3", "P", "USA")
    found = points(writer)
    assert [point.id for point in found] == ["outer", "three", "P", "four", "late"]
    assert [point.number for point in found] == [1, 2, 3, 4, 5]
    assert [point.inside for point in found] == ["", "outer", "three", "", ""]


def test_a_bracket_over_clauses_holds_the_ones_within_and_none_that_stick_out() -> None:
    writer = Writer()
    for name in "abc":
        writer.table(name, f"words {name}", f"{name})")
    writer.acts(*((n, ev.BracketPlaced("big", begins=n == "a")) for n in "abc"))
    writer.act("b", ev.BracketPlaced("small", reach=Reach(0, 5)))
    writer.acts(*((n, ev.BracketPlaced("two", begins=n == "b")) for n in "bc"))
    found = {point.id: point for point in points(writer)}
    assert found["big"].words == "words a\nwords b\nwords c"
    assert found["small"].inside == "two"
    assert found["two"].inside == "big"
    assert found["big"].inside == ""


def test_equal_brackets_are_inside_the_earlier_one_not_inside_each_other() -> None:
    writer = Writer()
    writer.table("a", "words", "a)")
    writer.act("a", ev.BracketPlaced("first"))
    writer.act("a", ev.BracketPlaced("second"))
    assert [(p.id, p.inside) for p in points(writer)] == [("first", ""), ("second", "first")]


def test_a_bracket_around_the_whole_text_is_no_point_of_its_own() -> None:
    writer = Writer()
    writer.table("a", "words", "a)")
    writer.act("a", ev.BracketPlaced("all", BracketKind.WHOLE_TEXT))
    assert points(writer) == ()
    assert numbers(writer.timeline, writer.head) == Numbers(0, 0, 0, whole_text=True)


def test_nothing_is_open_on_a_clause_that_is_out_of_the_text() -> None:
    writer = group()
    writer.act("e1", ev.ClauseDeleted(writer.replaced("e1", "words of CUB,", "")))
    (point,) = points(writer)
    assert point.clauses == ("e2", "e3")
    writer.act("e2", ev.ActReversed("act-6", (), Restored(tabled=False)))
    (point,) = points(writer)
    assert point.clauses == ("e3",)


def test_wordings_inside_a_clause() -> None:
    writer = Writer()
    writer.table("a", "the Union shall read", "a)")
    low, high = writer.stretch("a", "shall")
    writer.act(
        "a",
        ev.BracketPlaced("q", BracketKind.ALTERNATIVES, Reach(low, high)),
        ev.AlternativeTabled("q", 1, reach=Reach(low, high)),
        ev.AlternativeTabled(
            "q",
            2,
            "P",
            ("USA",),
            Reach(high, high + 6),
            edits=(Edit(high, high, "", "should"),),
            terms=ProposalTerms("P", "", ("USA",)),
        ),
        ev.BracketWidened("q", Reach(low, high + 6)),
    )
    (point,) = points(writer)
    assert [(one.words, one.sponsors, one.proposal) for one in point.alternatives] == [
        ("shall", (), ""),
        ("should", ("USA",), "P"),
    ]
    assert point.words == "shall/should", "Wordings that meet are told apart."
    assert numbers(writer.timeline, writer.head) == Numbers(1, 2, 1, whole_text=False)


def test_the_three_numbers() -> None:
    """Words inside two brackets count once; struck ones never do."""
    writer = Writer()
    writer.table("a", "one two three four five", "a)")
    writer.act("a", ev.BracketPlaced("x", reach=Reach(*writer.stretch("a", "one two three"))))
    writer.act("a", ev.BracketPlaced("y", reach=Reach(*writer.stretch("a", "two"))))
    writer.mod("a", "five", "six seven", "P", "USA")
    assert numbers(writer.timeline, writer.head) == Numbers(3, 3, 5, whole_text=False)


# -- damage ---------------------------------------------------------------------------------------


def damaged(line: int, severity: Severity, *, live: bool = True) -> Damage:
    """An anomaly found at a line."""
    return Damage("fused", severity, line, 3, line, "old new", "Two wordings in one.", live, "new")


def test_damage_is_listed_by_line_and_is_no_open_point() -> None:
    writer = Writer()
    writer.table("a", "old new words", "a)")
    writer.act(
        "a",
        ev.AnomalyFound("w2", damaged(60, Severity.DAMAGED)),
        ev.AnomalyFound("w1", damaged(8, Severity.EDITORIAL)),
        ev.AnomalyFound("w3", damaged(61, Severity.DAMAGED, live=False)),
    )
    found = anomalies(writer.timeline, writer.head)
    assert [one.id for one in found.found] == ["w1", "w2", "w3"]
    assert (found.damaged, found.doubtful, found.editorial, found.blocking) == (2, 0, 1, 1)
    assert points(writer) == ()
    writer.act("a", ev.AnomalySettled("w2", accepted=False))
    found = anomalies(writer.timeline, writer.head)
    assert (found.damaged, found.blocking) == (1, 0)
    assert [one.settled for one in found.found] == ["", "rejected", ""]


def test_damage_in_a_deleted_clause_blocks_nothing() -> None:
    writer = Writer()
    writer.table("a", "old new words", "a)")
    writer.act("a", ev.AnomalyFound("w1", damaged(8, Severity.DAMAGED)))
    writer.act("a", ev.ClauseDeleted(writer.replaced("a", "old new words", "")))
    found = anomalies(writer.timeline, writer.head)
    assert [one.live for one in found.found] == [False]
    assert found.blocking == 0


# -- clean ----------------------------------------------------------------------------------------


def test_a_clean_text_is_refused_with_a_list_of_what_stands_in_the_way() -> None:
    writer = group()
    writer.mod("a", "first", "1st", "P9", "USA")
    writer.act("b", ev.AnomalyFound("w1", damaged(8, Severity.DAMAGED)))
    writer.act("b", ev.AnomalyFound("w2", damaged(9, Severity.DOUBTFUL)))
    writer.act("h", ev.BracketPlaced("all", BracketKind.WHOLE_TEXT))
    refused = clean(writer.timeline, writer.head)
    assert isinstance(refused, NotClean)
    assert [(one.why, one.id) for one in refused.obstacles] == [
        (InTheWay.WHOLE_TEXT, "all"),
        (InTheWay.PROPOSAL, "P9"),
        (InTheWay.OPEN_POINT, "g"),
        (InTheWay.DAMAGE, "w1"),
    ]


def test_a_settled_text_is_clean_without_any_mark() -> None:
    writer = Writer()
    writer.table("a", "the tide shall be read", "a)")
    writer.mod("a", "shall", "should", "P1", "USA")
    writer.act("a", ev.ProposalRetained("P1"))
    found = clean(writer.timeline, writer.head)
    assert not isinstance(found, NotClean)
    assert [printed.line for printed in found] == ["a) the tide should be read"]


def test_one_clause_may_be_clean_in_a_text_that_is_not() -> None:
    writer = group()
    found = clean(writer.timeline, writer.head, {"a"})
    assert not isinstance(found, NotClean)
    assert [printed.line for printed in found] == ["a) first,"]


# -- laws -----------------------------------------------------------------------------------------


@given(records())
def test_every_undecided_proposal_and_bracket_is_counted_once(writer: Writer) -> None:
    found = points(writer)
    assert [point.number for point in found] == list(range(1, len(found) + 1))
    assert len({point.id for point in found}) == len(found)
    listed = {point.id for point in found} | {
        one.proposal for point in found for one in point.alternatives
    }
    for clause in writer.timeline.moment().clauses:
        if clause.margin.tabled and not clause.margin.deleted_by:
            for proposal in clause.proposals:
                if proposal.state == "on the table":
                    assert proposal.id in listed
            for bracket in clause.brackets:
                start, end = bracket.reach.within(len(clause.passage.words))
                left = clause.passage.standing_between(start, end) or start >= end
                counted = bracket.kind is not BracketKind.WHOLE_TEXT and left
                assert bracket.point in listed or not counted


@given(records())
def test_what_is_inside_is_held_by_a_point_that_comes_first(writer: Writer) -> None:
    place = {point.id: point.number for point in points(writer)}
    for point in points(writer):
        if point.inside:
            assert place[point.inside] < point.number


@given(records(), st.data())
def test_what_was_answered_before_changes_no_answer(writer, data):
    """A reader that has seen other moments says what one says that sees this one first."""
    timeline = writer.timeline
    moments = data.draw(st.lists(st.integers(0, timeline.head), min_size=1, max_size=8))
    for at in moments:
        fresh = Timeline(timeline.id, timeline.entries)
        assert what_is_open(timeline, at) == what_is_open(fresh, at)
        assert damages_of(timeline.moment(at)) == anomalies(fresh, at).damaged
        assert timeline.memory(Names).paths(timeline.moment(at)) == paths(fresh.moment(at))
        assert timeline.memory(Signs).spans(timeline.moment(at)) == spans(fresh.moment(at))


def test_an_addition_is_said_to_stand_behind_what_stands_at_the_time() -> None:
    """Also when the clause before it came and went since somebody looked."""
    w = Writer()
    w.table("a", "the tide", "a)")
    w.table("b", "and the moon", "b)", add=ProposalTerms("P", sponsors=("J",)))
    w.act("b", ev.BracketPlaced("q"))
    stood = w.head
    w.revise("a", "the tide", "")
    (gone,) = (one.where for one in what_is_open(w.timeline, w.head) if one.id == "q")
    (before,) = (one.where for one in what_is_open(w.timeline, stood) if one.id == "q")
    assert (gone, before) == ("b", "after a")
