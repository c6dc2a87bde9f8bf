"""What a check before issuing found: how grave, where, in which words, and what to do."""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import Kind
from negotiation.papers.clean_up import CleanUp, clean_up
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import paths
from negotiation.views.versions import Version


class Gravity(enum.Enum):
    """Whether a version can go out with it."""

    BLOCKING = "blocking"
    WARNING = "warning"


@attrs.frozen
class Finding:
    """One thing that was found, and its place."""

    gravity: Gravity
    code: str
    clause: str
    """Empty where it concerns the whole text."""
    path: str
    line: int
    """The line of the received page, or of the one that the clause came with; 0 where unknown."""
    words: str
    message: str
    advice: str


@attrs.frozen
class Looked:
    """The text that is looked at, with what every check asks for."""

    timeline: Timeline
    at: int
    symbol: str
    """Under which it shall be issued; empty where nobody said so yet."""
    against: Version | None
    moment: Moment
    called: dict[str, str]
    clauses: dict[str, Clause]
    tidy: CleanUp
    living: tuple[Clause, ...]
    """The clauses that have words in the text, page furniture aside."""

    def line(self, clause: Clause | None) -> int:
        """The line of the page on which a clause came in; 0 for one that was typed."""
        if clause is None:
            return 0
        evidence = self.timeline.entries[clause.margin.tabled_by - 1].evidence
        return evidence.line if evidence is not None else 0


def looked(timeline: Timeline, at: int, symbol: str, against: Version | None) -> Looked:
    """The text after entry ``at``, ready to be looked at."""
    moment = timeline.moment(at)
    clauses = {clause.id: clause for clause in moment.clauses}
    living = tuple(
        clause for clause in moment.clauses if clause.stands and clause.kind is not Kind.HEADER
    )
    return Looked(
        timeline,
        at,
        symbol,
        against,
        moment,
        paths(moment),
        clauses,
        clean_up(timeline, at),
        living,
    )


def place(
    seen: Looked,
    clause: Clause,
    gravity: Gravity,
    code: str,
    words: str,
    message: str,
    advice: str,
) -> Finding:
    """A finding on a clause."""
    return Finding(
        gravity,
        code,
        clause.id,
        seen.called.get(clause.id, ""),
        seen.line(clause),
        words,
        message,
        advice,
    )


def at_large(gravity: Gravity, code: str, words: str, message: str, advice: str) -> Finding:
    """A finding on the whole text."""
    return Finding(gravity, code, "", "", 0, words, message, advice)
