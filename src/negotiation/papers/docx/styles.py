"""What the styles of a Word file say about its paragraphs: name, outline level, list, indent."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from lxml import etree

from negotiation.papers.docx.names import W, child, number, value

_INDENT = 720
"""Half an inch in twentieths of a point: one step of Word's button for indents."""


@attrs.frozen
class InList:
    """The list and the level that a paragraph says it is in; a part not said is ``None``."""

    list_: str | None = None
    level: int | None = None


class Styles:
    """The paragraph styles of one file, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._known: dict[str, etree._Element] = {}
        self._default = ""
        for one in root.iterchildren(W + "style") if root is not None else ():
            if value(one, "type") not in ("", "paragraph"):
                continue
            self._known.setdefault(value(one, "styleId"), one)
            if value(one, "default") in ("1", "true", "on"):
                self._default = value(one, "styleId")

    def id_of(self, properties: etree._Element | None) -> str:
        """The id of the style that a paragraph has."""
        return value(child(properties, "pStyle")) or self._default

    def name_of(self, properties: etree._Element | None) -> str:
        """The name of the style; empty for the default one."""
        id = self.id_of(properties)
        if id == self._default:
            return ""
        return value(child(self._known.get(id), "name")) or id

    def outline_of(self, properties: etree._Element | None) -> int | None:
        """The outline level from 0; ``None`` for body text."""
        for one in self._told(properties):
            level = number(child(one, "outlineLvl"))
            if level is not None:
                return level if 0 <= level < 9 else None
        return None

    def indent_of(self, properties: etree._Element | None) -> int:
        """How many steps its first line stands to the right, a hanging label reckoned in."""
        left: int | None = None
        hanging: int | None = None
        for one in self._told(properties):
            indent = child(one, "ind")
            if left is None:
                left = _first(indent, "start", "left")
            if hanging is None:
                hanging = 0 if number(indent, "firstLine") else number(indent, "hanging")
        return max(0, round(((left or 0) - (hanging or 0)) / _INDENT))

    def list_of(self, properties: etree._Element | None) -> InList:
        """The list that it is in, as far as it and its styles say."""
        list_: str | None = None
        level: int | None = None
        for one in self._told(properties):
            said = child(one, "numPr")
            if level is None:
                level = number(child(said, "ilvl"))
            if list_ is None:
                list_ = value(child(said, "numId")) or None
        return InList(list_, level)

    def line_of(self, properties: etree._Element | None) -> Iterator[str]:
        """The ids of its style and of those that this one is based on, the nearest first."""
        id, seen = self.id_of(properties), set[str]()
        while id and id not in seen and (style := self._known.get(id)) is not None:
            seen.add(id)
            yield id
            id = value(child(style, "basedOn"))

    def _told(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """What is said about a paragraph, by itself first, then by its style and those below it."""
        if properties is not None:
            yield properties
        for id in self.line_of(properties):
            said = child(self._known[id], "pPr")
            if said is not None:
                yield said


def _first(of: etree._Element | None, *names: str) -> int | None:
    return next((found for name in names if (found := number(of, name)) is not None), None)
