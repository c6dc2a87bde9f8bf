"""The record of many negotiations in one store: append and read, nothing else.

What an entry means is the domain's, how a file is judged is in `opening`; here the event store's
library is put together, and its faults become sentences.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import weakref
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from eventsourcing.application import Application
from eventsourcing.utils import Environment, EnvType

from negotiation.domain.entries import Entry
from negotiation.ledger import credentials
from negotiation.ledger.address import address_of, at_server
from negotiation.ledger.admission import Admission
from negotiation.ledger.appending import OutOfStep, append_of, microseconds, rows_of
from negotiation.ledger.beside import Beside, KeepsNotes
from negotiation.ledger.door import Clock, Door, now
from negotiation.ledger.faults import (
    ActKnown,
    NoRecord,
    NotAdmitted,
    NotOurs,
    RecordDamaged,
    RecordMoved,
    RecordReplaced,
    StoreBusy,
    StoreError,
)
from negotiation.ledger.held_open import hold_open, looking
from negotiation.ledger.mapper import Line
from negotiation.ledger.migrating import driver_for
from negotiation.ledger.opening import checked, said, store_at
from negotiation.ledger.store_file import StoreFile

if TYPE_CHECKING:
    from negotiation.ledger.extracts import Extracts
    from negotiation.ledger.in_postgres import PostgresRecorder
    from negotiation.ledger.store import Store
    from negotiation.ledger.walk import Walked

__all__ = [
    "ActKnown",
    "Admission",
    "Ledger",
    "NoRecord",
    "NotAdmitted",
    "NotOurs",
    "RecordDamaged",
    "RecordMoved",
    "RecordReplaced",
    "StoreBusy",
    "StoreError",
]

_LOCK_TIMEOUT = 30
"""Seconds to wait for another writer; the library's five are reached on a slow disk."""


class _Record(Application[str]):
    name = "negotiation"

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        # The library also reads the process's environment: a stray variable would change the store.
        return Environment(name, env)


