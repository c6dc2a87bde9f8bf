"""Appending and reading: whole acts, in order, the same in memory and on disk."""

import datetime as dt
import os
import threading

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.domain.events import RemarkMade
from negotiation.ledger.ledger import ActKnown, Ledger, RecordMoved
from tests.ledger.acts import NOON, Writer, act, minutes, until, writer


@pytest.fixture(params=["sqlite", "postgres"])
def shared_store(request, tmp_path):
    """A store that several ledgers can open, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    return request.getfixturevalue("postgres_store")


@pytest.fixture
def opened(ledger):
    """A ledger with one act on the negotiation and one on two of its clauses."""
    room = Writer()
    ledger.append("dl1", room.opening(act("a1")))
    ledger.append("dl1", room.remark(act("a2", minutes(1)), "c1", "c2"))
    return ledger


def test_a_new_store_is_empty(ledger):
    """Nothing is there before something happens."""
    assert ledger.negotiations() == ()
    assert ledger.entries("dl1") == []
    assert ledger.head("dl1") == 0
    assert ledger.position_at("dl1", NOON) == 0


def test_what_is_appended_comes_back(ledger):
    """Entries return whole, equal and in order, over all streams."""
    room = Writer()
    entries = room.opening(act("a1")) + room.remark(act("a2"), "c1", "c2", "c1", "")
    ledger.append("dl1", entries[:1])
    ledger.append("dl1", entries[1:])
    assert ledger.entries("dl1") == entries
    assert ledger.head("dl1") == 5


def test_reading_goes_on_after_any_entry(opened):
    """Also after one in the middle of an act."""
    entries = opened.entries("dl1")
    for after in range(len(entries) + 2):
        assert opened.entries("dl1", after) == entries[after:]


def test_entries_of_an_act_share_it(opened):
    """One act is one object, however many entries it has."""
    _, second, third = opened.entries("dl1")
    assert second.act is third.act


def test_nothing_appended_is_nothing_written(opened):
    """An act without entries leaves no trace."""
    opened.append("dl1", [])
    assert opened.head("dl1") == 3


def test_many_acts_in_one_append(ledger):
    """A long history can be loaded in one piece, its acts told apart."""
    room = Writer()
    entries = [e for n in range(50) for e in room.remark(act(f"a{n}", minutes(n)), "c1", "c2")]
    ledger.append("dl1", entries)
    assert ledger.entries("dl1") == entries
    assert ledger.position_at("dl1", minutes(20)) == 42
    assert ledger.entries("dl1", 41) == entries[41:]


def test_a_store_holds_several_negotiations(ledger):
    """Each has its own numbers, streams and acts, though their ids look alike."""
    names = ["b", "a", "a b", "a0", "a-"]
    rooms = {name: Writer() for name in names}
    for name in names:
        ledger.append(name, rooms[name].opening(act("same"), name))
    for name in reversed(names):
        ledger.append(name, rooms[name].remark(act("also same"), "c1", "act"))
    assert ledger.negotiations() == tuple(names)
    for name in names:
        assert [entry.number for entry in ledger.entries(name)] == [1, 2, 3]
        assert ledger.entries(name)[0].event.symbol == name
        assert [entry.clause for entry in ledger.entries(name, 1)] == ["c1", "act"]


def test_an_append_that_lost_the_race_is_refused(opened):
    """Both wrote after entry 3: the second one learns where the record stands now."""
    mine, theirs = writer(opened), writer(opened)
    opened.append("dl1", theirs.remark(act("theirs"), "c1"))
    with pytest.raises(RecordMoved) as refused:
        opened.append("dl1", mine.remark(act("mine"), "c2"))
    assert (refused.value.expected, refused.value.head) == (3, 4)
    assert str(refused.value).endswith(".")
    assert [entry.act.id for entry in opened.entries("dl1", 3)] == ["theirs"]


def test_an_append_beyond_the_end_is_refused(opened):
    """A number that leaves a gap never gets in."""
    room = writer(opened)
    room.number += 1
    with pytest.raises(RecordMoved):
        opened.append("dl1", room.remark(act("a3"), "c1"))
    assert opened.head("dl1") == 3


def test_an_act_is_recorded_once(opened):
    """The acknowledgement was lost: the second try is told so, and nothing doubles."""
    entries = writer(opened).remark(act("a3"), "c1")
    opened.append("dl1", entries)
    with pytest.raises(ActKnown) as known:
        opened.append("dl1", entries)
    assert (known.value.negotiation, known.value.act) == ("dl1", "a3")
    with pytest.raises(ActKnown):
        opened.append("dl1", writer(opened).remark(act("a3"), "c2"))
    assert opened.entries("dl1", 3) == entries


def without_zone(name):
    """An act whose time could be anywhere."""
    return act(name, NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"number": 9}),
        ({"number": 5}, {"number": 4}),
        ({}, {"version": 9}),
        ({"version": 1}, {}),
        ({"version": 9}, {"version": 10}),
        ({"clause": "a/b"}, {}),
        ({}, {"act": act("")}),
        ({}, {"act": without_zone("b")}),
        ({}, {"event": RemarkMade("\ud800")}),
    ],
    ids=(
        "number order version-gap version-old version-ahead slash no-act no-zone surrogate".split()
    ),
)
def test_entries_that_do_not_follow_are_misuse(opened, first, second):
    """All or nothing: one entry that is wrong keeps the others out, too."""
    before = opened.entries("dl1")
    entries = writer(opened).remark(act("a3"), "c1", "c1")
    broken = [attrs.evolve(entries[0], **first), attrs.evolve(entries[1], **second)]
    with pytest.raises((ValueError, RecordMoved)):
        opened.append("dl1", broken)
    assert opened.entries("dl1") == before
    opened.append("dl1", writer(opened).remark(act("a3"), "c1"))


@pytest.mark.parametrize("name", ["", "a/b"])
def test_a_negotiation_has_a_plain_id(ledger, name):
    """A slash would run into the names of clauses."""
    with pytest.raises(ValueError, match="cannot be the id of a negotiation"):
        ledger.append(name, Writer().opening(act("a1")))


def test_an_act_stands_in_one_piece(ledger):
    """Entries of one act with others between them cannot be told apart again."""
    room = Writer()
    a, b = act("a"), act("b")
    with pytest.raises(ValueError, match="comes twice"):
        ledger.append("dl1", [room.entry(each, "c1", RemarkMade("w")) for each in (a, b, a)])
    assert ledger.negotiations() == ()


def test_where_the_record_stood_at_a_time(opened):
    """Whole acts, by when they were written; the bound belongs to it."""
    just = dt.timedelta(microseconds=1)
    assert opened.position_at("dl1", NOON - just) == 0
    assert opened.position_at("dl1", NOON) == 1
    assert opened.position_at("dl1", minutes(1) - just) == 1
    assert opened.position_at("dl1", minutes(1)) == 3
    assert opened.position_at("dl1", minutes(999)) == 3
    elsewhere = dt.timezone(dt.timedelta(hours=5, minutes=30))
    assert opened.position_at("dl1", minutes(1).astimezone(elsewhere)) == 3
    with pytest.raises(ValueError, match="time zone"):
        opened.position_at("dl1", dt.datetime(2025, 3, 4))


def test_a_clock_set_back_does_not_reorder(opened):
    """An act written "earlier" than the one before counts from when that one was."""
    opened.append("dl1", writer(opened).remark(act("a3", minutes(-60)), "c1"))
    assert opened.position_at("dl1", NOON) == 1
    assert opened.position_at("dl1", minutes(1)) == 4
    assert opened.entries("dl1", 3)[0].act.written == minutes(-60)


def test_one_can_see_whether_somebody_wrote(opened):
    """Yes the first time, then only after an append."""
    assert opened.changed()
    assert not opened.changed()
    opened.append("dl1", writer(opened).remark(act("a3"), "c1"))
    assert opened.changed()
    assert not opened.changed()


def test_whether_somebody_wrote_to_one_record(shared_store):
    """An act of the room beside it is no reason to read on."""
    here, there = Ledger.open(shared_store), Ledger.open(shared_store)
    here.append("dl1", Writer().opening(act("a1")))
    here.append("dl2", Writer().opening(act("b1")))
    assert there.changed("dl1")
    assert not there.changed("dl1")
    here.append("dl2", writer(here, "dl2").remark(act("b2"), "c1"))
    assert not there.changed("dl1")
    assert until(lambda: there.changed("dl2"))
    here.append("dl1", writer(here).remark(act("a2"), "c1"))
    assert until(lambda: there.changed("dl1"))
    assert not there.changed("dl1")
    here.close()
    there.close()


def test_two_ledgers_on_one_store(shared_store):
    """What one writes, the other sees, reads, and cannot overwrite."""
    here, there = Ledger.open(shared_store), Ledger.open(shared_store)
    here.append("dl1", Writer().opening(act("a1")))
    there.changed()
    mine, theirs = writer(here), writer(there)
    here.append("dl1", mine.remark(act("a2"), "c1"))
    assert until(there.changed)
    with pytest.raises(RecordMoved):
        there.append("dl1", theirs.remark(act("b2"), "c1", "c2"))
    assert there.entries("dl1") == here.entries("dl1")
    there.append("dl1", writer(there).remark(act("b2"), "c1", "c2"))
    assert here.head("dl1") == 4
    here.close()
    there.close()


def test_notes_are_kept_beside_the_record(shared_store):
    """Whoever opens the store finds what was noted last; the record does not move for it."""
    here, there = Ledger.open(shared_store), Ledger.open(shared_store)
    assert there.kept("dl1", "shown") == {}
    here.keep("dl1", "shown", {"clause": "c\u00001", "at": [1, 2]})
    here.keep("dl2", "shown", {"clause": "c9"})
    here.keep("dl1", "floor", {})
    assert there.kept("dl1", "shown") == {"clause": "c\u00001", "at": [1, 2]}
    there.keep("dl1", "shown", {"clause": "c2"})
    assert here.kept("dl1", "shown") == {"clause": "c2"}
    here.keep("dl1", "shown", {"clause": "\ud800"})
    assert there.kept("dl1", "shown") == {"clause": "c2"}
    assert there.negotiations() == ()
    with pytest.raises(TypeError):
        here.keep("dl1", "shown", {"clause": object()})
    here.close()
    there.close()


def test_a_closed_record_opens_again(tmp_path):
    """Everything is in the one file, nothing beside it."""
    store = tmp_path / "record.db"
    ledger = Ledger.open(str(store))
    ledger.append("dl1", Writer().opening(act("a1")))
    entries = ledger.entries("dl1")
    ledger.close()
    assert os.listdir(tmp_path) == ["record.db"]
    again = Ledger.open(str(store), create=False)
    assert again.entries("dl1") == entries
    again.close()


def test_a_stray_variable_does_not_move_the_record(tmp_path, monkeypatch):
    """The library reads its settings from the environment; the ledger does not let it."""
    for prefix in ("", "NEGOTIATION_"):
        monkeypatch.setenv(f"{prefix}SQLITE_DBNAME", str(tmp_path / "elsewhere.db"))
        monkeypatch.setenv(f"{prefix}PERSISTENCE_MODULE", "eventsourcing.popo")
        monkeypatch.setenv(f"{prefix}COMPRESSOR_TOPIC", "eventsourcing.compressor:ZlibCompressor")
    ledger = Ledger.open(str(tmp_path / "record.db"))
    ledger.append("dl1", Writer().opening(act("a1")))
    ledger.close()
    assert os.listdir(tmp_path) == ["record.db"]


def test_a_vacuumed_record_reads_the_same(tmp_path):
    """The places in the commit index survive a store that is packed."""
    import sqlite3
    from contextlib import closing

    store = str(tmp_path / "record.db")
    ledger = Ledger.open(store)
    room = Writer()
    ledger.append("other", Writer().opening(act("a1")))
    for n in range(20):
        ledger.append("dl1", room.remark(act(f"a{n}"), "c1", "c2"))
    entries = ledger.entries("dl1")
    ledger.close()
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("VACUUM")
    ledger = Ledger.open(store)
    assert [ledger.entries("dl1", after) for after in (0, 1, 30)] == [
        entries,
        entries[1:],
        entries[30:],
    ]
    ledger.close()


SERVERS = settings(max_examples=max(5, settings().max_examples // 4))


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@SERVERS
@given(
    st.lists(st.lists(st.sampled_from(["", "c1", "c2", "c3"]), min_size=1, max_size=4), max_size=8),
    st.lists(st.integers(-5, 5), min_size=8, max_size=8),
)
def test_memory_and_store_agree(request, tmp_path_factory, kind, acts, clock):
    """The same acts give the same record, at every position and every time."""
    memory = Ledger.open(None)
    if kind == "sqlite":
        store = str(tmp_path_factory.mktemp("store") / "record.db")
    else:
        store = request.getfixturevalue("postgres").new_store()
    file = Ledger.open(store)
    for ledger in (memory, file):
        room = Writer()
        for count, (clauses, minute) in enumerate(zip(acts, clock, strict=False)):
            ledger.append("dl1", room.remark(act(f"a{count}", minutes(minute)), *clauses))
    entries = memory.entries("dl1")
    assert file.entries("dl1") == entries
    assert memory.negotiations() == file.negotiations()
    for after in range(len(entries)):
        assert memory.entries("dl1", after) == file.entries("dl1", after) == entries[after:]
    for minute in range(-6, 7):
        at = memory.position_at("dl1", minutes(minute))
        assert at == file.position_at("dl1", minutes(minute))
    file.close()


def test_a_large_page_is_one_append(ledger):
    """Megabytes through a socket that holds less: it neither hangs nor is it cut."""
    room = Writer()
    page = room.remark(act("page"), *(f"c{n}" for n in range(5_000)))
    ledger.append("dl1", page)
    assert ledger.entries("dl1") == page


def test_one_entry_of_megabytes(ledger):
    """As a received document is."""
    entry = Writer().entry(act("long"), "c1", RemarkMade("é" * 3_000_000))
    ledger.append("dl1", [entry])
    assert ledger.entries("dl1") == [entry]


def test_more_threads_than_connections(ledger):
    """Each waits its turn: reads and writes of all of them come to an end, and none is lost."""
    failed: list[Exception] = []

    def works(name):
        try:
            room = Writer()
            for n in range(3):
                ledger.append(name, room.remark(act(f"{name}{n}"), "c1", "c2"))
                assert ledger.head(name) == len(ledger.entries(name)) == room.number
        except Exception as fault:
            failed.append(fault)

    threads = [threading.Thread(target=works, args=(f"n{n}",)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {ledger.head(f"n{n}") for n in range(24)} == {6}
    assert all(ledger.walked(f"n{n}").fault is None for n in range(24))
