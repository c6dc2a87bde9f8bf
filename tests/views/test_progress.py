"""How open the text was over time is what `how_open` says of every moment by itself."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from negotiation.views.at_that_time import Timeline
from negotiation.views.how_open import numbers
from negotiation.views.progress import (
    by_block,
    by_party,
    longest_held,
    progress,
    progress_within,
)
from negotiation.views.what_is_open import what_is_open
from tests.views.records import records


@given(records())
def test_every_entry_has_the_numbers_of_its_moment(writer):
    """Open points and words, counted on, are those that are counted anew."""
    timeline = writer.timeline
    found = progress(timeline)
    for at in range(timeline.head + 1):
        fresh = numbers(timeline, at)
        assert found.open_points[at] == fresh.open_points
        assert found.words_inside[at] == fresh.words_inside


@given(records(), st.data())
def test_a_record_that_grows_is_counted_on(writer, data):
    """As if it had been counted at once; and only the new entries are looked at."""
    entries = writer.timeline.entries
    cut = data.draw(st.integers(0, len(entries)))
    grown = Timeline(writer.timeline.id, entries[:cut])
    early = progress(grown)
    grown.extend(entries[cut:])
    assert progress(grown) == progress(Timeline(writer.timeline.id, entries))
    assert progress(grown).open_points[: cut + 1] == early.open_points
    assert progress(grown) is progress(grown)


@given(records(), st.integers(1, 9))
def test_it_is_counted_in_parts_for_whoever_must_not_wait(writer, most):
    """Nothing is told before all is counted, and then what is told when counted at once."""
    entries = writer.timeline.entries
    slow = Timeline(writer.timeline.id, entries)
    asked = -(-len(entries) // most)
    found = [progress_within(slow, most) for _ in range(asked)]
    assert found[:-1] == [None] * (asked - 1)
    assert found[-1] == progress(writer.timeline)
    assert progress_within(slow, 0) is found[-1]


@given(records())
def test_the_acts_end_where_another_begins(writer):
    """Every act has one end, the last one at the head."""
    entries = writer.timeline.entries
    ends = progress(writer.timeline).ends
    assert ends[-1] == len(entries)
    assert [entries[end - 1].act.id for end in ends] == list(
        dict.fromkeys(one.act.id for one in entries)
    )


@given(records())
def test_blocks_and_parties_share_out_all_points(writer):
    """A point stands in one block, and with every party that holds or sponsors it."""
    timeline = writer.timeline
    moment = timeline.moment()
    points = what_is_open(timeline, timeline.head)
    assert sum(part.points for part in by_block(timeline, moment, points)) == len(points)
    parties = {part.name: part.points for part in by_party(points)}
    held = Counter(code for point in points for code in set(point.holders))
    assert all(parties[code] >= count for code, count in held.items())
    assert sum(parties.values()) >= len(points)


@given(records(), st.integers(0, 5))
def test_the_longest_held_are_the_oldest(writer, most):
    """None that is left out is older than one that is told."""
    points = what_is_open(writer.timeline, writer.timeline.head)
    told = longest_held(points, most)
    assert len(told) == min(most, len(points))
    left = [point for point in points if point not in told]
    assert all(one.since <= other.since for one in told for other in left)
    assert list(told) == sorted(told, key=lambda one: (one.since, one.number))
