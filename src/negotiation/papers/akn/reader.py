"""Reads back what the writer wrote: the text of a moment, what stands on it, and its acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind, Placed
from negotiation.papers.akn.beside import BesideClause, BesideText, clause_of, negotiation_of
from negotiation.papers.akn.body import clause_id
from negotiation.papers.akn.facts import fact_of
from negotiation.papers.akn.names import akn, named_by, neg
from negotiation.papers.akn.text import AknAct, AknText, entries_in
from negotiation.papers.akn.words import label_in, passage_in
from negotiation.papers.page_text import NotReadable
from negotiation.papers.xml_file import parsed
from negotiation.text.passage import Passage
from negotiation.views.at_that_time import Moment

_WORDS = frozenset(akn(name) for name in ("p", "heading", "listIntroduction"))


class NotOurs(NotReadable):
    """The file is no text that the writer wrote; the message says what it is."""


def read(source: bytes, name: str) -> AknText:
    """The text that a file holds; raises `NotOurs`, and `NotXml` for what is no XML."""
    root = parsed(source, name)
    if root.tag != akn("akomaNtoso"):
        raise NotOurs(
            f"{name} is XML, and no Akoma Ntoso text; "
            "`export FILE.xml` writes the kind that can be read."
        )
    beside = root.find(f".//{akn('proprietary')}/{neg('text')}")
    if beside is None:
        raise NotOurs(
            f"{name} is an Akoma Ntoso text that `export` did not write, so it does not say which "
            "words are whose; save it as plain text and import that."
        )
    try:
        return _text(root, fact_of(beside, BesideText))
    except (ValueError, TypeError, OverflowError) as fault:
        raise NotOurs(
            f"{name} was written by `export` and has been changed since, so that it cannot be read "
            f"any more ({_in_one_line(fault)})."
        ) from fault


def _text(root: etree._Element, beside: BesideText) -> AknText:
    facts: dict[str, BesideClause] = {}
    for element in root.iterfind(f".//{akn('otherAnalysis')}/{neg('clause')}"):
        fact = fact_of(element, BesideClause)
        facts[fact.href] = fact
    clauses: list[Clause] = []
    order: list[Placed] = []
    for element in root.iter():
        kind = element.get(neg("kind")) if isinstance(element.tag, str) else None
        if kind is None:
            continue
        clause = _clause(element, Kind(kind), facts)
        clauses.append(clause)
        order.append(Placed(clause.id, int(element.get(neg("level"), "0"))))
    if len({clause.id for clause in clauses}) < len(clauses):
        raise ValueError("one id is given to two clauses")
    if not all(clause.margin.tabled_by for clause in clauses):
        raise ValueError("a clause says not which act tabled it")
    acts = [fact_of(one, AknAct) for one in root.iterfind(f".//{akn('eventRef')}/{neg('act')}")]
    for when in (beside.when, *(act.happened for act in acts)):
        if when and dt.datetime.fromisoformat(when).tzinfo is None:
            raise ValueError(f"the time {when} says no zone")
    whole = negotiation_of(beside, order)
    text = AknText(Moment(beside.at, whole, tuple(clauses)), tuple(acts), beside.when)
    for entry in entries_in((whole, text.moment.clauses)):
        if text.act_of(entry) is None:
            raise ValueError(f"nothing is said of the act of entry {entry}")
    return text


def _clause(element: etree._Element, kind: Kind, facts: dict[str, BesideClause]) -> Clause:
    name = named_by(element.get("eId", ""))
    beside = facts.get(f"#{clause_id(name)}")
    if not name or "/" in name or beside is None:
        raise ValueError(f"nothing is said of the clause with the id {element.get('eId')}")
    label, passage = "", Passage()
    for holder in _holders(element):
        if holder.tag == akn("num"):
            label = label_in(holder)
        else:
            passage = passage_in(holder)
    clause = clause_of(name, kind, label, passage, beside)
    length = len(passage.words)
    places = [one.reach.within(length) for one in clause.brackets]
    places += [one.reach.within(length) for one in clause.alternatives]
    places += [(one.start, one.end) for one in clause.printed]
    if not all(0 <= start <= end <= length for start, end in places):
        raise ValueError(f"a place lies outside the words of the clause with the id {name}")
    return clause


def _holders(element: etree._Element) -> Iterator[etree._Element]:
    """The elements that hold the label and the words of a clause, not those of others under it."""
    for child in element:
        if child.tag == akn("num") or child.tag in _WORDS:
            yield child
        elif isinstance(child.tag, str) and child.get(neg("kind")) is None:
            yield from _holders(child)


def _in_one_line(fault: Exception) -> str:
    return " ".join(str(fault).split()).replace(". ", ", ").rstrip(".")
