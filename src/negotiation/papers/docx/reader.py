"""Reads a Word file: its paragraphs with every tracked change, its comments, its page headers.

Nothing is decided here; the file is told as `page.WordPage`, and what a record does not keep is
counted. The walk through the text is in `body.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from negotiation.papers.crowded import MOST_CLAUSES
from negotiation.papers.docx.body import Walk
from negotiation.papers.docx.comments import read_comments
from negotiation.papers.docx.draft_paragraph import Under
from negotiation.papers.docx.labels import labelled
from negotiation.papers.docx.names import R, W, child, transitional, value
from negotiation.papers.docx.numbering import Numbering
from negotiation.papers.docx.package import NotAWordFile, Package, opened
from negotiation.papers.docx.page import LeftOut, Where, WordPage
from negotiation.papers.docx.styles import Styles

_CHANGES = {
    **dict.fromkeys(
        "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange trPrChange "
        "tcPrChange".split(),
        "change of formatting",
    ),
    "numberingChange": "change of numbering",
    "cellMerge": "change of merged cells",
}
_NOTES = {Where.FOOTNOTE: "footnote", Where.ENDNOTE: "endnote"}


def read_word(source: bytes, name: str) -> WordPage:
    """What a Word file holds; raises `NotAWordFile` or `NotXml`."""
    package = opened(source, name)
    try:
        return _File(package).page()
    except RecursionError as error:
        raise NotAWordFile(
            f"{name} nests its parts deeper than any text needs; save it again in Word."
        ) from error


class _File:
    """The text of one file and the parts that belong to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = transitional(package.document())
        self._related = package.related(package.main)

    def page(self) -> WordPage:
        """The file as plain facts."""
        self._refuse_endless()
        walk = Walk()
        settings = self._related_tree("settings")
        for where, kind in _NOTES.items():
            if form := value(child(settings, f"{kind}Pr", "numFmt")):
                walk.notes.forms[where] = form
        walk.story(self._root, Under())
        roots = [self._root, *self._notes(walk)]
        comments, lost = read_comments(self._related_tree, walk)
        left_out = walk.left_out + _changes(roots)
        left_out["comment without a place"] += lost
        left_out.update({one.what: one.count for one in self._package.left_alone()})
        left_out["line of a page footer"] += sum(1 for _ in self._lines("footer"))
        styles = Styles(self._related_tree("styles"))
        numbering = Numbering(self._related_tree("numbering"))
        return WordPage(
            tuple(labelled(walk.paragraphs, styles, numbering)),
            comments,
            tuple(self._lines("header")),
            tuple(LeftOut(what, count) for what, count in sorted(left_out.items()) if count),
        )

    def _refuse_endless(self) -> None:
        """Before the walk: counting is quick, and reading what is refused in the end is not."""
        number = sum(1 for _ in self._root.iter(W + "p"))
        if number > MOST_CLAUSES:
            raise NotAWordFile(
                f"{self._package.name} holds {number:,} paragraphs and a draft at most "
                f"{MOST_CLAUSES:,}; send it in parts."
            )

    def _related_tree(self, kind: str) -> etree._Element | None:
        """The part that the text relates to in this way."""
        for type_, part in self._related.values():
            if type_.rpartition("/")[2] == kind:
                return self._tree(part)
        return None

    def _tree(self, part: str) -> etree._Element | None:
        root = self._package.tree(part)
        return None if root is None else transitional(root)

    def _notes(self, walk: Walk) -> Iterator[etree._Element]:
        """Reads the notes behind the text, in the order that it calls them; tells their roots."""
        for where, kind in _NOTES.items():
            root = self._related_tree(f"{kind}s")
            if root is None:
                continue
            known = {value(one, "id"): one for one in root.iterchildren(W + kind)}
            # A note may call another one: what is called while reading is read as well.
            for call in walk.notes.of(where):
                if (note := known.get(call.id)) is not None:
                    walk.story(note, Under(call.inserted, call.struck, where, note=call.number))
            yield root

    def _lines(self, kind: str) -> Iterator[str]:
        """The lines of the page headers, or footers, each once, as the sections name them."""
        read: set[str] = set()
        seen: set[str] = set()
        for reference in self._root.iter(W + f"{kind}Reference"):
            _type, part = self._related.get(reference.get(R + "id", ""), ("", ""))
            root = None if not part or part in read else self._tree(part)
            read.add(part)
            if root is None:
                continue
            walk = Walk()
            walk.story(root, Under())
            for one in walk.paragraphs:
                words = "".join(span.words for span in one.spans if span.live)
                for line in (line.strip() for line in words.split("\n")):
                    if line and line not in seen:
                        seen.add(line)
                        yield line


def _changes(roots: list[etree._Element]) -> Counter[str]:
    """The tracked changes that are none of words, counted by what they change."""
    found: Counter[str] = Counter()
    for root in roots:
        for name, what in _CHANGES.items():
            found[what] += sum(1 for _ in root.iter(W + name))
        found["change of numbering"] += sum(
            1 for one in root.iter(W + "numPr") if child(one, "ins") is not None
        )
    return found
