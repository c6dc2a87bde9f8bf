"""The text at any moment, against a twin that folds everything again for every question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.views.at_that_time import Steps, Timeline
from tests.views.records import records
from tests.views.writing import Writer


def twin(writer: Writer, at: int) -> str:
    """The live text after entry ``at``, folded from the first entry on."""
    clauses: dict[str, Clause] = {}
    whole = Negotiation("tide")
    for entry in writer.entries[:at]:
        if entry.clause:
            before = clauses.get(entry.clause)
            clauses[entry.clause] = evolve(before, entry.number, entry.clause, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
        else:
            whole = evolve_negotiation(whole, entry.number, entry.event)  # type: ignore[arg-type]  # as above
    return "".join(clauses[p.clause].line for p in whole.order if p.clause in clauses)


@given(records())
def test_the_text_at_every_entry_is_what_a_fresh_fold_gives(writer: Writer) -> None:
    for at in range(writer.head + 1):
        assert writer.timeline.text(at) == twin(writer, at)


@given(records(), st.data())
def test_asking_in_any_order_gives_the_same_text(writer: Writer, data: st.DataObject) -> None:
    """Key frames are built when somebody asks; which one comes first must not matter."""
    for at in data.draw(st.permutations(range(writer.head + 1))):
        assert writer.timeline.text(at) == twin(writer, at)


@given(records())
def test_steps_agree_on_the_way_on_and_on_the_way_back(writer: Writer) -> None:
    timeline = writer.timeline
    steps = Steps(timeline, 0)
    for at in range(1, writer.head + 1):
        entry = steps.on()
        assert entry is not None
        assert entry.number == at
        assert steps.text == timeline.text(at)
    assert steps.on() is None
    for at in range(writer.head - 1, -1, -1):
        entry = steps.back()
        assert entry is not None
        assert entry.number == at + 1
        assert steps.text == timeline.text(at)
    assert steps.back() is None


def test_more_entries_than_a_key_frame_holds_read_the_same() -> None:
    """Past the first frames, with a move and a clause added between them."""
    writer = Writer()
    for name in "abc":
        writer.table(name, f"{name} begins", f"{name})")
    for number in range(150):
        writer.revise("abc"[number % 3], "", f" {number}")
        if number == 70:
            writer.act("", ev.ClausePlaced("c", ""))
        if number == 90:
            writer.table("d", "d comes late", "d)", after="a")
    for at in (0, 63, 64, 65, 80, 100, 127, 128, 129, writer.head):
        assert writer.timeline.text(at) == twin(writer, at)


def test_a_long_record_is_folded_as_one_built_entry_by_entry() -> None:
    """Loading many at once takes another way through the collector."""
    writer = Writer()
    writer.table("a", "it begins", "a)")
    for number in range(520):
        writer.revise("a", "", f" {number}")
    at_once = Timeline("tide", writer.entries)
    assert at_once.text(at_once.head) == writer.timeline.text(writer.head)
    assert at_once.clause("a", 400) == writer.timeline.clause("a", 400)


@given(records())
def test_a_clause_that_nothing_touched_is_the_same_object(writer: Writer) -> None:
    timeline = writer.timeline
    for at in range(1, writer.head + 1):
        touched = writer.entries[at - 1].clause
        for clause in timeline.moment(at).clauses:
            if clause.id != touched:
                assert timeline.clause(clause.id, at) is timeline.clause(clause.id, at - 1)


def test_before_it_is_tabled_a_clause_is_not_there() -> None:
    writer = Writer()
    writer.table("a", "words", "a)")
    assert writer.timeline.clause("a", 1) is None
    assert writer.timeline.clause("nobody", writer.head) is None
    assert writer.timeline.moment(1).clauses == ()
    assert writer.timeline.moment().clause("a") is not None
    assert writer.timeline.moment().clause("nobody") is None


def test_entries_must_follow_without_a_gap() -> None:
    writer = Writer()
    writer.table("a", "words", "a)")
    with pytest.raises(ValueError, match="does not follow"):
        Timeline("tide", writer.entries[1:])


def test_moved_and_deleted_clauses_are_where_they_were_at_the_time() -> None:
    writer = Writer()
    writer.table("a", "first", "a)")
    both = writer.table("b", "second", "b)")
    moved = writer.act("", ev.ClausePlaced("b", ""))
    gone = writer.act("a", ev.ClauseDeleted(writer.replaced("a", "first", "")))
    text = writer.timeline.text
    assert text(both) == "a) first\nb) second\n"
    assert text(moved) == "b) second\na) first\n"
    assert text(gone) == "b) second\n"
