"""Between a file and a server: the same rows under the same numbers, or nothing and a sentence."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing

import pytest

from negotiation.ledger.copies import InTheWay, back_up, held, restore
from negotiation.ledger.faults import NotAdmitted
from negotiation.ledger.ledger import Ledger, NoRecord, NotOurs, RecordDamaged
from tests.ledger.acts import act, until, writer
from tests.ledger.record_session import LOGS

SECRET = "hush"


@pytest.fixture
def file(tmp_path):
    """A file of two negotiations whose rows lie between one another."""
    return filled(str(tmp_path / "record.db"))


@pytest.fixture
def server(postgres_store):
    """The same on a server."""
    return filled(postgres_store)


def filled(store):
    """The store, with two negotiations in it."""
    with closing(Ledger.open(store)) as ledger:
        for name in ("dl1", "dl2"):
            ledger.append(name, writer(ledger, name).opening(act(f"{name}-0")))
        for n in range(1, 8):
            for name in ("dl2", "dl1"):
                ledger.append(name, writer(ledger, name).remark(act(f"{name}-{n}"), "c1", "é"))
    return store


def held_in(store):
    """What a store holds, every row of it walked."""
    with closing(Ledger.open(store, create=False)) as ledger:
        assert all(ledger.walked(name).fault is None for name in ledger.negotiations())
        return held(ledger)


def lies_in(path):
    """The tables of a file, row by row."""
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT rowid, * FROM stored_events ORDER BY rowid").fetchall()
        return rows, file.execute("SELECT * FROM commits ORDER BY 1, 2").fetchall()


def test_a_server_is_copied_into_a_file(server, tmp_path):
    """All negotiations, heads, fingerprints and seals; and the file is a store like any."""
    copy = str(tmp_path / "copy.db")
    found = back_up(server, copy)
    assert [(one.negotiation, one.head) for one in found] == [("dl1", 15), ("dl2", 15)]
    assert found == held_in(server) == held_in(copy)
    assert os.listdir(tmp_path) == ["copy.db"]
    assert os.stat(copy).st_mode & 0o777 == 0o600
    with closing(Ledger.open(copy)) as here, closing(Ledger.open(server)) as there:
        assert here.seal("dl1", 15) == there.seal("dl1", 15)
        for ledger in (here, there):
            ledger.append("dl1", writer(ledger).remark(act("after"), "c1"))
    assert held_in(copy) == held_in(server)


def test_a_file_is_put_onto_a_server_and_comes_back_as_it_was(file, postgres_store, tmp_path):
    """Under the same numbers, so that what a commit points at is where it was."""
    found, former = restore(file, postgres_store)
    assert former == ""
    assert found == held_in(file) == held_in(postgres_store)
    back = str(tmp_path / "back.db")
    back_up(postgres_store, back)
    assert lies_in(back) == lies_in(file)
    with closing(Ledger.open(postgres_store)) as ledger:
        ledger.append("dl2", writer(ledger, "dl2").remark(act("after"), "c1"))
        assert ledger.head("dl2") == 16


@pytest.mark.parametrize("log", sorted(LOGS.glob("*.db")), ids=lambda log: log.stem)
def test_records_of_every_format_are_carried(log, postgres_store, tmp_path):
    """Stored names and shapes of earlier versions stay what they are."""
    store = tmp_path / log.name
    shutil.copy(log, store)
    found, _ = restore(str(store), postgres_store)
    with closing(Ledger.open(postgres_store)) as ledger, closing(Ledger.open(str(store))) as other:
        assert held(ledger) == found == held(other)
        for one in found:
            assert ledger.entries(one.negotiation) == other.entries(one.negotiation)


def test_a_copy_made_while_rooms_write_is_of_one_moment(server, tmp_path):
    """Whole acts of all of them, and a beginning of what the server goes on to hold."""
    stop, failed = threading.Event(), []

    def writes(name):
        number = 0
        with closing(Ledger.open(server)) as ledger:
            room = writer(ledger, name)
            while not stop.is_set():
                number += 1
                try:
                    ledger.append(name, room.remark(act(f"more{number}"), "c1", "c2"))
                except Exception as fault:
                    failed.append(fault)
                    break

    threads = [threading.Thread(target=writes, args=(name,)) for name in ("dl1", "dl2")]
    for thread in threads:
        thread.start()
    try:
        copies = [back_up(server, str(tmp_path / "copy.db"), over=True) for _ in range(5)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert all(one.head % 2 for found in copies for one in found)
    assert copies[-1][0].head > copies[0][0].head
    with closing(Ledger.open(server)) as ledger:
        for one in copies[-1]:
            assert ledger.fingerprint(one.negotiation, one.rows) == (one.rows, one.fingerprint)


def test_who_follows_the_empty_store_hears_of_it(file, postgres_store):
    """As of any act."""
    with closing(Ledger.open(postgres_store)) as follower:
        assert follower.changed()
        assert not follower.changed()
        restore(file, postgres_store)
        assert until(follower.changed)
        assert follower.negotiations() == ("dl1", "dl2")


@pytest.mark.parametrize("over", [False, True])
def test_a_store_on_a_server_that_holds_anything_is_left_as_it_is(file, postgres_store, over):
    """What is recorded there is never taken away."""
    with closing(Ledger.open(postgres_store)) as ledger:
        ledger.append("other", writer(ledger, "other").opening(act("x")))
    before = held_in(postgres_store)
    with pytest.raises(InTheWay, match="schema=NAME"):
        restore(file, postgres_store, over=over)
    assert held_in(postgres_store) == before


def test_tables_come_first(file, postgres):
    """Who puts a copy onto a server has them made, as for a new record."""
    with pytest.raises(NoRecord, match="negotiation migrate --store"):
        restore(file, postgres.new_address())


def test_a_damaged_file_does_not_reach_a_server(file, postgres_store, tmp_path):
    """Nor one that is no record; the tables stay empty, and take a good copy."""
    for broken in ("UPDATE stored_events SET state = x'00' WHERE rowid = 9",
                   "DELETE FROM stored_events WHERE rowid = 9"):  # fmt: skip
        copy = str(tmp_path / "broken.db")
        back_up(file, copy, over=True)
        with closing(sqlite3.connect(copy)) as other:
            other.execute(broken)
            other.commit()
        with pytest.raises(RecordDamaged):
            restore(copy, postgres_store)
    (tmp_path / "noise.db").write_bytes(b"noise")
    with pytest.raises(NotOurs):
        restore(str(tmp_path / "noise.db"), postgres_store)
    assert held_in(postgres_store) == ()
    assert restore(file, postgres_store)[0] == held_in(file)


def test_a_damaged_server_gives_no_copy(server, postgres, tmp_path):
    """The file that was there stays."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"earlier")
    schema = server.rpartition("schema=")[2]
    postgres.execute(f"DELETE FROM {schema}.stored_events WHERE originator_version = 3")
    with pytest.raises(RecordDamaged):
        back_up(server, str(copy), over=True)
    assert copy.read_bytes() == b"earlier"
    assert os.listdir(tmp_path) == ["copy.db"]


