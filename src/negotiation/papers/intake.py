"""A received page becomes one act: its reading, told in the events of the record.

Reading the page is the reader's; here every clause, bracket, alternative, proposal and anomaly that
it found is put into the vocabulary of the record, with the line that it rests on. Nothing is
decided that the page does not show, and whoever marked it stays unattributed unless it is named.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from negotiation.domain.commands import ReceiveDraft
from negotiation.domain.entries import Drafted, Evidence
from negotiation.domain.events import (
    AlternativeTabled,
    AnomalyFound,
    BracketPlaced,
    ClausePlaced,
    ClauseTabled,
    DocumentReceived,
    Event,
    NegotiationOpened,
    PartyJoined,
)
from negotiation.domain.terms import (
    BracketKind,
    DocumentRole,
    How,
    Kind,
    Origin,
    Printed,
    ProposalTerms,
    TabledRun,
)
from negotiation.papers import draft as page
from negotiation.papers.authors import Authors
from negotiation.papers.conventions import Conventions, for_name, guess
from negotiation.papers.crowded import refuse_crowded
from negotiation.papers.damage_told import damage_of
from negotiation.papers.imprint import imprint_of
from negotiation.papers.page_in import one_base, page_in, words_in
from negotiation.papers.reader import read_draft
from negotiation.papers.sheet import Sheet
from negotiation.text.passage import Standing
from negotiation.text.places import Reach


def received(
    source: bytes,
    name: str,
    *,
    base: bytes | None = None,
    base_name: str = "",
    conventions: str = "",
    new_id: Callable[[], str],
) -> tuple[ReceiveDraft, page.Draft]:
    """The act that receives a page, and the reading that it rests on.

    Without ``conventions`` they are guessed from the page. With ``base`` the page is compared
    three ways. Raises `NotReadable`, and `ValueError` for conventions that nobody knows.
    """
    intake, documents = read(
        source, name, base=base, base_name=base_name, conventions=conventions, new_id=new_id
    )
    drafted = tuple(intake.events(documents))
    return ReceiveDraft(intake.draft.header.symbol or name, drafted), intake.draft


def read(
    source: bytes,
    name: str,
    *,
    base: bytes | None = None,
    base_name: str = "",
    conventions: str = "",
    new_id: Callable[[], str],
    undecided: bool | None = None,
    by_hand: bool = True,
    authors: Authors | None = None,
) -> tuple[Intake, list[DocumentReceived]]:
    """The reading of a page, ready to be told in events, and the documents that it rests on.

    ``undecided`` says whether the changes of a Word file wait for a decision; if it does not, the
    conventions do. Without ``by_hand`` its strikes and underlines by hand are no changes. The table
    of ``authors`` tells the parties that brackets name, too.
    """
    text = page_in(source, name, by_hand=by_hand)
    base_text = None if base is None else page_in(base, base_name or "The base")
    if base_text is not None:
        one_base(text, name, base_text, base_name)
    custom = for_name(conventions) if conventions else guessed(text)
    if undecided is not None and isinstance(text, Sheet):
        custom = attrs.evolve(custom, changes_stand=not undecided)
    known = Authors() if authors is None else authors
    draft = _by_codes(read_draft(text, custom, base_text), known)
    refuse_crowded(draft, name)
    documents = [_document(source, name, draft.header, DocumentRole.DRAFT)]
    if base is not None:
        documents.append(_document(base, base_name, page.Header(), DocumentRole.BASE))
    return Intake(draft, custom, name, new_id, known), documents


def _by_codes(draft: page.Draft, authors: Authors) -> page.Draft:
    """The reading with the codes of those who hold its brackets, where the table has them."""

    def codes(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(authors.party(name) or name for name in names))

    points = tuple(attrs.evolve(one, holders=codes(one.holders)) for one in draft.points)
    return attrs.evolve(draft, points=points)


def guessed(page: str | Sheet) -> Conventions:
    """The conventions that a page seems to follow, seen from its words and its styles.

    The files that are written here have the same styles whatever the body is.
    """
    if isinstance(page, str) or imprint_of([" ".join(page.headers)]) is not None:
        return guess(words_in(page)).conventions
    return guess(words_in(page), {one.first.style for one in page.paragraphs}).conventions


def _document(
    source: bytes, name: str, header: page.Header, role: DocumentRole
) -> DocumentReceived:
    return DocumentReceived(
        name,
        hashlib.sha256(source).hexdigest(),
        source,
        header.symbol or "",
        header.revision or 0,
        header.date,
        role,
    )


def _lists() -> defaultdict[Any, list[Any]]:
    return defaultdict(list)


@attrs.define
class Intake:
    """A reading on its way into the vocabulary of the record."""

    draft: page.Draft
    conventions: Conventions
    name: str
    new_id: Callable[[], str]
    authors: Authors = attrs.field(factory=Authors)
    points: dict[int, str] = attrs.field(factory=dict)
    # What stands on each clause, by its key, so that a long page is gone through once.
    proposals: dict[int, list[tuple[page.DraftProposal, ProposalTerms]]] = attrs.field(
        factory=_lists
    )
    extents: dict[int, list[tuple[page.DraftPoint, int]]] = attrs.field(factory=_lists)
    wordings: dict[int, list[tuple[page.DraftPoint, page.DraftAlternative]]] = attrs.field(
        factory=_lists
    )
    anomalies: dict[int | None, list[page.Anomaly]] = attrs.field(factory=_lists)

    def opening(self, documents: list[DocumentReceived]) -> Iterator[Drafted]:
        """The record begins: what it is, what came in, who is named."""
        header = self.draft.header
        yield Drafted(
            "",
            NegotiationOpened(
                header.symbol or self.name,
                header.body or "",
                self.conventions.name,
                header.title or "",
            ),
        )
        for document in documents:
            yield Drafted("", document)
        yield from self._parties()

    def events(self, documents: list[DocumentReceived]) -> Iterator[Drafted]:
        """All that was read, as one act."""
        yield from self.opening(documents)
        self.sort()
        before = ""
        for clause in self.draft.clauses:
            name = self.new_id()
            for event in self._clause(clause):
                yield Drafted(name, event, self.at(clause.line, clause.end_line))
            yield Drafted("", ClausePlaced(name, before, clause.level))
            # The anomalies of no clause in particular stand on the first one.
            stranded = [] if before else self.anomalies[None]
            before = name
            for event, line in self.marks(clause):
                yield Drafted(name, event, self.at(line))
            yield from self.faults(clause, name, stranded)

    def faults(
        self, clause: page.DraftClause, name: str, stranded: list[page.Anomaly]
    ) -> Iterator[Drafted]:
        """The anomalies of a clause, and those of none in particular that are told on it."""
        for anomaly in [*stranded, *self.anomalies[clause.key]]:
            found = AnomalyFound(self.new_id(), damage_of(anomaly, clause))
            yield Drafted(name, found, self.at(anomaly.line, anomaly.end_line))

    def sort(self) -> None:
        """Lay out what stands on each clause."""
        keys = [clause.key for clause in self.draft.clauses]
        ranks = {key: rank for rank, key in enumerate(keys)}
        for point in self.draft.points:
            self.points[point.key] = self.new_id()
            for number, extent in enumerate(point.extents):
                self.extents[extent.clause].append((point, number))
            for one in point.alternatives:
                if one.clause is not None:
                    last = one.clause if one.end_clause is None else one.end_clause
                    for key in keys[ranks[one.clause] : ranks[last] + 1]:
                        self.wordings[key].append((point, one))
        for proposal in self.draft.proposals:
            if proposal.kind is page.ProposalKind.SUP and proposal.alternative_of is not None:
                # `[EU delete]`: the bracket itself says who wants the words to go.
                continue
            terms = ProposalTerms(self.new_id(), proposal.symbol or "", self._codes(proposal))
            self.proposals[proposal.clause].append((proposal, terms))
        for anomaly in self.draft.anomalies:
            known = anomaly.clause in ranks
            self.anomalies[anomaly.clause if known else None].append(anomaly)

    def at(self, line: int, end_line: int = 0) -> Evidence:
        """The line of the page that an entry rests on."""
        return Evidence(self.name, line, end_line if end_line != line else 0)

    # -- parties and proposals --------------------------------------------------------------------

    def _parties(self) -> Iterator[Drafted]:
        named: dict[str, str] = {}
        for point in self.draft.points:
            for one in point.alternatives:
                if one.sponsor_code:
                    named.setdefault(one.sponsor_code, ", ".join(one.sponsors))
            for holder in point.holders:
                named.setdefault(holder, "")
        for code, name in named.items():
            told = "" if name == code else name
            yield Drafted("", PartyJoined(code, told or self.authors.named(code)))

    def _codes(self, proposal: page.DraftProposal) -> tuple[str, ...]:
        for _, one in self.wordings[proposal.clause]:
            if one.clause == proposal.clause and one.symbol == proposal.symbol:
                return (one.sponsor_code,) if one.sponsor_code else one.sponsors
        return proposal.sponsors

    # -- one clause -------------------------------------------------------------------------------

    def _clause(self, clause: page.DraftClause) -> Iterator[Event]:
        kind = kind_of(clause)
        size = len(clause.words)
        whole: ProposalTerms | None = None
        parts: list[ProposalTerms] = []
        shares: list[tuple[int, int, page.DraftProposal, ProposalTerms]] = []
        for proposal, terms in self.proposals[clause.key]:
            if proposal.kind is page.ProposalKind.NOC:
                continue
            start = 0 if proposal.start is None else proposal.start
            end = size if proposal.end is None else proposal.end
            shares.append((start, end, proposal, terms))
            if proposal.kind is page.ProposalKind.ADD and (start, end) == (0, size) and not whole:
                whole = terms
            else:
                parts.append(terms)
        runs = list(self._runs(clause, shares))
        undecided = [run for run in runs if run.standing is Standing.PENDING and not run.source]
        if undecided:
            # The body's custom: unbracketed marks on a page wait for a decision.
            terms = ProposalTerms(self.new_id())
            parts.append(terms)
            runs = [
                attrs.evolve(run, source=terms.id)
                if run.standing is Standing.PENDING and not run.source
                else run
                for run in runs
            ]
        yield ClauseTabled(
            kind,
            clause.label,
            tuple(runs),
            _base_label(clause, runs),
            clause.label_struck,
            whole,
            tuple(parts),
            lead=_lead(clause),
            printed=tuple(printed_on(clause)),
        )

    def _runs(
        self,
        clause: page.DraftClause,
        shares: list[tuple[int, int, page.DraftProposal, ProposalTerms]],
    ) -> Iterator[TabledRun]:
        at = 0
        for run in clause.runs:
            end = at + len(run.words)
            cuts = {at, end}
            for start, stop, _, _ in shares:
                cuts |= {place for place in (start, stop) if at < place < end}
            places = sorted(cuts)
            for low, high in itertools.pairwise(places):
                words = run.words[low - at : high - at]
                share = next((s for s in shares if s[0] <= low and high <= s[1]), None)
                yield self._run(run, words, share)
            at = end

    def _run(
        self,
        run: page.DraftRun,
        words: str,
        share: tuple[int, int, page.DraftProposal, ProposalTerms] | None,
    ) -> TabledRun:
        origin = Origin(run.origin.value)
        decided = Standing.KEPT if self.conventions.changes_stand else Standing.PENDING
        if share is not None:
            _, _, proposal, terms = share
            pending = proposal.fate is page.Fate.PENDING
            if proposal.fate is page.Fate.NOT_RETAINED:
                if origin is Origin.INSERTED:
                    return TabledRun(words, origin, False, Standing.DROPPED, terms.id)
            elif proposal.kind is page.ProposalKind.ADD and not run.struck:
                standing = Standing.PENDING if pending else decided
                return TabledRun(words, Origin.INSERTED, False, standing, terms.id)
            elif origin is Origin.INSERTED or run.struck:
                standing = Standing.PENDING if pending else decided
                return TabledRun(words, origin, run.struck, standing, terms.id)
        if origin is Origin.INSERTED and run.struck:
            # Put in by somebody, and struck before the page was printed: not retained.
            return TabledRun(words, origin, False, Standing.DROPPED)
        marked = run.struck or origin is Origin.INSERTED
        return TabledRun(words, origin, run.struck, decided if marked else Standing.KEPT)

    # -- what stands on it ------------------------------------------------------------------------

    def marks(self, clause: page.DraftClause) -> Iterator[tuple[Event, int]]:
        """The brackets and wordings on a clause, each with its line."""
        for point, number in self.extents[clause.key]:
            begins = number == 0
            extent = point.extents[number]
            yield (
                BracketPlaced(
                    self.points[point.key],
                    _kind_of(point),
                    Reach(extent.start, extent.end),
                    begins,
                    point.holders if begins else (),
                    point.status if begins else "",
                ),
                point.line if begins else clause.line,
            )
        for point, one in self.wordings[clause.key]:
            yield self._alternative(point, one, clause), one.line or clause.line

    def _alternative(
        self, point: page.DraftPoint, one: page.DraftAlternative, clause: page.DraftClause
    ) -> AlternativeTabled:
        proposal = next(
            (
                terms
                for shown, terms in self.proposals[clause.key]
                if shown.alternative_of == point.key
                and (shown.symbol or None) == one.symbol
                and (shown.start, shown.end) in ((one.start, one.end), (None, None))
            ),
            None,
        )
        sponsors = (one.sponsor_code,) if one.sponsor_code else one.sponsors
        first = one.clause == clause.key
        return AlternativeTabled(
            self.points[point.key],
            one.order,
            proposal.id if proposal is not None else "",
            sponsors,
            Reach(
                one.start if first else None,
                one.end if one.end_clause in (None, clause.key) else None,
            ),
            clause.label,
            one.printed if first else "",
        )


def _base_label(clause: page.DraftClause, runs: list[TabledRun]) -> str | None:
    """The label in the base; without a base at hand, that of every clause with words of its own."""
    if clause.in_base is not None:
        return clause.base_label if clause.in_base else None
    there = not runs or any(run.origin is not Origin.INSERTED for run in runs)
    return clause.label if there else None


def kind_of(clause: page.DraftClause) -> Kind:
    """What a clause of a page is in the record."""
    return Kind.PARAGRAPH if clause.kind is page.Kind.OTHER else Kind(clause.kind.value)


def _kind_of(point: page.DraftPoint) -> BracketKind:
    match point.kind:
        case page.PointKind.CURLY:
            return BracketKind.OUTER
        case page.PointKind.OPTION:
            return BracketKind.OPTION
        case page.PointKind.WHOLE:
            return BracketKind.WHOLE_TEXT
        case page.PointKind.SQUARE:
            return BracketKind.ALTERNATIVES if point.alternatives else BracketKind.CONTESTED


def _lead(clause: page.DraftClause) -> str:
    if clause.label and clause.label in clause.lead:
        before, _, after = clause.lead.rpartition(clause.label)
        return f"{before}{{label}}{after}"
    return clause.lead


def printed_on(clause: page.DraftClause) -> Iterator[Printed]:
    """How a page prints words of a clause otherwise than they are read."""
    for place in clause.breaks:
        yield Printed(place, place, How.TORN)
    for variant in clause.variants:
        yield Printed(variant.start, variant.end, How.APART, variant.label)
    if clause.said_above:
        yield Printed(0, 0, How.SAID_ABOVE)
    for sign in clause.signs:
        how = How.SIGN_BEFORE if sign.at is None else How.SIGN
        yield Printed(sign.at or 0, sign.at or 0, how, sign.glyph)
    at = 0
    for run in clause.runs:
        end = at + len(run.words)
        if not run.printed:
            yield Printed(at, end, How.NOT_PRINTED)
        elif run.strike_lost:
            yield Printed(at, end, How.STRIKE_LOST)
        at = end
