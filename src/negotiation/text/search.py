"""Finding words in a passage by what they say, as people in the room name them.

What is looked for is matched in the live text first, then in the text with undecided strikes still
standing. The answer is a stretch of the whole passage, never one that cuts a character in two.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
import regex

from negotiation.text.passage import Passage, Run, Shown

_CLUSTER = regex.compile(r"\X")
_CLINGS_BEFORE = "([{“‘/-–—"
"""Signs that the next word follows without a space."""
_WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}\p{M}]")


@attrs.frozen
class Stretch:
    """Where words stand in a passage, from ``start`` up to ``end``."""

    start: int
    end: int


def occurrences(passage: Passage, words: str) -> tuple[Stretch, ...]:
    """Every place where these words stand, in order; matches do not overlap."""
    if not words:
        return ()
    return _found(passage, words, lambda run: run.live) or _found(
        passage, words, lambda run: run.shown is not Shown.GONE
    )


def _found(passage: Passage, words: str, reads: Callable[[Run], bool]) -> tuple[Stretch, ...]:
    text: list[str] = []
    offsets: list[int] = []
    for at, run in passage.pieces():
        if reads(run):
            text.append(run.words)
            offsets.extend(range(at, at + len(run.words)))
    read = "".join(text)
    stretches: list[Stretch] = []
    place = read.find(words)
    while place >= 0:
        end = place + len(words)
        if on_boundary(read, place) and on_boundary(read, end):
            stretches.append(Stretch(offsets[place], offsets[end - 1] + 1))
            place = read.find(words, end)
        else:
            place = read.find(words, place + 1)
    return tuple(stretches)


def on_boundary(text: str, offset: int) -> bool:
    """Whether a cut at this offset leaves every character whole, accents and joined signs included.

    "Character" is the extended grapheme cluster of Unicode's annex 29.
    """
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before < "\u0300" and after < "\u0300" and not (before == "\r" and after == "\n"):
        return True
    # A window is enough: no cluster that people type is longer than this.
    low = max(0, offset - 32)
    return any(low + found.start() == offset for found in _CLUSTER.finditer(text, low, offset + 32))


def joins(text: str, offset: int) -> bool:
    """Whether the letters on both sides of an offset would read as one word."""
    if offset <= 0 or offset >= len(text):
        return False
    return bool(_WORD_CHARACTER.match(text[offset - 1]) and _WORD_CHARACTER.match(text[offset]))


def tidy_deletion(passage: Passage, stretch: Stretch) -> Stretch:
    """The stretch with the one space that its removal would leave over.

    Takes the space behind when there is one on both sides, and the space before when the words
    were followed by punctuation or the end.
    """
    text = passage.words
    start, end = stretch.start, stretch.end
    before = text[start - 1] if start > 0 else ""
    after = text[end] if end < len(text) else ""
    if before == " " and after == " " and on_boundary(text, end + 1):
        return Stretch(start, end + 1)
    if not before and after == " ":
        return Stretch(start, end + 1)
    if before == " " and (not after or after in ",;.:)]"):
        return Stretch(start - 1, end)
    return stretch


def spaced(before: str, words: str, after: str) -> str:
    """Words to put between two neighbours, with the spaces that keep them apart.

    Nothing is added beside punctuation that clings to its neighbour, or where a space stands.
    """
    if not words:
        return words
    first, last = words[0], words[-1]
    if before and not before[-1].isspace() and not first.isspace():
        starts_word = _WORD_CHARACTER.match(first) and before[-1] not in _CLINGS_BEFORE
        opens_quote = first in "([“‘" and _WORD_CHARACTER.match(before[-1])
        if starts_word or opens_quote:
            words = " " + words
    runs_on = last not in _CLINGS_BEFORE and not last.isspace()
    if after and runs_on and _WORD_CHARACTER.match(after[0]):
        words += " "
    return words
