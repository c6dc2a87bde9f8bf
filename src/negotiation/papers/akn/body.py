"""Writes preface, preamble and main body: every clause as the element that the standard has for it.

A clause's element carries its id, which follows its identity, and two attributes of our own, its
kind and its level; the words stand in its first `p`, `heading` or `listIntroduction`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs
from lxml import etree

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind
from negotiation.papers.akn.names import akn, held, neg, slug, xml_id
from negotiation.papers.akn.outline import Node, Parts, parts_of
from negotiation.papers.akn.words import Marker, Printed, printed
from negotiation.papers.verbs import VERBS
from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import has_a_place
from negotiation.views.paths import paths
from negotiation.views.readings import Reading
from negotiation.views.signs import spans

_LISTED = (Kind.ITEM, Kind.PARAGRAPH)
_UNSPOKEN = re.compile(r"\s+")


def clause_id(clause: str) -> str:
    """The id of a clause's element: it says who the clause is, and never where it stands."""
    return xml_id("clause", clause)


def first_names(moment: Moment) -> dict[str, str]:
    """What the clauses of the base were called there: `wId`, the id in the original."""
    of_base = tuple(
        attrs.evolve(clause, label=clause.base_label or "")
        for clause in moment.clauses
        if has_a_place(clause, Reading.BASE)
    )
    called = paths(attrs.evolve(moment, clauses=of_base))
    return {
        clause: held(_UNSPOKEN.sub("-", path).replace("#", "~")) for clause, path in called.items()
    }


