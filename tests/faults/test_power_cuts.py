"""Power that goes at any write: what was acknowledged is there, and never half an act.

Promise 1 (the record is complete and in order) and promise 2 (what is shown is what was decided)
hold of whatever a machine finds on its disk when it comes back.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.ledger.ledger import Ledger
from tests.cli.calls import call
from tests.faults.power import (
    Disk,
    Op,
    Said,
    Sync,
    emptied_into,
    laid,
    told_by_log,
    traced,
)
from tests.faults.records import Made, copied, found_in, goes_on, made

_PROFILE = settings()
LONG = _PROFILE.max_examples > 1000

MAKES = """
import sys
from pathlib import Path
from negotiation.desk import Desk
from negotiation.domain import commands as do
from tests.faults.records import SHORT

desk = Desk.begin(sys.argv[1])
desk.receive(SHORT.read_bytes(), "draft.md")
print(desk.timeline.head, flush=True)
number = 0
while desk.timeline.head < int(sys.argv[2]):
    number += 1
    desk.act(do.OpenMeeting(f"Meeting {number}, in the large hall of the conference"))
    print(desk.timeline.head, flush=True)
    desk.act(do.CloseMeeting())
    print(desk.timeline.head, flush=True)
desk.close()
"""


class Played:
    """What a program wrote, and the record that it made."""

    def __init__(self, made: Made, ops: list[Op], begins: int = 0) -> None:
        self.made = made
        self.ops = ops
        self.begins = begins
        """The first of the calls before which there may be no power."""

    def __repr__(self) -> str:
        return f"Played({len(self.ops)} calls)"


@pytest.fixture(scope="module")
def by_log(tmp_path_factory):
    """Acts as the log of a store in use tells them, and the log then emptied into the file."""
    store = tmp_path_factory.mktemp("log") / "record.db"
    made(store, meetings=2)
    before = store.read_bytes()
    with closing(Desk.open(store)) as desk:
        known = desk.timeline.head
        for number in range(6):
            desk.act(do.OpenMeeting(f"Evening {number}"))
            desk.act(do.CloseMeeting())
        log = Path(f"{store}-wal").read_bytes()
        entries = tuple(desk.timeline.entries)
        negotiation = desk.timeline.id
    heads = range(known + 1, len(entries) + 1)
    ops = told_by_log(before, log, store.name, heads)
    ops.insert(ops.index(Sync(store.name)) + 1, Said(known))
    ops += emptied_into(log, store.name)
    return Played(Made(store, negotiation, entries), ops, ops.index(Said(known)))


@pytest.fixture(scope="module")
def by_calls(tmp_path_factory):
    """The same by every call that a process makes, from before there is a file."""
    if shutil.which("strace") is None or not can_trace():
        pytest.skip("There is no strace here that may look at a process.")
    store = tmp_path_factory.mktemp("calls") / "record.db"
    ops = traced(MAKES, str(store), "80" if LONG else "56", store=store)
    with closing(Ledger.open(str(store), create=False)) as ledger:
        [negotiation] = ledger.negotiations()
        entries = tuple(ledger.entries(negotiation))
    return Played(Made(store, negotiation, entries), ops)


def can_trace() -> bool:
    """Whether a process may be traced here."""
    return subprocess.run(["strace", "-o", "/dev/null", "true"], check=False).returncode == 0


def judged(played: Played, files: dict[str, bytes], said: int, folder: Path) -> int:
    """How far the record goes that a machine finds; not less than what was acknowledged."""
    laid(files, folder)
    store = folder / played.made.store.name
    found = found_in(store, played.made.negotiation, played.made.entries, played.made.ends)
    if found.refusal:
        # Only a record that was being begun can still be nothing.
        assert said == 0, found.refusal
        assert "no record" in found.refusal or "is empty" in found.refusal, found.refusal
        return 0
    assert found.entries >= said
    return found.entries


def every_kill(played: Played, folder: Path) -> int:
    """A process that dies after each of its calls; how many states that were."""
    disk, count = Disk(), 0
    for op in played.ops:
        disk.play(op)
        if isinstance(op, Sync | Said):
            continue
        count += 1
        judged(played, {name: bytes(held) for name, held in disk.files.items()}, disk.said, folder)
    return count


def cut(played: Played, at: int, chance: Random, folder: Path) -> None:
    """A machine that loses its power after so many calls."""
    disk = Disk()
    for op in played.ops[: played.begins + at % (len(played.ops) - played.begins) + 1]:
        disk.play(op)
    files = disk.without_power(chance)
    found = judged(played, files, disk.said, folder)
    if chance.random() < 0.25:
        store = folder / played.made.store.name
        if found:
            assert goes_on(store, played.made.negotiation) == found + 1
        else:
            assert made(store, meetings=0).entries


def test_a_process_killed_at_any_write_leaves_whole_acts(by_log, tmp_path):
    """Every write of a dozen acts and of the emptying of their log, as the log tells them."""
    assert every_kill(by_log, tmp_path / "found") > 60


@settings(max_examples=_PROFILE.max_examples // 2)
@given(st.integers(0, 10_000), st.integers(0, 2**32).map(Random))
def test_power_cut_at_any_write_loses_nothing_acknowledged(by_log, tmp_path_factory, at, chance):
    """Unsynced writes are there, torn, zeros or missing, in any mixture; acts stay whole."""
    cut(by_log, at, chance, tmp_path_factory.getbasetemp() / "found")


def test_a_process_killed_at_any_call_leaves_whole_acts(by_calls, tmp_path):
    """The same by what strace saw, from the first call on: the making of the file, too."""
    assert every_kill(by_calls, tmp_path / "found") > 50


@settings(max_examples=_PROFILE.max_examples // 2)
@given(st.integers(0, 10_000), st.integers(0, 2**32).map(Random))
def test_power_cut_at_any_call_loses_nothing_acknowledged(by_calls, tmp_path_factory, at, chance):
    """The same with power cuts."""
    cut(by_calls, at, chance, tmp_path_factory.getbasetemp() / "found")


def test_nothing_is_acknowledged_before_it_is_synced(by_calls):
    """Each act is said only when no byte of it can be lost."""
    loose, acknowledged = 0, 0
    for op in by_calls.ops:
        if isinstance(op, Said):
            assert not loose
            acknowledged += 1
        elif isinstance(op, Sync):
            loose = 0
        else:
            loose += 1
    assert acknowledged > 2


@pytest.mark.parametrize("middle", [0, 12, 24, 24 + 2048])
def test_a_log_cut_at_any_frame_ends_with_a_whole_act(by_log, tmp_path, middle):
    """At every boundary and in the middle of every head and page; also with zeros behind it."""
    disk = Disk()
    for op in by_log.ops[: by_log.ops.index(Said(len(by_log.made.entries))) + 1]:
        disk.play(op)
    files = {name: bytes(held) for name, held in disk.files.items()}
    wal = f"{by_log.made.store.name}-wal"
    log, found = files[wal], []
    for at in range(32 + middle, len(log), 24 + 4096):
        short = judged(by_log, {**files, wal: log[:at]}, 0, tmp_path / "found")
        zeros = log[:at] + bytes(len(log) - at)
        assert judged(by_log, {**files, wal: zeros}, 0, tmp_path / "found") == short
        found.append(short)
    assert found == sorted(found)
    assert len(set(found)) > 6
    # Without the log at all, the record ends where the file was last emptied into.
    alone = {name: held for name, held in files.items() if name != wal}
    assert judged(by_log, alone, 0, tmp_path / "found") == found[0]


@settings(max_examples=_PROFILE.max_examples // 2)
@given(st.data())
def test_a_log_with_lost_pages_ends_before_them(by_log, tmp_path_factory, data):
    """Any stretch of the log as zeros, or as what lay there before: nothing behind it is taken."""
    disk = Disk()
    for op in by_log.ops[: by_log.ops.index(Said(len(by_log.made.entries))) + 1]:
        disk.play(op)
    files = {name: bytes(held) for name, held in disk.files.items()}
    wal = f"{by_log.made.store.name}-wal"
    log = bytearray(files[wal])
    start = data.draw(st.integers(0, len(log) - 1), label="start")
    length = data.draw(st.integers(1, 3 * 4120), label="length")
    other = data.draw(st.booleans(), label="another frame")
    lost = bytes(length) if not other else bytes(log[32 : 32 + length])
    log[start : start + length] = lost[: len(log) - start]
    folder = tmp_path_factory.getbasetemp() / "found"
    laid({**files, wal: bytes(log)}, folder)
    one = by_log.made
    found = found_in(folder / one.store.name, one.negotiation, one.entries, one.ends)
    assert not found.refusal


def rounds(count: int, long: int) -> int:
    """How often: a few times for everybody, often in the long run."""
    return long if LONG else count


def start(program: str, *arguments: object) -> "subprocess.Popen[str]":
    """A Python of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
    )


