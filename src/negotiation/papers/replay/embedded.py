"""What the page holds of a record: the first step, and of every further one what it changed.

Values are written once, in tables, and called by their place. `docs/how-to/replay-page.md` has the
form; `tests/papers/replay_twin.py` reads it back and compares it with the views.
"""

from __future__ import annotations

from typing import Any

from negotiation.domain.clause import Clause
from negotiation.domain.events import ClausePlaced, ClauseTabled, Event, OpenPointResolved
from negotiation.domain.terms import Kind, Proposal
from negotiation.papers.replay.faces import Cell, Printings, cells_of, face_of
from negotiation.papers.replay.kept import Kept, splice
from negotiation.papers.replay.steps import Step, steps
from negotiation.papers.replay.tables import Tables
from negotiation.papers.replay.text_of import Named, TextOf, Unnamed
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import as_first_placed
from negotiation.views.pieces import Sort
from negotiation.views.progress import progress
from negotiation.views.readings import Reading
from negotiation.views.signs import Signs
from negotiation.views.what_is_open import open_points
from negotiation.views.who_wrote_this import Merged

FORM = 1
"""Counts the versions of the form."""
COUNTS = slice(18, 20)
"""Of a step: how many points were open after it, and how many words in brackets or undecided."""
VERSION = 9
"""Of a step: the words that name the version which came in or was issued; 0 for none."""
KINDS, SORTS = tuple(Kind), tuple(Sort)
_PointKey = tuple[str, str, tuple[int, ...]]


def embedded(
    timeline: Timeline, at: int, reading: str = "open", *, names: bool = True
) -> dict[str, Any]:
    """The record up to entry ``at`` as plain lists and words; ``reading`` is shown first."""
    own = timeline.branch()
    return _Embedding(own, at, Named(own) if names else Unnamed(own, at)).whole(reading)


