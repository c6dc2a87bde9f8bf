"""What the room has not settled, in the order of the text.

An open point is a bracket, a group of wordings, or a proposal without a decision. A bracket around
the whole text is a reservation and no point of its own. Damage on a received page is no open point
either: that list is in `what_is_damaged`. How much is open, in three numbers, is in `how_open`.
"""

from __future__ import annotations

from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.moment_read import MomentRead
from negotiation.views.open_brackets import open_brackets
from negotiation.views.open_point import ON_THE_TABLE, PROPOSAL, OpenPoint, Wording
from negotiation.views.open_proposals import open_proposals

__all__ = ["ON_THE_TABLE", "PROPOSAL", "OpenPoint", "Wording", "open_points", "what_is_open"]


def what_is_open(timeline: Timeline, at: int) -> tuple[OpenPoint, ...]:
    """The open points after entry ``at``, in the order of the text, numbered from 1."""
    return open_points(timeline, timeline.moment(at))


def open_points(timeline: Timeline, moment: Moment) -> tuple[OpenPoint, ...]:
    """The open points of a moment of this record."""
    text = MomentRead(timeline, moment)
    found = [*open_brackets(text), *open_proposals(text)]
    found.sort(key=lambda one: one[0])
    return tuple([make(number) for number, (_, make) in enumerate(found, start=1)])
