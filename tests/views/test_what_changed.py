"""What changed between two moments: exact, with its authors, substance apart from form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.terms import Kind, Outcome, ProposalTerms, Restored
from negotiation.text.edit import Edit
from negotiation.views.at_that_time import Timeline
from negotiation.views.what_changed import ChangeKind, ClauseChange, what_changed
from tests.given import by, table, two
from tests.given import given as case_of
from tests.views.records import records
from tests.views.writing import Writer


def live(timeline: Timeline, clause: str, at: int) -> str:
    """What a clause reads at a moment; nothing when it is not in the text."""
    state = timeline.moment(at).clause(clause)
    return state.passage.live if state is not None and state.margin.tabled else ""


def applied(change: ClauseChange) -> str:
    """The words before with every change made in them."""
    text, place = "", 0
    for one in change.changes:
        assert change.before[one.start : one.end] == one.removed
        text += change.before[place : one.start] + one.inserted
        assert text == change.after[: one.new_end]
        assert change.after[one.new_start : one.new_end] == one.inserted
        place = one.end
    return text + change.before[place:]


@given(records(), st.data())
def test_changes_applied_to_the_earlier_words_give_the_later_ones(
    writer: Writer, data: st.DataObject
) -> None:
    timeline = writer.timeline
    from_, to = (data.draw(st.integers(0, writer.head)) for _ in range(2))
    found = {change.clause: change for change in what_changed(timeline, from_, to)}
    for placed in timeline.negotiation(writer.head).order:
        old, new = live(timeline, placed.clause, from_), live(timeline, placed.clause, to)
        change = found.get(placed.clause)
        if change is None:
            assert old == new
        else:
            assert (change.before, change.after) == (old, new)
            assert applied(change) == new


@given(records(), st.data())
def test_every_change_of_words_has_somebody_who_made_it_in_between(
    writer: Writer, data: st.DataObject
) -> None:
    from_, to = sorted(data.draw(st.integers(0, writer.head)) for _ in range(2))
    for change in what_changed(writer.timeline, from_, to):
        for one in change.changes:
            assert one.hands
            assert all(from_ < hand.entry <= to for hand in one.hands)


@given(records(), st.data())
def test_a_change_cuts_no_word_in_two(writer: Writer, data: st.DataObject) -> None:
    from_, to = (data.draw(st.integers(0, writer.head)) for _ in range(2))
    for change in what_changed(writer.timeline, from_, to):
        for one in change.changes:
            for text, at in ((change.before, one.start), (change.after, one.new_end)):
                around = text[max(at - 1, 0) : at + 1]
                assert not (len(around) == 2 and around.isalnum() and one.removed and one.inserted)


@given(records(), st.data())
def test_the_way_back_names_the_same_clauses(writer: Writer, data: st.DataObject) -> None:
    from_, to = (data.draw(st.integers(0, writer.head)) for _ in range(2))
    there = {change.clause: change for change in what_changed(writer.timeline, from_, to)}
    back = {change.clause: change for change in what_changed(writer.timeline, to, from_)}
    assert {c: (x.before, x.after) for c, x in there.items()} == {
        c: (x.after, x.before) for c, x in back.items()
    }


def test_nothing_between_a_moment_and_itself() -> None:
    writer = Writer()
    writer.table("a", "the tide is read", "a)")
    assert what_changed(writer.timeline, writer.head, writer.head) == ()


def test_a_word_replaced_is_one_change_with_its_author() -> None:
    writer = Writer()
    start = writer.table("a", "the Union shall read the tide", "a)")
    entry = writer.mod("a", "shall", "should", "P1", "USA", symbol="USA/1/1")
    (change,) = what_changed(writer.timeline, start, entry)
    (one,) = change.changes
    assert (change.path, change.kinds) == ("a", (ChangeKind.CHANGED,))
    assert (one.removed, one.inserted) == ("shall", "should")
    assert (one.lost, one.gained) == (("shall",), ("should",))
    assert [hand.entry for hand in one.hands] == [entry]
    assert one.hands[0].behalf == "USA"
    assert not one.editing


def test_two_authors_in_one_clause_are_told_apart() -> None:
    writer = Writer()
    start = writer.table("a", "read the tide every day and write it down", "a)")
    first = writer.revise("a", "every day", "every hour")
    second = writer.revise("a", "down", "up")
    (change,) = what_changed(writer.timeline, start, second)
    assert [(one.removed, one.inserted) for one in change.changes] == [
        ("day", "hour"),
        ("down", "up"),
    ]
    assert [[hand.entry for hand in one.hands] for one in change.changes] == [[first], [second]]


def test_part_of_a_word_changes_the_whole_word() -> None:
    writer = Writer()
    start = writer.table("a", "goal 43 of the plan", "a)")
    at, _ = writer.stretch("a", "43")
    end = writer.act("a", ev.TextRevised((Edit(at, at + 1, "4", ""),)))
    (change,) = what_changed(writer.timeline, start, end)
    (one,) = change.changes
    assert (one.removed, one.inserted) == ("43", "3")


def test_accents_and_right_to_left_words_stay_whole() -> None:
    writer = Writer()
    start = writer.table("a", "the cafe\u0301 reads البحر today", "a)")
    end = writer.revise("a", "cafe\u0301", "cafe\u0300")
    (change,) = what_changed(writer.timeline, start, end)
    (one,) = change.changes
    assert (one.removed, one.inserted) == ("cafe\u0301", "cafe\u0300")
    assert change.after == "the cafe\u0300 reads البحر today"


def test_form_is_told_from_substance() -> None:
    """An editor's revision and a (MOD) with its decision are form; a revision is substance."""
    writer = Writer()
    writer.table("a", "Resolution 4 of the Union", "a)")
    start = writer.table("b", "the tide be read", "b)")
    writer.revise("a", "Resolution 4 of the Union", "Union Resolution 4", editorial=True)
    writer.mod("a", "4", "4,", "P1", "USA", editorial=True)
    writer.act("a", ev.ProposalRetained("P1"))
    writer.revise("b", "tide", "gauge")
    form, substance = what_changed(writer.timeline, start, writer.head)
    assert form.editing
    assert all(one.editing for one in form.changes)
    assert not substance.editing


