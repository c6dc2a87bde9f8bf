"""The validation exercise on paper: every proposal, its sponsor, and what became of its words."""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity
from negotiation.papers.reports.paper import (
    Paper,
    Table,
    Times,
    actor,
    by,
    count,
    names,
    plain,
    visible,
    when,
)
from negotiation.views.hands import Hand
from negotiation.views.what_became_of_all import Answer, End, Validation
from negotiation.views.where_did_it_go import Became
from negotiation.views.where_did_it_go import Part as Words

_COLUMNS = (
    "No.",
    "Proposal",
    "Kind",
    "Sponsors",
    "Supported by",
    "Where",
    "Tabled",
    "What became of it",
    "Its words",
)
_SAID = {
    Became.ON_THE_TABLE: "undecided",
    Became.KEPT: "in the text",
    Became.MERGED: "merged",
    Became.NOT_RETAINED: "not retained",
    Became.WITHDRAWN: "withdrawn",
    Became.REVISED: "replaced by its sponsor",
    Became.STRUCK_LATER: "taken, struck later",
    Became.EDITED: "taken, put in another form by an editor",
    Became.STRUCK_UNDECIDED: "struck without a decision on it",
}
_SAID_OF_STRIKES = {
    Became.KEPT: "struck",
    Became.NOT_RETAINED: "strike not retained, the words stand",
    Became.ON_THE_TABLE: "strike undecided",
}


def fate_paper(found: Validation, whole: Negotiation, times: Times) -> Paper:
    """Every proposal ever tabled, one row each, and how many ended so."""
    rows = tuple(_row(one, whole, times) for one in found.answers)
    table = Table(_COLUMNS, rows)
    total = len(found.answers)
    if not total:
        return Paper(_title(whole), ("No proposal is on the record.",), table)
    ends = ", ".join(f"{number} {end.value}" for end, number in found.totals)
    told = (
        f"{count(total, 'proposal')} on the record: {plain(ends)}. "
        "Each is listed once, in the order in which they were tabled, with every one of its words."
    )
    return Paper(_title(whole), (told, table), table)


def _title(whole: Negotiation) -> str:
    return f"What became of every proposal{f': {whole.symbol}' if whole.symbol else ''}"


def _row(one: Answer, whole: Negotiation, times: Times) -> tuple[str | tuple[str, ...], ...]:
    fate = one.fate
    tabled = ""
    if fate.proposed is not None:
        meeting = f" ({fate.proposed.meeting})" if fate.proposed.meeting else ""
        at = f"{when(fate.proposed, times)}{meeting}, entry {fate.proposed.entry}"
        tabled = f"{_entered(fate.proposed, whole)}{at}"
    return (
        str(one.number),
        fate.symbol or "without a symbol",
        fate.kind,
        names(whole, fate.sponsors) or "nobody named",
        names(whole, fate.supporters),
        fate.path,
        tabled,
        _end(one, whole, times),
        tuple(
            _words(part, whole, times, alone=len(fate.decided) < 2)
            for part in fate.parts
            if part.words.strip()
        ),
    )


def _entered(hand: Hand, whole: Negotiation) -> str:
    return f"{actor(hand, whole)}, " if hand.capacity is Capacity.IMPORT else ""


def _end(one: Answer, whole: Negotiation, times: Times) -> str:
    fate = one.fate
    words = one.end.value
    if one.end is End.MERGED and fate.into:
        words = f"merged into {fate.into}"
    elif one.end is End.OPEN:
        words = "open: on the table"
    elif one.end is End.IN_FULL and fate.kind == "NOC":
        words = "in full: the clause stays as it is"
    edited = {part.decided for part in fate.parts if part.became is Became.EDITED}
    decided = [one for one in fate.decided if one not in edited] or list(fate.decided)
    last = decided[-1] if decided else None
    if last is not None and one.end is not End.OPEN:
        return f"{words} ({by(last, whole, times)})"
    return words


def _words(part: Words, whole: Negotiation, times: Times, *, alone: bool) -> str:
    said = (part.deletes and _SAID_OF_STRIKES.get(part.became)) or _SAID[part.became]
    into = f" into {part.into}" if part.into else ""
    # One decision on all of it stands beside it already.
    told = part.decided is not None and not alone
    hand = f" ({by(part.decided, whole, times)})" if told and part.decided is not None else ""
    return f"{said}{into}: “{visible(part.words.strip())}”{hand}"
