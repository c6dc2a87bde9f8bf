"""The readings of a passage: which of its words are wanted, and what each reading is called."""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.clause import Clause
from negotiation.text.passage import Run, Shown


class Reading(enum.Enum):
    """Which text is wanted of a passage with its marks."""

    MARKED = "marked"
    """Everything, with its marks."""
    OPEN = "open"
    """What stands, pending proposals in brackets and their strikes visible."""
    LIVE = "live"
    """What stands with every pending proposal applied; only open points are in brackets."""
    BASE = "base"
    """As if nothing were proposed."""


@attrs.frozen
class AsProposedBy:
    """The reading in which one sponsor's undecided proposals are applied, and no others."""

    sponsor: str
    """A party's code, a proposal's symbol or its id."""


def reading_named(name: str) -> Reading | AsProposedBy | None:
    """The reading that people call ``marked``, ``open``, ``live``, ``base`` or ``as:SPONSOR``."""
    if name.startswith("as:"):
        return AsProposedBy(name[3:]) if name[3:] else None
    return next((one for one in Reading if one.value == name), None)


def proposed_by(clause: Clause, sponsor: str) -> frozenset[str]:
    """The ids of the proposals on a clause that carry this code, symbol or id."""
    folded = sponsor.casefold()
    return frozenset(
        one.id
        for one in clause.proposals
        if folded in {one.id.casefold(), one.symbol.casefold()}
        or any(folded == code.casefold() for code in one.sponsors)
    )


def is_shown(run: Run, reading: Reading) -> bool:
    """Whether a run's words are in this reading."""
    match reading:
        case Reading.MARKED:
            return True
        case Reading.OPEN:
            return run.shown is not Shown.GONE
        case Reading.LIVE:
            return run.live
        case Reading.BASE:
            return run.inserted_by is None


def is_left(clause: Clause, reading: Reading | AsProposedBy) -> bool:
    """Whether nothing of the clause is on the page any more."""
    if reading is Reading.LIVE:
        return bool(clause.passage.runs) and not clause.passage.live
    return clause.passage.gone
