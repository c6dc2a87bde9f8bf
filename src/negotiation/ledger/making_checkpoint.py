"""Writes a checkpoint: the record walked once, entry by entry, with only its present in memory.

It goes on from an earlier checkpoint where there is one. The file takes its name when it is whole;
whoever cannot write it does without.
"""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zlib import crc32

import attrs
import msgspec

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.ledger.checkpoint import (
    GROUP,
    KEY,
    MAGIC,
    Ref,
    Refs,
    Root,
    beginning_of,
    folded_by,
    trailer_of,
)
from negotiation.ledger.extracts import Extracts
from negotiation.ledger.faults import StoreError
from negotiation.ledger.kept_states import packed_clause, packed_lines, packed_negotiation
from negotiation.ledger.reading import without_collector

if TYPE_CHECKING:
    from negotiation.ledger.kept_past import KeptPast

_ABANDONED = 600
"""Seconds after which a half-written file is nobody's any more."""


def make_checkpoint(path: Path, store: Path, extracts: Extracts, earlier: KeptPast | None) -> bool:
    """Writes the record as it is now, folded; whether there is a new checkpoint.

    A folder that is read-only, a full disk, another process at the same work or an earlier
    checkpoint that is damaged are no faults: the record opens without. Raises a `StoreError` for
    one that cannot be read.
    """
    try:
        with _taking_its_name(path, store) as file:
            making = _Making(file, extracts.negotiation, earlier)
            seal = ""
            with extracts.sealed(making.head) as entries, without_collector():
                for entry, carried in entries:
                    making.add(entry)
                    making.seals.append(beginning_of(carried))
                    seal = carried
            if not seal:
                # Nothing in the store would stand for the record up to here.
                raise _Unsealed
            making.finish(seal)
    except StoreError:
        raise
    except Exception:
        # Whoever folds the record in memory meets its faults, where they are its own.
        return False
    return True


class _Unsealed(Exception):
    """The last entry carries no seal, or there is none."""


@contextmanager
def _taking_its_name(path: Path, store: Path) -> Iterator[BinaryIO]:
    """A new file, which takes the place of the old one when it is whole, and else is gone."""
    name = f"{path}.tmp"
    with suppress(OSError):
        if time.time() - os.stat(name).st_mtime > _ABANDONED:
            os.unlink(name)
    number = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(number, "wb", buffering=1 << 20) as file:
            yield file
        # It holds what the store holds: whoever may read that may read this.
        os.chmod(name, store.stat().st_mode & 0o666)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


@attrs.define
class _Course:
    """One clause, or the negotiation: what of it is written, and how it stands."""

    positions: array[int] = attrs.field(factory=lambda: array("I"))
    keys: list[Ref] = attrs.field(factory=list)
    groups: list[Ref] = attrs.field(factory=list)
    last: Ref | None = None
    """The last state, where nothing changed it since it was written."""
    open: list[str] | None = attrs.field(factory=list)
    """The lines that are not written yet; ``None`` where they stand in an earlier checkpoint."""


