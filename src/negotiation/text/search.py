"""Finding words in a passage by what they say, as people in the room name them.

What is looked for is matched in the live text first, then in the text with undecided strikes still
standing. The answer is a stretch of the whole passage that cuts no character of the text read.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Callable

import attrs
import regex

from negotiation.text.passage import Passage, Run, Shown

_CLUSTER = regex.compile(r"\X")
_FLAG_LETTER = regex.compile(r"\p{Regional_Indicator}")
_WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}\p{M}]")
_POSSESSIVE = regex.compile(r"['’]s(?![\p{L}\p{N}\p{M}])")
_IN_NUMBER = regex.compile(r"\p{Nd}[.,]\p{Nd}")
_UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\u3000-\u303f\uff00-\uffef]"
)
"""Writing that keeps no spaces between words."""
_OPENS = "([{“‘«"
_DASHES = "-–—"
_BINDS_RIGHT = _OPENS + _DASHES + "/"
"""Signs that the next word follows without a space."""
_CLOSES = ",;.:!?…)]}”’»"
_BINDS_LEFT = _CLOSES + _DASHES + "/%‰°"
"""Signs that follow the word before without a space."""


@attrs.frozen
class Stretch:
    """Where words stand in a passage, from ``start`` up to ``end``."""

    start: int
    end: int


def occurrences(
    passage: Passage,
    words: str,
    *,
    parts: bool | None = None,
    among: Callable[[Stretch], bool] = lambda _: True,
) -> tuple[Stretch, ...]:
    """Every place where these words stand, in order; matches do not overlap.

    Only whole words count where there are any; where there are none, those inside other words do.
    With ``parts`` said, both count together or whole words alone, and with ``among`` only the
    places that it admits.
    """
    if not words:
        return ()
    readings = (lambda run: run.live, lambda run: run.shown is not Shown.GONE)
    wholes = (True, False) if parts is None else (not parts,)
    for reads in readings:
        for whole in wholes:
            found = tuple(one for one in _found(passage, words, reads, whole) if among(one))
            if found:
                return found
    return ()


def is_part(passage: Passage, stretch: Stretch) -> bool:
    """Whether these words stand inside a longer word, in the reading in which they stand."""
    read, offsets = _read(passage, _reading_of(passage, stretch))
    low, high = bisect_left(offsets, stretch.start), bisect_left(offsets, stretch.end)
    return _inside_word(read, low) or _inside_word(read, high)


def _read(passage: Passage, reads: Callable[[Run], bool]) -> tuple[str, list[int]]:
    """One reading of the passage, and where in the whole of it each of its letters stands."""
    text: list[str] = []
    offsets: list[int] = []
    for at, run in passage.pieces():
        if reads(run):
            text.append(run.words)
            offsets.extend(range(at, at + len(run.words)))
    return "".join(text), offsets


def _found(
    passage: Passage, words: str, reads: Callable[[Run], bool], whole: bool
) -> tuple[Stretch, ...]:
    read, offsets = _read(passage, reads)
    stretches: list[Stretch] = []
    place = read.find(words)
    while place >= 0:
        end = place + len(words)
        if (
            on_boundary(read, place)
            and on_boundary(read, end)
            and not (whole and (_inside_word(read, place) or _inside_word(read, end)))
        ):
            stretches.append(Stretch(offsets[place], offsets[end - 1] + 1))
            place = read.find(words, end)
        else:
            place = read.find(words, place + 1)
    return tuple(stretches)


def _inside_word(text: str, offset: int) -> bool:
    """Whether a cut at this offset parts a word or a number; the possessive belongs to its word."""
    if offset <= 0 or offset >= len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if joins(text, offset):
        # Writing without spaces does not show where a word ends: every place is as good.
        return not (_UNSPACED.match(before) or _UNSPACED.match(after))
    if _WORD_CHARACTER.match(before) and _POSSESSIVE.match(text, offset):
        return True
    return any(_IN_NUMBER.match(text, max(start, 0)) for start in (offset - 1, offset - 2))


def on_boundary(text: str, offset: int) -> bool:
    """Whether a cut at this offset leaves every character whole, accents and joined signs included.

    "Character" is the extended grapheme cluster of Unicode's annex 29.
    """
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before < "\u0300" and after < "\u0300" and not (before == "\r" and after == "\n"):
        return True
    if _FLAG_LETTER.match(before) and _FLAG_LETTER.match(after):
        # Flags are pairs: only counting from the first letter of the row tells where one ends.
        first = offset - 1
        while first and _FLAG_LETTER.match(text[first - 1]):
            first -= 1
        return (offset - first) % 2 == 0
    # A window is enough: no cluster that people type is longer than this.
    low = max(0, offset - 32)
    return any(found.start() == offset for found in _CLUSTER.finditer(text, low, offset + 32))


def joins(text: str, offset: int) -> bool:
    """Whether the letters on both sides of an offset would read as one word."""
    if offset <= 0 or offset >= len(text):
        return False
    return bool(_WORD_CHARACTER.match(text[offset - 1]) and _WORD_CHARACTER.match(text[offset]))


def tidy_deletion(passage: Passage, stretch: Stretch) -> Stretch:
    """The stretch with the one space that its removal would leave over.

    Of a space on both sides it takes the one behind, or the non-breaking one, which had bound the
    words to their neighbour. It takes the space before when the words were followed by closing
    punctuation or the end, and the one behind at the start or after an opening sign. Neighbours
    are those in the reading in which the words stand; it never grows over the strikes of others.
    """
    read, offsets = _read(passage, _reading_of(passage, stretch))
    low, high = bisect_left(offsets, stretch.start), bisect_left(offsets, stretch.end)
    if low == high:
        return stretch
    left, right = read[max(low - 1, 0) : low], read[high : high + 1]
    for side in _spare(left, right, read[high + 1 : high + 2]):
        if side is _Side.BEFORE:
            cut, wider = low - 1, Stretch(offsets[low - 1], stretch.end)
            added = passage.standing_between(wider.start, stretch.start)
        else:
            cut, wider = high + 1, Stretch(stretch.start, offsets[high] + 1)
            added = passage.standing_between(stretch.end, wider.end)
        if len(added) == 1 and on_boundary(read, cut):
            return wider
    return stretch


class _Side(enum.Enum):
    BEFORE = "before"
    BEHIND = "behind"


def _spare(left: str, right: str, beyond: str) -> tuple[_Side, ...]:
    """On which side of removed words a space is left over, the better one first."""
    if right.isspace():
        if not left or left in _OPENS:
            return (_Side.BEHIND,)
        if not left.isspace():
            return ()
        # "text :" in French: the non-breaking space belongs to the sign behind it.
        bound_behind = right != " " and beyond and beyond in _CLOSES
        bound_before = left != " " and right == " "
        if bound_behind or bound_before:
            return (_Side.BEFORE, _Side.BEHIND)
        return (_Side.BEHIND, _Side.BEFORE)
    if left.isspace() and (not right or right in _CLOSES):
        return (_Side.BEFORE,)
    return ()


def _reading_of(passage: Passage, stretch: Stretch) -> Callable[[Run], bool]:
    if any(run.live for run in passage.between(stretch.start, stretch.end)):
        return lambda run: run.live
    return lambda run: run.shown is not Shown.GONE


def spaced(before: str, words: str, after: str) -> str:
    """Words to put between two neighbours, with the spaces that keep them apart.

    Nothing is added beside punctuation that clings to its neighbour, where a space stands, or in
    writing that does without.
    """
    if not words:
        return words
    lead = " " if _parted(before, words) else ""
    return lead + words + (" " if _parted(words, after) else "")


def _parted(left: str, right: str) -> bool:
    """Whether a space belongs between two pieces of text that have none there."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return False
    if (
        _UNSPACED.match(left[-1])
        or _UNSPACED.match(right[0])
        or not on_boundary(left + right, len(left))
    ):
        return False
    # A dash with a space on its other side wants one on this side, too.
    if left[-1] in _DASHES and len(left) > 1:
        return left[-2].isspace()
    if right[0] in _DASHES and len(right) > 1:
        return right[1].isspace()
    return left[-1] not in _BINDS_RIGHT and right[0] not in _BINDS_LEFT
