"""What a person can ask for: one class an act, in the imperative.

Commands name clauses, proposals and open points by id, and words by what they say, so that they
still make sense when somebody else acted first. New ids come with the command.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from negotiation.domain.entries import Drafted
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import (
    BracketKind,
    Condition,
    IssuedFile,
    Kind,
    ProposalTerms,
    Stance,
)


@attrs.frozen
class WordsAt:
    """Words as they are printed, and which of their occurrences is meant, counted from 1.

    0 says that they stand only once.
    """

    words: str
    occurrence: int = 1


class Where(enum.Enum):
    """Where new words go, seen from the words named."""

    INSTEAD = "instead"
    BEFORE = "before"
    AFTER = "after"


@attrs.frozen
class Rewording:
    """New words for a clause.

    With ``words`` named they go instead of, before or after them. Without, ``new`` is the whole
    clause as it shall read (`Where.INSTEAD`), or goes to its beginning or end.
    """

    new: str
    words: WordsAt | None = None
    where: Where = Where.INSTEAD


# -- text and proposals ---------------------------------------------------------------------------


@attrs.frozen
class TableClause:
    """Put a clause before the room as text that is there, not as a proposal."""

    clause: str
    kind: Kind
    label: str
    words: str
    after: str = ""
    level: int = 0


@attrs.frozen
class ProposeAddition:
    """ADD: a new clause."""

    clause: str
    proposal: ProposalTerms
    kind: Kind
    label: str
    words: str
    after: str = ""
    level: int = 0


@attrs.frozen
class ProposeAmendment:
    """MOD: other words in a clause; (MOD) when only the form changes."""

    clause: str
    proposal: ProposalTerms
    changes: tuple[Rewording, ...]
    editorial: bool = False


@attrs.frozen
class ProposeDeletion:
    """SUP: a clause to go."""

    clause: str
    proposal: ProposalTerms


@attrs.frozen
class ProposeNoChange:
    """NOC: a clause to stay as it is."""

    clause: str
    proposal: ProposalTerms


@attrs.frozen
class SupportProposal:
    """Second or support a proposal."""

    proposal: str
    party: str


@attrs.frozen
class ReviseProposal:
    """Give one's proposal other words."""

    proposal: str
    party: str
    changes: tuple[Rewording, ...]


@attrs.frozen
class WithdrawProposal:
    """Take one's proposal back."""

    proposal: str
    party: str


@attrs.frozen
class ReintroduceProposal:
    """Bring back a proposal that fell; any party may."""

    proposal: str
    party: str


@attrs.frozen
class RetainProposal:
    """Take a proposal: whole, some of its ``words``, or as amended by ``changes``."""

    proposal: str
    words: tuple[WordsAt, ...] = ()
    changes: tuple[Rewording, ...] = ()


@attrs.frozen
class DropProposal:
    """Do not retain a proposal, or not these of its words."""

    proposal: str
    words: tuple[WordsAt, ...] = ()


@attrs.frozen
class MergeProposal:
    """Let a proposal live on in another."""

    proposal: str
    into: str


# -- open points ----------------------------------------------------------------------------------


@attrs.frozen
class PlaceBracket:
    """Put a bracket around words of a clause, the clause, or everything up to another clause.

    ``words`` without ``last`` is the stretch; with ``last`` the bracket runs from the beginning of
    ``words`` in ``clause`` to the end of ``last_words`` in ``last``.
    """

    point: str
    clause: str
    words: WordsAt | None = None
    last: str = ""
    last_words: WordsAt | None = None
    kind: BracketKind = BracketKind.CONTESTED
    holders: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""


@attrs.frozen
class HoldBracket:
    """Insist on a bracket."""

    point: str
    party: str
    reason: str = ""


@attrs.frozen
class ReleaseBracket:
    """Insist on a bracket no longer."""

    point: str
    party: str


@attrs.frozen
class ReachBracket:
    """Let a bracket cover these words of a clause instead."""

    point: str
    clause: str
    words: WordsAt


@attrs.frozen
class LiftBracket:
    """Take the bracket away; the words inside stand."""

    point: str


@attrs.frozen
class NoteStatus:
    """Note how an open point stands."""

    point: str
    status: str


