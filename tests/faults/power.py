"""A disk that loses its power: what was written since the last sync may be there, or not, or half.

The writes of a program are read off the calls that it makes (`traced`, with strace), or off the log
that SQLite leaves (`told_by_log`, anywhere). Either way a `Disk` plays them to any point and then
pulls the plug.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

import attrs

SECTOR = 512
"""What a disk writes in one piece."""


@attrs.frozen
class Write:
    """Bytes into a file."""

    file: str
    offset: int
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class Cut:
    """A file made this long."""

    file: str
    size: int


@attrs.frozen
class Gone:
    """A file taken away."""

    file: str


@attrs.frozen
class Sync:
    """What a file holds is on the disk from here on."""

    file: str
    """Empty for the folder: that a file is gone is kept there."""


@attrs.frozen
class Said:
    """An act was acknowledged: the program said so to somebody."""

    entries: int


Op: TypeAlias = Write | Cut | Gone | Sync | Said


class Disk:
    """Files as they are in memory, what of them is on the disk for certain, and what is not."""

    def __init__(self) -> None:
        self.files: dict[str, bytearray] = {}
        self._synced: dict[str, bytes] = {}
        self._loose: list[Op] = []
        self.said = 0
        """The entries that were acknowledged."""

    def play(self, op: Op) -> None:
        """One thing that the program does."""
        match op:
            case Said():
                self.said = op.entries
            case Sync(""):
                for one in self._loose:
                    if isinstance(one, Gone):
                        self._synced.pop(one.file, None)
                self._loose = [one for one in self._loose if not isinstance(one, Gone)]
            case Sync():
                self._synced[op.file] = bytes(self.files.get(op.file, b""))
                self._loose = [one for one in self._loose if getattr(one, "file", "") != op.file]
            case _:
                done(op, self.files)
                self._loose.append(op)

    def without_power(self, chance: Random) -> dict[str, bytes]:
        """The files after a cut: what was not synced is there, in part, as zeros, or not at all."""
        files = {name: bytearray(content) for name, content in self._synced.items()}
        for op in self._loose:
            fate = chance.randrange(4)
            if fate == 0:
                continue
            if isinstance(op, Write) and fate > 1:
                done(torn(op, chance, zeros=fate == 2), files)
            else:
                done(op, files)
        return {name: bytes(content) for name, content in files.items()}


def done(op: Op, files: dict[str, bytearray]) -> None:
    """What a call does to the files."""
    match op:
        case Write():
            content = files.setdefault(op.file, bytearray())
            content.extend(bytes(max(0, op.offset - len(content))))
            content[op.offset : op.offset + len(op.content)] = op.content
        case Cut():
            content = files.setdefault(op.file, bytearray())
            content.extend(bytes(max(0, op.size - len(content))))
            del content[op.size :]
        case Gone():
            files.pop(op.file, None)


def torn(op: Write, chance: Random, *, zeros: bool) -> Write:
    """A write of which only some sectors came to be; the place of the others is old or zeros."""
    sectors = [op.content[at : at + SECTOR] for at in range(0, len(op.content), SECTOR)]
    if zeros:
        kept = [one if chance.random() < 0.5 else bytes(len(one)) for one in sectors]
        return attrs.evolve(op, content=b"".join(kept))
    return attrs.evolve(op, content=b"".join(sectors[: chance.randrange(len(sectors) + 1)]))


def laid(files: dict[str, bytes], folder: Path) -> None:
    """The files in a folder, and no others there."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


# -- what a program writes, by its calls ----------------------------------------------------------

_CALL = re.compile(rb"^(?:\d+ +)?(\w+)\((.*?)\) += (-?\d+)", re.DOTALL)
_WRITTEN = re.compile(rb'^\d+<(.*?)>, "((?:\\x[0-9a-f]{2})*)", \d+(?:, (\d+))?$')
_FILE = re.compile(rb"^\d+<(.*?)>")


def traced(program: str, *arguments: str, store: Path) -> list[Op]:
    """The calls of a program that concern a store, with every byte; it says how far it came.

    Only the last one who closes a store takes its log away; it lies in a folder of its own.
    """
    out = store.with_name("calls")
    subprocess.run(
        [
            *("strace", "-f", "-y", "-xx", "-s", "100000", "-o", str(out)),
            *("-e", "trace=write,pwrite64,ftruncate,unlink,fsync,fdatasync"),
            *(sys.executable, "-c", program, *arguments),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=300,
    )
    ops = [op for line in out.read_bytes().splitlines() if (op := _op(line, store)) is not None]
    out.unlink()
    return ops


def _op(line: bytes, store: Path) -> Op | None:
    call = _CALL.match(line)
    if call is None or int(call[3]) < 0:
        return None
    name, said = call[1], call[2]
    if name == b"unlink":
        path = _plain(said.strip(b'"'))
        return Gone(path.name) if path.name.startswith(store.name) else None
    where = _FILE.match(said)
    if where is None:
        return None
    if name == b"write" and said.startswith(b"1<"):
        written = _WRITTEN.match(said)
        digits = _bytes(written[2]).split() if written is not None else []
        return Said(int(digits[-1])) if digits else None
    path = _plain(where[1])
    if path == store.parent and name in (b"fsync", b"fdatasync"):
        return Sync("")
    if not path.name.startswith(store.name) or path.name.endswith("-shm"):
        return None
    if name in (b"fsync", b"fdatasync"):
        return Sync(path.name)
    if name == b"ftruncate":
        return Cut(path.name, int(said.rsplit(b", ", 1)[1]))
    written = _WRITTEN.match(said)
    assert written is not None, said[:200]
    return Write(path.name, int(written[3] or 0), _bytes(written[2]))


def _bytes(said: bytes) -> bytes:
    return bytes.fromhex(said.replace(b"\\x", b"").decode())


def _plain(path: bytes) -> Path:
    return Path(_bytes(path).decode() if path.startswith(b"\\x") else path.decode())


# -- what a program wrote, by the log that it left ------------------------------------------------


def told_by_log(before: bytes, log: bytes, name: str, heads: Sequence[int]) -> list[Op]:
    """The writes that a log tells: head, frames, and a sync with every transaction that ends.

    ``before`` is the database when the log was begun, ``heads`` the last entry after each
    transaction that wrote one, beginning with the last ones of the log.
    """
    wal, size = f"{name}-wal", 24 + int.from_bytes(log[8:12], "big")
    ops: list[Op] = [Write(name, 0, before), Sync(name), Write(wal, 0, log[:32]), Sync(wal)]
    commits = [
        at for at in range(32, len(log), size) if int.from_bytes(log[at + 4 : at + 8], "big")
    ]
    acknowledged = dict(zip(reversed(commits), reversed(heads), strict=False))
    for at in range(32, len(log), size):
        ops += [Write(wal, at, log[at : at + 24]), Write(wal, at + 24, log[at + 24 : at + size])]
        if at in commits:
            ops.append(Sync(wal))
        if at in acknowledged:
            ops.append(Said(acknowledged[at]))
    return ops


def emptied_into(log: bytes, name: str) -> Iterable[Op]:
    """What SQLite does when it empties a log into the database: each page where it belongs."""
    page = int.from_bytes(log[8:12], "big")
    latest: dict[int, bytes] = {}
    for at in range(32, len(log), 24 + page):
        latest[int.from_bytes(log[at : at + 4], "big")] = log[at + 24 : at + 24 + page]
    for number in sorted(latest):
        yield Write(name, (number - 1) * page, latest[number])
    yield Sync(name)
