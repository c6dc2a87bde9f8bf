"""The page that a sheet is: blocks, labels and clauses of it, for the same reader as any page.

On a sheet only brackets are signs; every other letter is a word, and each of them is read either
as a label or as a word of a clause. Leaves out the open points and the faults: those are found as
on any page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import attrs

from negotiation.papers.blocks import Block, Lines
from negotiation.papers.brackets import Brackets
from negotiation.papers.conventions import Conventions
from negotiation.papers.docx.page import Span, Touch
from negotiation.papers.draft import (
    Anomaly,
    DraftClause,
    DraftRemark,
    DraftRun,
    Kind,
    Origin,
    Severity,
    Sign,
)
from negotiation.papers.marks import Marks, Pair
from negotiation.papers.page import Page
from negotiation.papers.parties import attribution
from negotiation.papers.passages import Part, Passage, Places
from negotiation.papers.points import points_of
from negotiation.papers.sheet import Sheet, SheetParagraph
from negotiation.papers.sheet_labels import labels_of, labels_set_off
from negotiation.papers.sheet_marks import Touches, by_whom, lines_of_sheet, marks_of_sheet
from negotiation.papers.structure import Placed, placed
from negotiation.papers.styles import Hint, hint_of

_INDENT = 4


@attrs.frozen
class _Read:
    """A paragraph of the sheet on the page: its block, and the stretches of the block's text."""

    block: Block
    paragraph: SheetParagraph
    stretches: tuple[tuple[int, Span], ...]
    """Each with the offset in the text at which it begins."""
    base_label: str
    relabelled: Touch | None


def page_of_sheet(sheet: Sheet, conventions: Conventions) -> tuple[Page, list[Placed]]:
    """The page of a sheet, and the blocks of its header, which are text like any others here."""
    source = "\n".join(one.words for one in sheet.paragraphs)
    lines = lines_of_sheet(sheet, source)
    ends = [end for end, letter in enumerate(source) if letter == "\n"]
    marks, brackets = marks_of_sheet(sheet, source, ends, conventions)
    read = list(_blocks(sheet, marks, brackets, lines, lined=conventions.attributions))
    hints = [hint_of(one.paragraph.first) for one in read]
    found = placed([one.block for one in read], conventions)
    headed = [entry for entry in found if entry.kind is Kind.HEADER]
    entries = [_in_place(entry, hint) for entry, hint in zip(found, hints, strict=True)]
    signs = sorted(
        (place, opens)
        for pair in brackets.points
        for place, opens in ((pair.opened, True), (pair.closed, False))
    )
    passages = [
        _passage(key, one, entry, signs)
        for key, (one, entry) in enumerate(zip(read, entries, strict=True), 1)
    ]
    passages = _with_signs(passages, brackets.points, sheet, source)
    points, _ = points_of(
        source, lines, entries, passages, brackets.points, conventions, every_sign=True
    )
    told = {
        alternative.clause
        for point in points
        for alternative in point.alternatives
        if alternative.symbol
    }
    passages = [
        attrs.evolve(one, clause=attrs.evolve(one.clause, said_above=True))
        if one.clause.key in told
        else one
        for one in passages
    ]
    touches = Touches(sheet)
    page = Page(
        source=source,
        lines=lines,
        conventions=conventions,
        marks=marks,
        brackets=brackets,
        placed=tuple(entries),
        passages=tuple(passages),
        points=tuple(by_whom(points, lines, brackets.points, touches)),
        places=Places(passages),
    )
    return page, headed


def tracked_marks(page: Page) -> Iterator[Anomaly]:
    """Paragraph marks that were put in or struck inside a clause: how it reads is doubtful."""
    for passage in page.passages:
        clause = passage.clause
        at = 0
        for run in clause.runs:
            for place in (place for place in clause.breaks if at < place <= at + len(run.words)):
                who, split = run.put_in or run.taken_out, run.put_in is not None
                name = f"“{who.author}”" if who is not None and who.author else "Somebody"
                does = "splits this paragraph" if split else "joins this paragraph with the next"
                yield page.in_words(
                    "tracked-paragraph-mark",
                    Severity.DOUBTFUL,
                    passage,
                    max(0, place - 20),
                    place + 20,
                    f"{name} {does}; both are kept as one clause, with a space where the mark is "
                    "tracked. Confirm how it is to stand.",
                )
            at += len(run.words)