class _Embedding:
    def __init__(self, timeline: Timeline, at: int, text: TextOf) -> None:
        self.timeline, self.at, self.text = timeline, at, text
        self.tables = Tables(text, timeline.negotiation(at))
        self.sources: set[str] = set()
        """Proposals that an act named as what its words were merged from."""
        self.signs, self.live_signs = Signs(), Signs(Reading.LIVE)
        self.printings: Printings | None = None
        self.clauses: Kept[str] = Kept()
        self.known: dict[str, tuple[int, list[int]]] = {}
        """The face and the cells that the page has of each clause."""
        self.seen: dict[str, tuple[Clause, Printings]] = {}
        """What those were made of."""
        self.order: list[int] = []
        self.base: list[int] = []
        self.points: list[int] = []
        self.written: dict[_PointKey, tuple[int, tuple[Clause, ...]]] = {}
        """Where the open points of the step before are, and the clauses that they are in."""
        self.merging: frozenset[Proposal] = frozenset()

    def whole(self, reading: str) -> dict[str, Any]:
        course = progress(self.timeline)
        rows: list[list[Any]] = []
        first_placed = 0
        for step in steps(self.timeline, self.at):
            moment = self.text.moment(step.last)
            entries = self.timeline.entries[step.first - 1 : step.last]
            placed = any(isinstance(one.event, ClausePlaced) for one in entries)
            self.sources.update(one for entry in entries for one in _sources(entry.event))
            changes = self._changes(moment)
            order = self._order(moment)
            base = self._base(step.last, moment) if placed or order or not first_placed else []
            first_placed = 1
            points = self._points(moment)
            if step.hidden and not (changes or order or base or points):
                continue
            told = self._told(step, moment)
            numbers = [len(self.points), course.words_inside[step.last]]
            symbol = self.tables.words(moment.negotiation.symbol)
            rows.append([*told, changes, order, base, points, *numbers, symbol])
        last = self.text.moment(self.at).negotiation
        return {
            "form": FORM,
            "symbol": last.symbol,
            "title": last.title,
            "named": self.text.names,
            "reading": reading,
            "kinds": [kind.value for kind in KINDS],
            "sorts": [sort.value for sort in SORTS],
            "clauses": len(self.clauses.values),
            **self.tables.written(),
            "steps": rows,
        }

    # -- what a step changed ----------------------------------------------------------------------

    def _changes(self, moment: Moment) -> list[list[Any]]:
        printed = self._printed(moment)
        merging = frozenset(
            one
            for clause in moment.clauses
            for one in clause.proposals
            if one.into or one.id in self.sources
        )
        # What was merged into words elsewhere is told with those words.
        all_anew, self.merging = merging != self.merging, merging
        merged = Merged(self.timeline, moment)
        found: list[list[Any]] = []
        for clause in moment.clauses:
            seen = self.seen.get(clause.id)
            if (
                not all_anew
                and seen is not None
                and seen[0] is clause
                and (seen[1] is printed or not clause.brackets)
            ):
                continue
            self.seen[clause.id] = (clause, printed)
            if change := self._change(clause, cells_of(clause, printed), merged):
                found.append(change)
        return found

    def _printed(self, moment: Moment) -> Printings:
        """Where brackets open and close: the same object as before while nothing changes there."""
        now = Printings(self.signs.spans(moment), self.live_signs.spans(moment))
        held = self.printings
        if held is None or held.open is not now.open or held.live is not now.live:
            self.printings = now
            return now
        return held

    def _change(self, clause: Clause, cells: tuple[Cell, ...], merged: Merged) -> list[Any]:
        face = self.tables.face(face_of(clause, cells))
        row = [self.tables.cell(cell, clause, merged) for cell in cells]
        known = self.known.get(clause.id)
        if known == (face, row):
            return []
        self.known[clause.id] = (face, row)
        return [self.clauses.place(clause.id), face, *splice(known[1] if known else [], row)]

    def _order(self, moment: Moment) -> list[Any]:
        """The clauses with their levels, two numbers each."""
        row: list[int] = []
        held = {clause.id for clause in moment.clauses}
        for placed in moment.negotiation.order:
            if placed.clause in held:
                row += (self.clauses.place(placed.clause), placed.level)
        before, self.order = self.order, row
        return splice(before, row)

    def _base(self, at: int, moment: Moment) -> list[Any]:
        """The clauses in the order in which they came: no act moves the base."""
        held = {clause.id for clause in moment.clauses}
        clauses = as_first_placed(self.timeline, at).clauses
        row = [self.clauses.place(one.id) for one in clauses if one.id in held]
        before, self.base = self.base, row
        return splice(before, row)

    def _points(self, moment: Moment) -> list[Any]:
        states = {clause.id: clause for clause in moment.clauses}
        row: list[int] = []
        kept: dict[_PointKey, tuple[int, tuple[Clause, ...]]] = {}
        for point in open_points(self.timeline, moment):
            own = tuple([states[one] for one in point.clauses])
            # A point stays as it is with its clauses; where it is goes by their neighbours.
            key = (point.id, point.where, tuple([id(one) for one in own]))
            known = self.written.get(key)
            kept[key] = known or (self.tables.point(point, self.clauses.place), own)
            row.append(kept[key][0])
        self.written = kept
        before, self.points = self.points, row
        return splice(before, row)

    # -- what a step tells ------------------------------------------------------------------------

    def _told(self, step: Step, moment: Moment) -> list[Any]:
        words, text = self.tables.words, self.text
        held = {clause.id for clause in moment.clauses}
        told = []
        for one in step.told:
            named, unnamed = text.told(one)
            told.append([one.entry, words(named), words(unnamed), words(one.warning)])
        return [
            step.first,
            step.last,
            step.acts,
            words(step.written),
            words(step.happened),
            words(text.who(step)),
            words(step.part),
            self.tables.party(step.behalf),
            words(text.meeting(step)),
            words(text.version(step)),
            int(step.issued),
            told,
            step.more,
            [self.clauses.place(one) for one in step.about if one in held],
        ]


def _sources(event: Event) -> tuple[str, ...]:
    return event.sources if isinstance(event, OpenPointResolved | ClauseTabled) else ()
