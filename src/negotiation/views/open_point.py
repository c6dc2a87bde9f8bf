"""An open point and its wordings: what a reader of the record is given, and how points are ordered.

How the points of a moment are found is in `what_is_open`.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

PROPOSAL = "proposal"
"""The kind of an open point that is a proposal and no bracket."""
ON_THE_TABLE = "on the table"


@attrs.frozen
class Wording:
    """One of the wordings of an open point, or what a proposal on the table puts in."""

    order: int
    words: str
    clause: str
    path: str
    label: str
    proposal: str
    kind: str
    """ADD, MOD, (MOD), SUP or NOC; empty where the wording is nobody's proposal."""
    symbol: str
    sponsors: tuple[str, ...]
    supporters: tuple[str, ...]
    state: str
    """What became of its proposal: a withdrawn one stays in its group until that is settled."""


@attrs.frozen
class OpenPoint:
    """Something that the room has not settled."""

    number: int
    """Counted from 1 in the order of the text; it changes when something before is settled."""
    id: str
    kind: str
    """The kind of the bracket, or "proposal"."""
    clauses: tuple[str, ...]
    path: str
    """The clause where it begins."""
    where: str
    """How to say where it is: "after reaffirming/d" for a group of additions."""
    words: str
    """The live words inside, one line a clause."""
    struck: str
    """The words inside that an undecided proposal strikes."""
    alternatives: tuple[Wording, ...]
    holders: tuple[str, ...]
    sponsors: tuple[str, ...]
    status: str
    reason: str
    since: int
    """The entry that opened it."""
    since_when: str
    """When that was recorded, as ISO 8601."""
    age: int
    """How many acts were made since."""
    parked: str
    until: str
    positions: int
    """How many positions are on record; they are not weighed."""
    inside: str = ""
    """The id of the smallest bracket around it."""


Rank = tuple[int, int, int, int, int, str]
"""Place of the clause, start, how many clauses, end, entry and id; no two points have one rank."""
Unnumbered = tuple[Rank, Callable[[int], OpenPoint]]
"""Where a point comes among the others, and the point once it has its number."""
