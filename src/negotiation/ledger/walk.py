"""A record walked row by row as it lies in the store: where it first goes wrong, and how.

It trusts nothing but the rows: no index, no class of ours, no folded state. The first place
counts; behind it nothing is known. Whoever may write the store can write a whole chain anew: that
shows only against a seal that somebody else holds, or that was signed.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence

import attrs
import msgspec

from negotiation.ledger.appending import microseconds
from negotiation.ledger.names import ACT
from negotiation.ledger.seals import ORIGIN, following, parted
from negotiation.ledger.store import Laid, PlacedRow, Row, Torn


class Tampering(enum.Enum):
    """What was done to a record."""

    ALTERED = "altered"
    REMOVED = "removed"
    REORDERED = "reordered"
    ADDED = "added"
    SEAL = "seal"
    """A seal was taken off or changed, or one that was recorded does not fit."""
    DAMAGED = "damaged"
    """The file of the store gives it back no more; nobody need have done that."""
    INDEX = "index"
    """The commit index says otherwise than the rows."""


@attrs.frozen
class Fault:
    """The first entry at which a record goes wrong, and how, as half a sentence."""

    entry: int
    how: Tampering
    why: str


@attrs.frozen
class Walked:
    """A record that was walked to its end, or to its first fault."""

    seals: tuple[str, ...]
    """Of every entry before the fault: the seal that it carries, or would carry."""
    sealed_from: int
    """The first entry that carries its seal; 0 where none does."""
    fault: Fault | None


class _EntryRow(msgspec.Struct, frozen=True, gc=False):
    number: int
    act: str


class _ActRow(msgspec.Struct, frozen=True, gc=False):
    id: str
    written: dt.datetime


_entry = msgspec.json.Decoder(_EntryRow).decode
_act = msgspec.json.Decoder(_ActRow).decode
_UNREADABLE = (msgspec.MsgspecError, ValueError, OverflowError, RecursionError)


@attrs.frozen
class _Group:
    """A row that is no act, and the acts right before it."""

    rows: tuple[Row, ...]
    """Without their seals."""
    places: tuple[int, ...]
    acts: tuple[_ActRow | None, ...]
    """``None`` for one that cannot be read."""
    number: int = 0
    """What the entry says that it is; 0 where it cannot be read."""
    act: str = ""
    seal: str = ""
    """The one that it carries."""
    ended: bool = False
    """Whether acts stand behind the last entry, and no entry behind them."""

    def follows(self, seal: str) -> bool:
        """Whether it carries the seal that comes after this one."""
        return bool(self.seal) and following(seal, self.rows) == self.seal


def _groups(rows: Iterable[PlacedRow]) -> Iterator[_Group]:
    held: list[Row] = []
    places: list[int] = []
    acts: list[_ActRow | None] = []
    for place, stream, version, name, stored in rows:
        state = _bytes(stored)
        places.append(place)
        if name == ACT:
            held.append((stream, version, name, state))
            acts.append(_read_act(state))
            continue
        bare, seal = parted(state)
        held.append((str(stream), version, str(name), bare))
        number, act = _read_entry(bare)
        yield _Group(tuple(held), tuple(places), tuple(acts), number, act, seal)
        held, places, acts = [], [], []
    if held:
        yield _Group(tuple(held), tuple(places), tuple(acts), ended=True)


def _bytes(stored: object) -> bytes:
    # Whoever writes into a store from outside may put anything where bytes belong.
    return stored if isinstance(stored, bytes) else str(stored).encode(errors="surrogateescape")


def _read_entry(state: bytes) -> tuple[int, str]:
    try:
        read = _entry(state)
    except _UNREADABLE:
        return 0, ""
    return read.number, read.act


def _read_act(state: bytes) -> _ActRow | None:
    try:
        read = _act(state)
        microseconds(read.written)
    except _UNREADABLE:
        return None
    return read


@attrs.define
class _Indexed:
    """An act as the commit index must have it."""

    last: int
    written: int
    low: int
    """The place before it is this one at least, and comes before ``high``."""
    high: int


@attrs.define
class _Walk:
    seals: list[str] = attrs.field(factory=list)
    sealed_from: int = 0
    index: list[_Indexed] = attrs.field(factory=list)
    act: str = ""
    place: int = 0

    @property
    def due(self) -> int:
        return len(self.seals) + 1

    @property
    def seal(self) -> str:
        return self.seals[-1] if self.seals else ORIGIN

    def fits(self, group: _Group) -> bool:
        """Whether a group is the next one; it is taken if so."""
        if group.ended or group.number != self.due or len(group.acts) > 1 or None in group.acts:
            return False
        fresh = group.acts[0] if group.acts else None
        act = fresh.id if fresh is not None else self.act
        if group.act != act or (fresh is not None and fresh.id == self.act):
            return False
        seal = following(self.seal, group.rows)
        if group.seal != seal and (group.seal or self.sealed_from):
            return False
        if fresh is not None:
            latest = self.index[-1].written if self.index else 0
            written = max(latest, microseconds(fresh.written))
            self.index.append(_Indexed(self.due, written, self.place, group.places[0]))
        self.index[-1].last = self.due
        if group.seal and not self.sealed_from:
            self.sealed_from = self.due
        self.act, self.place = act, group.places[-1]
        self.seals.append(seal)
        return True

    # -- what is wrong with a group that is not the next one --------------------------------------

    def judged(self, group: _Group, rest: Sequence[_Group], lasts: frozenset[int]) -> Fault:
        """What was done; by the commit index, these are the last entries of acts."""
        due, number = self.due, group.number
        after = rest[0] if rest and not rest[0].ended else None
        # The next one was sealed on what this one carries: this one is in its own place.
        kept = after is not None and bool(group.seal) and after.follows(group.seal)
        later = {one.number for one in rest}
        if group.ended:
            if due <= max(lasts, default=0):
                return self._removed("its act has no entry")
            return self._added(f"an act without entries stands behind entry {due - 1}")
        if not number:
            if after is not None and after.number == due and not kept:
                return self._added(f"a row that is no entry stands before entry {due}")
            return self._altered("it cannot be read")
        if number == due:
            return self._in_its_place(group, rest, lasts, kept=kept)
        if due in later:
            if number < due or number in later:
                return self._added(f"entry {number} stands a second time, before entry {due}")
            if number > max(later) + 1:
                return self._added(f"entry {number} was put in before entry {due}")
            return self._reordered(f"entry {number} stands in the place of entry {due}")
        if after is not None and after.number == due + 1:
            return self._altered(f"it says that it is entry {number}")
        if number < due:
            return self._added(f"entry {number} stands a second time, behind entry {due - 1}")
        return self._removed(f"entry {number} stands in its place")

    def _in_its_place(
        self, group: _Group, rest: Sequence[_Group], lasts: frozenset[int], *, kept: bool
    ) -> Fault:
        after = rest[0] if rest and not rest[0].ended else None
        due = self.due
        if after is not None and after.number == due and not kept:
            return self._added(f"a second entry {due} stands before it")
        acts = [one for one in group.acts if one is not None]
        if len(acts) < len(group.acts):
            return self._altered("its act cannot be read")
        fresh = due == 1 or due - 1 in lasts
        goes_on = after is not None and not after.acts and acts and after.act == acts[0].id
        if fresh and goes_on and acts[0].id != group.act:
            return self._altered("it names another act")
        used = {one.act for one in rest}
        stands = {one.id for later in rest for one in later.acts if one is not None}
        if any(one.id != group.act and one.id in used - stands for one in acts):
            return self._reordered(f"an act of later entries stands before entry {due}")
        if len(acts) > 1 or any(one.id in stands for one in acts):
            return self._added(f"an act was put in before entry {due}")
        if not acts and group.act != self.act:
            if not fresh:
                return self._altered("it names another act")
            if group.act in stands:
                return self._reordered(f"the act of entry {due} stands behind it")
            return Fault(due, Tampering.REMOVED, f"the act of entry {due} was removed")
        if acts and acts[0].id != group.act:
            if group.act == self.act:
                return self._added(f"an act was put in before entry {due}")
            return self._altered("its act has another name")
        if acts and acts[0].id == self.act:
            return self._added(f"the act of entry {due} stands a second time")
        if not group.seal:
            return Fault(due, Tampering.SEAL, f"the seal of entry {due} was taken off")
        if not kept and after is not None and after.follows(following(self.seal, group.rows)):
            return Fault(due, Tampering.SEAL, f"the seal of entry {due} was altered")
        if self.seals and not self.sealed_from:
            return Fault(
                due,
                Tampering.ALTERED,
                f"entry {due}, or one of those before it, which carry no seals, was altered",
            )
        if kept:
            return self._altered("its seal does not fit what it says")
        return self._altered("its seal does not fit what it says, nor do those behind it")

    def _altered(self, how: str) -> Fault:
        return Fault(self.due, Tampering.ALTERED, f"entry {self.due} was altered: {how}")

    def _removed(self, how: str) -> Fault:
        return Fault(self.due, Tampering.REMOVED, f"entry {self.due} was removed: {how}")

    def _added(self, how: str) -> Fault:
        return Fault(self.due, Tampering.ADDED, f"something was added: {how}")

    def _reordered(self, how: str) -> Fault:
        return Fault(self.due, Tampering.REORDERED, f"the order was changed: {how}")

    # -- the commit index -------------------------------------------------------------------------

    def indexed(self, commits: Sequence[tuple[int, int, int]]) -> Fault | None:
        """What is wrong with the commit index of rows that fit one another."""
        first = 1
        for act, commit in zip(self.index, commits, strict=False):
            last, written, position = commit
            if last != act.last or written != act.written:
                what = f"goes to entry {last}" if last != act.last else "has another time"
                return _index(first, f"the commit index {what} at the act of entry {first}")
            if not act.low <= position < act.high:
                return _index(first, f"the commit index points away from the act of entry {first}")
            first = act.last + 1
        ends = len(self.seals)
        if len(commits) > len(self.index):
            last = commits[-1][0]
            if last > ends:
                return self._removed(f"the commit index goes on to entry {last}")
            return _index(first, f"the commit index has acts behind entry {ends}")
        if len(commits) < len(self.index):
            return Fault(
                first,
                Tampering.ADDED,
                f"entry {first} was added: the commit index ends before it",
            )
        return None


def _index(entry: int, why: str) -> Fault:
    return Fault(entry, Tampering.INDEX, why)


def _until_torn(rows: Iterable[PlacedRow], torn: list[str]) -> Iterator[PlacedRow]:
    """The rows as far as the file gives them back; then ``torn`` says why no further."""
    try:
        yield from rows
    except Torn as why:
        torn.append(str(why))


def walk(laid: Laid) -> Walked:
    """The record, walked from its first row to its last or to the first fault."""
    walking = _Walk()
    torn: list[str] = []
    groups = _groups(_until_torn(laid.rows, torn))
    for group in groups:
        if group.ended and torn:
            break
        if not walking.fits(group):
            lasts = frozenset(last for last, *_ in laid.commits)
            wrong = walking.judged(group, list(groups), lasts)
            return Walked(tuple(walking.seals), walking.sealed_from, wrong)
    if torn:
        why = f"the file is damaged from there on ({torn[0]})"
        wrong = Fault(walking.due, Tampering.DAMAGED, why)
        return Walked(tuple(walking.seals), walking.sealed_from, wrong)
    return Walked(tuple(walking.seals), walking.sealed_from, walking.indexed(laid.commits))
