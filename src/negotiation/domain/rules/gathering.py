"""The negotiation as a whole: begun, documents received, parties, meetings."""

from __future__ import annotations

from negotiation.domain.commands import (
    CloseMeeting,
    JoinParty,
    OpenMeeting,
    OpenNegotiation,
    ReceiveDraft,
)
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    MeetingClosed,
    MeetingOpened,
    NegotiationOpened,
    PartyJoined,
)
from negotiation.domain.people import Party
from negotiation.domain.refusals import AlreadyReceived, MeetingIs, NothingChanges, Unclear
from negotiation.domain.room import Room


def begin(command: OpenNegotiation, room: Room) -> list[Drafted]:
    """The first entry of a record."""
    if room.head:
        raise AlreadyReceived(room.negotiation.symbol)
    opened = NegotiationOpened(command.symbol, command.body, command.conventions, command.title)
    return [Drafted("", opened)]


def receive(command: ReceiveDraft, room: Room) -> list[Drafted]:
    """A page and all that was read on it, in one act; only into an empty record."""
    if room.negotiation.order or room.negotiation.documents:
        raise AlreadyReceived(room.negotiation.symbol)
    return list(command.drafted)


def join(command: JoinParty, room: Room) -> list[Drafted]:
    """A party takes part, or is named more fully."""
    if not command.code:
        raise Unclear("A party needs a code.")
    folded = command.code.casefold()
    known = next((one for one in room.negotiation.parties if one.code.casefold() == folded), None)
    code = known.code if known is not None else command.code
    if Party(code, command.name, command.members) == known:
        raise NothingChanges(f"{code} takes part already")
    return [Drafted("", PartyJoined(code, command.name, command.members))]


def open_meeting(command: OpenMeeting, room: Room) -> list[Drafted]:
    """One meeting at a time."""
    if room.negotiation.meeting:
        raise MeetingIs(room.negotiation.meeting)
    if not command.meeting:
        raise Unclear("A meeting needs a name.")
    return [Drafted("", MeetingOpened(command.meeting))]


def close_meeting(command: CloseMeeting, room: Room) -> list[Drafted]:
    """The open one ends."""
    if not room.negotiation.meeting:
        raise MeetingIs("")
    return [Drafted("", MeetingClosed(room.negotiation.meeting))]
