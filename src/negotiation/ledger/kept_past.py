"""A long record's beginning as its checkpoint holds it: the answers of a timeline, without folding.

A line of any moment is read; a state is folded from the nearest one that is kept, out of the
clause's own entries. Everything rests on checksums. Where one fails, the record is folded from its
first entry and answers instead, and the file is thrown away: a damaged checkpoint costs time only.
"""

from __future__ import annotations

import functools
import threading
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Concatenate, ParamSpec, TypeVar

import attrs
import msgspec

from negotiation.domain.clause import Clause
from negotiation.domain.events import DocumentReceived
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.order import Order
from negotiation.domain.terms import Placed
from negotiation.ledger.checkpoint import GROUP, KEY, CheckpointFile, Ref, Refs, beginning_of
from negotiation.ledger.extracts import Extracts
from negotiation.ledger.faults import StoreError
from negotiation.ledger.kept_entries import KeptEntries
from negotiation.ledger.kept_states import Lines, Unkept, clause_of, negotiation_of
from negotiation.views.at_that_time import Timeline

if TYPE_CHECKING:
    from negotiation.domain.entries import Entry

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

_MOST_GROUPS = 16_384
"""Groups of lines in memory."""
_text = msgspec.msgpack.Decoder(tuple[list[str], list[str]]).decode