def acknowledged(process: "subprocess.Popen[str]") -> int:
    """The last entry that a process said to be written; a line that broke off was not said."""
    assert process.stdout is not None
    lines = process.stdout.read().splitlines(keepends=True)
    whole = [int(line) for line in lines if line.endswith("\n")]
    return whole[-1] if whole else 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL.")
def test_kill_9_at_any_moment_loses_nothing_acknowledged(tmp_path):
    """A real process at a desk, killed after a random time, again and again on one store."""
    chance, store = Random(6), tmp_path / "record.db"
    begun = made(store, meetings=0)
    before = len(begun.entries)
    for _ in range(rounds(3, 100)):
        process = start(GOES_ON, store)
        assert process.stdout is not None
        # What it needs for acts is loaded with the first one.
        said = int(process.stdout.readline())
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        said = acknowledged(process) or said
        process.wait()
        process.stdout.close()
        with closing(Ledger.open(str(store), create=False)) as ledger:
            entries = ledger.entries(begun.negotiation)
            assert ledger.walked(begun.negotiation).fault is None
        assert len(entries) >= said > before
        before = len(entries)


GOES_ON = """
import sys
from negotiation.desk import Desk
from negotiation.domain import commands as do

desk = Desk.open(sys.argv[1])
if desk.timeline.negotiation(desk.timeline.head).meeting:
    desk.act(do.CloseMeeting())
while True:
    desk.act(do.OpenMeeting(f"Meeting {desk.timeline.head}"))
    print(desk.timeline.head, flush=True)
    desk.act(do.CloseMeeting())
    print(desk.timeline.head, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks what is open.")
def test_copies_at_random_moments_are_whole_or_refused(tmp_path):
    """Somebody copies the files of a store in use, one after the other, whatever happens meanwhile.

    Such a copy is no moment of the record: the file may be older or newer than its log. It opens
    to whole acts of the record, or is refused with a sentence; it is never called sound and wrong.
    """
    chance, store = Random(7), tmp_path / "record.db"
    begun = made(store, meetings=0)
    process = start(GOES_ON, store)
    assert process.stdout is not None
    process.stdout.readline()
    copies: list[tuple[Path, bool]] = []
    try:
        for number in range(rounds(20, 600)):
            time.sleep(chance.random() * 0.004)
            folder = tmp_path / f"copy{number}"
            copies.append((folder / store.name, copied_as(number % 3, store, folder, chance)))
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    with closing(Desk.open(store)) as desk:
        entries = tuple(desk.timeline.entries)
    ends = Made(store, begun.negotiation, entries).ends
    grew = set()
    for copy, log_too in copies:
        found = found_in(copy, begun.negotiation, entries, ends)
        if log_too:
            grew.add(found.entries)
        shutil.rmtree(copy.parent)
    assert len(grew) > len(copies) // 10


def copied_as(how: int, store: Path, folder: Path, chance: Random) -> bool:
    """A copy of the file alone, of the file and its log, or of the file and a torn log."""
    copied(store, folder)
    log = folder / f"{store.name}-wal"
    if how == 0:
        log.unlink(missing_ok=True)
    elif how == 2 and log.exists():
        os.truncate(log, chance.randrange(log.stat().st_size + 1))
    return how > 0


def test_a_file_and_a_log_of_two_moments_are_never_called_sound(tmp_path):
    """A copy by hand that took its time: file and log come from before and after an emptying."""
    store = tmp_path / "record.db"
    begun = made(store, meetings=6)
    moments = []
    with closing(Desk.open(store)) as desk:
        for evening in range(4):
            for number in range(5):
                desk.act(do.OpenMeeting(f"Evening {evening}.{number}, in the hall by the sea"))
                desk.act(do.CloseMeeting())
                moments.append(copied(store, tmp_path / f"{evening}-{number}"))
            with closing(sqlite3.connect(store)) as other:
                other.execute("PRAGMA wal_checkpoint(RESTART)")
        entries = tuple(desk.timeline.entries)
    mixed = tmp_path / "mixed" / "record.db"
    mixed.parent.mkdir()
    told, sound = 0, 0
    for file in moments[::4]:
        for log in moments[1::4]:
            for old in mixed.parent.iterdir():
                old.unlink()
            shutil.copy(file, mixed)
            shutil.copy(f"{log}-wal", f"{mixed}-wal")
            answer = call(f"verify --store {mixed} --negotiation {begun.negotiation}")
            assert "Traceback" not in answer.err
            if answer.code:
                assert answer.err.endswith("of the store.\n") or "Go back to a copy" in answer.err
                told += 1
                continue
            with closing(Ledger.open(str(mixed), create=False)) as ledger:
                held = tuple(ledger.entries(begun.negotiation))
            assert held == entries[: len(held)]
            sound += 1
    assert told
    assert sound
