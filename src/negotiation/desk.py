"""The one place where an act is made: load, decide, append, show.

The desk owns no rules and no screen. It knows the clock and mints ids (both handed in), holds the
record of one negotiation open (`record`), and lets refusals through untouched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.people import Capacity
from negotiation.gate import Hand as Hand
from negotiation.headers import (
    has_happened,
    header_of,
    header_told,
    meanwhile,
    not_later_than,
    numbered,
)
from negotiation.ledger.ledger import ActKnown
from negotiation.ledger.ledger import RecordMoved as RecordMoved
from negotiation.ledger.ledger import StoreError as StoreError
from negotiation.naming import no_such, unclear
from negotiation.record import Record
from negotiation.record import new_id as new_id
from negotiation.record import now as now

# The acts and their rules are many small classes: whoever only asks does not wait for them.
if TYPE_CHECKING:
    from negotiation.domain.commands import (
        Command,
        PutDecision,
        ReceiveRevision,
        TakeDecision,
    )
    from negotiation.papers.akn.intake import Intake
    from negotiation.papers.authors import Authors
    from negotiation.papers.chapter import Chapter
    from negotiation.papers.draft import Draft
    from negotiation.papers.followed import Implied


@attrs.frozen
class Rehearsed:
    """What an act would do, on a copy that writes nothing."""

    drafted: tuple[Drafted, ...]
    changed: tuple[tuple[Clause | None, Clause], ...]
    """Each clause that it touches, before and after."""
    waits: bool = False
    """Whether it is handed in, and waits for the chair's yes before it does so."""


