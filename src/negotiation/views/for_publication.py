"""Which entries may be shown to everybody. Positions and remarks are not, unless somebody says so.

A view that tells of such entries is handed one of these, so that it never has to decide.
"""

from __future__ import annotations

from collections.abc import Callable

from negotiation.domain.entries import Entry
from negotiation.domain.people import Visibility

Sees = Callable[[Entry], bool]
"""Whether an entry may be told of."""


def public(entry: Entry) -> bool:
    """Whether everybody may read an entry."""
    return entry.visibility is Visibility.PUBLIC


def everything(entry: Entry) -> bool:
    """Yes: for a paper that is not for publication."""
    del entry
    return True
