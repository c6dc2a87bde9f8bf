"""The file beside a store that holds a long record folded: pieces with checksums, and a root.

It is derived and may be thrown away at any time (docs/decisions/0021). A file that is missing, cut
off, damaged, of another record, of an earlier copy or by another version of the program is no
checkpoint; whoever finds one of its pieces damaged later folds the record itself.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import os
import stat
import sys
import threading
import zlib
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from negotiation.ledger import long_records
from negotiation.ledger.kept_states import Unkept

MAGIC = b"negotiation checkpoint 1\n"
_END = b"checkpoint ends\n"
_TRAILER = 16 + 32 + len(_END)
KEY = 32
"""Every so manieth state of a clause is kept whole."""
GROUP = 8
"""Lines of one clause that are kept together."""
_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")

FOLDED_BY = (
    *("text.passage", "text.edit", "text.places", "text.search"),
    *("domain.clause", "domain.negotiation", "domain.terms", "domain.people", "domain.order"),
    *("domain.events", "domain.entries", "domain.evolve", "domain.wording"),
    *("ledger.names", "ledger.upcasts", "ledger.codec"),
    *("ledger.kept_states", "ledger.checkpoint", "ledger.making_checkpoint"),
)
"""The modules that make a state of a row of the store; other ones may make another."""


class Ref(NamedTuple):
    """Where a piece lies, and its checksum."""

    offset: int
    length: int
    check: int


class Root(msgspec.Struct, array_like=True, frozen=True):
    """What a checkpoint is of, and where its pieces are."""

    folded_by: str
    negotiation: str
    head: int
    """The last entry that is folded in."""
    seal: str
    """What that entry carries: it stands for the record up to it."""
    clauses: list[str]
    """By place; the first, without a name, is the negotiation itself."""
    counts: bytes
    """How many entries are on each."""
    positions: Ref
    """The numbers of those entries, clause by clause."""
    keys: Ref
    """Where every so manieth state of each lies, clause by clause."""
    lasts: Ref
    """Where the last state of each lies."""
    groups: Ref
    """Where the lines of each lie, some to a group, clause by clause."""
    text: Ref
    """The clauses of the text at the head, and their lines."""
    acts: Ref
    """For every entry, how many acts were made up to it."""
    seals: Ref
    """The beginning of the seal that each entry carries."""
    pieces_end: int
    """Where the states and the lines end: what is behind is made anew when a file is extended."""


_root = msgspec.msgpack.Decoder(Root).decode


@functools.cache
def folded_by() -> str:
    """A hash of the program, as far as it folds; empty where that cannot be told.

    A number that somebody has to raise would be forgotten once. Source that was changed since the
    program began is not what runs.
    """
    digest = hashlib.sha256(f"{sys.byteorder} {array('I').itemsize}".encode())
    try:
        for name in FOLDED_BY:
            module = importlib.import_module(f"negotiation.{name}")
            path = Path(str(module.__file__))
            if path.stat().st_ctime > long_records.BEGAN:
                return ""
            source = path.read_bytes()
            digest.update(b"%d:%b" % (len(source), source))
    except OSError:
        return ""
    return digest.hexdigest()


def path_of(store: Path | None, negotiation: str) -> Path | None:
    """Where the checkpoint of a negotiation is; ``None`` where it can have none."""
    if store is None or not 0 < len(negotiation) <= 64 or not _NAME.issuperset(negotiation):
        return None
    return Path(f"{os.path.realpath(store)}.{negotiation}.checkpoint")


class CheckpointFile:
    """An open checkpoint. Whatever is not as it was written raises `Unkept` or `OSError`."""

    def __init__(self, path: Path) -> None:
        """The file at this path, with its root read."""
        # Opening a pipe would wait for its writer.
        self._number = -1
        self._number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        self._lock = threading.Lock()
        try:
            self.root = self._read_root()
        except BaseException:
            self.close()
            raise

    def _read_root(self) -> Root:
        found = os.fstat(self._number)
        self._size = found.st_size
        if not stat.S_ISREG(found.st_mode) or found.st_size < len(MAGIC) + _TRAILER:
            raise Unkept("no checkpoint")
        trailer = self._bytes(found.st_size - _TRAILER, _TRAILER)
        if self._bytes(0, len(MAGIC)) != MAGIC or trailer[48:] != _END:
            raise Unkept("no checkpoint")
        offset, length = int.from_bytes(trailer[:8], "big"), int.from_bytes(trailer[8:16], "big")
        kept = self._bytes(offset, length)
        if hashlib.sha256(kept).digest() != trailer[16:48]:
            raise Unkept("another root")
        return _root(kept)

    def _bytes(self, offset: int, length: int) -> bytes:
        if length > self._size:
            raise Unkept("longer than the file")
        if hasattr(os, "pread"):
            found = os.pread(self._number, length, offset)
        else:
            with self._lock:
                os.lseek(self._number, offset, os.SEEK_SET)
                found = os.read(self._number, length)
        if len(found) != length:
            raise Unkept("cut off")
        return found

    def piece(self, ref: Ref) -> bytes:
        """A piece, as it was written."""
        found = self._bytes(ref.offset, ref.length)
        if zlib.crc32(found) != ref.check:
            raise Unkept("another piece")
        return found

    def copy_into(self, file: BinaryIO, end: int) -> None:
        """Writes the bytes up to a place; none of them is looked at, each has its checksum."""
        for offset in range(0, end, _AT_ONCE):
            file.write(self._bytes(offset, min(_AT_ONCE, end - offset)))

    def close(self) -> None:
        """Lets go of the file; what is asked afterwards cannot be read."""
        number, self._number = self._number, -1
        if number >= 0:
            os.close(number)

    def __del__(self) -> None:
        # A timeline has no end of its own: whoever forgets one forgets its file with it.
        self.close()


_BINARY = getattr(os, "O_BINARY", 0)
_AT_ONCE = 1 << 20


class Refs:
    """Many places of pieces, in three rows of numbers."""

    def __init__(self, kept: bytes = b"") -> None:
        """Those that were packed."""
        count = len(kept) // 16
        if len(kept) != count * 16:
            raise Unkept("no places")
        self._offsets, self._lengths, self._checks = array("Q"), array("I"), array("I")
        self._offsets.frombytes(kept[: count * 8])
        self._lengths.frombytes(kept[count * 8 : count * 12])
        self._checks.frombytes(kept[count * 12 :])

    def __len__(self) -> int:
        return len(self._offsets)

    def __getitem__(self, at: int) -> Ref:
        return Ref(self._offsets[at], self._lengths[at], self._checks[at])

    def add(self, refs: Iterable[Ref]) -> None:
        """Further places behind these."""
        for ref in refs:
            self._offsets.append(ref.offset)
            self._lengths.append(ref.length)
            self._checks.append(ref.check)

    def packed(self) -> bytes:
        """All of them as bytes."""
        return self._offsets.tobytes() + self._lengths.tobytes() + self._checks.tobytes()


def beginning_of(seal: str) -> int:
    """Eight bytes of a seal, enough to tell one record from another; 0 where there is none."""
    return int(seal[:16] or "0", 16)


def trailer_of(offset: int, root: bytes) -> bytes:
    """What ends a file: where its root lies, and the hash of that."""
    place = offset.to_bytes(8, "big") + len(root).to_bytes(8, "big")
    return place + hashlib.sha256(root).digest() + _END
