"""The negotiation as a whole: what it is called, who takes part, in which order the clauses stand.

State and its `evolve_negotiation`; the rules are in `rules`.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_never

import attrs

from negotiation.domain import events as ev
from negotiation.domain.people import Party
from negotiation.domain.terms import DocumentRole, Placed


@attrs.frozen
class Received:
    """A document that came in, and the entry that received it."""

    name: str
    sha256: str
    source: bytes = attrs.field(repr=False)
    symbol: str
    revision: int
    date: dt.date | None
    role: DocumentRole
    entry: int


@attrs.frozen
class Negotiation:
    """The state of the whole text, apart from its words."""

    id: str
    symbol: str = ""
    body: str = ""
    conventions: str = "itu"
    title: str = ""
    parties: tuple[Party, ...] = ()
    order: tuple[Placed, ...] = ()
    documents: tuple[Received, ...] = ()
    meeting: str = ""
    """The meeting that is open; empty between meetings."""

    def party(self, code: str) -> Party:
        """The party of this code, or of this name; one without a name where it is unknown."""
        for one in self.parties:
            if code == one.code:
                return one
        folded = code.casefold()
        for one in self.parties:
            if folded in (one.code.casefold(), one.name.casefold()):
                return one
        return Party(code)


def evolve_negotiation(state: Negotiation, entry: int, event: ev.NegotiationEvent) -> Negotiation:
    """The negotiation after one entry."""
    match event:
        case ev.ClausePlaced(clause=clause, after=after, level=level):
            return attrs.evolve(state, order=_placed(state.order, Placed(clause, level), after))
        case ev.NegotiationOpened():
            return attrs.evolve(
                state,
                symbol=event.symbol,
                body=event.body,
                conventions=event.conventions,
                title=event.title,
            )
        case ev.DocumentReceived():
            received = Received(
                event.name,
                event.sha256,
                event.source,
                event.symbol,
                event.revision,
                event.date,
                event.role,
                entry,
            )
            return attrs.evolve(state, documents=(*state.documents, received))
        case ev.PartyJoined(code=code, name=name, members=members):
            others = tuple(one for one in state.parties if one.code != code)
            return attrs.evolve(state, parties=(*others, Party(code, name, members)))
        case ev.MeetingOpened(meeting=meeting):
            return attrs.evolve(state, meeting=meeting)
        case ev.MeetingClosed():
            return attrs.evolve(state, meeting="")
        case ev.ActReversed(restored=restored):
            return attrs.evolve(
                state,
                order=state.order if restored.order is None else restored.order,
                meeting=state.meeting if restored.meeting is None else restored.meeting,
                parties=state.parties if restored.parties is None else restored.parties,
            )
        case _:
            assert_never(event)


def _placed(order: tuple[Placed, ...], placed: Placed, after: str) -> tuple[Placed, ...]:
    # Texts are tabled from top to bottom: the usual place is behind the last one.
    if order and order[-1].clause == after and all(p.clause != placed.clause for p in order):
        return (*order, placed)
    rest = [one for one in order if one.clause != placed.clause]
    if not after:
        return (placed, *rest)
    for index, one in enumerate(rest):
        if one.clause == after:
            return (*rest[: index + 1], placed, *rest[index + 1 :])
    return (*rest, placed)
