"""SQL in every string that a call takes: it is a name or a word, and never a statement."""

import sqlite3
from contextlib import closing

import pytest

from negotiation.ledger.address import at_server
from tests.cli.calls import SHORT, call, done
from tests.hostile.signs import SQL

FEW = (SQL[0], SQL[3], SQL[8], SQL[10], SQL[11])


@pytest.fixture(params=["file", "server"])
def store(request, tmp_path, monkeypatch):
    """A record of its own, in a file and on a server."""
    monkeypatch.chdir(tmp_path)
    where = str(tmp_path / "talks.db")
    if request.param == "server":
        where = request.getfixturevalue("postgres_store")
    monkeypatch.setenv("NEGOTIATION_STORE", where)
    done("import", str(SHORT))
    return where


def test_it_comes_back_as_it_was_said(store):
    """Every string of an act; the record holds together, and nothing else happened."""
    for number, said in enumerate(FEW):
        done("party", f"P{number}", said)
        done("remark title", said, "--by", said, "--meeting", said)
        done("meeting open", said)
        done("meeting close")
    held = call("log --json").lines
    told = " ".join(str(one) for one in held)
    for said in FEW:
        assert repr(said)[1:-1] in told
    assert call("verify").code == 0
    assert [one["number"] for one in held] == list(range(1, len(held) + 1))


@pytest.mark.parametrize("said", FEW)
def test_it_finds_nothing_where_it_asks(store, said):
    """As a negotiation, a moment, a clause, a document or a version."""
    before = call("log --json").out
    for line in ("text --negotiation", "text --at", "who", "export out.md --document", "verify",
                 "diff", "issue --again", "undo", "open --seen-by"):  # fmt: skip
        answer = call(line, said)
        assert answer.code in (1, 2), line
        assert answer.err.count("\n") == 1
    assert call("log --json").out == before


def test_the_tables_are_those_that_were_made(store):
    """Nothing was dropped, made or attached on the way."""
    if at_server(store):
        pytest.skip("The catalogue of a server is not the record's alone.")
    for said in SQL:
        done("party", "NEW", said) if said is SQL[0] else call("party", said, said)
    with closing(sqlite3.connect(store)) as found:
        tables = {name for (name,) in found.execute("SELECT name FROM sqlite_master")}
    assert {"stored_events", "commits", "format"} <= tables
    assert not [name for name in tables if name == "x"]
