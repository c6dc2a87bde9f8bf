"""Which clause of a page is which clause of its base: exact anchors first, then likeness, in order.

Labels play no part in it but to decide between equals: a label is not an identity. A clause that
moved is not followed: it is gone at its old place and new at the other.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from negotiation.papers.correspondence import rising
from negotiation.papers.draft import DraftClause, Kind

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_ENOUGH_OF_BASE = 0.5
_ENOUGH_OF_PAGE = 0.2
_SAME_LABEL = 0.04
_MOST_COMPARED = 40_000
"""Pairs of clauses in one gap that are compared; a larger gap is only searched for equals."""
_MOST_WORDS = 3_000

Words = tuple[str, ...]


def aligned(page: Sequence[DraftClause], base: Sequence[DraftClause]) -> dict[int, int]:
    """For each clause of the page that has one, its clause in the base, both by index."""
    forms = [_forms(clause) for clause in page]
    words = [_words(clause.words) for clause in base]
    kinds = [_sort(clause.kind) for clause in page], [_sort(clause.kind) for clause in base]
    anchors = _anchors(forms, words, kinds)
    found = dict(anchors)
    edges = [(-1, -1), *anchors, (len(page), len(base))]
    for (i0, j0), (i1, j1) in pairwise(edges):
        gap = _Gap(page, base, forms, words, kinds)
        found.update(gap.pairs(range(i0 + 1, i1), range(j0 + 1, j1)))
    return found


def _sort(kind: Kind) -> str:
    """Headings only pair with headings, headers with headers; the rest is text."""
    if kind in (Kind.HEADING, Kind.HEADER, Kind.TITLE, Kind.FOOTNOTE):
        return kind.value
    return "text"


def _words(text: str) -> Words:
    return tuple(word.lower() for word in _WORD.findall(text)[:_MOST_WORDS])


def _forms(clause: DraftClause) -> tuple[Words, ...]:
    """The wordings of a clause that may be its base: all, living, and without struck variants."""
    start = clause.variants[-1].end if clause.variants else 0
    own = clause.words[start:]
    forms = [_words(own)]
    if any(run.struck for run in clause.runs):
        forms.append(_words(clause.live_words))
    if start:
        forms.append(_words(clause.words[:start]))
    return tuple(forms)


def _anchors(
    forms: Sequence[tuple[Words, ...]],
    words: Sequence[Words],
    kinds: tuple[Sequence[str], Sequence[str]],
) -> list[tuple[int, int]]:
    """Clauses that are equal and occur once on both sides, in the longest row that keeps order."""
    in_base: dict[tuple[str, Words], list[int]] = {}
    for j, one in enumerate(words):
        if one:
            in_base.setdefault((kinds[1][j], one), []).append(j)
    on_page: dict[tuple[str, Words], list[int]] = {}
    for i, variants in enumerate(forms):
        for one in dict.fromkeys(variants):
            if (kinds[0][i], one) in in_base:
                on_page.setdefault((kinds[0][i], one), []).append(i)
    pairs: dict[int, int] = {}
    for key, at in on_page.items():
        if len(at) == 1 and len(in_base[key]) == 1:
            pairs.setdefault(at[0], in_base[key][0])
    ordered = sorted(pairs.items())
    return rising(ordered)


class _Gap:
    """What stands between two anchors, paired by likeness in order."""

    def __init__(
        self,
        page: Sequence[DraftClause],
        base: Sequence[DraftClause],
        forms: Sequence[tuple[Words, ...]],
        words: Sequence[Words],
        kinds: tuple[Sequence[str], Sequence[str]],
    ) -> None:
        self._page = page
        self._base = base
        self._forms = forms
        self._words = words
        self._kinds = kinds

    def pairs(self, rows: range, columns: range) -> Iterator[tuple[int, int]]:
        """The pairs with the greatest likeness in all that keep the order of both sides."""
        if not rows or not columns:
            return
        if len(rows) * len(columns) > _MOST_COMPARED:
            yield from self._equals(rows, columns)
            return
        best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
        likeness: dict[tuple[int, int], float] = {}
        for a in range(len(rows) - 1, -1, -1):
            for b in range(len(columns) - 1, -1, -1):
                score = self._likeness(rows[a], columns[b])
                skip = max(best[a + 1][b], best[a][b + 1])
                if score and best[a + 1][b + 1] + score >= skip:
                    likeness[a, b] = score
                    best[a][b] = best[a + 1][b + 1] + score
                else:
                    best[a][b] = skip
        a = b = 0
        while a < len(rows) and b < len(columns):
            if (a, b) in likeness:
                yield rows[a], columns[b]
                a, b = a + 1, b + 1
            elif best[a + 1][b] >= best[a][b + 1]:
                a += 1
            else:
                b += 1

    def _equals(self, rows: range, columns: range) -> Iterator[tuple[int, int]]:
        places: dict[Words, list[int]] = {}
        for j in reversed(columns):
            places.setdefault(self._words[j], []).append(j)
        reached = columns[0] - 1
        for i in rows:
            waiting = places.get(self._forms[i][0], [])
            while waiting and waiting[-1] <= reached:
                waiting.pop()
            if waiting and self._kinds[0][i] == self._kinds[1][waiting[-1]]:
                reached = waiting.pop()
                yield i, reached

    def _likeness(self, i: int, j: int) -> float:
        """How much of the base clause is in the clause of the page; 0 where that is too little."""
        if self._kinds[0][i] != self._kinds[1][j]:
            return 0.0
        base = self._words[j]
        best = 0.0
        for page in self._forms[i]:
            if not base or not page:
                score = 1.0 if base == page else 0.0
            else:
                shared = self._shared(page, base)
                if shared < _ENOUGH_OF_BASE * len(base) or shared < _ENOUGH_OF_PAGE * len(page):
                    continue
                score = shared / len(base) + 0.2 * shared / len(page)
            best = max(best, score)
        if not best:
            return 0.0
        same = self._page[i].label == self._base[j].label
        return best + (_SAME_LABEL if same else 0.0)

    def _shared(self, page: Words, base: Words) -> int:
        common = sum((Counter(page) & Counter(base)).values())
        if common < _ENOUGH_OF_BASE * len(base):
            return 0
        from rapidfuzz.distance import LCSseq

        return LCSseq.similarity(page, base)
