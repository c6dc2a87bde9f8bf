"""The small facts that events and states are made of, in the words of the room.

The first part is what events carry; the second is how things stand on a clause, which an undo also
carries to put it back. The events themselves are in `events`.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from negotiation.domain.people import Capacity, Party
from negotiation.text.passage import Run, Standing
from negotiation.text.places import WHOLE, Reach

# -- the terms that events are written in ---------------------------------------------------------


class Kind(enum.Enum):
    """What a clause is on the page."""

    HEADER = "header"
    """Page furniture: symbol, date, group. Printed, but no part of the text."""
    TITLE = "title"
    SUBJECT = "subject"
    ENACTING = "enacting"
    HEADING = "heading"
    CHAPEAU = "chapeau"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    OPTION = "option"
    NOTE = "note"
    FOOTNOTE = "footnote"


class Origin(enum.Enum):
    """Where words that are tabled come from."""

    BASE = "base"
    PRESUMED = "presumed"
    """The page does not tell; read as base until somebody knows better."""
    INSERTED = "inserted"


@attrs.frozen
class TabledRun:
    """Words as they are tabled: where they come from, whether struck, and what was decided."""

    words: str
    origin: Origin = Origin.BASE
    struck: bool = False
    standing: Standing = Standing.KEPT
    """Of the insertion, or of the strike on base words."""
    source: str = ""
    """The proposal that they belong to, when known."""


@attrs.frozen
class ProposalTerms:
    """A proposal as it is handed in. ``sponsors`` are party codes; none means unattributed."""

    id: str
    symbol: str = ""
    sponsors: tuple[str, ...] = ()
    reason: str = ""


@attrs.frozen
class Settled:
    """What was decided on the marks within a stretch of a clause."""

    start: int
    end: int
    standing: Standing


class BracketKind(enum.Enum):
    """What a bracket asks for."""

    CONTESTED = "contested"
    ALTERNATIVES = "alternatives"
    OUTER = "outer"
    """A curly bracket around a group."""
    OPTION = "option"
    PLACEHOLDER = "placeholder"
    WHOLE_TEXT = "whole text"


class Outcome(enum.Enum):
    """How an open point ended for one clause."""

    CHOSEN = "chosen"
    TRIMMED = "trimmed"
    MERGED = "merged into"
    DROPPED = "dropped"
    BASE_KEPT = "base kept"
    NEW_WORDS = "new words"


class Stance(enum.Enum):
    """What a party says of a point. Silence is not recorded, and is not support."""

    PROPOSES = "proposes"
    SUPPORTS = "supports"
    CAN_ACCEPT = "can accept"
    FLEXIBLE = "flexible"
    RESERVES = "reserves"
    OPPOSES = "opposes"
    RED_LINE = "red line"


class Severity(enum.Enum):
    """How much an anomaly of a page matters."""

    DAMAGED = "damaged"
    DOUBTFUL = "doubtful"
    EDITORIAL = "editorial"


class WaitsOn(enum.Enum):
    """What would release a condition of an agreement."""

    PARTY = "party"
    """A delegation that has still to say yes."""
    CLAUSE = "clause"
    """Another clause that has to be agreed first."""
    PACKAGE = "package"
    """The package that the clause stands or falls with."""
    CAPITALS = "ad referendum"
    """Confirmation by capitals or by the parent body; of one party where it is named."""
    EVENT = "event"
    """Anything else, as it is said."""


@attrs.frozen
class Condition:
    """What an agreement hangs on: in the words of the room, and tied to a thing where it is one."""

    words: str
    waits_on: WaitsOn = WaitsOn.EVENT
    on: str = ""
    """The party's code, the clause's or the package's id."""

    def __str__(self) -> str:
        """The words."""
        return self.words


class HowTaken(enum.Enum):
    """How a decision that was put to the room was reached."""

    NO_OBJECTION = "no objection"
    """Asked in the meeting; nobody objected when the gavel fell."""
    SILENCE = "silence"
    """Circulated with a deadline, and nobody broke the silence."""


@attrs.frozen
class Excepted:
    """An occurrence of a term that was left as it is when the term was changed throughout."""

    clause: str
    occurrence: int
    """Which of its occurrences in the clause, counted from 1, before the change."""
    why: str = ""


