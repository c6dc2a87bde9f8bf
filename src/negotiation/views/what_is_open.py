"""What the room has not settled, in the order of the text.

An open point is a bracket, a group of wordings, or a proposal without a decision. A bracket around
the whole text is a reservation and no point of its own. Damage on a received page is no open point
either: that list is in `what_is_damaged`. How much is open, in three numbers, is in `how_open`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Alternative, Bracket, BracketKind, Proposal
from negotiation.text.passage import Mark, Standing, marks_of
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import Names
from negotiation.views.standing import stands_in

PROPOSAL = "proposal"
"""The kind of an open point that is a proposal and no bracket."""
ON_THE_TABLE = "on the table"


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
    return open_points(timeline, timeline.moment(at))


def open_points(timeline: Timeline, moment: Moment) -> tuple[OpenPoint, ...]:
    """The open points of a moment of this record."""
    text = _Text(timeline, moment)
    brackets = _brackets(text)
    found: list[_Found] = [
        (told.key, partial(_bracket, text, told)) for told in brackets.told.values() if told.stands
    ]
    found += _proposals(text)
    found.sort(key=lambda one: one[0])
    points = tuple([make(number) for number, (_, make) in enumerate(found, start=1)])
    text.remember(brackets)
    return points


# -- the text with what the points need to know of it ---------------------------------------------


_Key = tuple[int, int, int, int, int, str]
"""Place, start, how many clauses, end and entry; no two points have one key."""
_Share = tuple[Clause, Bracket]
"""A clause and its part of a bracket."""
_ByClause = Mapping[str, Mapping[str, Bracket]]
"""The shares of every point, by clause."""
_Found = tuple[_Key, Callable[[int], OpenPoint]]
"""Where a point stands, and the point once it has its number."""


class _Memory:
    """What was read of clauses in states that do not change, and the acts counted so far."""

    _MANY = 20_000

    def __init__(self) -> None:
        self.read: dict[int, _Read] = {}
        self.acts: list[int] = []
        self.clauses: list[Clause] = []
        """Those of the moment that was asked for last; ``brackets`` are of that moment."""
        self.called: object = None
        self.brackets = _Brackets({}, {}, {})

    def of(self, clause: Clause) -> _Read:
        """What a clause in this state brings to its open points."""
        found = self.read.get(id(clause))
        if found is None:
            if len(self.read) >= self._MANY:
                self.read.clear()
            found = self.read[id(clause)] = _Read(clause)
        return found

    def counted(self, timeline: Timeline) -> list[int]:
        """For every entry, how many acts were made up to it."""
        acts = self.acts
        entries = timeline.entries
        for entry in entries[len(acts) :]:
            before = entries[entry.number - 2].act.id if acts else ""
            count = acts[-1] if acts else 0
            acts.append(count + (entry.act.id != before))
        return acts


@attrs.frozen
class _Told:
    """What was told of a point, without number and age, and the clauses that it came from."""

    key: _Key
    stands: bool
    """Whether anything is left of what it was about: a decision may have struck all of it."""
    rests_on: frozenset[str]
    leans: bool
    """Whether it rests on other clauses than those that it touches."""
    before: tuple[Any, ...]
    since: int
    behind: tuple[Any, ...]


@attrs.frozen
class _Brackets:
    """The brackets of a moment by point: in order of the text, by clause, and what was told."""

    shares: dict[str, list[_Share]]
    by_clause: dict[str, dict[str, Bracket]]
    told: dict[str, _Told]


class _Read:
    """One clause in one state; holding it keeps its identity from being used again."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.addition = _is_addition(clause)
        self.stands = clause.stands
        self.live = {one.point: _live_part(clause, one) for one in clause.brackets}
        self.struck = {one.point: _struck_part(clause, one) for one in clause.brackets}
        length = _length(clause)
        self.within = {one.point: one.reach.within(length) for one in clause.brackets}
        self.standing = {one.point for one in clause.brackets if stands_in(clause, one.reach)}
        self.standing |= {one.point for one in clause.alternatives if stands_in(clause, one.reach)}
        self.wordings = [
            (one, read_aloud(clause, *one.reach.within(length))) for one in clause.alternatives
        ]
        of_groups = {one.proposal for one in clause.alternatives}
        self.proposals = [
            (one, _extent(clause, one.id), *_proposed(clause, one.id))
            for one in clause.proposals
            if one.state == ON_THE_TABLE and one.id not in of_groups
        ]


