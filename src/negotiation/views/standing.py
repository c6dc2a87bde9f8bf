"""Whether anything is left of a stretch of a clause: a decision may have struck all of it."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.text.passage import Shown
from negotiation.text.places import Reach


def stands_in(clause: Clause, reach: Reach) -> bool:
    """Whether some words of a stretch are still on the page, or it never held any."""
    start, end = reach.within(len(clause.passage.words))
    if start >= end:
        return True
    return any(run.shown is not Shown.GONE for run in clause.passage.between(start, end))
