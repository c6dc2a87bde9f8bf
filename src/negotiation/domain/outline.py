"""The labels of a whole text, by the rules of the body that negotiates it.

What counts is what stands and is decided. A dropped clause keeps its old label for the history; an
addition that nobody has decided takes no number away from others; rival wordings of one open group
are numbered as if each of them stood alone. The printed style of a list is kept where it has one.
Options, notes and footnotes are not numbered anew. Which clauses stand is told by whoever asks.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from negotiation.domain.numbering import roman
from negotiation.domain.terms import Kind

# -- one label as it is printed -------------------------------------------------------------------

_WORD = r"Article|Annex|Chapter|Section|Part|PP|OP"
_MORE = r"bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies"
_PRINTED = re.compile(
    rf"(?P<word>(?:(?:{_WORD})[ \u00a0]?)?)"
    r"(?P<open>[(\[]?)"
    r"(?P<prefix>(?:\d{1,4}\.){0,5})"
    r"(?P<core>\d{1,4}|[a-z]{1,6}?)"
    rf"(?P<suffix>(?:[ \u00a0]?(?:{_MORE}|alt\d{{0,2}})){{0,3}}|(?<=\d)[A-Z])"
    r"(?P<rest>[).:\]]{0,2})",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Series(enum.Enum):
    """What a label counts with."""

    DIGITS = "digits"
    LETTERS = "letters"
    ROMANS = "romans"


@attrs.frozen
class Printed:
    """A label taken apart: ``Article 3 bis``, ``(a)``, ``4.2.``."""

    word: str
    open: str
    prefix: str
    """The numbers before the last one, as in ``4.2``."""
    core: str
    suffix: str
    rest: str
    ordinal: int
    series: Series

    @property
    def number(self) -> str:
        """What a reference says: the number or letter with its suffix, nothing around it."""
        return f"{self.prefix}{self.core}{self.suffix}"

    def renumbered(self, number: str, suffix: str = "") -> str:
        """The same kind of label with another number."""
        return f"{self.word}{self.open}{self.prefix}{number}{suffix}{self.rest}"


def printed(label: str, before: Printed | None = None) -> Printed | None:
    """A label taken apart; ``None`` where it is none that is counted.

    ``i)`` is a letter behind ``h)`` and a numeral elsewhere: ``before`` is the label that precedes.
    """
    found = _PRINTED.fullmatch(label.strip())
    if found is None:
        return None
    core = found["core"]
    told = _counted(core, before, heads=bool(found["word"]))
    if told is None:
        return None
    return Printed(
        found["word"],
        found["open"],
        found["prefix"],
        core,
        found["suffix"],
        found["rest"],
        *told,
    )


def number_word(ordinal: int, series: Series, *, capital: bool = False) -> str:
    """The number written in its series: ``3``, ``c``, ``iii``; letters go on ``aa``, ``bb``."""
    if series is Series.DIGITS:
        return str(ordinal)
    if series is Series.ROMANS:
        word = roman(ordinal)
    else:
        times, letter = divmod(ordinal - 1, 26)
        word = chr(ord("a") + letter) * (times + 1)
    return word.upper() if capital else word


def _counted(
    core: str, before: Printed | None, *, heads: bool = False
) -> tuple[int, Series] | None:
    if core.isdecimal():
        return int(core), Series.DIGITS
    small = core.lower()
    numeral = _roman(small) if _ROMAN.fullmatch(small) else 0
    if len(set(small)) == 1 and numeral == 0:
        return ord(small[0]) - ord("a") + 1 + 26 * (len(small) - 1), Series.LETTERS
    if len(small) > 1:
        return (numeral, Series.ROMANS) if numeral else None
    letter = ord(small) - ord("a") + 1
    if before is not None and before.series is Series.LETTERS and before.ordinal == letter - 1:
        return letter, Series.LETTERS
    if (
        small == "i"
        or (heads and core in "VX")
        or (before is not None and before.series is Series.ROMANS and before.ordinal == numeral - 1)
    ):
        return numeral, Series.ROMANS
    return letter, Series.LETTERS


def _roman(numeral: str) -> int:
    total = 0
    for this, after in zip(numeral, numeral[1:] + " ", strict=True):
        value = _DIGITS[this]
        total += -value if _DIGITS.get(after, 0) > value else value
    return total


# -- what a body's rules are ----------------------------------------------------------------------


@attrs.frozen
class Rules:
    """How one body numbers its texts, where the page does not show it."""

    body: str
    lone_bare: bool
    """Whether the only item of a list has no label; elsewhere only one that was left alone."""
    blocks: bool
    """Whether a verb heading opens a block that is one list."""
    operative: tuple[str, ...]
    """The first label of a list at each depth."""
    preambular: tuple[str, ...]


ITU = Rules("itu", True, True, ("1", "a)", "i)"), ("a)", "i)"))
UN = Rules("un", False, False, ("1.", "(a)", "(i)", "a.", "i."), ())
UNFCCC = attrs.evolve(UN, body="unfccc")
WHO = attrs.evolve(UN, body="who")


def rules_for(conventions: str) -> Rules:
    """The rules that go with a profile of conventions; those of the UN for an unknown one."""
    return {rules.body: rules for rules in (ITU, UN, UNFCCC, WHO)}.get(conventions, UN)


# -- the outline and its labels -------------------------------------------------------------------


class Count(enum.Enum):
    """Whether a clause takes part in the count."""

    COUNTED = "counted"
    UNDECIDED = "undecided"
    """An addition that nobody has decided."""
    DROPPED = "dropped"


@attrs.frozen
class Row:
    """A clause in the outline of a text."""

    kind: Kind
    level: int
    label: str
    count: Count = Count.COUNTED
    words: str = ""
    """Of a heading: they tell what sort of block it opens."""
    rivals: tuple[tuple[str, int], ...] = ()
    """The open groups that it is a wording of, and which of their wordings it belongs to."""
    taken: int = 0
    """A number that stands before an option and cannot be changed: the option ate it."""


_MOST_ROUNDS = 6
_UNCOUNTED = (Kind.HEADER, Kind.TITLE, Kind.SUBJECT, Kind.ENACTING, Kind.NOTE, Kind.FOOTNOTE)
_PARTICIPLE = re.compile(r"\w{2,}ing$")
_ADJECTIVES = frozenset(
    "alarmed anxious aware cognizant concerned conscious convinced determined dismayed encouraged "
    "guided inspired mindful pursuant seized".split()
)


@attrs.define
class _Listed:
    """A list of the outline while it is being read and numbered."""

    depth: int
    heading: str
    block: bool
    headings: bool = False
    rows: list[int] = attrs.field(factory=list)
    style: Printed | None = None
    before: _Listed | None = None
    """The list of the same sort before this one, whose numbers it may go on with."""
    end: int = 0
    """Its last new number."""


def labels(rows: Sequence[Row], rules: Rules) -> tuple[str, ...]:
    """The label of every row, in order: the new one of what counts, the old one of the rest."""
    found = tuple(row.label for row in rows)
    for _ in range(_MOST_ROUNDS):
        # The printed numbers tell where a list begins: on a page in disorder right numbers may
        # tell it better than the wrong ones did. What is answered here would be answered again.
        before = found
        named = [attrs.evolve(row, label=label) for row, label in zip(rows, found, strict=True)]
        found = tuple(_Outline(named, rules).rendered())
        if found == before:
            break
    return found


def lists(rows: Sequence[Row], rules: Rules) -> tuple[tuple[int, ...], ...]:
    """The lists of an outline: for each of them the rows that are its items, dropped ones too."""
    return tuple(tuple(one.rows) for one in _Outline(rows, rules).lists)


def gaps(rows: Sequence[Row], rules: Rules) -> tuple[tuple[int, int], ...]:
    """Neighbours in a list between whose printed numbers one is missing that nothing explains.

    Something may have been lost from the page, or be numbered where it is not seen.
    """
    outline = _Outline(rows, rules)
    found: list[tuple[int, int]] = []
    for one in outline.lists:
        told = [(row, label) for row in one.rows if (label := outline.parsed[row]) is not None]
        numbers = {label.ordinal for _, label in told}
        for (before, first), (row, label) in pairwise(told):
            missing = range(first.ordinal + 1, label.ordinal)
            if missing and not numbers & set(missing):
                found.append((before, row))
    return tuple(found)


class _Outline:
    def __init__(self, rows: Sequence[Row], rules: Rules) -> None:
        self.rows = rows
        self.rules = rules
        self.parsed: list[Printed | None] = [None] * len(rows)
        self.above: list[int] = [-1] * len(rows)
        self.lists: list[_Listed] = []
        self.new: list[tuple[int, str] | None] = [None] * len(rows)
        """The new number and suffix of a row; ``None`` where its label stays as it is."""
        self.bare: set[int] = set()
        self.styles: dict[int, Printed] = {}
        self.heading = -1
        """The heading of the block that is being divided."""
        self._divide()
        for one in self.lists:
            self._number(one)

    # -- lists ------------------------------------------------------------------------------------

    def _divide(self) -> None:
        """Tell which rows are one list."""
        current: dict[tuple[int, object], _Listed] = {}
        last: dict[object, _Listed] = {}
        stack: list[int] = []
        heading, block = -1, False
        for index, row in enumerate(self.rows):
            if row.kind in _UNCOUNTED:
                continue
            if row.kind is Kind.HEADING:
                heading, stack = index, []
                self.heading = index
                block = self.rules.blocks and _is_verb(row.words)
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
                found = printed(row.label, self._before(current, above, index))
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
                    held = self._latest(current, above)
                    key = held if held is not None else (above, "bare")
                    self._join(current, last, key, index, None, depth, words)
            stack.append(index)
        self.lists = [one for one in self.lists if one.rows]
        for one in self.lists:
            if one.block:
                self._only_items(one)

    def _before(
        self, current: dict[tuple[int, object], _Listed], above: int, index: int
    ) -> Printed | None:
        """The label before: the one that goes on to this, in the same list or on the page."""
        rows = [one.rows[-1] for (held, _), one in current.items() if held == above and one.rows]
        beside = self.parsed[max(rows)] if rows else None
        on_page = self.parsed[index - 1] if index else None
        if beside is not None and beside.series is Series.LETTERS:
            core = self.rows[index].label.strip("()[].: ").casefold()
            if core == number_word(beside.ordinal + 1, Series.LETTERS):
                return beside
        return on_page or beside

    def _latest(
        self, current: dict[tuple[int, object], _Listed], above: int
    ) -> tuple[int, object] | None:
        held = [(one.rows[-1], key) for key, one in current.items() if key[0] == above and one.rows]
        return max(held, key=lambda pair: pair[0])[1] if held else None

    def _join(
        self,
        current: dict[tuple[int, object], _Listed],
        last: dict[object, _Listed],
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
            held = _Listed(depth, heading, block, headings, before=before)
            current[key] = last[key[1]] = held
            self.lists.append(held)
        held.rows.append(index)

    def _goes_on_elsewhere(
        self,
        current: dict[tuple[int, object], _Listed],
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

    def _restarts(self, held: _Listed, index: int, found: Printed) -> bool:
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

    def _only_items(self, one: _Listed) -> None:
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

    # -- numbers ----------------------------------------------------------------------------------

    def _number(self, one: _Listed) -> None:
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

    def _inserted_elsewhere(self, one: _Listed) -> bool:
        """Whether a list begins with an insertion behind a number that stands in another list."""
        first = next((found for row in one.rows if (found := self.parsed[row]) is not None), None)
        if first is None or not first.suffix or one.block or one.headings:
            return False
        return not any(
            found.ordinal <= first.ordinal and not found.suffix
            for row in one.rows
            if (found := self.parsed[row]) is not None
        )

    def _start(self, one: _Listed) -> int:
        numbers = [found.ordinal for row in one.rows if (found := self.parsed[row]) is not None]
        first = min(numbers, default=1)
        if first <= 1:
            return 1
        before = one.before
        if before is not None and before.end:
            held = [f.ordinal for row in before.rows if (f := self.parsed[row]) is not None]
            if max(held, default=0) < first:
                return before.end + 1
        return first

    def _default(self, one: _Listed) -> str:
        rules = self.rules
        depths = rules.operative
        if one.block and _is_preambular(one.heading):
            depths = rules.preambular or depths
        return depths[min(one.depth, len(depths) - 1)]

    def _alone(self, one: _Listed, living: Sequence[int]) -> bool:
        """Whether the only item of a list stands without a label."""
        if len(living) != 1 or one.headings or self.rows[living[0]].taken:
            return False
        row, found = self.rows[living[0]], self.parsed[living[0]]
        if row.count is not Count.COUNTED or row.rivals or (found is not None and found.word):
            return False
        if self.rules.lone_bare:
            return True
        return len(one.rows) > 1 and one.depth == 0 and one.before is None

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


def _is_verb(words: str) -> bool:
    first = words.strip(" *_").partition(" ")[0].casefold()
    return _is_preambular(words) or (first.isalpha() and first.endswith("s") and len(first) > 3)


def _is_preambular(words: str) -> bool:
    first = words.strip(" *_").partition(" ")[0].casefold()
    return first in _ADJECTIVES or bool(_PARTICIPLE.match(first))
