"""Under whose name a tracked change goes out, and with which date.

Words of a proposal go out under the names of its sponsors; all else under the name of the person
who made the act. Without names a proposal has its number, and a person only the capacity.
"""

from __future__ import annotations

import datetime as dt

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Act
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import Bracket
from negotiation.papers.docx.page import Touch
from negotiation.papers.markdown import Attribution
from negotiation.text.passage import Mark, Run
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.pieces import Piece, mark_of

_IN_CAPACITY = {
    Capacity.CHAIR: "Chair",
    Capacity.SECRETARIAT: "Secretariat",
    Capacity.DELEGATION: "Delegation",
    Capacity.EDITOR: "Editor",
    Capacity.OBSERVER: "Observer",
    Capacity.IMPORT: "Rapporteur",
}
_NOT_FOR_ALL = (Visibility.CHAIR, Visibility.DELEGATION, Visibility.BETWEEN)


class ByWhom:
    """Names and dates for the tracked changes of one moment."""

    def __init__(self, timeline: Timeline, moment: Moment, *, names: bool = True) -> None:
        """For a moment of this record; one without names has to be without names already."""
        self._timeline, self._moment, self._names = timeline, moment, names
        self._begins: dict[str, Bracket] = {}
        for clause in moment.clauses:
            for bracket in clause.brackets:
                if bracket.begins:
                    self._begins[bracket.point] = bracket
        self._placed: dict[str, int] = {}
        for entry in timeline.entries[: moment.at]:
            if isinstance(entry.event, ev.ClausePlaced):
                self._placed[entry.event.clause] = entry.number

    def made(self, entry: int) -> Touch:
        """By the person who made an entry."""
        made = self._timeline.entries[entry - 1]
        hidden = made.visibility in _NOT_FOR_ALL
        return _touch(self._person(made.act, named=self._names and not hidden), made.act)

    def marked(self, clause: Clause, mark: Mark) -> Touch:
        """By whoever asked for an insertion or a strike, or else made it."""
        proposal = clause.proposal(mark.source) if mark.source else None
        if not self._names:
            return self._numbered(mark.source, mark.entry)
        if proposal is None or not proposal.sponsors:
            return self.made(mark.entry)
        return self._asked(proposal.sponsors, mark.entry)

    def struck(self, clause: Clause, run: Run) -> Touch | None:
        """By whoever took words out of the live text; ``None`` while they are in it."""
        if run.live:
            return None
        inserted = run.inserted_by
        if inserted is not None and not inserted.counts:
            return self.made(inserted.fates[-1].entry)
        mark = mark_of(run)
        return None if mark is None else self.marked(clause, mark)

    def signed(self, clause: Clause, sign: Piece) -> Touch:
        """By whoever holds a bracket, or else placed it."""
        bracket = self._begins.get(sign.point) or clause.bracket(sign.point)
        since = bracket.since if bracket is not None and bracket.since else clause.margin.tabled_by
        if self._names and bracket is not None and bracket.holders:
            return self._asked(bracket.holders, since)
        return self.made(since)

    def attributed(self, clause: Clause, line: Attribution) -> Touch:
        """By those that a line of attribution names."""
        entry = line.entry or clause.margin.tabled_by
        return self._asked(line.sponsors, entry) if line.sponsors else self.made(entry)

    def came(self, clause: Clause) -> Touch:
        """By whoever brought a clause that is not in the base: with the first of its words."""
        brought = [run.inserted_by for run in clause.passage.runs if run.inserted_by is not None]
        if not brought:
            return self.made(clause.margin.tabled_by)
        return self.marked(clause, min(brought, key=lambda mark: mark.entry))

    def went(self, clause: Clause) -> Touch:
        """By whoever took a clause out of the text: with the last of its words."""
        taken = [
            (_ended(run), struck)
            for run in clause.passage.runs
            if (struck := self.struck(clause, run)) is not None
        ]
        if not taken:
            return self.made(clause.margin.deleted_by or clause.margin.tabled_by)
        return max(taken, key=lambda one: one[0])[1]

    def moved(self, clause: Clause) -> Touch:
        """By whoever gave a clause its present place."""
        return self.made(self._placed.get(clause.id) or clause.margin.tabled_by)

    def labelled(self, clause: Clause) -> Touch:
        """By whoever gave a clause its present label."""
        changes = [n for n in self._timeline.changes_of(clause.id) if n <= self._moment.at]
        for entry in reversed(changes):
            now, before = self._timeline.changed(entry), self._timeline.unchanged(entry)
            if now is not None and before is not None and now.label != before.label:
                return self.made(entry)
        return self.made(clause.margin.tabled_by)

    def lifted(self, clause: Clause) -> Touch:
        """By whoever last took a bracket away from a clause."""
        changes = [n for n in self._timeline.changes_of(clause.id) if n <= self._moment.at]
        for entry in reversed(changes):
            now, before = self._timeline.changed(entry), self._timeline.unchanged(entry)
            if now is not None and before is not None and len(now.brackets) < len(before.brackets):
                return self.made(entry)
        return self.made(clause.margin.tabled_by)

    def _asked(self, parties: tuple[str, ...], entry: int) -> Touch:
        whole = self._moment.negotiation
        named = ", ".join(whole.party(code).shown for code in parties)
        return _touch(named, self._timeline.entries[entry - 1].act)

    def _numbered(self, source: str, entry: int) -> Touch:
        if not source:
            return self.made(entry)
        return attrs.evolve(self.made(entry), author=f"Proposal {source}")

    def _person(self, act: Act, *, named: bool) -> str:
        if not named or not act.by.strip():
            return _IN_CAPACITY[act.capacity]
        # “chair” is an office, and written as one: “Chair”; a delegation goes by its name.
        if act.by.capitalize() in _IN_CAPACITY.values():
            return act.by.capitalize()
        return self._moment.negotiation.party(act.by).shown


def _ended(run: Run) -> int:
    """The entry by which words went out of the live text."""
    inserted = run.inserted_by
    if inserted is not None and not inserted.counts:
        return inserted.fates[-1].entry
    mark = mark_of(run)
    return 0 if mark is None else mark.entry


def _touch(author: str, act: Act) -> Touch:
    at, utc = times(act.happened.at)
    return Touch(author, at, utc)


def times(at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """A time as Word writes it, by the clock on the wall, and the instant; both to the second."""
    whole = at.replace(microsecond=0)
    # Word's own date says UTC and means the time where the writer sat.
    return whole.replace(tzinfo=dt.UTC), whole.astimezone(dt.UTC)