class Body:
    """The three parts of one document."""

    def __init__(self, moment: Moment, marker: Marker) -> None:
        """The text of a moment, and who writes its words."""
        self.moment = moment
        self.marker = marker
        self.spans = spans(moment)
        self.wids = first_names(moment)
        self.periods: dict[tuple[str, str], str] = {}
        """The times that elements refer to: from which act, to which, and the id."""
        self.levels = {placed.clause: placed.level for placed in moment.negotiation.order}
        self.anchors = _anchors(moment)

    def into(self, statement: etree._Element) -> None:
        """Write all three parts; those without a clause are left out, but for the main body."""
        parts: Parts = parts_of(self.moment.clauses, self.levels)
        if parts.preface:
            preface = etree.SubElement(statement, akn("preface"))
            for node in parts.preface:
                self._set(preface, node)
        if parts.preamble:
            preamble = etree.SubElement(statement, akn("preamble"))
            for node in parts.preamble:
                if node.clause.kind is Kind.HEADING and node.under:
                    self._recitals(preamble, node)
                else:
                    self._set(preamble, node)
        body = etree.SubElement(statement, akn("mainBody"))
        for node in parts.body:
            self._hierarchy(body, node, "paragraph")
        if not parts.body:
            etree.SubElement(body, akn("p"))

    # -- the element of a clause ------------------------------------------------------------------

    def _begun(self, parent: etree._Element, tag: str, node: Node, name: str = "") -> _Begun:
        element = etree.SubElement(parent, akn(tag))
        if name:
            element.set("name", name)
        clause = node.clause
        element.set("eId", clause_id(clause.id))
        if clause.id in self.wids:
            element.set("wId", self.wids[clause.id])
        if period := self._period(clause):
            element.set("period", period)
        if not has_a_place(clause, Reading.OPEN):
            element.set("status", "removed")
        if clause.id in self.anchors:
            element.set("alternativeTo", f"#{clause_id(self.anchors[clause.id])}")
        element.set(neg("kind"), clause.kind.value)
        element.set(neg("level"), str(node.level))
        return _Begun(element, clause, printed(clause, self.spans))

    def _period(self, clause: Clause) -> str:
        new = not has_a_place(clause, Reading.BASE)
        start = self.marker.act(clause.margin.tabled_by) if new else ""
        end = self.marker.act(clause.margin.deleted_by) if clause.margin.deleted_by else ""
        if not start and not end:
            return ""
        known = self.periods.setdefault((start, end), f"time_{len(self.periods) + 1}")
        return f"#{known}"

    def _num(self, holder: etree._Element, begun: _Begun) -> None:
        if begun.clause.label or begun.printed.opening:
            num = etree.SubElement(holder, akn("num"))
            self.marker.label(num, begun.clause, begun.printed.opening)

    def _words(self, holder: etree._Element, begun: _Begun) -> None:
        self.marker.words(holder, begun.clause, begun.printed.words)

    def _paragraph(self, holder: etree._Element, begun: _Begun) -> None:
        """The words as a paragraph, within the element that says what they are."""
        inner = etree.SubElement(holder, akn("p"))
        clause = begun.clause
        match clause.kind:
            case Kind.TITLE:
                inner = etree.SubElement(inner, akn("docTitle"))
            case Kind.HEADER if self._is_symbol(clause):
                inner = etree.SubElement(inner, akn("docNumber"))
            case Kind.NOTE:
                inner = etree.SubElement(inner, akn("remark"), status="editorial")
            case Kind.FOOTNOTE:
                note = etree.SubElement(inner, akn("authorialNote"), placement="bottom")
                if marker := clause.label.strip("[]^ "):
                    note.set("marker", held(marker))
                inner = etree.SubElement(note, akn("p"))
            case _:
                pass
        self._words(inner, begun)

    def _is_symbol(self, clause: Clause) -> bool:
        symbol = self.moment.negotiation.symbol
        return bool(symbol) and symbol in clause.passage.live

    # -- preface and preamble ---------------------------------------------------------------------

    def _set(self, parent: etree._Element, node: Node) -> None:
        """A clause outside the main body, with what stands under it."""
        kind = node.clause.kind
        if kind is Kind.TITLE:
            begun = self._begun(parent, "longTitle", node)
        elif kind is Kind.ENACTING:
            begun = self._begun(parent, "formula", node, "enactingFormula")
        else:
            begun = self._begun(parent, "container", node, kind.value)
        holder = begun.element
        if begun.clause.label or begun.printed.opening:
            # Only a few elements may hold a number, and these may hold one of those.
            holder = etree.SubElement(holder, akn("tblock"))
        self._num(holder, begun)
        self._blocks(holder, begun, node)

    def _blocks(self, holder: etree._Element, begun: _Begun, node: Node) -> None:
        if not node.under:
            self._paragraph(holder, begun)
            return
        block = etree.SubElement(holder, akn("blockList"))
        self._words(etree.SubElement(block, akn("listIntroduction")), begun)
        for one in node.under:
            self._item(block, one, "item")

    def _item(self, parent: etree._Element, node: Node, tag: str) -> None:
        begun = self._begun(parent, tag, node)
        self._num(begun.element, begun)
        self._blocks(begun.element, begun, node)

    def _recitals(self, parent: etree._Element, node: Node) -> None:
        begun = self._begun(parent, "recitals", node)
        self._num(begun.element, begun)
        intro = etree.SubElement(begun.element, akn("intro"))
        self._paragraph(intro, begun)
        for one in node.under:
            self._item(begun.element, one, "recital")

    # -- the main body ----------------------------------------------------------------------------

    def _hierarchy(self, parent: etree._Element, node: Node, listed: str) -> None:
        """A clause of the main body, with what stands under it."""
        kind = node.clause.kind
        if kind is Kind.HEADING:
            self._headed(parent, node)
            return
        if kind in _LISTED:
            begun = self._begun(parent, listed, node)
        else:
            begun = self._begun(parent, "hcontainer", node, kind.value)
        holder = begun.element
        self._num(holder, begun)
        if not node.under:
            self._paragraph(etree.SubElement(holder, akn("content")), begun)
            return
        if kind in _LISTED:
            holder = etree.SubElement(holder, akn("list"))
        self._paragraph(etree.SubElement(holder, akn("intro")), begun)
        for one in node.under:
            self._hierarchy(holder, one, "point" if kind in _LISTED else "paragraph")

    def _headed(self, parent: etree._Element, node: Node) -> None:
        begun = self._begun(parent, "hcontainer", node, _name_of(node.clause))
        holder = begun.element
        self._num(holder, begun)
        self._words(etree.SubElement(holder, akn("heading")), begun)
        under = node.under
        if under and under[0].clause.kind is Kind.CHAPEAU and not under[0].clause.label:
            chapeau, *rest = under
            opened = self._begun(holder, "intro", chapeau)
            if opened.printed.opening:
                everything = (*opened.printed.opening, *opened.printed.words)
                opened = attrs.evolve(opened, printed=Printed((), everything))
            self._paragraph(opened.element, opened)
            under = [*chapeau.under, *rest]
        for one in under:
            self._hierarchy(holder, one, "paragraph")


@attrs.frozen
class _Begun:
    """An element that is being written, its clause, and the clause in pieces."""

    element: etree._Element
    clause: Clause
    printed: Printed


def _name_of(heading: Clause) -> str:
    """A heading's name: the verb that opens a block of a resolution, or what it is."""
    words = heading.passage.live or heading.passage.base
    verb = slug(words.strip(" *_").partition(" ")[0])
    return verb if verb in VERBS else Kind.HEADING.value


def _anchors(moment: Moment) -> Mapping[str, str]:
    """For every clause that is a wording of an open point, the clause with the first wording."""
    first: dict[str, tuple[int, str]] = {}
    for clause in moment.clauses:
        for one in clause.alternatives:
            known = first.get(one.point)
            if one.reach.start is None and (known is None or one.order < known[0]):
                first[one.point] = (one.order, clause.id)
    anchors: dict[str, str] = {}
    for clause in moment.clauses:
        for one in clause.alternatives:
            order, anchor = first.get(one.point, (one.order, clause.id))
            if one.reach.start is None and one.order > order and anchor != clause.id:
                anchors.setdefault(clause.id, anchor)
    return anchors
