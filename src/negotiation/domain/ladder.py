"""The levels of agreement that a body knows, lowest first.

Which steps a body allows, and who takes them, belongs to the issue of the ladder's own acts; here a
clause only climbs.
"""

from __future__ import annotations

_LADDERS = {
    "itu": (
        "ad hoc group",
        "working group",
        "editorial committee",
        "first reading",
        "second reading",
        "adopted",
    ),
    "un": ("informals", "committee of the whole", "adopted"),
    "unfccc": ("informals", "contact group", "adopted"),
    "who": ("drafting group", "INB", "adopted"),
}


def ladder(conventions: str) -> tuple[str, ...]:
    """The levels under these conventions; the UN's where a body has none of its own."""
    return _LADDERS.get(conventions, _LADDERS["un"])
