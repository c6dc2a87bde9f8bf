"""The page that a sheet is: blocks, labels and clauses of it, for the same reader as any page.

On a sheet only brackets are signs; every other letter is a word, and each of them is read either
as a label or as a word of a clause. Leaves out the open points and the faults: those are found as
on any page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from negotiation.papers.blocks import Block, Lines
from negotiation.papers.brackets import Brackets, brackets_of
from negotiation.papers.conventions import Conventions
from negotiation.papers.docx.page import Touch, Where
from negotiation.papers.draft import (
    Anomaly,
    DraftClause,
    DraftPoint,
    DraftRemark,
    DraftRun,
    Kind,
    Origin,
    Severity,
    Sign,
)
from negotiation.papers.labels import Label, Style, read_label
from negotiation.papers.marks import Marks, Pair, Span, brackets_only
from negotiation.papers.page import Page
from negotiation.papers.parties import attribution
from negotiation.papers.passages import Part, Passage, Places
from negotiation.papers.points import points_of
from negotiation.papers.sheet import Sheet, SheetParagraph, Stretch
from negotiation.papers.structure import Placed, placed
from negotiation.papers.styles import Hint, hint_of

_BRACKETS = "[]{}"
_FAR_ENOUGH = 600
_INDENT = 4


@attrs.frozen
class _Read:
    """A paragraph of the sheet on the page: its block, and the stretches of the block's text."""

    block: Block
    paragraph: SheetParagraph
    stretches: tuple[tuple[int, Stretch], ...]
    """Each with the offset in the text at which it begins."""
    base_label: str
    relabelled: Touch | None


def page_of_sheet(sheet: Sheet, conventions: Conventions) -> tuple[Page, list[Placed]]:
    """The page of a sheet, and the blocks of its header, which are text like any others here."""
    source = "\n".join(one.words for one in sheet.paragraphs)
    lines = _lines(sheet, source)
    ends = [end for end, letter in enumerate(source) if letter == "\n"]
    marks, brackets = _marks(sheet, source, ends, conventions)
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
    touches = _Touches(sheet)
    page = Page(
        source=source,
        lines=lines,
        conventions=conventions,
        marks=marks,
        brackets=brackets,
        placed=tuple(entries),
        passages=tuple(passages),
        points=tuple(_by_whom(points, lines, brackets.points, touches)),
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


# -- marks ----------------------------------------------------------------------------------------


def _lines(sheet: Sheet, source: str) -> Lines:
    """Every paragraph of the file is a line, the empty ones as well."""
    starts: list[int] = []
    at = 0
    for one in sheet.paragraphs:
        while len(starts) + 1 < one.number:
            starts.append(at)
        starts += [at + start for start in one.starts]
        at += len(one.words) + 1
    ends = [max(start, after - 1) for start, after in pairwise(starts)]
    return Lines(tuple(starts or (0,)), (*ends, len(source)))


class _Touches:
    """Who put in, and who struck, the character at a place of the page."""

    def __init__(self, sheet: Sheet) -> None:
        self._starts: list[int] = []
        self._stretches: list[Stretch] = []
        at = 0
        for paragraph in sheet.paragraphs:
            for one in paragraph.stretches:
                self._starts.append(at)
                self._stretches.append(one)
                at += len(one.words)
            at += 1

    def at(self, place: int) -> Stretch:
        return self._stretches[bisect_right(self._starts, place) - 1]


def _marks(
    sheet: Sheet, source: str, ends: Sequence[int], conventions: Conventions
) -> tuple[Marks, Brackets]:
    living: list[tuple[int, str]] = []
    literal: list[tuple[int, str]] = []
    strikes: list[Span] = []
    words = bytearray(len(source))
    at = 0
    for paragraph in sheet.paragraphs:
        for one in paragraph.stretches:
            if not one.live:
                strikes.append(Span(at, at + len(one.words), 0, 0))
            for place, letter in enumerate(one.words, at):
                if letter in _BRACKETS:
                    (living if one.live else literal).append((place, letter))
                elif one.live and not letter.isspace():
                    words[place] = 1
            at += len(one.words)
        at += 1
    marks = brackets_only(living, literal, strikes, ends)
    # A pair around nothing would be no sign of anything: its signs are words.
    empty = [pair for pair in marks.pairs if not any(words[pair.opened : pair.closed])]
    if empty:
        signs = [(pair.opened, source[pair.opened]) for pair in empty]
        signs += [(pair.closed, source[pair.closed]) for pair in empty]
        gone = {place for place, _ in signs}
        pairs = tuple(pair for pair in marks.pairs if pair.opened not in gone)
        marks = attrs.evolve(marks, pairs=pairs, literal=tuple(sorted([*literal, *signs])))
    return marks, brackets_of(source, marks, conventions)


def _by_whom(
    points: Sequence[DraftPoint], lines: Lines, pairs: Sequence[Pair], touches: _Touches
) -> Iterator[DraftPoint]:
    closed = {pair.opened: pair.closed for pair in pairs}
    for point in points:
        opened = lines.starts[point.line - 1] + point.column - 1
        if opened not in closed:
            yield point
            continue
        found = [touches.at(place).inserted for place in (opened, closed[opened])]
        known = [one for one in found if one is not None]
        yield attrs.evolve(point, placed=max(known, key=_late)) if known else point


def _late(touch: Touch) -> tuple[bool, float]:
    return touch.when is None, touch.when.timestamp() if touch.when is not None else 0.0


# -- blocks ---------------------------------------------------------------------------------------


def _blocks(
    sheet: Sheet, marks: Marks, brackets: Brackets, lines: Lines, *, lined: bool
) -> Iterator[_Read]:
    signs = sorted(place for pair in brackets.points for place in (pair.opened, pair.closed))
    at = 0
    first = 0
    for one in sheet.paragraphs:
        stop = at + len(one.words)
        last = first
        while last < len(signs) and signs[last] < stop:
            last += 1
        read = _block(one, at, signs[first:last], lined=lined)
        if read is not None:
            yield read
        first, at = last, stop + 1


def _block(one: SheetParagraph, start: int, signs: Sequence[int], *, lined: bool) -> _Read | None:
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
    kept = len(text.rstrip())
    stretches = tuple(_in_text(one.stretches, [place - start for place in signs], kept))
    removed = [
        (place - start - number, words[place - start] in "]}") for number, place in enumerate(signs)
    ]
    labels = _labels(one, text[:kept], stretches, removed)
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
    stretches: Sequence[Stretch], removed: Sequence[int], kept: int
) -> Iterator[tuple[int, Stretch]]:
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


