"""Whatever is done to a store from outside, the first entry at which it shows is named."""

import dataclasses
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.ledger.appending import microseconds
from negotiation.ledger.ledger import Ledger
from negotiation.ledger.seals import ORIGIN, following, parted, sealed
from negotiation.ledger.walk import Tampering
from tests.ledger.acts import Writer, act, minutes

COLUMNS = ("originator_id", "topic", "state")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A record of twelve acts with one to three entries, another negotiation between its rows."""
    path = tmp_path_factory.mktemp("good") / "record.db"
    ledger = Ledger.open(str(path))
    room, other = Writer(), Writer()
    ledger.append("dl1", room.opening(act("a1")))
    ledger.append("dl2", other.opening(act("a1")))
    for number in range(2, 13):
        clauses = ("c1", "c2", "c3")[: 1 + number % 3]
        ledger.append("dl1", room.remark(act(f"a{number}", minutes(number)), *clauses))
        ledger.append("dl2", other.remark(act(f"a{number}"), "c1"))
    ledger.close()
    return path


class Tampered:
    """A copy of the store, to be changed behind the ledger's back."""

    def __init__(self, good: Path) -> None:
        self.path = good.with_name("tampered.db")
        shutil.copy(good, self.path)
        self.connection = sqlite3.connect(self.path)
        self.connection.execute("PRAGMA synchronous=OFF")
        self.rows = self.connection.execute(
            "SELECT rowid, topic, state FROM stored_events "
            "WHERE originator_id='dl1' OR originator_id LIKE 'dl1/%' ORDER BY rowid"
        ).fetchall()

    def entry_at(self, index: int) -> int:
        """The entry of a row: for an act, the first of its entries."""
        return next(
            int(json.loads(state)["number"])
            for _, topic, state in self.rows[index:]
            if topic != "act/1"
        )

    def run(self, statement: str, *parameters: object) -> None:
        assert self.connection.execute(statement, parameters).rowcount

    def swap(self, one: int, other: int) -> None:
        """Put two rows in each other's place."""
        for row, place in ((one, -1), (other, one), (-1, other)):
            self.run("UPDATE stored_events SET rowid=? WHERE rowid=?", place, row)

    def fault(self):
        """What the walk finds."""
        self.connection.commit()
        self.connection.close()
        ledger = Ledger.open(str(self.path))
        with closing(ledger):
            assert ledger.walked("dl2").fault is None
            walked = ledger.walked("dl1")
            assert walked.fault is not None
            assert len(walked.seals) >= walked.fault.entry - 1
            return walked.fault


PLACES = st.integers(0, 10**6)


def test_a_record_that_nobody_touched_is_sound(good):
    """Both negotiations, from the first entry."""
    with closing(Ledger.open(str(good))) as ledger:
        assert ledger.walked("dl1").fault is ledger.walked("dl2").fault is None
        assert ledger.walked("dl1").sealed_from == 1


@given(PLACES, st.sampled_from(COLUMNS), PLACES, st.integers(1, 255))
def test_a_flipped_byte(good, row, column, place, flip):
    """In the words, the seal, the name or the stream: the entry is named."""
    tampered = Tampered(good)
    index = row % len(tampered.rows)
    rowid = tampered.rows[index][0]
    (held,) = tampered.connection.execute(
        f"SELECT CAST({column} AS BLOB) FROM stored_events WHERE rowid=?", (rowid,)
    ).fetchone()
    at = place % len(held)
    changed = held[:at] + bytes([held[at] ^ flip]) + held[at + 1 :]
    kind = "BLOB" if column == "state" else "TEXT"
    try:
        tampered.run(
            f"UPDATE stored_events SET {column}=CAST(? AS {kind}) WHERE rowid=?", changed, rowid
        )
    except sqlite3.IntegrityError:
        # Another row has this stream and version: nothing was changed.
        tampered.connection.close()
        return
    expected = tampered.entry_at(index)
    fault = tampered.fault()
    if expected == 1:
        # What was a seal may be one no more; then the next entry vouches for the first.
        assert fault.entry in (1, 2)
        return
    assert fault.entry == expected


@given(PLACES)
def test_a_removed_row(good, row):
    """An entry or an act; the last one is missed by the commit index."""
    tampered = Tampered(good)
    index = row % len(tampered.rows)
    expected = tampered.entry_at(index)
    tampered.run("DELETE FROM stored_events WHERE rowid=?", tampered.rows[index][0])
    fault = tampered.fault()
    assert (fault.entry, fault.how) == (expected, Tampering.REMOVED)