class _Making:
    def __init__(self, file: BinaryIO, negotiation: str, earlier: KeptPast | None) -> None:
        self._file, self._id, self._earlier = file, negotiation, earlier
        self._offset = 0
        self._courses: dict[str, _Course] = {"": _Course()}
        self._states: dict[str, Clause] = {}
        self._whole: Negotiation | None = None
        self.head = 0
        self.seals = array("Q")
        self._acts = array("I")
        self._act = ""
        if earlier is None:
            self._raw(MAGIC)
            return
        self._offset = earlier.copy_into(file)
        self.head = earlier.head
        self.seals = earlier.seals()
        self._acts = array("I", earlier.acts_counted())
        for clause, (positions, keys, groups, last) in earlier.courses():
            self._courses[clause] = _Course(positions, keys, groups, last, None)

    def _raw(self, content: bytes) -> None:
        self._file.write(content)
        self._offset += len(content)

    def _piece(self, content: bytes) -> Ref:
        ref = Ref(self._offset, len(content), crc32(content))
        self._raw(content)
        return ref

    def add(self, entry: Entry) -> None:
        """Folds one entry, and writes what is whole."""
        self.head = entry.number
        # A checkpoint ends with an act: what is behind it is another one.
        self._acts.append((self._acts[-1] if self._acts else 0) + (entry.act.id != self._act))
        self._act = entry.act.id
        clause = entry.clause
        course = self._courses.get(clause)
        if course is None:
            course = self._courses[clause] = _Course()
        rank = len(course.positions)
        course.positions.append(entry.number)
        course.last = None
        if not clause:
            self._whole = evolve_negotiation(self._negotiation(), entry.number, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
            if rank % KEY == 0:
                course.last = self._piece(packed_negotiation(self._whole))
                course.keys.append(course.last)
            return
        before = self._clause(clause) if rank else None
        state = evolve(before, entry.number, clause, entry.event)  # type: ignore[arg-type]  # as above
        self._states[clause] = state
        if rank % KEY == 0:
            course.last = self._piece(packed_clause(state))
            course.keys.append(course.last)
        self._line(clause, course, rank, state.line)

    def _negotiation(self) -> Negotiation:
        if self._whole is None:
            earlier = self._earlier
            self._whole = (
                Negotiation(self._id) if earlier is None else earlier.negotiation(earlier.head)
            )
        return self._whole

    def _clause(self, clause: str) -> Clause | None:
        state = self._states.get(clause)
        if state is None and self._earlier is not None:
            return self._earlier.clause(clause, self._earlier.head)
        return state

    def _line(self, clause: str, course: _Course, rank: int, line: str) -> None:
        if course.open is None:
            course.open = []
            if rank % GROUP:
                # The last group was written before it was full; it is written again.
                assert self._earlier is not None
                course.open = self._earlier.last_group(clause)
                course.groups.pop()
        course.open.append(line)
        if len(course.open) == GROUP:
            course.groups.append(self._piece(packed_lines(course.open)))
            course.open = []

    def finish(self, seal: str) -> None:
        """Writes what is left, and where everything is."""
        whole = self._negotiation()
        for clause, course in self._courses.items():
            if course.open:
                course.groups.append(self._piece(packed_lines(course.open)))
            if course.last is None:
                state = self._states.get(clause)
                packed = packed_clause(state) if state is not None else packed_negotiation(whole)
                course.last = self._piece(packed)
        pieces_end = self._offset
        courses = list(self._courses.values())
        root = Root(
            folded_by(),
            self._id,
            self.head,
            seal,
            list(self._courses),
            array("I", [len(one.positions) for one in courses]).tobytes(),
            self._piece(b"".join(one.positions.tobytes() for one in courses)),
            self._refs(ref for one in courses for ref in one.keys),
            self._refs(one.last for one in courses if one.last is not None),
            self._refs(ref for one in courses for ref in one.groups),
            self._piece(self._text(whole)),
            self._piece(self._acts.tobytes()),
            self._piece(self.seals.tobytes()),
            pieces_end,
        )
        kept = msgspec.msgpack.encode(root)
        offset = self._offset
        self._raw(kept)
        self._raw(trailer_of(offset, kept))

    def _refs(self, refs: Iterable[Ref]) -> Ref:
        rows = Refs()
        rows.add(refs)
        return self._piece(rows.packed())

    def _text(self, whole: Negotiation) -> bytes:
        ids = [one.clause for one in whole.order if one.clause in self._courses]
        return msgspec.msgpack.encode((ids, [self._standing(one) for one in ids]))

    def _standing(self, clause: str) -> str:
        state = self._states.get(clause)
        if state is not None:
            return state.line
        assert self._earlier is not None
        return self._earlier.line(clause, self._earlier.head)
