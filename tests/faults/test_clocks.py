"""Clocks that are wrong: the order of the record stands, its times never run back, and it is said.

A clock may be set back, or years ahead, or differ between the machines of two desks.
"""

import datetime as dt
from contextlib import closing
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.entries import Entry
from negotiation.ledger.ledger import Ledger
from negotiation.record import Record
from tests.cli.calls import SHORT, call, done
from tests.papers.word_files import docx, ins, p, r

NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
WRONG = st.one_of(
    st.integers(-60, 60).map(lambda s: dt.timedelta(seconds=s)),
    st.integers(-20 * 365, 50 * 365).map(lambda d: dt.timedelta(days=d)),
)


class WrongClock:
    """A clock that is set anew before each act."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> dt.datetime:
        return self.at


@given(st.lists(st.tuples(st.booleans(), WRONG), min_size=1, max_size=12))
def test_whatever_the_clocks_say_the_order_stands_and_times_never_run_back(settings_of_clocks):
    """Two desks on one record, whose clocks may jump by years between two acts."""
    clock = WrongClock()
    one = Desk.begin(None, clock=clock)
    one.act(do.OpenNegotiation("DL/1"))
    two = Desk(one.ledger, one.timeline.id, clock=clock)
    made: list[Entry] = []
    for number, (first, off) in enumerate(settings_of_clocks):
        clock.at = NOON + off
        desk = one if first else two
        made += desk.act(do.JoinParty(f"P{number}", f"Party {number}"))
    entries = one.ledger.entries(one.timeline.id)
    assert entries[1:] == made
    written = [entry.act.written for entry in entries]
    assert written == sorted(written)
    assert one.ledger.walked(one.timeline.id).fault is None
    # Every moment is the last entry that was written by then, as the record shows its times.
    record = Record(one.ledger, one.timeline.id, clock=clock)
    for at in {*written, *(NOON + off for _, off in settings_of_clocks)}:
        expected = sum(1 for one in written if one <= at)
        assert record.when(at.isoformat()) == expected


def test_an_act_is_never_before_what_it_rests_on(tmp_path):
    """A machine that lives in 1999: its acts stand behind those that it read."""
    store = tmp_path / "r.db"
    with closing(Desk.begin(store, clock=lambda: NOON)) as right:
        right.act(do.OpenNegotiation("DL/1"))
    past = dt.datetime(1999, 12, 31, tzinfo=dt.UTC)
    with closing(Desk.open(store, clock=lambda: past)) as wrong:
        [entry] = wrong.act(do.JoinParty("FJI", "Fiji"))
    assert entry.act.written == NOON
    with closing(Ledger.open(str(store))) as ledger:
        [negotiation] = ledger.negotiations()
        assert ledger.position_at(negotiation, past) == 0
        assert ledger.position_at(negotiation, NOON) == 2


@pytest.fixture
def ahead(tmp_path, monkeypatch):
    """A record in ./negotiation.db whose last act was written by a clock of the year 2061."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEGOTIATION_STORE", raising=False)
    done("import", str(SHORT))
    with closing(Desk.open("negotiation.db", clock=lambda: NOON.replace(year=2061))) as desk:
        desk.act(do.OpenMeeting("Future"))
    return len(call("log --json").lines)


def test_a_clock_that_was_far_ahead_is_told_with_the_next_act(ahead):
    """It is not refused: the work goes on, in order; the record verifies."""
    answer = call("meeting close")
    assert answer.code == 0
    assert "2061-03-04" in answer.err
    assert answer.err.endswith("One of the clocks is wrong.\n")
    assert call("verify").code == 0
    answer = call("meeting open Next --json")
    assert "One of the clocks is wrong." in answer.err
    assert answer.json["entries"][0]["act"]["written"].startswith("2061-03-04")


def test_a_time_before_the_wrong_clock_still_shows_what_was_then(ahead):
    """What came after it is found by its entry, and at its own, wrong time."""
    done("meeting close")
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat()
    for at in (tomorrow, "2061-03-04T11:59:59+00:00"):
        assert call(f"log --json --to {at}").lines[-1]["number"] == ahead - 1
    for at in ("2061-03-04T12:00:00+00:00", "2062-01-01", "now", str(ahead + 1)):
        assert call(f"log --json --to {at}").lines[-1]["number"] == ahead + 1
    assert done(f"text --at {tomorrow}") == done("text --at now")


def test_clocks_that_differ_a_little_are_not_worth_a_word(tmp_path, monkeypatch):
    """Two machines are never quite the same."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEGOTIATION_STORE", raising=False)
    done("import", str(SHORT))
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=20)
    with closing(Desk.open("negotiation.db", clock=lambda: soon)) as desk:
        desk.act(do.OpenMeeting("First"))
    answer = call("meeting close")
    assert answer.code == 0
    assert answer.err == ""


def test_a_history_that_is_taken_in_while_the_clock_goes_back_is_in_order(tmp_path):
    """A file that tells many acts is written in one piece; its times never run back either."""
    heading = p(r("resolves", rpr="<w:i/>"))
    ann = p(r("1 that the tide"), ins(r(" be read")), r(";"))
    bob = p(r("2 that the tide"), ins(r(" be told"), by="Bob", on="2025-03-05T10:20:00Z"), r(";"))
    page = docx(heading + ann + bob)
    clocks = cycle([NOON, NOON - dt.timedelta(days=400), NOON - dt.timedelta(seconds=1)])
    with closing(Desk.begin(tmp_path / "r.db", clock=lambda: next(clocks))) as desk:
        desk.receive(page, "tracked.docx")
        written = [entry.act.written for entry in desk.timeline.entries]
    assert len({entry.act.id for entry in desk.timeline.entries}) > 2
    assert written == sorted(written)
