"""The veil over a record: what a reader may not see never leaves the ledger.

Entries keep their number, stream and version, so that everything folds, follows and appends as
ever. What is not for the reader is replaced by a stand-in, the header of an act of which nothing is
left is blanked, and where the names of parties are not shown, stand-ins go by them. At home there
is no veil at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Act, Entry, Evidence, Moment
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import HandedIn, Position, PutDecision, Remark, Restored
from negotiation.ledger.admission import Admission
from negotiation.ledger.stand_ins import StandIns
from negotiation.ledger.veiled_fields import Holds, rewritten
from negotiation.views.what_may_be_seen import may_see

Noted = TypeVar("Noted", Remark, Position, HandedIn, PutDecision)

BESIDE_THE_TEXT = (
    ev.StatusNoted,
    ev.PositionRecorded,
    ev.RemarkMade,
    ev.MeetingOpened,
    ev.MeetingClosed,
    ev.DecisionPut,
    ev.ObjectionMade,
    ev.ObjectionWithdrawn,
    ev.DecisionTaken,
    ev.DecisionDropped,
    ev.TermChanged,
    ev.RecordSealed,
    ev.TextReferred,
    ev.TextReferredBack,
    ev.PersonAccredited,
    ev.AccreditationRevoked,
    ev.ProposalHandedIn,
    ev.ProposalAdmitted,
    ev.ProposalDeclined,
    ev.ProposalTakenBack,
)
"""What can be withheld whole. Everything else holds up the text, which is nobody's secret: of that
only what somebody said is left out."""


_ON_A_QUESTION = (
    ev.ObjectionMade,
    ev.ObjectionWithdrawn,
    ev.DecisionTaken,
    ev.DecisionDropped,
)

_BETWEEN_TWO = (
    "AccreditPerson",
    "RevokeAccreditation",
    "HandIn",
    "AdmitProposal",
    "DeclineProposal",
    "TakeBackProposal",
)
"""Commands that are not for the room, should one of them ever be put to it."""


class Veil:
    """One record as one reader may read it; it only ever grows."""

    def __init__(self, negotiation: str, admission: Admission) -> None:
        """Nothing yet, for this reader."""
        self.admission = admission
        self.entries: list[Entry] = []
        """What was veiled so far."""
        self._viewer = admission.viewer
        self._sources = Visibility.CHAIR in self._viewer.reads and admission.names
        self._last: Entry | None = None
        self._hidden: set[int] = set()
        self._questions: set[str] = set()
        """The questions that are withheld, by id; so is what was said of them."""
        self._parties = Negotiation(negotiation)
        """Who takes part, who belongs to whom, and what is before the room, whoever reads."""
        self._notes = _Withheld()
        self._names = None if admission.names else StandIns()
        self._clauses: dict[str, Clause] = {}
        """Each clause as it reads where names are covered in its words."""

    @property
    def head(self) -> int:
        """The number of the last entry that was veiled."""
        return len(self.entries)

    def follows(self, entry: Entry) -> bool:
        """Whether this is, bare, the last entry that was veiled."""
        return entry == self._last

    def take(self, entries: Sequence[Entry]) -> None:
        """Veil further entries, whole acts."""
        if not entries:
            return
        if self._names is not None:
            # All of them first: a name may be said before anybody bears it.
            self._names.learn(entries)
        for _, act in groupby(entries, key=lambda entry: entry.act.id):
            self.entries += self._act(list(act))
        self._last = entries[-1]

    # -- an act -----------------------------------------------------------------------------------

    def _act(self, entries: list[Entry]) -> Iterator[Entry]:
        for entry in entries:
            if not entry.clause:
                self._parties = evolve_negotiation(self._parties, entry.number, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
        seen = [self._seen(entry) for entry in entries]
        wholly = all(isinstance(event, ev.EntryWithheld) for event in seen)
        header = entries[0].act
        act = _blank(header) if wholly else header
        if self._names is not None:
            act = _unsigned(act, self._names)
        for entry, event in zip(entries, seen, strict=True):
            if isinstance(event, ev.EntryWithheld):
                # The same for all: for whom it is says something, too.
                yield self._placed(entry, act, event, None, Visibility.CHAIR)
            else:
                yield self._placed(entry, act, event, entry.evidence, entry.visibility)

    def _placed(
        self,
        entry: Entry,
        act: Act,
        event: ev.Event,
        evidence: Evidence | None,
        visibility: Visibility,
    ) -> Entry:
        clause = entry.clause
        if self._names is not None:
            clause = self._names.instead(Holds.ID, clause) if clause else ""
            event = self._unnamed(entry, clause, event)
            evidence = None if evidence is None else rewritten(evidence, self._names.instead)
        elif event is entry.event and act is entry.act and visibility is entry.visibility:
            return entry
        return Entry(entry.number, clause, entry.version, act, event, evidence, visibility)

    def _seen(self, entry: Entry) -> ev.Event:
        event = entry.event
        self._notes.follow(entry, self._hidden)
        if isinstance(event, ev.ActReversed):
            undone = event.entries
            if undone and self._hidden.issuperset(undone):
                self._hidden.add(entry.number)
                return ev.EntryWithheld()
            event = attrs.evolve(event, restored=_restored(event.restored, self._hidden))
        if not self._may_see(entry):
            if isinstance(event, BESIDE_THE_TEXT):
                self._hidden.add(entry.number)
                if isinstance(event, ev.DecisionPut):
                    self._questions.add(event.decision)
                return ev.EntryWithheld()
            event = rewritten(event, _unsaid)
        if isinstance(event, ev.DocumentReceived) and not self._sources:
            # A file may hold comments that are for the chair, and the names of its authors.
            event = attrs.evolve(event, source=b"")
        if isinstance(event, ev.PersonAccredited):
            # Only the door asks for it, and the door reads what lies on the record.
            event = attrs.evolve(event, token="")
        return event

    def _may_see(self, entry: Entry) -> bool:
        if not may_see(entry, self._viewer, self._parties):
            return False
        if isinstance(entry.event, _ON_A_QUESTION):
            return entry.event.decision not in self._questions
        if not isinstance(entry.event, ev.DecisionPut):
            return True
        # Whether a private note may be made can be asked of the room, and asking quotes it.
        return all(
            may_see(attrs.evolve(entry, visibility=one), self._viewer, self._parties)
            for one in _visibilities(entry.event.command)
        )

    def _unnamed(self, entry: Entry, clause: str, event: ev.Event) -> ev.Event:
        """The event with stand-ins for names, and the clause folded on, as its reader does."""
        assert self._names is not None
        plain = rewritten(event, self._names.instead)
        if not clause:
            return plain
        state = self._clauses.get(clause)
        fitting = self._names.masks.fitted(plain, event, state, entry.number)  # type: ignore[arg-type]  # the stream says which half of the union
        self._clauses[clause] = evolve(state, entry.number, clause, fitting)
        return fitting

    # -- what is written --------------------------------------------------------------------------

    def unveiled(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries of this reader as they belong on the record.

        Whoever undoes something puts back the notes beside a clause, and the questions before the
        room, as far as he knows them; those that were withheld from him stay.
        """
        return [self._with_notes(entry) for entry in entries]

    def _with_notes(self, entry: Entry) -> Entry:
        event = entry.event
        if not isinstance(event, ev.ActReversed):
            return entry
        restored = self._notes.back(entry.clause, event.restored)
        if restored.decisions is not None:
            there = _together(restored.decisions, self._parties.decisions, self._hidden)
            if there != restored.decisions:
                restored = attrs.evolve(restored, decisions=there)
        if restored is event.restored:
            return entry
        return attrs.evolve(entry, event=attrs.evolve(event, restored=restored))


