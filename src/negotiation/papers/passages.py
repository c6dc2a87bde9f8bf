"""From blocks to the words of clauses: torn paragraphs joined, struck variants merged in.

A clause may be printed as several blocks. Each part knows where its words went, so that a place on
the page is a place in the clause. Leaves out the base: without it, struck words are presumed base.
"""

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import attrs

from negotiation.papers.blocks import Block
from negotiation.papers.draft import DraftClause, DraftRun, Kind, Origin, Variant
from negotiation.papers.structure import Placed

_ENOUGH_OF_VARIANT = 0.7
"""So much of a struck variant must stand in the living paragraph for the two to be one clause."""
_LONG_WORD = re.compile(r"\w{4,}")
_MOST_COMPARED = 4_000
_BROKEN_END = re.compile(r"[\w,–-]$")
_LEAST_TORN_WORDS = 5


@attrs.frozen
class Part:
    """One block inside a clause; `shift` leads from offsets in the block to those in the clause."""

    block: Block
    shift: int
    begins: int
    """The first offset in the block that is part of the clause's words."""
    first_close: int = -1
    """Where on the page the first closing bracket of the block stands, if that is to be told."""
    last_open: int = -1
    """Where the last opening one stands."""

    def offset(self, at: int) -> int:
        """Where the character at a place of the page stands in the clause's words, 0 at least."""
        offset = self.block.offset(at)
        label = self.block.label
        if label.text and offset < label.start:
            # Brackets before the label open the words.
            before = [glyph for glyph in self.block.text[: label.start] if glyph in "[]{}"]
            passed = [glyph for glyph in self.block.text[:offset] if glyph in "[]{}"]
            return max(0, self.begins + self.shift - len(before) + len(passed))
        return max(offset, self.begins) + self.shift


@attrs.frozen
class Passage:
    """A clause as read, with the blocks that it was printed as."""

    clause: DraftClause
    parts: tuple[Part, ...]
    torn: tuple[tuple[int, int], ...]
    """Lines of the two halves, for each place where the page tore the paragraph."""

    @property
    def main(self) -> Part:
        """The part that carries the clause's own label."""
        merged = len(self.clause.variants)
        return self.parts[merged]


def passages(found: Sequence[Placed]) -> list[Passage]:
    """The clauses of a page, attribution lines and empty blocks left out, keys from 1 in order."""
    result: list[Passage] = []
    index = 0
    while index < len(found):
        if found[index].block.attribution is not None or not found[index].block.text:
            index += 1
            continue
        group = _group(found, index)
        result.append(_passage(len(result) + 1, group))
        index += sum(len(torn) for torn in group)
    return result


def _group(found: Sequence[Placed], index: int) -> list[list[Placed]]:
    """The printings of one clause from here on: struck variants first, then the living one."""
    group: list[list[Placed]] = []
    at = index
    while True:
        torn = _torn(found, at)
        group.append(torn)
        after = at + len(torn)
        if after >= len(found) or not _is_variant(torn, found[after]):
            if len(group) > 1 and group[-1][0].block.all_struck:
                return group[:1]
            return group
        at = after


def _torn(found: Sequence[Placed], index: int) -> list[Placed]:
    torn = [found[index]]
    while index + len(torn) < len(found) and _is_torn(torn[-1], found[index + len(torn)]):
        torn.append(found[index + len(torn)])
    return torn


_WHOLE = (Kind.PARAGRAPH, Kind.ITEM)


def _is_torn(first: Placed, second: Placed) -> bool:
    """Whether a page break fell inside a paragraph: no closing mark, then a small letter."""
    before, after = first.block, second.block
    if first.kind not in _WHOLE or second.kind is not Kind.PARAGRAPH:
        return False
    if before.attribution or after.attribution or after.label.text or not before.text:
        return False
    if before.all_struck != after.all_struck or bool(before.indent) != bool(after.indent):
        return False
    end = before.text.rstrip("*_ ")
    begin = after.text.lstrip()[:1]
    if not end or not begin.islower() or not _BROKEN_END.search(end):
        return False
    if end.endswith(",") or len(end.split(None, _LEAST_TORN_WORDS)) < _LEAST_TORN_WORDS:
        return False
    return after.text.lstrip()[:20].split(" ")[0] not in ("that", "to")


