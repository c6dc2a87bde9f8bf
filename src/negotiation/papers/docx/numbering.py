"""The labels that Word prints before numbered paragraphs, as nobody wrote them: 1., a), (iv)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs
from lxml import etree

from negotiation.papers.docx.names import W, child, number, on, value
from negotiation.papers.docx.number_forms import written
from negotiation.papers.docx.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST = 100
"""The signs of a label before its numbers are put in; Word takes fewer."""


@attrs.frozen
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    """After which level, from 1, it begins anew; 0 for never, ``None`` for after any above it."""
    legal: bool = False
    """Whether all numbers in its label are printed as 1, 2, 3."""
    style: str = ""
    """The id of the paragraph style that means this level."""


_PLAIN = Level()


@attrs.frozen
class ListForm:
    """A list as numbered: which counters it shares with others, its levels, its new beginnings."""

    counters: str
    levels: Mapping[int, Level]
    begins: Mapping[int, int]
    """The levels that begin anew, each at a number, where this list is met first."""

    def start(self, at: int) -> int:
        """The number that a level begins with."""
        return self.begins.get(at, self.levels.get(at, _PLAIN).start)


class Numbering:
    """The lists of one file."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._by_style: dict[str, str] = {}
        self._nums: dict[str, etree._Element] = {}
        self._forms: dict[str, ListForm | None] = {}
        self._levels: dict[str, Mapping[int, Level]] = {}
        for one in root if root is not None else ():
            if one.tag == W + "abstractNum":
                self._abstract.setdefault(value(one, "abstractNumId"), one)
                if linked := value(child(one, "styleLink")):
                    self._by_style[linked] = value(one, "abstractNumId")
            elif one.tag == W + "num":
                self._nums.setdefault(value(one, "numId"), one)

    def place(self, styles: Styles, properties: etree._Element | None) -> tuple[str, int] | None:
        """The list and the level that a paragraph is in; ``None`` where it is in no list."""
        said = styles.list_of(properties)
        if said.list_ is None or (form := self.form(said.list_)) is None:
            return None
        level = said.level
        if level is None:
            # A style may name the list only; the list names the style at the level that it means.
            meant = {one.style: at for at, one in form.levels.items() if one.style}
            level = next((meant[id] for id in styles.line_of(properties) if id in meant), 0)
        return said.list_, min(max(level, 0), _LEVELS - 1)

    def form(self, list_: str) -> ListForm | None:
        """How a list is numbered; ``None`` for the list 0, which is none, and for unknown ones."""
        if list_ not in self._forms:
            self._forms[list_] = self._read(list_)
        return self._forms[list_]

    def _read(self, list_: str) -> ListForm | None:
        num = self._nums.get(list_)
        counters = value(child(num, "abstractNumId"))
        abstract = self._abstract.get(counters)
        if list_ == "0" or num is None or abstract is None:
            return None
        if linked := value(child(abstract, "numStyleLink")):
            counters = self._by_style.get(linked, counters)
            abstract = self._abstract.get(counters, abstract)
        if counters not in self._levels:
            self._levels[counters] = _levels(abstract)
        levels = dict(self._levels[counters])
        begins: dict[int, int] = {}
        for override in num.iterchildren(W + "lvlOverride"):
            at = number(override, "ilvl")
            if at is None:
                continue
            start = number(child(override, "startOverride"))
            own = _levels(override).get(at)
            if own is not None:
                levels[at] = own
            if start is not None:
                begins[at] = start
        return ListForm(counters, levels, begins)


@attrs.define
class Counter:
    """Counts the numbered paragraphs of one reading of a text, from its beginning on."""

    numbering: Numbering
    _counts: dict[str, dict[int, int]] = attrs.Factory(dict)
    _met: set[str] = attrs.Factory(set)

    def label(self, list_: str, at: int) -> str:
        """Counts one paragraph in, and tells the label that it gets; empty for bullets."""
        form = self.numbering.form(list_)
        if form is None:
            return ""
        level = form.levels.get(at, _PLAIN)
        counts = self._counts.setdefault(form.counters, {})
        if list_ not in self._met:
            self._met.add(list_)
            for begun in form.begins:
                counts.pop(begun, None)
        counts[at] = counts[at] + 1 if at in counts else form.start(at)
        for below in range(at + 1, _LEVELS):
            restart = form.levels.get(below, _PLAIN).restart
            if restart is None or (restart > 0 and at < restart):
                counts.pop(below, None)
        if level.form == "bullet":
            return ""
        return _PLACE.sub(lambda found: _number(form, counts, level, int(found[1]) - 1), level.text)


def _number(form: ListForm, counts: Mapping[int, int], level: Level, at: int) -> str:
    own = form.levels.get(at, _PLAIN)
    shown = "decimal" if level.legal and own.form not in ("none", "bullet") else own.form
    return written(counts.get(at, form.start(at)), shown)


def _levels(of: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for one in of.iterchildren(W + "lvl"):
        at = number(one, "ilvl")
        if at is None or not 0 <= at < _LEVELS:
            continue
        start = number(child(one, "start"))
        found[at] = Level(
            1 if start is None else start,
            value(child(one, "numFmt")) or "decimal",
            value(child(one, "lvlText"))[:_LONGEST],
            number(child(one, "lvlRestart")),
            on(child(one, "isLgl")),
            value(child(one, "pStyle")),
        )
    return found
