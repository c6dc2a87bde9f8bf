"""What the reader makes of one page: clauses with runs, open points, proposals and anomalies.

Pure facts; nothing here is an event and nobody has been asked yet. The reader (`reader.py`) makes
them, the intake turns them into acts. Offsets are code points in a clause's words, all runs
taken together.
"""

import datetime
from enum import StrEnum
from functools import cached_property

import attrs

from negotiation.papers.docx.page import Comment, Touch
from negotiation.papers.parties import Attribution


class Kind(StrEnum):
    """What sort of place a clause is."""

    HEADER = "header"
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
    OTHER = "other"


class Origin(StrEnum):
    """Where words come from, as far as the page and its base tell."""

    BASE = "base"
    PRESUMED = "presumed"
    INSERTED = "inserted"


class PointKind(StrEnum):
    """How an open point is printed."""

    SQUARE = "square"
    CURLY = "curly"
    OPTION = "option"
    WHOLE = "whole"


class ProposalKind(StrEnum):
    """What a proposal asks for."""

    ADD = "ADD"
    MOD = "MOD"
    SUP = "SUP"
    NOC = "NOC"


class Fate(StrEnum):
    """What the page tells of a proposal's fate."""

    PENDING = "pending"
    NOT_RETAINED = "not retained"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much an anomaly matters: damaged words, a doubtful reading, or an editor's slip."""

    DAMAGED = "damaged"
    DOUBTFUL = "doubtful"
    EDITORIAL = "editorial"


@attrs.frozen
class Header:
    """The version header: what the page says about itself."""

    symbol: str | None = None
    """As cited, `DL/13(Rev.2)`."""
    document: str | None = None
    """The symbol without its revision, `DL/13`."""
    revision: int | None = None
    language: str | None = None
    date: datetime.date | None = None
    body: str | None = None
    title: str | None = None
    lines: tuple[tuple[int, str], ...] = ()
    """Line number and words of every header line, as printed."""


@attrs.frozen
class DraftRun:
    """A stretch of a clause's words with one origin, struck or live."""

    words: str
    origin: Origin = Origin.BASE
    struck: bool = False
    printed: bool = True
    """False where the words were lost from the page and come back from the base."""
    strike_lost: bool = False
    """True where the words are read as struck although the page shows no strike on them."""
    put_in: Touch | None = None
    """Who put the words in, where the page tracks that."""
    taken_out: Touch | None = None
    """Who struck them, where the page tracks that."""


@attrs.frozen
class Sign:
    """A bracket sign that the base has, too; ``None`` as its place means before the label."""

    at: int | None
    glyph: str


@attrs.frozen
class Variant:
    """A struck wording of the same clause, printed as a paragraph of its own and merged into it."""

    start: int
    end: int
    line: int
    label: str


@attrs.frozen
class DraftClause:
    """One place in the text: a heading, a chapeau, a paragraph or an item."""

    key: int
    kind: Kind
    level: int
    label: str
    label_struck: bool
    base_label: str | None
    runs: tuple[DraftRun, ...]
    line: int
    end_line: int
    in_base: bool | None = None
    lead: str = ""
    """What stands on the page before the words: indent, bullet, label, separator; no marks."""
    indent: int = 0
    breaks: tuple[int, ...] = ()
    """Offsets at which the page tore the paragraph in two."""
    variants: tuple[Variant, ...] = ()
    signs: tuple[Sign, ...] = ()
    """The bracket signs of the base, on a page that tracks who put in the others."""
    sponsor: Attribution | None = None
    """What it says of the sponsor of others, where such a line is a clause of its own."""
    said_above: bool = False
    """Whether such a line stands above it and names its sponsor."""
    relabelled: Touch | None = None
    """Who gave it another label than that of the base, on a page that tracks it."""

    @cached_property
    def words(self) -> str:
        """All words of the clause, struck ones included."""
        if len(self.runs) == 1:
            return self.runs[0].words
        return "".join(run.words for run in self.runs)

    @cached_property
    def live_words(self) -> str:
        """The words that are not struck."""
        return "".join(run.words for run in self.runs if not run.struck)

    @property
    def base_words(self) -> str:
        """The words as they stood before the negotiation, as far as the page and its base tell."""
        return "".join(run.words for run in self.runs if run.origin is not Origin.INSERTED)


