"""The paragraphs of a page: which lines belong together, and their words with the marks taken out.

A block knows, for each of its words, where it stands on the page, so that marks and anomalies can
be carried over. Leaves out what sort of clause a block is: that is for `structure.py`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import attrs

from negotiation.papers.labels import Label, Style, behind_struck, label_at, read_label
from negotiation.papers.marks import Marks
from negotiation.papers.parties import Attribution, attribution
from negotiation.papers.verbs import is_bare_verb

_LINE = re.compile(r"\r\n|\n|\r")
_MARKUP_AT_START = re.compile(r"[ \t]{0,400}(?:~~|\+\+|</?[a-z]{1,6}>|[\[{*_ \t]){0,40}")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+")
_BULLET = re.compile(r"[ \t]{0,400}[-*•][ \t]{1,20}")
_RULE = re.compile(r"[ \t]{0,20}(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_TITLE = re.compile(
    r"(?:(?:ADD|MOD|SUP)[ \t]+)?(?:(?:PROPOSED|REVISED|NEW)[ ]){0,2}"
    r"(?:DRAFT[ ](?:NEW[ ]|REVISED[ ])?)?"
    r"(?:RESOLUTION|DECISION|RECOMMENDATION|OPINION|DECLARATION)\b"
)
_HEADER_LINES = 60
_INDENT = re.compile(r"[ \t ]*")


@attrs.frozen
class Lines:
    """The lines of a page: where each begins and ends, its line break left out."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def line_of(self, at: int) -> int:
        """The number of the line that holds a place, from 1."""
        return max(1, bisect_right(self.starts, at))

    def column_of(self, at: int) -> int:
        """The column of a place in its line, in code points, from 1."""
        return at - self.starts[self.line_of(at) - 1] + 1


def lines_of(source: str) -> Lines:
    """The lines of a page."""
    starts, ends = [0], []
    for match in _LINE.finditer(source):
        ends.append(match.start())
        starts.append(match.end())
    ends.append(len(source))
    return Lines(tuple(starts), tuple(ends))


@attrs.frozen
class Block:
    """A paragraph: its words with the marks out, and the way back to the page."""

    start: int
    end: int
    line: int
    end_line: int
    indent: int
    heading_level: int
    """The number of `#` before it, 0 for none."""
    text: str
    text_at: tuple[int, ...]
    """Where each stretch of the text begins in it; the same stretches begin on the page at…"""
    source_at: tuple[int, ...]
    lengths: tuple[int, ...]
    struck: tuple[tuple[int, int], ...]
    underlined: tuple[tuple[int, int], ...]
    label: Label
    attribution: Attribution | None
    in_header: bool

    def offset(self, at: int) -> int:
        """The place in the text that belongs to a place on the page."""
        index = bisect_right(self.source_at, at) - 1
        if index < 0:
            return 0
        offset = self.text_at[index] + min(at - self.source_at[index], self.lengths[index])
        return min(offset, len(self.text))

    def place(self, offset: int) -> int:
        """The place on the page of a character of the text."""
        index = max(0, bisect_right(self.text_at, offset) - 1)
        if not self.text_at:
            return self.start
        return min(self.source_at[index] + (offset - self.text_at[index]), self.end)

    @property
    def words(self) -> str:
        """The words after the label."""
        return self.text[self.label.words_at :]

    @property
    def all_struck(self) -> bool:
        """Whether every printed word of it is struck."""
        return bool(self.struck) and not self.live_text.strip()

    @property
    def live_text(self) -> str:
        """The text without its struck stretches, lead and bullet included."""
        at, live = 0, []
        for start, end in self.struck:
            live.append(self.text[at:start])
            at = end
        live.append(self.text[at:])
        return "".join(live).strip().lstrip("-*•").strip()

    @property
    def label_struck(self) -> bool:
        """Whether the label is struck."""
        label = self.label
        if not label.text:
            return self.all_struck
        return any(start <= label.start and label.end <= end for start, end in self.struck)


