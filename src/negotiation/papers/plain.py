"""Writes a reading as plain text: one paragraph a clause, with its brackets and strikes."""

from __future__ import annotations

from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import whole
from negotiation.views.readings import AsProposedBy, Reading


def as_plain(moment: Moment, reading: Reading | AsProposedBy) -> str:
    """The whole text in a reading, with a line feed at the end."""
    return "\n\n".join(printed.line for printed in whole(moment, reading)) + "\n"
