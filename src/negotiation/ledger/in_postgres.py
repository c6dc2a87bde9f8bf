"""A store on a PostgreSQL server: the library's recorder with our check and commit index inside.

A persistence module of the event store: it must show exactly one factory class, so the library's
own is reached through its module. Connections stand in `connections`, tables and faults in
`server`, hearing of what others write in `listening`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, cast

import msgspec
import psycopg
from eventsourcing import postgres
from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    InterfaceError,
    OperationalError,
    PersistenceError,
    StoredEvent,
    Subscription,
    TrackingRecorder,
)
from eventsourcing.utils import Environment, EnvType
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier

from negotiation.ledger.address import address_of
from negotiation.ledger.appending import Append, check, never_backwards
from negotiation.ledger.connections import Connection, Datastore, connect
from negotiation.ledger.faults import ActKnown, StoreError
from negotiation.ledger.listening import Listener, WokenSubscription, channel_of, message_of
from negotiation.ledger.store import Laid, Row, Stretch

# One message for what needs no answer. The lock is one of the database's own, not on the table: a
# role then needs no right to change rows in order to add some. It holds until the transaction ends,
# so rows become visible in the order of their numbers. An acknowledged act is on the disk even
# where the server was told not to wait for it; and who falls asleep inside an append lets go.
_BEGIN = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; "
    "SET LOCAL lock_timeout = '30s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '15s'; "
    "SELECT set_config('synchronous_commit', 'on', true) "
    "WHERE current_setting('synchronous_commit') = 'off'; "
    "SELECT pg_advisory_xact_lock({lock}, hashtext({name}))"
)
_LOCK = 0x6E65676F
"""The first half of our locks; the second is made of the schema's name."""
# Where everything stands, in one answer; no stream begins with a slash.
_STANDS = (
    "SELECT '/rows', coalesce(max(notification_id), 0), 0 FROM {schema}.stored_events "
    "UNION ALL (SELECT '/record', last_number, written_at FROM {schema}.commits "
    "WHERE negotiation = %s ORDER BY last_number DESC LIMIT 1) "
    "UNION ALL SELECT originator_id, max(originator_version), 0 FROM {schema}.stored_events "
    "WHERE originator_id = ANY(%b::text[]) GROUP BY originator_id"
)
_WRITE = (
    "WITH acts AS ("
    "INSERT INTO {schema}.commits (negotiation, last_number, written_at, position) "
    "SELECT %s, * FROM unnest(%b::bigint[], %b::bigint[], %b::bigint[])), "
    "entries AS ("
    "INSERT INTO {schema}.stored_events "
    "(notification_id, originator_id, originator_version, topic, state) "
    "SELECT %s + place, stream, version, topic, state "
    "FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bytea[]) "
    "WITH ORDINALITY AS rows (stream, version, topic, state, place)) "
    "SELECT pg_notify(%s, %s)"
)
_NEGOTIATIONS = (
    "SELECT negotiation FROM {schema}.commits GROUP BY negotiation ORDER BY min(position)"
)
_HEAD = "SELECT coalesce(max(last_number), 0) FROM {schema}.commits WHERE negotiation = %s"
_AT = (
    "SELECT last_number FROM {schema}.commits WHERE negotiation = %s AND written_at <= %s "
    "ORDER BY last_number DESC LIMIT 1"
)
_BOUNDS = (
    "SELECT coalesce((SELECT last_number FROM {schema}.commits "
    "WHERE negotiation = %(negotiation)s ORDER BY last_number DESC LIMIT 1), 0), "
    "coalesce((SELECT last_number FROM {schema}.commits WHERE negotiation = %(negotiation)s "
    "AND last_number <= %(after)s ORDER BY last_number DESC LIMIT 1), 0), "
    "coalesce((SELECT position FROM {schema}.commits WHERE negotiation = %(negotiation)s "
    "AND last_number > %(after)s ORDER BY last_number LIMIT 1), 0)"
)
_ROWS = (
    "SELECT originator_id, originator_version, topic, state FROM {schema}.stored_events "
    "WHERE split_part(originator_id, '/', 1) = %s AND notification_id > %s "
    "ORDER BY notification_id"
)
# Both in one question, since whoever follows asks it after every act; there is little to sort then.
# The first row is of the bounds.
_ON = (
    "WITH bounds (last, before, position) AS MATERIALIZED (" + _BOUNDS + ") "
    "SELECT 0 AS place, '', last, '', ''::bytea, before FROM bounds "
    "UNION ALL SELECT notification_id, originator_id, originator_version, topic, state, 0 "
    "FROM {schema}.stored_events WHERE split_part(originator_id, '/', 1) = %(negotiation)s "
    "AND notification_id > (SELECT position FROM bounds WHERE before < last) ORDER BY place"
)
# In one statement, so that both are of one moment.
_LAID = (
    "SELECT 0, last_number, '', written_at, '', ''::bytea, position FROM {schema}.commits "
    "WHERE negotiation = %(negotiation)s "
    "UNION ALL SELECT 1, notification_id, originator_id, originator_version, topic, state, 0 "
    "FROM {schema}.stored_events WHERE split_part(originator_id, '/', 1) = %(negotiation)s "
    "ORDER BY 1, 2"
)
_NOTE = "SELECT facts FROM {schema}.notes WHERE negotiation = %s AND name = %s"
_KEEP = (
    "INSERT INTO {schema}.notes (negotiation, name, facts) VALUES (%s, %s, %s) "
    "ON CONFLICT (negotiation, name) DO UPDATE SET facts = excluded.facts"
)