@attrs.frozen
class Extent:
    """A share of one clause; None means from before its label, or to its very end."""

    clause: int
    start: int | None
    end: int | None


@attrs.frozen
class DraftAlternative:
    """One of the wordings of an open point."""

    order: int
    clause: int | None
    start: int | None
    end: int | None
    symbol: str | None = None
    sponsors: tuple[str, ...] = ()
    sponsor_code: str | None = None
    printed: str = ""
    """The attribution line or option label, as printed."""
    end_clause: int | None = None
    """The last clause, where the alternative runs over several."""
    no_text: bool = False
    """True where the alternative asks for no text at this place."""
    line: int = 0
    """The line of the attribution or of the alternative itself."""


@attrs.frozen
class DraftPoint:
    """An open point: a live bracket, a group of alternatives, or a block of options."""

    key: int
    kind: PointKind
    extents: tuple[Extent, ...]
    status: str
    alternatives: tuple[DraftAlternative, ...]
    parent: int | None
    holders: tuple[str, ...]
    line: int
    column: int
    placed: Touch | None = None
    """Who put the bracket, where the page tracks that."""


@attrs.frozen
class DraftProposal:
    """A proposal that the page shows, with its sponsor where it is named."""

    symbol: str | None
    sponsors: tuple[str, ...]
    clause: int
    kind: ProposalKind
    fate: Fate
    alternative_of: int | None
    start: int | None = None
    end: int | None = None
    words: str = ""
    line: int = 0


@attrs.frozen
class DraftNote:
    """A drafter's note inside the text, `{Placement: …}`; its words stay where they are printed."""

    clause: int
    start: int
    end: int


@attrs.frozen
class DraftRemark:
    """A comment in the margin of a page, and the stretch of a clause that it is about."""

    clause: int
    start: int
    end: int
    comment: Comment


@attrs.frozen
class Edit:
    """One correction of the reading: `words` take the place of a clause's stretch.

    Empty `words` take the stretch out of the reading. `applied` is true where the reading
    already has it so and only awaits confirmation.
    """

    clause: int
    start: int
    end: int
    words: str
    origin: Origin
    struck: bool
    applied: bool = False


@attrs.frozen
class Repair:
    """A proposed correction of the reading, for a named person to accept or reject."""

    says: str
    edits: tuple[Edit, ...] = ()

    @property
    def applied(self) -> bool:
        """Whether the reading has all of it already."""
        return bool(self.edits) and all(edit.applied for edit in self.edits)


@attrs.frozen
class Anomaly:
    """Something on the page that a person must look at."""

    code: str
    severity: Severity
    line: int
    column: int
    end_line: int
    words: str
    message: str
    repair: Repair | None = None
    live: bool = True
    clause: int | None = None
    related: tuple[int, ...] = ()
    """Other lines that belong to it."""


@attrs.frozen
class Counts:
    """What the page holds, so that every mark is accounted for."""

    open_points: int = 0
    """Groups that a chair must settle, nested ones included; a whole-text bracket is not one."""
    outer_points: int = 0
    """Those that no other open point contains."""
    square_opened: int = 0
    square_closed: int = 0
    curly_opened: int = 0
    curly_closed: int = 0
    square_pairs: int = 0
    curly_pairs: int = 0
    dead_pairs: int = 0
    """Pairs that stand inside struck words."""
    live_words_inside: int = 0
    struck_spans: int = 0
    struck_words: int = 0
    words: int = 0
    depth: int = 0
    brackets_paired: int = 0
    """Single marks that belong to a pair, dead ones included."""
    brackets_anomalous: int = 0
    brackets_literal: int = 0
    """Single marks that are words by convention: footnote marks, links, attributes."""
    headings: int = 0

    @property
    def brackets(self) -> int:
        """Every `[ ] { }` of the page."""
        return self.square_opened + self.square_closed + self.curly_opened + self.curly_closed


@attrs.frozen
class Draft:
    """The reading of one page."""

    header: Header
    clauses: tuple[DraftClause, ...]
    points: tuple[DraftPoint, ...]
    proposals: tuple[DraftProposal, ...]
    anomalies: tuple[Anomaly, ...]
    counts: Counts
    notes: tuple[DraftNote, ...] = ()
    conventions: str = "itu"
    remarks: tuple[DraftRemark, ...] = ()
    tracked: bool = False
    """Whether the page says who made which change, and when."""
