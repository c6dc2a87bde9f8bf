"""Copies while others write, and the way back: the same record, byte for byte, or a sentence."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.ledger.copies import InTheWay, back_up, held, restore
from negotiation.ledger.ledger import Ledger, NoRecord, NotOurs, RecordDamaged, StoreError
from tests.ledger.acts import act, writer


@pytest.fixture
def store(tmp_path):
    """A store of two negotiations."""
    path = str(tmp_path / "record.db")
    with closing(Ledger.open(path)) as ledger:
        for name in ("dl1", "dl2"):
            ledger.append(name, writer(ledger, name).opening(act(f"{name}-0")))
            for n in range(20):
                ledger.append(name, writer(ledger, name).remark(act(f"{name}-{n + 1}"), "c1", "c2"))
    return path


@pytest.fixture
def copy(tmp_path):
    """Where a copy is to lie."""
    return str(tmp_path / "copy.db")


def held_in(path):
    """What a store holds."""
    with closing(Ledger.open(path, create=False)) as ledger:
        return held(ledger)


def test_a_copy_is_the_same_record_in_one_file(store, copy, tmp_path):
    """All negotiations, with heads and fingerprints; the store's own readers may read it."""
    os.chmod(store, 0o640)
    found = back_up(store, copy)
    assert [(one.negotiation, one.head) for one in found] == [("dl1", 41), ("dl2", 41)]
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "record.db"]
    assert os.stat(copy).st_mode & 0o777 == 0o640
    assert found == held_in(copy) == held_in(store)


def test_a_copy_made_while_others_write_is_the_record_at_one_moment(store, copy):
    """Whole acts, and a beginning of what the store goes on to hold."""
    stop, failed = threading.Event(), []

    def writes():
        number = 0
        with closing(Ledger.open(store)) as ledger:
            while not stop.is_set():
                number += 1
                try:
                    ledger.append("dl1", writer(ledger).remark(act(f"more{number}"), "c1", "c2"))
                except Exception as fault:
                    failed.append(fault)

    thread = threading.Thread(target=writes)
    thread.start()
    try:
        copies = [back_up(store, copy, over=True) for _ in range(10)]
    finally:
        stop.set()
        thread.join()
    assert not failed
    heads = [found[0].head for found in copies]
    assert heads == sorted(heads)
    assert all(head % 2 for head in heads)
    with closing(Ledger.open(store)) as ledger:
        for one in copies[-1]:
            assert ledger.fingerprint(one.negotiation, one.rows) == (one.rows, one.fingerprint)


@settings(max_examples=settings().max_examples // 4)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_any_history_comes_back_from_its_copy(tmp_path_factory, sizes):
    """What was written after the copy is gone from the store, and kept beside it."""
    folder = tmp_path_factory.mktemp("copies")
    store, copy = str(folder / "r.db"), str(folder / "c.db")
    with closing(Ledger.open(store)) as ledger:
        ledger.append("dl1", writer(ledger).opening(act("a")))
        for number, size in enumerate(sizes):
            clauses = [f"c{n}" for n in range(size)]
            ledger.append("dl1", writer(ledger).remark(act(f"b{number}"), *clauses))
        found = back_up(store, copy)
        entries = ledger.entries("dl1")
        ledger.append("dl1", writer(ledger).remark(act("later"), "c1"))
        longer = ledger.entries("dl1")
        again, former = restore(copy, store, over=True)
        assert again == found
        assert ledger.entries("dl1") == entries
        ledger.append("dl1", writer(ledger).remark(act("other"), "c1"))
    with closing(Ledger.open(former)) as ledger:
        assert ledger.entries("dl1") == longer


def test_a_copy_becomes_a_new_store(store, copy, tmp_path):
    """Under another name, with nothing else left behind."""
    back_up(store, copy)
    new = str(tmp_path / "new.db")
    found, former = restore(copy, new)
    assert (found, former) == (held_in(new), "")
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "new.db", "record.db"]


def test_what_is_there_stays_unless_it_is_said(store, copy, tmp_path):
    """Neither a copy nor a store is lost to a slip; nor is a store copied onto itself."""
    back_up(store, copy)
    before = Path(copy).read_bytes()
    with pytest.raises(InTheWay, match="--force"):
        back_up(store, copy)
    with pytest.raises(InTheWay, match="--force"):
        restore(copy, store)
    with pytest.raises(InTheWay, match="the store itself"):
        back_up(store, store, over=True)
    with pytest.raises(InTheWay, match="the store itself"):
        restore(store, store, over=True)
    assert Path(copy).read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "record.db"]


def test_only_a_record_is_put_back(store, tmp_path):
    """A text, a stump of a copy, another program's file, nothing at all: the store is as it was."""
    found = held_in(store)
    text = tmp_path / "text.md"
    text.write_text("A draft.\n" * 100)
    stump = tmp_path / "stump.db"
    stump.write_bytes(Path(store).read_bytes()[:-1000])
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (a)")
    for path, kind in ((text, NotOurs), (stump, RecordDamaged), (other, NotOurs)):
        with pytest.raises(kind):
            restore(str(path), store, over=True)
    with pytest.raises(NoRecord):
        restore(str(tmp_path / "nothing.db"), store, over=True)
    assert held_in(store) == found
    assert not [name for name in os.listdir(tmp_path) if "part" in name or "replaced" in name]


def test_a_copy_that_is_not_the_same_is_refused(store, copy, monkeypatch):
    """A byte that turned on the way: there is no copy, and the former one still is."""
    back_up(store, copy)
    before = Path(copy).read_bytes()
    from negotiation.ledger import copies

    real = copies._copied

    def turned(source, target):
        real(source, target)
        with closing(sqlite3.connect(target)) as connection:
            connection.execute(
                "UPDATE stored_events SET state=replace(state, 'on c1', 'on cl') WHERE rowid=4"
            )
            connection.commit()

    monkeypatch.setattr(copies, "_copied", turned)
    with pytest.raises(RecordDamaged, match="not what its source holds"):
        back_up(store, copy, over=True)
    assert Path(copy).read_bytes() == before


def test_a_damaged_store_makes_room_for_its_copy(store, copy, tmp_path):
    """It is set aside as it is, and the copy takes its place."""
    found = back_up(store, copy)
    damaged = Path(store).read_bytes()[:-3000]
    Path(store).write_bytes(damaged)
    again, former = restore(copy, store, over=True)
    assert again == found == held_in(store)
    assert Path(former).read_bytes() == damaged
    assert len(os.listdir(tmp_path)) == 3


def test_a_copy_is_a_file(store):
    """An address in its place is a slip, and shown without its password."""
    for copies in (lambda at: back_up(store, at), lambda at: restore(at, store)):
        with pytest.raises(StoreError, match=r"a@h/r is on a server; name a file") as refusal:
            copies("postgresql://a:hush@h/r")
        assert "hush" not in str(refusal.value)


def test_a_fingerprint_tells_any_change(store):
    """Name, order and bytes of every row count."""
    ledger = Ledger.open(store)
    rows, whole = ledger.fingerprint("dl1")
    assert ledger.fingerprint("dl1", rows - 1)[1] != whole
    assert ledger.fingerprint("dl2")[1] != whole
    with closing(sqlite3.connect(store)) as other:
        other.execute("UPDATE stored_events SET topic='x' || topic WHERE rowid=3")
        other.commit()
    assert ledger.fingerprint("dl1")[1] != whole
    ledger.close()
