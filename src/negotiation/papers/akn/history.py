"""The words of a clause told as they came about: one event for every act that left a mark on them.

What is found is folded again and compared, mark by mark; a clause of which that does not give the
same words with the same marks is told in `layers` instead, plainer but with the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.evolve import evolve
from negotiation.domain.terms import (
    Origin,
    Printed,
    Proposal,
    ProposalTerms,
    Settled,
    TabledRun,
)
from negotiation.text.edit import DoesNotFit, Edit, replacement
from negotiation.text.passage import Fate, Mark, Passage, Run, Standing, marks_of

Told = tuple[int, ev.ClauseEvent]
"""An event, and the entry of the former record that it tells of."""


class _NotSo(Exception):
    """The marks did not come about in a way that can be told again."""


def terms(proposal: Proposal) -> ProposalTerms:
    """A proposal as it was handed in."""
    return ProposalTerms(proposal.id, proposal.symbol, proposal.sponsors)


def words_told(clause: Clause) -> tuple[Told, ...] | None:
    """The events that make the words of a clause with all their marks; ``None`` if none do."""
    try:
        telling = _Telling(clause)
        told = tuple(telling.events())
        proposed = {one.id for one in clause.proposals if one.kind != "NOC"}
        if not proposed <= telling.introduced:
            return None
        return told if _folded(clause, told) == clause.passage else None
    except (_NotSo, DoesNotFit):
        return None


def _folded(clause: Clause, told: tuple[Told, ...]) -> Passage:
    """The passage that the events make, with the entries of the former record."""
    state: Clause | None = None
    for number, (_, event) in enumerate(told, start=1):
        state = evolve(state, number, clause.id, event)
    assert state is not None
    former = {number: entry for number, (entry, _) in enumerate(told, start=1)}

    def mark(one: Mark) -> Mark:
        fates = tuple(Fate(former[fate.entry], fate.standing) for fate in one.fates)
        return Mark(former[one.entry], one.source, fates)

    return Passage(
        tuple(
            Run(
                run.words,
                None if run.inserted_by is None else mark(run.inserted_by),
                tuple(mark(strike) for strike in run.struck_by),
                run.presumed,
            )
            for run in state.passage.runs
        )
    )


@attrs.define
class _Step:
    """What one entry did to the words of a clause."""

    source: str | None = None
    inserts: set[int] = attrs.field(factory=set)
    strikes: set[int] = attrs.field(factory=set)
    decides: dict[str, dict[int, Standing]] = attrs.field(factory=lambda: defaultdict(dict))
    """For each proposal the runs whose marks were decided, and how."""


class _Telling:
    """Goes through the entries that left marks on a clause, from the first to the last."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.tabled = clause.margin.tabled_by
        self.runs = clause.passage.runs
        self.there = [
            run.inserted_by is None or run.inserted_by.entry == self.tabled for run in self.runs
        ]
        self.introduced = {one.id for one in clause.proposals if one.entry == self.tabled}
        self.steps: dict[int, _Step] = defaultdict(_Step)
        for place, run in enumerate(self.runs):
            for mark in marks_of(run):
                self._sort(place, mark, inserts=mark is run.inserted_by)

    def _sort(self, place: int, mark: Mark, *, inserts: bool) -> None:
        decision = mark.fates[:1] == (Fate(mark.entry, Standing.KEPT),) and not mark.source
        if mark.entry != self.tabled:
            step = self.steps[mark.entry]
            if step.source not in (None, mark.source) or decision is bool(mark.source):
                raise _NotSo
            step.source = mark.source
            (step.inserts if inserts else step.strikes).add(place)
        for fate in mark.fates:
            if fate.entry != mark.entry:
                if not mark.source or fate.standing is Standing.PENDING:
                    raise _NotSo
                decided = self.steps[fate.entry].decides[mark.source]
                if decided.setdefault(place, fate.standing) is not fate.standing:
                    raise _NotSo

    def events(self) -> Iterator[Told]:
        begun = self._begun()
        state = evolve(None, 1, self.clause.id, begun)
        yield self.tabled, begun
        number = 1
        for entry, step in sorted(self.steps.items()):
            for source, decided in step.decides.items():
                number += 1
                event = self._decision(source, decided)
                state = evolve(state, number, self.clause.id, event)
                yield entry, event
            if step.inserts or step.strikes:
                number += 1
                change = self._change(entry, step, state.passage)
                state = evolve(state, number, self.clause.id, change)
                yield entry, change
                self.there = [now or place in step.inserts for place, now in enumerate(self.there)]

    # -- one event --------------------------------------------------------------------------------

    def _begun(self) -> ev.ClauseTabled:
        clause = self.clause
        own = [one for one in clause.proposals if one.entry == self.tabled and one.kind != "NOC"]
        added = next((one for one in own if one.kind == "ADD"), None)
        begun = [
            _as_tabled(run, self.tabled)
            for run in self.runs
            if run.inserted_by is None or run.inserted_by.entry == self.tabled
        ]
        return ev.ClauseTabled(
            clause.kind,
            clause.label,
            tuple(begun),
            clause.base_label,
            clause.margin.label_struck,
            None if added is None else terms(added),
            tuple(terms(one) for one in own if one is not added),
            lead=clause.margin.lead,
            printed=self._printed(),
        )

    def _printed(self) -> tuple[Printed, ...]:
        """How the words were printed, at the places that they had when the clause was tabled."""

        def then(place: int) -> int:
            at = kept = 0
            for run, there in zip(self.runs, self.there, strict=True):
                size = min(len(run.words), place - at)
                if size <= 0:
                    break
                kept += size if there else 0
                at += size
            return kept

        return tuple(
            attrs.evolve(one, start=then(one.start), end=then(one.end))
            for one in self.clause.printed
        )

    def _decision(self, source: str, decided: dict[int, Standing]) -> ev.ClauseEvent:
        proposal = self.clause.proposal(source)
        if proposal is None:
            raise _NotSo
        standings = set(decided.values())
        if standings == {Standing.MERGED}:
            return ev.ProposalMerged(source, proposal.into)
        if standings == {Standing.DROPPED}:
            if proposal.state == "withdrawn":
                return ev.ProposalWithdrawn(source, next(iter(proposal.sponsors), ""))
            return ev.ProposalNotRetained(source, (), proposal.state)
        places = [(at, at + len(self.runs[place].words), place) for place, at in self._places()]
        parts = tuple(
            Settled(low, high, decided[place]) for low, high, place in places if place in decided
        )
        return ev.ProposalRetained(source, parts, (), proposal.state)

    def _places(self) -> Iterator[tuple[int, int]]:
        """The runs that are there, by number, and where each begins."""
        at = 0
        for place, run in enumerate(self.runs):
            if self.there[place]:
                yield place, at
                at += len(run.words)

    def _change(self, entry: int, step: _Step, passage: Passage) -> ev.ClauseEvent:
        edits = tuple(self._edits(step, passage))
        if not step.source:
            deletes = entry == self.clause.margin.deleted_by
            return ev.ClauseDeleted(edits) if deletes else ev.TextRevised(edits)
        proposal = self.clause.proposal(step.source)
        if proposal is None or step.source in self.introduced:
            raise _NotSo
        self.introduced.add(step.source)
        if proposal.kind == "SUP":
            return ev.DeletionProposed(terms(proposal), edits)
        return ev.AmendmentProposed(terms(proposal), edits, proposal.kind == "(MOD)")

    def _edits(self, step: _Step, passage: Passage) -> list[Edit]:
        """The edits of one act, the last place first, so that none moves the place of the next."""
        found: list[tuple[int, int, str]] = []
        at = 0
        for place, run in enumerate(self.runs):
            end = at + len(run.words) if self.there[place] else at
            if place in step.inserts:
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], at, found[-1][2] + run.words)
                else:
                    found.append((at, at, run.words))
            elif place in step.strikes and end > at:
                if found and found[-1][1] == at and not found[-1][2]:
                    found[-1] = (found[-1][0], end, "")
                else:
                    found.append((at, end, ""))
            at = end
        return [replacement(passage, *one) for one in reversed(found)]


def _as_tabled(run: Run, entry: int) -> TabledRun:
    """A run as it was when its clause was tabled."""
    strikes = [one for one in run.struck_by if one.entry == entry]
    inserted = run.inserted_by
    if inserted is not None:
        if strikes and (len(strikes) > 1 or strikes[0].source):
            raise _NotSo
        standing = _at_first(inserted)
        return TabledRun(run.words, Origin.INSERTED, bool(strikes), standing, inserted.source)
    origin = Origin.PRESUMED if run.presumed else Origin.BASE
    if not strikes:
        return TabledRun(run.words, origin)
    if len(strikes) > 1:
        raise _NotSo
    return TabledRun(run.words, origin, True, _at_first(strikes[0]), strikes[0].source)


def _at_first(mark: Mark) -> Standing:
    own = [fate.standing for fate in mark.fates if fate.entry == mark.entry]
    return own[-1] if own else Standing.PENDING
