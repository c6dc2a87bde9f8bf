"""A tracked page becomes several acts: what was there, then what each author did, minute by minute.

Every word of the page has a birth and perhaps an end; played back in the order of their dates they
give the acts by which the page came about. Dates alone do not always make a story: a strike comes
after the words that it strikes whatever its date says, and what has no date comes last. Leaves out
how a page is read, and who writes the acts down.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import attrs

from negotiation.domain.entries import Bound, Drafted, Evidence, Moment
from negotiation.domain.events import (
    AlternativeTabled,
    AmendmentProposed,
    BracketPlaced,
    ClauseDrawnFrom,
    ClausePlaced,
    ClauseRelabelled,
    ClauseTabled,
    DeletionProposed,
    DocumentReceived,
    PartyJoined,
    ProposalRetained,
    RemarkMade,
)
from negotiation.domain.people import Visibility
from negotiation.domain.terms import Origin, ProposalTerms, TabledRun
from negotiation.papers.authors import NOBODY, Authors
from negotiation.papers.chapter import Chapter
from negotiation.papers.chronology import LABEL, PLACE, Change, minute_of, struck_by, time_of, told
from negotiation.papers.docx.page import Comment, Touch
from negotiation.papers.draft import Draft, DraftClause, DraftRemark
from negotiation.papers.intake import Intake, kind_of
from negotiation.papers.moves import Moves, moves_of
from negotiation.papers.rows import Row, edits_of, in_base, torn_in
from negotiation.text.passage import Standing

_REASONS = re.compile(r"(?:Reasons|Motifs|Motivos|Основания)\s*:", re.IGNORECASE)


def history(
    intake: Intake,
    documents: list[DocumentReceived],
    authors: Authors,
    now: dt.datetime,
) -> tuple[Chapter, ...]:
    """The acts that a tracked page tells of, in their order; the first one begins the record."""
    joined = {
        one.event.code: one.event.name
        for one in intake.opening(documents)
        if isinstance(one.event, PartyJoined)
    }
    known = attrs.evolve(authors, parties={**joined, **authors.parties})
    return tuple(_History(intake, documents, known, now).chapters())


@attrs.define
class _History:
    intake: Intake
    documents: list[DocumentReceived]
    authors: Authors
    now: dt.datetime
    rows: list[Row] = attrs.field(factory=list)
    moves: Moves = attrs.field(factory=lambda: Moves({}, {}))
    sponsors: dict[int, tuple[str, ...]] = attrs.field(factory=dict)
    """By the number of a row, the party that a line above it names."""
    named: dict[int, Row] = attrs.field(factory=dict)
    """The row of each paragraph, by its key; one that moved has the same at both ends."""

    def chapters(self) -> Iterator[Chapter]:
        if not self.intake.draft.tracked:
            yield self._one_act()
            yield from self._remarks()
            return
        self.intake.sort()
        new_id = self.intake.new_id
        clauses = self.intake.draft.clauses
        self.moves = moves_of(clauses)
        left = self.moves.left
        places = {clause.key: place for place, clause in enumerate(clauses)}
        for clause in clauses:
            if clause.key in left:
                continue
            if (moved := self.moves.whole.get(clause.key)) is not None:
                place = places[moved.origin]
                self.rows.append(Row(moved.clause, new_id(), place, moved.touch))
            else:
                self.rows.append(Row(clause, new_id(), places[clause.key]))
        self.sponsors = dict(_sponsored(self.rows))
        self.named = {row.clause.key: row for row in self.rows}
        self.named |= {origin: self.named[key] for origin, key in left.items()}
        yield Chapter("ReceiveDraft", tuple(self._base()))
        for changes in told(list(self._changes())):
            yield self._act("TrackedChange", changes[0].touch, tuple(self._changed(changes)))
        typed, untracked = self._brackets()
        for touch, drafted in typed:
            yield self._act("TrackedBracket", touch, tuple(drafted))
        yield from self._remarks()
        # What nobody in the file did: brackets that were there, and the faults of the page.
        last = (*untracked, *self._faults())
        if last:
            yield Chapter("ReceiveDraft", last)

    def _one_act(self) -> Chapter:
        """The page of a file that tracks nothing, and has comments."""
        drafted = list(self.intake.events(self.documents))
        named = {one.event.code for one in drafted if isinstance(one.event, PartyJoined)}
        for stands in self.authors.joining(_names(self.intake.draft)):
            if stands.code not in named:
                drafted.append(Drafted("", PartyJoined(stands.code, stands.name)))
        names = [one.clause for one in drafted if isinstance(one.event, ClauseTabled)]
        self.rows = [
            Row(clause, name, tabled=True)
            for clause, name in zip(self.intake.draft.clauses, names, strict=True)
        ]
        self.named = {row.clause.key: row for row in self.rows}
        return Chapter("ReceiveDraft", tuple(drafted))

    def _act(self, purpose: str, touch: Touch, drafted: tuple[Drafted, ...]) -> Chapter:
        return Chapter(
            purpose,
            drafted,
            touch.author or NOBODY,
            self.authors.party(touch.author),
            self._happened(touch.when),
        )

    def _happened(self, when: dt.datetime | None) -> Moment:
        if when is None:
            return Moment(self.now, Bound.NOT_LATER)
        return Moment(when if when.tzinfo is not None else when.replace(tzinfo=dt.UTC))

    # -- the base ---------------------------------------------------------------------------------

    def _base(self) -> Iterator[Drafted]:
        named: set[str] = set()
        for one in self.intake.opening(self.documents):
            if isinstance(one.event, PartyJoined):
                named.add(one.event.code)
            yield one
        for code, name in _named_above(self.rows):
            if code not in named:
                named.add(code)
                yield Drafted("", PartyJoined(code, name or self.authors.named(code)))
        for stands in self.authors.joining(_names(self.intake.draft)):
            if stands.code not in named:
                yield Drafted("", PartyJoined(stands.code, stands.name))
        before = ""
        for row in sorted(self.rows, key=lambda row: row.base_place):
            clause = row.clause
            row.there = {at for at, run in enumerate(clause.runs) if run.put_in is None}
            if not any(clause.runs[at].words.strip() for at in row.there):
                row.there = set()
                continue
            at = self.intake.at(clause.line, clause.end_line)
            words = [clause.runs[index] for index in sorted(row.there)]
            label = clause.base_label or ""
            yield Drafted(
                row.name,
                ClauseTabled(
                    kind_of(clause),
                    label if clause.relabelled is not None else clause.label,
                    tuple(TabledRun(run.words) for run in words),
                    label,
                    printed=tuple(in_base(clause)),
                ),
                at,
            )
            yield Drafted("", ClausePlaced(row.name, before, clause.level))
            row.tabled = True
            before = row.name

    # -- the changes ------------------------------------------------------------------------------

    def _changes(self) -> Iterator[Change]:
        for number, row in enumerate(self.rows):
            clause = row.clause
            if clause.relabelled is not None and row.tabled:
                touch = clause.relabelled
                yield Change(number, LABEL, touch, False, minute_of(touch), False)
            if row.moves is not None:
                yield Change(number, PLACE, row.moves, False, minute_of(row.moves), False)
            for index, run in enumerate(clause.runs):
                born = None if index in row.there else run.put_in
                if index not in row.there and run.put_in is None:
                    # White space of the base alone before a clause that was put in.
                    born = _first(clause)
                if born is not None:
                    yield Change(number, index, born, False, minute_of(born), False)
                if run.taken_out is not None:
                    yield struck_by(number, index, run.taken_out, born)

    def _changed(self, changes: Sequence[Change]) -> Iterator[Drafted]:
        sponsor = self.authors.party(changes[0].touch.author)
        clause_and_run = attrgetter("clause", "run")
        for number, group in groupby(sorted(changes, key=clause_and_run), attrgetter("clause")):
            own = list(group)
            sponsors = (sponsor,) if sponsor else self.sponsors.get(number, ())
            yield from self._on_clause(number, own, sponsors)

    def _on_clause(
        self, number: int, changes: Sequence[Change], sponsors: tuple[str, ...]
    ) -> Iterator[Drafted]:
        row = self.rows[number]
        clause = row.clause
        at = self.intake.at(clause.line, clause.end_line)
        born = [one.run for one in changes if one.run >= 0 and not one.strikes]
        struck = [one.run for one in changes if one.strikes]
        if born and not row.tabled:
            terms = ProposalTerms(self.intake.new_id(), sponsors=sponsors)
            row.tabled = True
            row.there.update(born)
            runs = tuple(
                TabledRun(
                    clause.runs[run].words,
                    Origin.INSERTED,
                    standing=Standing.PENDING,
                    source=terms.id,
                )
                for run in born
            )
            tabled = ClauseTabled(
                kind_of(clause), clause.label, runs, proposal=terms, printed=tuple(torn_in(row))
            )
            yield Drafted(row.name, tabled, at)
            yield Drafted("", ClausePlaced(row.name, self._before(number), clause.level))
            if (origin := self.moves.drawn.get(clause.key)) is not None:
                yield Drafted(row.name, ClauseDrawnFrom((self.named[origin].name,)), at)
            yield from self._retained(row, terms, at)
            born = []
        edits = list(edits_of(row, born, struck))
        if edits:
            terms = ProposalTerms(self.intake.new_id(), sponsors=sponsors)
            whole = not born and not row.stands
            event = DeletionProposed if whole else AmendmentProposed
            yield Drafted(row.name, event(terms, tuple(edits)), at)
            yield from self._retained(row, terms, at)
        if any(one.run == PLACE for one in changes):
            row.moves = None
            yield Drafted("", ClausePlaced(row.name, self._before(number), clause.level), at)
        if any(one.run == LABEL for one in changes):
            yield Drafted(row.name, ClauseRelabelled(clause.label), at)

    def _retained(self, row: Row, terms: ProposalTerms, at: Evidence) -> Iterator[Drafted]:
        """What the page shows as made is retained; an undo of the act takes both back."""
        if self.intake.conventions.changes_stand:
            yield Drafted(row.name, ProposalRetained(terms.id), at)

    def _before(self, number: int) -> str:
        """The clause to stand behind: the next one before it that stands where it will stay."""
        before = reversed(self.rows[:number])
        return next((row.name for row in before if row.tabled and row.moves is None), "")

    # -- what stands on it ------------------------------------------------------------------------

    def _brackets(self) -> tuple[list[tuple[Touch, list[Drafted]]], list[Drafted]]:
        """The brackets that somebody typed under tracking, act by act; and all others."""
        hands: dict[str, Touch] = {}
        told: dict[tuple[str, tuple[bool, float]], tuple[Touch, list[Drafted]]] = {}
        for point in self.intake.draft.points:
            if (touch := point.placed) is not None:
                hands[self.intake.points[point.key]] = touch
                told.setdefault((touch.author, minute_of(touch)), (touch, []))
        rest: list[Drafted] = []
        for row in self.rows:
            for event, line in self.intake.marks(row.clause):
                if not isinstance(event, BracketPlaced | AlternativeTabled):
                    continue
                hand = hands.get(event.point)
                act = rest if hand is None else told[hand.author, minute_of(hand)][1]
                holder = self.authors.party(hand.author) if hand is not None else ""
                if isinstance(event, BracketPlaced) and event.begins and not event.holders:
                    event = attrs.evolve(event, holders=(holder,) if holder else ())
                act.append(Drafted(row.name, event, self.intake.at(line)))
        return [told[key] for key in sorted(told, key=lambda key: key[1])], rest

    def _faults(self) -> Iterator[Drafted]:
        """The faults of the page, which nobody in the file made."""
        stranded = self.intake.anomalies[None]
        for row in self.rows:
            if row.tabled:
                yield from self.intake.faults(row.clause, row.name, stranded)
                stranded = []

    # -- comments ---------------------------------------------------------------------------------

    def _remarks(self) -> Iterator[Chapter]:
        clauses = {clause.key: clause for clause in self.intake.draft.clauses}
        remarks = sorted(self.intake.draft.remarks, key=lambda one: time_of(one.comment.when))
        authors: dict[str, str] = {}
        for one in remarks:
            authors.setdefault(one.comment.id, one.comment.author)
        for one in remarks:
            row = self.named[one.clause]
            if not row.tabled:
                continue
            comment = one.comment
            touch = Touch(comment.author, comment.at, comment.utc)
            quoted = _quoted(clauses[one.clause], one.start, one.end)
            event = RemarkMade(_said(comment, authors), self._about(row, one), quoted)
            at = self.intake.at(row.clause.line, row.clause.end_line)
            # Like any remark: the chair may show it to others, a file is not asked.
            drafted = Drafted(row.name, event, at, Visibility.CHAIR)
            yield self._act("TrackedComment", touch, (drafted,))

    def _about(self, row: Row, remark: DraftRemark) -> str:
        """The open point that a comment is about: one whose bracket is what it stands at."""
        words = row.clause.words
        for point, number in self.intake.extents[row.clause.key]:
            extent = point.extents[number]
            low, high = extent.start or 0, len(words) if extent.end is None else extent.end
            if len(point.extents) == 1 and low < high:
                same = (words[low:high].strip(), low <= remark.start and remark.end <= high)
                if same == (words[remark.start : remark.end].strip(), True):
                    return self.intake.points[point.key]
        return ""


def _quoted(clause: DraftClause, start: int, end: int) -> str:
    """The words in a stretch that stand; the struck ones where no others do."""
    standing = struck = ""
    at = 0
    for run in clause.runs:
        words = run.words[max(0, start - at) : max(0, end - at)]
        if run.struck:
            struck += words
        else:
            standing += words
        at += len(run.words)
    return standing.strip() or struck.strip()


def _said(comment: Comment, authors: Mapping[str, str]) -> str:
    """The words of a comment; whom it answers, and that it is settled, are told in words."""
    words = comment.words.strip()
    if comment.reply_to:
        words = f"In reply to {authors.get(comment.reply_to) or NOBODY}: {words}"
    return f"{words} (Marked as done.)" if comment.done else words


# -- who is named ---------------------------------------------------------------------------------


def _first(clause: DraftClause) -> Touch | None:
    return next((run.put_in for run in clause.runs if run.put_in is not None), None)


def _names(draft: Draft) -> Iterator[str]:
    """Everybody who did something on a page, as often as they did."""
    for clause in draft.clauses:
        for run in clause.runs:
            yield from (one.author for one in (run.put_in, run.taken_out) if one is not None)
    yield from (one.placed.author for one in draft.points if one.placed is not None)
    yield from (one.comment.author for one in draft.remarks)


def _sponsored(rows: Sequence[Row]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Whose proposal the changes on each row are: what the last line above says, up to reasons."""
    code = ""
    for number, row in enumerate(rows):
        clause = row.clause
        if clause.sponsor is not None:
            code = clause.sponsor.code
        elif _REASONS.match(clause.live_words):
            code = ""
        elif code:
            yield number, (code,)


def _named_above(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if (said := row.clause.sponsor) is not None:
            names = ", ".join(said.sponsors)
            yield said.code, "" if names == said.code else names