class _Withheld:
    """The notes that stand beside each clause, and are withheld."""

    def __init__(self) -> None:
        self._remarks: dict[str, list[Remark]] = {}
        self._positions: dict[str, list[Position]] = {}

    def follow(self, entry: Entry, hidden: set[int]) -> None:
        """Keep what the clause holds in step; every note, since one may hide another."""
        event, clause = entry.event, entry.clause
        match event:
            case ev.RemarkMade(words=words, on=on, quoted=quoted):
                self._remarks.setdefault(clause, []).append(Remark(words, on, entry.number, quoted))
            case ev.PositionRecorded():
                there = self._positions.get(clause, [])
                left = [one for one in there if (one.party, one.on) != (event.party, event.on)]
                said = Position(event.party, event.stance, event.on, event.condition, entry.number)
                self._positions[clause] = [*left, said]
            case ev.ActReversed(restored=restored):
                if restored.remarks is not None:
                    self._remarks[clause] = [*restored.remarks]
                if restored.positions is not None:
                    self._positions[clause] = [*restored.positions]
            case _:
                pass
        self._hidden = hidden

    def back(self, clause: str, restored: Restored) -> Restored:
        """What is put back beside a clause, with the notes that are withheld."""
        remarks, positions = restored.remarks, restored.positions
        if remarks is not None:
            remarks = _together(remarks, self._remarks.get(clause, ()), self._hidden)
        if positions is not None:
            positions = _together(positions, self._positions.get(clause, ()), self._hidden)
        if remarks == restored.remarks and positions == restored.positions:
            return restored
        return attrs.evolve(restored, remarks=remarks, positions=positions)


