"""What is damaged or doubtful on the received page.

An anomaly is no open point: the printed words stand until a named person settles it. Only damage in
words that stand keeps a text from being clean.
"""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Received
from negotiation.domain.terms import Anomaly, Severity
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import paths


@attrs.frozen
class Found:
    """An anomaly of a received page, as it stands."""

    id: str
    clause: str
    path: str
    code: str
    severity: Severity
    line: int
    column: int
    end_line: int
    words: str
    message: str
    repair: str
    live: bool
    """Whether it is in words that stand; damage inside struck words harms nobody."""
    settled: str
    """Empty, "accepted" or "rejected"."""
    entry: int
    document: str = ""
    """The received document whose line it is, by symbol or name; empty where it is unknown."""
    received: int = 0
    """The entry that received this document."""


@attrs.frozen
class Anomalies:
    """All anomalies in the order of the pages, and how many of them are not settled."""

    found: tuple[Found, ...]
    damaged: int
    doubtful: int
    editorial: int
    blocking: int
    """Damaged, live and not settled: these stand in the way of a clean text."""


def anomalies(timeline: Timeline, at: int) -> Anomalies:
    """What is damaged or doubtful on the received page, after entry ``at``."""
    moment = timeline.moment(at)
    called = paths(moment)
    found = [
        _found(clause, called[clause.id], anomaly, _document(timeline, moment, anomaly))
        for clause in moment.clauses
        if clause.margin.tabled
        for anomaly in clause.margin.anomalies
    ]
    found.sort(key=lambda one: (one.received, one.line, one.column, one.entry))
    left = [one for one in found if not one.settled]
    count = {severity: sum(one.severity is severity for one in left) for severity in Severity}
    return Anomalies(
        tuple(found),
        count[Severity.DAMAGED],
        count[Severity.DOUBTFUL],
        count[Severity.EDITORIAL],
        sum(one.live and one.severity is Severity.DAMAGED for one in left),
    )


def damaged(moment: Moment) -> int:
    """How many damages of a moment nobody has settled."""
    return sum(
        anomaly.damage.severity is Severity.DAMAGED and not anomaly.settled
        for clause in moment.clauses
        if clause.margin.anomalies and clause.margin.tabled
        for anomaly in clause.margin.anomalies
    )


def _document(timeline: Timeline, moment: Moment, anomaly: Anomaly) -> Received | None:
    """The document that an anomaly was found on: a later file may go by the same name."""
    if not 0 < anomaly.entry <= len(timeline.entries):
        return None
    evidence = timeline.entries[anomaly.entry - 1].evidence
    if evidence is None:
        return None
    named = [
        one
        for one in moment.negotiation.documents
        if one.name == evidence.document and one.entry <= anomaly.entry
    ]
    return named[-1] if named else None


def _found(clause: Clause, path: str, anomaly: Anomaly, page: Received | None) -> Found:
    damage = anomaly.damage
    return Found(
        anomaly.id,
        clause.id,
        path,
        damage.code,
        damage.severity,
        damage.line,
        damage.column,
        damage.end_line,
        damage.words,
        damage.message,
        damage.repair,
        damage.live and clause.stands,
        anomaly.settled,
        anomaly.entry,
        (page.symbol or page.name) if page is not None else "",
        page.entry if page is not None else 0,
    )
