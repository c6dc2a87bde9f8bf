"""The words of a clause in layers: as they were tabled, and the amendments proposed upon them.

A record begins a clause with one row of runs, each inserted or struck at most once. Proposals that
nobody has decided are taken off that row, so that they can be proposed again, one upon the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Origin, Proposal, TabledRun
from negotiation.domain.wording import passage_of
from negotiation.text.edit import Edit, apply, insertion, replacement
from negotiation.text.passage import Mark, Passage, Run, Standing, marks_of

_AMENDS = ("MOD", "(MOD)", "SUP")


@attrs.frozen
class Layers:
    """The runs that a clause begins with, and what was proposed upon them, in order."""

    tabled: tuple[TabledRun, ...]
    proposed: tuple[tuple[Proposal, tuple[Edit, ...]], ...]
    passage: Passage
    """What they make together."""


def layers_of(clause: Clause) -> Layers:
    """The layers that give back the live words of a clause, and its marks as far as can be."""
    late = [one for one in clause.proposals if _is_a_layer(clause, one)]
    late.sort(key=lambda one: max(mark.entry for mark in _marks(clause, one.id)))
    found = _layers(clause, late)
    made, read = found.passage, clause.passage
    return found if (made.words, made.live) == (read.words, read.live) else _layers(clause, [])


def _layers(clause: Clause, late: list[Proposal]) -> Layers:
    """The layers with these proposals apart."""
    apart = {one.id for one in late}
    runs = clause.passage.runs
    there = [run.inserted_by is None or run.inserted_by.source not in apart for run in runs]
    tabled = [_tabled(run, apart) for run, now in zip(runs, there, strict=True) if now]
    passage = passage_of(tabled, 1)
    proposed: list[tuple[Proposal, tuple[Edit, ...]]] = []
    for number, one in enumerate(late, start=2):
        edits: list[Edit] = []
        for start, end, words in reversed(list(_changes(runs, there, one.id))):
            edit = insertion(start, words) if words else replacement(passage, start, end)
            passage = apply(passage, edit, Mark(number, one.id))
            edits.append(edit)
        there = [
            now or (run.inserted_by is not None and run.inserted_by.source == one.id)
            for run, now in zip(runs, there, strict=True)
        ]
        proposed.append((one, tuple(edits)))
    return Layers(tuple(tabled), tuple(proposed), passage)


def _is_a_layer(clause: Clause, proposal: Proposal) -> bool:
    """Whether a proposal was made since the clause was tabled, and all of it is undecided."""
    if proposal.kind not in _AMENDS or proposal.entry == clause.margin.tabled_by:
        return False
    marks = list(_marks(clause, proposal.id))
    return bool(marks) and all(mark.standing is Standing.PENDING for mark in marks)


def _marks(clause: Clause, proposal: str) -> Iterator[Mark]:
    for run in clause.passage.runs:
        yield from (mark for mark in marks_of(run) if mark.source == proposal)


def _tabled(run: Run, apart: set[str]) -> TabledRun:
    """A run as a page would show it: only the strike that rules is told."""
    strikes = [one for one in run.struck_by if one.source not in apart]
    ruling = _ruling(strikes)
    inserted = run.inserted_by
    if inserted is not None:
        # An insertion that was struck since is no more in the text: nothing else is known of it.
        struck = ruling is not None and ruling.counts
        return TabledRun(run.words, Origin.INSERTED, struck, inserted.standing, inserted.source)
    origin = Origin.PRESUMED if run.presumed else Origin.BASE
    if ruling is None:
        return TabledRun(run.words, origin)
    return TabledRun(run.words, origin, True, ruling.standing, ruling.source)


def _ruling(strikes: list[Mark]) -> Mark | None:
    kept = [one for one in strikes if one.standing is Standing.KEPT]
    counting = [one for one in strikes if one.counts]
    return next(iter((*kept, *counting, *reversed(strikes))), None)


def _changes(
    runs: Iterable[Run], there: Iterable[bool], proposal: str
) -> Iterator[tuple[int, int, str]]:
    """What a proposal changes in the words that are there: a stretch struck, or words put in."""
    at = 0
    for run, now in zip(runs, there, strict=True):
        end = at + len(run.words) if now else at
        if not now and run.inserted_by is not None and run.inserted_by.source == proposal:
            yield at, at, run.words
        elif now and any(one.source == proposal for one in run.struck_by):
            yield at, end, ""
        at = end
