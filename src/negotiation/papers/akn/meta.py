"""The rest of the meta block: life cycle, workflow, what clauses were called, and our own facts."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from lxml import etree

from negotiation.papers.akn.beside import beside_clause, beside_text
from negotiation.papers.akn.body import Body, clause_id
from negotiation.papers.akn.facts import element_of
from negotiation.papers.akn.identity import identification, identity_of
from negotiation.papers.akn.names import ENGINE, akn, xml_id
from negotiation.papers.akn.references import IN_THE_TEXT, author_id, references
from negotiation.papers.akn.text import AknAct, AknText


def meta(text: AknText, body: Body) -> etree._Element:
    """The meta block of a text whose body has been written."""
    block = etree.Element(akn("meta"))
    title = text.moment.negotiation.title
    parts = (
        identification(identity_of(text), title),
        _lifecycle(text),
        _workflow(text),
        _analysis(text, body),
        _temporal(body),
        references(text),
        _proprietary(text),
    )
    block.extend(part for part in parts if len(part))
    return block


def _lifecycle(text: AknText) -> etree._Element:
    """One event for every act that left a trace in the text."""
    block = etree.Element(akn("lifecycle"), source=ENGINE)
    for number, act in enumerate(text.acts):
        event = etree.SubElement(block, akn("eventRef"), eId=f"act_{act.first}", date=act.happened)
        event.set("source", _by(act))
        event.set("type", "amendment" if number else "generation")
        if act.meeting:
            event.set("refersTo", f"#{xml_id('meeting', act.meeting)}")
        event.append(element_of("act", act))
    return block


def _by(act: AknAct) -> str:
    return f"#{author_id(act)}" if act.by else ENGINE


@attrs.frozen
class _Step:
    entry: int
    outcome: str
    shown: str
    clause: str = ""


def _steps(text: AknText) -> Iterator[_Step]:
    whole = text.moment.negotiation
    for document in whole.documents:
        yield _Step(document.entry, "received", document.symbol or document.name)
    for issued in whole.issued:
        yield _Step(issued.entry, "issued", issued.symbol)
    for clause in text.moment.clauses:
        if clause.agreement is not None:
            yield _Step(clause.agreement.entry, "agreed", clause.agreement.level, clause.id)


def _workflow(text: AknText) -> etree._Element:
    """The steps of the procedure: texts that came in and went out, words that were agreed."""
    block = etree.Element(akn("workflow"), source=ENGINE)
    found: dict[tuple[AknAct, str, str], list[str]] = {}
    for step in sorted(_steps(text), key=lambda one: one.entry):
        act = text.act_of(step.entry)
        if act is not None:
            about = found.setdefault((act, step.outcome, step.shown), [f"#act_{act.first}"])
            about += [f"#{clause_id(step.clause)}"] if step.clause else []
    for (act, outcome, shown), about in found.items():
        element = etree.SubElement(block, akn("step"), date=act.happened, by=_by(act))
        if act.by:
            element.set("as", f"#role_{act.capacity.value}")
        element.set("outcome", f"#outcome_{outcome}")
        element.set("refersTo", " ".join(about))
        element.append(element_of("step", _Shown(shown)))
    return block


@attrs.frozen
class _Shown:
    shown: str


def _analysis(text: AknText, body: Body) -> etree._Element:
    """What relabelled clauses were called in the base, and all that stands beside the words."""
    block = etree.Element(akn("analysis"), source=ENGINE)
    mappings = etree.Element(akn("mappings"), source=ENGINE)
    other = etree.Element(akn("otherAnalysis"), source=ENGINE)
    for clause in text.moment.clauses:
        current = f"#{clause_id(clause.id)}"
        if clause.id in body.wids and clause.base_label not in (None, clause.label):
            mapping = etree.SubElement(mappings, akn("mapping"))
            mapping.set("original", f"#{body.wids[clause.id]}")
            mapping.set("current", current)
        other.append(element_of("clause", beside_clause(clause, current)))
    block.extend(part for part in (mappings, other) if len(part))
    return block


def _temporal(body: Body) -> etree._Element:
    """From when to when clauses belong to the text, where that is not for all of its time."""
    block = etree.Element(akn("temporalData"), source=ENGINE)
    for (start, end), name in body.periods.items():
        group = etree.SubElement(block, akn("temporalGroup"), eId=name)
        interval = etree.SubElement(group, akn("timeInterval"), refersTo=f"#{IN_THE_TEXT}")
        if start:
            interval.set("start", start)
        if end:
            interval.set("end", end)
    return block


def _proprietary(text: AknText) -> etree._Element:
    block = etree.Element(akn("proprietary"), source=ENGINE)
    moment = text.moment
    block.append(element_of("text", beside_text(moment.negotiation, moment.at, text.when)))
    return block
