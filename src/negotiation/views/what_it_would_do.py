"""What an act would do before anybody makes it: the clauses, and a sentence without who it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.evolve import evolve
from negotiation.views.at_that_time import Timeline
from negotiation.views.paths import paths
from negotiation.views.telling import Telling

_FOLLOWS = (ev.ClausePlaced, ev.PartyJoined)
"""Events that only go with another one."""
_TOLD = 4
_LEAD = ("proposes ", "records that ", "tables ADD")
"""How a deed begins where somebody proposes; whoever hands it in is named beside it."""


def what_it_would_do(entries: Sequence[Entry], timeline: Timeline) -> str:
    """What these entries would do behind the record, such as “MOD FJI/41/1 on considering/a: …”.

    The record itself never hears of them.
    """
    ahead = timeline.branch()
    ahead.extend(entries)
    called = paths(ahead.moment())
    told = [
        _plain(Telling(ahead, one, called).deed())
        for one in entries
        if not isinstance(one.event, _FOLLOWS) and _begins(one)
    ]
    more = len(told) - _TOLD
    return "; ".join(told[:_TOLD]) + (f"; and {more} more" if more > 0 else "")


def clauses_changed(
    drafted: Iterable[Drafted], clauses: Mapping[str, Clause], head: int
) -> tuple[tuple[Clause | None, Clause], ...]:
    """Each clause that these events touch behind entry ``head``, before and after."""
    states: dict[str, Clause] = {}
    for number, one in enumerate(drafted, start=head + 1):
        if one.clause:
            before = states.get(one.clause, clauses.get(one.clause))
            states[one.clause] = evolve(before, number, one.clause, one.event)  # type: ignore[arg-type]  # the clause says which half of the union
    return tuple((clauses.get(clause), after) for clause, after in states.items())


def _begins(entry: Entry) -> bool:
    """Whether this is no mere further share of a bracket over several clauses."""
    return not isinstance(entry.event, ev.BracketPlaced) or entry.event.begins


def _plain(deed: str) -> str:
    if deed.startswith(_LEAD[2]):
        return deed.removeprefix("tables ")
    for lead in _LEAD[:2]:
        if deed.startswith(lead):
            return deed.removeprefix(lead)
    return deed
