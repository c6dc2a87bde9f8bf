"""What the entries of an act have in common with those before them: numbers, versions, and when."""

from __future__ import annotations

import datetime as dt

from negotiation.domain.entries import Act, Bound, Drafted, Entry, Moment
from negotiation.record import unclear


def numbered(
    drafted: tuple[Drafted, ...], act: Act, head: int, versions: dict[str, int]
) -> list[Entry]:
    """The entries of an act behind entry ``head``; ``versions`` are counted on."""
    entries: list[Entry] = []
    for number, one in enumerate(drafted, start=head + 1):
        version = versions.get(one.clause, 0) + 1
        versions[one.clause] = version
        entries.append(
            Entry(number, one.clause, version, act, one.event, one.evidence, one.visibility)
        )
    return entries


def has_happened(moment: Moment, now: dt.datetime) -> None:
    """Refuse a time that is still to come; “not later than this evening” is none."""
    if moment.bound is not Bound.NOT_LATER and moment.at > now:
        raise unclear(
            f"{moment.at.isoformat(sep=' ', timespec='minutes')} is still to come; "
            "say when it happened, or nothing for now."
        )


def not_later_than(date: dt.date) -> Moment:
    """The end of a day that a page prints: nothing on it is later."""
    return Moment(dt.datetime.combine(date, dt.time(23, 59, 59), dt.UTC), Bound.NOT_LATER)
