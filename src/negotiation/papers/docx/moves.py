"""The paragraphs of a text that is marked against its base, in one order that serves both.

A clause that moved stands there twice: struck where the base has it, inserted where it stands now.
As few clauses as possible are taken to have moved.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Sequence

import attrs

from negotiation.domain.clause import Clause
from negotiation.views.at_that_time import Moment
from negotiation.views.on_the_page import has_a_place
from negotiation.views.readings import Reading


class Half(enum.Enum):
    """Which of its places a clause has here."""

    STAYS = "stays"
    LEFT = "left"
    """The place that the base gives it; it stands elsewhere now."""
    CAME = "came"
    """The place where it stands now; the base has it elsewhere."""


@attrs.frozen
class Row:
    """A clause at one of its places."""

    clause: Clause
    half: Half = Half.STAYS


def rows(moment: Moment, first: Moment) -> tuple[Row, ...]:
    """The clauses of a moment in order; ``first`` has them in the order of the base."""
    base = [one.id for one in first.clauses if has_a_place(one, Reading.BASE)]
    rank = {clause: place for place, clause in enumerate(base)}
    stays = _staying(moment.clauses, rank)
    row: list[Row] = []
    for clause in moment.clauses:
        if not any(has_a_place(clause, reading) for reading in Reading):
            continue
        if clause.id not in rank or clause.id in stays:
            row.append(Row(clause))
        elif has_a_place(clause, Reading.LIVE):
            row.append(Row(clause, Half.CAME))
    states = {clause.id: clause for clause in moment.clauses}
    for place, clause_id in enumerate(base):
        if clause_id in stays:
            continue
        clause = states[clause_id]
        moved = has_a_place(clause, Reading.LIVE)
        before = base[place - 1] if place else ""
        row.insert(_behind(row, before, rank), Row(clause, Half.LEFT if moved else Half.STAYS))
    return tuple(row)


def _behind(row: Sequence[Row], before: str, rank: dict[str, int]) -> int:
    """The index behind the base place of a clause; before the whole base where it is none."""
    for index, one in enumerate(row):
        if one.half is Half.CAME:
            continue
        if one.clause.id == before:
            return index + 1
        if not before and one.clause.id in rank:
            return index
    return len(row)


def _staying(clauses: Sequence[Clause], rank: dict[str, int]) -> set[str]:
    """The clauses that need no move: most of those that stand, and whatever struck ones fit in."""
    both = [one.id for one in clauses if one.id in rank and has_a_place(one, Reading.LIVE)]
    stays = {both[place] for place in _rising([rank[one] for one in both])}
    standing = set(both)
    in_order = [one.id for one in clauses if one.id in rank]
    # The lowest rank that follows each place among those that stay.
    above = [len(rank)] * (len(in_order) + 1)
    for place in range(len(in_order) - 1, -1, -1):
        one = in_order[place]
        above[place] = rank[one] if one in stays else above[place + 1]
    below = -1
    for place, one in enumerate(in_order):
        if one in stays or (one not in standing and below < rank[one] < above[place + 1]):
            stays.add(one)
            below = rank[one]
    return stays


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising row of numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [number], [place]
    found: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
