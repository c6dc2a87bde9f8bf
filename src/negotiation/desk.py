"""The one place where an act is made: load, decide, append, show.

The desk owns no rules and no screen. It knows the clock and mints ids (both handed in), keeps the
folded record of one negotiation in memory, and turns what people call things into ids. Refusals
pass through it untouched.
"""

from __future__ import annotations

import base64
import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Act, Drafted, Entry, Moment
from negotiation.domain.evolve import evolve
from negotiation.domain.people import Capacity
from negotiation.ledger.ledger import ActKnown, Ledger, NoRecord
from negotiation.ledger.ledger import RecordMoved as RecordMoved
from negotiation.ledger.ledger import StoreError as StoreError
from negotiation.views.at_that_time import Timeline

# The acts and their rules are many small classes: whoever only asks does not wait for them.
if TYPE_CHECKING:
    from negotiation.domain.commands import Command, PutDecision, ReceiveRevision, TakeDecision
    from negotiation.papers.draft import Draft
    from negotiation.papers.followed import Implied

Clock = Callable[[], dt.datetime]
IdMaker = Callable[[], str]


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def new_id() -> str:
    """Ten letters and digits, fifty bits of chance."""
    return base64.b32encode(secrets.token_bytes(7))[:10].decode().lower()


@attrs.frozen
class Hand:
    """Who makes an act: who decides, who types, for whom, in which capacity, where and when."""

    by: str = "chair"
    typed_by: str = ""
    behalf: str = ""
    capacity: Capacity = Capacity.CHAIR
    meeting: str = ""
    happened: Moment | None = None


@attrs.frozen
class Rehearsed:
    """What an act would do, on a copy that writes nothing."""

    drafted: tuple[Drafted, ...]
    changed: tuple[tuple[Clause | None, Clause], ...]
    """Each clause that it touches, before and after."""