def blocks_of(
    source: str, marks: Marks, removed: Sequence[tuple[int, int]], lines: Lines, *, lined: bool
) -> list[Block]:
    """The blocks of a page in order; `removed` are the marks that are no words, as (place, length).

    With `lined`, attribution lines are looked for.
    """
    title_line = _title_line(source, lines, marks)
    cutter = _Cutter(source, marks, removed, lines, lined)
    found: list[Block] = []
    for first, last, header in _chunks(source, lines, marks, title_line, lined):
        block = cutter.block(first, last, header)
        if block is not None:
            found.append(block)
    return found


def _title_line(source: str, lines: Lines, marks: Marks) -> int:
    """The index of the line with the title of a resolution, -1 where there is none."""
    for index in range(min(_HEADER_LINES, len(lines.starts))):
        start, end = lines.starts[index], lines.ends[index]
        if end - start > 300 or _is_skipped(marks, start):
            continue
        bare = source[start:end].lstrip(" \t[{~*_#")
        if _TITLE.match(bare) or (
            _TITLE.match(bare.upper()) and bare[:1].isupper() and index + 1 and _titled(bare)
        ):
            return index
    return -1


def _titled(bare: str) -> bool:
    return bool(re.match(r"(?:Draft |Revised )?(?:Resolution|Decision) \[?[A-Z0-9]", bare)) and (
        len(bare) <= 120 and not bare.rstrip().endswith((",", ";", "."))
    )


def is_rule(source: str, start: int, end: int) -> bool:
    """Whether a line is a horizontal rule."""
    return bool(_RULE.match(source, start, end))


def _is_skipped(marks: Marks, at: int) -> bool:
    index = bisect_right(marks.skipped, (at, len(marks.skipped) + at + 10**9)) - 1
    return index >= 0 and at < marks.skipped[index][1]


def _chunks(
    source: str, lines: Lines, marks: Marks, title_line: int, lined: bool
) -> Iterator[tuple[int, int, bool]]:
    """First and last line of each paragraph, and whether it stands in the header."""
    first = -1
    for index, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        blank = not source[start:end].strip() or _is_skipped(marks, start)
        if blank or is_rule(source, start, end):
            if first >= 0:
                yield first, index - 1, first < title_line
            first = -1
            continue
        if first < 0:
            first = index
        elif (
            index <= title_line
            or first < title_line
            or _begins_block(source[start : min(end, start + 400)], end - start > 300, lined)
            or _ends_block(source[lines.starts[index - 1] : lines.ends[index - 1]], lined)
        ):
            yield first, index - 1, first < title_line
            first = index
    if first >= 0:
        yield first, len(lines.starts) - 1, first < title_line


def _begins_block(line: str, long: bool, lined: bool) -> bool:
    """Whether a line in the middle of a paragraph begins a new one."""
    if _HEADING.match(line) or _BULLET.match(line):
        return True
    found = _MARKUP_AT_START.match(line)
    bare = line[found.end() :] if found else line
    if read_label(bare, inside_paragraph=True).text or read_label(line.lstrip()).style in (
        Style.FOOTNOTE,
        Style.OPTION,
    ):
        return True
    if long:
        return False
    return is_bare_verb(bare) or (lined and attribution(bare) is not None)


def _ends_block(line: str, lined: bool) -> bool:
    """Whether the next line begins a new paragraph whatever it holds."""
    if _HEADING.match(line):
        return True
    if len(line) > 300:
        return False
    bare = line.strip(" \t~[{}]*_")
    return is_bare_verb(bare) or (lined and attribution(bare) is not None)