class Desk(Record):
    """One negotiation of one store, folded and ready for acts."""

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
        the act only makes sense on a record that ends with entry ``head``. So it is with a
        `Refusal`: it leaves the record as it was, and speaks of the record as it stands.
        """
        with self._telling_what_came():
            return self._made(lambda: (command, hand), head)

    @contextmanager
    def _telling_what_came(self) -> Iterator[None]:
        """A refusal of what would have been made, had nobody written meanwhile, says who did."""
        from negotiation.domain.refusals import Refusal

        known = self.timeline.head
        try:
            yield
        except Refusal as refusal:
            fresh = self.timeline.entries[known:]
            if fresh:
                refusal.add_note(meanwhile(fresh))
            raise

    def act_anew(self, asked: Callable[[], tuple[Command, Hand]]) -> tuple[Entry, ...]:
        """Make an act that is asked for anew when somebody wrote first; otherwise as `act`."""
        with self._telling_what_came():
            return self._made(asked)

    def _made(
        self, asked: Callable[[], tuple[Command, Hand]], head: int | None = None
    ) -> tuple[Entry, ...]:
        """Make the act that is asked for, on the record as it then stands."""
        from negotiation.domain.decide import decide
        from negotiation.domain.refusals import Refusal

        if head is not None and head != self.timeline.head:
            raise RecordMoved(self.timeline.id, head, self.timeline.head)
        act = self.new_id()
        for last_try in (False, True):
            try:
                command, hand = self._gated(*asked())
                drafted = decide(command, self.timeline.room())
                entries = self._entries(drafted, act, command, hand)
                self.ledger.append(self.timeline.id, entries)
            except Refusal:
                # Only the number is asked for: reading would read the whole of a large last act.
                if last_try or (there := self.ledger.head(self.timeline.id)) == self.timeline.head:
                    raise
                if head is not None:
                    raise RecordMoved(self.timeline.id, head, there) from None
            except ActKnown:
                return tuple(entry for entry in self.catch_up() if entry.act.id == act)
            except RecordMoved:
                if last_try or head is not None:
                    raise
            else:
                self._take_own(entries)
                return tuple(entries)
            self.catch_up()
        raise AssertionError("unreachable")

    def _take_own(self, entries: list[Entry]) -> None:
        """Know what was just written, as it may be read here: not everything that one may write."""
        if self.admission.at_home:
            self._take(entries)
        else:
            self.catch_up()

    def _gated(self, command: Command, hand: Hand) -> tuple[Command, Hand]:
        """The act as it is made here, where people are told apart.

        What a delegation proposes becomes what it hands in.
        """
        admission = self.admission
        if admission.at_home:
            return command, hand
        from negotiation import gate
        from negotiation.domain.decide import decide

        whole = self.timeline.negotiation(self.timeline.head)
        hand, command = gate.hand_of(hand, admission, whole), gate.between(command, admission)
        command = gate.written_here(command)
        if gate.check(command, admission, whole):
            drafted = decide(command, self.timeline.room())
            entries = self._entries(drafted, "", command, hand)
            command = gate.handing_in(command, admission.party, entries, self.timeline)
        return command, hand

    def rehearse(self, command: Command) -> Rehearsed:
        """What the act would do; nothing is written. Raises the same refusals as the act.

        Of what is handed in, what it would do once the chair says yes.
        """
        from negotiation.domain.commands import HandIn
        from negotiation.domain.decide import decide
        from negotiation.views.what_it_would_do import clauses_changed

        room = self.timeline.room()
        gated, _ = self._gated(command, Hand())
        drafted = decide(gated, room)
        if waits := isinstance(gated, HandIn):
            drafted = decide(gated.command, room)
        changed = clauses_changed(drafted, room.clauses, self.timeline.head)
        return Rehearsed(drafted, changed, waits)

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
        return self._made(lambda: (self.taking(decision), hand))

    def taking(self, decision: str) -> TakeDecision:
        """The act that the gavel makes of what was put, for whoever rehearses it first."""
        from negotiation.domain.commands import TakeDecision
        from negotiation.ledger.stored_command import NotACommand, command_from

        put = self.timeline.negotiation(self.timeline.head).decision(decision)
        if put is None:
            raise no_such("decision", decision, "`pending` lists what is before the room")
        try:
            command = command_from(put.command)
        except NotACommand as cause:
            raise unclear(f"“{put.question}” was put in another version; put it again.") from cause
        return TakeDecision(put.id, command, self.clock())

    def _entries(
        self, drafted: tuple[Drafted, ...], act: str, command: Command, hand: Hand
    ) -> list[Entry]:
        written = self.clock()
        if hand.happened is not None:
            has_happened(hand.happened, written)
        if self.timeline.entries:
            # A clock that went back would put this act before the ones it rests on.
            written = max(written, self.timeline.entries[-1].act.written)
        meeting = self.timeline.negotiation(self.timeline.head).meeting
        header = header_of(act, written, hand, meeting, type(command).__name__)
        return numbered(drafted, header, self.timeline.head, dict(self._versions))

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
        authors: Authors | None = None,
        undecided: bool | None = None,
        by_hand: bool = True,
    ) -> tuple[tuple[Entry, ...], Draft]:
        """Receive a page into an empty record, in one piece; answers the entries and the reading.

        That is one act, and for a file that tracks its changes one for each author and minute, too:
        ``authors`` says whom they stand for, and ``undecided`` whether their changes wait for a
        decision; if it does not, the conventions do. Without ``by_hand`` strikes and underlines by
        hand are words like any.

        Raises `papers.page_text.NotReadable` for a file that cannot be read, `AlreadyReceived` when
        the record holds a text.
        """
        from negotiation.domain.commands import ReceiveDraft
        from negotiation.papers.authors import Authors
        from negotiation.papers.intake import read

        who = Authors() if authors is None else authors
        joined = self.timeline.negotiation(self.timeline.head).parties
        who = attrs.evolve(who, parties={one.code: one.name for one in joined})
        intake, documents = read(
            source,
            name,
            base=base,
            base_name=base_name,
            conventions=conventions,
            new_id=self.new_id,
            undecided=undecided,
            by_hand=by_hand,
            authors=who,
        )
        draft = intake.draft
        if hand.happened is None and draft.header.date is not None:
            hand = attrs.evolve(hand, happened=not_later_than(draft.header.date))
        symbol = draft.header.symbol or name
        if not draft.tracked and not draft.remarks:
            command = ReceiveDraft(symbol, tuple(intake.events(documents)))
            return self.act(command, hand), draft
        from negotiation.papers.history import history

        chapters = history(intake, documents, who, self.clock())
        return self._received(symbol, chapters, hand), draft

    def _received(
        self, symbol: str, chapters: tuple[Chapter, ...], hand: Hand
    ) -> tuple[Entry, ...]:
        """Write the acts of a history, all or none; only into an empty record."""
        from negotiation.domain.commands import ReceiveDraft
        from negotiation.domain.decide import decide

        self.catch_up()
        first, *later = chapters
        command, hand = self._gated(ReceiveDraft(symbol, first.drafted), hand)
        drafted = decide(command, self.timeline.room())
        ahead = self.timeline.branch()
        versions = dict(self._versions)
        entries: list[Entry] = []
        for chapter, events in [(first, drafted), *((one, one.drafted) for one in later)]:
            written = self.clock()
            if entries:
                written = max(written, entries[-1].act.written)
            header = header_told(self.new_id(), written, hand, chapter)
            rows = numbered(events, header, ahead.head, versions)
            # Folded before it is written: a story that does not hold never reaches the store.
            ahead.extend(rows)
            entries += rows
        self.ledger.append(self.timeline.id, entries)
        if self.admission.at_home:
            self.timeline, self._versions = ahead, versions
        else:
            self.catch_up()
        return tuple(entries)

    def receive_akoma_ntoso(
        self,
        source: bytes,
        name: str,
        *,
        hand: Hand = Hand(by="rapporteur", capacity=Capacity.IMPORT),  # frozen
    ) -> tuple[tuple[Entry, ...], Intake]:
        """Receive a text that `export` wrote as Akoma Ntoso into an empty record, in one piece.

        The acts that the file tells keep their people and times; ``hand`` types them, and makes
        the first one. Raises `papers.akn.reader.NotOurs` and `papers.xml_file.NotXml` for other
        files, `AlreadyReceived` when the record holds a text.
        """
        from negotiation.papers.akn.intake import received
        from negotiation.papers.akn.reader import NotOurs

        found = received(source, name)
        if hand.happened is None and found.happened is not None:
            hand = attrs.evolve(hand, happened=found.happened)
        try:
            return self._received(found.symbol, found.chapters, hand), found
        except ValueError as fault:
            raise NotOurs(
                f"{name} was changed since `export` wrote it, and does not hold together."
            ) from fault

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
            return command, attrs.evolve(hand, happened=not_later_than(date))

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
