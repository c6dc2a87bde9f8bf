"""Everything that can happen, in the words of the room.

Each class is one kind of entry on the record, past tense, readable for ever. The first part happens
to a clause, the second to the negotiation as a whole. How an event changes the state stands in
`clause` and `negotiation`; when it may happen stands in `rules`.
"""

from __future__ import annotations

import datetime as dt

import attrs

from negotiation.domain.people import Capacity
from negotiation.domain.terms import (
    BracketKind,
    Condition,
    Correction,
    Damage,
    DocumentRole,
    Excepted,
    HowTaken,
    IssuedFile,
    Kind,
    Outcome,
    Printed,
    ProposalTerms,
    Restored,
    Settled,
    Stance,
    TabledRun,
)
from negotiation.text.edit import Edit
from negotiation.text.places import WHOLE, Reach

# -- on a clause ----------------------------------------------------------------------------------


@attrs.frozen
class ClauseTabled:
    """A clause came before the room: from a page, from the secretariat, or as an ADD."""

    kind: Kind
    label: str
    runs: tuple[TabledRun, ...]
    base_label: str | None = None
    """The label it had in the base; ``None`` when it was not there."""
    label_struck: bool = False
    proposal: ProposalTerms | None = None
    """The ADD that the clause comes from."""
    amendments: tuple[ProposalTerms, ...] = ()
    """The proposals that a received page shows inside the clause; ``runs`` name them."""
    sources: tuple[str, ...] = ()
    """The proposals whose words went into it, when it is a merger."""
    lead: str = ""
    """What a received page prints before the words, with ``{label}`` where the label stands."""
    printed: tuple[Printed, ...] = ()


@attrs.frozen
class AmendmentProposed:
    """A MOD: words of a clause to be replaced. Editorial ones are (MOD)."""

    proposal: ProposalTerms
    edits: tuple[Edit, ...]
    editorial: bool = False


@attrs.frozen
class DeletionProposed:
    """A SUP: a whole clause to go."""

    proposal: ProposalTerms
    edits: tuple[Edit, ...]


@attrs.frozen
class NoChangeProposed:
    """A NOC: the proposal that a clause stay as it is."""

    proposal: ProposalTerms


@attrs.frozen
class ProposalSupported:
    """Another party seconds or supports a proposal."""

    proposal: str
    party: str


@attrs.frozen
class ProposalRevised:
    """The sponsor gives the proposal a new wording; the former one falls with this entry."""

    proposal: str
    edits: tuple[Edit, ...]


@attrs.frozen
class ProposalWithdrawn:
    """The sponsor takes the proposal back."""

    proposal: str
    party: str


@attrs.frozen
class ProposalReintroduced:
    """A party brings back a proposal that was withdrawn or not retained."""

    proposal: str
    party: str


@attrs.frozen
class ProposalRetained:
    """The room takes the proposal: whole, as amended by ``edits``, or the words in ``kept``."""

    proposal: str
    kept: tuple[Settled, ...] = ()
    edits: tuple[Edit, ...] = ()
    state: str = "retained"


@attrs.frozen
class ProposalNotRetained:
    """The room does not take the proposal, or not the words in ``dropped``."""

    proposal: str
    dropped: tuple[Settled, ...] = ()
    state: str = "not retained"


@attrs.frozen
class ProposalMerged:
    """The proposal lives on in another: the words in ``settled`` are merged or dropped."""

    proposal: str
    into: str
    settled: tuple[Settled, ...] = ()


@attrs.frozen
class BracketPlaced:
    """Words are not agreed: a bracket around a share of this clause."""

    point: str
    kind: BracketKind = BracketKind.CONTESTED
    reach: Reach = WHOLE
    begins: bool = True
    holders: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""


@attrs.frozen
class BracketHeld:
    """A party insists on a bracket."""

    point: str
    party: str
    reason: str = ""


@attrs.frozen
class BracketReleased:
    """A party no longer insists on a bracket."""

    point: str
    party: str


@attrs.frozen
class BracketNarrowed:
    """A bracket covers fewer words than before."""

    point: str
    reach: Reach


@attrs.frozen
class BracketWidened:
    """A bracket covers more words than before."""

    point: str
    reach: Reach


