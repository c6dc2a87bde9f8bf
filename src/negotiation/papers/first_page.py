"""A page as it would stand if it came first: the clauses that its reading makes, and where each is.

The reading becomes the events of an intake, and the events are folded; so a later page and the
record speak the same language and can be compared clause by clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted, Evidence
from negotiation.domain.events import AnomalyFound, BracketPlaced, ClauseTabled, PartyJoined
from negotiation.domain.evolve import evolve
from negotiation.domain.negotiation import Negotiation, evolve_negotiation
from negotiation.domain.terms import How, Kind
from negotiation.papers.correspondence import Side
from negotiation.papers.visible import Visible
from negotiation.views.on_the_page import has_a_place
from negotiation.views.pieces import Sort, pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans


@attrs.frozen
class FirstPage:
    """The clauses of a page as they would stand if it came first, and what told so."""

    clauses: tuple[Clause, ...]
    levels: Mapping[str, int]
    parties: tuple[PartyJoined, ...]
    tabled: Mapping[str, tuple[ClauseTabled, Evidence | None]]
    lines: Mapping[tuple[str, str], Evidence | None]
    """Where a point or an anomaly of a clause stands on the page."""


def read_first(drafted: Sequence[Drafted]) -> FirstPage:
    """What the events of an intake come to."""
    states: dict[str, Clause] = {}
    whole = Negotiation("page")
    parties: list[PartyJoined] = []
    tabled: dict[str, tuple[ClauseTabled, Evidence | None]] = {}
    lines: dict[tuple[str, str], Evidence | None] = {}
    for number, one in enumerate(drafted, start=1):
        event = one.event
        if not one.clause:
            whole = evolve_negotiation(whole, number, event)  # type: ignore[arg-type]  # the stream says which half of the union
            if isinstance(event, PartyJoined):
                parties.append(event)
            continue
        states[one.clause] = evolve(states.get(one.clause), number, one.clause, event)  # type: ignore[arg-type]  # as above
        if isinstance(event, ClauseTabled):
            tabled[one.clause] = event, one.evidence
        elif isinstance(event, BracketPlaced):
            lines[one.clause, event.point] = one.evidence
        elif isinstance(event, AnomalyFound):
            lines[one.clause, event.anomaly] = one.evidence
    clauses = (states[placed.clause] for placed in whole.order)
    return FirstPage(
        tuple(one for one in clauses if not _only_in_base(one)),
        {placed.clause: placed.level for placed in whole.order},
        tuple(parties),
        tabled,
        lines,
    )


def _only_in_base(clause: Clause) -> bool:
    """Whether nothing of it is on the page: its words come from the base alone."""
    lost = [one for one in clause.printed if one.how is How.NOT_PRINTED]
    return bool(lost) and sum(one.end - one.start for one in lost) == len(clause.passage.words)


def printed_live(clause: Clause, printed: Spans | None) -> str:
    """The live words with the brackets of open points, and no others."""
    return "".join(
        piece.words
        for piece in pieces(clause, Reading.OPEN, printed)
        if piece.point or piece.sort not in (Sort.BRACKET_OPEN, Sort.BRACKET_CLOSE)
    )


def sides(clauses: Sequence[Clause], printed: Spans) -> Iterator[Side]:
    """The clauses as one side of a comparison."""
    for clause in clauses:
        gone = not has_a_place(clause, Reading.OPEN)
        words = clause.passage.words if gone else Visible(clause.passage).words
        sort = clause.kind.value
        if clause.kind in (Kind.HEADING, Kind.TITLE):
            sort = "heading"
        yield Side(
            clause.id,
            sort,
            clause.label,
            words,
            words if gone else printed_live(clause, printed),
            gone,
        )