@attrs.frozen
class TableAlternative:
    """Put another wording beside the others of an open point.

    Without ``clause`` the wording is a clause of its own with the id ``new_clause``, behind the
    point's last clause; with it, the words stand in that clause, behind the other wordings.
    """

    point: str
    proposal: ProposalTerms
    words: str
    new_clause: str = ""
    label: str = ""
    clause: str = ""


@attrs.frozen
class Choose:
    """This alternative goes into the text."""

    order: int
    label: str | None = None


@attrs.frozen
class Trim:
    """This alternative goes into the text with these of its words only."""

    order: int
    keep: tuple[WordsAt, ...]
    ending: str = ""
    label: str | None = None


@attrs.frozen
class Merge:
    """This alternative lives on in another one."""

    order: int
    into: int


@attrs.frozen
class Drop:
    """This alternative is not retained."""

    order: int


Verdict = Choose | Trim | Merge | Drop


@attrs.frozen
class ResolveOpenPoint:
    """Decide an open point.

    Verdicts come in the order in which the chosen clauses shall stand; alternatives that are not
    named are dropped. ``words`` is a new wording that all merge into; no verdict at all and no
    words keeps the base.
    """

    point: str
    verdicts: tuple[Verdict, ...] = ()
    words: str = ""
    new_clause: str = ""
    """The id for the clause of the new wording, where the alternatives are clauses."""


# -- the chair's and the editor's acts ------------------------------------------------------------


@attrs.frozen
class ReviseText:
    """Change words by decision, in substance or in form only."""

    clause: str
    changes: tuple[Rewording, ...]
    editorial: bool = False
    reason: str = ""
    capacity: Capacity = Capacity.CHAIR
    """An editor's change of form leaves an agreement standing; nobody else's does."""


@attrs.frozen
class DeleteClause:
    """Take a clause out of the text."""

    clause: str
    reason: str = ""


@attrs.frozen
class RestoreClause:
    """Let a deleted clause stand again."""

    clause: str
    reason: str = ""


@attrs.frozen
class MoveClause:
    """Put a clause behind another one; behind nothing is the first place."""

    clause: str
    after: str = ""
    level: int | None = None


@attrs.frozen
class Park:
    """Set a clause aside, or one open point of it."""

    clause: str = ""
    point: str = ""
    owner: str = ""
    until: str = ""


@attrs.frozen
class Resume:
    """Take up what was parked."""

    clause: str = ""
    point: str = ""


@attrs.frozen
class AgreeClause:
    """Agree the clause as it reads now; the lowest level of the ladder unless one is named.

    Conditions are said in the words of the room; the ones that wait on a party, a clause or a
    package are tied to it: ``pending Iran``, ``ad referendum: MEX``, ``pending resolves/4``.
    """

    clause: str
    level: str = ""
    conditions: tuple[str | Condition, ...] = ()
    heard_by: tuple[str, ...] = ()
    """The parties that were in the room; none where nobody noted them."""


@attrs.frozen
class MeetCondition:
    """Note that a condition of an agreement is met."""

    clause: str
    condition: str


@attrs.frozen
class FailCondition:
    """Note that a condition will not be met: the agreement ends."""

    clause: str
    condition: str
    ground: str = ""


@attrs.frozen
class ReopenClause:
    """End the agreement on a clause; above the first level by a decision of the body."""

    clause: str
    by: str
    ground: str
    decision: str = ""


@attrs.frozen
class ReferBack:
    """Give agreed words back to a lower level, where they stay agreed; the body decides it."""

    clause: str
    level: str
    decision: str


@attrs.frozen
class CorrectText:
    """Put an error in adopted words right; ``proof`` are entries after which they read so."""

    clause: str
    changes: tuple[Rewording, ...]
    proof: tuple[int, ...]
    reason: str = ""


@attrs.frozen
class RelabelClause:
    """Print a clause under another number or letter."""

    clause: str
    label: str


@attrs.frozen
class Occurrence:
    """One place of a term, and whether it is changed there."""

    clause: str
    occurrence: int
    """Which of the term's occurrences in the clause, counted from 1."""
    change: bool = True
    why: str = ""
    """Why it is left as it is."""


