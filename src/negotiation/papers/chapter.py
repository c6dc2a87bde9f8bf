"""One act that a received file tells of, before it has a place in a record."""

from __future__ import annotations

import attrs

from negotiation.domain.entries import Drafted, Moment
from negotiation.domain.people import Capacity


@attrs.frozen
class Chapter:
    """One act of the story of a file: somebody's in it, or that of whoever takes it in."""

    purpose: str
    drafted: tuple[Drafted, ...]
    by: str = ""
    """The person in the file; empty for whoever imports it."""
    behalf: str = ""
    happened: Moment | None = None
    """When it happened, where the file tells."""
    capacity: Capacity | None = None
    """In which role, where the file tells."""
    meeting: str = ""