class _Text:
    """One moment, with places and names worked out once."""

    def __init__(self, timeline: Timeline, moment: Moment) -> None:
        self.timeline = timeline
        self.clauses = [
            one for one in moment.clauses if one.margin.tabled and not one.margin.deleted_by
        ]
        self.place = {clause.id: index for index, clause in enumerate(self.clauses)}
        self.called = timeline.memory(Names).paths(moment)
        self.memory = memory = timeline.memory(_Memory)
        self.of = memory.of
        self.changed = self._changed()
        """The clauses that differ from the moment before, old and new; ``None`` if all may."""
        self.acts = memory.counted(timeline)
        self.count = self.acts[moment.at - 1] if moment.at else 0
        self.rivals: dict[str, list[tuple[Clause, Alternative, str]]] = {}
        for clause in self.clauses:
            if clause.alternatives:
                for one, words in self.of(clause).wordings:
                    self.rivals.setdefault(one.point, []).append((clause, one, words))

    def _changed(self) -> list[tuple[Clause, Clause]] | None:
        before = self.memory.clauses
        if self.memory.called is not self.called or len(before) != len(self.clauses):
            return None
        changed = [
            (one, other)
            for one, other in zip(before, self.clauses, strict=True)
            if one is not other
        ]
        return changed if all(one.id == other.id for one, other in changed) else None

    def remember(self, brackets: _Brackets) -> None:
        """The next moment is likely to differ in a clause or two."""
        memory = self.memory
        memory.clauses, memory.called, memory.brackets = self.clauses, self.called, brackets

    def age(self, since: int) -> int:
        """How many acts were made after the one that an entry belongs to."""
        return self.count - self.acts[since - 1] if since else 0

    def when(self, entry: int) -> str:
        """When an entry was recorded."""
        return self.timeline.entries[entry - 1].act.written.isoformat() if entry else ""

    def where(self, first: Clause, touched: Iterable[Clause]) -> str:
        """Where a point is: behind the clause before it when all of it is additions."""
        path = self.called[first.id]
        if not self.added(touched):
            return path
        passed = self.passed(first)
        stands = bool(passed) and self.of(self.clauses[self.place[passed[-1]]]).stands
        return f"after {self.called[passed[-1]]}" if stands else path

    def added(self, touched: Iterable[Clause]) -> bool:
        """Whether all of it is additions."""
        return all(self.of(clause).addition for clause in touched)

    def passed(self, clause: Clause) -> list[str]:
        """The clauses on the way back to the one before that stands, that one last if any does."""
        passed: list[str] = []
        for before in reversed(self.clauses[: self.place[clause.id]]):
            passed.append(before.id)
            if self.of(before).stands:
                break
        return passed


def _is_addition(clause: Clause) -> bool:
    return any(one.kind == "ADD" and one.state == ON_THE_TABLE for one in clause.proposals) and all(
        run.inserted_by is not None for run in clause.passage.runs
    )


def _brackets(text: _Text) -> _Brackets:
    if text.changed is None:
        shares: dict[str, list[_Share]] = {}
        for clause in text.clauses:
            for bracket in _own(clause):
                shares.setdefault(bracket.point, []).append((clause, bracket))
        by_clause = {point: _as_map(touched) for point, touched in shares.items()}
        return _Brackets(
            shares, by_clause, {point: _told(text, by_clause, shares, point) for point in shares}
        )
    return _carried_over(text, text.memory.brackets, text.changed)


