"""The brackets of a moment that are open points, told anew only where something changed.

A bracket around the whole text is a reservation and no point of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Alternative, Bracket, BracketKind
from negotiation.views.moment_read import MomentRead, Rival
from negotiation.views.open_point import OpenPoint, Rank, Unnumbered, Wording

_Share = tuple[Clause, Bracket]
"""A clause and its part of a bracket."""
_ByClause = Mapping[str, Mapping[str, Bracket]]
"""The shares of every point, by clause."""
_Change = tuple[Clause, Clause]
"""A clause in the moment that was asked for before, and now."""


def open_brackets(text: MomentRead) -> list[Unnumbered]:
    """The brackets of the moment of which anything is left, in no order."""
    last = text.timeline.memory(_Last)
    changed = last.changed(text)
    brackets = _all(text) if changed is None else _carried_over(text, last.brackets, changed)
    last.remember(text, brackets)
    return [
        (told.rank, partial(_numbered, text, told))
        for told in brackets.told.values()
        if told.stands
    ]


@attrs.frozen
class _Told:
    """What was told of a point, without number and age, and the clauses that it came from."""

    rank: Rank
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


class _Last:
    """The brackets of the moment that was asked for last: the next differs in a clause or two."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = []
        self.called: object = None
        self.brackets = _Brackets({}, {}, {})

    def changed(self, text: MomentRead) -> list[_Change] | None:
        """The clauses that differ from that moment, old and new; ``None`` if all may."""
        before = self.clauses
        if self.called is not text.called or len(before) != len(text.clauses):
            return None
        changed = [
            (one, other)
            for one, other in zip(before, text.clauses, strict=True)
            if one is not other
        ]
        return changed if all(one.id == other.id for one, other in changed) else None

    def remember(self, text: MomentRead, brackets: _Brackets) -> None:
        """Keep what was told of this moment for the next."""
        self.clauses, self.called, self.brackets = text.clauses, text.called, brackets


def _all(text: MomentRead) -> _Brackets:
    shares: dict[str, list[_Share]] = {}
    for clause in text.clauses:
        for bracket in _own(clause):
            shares.setdefault(bracket.point, []).append((clause, bracket))
    by_clause = {point: _as_map(touched) for point, touched in shares.items()}
    return _Brackets(
        shares, by_clause, {point: _told(text, by_clause, shares, point) for point in shares}
    )


def _carried_over(text: MomentRead, before: _Brackets, changed: list[_Change]) -> _Brackets:
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


def _rank(text: MomentRead, clause: Clause, bracket: Bracket, clauses: int) -> Rank:
    start, end = text.of(clause).within[bracket.point]
    low = -1 if bracket.reach.start is None else start
    return (text.place[clause.id], low, -clauses, -end, bracket.since, bracket.point)


def _numbered(text: MomentRead, told: _Told, number: int) -> OpenPoint:
    return OpenPoint(number, *told.before, text.age(told.since), *told.behind)  # type: ignore[call-arg]  # a row cut in two; the tests compare it with the fields by name


def _told(
    text: MomentRead, by_clause: _ByClause, shares: Mapping[str, list[_Share]], point: str
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
        _rank(text, first, touched[0][1], len(touched)),
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


def _lines(words: Iterable[str]) -> str:
    return "\n".join(line for line in words if line)


def _wordings(text: MomentRead, rivals: list[Rival]) -> tuple[Wording, ...]:
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


def _alternative(text: MomentRead, clause: Clause, one: Alternative, words: str) -> Wording:
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


def _around(text: MomentRead, by_clause: _ByClause, touched: list[_Share]) -> str:
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
            clause.id in theirs
            and theirs[clause.id].reach.holds(one.reach, len(clause.passage.words))
            for clause, one in touched
        ):
            continue
        equal = len(theirs) == len(touched) and all(
            one.reach.holds(theirs[clause.id].reach, len(clause.passage.words))
            for clause, one in touched
        )
        if equal and (other.since, other.point) > (mine.since, mine.point):
            continue
        start, end = text.of(first).within[other.point]
        holding.append((len(theirs), end - start, -other.since, other.point))
    return min(holding)[3] if holding else ""


def _holds(outer: Bracket, inner: Bracket, clause: Clause) -> bool:
    return outer.reach.holds(inner.reach, len(clause.passage.words))
