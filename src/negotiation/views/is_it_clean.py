"""Whether the text can be printed without marks, and what stands in the way.

A clean text is refused while a point is open, while damage in words that stand is not settled, and
while a bracket around the whole text stands. Numbering and punctuation are looked at when a version
is issued, not here.
"""

from __future__ import annotations

import enum
from collections.abc import Collection

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import BracketKind, Severity
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import Printed, Reading, whole
from negotiation.views.what_is_damaged import anomalies
from negotiation.views.what_is_open import PROPOSAL, what_is_open


class InTheWay(enum.Enum):
    """Why a text is not clean."""

    OPEN_POINT = "open point"
    PROPOSAL = "proposal"
    DAMAGE = "damage"
    WHOLE_TEXT = "whole text"


@attrs.frozen
class Obstacle:
    """One thing that stands in the way of a clean text."""

    why: InTheWay
    id: str
    where: str
    words: str
    number: int = 0
    """Its number among the open points."""


@attrs.frozen
class NotClean:
    """The text has no clean reading yet."""

    obstacles: tuple[Obstacle, ...]


def clean(
    timeline: Timeline, at: int, only: Collection[str] | None = None
) -> tuple[Printed, ...] | NotClean:
    """The text without marks, or what stands in the way; ``only`` names clauses by their ids."""
    moment = timeline.moment(at)
    obstacles = (
        *_reservations(moment),
        *(
            Obstacle(
                InTheWay.PROPOSAL if point.kind == PROPOSAL else InTheWay.OPEN_POINT,
                point.id,
                point.where,
                point.words or point.struck,
                point.number,
            )
            for point in what_is_open(timeline, at)
            if only is None or any(clause in only for clause in point.clauses)
        ),
        *(
            Obstacle(InTheWay.DAMAGE, one.id, one.path, one.words)
            for one in anomalies(timeline, at).found
            if one.live and not one.settled and one.severity is Severity.DAMAGED
            if only is None or one.clause in only
        ),
    )
    if obstacles:
        return NotClean(obstacles)
    return tuple(
        printed for printed in whole(moment, Reading.OPEN) if only is None or printed.clause in only
    )


def _reservations(moment: Moment) -> tuple[Obstacle, ...]:
    points = {
        bracket.point: clause
        for clause in reversed(moment.clauses)
        if _stands(clause)
        for bracket in clause.brackets
        if bracket.kind is BracketKind.WHOLE_TEXT
    }
    return tuple(Obstacle(InTheWay.WHOLE_TEXT, point, "the whole text", "") for point in points)


def _stands(clause: Clause) -> bool:
    return clause.margin.tabled and not clause.margin.deleted_by
