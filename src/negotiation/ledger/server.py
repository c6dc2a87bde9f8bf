"""Whether a database holds a record, can begin one, or is something else; and faults as sentences.

The counterpart of `opening` for a PostgreSQL server. Looks without writing; `make_tables` is the
one thing that makes any, once, since processes that all begin with making them trip each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from shlex import quote

import psycopg
from eventsourcing.persistence import ConnectionPoolClosedError, PersistenceError
from psycopg.sql import SQL, Composed, Identifier

from negotiation.ledger.address import Address
from negotiation.ledger.connections import Connection, connect
from negotiation.ledger.faults import NoRecord, NotOurs, RecordDamaged, StoreBusy, StoreError
from negotiation.ledger.opening import FORMAT, FORMAT_NAME

# Text in the order of its bytes: the streams of a negotiation then lie together in every language.
# The number of a row is ours and not a sequence's, whose numbers have gaps after every conflict.
_TABLES = (
    "CREATE TABLE {schema}.stored_events ("
    "notification_id bigint PRIMARY KEY, "
    'originator_id text COLLATE "C" NOT NULL, '
    "originator_version bigint NOT NULL, "
    "topic text NOT NULL, "
    "state bytea NOT NULL, "
    "UNIQUE (originator_id, originator_version))",
    "CREATE INDEX stored_events_of ON {schema}.stored_events "
    "((split_part(originator_id, '/', 1)), notification_id)",
    "CREATE TABLE {schema}.commits ("
    'negotiation text COLLATE "C" NOT NULL, '
    "last_number bigint NOT NULL, "
    "written_at bigint NOT NULL, "
    "position bigint NOT NULL, "
    "PRIMARY KEY (negotiation, last_number))",
    "CREATE TABLE {schema}.notes ("
    'negotiation text COLLATE "C" NOT NULL, '
    'name text COLLATE "C" NOT NULL, '
    "facts bytea NOT NULL, "
    "PRIMARY KEY (negotiation, name))",
    "CREATE TABLE {schema}.format (name text PRIMARY KEY, version bigint NOT NULL)",
)
_OURS = ("stored_events", "commits", "notes", "format")
_CODE = re.compile(r"[0-9A-Z]{2,5}")
_MAKING = 0x6E65676F74696174
"""The lock of whoever makes tables; any number that others are unlikely to take."""


def judge(connection: Connection, address: Address) -> bool:
    """Whether the tables of a record stand in the schema; raises when others stand there."""
    found = connection.execute(
        "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE nspname = %s AND relname = ANY(%s)",
        (address.schema, list(_OURS)),
    ).fetchall()
    if not found:
        return False
    version: int | None = None
    if len(found) == len(_OURS):
        row = connection.execute(
            SQL("SELECT * FROM {}.format").format(Identifier(address.schema))
        ).fetchone()
        if row and row.get("name") == FORMAT_NAME:
            version = row["version"]
    if version is None:
        raise NotOurs(
            f"The schema {address.schema} of {address.named} holds tables of something else; "
            "name another one with ?schema=NAME at the end of the address."
        )
    if version != FORMAT:
        age, which = ("a newer", "newer") if version > FORMAT else ("an older", "older")
        raise NotOurs(
            f"The tables in {address.named} are those of {age} version of this program (format "
            f"{version}, this one reads {FORMAT}); install the {which} version to open them."
        )
    return True


def no_tables(address: Address) -> NoRecord:
    """What is said of a database in which no record can be begun yet."""
    return NoRecord(
        f"{address.named} has no tables for records yet; "
        # A shell would part the address at its signs.
        f"`negotiation migrate --store {quote(address.named)}` makes them, once."
    )


def make_tables(address: Address) -> bool:
    """Makes the tables where they are missing, all or none; whether they were."""
    with said_of(address), connect(address) as connection, connection.transaction():
        # In a transaction and behind a lock: of two that come together, one finds them made.
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
        if judge(connection, address):
            return False
        schema = Identifier(address.schema)
        if not connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = %s", (address.schema,)
        ).fetchone():
            connection.execute(SQL("CREATE SCHEMA {}").format(schema))
        for statement in _TABLES:
            connection.execute(_within(statement, address))
        connection.execute(
            SQL("INSERT INTO {}.format VALUES (%s, %s)").format(schema), (FORMAT_NAME, FORMAT)
        )
        return True


def _within(statement: str, address: Address) -> Composed:
    # The statements are those above.
    return SQL(statement).format(schema=Identifier(address.schema))


@contextmanager
def said_of(address: Address) -> Iterator[None]:
    """Turns the faults of the library and the server into sentences about this store."""
    try:
        yield
    except ConnectionPoolClosedError as cause:
        raise StoreError(f"{address.named} was closed; open it again.") from cause
    except PersistenceError as cause:
        raise _sentence(cause.__cause__ or cause, address) from cause
    except psycopg.Error as cause:
        raise _sentence(cause, address) from cause


def _sentence(cause: BaseException, address: Address) -> StoreError:
    """The fault as a sentence: by the server's code where there is one, else by what was said."""
    where, reason = address.named, _reason(cause)
    code = getattr(cause, "sqlstate", None) or ""
    words = (row for row in _KNOWN if not _CODE.fullmatch(row[1]) and row[1] in reason)
    codes = (row for row in _KNOWN if _CODE.fullmatch(row[1]) and code.startswith(row[1]))
    for sort, _, sentence in (*codes, *words):
        return sort(sentence.format(where=where, schema=address.schema, reason=reason))
    return StoreError(f"{where} cannot be used ({reason}); ask whoever runs the server.")


