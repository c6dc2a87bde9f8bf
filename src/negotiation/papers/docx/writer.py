"""Writes a page as a Word file: tracked changes, comments, styles, header; always the same bytes.

What is written is what `page` says, and nothing is made up: no time, no chance, no setting of this
machine. Labels are words and a tab, as ITU types them; moves are a deletion and an insertion,
since Word finds files with its own marks of moves unreadable too easily. Tables are not written.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Iterator

import attrs
from lxml import etree

from negotiation.papers.docx import parts
from negotiation.papers.docx.looks import STYLES
from negotiation.papers.docx.page import Comment, Paragraph, Place, Span, Touch, WordPage
from negotiation.papers.docx.sayable import sayable
from negotiation.papers.docx.word_file import Card
from negotiation.papers.marks import FOOTNOTE_MARK

_W = parts.W
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_W16CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
_W16CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_W16DU = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES = {"w": _W, "r": _R, "mc": _MC, "w14": _W14, "w15": _W15, "w16du": _W16DU}
_NAMES |= {"w16cid": _W16CID, "w16cex": _W16CEX}
_IGNORABLE = "w14 w15 w16du w16cid w16cex"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can say: no file of it has any other."""

_BREAKS = re.compile("\t|\r\n|[\n\r\u2028\u2029]")
_RIGHT_TO_LEFT = ("R", "AL")

_STYLE_IDS = {one.name: one.id for one in STYLES}


def written(page: WordPage, card: Card) -> bytes:
    """The bytes of the file."""
    file = _File(page)
    trees = {
        "word/document": file.document(),
        "word/header1": file.header(),
        "docProps/core": _core(card),
    }
    if page.comments:
        trees |= file.comments()
    plain = {
        "word/styles": parts.styles(),
        "word/settings": parts.settings(tracking=card.tracking),
        "word/fontTable": parts.fonts(),
        "word/theme/theme1": parts.theme(),
        "docProps/app": parts.app(),
    }
    names = sorted([*trees, *plain])
    rows = [
        ("[Content_Types].xml", parts.content_types(names)),
        ("_rels/.rels", parts.package_relations()),
        ("word/_rels/document.xml.rels", parts.document_relations(names)),
        *((f"{name}.xml", plain[name] if name in plain else _bytes(trees[name])) for name in names),
    ]
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in rows:
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 0
            archive.writestr(part, content)
    return into.getvalue()


def _bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


