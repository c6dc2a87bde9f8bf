"""A moment's clauses with what its open points need to know of them, each state read only once.

Which points that makes is in `open_brackets` and `open_proposals`.
"""

from __future__ import annotations

from collections.abc import Iterable

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Alternative
from negotiation.text.passage import Mark, Standing, marks_of
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.open_point import ON_THE_TABLE
from negotiation.views.paths import Names
from negotiation.views.read_aloud import read_aloud
from negotiation.views.standing import stands_in

Rival = tuple[Clause, Alternative, str]
"""A clause, a wording that it holds, and the words of that."""


class MomentRead:
    """One moment, with places and names worked out once."""

    def __init__(self, timeline: Timeline, moment: Moment) -> None:
        self.timeline = timeline
        self.clauses = [
            one for one in moment.clauses if one.margin.tabled and not one.margin.deleted_by
        ]
        self.place = {clause.id: index for index, clause in enumerate(self.clauses)}
        self.called = timeline.memory(Names).paths(moment)
        known = timeline.memory(_ReadSoFar)
        self.of = known.of
        self._acts = known.counted(timeline)
        self._count = self._acts[moment.at - 1] if moment.at else 0
        self.rivals: dict[str, list[Rival]] = {}
        """The wordings of every point that has any."""
        for clause in self.clauses:
            if clause.alternatives:
                for one, words in self.of(clause).wordings:
                    self.rivals.setdefault(one.point, []).append((clause, one, words))

    def age(self, since: int) -> int:
        """How many acts were made after the one that an entry belongs to."""
        return self._count - self._acts[since - 1] if since else 0

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


class ClauseRead:
    """One clause in one state, with its stretches cut out."""

    def __init__(self, clause: Clause) -> None:
        # Holding the clause keeps its identity from being used again.
        self.clause = clause
        self.addition = _is_addition(clause)
        self.stands = clause.stands
        length = len(clause.passage.words)
        self.within = {one.point: one.reach.within(length) for one in clause.brackets}
        self.live = {point: read_aloud(clause, *at) for point, at in self.within.items()}
        self.struck = {point: _struck(clause, *at) for point, at in self.within.items()}
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


class _ReadSoFar:
    """What was read of clauses in states that do not change, and the acts counted so far."""

    _MANY = 20_000

    def __init__(self) -> None:
        self.read: dict[int, ClauseRead] = {}
        self.acts: list[int] = []

    def of(self, clause: Clause) -> ClauseRead:
        """What a clause in this state brings to its open points."""
        found = self.read.get(id(clause))
        if found is None:
            if len(self.read) >= self._MANY:
                self.read.clear()
            found = self.read[id(clause)] = ClauseRead(clause)
        return found

    def counted(self, timeline: Timeline) -> list[int]:
        """For every entry, how many acts were made up to it."""
        acts = self.acts
        if not acts:
            acts += timeline.acts_counted()
        entries = timeline.entries
        for entry in entries[len(acts) :]:
            before = entries[entry.number - 2].act.id if acts else ""
            count = acts[-1] if acts else 0
            acts.append(count + (entry.act.id != before))
        return acts


def _is_addition(clause: Clause) -> bool:
    return any(one.kind == "ADD" and one.state == ON_THE_TABLE for one in clause.proposals) and all(
        run.inserted_by is not None for run in clause.passage.runs
    )


def _struck(clause: Clause, start: int, end: int) -> str:
    """The words of a stretch that an undecided proposal strikes."""
    if not clause.passage.pending:
        return ""
    runs = clause.passage.between(start, end)
    return "".join(run.words for run in runs if run.pending and not run.live)


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


def _extent(clause: Clause, proposal: str) -> tuple[int, int]:
    """From the first to the last word that a proposal touches; the whole clause for a NOC."""
    touched = [
        (at, at + len(run.words))
        for at, run in clause.passage.pieces()
        if any(
            mark.source == proposal and mark.standing is Standing.PENDING for mark in marks_of(run)
        )
    ]
    return (touched[0][0], touched[-1][1]) if touched else (0, len(clause.passage.words))
