"""Times that somebody names for what is still to come: with their zone, and not past."""

from __future__ import annotations

import datetime as dt

from negotiation.domain.refusals import Unclear


def check_zone(until: dt.datetime) -> None:
    """A time without its zone is another one in another place."""
    if until.tzinfo is None:
        raise Unclear("A deadline needs its time zone, such as “18:00Z” or “18:00+02:00”.")


def check_deadline(until: dt.datetime | None, now: dt.datetime | None) -> None:
    """A deadline is still to come, as far as the time is known; none is right as well."""
    if until is None:
        return
    check_zone(until)
    if now is not None and until <= now:
        raise Unclear(f"{until:%Y-%m-%d %H:%M} is past already; name a later time.")