@attrs.frozen
class IssuedFile:
    """A file that was written when a version was issued, and the hash by which it is known."""

    name: str
    sha256: str
    reading: str
    """What it shows: clean, marked against the base, marked against a version, names off."""


class DocumentRole(enum.Enum):
    """What a received document is to the negotiation."""

    DRAFT = "draft"
    BASE = "base"
    REVISION = "revision"
    """A later text of the same negotiation, from outside."""


class How(enum.Enum):
    """How words stood on the received page, where that is not how they are read."""

    TORN = "torn"
    """A paragraph was broken in two at this place."""
    APART = "apart"
    """A struck wording of the clause was printed as a paragraph of its own."""
    NOT_PRINTED = "not printed"
    """The words were lost from the page, and come back from the base."""
    STRIKE_LOST = "strike lost"
    """The words are read as struck, and the page shows no strike."""
    BARE = "bare"
    """The undecided marks of the proposal in ``label`` are printed without brackets around them."""
    NAMED = "named"
    """The proposal in ``label`` is printed under a line with its symbol and sponsor."""
    UNNAMED = "unnamed"
    """The line with symbol and sponsor of the proposal in ``label`` is printed no more."""
    SAID_ABOVE = "sponsor said above"
    """The line that names the sponsors of the clause stands above it as text of its own."""
    SIGN = "bracket sign"
    """The bracket sign in ``label`` stands here in the base."""
    SIGN_BEFORE = "bracket sign before the label"
    """The bracket sign in ``label`` stands before the label in the base."""


@attrs.frozen
class Printed:
    """A stretch of a clause, and how the received page printed it."""

    start: int
    end: int
    how: How
    label: str = ""


@attrs.frozen
class Correction:
    """A better reading of a stretch of a received page: ``removed`` as read, ``runs`` instead."""

    start: int
    end: int
    removed: str
    runs: tuple[TabledRun, ...]


@attrs.frozen
class Damage:
    """An anomaly of a received page, as found. Lines and columns count from 1, in code points."""

    code: str
    severity: Severity
    line: int
    column: int
    end_line: int
    words: str
    message: str
    live: bool
    repair: str = ""
    """What the proposed repair says; empty when none could be proposed."""
    corrections: tuple[Correction, ...] = ()
    applied: bool = False
    """Whether the words are read so already, and only await a person's word."""


# -- how things stand on a clause ----------------------------------------------------------------


@attrs.frozen
class Proposal:
    """A proposal on its clause, as it stands."""

    id: str
    kind: str
    """ADD, MOD, (MOD), SUP or NOC."""
    symbol: str = ""
    sponsors: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    state: str = "on the table"
    into: str = ""
    """The proposal or clause that it was merged into."""
    entry: int = 0


@attrs.frozen
class Bracket:
    """A clause's share of an open point."""

    point: str
    kind: BracketKind
    reach: Reach = WHOLE
    begins: bool = True
    """Whether the open point begins on this clause: holders and status are kept there."""
    holders: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""
    since: int = 0
    parked: str = ""
    """Who has to bring it back, when it is parked."""
    until: str = ""


@attrs.frozen
class Alternative:
    """One of the wordings of an open point: the whole clause, or a stretch of it."""

    point: str
    order: int
    proposal: str = ""
    sponsors: tuple[str, ...] = ()
    reach: Reach = WHOLE
    label: str = ""
    printed: str = ""
    """The attribution line as the received page prints it."""


@attrs.frozen
class Agreement:
    """Exact words agreed at a level, by whom, and on what conditions."""

    level: str
    words: str
    conditions: tuple[Condition, ...] = ()
    entry: int = 0
    heard_by: tuple[str, ...] = ()
    """The parties that were in the room, by their codes; the meeting is that of the entry."""


@attrs.frozen
class Position:
    """What a party said of a point: ``on`` an open point or a proposal, or of the clause."""

    party: str
    stance: Stance
    on: str = ""
    condition: str = ""
    entry: int = 0