class PostgresRecorder(postgres.PostgresApplicationRecorder):
    """The library's recorder on a server, with our check and commit index in its transaction."""

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore, events_table_name="stored_events")
        self.address = datastore.address
        self.channel_name = channel_of(datastore.address)
        self._listener = Listener(lambda: connect(datastore.address), datastore.address)
        self._begin = self._sql(_BEGIN, lock=SQL(str(_LOCK)))

    def _sql(self, statement: str, **more: SQL) -> Composed:
        # The statements are those above.
        schema = self.address.schema
        return SQL(statement).format(schema=Identifier(schema), name=schema, **more)

    def connection(self) -> AbstractContextManager[Connection]:
        """A connection, for whoever looks at the tables before they are used."""
        return self.datastore.get_connection()

    # -- writing ----------------------------------------------------------------------------------

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Writes the events in one transaction, on disk when it returns.

        Where the connection is lost it is done once more on a new one. The lock of the lost one
        is waited for, so the act is there by then or never will be.
        """
        append: Append | None = kwargs.get("append")
        try:
            return self._written(stored_events, append)
        except (OperationalError, InterfaceError) as lost:
            if append is None or not _is_lost(lost):
                raise
            asked = getattr(lost.__cause__, "commit_was_sent", False)
            try:
                return self._written(stored_events, append)
            except ActKnown:
                if not asked:
                    raise
                return None
            except (OperationalError, InterfaceError, StoreError) as cause:
                if not asked:
                    raise
                raise StoreError(
                    f"The connection to {self.address.named} was lost while the act was written; "
                    "whether it is on the record is not known. See `negotiation log` when the "
                    "server is back, before doing it again."
                ) from cause

    def _written(
        self, stored_events: Sequence[StoredEvent], append: Append | None
    ) -> Sequence[int] | None:
        if not stored_events:
            return []
        with self.writing() as connection:
            position, head, latest, versions = self._stands(connection, append)
            commits: list[tuple[int, int, int]] = []
            if append is not None:
                check(append, head, lambda stream: versions.get(stream, 0))
                at = position
                for committed, written in never_backwards(latest, append.acts):
                    commits.append((committed.last, written, at))
                    at += committed.rows
            last = position + len(stored_events)
            negotiation = append.negotiation if append is not None else ""
            connection.execute(
                self._sql(_WRITE),
                (
                    negotiation,
                    [number for number, _, _ in commits],
                    [written for _, written, _ in commits],
                    [at for _, _, at in commits],
                    position,
                    [str(row.originator_id) for row in stored_events],
                    [row.originator_version for row in stored_events],
                    [row.topic for row in stored_events],
                    [row.state for row in stored_events],
                    self.channel_name,
                    message_of(last, negotiation),
                ),
            )
        self._listener.wrote(negotiation, last)
        return list(range(position + 1, last + 1))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the lock from the start, and no pipeline.

        The driver's pipeline waits for ever when what it sends outgrows the socket.
        """
        with self.datastore.get_connection() as connection:
            connection.execute(self._begin, prepare=False)
            try:
                yield connection
            except BaseException:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")
                raise
            try:
                connection.execute("COMMIT")
            except psycopg.Error as lost:
                lost.commit_was_sent = True  # type: ignore[attr-defined]  # asked for above
                raise

    def _stands(
        self, connection: Connection, append: Append | None
    ) -> tuple[int, int, int, dict[str, int]]:
        """The last row, the last entry and its time, and the version of each stream at hand."""
        name, streams = "", []
        if append is not None:
            name = append.negotiation
            streams = [committed.stream for committed in append.acts]
            streams += [stream for stream, _ in append.streams]
        with connection.cursor(row_factory=tuple_row) as cursor:
            rows = cursor.execute(self._sql(_STANDS), (name, streams)).fetchall()
        stands = {stream: (number, at) for stream, number, at in rows}
        position, _ = stands.pop("/rows")
        head, latest = stands.pop("/record", (0, 0))
        return position, head, latest, {stream: number for stream, (number, _) in stands.items()}

    # -- reading ----------------------------------------------------------------------------------

    def _asked(self, statement: str, parameters: object = ()) -> list[Any]:
        """The rows of one question; asked again where the connection turns out to be gone."""
        try:
            return self._answered(statement, parameters)
        except (OperationalError, InterfaceError) as lost:
            if not _is_lost(lost):
                raise
        return self._answered(statement, parameters)

    def _answered(self, statement: str, parameters: object) -> list[Any]:
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(row_factory=tuple_row, binary=True) as cursor,
        ):
            return cursor.execute(self._sql(statement), cast("Any", parameters)).fetchall()

    def negotiations(self) -> tuple[str, ...]:
        """The negotiations, in order of opening."""
        return tuple(name for (name,) in self._asked(_NEGOTIATIONS))

    def head(self, negotiation: str) -> int:
        """The number of the last entry; 0 where there is none."""
        return _first(self._asked(_HEAD, (negotiation,)))

    def position_at(self, negotiation: str, written: int) -> int:
        """The last entry written not later than a time."""
        return _first(self._asked(_AT, (negotiation, written)))

    @contextmanager
    def stretch(self, negotiation: str, after: int) -> Iterator[Stretch]:
        """Every act that holds an entry after this one, in order."""
        if after:
            bounds, *found = self._asked(_ON, {"negotiation": negotiation, "after": after})
            yield Stretch(bounds[5] + 1, bounds[2], (row[1:5] for row in found))
            return
        # The bounds first: rows that are added in between only make the stretch longer, and what
        # is longer than its last number says is whole, too.
        wanted = {"negotiation": negotiation, "after": after}
        ((last, before, position),) = self._asked(_BOUNDS, wanted)
        rows: Iterator[Row] = iter(())
        if before < last:
            rows = iter(self._asked(_ROWS, (negotiation, position)))
        yield Stretch(before + 1, last, rows)

    @contextmanager
    def laid(self, negotiation: str) -> Iterator[Laid]:
        """All rows and the commit index as they lie there."""
        found = self._asked(_LAID, {"negotiation": negotiation})
        commits = tuple((last, at, before) for kind, last, _, at, _, _, before in found if not kind)
        yield Laid((tuple(row[1:6]) for row in found if row[0]), commits)

    # -- hearing of others ------------------------------------------------------------------------

    def changed(self, negotiation: str = "") -> bool:
        """Whether anything was written since this was last asked; yes, the first time."""
        return self._listener.changed(negotiation)

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """The library's subscription, without its gap between looking and listening."""
        return WokenSubscription(recorder=self, gt=gt, topics=topics)

    # -- notes ------------------------------------------------------------------------------------

    def kept(self, negotiation: str, name: str) -> dict[str, object]:
        """A note; empty where there is none, or where it cannot be read."""
        with suppress(PersistenceError, StoreError, msgspec.DecodeError):
            for (facts,) in self._asked(_NOTE, (negotiation, name)):
                return msgspec.json.decode(facts, type=dict[str, object])
        return {}

    def keep(self, negotiation: str, name: str, facts: Mapping[str, object]) -> None:
        """Keeps a note, unless it cannot: nothing rests on it."""
        try:
            note = msgspec.json.encode(dict(facts))
        except UnicodeEncodeError:
            return
        with suppress(PersistenceError, StoreError), self.datastore.get_connection() as connection:
            connection.execute(self._sql(_KEEP), (negotiation, name, note))

    def close(self) -> None:
        """Lets go of the server."""
        self._listener.close()
        self.datastore.close()