def _carried_over(
    text: _Text, before: _Brackets, changed: list[tuple[Clause, Clause]]
) -> _Brackets:
    """The brackets of the moment before with those told anew that rest on a changed clause."""
    shares, by_clause = before.shares.copy(), before.by_clause.copy()
    told = before.told.copy()
    now = {clause.id: clause for _, clause in changed}
    states = [clause for pair in changed for clause in pair]
    stale = {one.point for clause in states for one in _own(clause)}
    stale |= {one.point for clause in states for one in clause.alternatives}
    near: set[str] = set()
    for point in stale:
        old = shares.pop(point, [])
        ids = {clause.id for clause, _ in old}
        touched = [share for share in old if share[0].id not in now]
        touched += [
            (clause, one) for clause in now.values() for one in _own(clause) if one.point == point
        ]
        touched.sort(key=lambda share: text.place[share[0].id])
        if touched:
            shares[point], by_clause[point] = touched, _as_map(touched)
        elif point in told:
            del told[point], by_clause[point]
        if len(touched) != len(old):
            # How many clauses a bracket touches says which one is the smallest around another.
            near |= ids.union(clause.id for clause, _ in touched)
    for clause_id in near:
        stale |= {one.point for one in _own(text.clauses[text.place[clause_id]])}
    for point, known in before.told.items():
        if known.leans and not known.rests_on.isdisjoint(now):
            stale.add(point)
    for point in stale:
        if point in shares:
            told[point] = _told(text, by_clause, shares, point)
    return _Brackets(shares, by_clause, told)


def _own(clause: Clause) -> list[Bracket]:
    """The clause's brackets that are open points."""
    return [one for one in clause.brackets if one.kind is not BracketKind.WHOLE_TEXT]


def _as_map(touched: list[_Share]) -> dict[str, Bracket]:
    return {clause.id: bracket for clause, bracket in touched}


def _key(text: _Text, clause: Clause, bracket: Bracket, clauses: int) -> _Key:
    start, end = text.of(clause).within[bracket.point]
    low = -1 if bracket.reach.start is None else start
    return (text.place[clause.id], low, -clauses, -end, bracket.since, bracket.point)


def _bracket(text: _Text, told: _Told, number: int) -> OpenPoint:
    return OpenPoint(number, *told.before, text.age(told.since), *told.behind)  # type: ignore[call-arg]  # a row cut in two; the tests compare it with the fields by name


def _told(
    text: _Text, by_clause: _ByClause, shares: Mapping[str, list[_Share]], point: str
) -> _Told:
    touched = shares[point]
    ids = tuple([clause.id for clause, _ in touched])
    first = touched[0][0]
    begin = next((bracket for _, bracket in touched if bracket.begins), touched[0][1])
    rivals = text.rivals.get(point, [])
    where = text.where(first, (clause for clause, _ in touched))
    rests_on = {*ids, *(clause.id for clause, _, _ in rivals)}
    if text.added(clause for clause, _ in touched):
        rests_on.update(text.passed(first))
    return _Told(
        _key(text, first, touched[0][1], len(touched)),
        any(
            point in text.of(clause).standing
            for clause in (*(one for one, _ in touched), *(one for one, _, _ in rivals))
        ),
        frozenset(rests_on),
        len(rests_on) > len(ids),
        (
            point,
            begin.kind.value,
            ids,
            text.called[first.id],
            where,
            _lines(text.of(clause).live[point] for clause, _ in touched),
            _lines(text.of(clause).struck[point] for clause, _ in touched),
            _wordings(text, rivals),
            begin.holders,
            (),
            begin.status,
            begin.reason,
            begin.since,
            text.when(begin.since),
        ),
        begin.since,
        (
            begin.parked,
            begin.until,
            sum(
                position.on == point
                for clause, _ in touched
                for position in clause.margin.positions
            ),
            _around(text, by_clause, touched) if len(first.brackets) > 1 else "",
        ),
    )


def _live_part(clause: Clause, bracket: Bracket) -> str:
    if bracket.reach.whole:
        return read_aloud(clause, 0, _length(clause))
    return read_aloud(clause, *bracket.reach.within(_length(clause)))