@given(PLACES)
def test_a_removed_act_with_its_entries(good, row):
    """Also where the commit index was cut to match, except at the very end."""
    tampered = Tampered(good)
    act_rows = [index for index, one in enumerate(tampered.rows) if one[1] == "act/1"]
    which = row % (len(act_rows) - 1)
    begin, end = act_rows[which], act_rows[which + 1]
    expected = tampered.entry_at(begin)
    last = tampered.entry_at(end) - 1
    for rowid, *_ in tampered.rows[begin:end]:
        tampered.run("DELETE FROM stored_events WHERE rowid=?", rowid)
    tampered.run("DELETE FROM commits WHERE negotiation='dl1' AND last_number=?", last)
    fault = tampered.fault()
    assert (fault.entry, fault.how) == (expected, Tampering.REMOVED)


@given(PLACES, PLACES)
def test_two_rows_swapped(good, row, other):
    """The first of the two places is where the record goes wrong."""
    tampered = Tampered(good)
    first = row % (len(tampered.rows) - 1)
    second = first + 1 + other % (len(tampered.rows) - first - 1)
    expected = tampered.entry_at(first)
    tampered.swap(tampered.rows[first][0], tampered.rows[second][0])
    fault = tampered.fault()
    assert (fault.entry, fault.how) == (expected, Tampering.REORDERED)


@given(PLACES, PLACES)
def test_what_two_entries_say_exchanged(good, row, other):
    """The rows stay where they are, and their content changes hands."""
    tampered = Tampered(good)
    entries = [index for index, one in enumerate(tampered.rows) if one[1] == "remark-made/2"]
    one = row % (len(entries) - 1)
    two = one + 1 + other % (len(entries) - one - 1)
    first, second = tampered.rows[entries[one]], tampered.rows[entries[two]]
    tampered.run("UPDATE stored_events SET state=? WHERE rowid=?", second[2], first[0])
    tampered.run("UPDATE stored_events SET state=? WHERE rowid=?", first[2], second[0])
    assert tampered.fault().entry == json.loads(first[2])["number"]


@given(PLACES, PLACES)
def test_a_copied_row(good, row, behind):
    """A copy of any row, anywhere behind any other, under a stream that is free."""
    tampered = Tampered(good)
    _, topic, state = tampered.rows[row % len(tampered.rows)]
    index = behind % len(tampered.rows)
    after = tampered.rows[index][0]
    last = index + 1 == len(tampered.rows)
    expected = tampered.entry_at(index) + 1 if last else tampered.entry_at(index + 1)
    for (rowid,) in tampered.connection.execute(
        "SELECT rowid FROM stored_events WHERE rowid>? ORDER BY rowid DESC", (after,)
    ).fetchall():
        tampered.run("UPDATE stored_events SET rowid=? WHERE rowid=?", rowid + 1, rowid)
    tampered.run("INSERT INTO stored_events VALUES (?,'dl1/c9',1,?,?)", after + 1, topic, state)
    fault = tampered.fault()
    assert (fault.entry, fault.how) == (expected, Tampering.ADDED)


def test_an_entry_written_from_outside(good):
    """Put behind the last one, without a seal or with one that somebody made up."""
    for seal in ("", "f" * 64):
        tampered = Tampered(good)
        last = json.loads(tampered.rows[-1][2])
        state = json.dumps({**last, "number": last["number"] + 1, "seal": ""}).encode()
        state = sealed(state, seal) if seal else state
        tampered.run(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
            "VALUES ('dl1/c9',1,'remark-made/2',?)",
            state,
        )
        assert tampered.fault().entry == last["number"] + 1


def test_an_entry_with_a_right_seal_that_the_commit_index_does_not_know(good):
    """Whoever knows the chain still has the index to write."""
    tampered = Tampered(good)
    last = json.loads(tampered.rows[-1][2])
    number = last["number"] + 1
    content = {key: value for key, value in last.items() if key != "seal"}
    header = json.dumps({**json.loads(tampered.rows[0][2]), "id": "x1"}).encode()
    bare = json.dumps({**content, "number": number, "act": "x1"}).encode()
    act_row = ("dl1/act/x1", 1, "act/1", header)
    row = ("dl1/c9", 1, "remark-made/2", bare)
    seal = following(last["seal"], [act_row, row])
    for stream, version, name, state in (act_row, (*row[:3], sealed(bare, seal))):
        tampered.run(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) "
            "VALUES (?,?,?,?)",
            stream,
            version,
            name,
            state,
        )
    fault = tampered.fault()
    assert (fault.entry, fault.how) == (number, Tampering.ADDED)


