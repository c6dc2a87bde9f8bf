"""What sort of clause each block is, and how deep it stands.

Works on blocks one after the other: header, title, subject, enacting words, block headings, lists.
Leaves out the words: a block whose words are in doubt still has its place.
"""

import re
from collections.abc import Sequence

import attrs

from negotiation.papers.blocks import Block
from negotiation.papers.conventions import Conventions
from negotiation.papers.draft import Kind
from negotiation.papers.imprint import is_imprint
from negotiation.papers.labels import Label, Style
from negotiation.papers.verbs import is_bare_verb, is_verb_heading

_ENACTING = re.compile(
    r"(?:The|Les?|La|El|Los)\s(?:[\w’'-]{1,30}\s){0,6}?"
    r"(?:Conference|Assembly|Council|Committee|Commission|Parties|Union|States|Board|Congress)\b"
)
_AGREED = re.compile(r"(?:Have|HAVE|Has) (?:agreed|AGREED|decided|adopted)\b")
_TITLE = re.compile(
    r"(?:(?:ADD|MOD|SUP)\s+)?(?:(?:PROPOSED|REVISED|NEW)\s){0,2}(?:DRAFT\s(?:NEW\s|REVISED\s)?)?"
    r"(?:RESOLUTION|DECISION|RECOMMENDATION|OPINION|DECLARATION)\b",
    re.IGNORECASE,
)
_ANNOTATION = re.compile(r"[*_]{0,3}\{[^{}]{0,4000}\}[*_.]{0,4}$")
_INTERNAL = re.compile(r"\([^()]{0,60}internal note\b", re.IGNORECASE)
_SYMBOL_NOTE = re.compile(r"[\^†‡]{1,3}[ \t]")
_STARRED_NOTE = re.compile(r"\*{1,3}[ \t]")
_HEADERISH = re.compile(
    r"\bDocument [A-Z]|\(Rev\.|\bRev\.\d|\bOriginal:|\bonly$|^\d{1,2} [A-Z][a-z]+ \d{4}\b"
)
_MOST_HEADER_BLOCKS = 15


@attrs.frozen
class Placed:
    """A block with its kind and its depth."""

    block: Block
    kind: Kind
    level: int


def placed(blocks: Sequence[Block], conventions: Conventions) -> list[Placed]:
    """Every block with its kind and depth, in the order of the page."""
    title = _title_index(blocks)
    depths = _Depths()
    found: list[Placed] = []
    begun = False
    subject_open = title >= 0
    for index, block in enumerate(blocks):
        kind, begun, subject_open = _kind(blocks, index, title, begun, subject_open, found)
        if kind in (Kind.HEADER, Kind.TITLE, Kind.SUBJECT, Kind.ENACTING, Kind.FOOTNOTE):
            level = 0
        elif kind is Kind.HEADING:
            level = depths.heading(block)
        else:
            level = depths.below(block, kind)
        found.append(Placed(block, kind, level))
    return found


def _title_index(blocks: Sequence[Block]) -> int:
    """The index of the title: the words after the header lines, or the first heading in `#`."""
    for index, block in enumerate(blocks[: _MOST_HEADER_BLOCKS + 45]):
        if block.in_header:
            continue
        if _TITLE.match(block.text.lstrip()) and len(block.text) < 300:
            return index
        break
    limit = min(len(blocks), _MOST_HEADER_BLOCKS)
    for index in range(limit):
        if blocks[index].heading_level:
            return index
    for index in range(limit):
        if _begins_text(blocks[index]):
            return _behind_header(blocks[:index])
    return -1


def _behind_header(blocks: Sequence[Block]) -> int:
    """The first block behind those that look like a header, if there is one."""
    at = 0
    for index, block in enumerate(blocks):
        if _HEADERISH.search(block.text[:300]):
            at = index + 1
    return at if at < len(blocks) and len(blocks[at].text) < 300 else -1


def _begins_text(block: Block) -> bool:
    return bool(
        block.label.text
        or is_verb_heading(block.text)
        or is_bare_verb(block.text)
        or _is_enacting(block)
    )


def _is_enacting(block: Block) -> bool:
    text = block.text.strip().strip("*_").strip()
    if _AGREED.match(text):
        return len(text) < 120
    return bool(_ENACTING.match(text)) and text.endswith(",") and len(text) < 400