class Desk:
    """One negotiation of one store, folded and ready for acts."""

    def __init__(
        self,
        ledger: Ledger,
        negotiation: str,
        *,
        clock: Clock = now,
        ids: IdMaker = new_id,
    ) -> None:
        """The desk for a negotiation of this ledger, with its record read."""
        self.ledger = ledger
        self.clock = clock
        self.new_id = ids
        self.timeline = Timeline(negotiation, ledger.entries(negotiation))
        self._versions: dict[str, int] = {}
        self._count(self.timeline.entries)

    @classmethod
    def open(
        cls, store: str | Path, negotiation: str = "", *, clock: Clock = now, ids: IdMaker = new_id
    ) -> Desk:
        """The desk for a record that exists.

        Without a name, the first negotiation of the store. Raises a `StoreError` with a sentence
        when there is none.
        """
        ledger = Ledger.open(str(store), create=False)
        held = ledger.negotiations()
        if not held:
            raise NoRecord(
                f"The store {store} holds no negotiation yet; `negotiation import FILE` begins one."
            )
        if not negotiation:
            return cls(ledger, held[0], clock=clock, ids=ids)
        if negotiation in held:
            return cls(ledger, negotiation, clock=clock, ids=ids)
        for one in held:
            desk = cls(ledger, one, clock=clock, ids=ids)
            if desk.timeline.negotiation(desk.timeline.head).symbol == negotiation:
                return desk
        raise _no_such("negotiation", negotiation, f"the store holds {', '.join(held)}")

    @classmethod
    def begin(cls, store: str | Path | None, *, clock: Clock = now, ids: IdMaker = new_id) -> Desk:
        """The desk for a new record in this store; ``None`` keeps it in memory."""
        ledger = Ledger.open(None if store is None else str(store))
        held = ledger.negotiations()
        return cls(ledger, held[0] if held else ids(), clock=clock, ids=ids)

    # -- acts -------------------------------------------------------------------------------------

    def act(
        self,
        command: Command,
        hand: Hand = Hand(),  # frozen
        *,
        head: int | None = None,
    ) -> tuple[Entry, ...]:
        """Make one act: decided on the record as it stands, durable when this returns.

        When somebody wrote first, the desk reads what is new and decides once more, since commands
        name words and not places; it raises `RecordMoved` when that happens twice, or at once when
        the act only makes sense on a record that ends with entry ``head``. A `Refusal` leaves the
        record as it was.
        """
        return self._made(lambda: (command, hand), head)

    def _made(
        self, asked: Callable[[], tuple[Command, Hand]], head: int | None = None
    ) -> tuple[Entry, ...]:
        """Make the act that is asked for, on the record as it then stands."""
        from negotiation.domain.decide import decide

        if head is not None and head != self.timeline.head:
            raise RecordMoved(self.timeline.id, head, self.timeline.head)
        act = self.new_id()
        for last_try in (False, True):
            command, hand = asked()
            drafted = decide(command, self.timeline.room())
            entries = self._entries(drafted, act, command, hand)
            try:
                self.ledger.append(self.timeline.id, entries)
            except ActKnown:
                return tuple(entry for entry in self.catch_up() if entry.act.id == act)
            except RecordMoved:
                if last_try or head is not None:
                    raise
                self.catch_up()
            else:
                self._take(entries)
                return tuple(entries)
        raise AssertionError("unreachable")

    def rehearse(self, command: Command) -> Rehearsed:
        """What the act would do; nothing is written. Raises the same refusals as the act."""
        from negotiation.domain.decide import decide

        room = self.timeline.room()
        drafted = decide(command, room)
        states: dict[str, Clause | None] = {}
        for number, one in enumerate(drafted, start=self.timeline.head + 1):
            if one.clause:
                before = states.get(one.clause, room.clauses.get(one.clause))
                states[one.clause] = evolve(before, number, one.clause, one.event)  # type: ignore[arg-type]  # the clause says which half of the union
        changed = tuple(
            (room.clauses.get(clause), after)
            for clause, after in states.items()
            if after is not None
        )
        return Rehearsed(drafted, changed)

    # -- put to the room --------------------------------------------------------------------------

    def put(
        self,
        command: Command,
        question: str,
        hand: Hand = Hand(),  # frozen
        *,
        until: dt.datetime | None = None,
    ) -> tuple[Entry, ...]:
        """Ask the room whether anybody objects; with ``until`` it is left to a silence."""
        return self.act(self.putting(command, question, until=until), hand)

    def putting(
        self, command: Command, question: str, *, until: dt.datetime | None = None
    ) -> PutDecision:
        """The act that asks the room, for whoever rehearses it first."""
        from negotiation.domain.commands import PutDecision
        from negotiation.ledger.stored_command import stored_command

        stored = stored_command(command)
        return PutDecision(self.new_id(), command, stored, question, until, self.clock())

    def take(self, decision: str, hand: Hand = Hand()) -> tuple[Entry, ...]:  # frozen
        """Let the gavel fall on what was put; it is decided on the text as it stands now."""
        return self.act(self.taking(decision), hand)

    def taking(self, decision: str) -> TakeDecision:
        """The act that the gavel makes of what was put, for whoever rehearses it first."""
        from negotiation.domain.commands import TakeDecision
        from negotiation.ledger.stored_command import NotACommand, command_from

        put = self.timeline.negotiation(self.timeline.head).decision(decision)
        if put is None:
            raise _no_such("decision", decision, "`pending` lists what is before the room")
        try:
            command = command_from(put.command)
        except NotACommand as cause:
            raise _unclear(f"“{put.question}” was put in another version; put it again.") from cause
        return TakeDecision(put.id, command, self.clock())

    def catch_up(self) -> tuple[Entry, ...]:
        """Read what others wrote since; answers the new entries."""
        fresh = self.ledger.entries(self.timeline.id, after=self.timeline.head)
        self._take(fresh)
        return tuple(fresh)

    def changed(self) -> bool:
        """Whether anybody wrote since this was last asked; cheap enough to ask all the time."""
        return self.ledger.changed()

    def there(self) -> bool:
        """Whether the store still stands under its name."""
        return self.ledger.there()

    def kept(self, name: str) -> dict[str, object]:
        """A note beside the record, such as what the room is shown; empty when there is none."""
        return self.ledger.kept(self.timeline.id, name)

    def keep(self, name: str, facts: Mapping[str, object]) -> None:
        """Write a note beside the record: no act, and nothing rests on it."""
        self.ledger.keep(self.timeline.id, name, facts)

    def close(self) -> None:
        """Let go of the store."""
        self.ledger.close()

    def _take(self, entries: Iterable[Entry]) -> None:
        rows = list(entries)
        self.timeline.extend(rows)
        self._count(rows)

    def _count(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._versions[entry.clause] = entry.version

    def _entries(
        self, drafted: tuple[Drafted, ...], act: str, command: Command, hand: Hand
    ) -> list[Entry]:
        written = self.clock()
        if self.timeline.entries:
            # A clock that went back would put this act before the ones it rests on.
            written = max(written, self.timeline.entries[-1].act.written)
        header = Act(
            act,
            written,
            hand.happened or Moment(written),
            hand.by,
            hand.typed_by,
            hand.behalf,
            hand.capacity,
            hand.meeting or self.timeline.negotiation(self.timeline.head).meeting,
            type(command).__name__,
        )
        versions: dict[str, int] = {}
        entries: list[Entry] = []
        for number, one in enumerate(drafted, start=self.timeline.head + 1):
            version = versions.get(one.clause, self._versions.get(one.clause, 0)) + 1
            versions[one.clause] = version
            entries.append(
                Entry(number, one.clause, version, header, one.event, one.evidence, one.visibility)
            )
        return entries

    # -- documents --------------------------------------------------------------------------------

    def receive(
        self,
        source: bytes,
        name: str,
        *,
        base: bytes | None = None,
        base_name: str = "",
        conventions: str = "",
        hand: Hand = Hand(by="rapporteur", capacity=Capacity.IMPORT),  # frozen
    ) -> tuple[tuple[Entry, ...], Draft]:
        """Receive a page into an empty record, in one act; answers the entries and the reading.

        Raises `papers.page_text.NotReadable` for a file that is not text, `AlreadyReceived` when
        the record holds a text.
        """
        from negotiation.papers.intake import received

        command, draft = received(
            source,
            name,
            base=base,
            base_name=base_name,
            conventions=conventions,
            new_id=self.new_id,
        )
        if hand.happened is None and draft.header.date is not None:
            hand = attrs.evolve(hand, happened=_not_later_than(draft.header.date))
        return self.act(command, hand), draft

    def receive_revision(
        self,
        source: bytes,
        name: str,
        *,
        symbol: str = "",
        conventions: str = "",
        hand: Hand = Hand(by="rapporteur", capacity=Capacity.IMPORT),  # frozen
    ) -> tuple[tuple[Entry, ...], Implied]:
        """Receive a later page of the text that the record holds, in one act.

        Without ``symbol`` it goes under the one that the page prints. When somebody writes first,
        the page is compared with the record once more. Raises `papers.page_text.NotReadable`, and
        refusals for a record without a text, a symbol that is taken, and words that are fixed.
        """
        told: list[Implied] = []

        def asked() -> tuple[Command, Hand]:
            command, found, date = self._implied(source, name, symbol, conventions, hand.by)
            told.append(found)
            if hand.happened is not None or date is None:
                return command, hand
            return command, attrs.evolve(hand, happened=_not_later_than(date))

        return self._made(asked), told[-1]

    def rehearse_revision(
        self,
        source: bytes,
        name: str,
        *,
        symbol: str = "",
        conventions: str = "",
        by: str = "rapporteur",
    ) -> tuple[Rehearsed, Implied]:
        """What receiving a later page would do; nothing is written. Raises the same refusals."""
        command, found, _ = self._implied(source, name, symbol, conventions, by)
        return self.rehearse(command), found

    def _implied(
        self, source: bytes, name: str, symbol: str, conventions: str, by: str
    ) -> tuple[ReceiveRevision, Implied, dt.date | None]:
        from negotiation.papers.revision import implied

        room = self.timeline.room()
        if not room.negotiation.order:
            from negotiation.domain.refusals import NothingReceived

            raise NothingReceived()
        command, found, draft = implied(
            source,
            name,
            room,
            symbol=symbol,
            conventions=conventions,
            by=by,
            new_id=self.new_id,
        )
        return command, found, draft.header.date

    # -- what people call things ------------------------------------------------------------------

    def when(self, said: str | None) -> int:
        """The entry that WHEN means: ``42``, a time, a version's symbol, ``now``, ``now~3``.

        ``yesterday`` is the last entry written before today began, ``15:00`` the last one of
        today before that minute, both by the clock of this place.
        """
        head = self.timeline.head
        text = (said or "now").strip()
        if text == "now":
            return head
        if text.startswith("now~") and (back := _number(text[4:])) is not None:
            return self.acts_back(back)
        if (number := _number(text)) is not None:
            if number > head:
                raise _no_such("entry", text, f"the record ends at entry {head}")
            return number
        if (version := self._version(text)) is not None:
            return self.end_of_act(version)
        at = _time(text, self.clock().astimezone())
        if at is None:
            raise _no_such(
                "moment",
                text,
                "say an entry number, a time like 2014-10-28T15:00, a version's symbol, "
                "`yesterday`, `15:00`, `now` or `now~3`",
            )
        return self.ledger.position_at(self.timeline.id, at)

    def clock_time(self, said: str) -> dt.datetime | None:
        """The time that was said, such as ``18:00`` or ``2026-03-14T18:00``, of this place."""
        return _time(said.strip(), self.clock().astimezone())

    def _version(self, said: str) -> int | None:
        """The entry that received or issued the version of this symbol or file name.

        A version that was withdrawn or undone is meant only where no other one has the symbol.
        """
        whole = self.timeline.negotiation(self.timeline.head)
        wanted = _spelled(said)
        issued = [one for one in whole.issued if wanted == _spelled(one.symbol)]
        found = [one.entry for one in issued if not one.withdrawn]
        pages = [
            one for one in whole.documents if wanted in (_spelled(one.symbol), _spelled(one.name))
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

        ``last`` is the latest act that is neither undone nor itself an undoing.
        """
        from negotiation.domain.events import ActReversed

        entries = self.timeline.entries
        if said and said != "last":
            number = _number(said)
            if number is not None and 1 <= number <= len(entries):
                return entries[number - 1].act.id
            if any(entry.act.id == said for entry in entries):
                return said
            raise _no_such("act", said, "`log` shows entry numbers and acts")
        undone: set[str] = set()
        for entry in reversed(entries):
            act = entry.act.id
            if isinstance(entry.event, ActReversed):
                if act not in undone:
                    undone.add(entry.event.act)
                undone.add(act)
            elif act not in undone:
                return act
        raise _unclear("There is no act left to undo.")

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
                raise _unclear(
                    f"“{said}” could be any of {len(found)} proposals: "
                    f"{', '.join(sorted({p.symbol or p.id for p in found}))}."
                )
        raise _no_such("proposal", said, "`fate` lists the proposals")


def _number(said: str) -> int | None:
    # Python's ``isdigit`` takes signs that ``int`` does not, and ``int`` no number of any length.
    return int(said) if said.isdecimal() and len(said) < 19 else None


def _spelled(symbol: str) -> str:
    """A symbol as it is compared: without case and spaces."""
    return "".join(symbol.casefold().split())


def _time(said: str, today: dt.datetime) -> dt.datetime | None:
    """The time that was said; without a zone it is that of ``today``."""
    if said.casefold() == "yesterday":
        begins = today.replace(hour=0, minute=0, second=0, microsecond=0)
        return begins - dt.timedelta(microseconds=1)
    try:
        if len(said) <= 5 and ":" in said:
            clock = dt.time.fromisoformat(said.rjust(5, "0"))
            return today.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
        at = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.astimezone()


def _not_later_than(date: dt.date) -> Moment:
    from negotiation.domain.entries import Bound

    return Moment(dt.datetime.combine(date, dt.time(23, 59, 59), dt.UTC), Bound.NOT_LATER)


def _no_such(sort: str, name: str, help: str) -> Exception:
    from negotiation.domain.refusals import NoSuchThing

    return NoSuchThing(sort, name, help)


def _unclear(what: str) -> Exception:
    from negotiation.domain.refusals import Unclear

    return Unclear(what)