def read_aloud(clause: Clause, start: int, end: int) -> str:
    """The live words of a stretch, with a stroke where one wording of several meets the next."""
    length = _length(clause)
    reaches = [one.reach.within(length) for one in clause.alternatives if not one.reach.whole]
    ends = {high for _, high in reaches}
    seams = sorted({low for low, _ in reaches if start < low < end and low in ends})
    told = ""
    for low, high in pairwise((start, *seams, end)):
        words = clause.passage.live_between(low, high)
        meets = told and words and not told[-1].isspace() and not words[0].isspace()
        told += f"/{words}" if meets and told[-1] != "/" and words[0] != "/" else words
    return told


def _struck_part(clause: Clause, bracket: Bracket) -> str:
    if not clause.passage.pending:
        return ""
    runs = clause.passage.between(*bracket.reach.within(_length(clause)))
    return "".join(run.words for run in runs if run.pending and not run.live)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(line for line in words if line)


def _wordings(text: _Text, rivals: list[tuple[Clause, Alternative, str]]) -> tuple[Wording, ...]:
    """The wordings in printed order; one that runs over several clauses is still one."""
    row: list[Wording] = []
    for clause, one, words in sorted(rivals, key=lambda rival: rival[1].order):
        wording = _alternative(text, clause, one, words)
        if row and row[-1].order == wording.order:
            both = " ".join(part for part in (row[-1].words, wording.words) if part)
            row[-1] = attrs.evolve(row[-1], words=both)
        else:
            row.append(wording)
    return tuple(row)


def _alternative(text: _Text, clause: Clause, one: Alternative, words: str) -> Wording:
    proposal = clause.proposal(one.proposal)
    return Wording(
        one.order,
        words,
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


def _around(text: _Text, by_clause: _ByClause, touched: list[_Share]) -> str:
    """The smallest bracket that holds all shares of this one; of two equal ones, the earlier."""
    first, mine = touched[0]
    holding: list[tuple[int, int, int, str]] = []
    for other in first.brackets:
        if other.point == mine.point or other.kind is BracketKind.WHOLE_TEXT:
            continue
        if other.point not in text.of(first).standing:
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
        start, end = text.of(first).within[other.point]
        holding.append((len(theirs), end - start, -other.since, other.point))
    return min(holding)[3] if holding else ""


def _length(clause: Clause) -> int:
    return len(clause.passage.words)


def _proposals(text: _Text) -> list[_Found]:
    of_groups = {one.proposal for rows in text.rivals.values() for _, one, _ in rows}
    found: list[_Found] = []
    for clause in text.clauses:
        if not clause.proposals:
            continue
        for proposal, (low, high), put_in, struck in text.of(clause).proposals:
            if proposal.id in of_groups:
                continue
            key = (text.place[clause.id], low, 0, -high, proposal.entry, proposal.id)
            around = _holding(clause, low, high)
            made = partial(_proposal, text, clause, proposal, put_in, struck, around)
            found.append((key, made))
    return found


def _proposed(clause: Clause, proposal: str) -> tuple[str, str]:
    """The words that a proposal on the table puts in, and those it strikes."""

    def mine(mark: Mark | None) -> bool:
        if mark is None or mark.source != proposal:
            return False
        return mark.standing is Standing.PENDING

    put_in = "".join(run.words for run in clause.passage.runs if run.live and mine(run.inserted_by))
    struck = "".join(
        run.words
        for run in clause.passage.runs
        if run.pending and not run.live and any(mine(strike) for strike in run.struck_by)
    )
    return put_in, struck


def _holding(clause: Clause, low: int, high: int) -> str:
    """The smallest bracket of the clause around a stretch."""
    length = _length(clause)
    holding = [
        (end - start, -bracket.since, bracket.point)
        for bracket in clause.brackets
        if bracket.kind is not BracketKind.WHOLE_TEXT
        for start, end in [bracket.reach.within(length)]
        if start <= low and high <= end
    ]
    return min(holding)[2] if holding else ""


def _proposal(
    text: _Text,
    clause: Clause,
    proposal: Proposal,
    put_in: str,
    struck: str,
    around: str,
    number: int,
) -> OpenPoint:
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
    return OpenPoint(
        number,
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
        around,
    )


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