class Ledger:
    """One store that holds the records of any number of negotiations."""

    def __init__(
        self, record: Application[str], where: str, *, token: str = "", clock: Clock = now
    ) -> None:
        self._record = record
        self._store = cast("Store", record.recorder)
        self._where = where
        self._door = Door(self._store, where, token, clock)
        self._beside: KeepsNotes = Beside(None)
        self._named: str | None = None
        self._file: StoreFile | None = None
        self._let_go: Callable[[], object] = lambda: None
        self._to_come = ""
        self._ends: dict[str, tuple[int, str]] = {}
        """By negotiation: the last entry that was appended here, and its seal."""

    @classmethod
    def open(cls, store: str | None, *, create: bool = True, clock: Clock = now) -> Ledger:
        """The ledger in a file, begun where there is none; ``None`` is one in memory.

        At the address of a server it is one in a database, whose tables `migrate` made. Whoever
        shows a token finds there what it lets in to, and until when it does the clock says. Raises
        a `StoreError` for what cannot be opened, and `NoRecord` where there is nothing and
        ``create`` is off.
        """
        env = {"MAPPER_TOPIC": "negotiation.ledger.mapper:LineMapper"}
        if store is None:
            env["PERSISTENCE_MODULE"] = "negotiation.ledger.in_memory"
            # It is this process's own, and nobody else's token opens it: see `shown`.
            return cls(_Record(env), "the record in memory", clock=clock)
        token = credentials.token()
        if at_server(store):
            return cls._at_server(store, env, token, clock)
        with looking:
            path, new = store_at(store, create=create)
            env |= {
                "PERSISTENCE_MODULE": "negotiation.ledger.in_sqlite",
                "SQLITE_DBNAME": path,
                "SQLITE_LOCK_TIMEOUT": str(_LOCK_TIMEOUT),
                "ORIGINATOR_ID_TYPE": "text",
                "CREATE_TABLE": "yes" if new else "no",
            }
            with said(store):
                ledger = cls(_Record(env), store, token=token, clock=clock)
            ledger._hold(Path(path))
        ledger._named = store
        ledger._beside = Beside(path)
        ledger._file = StoreFile(Path(path))
        return ledger

    def _hold(self, file: Path) -> None:
        # Also let go of when nobody closes it: the connections go the same way then.
        self._let_go = weakref.finalize(self, hold_open(file))

    @classmethod
    def begin(cls, store: str, *, clock: Clock = now) -> Ledger:
        """The ledger in a file; where there is no record yet, it is made with the first act.

        Who never comes to that act leaves nothing behind. Raises as `open`.
        """
        if at_server(store) or not store_at(store, create=True)[1]:
            return cls.open(store, clock=clock)
        ledger = cls.open(None, clock=clock)
        ledger._where = ledger._to_come = store
        return ledger

    @classmethod
    def _at_server(cls, store: str, env: dict[str, str], token: str, clock: Clock) -> Ledger:
        address = address_of(store)
        with driver_for(address):
            from negotiation.ledger import server
        env |= {"PERSISTENCE_MODULE": "negotiation.ledger.in_postgres", "STORE": store}
        ledger = cls(_Record(env), store, token=token, clock=clock)
        recorder = cast("PostgresRecorder", ledger._record.recorder)
        ledger._named, ledger._beside = store, recorder
        try:
            with said(store), recorder.connection() as connection:
                if not server.judge(connection, address):
                    raise server.no_tables(address)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def shown(self, token: str) -> Ledger:
        """The same store, as whoever shows this token finds it; both let go of it together."""
        other = Ledger(self._record, self._where, token=token, clock=self._door.clock)
        other._beside, other._named, other._file = self._beside, self._named, self._file
        return other

    def negotiations(self) -> tuple[str, ...]:
        """The ids of the negotiations in the store that one is let in to, in order of opening.

        Raises `NotAdmitted` where there are some, and one is let in to none of them.
        """
        with said(self._where):
            return self._door.open_to(self._store.negotiations())

    @property
    def at_home(self) -> bool:
        """Whether nobody is asked who it is, and everything is seen."""
        return self._door.at_home()

    def check_begins(self) -> None:
        """Raise `NotAdmitted` for whoever may not begin a record in this store."""
        self._door.check_begins()

    def admission(self, negotiation: str) -> Admission:
        """Who reads and writes a negotiation here; raises `NotAdmitted` for whoever may not."""
        return self._door.admission(negotiation)

    def all_of_it(self, negotiation: str, what: str) -> None:
        """Raise `NotAdmitted` for whoever does not see everything of a negotiation."""
        self._door.all_of_it(negotiation, what)

    def head(self, negotiation: str) -> int:
        """The number of the last entry; 0 where there is none."""
        self._door.let_in(negotiation)
        with said(self._where):
            return self._store.head(negotiation)

    def position_at(self, negotiation: str, at: dt.datetime) -> int:
        """The last entry written not later than this time; 0 where there is none.

        Goes by the commit index, whose clock never runs backwards.
        """
        self._door.let_in(negotiation)
        with said(self._where):
            return self._store.position_at(negotiation, microseconds(at))

    def entries(self, negotiation: str, after: int = 0) -> list[Entry]:
        """The entries with a higher number than ``after``, in order; `RecordDamaged` on a hole."""
        # Whoever reads may find another record than the one that was appended to.
        self._ends.pop(negotiation, None)
        return self._door.read(negotiation, after)

    def extracts(self, negotiation: str) -> Extracts:
        """Extracts of a record, for whoever sees all of it."""
        self._door.all_of_it(negotiation, "A record is read piece by piece as it lies in the store")
        from negotiation.ledger.extracts import Extracts

        return Extracts(self._store, self._where, negotiation)

    def append(self, negotiation: str, entries: Sequence[Entry]) -> None:
        """Writes the entries of one or several whole acts: all of them on disk, or none.

        Raises `RecordMoved` when they do not follow the last entry, `ActKnown` when one of the acts
        is on the record already, and `ValueError` when they do not follow one another.
        """
        if not entries:
            return
        if self._to_come:
            self._come(negotiation, entries)
            return
        entries = self._door.checked(negotiation, entries)
        # Whoever only reads does without what hashes.
        from negotiation.ledger.seals import ORIGIN, Chain

        append = append_of(negotiation, entries)
        if not self.there():
            # The file is still open here, and takes what nobody else would ever see.
            raise StoreError(
                f"{self._where} was moved or deleted, or another file took its place; nothing was "
                "written. Put it back under its name, or open what lies there now."
            )
        with said(self._where):
            # Read outside of the transaction: when somebody writes meanwhile, the store refuses.
            chain = Chain(self._seal(negotiation, append.first - 1) or ORIGIN)
            lines = [Line(*chain.take(row)) for row in rows_of(append, entries)]
            # Not `save`: it asks each line whether it is an aggregate, at a third of the price of
            # an append, and then takes snapshots, of which there are none here.
            try:
                self._record.events.put(lines, append=append)
            except OutOfStep as fault:
                self._doubt(negotiation, fault)
                raise
        self._ends[negotiation] = (entries[-1].number, chain.seal)

    def _doubt(self, negotiation: str, fault: OutOfStep) -> None:
        """Raise where the rows of a stream say otherwise than what the store looks it up in."""
        with self._store.stretch(negotiation, 0) as stretch:
            laid = [version for stream, version, *_ in stretch.rows if stream == fault.stream]
        if max(laid, default=0) == fault.known:
            raise RecordDamaged(
                f"{self._where} is damaged: its index does not say of {fault.stream} what its rows "
                "say, and nothing was written. Go back to a copy of the store."
            ) from fault

    def seal(self, negotiation: str, number: int) -> str:
        """The seal of an entry, which stands for the record up to it; empty where there is none.

        Where the entry was written without a seal, it is the one that it would carry.
        """
        self._door.let_in(negotiation)
        with said(self._where):
            return self._seal(negotiation, number) or ""

    def _seal(self, negotiation: str, number: int) -> str | None:
        from negotiation.ledger.seals import ORIGIN, end_of_chain

        if number < 1:
            return ORIGIN
        known, seal = self._ends.get(negotiation, (0, ""))
        if known == number:
            return seal
        with self._store.stretch(negotiation, number - 1) as stretch:
            found = end_of_chain(stretch.rows, stretch.first, number, None)
        if found is None:
            # Written without seals, by an earlier version: the chain begins with the record.
            with self._store.stretch(negotiation, 0) as stretch:
                found = end_of_chain(stretch.rows, stretch.first, number, ORIGIN)
        return found

    def walked(self, negotiation: str) -> Walked:
        """The record as it lies in the store, walked row by row: the first fault, if any."""
        from negotiation.ledger.walk import walk

        self._door.let_in(negotiation)
        with said(self._where), self._store.laid(negotiation) as laid:
            return walk(laid)

    def file_checked(self) -> tuple[int, str]:
        """How many pages the file has, and what is wrong with them; 0 where there is no file."""
        if self._file is None:
            return 0, ""
        with said(self._where):
            return checked(self._file.path)

    def _come(self, negotiation: str, entries: Sequence[Entry]) -> None:
        """Make the file, with the first act in it or not at all."""
        path = Path(self._to_come)
        was = path.exists()
        try:
            made = Ledger.open(self._to_come, clock=self._door.clock)
            try:
                made.append(negotiation, entries)
            except BaseException:
                was = was or bool(made.negotiations())
                made.close()
                raise
        except BaseException:
            if not was:
                for part in ("", "-wal", "-shm", "-journal"):
                    Path(f"{path}{part}").unlink(missing_ok=True)
            raise
        self._record.close()
        self._record, self._store = made._record, made._store
        self._beside, self._file, self._to_come = made._beside, made._file, ""
        self._named, self._ends, self._door = made._named, made._ends, made._door
        # Held by this ledger before the one that made it lets go.
        self._hold(path)
        made._let_go()

    def changed(self, negotiation: str = "") -> bool:
        """Whether anybody wrote since this was last asked, oneself included; yes, the first time.

        With a negotiation, whether to its record; then yes may be said of another's, too. Cheap
        enough to ask a hundred times in a second.
        """
        with said(self._where):
            return self._store.changed(negotiation)

    def kept(self, negotiation: str, name: str) -> dict[str, object]:
        """A note beside the record; empty when there is none, or none that is for the reader."""
        if not self._door.may_read_note(negotiation, name):
            return {}
        return self._beside.kept(negotiation, name)

    def keep(self, negotiation: str, name: str, facts: Mapping[str, object]) -> None:
        """Write a note beside the record; it is no part of it, and only the chair's."""
        if self._door.may_keep_note(negotiation):
            self._beside.keep(negotiation, name, facts)

    def there(self) -> bool:
        """Whether the store still stands under its name: one taken away can be read for long."""
        return self._file is None or self._file.there()

    def again(self) -> Ledger:
        """The store that lies under the name now, opened anew; this one stays open.

        A store in memory is its own and cannot be replaced.
        """
        if self._named is None:
            return self
        opened = Ledger.open(self._named, create=False, clock=self._door.clock)
        opened._door.goes_on(self._door)
        return opened

    @property
    def path(self) -> Path | None:
        """The file of the store; ``None`` where it is in no file."""
        return None if self._file is None else self._file.path

    def looks(self) -> tuple[int, int]:
        """Time and size of the store's file; they change when its log is emptied into it.

        They also do when somebody writes over the file from outside, which `changed` cannot see.
        """
        return (0, 0) if self._file is None else self._file.looks()

    def fingerprint(self, negotiation: str, rows: int | None = None) -> tuple[int, str]:
        """How many rows a record has, and a hash over their bytes, in order.

        With ``rows`` over no more than so many from the beginning. Two stores with the same rows
        hold the same record, whatever kind they are.
        """
        self.all_of_it(negotiation, "A fingerprint is over every byte of a record")
        digest, count = hashlib.sha256(), 0
        with said(self._where), self._store.stretch(negotiation, 0) as stretch:
            for stream, version, name, state in islice(stretch.rows, rows):
                for part in (stream, version, name, state):
                    # Whoever wrote into the file by other means may have left text for bytes.
                    plain = part if isinstance(part, bytes) else str(part).encode()
                    # With its length before it, no byte can pass from one part into the next.
                    digest.update(b"%d:%s" % (len(plain), plain))
                count += 1
        return count, digest.hexdigest()

    def close(self) -> None:
        """Lets go of the store."""
        self._record.close()
        self._let_go()