def test_a_decision_that_leaves_the_words_alone_is_no_change() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    start = writer.mod("a", "tide", "gauge", "P1", "USA")
    writer.act("a", ev.ProposalRetained("P1"))
    assert what_changed(writer.timeline, start, writer.head) == ()


def test_words_not_retained_come_back_by_the_decision() -> None:
    writer = Writer()
    writer.table("a", "the tide be read", "a)")
    start = writer.mod("a", "tide", "gauge", "P1", "USA")
    ruled = writer.act("a", ev.ProposalNotRetained("P1"))
    (change,) = what_changed(writer.timeline, start, ruled)
    (one,) = change.changes
    assert (one.removed, one.inserted) == ("gauge", "tide")
    assert [hand.entry for hand in one.hands] == [ruled]


def test_new_gone_moved_and_relabelled_clauses() -> None:
    writer = Writer()
    writer.heading("h", "resolves")
    writer.table("a", "first", "a)")
    writer.table("b", "second", "b)")
    start = writer.table("c", "third", "c)")
    added = writer.table("n", "new words", "d)", add=ProposalTerms("P1", "B/1/1", ("B",)))
    moved = writer.act("", ev.ClausePlaced("c", "h"))
    gone = writer.act("b", ev.ClauseDeleted(writer.replaced("b", "second", "")))
    named = writer.act("a", ev.OpenPointResolved("q", Outcome.CHOSEN, label="b)"))
    found = {change.clause: change for change in what_changed(writer.timeline, start, named)}
    assert list(found) == ["c", "a", "b", "n"]
    assert found["c"].kinds == (ChangeKind.MOVED,)
    assert found["c"].moved_from == "resolves/b"
    assert [hand.entry for hand in found["c"].moved_by] == [moved]
    assert found["a"].kinds == (ChangeKind.RELABELLED,)
    assert (found["a"].label_before, found["a"].label_after) == ("a)", "b)")
    assert [hand.entry for hand in found["a"].relabelled_by] == [named]
    assert found["b"].kinds == (ChangeKind.GONE,)
    assert found["b"].path == "resolves/b"
    assert [hand.entry for hand in found["b"].changes[0].hands] == [gone]
    assert found["n"].kinds == (ChangeKind.NEW,)
    assert [hand.entry for hand in found["n"].changes[0].hands] == [added - 1]


def test_an_undo_is_the_author_of_what_it_takes_back() -> None:
    writer = Writer()
    before = writer.table("a", "the tide be read", "a)")
    start = writer.revise("a", "read", "read daily")
    state = writer.timeline.clause("a", before)
    assert state is not None
    undone = writer.act(
        "a", ev.ActReversed("act-3", (start,), Restored(passage=state.passage.runs))
    )
    (change,) = what_changed(writer.timeline, start, undone)
    assert change.after == "the tide be read"
    assert {hand.entry for one in change.changes for hand in one.hands} == {undone}
    assert what_changed(writer.timeline, before, undone) == ()


def test_one_clause_can_be_asked_for() -> None:
    writer = Writer()
    writer.table("a", "first", "a)")
    start = writer.table("b", "second", "b)")
    writer.revise("a", "first", "one")
    writer.revise("b", "second", "two")
    assert [c.clause for c in what_changed(writer.timeline, start, writer.head, "b")] == ["b"]


def test_page_furniture_does_not_count() -> None:
    writer = Writer()
    start = writer.table("s", "Document TC/1", kind=Kind.HEADER)
    writer.revise("s", "TC/1", "TC/2")
    assert what_changed(writer.timeline, start, writer.head) == ()


def test_who_broke_a_package_has_changed_no_words() -> None:
    """What was taken, put back and decided again is the work of whoever decided it last."""
    case = case_of(*two(), table("c", "c)", "welcoming the ebb;", "b"))
    case.has(do.PlaceBracket("g", "b"))
    case.has(do.TableAlternative("g", by("FJI", "q"), "noting the stars;", "k1", "b)"))
    case.has(do.FormPackage("k", "finance", ("c",), ("g",)))
    from_ = case.timeline.head
    settled = do.ResolveOpenPoint("g", (do.Choose(2, "b) bis"),))
    case.has(do.TakePackage("k", (settled, do.RelabelClause("c", "d)"))))
    broken = case.timeline.head
    case.has(do.BreakPackage("k", "KIR", "no sums"))
    last = case.timeline.head
    case.has(settled).has(do.RelabelClause("c", "d)"))
    found = what_changed(case.timeline, from_, case.timeline.head)
    hands = [
        hand.entry
        for change in found
        for hand in (
            *change.moved_by,
            *change.relabelled_by,
            *(hand for one in change.changes for hand in one.hands),
        )
    ]
    assert len(found) == 3
    assert hands
    assert min(hands) > last > broken
