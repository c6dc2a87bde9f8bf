"""Disks that fill up, logs cut off, clocks set back: a sentence each, the record as it was."""

import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from negotiation.ledger.copies import back_up, restore
from negotiation.ledger.ledger import Ledger, StoreError
from tests.ledger.acts import Writer, act, minutes, writer

FULL = """
import resource, signal, sys
from negotiation.ledger.ledger import Ledger, StoreError
from tests.ledger.acts import act, writer

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
ledger = Ledger.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
room = writer(ledger)
try:
    while True:
        ledger.append("dl1", room.remark(act(f"b{room.number}"), *["c1"] * 20))
        print(room.number, flush=True)
except StoreError as fault:
    print(fault)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
before = len(ledger.entries("dl1"))
ledger.append("dl1", writer(ledger).remark(act("after"), "c1"))
print(before)
"""


@pytest.fixture
def store(tmp_path):
    """A record with one act."""
    path = str(tmp_path / "record.db")
    with closing(Ledger.open(path)) as ledger:
        ledger.append("dl1", Writer().opening(act("a1")))
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit for a file.")
def test_a_full_disk_is_said_and_nothing_of_the_act_is_there(store):
    """Every act that was acknowledged is on the record; with room again the next one goes on."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, store], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    *acknowledged, sentence, before = done.stdout.splitlines()
    assert acknowledged
    assert sentence.startswith(f"{store} cannot be used (")
    assert sentence.endswith("; check the disk, then try again.")
    assert int(before) == int(acknowledged[-1])
    with closing(Ledger.open(store)) as ledger:
        assert len(ledger.entries("dl1")) == int(before) + 1


@contextmanager
def as_a_guest():
    """Without the rights of root, who may write whatever its permissions say."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other permissions.")
def test_a_store_that_may_only_be_read_is_read_and_says_so():
    """An act is refused with a sentence; the record can be read, copied, and is as it was."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        store, copy = str(folder / "r.db"), str(folder / "c.db")
        with closing(Ledger.open(store)) as ledger:
            ledger.append("dl1", Writer().opening(act("a1")))
        os.chmod(store, 0o444)
        if not os.geteuid():
            os.chown(folder, 65534, 65534)
        with as_a_guest():
            with closing(Ledger.open(store, create=False)) as ledger:
                with pytest.raises(StoreError, match="Ask for the permission"):
                    ledger.append("dl1", writer(ledger).remark(act("b"), "c1"))
                assert ledger.head("dl1") == 1
            back_up(store, copy)
            os.chmod(folder, 0o555)
            # A copy on a medium that nobody can write to.
            with TemporaryDirectory() as elsewhere:
                new = f"{elsewhere}/n.db"
                assert restore(copy, new)[0] == back_up(new, f"{elsewhere}/again.db")
            with pytest.raises(StoreError, match="closed to you"):
                back_up(store, str(folder / "more.db"))
            os.chmod(folder, 0o755)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_log_that_is_cut_off_ends_the_record_with_a_whole_act(store, tmp_path, share):
    """A copy of a store in use whose log broke off: what is there is a beginning, act by act."""
    cut = str(tmp_path / "cut.db")
    with closing(Ledger.open(store)) as ledger:
        for n in range(40):
            ledger.append("dl1", writer(ledger).remark(act(f"b{n}"), *["c1"] * 5))
        entries = ledger.entries("dl1")
        shutil.copy(store, cut)
        shutil.copy(f"{store}-wal", f"{cut}-wal")
    os.truncate(f"{cut}-wal", int(os.path.getsize(f"{cut}-wal") * share))
    with closing(Ledger.open(cut, create=False)) as ledger:
        found = ledger.entries("dl1")
        assert found == entries[: len(found)]
        assert len(found) % 5 == 1
        ledger.append("dl1", writer(ledger).remark(act("after"), "c1"))
        assert len(ledger.entries("dl1")) == len(found) + 1


def test_a_clock_that_was_set_back_loses_no_act_and_no_order(store):
    """Times of the index stand still, so that a moment is never before the one it follows."""
    with closing(Ledger.open(store)) as ledger:
        for n, at in enumerate((30, 10, 20, 40)):
            ledger.append("dl1", writer(ledger).remark(act(f"b{n}", minutes(at)), "c1"))
        reached = [ledger.position_at("dl1", minutes(at)) for at in (0, 10, 20, 30, 40)]
    assert reached == [1, 1, 1, 4, 5]