def _is_variant(torn: Sequence[Placed], after: Placed) -> bool:
    """Whether a struck paragraph and the next one are two printings of the same clause."""
    block, living = torn[0].block, after.block
    if not (block.label.text and block.label.text == living.label.text and block.label_struck):
        return False
    if not all(part.block.all_struck for part in torn) or living.attribution:
        return False
    struck = _long_words(" ".join(part.block.text for part in torn))
    total = sum(struck.values())
    shared = sum((struck & _long_words(living.text)).values())
    if living.all_struck:
        return False
    return total >= 3 and shared >= _ENOUGH_OF_VARIANT * total


def _long_words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _LONG_WORD.findall(text[:_MOST_COMPARED]))


def _passage(key: int, group: Sequence[Sequence[Placed]]) -> Passage:
    *variants, living = group
    words = _Words()
    merged: list[Variant] = []
    for torn in variants:
        start = words.length
        block = torn[0].block
        words.add(block, block.label.start)
        for part in torn[1:]:
            words.space(struck=True)
            words.add(part.block, _lead_end(part.block))
        words.space(struck=True)
        merged.append(Variant(start, words.length, block.line, block.label.text))
    first = living[0]
    begins = first.block.label.words_at if first.block.label.text else _lead_end(first.block)
    words.brackets_before(first.block)
    if first.block.label.replaces is not None:
        words.replaced_label(first.block, first.block.label.replaces)
    words.add(first.block, begins)
    breaks: list[int] = []
    lines: list[tuple[int, int]] = []
    for before, part in itertools.pairwise(living):
        words.space(struck=before.block.all_struck)
        breaks.append(words.length)
        lines.append((before.block.line, part.block.end_line))
        words.add(part.block, _lead_end(part.block))
    lead = _lead(first.block, begins)
    clause = DraftClause(
        key=key,
        kind=first.kind,
        level=first.level,
        label=first.block.label.text,
        label_struck=first.block.label_struck,
        base_label=None,
        runs=words.runs(),
        line=group[0][0].block.line,
        end_line=living[-1].block.end_line,
        in_base=None,
        lead=lead,
        indent=first.block.indent,
        breaks=tuple(breaks),
        variants=tuple(merged),
    )
    return Passage(clause, tuple(words.parts), tuple(lines))


def _lead(block: Block, begins: int) -> str:
    """What stands before the words; a bracket before the label is among the words."""
    label = block.label
    upto = label.replaces[0] if label.replaces else label.start
    before = "".join(glyph for glyph in block.text[:upto] if glyph not in "[]{}")
    return before + block.text[label.start : begins] if label.text else block.text[:begins]


def _lead_end(block: Block) -> int:
    """Where the words of a block without a label begin: after indent, bullet and `#`."""
    return max(block.label.words_at, len(block.text) - len(block.text.lstrip()))


class _Words:
    """The words of a clause while they are gathered."""

    def __init__(self) -> None:
        self.length = 0
        self.parts: list[Part] = []
        self._stretches: list[tuple[str, bool, bool]] = []

    def add(self, block: Block, begins: int) -> None:
        """The words of a block from an offset on."""
        self.parts.append(Part(block, self.length - begins, begins))
        at = begins
        for start, end, struck, inserted in _layers(block, begins):
            if start > at:
                self._put(block.text[at:start], False, False)
            self._put(block.text[start:end], struck, inserted)
            at = end
        self._put(block.text[at:], False, False)

    def brackets_before(self, block: Block) -> None:
        """Brackets that are words but stand before the label: the words begin with them."""
        if block.label.text:
            for glyph in block.text[: block.label.start]:
                if glyph in "[]{}":
                    self._put(glyph, block.label_struck, False)

    def replaced_label(self, block: Block, stretch: tuple[int, int]) -> None:
        """A struck label that the living one replaces: it is kept as the first struck words."""
        self._put(block.text[stretch[0] : stretch[1]] + " ", True, False)

    def space(self, *, struck: bool) -> None:
        """A space where the page has a paragraph break."""
        self._put(" ", struck, False)

    def _put(self, words: str, struck: bool, inserted: bool) -> None:
        if words:
            self._stretches.append((words, struck, inserted))
            self.length += len(words)

    def runs(self) -> tuple[DraftRun, ...]:
        """The runs, neighbours of the same kind put together."""
        joined: list[tuple[list[str], bool, bool]] = []
        for words, struck, inserted in self._stretches:
            if joined and joined[-1][1:] == (struck, inserted):
                joined[-1][0].append(words)
            else:
                joined.append(([words], struck, inserted))
        return tuple(
            DraftRun("".join(words), _origin(struck, inserted), struck)
            for words, struck, inserted in joined
        )


