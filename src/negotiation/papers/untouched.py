"""Which clauses of a Word file that tracks its changes nobody touched since it went out.

Tracked changes tell two readings and not which of them the room has decided, so a clause that
reads as the record does in both of them is the record's, decisions and all. A bracket over several
clauses is known only where all of them are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from negotiation.domain.clause import Clause
from negotiation.papers.rewording import squeezed
from negotiation.views.pieces import pieces
from negotiation.views.readings import Reading
from negotiation.views.signs import Spans


def untouched(
    page: Mapping[str, tuple[Clause, Clause]],
    clauses: Iterable[Clause],
    record: Iterable[Clause],
    printed: tuple[Spans, Spans],
) -> frozenset[str]:
    """The ids of those clauses of a page.

    ``page`` has the pairs of what the page shows and what the record has there, by the ids of the
    page; ``clauses`` and ``record`` are all that the two have, ``printed`` how brackets stand.
    """
    found = {
        key: pair
        for key, pair in page.items()
        if pair[0].label == pair[1].label
        and all(_words(pair, one, printed) for one in (Reading.LIVE, Reading.BASE))
    }
    shown_clauses, record_clauses = tuple(clauses), tuple(record)
    while True:
        known = {clause.id for _, clause in found.values()}
        strange = {
            bracket.point
            for rows, names in ((shown_clauses, found.keys()), (record_clauses, known))
            for one in rows
            if one.id not in names
            for bracket in one.brackets
        }
        left = {
            key: pair
            for key, pair in found.items()
            if not any(bracket.point in strange for one in pair for bracket in one.brackets)
        }
        if len(left) == len(found):
            return frozenset(found)
        found = left


def left_behind(
    clauses: Iterable[Clause], names: Mapping[str, str], record: Iterable[Clause]
) -> frozenset[str]:
    """The ids of struck clauses of a page that show where clauses of the record were moved from.

    ``names`` are the ids on the record of the clauses of the page.
    """
    rows = tuple(clauses)
    stand = {names[one.id] for one in rows}
    moved = {squeezed(one.passage.base) for one in record if one.id in stand}
    return frozenset(
        one.id
        for one in rows
        if names[one.id] == one.id
        and not one.passage.live.strip()
        and one.passage.base.strip()
        and squeezed(one.passage.base) in moved
    )


def _words(pair: tuple[Clause, Clause], reading: Reading, printed: tuple[Spans, Spans]) -> bool:
    """Whether the words and signs of a reading are the same, whoever's they are said to be."""
    shown, clause = (
        squeezed("".join(piece.words for piece in pieces(one, reading, spans)))
        for one, spans in zip(pair, printed, strict=True)
    )
    return shown == clause