def _reason(cause: BaseException) -> str:
    """What the driver says, in one line and without its own addresses and hints."""
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    if not lines:
        return type(cause).__name__
    # With several addresses of one name, each says the same again.
    line = next((one for one in lines if "failed:" in one or "FATAL:" in one), lines[0])
    for sign in ("FATAL:", "failed:", "ERROR:"):
        line = line.rpartition(sign)[2].strip()
    return line.rstrip(".")


_FULL = "{where} has no connection left; try again, or have max_connections raised."
_STARTING = "{where} is starting up; try again in a moment."
_LOST = "The connection to {where} was lost ({reason}); nothing was written, try again."
_NOT_THERE = "No server answers at {where}; check the address, and whether the server is running."
_NO_NAME = "{where} names a server that is not known here; check the name and the network."
# What a sign of digits begins is the code of the server (appendix A of its manual); the others are
# words of the message, since a connection that was never made has no code.
_KNOWN: tuple[tuple[type[StoreError], str, str], ...] = (
    (
        StoreError,
        "password authentication failed",
        "{where} does not take this name and password; put the right one into ~/.pgpass or "
        "PGPASSWORD.",
    ),
    (
        StoreError,
        "no password supplied",
        "{where} asks for a password; put it into ~/.pgpass or PGPASSWORD.",
    ),
    (
        StoreError,
        "authentication failed",
        "{where} does not let you in ({reason}); ask whoever runs the server.",
    ),
    (
        StoreError,
        "pg_hba.conf",
        "{where} does not let you in from here ({reason}); ask whoever runs the server.",
    ),
    (StoreBusy, "too many connections", _FULL),
    (StoreBusy, "too many clients", _FULL),
    (StoreBusy, "connection slots are reserved", _FULL),
    (
        StoreError,
        'database "',
        "{where} names a database that cannot be used ({reason}); check the name, or make it "
        "with `createdb`.",
    ),
    (
        StoreError,
        'role "',
        "{where} names nobody that the server knows ({reason}); write postgresql://USER@… with "
        "the name of a role.",
    ),
    (StoreBusy, "starting up", _STARTING),
    (StoreBusy, "recovery mode", _STARTING),
    (StoreBusy, "shutting down", "{where} is shutting down; try again when it is back."),
    (StoreError, "could not translate host name", _NO_NAME),
    (StoreError, "failed to resolve host", _NO_NAME),
    (
        StoreError,
        "timeout expired",
        "{where} does not answer; check the network, and whether the server is running.",
    ),
    (StoreError, "onnection refused", _NOT_THERE),
    (StoreError, "No such file or directory", _NOT_THERE),
    (StoreError, "onnection is closed", _LOST),
    (StoreError, "onnection is lost", _LOST),
    (StoreError, "closed the connection", _LOST),
    (StoreError, "57P01", _LOST),
    (StoreError, "57P02", _LOST),
    (StoreError, "25P03", _LOST),
    (StoreError, "08", _LOST),
    (
        StoreError,
        "42501",
        "Your role at {where} may not do this ({reason}); ask whoever runs the server for the "
        "rights on the schema {schema}.",
    ),
    (
        StoreError,
        "25006",
        "{where} takes no writes, as a copy of a server or by a rule for your role; name the "
        "server that does.",
    ),
    (
        NoRecord,
        "42P01",
        "{where} has no tables for records any more ({reason}); go back to a copy, or make them "
        "with `negotiation migrate`.",
    ),
    (
        StoreBusy,
        "55P03",
        "{where} is being written by somebody else and did not come free; try again.",
    ),
    (StoreBusy, "53300", _FULL),
    (StoreError, "53100", "The disk of {where} is full; nothing was written."),
    (
        RecordDamaged,
        "XX00",
        "{where} is damaged ({reason}). Go back to a copy; nothing was written.",
    ),
)