def _origin(struck: bool, inserted: bool) -> Origin:
    if inserted:
        return Origin.INSERTED
    return Origin.PRESUMED if struck else Origin.BASE


def _layers(block: Block, begins: int) -> list[tuple[int, int, bool, bool]]:
    """The stretches of a block that are struck, underlined or both, in order."""
    if not block.underlined:
        return [
            (max(start, begins), end, True, False) for start, end in block.struck if end > begins
        ]
    edges = sorted({at for span in (*block.struck, *block.underlined) for at in span} | {begins})
    struck_at, under_at = _Within(block.struck), _Within(block.underlined)
    return [
        (start, end, struck_at.covers(start), under_at.covers(start))
        for start, end in itertools.pairwise(edges)
        if start >= begins and (struck_at.covers(start) or under_at.covers(start))
    ]


class _Within:
    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, at: int) -> bool:
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._ends[index]


class Places:
    """Carries places on the page into clauses, and back."""

    def __init__(self, found: Sequence[Passage]) -> None:
        parts = [(part.block.start, passage, part) for passage in found for part in passage.parts]
        parts.sort(key=lambda entry: entry[0])
        self._parts = parts
        self._starts = [start for start, _, _ in parts]

    def place(self, at: int) -> tuple[Passage, Part] | None:
        """The clause and the part that hold a place on the page."""
        index = bisect_right(self._starts, at) - 1
        if index < 0 or at > self._parts[index][2].block.end:
            return None
        return self._parts[index][1], self._parts[index][2]

    def after(self, at: int) -> Passage | None:
        """The first clause that begins after a place on the page."""
        index = bisect_right(self._starts, at)
        return self._parts[index][1] if index < len(self._parts) else None

    def before(self, at: int) -> Passage | None:
        """The last clause that begins before a place on the page."""
        index = bisect_right(self._starts, at) - 1
        return self._parts[index][1] if index >= 0 else None

    def opening(self, at: int) -> tuple[int, int | None] | None:
        """Where a bracket opens: the clause and the offset, None for before its label."""
        held = self.place(at)
        if held is None:
            following = self.after(at)
            return (following.clause.key, None) if following else None
        passage, part = held
        offset = part.block.offset(at)
        own = part is passage.main
        start = max(offset, part.begins) + part.shift
        if 0 <= part.first_close < at:
            # What closes before it stands in the words, and so does what opens behind.
            return passage.clause.key, start
        if own and offset <= part.block.label.start:
            return passage.clause.key, None
        # Without a label, the very beginning and the first word are the same place.
        return passage.clause.key, (None if start == 0 and not part.block.label.text else start)

    def closing(self, at: int) -> tuple[int, int | None] | None:
        """Where a bracket closes: the clause and the offset, None for its very end."""
        held = self.place(at)
        if held is None:
            preceding = self.before(at)
            return (preceding.clause.key, None) if preceding else None
        passage, part = held
        offset = max(part.block.offset(at), part.begins) + part.shift
        last = part is passage.parts[-1]
        at_end = last and part.block.offset(at) >= len(part.block.text) and offset > 0
        at_end = at_end and part.last_open < at
        return passage.clause.key, (None if at_end else offset)


def printed_place(passage: Passage, offset: int) -> int:
    """Where a character of a clause's printed words stands on the page."""
    for part in reversed(passage.parts):
        if offset - part.shift >= part.begins:
            return part.block.place(offset - part.shift)
    return passage.parts[0].block.start
