"""The record of one negotiation, open: folded, followed, and asked by the names that people use.

What is read stands here; what is written is made at the `desk`. It knows the clock and mints ids,
both handed in, and turns WHEN, acts and symbols into entry numbers and ids.
"""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from negotiation.domain.entries import Entry
from negotiation.ledger.door import Clock
from negotiation.ledger.door import now as now
from negotiation.ledger.ledger import Ledger, NoRecord, RecordDamaged, RecordReplaced, StoreError
from negotiation.ledger.long_records import timeline_of
from negotiation.naming import no_such, number_said, time_said, unclear
from negotiation.rooms import meant, spelled
from negotiation.views.at_that_time import Timeline

if TYPE_CHECKING:
    from negotiation.domain.terms import Proposal
    from negotiation.ledger.admission import Admission

IdMaker = Callable[[], str]


def new_id() -> str:
    """Ten letters and digits, fifty bits of chance."""
    return base64.b32encode(secrets.token_bytes(7))[:10].decode().lower()


class Record:
    """One negotiation of one store, folded, and asked by the names that people use."""

    def __init__(
        self,
        ledger: Ledger,
        negotiation: str,
        *,
        clock: Clock = now,
        ids: IdMaker = new_id,
        stays: bool = False,
    ) -> None:
        """A negotiation of this ledger, with its record read; for whom it ``stays`` open, whole."""
        self.ledger = ledger
        self.clock = clock
        self.new_id = ids
        self._fold(negotiation, stays=stays)

    def _fold(self, negotiation: str, *, stays: bool) -> None:
        """Read the record of this ledger; the beginning of a long one is folded already."""
        with _folding(negotiation):
            self.timeline, past = timeline_of(lambda: self.ledger, negotiation, stays=stays)
        self._past, self._versions = past, {} if past is None else past.versions()
        self._count(self.timeline.entries[0 if past is None else past.head :])

    @classmethod
    def open(
        cls,
        store: str | Path,
        negotiation: str = "",
        *,
        clock: Clock = now,
        ids: IdMaker = new_id,
        stays: bool = False,
    ) -> Self:
        """A record that exists.

        Without a name it is the only negotiation of the store; `rooms.meant` says how one is named
        where there are several. What ``stays`` open, such as a screen, reads a record whole that is
        not very long. Raises a `StoreError` with a sentence when there is none.
        """
        ledger = Ledger.open(str(store), create=False, clock=clock)
        try:
            held = meant(ledger, store, negotiation)
            return cls(ledger, held, clock=clock, ids=ids, stays=stays)
        except BaseException:
            ledger.close()
            raise

    @classmethod
    def begin(
        cls,
        store: str | Path | None,
        negotiation: str = "",
        *,
        another: bool = False,
        clock: Clock = now,
        ids: IdMaker = new_id,
    ) -> Self:
        """A new record in this store; ``None`` keeps it in memory.

        Where the store holds negotiations already, the one that is named or the only one, as `open`
        has it; or ``another`` beside them.
        """
        ledger = (
            Ledger.open(None, clock=clock)
            if store is None
            else Ledger.begin(str(store), clock=clock)
        )
        try:
            if store is None or another or not ledger.negotiations():
                ledger.check_begins()
                return cls(ledger, ids(), clock=clock, ids=ids)
            return cls(ledger, meant(ledger, store, negotiation), clock=clock, ids=ids)
        except BaseException:
            ledger.close()
            raise

    # -- reading ----------------------------------------------------------------------------------

    @property
    def admission(self) -> Admission:
        """Who reads and writes here; raises `NotAdmitted` where the accreditation has ended."""
        return self.ledger.admission(self.timeline.id)

    def catch_up(self) -> tuple[Entry, ...]:
        """Read what others wrote since; answers the new entries, whole acts, in order.

        Raises `RecordReplaced` when the store does not hold any more what was read before.
        """
        fresh = self._behind(self.ledger)
        if fresh is None:
            raise RecordReplaced(self.timeline.id, self.timeline.head)
        self._take(fresh)
        return tuple(fresh)

    def _behind(self, ledger: Ledger) -> list[Entry] | None:
        """What a ledger holds behind the last entry known here; ``None`` if not even that one."""
        known = self.timeline.entries
        if self._past is not None and not self._past.is_of(ledger.extracts(self.timeline.id)):
            return None
        # The last one is read again: an earlier copy may have grown by other entries since.
        rows = ledger.entries(self.timeline.id, after=max(len(known) - 1, 0))
        if not known:
            return rows
        return rows[1:] if rows and _same(rows[0], known[-1]) else None

    def open_again(self) -> int:
        """Open anew what lies under the name of the store; answers up to where that is known.

        That is the last entry known here, or an earlier one when a copy was put back: then the
        record here ends with it, and what follows in the copy is left to `catch_up`. Raises a
        `StoreError`, with the record here as it was, where there is no store or another record.
        """
        ledger = self.ledger.again()
        try:
            kept = self.timeline.head if self._behind(ledger) is not None else self._common(ledger)
        except BaseException:
            if ledger is not self.ledger:
                ledger.close()
            raise
        before, self.ledger = self.ledger, ledger
        if before is not ledger:
            before.close()
        if kept < self.timeline.head:
            self.timeline, self._past, self._versions = Timeline(self.timeline.id), None, {}
            self._take(ledger.entries(self.timeline.id)[:kept])
        return kept

    def _common(self, ledger: Ledger) -> int:
        """The last entry that is the same here and there."""
        known, there, kept = self.timeline.entries, ledger.entries(self.timeline.id), 0
        if self._past is not None:
            kept = self._past.common_with(ledger.extracts(self.timeline.id))
        if self._past is None or kept == self._past.head:
            pairs = zip(known[kept:], there[kept:], strict=False)
            kept += sum(1 for _ in takewhile(lambda pair: _same(*pair), pairs))
        if kept and self.end_of_act(kept) != kept:
            # What is behind it would be handed on without its beginning.
            kept = self.acts_back(1, kept)
        if not kept:
            raise NoRecord(
                f"The store that lies there now is not the record of {self.timeline.id}; put "
                "that one back under its name."
            )
        return kept

    def changed(self) -> bool:
        """Whether anybody wrote since this was last asked; cheap enough to ask all the time."""
        return self.ledger.changed(self.timeline.id)

    def there(self) -> bool:
        """Whether the store still stands under its name."""
        return self.ledger.there()

    def looks(self) -> tuple[int, int]:
        """What the file of the store looks like from outside; it may differ without a change."""
        return self.ledger.looks()

    def kept(self, name: str) -> dict[str, object]:
        """A note beside the record, such as what the room is shown; empty when there is none."""
        return self.ledger.kept(self.timeline.id, name)

    def keep(self, name: str, facts: Mapping[str, object]) -> None:
        """Write a note beside the record: no act, and nothing rests on it."""
        self.ledger.keep(self.timeline.id, name, facts)

    def fold_anew(self) -> Timeline | None:
        """Fold the record from its first entry; answers what a checkpoint said of it, if one did.

        For whoever doubts the file beside the store.
        """
        through = self.timeline
        self.timeline = Timeline(through.id, self.ledger.entries(through.id)[: through.head])
        return None if self._past is None else through

    def close(self) -> None:
        """Let go of the store."""
        if self._past is not None:
            self._past.close()
        self.ledger.close()

    def _take(self, entries: Iterable[Entry]) -> None:
        rows = list(entries)
        known = self.timeline.head
        try:
            with _folding(self.timeline.id):
                self.timeline.extend(rows)
        except RecordDamaged:
            # Not even the beginning of what does not hold together is shown.
            self.timeline = Timeline(self.timeline.id, self.timeline.entries[:known])
            raise
        self._count(rows)

    def _count(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._versions[entry.clause] = entry.version

    # -- what people call things ------------------------------------------------------------------

    def when(self, said: str | None) -> int:
        """The entry that WHEN means: ``42``, a time, a version's symbol, ``now``, ``now~3``.

        ``yesterday`` is the last entry written before today began, ``15:00`` the last one of
        today before that minute, both by the clock of this place.
        """
        head = self.timeline.head
        text = ("now" if said is None else said).strip()
        if text == "now":
            return head
        if text.startswith("now~") and (back := number_said(text[4:])) is not None:
            return self.acts_back(back)
        if (number := number_said(text)) is not None:
            if number > head:
                raise no_such("entry", text, f"the record ends at entry {head}")
            return number
        if text and (version := self._version(text)) is not None:
            return self.end_of_act(version)
        at = time_said(text, self.clock().astimezone())
        if at is None:
            raise no_such(
                "moment",
                text,
                "say an entry number, a time like 2014-10-28T15:00, a version's symbol, "
                "`yesterday`, `15:00`, `now` or `now~3`",
            )
        return self.ledger.position_at(self.timeline.id, at)

    def clock_time(self, said: str) -> dt.datetime | None:
        """The time that was said, such as ``18:00`` or ``2026-03-14T18:00``, of this place."""
        return time_said(said.strip(), self.clock().astimezone())

    def _version(self, said: str) -> int | None:
        """The entry that received or issued the version of this symbol or file name.

        A version that was withdrawn or undone is meant only where no other one has the symbol.
        """
        whole = self.timeline.negotiation(self.timeline.head)
        wanted = spelled(said)
        issued = [one for one in whole.issued if wanted == spelled(one.symbol)]
        found = [one.entry for one in issued if not one.withdrawn]
        pages = [
            one for one in whole.documents if wanted in (spelled(one.symbol), spelled(one.name))
        ]
        found += [one.entry for one in pages if not one.undone]
        gone = [one.entry for one in issued] + [one.entry for one in pages]
        return max(found or gone, default=None)

    def acts_back(self, count: int, at: int | None = None) -> int:
        """The entry at which the text stood ``count`` acts before ``at``; 0 before the first."""
        entries = self.timeline.entries
        place = self.timeline.head if at is None else at
        for _ in range(count):
            if place <= 0:
                break
            act = entries[place - 1].act.id
            while place > 0 and entries[place - 1].act.id == act:
                place -= 1
        return place

    def acts_on(self, count: int, at: int) -> int:
        """The entry at which the text stood ``count`` acts after ``at``."""
        place = at
        for _ in range(count):
            if place >= self.timeline.head:
                break
            place = self.end_of_act(place + 1)
        return place

    def end_of_act(self, number: int) -> int:
        """The last entry of the act that an entry belongs to."""
        entries = self.timeline.entries
        act = entries[number - 1].act.id
        while number < len(entries) and entries[number].act.id == act:
            number += 1
        return number

    def act_of(self, said: str) -> str:
        """The act that an entry number, an act id or ``last`` means.

        ``last`` is the latest act that is neither undone nor itself an undoing, nor one that stands
        whatever comes, such as a seal.
        """
        from negotiation.domain.events import STANDS, ActReversed

        entries = self.timeline.entries
        if said and said != "last":
            number = number_said(said)
            if number is not None and 1 <= number <= len(entries):
                return entries[number - 1].act.id
            if any(entry.act.id == said for entry in entries):
                return said
            raise no_such("act", said, "`log` shows entry numbers and acts")
        undone: set[str] = set()
        for entry in reversed(entries):
            act = entry.act.id
            if isinstance(entry.event, ActReversed):
                if act not in undone:
                    undone.add(entry.event.act)
                undone.add(act)
            elif act not in undone and not isinstance(entry.event, STANDS):
                return act
        raise unclear("There is no act left to undo.")

    def proposal_named(self, said: str) -> str:
        """The id of a proposal called by its symbol, its id, or its only sponsor."""
        held = [
            (clause, proposal)
            for clause in self.timeline.moment().clauses
            for proposal in clause.proposals
        ]
        for match in (
            lambda p: said in (p.id, p.symbol),
            lambda p: said.casefold() == p.symbol.casefold(),
            lambda p: said.casefold() in [sponsor.casefold() for sponsor in p.sponsors],
        ):
            found = [proposal for _, proposal in held if match(proposal)]
            waiting = [proposal for proposal in found if proposal.state == "on the table"]
            if len(waiting or found) == 1:
                return (waiting or found)[0].id
            if found:
                raise unclear(
                    f"“{said}” could be any of {len(waiting or found)} proposals: "
                    f"{', '.join(_told_apart(waiting or found))}."
                )
        raise no_such("proposal", said, "`fate` lists the proposals")


@contextmanager
def _folding(negotiation: str) -> Iterator[None]:
    """Entries that can be read and do not fit on those before were altered from outside."""
    try:
        yield
    except (StoreError, MemoryError):
        raise
    except Exception as cause:
        # What exactly is wrong may quote the record, and is not for everybody.
        raise RecordDamaged(
            f"The record of {negotiation} does not hold together: it was changed outside this "
            "program, and `verify` says where; go back to a copy of the store."
        ) from cause


def _same(one: Entry, other: Entry) -> bool:
    """Whether two entries are the same fact; what only the store knows of it is not asked."""
    place, its = (one.number, one.clause, one.version), (other.number, other.clause, other.version)
    return place == its and one.act == other.act and one.event == other.event


def _told_apart(proposals: list[Proposal]) -> list[str]:
    """A name for each of several proposals by which it can be called, and no other of them."""
    symbols = Counter(one.symbol.casefold() for one in proposals)
    return sorted(
        one.symbol
        if one.symbol and symbols[one.symbol.casefold()] == 1
        else f"{one.id} ({', '.join(filter(None, [one.symbol, *one.sponsors])) or one.kind})"
        for one in proposals
    )
