"""The times that people say, as a clock understands them."""

from __future__ import annotations

import datetime as dt


def time_said(said: str, today: dt.datetime) -> dt.datetime | None:
    """The time that was said; without a zone it is that of ``today``."""
    if said.casefold() == "yesterday":
        begins = today.replace(hour=0, minute=0, second=0, microsecond=0)
        return begins - dt.timedelta(microseconds=1)
    try:
        if len(said) <= 5 and ":" in said:
            clock = dt.time.fromisoformat(said.rjust(5, "0"))
            return today.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
        at = dt.datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.astimezone()