def _or_folded(
    answer: Callable[Concatenate[KeptPast, P], T],
) -> Callable[Concatenate[KeptPast, P], T]:
    """The answer out of the checkpoint; where that is damaged, out of the folded record."""
    name = answer.__name__

    @functools.wraps(answer)
    def ask(past: KeptPast, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if past.instead is None:
            try:
                return answer(past, *args, **kwargs)
            except StoreError:
                # The store's own fault, which has its sentence.
                raise
            except Exception:
                # Whatever it was: what does not come out as it was put in is not trusted any more.
                past.fold()
        found: T = getattr(past.instead, name)(*args, **kwargs)
        return found

    return ask


class KeptPast:
    """The record up to the entry that its checkpoint is of (`views.at_that_time.Beginning`)."""

    def __init__(self, file: CheckpointFile, path: Path, extracts: Callable[[], Extracts]) -> None:
        """What an open checkpoint holds; ``extracts`` is the record, for what it does not hold.

        Raises `Unkept` where its parts do not fit one another.
        """
        root = file.root
        self.id, self.head, self.seal = root.negotiation, root.head, root.seal
        self.entries: Sequence[Entry] = KeptEntries.up_to(root.head, extracts)
        self.instead: Timeline | None = None
        """The record folded, where the checkpoint was found to be damaged."""
        self._file, self._path, self._extracts = file, path, extracts
        counts = array("I")
        counts.frombytes(root.counts)
        if len(counts) != len(root.clauses) or root.clauses[0] or sum(counts) != root.head:
            raise Unkept("not of one piece")
        self._counts = counts
        self._places = {clause: at for at, clause in enumerate(root.clauses)}
        self._starts = [0, *accumulate(counts)]
        # States that follow one another, by clause and by the first of them.
        self._clauses: dict[tuple[int, int], list[Clause]] = {}
        self._wholes: dict[tuple[int, int], list[Negotiation]] = {}
        self._lock = threading.RLock()
        self._lines: dict[int, Lines] = {}
        self._orders: dict[tuple[Placed, ...], Order] = {}
        self._sources: dict[int, bytes] = {}

    # -- what lies in the file --------------------------------------------------------------------

    @functools.cached_property
    def _positions(self) -> array[int]:
        return self._numbers("I", self._file.root.positions)

    def _numbers(self, code: str, ref: Ref) -> array[int]:
        """A piece with a number for every entry."""
        found: array[int] = array(code)
        found.frombytes(self._file.piece(ref))
        if len(found) != self.head:
            raise Unkept("not a number for every entry")
        return found

    @functools.cached_property
    def _group_refs(self) -> tuple[list[int], Refs]:
        groups = (-(-count // GROUP) for count in self._counts[1:])
        return [0, 0, *accumulate(groups)], Refs(self._file.piece(self._file.root.groups))

    @functools.cached_property
    def _key_refs(self) -> tuple[list[int], Refs]:
        keys = (-(-count // KEY) for count in self._counts)
        return [0, *accumulate(keys)], Refs(self._file.piece(self._file.root.keys))

    @functools.cached_property
    def _last_refs(self) -> Refs:
        return Refs(self._file.piece(self._file.root.lasts))

    @functools.cached_property
    def _text(self) -> tuple[list[str], list[str]]:
        return _text(self._file.piece(self._file.root.text))

    def fold(self) -> None:
        """Folds the record from its first entry, and throws the checkpoint away."""
        if self.instead is not None:
            return
        with suppress(OSError):
            self._path.unlink()
        # The rows of the store, and not what may be of them in memory.
        entries = self._extracts().around(1, self.head)
        self.instead = Timeline(self.id, entries)

    # -- the answers ------------------------------------------------------------------------------

    def clauses(self) -> Sequence[str]:
        """The ids of all clauses that were ever tabled, in the order in which they were."""
        return self._file.root.clauses[1:]

    def versions(self) -> dict[str, int]:
        """How many entries are on every clause, and on the negotiation itself."""
        counts = zip(self._file.root.clauses, self._counts, strict=True)
        return {clause: count for clause, count in counts if count}

    @_or_folded
    def clause(self, clause: str, at: int) -> Clause | None:
        """A clause after entry ``at``; ``None`` when it was not tabled yet."""
        place = self._place(clause)
        if not place:
            return None

        def folded(state: Clause, number: int, event: Any) -> Clause:
            return evolve(state, number, clause, event)

        return self._state(place, at, self._clauses, clause_of, folded)

    @_or_folded
    def negotiation(self, at: int) -> Negotiation:
        """The negotiation after entry ``at``."""
        found = self._state(0, at, self._wholes, self._whole, evolve_negotiation)
        return Negotiation(self.id) if found is None else found

    def _state(
        self,
        place: int,
        at: int,
        held: dict[tuple[int, int], list[S]],
        read: Callable[[bytes], S],
        folded: Callable[[S, int, Any], S],
    ) -> S | None:
        rank = self._rank(place, at)
        if rank < 0:
            return None
        last = rank == self._counts[place] - 1
        # The last state has a block of its own: who asks for it does not want what was before.
        first = rank if last else rank - rank % KEY
        with self._lock:
            block = held.get((place, first))
            if block is None:
                ref = self._last_refs[place] if last else self._key_of(place, rank)
                block = held[place, first] = [read(self._file.piece(ref))]
            if len(block) <= rank - first:
                clause = self._file.root.clauses[place]
                for number, event in self._extracts().events(clause, first + len(block), rank + 1):
                    block.append(folded(block[-1], number, event))
            return block[rank - first]

    def _key_of(self, place: int, rank: int) -> Ref:
        starts, keys = self._key_refs
        return keys[starts[place] + rank // KEY]

    def _place(self, clause: str) -> int:
        """The place of a clause among the courses; 0 for one that is not there."""
        return self._places.get(clause, 0) if clause else 0

    @_or_folded
    def changes_of(self, clause: str) -> tuple[int, ...]:
        """The numbers of all entries on a clause."""
        place = self._place(clause)
        if not place:
            return ()
        return tuple(self._positions[self._starts[place] : self._starts[place + 1]])

    @_or_folded
    def acts_counted(self) -> Sequence[int]:
        """For every entry, how many acts were made up to it, as far as somebody counted them."""
        return self._numbers("I", self._file.root.acts)

    @_or_folded
    def line(self, clause: str, at: int) -> str:
        """A clause as a line of the live text after entry ``at``; empty when it has none."""
        place = self._place(clause)
        rank = self._rank(place, at) if place else -1
        return self._group(place, rank)[rank % GROUP] if rank >= 0 else ""

    @_or_folded
    def lines(self, at: int) -> tuple[list[str], list[str]]:
        """The clauses of the text after entry ``at``, and the line of each."""
        if at >= self.head:
            ids, lines = self._text
            return ids.copy(), lines.copy()
        ids, lines = [], []
        # Thousands of clauses: what the methods below do for one is done here without them.
        positions, places, starts, group = self._positions, self._places, self._starts, self._group
        for placed in self.negotiation(at).order:
            place = places.get(placed.clause)
            if place is None:
                continue
            start = starts[place]
            rank = bisect_right(positions, at, start, starts[place + 1]) - start - 1
            if rank >= 0:
                ids.append(placed.clause)
                lines.append(group(place, rank)[rank % GROUP])
        return ids, lines

    def _rank(self, place: int, at: int) -> int:
        """Which of its states a clause has after entry ``at``; -1 before the first."""
        if at >= self.head:
            return self._counts[place] - 1
        start = self._starts[place]
        return bisect_right(self._positions, at, start, self._starts[place + 1]) - start - 1

    def _group(self, place: int, rank: int) -> Lines:
        starts, refs = self._group_refs
        at = starts[place] + rank // GROUP
        found = self._lines.get(at)
        if found is None:
            found = Lines(self._file.piece(refs[at]))
            if len(self._lines) >= _MOST_GROUPS:
                self._lines.clear()
            self._lines[at] = found
        return found

    def _whole(self, kept: bytes) -> Negotiation:
        state = negotiation_of(kept, self._order)
        documents = [attrs.evolve(one, source=self._source(one.entry)) for one in state.documents]
        return attrs.evolve(state, documents=tuple(documents))

    def _order(self, placed: tuple[Placed, ...]) -> Order:
        # Two moments are compared by whether they have the very same order.
        found = self._orders.get(placed)
        if found is None:
            found = self._orders[placed] = Order(placed)
        return found

    def _source(self, entry: int) -> bytes:
        found = self._sources.get(entry)
        if found is None:
            event = self.entries[entry - 1].event
            if not isinstance(event, DocumentReceived):
                raise Unkept("no document")
            found = self._sources[entry] = event.source
        return found

    # -- for whoever writes the next one, and whoever doubts this one -----------------------------

    def copy_into(self, file: BinaryIO) -> int:
        """Writes what a longer checkpoint begins with; answers how much that is."""
        end = self._file.root.pieces_end
        self._file.copy_into(file, end)
        return end

    def courses(self) -> Iterator[tuple[str, tuple[array[int], list[Ref], list[Ref], Ref]]]:
        """Every clause: its entries, and where its key states, lines and last state lie."""
        key_starts, keys = self._key_refs
        group_starts, groups = self._group_refs
        for clause, at in self._places.items():
            yield (
                clause,
                (
                    self._positions[self._starts[at] : self._starts[at + 1]],
                    [keys[one] for one in range(key_starts[at], key_starts[at + 1])],
                    [groups[one] for one in range(group_starts[at], group_starts[at + 1])],
                    self._last_refs[at],
                ),
            )

    def last_group(self, clause: str) -> list[str]:
        """The last lines of a clause that are kept together."""
        place = self._places[clause]
        group = self._group(place, self._counts[place] - 1)
        return [group[at] for at in range(len(group))]

    def seals(self) -> array[int]:
        """The beginnings of the seals of all entries."""
        return self._numbers("Q", self._file.root.seals)

    def is_of(self, record: Extracts) -> bool:
        """Whether a record holds all that is folded here: the chain stands for every entry."""
        return bool(self.seal) and record.carried(self.head) == self.seal

    def common_with(self, record: Extracts) -> int:
        """The last entry that a record has in common with what is folded here; 0 for none."""
        try:
            seals = self.seals()
        except (ValueError, OSError):
            return 0
        # Once two chains part they never meet again.
        low, high = 0, min(self.head, record.head)
        while low < high:
            middle = (low + high + 1) // 2
            if beginning_of(record.carried(middle)) == seals[middle - 1]:
                low = middle
            else:
                high = middle - 1
        return low if low and seals[low - 1] else 0

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()
