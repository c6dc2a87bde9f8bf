"""Copies while others write as fast as they can, copies that are killed, copies put back in use."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.ledger.copies import back_up, held, restore
from negotiation.ledger.ledger import Ledger, StoreError
from tests.cli.calls import call
from tests.faults.records import Made, found_in, made
from tests.faults.test_power_cuts import GOES_ON, acknowledged, rounds, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL.")
_PROFILE = settings()

COPIES = """
import sys
from negotiation.ledger.copies import back_up, restore

{"backup": back_up, "restore": restore}[sys.argv[1]](sys.argv[2], sys.argv[3], over=True)
"""


@pytest.fixture
def record(tmp_path):
    """A record of some hundred pages, so that a copy of it takes a while."""
    one = made(tmp_path / "record.db", meetings=2)
    with closing(Desk.open(one.store)) as desk:
        for number in range(30):
            desk.act(do.MakeRemark(desk.timeline.moment().clauses[0].id, f"{number} " * 9000))
        return Made(one.store, one.negotiation, tuple(desk.timeline.entries))


def entries_of(store: Path, negotiation: str):
    """What a store holds."""
    with closing(Ledger.open(str(store), create=False)) as ledger:
        return tuple(ledger.entries(negotiation))


def test_copies_while_another_process_writes_are_beginnings_that_verify(record, tmp_path):
    """Each is a whole-act beginning of the record, later ones longer; put back, it is the same."""
    process = start(GOES_ON, record.store)
    assert process.stdout is not None
    process.stdout.readline()
    copies, heads = [], []
    try:
        for number in range(rounds(6, 150)):
            copy = tmp_path / f"copy{number}.db"
            [one] = back_up(str(record.store), str(copy))
            copies.append(copy)
            heads.append(one.head)
    finally:
        process.send_signal(signal.SIGKILL)
        said = acknowledged(process)
        process.wait()
        process.stdout.close()
    entries = entries_of(record.store, record.negotiation)
    assert len(entries) >= said
    assert heads == sorted(heads)
    assert heads[-1] > heads[0]
    ends = Made(record.store, record.negotiation, entries).ends
    for copy, head in zip(copies, heads, strict=True):
        assert not Path(f"{copy}-wal").exists()
        assert found_in(copy, record.negotiation, entries, ends).entries == head
    again = tmp_path / "again.db"
    found, former = restore(str(copies[-1]), str(again))
    assert former == ""
    assert entries_of(again, record.negotiation) == entries[: found[0].head]
    answer = call(f"verify --store {again}")
    assert answer.code == 0, answer.err


def test_a_backup_that_is_killed_leaves_no_file_that_looks_whole(record, tmp_path):
    """Under the name of the copy stands the copy before, or nothing; a new attempt succeeds."""
    chance, copy = Random(8), tmp_path / "copies" / "tuesday.db"
    copy.parent.mkdir()
    good = None
    killed = 0
    for number in range(rounds(8, 200)):
        process = start(COPIES, "backup", record.store, copy)
        time.sleep(chance.random() * (0.4 if number else 0.1))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert process.stdout is not None
        process.stdout.close()
        if copy.exists():
            good = copy.read_bytes() if good is None else good
            assert entries_of(copy, record.negotiation) == record.entries
        # What is left of the others does not have the name of a copy.
        assert all(one == copy.name or ".part" in one for one in os.listdir(copy.parent))
        left = [one for one in os.listdir(copy.parent) if ".part" in one]
        assert len(left) <= 4 * (number + 1)
    assert killed
    [one] = back_up(str(record.store), str(copy), over=True)
    assert one.head == len(record.entries)
    assert entries_of(record.store, record.negotiation) == record.entries


def test_what_killed_backups_left_is_cleared_by_the_next_one(record, tmp_path):
    """Nobody has to know of our own files; one that is being written is left alone."""
    copy = tmp_path / "copies" / "tuesday.db"
    copy.parent.mkdir()
    old = copy.parent / "tuesday.db.abcdefgh.part"
    old.write_bytes(b"half a copy")
    os.utime(old, (1, 1))
    fresh = copy.parent / "tuesday.db.ijklmnop.part"
    fresh.write_bytes(b"half a copy")
    other = copy.parent / "notes.part"
    other.write_bytes(b"of somebody else")
    os.utime(other, (1, 1))
    back_up(str(record.store), str(copy))
    assert sorted(os.listdir(copy.parent)) == sorted([copy.name, fresh.name, other.name])


def test_a_restore_that_is_killed_leaves_the_one_or_the_other(record, tmp_path):
    """The store is what it was or what the copy holds, whole; and what it was is kept beside."""
    chance, copy = Random(9), tmp_path / "copy.db"
    back_up(str(record.store), str(copy))
    with closing(Desk.open(record.store)) as desk:
        desk.act(do.JoinParty("FJI", "Fiji"))
        longer = tuple(desk.timeline.entries)
    seen = set()
    for number in range(rounds(8, 200)):
        process = start(COPIES, "restore", copy, record.store)
        time.sleep(chance.random() * (0.5 if number else 0.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        entries = entries_of(record.store, record.negotiation)
        assert entries in (record.entries, longer)
        seen.add(len(entries))
        with closing(Ledger.open(str(record.store), create=False)) as ledger:
            assert ledger.walked(record.negotiation).fault is None
        if entries == record.entries:
            kept = [
                one for one in tmp_path.glob("record.db.replaced-*") if "." not in one.suffix[1:]
            ]
            assert longer in [entries_of(one, record.negotiation) for one in kept]
    assert len(longer) in seen or len(record.entries) in seen


def test_a_copy_put_back_over_a_store_in_use(record, tmp_path):
    """A writer in another process goes on or is refused; it never mixes the two histories."""
    copy = tmp_path / "copy.db"
    back_up(str(record.store), str(copy))
    process = start(GOES_ON, record.store)
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    found, former = restore(str(copy), str(record.store), over=True)
    process.communicate(timeout=60)
    # Its next act rests on what is not there any more.
    assert process.returncode == 1
    assert entries_of(record.store, record.negotiation) == record.entries
    with closing(Ledger.open(str(record.store))) as ledger:
        assert held(ledger) == found
    assert len(entries_of(Path(former), record.negotiation)) > len(record.entries)


def test_a_store_whose_beginning_was_lost_makes_room_for_its_copy(record, tmp_path):
    """It does not look like a record any more; it is set aside and not thrown away."""
    copy = tmp_path / "copy.db"
    back_up(str(record.store), str(copy))
    lost = bytes(4096) + record.store.read_bytes()[4096:]
    record.store.write_bytes(lost)
    found, former = restore(str(copy), str(record.store), over=True)
    assert found[0].head == len(record.entries)
    assert Path(former).read_bytes() == lost


def test_an_act_never_goes_into_a_store_that_was_taken_away(record, tmp_path):
    """The file is still open at the desk and would take it; nobody else would ever see it."""
    with closing(Desk.open(record.store)) as desk:
        os.rename(record.store, tmp_path / "away.db")
        with pytest.raises(StoreError, match="moved or deleted"):
            desk.act(do.JoinParty("FJI", "Fiji"))
        os.rename(tmp_path / "away.db", record.store)
        desk.act(do.JoinParty("FJI", "Fiji"))
    assert len(entries_of(record.store, record.negotiation)) == len(record.entries) + 1


def test_a_full_disk_leaves_no_copy_and_a_sentence(record, tmp_path):
    """In a process that may write no large file."""
    copy = tmp_path / "copy.db"
    program = (
        "import resource, signal, sys\n"
        "from negotiation.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))\n"
        "main(sys.argv[1:])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, "backup", str(copy), "--store", str(record.store)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.returncode == 1
    [sentence] = said.stderr.splitlines()
    assert str(copy) in sentence
    assert sentence.endswith("; check the disk, then try again.")
    assert [one for one in os.listdir(tmp_path) if one.startswith("copy")] == []
