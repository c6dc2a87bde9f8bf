"""Copies of a store while it is in use, and the way back; each is read again before it counts.

SQLite's own online copy does the work: it sees one moment of the record, holds up nobody who
writes, and when a copy is put back, whoever has the store open sees that as one change. A copy is
one file, without a log beside it. What lies on a server is carried row by row (`carrying`), which
is also the way from one kind of store to the other.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import attrs

from negotiation.ledger.address import at_server, named
from negotiation.ledger.faults import NoRecord, NotAdmitted, NotOurs, RecordDamaged, StoreError
from negotiation.ledger.ledger import Ledger
from negotiation.ledger.opening import said, store_at

_PATIENCE = 30
"""Seconds to wait for whoever is writing into the store that a copy is put back into."""
_HALF_DONE = 3600
"""Seconds after which a copy that nobody wrote into was given up."""


class InTheWay(StoreError):
    """Something lies already where a copy or a store is to be."""


@attrs.frozen
class Held:
    """One record of a store, as it can be compared with that of another."""

    negotiation: str
    head: int
    rows: int
    fingerprint: str
    """A hash over the bytes of all rows, in order."""


def held(ledger: Ledger) -> tuple[Held, ...]:
    """The records of a store, in order of opening."""
    return tuple(
        Held(one, ledger.head(one), *ledger.fingerprint(one)) for one in ledger.negotiations()
    )


def back_up(store: str, copy: str, *, over: bool = False) -> tuple[Held, ...]:
    """Copies a store into a file, while others go on writing; answers what the copy holds.

    The file is there only when the copy was read again and is the same, byte for byte of its rows;
    ``over`` lets it take the place of another file.
    """
    _is_a_file(copy)
    target = Path(copy).absolute()
    with closing(Ledger.open(store, create=False)) as ledger:
        _for_all_to_see(ledger)
        if target.exists() and not at_server(store) and os.path.samefile(target, store):
            raise InTheWay(f"{copy} is the store itself; name another file for the copy.")
        if target.exists() and not over:
            raise InTheWay(f"{copy} is there already; name another file, or say --force.")
        with said(copy), _beside(target) as made:
            if at_server(store):
                from negotiation.ledger.carrying import fetch

                with said(store):
                    fetch(store, made)
            else:
                _copied(Path(store), made)
            found = _the_same(made, copy, ledger, of=store)
            _put(made, target, like=None if at_server(store) else Path(store))
    return found


def restore(copy: str, store: str, *, over: bool = False) -> tuple[tuple[Held, ...], str]:
    """Makes a store hold what a copy holds; answers what that is, and where the former store went.

    Where there is no store yet, it is made. With ``over`` a store that is there, in use or not, is
    first copied to a file beside it, then changed in one piece. On a server the tables must stand
    and be empty, whatever ``over`` says: what is recorded there is not taken away. Raises a
    `StoreError` for a file that is no record, with the store as it was.
    """
    _is_a_file(copy)
    if not Path(copy).exists():
        raise NoRecord(f"There is no file {copy}; check the name.")
    if at_server(store):
        return _onto_a_server(copy, store), ""
    target = Path(store).absolute()
    if target.exists():
        if os.path.samefile(copy, store):
            raise InTheWay(f"{copy} is the store itself; there is nothing to put back.")
        if not over:
            raise InTheWay(
                f"{store} is there already; name a new file with --store, or say --force to put "
                "the copy in its place."
            )
    with said(store), _beside(target) as made:
        _fetched(copy, made)
        with _under_its_name(made, copy), closing(Ledger.open(str(made), create=False)) as source:
            _for_all_to_see(source)
            if not target.exists():
                found = _the_same(made, store, source)
            else:
                former = _out_of_the_way(store, target)
                _copied(made, target)
                return _the_same(store, store, source), former
        _put(made, target, like=Path(copy))
    return found, ""


def _for_all_to_see(ledger: Ledger) -> None:
    for one in ledger.negotiations():
        ledger.all_of_it(one, "A copy holds everything")


def _out_of_the_way(store: str, target: Path) -> str:
    """Copies what a store holds to a file beside it, or moves it there where it is damaged."""
    number = 1
    while (former := Path(f"{target}.replaced-{number}")).exists():
        number += 1
    try:
        back_up(store, str(former))
    except NoRecord:
        return ""
    except (NotOurs, RecordDamaged):
        # Damage to its beginning makes a record look like no record at all.
        if target.is_dir():
            raise
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.rename(f"{target}{end}", f"{former}{end}")
    return str(former)


def _onto_a_server(copy: str, store: str) -> tuple[Held, ...]:
    # First of all, so that a server that is down is said before anything is copied.
    with closing(Ledger.open(store, create=False)) as ledger:
        if not ledger.at_home:
            raise NotAdmitted(
                f"A store is put onto {named(store)} by whoever owns its tables and shows no token."
            )
    with _apart() as made:
        from negotiation.ledger.carrying import lay

        with said(copy):
            _fetched(copy, made)
        with _under_its_name(made, copy), closing(Ledger.open(str(made), create=False)) as source:
            for one in source.negotiations():
                source.entries(one)
            with said(store):
                lay(made, store)
            return _the_same(store, named(store), source)


@contextmanager
def _apart() -> Iterator[Path]:
    """A file of its own, far from any store, that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="negotiation-") as folder:
        yield Path(folder, "copy.db")


