"""Who marked a change and when, as a Word file writes it on each of its tracked changes."""

from __future__ import annotations

import datetime as dt
import functools

from lxml import etree

from negotiation.papers.docx.names import W16DU, value
from negotiation.papers.docx.page import Touch

# Programs that do not tell the time of a change write the first moment that they can count.
_NO_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

_LONGEST_NAME = 200


def touch_of(change: etree._Element, move: str = "") -> Touch:
    """The touch that a tracked change carries."""
    return Touch(
        name_in(value(change, "author")),
        time_in(value(change, "date")),
        time_in(change.get(W16DU + "dateUtc", "")),
        move,
    )


# Whole files are full of the same few minutes.
@functools.lru_cache(maxsize=256)
def name_in(written: str) -> str:
    """The name of a person on one line, cut where no name is that long."""
    name = " ".join(written.split())
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def time_in(written: str) -> dt.datetime | None:
    """A time as Word writes it, aware; ``None`` where there is none or it says nothing."""
    try:
        found = dt.datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=dt.UTC)
    return found if found.year >= _NO_TIME.year and found != _NO_TIME else None
