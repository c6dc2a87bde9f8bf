"""What an Akoma Ntoso file says of a moment: the text, what stands on it, and who made each act.

The same value is computed from the record and read back from a file, so the two can be compared.
It holds nothing that is not for everybody: notes for some eyes only, and decisions that wait for
the gavel, are out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Bound, Entry
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.order import Order
from negotiation.domain.people import Capacity, Visibility
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.who_wrote_this import Whence

_ENTRIES = frozenset(("entry", "since", "tabled_by", "deleted_by", "turned"))
"""The fields by which a state says which entry made it so."""


@attrs.frozen
class AknAct:
    """An act that left a trace in the text, and its entries from ``first`` to ``last``."""

    first: int
    last: int
    happened: str
    """When, as ISO 8601."""
    bound: Bound = Bound.AT
    by: str = ""
    behalf: str = ""
    capacity: Capacity = Capacity.CHAIR
    meeting: str = ""
    purpose: str = ""


@attrs.frozen
class AknText:
    """The text of a moment with its acts, in order of the record."""

    moment: Moment
    acts: tuple[AknAct, ...]
    when: str = ""
    """When the last act was made, as ISO 8601, whatever it was about."""

    def act_of(self, entry: int) -> AknAct | None:
        """The act that an entry belongs to."""
        place = bisect_right(self.acts, entry, key=lambda one: one.first) - 1
        return self.acts[place] if place >= 0 and entry <= self.acts[place].last else None


@attrs.frozen
class Attributed:
    """Words with their authors: who put them in and struck them, for which sponsors, and when."""

    words: str
    whence: Whence
    inserted: tuple[AknAct | None, tuple[str, ...]] | None
    struck: tuple[tuple[AknAct | None, tuple[str, ...]], ...]


def attributed(text: AknText, clause: Clause) -> tuple[Attributed, ...]:
    """The words of a clause with their authors."""

    def touch(entry: int, source: str) -> tuple[AknAct | None, tuple[str, ...]]:
        proposal = clause.proposal(source) if source else None
        return text.act_of(entry), proposal.sponsors if proposal is not None else ()

    found: list[Attributed] = []
    for run in clause.passage.runs:
        mark = run.inserted_by
        whence = Whence.INSERTED
        if mark is None:
            whence = Whence.PRESUMED if run.presumed else Whence.BASE
        found.append(
            Attributed(
                run.words,
                whence,
                None if mark is None else touch(mark.entry, mark.source),
                tuple(touch(strike.entry, strike.source) for strike in run.struck_by),
            )
        )
    return tuple(found)


def as_akn_text(timeline: Timeline, moment: Moment, *, names: bool = True) -> AknText:
    """What a file says of a moment of this record; one without names has been made so before."""
    clauses = tuple(_public(clause, timeline) for clause in moment.clauses if clause.margin.tabled)
    said = Moment(moment.at, _said(moment.negotiation, clauses), clauses)
    wanted = frozenset(entries_in((said.negotiation, clauses)))
    last = timeline.entries[moment.at - 1].act.happened.at.isoformat() if moment.at else ""
    return AknText(said, tuple(_acts(timeline, wanted, names=names)), last)


def notes_kept_back(timeline: Timeline, moment: Moment) -> int:
    """How many positions and remarks of a moment are not for everybody."""
    made: list[int] = []
    for clause in moment.clauses:
        made += [note.entry for note in clause.margin.positions]
        made += [note.entry for note in clause.margin.remarks]
    return sum(not _for_everybody(timeline, entry) for entry in made)


def entries_in(value: Any) -> Iterator[int]:
    """The entries that states name as what made them so."""
    if isinstance(value, tuple):
        for one in value:
            yield from entries_in(one)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            inner = getattr(value, field.name)
            if field.name in _ENTRIES:
                if inner:
                    yield inner
            else:
                yield from entries_in(inner)


def _public(clause: Clause, timeline: Timeline) -> Clause:
    margin = clause.margin
    positions = tuple(p for p in margin.positions if _for_everybody(timeline, p.entry))
    remarks = tuple(r for r in margin.remarks if _for_everybody(timeline, r.entry))
    if len(positions) == len(margin.positions) and len(remarks) == len(margin.remarks):
        return clause
    return attrs.evolve(clause, margin=attrs.evolve(margin, positions=positions, remarks=remarks))


def _for_everybody(timeline: Timeline, entry: int) -> bool:
    return timeline.entries[entry - 1].visibility is Visibility.PUBLIC


def _said(whole: Negotiation, clauses: tuple[Clause, ...]) -> Negotiation:
    there = {clause.id for clause in clauses}
    return attrs.evolve(
        whole,
        order=Order(placed for placed in whole.order if placed.clause in there),
        documents=tuple(attrs.evolve(one, source=b"") for one in whole.documents),
        decisions=(),
    )


def _acts(timeline: Timeline, wanted: frozenset[int], *, names: bool) -> Iterator[AknAct]:
    start = 0
    entries = timeline.entries
    for number, entry in enumerate(entries):
        if number + 1 < len(entries) and entries[number + 1].act.id == entry.act.id:
            continue
        row = entries[start : number + 1]
        start = number + 1
        if any(one.number in wanted for one in row):
            yield _act(row, names=names)


def _act(row: Sequence[Entry], *, names: bool) -> AknAct:
    act = row[0].act
    first, last = row[0].number, row[-1].number
    happened, bound = act.happened.at.isoformat(), act.happened.bound
    if not names:
        return AknAct(first, last, happened, bound)
    return AknAct(
        first,
        last,
        happened,
        bound,
        act.by,
        act.behalf,
        act.capacity,
        act.meeting,
        act.purpose,
    )