def remarks_of(page: Page, sheet: Sheet) -> Iterator[DraftRemark]:
    """The comments of a sheet, each at the words of a clause that it is about."""
    starts = [0]
    for one in sheet.paragraphs:
        starts.append(starts[-1] + len(one.words) + 1)
    for comment in sheet.comments:
        at = sheet.place(comment.start)
        place = starts[at[0]] + at[1] if at is not None else 0
        held = page.places.place(place)
        passage = held[0] if held is not None else page.places.after(place)
        passage = passage or page.places.before(place)
        if passage is None:
            continue
        if held is None:
            yield DraftRemark(passage.clause.key, 0, 0, comment)
            continue
        size = len(passage.clause.words)
        start = min(size, held[1].offset(place))
        behind = sheet.place(comment.end)
        stop = starts[behind[0]] + behind[1] if behind is not None else place
        if stop > passage.parts[-1].block.end:
            end = size
        else:
            end = max(start, min(size, held[1].offset(stop)))
        yield DraftRemark(passage.clause.key, start, end, comment)


# -- blocks ---------------------------------------------------------------------------------------


def _blocks(
    sheet: Sheet, marks: Marks, brackets: Brackets, lines: Lines, *, lined: bool
) -> Iterator[_Read]:
    signs = sorted(place for pair in brackets.points for place in (pair.opened, pair.closed))
    set_off = labels_set_off(sheet.paragraphs)
    at = 0
    first = 0
    for one in sheet.paragraphs:
        stop = at + len(one.words)
        last = first
        while last < len(signs) and signs[last] < stop:
            last += 1
        read = _block(one, at, signs[first:last], lined=lined, set_off=set_off)
        if read is not None:
            yield read
        first, at = last, stop + 1


def _block(
    one: SheetParagraph, start: int, signs: Sequence[int], *, lined: bool, set_off: bool
) -> _Read | None:
    words = one.words
    edges = [start, *(place + 1 for place in signs)]
    stops = [*signs, start + len(words)]
    text_at: list[int] = []
    source_at: list[int] = []
    lengths: list[int] = []
    length = 0
    for low, high in zip(edges, stops, strict=True):
        if low < high:
            text_at.append(length)
            source_at.append(low)
            lengths.append(high - low)
            length += high - low
    text = "".join(
        words[low - start : high - start] for low, high in zip(edges, stops, strict=True)
    )
    if not text.strip():
        return None
    # White space before a last bracket is inside it, and stays.
    last = signs[-1] - start - len(signs) + 1 if signs else 0
    kept = max(len(text.rstrip()), last)
    stretches = tuple(_in_text(one.stretches, [place - start for place in signs], kept))
    removed = [
        (place - start - number, words[place - start] in "]}") for number, place in enumerate(signs)
    ]
    labels = labels_of(one, text[:kept], stretches, removed, set_off=set_off)
    hint = hint_of(one.first)
    struck = [(low, low + len(stretch.words)) for low, stretch in stretches if not stretch.live]
    said = attribution(text.strip()) if lined and len(text) < 300 and not struck else None
    block = Block(
        start=start,
        end=start + len(words),
        line=one.number,
        end_line=one.number + len(one.starts) - 1,
        indent=hint.depth * _INDENT,
        heading_level=hint.heading,
        text=text[:kept],
        text_at=tuple(text_at),
        source_at=tuple(source_at),
        lengths=tuple(lengths),
        struck=tuple(_touching(struck)),
        underlined=(),
        label=labels.shown,
        attribution=said,
        in_header=False,
    )
    return _Read(block, one, stretches, labels.base, labels.by)


