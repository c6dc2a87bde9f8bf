"""Labels and looks of the paragraphs read: what each is called, how deep it stands, its number."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from lxml import etree

from negotiation.papers.docx.draft_paragraph import Draft
from negotiation.papers.docx.names import W, child
from negotiation.papers.docx.numbering import Counter, Numbering
from negotiation.papers.docx.page import Paragraph, Where
from negotiation.papers.docx.styles import Styles

_MAIN = (Where.BODY, Where.CELL)


def labelled(drafts: Sequence[Draft], styles: Styles, numbering: Numbering) -> Iterator[Paragraph]:
    """The paragraphs whole: each label counted twice, over those that stand and that stood.

    Notes and text boxes are numbered apart from the text, as in Word.
    """
    counters = {main: (Counter(numbering), Counter(numbering)) for main in (True, False)}
    for draft in drafts:
        now, before = counters[draft.under.where in _MAIN]
        told = draft.properties
        place = numbering.place(styles, told)
        label = now.label(*place) if place and draft.mark_struck is None else ""
        base = ""
        if draft.mark_inserted is None and (stood := numbering.place(styles, _before(told))):
            base = before.label(*stood)
        yield Paragraph(
            draft.spans,
            styles.name_of(told),
            styles.outline_of(told),
            label,
            base,
            place[1] if place else styles.indent_of(told),
            draft.mark_inserted,
            draft.mark_struck,
            draft.under.where,
            draft.under.cell,
            draft.under.note,
        )


def _before(properties: etree._Element | None) -> etree._Element | None:
    """The properties that a paragraph had before every tracked change of them."""
    changed = child(properties, "pPrChange")
    if changed is not None:
        return child(changed, "pPr")
    added = child(properties, "numPr")
    if properties is None or child(added, "ins") is None:
        return properties
    # Numbering that was added without a change of the other properties.
    bare = copy.deepcopy(properties)
    for one in bare.findall(W + "numPr"):
        bare.remove(one)
    return bare
