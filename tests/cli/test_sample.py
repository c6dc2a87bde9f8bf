"""The sample session: held over two days and a morning, the same each time but for the dates."""

import datetime as dt

import pytest

from negotiation.cli.sample import make_sample
from negotiation.domain import events as ev
from negotiation.domain.people import Capacity, Visibility
from negotiation.views.what_is_open import what_is_open
from tests.cli.calls import TEXTS, call

NOON = dt.datetime(2031, 5, 7, 12, 0).astimezone(dt.UTC)


@pytest.fixture
def desk():
    """The sample as it stands at noon."""
    made = make_sample(None, TEXTS, NOON)
    yield made
    made.close()


def test_there_is_a_yesterday_to_look_at(desk):
    """Its text is another one than that of today, and of the page as received."""
    received = desk.when("DL/7(Rev.1)")
    yesterday = desk.when("yesterday")
    assert 0 < received < yesterday < desk.timeline.head
    texts = [
        [clause.passage.live for clause in desk.timeline.moment(at).clauses]
        for at in (received, yesterday, desk.timeline.head)
    ]
    assert texts[0] != texts[1] != texts[2]
    last = desk.timeline.entries[yesterday - 1].act.written.astimezone()
    assert (last.date(), last.hour) == (dt.date(2031, 5, 6), 18)


def test_three_meetings_of_several_hands(desk):
    """Every kind of thing that a room does, in the time of its meeting."""
    entries = desk.timeline.entries
    acts = {one.act.id: one.act for one in entries}
    held = [one.event.meeting for one in entries if isinstance(one.event, ev.MeetingOpened)]
    assert held == ["First meeting", "Second meeting", "Third meeting"]
    in_meetings = [act for act in acts.values() if act.meeting]
    assert len(in_meetings) >= 25
    delegations = {act.by for act in acts.values() if act.capacity is Capacity.DELEGATION}
    assert {"CUB", "FJI", "J", "KEN", "NZL", "EU", "USA"} <= delegations
    kinds = {type(one.event) for one in entries}
    assert kinds >= {
        ev.BracketHeld,
        ev.BracketReleased,
        ev.BracketLifted,
        ev.AmendmentProposed,
        ev.ProposalSupported,
        ev.ProposalRetained,
        ev.ProposalRevised,
        ev.AlternativeTabled,
        ev.OpenPointResolved,
        ev.StatusNoted,
        ev.ClauseParked,
        ev.ClauseAgreed,
        ev.TextRevised,
        ev.ActReversed,
        ev.PositionRecorded,
        ev.AnomalySettled,
    }
    private = [one for one in entries if one.visibility is Visibility.CHAIR]
    assert [type(one.event) for one in private] == [ev.RemarkMade, ev.PositionRecorded]


def test_points_are_left_with_those_who_hold_them(desk):
    """The first of them is the main one."""
    left = what_is_open(desk.timeline, desk.timeline.head)
    assert len(left) < 15
    assert left[0].where == "after reaffirming/c"
    assert left[0].holders == ("CUB", "B")
    assert sum(bool(one.holders) for one in left) >= 4


def test_it_is_the_same_each_time_but_for_the_dates(desk):
    """Another day, the same entries."""
    other = make_sample(None, TEXTS, NOON + dt.timedelta(days=40, hours=3))
    assert [(one.event, one.act.id) for one in other.timeline.entries] == [
        (one.event, one.act.id) for one in desk.timeline.entries
    ]
    other.close()


@pytest.mark.parametrize("hour", [0, 4, 8, 23])
def test_nothing_is_written_in_the_future(hour):
    """At whatever hour somebody looks at it, today's acts are of today."""
    now = dt.datetime(2031, 5, 7, hour, 0, 30).astimezone(dt.UTC)
    made = make_sample(None, TEXTS, now)
    times = [one.act.written for one in made.timeline.entries]
    assert times == sorted(times)
    assert times[-1] <= now
    assert times[-1].astimezone().date() == now.astimezone().date()
    made.close()


def test_the_command_line_opens_it():
    """A record that holds together."""
    assert call("chair --sample").code == 0
    assert call("verify --store tide.db").code == 0
    assert call("open --at yesterday --store tide.db").code == 0
