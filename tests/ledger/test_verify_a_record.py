"""The script for whoever does not have the program says what the program says."""

import ast
import itertools
import re
import runpy
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.ledger.ledger import Ledger
from tests.ledger.a_session import play
from tests.ledger.unsealed import take_seals_off

NUMBERS = itertools.count()
SCRIPT = Path(__file__).parents[2] / "docs" / "verify_a_record.py"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A record of every kind of act, and what the program says of it."""
    path = tmp_path_factory.mktemp("record") / "record.db"
    desk = play(path)
    walked = desk.ledger.walked(desk.timeline.id)
    desk.close()
    return path, walked


def says(monkeypatch, capsys, *words):
    """What the script prints, and what it stops with."""
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), *map(str, words)])
    try:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    except SystemExit as stopped:
        return "", str(stopped.code)
    return capsys.readouterr().out, ""


def test_it_is_short_and_needs_nothing():
    """Fifty lines at most, of Python's own library."""
    script = SCRIPT.read_text("utf-8")
    assert len(script.splitlines()) <= 50
    imported = [one for one in ast.walk(ast.parse(script)) if isinstance(one, ast.Import)]
    assert {name.name for one in imported for name in one.names} <= sys.stdlib_module_names
    assert not [one for one in ast.walk(ast.parse(script)) if isinstance(one, ast.ImportFrom)]


def test_it_says_the_seal_that_the_program_says(record, monkeypatch, capsys):
    """Of a good record, and of a seal that somebody holds."""
    path, walked = record
    ends = len(walked.seals)
    printed, _ = says(monkeypatch, capsys, path)
    assert f"{ends} entries, seal {ends}:{walked.seals[-1]}" in printed
    assert says(monkeypatch, capsys, path, f"7:{walked.seals[6]}") == (printed, "")
    _, stopped = says(monkeypatch, capsys, path, f"8:{walked.seals[6]}")
    assert stopped.startswith("No entry has the seal 8:")


@given(st.data())
def test_it_stops_where_the_program_stops(record, data):
    """A byte flipped, a row removed, two rows swapped: the same entry."""
    path, _ = record
    # Each its own: what is left in the log of one would be read into another of its name.
    tampered = path.with_name(f"tampered-{next(NUMBERS)}.db")
    shutil.copy(path, tampered)
    with closing(sqlite3.connect(tampered)) as store:
        store.execute("PRAGMA synchronous=OFF")
        (last,) = store.execute("SELECT max(rowid) FROM stored_events").fetchone()
        row = data.draw(st.integers(2, last - 1))
        match data.draw(st.sampled_from(["flip", "remove", "swap"])):
            case "flip":
                (state,) = store.execute(
                    "SELECT state FROM stored_events WHERE rowid=?", (row,)
                ).fetchone()
                at = data.draw(st.integers(0, len(state) - 1))
                changed = state[:at] + bytes([state[at] ^ 1]) + state[at + 1 :]
                store.execute("UPDATE stored_events SET state=? WHERE rowid=?", (changed, row))
            case "remove":
                store.execute("DELETE FROM stored_events WHERE rowid=?", (row,))
            case "swap":
                for one, place in ((row, -1), (last, row), (-1, last)):
                    store.execute("UPDATE stored_events SET rowid=? WHERE rowid=?", (place, one))
        store.commit()
    with closing(Ledger.open(str(tampered))) as ledger:
        walked = ledger.walked(ledger.negotiations()[0])
    assert walked.fault is not None
    chains = runpy.run_path(str(SCRIPT))["chains"]
    with pytest.raises(SystemExit) as stopped:
        chains(str(tampered))
    found = re.search(r"entry (\d+) does not fit", str(stopped.value.code))
    assert found is not None
    # What has no seal any more is vouched for by the entry behind it.
    assert int(found[1]) in (walked.fault.entry, walked.fault.entry + 1)


def test_it_reads_a_record_that_was_begun_without_seals(record, monkeypatch, capsys):
    """The same seals, though none of them is stored."""
    path, walked = record
    bare = path.with_name("bare.db")
    shutil.copy(path, bare)
    with closing(sqlite3.connect(bare)) as store:
        take_seals_off(store)
        store.commit()
    printed, _ = says(monkeypatch, capsys, bare)
    assert f"seal {len(walked.seals)}:{walked.seals[-1]}" in printed
