"""Undoing an act by a further one.

For every stream that the act touched there are three states: before it, after it, and now. What
nobody changed since goes back to what it was before. What somebody changed since is separated from
the act where it can be, word by word and item by item; where it cannot, the act stays, and the
refusal names the entry that stands on it. The events carry the values put back.
"""

from __future__ import annotations

from negotiation.domain.commands import ReverseAct
from negotiation.domain.entries import Drafted, Entry
from negotiation.domain.events import (
    AccreditationRevoked,
    DocumentReceived,
    EntryWithheld,
    NegotiationOpened,
    PersonAccredited,
    ProposalDeclined,
    ProposalHandedIn,
    ProposalTakenBack,
    RecordSealed,
    VersionIssued,
    VersionWithdrawn,
)
from negotiation.domain.refusals import NoSuchThing, NothingChanges, NotUndone
from negotiation.domain.room import Room
from negotiation.domain.rules.undo_of_a_clause import on_the_clause
from negotiation.domain.rules.undo_of_the_whole import is_reversed, on_the_whole
from negotiation.domain.terms import DocumentRole

_BETWEEN = (ProposalHandedIn, ProposalDeclined, ProposalTakenBack)
"""What passed between a delegation and the chair, and is no part of the text."""
_ANSWERED: tuple[tuple[tuple[type, ...], str], ...] = (
    ((RecordSealed,), "a seal only says what the record was"),
    ((PersonAccredited,), "`revoke` ends an accreditation"),
    ((AccreditationRevoked,), "`accredit` lets the person in anew"),
    (_BETWEEN, "what was said stands; `propose` puts it on the table"),
)
"""What is never undone, and what answers it."""


def undo(command: ReverseAct, room: Room) -> list[Drafted]:
    """One `ActReversed` for every stream that the act touched."""
    entries = [entry for entry in room.past.entries if entry.act.id == command.act]
    if not entries:
        raise NoSuchThing("act", command.act, "`log` lists the acts")
    if any(_stays(entry) for entry in entries):
        raise NotUndone(command.act, "a document that was received stays received")
    if any(isinstance(entry.event, VersionWithdrawn) for entry in entries):
        raise NotUndone(command.act, "a withdrawal stands; `issue` sends the text out anew")
    if all(isinstance(entry.event, EntryWithheld) for entry in entries):
        raise NotUndone(command.act, "whoever made it undoes it")
    for kinds, why in _ANSWERED:
        if any(isinstance(entry.event, kinds) for entry in entries):
            raise NotUndone(command.act, why)
    if _is_out(entries, room):
        raise NotUndone(command.act, "what went out is out; `issue --withdraw` takes it back")
    if is_reversed(room.past.entries, command.act):
        raise NothingChanges("this act was undone already; `undo` of the undoing brings it back")
    return taken_back(entries, room)


def taken_back(entries: list[Entry], room: Room, *, labels_yield: bool = False) -> list[Drafted]:
    """These entries of one act undone: all of them, or those of the one thing that it did.

    With ``labels_yield`` a label that was changed since stays as it is.
    """
    # The order first: it shows whether the act's clauses can leave the text.
    whole = [entry for entry in entries if not entry.clause]
    tabled = {
        entry.clause
        for entry in entries
        if entry.clause and room.past.clause(entry.clause, entries[0].number - 1) is None
    }
    drafted = [
        Drafted(
            clause,
            on_the_clause(clause, [e for e in entries if e.clause == clause], room, labels_yield),
        )
        for clause in dict.fromkeys(entry.clause for entry in entries if entry.clause)
    ]
    if whole:
        drafted.append(Drafted("", on_the_whole(whole, room, tabled)))
    return drafted


def _stays(entry: Entry) -> bool:
    """Whether the entry began the record; a later revision can be taken back like any act."""
    event = entry.event
    if isinstance(event, DocumentReceived):
        return event.role is not DocumentRole.REVISION
    return isinstance(event, NegotiationOpened)


def _is_out(entries: list[Entry], room: Room) -> bool:
    """Whether the act issued a version that nobody withdrew.

    Once it is withdrawn, what was put right for it can be put back; the version stays on the list.
    """
    issued = {entry.number for entry in entries if isinstance(entry.event, VersionIssued)}
    return any(one.entry in issued and not one.withdrawn for one in room.negotiation.issued)
