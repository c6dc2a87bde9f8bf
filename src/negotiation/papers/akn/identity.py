"""The addresses of a text as a work and as an expression of it, and the rest of `identification`.

One work is one text from its first draft to its adoption; each revision is an expression of it.
Shapes follow AKN4UN: ``/akn/un/statement/deliberation/BODY/YEAR/NUMBER`` and ``/LANGUAGE@DATE``.
"""

from __future__ import annotations

import datetime as dt

import attrs
from lxml import etree

from negotiation.papers.akn.language import language_of
from negotiation.papers.akn.names import ENGINE, akn, held, slug
from negotiation.papers.akn.text import AknText
from negotiation.views.on_the_page import whole
from negotiation.views.readings import Reading
from negotiation.views.versions import revision_of

BODY = "body"
"""The id of the body whose text it is."""
_BEFORE_ALL = dt.date(1970, 1, 1)


@attrs.frozen
class Identity:
    """What a text is called in the world of addresses."""

    work: str
    expression: str
    begun: str
    """The day of the first draft."""
    date: str
    """The day of the last act."""
    language: str
    symbol: str
    version: str
    number: str


def identity_of(text: AknText) -> Identity:
    """The addresses of a text."""
    last = dt.datetime.fromisoformat(text.when).date() if text.when else None
    negotiation = text.moment.negotiation
    dates = [one.date for one in negotiation.documents if one.date is not None]
    acts = [dt.datetime.fromisoformat(one.happened).date() for one in text.acts]
    begun = min(dates) if dates else min(acts, default=last or _BEFORE_ALL)
    date = max([begun, last or begun])
    symbol = negotiation.symbol
    known = revision_of(symbol)
    stem, revision = known if known is not None else (symbol, 0)
    number = slug(stem) or slug(negotiation.id) or "draft"
    body = slug(negotiation.body) or slug(negotiation.conventions) or "body"
    language = language_of("\n".join(one.words for one in whole(text.moment, Reading.LIVE)))
    work = f"/akn/un/statement/deliberation/{body}/{begun.year:04}/{number}"
    expression = f"{work}/{language}@{date.isoformat()}"
    return Identity(
        work,
        expression,
        begun.isoformat(),
        date.isoformat(),
        language,
        symbol,
        f"Rev.{revision}" if revision else "",
        number,
    )


def identification(one: Identity, title: str) -> etree._Element:
    """The first part of the meta block."""
    block = etree.Element(akn("identification"), source=ENGINE)
    work = _level(block, "FRBRWork", one.work, one.begun, "generation")
    if one.symbol:
        _before_date(work, "FRBRalias", value=one.symbol, name="symbol")
    if title:
        _before_date(work, "FRBRalias", value=title, name="title")
    etree.SubElement(work, akn("FRBRcountry"), value="un")
    etree.SubElement(work, akn("FRBRsubtype"), value="deliberation")
    etree.SubElement(work, akn("FRBRnumber"), value=one.number)
    etree.SubElement(work, akn("FRBRauthoritative"), value="false")
    expression = _level(block, "FRBRExpression", one.expression, one.date, "version")
    if one.version:
        etree.SubElement(expression, akn("FRBRversionNumber"), value=one.version)
    etree.SubElement(expression, akn("FRBRauthoritative"), value="false")
    etree.SubElement(expression, akn("FRBRlanguage"), language=one.language)
    manifestation = _level(block, "FRBRManifestation", one.expression, one.date, "export")
    etree.SubElement(manifestation, akn("FRBRformat"), value="application/akn+xml")
    return block


def _level(block: etree._Element, tag: str, uri: str, date: str, name: str) -> etree._Element:
    level = etree.SubElement(block, akn(tag))
    etree.SubElement(level, akn("FRBRthis"), value=f"{uri}/!main")
    etree.SubElement(level, akn("FRBRuri"), value=uri)
    etree.SubElement(level, akn("FRBRdate"), date=date, name=name)
    etree.SubElement(level, akn("FRBRauthor"), href=f"#{BODY}", attrib={"as": "#role_author"})
    return level


def _before_date(level: etree._Element, tag: str, **attributes: str) -> None:
    date = level.find(akn("FRBRdate"))
    if date is not None:
        element = etree.Element(akn(tag))
        for name, value in attributes.items():
            element.set(name, held(value))
        date.addprevious(element)
