"""What a delegation hands in from its own terminal: it waits until the chair says yes or no.

Until then it is between the two of them, and the text stands as it stood. With the chair's yes it
is done on the text as it stands then.
"""

from __future__ import annotations

from collections.abc import Callable

from negotiation.domain import commands as do
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    ProposalAdmitted,
    ProposalDeclined,
    ProposalHandedIn,
    ProposalTakenBack,
)
from negotiation.domain.people import Visibility
from negotiation.domain.refusals import AlreadyThere, NoSuchThing, NotForHandingIn, NothingChanges
from negotiation.domain.room import Room
from negotiation.domain.rules.capacities import check_speaks_for, is_handed_in
from negotiation.domain.terms import HandedIn

Decide = Callable[[do.Command, Room], tuple[Drafted, ...]]


def hand_in(command: do.HandIn, room: Room, decide: Decide) -> list[Drafted]:
    """Only what could be done now, and only on behalf of the party itself."""
    if not is_handed_in(command.command):
        raise NotForHandingIn()
    check_speaks_for(command.command, command.party, room.negotiation)
    if room.negotiation.handed(command.handed) is not None:
        raise AlreadyThere("proposal", command.handed)
    would_be = decide(command.command, room)
    if any(one.command == command.stored for one in room.negotiation.handed_in):
        raise NothingChanges("this waits for the chair already")
    clauses = tuple(dict.fromkeys(one.clause for one in would_be if one.clause))
    handed = ProposalHandedIn(command.handed, command.party, command.what, command.stored, clauses)
    return [Drafted("", handed, visibility=Visibility.BETWEEN)]


def admit(command: do.AdmitProposal, room: Room, decide: Decide) -> list[Drafted]:
    """The chair's yes; decided on the text as it stands now."""
    waiting = _waiting(room, command.handed)
    return [Drafted("", ProposalAdmitted(waiting.id)), *decide(command.command, room)]


def decline(command: do.DeclineProposal, room: Room) -> list[Drafted]:
    """The chair's no stays between the chair and the delegation."""
    waiting = _waiting(room, command.handed)
    declined = ProposalDeclined(waiting.id, command.reason.strip())
    return [Drafted("", declined, visibility=Visibility.BETWEEN)]


def take_back(command: do.TakeBackProposal, room: Room) -> list[Drafted]:
    """The delegation thought better of it."""
    waiting = _waiting(room, command.handed)
    if room.negotiation.party(waiting.party) != room.negotiation.party(command.party):
        raise NoSuchThing("proposal handed in", command.handed, "`handed-in` lists what waits")
    taken = ProposalTakenBack(waiting.id)
    return [Drafted("", taken, visibility=Visibility.BETWEEN)]


def _waiting(room: Room, handed: str) -> HandedIn:
    found = room.negotiation.handed(handed)
    if found is None:
        raise NoSuchThing("proposal handed in", handed, "`handed-in` lists what waits")
    return found
