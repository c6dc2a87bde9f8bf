"""Writes the text in the notation that drafts come in, as the received page would print it.

Struck words stand between `~~`, brackets where they are held, every alternative under the line
that names its sponsor. A page that is received, written and read again is read the same: what the
page printed otherwise than it is read (a paragraph torn in two, a lost strike) is printed so again
until somebody settles it. Proposals that were made since stand in brackets with their sponsor.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Alternative, BracketKind, How, Printed, Proposal
from negotiation.papers.furniture import parted
from negotiation.papers.marks import link_definitions
from negotiation.papers.page_in import is_word
from negotiation.papers.page_text import page_text
from negotiation.text.passage import marks_of
from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import has_a_place
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans, spans
from negotiation.views.what_may_be_seen import is_withheld

_STRUCK = (Sort.STRUCK, Sort.GONE)


def as_markdown(moment: Moment, reading: Reading = Reading.MARKED) -> str:
    """The whole text, one paragraph a clause, with a line feed at the end.

    The open reading leaves out what is struck for good: it is the page as a rapporteur types it.
    """
    printed = spans(moment, reading)
    paragraphs: list[str] = []
    for clause in moment.clauses:
        if has_a_place(clause, reading):
            paragraphs += _paragraphs(clause, printed, moment.negotiation, reading)
    # A link by reference is a link only beside its definition, which is no clause of the text.
    if (pages := moment.negotiation.pages) and not is_withheld(pages[-1]):
        paragraphs += _definitions(pages[-1].source, pages[-1].name)
    return "\n\n".join(paragraphs) + "\n"


def _definitions(source: bytes, name: str) -> list[str]:
    """The definitions of links at the end of a received page; a Word file has none."""
    return [] if is_word(source, name) else link_definitions(page_text(source, name))


def printed_alone(
    clause: Clause, printed: Spans, negotiation: Negotiation, reading: Reading
) -> str:
    """One clause as the page prints it."""
    return "\n\n".join(_paragraphs(clause, printed, negotiation, reading))


def _paragraphs(
    clause: Clause, printed: Spans, negotiation: Negotiation, reading: Reading
) -> Iterator[str]:
    row = [
        piece
        for piece in _as_printed(clause, pieces(clause, reading, printed))
        if not _came_with_the_page(clause, piece)
    ]
    furniture, lead = parted(_lead(clause))
    if furniture:
        yield furniture
    opening = "".join(piece.words for piece in row if piece.before_label)
    for one in attributions(clause, negotiation, reading):
        yield opening + one.words
        opening = ""
    rest = [piece for piece in row if not piece.before_label]
    if _boxed(clause):
        opening += "["
        closing = Piece("]", Sort.BRACKET_CLOSE, len(clause.passage.words), 0)
        at = next((i for i, piece in enumerate(rest) if piece.words == "}" and piece.point), None)
        rest.insert(len(rest) if at is None else at, closing)
    led = False
    for stretch, apart in _stretches(clause, rest):
        if apart:
            yield _line("", "", stretch, clause, negotiation)
        elif led:
            yield _line(opening, "", stretch, clause, negotiation)
        else:
            yield _line(opening, lead, stretch, clause, negotiation)
            led, opening = True, ""


def _boxed(clause: Clause) -> bool:
    """Whether the clause is a wording of a curly group, each of which stands in its own pair."""
    curly = {one.point for one in clause.brackets if one.kind is BracketKind.OUTER}
    return any(
        one.point in curly and one.reach.whole and not _attributed(one)
        for one in clause.alternatives
    )


def _came_with_the_page(clause: Clause, piece: Piece) -> bool:
    """Whether a sign is the bracket that an undecided mark has by default, and the page had not."""
    if piece.point or piece.sort not in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE):
        return False
    if any(one.how is How.BARE and one.label == piece.source for one in clause.printed):
        return True
    proposal = clause.proposal(piece.source)
    return proposal is None or proposal.entry == clause.margin.tabled_by


# -- attribution ----------------------------------------------------------------------------------


@attrs.frozen
class Attribution:
    """A line above a clause that says whose words they are: `CUB/70/3 – Cuba`."""

    words: str
    sponsors: tuple[str, ...]
    proposal: str
    entry: int
    """The entry that made the proposal; 0 where the wording is nobody's proposal."""


def attributions(
    clause: Clause, negotiation: Negotiation, reading: Reading
) -> Iterator[Attribution]:
    """The lines above a clause that say whose words they are, in order."""
    if any(one.how is How.SAID_ABOVE for one in clause.printed):
        return
    for proposal in named_proposals(clause):
        if reading is Reading.OPEN and proposal.state != "on the table":
            # What was decided is text like any other; under its symbol it would be read as open.
            continue
        words = _symbol_line(proposal.symbol, proposal.sponsors, negotiation)
        yield Attribution(words, proposal.sponsors, proposal.id, proposal.entry)
    for one in clause.alternatives:
        if not one.reach.whole or not _attributed(one):
            continue
        bracket = clause.bracket(one.point)
        line = one.printed or _attribution(clause, one, negotiation)
        status = bracket.status if bracket is not None and bracket.begins else ""
        if status and status.casefold() not in line.casefold():
            line = f"{line} – {status}"
        made = clause.proposal(one.proposal)
        yield Attribution(line, one.sponsors, one.proposal, made.entry if made is not None else 0)


def _attributed(one: Alternative) -> bool:
    """Whether a line says which wording it is; an option or an alt says so by its own label."""
    return bool(one.sponsors) or one.printed not in ("", one.label)


