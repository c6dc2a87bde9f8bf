"""Which body has the text, since when, by whose referral, and by which way it got there.

Nothing of it is private: where a text lies is what everybody in the house asks first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs

from negotiation.domain.negotiation import Negotiation
from negotiation.views.at_that_time import Timeline

Times = Callable[[dt.datetime], str]


@attrs.frozen
class Lies:
    """The text lies with another body than the one it began in."""

    body: str
    since: dt.datetime
    referred_by: str
    """The body that referred it, or whoever did where no body has a name."""
    mandate: str
    """What the body is asked to do."""
    until: dt.datetime | None
    way: tuple[str, ...]
    """The bodies that it comes back through, the nearest first; without a name where it began."""
    entry: int

    def overdue(self, now: dt.datetime) -> bool:
        """Whether it should be back by now."""
        return self.until is not None and self.until < now


def who_has_the_text(timeline: Timeline, at: int) -> Lies | None:
    """Where the text lies at that moment; ``None`` while it is where it began."""
    whole = timeline.negotiation(at)
    if not whole.referrals:
        return None
    last = whole.referrals[-1]
    act = timeline.entries[last.entry - 1].act
    way = (*(one.body for one in reversed(whole.referrals[:-1])), whole.body)
    return Lies(
        last.body,
        act.happened.at,
        way[0] or act.by,
        last.mandate,
        last.until,
        way,
        last.entry,
    )


def told(lies: Lies, times: Times, now: dt.datetime | None = None) -> str:
    """Where the text lies, in half a sentence; ``now`` tells whether it is overdue."""
    parts = [f"before {lies.body} since {times(lies.since)}"]
    if lies.until is not None:
        late = " (overdue)" if now is not None and lies.overdue(now) else ""
        parts.append(f"until {times(lies.until)}{late}")
    if lies.referred_by:
        parts.append(f"referred by {lies.referred_by}")
    mandate = f": {lies.mandate}" if lies.mandate else ""
    return ", ".join(parts) + mandate


def body_named(whole: Negotiation) -> str:
    """The body of the text as a paper names it: with the one that has it, where that is another."""
    return ", before ".join(filter(None, (whole.body, whole.before if whole.referrals else "")))