@attrs.frozen
class ChangeTerm:
    """Change one term or phrase throughout, occurrence by occurrence.

    Occurrences that are not named are left alone, and listed as exceptions without a reason.
    """

    old: str
    new: str
    occurrences: tuple[Occurrence, ...]
    editorial: bool = False
    capacity: Capacity = Capacity.CHAIR
    reason: str = ""
    parts: bool = False
    """Whether the occurrences inside other words are counted, too."""


# -- packages -------------------------------------------------------------------------------------


@attrs.frozen
class FormPackage:
    """Tie open points and clauses together: none is settled without the others."""

    package: str
    name: str
    clauses: tuple[str, ...] = ()
    """Beside the clauses that the points touch."""
    points: tuple[str, ...] = ()


@attrs.frozen
class TakePackage:
    """Accept a package as long as it holds.

    ``decisions`` settle its open points; its clauses are then agreed at the lowest level, on the
    condition that the package holds.
    """

    package: str
    decisions: tuple[Command, ...] = ()
    heard_by: tuple[str, ...] = ()
    """The parties that were in the room."""


@attrs.frozen
class AgreePackage:
    """Agree a package that was taken: the condition on its clauses is met."""

    package: str


@attrs.frozen
class BreakPackage:
    """Let a package fall; whatever taking it had settled is put back exactly as it was."""

    package: str
    by: str = ""
    ground: str = ""


# -- put to the room ------------------------------------------------------------------------------


@attrs.frozen
class PutDecision:
    """Ask the room: is there any objection? With ``until`` it is left to a silence deadline."""

    decision: str
    command: Command
    stored: str
    """The command as JSON, as the record keeps it."""
    question: str = ""
    until: dt.datetime | None = None
    at: dt.datetime | None = None
    """The time, so that no silence is set that has ended already."""


@attrs.frozen
class MakeObjection:
    """Object to a decision that was put."""

    decision: str
    party: str
    at: dt.datetime
    """The time, by which a silence deadline is judged."""
    ground: str = ""


@attrs.frozen
class WithdrawObjection:
    """Not insist on an objection."""

    decision: str
    party: str


@attrs.frozen
class TakeDecision:
    """Let the gavel fall on what was put, or note that the silence was not broken."""

    decision: str
    command: Command
    """What was put, read back from the record."""
    at: dt.datetime
    """The time, by which a silence deadline is judged."""


@attrs.frozen
class DropDecision:
    """Not pursue what was put."""

    decision: str
    ground: str = ""


@attrs.frozen
class RecordPosition:
    """Record what a party says of a clause, an open point or a proposal."""

    clause: str
    party: str
    stance: Stance
    on: str = ""
    condition: str = ""
    visibility: Visibility = Visibility.GROUP


@attrs.frozen
class MakeRemark:
    """Note something beside a clause."""

    clause: str
    words: str
    on: str = ""
    visibility: Visibility = Visibility.CHAIR


@attrs.frozen
class SettleAnomaly:
    """Accept or reject the proposed repair of a fault of the received page.

    With ``words`` the page is read as somebody types it: these words instead of ``part``, or of
    the whole clause where no part is named.
    """

    clause: str
    anomaly: str
    accept: bool
    words: str | None = None
    part: WordsAt | None = None


@attrs.frozen
class ReverseAct:
    """Undo an act by a further one."""

    act: str


# -- the negotiation ------------------------------------------------------------------------------


@attrs.frozen
class OpenNegotiation:
    """Begin a record."""

    symbol: str
    body: str = ""
    conventions: str = "itu"
    title: str = ""


@attrs.frozen
class ReceiveDraft:
    """Take in a page that intake has read; the events are its reading."""

    symbol: str
    drafted: tuple[Drafted, ...]


@attrs.frozen
class ReceiveRevision:
    """Take in a later text of the same negotiation; the events are what it implies."""

    symbol: str
    drafted: tuple[Drafted, ...]


@attrs.frozen
class RenumberText:
    """Give clauses new labels, and let references to them follow.

    ``references`` are the rewordings that this asks for, clause by clause; they change form only.
    """

    labels: tuple[tuple[str, str], ...]
    """Each clause that is relabelled, by id, and its new label."""
    references: tuple[tuple[str, tuple[Rewording, ...]], ...] = ()


