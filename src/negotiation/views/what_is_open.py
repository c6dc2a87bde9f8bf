"""What the room has not settled, in the order of the text.

An open point is a bracket, a group of wordings, or a proposal without a decision. A bracket around
the whole text is a reservation and no point of its own. Damage on a received page is no open point
either: that list is in `what_is_damaged`. How much is open, in three numbers, is in `how_open`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Alternative, Bracket, BracketKind, Proposal
from negotiation.text.passage import Mark, Standing, marks_of
from negotiation.views.at_that_time import Timeline
from negotiation.views.paths import paths

PROPOSAL = "proposal"
"""The kind of an open point that is a proposal and no bracket."""


@attrs.frozen
class Wording:
    """One of the wordings of an open point, or what a proposal on the table puts in."""

    order: int
    words: str
    clause: str
    path: str
    label: str
    proposal: str
    kind: str
    """ADD, MOD, (MOD), SUP or NOC; empty where the wording is nobody's proposal."""
    symbol: str
    sponsors: tuple[str, ...]
    supporters: tuple[str, ...]
    state: str
    """What became of its proposal: a withdrawn one stays in its group until that is settled."""


@attrs.frozen
class OpenPoint:
    """Something that the room has not settled."""

    number: int
    """Counted from 1 in the order of the text; it changes when something before is settled."""
    id: str
    kind: str
    """The kind of the bracket, or "proposal"."""
    clauses: tuple[str, ...]
    path: str
    """The clause where it begins."""
    where: str
    """How to say where it is: "after reaffirming/d" for a group of additions."""
    words: str
    """The live words inside, one line a clause."""
    struck: str
    """The words inside that an undecided proposal strikes."""
    alternatives: tuple[Wording, ...]
    holders: tuple[str, ...]
    sponsors: tuple[str, ...]
    status: str
    reason: str
    since: int
    """The entry that opened it."""
    since_when: str
    """When that was recorded, as ISO 8601."""
    age: int
    """How many acts were made since."""
    parked: str
    until: str
    positions: int
    """How many positions are on record; they are not weighed."""
    inside: str = ""
    """The id of the smallest bracket around it."""


def what_is_open(timeline: Timeline, at: int) -> tuple[OpenPoint, ...]:
    """The open points after entry ``at``, in the order of the text, numbered from 1."""
    text = _Text(timeline, at)
    found = [*_brackets(text), *_proposals(text)]
    found.sort(key=lambda one: one[0])
    return tuple(
        attrs.evolve(point, number=number) for number, (_, point) in enumerate(found, start=1)
    )


# -- the text with what the points need to know of it ---------------------------------------------


class _Text:
    """One moment, with places and names worked out once."""

    def __init__(self, timeline: Timeline, at: int) -> None:
        moment = timeline.moment(at)
        self.timeline = timeline
        self.at = at
        self.clauses = [
            one for one in moment.clauses if one.margin.tabled and not one.margin.deleted_by
        ]
        self.place = {clause.id: index for index, clause in enumerate(self.clauses)}
        self.called = paths(moment)
        self.negotiation: Negotiation = moment.negotiation
        self.rivals: dict[str, list[tuple[Clause, Alternative]]] = {}
        for clause in self.clauses:
            for one in clause.alternatives:
                self.rivals.setdefault(one.point, []).append((clause, one))
        self._acts: list[int] = []

    def age(self, since: int) -> int:
        """How many acts were made after the one that an entry belongs to."""
        if not self._acts:
            last, count = "", 0
            for entry in self.timeline.entries[: self.at]:
                if entry.act.id != last:
                    last, count = entry.act.id, count + 1
                self._acts.append(count)
        return self._acts[-1] - self._acts[since - 1] if since else 0

    def when(self, entry: int) -> str:
        """When an entry was recorded."""
        return self.timeline.entries[entry - 1].act.written.isoformat() if entry else ""

    def where(self, first: Clause, touched: Iterable[Clause]) -> str:
        """Where a point is: behind the clause before it when all of it is additions."""
        path = self.called[first.id]
        if not all(_is_addition(clause) for clause in touched):
            return path
        place = self.place[first.id]
        while place > 0:
            place -= 1
            before = self.clauses[place]
            if before.stands:
                return f"after {self.called[before.id]}"
        return path


