"""Which versions of the text there are: received and issued, and which one is current.

One version is current at a time. A version that was taken back stays on the list, as what went out.
"""

from __future__ import annotations

import enum
import re

import attrs

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import DocumentRole
from negotiation.views.at_that_time import Timeline

_REVISION = re.compile(r"^(?P<stem>.+?)[\s/]*\(?Rev\.\s?(?P<number>\d{1,3})\)?$", re.IGNORECASE)


class VersionState(enum.Enum):
    """How a version stands."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    BASE = "base"
    """The earlier adopted text that the negotiation amends."""


@attrs.frozen
class Version:
    """A version of the text: received from outside, or issued here."""

    symbol: str
    """The name of the file where it came without a symbol."""
    issued: bool
    entry: int
    at: int
    """The last entry of its act: the text as it stood with it."""
    written: str
    """When it was recorded, as ISO 8601."""
    fingerprint: str
    """The hash of its words where it was issued, of the file where it was received."""
    state: VersionState
    reason: str = ""
    """Why it was withdrawn."""
    position: int = 0
    """The entry whose seal it carries, where it was issued with one."""
    root: str = ""
    """That seal."""


def versions(timeline: Timeline, at: int) -> tuple[Version, ...]:
    """Every version up to entry ``at``, in the order in which they came."""
    whole = timeline.negotiation(at)
    current = _current(whole)
    found: list[Version] = []
    for document in whole.documents:
        state = VersionState.CURRENT if document.entry == current else VersionState.SUPERSEDED
        if document.role is DocumentRole.BASE:
            state = VersionState.BASE
        elif document.undone:
            state = VersionState.WITHDRAWN
        found.append(
            Version(
                document.symbol or document.name,
                False,
                document.entry,
                end_of_act(timeline, document.entry),
                _written(timeline, document.entry),
                document.sha256,
                state,
                "its receipt was undone" if document.undone else "",
            )
        )
    for one in whole.issued:
        state = VersionState.CURRENT if one.entry == current else VersionState.SUPERSEDED
        if one.withdrawn:
            state = VersionState.WITHDRAWN
        found.append(
            Version(
                one.symbol,
                True,
                one.entry,
                end_of_act(timeline, one.entry),
                _written(timeline, one.entry),
                one.fingerprint,
                state,
                one.withdrawn,
                one.position,
                one.root,
            )
        )
    return tuple(sorted(found, key=lambda version: version.entry))


def current(timeline: Timeline, at: int) -> Version | None:
    """The version under discussion after entry ``at``."""
    return next((v for v in versions(timeline, at) if v.state is VersionState.CURRENT), None)


def version_named(timeline: Timeline, at: int, symbol: str) -> Version | None:
    """The latest version of this symbol that holds; a withdrawn one where there is no other."""
    found = [one for one in versions(timeline, at) if one.symbol == symbol]
    holding = [one for one in found if one.state is not VersionState.WITHDRAWN]
    known = holding or found
    return known[-1] if known else None


def revision_of(symbol: str) -> tuple[str, int] | None:
    """The document and the revision that a symbol names; ``None`` where it names none.

    ``DL/13(Rev.2)`` is revision 2 of DL/13, and DL/13 itself its revision 0.
    """
    found = _REVISION.match(symbol.strip())
    if found is not None:
        return found["stem"].casefold(), int(found["number"])
    return (symbol.strip().casefold(), 0) if symbol.strip() else None


def _current(whole: Negotiation) -> int:
    known = [one.entry for one in whole.issued if not one.withdrawn]
    known += [one.entry for one in whole.pages]
    return max(known, default=0)


def end_of_act(timeline: Timeline, entry: int) -> int:
    """The last entry of the act that an entry belongs to."""
    entries = timeline.entries
    act = entries[entry - 1].act.id
    while entry < len(entries) and entries[entry].act.id == act:
        entry += 1
    return entry


def _written(timeline: Timeline, entry: int) -> str:
    return timeline.entries[entry - 1].act.written.isoformat()