# -- labels ---------------------------------------------------------------------------------------


@attrs.frozen
class _Labels:
    shown: Label
    """The label and where the words begin; that of the base for a paragraph that is struck."""
    base: str = ""
    by: Touch | None = None
    """Who made it another one."""


def _labels(
    one: SheetParagraph,
    text: str,
    stretches: Sequence[tuple[int, Stretch]],
    removed: Sequence[tuple[int, bool]],
) -> _Labels:
    lead = len(text) - len(text.lstrip())
    none = _Labels(Label("", Style.NONE, lead, lead, lead))
    paragraph = one.first
    if paragraph.label or paragraph.base_label:
        if not any(letter.isalnum() for letter in paragraph.label + paragraph.base_label):
            return none
        stands = any(stretch.live and stretch.words.strip() for _, stretch in stretches)
        printed = paragraph.label if stands else paragraph.base_label or paragraph.label
        style = read_label(f"{printed} x")
        label = Label(printed, style.style, lead, lead, lead, style.ordinal)
        return _Labels(label, paragraph.base_label)
    if paragraph.where is not Where.BODY:
        if paragraph.note and paragraph.where in (Where.FOOTNOTE, Where.ENDNOTE):
            label = Label(paragraph.note, Style.FOOTNOTE, lead, lead, lead)
            return _Labels(label, paragraph.note)
        return none
    letters = [
        (low + place, stretch)
        for low, stretch in stretches
        if low < _FAR_ENOUGH
        for place in range(len(stretch.words))
    ][:_FAR_ENOUGH]
    live = _typed(text, [at for at, stretch in letters if stretch.live])
    base = _typed(text, [at for at, stretch in letters if stretch.base])
    if (not live.any and not base.any) or not (live.label or base.label):
        return none
    begins = max(live.upto, base.upto)
    found = live if live.label else base
    assert found.label is not None
    if any((closes or found.first < place) and place < begins for place, closes in removed):
        return none
    for at, stretch in letters:
        if at >= begins:
            break
        seen = (stretch.live and at < live.upto) or (stretch.base and at < base.upto)
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
    return _Labels(label, base.text, max(known, key=_late) if known and changed else None)


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


def _typed(text: str, places: Sequence[int]) -> _Typed:
    words = "".join(text[at] for at in places)
    bare = words.lstrip()
    if not bare:
        return _Typed(False)
    lead = len(words) - len(bare)
    label = read_label(bare)
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
    last = lead + end + behind - 1
    return _Typed(True, label, bare[:end], places[lead], places[last] + 1)


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
    touches = _Touches(sheet)
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
