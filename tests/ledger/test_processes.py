"""Several processes on one file, and processes that die: nothing torn, nothing twice."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest

from negotiation.ledger.ledger import Ledger
from tests.ledger.acts import Writer, act, writer

RACE = """
import sys
from negotiation.ledger.ledger import Ledger, RecordMoved
from tests.ledger.acts import act, writer

store, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
ledger = Ledger.open(store)
lost = 0
for n in range(count):
    while True:
        try:
            ledger.append("dl1", writer(ledger).remark(act(f"{name}{n}"), "c1", name))
            break
        except RecordMoved:
            lost += 1
print(lost)
"""

CLOSED = """
import sys, threading
from negotiation.ledger.ledger import Ledger, StoreError

said = []


def reads(ledger):
    try:
        while True:
            ledger.changed()
            ledger.entries("dl1")
    except StoreError as refusal:
        said.append(str(refusal))


for _ in range(30):
    ledger = Ledger.open(sys.argv[1])
    threads = [threading.Thread(target=reads, args=(ledger,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    ledger.entries("dl1")
    ledger.close()
    for thread in threads:
        thread.join()
for sentence in said:
    print(sentence)
"""

FOLLOWS = """
import sys, time
from negotiation.ledger.ledger import Ledger

ledger = Ledger.open(sys.argv[1])
wanted, seen = int(sys.argv[2]), []
end = time.monotonic() + 60
print("following", flush=True)
while len(seen) < wanted and time.monotonic() < end:
    if ledger.changed():
        seen += [entry.number for entry in ledger.entries("dl1", len(seen))]
    else:
        time.sleep(0.002)
print(*seen)
ledger.close()
"""

KILLED_INSIDE = """
import os, signal, sys
from negotiation.ledger import file_connections
from negotiation.ledger.ledger import Ledger
from tests.ledger.acts import act, writer

ledger = Ledger.open(sys.argv[1])
entries = writer(ledger).remark(act("import"), *(f"c{n}" for n in range(20_000)))
# Small enough a cache that the rows have reached the file before the transaction ends.
for connection in ledger._record.recorder.datastore.pool._pool:
    connection._sqlite_conn.execute("PRAGMA cache_size=1")


def dies(self, *_):
    os.kill(os.getpid(), signal.SIGKILL)


file_connections.Writing.__exit__ = dies
ledger.append("dl1", entries)
"""


@pytest.fixture
def store(tmp_path):
    """A record with one act, in a file."""
    return begun(str(tmp_path / "record.db"))


@pytest.fixture(params=["sqlite", "postgres"])
def any_store(request, tmp_path):
    """A record with one act, in a file and on a server."""
    if request.param == "sqlite":
        return begun(str(tmp_path / "record.db"))
    return begun(request.getfixturevalue("postgres_store"))


def begun(store):
    """The store, with its first act."""
    ledger = Ledger.open(store)
    ledger.append("dl1", Writer().opening(act("a1")))
    ledger.close()
    return store


def start(program, *arguments):
    """A Python of its own that runs the program."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_processes_that_race_write_one_record(any_store):
    """Every act gets in exactly once, whole, whoever loses the race in between."""
    racers = [start(RACE, any_store, name, 40) for name in ("x", "y")]
    for racer in racers:
        _, said = racer.communicate(timeout=120)
        assert (racer.returncode, said) == (0, "")
    ledger = Ledger.open(any_store)
    entries = ledger.entries("dl1")
    ledger.close()
    assert [entry.number for entry in entries] == list(range(1, 2 + 2 * 80))
    acts = Counter(entry.act.id for entry in entries[1:])
    assert acts == {f"{name}{n}": 2 for name in "xy" for n in range(40)}
    versions = [entry.version for entry in entries if entry.clause == "c1"]
    assert versions == list(range(1, 81))


def test_processes_that_begin_together_begin_one_record(tmp_path):
    """The file is made by one of them, and used by all."""
    path = str(tmp_path / "record.db")
    racers = [start(RACE, path, name, 1) for name in ("x", "y", "z")]
    for racer in racers:
        _, said = racer.communicate(timeout=120)
        assert (racer.returncode, said) == (0, "")
    ledger = Ledger.open(path)
    assert ledger.head("dl1") == 6
    ledger.close()


def test_a_follower_of_six_writers_misses_nothing_and_sees_nothing_twice(any_store):
    """It asks only when it hears of something, and reads on from what it has."""
    acts = 6
    follower = start(FOLLOWS, any_store, 1 + 6 * acts * 2)
    assert follower.stdout.readline() == "following\n"
    writers = [start(RACE, any_store, name, acts) for name in "uvwxyz"]
    for one in writers:
        _, said = one.communicate(timeout=120)
        assert (one.returncode, said) == (0, "")
    seen, said = follower.communicate(timeout=120)
    assert said == ""
    assert list(map(int, seen.split())) == list(range(1, 2 + 6 * acts * 2))


def test_a_writer_killed_inside_an_append_leaves_the_record_untouched(store):
    """A page was half recorded when the power went: no line of it is on the record."""
    process = start(KILLED_INSIDE, store)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (-signal.SIGKILL, "")
    assert os.path.getsize(f"{store}-wal") > 1_000_000, "It died before it wrote anything."
    ledger = Ledger.open(store, create=False)
    assert ledger.head("dl1") == 1
    assert [entry.act.id for entry in ledger.entries("dl1")] == ["a1"]
    ledger.append("dl1", writer(ledger).remark(act("import"), "c1"))
    ledger.close()


def test_a_record_closed_while_it_is_read_ends_the_reading(store):
    """A screen that is left stops its threads with a sentence, not the process with a crash."""
    ledger = Ledger.open(store)
    room = writer(ledger)
    ledger.append("dl1", [e for n in range(100) for e in room.remark(act(f"b{n}"), "c1")])
    ledger.close()
    process = start(CLOSED, store)
    printed, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, "")
    assert printed.splitlines() == [f"{store} was closed; open it again."] * 90
    assert os.listdir(os.path.dirname(store)) == [os.path.basename(store)]
