"""Where words went that somebody remembers."""

from __future__ import annotations

from hypothesis import given as drawn
from hypothesis import strategies as st

from negotiation.domain import commands as do
from negotiation.views.conservation import Ended
from negotiation.views.where_words_went import where_words_went
from tests.given import behind, given, instead, mod, two
from tests.views.records import records
from tests.views.writing import Writer


@drawn(records(), st.data())
def test_words_that_ever_stood_are_found_again(writer: Writer, data: st.DataObject) -> None:
    """Whatever a clause ever read live is found in it, and each letter has a fate."""
    entry = data.draw(st.integers(1, writer.head))
    state = writer.timeline.changed(entry)
    words = state.passage.live.split() if state is not None else []
    if state is None or not words:
        return
    low = data.draw(st.integers(0, len(words) - 1))
    phrase = " ".join(words[low : low + 3])
    traces = where_words_went(writer.timeline, writer.head, phrase)
    (trace,) = [one for one in traces if one.clause == state.id]
    assert trace.first.entry <= entry
    assert trace.words.casefold().split() == phrase.casefold().split()
    assert trace.parts
    for part in trace.parts:
        assert part.by is not None or part.ended in (
            Ended.IN_THE_TEXT,
            Ended.ON_THE_TABLE,
            Ended.STRUCK_UNDECIDED,
        )


def fates(case, words: str) -> list[tuple[str, Ended]]:
    (trace,) = where_words_went(case.timeline, case.timeline.head, words)
    return [(part.words, part.ended) for part in trace.parts]


def test_words_that_stand_are_in_the_text() -> None:
    assert fates(given(*two()), "THE  MOON") == [("the moon", Ended.IN_THE_TEXT)]


def test_words_that_later_acts_parted_are_told_part_by_part() -> None:
    """They read “the tide shall rise” once; now other words stand between, and some are struck."""
    case = given(*two())
    case.has(do.ReviseText("a", (instead("shall", "may"),)))
    assert fates(case, "tide shall rise") == [
        ("tide ", Ended.IN_THE_TEXT),
        ("shall", Ended.STRUCK),
        (" rise", Ended.IN_THE_TEXT),
    ]
    (trace,) = where_words_went(case.timeline, case.timeline.head, "tide shall rise")
    assert trace.until is not None
    assert trace.until.entry == case.timeline.head


def test_undone_words_are_found_with_the_undoing() -> None:
    case = given(*two(), mod(behind("tide", " and swell"))).undo()
    assert fates(case, "and swell") == [("and swell", Ended.UNDONE)]


def test_words_that_never_stood_are_not_found() -> None:
    assert where_words_went(given(*two()).timeline, 5, "the volcano") == ()
    assert where_words_went(given(*two()).timeline, 5, "  ") == ()
