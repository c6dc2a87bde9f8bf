"""What happened in one entry, told without a name: who by their part, what by the clause.

Closed over the events, as `views/telling.py` is, so that a new one cannot be forgotten. No words of
anybody are quoted; the page shows them where they stand.
"""

from __future__ import annotations

from negotiation.domain import events as ev
from negotiation.domain.entries import Entry
from negotiation.domain.people import Capacity

_WHO = {
    Capacity.CHAIR: "Chair",
    Capacity.SECRETARIAT: "Secretariat",
    Capacity.EDITOR: "Editor",
    Capacity.DELEGATION: "A delegation",
    Capacity.OBSERVER: "An observer",
    Capacity.IMPORT: "The page",
}
_PROPOSES = (ev.AmendmentProposed, ev.DeletionProposed, ev.NoChangeProposed, ev.ClauseTabled)
TOLD: dict[type, str] = {
    ev.ClauseTabled: "tables {here}",
    ev.AmendmentProposed: "proposes an amendment to {here}",
    ev.DeletionProposed: "proposes to delete {here}",
    ev.NoChangeProposed: "proposes no change to {here}",
    ev.ProposalSupported: "records support for a proposal on {here}",
    ev.ProposalRevised: "rewords a proposal on {here}",
    ev.ProposalWithdrawn: "records that a proposal on {here} is withdrawn",
    ev.ProposalReintroduced: "records that a proposal on {here} is brought back",
    ev.ProposalRetained: "retains a proposal on {here}",
    ev.ProposalNotRetained: "does not retain a proposal, or words of it, on {here}",
    ev.ProposalMerged: "merges a proposal on {here} into another",
    ev.BracketPlaced: "places a bracket on {here}",
    ev.BracketHeld: "records that the bracket on {here} is held",
    ev.BracketReleased: "records that the bracket on {here} is released",
    ev.BracketNarrowed: "narrows the bracket on {here}",
    ev.BracketWidened: "widens the bracket on {here}",
    ev.BracketLifted: "lifts the bracket on {here}",
    ev.StatusNoted: "notes how the bracket on {here} stands",
    ev.AlternativeTabled: "lists a wording in {here}",
    ev.OpenPointResolved: "settles an open point on {here}",
    ev.TextRevised: "revises {here}",
    ev.ClauseDeleted: "deletes {here}",
    ev.ClauseRestored: "restores {here}",
    ev.PositionRecorded: "records a position on {here}",
    ev.ClauseParked: "sets {here} aside",
    ev.ClauseResumed: "takes {here} up again",
    ev.ClauseAgreed: "notes {here} as agreed",
    ev.ConditionMet: "notes that a condition on {here} is met",
    ev.ConditionFailed: "ends the agreement on {here}: a condition is not met",
    ev.ClauseReferredBack: "refers {here} back",
    ev.TextCorrected: "corrects {here}",
    ev.ClauseRelabelled: "labels {here} anew",
    ev.ClauseReprinted: "prints {here} otherwise",
    ev.ClauseDrawnFrom: "draws {here} from other clauses",
    ev.ClauseLinked: "ties {here} to a package",
    ev.ClauseUnlinked: "unties {here} from a package",
    ev.ClauseReopened: "reopens {here}",
    ev.AnomalyFound: "has words in {here} that deserve a look",
    ev.AnomalySettled: "settles a doubt about {here}",
    ev.RemarkMade: "remarks on {here}",
    ev.ActReversed: "undoes an earlier act on {here}",
    ev.NegotiationOpened: "opens the record",
    ev.DocumentReceived: "receives a document",
    ev.PartyJoined: "records somebody as taking part",
    ev.MeetingOpened: "opens a meeting",
    ev.MeetingClosed: "closes a meeting",
    ev.ClausePlaced: "gives {here} its place",
    ev.PackageFormed: "forms a package",
    ev.PackageTaken: "takes a package as long as it holds",
    ev.PackageAgreed: "notes a package as agreed",
    ev.PackageBroken: "breaks a package",
    ev.DecisionPut: "puts a question to the room",
    ev.ObjectionMade: "records an objection",
    ev.ObjectionWithdrawn: "records that an objection is withdrawn",
    ev.DecisionTaken: "notes that the question is decided",
    ev.DecisionDropped: "does not pursue the question",
    ev.TermChanged: "changes a term throughout",
    ev.VersionIssued: "issues a version",
    ev.VersionWithdrawn: "withdraws a version",
    ev.RecordSealed: "seals the record",
    ev.TextReferred: "refers the text to another body",
    ev.TextReferredBack: "takes the text back from another body",
    ev.PersonAccredited: "accredits somebody",
    ev.AccreditationRevoked: "revokes an accreditation",
    ev.ProposalHandedIn: "hands something in",
    ev.ProposalAdmitted: "admits what was handed in",
    ev.ProposalDeclined: "does not take up what was handed in",
    ev.ProposalTakenBack: "takes back what was handed in",
}
"""What was done, with the clause in its place; for every event there is one."""


def part(entry: Entry) -> str:
    """Which part whoever acted has in the room."""
    return _WHO[entry.act.capacity]


def told_unnamed(entry: Entry, called: str) -> str:
    """One sentence; ``called`` is the path of the clause, which must not name anybody."""
    event = entry.event
    terms = getattr(event, "proposal", None) if isinstance(event, _PROPOSES) else None
    theirs = bool(getattr(terms, "sponsors", ())) and entry.act.capacity is Capacity.CHAIR
    who = _WHO[Capacity.DELEGATION] if theirs else part(entry)
    return f"{who} {TOLD[type(event)].format(here=called or 'the text')}."
