"""A stretch of one passage, and how it travels when the passage is edited.

Offsets are code points in the passage with all its runs, and hold at the clause version they name.
A reach may be open at either end (``None``): that is how a bracket crosses clauses, each clause
holding its own share. Finding words by what they say is in `search`.
"""

from __future__ import annotations

import attrs

from negotiation.text.edit import Edit, carried_end, carried_start


@attrs.frozen
class Reach:
    """A share of one clause: from ``start`` to ``end``, each ``None`` where it runs to the edge.

    The start leans right and the end leans left: words put in exactly at an edge stay outside.
    """

    start: int | None = None
    end: int | None = None

    def across(self, edit: Edit) -> Reach:
        """The same share after an edit."""
        start = None if self.start is None else carried_start(self.start, edit)
        end = None if self.end is None else carried_end(self.end, edit)
        if start is not None and end is not None and end < start:
            # Only an empty reach can turn over: both ends then stay before the new words.
            start = end
        if start == self.start and end == self.end:
            return self
        return Reach(start, end)

    def within(self, length: int) -> tuple[int, int]:
        """The offsets covered in a passage of this length."""
        return (
            0 if self.start is None else self.start,
            length if self.end is None else self.end,
        )

    @property
    def whole(self) -> bool:
        """Whether it covers the clause from edge to edge."""
        return self.start is None and self.end is None

    def crosses(self, other: Reach, length: int) -> bool:
        """Whether the two overlap and neither holds the other."""
        a, b = self.within(length)
        c, d = other.within(length)
        return a < c < b < d or c < a < d < b

    def holds(self, other: Reach, length: int) -> bool:
        """Whether the other lies inside this one."""
        a, b = self.within(length)
        c, d = other.within(length)
        return a <= c and d <= b


WHOLE = Reach()
"""From edge to edge."""
