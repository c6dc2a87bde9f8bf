"""One line of the record: an event, with all that is known about how it came to be.

An act is one person's one purpose; its entries stand and fall together. Numbers are dense within
a negotiation and are ours: the store's own ids may have gaps.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from negotiation.domain.events import Event
from negotiation.domain.people import Capacity, Visibility


class Bound(enum.Enum):
    """How exactly a time is known."""

    AT = "at"
    NOT_LATER = "not later than"
    NOT_EARLIER = "not earlier than"


@attrs.frozen
class Moment:
    """A time with its bound; aware, in UTC unless the source said otherwise."""

    at: dt.datetime
    bound: Bound = Bound.AT


@attrs.frozen
class Act:
    """What the entries of one act share: who did it, when, for whom."""

    id: str
    written: dt.datetime
    """When it was recorded: "as of 15:00" asks for this one."""
    happened: Moment
    by: str
    """Who decided."""
    typed_by: str = ""
    behalf: str = ""
    """The party on whose behalf, by its code."""
    capacity: Capacity = Capacity.CHAIR
    meeting: str = ""
    purpose: str = ""
    """The name of the command, so that a replay can say what was done in one word."""


@attrs.frozen
class Evidence:
    """The place on a received page that an entry rests on; lines count from 1."""

    document: str
    line: int
    end_line: int = 0


@attrs.frozen
class Entry:
    """One event on one stream. ``clause`` is empty on the negotiation's own stream."""

    number: int
    clause: str
    version: int
    """Counts the entries of this stream, from 1."""
    act: Act
    event: Event
    evidence: Evidence | None = None
    visibility: Visibility = Visibility.PUBLIC


@attrs.frozen
class Drafted:
    """An event that is decided but not on the record yet; an empty clause is the negotiation."""

    clause: str
    event: Event
    evidence: Evidence | None = None
    visibility: Visibility = Visibility.PUBLIC