def _is_addition(clause: Clause) -> bool:
    return any(
        one.kind == "ADD" and one.state == "on the table" for one in clause.proposals
    ) and all(run.inserted_by is not None for run in clause.passage.runs)


_Key = tuple[int, int, int, int, int]
_Share = tuple[Clause, Bracket]
"""A clause and its part of a bracket."""


def _brackets(text: _Text) -> list[tuple[_Key, OpenPoint]]:
    shares: dict[str, list[_Share]] = {}
    for clause in text.clauses:
        for bracket in clause.brackets:
            if bracket.kind is not BracketKind.WHOLE_TEXT:
                shares.setdefault(bracket.point, []).append((clause, bracket))
    by_clause = {
        point: {clause.id: bracket for clause, bracket in touched}
        for point, touched in shares.items()
    }
    return [
        (
            _key(text, touched[0][0], touched[0][1], len(touched)),
            _bracket(text, point, touched, _around(by_clause, touched)),
        )
        for point, touched in shares.items()
    ]


def _key(text: _Text, clause: Clause, bracket: Bracket, clauses: int) -> _Key:
    start, end = bracket.reach.within(len(clause.passage.words))
    low = -1 if bracket.reach.start is None else start
    return (text.place[clause.id], low, -clauses, -end, bracket.since)


def _bracket(text: _Text, point: str, touched: list[_Share], inside: str) -> OpenPoint:
    first = touched[0][0]
    begin = next((bracket for _, bracket in touched if bracket.begins), touched[0][1])
    return OpenPoint(
        0,
        point,
        begin.kind.value,
        tuple(clause.id for clause, _ in touched),
        text.called[first.id],
        text.where(first, (clause for clause, _ in touched)),
        _lines(_live_part(clause, bracket) for clause, bracket in touched),
        _lines(_struck_part(clause, bracket) for clause, bracket in touched),
        _wordings(text, text.rivals.get(point, [])),
        begin.holders,
        (),
        begin.status,
        begin.reason,
        begin.since,
        text.when(begin.since),
        text.age(begin.since),
        begin.parked,
        begin.until,
        sum(position.on == point for clause, _ in touched for position in clause.margin.positions),
        inside,
    )


def _live_part(clause: Clause, bracket: Bracket) -> str:
    if bracket.reach.whole:
        return clause.passage.live
    return clause.passage.live_between(*bracket.reach.within(_length(clause)))


def _struck_part(clause: Clause, bracket: Bracket) -> str:
    if not clause.passage.pending:
        return ""
    runs = clause.passage.between(*bracket.reach.within(_length(clause)))
    return "".join(run.words for run in runs if run.pending and not run.live)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(line for line in words if line)


def _wordings(text: _Text, rivals: list[tuple[Clause, Alternative]]) -> tuple[Wording, ...]:
    """The wordings in printed order; one that runs over several clauses is still one."""
    row: list[Wording] = []
    for clause, one in sorted(rivals, key=lambda rival: rival[1].order):
        wording = _alternative(text, clause, one)
        if row and row[-1].order == wording.order:
            words = " ".join(part for part in (row[-1].words, wording.words) if part)
            row[-1] = attrs.evolve(row[-1], words=words)
        else:
            row.append(wording)
    return tuple(row)


def _alternative(text: _Text, clause: Clause, one: Alternative) -> Wording:
    start, end = one.reach.within(len(clause.passage.words))
    proposal = clause.proposal(one.proposal)
    return Wording(
        one.order,
        clause.passage.live_between(start, end),
        clause.id,
        text.called[clause.id],
        one.label or clause.label,
        one.proposal,
        proposal.kind if proposal else "",
        proposal.symbol if proposal else "",
        proposal.sponsors if proposal else one.sponsors,
        proposal.supporters if proposal else (),
        proposal.state if proposal else "",
    )