@given(PLACES)
def test_a_seal_taken_off(good, row):
    """An entry that follows sealed ones must carry its own."""
    tampered = Tampered(good)
    entries = [one for one in tampered.rows if one[1] != "act/1"][1:]
    rowid, _, state = entries[row % len(entries)]
    tampered.run("UPDATE stored_events SET state=? WHERE rowid=?", parted(state)[0], rowid)
    fault = tampered.fault()
    assert (fault.entry, fault.how) == (json.loads(state)["number"], Tampering.SEAL)


@given(PLACES)
def test_an_entry_altered_and_sealed_anew(good, row):
    """A right seal on other words breaks at the next entry, which was sealed on the true one."""
    tampered = Tampered(good)
    entries = [one for one in tampered.rows if one[1] == "remark-made/2"][:-1]
    rowid, _, state = entries[row % len(entries)]
    bare = parted(state)[0].replace(b"on c", b"in c")
    rows, before = [], ORIGIN
    for one in tampered.connection.execute(
        "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events "
        "WHERE originator_id='dl1' OR originator_id LIKE 'dl1/%' ORDER BY rowid"
    ):
        rows.append((*one[1:4], bare if one[0] == rowid else parted(one[4])[0]))
        if one[0] == rowid:
            break
        if one[3] != "act/1":
            before, rows = parted(one[4])[1], []
    forged = sealed(bare, following(before, rows))
    tampered.run("UPDATE stored_events SET state=? WHERE rowid=?", forged, rowid)
    assert tampered.fault().entry == json.loads(state)["number"] + 1


@given(PLACES, st.sampled_from(["last_number", "written_at", "position"]), st.integers(1, 99))
def test_a_commit_index_tampered_with(good, row, column, by):
    """Each act must stand in the index with its last entry, its time and its place."""
    tampered = Tampered(good)
    commits = tampered.connection.execute(
        "SELECT last_number FROM commits WHERE negotiation='dl1' ORDER BY last_number"
    ).fetchall()
    index = row % len(commits)
    try:
        tampered.run(
            f"UPDATE commits SET {column}={column}+? WHERE negotiation='dl1' AND last_number=?",
            by * (microseconds(minutes(1)) if column == "written_at" else 1),
            commits[index][0],
        )
    except sqlite3.IntegrityError:
        tampered.connection.close()
        return
    fault = tampered.fault()
    first = commits[index - 1][0] + 1 if index else 1
    if column == "last_number" and index == len(commits) - 1:
        assert fault.entry in (first, commits[index][0] + 1)
    else:
        assert (fault.entry, fault.how) == (first, Tampering.INDEX)


def test_text_where_bytes_belong(good):
    """A state of another kind is a state with the same bytes, or an altered one."""
    tampered = Tampered(good)
    tampered.run("UPDATE stored_events SET state=42 WHERE rowid=?", tampered.rows[4][0])
    assert tampered.fault().entry == tampered.entry_at(4)


@given(PLACES, PLACES, st.integers(1, 255))
def test_a_record_in_memory_is_walked_as_well(row, place, flip):
    """The walk knows no kind of store."""
    ledger = Ledger.open(None)
    room = Writer()
    ledger.append("dl1", room.opening(act("a1")))
    for number in range(2, 6):
        ledger.append("dl1", room.remark(act(f"a{number}"), "c1", "c2"))
    held = ledger._store._stored_events  # type: ignore[attr-defined]  # behind its back
    index = row % (len(held) - 2) + 2
    expected = next(json.loads(one.state)["number"] for one in held[index:] if one.topic != "act/1")
    found = held[index]
    at = place % len(found.state)
    state = found.state[:at] + bytes([found.state[at] ^ flip]) + found.state[at + 1 :]
    held[index] = dataclasses.replace(found, state=state)
    fault = ledger.walked("dl1").fault
    assert fault is not None
    assert fault.entry == expected