class _Cutter:
    """Cuts blocks out of a page, walking the marks once."""

    def __init__(
        self,
        source: str,
        marks: Marks,
        removed: Sequence[tuple[int, int]],
        lines: Lines,
        lined: bool,
    ) -> None:
        self._source = source
        self._removed = removed
        self._lines = lines
        self._lined = lined
        self._next = 0
        self._strikes = _Layer([(span.inner_start, span.inner_end) for span in marks.strikes])
        self._underlines = _Layer([(span.inner_start, span.inner_end) for span in marks.underlines])

    def block(self, first: int, last: int, header: bool) -> Block | None:
        """The block from the first line to the last; None where it holds no words and no marks."""
        start, end = self._lines.starts[first], self._lines.ends[last]
        pieces: list[tuple[int, int]] = []
        for index in range(first, last + 1):
            begin, stop = self._lines.starts[index], self._lines.ends[index]
            if index > first:
                indent = _INDENT.match(self._source, begin, stop)
                begin = indent.end() if indent else begin
            if index < last:
                stop = begin + len(self._source[begin:stop].rstrip())
            pieces.extend(self._without_marks(begin, stop))
            if index < last:
                pieces.append((stop, -1))
        return self._from_pieces(pieces, start, end, first, last, header)

    def _without_marks(self, begin: int, stop: int) -> Iterator[tuple[int, int]]:
        at = begin
        removed = self._removed
        while self._next < len(removed) and removed[self._next][0] < begin:
            self._next += 1
        while self._next < len(removed) and removed[self._next][0] < stop:
            mark, length = removed[self._next]
            if mark > at:
                yield at, mark
            at = max(at, mark + length)
            self._next += 1
        if at < stop:
            yield at, stop

    def _from_pieces(
        self,
        pieces: list[tuple[int, int]],
        start: int,
        end: int,
        first: int,
        last: int,
        header: bool,
    ) -> Block | None:
        words: list[str] = []
        text_at: list[int] = []
        source_at: list[int] = []
        lengths: list[int] = []
        length = 0
        for begin, stop in pieces:
            if stop < 0 and (not words or words[-1].endswith(" ")):
                continue
            piece = " " if stop < 0 else self._source[begin:stop]
            text_at.append(length)
            source_at.append(begin)
            lengths.append(len(piece))
            words.append(piece)
            length += len(piece)
        text = "".join(words)
        heading = _HEADING.match(text)
        kept = len(text.rstrip())
        text = text[:kept]
        if not text.strip():
            text = ""
        label = label_at(text, heading.end() if heading else 0)
        indent = _INDENT.match(self._source, start, end)
        width = len(indent[0].expandtabs(4)) if indent else 0

        def carried(stretch: tuple[int, int]) -> tuple[int, int]:
            return (
                min(_offset(text_at, source_at, lengths, stretch[0]), kept),
                min(_offset(text_at, source_at, lengths, stretch[1]), kept),
            )

        struck = _merged(map(carried, self._strikes.within(start, end)))
        underlined = _merged(map(carried, self._underlines.within(start, end)))
        label = behind_struck(text, label, struck)
        said = attribution(text.strip()) if self._lined and len(text) < 300 else None
        if said is not None and struck:
            said = None
        return Block(
            start=start,
            end=end,
            line=first + 1,
            end_line=last + 1,
            indent=width,
            heading_level=len(heading[1]) if heading else 0,
            text=text,
            text_at=tuple(text_at),
            source_at=tuple(source_at),
            lengths=tuple(lengths),
            struck=struck,
            underlined=underlined,
            label=label,
            attribution=said,
            in_header=header,
        )


def _offset(
    text_at: Sequence[int], source_at: Sequence[int], lengths: Sequence[int], at: int
) -> int:
    index = bisect_right(source_at, at) - 1
    if index < 0:
        return 0
    return text_at[index] + min(at - source_at[index], lengths[index])


def _merged(
    stretches: Iterable[tuple[int, int]],
) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in stretches:
        if start >= end:
            continue
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)


class _Layer:
    """The stretches of one layer, handed out block by block."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._stretches = stretches
        self._ends = [end for _, end in stretches]

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches that touch a part of the page, cut to it."""
        index = bisect_right(self._ends, start)
        while index < len(self._stretches) and self._stretches[index][0] < end:
            begin, stop = self._stretches[index]
            yield max(begin, start), min(stop, end)
            index += 1
