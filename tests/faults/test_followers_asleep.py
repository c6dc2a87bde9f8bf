"""A follower that slept for a day wakes up: no gap, nothing twice, whatever was done meanwhile.

It is stopped with a signal, as a machine whose lid was closed is, while others write thousands of
entries and the store is moved, copied, compacted, put back, or cuts off whoever was connected.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import settings

from negotiation.domain.events import MeetingOpened
from negotiation.following import Follower
from negotiation.ledger.copies import back_up, restore
from negotiation.ledger.ledger import Ledger
from negotiation.record import Record
from tests.ledger.acts import act, writer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a process.")
LONG = settings().max_examples > 1000
PROGRAM = "import sys; from negotiation.cli import main; main(sys.argv[1:])"
MEASURED = """
import resource, sys
from negotiation.following import Follower
from negotiation.record import Record

record = Record.open(sys.argv[1])
follower = Follower(record)
print("ready", flush=True)
sys.stdin.readline()
looked = follower.look()
print(len(looked.fresh), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def day(store: str, acts: int, name: str = "day") -> None:
    """What others write in a day: acts of three entries, from several desks one after another."""
    for part in range(4):
        with closing(Ledger.open(store)) as ledger:
            room = writer(ledger)
            for number in range(acts // 4):
                made = act(f"{name}-{part}-{number}")
                entries = [room.entry(made, "", MeetingOpened(f"{number}.{n}")) for n in range(3)]
                ledger.append("dl1", entries)


@attrs.define
class Asleep:
    """`follow --json --from 1` in a process of its own, which can be put to sleep."""

    store: str
    process: "subprocess.Popen[str]" = attrs.field(init=False)
    seen: list[dict[str, Any]] = attrs.field(factory=list)
    told: list[str] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                PROGRAM,
                *f"follow --json --from 1 --store {self.store}".split(),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.read(1)

    def read(self, last: int) -> None:
        """Take lines as a reader would, up to the entry of this number."""
        assert self.process.stdout is not None
        while not self.seen or self.seen[-1]["number"] < last:
            line = json.loads(self.process.stdout.readline())
            if "back_to" in line:
                del self.seen[line["back_to"] :]
                self.told.append(line["sentence"])
                continue
            assert line["number"] == len(self.seen) + 1, "a gap, or twice"
            self.seen.append(line)

    def sleep(self) -> None:
        """The lid is closed."""
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """And opened again."""
        self.process.send_signal(signal.SIGCONT)

    def close(self) -> str:
        """End it; answers what it said beside the entries."""
        self.wake()
        self.process.terminate()
        _, said = self.process.communicate(timeout=60)
        return said


@pytest.fixture
def store(tmp_path):
    """A record with one entry."""
    path = str(tmp_path / "record.db")
    begin(path)
    return path


def begin(store: str) -> None:
    """One negotiation, opened."""
    with closing(Ledger.open(store)) as ledger:
        ledger.append("dl1", writer(ledger).opening(act("a0")))


def acts_on(store: str) -> list[str]:
    """The act of every entry of the record."""
    with closing(Ledger.open(store, create=False)) as ledger:
        return [entry.act.id for entry in ledger.entries("dl1")]


def compacted(store: str) -> None:
    """VACUUM writes every page anew, and the log is emptied."""
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("VACUUM")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def moved_and_back(store: str) -> None:
    """To another folder, written there, and under its name again."""
    away = f"{store}.away"
    os.rename(store, away)
    day(away, 8, "away")
    os.rename(away, store)


def exchanged_for_its_copy(store: str) -> None:
    """Another file in its place that holds the same record."""
    copy = f"{store}.copy"
    back_up(store, copy)
    os.replace(copy, store)


def copied(store: str) -> None:
    """A backup while everybody sleeps."""
    back_up(store, f"{store}.backup")


def put_back(store: str) -> None:
    """An evening is taken back: the copy of before it, and another evening on it."""
    back_up(store, f"{store}.evening")
    day(store, 40, "void")
    restore(f"{store}.evening", store, over=True)


_MEANWHILE = (compacted, moved_and_back, exchanged_for_its_copy, copied, put_back)


@pytest.mark.parametrize("happens", _MEANWHILE, ids=lambda one: one.__name__.replace("_", "-"))
def test_a_follower_that_slept_for_a_day_reads_it_whole_and_once(store, happens):
    """Stopped in a process of its own, woken when thousands of entries are behind."""
    day(store, 20, "before")
    asleep = Asleep(store)
    try:
        asleep.read(61)
        asleep.sleep()
        day(store, 3000 if LONG else 160)
        happens(store)
        day(store, 40, "after")
        asleep.wake()
        acts = acts_on(store)
        asleep.read(len(acts))
        assert [line["act"]["id"] for line in asleep.seen] == acts
    finally:
        said = asleep.close()
    assert "Traceback" not in said


def test_what_was_read_and_then_taken_back_is_told(store):
    """It had read the evening that is void; it says so, and reads the other one in its place."""
    back_up(store, f"{store}.morning")
    day(store, 40, "void")
    asleep = Asleep(store)
    try:
        asleep.read(121)
        asleep.sleep()
        restore(f"{store}.morning", store, over=True)
        day(store, 80, "other")
        asleep.wake()
        acts = acts_on(store)
        asleep.read(len(acts))
        assert [line["act"]["id"] for line in asleep.seen] == acts
        assert "An earlier copy was put back: what came behind entry 1 " in asleep.told[0]
    finally:
        asleep.close()


def test_a_server_that_dropped_a_sleeper_is_asked_again(postgres, postgres_store):
    """Every connection was ended meanwhile, those of writers, too."""
    begin(postgres_store)
    day(postgres_store, 20, "before")
    asleep = Asleep(postgres_store)
    try:
        asleep.read(61)
        asleep.sleep()
        postgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        day(postgres_store, 3000 if LONG else 160)
        asleep.wake()
        acts = acts_on(postgres_store)
        asleep.read(len(acts))
        day(postgres_store, 20, "after")
        acts = acts_on(postgres_store)
        asleep.read(len(acts))
        assert [line["act"]["id"] for line in asleep.seen] == acts
    finally:
        said = asleep.close()
    assert "Traceback" not in said


def test_waking_up_takes_no_more_memory_than_opening_the_record(store):
    """What is behind is read once and kept once."""
    slept = subprocess.Popen(
        [sys.executable, "-c", MEASURED, store],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert slept.stdout is not None
    assert slept.stdout.readline() == "ready\n"
    day(store, 10_000 if LONG else 800)
    fresh, most = map(int, slept.communicate("\n", timeout=300)[0].split())
    opened = subprocess.run(
        [sys.executable, "-c", MEASURED, store],
        input="\n",
        capture_output=True,
        text=True,
        check=True,
    )
    _, usual = map(int, opened.stdout.splitlines()[1].split())
    assert fresh == (30_000 if LONG else 2400)
    assert most < usual * 1.5


@pytest.mark.parametrize("happens", [compacted, exchanged_for_its_copy, copied, put_back])
def test_a_follower_in_the_same_process_is_no_exception(store, happens: Callable[[str], None]):
    """The screens look once more when their machine wakes up."""
    with closing(Record.open(Path(store))) as record:
        follower = Follower(record)
        follower.look()
        day(store, 40)
        happens(store)
        seen: list[str] = ["a0"]
        for _ in range(3):
            looked = follower.look()
            if looked.back_to is not None:
                del seen[looked.back_to :]
            seen += [entry.act.id for entry in looked.fresh]
        assert seen == acts_on(store)
        assert not follower.cut
