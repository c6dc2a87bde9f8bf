"""What the names of Word styles tell of a paragraph: a title, a call, an item and how deep.

Styles are known by their names and not by their ids, which every copy of Word makes anew; the names
under which the ITU's templates go come with their usual misspellings. What a style does not tell is
seen from the words, as on any page.
"""

from __future__ import annotations

import re

import attrs

from negotiation.papers.docx.page import Paragraph, Where
from negotiation.papers.draft import Kind

_SIGNS = re.compile(r"[\W_]+")
_KINDS = {
    **dict.fromkeys(("resno", "recno", "decno", "opinionno", "title", "doctitle"), Kind.TITLE),
    **dict.fromkeys(
        ("restitle", "restitel", "rectitle", "dectitle", "opiniontitle", "subtitle", "resref"),
        Kind.SUBJECT,
    ),
    **dict.fromkeys(
        ("call", "headingb", "headingi", "annexno", "annextitle", "appendixno", "appendixtitle"),
        Kind.HEADING,
    ),
    **dict.fromkeys(
        ("footnotetext", "endnotetext", "footnote", "endnote", "tablelegend"), Kind.FOOTNOTE
    ),
}
_HEADING = re.compile(r"(?:heading|titre|titulo|título|überschrift|заголовок)([1-9])$")
_ENUM = re.compile(r"enumlev([1-9])$")
_DEEPEST = 6


@attrs.frozen
class Hint:
    """What the style of a paragraph tells."""

    kind: Kind | None = None
    heading: int = 0
    """The level of a heading, from 1; 0 for none."""
    depth: int = 0


def hint_of(paragraph: Paragraph) -> Hint:
    """What is known of a paragraph before its words are read."""
    if paragraph.where in (Where.FOOTNOTE, Where.ENDNOTE):
        return Hint(Kind.FOOTNOTE)
    if paragraph.where is not Where.BODY:
        return Hint(Kind.PARAGRAPH, 0, paragraph.depth)
    name = _SIGNS.sub("", paragraph.style).casefold()
    depth = paragraph.depth
    if (listed := _ENUM.match(name)) is not None:
        return Hint(None, 0, max(depth, int(listed[1])))
    kind = _KINDS.get(name)
    if kind is Kind.HEADING:
        return Hint(kind, 1, depth)
    if kind is not None:
        return Hint(kind, 0, depth)
    if (heading := _HEADING.match(name)) is not None:
        return Hint(Kind.HEADING, min(int(heading[1]), _DEEPEST), depth)
    if paragraph.outline is not None:
        return Hint(Kind.HEADING, min(paragraph.outline + 1, _DEEPEST), depth)
    return Hint(None, 0, depth)
