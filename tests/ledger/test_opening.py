"""What is not a record gets one sentence and stays exactly as it was."""

import os
import sqlite3
import threading
from contextlib import closing

import pytest

from negotiation.ledger.ledger import (
    Ledger,
    NoRecord,
    NotOurs,
    RecordDamaged,
    StoreBusy,
    StoreError,
)
from tests.ledger.acts import Writer, act


@pytest.fixture
def store(tmp_path):
    """A file with a record of some pages."""
    path = tmp_path / "record.db"
    ledger = Ledger.open(str(path))
    room = Writer()
    ledger.append("dl1", room.opening(act("a1")))
    for n in range(300):
        ledger.append("dl1", room.remark(act(f"b{n}"), f"c{n % 7}"))
    ledger.close()
    return path


def refused(path, kind, *, create=True):
    """The sentence with which a path is refused; what lies there is untouched."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as refusal:
        Ledger.open(str(path), create=create)
    assert isinstance(refusal.value, StoreError)
    assert (path.read_bytes() if path.is_file() else None) == before
    sentence = str(refusal.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert str(path) in sentence
    return sentence


@pytest.mark.parametrize("create", [True, False])
def test_a_text_is_no_record(tmp_path, create):
    """Somebody named the document where the record was meant."""
    path = tmp_path / "draft.md"
    path.write_text("A draft.\n" * 1000)
    assert "negotiation import" in refused(path, NotOurs, create=create)


@pytest.mark.parametrize("create", [True, False])
def test_a_directory_is_no_record(tmp_path, create):
    """A directory is named as such."""
    assert "directory" in refused(tmp_path, NotOurs, create=create)


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_database_of_something_else_is_no_record(tmp_path, mode):
    """A browser's history is an SQLite file, too; nothing is added to it."""
    path = tmp_path / "places.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("CREATE TABLE stored_events (a)")
    assert "something else" in refused(path, NotOurs)
    assert os.listdir(tmp_path) == ["places.db"]


