"""Walks the text of a Word file: every paragraph with the tracked changes it stands under.

The walk goes through whatever wraps words (links, content controls, tags, fields, tables) and
leaves out what is no words. What a paragraph is called and numbered is told in `styles.py` and
`numbering.py`; comments only have their places noted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import attrs
from lxml import etree

from negotiation.papers.docx.draft_paragraph import Draft, End, Under, settle_base, settle_live
from negotiation.papers.docx.fields import Fields
from negotiation.papers.docx.formula import STRUCTURES, pieces
from negotiation.papers.docx.names import MC, M, W, child, number, on, value
from negotiation.papers.docx.notes import NoteCalls
from negotiation.papers.docx.page import Cell, Span, Touch, Where
from negotiation.papers.docx.symbols import symbol
from negotiation.papers.docx.touches import touch_of

_PROPERTIES = frozenset(
    W + name
    for name in (
        "pPr rPr sdtPr sdtEndPr customXmlPr smartTagPr tblPr tblGrid trPr tcPr tblPrEx sectPr "
        "instrText delInstrText fldData ffData rt rubyPr"
    ).split()
)
_WORDS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_LEFT_OUT = {
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "SmartArt graphic",
}
Anchor = tuple[Draft | None, int]
"""A place while reading: a paragraph and an offset, or ``None`` and the number of the next one."""


@attrs.define
class _Move:
    """The moves open at this place on one side, by the ids of their ranges."""

    names: dict[str, str] = attrs.Factory(dict)
    seen: str = ""
    """The name of the last move that was open in this paragraph."""

    def begin(self, range_: etree._Element) -> None:
        self.seen = value(range_, "name")
        self.names[value(range_, "id")] = self.seen

    def end(self, range_: etree._Element) -> None:
        self.names.pop(value(range_, "id"), None)

    @property
    def name(self) -> str:
        return next(reversed(self.names.values()), "")


class Walk:
    """The paragraphs of one file, gathered in reading order."""

    def __init__(self) -> None:
        self.paragraphs: list[Draft] = []
        self.starts: dict[str, Anchor] = {}
        self.ends: dict[str, Anchor] = {}
        self.references: dict[str, Anchor] = {}
        self.notes = NoteCalls()
        self.left_out: Counter[str] = Counter()
        self._open: Draft | None = None
        self._boxes: list[tuple[etree._Element, Under]] = []
        self._fields = Fields()
        self._run_looked_at: etree._Element | None = None
        self._looks = False, False
        self._from = _Move()
        self._to = _Move()
        self._tables = 0
        self._row = self._column = 0
        self._table = -1
        self._live_chain = self._base_chain = 0
        """Where the stretch of paragraphs begins that the last one may run on from."""

    def story(self, root: etree._Element, under: Under) -> None:
        """Reads one text from its beginning to its end: the body, a note, a text box."""
        outer = self._fields, self._table, self._row, self._column
        self._fields = Fields.of(root)
        self._live_chain = self._base_chain = len(self.paragraphs)
        self._all(root, under)
        self._ends(End.FIRM, End.FIRM)
        self._fields, self._table, self._row, self._column = outer

    def _all(self, parent: etree._Element, under: Under) -> None:
        for one in parent:
            tag = one.tag
            if tag in _PROPERTIES or not isinstance(tag, str):
                continue
            if (special := _SPECIAL.get(tag)) is not None:
                special(self, one, under)
            else:
                if tag in _LEFT_OUT:
                    self.left_out[_LEFT_OUT[tag]] += 1
                self._all(one, under)

    def _paragraph(self, one: etree._Element, under: Under) -> None:
        if self._open is not None:
            # A paragraph inside a paragraph is none of Word's; its words are kept where they stand.
            self._all(one, under)
            return
        self._from.seen, self._to.seen = self._from.name, self._to.name
        draft = self._open = Draft(child(one, "pPr"), under)
        self._all(one, under)
        self._open = None
        inserted, struck = self._marked(child(one, "pPr", "rPr"), seen=True)
        draft.mark_inserted = inserted or under.inserted
        draft.mark_struck = struck or under.struck
        self.paragraphs.append(draft)
        if draft.whole:
            self._flush()

    def _marked(
        self, properties: etree._Element | None, seen: bool = False
    ) -> tuple[Touch | None, Touch | None]:
        """The insertion and the deletion that properties name."""
        if properties is None:
            return None, None
        inserted = struck = None
        for one in properties:
            if one.tag == W + "ins":
                inserted = touch_of(one)
            elif one.tag == W + "del":
                struck = touch_of(one)
            elif one.tag == W + "moveTo":
                inserted = touch_of(one, self._to.seen if seen else self._to.name)
            elif one.tag == W + "moveFrom":
                struck = touch_of(one, self._from.seen if seen else self._from.name)
        return inserted, struck

    def _flush(self) -> None:
        """Text boxes follow the paragraph that they hang on, once it is whole."""
        boxes, self._boxes = self._boxes, []
        for box, under in boxes:
            self.story(box, under)

    def _ends(self, live: End, base: End) -> None:
        if live is not End.NONE:
            settle_live(self.paragraphs[self._live_chain :], live)
            self._live_chain = len(self.paragraphs)
        if base is not End.NONE:
            settle_base(self.paragraphs[self._base_chain :], base)
            self._base_chain = len(self.paragraphs)
        if End.NONE not in (live, base):
            self._flush()

    def _run(self, one: etree._Element, under: Under) -> None:
        self._all(one, under.touched(*self._marked(child(one, "rPr"))))

    def _text(self, one: etree._Element, under: Under) -> None:
        self._write(one.text or "", one, under)

    def _sign(self, one: etree._Element, under: Under) -> None:
        self._write(_WORDS[str(one.tag)], one, under)

    def _symbol(self, one: etree._Element, under: Under) -> None:
        self._write(symbol(value(one, "font"), value(one, "char")), one, under)

    def _note_call(self, one: etree._Element, under: Under) -> None:
        if self._fields.hidden:
            return
        mark = self.notes.called(one, under)
        if value(one, "customMarkFollows") in ("", "0", "false", "off"):
            self._write(mark, one, under)

    def _write(self, words: str, one: etree._Element, under: Under) -> None:
        if self._fields.hidden or not words:
            return
        if self._open is None:
            # Words outside every paragraph: damage, but words; they get a paragraph of their own.
            self.paragraphs.append(Draft(None, under))
            self._open = self.paragraphs[-1]
            self._write(words, one, under)
            self._open = None
            return
        struck, underlined = self._look(one.getparent())
        self._open.write(
            words,
            Span("", under.inserted, under.struck, struck, underlined and not under.link),
        )

    def _look(self, run: etree._Element | None) -> tuple[bool, bool]:
        """How the words of a run are drawn; looked up once for all the words in it."""
        if run is not self._run_looked_at:
            self._run_looked_at, self._looks = run, _drawn(child(run, "rPr"))
        return self._looks

    def _inserted(self, one: etree._Element, under: Under) -> None:
        self._all(one, under.touched(touch_of(one), None))

    def _struck(self, one: etree._Element, under: Under) -> None:
        self._all(one, under.touched(None, touch_of(one)))

    def _moved_to(self, one: etree._Element, under: Under) -> None:
        self._all(one, under.touched(touch_of(one, self._to.name), None))

    def _moved_from(self, one: etree._Element, under: Under) -> None:
        self._all(one, under.touched(None, touch_of(one, self._from.name)))

    def _link(self, one: etree._Element, under: Under) -> None:
        self._all(one, attrs.evolve(under, link=True))

    def _alternatives(self, one: etree._Element, under: Under) -> None:
        """The first choice that holds anything; what older programs would show only without it."""
        for name in ("Choice", "Fallback"):
            for choice in one.iterchildren(MC + name):
                if len(choice):
                    self._all(choice, under)
                    return

    def _box(self, one: etree._Element, under: Under) -> None:
        if not self._fields.hidden:
            self._boxes.append((one, attrs.evolve(under, where=Where.TEXT_BOX, link=False)))

    def _object(self, one: etree._Element, under: Under) -> None:
        """What is embedded is counted by its part; its preview picture is not counted as well."""
        before = self.left_out["picture"]
        self._all(one, under)
        self.left_out["picture"] = before

    def _formula(self, one: etree._Element, under: Under) -> None:
        # Who tracked the structure is told by its control character, as if that were a word.
        control = one.find(f"{M}{str(one.tag)[len(M) :]}Pr/{M}ctrlPr")
        around = under.touched(*self._marked(control)).touched(*self._marked(child(control, "rPr")))
        for piece in pieces(one):
            if isinstance(piece, str):
                self._write(piece, one, around)
            else:
                self._all(piece, under)

    def _field(self, one: etree._Element, _under: Under) -> None:
        self._fields.meet(one)

    def _read_table(self, one: etree._Element, under: Under) -> None:
        gone_live, gone_base = _gone(one, under)
        self._ends(End.NONE if gone_live else End.FIRM, End.NONE if gone_base else End.FIRM)
        outer = self._table, self._row, self._column
        self._table, self._row = self._tables, -1
        self._tables += 1
        self._all(one, under)
        self._table, self._row, self._column = outer

    def _read_row(self, one: etree._Element, under: Under) -> None:
        self._row += 1
        self._column = number(child(one, "trPr", "gridBefore")) or 0
        self._all(one, under.touched(*self._marked(child(one, "trPr"))))

    def _cell(self, one: etree._Element, under: Under) -> None:
        here = Cell(max(self._table, 0), max(self._row, 0), self._column)
        inserted, struck = (
            None if mark is None else touch_of(mark)
            for mark in (child(one, "tcPr", "cellIns"), child(one, "tcPr", "cellDel"))
        )
        inner = under.touched(inserted, struck)
        where = Where.CELL if under.where is Where.BODY else under.where
        self._all(one, attrs.evolve(inner, where=where, cell=here))
        self._ends(End.NONE if inner.struck else End.KEPT, End.NONE if inner.inserted else End.KEPT)
        self._column += number(child(one, "tcPr", "gridSpan")) or 1

    def _comment_start(self, one: etree._Element, _under: Under) -> None:
        self.starts.setdefault(value(one, "id"), self._here())

    def _comment_end(self, one: etree._Element, _under: Under) -> None:
        here = self._here()
        if here[0] is None and self.paragraphs:
            here = self.paragraphs[-1], self.paragraphs[-1].length
        self.ends[value(one, "id")] = here

    def _comment_call(self, one: etree._Element, _under: Under) -> None:
        self.references.setdefault(value(one, "id"), self._here())

    def _here(self) -> Anchor:
        if self._open is None:
            return None, len(self.paragraphs)
        return self._open, self._open.length


_SPECIAL: dict[str, Callable[[Walk, etree._Element, Under], None]] = {
    W + "p": Walk._paragraph,
    W + "r": Walk._run,
    M + "r": Walk._run,
    W + "t": Walk._text,
    W + "delText": Walk._text,
    M + "t": Walk._text,
    W + "sym": Walk._symbol,
    W + "footnoteReference": Walk._note_call,
    W + "endnoteReference": Walk._note_call,
    W + "ins": Walk._inserted,
    W + "del": Walk._struck,
    W + "moveTo": Walk._moved_to,
    W + "moveFrom": Walk._moved_from,
    W + "moveToRangeStart": lambda self, one, _: self._to.begin(one),
    W + "moveToRangeEnd": lambda self, one, _: self._to.end(one),
    W + "moveFromRangeStart": lambda self, one, _: self._from.begin(one),
    W + "moveFromRangeEnd": lambda self, one, _: self._from.end(one),
    W + "hyperlink": Walk._link,
    MC + "AlternateContent": Walk._alternatives,
    W + "txbxContent": Walk._box,
    W + "object": Walk._object,
    W + "fldChar": Walk._field,
    W + "tbl": Walk._read_table,
    W + "tr": Walk._read_row,
    W + "tc": Walk._cell,
    W + "commentRangeStart": Walk._comment_start,
    W + "commentRangeEnd": Walk._comment_end,
    W + "commentReference": Walk._comment_call,
    **dict.fromkeys(_WORDS, Walk._sign),
    **dict.fromkeys(STRUCTURES, Walk._formula),
}


def _drawn(properties: etree._Element | None) -> tuple[bool, bool]:
    """Whether words are struck through by hand, and whether they are underlined."""
    if properties is None:
        return False, False
    struck = on(child(properties, "strike")) or on(child(properties, "dstrike"))
    return struck, value(child(properties, "u")) not in ("", "none")


def _gone(table: etree._Element, under: Under) -> tuple[bool, bool]:
    """Whether every row of a table is gone with all changes accepted, and with all rejected."""
    rows = [child(row, "trPr") for row in table.iterchildren(W + "tr")]
    return (
        under.struck is not None or (bool(rows) and all(_has(row, "del") for row in rows)),
        under.inserted is not None or (bool(rows) and all(_has(row, "ins") for row in rows)),
    )


def _has(properties: etree._Element | None, name: str) -> bool:
    return child(properties, name) is not None