def test_a_copy_is_made_and_put_back_by_the_owner(server, postgres, tmp_path):
    """It holds what every party noted for itself, whatever rights somebody has on the tables."""
    if not postgres.execute("SELECT 1 FROM pg_roles WHERE rolname = 'bea'"):
        postgres.execute(f"CREATE ROLE bea LOGIN PASSWORD '{SECRET}'")
    copy, empty = str(tmp_path / "copy.db"), postgres.new_store()
    for store in (server, empty):
        schema = store.rpartition("schema=")[2]
        postgres.execute(f"GRANT USAGE ON SCHEMA {schema} TO bea")
        postgres.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO bea")
    with pytest.raises(NotAdmitted):
        back_up(server.replace("owner@", f"bea:{SECRET}@"), copy)
    assert os.listdir(tmp_path) == []
    back_up(server, copy)
    with pytest.raises(NotAdmitted, match="owns its tables") as refusal:
        restore(copy, empty.replace("owner@", f"bea:{SECRET}@"))
    assert SECRET not in str(refusal.value)
    assert held_in(empty) == ()


def test_a_large_record_is_carried(tmp_path, postgres_store):
    """More than goes at once, and an entry of megabytes."""
    from negotiation.domain.events import RemarkMade

    store = str(tmp_path / "large.db")
    with closing(Ledger.open(store)) as ledger:
        room = writer(ledger)
        ledger.append("dl1", room.remark(act("page"), *(f"c{n}" for n in range(3_000))))
        ledger.append("dl1", [room.entry(act("long"), "c1", RemarkMade("é" * 2_000_000))])
    assert restore(store, postgres_store)[0] == held_in(store)
    back = str(tmp_path / "back.db")
    assert back_up(postgres_store, back) == held_in(store)
