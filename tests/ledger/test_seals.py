"""Every entry carries the hash of the one before it and its own stored bytes."""

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.ledger.ledger import Ledger, RecordMoved
from negotiation.ledger.seals import ORIGIN, following, parted, sealed
from tests.ledger.acts import Writer, act, minutes
from tests.ledger.unsealed import take_seals_off

ROWS = st.lists(
    st.tuples(st.text(max_size=3), st.integers(0, 99), st.text(max_size=3), st.binary(max_size=6)),
    max_size=3,
)


def talks(ledger, count=4):
    """A record of some acts, two entries each but for the first."""
    room = Writer()
    ledger.append("dl1", room.opening(act("a1")))
    for number in range(2, count + 1):
        ledger.append("dl1", room.remark(act(f"a{number}", minutes(number)), "c1", "c2"))
    return room


def stored(path):
    """What lies in the store, row by row."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT originator_id, originator_version, topic, state FROM stored_events "
            "ORDER BY rowid"
        ).fetchall()


@given(ROWS, ROWS)
def test_different_rows_have_different_seals(one, other):
    """No boundary between two parts can be moved without being seen."""
    assert (following(ORIGIN, one) == following(ORIGIN, other)) == (one == other)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), min_size=1, max_size=3))
def test_a_seal_comes_off_again(content):
    """The stored object without its seal is what it was, byte for byte."""
    state = json.dumps(content).encode()
    seal = hashlib.sha256(state).hexdigest()
    assert parted(sealed(state, seal)) == (state, seal)
    assert parted(state) == (state, "")
    assert json.loads(sealed(state, seal)) == {**content, "seal": seal}


def test_the_seal_is_that_of_the_documented_form(tmp_path):
    """Counted by hand from the rows: lengths, the seal before, the act, the entry."""
    path = str(tmp_path / "record.db")
    ledger = Ledger.open(path)
    talks(ledger, 2)
    ledger.close()
    before, held = "0" * 64, b""
    for stream, version, name, state in stored(path):
        seal = json.loads(state).get("seal", "")
        bare = state.replace(f',"seal":"{seal}"'.encode(), b"")
        for part in (stream.encode(), str(version).encode(), name.encode(), bare):
            held += b"%d:%s," % (len(part), part)
        if name != "act/1":
            assert seal == hashlib.sha256(b"64:" + before.encode() + b"," + held).hexdigest()
            before, held = seal, b""
    assert before != "0" * 64


def test_the_ledger_says_the_seal_of_every_entry(ledger):
    """The same from the walk, from one entry, and whoever appended."""
    talks(ledger)
    walked = ledger.walked("dl1")
    assert walked.fault is None
    assert (len(walked.seals), walked.sealed_from) == (7, 1)
    assert [ledger.seal("dl1", number) for number in range(1, 8)] == list(walked.seals)
    assert ledger.seal("dl1", 0) == ORIGIN
    assert ledger.seal("dl1", 8) == ""


def test_another_process_goes_on_with_the_chain(tmp_path):
    """Two ledgers on one file take turns; one that lost the race does not break it."""
    path = str(tmp_path / "record.db")
    one, other = Ledger.open(path), Ledger.open(path)
    room = talks(one)
    late = Writer(one.entries("dl1"))
    other.append("dl1", room.remark(act("b1"), "c1"))
    with pytest.raises(RecordMoved):
        one.append("dl1", late.remark(act("b2"), "c2"))
    one.append("dl1", room.remark(act("b3"), "c2"))
    other.append("dl1", room.remark(act("b4"), "c2", "c1"))
    walked = one.walked("dl1")
    assert walked.fault is None
    assert len(walked.seals) == 11
    one.close()
    other.close()


def test_negotiations_in_one_store_have_chains_of_their_own(ledger):
    """What one room writes says nothing of the other, wherever its rows lie."""
    room, other = Writer(), Writer()
    ledger.append("dl1", room.opening(act("a1")))
    ledger.append("dl2", other.opening(act("a1")))
    ledger.append("dl1", room.remark(act("a2"), "c1"))
    ledger.append("dl2", other.remark(act("a2"), "c1"))
    assert ledger.walked("dl1").fault is ledger.walked("dl2").fault is None
    assert ledger.seal("dl1", 1) != ledger.seal("dl2", 1)


def test_many_acts_in_one_append_are_one_chain(ledger):
    """The same seals as if they had been appended one by one."""
    room = Writer()
    ledger.append("dl1", [*room.opening(act("a1")), *room.remark(act("a2"), "c1", "c2")])
    other = Ledger.open(None)
    room = Writer()
    other.append("dl1", room.opening(act("a1")))
    other.append("dl1", room.remark(act("a2"), "c1", "c2"))
    assert ledger.walked("dl1") == other.walked("dl1")


def test_a_record_begun_without_seals_gets_them_from_where_it_goes_on(tmp_path):
    """Its earlier entries are in the chain, though they carry no seal: the next one vouches."""
    path = str(tmp_path / "record.db")
    ledger = Ledger.open(path)
    room = talks(ledger)
    whole = ledger.walked("dl1").seals
    ledger.close()
    with closing(sqlite3.connect(path)) as connection:
        take_seals_off(connection)
        connection.commit()
    ledger = Ledger.open(path)
    assert ledger.walked("dl1").sealed_from == 0
    assert ledger.walked("dl1").seals == whole
    assert ledger.seal("dl1", 7) == whole[-1]
    ledger.append("dl1", room.remark(act("a9"), "c1", "c2"))
    walked = ledger.walked("dl1")
    assert (walked.fault, walked.sealed_from, walked.seals[:7]) == (None, 8, whole)
    ledger.close()
