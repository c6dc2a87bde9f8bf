"""A moment of the record as a Word file: which page is written, and what its head says."""

from __future__ import annotations

import datetime as dt

import attrs

from negotiation.papers.docx.by_whom import ByWhom
from negotiation.papers.docx.looks import style_of
from negotiation.papers.docx.margin import margin
from negotiation.papers.docx.marked_page import marked_page
from negotiation.papers.docx.page import Paragraph, Span, WordPage
from negotiation.papers.fingerprint import fingerprint, folded
from negotiation.papers.imprint import Imprint, head
from negotiation.papers.without_names import named_in, without_names
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.is_it_clean import NotClean, clean
from negotiation.views.on_the_page import as_first_placed, has_a_place
from negotiation.views.pieces import Sort, pieces
from negotiation.views.readings import AsProposedBy, Reading
from negotiation.views.signs import spans
from negotiation.views.who_has_the_text import body_named


@attrs.frozen
class Card:
    """What a file says of itself where no reader looks: its title, and when it was made."""

    title: str
    made: dt.datetime
    tracking: bool = False
    """Whether Word goes on to track what is changed in it."""


def as_word(
    timeline: Timeline, at: int, reading: Reading | AsProposedBy, *, names: bool = True
) -> bytes:
    """The bytes of the file; the same moment gives the same ones every time."""
    from negotiation.papers.docx.writer import written

    return written(
        word_page(timeline, at, reading, names=names), card(timeline, at, reading, names=names)
    )


def word_page(
    timeline: Timeline, at: int, reading: Reading | AsProposedBy, *, names: bool = True
) -> WordPage:
    """The page of a moment: marked against the base, or another reading without any mark."""
    moment = _moment(timeline, at, names=names)
    if reading is not Reading.MARKED:
        if reading is Reading.BASE:
            moment = _moment(timeline, at, names=names, first=True)
        return WordPage(_plain(moment, reading), headers=_head(timeline, moment, reading))
    by_whom = ByWhom(timeline, moment, names=names)
    marked = marked_page(moment, _moment(timeline, at, names=names, first=True), by_whom)
    comments = margin(timeline, moment, marked, by_whom, names=names)
    return WordPage(marked.paragraphs, comments, _head(timeline, moment, reading))


def card(
    timeline: Timeline, at: int, reading: Reading | AsProposedBy, *, names: bool = True
) -> Card:
    """The card of the same file."""
    whole = _moment(timeline, at, names=names).negotiation
    title = " – ".join(filter(None, map(folded, (whole.symbol, whole.title))))
    return Card(title, _when(timeline, at), tracking=reading is Reading.MARKED)


def _moment(timeline: Timeline, at: int, *, names: bool, first: bool = False) -> Moment:
    moment = as_first_placed(timeline, at) if first else timeline.moment(at)
    return moment if names else without_names(moment, named_in(timeline, at))


def _when(timeline: Timeline, at: int) -> dt.datetime:
    # An empty record has no time of its own; a file needs one.
    return (
        timeline.entries[at - 1].act.happened.at if at else dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    )


def _head(timeline: Timeline, moment: Moment, reading: Reading | AsProposedBy) -> tuple[str, ...]:
    whole = moment.negotiation
    symbol = folded(whole.symbol or whole.title) or "draft"
    imprint = Imprint(symbol, moment.at, fingerprint(moment), _told(timeline, moment, reading))
    return tuple(head(imprint, body_named(whole), _when(timeline, moment.at)).splitlines())


def _told(timeline: Timeline, moment: Moment, reading: Reading | AsProposedBy) -> str:
    if isinstance(reading, AsProposedBy):
        return f"As proposed by {moment.negotiation.party(reading.sponsor).shown}"
    if reading is Reading.MARKED:
        return "Marked against the base"
    if reading is Reading.BASE:
        return "The base"
    is_clean = not isinstance(clean(timeline, moment.at), NotClean)
    return "Clean text" if is_clean else "Text with open points in brackets"


def _plain(moment: Moment, reading: Reading | AsProposedBy) -> tuple[Paragraph, ...]:
    printed = spans(moment, reading)
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    row: list[Paragraph] = []
    for clause in moment.clauses:
        if not has_a_place(clause, reading):
            continue
        cut = pieces(clause, reading, printed)
        label = (clause.base_label or "") if reading is Reading.BASE else clause.label
        stretches = [Span(one.words) for one in cut if one.before_label]
        if label:
            stretches.append(Span(label + ("\t" if clause.passage.runs else "")))
        stretches += [
            Span(one.words, drawn_struck=one.sort in (Sort.STRUCK, Sort.GONE))
            for one in cut
            if not one.before_label
        ]
        style = style_of(clause.kind, levels.get(clause.id, 0), clause.passage.words)
        row.append(Paragraph(tuple(stretches), style))
    return tuple(row)