@attrs.frozen
class IssueVersion:
    """Issue the text under a symbol; renumbered first where asked."""

    symbol: str
    fingerprint: str
    against: str = ""
    renumbering: RenumberText | None = None
    files: tuple[IssuedFile, ...] = ()
    warnings: int = 0
    position: int = 0
    root: str = ""


@attrs.frozen
class WithdrawVersion:
    """Take an issued version back, such as a wrong file."""

    symbol: str
    reason: str


@attrs.frozen
class SealRecord:
    """Write down the seal of an entry, signed or not."""

    position: int
    root: str
    signature: str = ""
    key: str = ""


@attrs.frozen
class JoinParty:
    """Let a party take part, or name it more fully."""

    code: str
    name: str = ""
    members: tuple[str, ...] = ()


@attrs.frozen
class OpenMeeting:
    """Open a meeting."""

    meeting: str


@attrs.frozen
class CloseMeeting:
    """Close the meeting that is open."""


@attrs.frozen
class ReferText:
    """Refer the text to another body, which sends it back."""

    body: str
    mandate: str = ""
    until: dt.datetime | None = None
    at: dt.datetime | None = None
    """The time, so that no deadline is set that has passed already."""


@attrs.frozen
class ReferTextBack:
    """Send the text back to the body that referred it."""

    report: str = ""


# -- who may do what ------------------------------------------------------------------------------


@attrs.frozen
class AccreditPerson:
    """Let a person read and act in this negotiation, known by a token or a role."""

    accreditation: str
    person: str
    capacity: Capacity
    party: str = ""
    role: str = ""
    token: str = ""
    """SHA-256 of the token, as hexadecimal digits."""
    expires: dt.datetime | None = None
    names: bool = True
    at: dt.datetime | None = None
    """The time, so that nobody is accredited until a time that has passed."""


@attrs.frozen
class RevokeAccreditation:
    """Let a person not read and act any more as accredited."""

    accreditation: str
    reason: str = ""


@attrs.frozen
class HandIn:
    """Hand a proposal in from a delegation's own terminal; it waits for the chair's yes."""

    handed: str
    party: str
    command: Command
    stored: str
    """The command as JSON, as the record keeps it."""
    what: str


@attrs.frozen
class AdmitProposal:
    """Say yes to what a delegation handed in: it is done on the text as it stands now."""

    handed: str
    command: Command
    """What was handed in, read back from the record."""


@attrs.frozen
class DeclineProposal:
    """Not take up what a delegation handed in."""

    handed: str
    reason: str = ""


@attrs.frozen
class TakeBackProposal:
    """Take back what was handed in, before the chair answered."""

    handed: str
    party: str


# -- several at once ------------------------------------------------------------------------------


@attrs.frozen
class Together:
    """What was said in one breath: these commands, one after the other, as a single act."""

    commands: tuple[Command, ...]


Command = (
    TableClause
    | ProposeAddition
    | ProposeAmendment
    | ProposeDeletion
    | ProposeNoChange
    | SupportProposal
    | ReviseProposal
    | WithdrawProposal
    | ReintroduceProposal
    | RetainProposal
    | DropProposal
    | MergeProposal
    | PlaceBracket
    | HoldBracket
    | ReleaseBracket
    | ReachBracket
    | LiftBracket
    | NoteStatus
    | TableAlternative
    | ResolveOpenPoint
    | ReviseText
    | DeleteClause
    | RestoreClause
    | MoveClause
    | Park
    | Resume
    | AgreeClause
    | MeetCondition
    | FailCondition
    | ReopenClause
    | ReferBack
    | CorrectText
    | RelabelClause
    | ChangeTerm
    | FormPackage
    | TakePackage
    | AgreePackage
    | BreakPackage
    | PutDecision
    | MakeObjection
    | WithdrawObjection
    | TakeDecision
    | DropDecision
    | RecordPosition
    | MakeRemark
    | SettleAnomaly
    | ReverseAct
    | OpenNegotiation
    | ReceiveDraft
    | ReceiveRevision
    | RenumberText
    | IssueVersion
    | WithdrawVersion
    | SealRecord
    | JoinParty
    | OpenMeeting
    | CloseMeeting
    | ReferText
    | ReferTextBack
    | AccreditPerson
    | RevokeAccreditation
    | HandIn
    | AdmitProposal
    | DeclineProposal
    | TakeBackProposal
    | Together
)
