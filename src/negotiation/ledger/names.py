"""The names under which events are stored.

They are ours, stable for ever and independent of where a class lives: a class may move or be
renamed, its stored name may not. Whoever changes the fields of an event gives it the next number
here and writes in `upcasts` how the former shape becomes the new one.
"""

from __future__ import annotations

from negotiation.domain import events as happened
from negotiation.domain.events import Event

ACT = "act/1"
"""What the entries of an act share; stored once for each act."""

NAMES: dict[str, type[Event]] = {
    "clause-tabled/1": happened.ClauseTabled,
    "amendment-proposed/1": happened.AmendmentProposed,
    "deletion-proposed/1": happened.DeletionProposed,
    "no-change-proposed/1": happened.NoChangeProposed,
    "proposal-supported/1": happened.ProposalSupported,
    "proposal-revised/1": happened.ProposalRevised,
    "proposal-withdrawn/1": happened.ProposalWithdrawn,
    "proposal-reintroduced/1": happened.ProposalReintroduced,
    "proposal-retained/1": happened.ProposalRetained,
    "proposal-not-retained/1": happened.ProposalNotRetained,
    "proposal-merged/1": happened.ProposalMerged,
    "bracket-placed/1": happened.BracketPlaced,
    "bracket-held/1": happened.BracketHeld,
    "bracket-released/1": happened.BracketReleased,
    "bracket-narrowed/1": happened.BracketNarrowed,
    "bracket-widened/1": happened.BracketWidened,
    "bracket-lifted/1": happened.BracketLifted,
    "status-noted/1": happened.StatusNoted,
    "alternative-tabled/1": happened.AlternativeTabled,
    "open-point-resolved/1": happened.OpenPointResolved,
    "text-revised/1": happened.TextRevised,
    "clause-deleted/1": happened.ClauseDeleted,
    "clause-restored/1": happened.ClauseRestored,
    "position-recorded/1": happened.PositionRecorded,
    "clause-parked/1": happened.ClauseParked,
    "clause-resumed/1": happened.ClauseResumed,
    "clause-agreed/2": happened.ClauseAgreed,
    "condition-met/1": happened.ConditionMet,
    "condition-failed/1": happened.ConditionFailed,
    "clause-referred-back/1": happened.ClauseReferredBack,
    "text-corrected/1": happened.TextCorrected,
    "clause-relabelled/1": happened.ClauseRelabelled,
    "clause-reprinted/1": happened.ClauseReprinted,
    "clause-drawn-from/1": happened.ClauseDrawnFrom,
    "clause-linked/1": happened.ClauseLinked,
    "clause-unlinked/1": happened.ClauseUnlinked,
    "clause-reopened/2": happened.ClauseReopened,
    "anomaly-found/1": happened.AnomalyFound,
    "anomaly-settled/1": happened.AnomalySettled,
    "remark-made/2": happened.RemarkMade,
    "negotiation-opened/1": happened.NegotiationOpened,
    "document-received/1": happened.DocumentReceived,
    "party-joined/1": happened.PartyJoined,
    "meeting-opened/1": happened.MeetingOpened,
    "meeting-closed/1": happened.MeetingClosed,
    "clause-placed/1": happened.ClausePlaced,
    "package-formed/1": happened.PackageFormed,
    "package-taken/1": happened.PackageTaken,
    "package-agreed/1": happened.PackageAgreed,
    "package-broken/1": happened.PackageBroken,
    "decision-put/1": happened.DecisionPut,
    "objection-made/1": happened.ObjectionMade,
    "objection-withdrawn/1": happened.ObjectionWithdrawn,
    "decision-taken/1": happened.DecisionTaken,
    "decision-dropped/1": happened.DecisionDropped,
    "term-changed/1": happened.TermChanged,
    "version-issued/2": happened.VersionIssued,
    "version-withdrawn/1": happened.VersionWithdrawn,
    "record-sealed/1": happened.RecordSealed,
    "text-referred/1": happened.TextReferred,
    "text-referred-back/1": happened.TextReferredBack,
    "person-accredited/1": happened.PersonAccredited,
    "accreditation-revoked/1": happened.AccreditationRevoked,
    "proposal-handed-in/1": happened.ProposalHandedIn,
    "proposal-admitted/1": happened.ProposalAdmitted,
    "proposal-declined/1": happened.ProposalDeclined,
    "proposal-taken-back/1": happened.ProposalTakenBack,
    "act-reversed/4": happened.ActReversed,
}
"""Every name that is written today, and the class that it stands for."""

NAME_OF: dict[type[Event], str] = {event: name for name, event in NAMES.items()}
"""The name under which each class is written."""