def _visibilities(command: str) -> set[Visibility]:
    """For whom the notes are that a stored command would make."""
    plain = command.replace(" ", "")
    found = {one for one in Visibility if f'"visibility":"{one.value}"' in plain}
    private = any(f'"is":"{name}"' in plain for name in _BETWEEN_TWO)
    return found | {Visibility.CHAIR} if private else found


def _together(
    shown: tuple[Noted, ...], there: Iterable[Noted], hidden: set[int]
) -> tuple[Noted, ...]:
    withheld = tuple(one for one in there if one.entry in hidden)
    return tuple(sorted(shown + withheld, key=lambda one: one.entry)) if withheld else shown


def _restored(back: Restored, hidden: set[int]) -> Restored:
    """What an undoing puts back, without the notes that are withheld."""
    if not hidden:
        return back
    return attrs.evolve(
        back,
        remarks=_left(back.remarks, hidden),
        positions=_left(back.positions, hidden),
        handed_in=_left(back.handed_in, hidden),
        decisions=_without_objections(_left(back.decisions, hidden), hidden),
    )


def _left(noted: tuple[Noted, ...] | None, hidden: set[int]) -> tuple[Noted, ...] | None:
    return None if noted is None else tuple(one for one in noted if one.entry not in hidden)


def _without_objections(
    decisions: tuple[PutDecision, ...] | None, hidden: set[int]
) -> tuple[PutDecision, ...] | None:
    if decisions is None:
        return None
    return tuple(
        attrs.evolve(one, objections=tuple(no for no in one.objections if no.entry not in hidden))
        for one in decisions
    )


def _blank(act: Act) -> Act:
    """The header of an act of which nothing is left: when it was, and that it was one act."""
    return Act(act.id, act.written, Moment(act.written), "", capacity=Capacity.OBSERVER)


def _unsigned(act: Act, names: StandIns) -> Act:
    """The header without a person: the part that whoever acted has in the room, or the party."""
    shown = rewritten(act, names.instead)
    spoken_for = act.capacity in (Capacity.DELEGATION, Capacity.IMPORT) and shown.behalf
    by = (spoken_for or _OFFICE[act.capacity]) if act.by else ""
    return attrs.evolve(shown, by=by, typed_by="")


_OFFICE = {
    **{one: one.value for one in Capacity},
    Capacity.DELEGATION: "a delegation",
    Capacity.IMPORT: "rapporteur",
}
"""What is said instead of a person, by what the person does in the room."""


def _unsaid(holds: Holds, value: object) -> object:
    """Nothing, where somebody said something."""
    return "" if holds in (Holds.SAID, Holds.COMMAND) else value
