"""One clause as lines: who proposes it, its label, its words with their marks.

Words that were struck for good are left out unless they are asked for; a clause of which nothing
stands is then one faint line. Undecided words always show their brackets and their strikes.
"""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Kind
from negotiation.views.pieces import Sort, pieces
from negotiation.views.readings import Reading
from negotiation_tui.draw import Bit, Ink, Line, signed, visible, wrap
from negotiation_tui.marked import bits_of
from negotiation_tui.page import Page, gone, is_heading

_STEP = 2
_LABEL = 4
_SIGNED = (Sort.INSERTED, Sort.STRUCK, Sort.GONE)


def clause_lines(
    page: Page,
    clause: Clause,
    width: int,
    *,
    here: str,
    struck: bool,
    signs: bool,
    picked: tuple[int, int] | None = None,
) -> tuple[Line, ...]:
    """The lines of a clause, with an empty one behind it."""
    indent = _STEP * min(page.levels.get(clause.id, 0), 4)
    if gone(clause) and not struck:
        name = f"{visible(clause.label)} " if clause.label else ""
        return (((" " * indent + f"− {name}struck · s shows it", Ink.FAINT),),)
    under = Ink.HEADING if is_heading(clause) else Ink.PLAIN
    if clause.kind is Kind.HEADER:
        under |= Ink.FAINT
    if clause.agreement is not None:
        under |= Ink.AGREED
    length = len(clause.passage.words)
    stretches = [one.reach.within(length) for one in clause.alternatives]
    reading = Reading.MARKED if struck else Reading.OPEN
    row = pieces(clause, reading, page.printed)
    before = bits_of((piece for piece in row if piece.before_label), here=here)
    words = bits_of(
        (piece for piece in row if not piece.before_label),
        here=here,
        alternatives=stretches,
        under=under,
        picked=picked,
    )
    if signs:
        words = signed(words)
    label = _label(clause, before)
    hang = indent + max(_LABEL, sum(len(part) for part, _ in label) + 1) if label else indent
    first = ((" " * indent, Ink.PLAIN), *label) if indent or label else ()
    lines = wrap(words, width, first, min(hang, width // 2))
    above = tuple(
        line
        for said in attributions(page.moment.negotiation, clause)
        for line in wrap(((visible(said), Ink.SPONSOR),), width, (), indent)
    )
    return (*above, *lines, ())


def _label(clause: Clause, before: tuple[Bit, ...]) -> Line:
    if not clause.label:
        return before
    ink = Ink.LABEL | (Ink.GONE if clause.margin.label_struck or gone(clause) else Ink.PLAIN)
    agreed: Line = (("✓ ", Ink.AGREED),) if clause.agreement is not None else ()
    return (*before, *agreed, (visible(clause.label), ink))


def words_drawn(page: Page, clause: Clause, *, struck: bool, signs: bool) -> tuple[int, ...]:
    """For every sign of a clause that is no space, in order: the offset that it stands for.

    Brackets and marks, which stand for no words, have the offset of what follows them.
    """
    reading = Reading.MARKED if struck else Reading.OPEN
    row = pieces(clause, reading, page.printed)
    offsets: list[int] = []
    for piece in row:
        if piece.before_label:
            continue
        words = visible(piece.words)
        step = len(piece.words) / max(len(words), 1)
        marks = 2 if signs and piece.sort in _SIGNED else 0
        shown = [
            min(piece.start + int(place * step), piece.end)
            for place, sign in enumerate(words)
            if not sign.isspace()
        ]
        offsets += [piece.start] * marks + shown + [piece.end] * marks
    return tuple(offsets)


def attributions(negotiation: Negotiation, clause: Clause) -> tuple[str, ...]:
    """A line for each proposal on the table and each sponsored wording of a clause."""
    said: list[str] = []
    status = next((one.status for one in clause.brackets if one.begins and one.status), "")
    told: set[str] = set()
    for proposal in clause.proposals:
        if proposal.state != "on the table":
            continue
        told.add(proposal.id)
        parts = [proposal.symbol, _names(negotiation, proposal.sponsors), proposal.kind]
        said.append(" – ".join(part for part in parts if part))
    for one in clause.alternatives:
        if one.sponsors and one.proposal not in told:
            said.append(_names(negotiation, one.sponsors))
    if said and status:
        said[0] += f" – {status}"
    return tuple(said)


def _names(negotiation: Negotiation, sponsors: tuple[str, ...]) -> str:
    return ", ".join(negotiation.party(code).shown for code in sponsors)
