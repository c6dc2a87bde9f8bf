"""A whole store carried from a server into a file, or from a file onto a server, row by row.

The rows and the commit index lie there as they lay before, byte for byte and under the same
numbers, so fingerprints and seals are the same. What is beside a record, such as what the room was
last shown, stays behind. Whether the copy is the same record is asked in `copies`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier

from negotiation.ledger.address import address_of
from negotiation.ledger.connections import Connection, Datastore
from negotiation.ledger.copies import InTheWay
from negotiation.ledger.in_postgres import PostgresRecorder
from negotiation.ledger.ledger import Ledger

_AT_ONCE = 1000
"""Rows on their way: a record may be larger than the memory."""
_TABLES = (
    (
        "stored_events",
        ("notification_id", "originator_id", "originator_version", "topic", "state"),
        ("int8", "text", "int8", "text", "bytea"),
        "notification_id",
        "rowid, originator_id, originator_version, topic, state",
    ),
    (
        "commits",
        ("negotiation", "last_number", "written_at", "position"),
        ("text", "int8", "int8", "int8"),
        "position",
        "negotiation, last_number, written_at, position",
    ),
)
"""Each table: its columns on a server, their types, their order, and the columns in a file."""


def fetch(store: str, made: Path) -> None:
    """Writes everything that a store on a server holds at one moment into an empty file."""
    Ledger.open(str(made)).close()
    with (
        closing(PostgresRecorder(Datastore(address_of(store)))) as recorder,
        closing(sqlite3.connect(made, isolation_level=None)) as file,
        recorder.connection() as connection,
    ):
        file.execute("PRAGMA synchronous=FULL")
        file.execute("BEGIN IMMEDIATE")
        # Of one moment, however long the reading takes; and nobody who writes waits for it.
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table, columns, _, order, inside in _TABLES:
            places = ", ".join("?" for _ in columns)
            file.executemany(
                f"INSERT INTO {table} ({inside}) VALUES ({places})",
                _rows(connection, _asks(recorder, table, columns, order)),
            )
        connection.execute("COMMIT")
        file.execute("COMMIT")


def _rows(connection: Connection, statement: Composed) -> Iterator[tuple[Any, ...]]:
    with connection.cursor("carried", row_factory=tuple_row) as cursor:
        cursor.itersize = _AT_ONCE
        yield from cursor.execute(statement, binary=True)


def _asks(recorder: PostgresRecorder, table: str, columns: Iterable[str], order: str) -> Composed:
    return SQL("SELECT {} FROM {} ORDER BY {}").format(
        SQL(", ").join(map(Identifier, columns)),
        Identifier(recorder.address.schema, table),
        Identifier(order),
    )


def lay(made: Path, store: str) -> None:
    """Puts all that a file holds into a store on a server that holds no record yet, or nothing."""
    with (
        closing(PostgresRecorder(Datastore(address_of(store)))) as recorder,
        closing(sqlite3.connect(f"{made.as_uri()}?mode=ro", uri=True)) as file,
        recorder.writing() as connection,
    ):
        for table, *_ in _TABLES:
            place = Identifier(recorder.address.schema, table)
            if connection.execute(SQL("SELECT 1 FROM {} LIMIT 1").format(place)).fetchone():
                raise InTheWay(
                    f"{recorder.address.named} holds records already, and is left as it is; name "
                    "another schema with ?schema=NAME, and `negotiation migrate` it first."
                )
        for table, columns, types, _, inside in _TABLES:
            statement = SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
                Identifier(recorder.address.schema, table),
                SQL(", ").join(map(Identifier, columns)),
            )
            with connection.cursor() as cursor, cursor.copy(statement) as copy:
                copy.set_types(types)
                for row in file.execute(f"SELECT {inside} FROM {table}"):
                    copy.write_row(row)
        # Whoever follows the empty store hears of it.
        connection.execute(
            SQL("SELECT pg_notify(%s, max(notification_id)::text) FROM {}").format(
                Identifier(recorder.address.schema, "stored_events")
            ),
            (recorder.channel_name,),
        )