@attrs.frozen
class BracketLifted:
    """The words inside stand; the bracket is gone from this clause."""

    point: str


@attrs.frozen
class StatusNoted:
    """The chair's note on an open point: "to be further discussed"."""

    point: str
    status: str


@attrs.frozen
class AlternativeTabled:
    """A wording among others of an open point: this clause, or a stretch of it."""

    point: str
    order: int
    proposal: str = ""
    sponsors: tuple[str, ...] = ()
    reach: Reach = WHOLE
    label: str = ""
    printed: str = ""
    """The attribution line as a received page prints it."""
    edits: tuple[Edit, ...] = ()
    """The words put into the clause for it, when they were not there yet."""
    terms: ProposalTerms | None = None
    """The proposal that comes with those words."""


@attrs.frozen
class OpenPointResolved:
    """What the decision on an open point means for this clause."""

    point: str
    outcome: Outcome
    proposals: tuple[str, ...] = ()
    """The proposals of this clause that are decided hereby."""
    settled: tuple[Settled, ...] = ()
    edits: tuple[Edit, ...] = ()
    label: str | None = None
    into: str = ""
    """The clause that this one was merged into."""
    sources: tuple[str, ...] = ()
    """The proposals that were merged into this clause; their sponsors stay contributors."""


@attrs.frozen
class TextRevised:
    """The chair or an editor changes the words, in substance or in form only."""

    edits: tuple[Edit, ...]
    editorial: bool = False
    reason: str = ""


@attrs.frozen
class ClauseDeleted:
    """The room takes the clause out of the text."""

    edits: tuple[Edit, ...]
    reason: str = ""


@attrs.frozen
class ClauseRestored:
    """A deleted clause stands again: the strikes of these entries are taken back."""

    strikes: tuple[int, ...]
    reason: str = ""


@attrs.frozen
class PositionRecorded:
    """What a party says of the clause, of an open point or of a proposal."""

    party: str
    stance: Stance
    on: str = ""
    condition: str = ""


@attrs.frozen
class ClauseParked:
    """The clause, or one open point of it, is set aside; the owner must bring it back."""

    owner: str
    until: str = ""
    point: str = ""


@attrs.frozen
class ClauseResumed:
    """What was parked is taken up again."""

    point: str = ""


@attrs.frozen
class ClauseAgreed:
    """Exactly these words are agreed, at this level of the ladder, on these conditions."""

    level: str
    words: str
    conditions: tuple[Condition, ...] = ()
    heard_by: tuple[str, ...] = ()
    """The parties that were in the room."""


@attrs.frozen
class ConditionMet:
    """A condition of the agreement is fulfilled."""

    condition: str


@attrs.frozen
class ConditionFailed:
    """A condition of the agreement will not be fulfilled: the agreement ends."""

    condition: str
    ground: str = ""


@attrs.frozen
class ClauseReferredBack:
    """A body gives agreed words back to a lower level; the words stay agreed there."""

    level: str
    decision: str


@attrs.frozen
class TextCorrected:
    """An error in adopted words is put right; ``proof`` are entries after which they stood so."""

    edits: tuple[Edit, ...]
    proof: tuple[int, ...]
    reason: str = ""


@attrs.frozen
class ClauseRelabelled:
    """The clause is printed under another number or letter."""

    label: str


@attrs.frozen
class ClauseReprinted:
    """A later page prints the clause in another way: what it is there, and what leads it in."""

    kind: Kind
    lead: str = ""
    label_struck: bool = False
    printed: tuple[Printed, ...] = ()


@attrs.frozen
class ClauseDrawnFrom:
    """Words of other clauses went into this one: split off from them, or merged into it."""

    clauses: tuple[str, ...]


@attrs.frozen
class ClauseLinked:
    """The clause stands or falls with a package."""

    package: str


@attrs.frozen
class ClauseUnlinked:
    """The clause stands by itself again: its package was agreed, or broken."""

    package: str


@attrs.frozen
class ClauseReopened:
    """The agreement on the clause ends; the words agreed stay beside it."""

    by: str
    ground: str
    decision: str = ""
    """The decision of the body that let it be reopened, where the level asks for one."""


@attrs.frozen
class AnomalyFound:
    """A fault on the received page, kept until somebody settles it."""

    anomaly: str
    damage: Damage


