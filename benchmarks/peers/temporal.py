"""SQLite temporal table: a row per version of a clause with the positions between which it held.

It leaves out blame: rows know who wrote a version, not who wrote a word.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers.board import Board
from benchmarks.steps import (
    BracketLifted,
    BracketPlaced,
    ClauseAdded,
    ClauseDropped,
    ClauseMoved,
    History,
    Step,
    WordsReplaced,
)
from benchmarks.system import System

_FOR_EVER = 1 << 62

_TABLES = """
CREATE TABLE act (position INTEGER PRIMARY KEY, kind TEXT, author TEXT, written TEXT);
CREATE TABLE wording (
    key TEXT, valid_from INTEGER, valid_to INTEGER, text TEXT, PRIMARY KEY (key, valid_from));
CREATE TABLE place (key TEXT, rank REAL, valid_from INTEGER, valid_to INTEGER);
CREATE INDEX place_by_key ON place (key, valid_from);
CREATE TABLE bracket (
    name TEXT PRIMARY KEY, key TEXT, first INTEGER, last INTEGER,
    valid_from INTEGER, valid_to INTEGER);
"""

_AT = """
SELECT key, (
    SELECT text FROM wording WHERE wording.key = place.key AND wording.valid_from <= :at
    ORDER BY wording.valid_from DESC LIMIT 1)
FROM place WHERE valid_from <= :at AND valid_to > :at ORDER BY rank
"""

_CLAUSE = """
SELECT text FROM wording WHERE key = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1
"""


class Temporal(System):
    """Clause versions with valid_from and valid_to, asked in SQL."""

    name = "sqlite"
    note = "temporal table; word differences by difflib on top"
    lacks = frozenset({"blame", "blame_clause", "changed", "who", "who_clause"})

    def __init__(self, store: Path) -> None:
        super().__init__(store)
        self.database: sqlite3.Connection | None = None
        self.last = 0
        self.board = Board()
        self.ranks: dict[str, float] = {}

    def build(self, prepared: History) -> None:
        database = self._connect()
        database.executescript(_TABLES)
        with database:
            self._write(prepared.loaded)
        self.close()

    def open(self) -> str:
        database = self._connect()
        self.last = database.execute("SELECT max(position) FROM act").fetchone()[0]
        texts = dict(database.execute(_AT, {"at": self.last}).fetchall())
        return "\n".join(texts.values())

    def clauses_at(self, position: int) -> dict[str, str]:
        return dict(self._connect().execute(_AT, {"at": position}).fetchall())

    def clause(self, key: str, position: int) -> str:
        text: str = self._connect().execute(_CLAUSE, (key, position)).fetchone()[0]
        return text

    def append(self, wanted: Step) -> None:
        database = self._connect()
        if not self.board.order:
            self.board = Board(self.clauses_at(self.last))
            self.ranks = dict(
                database.execute("SELECT key, rank FROM place WHERE valid_to = ?", (_FOR_EVER,))
            )
        with database:
            self._write([wanted])

    def close(self) -> None:
        if self.database:
            self.database.close()
            self.database = None

    def _connect(self) -> sqlite3.Connection:
        if self.database is None:
            self.database = sqlite3.connect(self.store / "temporal.sqlite")
            self.database.execute("PRAGMA journal_mode = WAL")
            self.database.execute("PRAGMA synchronous = FULL")
        return self.database

    def _write(self, steps: Iterable[Step]) -> None:
        run = self._connect().execute
        for step in steps:
            self.last = now = self.last + 1
            text = self.board.play(step)
            run(
                "INSERT INTO act VALUES (?, ?, ?, ?)",
                (now, type(step).__name__, step.author, step.written.isoformat()),
            )
            if isinstance(step, WordsReplaced | ClauseDropped):
                run(
                    "UPDATE wording SET valid_to = ? WHERE key = ? AND valid_from = "
                    "(SELECT max(valid_from) FROM wording WHERE key = ?)",
                    (now, step.key, step.key),
                )
            if text is not None:
                run("INSERT INTO wording VALUES (?, ?, ?, ?)", (step.key, now, _FOR_EVER, text))
            if isinstance(step, ClauseDropped | ClauseMoved):
                run(
                    "UPDATE place SET valid_to = ? WHERE key = ? AND valid_to = ?",
                    (now, step.key, _FOR_EVER),
                )
            if isinstance(step, ClauseAdded | ClauseMoved):
                rank = self.ranks[step.key] = self._rank(step.key)
                run("INSERT INTO place VALUES (?, ?, ?, ?)", (step.key, rank, now, _FOR_EVER))
            if isinstance(step, BracketPlaced):
                run(
                    "INSERT INTO bracket VALUES (?, ?, ?, ?, ?, ?)",
                    (step.bracket, step.key, step.first, step.end, now, _FOR_EVER),
                )
            if isinstance(step, BracketLifted):
                run("UPDATE bracket SET valid_to = ? WHERE name = ?", (now, step.bracket))

    def _rank(self, key: str) -> float:
        """A number between the neighbours' numbers, so that one row tells a clause's place."""
        order = self.board.order
        place = order.index(key)
        below = self.ranks[order[place - 1]] if place else None
        above = self.ranks[order[place + 1]] if place + 1 < len(order) else None
        if below is None:
            return 0.0 if above is None else above - 1.0
        return below + 1.0 if above is None else (below + above) / 2
