"""What differs between two wordings, word by word.

Works on plain text and knows no authors: it serves texts that came from outside, and readings of
two moments. Words are compared with the space behind them; inside a change, what both sides share
at the edges is given back, so that a comma added is a comma and not a word. The changes are exact:
applied to the first wording they give the second, and the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import attrs
import regex

from negotiation.text.search import on_boundary

_TOKEN = regex.compile(r"\S+\s*|\s+")
_ISLAND = 2
"""Agreement of so few words between two larger changes is chance ("in the"), not agreement."""


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
    return [found.group() for found in _TOKEN.finditer(text)]


def changes(first: str, second: str) -> tuple[Change, ...]:
    """The changes that turn the first wording into the second, in order, none touching the next."""
    if first == second:
        return ()
    a, b = words_of(first), words_of(second)
    found: list[Change] = []
    a_at, b_at = _offsets(a), _offsets(b)
    for a0, a1, b0, b1 in _hunks(a, b):
        change = Change(
            a_at[a0],
            a_at[a1],
            first[a_at[a0] : a_at[a1]],
            b_at[b0],
            b_at[b1],
            second[b_at[b0] : b_at[b1]],
        )
        found.append(_trimmed(first, second, change))
    return tuple(change for change in found if change.removed or change.inserted)


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
    if len(a) * len(b) > 40_000:
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


def _trimmed(first: str, second: str, change: Change) -> Change:
    """The change without the letters that both sides share at its edges, words kept whole."""
    old, new = change.removed, change.inserted
    if not old or not new:
        return change
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    while head and not _between_words(old, new, head):
        head -= 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    while tail and not _between_words(old, new, len(old) - tail, len(new) - tail):
        tail -= 1
    return Change(
        change.start + head,
        change.end - tail,
        old[head : len(old) - tail],
        change.new_start + head,
        change.new_end - tail,
        new[head : len(new) - tail],
    )


def _between_words(old: str, new: str, at: int, new_at: int | None = None) -> bool:
    other = at if new_at is None else new_at
    return not (_inside(old, at) or _inside(new, other))


def _inside(text: str, at: int) -> bool:
    if at <= 0 or at >= len(text):
        return False
    if not on_boundary(text, at):
        return True
    return text[at - 1].isalnum() and text[at].isalnum()
