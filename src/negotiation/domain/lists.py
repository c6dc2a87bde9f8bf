"""Which rows of an outline are one list: told by where they stand and by what is printed.

Real pages do not always tell how deep a paragraph stands, lists begin again without a word between,
and options restart the count; the printed numbers tell most of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from negotiation.domain.numbering import Printed, Series, number_word, printed
from negotiation.domain.outline import Count, Row, Rules, is_verb
from negotiation.domain.terms import Kind

_UNCOUNTED = (Kind.HEADER, Kind.TITLE, Kind.SUBJECT, Kind.ENACTING, Kind.NOTE, Kind.FOOTNOTE)


@attrs.define
class Listed:
    """A list of an outline: the rows that are its items, dropped ones among them."""

    depth: int
    heading: str
    block: bool
    headings: bool = False
    rows: list[int] = attrs.field(factory=list)
    style: Printed | None = None
    before: Listed | None = None
    """The list of the same sort before this one, whose numbers it may go on with."""
    end: int = 0
    """Its last new number."""


def lists(rows: Sequence[Row], rules: Rules) -> tuple[tuple[int, ...], ...]:
    """The lists of an outline: for each of them the rows that are its items, dropped ones too."""
    return tuple(tuple(one.rows) for one in Division(rows, rules).lists)


class Division:
    """An outline divided into its lists."""

    def __init__(self, rows: Sequence[Row], rules: Rules) -> None:
        """The lists of these rows."""
        self.rows = rows
        self.rules = rules
        self.parsed: list[Printed | None] = [None] * len(rows)
        """The label of each row that is in a list, taken apart."""
        self.above: list[int] = [-1] * len(rows)
        """The row that each one stands under; -1 where there is none."""
        self.lists: list[Listed] = []
        self.heading = -1
        """The heading of the block that is being divided."""
        self._latest: dict[int, tuple[int, object]] = {}
        self._last: dict[tuple[int, object], int] = {}
        self._divide()

    def _divide(self) -> None:
        """Tell which rows are one list."""
        current: dict[tuple[int, object], Listed] = {}
        last: dict[object, Listed] = {}
        stack: list[int] = []
        heading, block = -1, False
        for index, row in enumerate(self.rows):
            if row.kind in _UNCOUNTED:
                continue
            if row.kind is Kind.HEADING:
                heading, stack = index, []
                self.heading = index
                # No list but that of the headings themselves goes on behind one.
                current = {key: one for key, one in current.items() if one.headings}
                block = self.rules.blocks and is_verb(row.words)
                found = printed(row.label)
                if found is not None and found.word:
                    sort: object = ("heading", found.word.strip().casefold())
                    self._join(current, last, (-1, sort), index, found, 0, "", headings=True)
                continue
            while stack and self.rows[stack[-1]].level >= row.level:
                stack.pop()
            above = stack[-1] if stack else heading
            self.above[index] = above
            depth = sum(1 for one in stack if self.rows[one].label)
            if row.taken:
                found = printed(f"{row.taken}.")
            elif row.kind in (Kind.ITEM, Kind.PARAGRAPH):
                found = printed(row.label, self._before(above, index))
            else:
                found = None
            top = above == heading
            words = self.rows[heading].words if heading >= 0 else ""
            if row.kind in (Kind.ITEM, Kind.PARAGRAPH) or row.taken:
                self.parsed[index] = found
                if block and top:
                    self._join(current, last, (above, "block"), index, found, depth, words, True)
                elif found is not None:
                    sort = (found.word.strip(), found.open, found.prefix, found.series)
                    goes_on = self._goes_on_elsewhere(current, (above, sort), index, found)
                    key = goes_on or (above, sort)
                    self._join(current, last, key, index, found, depth, words)
                elif row.kind is Kind.ITEM and not row.label:
                    key = self._latest.get(above, (above, "bare"))
                    self._join(current, last, key, index, None, depth, words)
            stack.append(index)
        self.lists = [one for one in self.lists if one.rows]
        for one in self.lists:
            if one.block:
                self._only_items(one)

    def _before(self, above: int, index: int) -> Printed | None:
        """The label before: the one that goes on to this, in the same list or on the page."""
        key = self._latest.get(above)
        beside = self.parsed[self._last[key]] if key is not None else None
        on_page = self.parsed[index - 1] if index else None
        if beside is not None and beside.series is Series.LETTERS:
            core = self.rows[index].label.strip("()[].: ").casefold()
            if core == number_word(beside.ordinal + 1, Series.LETTERS):
                return beside
        return on_page or beside

    def _join(
        self,
        current: dict[tuple[int, object], Listed],
        last: dict[object, Listed],
        key: tuple[int, object],
        index: int,
        found: Printed | None,
        depth: int,
        heading: str,
        block: bool = False,
        headings: bool = False,
    ) -> None:
        self.parsed[index] = found
        held = current.get(key)
        if held is None or (not block and found is not None and self._restarts(held, index, found)):
            before = last.get(key[1]) if not block and depth == 0 else None
            held = Listed(depth, heading, block, headings, before=before)
            current[key] = last[key[1]] = held
            self.lists.append(held)
        held.rows.append(index)
        self._latest[self.above[index]] = key
        self._last[key] = index

    def _goes_on_elsewhere(
        self,
        current: dict[tuple[int, object], Listed],
        key: tuple[int, object],
        index: int,
        found: Printed,
    ) -> tuple[int, object] | None:
        """The list of the same block that this goes on, where its own has no place for it.

        How deep a paragraph stands is not always told by the page; ``(v)`` behind ``(iv)`` is.
        """
        own = current.get(key)
        if found.ordinal == 1:
            return None
        if own is not None:
            shared = {point for row in own.rows for point, _ in self.rows[row].rivals}
            if shared & {point for point, _ in self.rows[index].rivals}:
                return None
            numbers = [one.ordinal for row in own.rows if (one := self.parsed[row]) is not None]
            if found.ordinal not in numbers or found.ordinal == numbers[-1]:
                return None
        ending = [
            (one.rows[-1], other)
            for other, one in current.items()
            if other[1] == key[1]
            and one.rows[0] > self.heading
            and (last := self.parsed[one.rows[-1]]) is not None
            and last.ordinal == found.ordinal - 1
        ]
        return max(ending, key=lambda pair: pair[0])[1] if ending else None

    def _restarts(self, held: Listed, index: int, found: Printed) -> bool:
        """Whether a label begins a list of its own: 1 once more, and no rival of the first."""
        if found.ordinal != 1 or found.suffix:
            return False
        numbers = [one.ordinal for row in held.rows if (one := self.parsed[row]) is not None]
        if 1 not in numbers or max(numbers) < 2:
            # What lies between two lists of one item each is the item that they stand under.
            return 1 in numbers and self._parted(held.rows[-1], index)
        row = self.rows[index]
        if row.rivals or self._parted(held.rows[-1], index):
            return True
        return self._goes_on(index, found)

    def _parted(self, before: int, index: int) -> bool:
        """Whether something of the same level, and of no list, stands between two rows."""
        level = self.rows[index].level
        return any(
            self.rows[one].level <= level and self.rows[one].kind not in _UNCOUNTED
            for one in range(before + 1, index)
        )

    def _goes_on(self, index: int, found: Printed) -> bool:
        """Whether the second of a list follows."""
        for row in self.rows[index + 1 :]:
            if row.kind is Kind.HEADING or row.level < self.rows[index].level:
                return False
            if row.level == self.rows[index].level and row.label:
                after = printed(row.label, found)
                return after is not None and (after.ordinal, after.series) == (2, found.series)
        return False

    def _only_items(self, one: Listed) -> None:
        """Of a block, leave out words that follow its items without a label of their own."""
        rows = [row for row in one.rows if self.parsed[row] or self.rows[row].kind is Kind.ITEM]
        first = one.rows[0]
        if not rows:
            rows = one.rows
        elif first not in rows and self.rows[first].count is not Count.DROPPED:
            above = self.above[first]
            chapeau = any(row.kind is Kind.CHAPEAU for row in self.rows[max(above, 0) : first])
            rows = rows if chapeau else [first, *rows]
        one.rows = rows
