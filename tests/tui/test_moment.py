"""The moments that have names: versions, meetings and days, the latest first."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.events import MeetingClosed, MeetingOpened
from negotiation_tui.screens.moment import Place, places
from tests.tui.room import MORNING


def desk_over(steps):
    """A record whose acts are so many hours apart, with a meeting now and then."""
    clock = itertools.accumulate([0.0, *steps, *[0.0] * 60])
    ids = itertools.count(1)
    desk = Desk.begin(
        None,
        clock=lambda: MORNING + dt.timedelta(hours=next(clock)),
        ids=lambda: f"id{next(ids)}",
    )
    desk.act(do.OpenNegotiation("DL/2", "Harbour Union", "itu", "Gauges"))
    for number in range(len(steps)):
        if number % 3 == 0:
            desk.act(do.OpenMeeting(f"meeting {number}"))
        elif number % 3 == 2:
            desk.act(do.CloseMeeting())
        else:
            desk.act(do.JoinParty(f"P{number}", f"Party {number}"))
    return desk


def obvious(desk):
    """All of them, looked for entry by entry from the beginning."""
    rows = []
    day = ""
    for entry in desk.timeline.entries:
        written = entry.act.written.astimezone().date().isoformat()
        if day and written != day:
            rows.append(Place(entry.number - 1, f"the end of {day}"))
        day = written
        end = desk.acts_on(1, entry.number - 1)
        if isinstance(entry.event, MeetingOpened):
            rows.append(Place(end, f"{entry.event.meeting} opened"))
        elif isinstance(entry.event, MeetingClosed):
            rows.append(Place(end, f"{entry.event.meeting} closed"))
    return tuple(dict.fromkeys(reversed(rows)))


@given(st.lists(st.sampled_from([0.0, 0.5, 7.0, 24.0, 80.0]), max_size=24))
def test_they_are_those_of_an_obvious_search(steps):
    """As many as have a digit."""
    desk = desk_over(steps)
    assert places(desk) == obvious(desk)[:9]


def test_what_is_older_than_the_ninth_is_not_looked_at():
    """A long record is asked for its end only."""
    desk = desk_over([24.0] * 30)
    looked: list[int] = []

    class Watched(list):
        def __reversed__(self):
            for entry in super().__reversed__():
                looked.append(entry.number)
                yield entry

    entries = desk.timeline.entries
    desk.timeline.entries = Watched(entries)
    assert len(places(desk)) == 9
    assert len(looked) < 9
    assert looked[0] == len(entries)
