"""The labels of a paragraph on a sheet: the one that stands, and the one that the base had.

A typed label is made of letters like any others, which somebody may have put in or struck; so it is
looked for in each reading by itself. What Word counts by itself is taken as printed. Where a label
would cost a word, there is none, and all the letters are words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from negotiation.papers.docx.page import Span, Touch, Where
from negotiation.papers.labels import Label, Style, read_label
from negotiation.papers.sheet import SheetParagraph, late

_TABBED = re.compile(r"\s{0,40}\(?(?:\d{1,3}|[a-z]{1,4})[.)]{0,2}\t")
_FOOTNOTE = re.compile(r"(\[\^[^\[\]\s]{1,40}\])\t")
_FAR_ENOUGH = 600
"""No label stands further from the beginning."""
_UNTYPED = -1
"""Where a label stands that Word counts: before everything typed, so no bracket is before it."""


@attrs.frozen
class Labels:
    """The labels of a paragraph in its two readings."""

    shown: Label
    """The label and where the words begin; that of the base for a paragraph that is struck."""
    base: str = ""
    by: Touch | None = None
    """Who made it another one."""


def labels_of(
    one: SheetParagraph,
    text: str,
    stretches: Sequence[tuple[int, Span]],
    removed: Sequence[tuple[int, bool]],
    *,
    set_off: bool = False,
) -> Labels:
    """The labels of a paragraph of a sheet, where that loses no word of either reading.

    ``removed`` are the bracket signs that are no words: where each stood, and whether it closes.
    ``set_off`` says that labels on this sheet are set off, so that a bare number before a single
    space is a word: `4 million dollars`.
    """
    # White space behind a first bracket is inside it, and stays.
    lead = min([len(text) - len(text.lstrip()), *(place for place, _ in removed)])
    none = Labels(Label("", Style.NONE, lead, lead, lead))
    paragraph = one.first
    if paragraph.label or paragraph.base_label:
        if not any(letter.isalnum() for letter in paragraph.label + paragraph.base_label):
            return none
        stands = any(stretch.live and stretch.words.strip() for _, stretch in stretches)
        printed = paragraph.label if stands else paragraph.base_label or paragraph.label
        style = read_label(f"{printed} x")
        label = Label(printed, style.style, _UNTYPED, _UNTYPED, lead, style.ordinal)
        return Labels(label, paragraph.base_label)
    if paragraph.where is not Where.BODY:
        if paragraph.note and paragraph.where in (Where.FOOTNOTE, Where.ENDNOTE):
            label = Label(paragraph.note, Style.FOOTNOTE, _UNTYPED, _UNTYPED, lead)
            return Labels(label, paragraph.note)
        return none
    letters = [
        (low + place, stretch)
        for low, stretch in stretches
        if low < _FAR_ENOUGH
        for place in range(len(stretch.words))
    ][:_FAR_ENOUGH]
    live = _typed(text, [at for at, stretch in letters if stretch.live], set_off)
    base = _typed(text, [at for at, stretch in letters if stretch.base], set_off)
    fleeting = not live.any and not base.any
    if fleeting:
        # What one put in and another struck was a paragraph like any while it was there.
        live = base = _typed(text, [at for at, _ in letters], set_off)
    if not (live.label or base.label):
        return none
    if not live.any and any(stretch.live for _, stretch in stretches):
        # White space alone lives: with a label before it, the paragraph would be printed.
        return none
    begins = max(live.upto, base.upto)
    found = live if live.label else base
    assert found.label is not None
    if any((closes or found.first < place) and place < begins for place, closes in removed):
        return none
    for at, stretch in letters:
        if at >= begins:
            break
        seen = fleeting or (stretch.live and at < live.upto) or (stretch.base and at < base.upto)
        kept = (stretch.live and at >= live.upto) or (stretch.base and at >= base.upto)
        if kept or not (seen or text[at].isspace()):
            return none
    by = [
        stretch.inserted or stretch.struck
        for at, stretch in letters
        if at < begins and stretch.live is not stretch.base and not text[at].isspace()
    ]
    label = Label(
        live.text if live.any else base.text,
        found.label.style,
        found.first,
        begins,
        begins,
        found.label.ordinal,
    )
    known = [touch for touch in by if touch is not None]
    changed = live.any and base.any and live.text != base.text
    return Labels(label, base.text, max(known, key=late) if known and changed else None)


def _tabbed(words: str) -> Label | None:
    """The call of a footnote with a tab behind it, which is how a footnote is set."""
    found = _FOOTNOTE.match(words)
    return found and Label(found[1], Style.FOOTNOTE, 0, found.end(1), found.end())


@attrs.frozen
class _Typed:
    """The label that is typed before the words of one reading."""

    any: bool
    """Whether there are words in this reading at all."""
    label: Label | None = None
    text: str = ""
    first: int = 0
    upto: int = 0
    """Where the words begin, in the text of the block."""


def labels_set_off(paragraphs: Sequence[SheetParagraph]) -> bool:
    """Whether a sheet sets its labels off: Word counts one of them, or a tab stands behind one."""
    return any(
        any(letter.isalnum() for letter in one.first.label + one.first.base_label)
        or _TABBED.match(one.words) is not None
        for one in paragraphs
        if one.first.where is Where.BODY
    )


def _typed(text: str, places: Sequence[int], set_off: bool) -> _Typed:
    words = "".join(text[at] for at in places)
    bare = words.lstrip()
    if not bare:
        return _Typed(False)
    lead = len(words) - len(bare)
    label = _tabbed(bare) or read_label(bare)
    end = label.end
    if not label.text or label.start:
        return _Typed(True)
    while end < len(bare) and bare[end] in ".:":
        end += 1
    rest = bare[end:]
    behind = len(rest) - len(rest.lstrip())
    if not rest.strip() or not behind or any(letter in "*_" for letter in bare[:end]):
        # A label without words behind it is all the words there are.
        return _Typed(True)
    if set_off and bare[:end].isdecimal() and rest[:behind] == " ":
        return _Typed(True)
    last = lead + end + behind - 1
    return _Typed(True, label, bare[:end], places[lead], places[last] + 1)
