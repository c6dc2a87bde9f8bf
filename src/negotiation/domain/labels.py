"""The labels of a whole text, by the rules of the body that negotiates it.

What counts is what stands and is decided. A dropped clause keeps its old label for the history; an
addition that nobody has decided takes no number away from others; rival wordings of one open group
are numbered as if each of them stood alone. The printed style of a list is kept where it has one.
Options, notes and footnotes are not numbered anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from negotiation.domain.lists import Division, Listed
from negotiation.domain.numbering import Printed, number_word, printed
from negotiation.domain.outline import Count, Row, Rules, is_preambular
from negotiation.domain.terms import Kind

_MOST_ROUNDS = 6


def labels(rows: Sequence[Row], rules: Rules) -> tuple[str, ...]:
    """The label of every row, in order: the new one of what counts, the old one of the rest."""
    found = tuple(row.label for row in rows)
    for _ in range(_MOST_ROUNDS):
        # The printed numbers tell where a list begins: on a page in disorder right numbers may
        # tell it better than the wrong ones did. What is answered here would be answered again.
        before = found
        named = [attrs.evolve(row, label=label) for row, label in zip(rows, found, strict=True)]
        found = tuple(_Numbered(Division(named, rules)).rendered())
        if found == before:
            break
    return found


def gaps(rows: Sequence[Row], rules: Rules) -> tuple[tuple[int, int], ...]:
    """Neighbours in a list between whose printed numbers one is missing that nothing explains.

    Something may have been lost from the page, or be numbered where it is not seen.
    """
    division = Division(rows, rules)
    found: list[tuple[int, int]] = []
    for one in division.lists:
        told = [(row, label) for row in one.rows if (label := division.parsed[row]) is not None]
        numbers = {label.ordinal for _, label in told}
        for (before, first), (row, label) in pairwise(told):
            missing = range(first.ordinal + 1, label.ordinal)
            if missing and not numbers & set(missing):
                found.append((before, row))
    return tuple(found)


class _Numbered:
    """The lists of an outline with their new numbers."""

    def __init__(self, division: Division) -> None:
        self.rows, self.rules = division.rows, division.rules
        self.parsed, self.above, self.lists = division.parsed, division.above, division.lists
        self.new: list[tuple[int, str] | None] = [None] * len(self.rows)
        """The new number and suffix of a row; ``None`` where its label stays as it is."""
        self.bare: set[int] = set()
        self.styles: dict[int, Printed] = {}
        for one in self.lists:
            self._number(one)

    # -- numbers ----------------------------------------------------------------------------------

    def _number(self, one: Listed) -> None:
        living = [row for row in one.rows if self.rows[row].count is not Count.DROPPED]
        if self._inserted_elsewhere(one):
            return
        one.style = next(
            (found for row in (*living, *one.rows) if (found := self.parsed[row]) is not None),
            None,
        )
        count = _Counting(self._start(one) - 1)
        for row in living:
            self.new[row] = count.next(self.rows[row], self.parsed[row])
        one.end = count.top
        counted = [row for row in living if self.rows[row].count is Count.COUNTED]
        if one.style is None:
            default = self._default(one)
            sure = [row for row in counted if not self.rows[row].rivals]
            one.style = printed(default) if len(sure) > 1 else None
        if self._alone(one, living):
            self.bare.update(living)
        for row in living:
            if one.style is not None:
                self.styles[row] = one.style

    def _inserted_elsewhere(self, one: Listed) -> bool:
        """Whether a list begins with an insertion behind a number that stands in another list."""
        first = next((found for row in one.rows if (found := self.parsed[row]) is not None), None)
        if first is None or not first.suffix or one.block or one.headings:
            return False
        return not any(
            found.ordinal <= first.ordinal and not found.suffix
            for row in one.rows
            if (found := self.parsed[row]) is not None
        )

    def _start(self, one: Listed) -> int:
        numbers = self._numbers(one)
        first = min(numbers, default=1)
        if one.before is not None and one.before.end and self._continues(one):
            return one.before.end + 1
        bare = next((n for n, row in enumerate(one.rows) if self.parsed[row] is not None), 0)
        return max(1, first - bare)

    def _numbers(self, one: Listed) -> list[int]:
        return [found.ordinal for row in one.rows if (found := self.parsed[row]) is not None]

    def _continues(self, one: Listed) -> bool:
        """Whether a list goes on with the numbers of the one before it, across a heading."""
        if one.block or one.before is None:
            return False
        held, own = self._numbers(one.before), self._numbers(one)
        return bool(held and own) and min(own) > 1 and max(held) < min(own)

    def _default(self, one: Listed) -> str:
        rules = self.rules
        depths = rules.operative
        if one.block and is_preambular(one.heading):
            depths = rules.preambular or depths
        return depths[min(one.depth, len(depths) - 1)]

    def _alone(self, one: Listed, living: Sequence[int]) -> bool:
        """Whether the only item of a list stands without a label."""
        if len(living) != 1 or one.headings or self.rows[living[0]].taken:
            return False
        row, found = self.rows[living[0]], self.parsed[living[0]]
        if row.count is not Count.COUNTED or row.rivals or (found is not None and found.word):
            return False
        if self.rules.lone_bare:
            return True
        continued = self._continues(one) or any(
            other.before is one and self._continues(other) for other in self.lists
        )
        return len(one.rows) > 1 and one.depth == 0 and not continued

    # -- words ------------------------------------------------------------------------------------

    def rendered(self) -> Iterable[str]:
        """The labels in order; a row is asked after all that it stands under."""
        cores: dict[int, tuple[str, str]] = {}
        heading = -1
        for index, row in enumerate(self.rows):
            if row.kind is Kind.HEADING:
                heading = index
            found, new = self.parsed[index], self.new[index]
            style = self.styles.get(index)
            if row.taken or new is None or style is None:
                if found is not None and not row.taken:
                    cores[index] = (found.core, found.core)
                yield row.label
                continue
            if index in self.bare:
                yield ""
                continue
            ordinal, suffix = new
            own = found or style
            capital = own.core.isupper()
            core = number_word(ordinal, style.series, capital=capital)
            cores[index] = (found.core if found else core, core)
            shaped = attrs.evolve(own, open=style.open, rest=style.rest)
            prefix = self._prefix(own.prefix, index, heading, cores)
            yield attrs.evolve(shaped, prefix=prefix).renumbered(core, suffix)

    def _prefix(
        self, prefix: str, index: int, heading: int, cores: dict[int, tuple[str, str]]
    ) -> str:
        """``3.`` of ``3.1`` follows the article or paragraph whose number it says."""
        if not prefix:
            return prefix
        rest, _, own = prefix.rstrip(".").rpartition(".")
        for above in (self.above[index], heading):
            old, new = cores.get(above, ("", ""))
            if own == old:
                return f"{rest}.{new}." if rest else f"{new}."
        return prefix


@attrs.define
class _Group:
    start: int
    order: int
    last: tuple[int, str]


@attrs.define
class _Counting:
    """The count of one list."""

    at: int
    top: int = attrs.field(init=False)
    groups: dict[str, _Group] = attrs.field(factory=dict, init=False)
    numbers: dict[tuple[int, str], tuple[int, str]] = attrs.field(factory=dict, init=False)
    """The new number and suffix of what was printed so."""
    waiting: int = attrs.field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.top = self.at

    def next(self, row: Row, found: Printed | None) -> tuple[int, str]:
        """The new number of the next row, and its suffix."""
        said = (found.ordinal, found.suffix.casefold()) if found is not None else (0, "")
        self._turn(row, said)
        if found is not None and (rival := self._rival_of(found)) is not None:
            return rival
        if row.count is Count.UNDECIDED and not row.rivals:
            if found is not None and found.suffix and self.at:
                return self.at, found.suffix
            self.waiting += 1
            return self.at + self.waiting, ""
        self.waiting = 0
        self.at += 1
        self.top = max(self.top, self.at)
        if found is not None:
            self.numbers[said] = (self.at, "")
        return self.at, ""

    def _turn(self, row: Row, said: tuple[int, str]) -> None:
        """Begin again where a further wording of a group begins."""
        named = {point for point, _ in row.rivals}
        for point in [one for one in self.groups if one not in named]:
            del self.groups[point]
            self.at = self.top
        for point, order in row.rivals:
            group = self.groups.get(point)
            if group is None:
                self.groups[point] = _Group(self.at, order, said)
                continue
            if group.order != order and said <= group.last:
                self.at = group.start
            group.order, group.last = order, said

    def _rival_of(self, found: Printed) -> tuple[int, str] | None:
        """The number of the paragraph that an ``alt`` is a rival of, while that one stands."""
        plain, alt, number = found.suffix.casefold().partition("alt")
        if not alt:
            return None
        held = self.numbers.get((found.ordinal, plain.rstrip()))
        return None if held is None else (held[0], f"{held[1]}{alt}{number}")