@attrs.frozen
class Anomaly:
    """A fault of a received page that is kept visible until somebody settles it."""

    id: str
    damage: Damage
    settled: str = ""
    """Empty, "accepted" or "rejected"."""
    entry: int = 0


@attrs.frozen
class Remark:
    """A note beside the text."""

    words: str
    on: str = ""
    entry: int = 0
    quoted: str = ""
    """The words that it is about; empty for the clause as a whole."""


@attrs.frozen
class Parked:
    """A clause set aside: who must bring it back, and until when."""

    owner: str
    until: str = ""
    entry: int = 0


@attrs.frozen
class Placed:
    """A clause in the order of the text, and how deep it stands."""

    clause: str
    level: int = 0


@attrs.frozen
class Package:
    """Open points and clauses that stand or fall together."""

    id: str
    name: str
    clauses: tuple[str, ...]
    points: tuple[str, ...]
    state: str = "formed"
    """formed, taken (its points are settled, on condition that it holds), agreed, or broken."""
    entry: int = 0
    """The entry that brought it into this state."""


@attrs.frozen
class Objection:
    """A party's no to a decision that was put to the room."""

    party: str
    ground: str = ""
    entry: int = 0


@attrs.frozen
class PutDecision:
    """A decision that was put to the room and is not taken yet."""

    id: str
    question: str
    command: str
    """What would be done, as JSON: the name of the command and its fields."""
    clauses: tuple[str, ...] = ()
    """The clauses it concerns, for the screens."""
    until: dt.datetime | None = None
    """The deadline of a silence procedure; none when it is asked in the meeting."""
    objections: tuple[Objection, ...] = ()
    entry: int = 0


@attrs.frozen
class HandedIn:
    """What a delegation handed in from its own terminal, and the chair has not answered yet."""

    id: str
    party: str
    what: str
    """What it would do, in a sentence."""
    command: str
    """The same as JSON: the name of the command and its fields."""
    clauses: tuple[str, ...] = ()
    """The clauses it concerns, for the screens."""
    entry: int = 0


@attrs.frozen
class Referral:
    """The text lies with another body, which sends it back."""

    body: str
    mandate: str = ""
    """What it is asked to do."""
    until: dt.datetime | None = None
    entry: int = 0


@attrs.frozen
class Accreditation:
    """A person who may read and act in a negotiation that several people share."""

    id: str
    person: str
    capacity: Capacity
    party: str = ""
    """The delegation that the person speaks for."""
    role: str = ""
    """The role of the database that the person comes with."""
    token: str = ""
    """SHA-256 of the token that the person shows, as hexadecimal digits."""
    expires: dt.datetime | None = None
    names: bool = True
    """Whether the names of parties are shown to the person."""
    revoked: str = ""
    """Why it was revoked; empty while it holds."""
    entry: int = 0


@attrs.frozen
class Restored:
    """Values that an undo puts back; ``None`` leaves a field as it is.

    A field that may be empty is given as a tuple of none or one.
    """

    label: str | None = None
    tabled: bool | None = None
    passage: tuple[Run, ...] | None = None
    brackets: tuple[Bracket, ...] | None = None
    alternatives: tuple[Alternative, ...] | None = None
    proposals: tuple[Proposal, ...] | None = None
    agreement: tuple[Agreement, ...] | None = None
    last_agreed: tuple[Agreement, ...] | None = None
    parked: tuple[Parked, ...] | None = None
    positions: tuple[Position, ...] | None = None
    remarks: tuple[Remark, ...] | None = None
    anomalies: tuple[Anomaly, ...] | None = None
    deleted_by: int | None = None
    label_struck: bool | None = None
    order: tuple[Placed, ...] | None = None
    meeting: str | None = None
    parties: tuple[Party, ...] | None = None
    printed: tuple[Printed, ...] | None = None
    kind: Kind | None = None
    lead: str | None = None
    package: str | None = None
    drawn_from: tuple[str, ...] | None = None
    symbol: str | None = None
    packages: tuple[Package, ...] | None = None
    decisions: tuple[PutDecision, ...] | None = None
    handed_in: tuple[HandedIn, ...] | None = None
    referrals: tuple[Referral, ...] | None = None
