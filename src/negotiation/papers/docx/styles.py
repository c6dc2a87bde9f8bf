"""What the styles of a Word file say about its paragraphs: name, outline level, list, indent."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from lxml import etree

from negotiation.papers.docx.names import W, child, number, value

_INDENT = 720
"""Half an inch in twentieths of a point: one step of Word's button for indents."""

_LONGEST_LINE = 100
"""Of styles based on one another."""


@attrs.frozen
class InList:
    """The list and the level that a paragraph says it is in; a part not said is ``None``."""

    list_: str | None = None
    level: int | None = None


@attrs.frozen
class _Said:
    """What one set of paragraph properties says; a part not said is ``None``."""

    outline: int | None = None
    left: int | None = None
    hanging: int | None = None
    list_: str | None = None
    level: int | None = None


@attrs.frozen
class _Style:
    name: str
    based_on: str
    said: _Said


class Styles:
    """The paragraph styles of one file, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._known: dict[str, _Style] = {}
        self._default = ""
        self._asked: tuple[etree._Element | None, _Said] = (None, _Said())
        """The paragraph asked about last: there are several questions about each."""
        for one in root.iterchildren(W + "style") if root is not None else ():
            if value(one, "type") not in ("", "paragraph"):
                continue
            id = value(one, "styleId")
            if id not in self._known:
                self._known[id] = _Style(
                    value(child(one, "name")),
                    value(child(one, "basedOn")),
                    _said_in(child(one, "pPr")),
                )
            if value(one, "default") in ("1", "true", "on"):
                self._default = id

    def id_of(self, properties: etree._Element | None) -> str:
        """The id of the style that a paragraph has."""
        return value(child(properties, "pStyle")) or self._default

    def name_of(self, properties: etree._Element | None) -> str:
        """The name of the style; empty for the default one."""
        id = self.id_of(properties)
        if id == self._default:
            return ""
        return (id in self._known and self._known[id].name) or id

    def outline_of(self, properties: etree._Element | None) -> int | None:
        """The outline level from 0; ``None`` for body text."""
        level = next((s.outline for s in self._told(properties) if s.outline is not None), None)
        return level if level is not None and 0 <= level < 9 else None

    def indent_of(self, properties: etree._Element | None) -> int:
        """How many steps its first line stands to the right, a hanging label reckoned in."""
        told = tuple(self._told(properties))
        left = next((said.left for said in told if said.left is not None), 0)
        hanging = next((said.hanging for said in told if said.hanging is not None), 0)
        return max(0, round((left - hanging) / _INDENT))

    def list_of(self, properties: etree._Element | None) -> InList:
        """The list that it is in, as far as it and its styles say."""
        told = tuple(self._told(properties))
        return InList(
            next((said.list_ for said in told if said.list_ is not None), None),
            next((said.level for said in told if said.level is not None), None),
        )

    def line_of(self, properties: etree._Element | None) -> Iterator[str]:
        """The ids of its style and of those that this one is based on, the nearest first."""
        id, seen = self.id_of(properties), set[str]()
        # A line may lead back into itself, or on for ever.
        while id in self._known and id not in seen and len(seen) < _LONGEST_LINE:
            seen.add(id)
            yield id
            id = self._known[id].based_on

    def _told(self, properties: etree._Element | None) -> Iterator[_Said]:
        """What is said about a paragraph, by itself first, then by its style and those below it."""
        if self._asked[0] is not properties:
            self._asked = properties, _said_in(properties)
        yield self._asked[1]
        for id in self.line_of(properties):
            yield self._known[id].said


def _said_in(properties: etree._Element | None) -> _Said:
    indent, list_ = child(properties, "ind"), child(properties, "numPr")
    return _Said(
        number(child(properties, "outlineLvl")),
        _first(indent, "start", "left"),
        0 if number(indent, "firstLine") else number(indent, "hanging"),
        value(child(list_, "numId")) or None,
        number(child(list_, "ilvl")),
    )


def _first(of: etree._Element | None, *names: str) -> int | None:
    return next((found for name in names if (found := number(of, name)) is not None), None)