def _touching(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches that touch, as one."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held is not None and held[1] == start:
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _in_text(
    stretches: Sequence[Span], removed: Sequence[int], kept: int
) -> Iterator[tuple[int, Span]]:
    """The stretches without the signs that are no words, each with its offset in the text."""
    at = 0
    length = 0
    gone = iter([*removed, 1 << 60])
    sign = next(gone)
    for one in stretches:
        end = at + len(one.words)
        words = ""
        low = at
        while sign < end:
            words += one.words[low - at : sign - at]
            low = sign + 1
            sign = next(gone)
        words = (words + one.words[low - at :])[: max(0, kept - length)]
        if words:
            yield length, attrs.evolve(one, words=words)
            length += len(words)
        at = end


# -- clauses --------------------------------------------------------------------------------------


def _in_place(entry: Placed, hint: Hint) -> Placed:
    """A block with the kind that its style tells; whatever stands in the file is text."""
    kind = hint.kind or entry.kind
    if entry.block.attribution is not None:
        kind = Kind.NOTE
    if kind is Kind.HEADER:
        kind = Kind.PARAGRAPH
    if kind is entry.kind:
        return entry
    level = entry.level if kind is not Kind.FOOTNOTE else 0
    return attrs.evolve(entry, kind=kind, level=level)


def _passage(key: int, read: _Read, entry: Placed, signs: Sequence[tuple[int, bool]]) -> Passage:
    block = read.block
    own = signs[bisect_left(signs, (block.start, False)) : bisect_left(signs, (block.end, False))]
    begins = block.label.words_at
    runs: list[DraftRun] = []
    for at, one in read.stretches:
        words = one.words[max(0, begins - at) :]
        if words:
            runs.append(
                DraftRun(
                    words,
                    Origin.BASE if one.base else Origin.INSERTED,
                    not one.live,
                    put_in=one.inserted,
                    taken_out=one.struck,
                )
            )
    there = any(one.base and one.words.strip() for _, one in read.stretches)
    paragraph = read.paragraph
    breaks: list[int] = []
    for place in paragraph.torn:
        offset = block.offset(block.start + place) - begins
        if 0 < offset < len(block.text) - begins:
            breaks.append(offset)
    clause = DraftClause(
        key=key,
        kind=entry.kind,
        level=entry.level,
        label=block.label.text,
        label_struck=block.label_struck if block.label.end > block.label.start else False,
        base_label=read.base_label if there else None,
        runs=tuple(runs),
        line=block.line,
        end_line=block.end_line,
        in_base=there,
        lead="",
        indent=block.indent,
        breaks=tuple(breaks),
        sponsor=block.attribution,
        relabelled=read.relabelled,
    )
    part = Part(
        block,
        -begins,
        begins,
        next((place for place, opens in own if not opens), -1),
        next((place for place, opens in reversed(own) if opens), -1),
    )
    return Passage(clause, (part,), ())


def _with_signs(
    passages: list[Passage], pairs: Sequence[Pair], sheet: Sheet, source: str
) -> list[Passage]:
    """The passages with the signs of brackets that nobody put in under tracking."""
    touches = Touches(sheet)
    places = Places(passages)
    signs = sorted(
        (place, opens)
        for pair in pairs
        for place, opens in ((pair.opened, True), (pair.closed, False))
        if touches.at(place).base
    )
    held: dict[int, list[Sign]] = {}
    for place, opens in signs:
        found = places.opening(place) if opens else places.closing(place)
        if found is None:
            continue
        key, at = found
        if opens and at is None and (inside := places.place(place)) is not None:
            clause, block = inside[0].clause, inside[1].block
            if clause.base_label and block.offset(place) > block.label.start:
                # Only the base has a label here, and the sign stood behind it.
                at = 0
        if not opens and at is None:
            at = len(passages[key - 1].clause.words)
        step = 1 if opens else -1
        while 0 < key <= len(passages) and not passages[key - 1].clause.in_base:
            key += step
            at = None if opens or not key > 0 else len(passages[key - 1].clause.words)
        if 0 < key <= len(passages):
            held.setdefault(key, []).append(Sign(at, source[place]))
    return [
        attrs.evolve(one, clause=attrs.evolve(one.clause, signs=tuple(held[one.clause.key])))
        if one.clause.key in held
        else one
        for one in passages
    ]
