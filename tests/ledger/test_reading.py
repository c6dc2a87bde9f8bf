"""A record with a hole or an unreadable entry stops the reading, and says where."""

import sqlite3
from contextlib import closing

import pytest

from negotiation.ledger.ledger import Ledger, RecordDamaged
from tests.ledger.acts import Writer, act


@pytest.fixture
def store(tmp_path):
    """A record of five acts, two entries each but for the first."""
    path = str(tmp_path / "record.db")
    ledger = Ledger.open(path)
    room = Writer()
    ledger.append("dl1", room.opening(act("a1")))
    for n in range(2, 6):
        ledger.append("dl1", room.remark(act(f"a{n}"), "c1", "c2"))
    ledger.close()
    return path


@pytest.fixture
def change(store):
    """Runs one statement on the store, behind the ledger's back."""

    def run(statement, *parameters):
        with closing(sqlite3.connect(store)) as connection:
            assert connection.execute(statement, parameters).rowcount
            connection.commit()

    return run


def damage(store, after=0):
    """What the reading says."""
    ledger = Ledger.open(store)
    try:
        with pytest.raises(RecordDamaged) as found:
            ledger.entries("dl1", after)
    finally:
        ledger.close()
    sentence = str(found.value)
    assert sentence.endswith(".")
    return sentence


def test_an_unknown_name_stops_the_reading(store, change):
    """Skipping it silently would delete it silently."""
    change("UPDATE stored_events SET topic='vote-taken/1' WHERE rowid=5")
    sentence = damage(store)
    assert "after entry 2" in sentence
    assert "“vote-taken/1” is unknown" in sentence
    assert "stream dl1/c2, version 1" in sentence


def test_content_that_broke_stops_the_reading(store, change):
    """The place is named by its number, its stream and its version."""
    change("UPDATE stored_events SET state='{\"number\":3' WHERE rowid=5")
    assert "after entry 2 of dl1 (remark-made/2, stream dl1/c2, version 1)" in damage(store)


def test_the_first_row_may_be_the_broken_one(store, change):
    """There is no entry before it to count from."""
    change("UPDATE stored_events SET state=x'ff' WHERE rowid=1")
    assert "The act at the beginning" in damage(store)


def test_a_missing_entry_is_a_hole(store, change):
    """The numbers are dense, so nothing can be taken out unseen."""
    change("DELETE FROM stored_events WHERE rowid=5")
    assert "Entry 3 of dl1 cannot be read: entry 4 stands in its place" in damage(store)


def test_a_missing_first_entry_is_a_hole(store, change):
    """Also where the record begins, and where the reading begins."""
    change("DELETE FROM stored_events WHERE rowid=2")
    assert "Entry 1" in damage(store)
    change("DELETE FROM stored_events WHERE rowid=4")
    assert "Entry 2" in damage(store, after=1)


def test_missing_last_entries_are_a_hole(store, change):
    """The commit index knows how far the record goes."""
    change("DELETE FROM stored_events WHERE rowid=14")
    assert "Entry 9" in damage(store)


def test_a_missing_act_is_a_hole(store, change):
    """Nobody would have decided what its entries say."""
    change("DELETE FROM stored_events WHERE originator_id='dl1/act/a3'")
    assert "its act a3 is not there" in damage(store)


def test_reading_from_the_middle_needs_only_what_follows(store, change):
    """What is damaged before is found by whoever reads it."""
    change("UPDATE stored_events SET state=x'ff' WHERE rowid=2")
    ledger = Ledger.open(store)
    assert [entry.number for entry in ledger.entries("dl1", 4)] == [5, 6, 7, 8, 9]
    ledger.close()


def test_the_collector_runs_again_after_reading(store, change):
    """Also when the reading failed."""
    import gc

    assert gc.isenabled()
    change("UPDATE stored_events SET state=x'ff' WHERE rowid=2")
    damage(store)
    assert gc.isenabled()