def named_proposals(clause: Clause) -> Iterator[Proposal]:
    """The proposals whose symbol and sponsor stand on a line above the clause."""
    wordings = {one.proposal for one in clause.alternatives}
    said = {one.label: one.how for one in clause.printed if one.how in (How.NAMED, How.UNNAMED)}
    for proposal in clause.proposals:
        if proposal.symbol and proposal.id not in wordings:
            usual = How.NAMED if proposal.kind == "ADD" else How.UNNAMED
            if said.get(proposal.id, usual) is How.NAMED:
                yield proposal


def _attribution(clause: Clause, one: Alternative, negotiation: Negotiation) -> str:
    proposal = clause.proposal(one.proposal)
    symbol = proposal.symbol if proposal is not None else ""
    return _symbol_line(symbol, one.sponsors, negotiation)


def _symbol_line(symbol: str, sponsors: tuple[str, ...], negotiation: Negotiation) -> str:
    parties = [negotiation.party(code) for code in sponsors]
    called = (party.name if symbol else party.shown for party in parties)
    names = ", ".join(name for name in called if name)
    return " – ".join(part for part in (symbol, names) if part)


# -- paragraphs of one clause ---------------------------------------------------------------------


def _as_printed(clause: Clause, row: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces without words lost from the page, and without strikes lost from it."""
    if not clause.printed:
        yield from row
        return
    for piece in row:
        if piece.sort in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE):
            yield piece
            continue
        for low, high in _cuts(piece, clause.printed):
            how = {p.how for p in clause.printed if p.start <= low and high <= p.end}
            if How.NOT_PRINTED in how:
                continue
            sort = Sort.PLAIN if How.STRIKE_LOST in how else piece.sort
            words = piece.words[low - piece.start : high - piece.start]
            yield attrs.evolve(piece, words=words, sort=sort, start=low, end=high)


def _cuts(piece: Piece, printed: tuple[Printed, ...]) -> Iterator[tuple[int, int]]:
    edges = {edge for one in printed for edge in (one.start, one.end)}
    places = sorted({piece.start, piece.end} | {e for e in edges if piece.start < e < piece.end})
    yield from itertools.pairwise(places)


def _stretches(clause: Clause, row: list[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """The paragraphs that the clause is printed in; true for a struck wording printed apart."""
    apart = [one for one in clause.printed if one.how is How.APART]
    torn = {one.start for one in clause.printed if one.how is How.TORN}
    stretch: list[Piece] = []
    within: Printed | None = None
    for piece in row:
        variant = next((one for one in apart if one.start <= piece.start < one.end), None)
        sign = piece.sort in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)
        if stretch and not sign and (variant is not within or piece.start in torn):
            yield stretch, within is not None
            stretch = []
        if not sign or not stretch:
            within = variant
        stretch.append(piece)
    if stretch or not row:
        yield stretch, within is not None


def _lead(clause: Clause) -> str:
    if clause.margin.lead:
        return clause.margin.lead.replace("{label}", clause.label, 1)
    return f"{clause.label} " if clause.label else ""


def _line(
    opening: str, lead: str, row: list[Piece], clause: Clause, negotiation: Negotiation
) -> str:
    words = [p for p in row if p.sort not in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)]
    gone = bool(words) and all(piece.sort in _STRUCK for piece in words)
    struck = False
    line = opening
    if lead.strip():
        # The bullet and the indent are the page's; the strike begins with the label.
        bare = lead.lstrip(" \t-*•#>") if clause.label else lead
        line = lead[: len(lead) - len(bare)] + opening
        if gone and (clause.margin.label_struck or (clause.label and _fell_since(clause))):
            line, struck = line + "~~", True
        line += bare
        if row and bare[0] in "[{" and not clause.label and row[0].words.startswith(bare[0]):
            # A dead bracket that the page prints before the label is one of the struck words.
            first = attrs.evolve(row[0], words=row[0].words[1:])
            row = [first, *row[1:]]
    else:
        line = lead + opening
    for piece in _kept_apart(row):
        if piece.sort is Sort.BRACKET_OPEN and piece.source:
            line += _closed(struck) + piece.words + _named(clause, piece, negotiation)
            struck = False
            continue
        if piece.sort in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE):
            line += _closed(struck) + piece.words
            struck = False
            continue
        if (piece.sort in _STRUCK) is not struck:
            line += "~~"
            struck = not struck
        line += piece.words
    return line + _closed(struck)


def _kept_apart(row: list[Piece]) -> Iterator[Piece]:
    """The pieces, with a line break for the space between brackets of two open points.

    With a space they would be read as two wordings of one point.
    """
    for before, piece, after in zip([None, *row], row, [*row[1:], None], strict=False):
        between = (
            before is not None
            and after is not None
            and before.sort is Sort.BRACKET_CLOSE
            and after.sort is Sort.BRACKET_OPEN
            and before.point != after.point
        )
        yield attrs.evolve(piece, words="\n") if between and piece.words == " " else piece


def _fell_since(clause: Clause) -> bool:
    """Whether the words fell by an act of the room, and not on the received page."""
    tabled = clause.margin.tabled_by
    return any(
        mark.entry != tabled or any(fate.entry != tabled for fate in mark.fates)
        for run in clause.passage.runs
        for mark in marks_of(run)
    )


def _closed(struck: bool) -> str:
    return "~~" if struck else ""


def _named(clause: Clause, piece: Piece, negotiation: Negotiation) -> str:
    proposal = clause.proposal(piece.source)
    if proposal is None or not proposal.sponsors:
        return ""
    return ", ".join(negotiation.party(code).code for code in proposal.sponsors) + ": "
