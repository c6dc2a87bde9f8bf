"""What remains to be done and who holds it, the oldest first.

Open points with their age, what is set aside and who brings it back, conditions with what would
release them, packages that are not agreed yet, and questions before the room.
"""

from __future__ import annotations

import datetime as dt

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Condition, Package, WaitsOn
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.how_it_was_decided import Question, questions
from negotiation.views.paths import Names
from negotiation.views.what_is_damaged import damaged
from negotiation.views.what_is_open import OpenPoint, open_points
from negotiation.views.what_may_be_seen import PUBLIC, Viewer, positions_counted


@attrs.frozen
class Held:
    """An open point with who keeps it open, and since when."""

    point: OpenPoint
    holders: tuple[str, ...]
    """Who holds the bracket; where nobody does, the sponsors of what is proposed."""
    days: float
    """From the entry that opened it to the moment asked for."""


@attrs.frozen
class SetAside:
    """A clause or an open point that somebody has to bring back."""

    path: str
    words: str
    owner: str
    until: str
    since: int
    since_when: str
    """When that entry was recorded, as ISO 8601."""


@attrs.frozen
class Pending:
    """A condition of an agreement, and what would release it."""

    path: str
    level: str
    condition: Condition
    releases: str
    """In words: who or what is waited for, and how it stands."""
    since: int
    since_when: str


@attrs.frozen
class Tied:
    """A package that is not agreed yet, and what of it is still open."""

    package: Package
    paths: tuple[str, ...]
    open: int
    since_when: str


@attrs.frozen
class Remaining:
    """All that stands between the text and agreement."""

    at: int
    when: str
    """When that entry was recorded, as ISO 8601."""
    symbol: str
    points: tuple[Held, ...]
    parked: tuple[SetAside, ...]
    conditions: tuple[Pending, ...]
    packages: tuple[Tied, ...]
    questions: tuple[Question, ...]
    damaged: int
    """Live damaged places of the received page."""
    agreed: int
    """Clauses that stand and are agreed, at any level."""
    clauses: int
    """Clauses that stand."""


def what_remains(timeline: Timeline, at: int, *, viewer: Viewer = PUBLIC) -> Remaining:
    """What is not settled after entry ``at``, the oldest first."""
    moment = timeline.moment(at)
    whole = moment.negotiation
    called = timeline.memory(Names).paths(moment)
    points = seen_points(timeline, moment, viewer)
    now = timeline.entries[at - 1].act.written if at else None
    standing = [one for one in moment.clauses if one.stands]
    return Remaining(
        at,
        now.isoformat() if now is not None else "",
        whole.symbol,
        tuple(
            sorted(
                (_held(one, now) for one in points),
                key=lambda one: (one.point.since, one.point.number),
            )
        ),
        _parked(timeline, moment, called, points),
        _conditions(timeline, moment, called),
        tuple(
            Tied(
                one,
                tuple(called.get(clause, "") for clause in one.clauses),
                sum(not set(one.clauses).isdisjoint(point.clauses) for point in points),
                _when(timeline, one.entry),
            )
            for one in whole.packages
            if one.state in ("formed", "taken")
        ),
        tuple(one for one in questions(timeline, at) if one.pending),
        damaged(moment),
        sum(one.agreement is not None for one in standing),
        len(standing),
    )


def seen_points(timeline: Timeline, moment: Moment, viewer: Viewer) -> tuple[OpenPoint, ...]:
    """The open points, with as many positions counted as this viewer may read."""
    counted = positions_counted(timeline, moment.at, viewer)
    return tuple(
        one if one.positions == counted[one.id] else attrs.evolve(one, positions=counted[one.id])
        for one in open_points(timeline, moment)
    )


def _held(point: OpenPoint, now: dt.datetime | None) -> Held:
    sponsors = [*point.sponsors, *(code for one in point.alternatives for code in one.sponsors)]
    holders = point.holders or tuple(dict.fromkeys(sponsors))
    since = dt.datetime.fromisoformat(point.since_when) if point.since_when else now
    days = (now - since).total_seconds() / 86_400 if now is not None and since is not None else 0
    return Held(point, holders, days)


def _when(timeline: Timeline, entry: int) -> str:
    return timeline.entries[entry - 1].act.written.isoformat() if entry else ""


def _parked(
    timeline: Timeline, moment: Moment, called: dict[str, str], points: tuple[OpenPoint, ...]
) -> tuple[SetAside, ...]:
    clauses = [
        SetAside(
            called[one.id],
            one.passage.live,
            aside.owner,
            aside.until,
            aside.entry,
            _when(timeline, aside.entry),
        )
        for one in moment.clauses
        if (aside := one.margin.parked) is not None and one.margin.tabled
    ]
    brackets = [
        SetAside(one.where, one.words, one.parked, one.until, one.since, one.since_when)
        for one in points
        if one.parked or one.until
    ]
    return tuple(sorted((*clauses, *brackets), key=lambda one: one.since))


def _conditions(timeline: Timeline, moment: Moment, called: dict[str, str]) -> tuple[Pending, ...]:
    found = [
        Pending(
            called[clause.id],
            clause.agreement.level,
            condition,
            released_by(condition, moment, called),
            clause.agreement.entry,
            _when(timeline, clause.agreement.entry),
        )
        for clause in moment.clauses
        if clause.agreement is not None and clause.margin.tabled
        for condition in clause.agreement.conditions
    ]
    return tuple(sorted(found, key=lambda one: one.since))


def released_by(condition: Condition, moment: Moment, called: dict[str, str]) -> str:
    """What would release a condition, and how that stands."""
    whole = moment.negotiation
    match condition.waits_on:
        case WaitsOn.PARTY:
            return f"a yes of {whole.party(condition.on).shown}"
        case WaitsOn.CAPITALS:
            of = f" of {whole.party(condition.on).shown}" if condition.on else ""
            return f"confirmation by the capital{of}" if of else "confirmation by capitals"
        case WaitsOn.CLAUSE:
            return _awaited(condition.on, moment, called)
        case WaitsOn.PACKAGE:
            return _package(condition.on, whole)
        case WaitsOn.EVENT:
            return "what it says; the chair notes it as met"


def _awaited(clause: str, moment: Moment, called: dict[str, str]) -> str:
    awaited: Clause | None = moment.clause(clause)
    path = called.get(clause, "another clause")
    if awaited is None or not awaited.stands:
        return f"agreement on {path}, which is not in the text"
    if awaited.agreement is not None:
        return f"agreement on {path}, which is agreed: the chair can note it as met"
    return f"agreement on {path}, which is open"


def _package(package: str, whole: Negotiation) -> str:
    found = whole.package(package)
    if found is None:
        return "its package"
    return f"the package “{found.name}”, which is {found.state}"
