"""Which events a command becomes, or why it cannot be.

One line an act; the rules themselves stand in `rules`, one file a subject.
"""

from __future__ import annotations

from typing import assert_never

from negotiation.domain import commands as do
from negotiation.domain.entries import Drafted
from negotiation.domain.room import Room
from negotiation.domain.rules import (
    clauses,
    gathering,
    notes,
    open_points,
    proposals,
    resolving,
    together,
    undo,
)


def decide(command: do.Command, room: Room) -> tuple[Drafted, ...]:
    """The events of this act; raises a `Refusal` when the room does not allow it."""
    return tuple(_decide(command, room))


def _decide(command: do.Command, room: Room) -> list[Drafted]:
    match command:
        case do.ProposeAmendment():
            return proposals.amendment(command, room)
        case do.ProposeAddition():
            return proposals.addition(command, room)
        case do.ProposeDeletion():
            return proposals.deletion(command, room)
        case do.ProposeNoChange():
            return proposals.no_change(command, room)
        case do.SupportProposal():
            return proposals.support(command, room)
        case do.ReviseProposal():
            return proposals.revise(command, room)
        case do.WithdrawProposal():
            return proposals.withdraw(command, room)
        case do.ReintroduceProposal():
            return proposals.reintroduce(command, room)
        case do.RetainProposal():
            return proposals.retain(command, room)
        case do.DropProposal():
            return proposals.drop(command, room)
        case do.MergeProposal():
            return proposals.merge(command, room)
        case do.PlaceBracket():
            return open_points.place(command, room)
        case do.HoldBracket():
            return open_points.hold(command, room)
        case do.ReleaseBracket():
            return open_points.release(command, room)
        case do.ReachBracket():
            return open_points.reach(command, room)
        case do.LiftBracket():
            return open_points.lift(command, room)
        case do.NoteStatus():
            return open_points.note(command, room)
        case do.TableAlternative():
            return open_points.alternative(command, room)
        case do.ResolveOpenPoint():
            return resolving.resolve(command, room)
        case do.TableClause():
            return clauses.table(command, room)
        case do.ReviseText():
            return clauses.revise(command, room)
        case do.DeleteClause():
            return clauses.delete(command, room)
        case do.RestoreClause():
            return clauses.restore(command, room)
        case do.MoveClause():
            return clauses.move(command, room)
        case do.Park():
            return clauses.park(command, room)
        case do.Resume():
            return clauses.resume(command, room)
        case do.AgreeClause():
            return clauses.agree(command, room)
        case do.MeetCondition():
            return clauses.meet_condition(command, room)
        case do.ReopenClause():
            return clauses.reopen(command, room)
        case do.RecordPosition():
            return notes.position(command, room)
        case do.MakeRemark():
            return notes.remark(command, room)
        case do.SettleAnomaly():
            return notes.settle(command, room)
        case do.ReverseAct():
            return undo.undo(command, room)
        case do.OpenNegotiation():
            return gathering.begin(command, room)
        case do.ReceiveDraft():
            return gathering.receive(command, room)
        case do.JoinParty():
            return gathering.join(command, room)
        case do.OpenMeeting():
            return gathering.open_meeting(command, room)
        case do.CloseMeeting():
            return gathering.close_meeting(command, room)
        case do.Together():
            return together.together(command, room, decide)
        case _:
            assert_never(command)
