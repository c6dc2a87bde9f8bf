"""Who wrote each word, living or struck, and who struck it.

One pass over the runs of a clause, no comparison of texts: a run knows the entries that put it in,
struck it and decided on it. Words keep their author through moves, since a clause that moves stays
the same clause.
"""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import ClauseTabled, OpenPointResolved
from negotiation.domain.terms import Proposal
from negotiation.text.passage import Mark, Run, Standing
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.hands import Credit, Hand, credit, credited, hand
from negotiation.views.paths import paths
from negotiation.views.pieces import Sort, sort_of


class Whence(enum.Enum):
    """Where words come from."""

    BASE = "base"
    PRESUMED = "presumed base"
    """The received page did not tell."""
    INSERTED = "inserted"


@attrs.frozen
class Decided:
    """A decision on words that were put in or struck, and who made it."""

    standing: Standing
    hand: Hand


@attrs.frozen
class Touch:
    """Words put in, or words struck: by whom, for which proposal, and what was decided on it."""

    hand: Hand
    credit: Credit | None
    standing: Standing
    decisions: tuple[Decided, ...]


@attrs.frozen
class Written:
    """A stretch of a clause with one history."""

    words: str
    start: int
    end: int
    sort: Sort
    whence: Whence
    inserted: Touch | None
    """``None`` for words of the base."""
    struck: tuple[Touch, ...]
    contributors: tuple[Credit, ...]
    """Those whose proposals were merged into these words."""


@attrs.frozen
class Authors:
    """The words of one clause with their authors."""

    clause: str
    path: str
    label: str
    runs: tuple[Written, ...]


def who_wrote_this(timeline: Timeline, at: int, clause: str | None = None) -> tuple[Authors, ...]:
    """The authors of every word after entry ``at``, of all clauses or of one."""
    moment = timeline.moment(at)
    called = paths(moment)
    merged = Merged(timeline, moment)
    return tuple(
        Authors(
            one.id,
            called[one.id],
            one.label,
            tuple(
                _written(timeline, one, start, run, merged) for start, run in one.passage.pieces()
            ),
        )
        for one in moment.clauses
        if one.id == clause or (clause is None and one.margin.tabled)
    )


def blame(timeline: Timeline, at: int) -> list[tuple[str, tuple[Run, ...]]]:
    """The runs of every clause after entry ``at``: all that is known of each word, as kept."""
    return [(clause.id, clause.passage.runs) for clause in timeline.moment(at).clauses]


def _written(timeline: Timeline, clause: Clause, start: int, run: Run, merged: Merged) -> Written:
    mark = run.inserted_by
    return Written(
        run.words,
        start,
        start + len(run.words),
        sort_of(run),
        whence(run),
        None if mark is None else _touch(timeline, clause, mark),
        tuple(_touch(timeline, clause, strike) for strike in run.struck_by),
        () if mark is None else merged.into(clause, mark),
    )


def whence(run: Run) -> Whence:
    """Where the words of a run come from."""
    if run.inserted_by is not None:
        return Whence.INSERTED
    return Whence.PRESUMED if run.presumed else Whence.BASE


def _touch(timeline: Timeline, clause: Clause, mark: Mark) -> Touch:
    return Touch(
        hand(timeline, mark.entry),
        credited(clause, mark.source),
        mark.standing,
        tuple(Decided(fate.standing, hand(timeline, fate.entry)) for fate in mark.fates),
    )


class Merged:
    """The proposals of a moment that live on in other words."""

    def __init__(self, timeline: Timeline, moment: Moment) -> None:
        """Those of this moment."""
        self._timeline = timeline
        self._all: dict[str, Proposal] = {}
        self._into: dict[str, list[str]] = {}
        for clause in moment.clauses:
            for one in clause.proposals:
                self._all[one.id] = one
                if one.into:
                    self._into.setdefault(one.into, []).append(one.id)

    def into(self, clause: Clause, mark: Mark) -> tuple[Credit, ...]:
        """Whose proposals were merged into words that this mark put into a clause.

        An act that merges names its sources: they go to the words it put in or let stand.
        """
        found = dict.fromkeys(self._into.get(mark.source, ()) if mark.source else ())
        deciding = [fate.entry for fate in mark.fates if fate.standing is Standing.KEPT]
        for entry in (mark.entry, *deciding):
            event = self._timeline.entries[entry - 1].event
            if isinstance(event, OpenPointResolved | ClauseTabled):
                found.update(dict.fromkeys(event.sources))
        found.pop(mark.source, None)
        return tuple(
            credit(self._all[one]) if one in self._all else Credit(one, "", "", ()) for one in found
        )
