"""What events do to the words of a clause, and to the places that travel with them.

Pure steps from one `Clause` to the next; which event takes which step is said in `evolve`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import (
    Alternative,
    Bracket,
    Correction,
    How,
    Origin,
    Printed,
    Settled,
    TabledRun,
)
from negotiation.text.edit import Edit, apply, carried_end, carried_start
from negotiation.text.passage import Fate, Mark, Passage, Run, Standing, joined, marks_of, settle
from negotiation.text.places import Reach

_Placed = TypeVar("_Placed", Bracket, Alternative)


def passage_of(runs: Iterable[TabledRun], entry: int) -> Passage:
    """The passage that these runs make when one entry tables them."""
    return Passage(joined(_run(run, entry) for run in runs))


def _run(tabled: TabledRun, entry: int) -> Run:
    decided = () if tabled.standing is Standing.PENDING else (Fate(entry, tabled.standing),)
    mark = Mark(entry, tabled.source, decided)
    if tabled.origin is Origin.INSERTED:
        struck = (decision(entry),) if tabled.struck else ()
        return Run(tabled.words, mark, struck)
    presumed = tabled.origin is Origin.PRESUMED
    return Run(tabled.words, None, (mark,) if tabled.struck else (), presumed)


def decision(entry: int) -> Mark:
    """The mark of a decision: made and kept by one entry, for no proposal."""
    return Mark(entry, "", (Fate(entry, Standing.KEPT),))


def edited(state: Clause, edits: tuple[Edit, ...], mark: Mark) -> Clause:
    """The clause after edits, its brackets and alternatives carried along."""
    if not edits:
        return state
    passage = state.passage
    for edit in edits:
        passage = apply(passage, edit, mark)
    return Clause(
        state.id,
        state.kind,
        state.label,
        state.base_label,
        passage,
        tuple(_carried(one, edits) for one in state.brackets) if state.brackets else (),
        tuple(_carried(one, edits) for one in state.alternatives) if state.alternatives else (),
        state.proposals,
        state.agreement,
        state.margin,
        tuple(_still_printed(one, edits) for one in state.printed) if state.printed else (),
    )


def _still_printed(one: Printed, edits: tuple[Edit, ...]) -> Printed:
    start, end = one.start, one.end
    for edit in edits:
        start, end = carried_start(start, edit), carried_end(end, edit)
    return attrs.evolve(one, start=start, end=max(start, end))


def _carried(one: _Placed, edits: tuple[Edit, ...]) -> _Placed:
    reach = one.reach
    for edit in edits:
        reach = reach.across(edit)
    return one if reach is one.reach else attrs.evolve(one, reach=reach)


def pending_of(sources: Iterable[str]) -> Callable[[Run, Mark], bool]:
    """Tells the undecided marks of these proposals."""
    theirs = frozenset(sources)
    return lambda _, mark: mark.source in theirs and mark.standing is Standing.PENDING


def decided(
    state: Clause,
    entry: int,
    sources: Iterable[str],
    standing: Standing,
    parts: tuple[Settled, ...] = (),
) -> Clause:
    """The undecided marks of these proposals settled part by part, or all as ``standing``."""
    applies = pending_of(sources)
    passage = state.passage
    if not parts:
        passage = settle(passage, Fate(entry, standing), applies)
    for part in parts:
        passage = settle(passage, Fate(entry, part.standing), applies, part.start, part.end)
    return attrs.evolve(state, passage=passage)


def brought_back(state: Clause, entry: int, proposal: str) -> Clause:
    """The last wording of a fallen proposal undecided again; what it had itself replaced stays."""
    fallen = frozenset({Standing.DROPPED, Standing.MERGED})
    latest = max(
        (
            mark.fates[-1].entry
            for run in state.passage.runs
            for mark in marks_of(run)
            if mark.source == proposal and mark.standing in fallen
        ),
        default=0,
    )
    passage = settle(
        state.passage,
        Fate(entry, Standing.PENDING),
        lambda _, mark: (
            mark.source == proposal and mark.standing in fallen and mark.fates[-1].entry == latest
        ),
    )
    return attrs.evolve(state, passage=passage)


def unstruck(state: Clause, entry: int, strikes: Iterable[int]) -> Clause:
    """The clause with the strikes of these entries taken back.

    Words that an entry put in and struck itself were never in the text, and stay out.
    """
    theirs = frozenset(strikes)
    fate = Fate(entry, Standing.DROPPED)
    row: list[Run] = []
    for run in state.passage.runs:
        own = 0 if run.inserted_by is None else run.inserted_by.entry
        struck = tuple(
            attrs.evolve(strike, fates=(*strike.fates, fate))
            if strike.entry in theirs
            and strike.standing is Standing.KEPT
            and (strike.entry != own or own == state.margin.tabled_by)
            else strike
            for strike in run.struck_by
        )
        row.append(Run(run.words, run.inserted_by, struck, run.presumed))
    return attrs.evolve(state, passage=Passage(joined(row)))


def sources_of(passage: Passage, strikes: Iterable[int]) -> tuple[str, ...]:
    """The proposals for which these entries struck words."""
    theirs = frozenset(strikes)
    sources = {
        strike.source for run in passage.runs for strike in run.struck_by if strike.entry in theirs
    }
    return tuple(sorted(sources - {""}))


def state_of(passage: Passage, proposal: str) -> str:
    """What the decisions on its words add up to for a proposal."""
    standings = {
        mark.standing for run in passage.runs for mark in marks_of(run) if mark.source == proposal
    }
    if Standing.PENDING in standings:
        return "on the table"
    if Standing.KEPT in standings:
        return "retained" if standings == {Standing.KEPT} else "retained in part"
    return "merged" if Standing.MERGED in standings else "not retained"


def read_anew(state: Clause, correction: Correction) -> Clause:
    """The clause with a stretch of the received page read better.

    The words read so are the page's own: they carry the entry that tabled the clause. Raises
    `ValueError` when the stretch holds other words.
    """
    start, end = correction.start, correction.end
    passage = state.passage
    if passage.words[start:end] != correction.removed:
        raise ValueError(f"The clause does not read “{correction.removed}” at {start}.")
    read = tuple(_run(run, state.margin.tabled_by) for run in correction.runs)
    size = sum(len(run.words) for run in read)

    def moved(place: int | None) -> int | None:
        if place is None or place <= start:
            return place
        if place >= end:
            return place + size - (end - start)
        return min(place, start + size)

    def shifted(one: _Placed) -> _Placed:
        return attrs.evolve(one, reach=Reach(moved(one.reach.start), moved(one.reach.end)))

    whole = (*passage.between(0, start), *read, *passage.between(end, len(passage.words)))
    return attrs.evolve(
        state,
        passage=Passage(joined(whole)),
        brackets=tuple(shifted(one) for one in state.brackets),
        alternatives=tuple(shifted(one) for one in state.alternatives),
        printed=tuple(
            attrs.evolve(one, start=moved(one.start) or 0, end=moved(one.end) or 0)
            for one in state.printed
        ),
    )


def confirmed(state: Clause, anomaly: str) -> Clause:
    """The clause once a person has confirmed how the words of an anomaly are read.

    What was lost on the page is then known, and a later print shows it.
    """
    found = next(one for one in state.margin.anomalies if one.id == anomaly)
    if not found.damage.applied:
        return state
    lost = (How.NOT_PRINTED, How.STRIKE_LOST)
    return attrs.evolve(state, printed=tuple(one for one in state.printed if one.how not in lost))
