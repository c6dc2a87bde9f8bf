"""A condition as it is said, tied to the clause, party or package that it waits for."""

from __future__ import annotations

from negotiation.domain.conditions import condition, pending_on
from negotiation.domain.terms import Condition, WaitsOn
from negotiation.views.at_that_time import Moment
from negotiation.views.paths import find


def tied_condition(moment: Moment, said: str) -> Condition:
    """The condition that these words mean; what waits for one clause is tied to it."""
    read = condition(said, moment.negotiation)
    if read.waits_on is not WaitsOn.EVENT or not (awaited := pending_on(said)):
        return read
    found = find(moment, awaited.removeprefix("paragraph ").strip())
    if len(found) != 1:
        found = find(moment, awaited)
    return Condition(read.words, WaitsOn.CLAUSE, found[0].id) if len(found) == 1 else read
