"""Words on which obligation or denial hangs, and whether they were agreed."""

from __future__ import annotations

import pytest

from negotiation.domain import events as ev
from negotiation.views.weighty_words import weighty
from negotiation.views.what_changed import what_changed
from tests.views.writing import Writer


@pytest.mark.parametrize(
    ("removed", "inserted", "lost", "gained"),
    [
        ("should", "shall", ("should",), ("shall",)),
        ("Shall", "shall", (), ()),
        ("shall", "shall not", (), ("not",)),
        ("may not", "", ("may", "not"), ()),
        ("in any case", "in no case", (), ("no",)),
        ("with", "without", (), ("without",)),
        ("12 May 2031", "13 June", (), ()),
        ("doesn’t", "does", ("doesn’t",), ()),
        ("notes the mayor", "noted a mayor", (), ()),
        ("", "", (), ()),
    ],
)
def test_weighty_words_are_told(
    removed: str, inserted: str, lost: tuple[str, ...], gained: tuple[str, ...]
) -> None:
    assert weighty(removed, inserted) == (lost, gained)


def agreed() -> Writer:
    """A clause whose words are agreed."""
    writer = Writer()
    writer.table("a", "Parties should read the tide", "4.")
    state = writer.timeline.clause("a", writer.head)
    assert state is not None
    writer.act("a", ev.ClauseAgreed("ad hoc group", state.passage.live))
    return writer


def test_shall_for_should_in_agreed_words_is_told_as_such() -> None:
    """What happened to Article 4.4 in Paris, in the form of an editor's correction."""
    writer = agreed()
    start = writer.head
    writer.revise("a", "should", "shall", editorial=True)
    (change,) = what_changed(writer.timeline, start, writer.head)
    (one,) = change.changes
    assert (one.lost, one.gained, one.agreed) == (("should",), ("shall",), "ad hoc group")
    assert one.weighty


def test_words_reopened_and_then_changed_were_agreed() -> None:
    writer = agreed()
    start = writer.head
    writer.act("a", ev.ClauseReopened("CUB", "too weak"))
    reopened = writer.head
    writer.revise("a", "should", "shall")
    (change,) = what_changed(writer.timeline, start, writer.head)
    assert change.changes[0].agreed == "ad hoc group"
    (change,) = what_changed(writer.timeline, reopened, writer.head)
    assert change.changes[0].agreed == ""


def test_words_agreed_only_after_the_change_are_not_changed_agreed_words() -> None:
    writer = Writer()
    start = writer.table("a", "Parties should read the tide", "4.")
    writer.revise("a", "should", "shall")
    writer.act("a", ev.ClauseAgreed("ad hoc group", "Parties shall read the tide"))
    (change,) = what_changed(writer.timeline, start, writer.head)
    assert change.changes[0].agreed == ""
