"""The styles of the paragraphs that are written: after the names that ITU's own files use."""

from __future__ import annotations

import attrs

from negotiation.domain.terms import Kind
from negotiation.papers.verbs import is_verb_heading


@attrs.frozen
class Style:
    """How a sort of paragraph looks; lengths in twentieths of a point, sizes in half points."""

    name: str
    bold: bool = False
    italic: bool = False
    size: int = 0
    align: str = ""
    before: int = 120
    after: int = 0
    left: int = 0
    hanging: int = 0
    outline: int | None = None
    with_next: bool = False

    @property
    def id(self) -> str:
        """The name as an id: letters and figures only."""
        return "".join(sign for sign in self.name.title() if sign.isalnum())


_ITEM = 794
"""The indent of a level, as ITU's templates have it."""

_BY_KIND = {
    Kind.HEADER: Style("Document", before=0),
    Kind.TITLE: Style("Res_No", size=28, align="center", before=480, outline=0, with_next=True),
    Kind.SUBJECT: Style(
        "Res_title", bold=True, size=28, align="center", before=240, with_next=True
    ),
    Kind.ENACTING: Style("Normal_after_title", before=280),
    Kind.CHAPEAU: Style("Chapeau", with_next=True),
    Kind.OPTION: Style("Option", bold=True, before=240, with_next=True),
    Kind.NOTE: Style("Note", italic=True, size=20),
    Kind.FOOTNOTE: Style("footnote text", size=20, left=255, hanging=255),
}
_CALL = Style("Call", italic=True, before=160, left=_ITEM, outline=1, with_next=True)
_HEADING = Style("heading 1", bold=True, before=280, outline=0, with_next=True)
_ITEMS = tuple(
    Style(f"enumlev{level}", before=80, left=_ITEM * level, hanging=_ITEM) for level in range(1, 10)
)
STYLES = (*_BY_KIND.values(), _CALL, _HEADING, *_ITEMS)
"""Every style there is, but for plain paragraphs."""


def style_of(kind: Kind, level: int, words: str) -> str:
    """The name of the style for a clause; empty for a plain paragraph."""
    if kind is Kind.PARAGRAPH:
        return ""
    if kind is Kind.HEADING:
        return (_CALL if is_verb_heading(words) else _HEADING).name
    if kind is Kind.ITEM:
        return _ITEMS[min(max(level, 1), len(_ITEMS)) - 1].name
    return _BY_KIND[kind].name
