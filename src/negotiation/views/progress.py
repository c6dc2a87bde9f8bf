"""How open the text was over time, and who and what keeps it open at a moment.

Two numbers after every entry, with the definitions of `how_open`: open points, and live words that
are bracketed or undecided. They are counted on from entry to entry. Nothing here weighs support.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import ClausePlaced, DocumentReceived
from negotiation.domain.terms import Bracket, BracketKind, Kind
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import Names
from negotiation.views.what_is_open import ON_THE_TABLE, OpenPoint


@attrs.frozen
class Progress:
    """How open the text was after every entry; place 0 is before the first one."""

    open_points: tuple[int, ...]
    words_inside: tuple[int, ...]
    ends: tuple[int, ...]
    """The last entries of the acts, from the one on that brought the first document."""


@attrs.frozen
class Part:
    """How many open points have to do with a party, or stand in a block of the text."""

    name: str
    """A party's code, or the path of a heading; empty where there is none."""
    points: int


def progress(timeline: Timeline) -> Progress:
    """How open the text was over the whole record; a longer record costs what is new in it."""
    course = timeline.memory(_Course)
    course.count_on(timeline, timeline.head)
    return course.known()


def progress_within(timeline: Timeline, most: int) -> Progress | None:
    """The same after counting on by ``most`` entries at most; ``None`` while some are left.

    For whoever must not wait for a long record: asked again, it counts on from where it is.
    """
    course = timeline.memory(_Course)
    return course.known() if course.count_on(timeline, most) else None


def by_party(points: Iterable[OpenPoint]) -> tuple[Part, ...]:
    """Open points by who holds or sponsors them, most first; a point counts for each of them."""
    found: Counter[str] = Counter()
    for point in points:
        whose = {*point.holders, *point.sponsors}
        whose.update(code for one in point.alternatives for code in one.sponsors)
        found.update(whose or {""})
    return _most_first(found)


def by_block(timeline: Timeline, moment: Moment, points: Iterable[OpenPoint]) -> tuple[Part, ...]:
    """Open points by the heading that they stand under, in the order of the text."""
    called = timeline.memory(Names).paths(moment)
    under: dict[str, str] = {}
    block = ""
    for clause in moment.clauses:
        if clause.kind is Kind.HEADING and clause.margin.tabled:
            block = called[clause.id]
        under[clause.id] = block
    found = Counter(under[point.clauses[0]] for point in points)
    return tuple(Part(name, found[name]) for name in dict.fromkeys(under.values()) if found[name])


def longest_held(points: Iterable[OpenPoint], most: int = 10) -> tuple[OpenPoint, ...]:
    """The points that are open the longest, the oldest first."""
    return tuple(sorted(points, key=lambda one: (one.since, one.number))[:most])


def _most_first(found: Counter[str]) -> tuple[Part, ...]:
    rows = sorted(found.items(), key=lambda row: (not row[0], -row[1], row[0]))
    return tuple(Part(name, count) for name, count in rows)


# -- counted on from entry to entry ---------------------------------------------------------------