def test_a_newer_record_is_left_to_a_newer_program(store):
    """The format number comes before anything is read."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE format SET version=2")
        connection.commit()
    assert "newer version" in refused(store, NotOurs)


def test_reading_does_not_begin_a_record(tmp_path):
    """Where nothing is, a question makes nothing."""
    path = tmp_path / "record.db"
    sentence = refused(path, NoRecord, create=False)
    assert sentence == f"There is no record at {path}; `negotiation import FILE` begins one."
    assert not path.exists()


def test_an_empty_file_is_no_record_yet(tmp_path):
    """It can become one; a question finds nothing in it."""
    path = tmp_path / "record.db"
    path.touch()
    assert "empty" in refused(path, NoRecord, create=False)
    Ledger.open(str(path)).close()
    Ledger.open(str(path), create=False).close()


def test_a_file_from_before_its_tables_can_be_begun(tmp_path):
    """A crash may leave a database without a table: nothing is lost with it."""
    path = tmp_path / "record.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("VACUUM")
    assert path.stat().st_size
    assert "empty" in refused(path, NoRecord, create=False)
    ledger = Ledger.open(str(path))
    ledger.append("dl1", Writer().opening(act("a1")))
    ledger.close()


def test_a_missing_directory_is_named(tmp_path):
    """The file could be made, its directory is not made for it."""
    assert "no directory" in refused(tmp_path / "no" / "record.db", StoreError)


@pytest.mark.parametrize("share", [0.999, 0.5, 0.1])
def test_a_truncated_record_is_refused(store, share):
    """A copy that broke off is not read as a shorter record."""
    whole = store.read_bytes()
    store.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged or cut off" in refused(store, RecordDamaged)


@pytest.mark.parametrize("size", [1, 15, 16, 60, 100, 1000])
def test_a_stump_of_a_record_is_refused(store, size):
    """However little is left of the first page."""
    store.write_bytes(store.read_bytes()[:size])
    refused(store, StoreError)


def test_a_record_with_noise_in_it_is_refused(store):
    """Pages overwritten with noise are found at the latest when they are read."""
    whole = bytearray(store.read_bytes())
    whole[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    store.write_bytes(bytes(whole))

    def read():
        with closing(Ledger.open(str(store))) as ledger:
            ledger.entries("dl1")

    with pytest.raises(StoreError, match=r"\.$"):
        read()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may everything.")
def test_a_file_that_may_not_be_read_is_refused(store):
    """Permissions are named as such."""
    store.chmod(0)
    assert "permission" in refused(store, StoreError)
    store.chmod(0o600)


def test_a_server_is_not_a_file(tmp_path, monkeypatch):
    """The address of a server does not become a file of that name, however it is written."""
    monkeypatch.chdir(tmp_path)
    for address in ("postgresql:record", "postgres:/host/record", "postgresql://nobody.invalid/x"):
        with pytest.raises(StoreError):
            Ledger.open(address)
    assert os.listdir(tmp_path) == []


def test_a_store_that_stays_locked_says_so(store, monkeypatch):
    """Waiting ends some time, with a sentence and nothing written."""
    monkeypatch.setattr("negotiation.ledger.ledger._LOCK_TIMEOUT", 0)
    ledger = Ledger.open(str(store))
    entries = ledger.entries("dl1")
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="somebody else"):
            ledger.append("dl1", Writer(entries).remark(act("mine"), "c1"))
        assert ledger.entries("dl1") == entries
        other.execute("ROLLBACK")
    ledger.append("dl1", Writer(entries).remark(act("mine"), "c1"))
    ledger.close()


def test_a_path_with_odd_signs_is_one_file(tmp_path):
    """Signs that mean something in an address mean nothing in a path."""
    folder = tmp_path / "a b?mode=memory#x%41"
    folder.mkdir()
    store = str(folder / "record é.db")
    ledger = Ledger.open(store)
    ledger.append("dl1", Writer().opening(act("a1")))
    ledger.close()
    assert os.listdir(folder) == ["record é.db"]
    again = Ledger.open(store, create=False)
    assert again.head("dl1") == 1
    again.close()


def test_a_closed_ledger_says_so(store):
    """Closing twice is no fault; asking a closed one is."""
    ledger = Ledger.open(str(store))
    ledger.close()
    ledger.close()
    for question in (ledger.negotiations, ledger.changed):
        with pytest.raises(StoreError, match="was closed"):
            question()


def test_closing_waits_for_a_reading(store):
    """A connection is not taken from under a thread that is in the middle of its rows."""
    ledger = Ledger.open(str(store))
    began, may_go_on = threading.Event(), threading.Event()
    numbers = []

    def read():
        with ledger._store.stretch("dl1", 0) as stretch:
            numbers.append(next(stretch.rows)[1])
            began.set()
            may_go_on.wait()
            numbers.extend(version for _, version, _, _ in stretch.rows)

    reader, closer = threading.Thread(target=read), threading.Thread(target=ledger.close)
    reader.start()
    began.wait()
    closer.start()
    closer.join(0.2)
    assert closer.is_alive()
    may_go_on.set()
    reader.join()
    closer.join()
    assert len(numbers) == 2 * 301


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON commits BEGIN DELETE FROM stored_events; END",
        "ALTER TABLE commits RENAME TO c; CREATE VIEW commits AS SELECT * FROM c",
        "CREATE VIEW more AS SELECT 1",
        "ALTER TABLE stored_events ADD COLUMN more TEXT AS (hex(zeroblob(400000000)))",
    ],
)
def test_a_store_that_acts_by_itself_is_not_opened(store, statement):
    """What a stranger wrote into the database would run when it is read or written."""
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(statement)
    assert str(refused(store, NotOurs))


@pytest.mark.parametrize("create", [True, False])
def test_a_pipe_is_no_record_and_is_not_waited_for(tmp_path, create):
    """Opening it would wait for its writer."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert "pipe" in refused(path, NotOurs, create=create)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE format SET version='one'",
        "UPDATE commits SET position='x', last_number=last_number+0.5",
        "UPDATE commits SET negotiation=x'ff00'",
        "UPDATE stored_events SET state=12 WHERE rowid=3",
        "UPDATE stored_events SET state=zeroblob(200000000) WHERE rowid=3",
        "UPDATE stored_events SET state=CAST(replace(hex(zeroblob(100000)), '00', '[') AS BLOB)"
        " WHERE rowid=3",
    ],
)
def test_any_column_may_hold_anything(store, statement):
    """SQLite does not mind; reading says that the record is damaged, in one sentence."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(RecordDamaged) as refusal:
        _all_entries(str(store))
    assert "\n" not in str(refusal.value)


def _all_entries(store):
    with closing(Ledger.open(store)) as ledger:
        for negotiation in ledger.negotiations():
            ledger.entries(negotiation)
