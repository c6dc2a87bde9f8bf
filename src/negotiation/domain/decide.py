"""Which events a command becomes, or why it cannot be.

One line an act; the rules themselves stand in `rules`, one file a subject.
"""

from __future__ import annotations

from typing import assert_never

from negotiation.domain import commands as do
from negotiation.domain.entries import Drafted
from negotiation.domain.room import Room
from negotiation.domain.rules import (
    accrediting,
    agreeing,
    clauses,
    gathering,
    guards,
    handing_in,
    notes,
    open_points,
    packages,
    proposals,
    putting,
    referring,
    resolving,
    throughout,
    together,
    undo,
    versions,
)


def decide(command: do.Command, room: Room) -> tuple[Drafted, ...]:
    """The events of this act; raises a `Refusal` when the room does not allow it."""
    drafted = tuple(_decide(command, room))
    if not isinstance(command, do.Together | do.TakeDecision | do.AdmitProposal):
        guards.check(drafted, room, command)
    return drafted


def unguarded(command: do.Command, room: Room) -> tuple[Drafted, ...]:
    """Without the guards: what a package decides as a whole, it may decide on its clauses."""
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
            return agreeing.agree(command, room)
        case do.MeetCondition():
            return agreeing.meet_condition(command, room)
        case do.ReopenClause():
            return agreeing.reopen(command, room)
        case do.FailCondition():
            return agreeing.fail_condition(command, room)
        case do.ReferBack():
            return agreeing.refer_back(command, room)
        case do.CorrectText():
            return agreeing.correct(command, room)
        case do.FormPackage():
            return packages.form(command, room)
        case do.TakePackage():
            return packages.take(command, room, unguarded)
        case do.AgreePackage():
            return packages.agree(command, room)
        case do.BreakPackage():
            return packages.break_(command, room)
        case do.PutDecision():
            return putting.put(command, room, decide)
        case do.MakeObjection():
            return putting.object_to(command, room)
        case do.WithdrawObjection():
            return putting.withdraw_objection(command, room)
        case do.TakeDecision():
            return putting.take(command, room, decide)
        case do.DropDecision():
            return putting.drop(command, room)
        case do.ChangeTerm():
            return throughout.change_term(command, room)
        case do.RelabelClause():
            return versions.relabel(command, room)
        case do.RenumberText():
            return versions.renumber(command, room)
        case do.IssueVersion():
            return versions.issue(command, room)
        case do.WithdrawVersion():
            return versions.withdraw(command, room)
        case do.SealRecord():
            return versions.seal(command, room)
        case do.ReceiveRevision():
            return versions.receive(command, room)
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
        case do.ReferText():
            return referring.refer(command, room)
        case do.ReferTextBack():
            return referring.refer_back(command, room)
        case do.AccreditPerson():
            return accrediting.accredit(command, room)
        case do.RevokeAccreditation():
            return accrediting.revoke(command, room)
        case do.HandIn():
            return handing_in.hand_in(command, room, decide)
        case do.AdmitProposal():
            return handing_in.admit(command, room, decide)
        case do.DeclineProposal():
            return handing_in.decline(command, room)
        case do.TakeBackProposal():
            return handing_in.take_back(command, room)
        case do.Together():
            return together.together(command, room, decide)
        case _:
            assert_never(command)