def _kind(
    blocks: Sequence[Block],
    index: int,
    title: int,
    begun: bool,
    subject_open: bool,
    found: Sequence[Placed],
) -> tuple[Kind, bool, bool]:
    """The kind of one block, whether the text has begun, and whether a subject may still come."""
    block = blocks[index]
    text = block.text.strip()
    if index < title or block.in_header or is_imprint(text):
        return Kind.HEADER, begun, subject_open
    if index == title:
        return Kind.TITLE, begun, True
    if block.label.style is Style.FOOTNOTE or _is_symbol_note(text, found):
        return Kind.FOOTNOTE, begun, subject_open
    if block.heading_level:
        return Kind.HEADING, True, False
    if not begun and _is_enacting(block):
        return Kind.ENACTING, True, False
    if block.label.style is Style.ARTICLE:
        return Kind.HEADING, True, False
    if block.label.style is Style.OPTION:
        return Kind.OPTION, True, False
    if not block.label.text and _is_heading(blocks, index, found):
        return Kind.HEADING, True, False
    if _ANNOTATION.match(text) or _INTERNAL.match(text):
        return Kind.NOTE, begun, subject_open
    if not block.label.text and subject_open and not begun:
        return (Kind.SUBJECT if len(text) < 600 else Kind.PARAGRAPH), begun, subject_open
    if not begun and title < 0 and not block.label.text and _header_before(blocks, index):
        return Kind.HEADER, begun, subject_open
    if block.label.text:
        return Kind.ITEM, True, False
    if text.rstrip("*_ ").endswith(":"):
        return Kind.CHAPEAU, True, False
    return Kind.PARAGRAPH, True, False


def _is_symbol_note(text: str, found: Sequence[Placed]) -> bool:
    """Whether a paragraph is the note to a `^` or `*`; a star alone would be a bullet."""
    if _SYMBOL_NOTE.match(text):
        return True
    return bool(_STARRED_NOTE.match(text) and found and found[-1].kind is Kind.FOOTNOTE)


def _header_before(blocks: Sequence[Block], index: int) -> bool:
    """Whether unlabelled lines this early still belong to a header."""
    later = blocks[index : min(len(blocks), _MOST_HEADER_BLOCKS)]
    return any(_begins_text(block) for block in later) and len(blocks[index].text) < 300


def _is_heading(blocks: Sequence[Block], index: int, found: Sequence[Placed]) -> bool:
    block = blocks[index]
    text = block.text.strip()
    if not is_verb_heading(text, expected=_closes_block(found)):
        return is_bare_verb(text)
    if index + 1 == len(blocks):
        return False
    after = blocks[index + 1]
    # A heading governs what follows; a verb phrase at the end of a list governs nothing.
    return not after.heading_level


def _closes_block(found: Sequence[Placed]) -> bool:
    if not found:
        return False
    last = found[-1]
    return last.kind is Kind.ENACTING or last.block.text.rstrip(']}*_~” "').endswith((",", "."))


class _Depths:
    """How deep each labelled block stands, from the series that are open above it."""

    def __init__(self) -> None:
        self._open: list[tuple[Style, int, int]] = []
        self._under_chapeau = 0

    def heading(self, block: Block) -> int:
        """The depth of a heading; all series below it are closed."""
        self._open.clear()
        self._under_chapeau = 0
        return max(0, block.heading_level - 1)

    def below(self, block: Block, kind: Kind) -> int:
        """The depth of a block under its heading."""
        if kind is Kind.CHAPEAU and not block.label.text:
            self._open.clear()
            self._under_chapeau = 1
            return 1
        label = block.label
        if not label.text or kind in (Kind.OPTION, Kind.NOTE):
            return max(1, 1 + len([1 for _, _, at in self._open if at < block.indent]))
        return self._labelled(label, block.indent) + self._under_chapeau

    def _labelled(self, label: Label, indent: int) -> int:
        style = self._style(label)
        for index, (opened, _, at) in enumerate(self._open):
            if opened is style and at >= indent - 1:
                del self._open[index + 1 :]
                self._open[index] = (style, label.ordinal, indent)
                return index + 1
        while self._open and self._open[-1][2] > indent:
            self._open.pop()
        self._open.append((style, label.ordinal, indent))
        return len(self._open)

    def _style(self, label: Label) -> Style:
        """`i)` after `h)` is a letter, `i)` elsewhere a number."""
        if label.style not in (Style.ROMAN, Style.ROMAN_PAREN):
            return label.style
        letters = Style.ALPHA if label.style is Style.ROMAN else Style.ALPHA_PAREN
        bare = label.text.strip("()")
        if len(bare) != 1:
            return label.style
        for opened, ordinal, _ in self._open:
            if opened is letters and ordinal == ord(bare) - 97:
                return letters
        return label.style
