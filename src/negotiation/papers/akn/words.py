"""The words of a clause with every mark on them, as inline elements, and back.

Whatever is not inside a `del` reads as the live text, whoever reads it: words that were put in and
not retained are an `ins` around a `del`, and a strike that was not retained is no `del` any more.
Bracket signs are inline elements at both ends, since a pair may open in one clause and close in
another; what they say of the point stands beside the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

import attrs
from lxml import etree

from negotiation.domain.clause import Clause
from negotiation.papers.akn.names import akn, character, held, neg, released, unfit, xml_id
from negotiation.text.passage import Fate, Mark, Passage, Run, Standing, joined
from negotiation.views.pieces import Piece, Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans

OPENS, CLOSES = "bracketOpen", "bracketClose"
_FALLEN = "strikeNotRetained"
_PRESUMED = "presumedBase"
_CHARACTER = "character"
_INSTEAD = "\ufffd"
"""Stands for a character that XML cannot hold."""
_SIGNS = (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)


@attrs.frozen
class Printed:
    """A clause in pieces: what opens before its label, and the rest."""

    opening: tuple[Piece, ...]
    words: tuple[Piece, ...]


def printed(clause: Clause, spans: Spans) -> Printed:
    """The pieces of a clause with all its marks, and where its brackets are printed."""
    row = pieces(clause, Reading.MARKED, spans)
    return Printed(
        tuple(piece for piece in row if piece.before_label),
        tuple(piece for piece in row if not piece.before_label),
    )


# -- writing --------------------------------------------------------------------------------------


class Marker:
    """Writes words and marks; it knows by which act an entry was made."""

    def __init__(self, acts: Iterable[tuple[int, int]]) -> None:
        """``acts`` are the first and the last entry of each, in order."""
        rows = list(acts)
        self._firsts = [first for first, _ in rows]
        self._lasts = [last for _, last in rows]
        self.unfit = 0
        """How many characters were replaced, since no XML file can hold them."""

    def act(self, entry: int) -> str:
        """The reference to the act that an entry belongs to; empty where it is not in the file."""
        place = bisect_right(self._firsts, entry) - 1
        there = place >= 0 and entry <= self._lasts[place]
        return f"#act_{self._firsts[place]}" if there else ""

    def label(self, holder: etree._Element, clause: Clause, opening: tuple[Piece, ...]) -> None:
        """Put the label, and the brackets that open before it, into an element."""
        for piece in opening:
            holder.append(self.sign(clause, piece))
        if clause.label:
            gone = clause.margin.label_struck or clause.passage.gone
            into = etree.SubElement(holder, akn("del")) if gone else holder
            self._say(into, clause.label)

    def words(self, holder: etree._Element, clause: Clause, row: Iterable[Piece]) -> None:
        """Put the words of a clause, with their marks, into an element."""
        runs = clause.passage.runs
        ends = list(accumulate(clause.passage.sizes))
        for piece in row:
            if piece.sort in _SIGNS:
                holder.append(self.sign(clause, piece))
            else:
                run = runs[bisect_right(ends, piece.start)]
                self._say(self._wrapped(holder, run), piece.words)

    def sign(self, clause: Clause, piece: Piece) -> etree._Element:
        """A bracket sign of an open point, or around undecided words."""
        element = etree.Element(akn("inline"))
        opens = piece.sort is Sort.BRACKET_OPEN
        element.set("name", OPENS if opens else CLOSES)
        element.text = piece.words
        if not piece.point:
            if clause.proposal(piece.source) is not None:
                element.set("refersTo", f"#{xml_id('proposal', piece.source)}")
            return element
        element.set("refersTo", f"#{xml_id('point', piece.point)}")
        length = len(clause.passage.words)
        for one in clause.alternatives:
            low, high = one.reach.within(length)
            if one.point == piece.point and piece.start == (low if opens else high):
                element.set(neg("wording"), str(one.order))
                break
        bracket = clause.bracket(piece.point)
        if opens and bracket is not None and bracket.holders:
            holders = [f"#{xml_id('party', holder)}" for holder in bracket.holders]
            element.set(neg("holders"), " ".join(holders))
        return element

    def _wrapped(self, holder: etree._Element, run: Run) -> etree._Element:
        """The innermost of the elements that say how these words came to stand as they do."""
        inner = holder
        if run.presumed:
            inner = etree.SubElement(inner, akn("inline"), name=_PRESUMED)
        mark = run.inserted_by
        if mark is not None:
            inner = self._marked(etree.SubElement(inner, akn("ins")), mark)
            if not mark.counts:
                inner = etree.SubElement(inner, akn("del"))
                inner.set(neg("not-retained"), "true")
                if act := self.act(mark.fates[-1].entry):
                    inner.set("refersTo", act)
        for strike in run.struck_by:
            if strike.counts:
                inner = etree.SubElement(inner, akn("del"))
            else:
                inner = etree.SubElement(inner, akn("inline"), name=_FALLEN)
            self._marked(inner, strike)
        return inner

    def _marked(self, element: etree._Element, mark: Mark) -> etree._Element:
        refers = [self.act(mark.entry)]
        if mark.source:
            refers.append(f"#{xml_id('proposal', mark.source)}")
        if any(refers):
            element.set("refersTo", " ".join(one for one in refers if one))
        element.set("class", mark.standing.value)
        element.set(neg("entry"), str(mark.entry))
        if mark.source:
            element.set(neg("proposal"), held(mark.source))
        if mark.fates:
            fates = " ".join(f"{fate.entry}:{fate.standing.value}" for fate in mark.fates)
            element.set(neg("fates"), fates)
        return element

    def _say(self, holder: etree._Element, words: str) -> None:
        at = 0
        for place, missing in unfit(words):
            _append(holder, words[at:place])
            instead = etree.SubElement(holder, akn("inline"), name=_CHARACTER)
            instead.set(neg("code"), f"{ord(missing):x}")
            instead.text = _INSTEAD
            self.unfit += 1
            at = place + 1
        _append(holder, words[at:])


def _append(holder: etree._Element, words: str) -> None:
    if not words:
        return
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + words
    else:
        holder.text = (holder.text or "") + words


# -- reading --------------------------------------------------------------------------------------


def label_in(holder: etree._Element) -> str:
    """The label that an element holds, without the brackets before it."""
    return "".join(words for words, _ in _stretches(holder, ()))


def passage_in(holder: etree._Element) -> Passage:
    """The words that an element holds, with their marks."""
    return Passage(joined(_run(words, around) for words, around in _stretches(holder, ())))


_Around = tuple[etree._Element, ...]


def _stretches(element: etree._Element, around: _Around) -> Iterator[tuple[str, _Around]]:
    """The words in an element, each with the marks around them, the outermost first."""
    if element.text:
        yield element.text, around
    for child in element:
        name = child.get("name") if child.tag == akn("inline") else ""
        if name == _CHARACTER:
            yield character(child.get(neg("code"), "fffd")), around
        elif isinstance(child.tag, str) and name not in (OPENS, CLOSES):
            marks = child.tag in (akn("ins"), akn("del")) or name in (_FALLEN, _PRESUMED)
            yield from _stretches(child, (*around, child) if marks else around)
        if child.tail:
            yield child.tail, around


def _run(words: str, around: _Around) -> Run:
    inserted: Mark | None = None
    struck: list[Mark] = []
    presumed = False
    for element in around:
        if element.get("name") == _PRESUMED:
            presumed = True
        elif element.get(neg("not-retained")):
            continue
        elif element.tag == akn("ins"):
            inserted = _mark(element)
        else:
            struck.append(_mark(element))
    return Run(words, inserted, tuple(struck), presumed)


def _mark(element: etree._Element) -> Mark:
    fates: list[Fate] = []
    for told in element.get(neg("fates"), "").split():
        entry, _, standing = told.partition(":")
        fates.append(Fate(int(entry), Standing(standing)))
    return Mark(
        int(element.get(neg("entry"), "0")),
        released(element.get(neg("proposal"), "")),
        tuple(fates),
    )
