"""Who moved a clause, and who gave it another label."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.views.who_moved_this import Done, who_moved_this
from tests.given import given
from tests.papers.test_word_out import base_of


def told(case, at=None, clause=None):
    found = who_moved_this(case.timeline, case.timeline.head if at is None else at, clause)
    return [(one.clause, one.done, one.hand.by) for one in found]


def test_whoever_moved_or_relabelled_a_clause_last_is_named_and_nobody_for_its_first_place():
    """At the time that is asked for, and of the clause that is asked for."""
    case = given(base_of("the low tide;", "the moon;"))
    assert told(case) == []
    case = case.has(do.MoveClause("a", "b")).has(do.RelabelClause("b", "z)"))
    by = case.timeline.entries[-1].act.by
    assert told(case) == [("a", Done.MOVED, by), ("b", Done.RELABELLED, by)]
    assert told(case, clause="b") == [("b", Done.RELABELLED, by)]
    assert told(case, case.timeline.head - 1) == [("a", Done.MOVED, by)]