class _File:
    """One file in the making: its ids, counted through."""

    def __init__(self, page: WordPage) -> None:
        self._page = page
        # Tracked changes, comments and bookmarks share one row of ids.
        self._ids = itertools.count(len(page.comments) + 1)
        self._numbers = {one.id: str(n) for n, one in enumerate(page.comments, start=1)}
        self._paragraph_ids = itertools.count(1)
        self._begins: dict[Place, list[Comment]] = {}
        self._ends: dict[Place, list[Comment]] = {}
        for one in page.comments:
            self._begins.setdefault(one.start, []).append(one)
            self._ends.setdefault(one.end, []).append(one)
        self._edges: dict[int, set[int]] = {}
        """Where comments begin or end in each paragraph."""
        for place in (*self._begins, *self._ends):
            self._edges.setdefault(place.paragraph, set()).add(place.offset)

    # -- the text ---------------------------------------------------------------------------------

    def document(self) -> etree._Element:
        """The text with its tracked changes."""
        root = _root("document")
        body = _under(root, "body")
        before = Paragraph()
        for number, paragraph in enumerate(self._page.paragraphs):
            self._write(body, number, _apart(before, paragraph))
            before = paragraph
        section = _under(body, "sectPr")
        _under(section, "headerReference", type="default").set(
            f"{{{_R}}}id", parts.relation("header1")
        )
        _under(section, "pgSz", w="11907", h="16840")
        # The head of a page has up to five lines.
        _under(section, "pgMar", top="1985", right="1134", bottom="1418", left="1134",
               header="720", footer="720", gutter="0")  # fmt: skip
        return root

    def _write(self, body: etree._Element, number: int, paragraph: Paragraph) -> None:
        row = self._paragraph(body, paragraph)
        at = 0
        edges = self._edges.get(number, set())
        for span in paragraph.spans:
            end = at + len(span.words)
            calls = FOOTNOTE_MARK.finditer(span.words)
            raised = {at + edge for call in calls for edge in call.span()}
            cuts = sorted({at, end, *(edge for edge in edges | raised if at < edge < end)})
            for low, high in itertools.pairwise(cuts):
                self._comments_at(row, paragraph, number, low)
                self._span(row, span, span.words[low - at : high - at])
            at = end
        self._comments_at(row, paragraph, number, at)

    def _paragraph(self, into: etree._Element, paragraph: Paragraph) -> etree._Element:
        row = _under(into, "p")
        properties = etree.Element(f"{{{_W}}}pPr")
        if paragraph.style:
            _under(properties, "pStyle", val=_STYLE_IDS[paragraph.style])
        if _runs_left(paragraph.words):
            _under(properties, "bidi")
        touches = (("ins", paragraph.mark_inserted), ("del", paragraph.mark_struck))
        if any(touch is not None for _, touch in touches):
            mark = _under(properties, "rPr")
            for name, touch in touches:
                if touch is not None:
                    self._touched(mark, name, touch)
        if len(properties):
            row.append(properties)
        return row

    def _span(self, row: etree._Element, span: Span, words: str) -> None:
        if not (told := sayable(words)):
            return
        into = self._within(row, span.inserted, span.struck)
        run = _under(into, "r")
        looks = etree.Element(f"{{{_W}}}rPr")
        if span.drawn_struck:
            _under(looks, "strike")
        if span.drawn_under:
            _under(looks, "u", val="single")
        if FOOTNOTE_MARK.fullmatch(told):
            _under(looks, "vertAlign", val="superscript")
        if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in told):
            _under(looks, "rtl")
        if len(looks):
            run.append(looks)
        _fill(run, told, "delText" if span.struck is not None else "t")

    def _within(
        self, row: etree._Element, inserted: Touch | None, struck: Touch | None
    ) -> etree._Element:
        """The element that holds a run: what was inserted first and struck then is both."""
        into = row
        if inserted is not None:
            into = self._touched(into, "ins", inserted)
        if struck is not None:
            if inserted is not None and inserted.author == struck.author:
                # LibreOffice forgets both changes where their names are equal to the letter.
                struck = _renamed(struck)
            into = self._touched(into, "del", struck)
        return into

    def _touched(self, into: etree._Element, name: str, touch: Touch) -> etree._Element:
        author = sayable(touch.author) or "Unknown"
        made = _under(into, name, id=str(next(self._ids)), author=author)
        if touch.at is not None:
            made.set(f"{{{_W}}}date", _time(touch.at))
        if touch.utc is not None:
            made.set(f"{{{_W16DU}}}dateUtc", _time(touch.utc))
        return made

    # -- comments ---------------------------------------------------------------------------------

    def _comments_at(
        self, row: etree._Element, paragraph: Paragraph, number: int, offset: int
    ) -> None:
        """The edges of comments at a place: those that end there before those that begin."""
        here = Place(number, offset)
        for one in self._ends.get(here, ()):
            if one.start != here:
                self._comment_ends(row, paragraph, one)
        for one in self._begins.get(here, ()):
            _under(row, "commentRangeStart", id=self._numbers[one.id])
            if one.end == here:
                self._comment_ends(row, paragraph, one)

    def _comment_ends(self, row: etree._Element, paragraph: Paragraph, one: Comment) -> None:
        _under(row, "commentRangeEnd", id=self._numbers[one.id])
        # The sign of a comment on an inserted paragraph goes with it when that is rejected.
        into = self._within(row, paragraph.mark_inserted, paragraph.mark_struck)
        run = _under(into, "r")
        _under(_under(run, "rPr"), "rStyle", val="CommentReference")
        _under(run, "commentReference", id=self._numbers[one.id])

    def comments(self) -> dict[str, etree._Element]:
        """The parts with the words of the comments, their threads and their times."""
        words = _root("comments")
        threads = _root("commentsEx", _W15, "w15")
        ids = _root("commentsIds", _W16CID, "w16cid")
        times = _root("commentsExtensible", _W16CEX, "w16cex")
        last: dict[str, str] = {}
        for one in self._page.comments:
            paragraph_id = last[one.id] = self._comment(words, one)
            thread = etree.SubElement(threads, f"{{{_W15}}}commentEx")
            thread.set(f"{{{_W15}}}paraId", paragraph_id)
            if one.reply_to in last:
                thread.set(f"{{{_W15}}}paraIdParent", last[one.reply_to])
            thread.set(f"{{{_W15}}}done", "1" if one.done else "0")
            durable = paragraph_id
            known = etree.SubElement(ids, f"{{{_W16CID}}}commentId")
            known.set(f"{{{_W16CID}}}paraId", paragraph_id)
            known.set(f"{{{_W16CID}}}durableId", durable)
            if one.utc is not None:
                time = etree.SubElement(times, f"{{{_W16CEX}}}commentExtensible")
                time.set(f"{{{_W16CEX}}}durableId", durable)
                time.set(f"{{{_W16CEX}}}dateUtc", _time(one.utc))
        trees = (words, threads, ids, times)
        return {f"word/{name}": tree for name, tree in zip(parts.COMMENTS, trees, strict=True)}

    def _comment(self, into: etree._Element, one: Comment) -> str:
        author = sayable(one.author) or "Unknown"
        told = _under(into, "comment", id=self._numbers[one.id], author=author)
        if one.at is not None:
            told.set(f"{{{_W}}}date", _time(one.at))
        told.set(f"{{{_W}}}initials", _initials(author))
        paragraph_id = ""
        for line in sayable(one.words).splitlines() or [""]:
            row = _under(told, "p")
            paragraph_id = f"{next(self._paragraph_ids):08X}"
            row.set(f"{{{_W14}}}paraId", paragraph_id)
            _under(_under(row, "pPr"), "pStyle", val="CommentText")
            _fill(_under(row, "r"), line, "t")
        return paragraph_id

    # -- header -----------------------------------------------------------------------------------

    def header(self) -> etree._Element:
        """The header of every page."""
        root = _root("hdr")
        row = _under(root, "p")
        _under(_under(row, "pPr"), "pStyle", val="Header")
        if self._page.headers:
            _fill(_under(row, "r"), sayable("\n".join(self._page.headers)), "t")
        return root