def _first(rows: Sequence[Sequence[int]]) -> int:
    return rows[0][0] if rows else 0


def _is_lost(fault: PersistenceError) -> bool:
    """Whether the connection went, rather than the server saying no."""
    cause = fault.__cause__
    if not isinstance(cause, psycopg.Error):
        return False
    code = cause.sqlstate
    # Without a code the driver noticed; 08 and 57P are the server ending the connection, 25P03
    # its patience with one that fell asleep.
    return code is None or code.startswith(("08", "57P")) or code == "25P03"


class PostgresRecordFactory(InfrastructureFactory[TrackingRecorder]):
    """Makes the recorder above."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        address = address_of(self.env.get("STORE") or "")
        self.datastore = Datastore(address)
        self._recorder: PostgresRecorder | None = None

    def application_recorder(self) -> ApplicationRecorder:
        """The one recorder of the records in a database."""
        if self._recorder is None:
            self._recorder = PostgresRecorder(self.datastore)
        return self._recorder

    def aggregate_recorder(self, purpose: str = "events") -> Any:
        """None: a record has no snapshots."""
        raise NotImplementedError  # the library asks for a method, and nobody calls it

    def tracking_recorder(self, tracking_recorder_class: Any = None) -> Any:
        """None: views are kept in memory."""
        raise NotImplementedError  # the library asks for a method, and nobody calls it

    def process_recorder(self) -> Any:
        """None: nothing is processed from one record into another."""
        raise NotImplementedError  # the library asks for a method, and nobody calls it

    def close(self) -> None:
        """Closes every connection to the server."""
        if self._recorder is not None:
            self._recorder.close()
        self.datastore.close()
