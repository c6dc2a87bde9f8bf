"""The lines of every clause of a page, wrapped when they come near and kept by what they depend on.

Stepping back over known states wraps nothing. Clauses far from the one at hand stand with a guess
of their height until somebody has time for them. What a clause looks like is in `clause_lines`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import attrs
from textual.strip import Strip

from negotiation_tui.clause_lines import clause_lines
from negotiation_tui.draw import Line
from negotiation_tui.page import Page

_MANY = 3000
_FEW = 150
"""Clauses that are all wrapped at once; a longer text waits until they come near."""

_Key = tuple[tuple[object, ...], str, "How"]


@attrs.frozen
class How:
    """How clauses are drawn: the cells of a row, struck words shown or not, marks as signs."""

    width: int
    struck: bool
    signs: bool


@attrs.frozen(eq=False)
class Block:
    """The lines of one clause."""

    lines: tuple[Line, ...]
    holds: tuple[object, ...] = ()
    """What its key names by identity, kept alive with it."""
    strips: dict[tuple[int, bool, int], Strip] = attrs.field(factory=dict)
    """Its rows as they were painted: by number, whether it is at hand, and width."""


class Blocks:
    """All blocks that were needed so far."""

    def __init__(self) -> None:
        """No block yet."""
        self._blocks: dict[_Key, Block] = {}
        self._guesses: dict[int, Block] = {}
        self._known: tuple[Page, list[tuple[object, ...]]] | None = None
        self._waiting: deque[tuple[Page, int, _Key]] = deque()

    def of(self, page: Page, clause: str, point: str, how: How, height: int) -> list[Block]:
        """A block for every clause; exact for ``height`` rows on both sides of the clause at hand.

        The others are guesses until `fill` came to them and this is asked again.
        """
        if len(self._blocks) > _MANY:
            self._blocks = {}
        found = page.point(point)
        touched = frozenset(found.clauses) if found is not None else frozenset[str]()
        keys: list[_Key] = [
            (known, point if one.id in touched else "", how)
            for one, known in zip(page.clauses, self._depends(page), strict=True)
        ]
        row = [self._blocks.get(key) for key in keys]
        here = page.places.get(clause, 0)
        near = [page.places[one] for one in touched if one in page.places]
        for way in (near, range(here, len(row)), range(here - 1, -1, -1)):
            rows = 0
            for place in way:
                block = row[place] = row[place] or self._wrap(page, place, keys[place])
                rows += len(block.lines)
                if rows >= height and way is not near and len(row) > _FEW:
                    break
        left = [place for place, block in enumerate(row) if block is None]
        left.sort(key=lambda place: abs(place - here))
        self._waiting = deque((page, place, keys[place]) for place in left)
        return [block or self._guess(page, place, how.width) for place, block in enumerate(row)]

    def fill(self, count: int) -> bool:
        """Wrap so many of the clauses that were guessed, the nearest first; whether any is left."""
        for _ in range(min(count, len(self._waiting))):
            self._wrap(*self._waiting.popleft())
        return bool(self._waiting)

    @property
    def guessed(self) -> bool:
        """Whether some block of the last answer is a guess."""
        return bool(self._waiting)

    def painted_anew(self) -> None:
        """Forget the strips: they carry looks."""
        for block in self._all():
            block.strips.clear()

    def _all(self) -> Iterator[Block]:
        yield from self._blocks.values()
        yield from self._guesses.values()

    def _depends(self, page: Page) -> Sequence[tuple[object, ...]]:
        """What the lines of every clause of a page depend on, apart from how they are drawn."""
        if self._known is None or self._known[0] is not page:
            first, last = page.printed.first, page.printed.last
            parties = id(page.moment.negotiation.parties)
            rows: list[tuple[object, ...]] = [
                (
                    id(clause),
                    parties,
                    page.levels.get(clause.id, 0),
                    *(
                        (first.get(one.point) == clause.id, last.get(one.point) == clause.id)
                        for one in clause.brackets
                    ),
                )
                for clause in page.clauses
            ]
            self._known = (page, rows)
        return self._known[1]

    def _wrap(self, page: Page, place: int, key: _Key) -> Block:
        block = self._blocks.get(key)
        if block is None:
            clause = page.clauses[place]
            _, here, how = key
            lines = clause_lines(
                page, clause, how.width, here=here, struck=how.struck, signs=how.signs
            )
            held = (clause, page.moment.negotiation.parties)
            block = self._blocks[key] = Block(lines, held)
        return block

    def _guess(self, page: Page, place: int, width: int) -> Block:
        """Blank rows, about as many as the clause will have."""
        rows = len(page.clauses[place].line) // max(width, 1) + 2
        if rows not in self._guesses:
            self._guesses[rows] = Block(((),) * rows)
        return self._guesses[rows]
