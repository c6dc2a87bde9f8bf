"""Putting a decision to the room: any objection? Then the gavel, or the end of a silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from negotiation.domain import commands as do
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    DecisionDropped,
    DecisionPut,
    DecisionTaken,
    ObjectionMade,
    ObjectionWithdrawn,
)
from negotiation.domain.refusals import (
    ActOfItsOwn,
    AlreadyThere,
    NoSuchThing,
    NothingChanges,
    ObjectedTo,
    SilenceEnded,
    SilenceRuns,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.deadlines import check_zone
from negotiation.domain.terms import HowTaken, PutDecision

Decide = Callable[[do.Command, Room], tuple[Drafted, ...]]
_NOT_PUT = (
    do.OpenNegotiation,
    do.ReceiveDraft,
    do.ReceiveRevision,
    do.IssueVersion,
    do.PutDecision,
    do.TakeDecision,
    do.MakeObjection,
    do.WithdrawObjection,
    do.DropDecision,
    do.AccreditPerson,
    do.RevokeAccreditation,
    do.HandIn,
    do.AdmitProposal,
    do.DeclineProposal,
    do.TakeBackProposal,
)


def put(command: do.PutDecision, room: Room, decide: Decide) -> list[Drafted]:
    """Only what could be decided now is put; nothing is decided yet."""
    _can_be_put(command.command)
    if room.negotiation.decision(command.decision) is not None:
        raise AlreadyThere("decision", command.decision)
    if command.until is not None:
        check_zone(command.until)
        if command.at is not None and command.until <= command.at:
            raise Unclear(
                f"{_told(command.until)} is past already, so nobody could break the silence; "
                "name a later time, or put the question to the meeting."
            )
    would_be = decide(command.command, room)
    if any(one.command == command.stored for one in room.negotiation.decisions):
        raise NothingChanges("this is before the room already")
    clauses = tuple(dict.fromkeys(one.clause for one in would_be if one.clause))
    asked = DecisionPut(command.decision, command.question, command.stored, clauses, command.until)
    return [Drafted("", asked)]


def object_to(command: do.MakeObjection, room: Room) -> list[Drafted]:
    """A party says no; there is no consensus while it stands."""
    decision = _waiting(room, command.decision)
    if not command.party:
        raise Unclear("Say who objects, with `--for`.")
    if any(one.party == command.party for one in decision.objections):
        raise NothingChanges(f"{command.party} objects already")
    if decision.until is not None and command.at > decision.until:
        raise SilenceEnded(_told(decision.until))
    return [Drafted("", ObjectionMade(decision.id, command.party, command.ground))]


def withdraw_objection(command: do.WithdrawObjection, room: Room) -> list[Drafted]:
    """The party does not stand in the way."""
    decision = _waiting(room, command.decision)
    if all(one.party != command.party for one in decision.objections):
        raise NothingChanges(f"{command.party or 'nobody by name'} has not objected")
    return [Drafted("", ObjectionWithdrawn(decision.id, command.party))]


def take(command: do.TakeDecision, room: Room, decide: Decide) -> list[Drafted]:
    """The gavel, or the silence that was not broken; decided on the text as it stands now."""
    decision = _waiting(room, command.decision)
    # Another program may have put what nobody puts.
    _can_be_put(command.command)
    if decision.objections:
        raise ObjectedTo(tuple(one.party for one in decision.objections))
    how = HowTaken.NO_OBJECTION
    if decision.until is not None:
        if command.at <= decision.until:
            raise SilenceRuns(_told(decision.until))
        how = HowTaken.SILENCE
    taken = Drafted("", DecisionTaken(decision.id, how))
    return [taken, *decide(command.command, room)]


def drop(command: do.DropDecision, room: Room) -> list[Drafted]:
    """The chair does not pursue it; what was put stays on the record."""
    decision = _waiting(room, command.decision)
    return [Drafted("", DecisionDropped(decision.id, command.ground))]


def _can_be_put(command: do.Command) -> None:
    if isinstance(command, do.Together | do.TakePackage):
        inside = command.commands if isinstance(command, do.Together) else command.decisions
        for one in inside:
            _can_be_put(one)
    if isinstance(command, _NOT_PUT):
        raise ActOfItsOwn(type(command).__name__)


def _waiting(room: Room, decision: str) -> PutDecision:
    found = room.negotiation.decision(decision)
    if found is None:
        raise NoSuchThing("decision", decision, "`pending` lists what is before the room")
    return found


def _told(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} {at.tzname() or ''}".strip()
