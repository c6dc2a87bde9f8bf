"""The reader of the draft notation: a page and its conventions in, a reading out.

It never refuses a page and never guesses silently: what is in doubt is an anomaly. With a base, the
page is compared three ways. Leaves out what becomes of the reading: that is for the intake.
"""

from negotiation.papers import doubt
from negotiation.papers.anomalies import anomalies_of, settled_order
from negotiation.papers.blocks import blocks_of, lines_of
from negotiation.papers.brackets import Brackets, brackets_of
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import Draft, DraftNote, Kind
from negotiation.papers.header import read_header
from negotiation.papers.marks import scan
from negotiation.papers.page import Page
from negotiation.papers.passages import Passage, Places, passages
from negotiation.papers.points import points_of
from negotiation.papers.proposals import sponsored
from negotiation.papers.structure import placed
from negotiation.papers.tally import counts_of


def read_draft(source: str, conventions: Conventions, base: str | None = None) -> Draft:
    """The reading of one page; with a base, insertions and deletions are told apart."""
    draft, _ = _read(source, conventions)
    return draft


def _read(source: str, conventions: Conventions) -> tuple[Draft, list[Passage]]:
    marks = scan(source)
    brackets = brackets_of(source, marks, conventions)
    lines = lines_of(source)
    blocks = blocks_of(
        source, marks, brackets.removed(marks), lines, lined=conventions.attributions
    )
    entries = placed(blocks, conventions)
    found = passages(entries)
    clauses = tuple(passage.clause for passage in found)
    points, unheld = points_of(source, lines, entries, found, brackets.points, conventions)
    title = next((c.live_words for c in clauses if c.kind is Kind.TITLE), None)
    header = read_header([e.block for e in entries if e.kind is Kind.HEADER], title)
    said = {
        entry.block.attribution.printed: entry.block.attribution
        for entry in entries
        if entry.block.attribution is not None
    }
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
    draft = Draft(
        header=header,
        clauses=clauses,
        points=points,
        proposals=tuple(sponsored(clauses, points, said, unheld)),
        anomalies=settled_order([*anomalies_of(page), *doubt.lone_sponsors(page, unheld)]),
        counts=counts_of(source, marks, brackets, clauses, points),
        notes=_notes(found, brackets),
        conventions=conventions.name,
    )
    return draft, found


def _notes(found: list[Passage], brackets: Brackets) -> tuple[DraftNote, ...]:
    places = Places(found)
    notes: list[DraftNote] = []
    for pair in brackets.notes:
        begin, end = places.place(pair.opened), places.place(pair.closed)
        if begin is None or end is None or begin[0] is not end[0]:
            continue
        start = begin[1].block.offset(pair.opened) + begin[1].shift
        stop = end[1].block.offset(pair.closed) + 1 + end[1].shift
        if 0 <= start < stop:
            notes.append(DraftNote(begin[0].clause.key, start, stop))
    return tuple(notes)
