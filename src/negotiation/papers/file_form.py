"""How a file is set: the signs of headings and bullets, which tell nothing of the text.

A page typed in one editor and saved by another differs in them, and is the same page.
"""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.events import ClauseReprinted, DocumentReceived
from negotiation.domain.terms import Kind
from negotiation.papers.first_page import FirstPage
from negotiation.papers.furniture import parted

_SIGNS_OF_FORM = str.maketrans("", "", "#*- \t")


def in_our_form(page: FirstPage) -> bool:
    """Whether a page is set as the files are that go out with a version."""
    leads = {(one.kind, parted(one.margin.lead)[1]) for one in page.clauses}
    set_so = {lead for kind, lead in leads if kind is Kind.HEADING}
    return (Kind.TITLE, "# ") in leads and set_so == {"## "}


def form_alone(event: object, clause: Clause | None) -> bool:
    """Whether an event tells of the file's own form, and nothing of the text."""
    if isinstance(event, DocumentReceived):
        return True
    if not isinstance(event, ClauseReprinted) or clause is None:
        return False
    margin = clause.margin
    unlabelled = not clause.label and {event.kind, clause.kind} == {Kind.ITEM, Kind.PARAGRAPH}
    return (
        # An item that lost its label reads as any paragraph does.
        (event.kind is clause.kind or unlabelled)
        and event.label_struck is margin.label_struck
        and event.printed == clause.printed
        and _unsigned(event.lead, clause.label) == _unsigned(margin.lead, clause.label)
    )


def _unsigned(lead: str, label: str) -> tuple[str, str]:
    """A lead without the signs by which Markdown tells headings and bullets."""
    furniture, own = parted(lead)
    if not label:
        own = own.replace("{label}", "")
    return furniture, own.translate(_SIGNS_OF_FORM)