def _around(by_clause: Mapping[str, Mapping[str, Bracket]], touched: list[_Share]) -> str:
    """The smallest bracket that holds all shares of this one; of two equal ones, the earlier."""
    first, mine = touched[0]
    holding: list[tuple[int, int, int, str]] = []
    for other in first.brackets:
        if other.point == mine.point or other.kind is BracketKind.WHOLE_TEXT:
            continue
        theirs = by_clause[other.point]
        if len(theirs) < len(touched) or not all(
            clause.id in theirs and theirs[clause.id].reach.holds(one.reach, _length(clause))
            for clause, one in touched
        ):
            continue
        equal = len(theirs) == len(touched) and all(
            one.reach.holds(theirs[clause.id].reach, _length(clause)) for clause, one in touched
        )
        if equal and (other.since, other.point) > (mine.since, mine.point):
            continue
        start, end = other.reach.within(_length(first))
        holding.append((len(theirs), end - start, -other.since, other.point))
    return min(holding)[3] if holding else ""


def _length(clause: Clause) -> int:
    return len(clause.passage.words)


def _proposals(text: _Text) -> list[tuple[_Key, OpenPoint]]:
    of_groups = {one.proposal for rows in text.rivals.values() for _, one in rows}
    found: list[tuple[_Key, OpenPoint]] = []
    for clause in text.clauses:
        for proposal in clause.proposals:
            if proposal.state == "on the table" and proposal.id not in of_groups:
                found.append(_proposal(text, clause, proposal))
    return found


def _proposal(text: _Text, clause: Clause, proposal: Proposal) -> tuple[_Key, OpenPoint]:
    low, high = _extent(clause, proposal.id)

    def mine(mark: Mark | None) -> bool:
        if mark is None or mark.source != proposal.id:
            return False
        return mark.standing is Standing.PENDING

    put_in = "".join(run.words for run in clause.passage.runs if run.live and mine(run.inserted_by))
    struck = "".join(
        run.words
        for run in clause.passage.runs
        if run.pending and not run.live and any(mine(strike) for strike in run.struck_by)
    )
    around = [
        (bracket.reach, -bracket.since, bracket.point)
        for bracket in clause.brackets
        if bracket.kind is not BracketKind.WHOLE_TEXT
    ]
    length = _length(clause)
    holding = [
        (end - start, since, point)
        for reach, since, point in around
        for start, end in [reach.within(length)]
        if start <= low and high <= end
    ]
    path = text.called[clause.id]
    wording = Wording(
        1,
        put_in,
        clause.id,
        path,
        clause.label,
        proposal.id,
        proposal.kind,
        proposal.symbol,
        proposal.sponsors,
        proposal.supporters,
        proposal.state,
    )
    point = OpenPoint(
        0,
        proposal.id,
        PROPOSAL,
        (clause.id,),
        path,
        text.where(clause, (clause,)),
        put_in,
        struck,
        (wording,),
        (),
        proposal.sponsors,
        "",
        "",
        proposal.entry,
        text.when(proposal.entry),
        text.age(proposal.entry),
        "",
        "",
        sum(position.on == proposal.id for position in clause.margin.positions),
        min(holding)[2] if holding else "",
    )
    return (text.place[clause.id], low, 0, -high, proposal.entry), point


def _extent(clause: Clause, proposal: str) -> tuple[int, int]:
    """From the first to the last word that a proposal touches; the whole clause for a NOC."""
    touched = [
        (at, at + len(run.words))
        for at, run in clause.passage.pieces()
        if any(
            mark.source == proposal and mark.standing is Standing.PENDING for mark in marks_of(run)
        )
    ]
    return (touched[0][0], touched[-1][1]) if touched else (0, _length(clause))
