"""The chain over a record: every entry carries the hash of the one before it and its own bytes.

Hashed is what lies in the store, byte for byte, so that fields which nobody knows yet count as
well. The canonical form stands in `docs/record-format.md`; nothing here knows a kind of store. An
entry that was written without a seal is in the chain like any other: the next one that carries a
seal vouches for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import attrs

from negotiation.ledger.names import ACT
from negotiation.ledger.store import Row

ORIGIN = "0" * 64
"""What comes before the first entry of a negotiation."""

_LAST_FIELD = re.compile(rb',"seal":"([0-9a-f]{64})"\}\Z')


def following(seal: str, rows: Iterable[Row]) -> str:
    """The seal that comes after one: of the rows of the next entry, its act before it if new.

    Each part goes with its length: no two different stretches of rows are the same bytes.
    """
    hashed = hashlib.sha256()
    add = hashed.update
    add(_part(seal.encode()))
    for stream, version, name, state in rows:
        add(_part(stream.encode(errors="surrogateescape")))
        add(_part(str(version).encode()))
        add(_part(name.encode(errors="surrogateescape")))
        add(_part(state))
    return hashed.hexdigest()


def _part(content: bytes) -> bytes:
    return b"%d:%b," % (len(content), content)


def sealed(state: bytes, seal: str) -> bytes:
    """The stored object with its seal as the last field."""
    return b'%b,"seal":"%b"}' % (state[:-1], seal.encode())


def parted(state: bytes) -> tuple[bytes, str]:
    """The stored object as it was before it was sealed, and its seal; empty where it has none."""
    found = _LAST_FIELD.search(state, max(0, len(state) - 76))
    if found is None:
        return state, ""
    return state[: found.start()] + b"}", found[1].decode()


@attrs.define
class Chain:
    """A chain that goes on row by row, from the seal of the entry before."""

    seal: str = ORIGIN
    _open: list[Row] = attrs.field(factory=list)

    def take(self, row: Row) -> Row:
        """The row as it is stored: an entry with its seal, an act as it is."""
        stream, version, name, state = row
        self._open.append(row)
        if name == ACT:
            return row
        self.seal = following(self.seal, self._open)
        self._open.clear()
        return stream, version, name, sealed(state, self.seal)


def end_of_chain(rows: Iterable[Row], first: int, last: int, seal: str | None) -> str | None:
    """The seal of entry ``last`` in rows that begin with the act of entry ``first``.

    What is stored counts where the entry carries a seal; else the chain is followed through the
    rows, from ``seal`` before them, or not at all where that is ``None``. ``None`` as well where
    the rows end before.
    """
    number = first - 1
    held: list[Row] = []
    for stream, version, name, state in rows:
        bare, found = parted(state)
        if seal is not None:
            held.append((stream, version, name, bare))
        if name == ACT:
            continue
        number += 1
        if number == last and found:
            return found
        if seal is not None:
            seal = following(seal, held)
            held.clear()
        if number == last:
            return seal
    return None