@attrs.frozen
class AnomalySettled:
    """A named person accepts or rejects the proposed repair of a page's reading."""

    anomaly: str
    accepted: bool
    corrections: tuple[Correction, ...] = ()


@attrs.frozen
class RemarkMade:
    """A note on the clause, on an open point or on a proposal."""

    words: str
    on: str = ""
    quoted: str = ""
    """The words of the clause that it is about; empty for the clause as a whole."""


# -- on the negotiation ---------------------------------------------------------------------------


@attrs.frozen
class NegotiationOpened:
    """The record begins."""

    symbol: str
    body: str = ""
    conventions: str = "itu"
    title: str = ""


@attrs.frozen
class DocumentReceived:
    """A document came in; the source is kept byte for byte."""

    name: str
    sha256: str
    source: bytes
    symbol: str = ""
    revision: int = 0
    date: dt.date | None = None
    role: DocumentRole = DocumentRole.DRAFT


@attrs.frozen
class PartyJoined:
    """A party takes part, or is named more fully."""

    code: str
    name: str = ""
    members: tuple[str, ...] = ()


@attrs.frozen
class MeetingOpened:
    """A meeting of the group begins."""

    meeting: str


@attrs.frozen
class MeetingClosed:
    """A meeting of the group ends."""

    meeting: str


@attrs.frozen
class ClausePlaced:
    """A clause takes its place in the order: when tabled, or moved (ADD*/SUP*).

    ``after`` is the clause before it, empty for the first place.
    """

    clause: str
    after: str
    level: int = 0


@attrs.frozen
class PackageFormed:
    """Open points and clauses are tied together: none is settled without the others."""

    package: str
    name: str
    clauses: tuple[str, ...]
    points: tuple[str, ...] = ()


@attrs.frozen
class PackageTaken:
    """The package is accepted as long as it holds; its points are settled in the same act."""

    package: str
    clauses: tuple[str, ...] = ()
    """Those that joined it hereby: tabled by its decisions, or come to its points since."""


@attrs.frozen
class PackageAgreed:
    """The package is agreed for good; its clauses stand by themselves."""

    package: str


@attrs.frozen
class PackageBroken:
    """The package falls; whatever it had settled is put back as it was."""

    package: str
    by: str = ""
    ground: str = ""


@attrs.frozen
class DecisionPut:
    """A decision is put to the room, to hear whether anybody objects."""

    decision: str
    question: str
    command: str
    clauses: tuple[str, ...] = ()
    until: dt.datetime | None = None


@attrs.frozen
class ObjectionMade:
    """A party objects to a decision that was put."""

    decision: str
    party: str
    ground: str = ""


@attrs.frozen
class ObjectionWithdrawn:
    """A party does not insist on its objection."""

    decision: str
    party: str


@attrs.frozen
class DecisionTaken:
    """The gavel fell, or the silence was not broken; what was decided is in the same act."""

    decision: str
    how: HowTaken


@attrs.frozen
class DecisionDropped:
    """A decision that was put is not pursued."""

    decision: str
    ground: str = ""


@attrs.frozen
class TermChanged:
    """One term or phrase was changed throughout; the changes are in the same act."""

    old: str
    new: str
    changed: int
    """How many occurrences were changed."""
    exceptions: tuple[Excepted, ...] = ()


@attrs.frozen
class VersionIssued:
    """The text was issued under a symbol, as it stood with this entry."""

    symbol: str
    fingerprint: str
    """The hash of its words, by which a copy is known."""
    against: str = ""
    """The earlier version or base that its marks compare it with."""
    renumbered: bool = False
    files: tuple[IssuedFile, ...] = ()
    warnings: int = 0
    """How many warnings of the checks were let pass."""
    position: int = 0
    """The entry whose seal it carries: the last one before it was issued."""
    root: str = ""
    """That seal; empty where the version was issued before there were seals."""


@attrs.frozen
class VersionWithdrawn:
    """An issued version is taken back, such as a wrong file."""

    symbol: str
    reason: str


@attrs.frozen
class RecordSealed:
    """The seal of an entry was written down; it stands for the record up to there."""

    position: int
    """The entry up to which the record is sealed."""
    root: str
    """The seal of that entry, as hexadecimal digits."""
    signature: str = ""
    """Ed25519 over what is sealed, as hexadecimal digits; empty where nobody signed."""
    key: str = ""
    """The public key of whoever signed, as hexadecimal digits."""


