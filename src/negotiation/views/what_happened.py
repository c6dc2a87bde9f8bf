"""What happened between two moments, clause by clause: for a chair's summary, or for whoever left.

Each clause has what was done on it in brief, what thereby changed of its words, and how it stands
at the end. What was done and undone in between is only counted. A page that came in is one line,
and the comparison begins behind it.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity
from negotiation.domain.terms import Agreement, DocumentRole, Kind, Package, Parked
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.how_it_was_decided import Question, questions
from negotiation.views.in_brief import Happening, Sort, in_brief
from negotiation.views.paths import Names
from negotiation.views.undoings import undone_within
from negotiation.views.what_changed import ClauseChange, what_changed
from negotiation.views.what_is_open import OpenPoint, open_points
from negotiation.views.what_may_be_seen import PUBLIC, Viewer, as_seen, positions_on
from negotiation.views.what_remains import seen_points


@attrs.frozen
class ClauseCourse:
    """One clause: what was done, what changed, and how it stands at the later moment."""

    clause: str
    path: str
    block: str
    """The path of the heading it stands under; empty where there is none."""
    happened: tuple[Happening, ...]
    change: ClauseChange | None
    agreement: Agreement | None
    open: tuple[OpenPoint, ...]
    """The open points that touch it."""
    parked: Parked | None
    concerns: bool
    """Whether it concerns the party that was asked for."""

    @property
    def editing(self) -> bool:
        """Whether the form alone was touched."""
        form = all(one.sort is Sort.EDITED for one in self.happened)
        return form and (self.change is None or self.change.editing)

    def of(self, sort: Sort) -> tuple[Happening, ...]:
        """What happened of one sort."""
        return tuple(one for one in self.happened if one.sort is sort)


@attrs.frozen
class Course:
    """All that happened between two moments."""

    from_: int
    to: int
    from_when: str
    """When the entry was recorded, as ISO 8601; empty for the beginning."""
    to_when: str
    symbol: str
    title: str
    meetings: tuple[str, ...]
    """The meetings in which something was done."""
    clauses: tuple[ClauseCourse, ...]
    whole: tuple[Happening, ...]
    """What concerns the text as a whole."""
    questions: tuple[Question, ...]
    concerning: tuple[str, ...]
    """The questions, by id, that concern the party that was asked for."""
    packages: tuple[Package, ...]
    """Those that were formed, taken, agreed or broken in between, as they stand."""
    paths: tuple[tuple[str, str], ...]
    """What the clauses of those packages are called, by id."""
    undone: tuple[str, ...]
    """The acts that were made and undone in between."""
    open_before: int
    open_after: int
    party: str
    """The party that was asked for; empty for none."""


def what_happened(
    timeline: Timeline, from_: int, to: int, *, viewer: Viewer = PUBLIC, party: str = ""
) -> Course:
    """What happened after entry ``from_``, up to and with entry ``to``.

    ``party`` is the code of a party: what concerns it, its groups or its members is told.
    """
    low, high = min(from_, to), max(from_, to)
    moment = timeline.moment(high)
    whole = moment.negotiation
    start = max(low, received_by(timeline, low, high))
    undone = undone_within(timeline.entries[low:high])
    told = [
        entry
        for entry in timeline.entries[low:high]
        if entry.act.id not in undone.hidden and as_seen(entry, viewer, timeline) is not None
    ]
    called = timeline.memory(Names).paths(moment)
    on_clauses, beside = _sorted(timeline, told, called, start)
    codes = _codes(whole, party)
    points = seen_points(timeline, moment, viewer)
    asked = questions(timeline, high, low)
    packages = tuple(
        one for one in whole.packages if low < one.entry <= high or _named_in(told, one.id)
    )
    return Course(
        low,
        high,
        _when(timeline, low),
        _when(timeline, high),
        whole.symbol,
        whole.title,
        tuple(dict.fromkeys(entry.act.meeting for entry in told if entry.act.meeting)),
        _clauses(timeline, moment, on_clauses, points, viewer, codes, start),
        tuple(beside),
        asked,
        tuple(
            one.id
            for one in asked
            if any(objection.party in codes for objection in one.objections)
            or any(
                _concerns(timeline, state, (), codes, viewer)
                for state in moment.clauses
                if state.id in one.clauses
            )
        ),
        packages,
        tuple((one, called.get(one, "")) for package in packages for one in package.clauses),
        undone.acts,
        len(open_points(timeline, timeline.moment(start))),
        len(points),
        party,
    )


def _named_in(told: Iterable[Entry], package: str) -> bool:
    return any(getattr(entry.event, "package", "") == package for entry in told)


def _when(timeline: Timeline, entry: int) -> str:
    return timeline.entries[entry - 1].act.written.isoformat() if entry else ""


# -- which entries are told of --------------------------------------------------------------------


def received_by(timeline: Timeline, low: int, high: int) -> int:
    """The end of the last act in between by which the first text came in; 0 when none did."""
    entries = timeline.entries
    end, act = 0, ""
    for entry in entries[low:high]:
        if isinstance(entry.event, ev.DocumentReceived) and entry.event.role is DocumentRole.DRAFT:
            act = entry.act.id
        if act and entry.act.id == act:
            end = entry.number
    return end


_Rows = dict[str, list[Happening]]


def _sorted(
    timeline: Timeline, told: Iterable[Entry], called: dict[str, str], start: int
) -> tuple[_Rows, list[Happening]]:
    """What happened by clause, and what concerns the text as a whole."""
    on_clauses: _Rows = {}
    beside: list[Happening] = []
    for entry in told:
        event = entry.event
        if isinstance(event, ev.DocumentReceived) or not (
            entry.clause or isinstance(event, ev.ClausePlaced)
        ):
            # Who is named on a page that came in is not said one by one.
            named = isinstance(event, ev.PartyJoined) and entry.act.capacity is Capacity.IMPORT
            if not named and not isinstance(event, ev.ActReversed):
                beside.append(in_brief(timeline, entry, called))
            continue
        if entry.number <= start:
            continue
        clause = event.clause if isinstance(event, ev.ClausePlaced) else entry.clause
        if isinstance(event, ev.ClausePlaced) and not _moves(timeline, entry, clause):
            continue
        if isinstance(event, ev.ClauseLinked | ev.ClauseUnlinked):
            # Told of the package, once.
            continue
        on_clauses.setdefault(clause, []).append(in_brief(timeline, entry, called))
    return on_clauses, beside


def _moves(timeline: Timeline, entry: Entry, clause: str) -> bool:
    order = timeline.negotiation(entry.number - 1).order
    return any(placed.clause == clause for placed in order)


# -- clause by clause -----------------------------------------------------------------------------


def _clauses(
    timeline: Timeline,
    moment: Moment,
    happened: _Rows,
    points: tuple[OpenPoint, ...],
    viewer: Viewer,
    codes: frozenset[str],
    start: int,
) -> tuple[ClauseCourse, ...]:
    changed = {one.clause: one for one in what_changed(timeline, start, moment.at)}
    called = timeline.memory(Names).paths(moment)
    touching: dict[str, list[OpenPoint]] = {}
    for point in points:
        for clause in dict.fromkeys((*point.clauses, *(one.clause for one in point.alternatives))):
            touching.setdefault(clause, []).append(point)
    found: list[ClauseCourse] = []
    block = ""
    for state in moment.clauses:
        if state.kind is Kind.HEADING and state.margin.tabled:
            block = called[state.id]
        rows, change = happened.get(state.id, []), changed.get(state.id)
        if not rows and change is None:
            continue
        found.append(
            ClauseCourse(
                state.id,
                called[state.id],
                block,
                tuple(rows),
                change,
                state.agreement,
                tuple(touching.get(state.id, ())),
                state.margin.parked,
                _concerns(timeline, state, rows, codes, viewer),
            )
        )
    there = {one.clause for one in found}
    for clause, change in changed.items():
        if clause not in there:
            # An undo took the clause out of the order: its words went all the same.
            rows = happened.get(clause, [])
            found.append(
                ClauseCourse(clause, change.path, "", tuple(rows), change, None, (), None, False)
            )
    return tuple(found)


def _codes(whole: Negotiation, party: str) -> frozenset[str]:
    """A party with the groups that speak for it, or a group with those it speaks for."""
    if not party:
        return frozenset()
    groups = (one.code for one in whole.parties if party in one.members)
    return frozenset((party, *groups, *whole.party(party).members))


def _concerns(
    timeline: Timeline,
    state: Clause,
    rows: Iterable[Happening],
    codes: frozenset[str],
    viewer: Viewer,
) -> bool:
    if not codes:
        return False
    conditions = state.agreement.conditions if state.agreement is not None else ()
    named = {
        *(code for one in state.proposals for code in (*one.sponsors, *one.supporters)),
        *(code for one in state.brackets for code in (*one.holders, one.parked)),
        *(code for one in state.alternatives for code in one.sponsors),
        *(one.party for one in positions_on(state, viewer, timeline)),
        *(one.on for one in conditions),
        *(one.hand.behalf for one in rows),
        *((state.margin.parked.owner,) if state.margin.parked is not None else ()),
    }
    return not codes.isdisjoint(named)
