"""The page that replays holds what the views say, at every step, and nothing else."""

from __future__ import annotations

import msgspec
from hypothesis import given as drawn
from hypothesis import strategies as st

from negotiation.papers.replay.embedded import embedded
from negotiation.papers.replay.kept import splice
from negotiation.papers.replay.text_of import ever_named
from negotiation.papers.without_names import without_names
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import Reading, as_first_placed, whole
from negotiation.views.progress import progress
from negotiation.views.what_is_open import open_points
from negotiation.views.who_wrote_this import Touch, who_wrote_this
from tests.papers.replay_twin import Twin
from tests.views.records import records
from tests.views.writing import Writer


def twin_of(timeline: Timeline, at: int, *, names: bool = True) -> Twin:
    """A twin that has read what the page would hold, as bytes."""
    return Twin(msgspec.json.decode(msgspec.json.encode(embedded(timeline, at, names=names))))


def printed(moment: Moment, reading: Reading) -> list[tuple[str, int, str, str]]:
    """The whole text as the views print it."""
    return [(one.kind.value, one.level, one.label, one.words) for one in whole(moment, reading)]


def same_text(timeline: Timeline, twin: Twin) -> None:
    """The page reads in every reading as the views do."""
    moment = timeline.moment(twin.last)
    assert twin.text("live") == printed(moment, Reading.LIVE)
    assert twin.text("marked") == printed(moment, Reading.MARKED)
    first = as_first_placed(timeline, twin.last)
    assert twin.text("base") == printed(first, Reading.BASE)


def touched(timeline: Timeline, touch: Touch) -> tuple[int, object, list[tuple[int, str]]]:
    """A touch as the page tells it."""
    whole = timeline.negotiation(timeline.head)
    credit = touch.credit and (
        touch.credit.symbol,
        touch.credit.kind,
        [whole.party(code).code for code in touch.credit.sponsors],
    )
    return (
        touch.hand.entry,
        credit,
        [(one.hand.entry, one.standing.value) for one in touch.decisions],
    )


def same_authors(timeline: Timeline, twin: Twin, ids: dict[str, int]) -> None:
    """Every word has the history that `who` tells."""
    whole = timeline.negotiation(timeline.head)
    for authors in who_wrote_this(timeline, twin.last):
        expected = [
            (
                run.words,
                run.whence.value,
                None if run.inserted is None else touched(timeline, run.inserted),
                [touched(timeline, strike) for strike in run.struck],
                [
                    (one.symbol, one.kind, [whole.party(code).code for code in one.sponsors])
                    for one in run.contributors
                ],
            )
            for run in authors.runs
        ]
        found = twin.authors(ids[authors.clause])
        joined: list[tuple[object, ...]] = []
        for run in expected:
            if joined and joined[-1][1:] == run[1:]:
                run = (f"{joined.pop()[0]}{run[0]}", *run[1:])
            joined.append(run)
        assert found == joined


def same_points(timeline: Timeline, twin: Twin, ids: dict[str, int]) -> None:
    """The open points are those of `open`, in its order, with holders, status and age."""
    expected = open_points(timeline, timeline.moment(twin.last))
    found = twin.open_points()
    assert [one["number"] for one in found] == [one.number for one in expected]
    assert len({one["id"] for one in found}) == len(expected)
    whole = timeline.negotiation(timeline.head)
    for one, point in zip(found, expected, strict=True):
        assert (one["kind"], one["where"]) == (point.kind, point.where)
        assert (one["words"], one["struck"]) == (point.words, point.struck)
        assert one["clauses"] == [ids[clause] for clause in point.clauses]
        assert one["holders"] == [whole.party(code).code for code in point.holders]
        assert one["sponsors"] == [whole.party(code).code for code in point.sponsors]
        assert (one["status"], one["since"], one["age"]) == (point.status, point.since, point.age)
        assert [(row[0], row[1]) for row in one["wordings"]] == [
            (each.order, each.words) for each in point.alternatives
        ]


def ids_of(timeline: Timeline, twin: Twin) -> dict[str, int]:
    """The number of each clause on the page: they are counted as they come into the text."""
    ids: dict[str, int] = {}
    order = twin.order[::2]
    for number, clause in zip(order, timeline.moment(twin.last).clauses, strict=True):
        ids[clause.id] = number
    return ids


@drawn(records())
def test_every_step_is_what_the_views_say(writer: Writer) -> None:
    timeline = writer.timeline
    twin = twin_of(timeline, timeline.head)
    course = progress(timeline)
    ends = []
    while twin.on():
        ends.append(twin.last)
        same_text(timeline, twin)
        ids = ids_of(timeline, twin)
        same_authors(timeline, twin, ids)
        same_points(timeline, twin, ids)
        assert twin.row[19] == course.words_inside[twin.last]
    assert ends
    assert ends[-1] == timeline.head


@drawn(records(), st.data())
def test_nothing_later_than_the_moment_gets_in(writer: Writer, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, writer.head))
    cut_off = Timeline("tide", writer.timeline.entries[:at])
    assert embedded(writer.timeline, at) == embedded(cut_off, at)


@drawn(records())
def test_without_names_every_step_is_the_text_without_names(writer: Writer) -> None:
    timeline = writer.timeline
    named = ever_named(timeline, timeline.head)
    twin = twin_of(timeline, timeline.head, names=False)
    while twin.on():
        bare = without_names(timeline.moment(twin.last), named)
        assert twin.text("live") == printed(bare, Reading.LIVE)
        assert twin.text("marked") == printed(bare, Reading.MARKED)
        expected = open_points(timeline.branch(), bare)
        assert [
            (one["where"], one["words"], one["clauses"].__len__()) for one in twin.open_points()
        ] == [(one.where, one.words, len(one.clauses)) for one in expected]


@drawn(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_a_splice_makes_one_row_of_the_other(before: list[int], after: list[int]) -> None:
    change = splice(before, after)
    if before == after:
        assert change == []
        return
    at, gone, come = change
    assert isinstance(at, int)
    assert isinstance(gone, int)
    assert isinstance(come, list)
    assert [*before[:at], *come, *before[at + gone :]] == after
