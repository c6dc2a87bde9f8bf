"""An anomaly of a received page as lines: how it is printed, and how it would be read.

Pure; what a person may say to it stands in `screens.intake`.
"""

from __future__ import annotations

import attrs

from negotiation.desk import Desk
from negotiation.domain.clause import Clause
from negotiation.domain.commands import WordsAt
from negotiation.domain.terms import Damage, DocumentRole
from negotiation.papers.page_in import page_in, printed_lines
from negotiation.papers.page_text import NotReadable
from negotiation.text.changes import changes
from negotiation.text.search import occurrences
from negotiation.views.pieces import pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans
from negotiation_tui.draw import Bit, Ink, Line, visible, wrap

_AROUND = 36
"""So many letters on each side of a fault are typed anew, rounded to words."""
_SHORT = 100
_SMALL = 8
"""A difference of so few letters is picked out, or nobody would see it."""


@attrs.frozen
class ReceivedPage:
    """The page as it was received, line by line."""

    name: str
    lines: tuple[str, ...]


def received_page(desk: Desk, entry: int = 0) -> ReceivedPage:
    """The page that an entry received, or the draft that the record began with.

    Without lines when none was received.
    """
    held = desk.timeline.negotiation(desk.timeline.head).documents
    found = next((one for one in held if one.entry == entry), None)
    found = found or next((one for one in held if one.role is DocumentRole.DRAFT), None)
    # Akoma Ntoso is no page that somebody printed: what was found on one lies in an older record.
    if found is None or found.name.lower().endswith(".xml"):
        return ReceivedPage("", ())
    try:
        rows = printed_lines(page_in(found.source, found.name))
    except NotReadable:
        return ReceivedPage("", ())
    return ReceivedPage(found.name, rows)


def printed_bits(page: ReceivedPage, damage: Damage) -> tuple[Bit, ...]:
    """The printed lines of an anomaly, as received, with the words at its column picked out."""
    if not 1 <= damage.line <= len(page.lines):
        return (("The received page does not have this line.", Ink.FAINT),)
    line = page.lines[damage.line - 1]
    start = min(max(damage.column - 1, 0), len(line))
    exact = bool(damage.words) and line.startswith(damage.words, start)
    end = start + len(damage.words) if exact else start + 1
    row: list[Bit] = [
        (visible(line[:start]), Ink.PLAIN),
        (visible(line[start:end]) or " ", Ink.PICKED),
        (visible(line[end:]), Ink.PLAIN),
    ]
    for below in page.lines[damage.line : max(damage.end_line, damage.line)]:
        row.append((f"\n{visible(below)}", Ink.PLAIN))
    return tuple(bit for bit in row if bit[0])


def reads(clause: Clause, printed: Spans) -> str:
    """How a clause reads in plain letters, brackets and undecided strikes included."""
    row = pieces(clause, Reading.OPEN, printed)
    return "".join(piece.words for piece in row if not piece.before_label)


def difference(before: str, after: str) -> tuple[Bit, ...]:
    """The second wording with what it changes of the first: struck, and put in."""
    row: list[Bit] = []
    at = 0
    found = changes(before, after)
    small = sum(len(one.removed) + len(one.inserted) for one in found) <= _SMALL
    picked = Ink.PICKED if small else Ink.PLAIN
    for change in found:
        row.append((visible(before[at : change.start]), Ink.PLAIN))
        row.append((visible(change.removed), Ink.STRUCK | picked))
        row.append((visible(change.inserted), Ink.INSERTED | picked))
        at = change.end
    row.append((visible(before[at:]), Ink.PLAIN))
    return tuple(bit for bit in row if bit[0])


def reading_as_it_is(clause: Clause, words: str, damage: Damage) -> tuple[Bit, ...]:
    """How a clause reads now, with the doubtful words picked out where they stand once."""
    sought = damage.words
    if not sought or words.count(sought) != 1:
        return ((visible(words), Ink.PLAIN),) if words else (("no words", Ink.FAINT),)
    start = words.index(sought)
    end = start + len(sought)
    return (
        (visible(words[:start]), Ink.PLAIN),
        (visible(words[start:end]), Ink.PICKED),
        (visible(words[end:]), Ink.PLAIN),
    )


def around_mark(bits: tuple[Bit, ...], width: int, height: int) -> tuple[Line, ...]:
    """The bits on lines, as many as there is room for around the first that is marked."""
    rows = wrap(bits, width)
    if len(rows) <= height:
        return rows
    marks = Ink.PICKED | Ink.STRUCK | Ink.INSERTED
    first = next((n for n, row in enumerate(rows) if any(ink & marks for _, ink in row)), 0)
    top = min(max(first - max(height - 1, 0) // 2, 0), len(rows) - height)
    shown = list(rows[top : top + height])
    if top:
        shown[0] = (("… ", Ink.FAINT), *shown[0])
    if top + height < len(rows):
        shown[-1] = (*shown[-1], (" …", Ink.FAINT))
    return tuple(shown)


# -- typing a reading ---------------------------------------------------------------------------


def part_to_read(clause: Clause, damage: Damage) -> WordsAt | None:
    """The standing words around a fault, to be typed anew; ``None`` where it is the whole clause.

    The whole clause, too, where it is short or the fault has no certain place in it.
    """
    place = _place(clause, damage)
    live = [
        offset
        for at, run in clause.passage.pieces()
        if run.live
        for offset in range(at, at + len(run.words))
    ]
    if place is None or len(live) <= _SHORT:
        return None
    words = clause.passage.live
    middle = sum(offset < place for offset in live)
    start, end = max(middle - _AROUND, 0), min(middle + len(damage.words) + _AROUND, len(words))
    while start > 0 and not words[start - 1].isspace():
        start -= 1
    while end < len(words) and not words[end].isspace():
        end += 1
    found = occurrences(clause.passage, words[start:end])
    for number, stretch in enumerate(found, start=1):
        if stretch.start == live[start]:
            return WordsAt(words[start:end], number)
    return None


def _place(clause: Clause, damage: Damage) -> int | None:
    """Where a fault stands in the words of its clause, struck ones included."""
    words = clause.passage.words
    for correction in damage.corrections[:1]:
        if words[correction.start : correction.end] == correction.removed:
            return correction.start
    if damage.words and words.count(damage.words) == 1:
        return words.index(damage.words)
    return None