@attrs.frozen
class TextReferred:
    """The text was referred to another body, which sends it back."""

    body: str
    mandate: str = ""
    """What it is asked to do."""
    until: dt.datetime | None = None


@attrs.frozen
class TextReferredBack:
    """The body that a text was referred to sends it back, with its report."""

    body: str
    """The body that had it."""
    report: str = ""


@attrs.frozen
class PersonAccredited:
    """A person may read and act in this negotiation, in one capacity."""

    accreditation: str
    person: str
    capacity: Capacity
    party: str = ""
    """The delegation that the person speaks for."""
    role: str = ""
    """The role of the database that the person comes with; empty where a token is shown."""
    token: str = ""
    """SHA-256 of the token, as hexadecimal digits; the token itself is nowhere on the record."""
    expires: dt.datetime | None = None
    names: bool = True
    """Whether the names of parties are shown to the person."""


@attrs.frozen
class AccreditationRevoked:
    """A person may not read or act any more as accredited."""

    accreditation: str
    reason: str = ""


@attrs.frozen
class ProposalHandedIn:
    """A delegation hands something in from its own terminal; it waits for the chair's yes."""

    handed: str
    party: str
    what: str
    """What it would do, in a sentence."""
    command: str
    """The same as JSON: the name of the command and its fields."""
    clauses: tuple[str, ...] = ()


@attrs.frozen
class ProposalAdmitted:
    """The chair says yes to what was handed in; what it does is in the same act."""

    handed: str


@attrs.frozen
class ProposalDeclined:
    """The chair does not take up what was handed in."""

    handed: str
    reason: str = ""


@attrs.frozen
class ProposalTakenBack:
    """The delegation takes back what it handed in, before the chair answered."""

    handed: str


# -- on either ------------------------------------------------------------------------------------


@attrs.frozen
class ActReversed:
    """An earlier act is undone on this stream; carries the values put back."""

    act: str
    entries: tuple[int, ...]
    restored: Restored


STANDS = (
    VersionWithdrawn,
    RecordSealed,
    PersonAccredited,
    AccreditationRevoked,
    ProposalHandedIn,
    ProposalDeclined,
    ProposalTakenBack,
)
"""What is never undone: other acts answer it, or it only says what was."""

ClauseEvent = (
    ClauseTabled
    | AmendmentProposed
    | DeletionProposed
    | NoChangeProposed
    | ProposalSupported
    | ProposalRevised
    | ProposalWithdrawn
    | ProposalReintroduced
    | ProposalRetained
    | ProposalNotRetained
    | ProposalMerged
    | BracketPlaced
    | BracketHeld
    | BracketReleased
    | BracketNarrowed
    | BracketWidened
    | BracketLifted
    | StatusNoted
    | AlternativeTabled
    | OpenPointResolved
    | TextRevised
    | ClauseDeleted
    | ClauseRestored
    | PositionRecorded
    | ClauseParked
    | ClauseResumed
    | ClauseAgreed
    | ConditionMet
    | ConditionFailed
    | ClauseReferredBack
    | TextCorrected
    | ClauseRelabelled
    | ClauseReprinted
    | ClauseDrawnFrom
    | ClauseLinked
    | ClauseUnlinked
    | ClauseReopened
    | AnomalyFound
    | AnomalySettled
    | RemarkMade
    | ActReversed
)

NegotiationEvent = (
    NegotiationOpened
    | DocumentReceived
    | PartyJoined
    | MeetingOpened
    | MeetingClosed
    | ClausePlaced
    | PackageFormed
    | PackageTaken
    | PackageAgreed
    | PackageBroken
    | DecisionPut
    | ObjectionMade
    | ObjectionWithdrawn
    | DecisionTaken
    | DecisionDropped
    | TermChanged
    | VersionIssued
    | VersionWithdrawn
    | RecordSealed
    | TextReferred
    | TextReferredBack
    | PersonAccredited
    | AccreditationRevoked
    | ProposalHandedIn
    | ProposalAdmitted
    | ProposalDeclined
    | ProposalTakenBack
    | ActReversed
)

Event = ClauseEvent | NegotiationEvent
