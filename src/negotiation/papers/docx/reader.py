"""Reads a Word file: its paragraphs with every tracked change, its comments, its page headers.

Nothing is decided here; the file is told as `page.WordPage`, and what a record does not keep is
counted. The walk through the text is in `body.py`.
"""

from __future__ import annotations

from lxml import etree

from negotiation.papers.docx.body import Walk
from negotiation.papers.docx.draft_paragraph import Draft, Under
from negotiation.papers.docx.names import W, transitional
from negotiation.papers.docx.package import NotAWordFile, Package, opened
from negotiation.papers.docx.page import LeftOut, Paragraph, WordPage

_MAIN = "word/document.xml"


def read_word(source: bytes, name: str) -> WordPage:
    """What a Word file holds; raises `NotAWordFile` or `NotXml`."""
    package = opened(source, name)
    try:
        return _read(package)
    except RecursionError as error:
        raise NotAWordFile(
            f"{name} nests its parts deeper than any text needs; save it again in Word."
        ) from error


def _read(package: Package) -> WordPage:
    _main, root = _document(package)
    body = root.find(W + "body")
    walk = Walk()
    if body is not None:
        walk.story(body, Under())
    return WordPage(
        tuple(_paragraph(draft) for draft in walk.paragraphs),
        left_out=tuple(LeftOut(what, count) for what, count in sorted(walk.left_out.items())),
    )


def _document(package: Package) -> tuple[str, etree._Element]:
    """The name of the part that holds the text, and its root element."""
    named = [part for kind, part in package.related().values() if kind.endswith("/officeDocument")]
    for part in (*named, _MAIN):
        root = package.tree(part)
        if root is not None:
            root = transitional(root)
            if root.tag == W + "document":
                return part, root
    raise NotAWordFile(f"{package.name} holds no Word text; save it again as .docx.")


def _paragraph(draft: Draft) -> Paragraph:
    return Paragraph(
        tuple(draft.spans),
        mark_inserted=draft.mark_inserted,
        mark_struck=draft.mark_struck,
        where=draft.under.where,
        cell=draft.under.cell,
        note=draft.under.note,
    )
