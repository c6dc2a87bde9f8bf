"""Which clause of a later page is which clause of the record, wherever it moved.

Equal words first, the k-th with the k-th; then likeness, the best pairs first, asked for less where
a clause is expected and for more elsewhere. Labels only decide between equals: a label is not an
identity. What is off the longest row that keeps the order has moved. Leaves out what the words
between brackets mean, and what becomes of the pairs: that is for `revision`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property

import attrs

_WORD = re.compile(r"\w[\w\u0300-\u036f'’-]*")
_SPACE = re.compile(r"\s+")
_NEAR = 0.30
"""Likeness that is enough between the neighbours where the clause is expected."""
_FAR = 0.50
"""Likeness that is enough anywhere else."""
_FAR_SHORT = 0.60
"""The same for short clauses: of a few words, many are like others."""
_SHORT = 20
_LEAST_WORDS_FAR = 5
_WITHIN = 0.9
_SMALL_GAP = 400
"""So many pairs between two neighbours are all compared."""
_CANDIDATES = 12
_MOST_CONTEXT = 40_000
_A_PAIR = 1_000.0
"""Among equals every pair counts more than all neighbours."""
_SHINGLE = 3
_LEAST_SHINGLES = 4
_SELDOM = 2
"""A row of words that more clauses have is a set phrase."""
_ENOUGH_DRAWN = 0.5


@attrs.frozen
class Side:
    """A clause as one side of the comparison shows it."""

    id: str
    sort: str
    """What it is on the page; headings are no paragraphs."""
    label: str
    words: str
    """What is read of it, brackets left out."""
    printed: str
    """The same with its brackets."""
    gone: bool = False
    """Whether all its words are struck for good."""

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words, to be compared."""
        return tuple(word.lower() for word in _WORD.findall(self.words))

    @cached_property
    def plain(self) -> str:
        """Its words with single spaces."""
        return _SPACE.sub(" ", self.words).strip()

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every few words in a row."""
        row = self.tokens
        return frozenset(row[at : at + _SHINGLE] for at in range(len(row) - _SHINGLE + 1))


@attrs.frozen
class Correspondence:
    """What belongs together, by the ids of both sides."""

    pairs: dict[str, str]
    """For a clause of the page, the clause of the record that it is."""
    moved: frozenset[str]
    """Clauses of the page that stand elsewhere than they stood."""
    drawn: dict[str, tuple[str, ...]]
    """For a clause of the page, other clauses of the record whose words went into it."""
    merged: dict[str, str]
    """For a clause of the record that is on the page no more, the clause that took its words."""


def corresponding(old: Sequence[Side], new: Sequence[Side]) -> Correspondence:
    """Pairs, moves, splits and mergers between the record and a page, both in their order."""
    pairing = _Pairing(old, new)
    pairing.equals(lambda one: (one.gone, _SPACE.sub("", one.printed)))
    pairing.equals(lambda one: (one.gone, one.plain))
    pairing.alike()
    # A clause that fell may be printed struck, and one that was struck may stand again.
    pairing.equals(lambda one: one.plain if len(one.tokens) > 2 else None)
    return pairing.told()


class _Pairing:
    """The pairs found so far, by index."""

    def __init__(self, old: Sequence[Side], new: Sequence[Side]) -> None:
        self._old, self._new = old, new
        self._of_new: dict[int, int] = {}
        self._of_old: dict[int, int] = {}

    def _pair(self, i: int, j: int) -> None:
        self._of_new[i] = j
        self._of_old[j] = i

    # -- equals -----------------------------------------------------------------------------------

    def equals(self, key: Callable[[Side], Hashable | None]) -> None:
        """Pair what is equal: the k-th with the k-th, or by neighbours where the counts differ."""
        olds = self._grouped(self._old, self._of_old, key)
        news = self._grouped(self._new, self._of_new, key)
        uneven: list[tuple[list[int], list[int]]] = []
        for found, at in news.items():
            there = olds.get(found, [])
            if len(at) == len(there):
                for i, j in zip(at, there, strict=True):
                    self._pair(i, j)
            elif there:
                uneven.append((at, there))
        for at, there in uneven:
            for i, j in self._by_neighbours(at, there):
                self._pair(i, j)

    def _grouped(
        self, side: Sequence[Side], done: dict[int, int], key: Callable[[Side], Hashable | None]
    ) -> dict[Hashable, list[int]]:
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for index, one in enumerate(side):
            if index in done:
                continue
            found = key(one)
            if found is not None:
                # Without words, the label is all there is to tell clauses apart.
                groups[found if one.plain else (found, one.label)].append(index)
        return groups

    def _by_neighbours(self, at: list[int], there: list[int]) -> Iterable[tuple[int, int]]:
        """As many pairs as there can be, in order, with the most neighbours in common."""
        if len(at) * len(there) > _MOST_CONTEXT:
            return list(zip(at, there, strict=False))
        best = [[0.0] * (len(there) + 1) for _ in range(len(at) + 1)]
        for a in range(len(at) - 1, -1, -1):
            for b in range(len(there) - 1, -1, -1):
                paired = _A_PAIR + self._context(at[a], there[b]) + best[a + 1][b + 1]
                best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
        pairs: list[tuple[int, int]] = []
        a = b = 0
        while a < len(at) and b < len(there):
            if best[a][b] == best[a + 1][b]:
                a += 1
            elif best[a][b] == best[a][b + 1]:
                b += 1
            else:
                pairs.append((at[a], there[b]))
                a, b = a + 1, b + 1
        return pairs

    def _context(self, i: int, j: int) -> float:
        """What speaks for a pair of equals: the same label, and neighbours that are a pair."""
        score = 1.0 if self._new[i].label == self._old[j].label else 0.0
        score += 1.0 if self._new[i].sort == self._old[j].sort else 0.0
        for step, weight in ((-1, 1.0), (1, 1.0), (-2, 0.5), (2, 0.5)):
            if 0 <= i + step < len(self._new) and self._of_new.get(i + step) == j + step:
                score += weight
        before = self._last_paired(i)
        if before is not None:
            score += 0.5 / (1 + abs((j - before[1]) - (i - before[0])))
        return score

    def _last_paired(self, i: int) -> tuple[int, int] | None:
        for index in range(i - 1, max(-1, i - 40), -1):
            if index in self._of_new:
                return index, self._of_new[index]
        return None

    # -- likeness ---------------------------------------------------------------------------------

    def alike(self) -> None:
        """Pair what is left by likeness, the best first."""
        anchors = rising(sorted(self._of_new.items()))
        news_at, olds_at = [i for i, _ in anchors], sorted(j for _, j in anchors)
        olds = [j for j in range(len(self._old)) if j not in self._of_old and not self._old[j].gone]
        news = [i for i in range(len(self._new)) if i not in self._of_new and not self._new[i].gone]
        gap_of_old = {j: bisect_right(olds_at, j) for j in olds}
        gap_of_new = {i: bisect_right(news_at, i) for i in news}
        in_gap: dict[int, list[int]] = defaultdict(list)
        for j in olds:
            in_gap[gap_of_old[j]].append(j)
        sizes = Counter(gap_of_new.values())
        index = self._index(olds)
        scored: list[tuple[float, int, int]] = []
        for i in news:
            gap = gap_of_new[i]
            near = in_gap.get(gap, [])
            wanted = set(index.candidates(self._new[i].tokens))
            if len(near) * sizes[gap] <= _SMALL_GAP:
                wanted.update(near)
            for j in wanted:
                alone = len(near) == 1 and sizes[gap] == 1
                here = gap_of_old[j] == gap and len(near) * sizes[gap] <= _SMALL_GAP
                score = self._likeness(i, j, here, alone)
                if score:
                    scored.append((score, i, j))
        scored.sort(key=lambda one: (-one[0], one[1], one[2]))
        for _, i, j in scored:
            if i not in self._of_new and j not in self._of_old:
                self._pair(i, j)

    def _index(self, olds: Sequence[int]) -> _Index:
        return _Index({j: self._old[j].tokens for j in olds})

    def _likeness(self, i: int, j: int, near: bool, alone: bool) -> float:
        new, old = self._new[i], self._old[j]
        if (new.sort == "heading") is not (old.sort == "heading"):
            return 0.0
        same_label = bool(new.label) and new.label == old.label
        if not new.tokens or not old.tokens:
            return 0.1 if near and same_label and not new.tokens and not old.tokens else 0.0
        from rapidfuzz.distance import Indel

        likeness = Indel.normalized_similarity(new.tokens, old.tokens)
        longest = max(len(new.tokens), len(old.tokens))
        asked = _NEAR if near else _FAR if longest >= _SHORT else _FAR_SHORT
        enough = likeness >= asked and (near or longest >= _LEAST_WORDS_FAR)
        shortest = min(len(new.tokens), len(old.tokens))
        if near and not enough and shortest >= _LEAST_WORDS_FAR:
            # All of the shorter one is in the longer: it grew, or was cut down.
            enough = likeness * (shortest + longest) >= 2 * _WITHIN * shortest
        if not enough and not (alone and same_label and longest <= _LEAST_WORDS_FAR):
            return 0.0
        return likeness + (0.1 if near else 0.0) + (0.04 if same_label else 0.0) + 0.01

    # -- what it comes to -------------------------------------------------------------------------

    def told(self) -> Correspondence:
        """The pairs by id, and what follows from them."""
        kept = {i for i, _ in rising(sorted(self._of_new.items()))}
        drawn, merged = self._drawn()
        return Correspondence(
            {self._new[i].id: self._old[j].id for i, j in self._of_new.items()},
            frozenset(self._new[i].id for i in self._of_new if i not in kept),
            drawn,
            merged,
        )

    def _drawn(self) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """Where words went that left one clause and came into another.

        Only rows of words that few clauses have can tell: the set phrases of a text are everywhere.
        """
        common = Counter(shingle for one in self._old for shingle in one.shingles)
        lost: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for j, one in enumerate(self._old):
            i = self._of_old.get(j)
            if one.gone or (i is not None and self._new[i].plain == one.plain):
                continue
            still = frozenset() if i is None else self._new[i].shingles
            for shingle in one.shingles - still:
                if common[shingle] <= _SELDOM:
                    lost[shingle].append(j)
        drawn: dict[str, list[str]] = defaultdict(list)
        merged: dict[str, tuple[float, str]] = {}
        for i, new in enumerate(self._new):
            own = self._of_new.get(i)
            if new.gone or (own is not None and self._old[own].plain == new.plain):
                continue
            gained = new.shingles - (frozenset() if own is None else self._old[own].shingles)
            taken: Counter[int] = Counter()
            for shingle in gained:
                taken.update(lost.get(shingle, ()))
            for k, count in taken.items():
                old = self._old[k]
                if k == own or count < _LEAST_SHINGLES:
                    continue
                of_old = count / len(old.shingles) if k not in self._of_old else 0.0
                if max(of_old, count / len(gained)) < _ENOUGH_DRAWN:
                    continue
                drawn[new.id].append(old.id)
                if of_old >= _ENOUGH_DRAWN and of_old > merged.get(old.id, (0.0, ""))[0]:
                    merged[old.id] = (of_old, new.id)
        return (
            {new_id: tuple(ids) for new_id, ids in drawn.items()},
            {old_id: new_id for old_id, (_, new_id) in merged.items()},
        )


class _Index:
    """Finds clauses that share seldom words."""

    def __init__(self, tokens: dict[int, tuple[str, ...]]) -> None:
        self._holding: dict[str, list[int]] = defaultdict(list)
        for index, row in tokens.items():
            for word in set(row):
                self._holding[word].append(index)
        self._common = max(8, len(tokens) // 5)

    def candidates(self, tokens: Iterable[str]) -> list[int]:
        """The clauses that share most with these words, seldom words counting more."""
        weights: dict[int, float] = defaultdict(float)
        for word in set(tokens):
            holding = self._holding.get(word, ())
            if len(holding) <= self._common:
                for index in holding:
                    weights[index] += 1.0 / len(holding)
        return sorted(weights, key=lambda index: (-weights[index], index))[:_CANDIDATES]


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides; the pairs come sorted by the first."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(j)
            last.append(index)
        else:
            tails[at] = j
            last[at] = index
    row: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        row.append(pairs[index])
        index = before[index]
    return row[::-1]
