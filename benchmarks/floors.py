"""What no system can beat here and now: joining the strings, and waiting for the disk.

It leaves out every system. Both are measured in the same run as the systems, because they drift.
"""

import os
import sqlite3
from pathlib import Path

import attrs

from benchmarks.plan import kept_history, kept_plan
from benchmarks.reference import moments
from benchmarks.timing import Timing, clock, summed_up

# Enough places that the strings are not all in the processor's cache.
_PLACES = 400

_RECORD = bytes(range(32, 127)) * 4
RECORD = _RECORD[:300]


@attrs.frozen
class Floors:
    """Joining the clause strings of a text; a bare write and fdatasync; a SQLite commit."""

    join: Timing
    sync: Timing
    commit: Timing


def measure_floors(folder: Path) -> Floors:
    """All floors, for the history kept in the folder and the disk that the folder is on."""
    return Floors(
        join=joining(folder),
        sync=syncing(folder / "floor.log", 300),
        commit=committing(folder / "floor.sqlite", 300),
    )


def joining(folder: Path) -> Timing:
    """Join the clause strings of the whole text, at the positions that the systems are asked for.

    A wording that stands at several positions is one string, as it is in any store that shares.
    """
    places = kept_plan(folder).ats[:_PLACES]
    strings: dict[int, str] = {}
    kept = []
    at: dict[int, list[str]] = {}
    for position, moment in moments(kept_history(folder).loaded, places):
        kept.append(moment)
        at[position] = [
            strings.setdefault(id(words), " ".join(word for word, _ in words))
            for _, words in moment.clauses
        ]
    spent = []
    for position in places * 3:
        texts = at[position]
        began = clock()
        "\n".join(texts)
        spent.append((clock() - began) / 1_000)
    return summed_up(spent)


def syncing(file: Path, count: int) -> Timing:
    """Append a record of 300 bytes and wait until it is on disk."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    # Not everywhere is there a sync that leaves the times of the file alone.
    sync = getattr(os, "fdatasync", os.fsync)
    spent = []
    try:
        for _ in range(count):
            began = clock()
            os.write(handle, RECORD)
            sync(handle)
            spent.append((clock() - began) / 1_000)
    finally:
        os.close(handle)
    return summed_up(spent)


def committing(file: Path, count: int) -> Timing:
    """Insert a row of 300 bytes and commit, in WAL mode with full synchronisation."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE IF NOT EXISTS record (row BLOB)")
    spent = []
    for _ in range(count):
        began = clock()
        database.execute("INSERT INTO record VALUES (?)", (RECORD,))
        spent.append((clock() - began) / 1_000)
    database.close()
    return summed_up(spent)
