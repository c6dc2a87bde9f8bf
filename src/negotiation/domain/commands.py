"""What a person can ask for: one class an act, in the imperative.

Commands name clauses, proposals and open points by id, and words by what they say, so that they
still make sense when somebody else acted first. New ids come with the command.
"""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.entries import Drafted
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.terms import BracketKind, Kind, ProposalTerms, Stance


@attrs.frozen
class WordsAt:
    """Words as they are printed, and which of their occurrences is meant, counted from 1."""

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
    """Agree the clause as it reads now; the lowest level of the ladder unless one is named."""

    clause: str
    level: str = ""
    conditions: tuple[str, ...] = ()


@attrs.frozen
class MeetCondition:
    """Note that a condition of an agreement is met."""

    clause: str
    condition: str


@attrs.frozen
class ReopenClause:
    """End the agreement on a clause."""

    clause: str
    by: str
    ground: str


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
    | ReopenClause
    | RecordPosition
    | MakeRemark
    | SettleAnomaly
    | ReverseAct
    | OpenNegotiation
    | ReceiveDraft
    | JoinParty
    | OpenMeeting
    | CloseMeeting
    | Together
)
