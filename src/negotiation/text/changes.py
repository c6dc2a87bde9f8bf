"""What differs between two wordings, word by word.

Works on plain text and knows no authors: it serves texts that came from outside, and readings of
two moments. Words are compared with the space behind them; inside a change, what both sides share
at the edges is given back, so that a comma added is a comma and not a word. The changes are exact:
applied to the first wording they give the second, and the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

import attrs
import regex

from negotiation.text.search import joins, on_boundary

_TOKEN = regex.compile(r"\S+\s*|\s+")
_ISLAND = 2
"""Agreement of so few words between two larger changes is chance ("in the"), not agreement."""
_LONG = 40_000
"""From so many pairs of words on, Python's own comparison is too slow."""


@attrs.frozen
class Change:
    """A stretch of the first wording and the stretch of the second that stands in its place."""

    start: int
    end: int
    removed: str
    new_start: int
    new_end: int
    inserted: str


def words_of(text: str) -> list[str]:
    """The words, each with the white space behind it; joined they are the text again."""
    words: list[str] = []
    for found in _TOKEN.finditer(text):
        if found.start() and not on_boundary(text, found.start()):
            # An accent on a space belongs to the word before.
            words[-1] += found.group()
        else:
            words.append(found.group())
    return words


def changes(
    first: str, second: str, cuts: tuple[Collection[int], Collection[int]] = ((), ())
) -> tuple[Change, ...]:
    """The changes that turn the first wording into the second, in order, none touching the next.

    ``cuts`` are places in the two wordings at which a word ends although nothing shows it there,
    such as a bracket between two alternatives.
    """
    if first == second:
        return ()
    a, b = _cut(words_of(first), cuts[0]), _cut(words_of(second), cuts[1])
    a_at, b_at = _offsets(a), _offsets(b)
    found: list[Change] = []
    for a0, a1, b0, b1 in _hunks(a, b):
        change = _trimmed(_between(first, second, a_at[a0], a_at[a1], b_at[b0], b_at[b1]))
        if found and found[-1].end == change.start and found[-1].new_end == change.new_start:
            last = found.pop()
            change = _trimmed(
                _between(first, second, last.start, change.end, last.new_start, change.new_end)
            )
        if change.removed or change.inserted:
            found.append(change)
    return tuple(found)


def _cut(words: list[str], cuts: Collection[int]) -> list[str]:
    if not cuts:
        return words
    places = frozenset(cuts)
    row: list[str] = []
    at = 0
    for word in words:
        begin = 0
        for inside in range(1, len(word)):
            if at + inside in places and word[inside:].strip() and on_boundary(word, inside):
                row.append(word[begin:inside])
                begin = inside
        row.append(word[begin:])
        at += len(word)
    return row


def _between(first: str, second: str, start: int, end: int, new_start: int, new_end: int) -> Change:
    return Change(start, end, first[start:end], new_start, new_end, second[new_start:new_end])


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _hunks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int, int]]:
    bare_a = [token.rstrip() or " " for token in a]
    bare_b = [token.rstrip() or " " for token in b]
    hunks: list[tuple[int, int, int, int]] = []
    for a0, a1, b0, b1 in _opcodes(bare_a, bare_b):
        last = hunks[-1] if hunks else None
        island = a0 - last[1] if last else 0
        if last and island <= _ISLAND and _outweighs(last, (a0, a1, b0, b1), island):
            hunks[-1] = (last[0], a1, last[2], b1)
        else:
            hunks.append((a0, a1, b0, b1))
    # Words that agree may still differ in the space behind them: those are changes of their own.
    exact: list[tuple[int, int, int, int]] = []
    i = j = 0
    for a0, a1, b0, b1 in [*hunks, (len(a), len(a), len(b), len(b))]:
        while i < a0 and j < b0:
            if a[i] != b[j]:
                exact.append((i, i + 1, j, j + 1))
            i, j = i + 1, j + 1
        if a0 < a1 or b0 < b1:
            exact.append((a0, a1, b0, b1))
        i, j = a1, b1
    return exact


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if len(a) * len(b) > _LONG:
        # Long wordings: the library in C, which takes the square of the length just as well.
        from rapidfuzz.distance import Indel

        rows = [
            (op.src_start, op.src_end, op.dest_start, op.dest_end)
            for op in Indel.opcodes(a, b)
            if op.tag != "equal"
        ]
        return _fused(rows)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return [(a0, a1, b0, b1) for tag, a0, a1, b0, b1 in matcher.get_opcodes() if tag != "equal"]


def _fused(rows: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    fused: list[tuple[int, int, int, int]] = []
    for row in rows:
        if fused and fused[-1][1] == row[0] and fused[-1][3] == row[2]:
            fused[-1] = (fused[-1][0], row[1], fused[-1][2], row[3])
        else:
            fused.append(row)
    return fused


def _outweighs(
    left: tuple[int, int, int, int], right: tuple[int, int, int, int], island: int
) -> bool:
    """Whether two replacements around an island are so much larger that it reads as chance."""

    def size(hunk: tuple[int, int, int, int]) -> int:
        a0, a1, b0, b1 = hunk
        return min(a1 - a0, b1 - b0)

    return size(left) >= island and size(right) >= island and size(left) + size(right) > 2 * island


def _trimmed(change: Change) -> Change:
    """The change without the letters that both sides share at its edges, words kept whole."""
    old, new = change.removed, change.inserted
    if not old or not new:
        return change
    shorter = min(len(old), len(new))
    if old.rstrip() == new.rstrip():
        # Only the white space behind a word differs: it changes where it meets the word.
        head = _shared_head(old, new, min(len(old.rstrip()), shorter))
    else:
        head = _shared_head(old, new, shorter)
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while tail and not _between_words(old, len(old) - tail, new, len(new) - tail):
        tail -= 1
    return Change(
        change.start + head,
        change.end - tail,
        old[head : len(old) - tail],
        change.new_start + head,
        change.new_end - tail,
        new[head : len(new) - tail],
    )


def _shared_head(old: str, new: str, most: int) -> int:
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    while head and not _between_words(old, head, new, head):
        head -= 1
    return head


def _between_words(old: str, old_at: int, new: str, new_at: int) -> bool:
    return not (_inside(old, old_at) or _inside(new, new_at))


def _inside(text: str, at: int) -> bool:
    """Whether a cut would part a character, a word, or a number from its decimals."""
    if at <= 0 or at >= len(text):
        return False
    if not on_boundary(text, at) or joins(text, at):
        return True
    return (at > 1 and _binds(text[at - 2 : at + 1])) or _binds(text[at - 1 : at + 2])


def _binds(three: str) -> bool:
    if len(three) < 3:
        return False
    left, sign, right = tuple(three)
    if sign in ".,":
        return left.isdecimal() and right.isdecimal()
    return sign in "’'" and left.isalpha() and right.isalpha()
