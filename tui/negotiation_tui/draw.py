"""Words with their marks become lines: pieces to inked bits, bits to rows of a given width.

Pure, and without Textual: what an ink looks like is said in `app.tcss`. Clause text is only ever
cut and measured here, never read as markup, and nothing in it reaches a terminal as control.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len


class Ink(enum.Flag):
    """How a bit is drawn; inks add up, and where two name a colour the later one here wins."""

    PLAIN = 0
    INSERTED = enum.auto()
    ALTERNATIVE = enum.auto()
    STRUCK = enum.auto()
    """Struck, and nobody has decided."""
    GONE = enum.auto()
    """Struck for good, shown on request."""
    BRACKET = enum.auto()
    HERE = enum.auto()
    """Of the open point at hand."""
    LABEL = enum.auto()
    HEADING = enum.auto()
    FAINT = enum.auto()
    STRONG = enum.auto()
    SPONSOR = enum.auto()
    AGREED = enum.auto()
    ALARM = enum.auto()
    EDGE = enum.auto()
    CHOSEN = enum.auto()
    """The row of the clause at hand."""
    PICKED = enum.auto()
    """The words under the cursor, or selected."""


Bit = tuple[str, Ink]
Line = tuple[Bit, ...]

_SIGNS = {Ink.INSERTED: ("{+", "+}"), Ink.STRUCK: ("{-", "-}"), Ink.GONE: ("{-", "-}")}

_BIDI = "LRE RLE PDF LRO RLO".split()
_ISOLATES = "LRI RLI FSI PDI".split()
_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code != 0x0A},
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **{0x202A + place: f"‹{name}›" for place, name in enumerate(_BIDI)},
    **{0x2066 + place: f"‹{name}›" for place, name in enumerate(_ISOLATES)},
    0x09: " ",
    0x7F: "␡",
    0x200B: "‹ZWSP›",
    0x2028: "\n",
    0x2029: "\n",
    0xFEFF: "‹BOM›",
}
_UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_TOKEN = re.compile(r"\n| +|[^ \n]+")


def visible(words: str) -> str:
    """The words with every control character and override of direction shown as a sign."""
    if not _UNSAFE.search(words):
        return words
    return words.translate(_VISIBLE).encode("utf-8", "replace").decode("utf-8")


def brief(words: str, width: int) -> str:
    """The words on one line, cut to a width in cells."""
    line = " ".join(visible(words).split())
    if len(line) <= width and cell_len(line) <= width:
        return line
    room, taken = width, 0
    for place, letter in enumerate(line):
        room -= cell_len(letter)
        if room < 0:
            break
        if room >= 1:
            taken = place + 1
    else:
        return line
    return line[:taken] + "…" if width > 0 else ""


def joined(bits: Iterable[Bit]) -> tuple[Bit, ...]:
    """The same bits, neighbours of one ink made one and empty ones left out."""
    row: list[Bit] = []
    for words, ink in bits:
        if not words:
            continue
        if row and row[-1][1] == ink:
            row[-1] = (row[-1][0] + words, ink)
        else:
            row.append((words, ink))
    return tuple(row)


def signed(bits: Iterable[Bit]) -> tuple[Bit, ...]:
    """The bits with ``{+ +}`` and ``{- -}`` around marks, for where no strike is drawn."""
    row: list[Bit] = []
    closing = ""
    mark_before = Ink.PLAIN
    for words, ink in bits:
        mark = ink & (Ink.INSERTED | Ink.STRUCK | Ink.GONE)
        if mark != mark_before:
            if closing:
                row.append((closing, row[-1][1]))
            opening, closing = _SIGNS.get(mark, ("", ""))
            row.append((opening, ink))
            mark_before = mark
        row.append((words, ink))
    if closing:
        row.append((closing, row[-1][1]))
    return joined(row)


def wrap(bits: Iterable[Bit], width: int, first: Line = (), hang: int = 0) -> tuple[Line, ...]:
    """The bits on lines of at most ``width`` cells, broken between words.

    ``first`` begins the first line; the others begin ``hang`` cells in. A word that is wider than
    a line is cut.
    """
    width = max(width, hang + 4)
    lines: list[Line] = []
    line: list[Bit] = list(first)
    used = width_of(first)
    if used < hang or (first and used > hang):
        line.append((" " * max(hang - used, 1), Ink.PLAIN))
        used = max(hang, used + 1)
    margin: Bit = (" " * hang, Ink.PLAIN)
    bare, space = True, list[Bit]()
    for word in _words(bits):
        sign = word[0][0][0]
        if sign == " ":
            space = [] if bare else word
            continue
        size, gap = width_of(word), width_of(space)
        if sign == "\n" or (used + gap + size > width and used > hang):
            lines.append(joined(line))
            line, used, bare, space, gap = [margin], hang, True, [], 0
            if sign == "\n":
                continue
        while used + size > width:
            head, word = _cut(word, width - used)
            lines.append(joined([*line, *head]))
            line, used = [margin], hang
            size = width_of(word)
        line += [*space, *word]
        used += gap + size
        bare, space = False, []
    lines.append(joined(line))
    return tuple(lines)


def width_of(bits: Iterable[Bit]) -> int:
    """How many cells the bits take."""
    return sum(cell_len(words) for words, _ in bits)


def fitted(bits: Iterable[Bit], width: int) -> Line:
    """The bits on one line, cut where the width ends."""
    row: list[Bit] = []
    left = width
    for words, ink in bits:
        size = cell_len(words)
        if size > left:
            row += _cut([(words, ink)], left)[0] if left > 0 else []
            break
        row.append((words, ink))
        left -= size
    return tuple(row)


def spread(left: Iterable[Bit], right: Iterable[Bit], width: int) -> Line:
    """Two parts of one line, the second at its end; the first gives way."""
    after = tuple(right)
    size = width_of(after)
    before = fitted(left, max(width - size - 1, 0))
    return (*before, (" " * max(width - size - width_of(before), 0), Ink.PLAIN), *after)


def hinted(hints: Iterable[tuple[str, str]], width: int) -> Line:
    """Keys and what they do, as many as fit whole; the first ones matter most."""
    row: Line = ((" ", Ink.PLAIN),)
    for keys, does in hints:
        longer = (*row, (keys, Ink.LABEL), (f" {does}  ", Ink.PLAIN))
        if width_of(longer) - 2 <= width:
            row = longer
    return fitted(row, width)


def _words(bits: Iterable[Bit]) -> Iterator[list[Bit]]:
    """Words, spaces and line breaks in turn; a word may change ink within."""
    word: list[Bit] = []
    spaces = False
    for words, ink in bits:
        for token in _TOKEN.findall(words):
            is_space = token[0] == " "
            if word and (is_space != spaces or token == "\n"):
                yield word
                word = []
            if token == "\n":
                yield [(token, ink)]
                continue
            spaces = is_space
            word.append((token, ink))
    if word:
        yield word


def _cut(word: list[Bit], room: int) -> tuple[list[Bit], list[Bit]]:
    """The part of a word that has room, at least one letter of it, and the rest."""
    head: list[Bit] = []
    rest = list(word)
    left = room
    while rest:
        words, ink = rest[0]
        size = cell_len(words)
        if size <= left:
            head.append(rest.pop(0))
            left -= size
            continue
        taken = 0
        while taken < len(words) and cell_len(words[: taken + 1]) <= left:
            taken += 1
        if not taken and not head:
            taken = 1
        head.append((words[:taken], ink))
        rest[0] = (words[taken:], ink)
        break
    return head, rest