def _is_a_file(copy: str) -> None:
    if at_server(copy):
        raise StoreError(
            f"A copy is a file, and {named(copy)} is on a server; name a file, and the server "
            "with --store."
        )


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file of its own in the same folder, that is gone afterwards unless it was renamed."""
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder {target.parent}; make it first, or name another.")
    _clear(target)
    number, name = tempfile.mkstemp(".part", f"{target.name}.", target.parent)
    os.close(number)
    try:
        yield Path(name)
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{name}{end}")


def _clear(target: Path) -> None:
    """Takes away what copies that were killed left here; a younger one may still be written."""
    ours = re.compile(rf"{re.escape(target.name)}\.[a-z0-9_]{{8}}\.part(-journal|-wal|-shm)?")
    with suppress(OSError):
        for one in target.parent.iterdir():
            if ours.fullmatch(one.name) and time.time() - one.stat().st_mtime > _HALF_DONE:
                one.unlink()


def _copied(source: Path, target: Path) -> None:
    """Copies one moment of a store into a file or over another store, in one piece."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reads,
        closing(sqlite3.connect(target, timeout=_PATIENCE, isolation_level=None)) as writes,
    ):
        writes.execute("PRAGMA synchronous=FULL")
        reads.backup(writes)


def _fetched(copy: str, made: Path) -> None:
    """Brings a copy beside the store; it may lie where nobody may write, so it is only read."""
    log = Path(f"{copy}-wal")
    if log.exists() and log.stat().st_size:
        # No copy of ours but a store in use, or one that was left in the middle of something.
        store_at(copy, create=False)
        _copied(Path(copy), made)
    else:
        shutil.copyfile(copy, made)


@contextmanager
def _under_its_name(made: str | Path, called: str) -> Iterator[None]:
    """Names a file of ours in what is said of it as who gave it to us calls it."""
    try:
        yield
    except StoreError as fault:
        raise type(fault)(str(fault).replace(str(made), called)) from fault


def _put(made: Path, target: Path, *, like: Path | None) -> None:
    """Gives a finished copy its name; whoever may read the one may read the other."""
    os.chmod(made, (like.stat().st_mode & 0o666 if like is not None else 0) | 0o600)
    os.replace(made, target)


def _the_same(made: str | Path, called: str, source: Ledger, *, of: str = "") -> tuple[Held, ...]:
    """What the copy holds, once it is known to be what its source holds or held a moment ago.

    A copy has the damage of its source, whose name is ``of``.
    """
    with (
        _under_its_name(made, of or called),
        closing(Ledger.open(str(made), create=False)) as ledger,
    ):
        found = held(ledger)
        for one in found:
            # Read as well as counted: a copy of something damaged is no copy to rely on.
            ledger.entries(one.negotiation)
    for one in found:
        # The source may have grown since; then its beginning is what was copied.
        if source.fingerprint(one.negotiation, one.rows) != (one.rows, one.fingerprint):
            raise RecordDamaged(
                f"The copy {called} is not what its source holds ({one.negotiation}, up to entry "
                f"{one.head}); check the disk, then try again."
            )
    return found
