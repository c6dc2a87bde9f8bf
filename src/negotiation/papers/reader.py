"""The reader of the draft notation: a page and its conventions in, a reading out.

It never refuses a page and never guesses silently: what is in doubt is an anomaly. With a base, the
page is compared three ways. Leaves out what becomes of the reading: that is for the intake.
"""

from collections.abc import Sequence

import attrs

from negotiation.papers import doubt
from negotiation.papers.anomalies import anomalies_of, settled_order
from negotiation.papers.beside import beside
from negotiation.papers.blocks import blocks_of, lines_of
from negotiation.papers.brackets import brackets_of
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import (
    Draft,
    DraftClause,
    DraftNote,
    DraftProposal,
    DraftRemark,
    Header,
    Kind,
)
from negotiation.papers.furniture import with_furniture
from negotiation.papers.header import read_header, symbol_in
from negotiation.papers.imprint import Imprint, set_apart
from negotiation.papers.marks import scan
from negotiation.papers.options import Choice
from negotiation.papers.page import Page
from negotiation.papers.passages import Places, passages
from negotiation.papers.points import points_of
from negotiation.papers.proposals import not_retained, sponsored
from negotiation.papers.sheet import Sheet
from negotiation.papers.sheet_page import page_of_sheet, remarks_of, tracked_marks
from negotiation.papers.structure import Placed, placed
from negotiation.papers.tally import counts_of


def read_draft(
    source: str | Sheet, conventions: Conventions, base: str | Sheet | None = None
) -> Draft:
    """The reading of one page; with a base, insertions and deletions are told apart.

    What an issued file says of itself is no text: it is read for its symbol, and left out. On a
    sheet every word is text.
    """
    unheld: list[list[Choice]] = []
    said_of_itself = None
    if isinstance(source, Sheet):
        page, headed = page_of_sheet(source, conventions)
    else:
        source, said_of_itself = set_apart(source)
        page, unheld = _page(source, conventions)
        headed = [entry for entry in page.placed if entry.kind is Kind.HEADER]
    clauses = tuple(passage.clause for passage in page.passages)
    found = [*anomalies_of(page), *doubt.lone_sponsors(page, unheld)]
    remarks: tuple[DraftRemark, ...] = ()
    if isinstance(source, Sheet):
        found += tracked_marks(page)
        remarks = tuple(remarks_of(page, source))
    points, notes = page.points, _notes(page)
    dropped: tuple[DraftProposal, ...] = ()
    if base is not None:
        known = beside(page, _base_clauses(base, conventions), found)
        # The base at hand says itself which brackets it has.
        clauses = tuple(attrs.evolve(one, signs=()) for one in known.clauses)
        found = list(known.anomalies)
        points = tuple(known.point(point) for point in points)
        notes = tuple(known.note(note) for note in notes)
        if conventions.struck_may_be_dropped_proposals:
            dropped = tuple(not_retained(clauses))
    said = {
        entry.block.attribution.printed: entry.block.attribution
        for entry in page.placed
        if entry.block.attribution is not None
    }
    title = next((c.live_words for c in clauses if c.kind is Kind.TITLE), None)
    header = _header(headed, title, said_of_itself)
    if isinstance(source, Sheet):
        header = _with_page_header(header, source)
    return Draft(
        header=header,
        clauses=clauses,
        points=points,
        proposals=(
            # On a sheet marks alone tell what was put in: a sponsor is told of a wording only.
            *(sponsored(clauses, points, said, unheld) if isinstance(source, str) else ()),
            *dropped,
        ),
        anomalies=settled_order(found),
        counts=counts_of(page.source, page.marks, page.brackets, clauses, points),
        notes=notes,
        conventions=conventions.name,
        remarks=remarks,
        tracked=isinstance(source, Sheet) and source.tracked,
    )


def _header(headed: Sequence[Placed], title: str | None, imprint: Imprint | None) -> Header:
    header = read_header([entry.block for entry in headed], title)
    if imprint is None or header.symbol is not None:
        return header
    document, revision = symbol_in(imprint.symbol)
    return attrs.evolve(header, symbol=imprint.symbol, document=document, revision=revision)


def _with_page_header(header: Header, sheet: Sheet) -> Header:
    """The header with the symbol that stands above every page of the file."""
    for line in sheet.headers if header.symbol is None else ():
        document, revision = symbol_in(line)
        if document is not None:
            symbol = f"{document}(Rev.{revision})" if revision else document
            return attrs.evolve(header, symbol=symbol, document=document, revision=revision)
    return header


def _page(source: str, conventions: Conventions) -> tuple[Page, list[list[Choice]]]:
    """A page with all its layers, and the sponsored wordings that stand in no bracket."""
    marks = scan(source)
    brackets = brackets_of(source, marks, conventions)
    lines = lines_of(source)
    blocks = blocks_of(
        source, marks, brackets.removed(marks), lines, lined=conventions.attributions
    )
    entries = placed(blocks, conventions)
    found = with_furniture(passages(entries), source, lines, marks)
    points, unheld = points_of(source, lines, entries, found, brackets.points, conventions)
    page = Page(
        source=source,
        lines=lines,
        conventions=conventions,
        marks=marks,
        brackets=brackets,
        placed=tuple(entries),
        passages=tuple(found),
        points=points,
        places=Places(found),
    )
    return page, unheld


def _base_clauses(base: str | Sheet, conventions: Conventions) -> list[DraftClause]:
    """The clauses of a base: it is adopted text, so every mark in it is a word."""
    if isinstance(base, Sheet):
        return [passage.clause for passage in page_of_sheet(base, conventions)[0].passages]
    marks = attrs.evolve(scan(base), strikes=(), underlines=(), pairs=())
    blocks = blocks_of(base, marks, (), lines_of(base), lined=False)
    return [passage.clause for passage in passages(placed(blocks, conventions))]


def _notes(page: Page) -> tuple[DraftNote, ...]:
    places, brackets = page.places, page.brackets
    notes: list[DraftNote] = []
    for pair in brackets.notes:
        begin, end = places.place(pair.opened), places.place(pair.closed)
        if begin is None or end is None or begin[0] is not end[0]:
            continue
        start = begin[1].offset(pair.opened)
        stop = end[1].offset(pair.closed) + 1
        if 0 <= start < stop:
            notes.append(DraftNote(begin[0].clause.key, start, stop))
    return tuple(notes)
