"""What people call entries, times and things, read; and the refusals where nothing is called so."""

from __future__ import annotations

import datetime as dt


def number_said(said: str) -> int | None:
    """The number that was said, if it is one."""
    # Python's ``isdigit`` takes signs that ``int`` does not, and ``int`` no number of any length.
    return int(said) if said.isdecimal() and len(said) < 19 else None


def time_said(said: str, today: dt.datetime) -> dt.datetime | None:
    """The time that was said, if it is one; without a zone it is that of ``today``."""
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


def no_such(sort: str, name: str, help: str) -> Exception:
    """The refusal of a name that nothing has."""
    from negotiation.domain.refusals import NoSuchThing

    return NoSuchThing(sort, name, help)


def unclear(what: str) -> Exception:
    """The refusal of what could mean several things."""
    from negotiation.domain.refusals import Unclear

    return Unclear(what)