class _Course:
    """The numbers so far, and what is needed to count on."""

    def __init__(self) -> None:
        self.points, self.words = [0], [0]
        self.order: object = ()
        self.placed: set[str] = set()
        self.counted: dict[str, _Counted] = {}
        self.shares: Counter[str] = Counter()
        """How many clauses each bracket touches."""
        self.groups: Counter[str] = Counter()
        """How many wordings of open points each proposal has."""
        self.tabled: Counter[str] = Counter()
        """On how many clauses each proposal is on the table."""
        self.open_proposals = self.inside = 0
        self.sorts: dict[int, int] = {}
        """The sort of every run, by identity: the record holds them all."""
        self.first = 0
        self.act = ""
        """The act of the last entry counted."""
        self.ends: list[int] = []
        self.last: Progress | None = None

    def count_on(self, timeline: Timeline, most: int) -> bool:
        """Count on by ``most`` entries at most; whether the whole record is counted."""
        first = len(self.points)
        for number in range(first, min(first + most, timeline.head + 1)):
            self._count(timeline, number)
        return len(self.points) > timeline.head

    def known(self) -> Progress:
        """The numbers so far."""
        if self.last is None or len(self.last.open_points) != len(self.points):
            self.last = Progress(tuple(self.points), tuple(self.words), tuple(self.ends))
        return self.last

    def _count(self, timeline: Timeline, number: int) -> None:
        entry = timeline.entries[number - 1]
        clause = timeline.changed(number)
        if clause is not None:
            if clause.id in self.placed:
                self._set(clause.id, clause)
        else:
            if not self.first and isinstance(entry.event, DocumentReceived):
                self.first = number
                self.ends = []
            order = timeline.negotiation(number).order
            if order is not self.order and isinstance(entry.event, ClausePlaced):
                # Only this one comes or moves: a text of thousands is placed one after the other.
                come = entry.event.clause
                if come not in self.placed:
                    self._set(come, timeline.clause(come, number))
                    self.placed.add(come)
                self.order = order
            elif order is not self.order:
                placed = {one.clause for one in order}
                for gone in self.placed - placed:
                    self._set(gone, None)
                for come in placed - self.placed:
                    self._set(come, timeline.clause(come, number))
                self.order, self.placed = order, placed
        if self.ends and entry.act.id == self.act:
            self.ends[-1] = number
        else:
            self.ends.append(number)
        self.act = entry.act.id
        self.points.append(len(self.shares) + self.open_proposals)
        self.words.append(self.inside)

    def _set(self, clause_id: str, clause: Clause | None) -> None:
        before = self.counted.get(clause_id, _NOTHING)
        after = _NOTHING if clause is None else _counted(clause, self.sorts)
        self.counted[clause_id] = after
        self.inside += after.words - before.words
        if before.points != after.points:
            _shift(self.shares, before.points, after.points)
        if before.groups == after.groups and before.proposals == after.proposals:
            return
        touched = {*before.groups, *after.groups, *before.proposals, *after.proposals}
        self.open_proposals -= self._alone(touched)
        _shift(self.groups, before.groups, after.groups)
        _shift(self.tabled, before.proposals, after.proposals)
        self.open_proposals += self._alone(touched)

    def _alone(self, proposals: Iterable[str]) -> int:
        """How often these are on the table without being a wording of an open point."""
        return sum(self.tabled[one] for one in proposals if one not in self.groups)


def _shift(counter: Counter[str], before: Iterable[str], after: Iterable[str]) -> None:
    counter.update(after)
    counter.subtract(before)
    for one in before:
        if one in counter and not counter[one]:
            del counter[one]


@attrs.frozen
class _Counted:
    """What one clause in one state adds."""

    points: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    words: int = 0


_NOTHING = _Counted()


def _counted(clause: Clause, sorts: dict[int, int]) -> _Counted:
    if not clause.margin.tabled:
        return _NOTHING
    brackets = [one for one in clause.brackets if one.kind is not BracketKind.WHOLE_TEXT]
    words = _words_inside(clause, brackets, sorts)
    if clause.margin.deleted_by:
        return _Counted(words=words)
    return _Counted(
        tuple([one.point for one in brackets]),
        tuple([one.proposal for one in clause.alternatives]),
        tuple([one.id for one in clause.proposals if one.state == ON_THE_TABLE]),
        words,
    )


_HIDDEN, _SETTLED, _UNDECIDED = range(3)


def _words_inside(clause: Clause, brackets: Iterable[Bracket], sorts: dict[int, int]) -> int:
    """Live words that a bracket covers, or that nobody has decided; runs are sorted once."""
    passage = clause.passage
    runs = passage.runs
    of_runs: list[int] = []
    for run in runs:
        sort = sorts.get(id(run))
        if sort is None:
            sort = _UNDECIDED if run.pending else _SETTLED
            sort = sorts[id(run)] = sort if run.live else _HIDDEN
        of_runs.append(sort)
    covered = _together(brackets, sum(passage.sizes))
    if not covered and _UNDECIDED not in of_runs:
        return 0
    # Words outside become one space, so that those inside are counted as they stand apart.
    row: list[str] = []
    start = 0
    for run, size, sort in zip(runs, passage.sizes, of_runs, strict=True):
        end = start + size
        if sort == _UNDECIDED:
            row.append(run.words)
        elif sort == _SETTLED:
            done = start
            for low, high in covered:
                if low >= end or high <= done:
                    continue
                if low > done:
                    row.append(" ")
                row.append(run.words[max(low - start, 0) : high - start])
                done = min(high, end)
            if done < end:
                row.append(" ")
        start = end
    return len("".join(row).split())


def _together(brackets: Iterable[Bracket], length: int) -> list[tuple[int, int]]:
    """The stretches that brackets cover, those that meet made one."""
    found: list[tuple[int, int]] = []
    for low, high in sorted([one.reach.within(length) for one in brackets]):
        if low >= high:
            continue
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found