def _apart(before: Paragraph, paragraph: Paragraph) -> Paragraph:
    """The paragraph with its first changes told from the last ones of the paragraph before.

    LibreOffice makes one change of two of the same name on both sides of a paragraph mark, and
    takes the mark between them for a part of it.
    """
    if not before.spans or not paragraph.spans:
        return paragraph
    last, first = before.spans[-1], paragraph.spans[0]
    if before.mark_inserted is None and _one_name(last.inserted, first.inserted):
        first = attrs.evolve(first, inserted=first.inserted and _renamed(first.inserted))
    if before.mark_struck is None and _one_name(last.struck, first.struck):
        first = attrs.evolve(first, struck=first.struck and _renamed(first.struck))
    return attrs.evolve(paragraph, spans=(first, *paragraph.spans[1:]))


def _one_name(one: Touch | None, other: Touch | None) -> bool:
    return one is not None and other is not None and one.author == other.author


def _renamed(touch: Touch) -> Touch:
    """The same name to every reader, and another to a program that compares letters."""
    return attrs.evolve(touch, author=f"{touch.author} ")


# -- pieces ---------------------------------------------------------------------------------------


def _root(name: str, space: str = _W, prefix: str = "w") -> etree._Element:
    names = {prefix: space, **_NAMES}
    root = etree.Element(f"{{{space}}}{name}", nsmap=names)
    root.set(f"{{{_MC}}}Ignorable", _IGNORABLE)
    return root


def _under(into: etree._Element, name: str, **values: str) -> etree._Element:
    made = etree.SubElement(into, f"{{{_W}}}{name}")
    for key, value in values.items():
        made.set(f"{{{_W}}}{key}", value)
    return made


def _fill(run: etree._Element, words: str, name: str) -> None:
    """Put words into a run, with Word's own signs for tabs and line breaks."""
    at = 0
    for found in _BREAKS.finditer(words):
        _text(run, words[at : found.start()], name)
        _under(run, "tab" if found[0] == "\t" else "br")
        at = found.end()
    _text(run, words[at:], name)


def _text(run: etree._Element, words: str, name: str) -> None:
    if words:
        made = _under(run, name)
        made.set(_SPACE, "preserve")
        made.text = words


def _time(at: dt.datetime) -> str:
    return at.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _initials(author: str) -> str:
    return "".join(_first_letters(author))[:4] or "?"


def _first_letters(author: str) -> Iterator[str]:
    for word in author.split():
        yield word[0].upper()


def _runs_left(words: str) -> bool:
    """Whether a paragraph runs from right to left: by its first letter with a direction."""
    for sign in words:
        direction = unicodedata.bidirectional(sign)
        if direction in (*_RIGHT_TO_LEFT, "L"):
            return direction != "L"
    return False


def _core(card: Card) -> etree._Element:
    root = etree.Element(
        f"{{{_CP}}}coreProperties",
        nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI},
    )
    etree.SubElement(root, f"{{{_DC}}}title").text = sayable(card.title)
    etree.SubElement(root, f"{{{_DC}}}creator").text = "negotiation"
    for name in ("created", "modified"):
        made = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        made.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        made.text = _time(card.made.astimezone(dt.UTC))
    return root
