"""The conference: its plan is the same each time, and whatever was lost in it is noticed."""

import itertools
from typing import Any

import attrs
import pytest

from benchmarks.conference.judged import WHOLE, judge
from benchmarks.conference.noise import Noise
from benchmarks.conference.rhythm import DAY, PEAK, moments, phases
from benchmarks.conference.run import Conference, Held, Kept
from benchmarks.conference.told import Made, Saw, Seen, Wrote
from benchmarks.timing import Timing

SECOND = 1_000_000_000
STILL = Noise(Timing(1.0, 1.0, 1.0, 1), Timing(1.0, 1.0, 1.0, 1))


def test_the_day_has_its_parts_in_order_and_its_peak_before_dinner():
    day = phases(100, 30, 1.0)
    names = [phase.name for phase in day]
    assert names == [*(part.name for part in DAY[:4]), PEAK, *(part.name for part in DAY[4:])]
    assert day[-1].ends == pytest.approx(130)
    assert all(one.ends == other.begins for one, other in itertools.pairwise(day))


def test_a_room_acts_once_in_every_second_of_the_peak_and_never_at_dinner():
    day = phases(100, 30, 1.0)
    seconds = [moment / SECOND for moment in moments(day, 7)]
    assert seconds == sorted(seconds)
    peak = next(phase for phase in day if phase.name == PEAK)
    dinner = next(phase for phase in day if phase.name == "dinner")
    within = [int(at - peak.begins) for at in seconds if peak.begins <= at < peak.ends]
    assert within == list(range(30))
    assert not [at for at in seconds if dinner.begins <= at < dinner.ends]


def test_the_same_seed_gives_the_same_plan():
    day = phases(60, 10, 1.0)
    assert moments(day, 3) == moments(day, 3) != moments(day, 4)


def held(seen: Seen, **changed: Any) -> Held:
    """One room with three acts, the second of two entries, and one who followed."""
    made = (
        Made("a", 5, 5, SECOND, SECOND, SECOND + 3_000_000),
        Made("b", 6, 7, 2 * SECOND, 2 * SECOND + 1, 2 * SECOND + 4_000_000),
        Made("c", 8, 8, 3 * SECOND, 3 * SECOND, 3 * SECOND + 5_000_000),
    )
    whole = Held(
        conference=Conference(1, 1, 1, 4, phases(10, 0, 1.0), 1),
        place="sqlite",
        start=0,
        wrote=(Wrote(made, (), "digest", "text", 1.0, 1.0, 1.0),),
        saw=(Saw((seen,), 10, 0, 1.0, 2.0, 2.0, 1.0),),
        kept=(Kept("ROOM/1", 8, "text", "print", True),),
        used=(),
        before=STILL,
        during=STILL,
        server_megabytes=0.0,
        connections=0,
        broken=(),
    )
    return attrs.evolve(whole, **changed)


SEEN = Seen(
    room="ROOM/1",
    began=4,
    numbers=(5, 6, 7, 8),
    acts=("a", "b", "b", "c"),
    moments=tuple(
        at * SECOND + late for at, late in ((1, 10_000_000), (2, 0), (2, 9_000_001), (3, 8_000_000))
    ),
    digest="digest",
    text="text",
    fingerprint="print",
    cuts=(),
)


def test_what_arrived_whole_is_right_and_timed_by_its_last_entry():
    found = judge(held(SEEN))
    assert found.lost == ()
    assert (found.acts, found.entries, found.handed) == (3, 4, 4)
    assert found.to_follower[WHOLE].p50 == pytest.approx(9)
    assert found.append[WHOLE].worst == pytest.approx(5)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((5, 6, 8), "where entry 7 should come, 8 came instead."),
        ((5, 6, 6, 7, 8), "where entry 7 should come, 6 came double."),
        ((5, 6, 7), "3 entries came of 4."),
        ((5, 7, 6, 8), "where entry 6 should come, 7 came instead."),
    ],
)
def test_a_gap_a_double_an_end_that_is_missing_and_another_order_are_noticed(numbers, told):
    acts = {5: "a", 6: "b", 7: "b", 8: "c"}
    seen = attrs.evolve(
        SEEN,
        numbers=numbers,
        acts=tuple(acts[number] for number in numbers),
        moments=tuple(SECOND * number for number in numbers),
    )
    assert f"Follower 1 of ROOM/1: {told}" in judge(held(seen)).lost


@pytest.mark.parametrize("field", ["digest", "text", "fingerprint"])
def test_other_words_under_the_same_numbers_are_noticed(field):
    others: dict[str, Any] = {field: "another"}
    [told] = judge(held(attrs.evolve(SEEN, **others))).lost
    assert told.startswith("Follower 1 of ROOM/1: the ")


def test_a_record_that_ends_otherwise_or_whose_seals_do_not_hold_is_noticed():
    kept = Kept("ROOM/1", 9, "text", "print", False)
    found = judge(held(SEEN, kept=(kept,))).lost
    assert [told.split(": ")[1] for told in found] == [
        "the seals of the record do not hold.",
        "the record does not end as its desk left it.",
    ]


def test_whoever_left_no_account_is_noticed():
    assert judge(held(SEEN, saw=())).lost == ("1 followers left no account.",)
    assert "1 desks left no account of what they did." in judge(held(SEEN, wrote=())).lost
