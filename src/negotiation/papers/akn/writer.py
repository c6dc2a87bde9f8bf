"""Writes a text as one Akoma Ntoso document, valid against the schema of the OASIS standard.

The same text gives the same bytes: nothing is taken from a clock or from chance.
"""

from __future__ import annotations

import attrs
from lxml import etree

from negotiation.domain.ladder import is_adopted
from negotiation.papers.akn.body import Body
from negotiation.papers.akn.meta import meta
from negotiation.papers.akn.names import NEG, SPACES, akn
from negotiation.papers.akn.text import AknText, as_akn_text, notes_kept_back
from negotiation.papers.akn.words import Marker
from negotiation.papers.loss import Loss, losses
from negotiation.views.at_that_time import Moment, Timeline

_HOLD_WORDS = frozenset(akn(name) for name in ("p", "num", "heading", "listIntroduction"))


@attrs.frozen
class Written:
    """A file, and what of the record is not in it."""

    content: bytes
    losses: tuple[Loss, ...] = ()


def as_akoma_ntoso(timeline: Timeline, moment: Moment, *, names: bool = True) -> Written:
    """A moment of this record as a file; one without names has been made so before."""
    content, unfit = document(as_akn_text(timeline, moment, names=names))
    return Written(
        content,
        losses(
            (
                "note that is not for everybody",
                "notes that are not for everybody",
                notes_kept_back(timeline, moment),
            ),
            (
                "decision that waits for the gavel",
                "decisions that wait for the gavel",
                len(moment.negotiation.decisions),
            ),
            (
                "character that other readers of XML see as \ufffd",
                "characters that other readers of XML see as \ufffd",
                unfit,
            ),
        ),
    )


def document(text: AknText) -> tuple[bytes, int]:
    """A text as a file, and how many characters had to be replaced in it."""
    root = etree.Element(akn("akomaNtoso"), nsmap=SPACES)
    statement = etree.SubElement(root, akn("statement"))
    statement.set("name", "resolution" if _adopted(text) else "resolutionDraft")
    statement.set("contains", "multipleVersions")
    marker = Marker((act.first, act.last) for act in text.acts)
    body = Body(text.moment, marker)
    body.into(statement)
    statement.insert(0, meta(text, body))
    etree.cleanup_namespaces(root, top_nsmap={None: SPACES[None], "neg": NEG})
    _indent(root, "\n")
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n", marker.unfit


def _adopted(text: AknText) -> bool:
    """Whether every clause that stands is adopted."""
    standing = [clause for clause in text.moment.clauses if clause.stands]
    return bool(standing) and all(
        clause.agreement is not None and is_adopted(clause.agreement.level) for clause in standing
    )


def _indent(element: etree._Element, line: str) -> None:
    """Set every element that holds no words on a line of its own."""
    if element.tag in _HOLD_WORDS or not len(element):
        return
    element.text = line + "  "
    for child in element:
        _indent(child, line + "  ")
        child.tail = line + "  "
    element[-1].tail = line
