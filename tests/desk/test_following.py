"""The follower: what it hands on is the record, whatever happens to the store between two looks."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.events import MeetingOpened
from negotiation.following import CUT_LATEST, CUT_SOONEST, GONE, LATEST, Follower
from negotiation.ledger.copies import back_up, restore
from negotiation.ledger.ledger import Ledger, StoreError
from negotiation.record import Record
from tests.ledger.acts import act, writer

_OPS = (
    "act",
    "act",
    "big act",
    "look",
    "look",
    "away",
    "back",
    "copy",
    "put back",
    "swap",
    "cp",
    "fault",
)


class Play:
    """A store, somebody who writes, and somebody who follows it by another connection."""

    def __init__(self, folder: Path) -> None:
        self.store, self.hidden, self.copy = folder / "r.db", folder / "hidden", folder / "copy"
        self.count = 0
        ledger = Ledger.open(str(self.store))
        ledger.append("dl1", writer(ledger).opening(act("a0")))
        ledger.close()
        self.record = Record.open(self.store)
        self.follower = Follower(self.record)
        self.seen = list(self.record.timeline.entries)

    def write(self, entries: int) -> None:
        """Somebody else makes an act."""
        if not self.store.exists():
            return
        with closing(Ledger.open(str(self.store))) as ledger:
            self.count += 1
            made, room = act(f"a{self.count}"), writer(ledger)
            events = [MeetingOpened(f"{self.count}.{n}") for n in range(entries)]
            ledger.append("dl1", [room.entry(made, "", event) for event in events])

    def look(self) -> None:
        """The follower looks; what it hands on is taken as a reader would."""
        looked = self.follower.look()
        if looked.back_to is not None:
            assert looked.told
            assert looked.back_to < len(self.seen)
            del self.seen[looked.back_to :]
        self.seen += looked.fresh
        assert [one.number for one in self.seen] == list(range(1, len(self.seen) + 1))
        assert self.seen == self.record.timeline.entries
        assert 0 < looked.wait <= CUT_LATEST
        if self.store.exists():
            assert not self.follower.cut
            assert self.seen == self.log()
        else:
            assert self.follower.cut == GONE
            assert not looked.fresh

    def log(self) -> list[object]:
        """What is on the record."""
        with closing(Ledger.open(str(self.store), create=False)) as ledger:
            return list(ledger.entries("dl1"))

    def do(self, what: str) -> None:
        """One thing happens."""
        there = self.store.exists()
        match what:
            case "act":
                self.write(1)
            case "big act":
                self.write(4)
            case "look":
                self.look()
            case "away" if there:
                self.hide()
            case "back" if not there:
                for end in ("", "-wal", "-shm"):
                    if os.path.exists(f"{self.hidden}{end}"):
                        os.rename(f"{self.hidden}{end}", f"{self.store}{end}")
            case "copy" if there:
                back_up(str(self.store), str(self.copy), over=True)
            case "put back" if there and self.copy.exists():
                restore(str(self.copy), str(self.store), over=True)
            case "swap" if there and self.copy.exists():
                # Another file under the name, and what lay there is gone with its log.
                for end in ("-wal", "-shm"):
                    Path(f"{self.store}{end}").unlink(missing_ok=True)
                shutil.copy(self.copy, f"{self.copy}.2")
                os.replace(f"{self.copy}.2", self.store)
            case "cp" if there and self.copy.exists():
                # Written over from outside at a moment when there happens to be no log.
                with closing(sqlite3.connect(self.store)) as other:
                    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                shutil.copyfile(self.copy, self.store)
            case "fault" if there:
                with patch.object(Record, "catch_up", side_effect=StoreError("Wet disk.")):
                    looked = self.follower.look()
                    assert not looked.fresh
                    assert looked.back_to is None

    def hide(self) -> None:
        """Somebody moves the store, with its log."""
        for end in ("", "-wal", "-shm"):
            if os.path.exists(f"{self.store}{end}"):
                os.replace(f"{self.store}{end}", f"{self.hidden}{end}")


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.sampled_from(_OPS), max_size=14))
def test_what_is_followed_is_the_log(ops):
    """Whatever is written, moved, put back or at fault: no gap, no double, no half act."""
    with tempfile.TemporaryDirectory() as folder:
        play = Play(Path(folder))
        for op in ops:
            play.do(op)
        play.do("back")
        play.look()
        play.record.close()


@given(st.lists(st.integers(1, 3), max_size=8), st.data())
def test_from_any_position_it_hands_on_the_rest_of_the_log(acts, data):
    """A record that was opened at any time and slept since reads the rest, act by act."""
    desk = Desk.begin(None)
    desk.act(do.OpenNegotiation("DL/1"))
    ledger, name = desk.ledger, desk.timeline.id
    late = data.draw(st.integers(0, len(acts)), label="opened after so many acts")
    follower, seen = Follower(desk), list(desk.timeline.entries)
    for number, size in enumerate(acts):
        if number == late:
            follower = Follower(Record(ledger, name))
            seen = list(follower.record.timeline.entries)
        room = writer(ledger, name)
        made = act(f"b{number}", desk.clock())
        ledger.append(name, [room.entry(made, "", MeetingOpened(f"{n}")) for n in range(size)])
        if data.draw(st.booleans(), label="looks"):
            seen += follower.look().fresh
    seen += follower.look().fresh
    assert seen == ledger.entries(name)


@pytest.fixture
def play(tmp_path):
    """A store with one entry."""
    play = Play(tmp_path)
    yield play
    play.record.close()


def test_it_says_once_that_it_is_cut_off_and_looks_less_and_less_often(play):
    """The wait doubles up to a bound; the first look that reads ends it."""
    play.hide()
    first = play.follower.look()
    assert (first.told, first.wait) == (GONE, CUT_SOONEST)
    waits = [play.follower.look() for _ in range(12)]
    assert {one.told for one in waits} == {""}
    assert [one.wait for one in waits[:3]] == [2 * CUT_SOONEST, 4 * CUT_SOONEST, 8 * CUT_SOONEST]
    assert waits[-1].wait == CUT_LATEST
    play.do("back")
    assert play.follower.look().told == "The record is live again."
    assert [play.follower.look() for _ in range(40)][-1].wait == LATEST


def test_what_is_put_back_while_reading_fails_is_told_when_it_can_be_read(play):
    """The news that entries are void outlives a fault in between."""
    play.do("copy")
    play.write(3)
    play.look()
    play.do("swap")
    play.do("fault")
    assert play.follower.cut == "Wet disk."
    looked = play.follower.look()
    assert looked.back_to == 1
    assert "behind entry 1" in looked.told


def test_a_file_that_is_written_over_from_outside_is_noticed(play):
    """Without any sign in the database: the file looks otherwise, and that is enough to ask."""
    play.do("copy")
    play.write(3)
    with closing(sqlite3.connect(play.store)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    play.look()
    assert len(play.seen) == 4
    shutil.copyfile(play.copy, play.store)
    looked = play.follower.look()
    assert looked.back_to == 1
    assert looked.fresh == ()


def test_another_record_under_the_name_is_not_followed(play):
    """It is said what lies there; the right one is taken up where it was left."""
    play.hide()
    with closing(Ledger.open(str(play.store))) as other:
        other.append("other", writer(other, "other").opening(act("x")))
    looked = play.follower.look()
    assert looked.told == (
        "The store that lies there now is not the record of dl1; put that one back under its name."
    )
    assert looked.fresh == ()
    os.unlink(play.store)
    play.do("back")
    play.write(2)
    assert len(play.follower.look().fresh) == 2


def test_a_writer_in_the_middle_of_an_act_holds_up_nobody_who_looks(play):
    """What he has not finished is not there yet, and the record is live."""
    with closing(sqlite3.connect(play.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO stored_events VALUES (99, 'dl1', 2, 'half', 'an act')")
        play.look()
        assert len(play.seen) == 1
        other.execute("ROLLBACK")
    play.write(1)
    play.look()
    assert len(play.seen) == 2


def test_a_follower_at_rest_keeps_no_log_from_being_emptied(play):
    """It slept for a day: writers are not held up, and it reads the day in one look."""
    play.look()
    for _ in range(30):
        play.write(2)
    with closing(sqlite3.connect(play.store)) as other:
        busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy
    assert os.path.getsize(f"{play.store}-wal") == 0
    assert len(play.follower.look().fresh) == 60


def test_a_desk_never_goes_on_from_what_was_put_back_under_it(play):
    """An act on a record that is not there any more is refused, and nothing is written."""
    play.do("copy")
    play.write(1)
    desk = Desk.open(play.store)
    restore(str(play.copy), str(play.store), over=True)
    with pytest.raises(StoreError, match="earlier copy was put back"):
        desk.act(do.JoinParty("FJI", "Fiji"))
    desk.close()
    assert len(play.log()) == 1


FOLLOWS = """
import sys, time
from negotiation.following import Follower
from negotiation.record import Record

record = Record.open(sys.argv[1])
follower, until = Follower(record), int(sys.argv[2])
print("ready", flush=True)
while record.timeline.head < until:
    looked = follower.look()
    if looked.fresh:
        print(*(one.act.id for one in looked.fresh), sep="\\n", flush=True)
    time.sleep(looked.wait)
"""


def test_another_process_gets_every_act_whole_and_once(tmp_path):
    """Two of them write as fast as they can, a third one follows."""
    store = tmp_path / "r.db"
    with closing(Ledger.open(str(store))) as ledger:
        ledger.append("dl1", writer(ledger).opening(act("a0")))
        process = subprocess.Popen(
            [sys.executable, "-c", FOLLOWS, str(store), str(1 + 3 * 100)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        with closing(Ledger.open(str(store))) as other:
            for number in range(100):
                one = (ledger, other)[number % 2]
                room, made = writer(one), act(f"b{number}")
                events = [MeetingOpened(f"{n}") for n in range(3)]
                one.append("dl1", [room.entry(made, "", event) for event in events])
        printed, _ = process.communicate(timeout=60)
    assert printed.split() == [f"b{number}" for number in range(100) for _ in range(3)]
