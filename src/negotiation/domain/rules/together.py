"""Several commands as one act: each is decided on the room that the ones before would leave.

All or nothing: the first refusal is the answer to the whole. An undo looks at acts that are on the
record, what takes a package is undone when it breaks, and what is handed in may be several acts
itself, so these stand by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import attrs

from negotiation.domain import commands as do
from negotiation.domain.entries import Drafted
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import evolve_negotiation
from negotiation.domain.refusals import ActOfItsOwn, Unclear
from negotiation.domain.room import Room

_ALONE = (
    do.ReverseAct,
    do.OpenNegotiation,
    do.ReceiveDraft,
    do.TakePackage,
    do.BreakPackage,
    do.HandIn,
    do.AdmitProposal,
)

Decide = Callable[[do.Command, Room], tuple[Drafted, ...]]


def together(command: do.Together, room: Room, decide: Decide) -> list[Drafted]:
    """The events of all the commands, in order."""
    if not command.commands:
        raise Unclear("Nothing was said that could become an act.")
    drafted: list[Drafted] = []
    for one in command.commands:
        asked = one.command if isinstance(one, do.TakeDecision) else one
        if isinstance(asked, _ALONE):
            raise ActOfItsOwn(type(asked).__name__)
        events = decide(one, room)
        drafted += events
        room = after(room, events)
    return drafted


def after(room: Room, drafted: tuple[Drafted, ...]) -> Room:
    """The room as these events would leave it; nothing is recorded."""
    clauses = dict(room.clauses)
    whole, number = room.negotiation, room.head
    for one in drafted:
        number += 1
        if one.clause:
            clauses[one.clause] = evolve(clauses.get(one.clause), number, one.clause, one.event)  # type: ignore[arg-type]  # the stream says which half of the union
        else:
            whole = evolve_negotiation(whole, number, one.event)  # type: ignore[arg-type]  # as above
    return attrs.evolve(room, negotiation=whole, clauses=MappingProxyType(clauses), head=number)
