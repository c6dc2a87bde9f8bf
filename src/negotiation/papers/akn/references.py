"""Everybody and everything that the rest of a file refers to by id: persons, parties, points.

What is only of our own kind (an open point, a proposal) is a concept or an object of the standard's
ontology, so that every reference leads somewhere also for whoever ignores our namespace.
"""

from __future__ import annotations

import attrs
from lxml import etree

from negotiation.domain.terms import BracketKind
from negotiation.papers.akn.identity import BODY
from negotiation.papers.akn.names import ENGINE, akn, held, slug, xml_id
from negotiation.papers.akn.text import AknAct, AknText
from negotiation.text.passage import marks_of

IN_THE_TEXT = "in-the-text"
"""The id of the concept that a clause belongs to the text for a time."""
OUTCOMES = ("received", "issued", "agreed")


@attrs.frozen
class _Reference:
    tag: str
    id: str
    kind: str
    shown: str
    name: str = ""

    @property
    def href(self) -> str:
        return f"/akn/ontology/{self.kind}/un/{slug(self.name or self.shown) or self.id}"


def author_id(act: AknAct) -> str:
    """The id of whoever made an act: a person, or the party itself where nobody is named."""
    return xml_id("party" if act.by == act.behalf else "person", act.by)


def references(text: AknText) -> etree._Element:
    """The block of references, each thing once."""
    block = etree.Element(akn("references"), source=ENGINE)
    known: dict[str, _Reference] = {}
    for one in (*_always(text), *_people(text), *_parties(text), *_things(text)):
        known.setdefault(one.id, one)
    for one in known.values():
        element = etree.SubElement(block, akn(one.tag), eId=one.id, href=one.href)
        element.set("showAs", held(one.shown))
    return block


def _always(text: AknText) -> list[_Reference]:
    body = text.moment.negotiation.body or "the negotiating body"
    return [
        _Reference("TLCOrganization", BODY, "organization", body),
        _Reference("TLCProcess", ENGINE[1:], "process", "negotiation"),
        _Reference("TLCRole", "role_author", "role", "author"),
        _Reference("TLCConcept", IN_THE_TEXT, "concept", "in the text"),
        *(_Reference("TLCConcept", f"outcome_{one}", "concept", one) for one in OUTCOMES),
    ]


def _people(text: AknText) -> list[_Reference]:
    found: list[_Reference] = []
    for act in text.acts:
        if act.by:
            if act.by != act.behalf:
                found.append(_Reference("TLCPerson", author_id(act), "person", act.by))
            role = act.capacity.value
            found.append(_Reference("TLCRole", f"role_{role}", "role", role))
        if act.meeting:
            meeting = xml_id("meeting", act.meeting)
            found.append(_Reference("TLCEvent", meeting, "event", act.meeting))
    return found


def _parties(text: AknText) -> list[_Reference]:
    negotiation = text.moment.negotiation
    codes = [one.code for one in negotiation.parties]
    codes += [act.behalf for act in text.acts if act.behalf]
    for clause in text.moment.clauses:
        for proposal in clause.proposals:
            codes += (*proposal.sponsors, *proposal.supporters)
        for bracket in clause.brackets:
            codes += bracket.holders
        for one in clause.alternatives:
            codes += one.sponsors
        codes += [one.party for one in clause.margin.positions]
    return [
        _Reference(
            "TLCOrganization",
            xml_id("party", code),
            "organization",
            negotiation.party(code).shown or code,
        )
        for code in codes
        if code
    ]


def _things(text: AknText) -> list[_Reference]:
    found: list[_Reference] = []
    for clause in text.moment.clauses:
        for bracket in clause.brackets:
            said = "group" if bracket.kind is BracketKind.OUTER else bracket.kind.value
            holders = ", ".join(text.moment.negotiation.party(h).shown for h in bracket.holders)
            shown = f"open point, {said}" + (f", held by {holders}" if holders else "")
            if bracket.status:
                shown += f", {bracket.status}"
            if bracket.begins:
                # Its first share knows who holds it, and that one is listed.
                point = xml_id("point", bracket.point)
                found.append(_Reference("TLCConcept", point, "concept", shown, bracket.point))
        for one in clause.proposals:
            said = " ".join(part for part in (one.kind, one.symbol, *one.sponsors) if part)
            proposal = xml_id("proposal", one.id)
            found.append(_Reference("TLCObject", proposal, "object", said, one.id))
    for clause in text.moment.clauses:
        named = [bracket.point for bracket in clause.brackets]
        named += [one.point for one in clause.alternatives]
        for name in named:
            point = xml_id("point", name)
            found.append(_Reference("TLCConcept", point, "concept", "open point", name))
        sources = [mark.source for run in clause.passage.runs for mark in marks_of(run)]
        for name in sources:
            if name:
                proposal = xml_id("proposal", name)
                found.append(_Reference("TLCObject", proposal, "object", "proposal", name))
    return found
