"""The party-column sheet: one row a clause, one column a delegation."""

from __future__ import annotations

from negotiation.domain.negotiation import Negotiation
from negotiation.papers.reports.paper import Paper, Table, names, plain
from negotiation.views.quoting import cut_short
from negotiation.views.side_by_side import ClauseRow, Columns, Said, Word


def columns_paper(found: Columns, whole: Negotiation, *, private: bool = False) -> Paper:
    """Every clause as it stands, and what each delegation says of it."""
    heads = (
        "Clause",
        "Text as it stands",
        "State",
        *(names(whole, [one]) for one in found.parties),
    )
    table = Table(heads, tuple(_row(one, found, whole) for one in found.rows))
    spoken = [
        f"{names(whole, [party.code])} speaks for {names(whole, party.members)}"
        for party in whole.parties
        if party.members and party.code in found.parties
    ]
    notes = [
        "An empty cell means that nothing is on record; silence is not support.",
        *(f"{one}; members may still differ." for one in spoken),
    ]
    title = f"Delegations side by side{f': {found.symbol}' if found.symbol else ''}"
    if not found.parties:
        notes.append("No delegation has said anything yet.")
    return Paper(title, (plain(" ".join(notes)), table), table, private)


def _row(one: ClauseRow, found: Columns, whole: Negotiation) -> tuple[str | tuple[str, ...], ...]:
    return (
        one.path,
        one.words,
        one.state,
        *(tuple(_said(each, whole) for each in one.of(party)) for party in found.parties),
    )


def _said(one: Said, whole: Negotiation) -> str:
    through = f"{names(whole, [one.through])}: " if one.through else ""
    what = one.what
    if one.word in (Word.HOLDS, Word.OWNS):
        what = cut_short(one.what) if one.what.strip() else "a bracket without words"
    words = "".join(
        [
            f", strikes “{one.strikes}”" if one.strikes else "",
            f", puts in “{one.puts_in}”" if one.puts_in else "",
        ]
    )
    state = f" ({one.state})" if one.state else ""
    match one.word:
        case Word.SAYS:
            return f"{through}{what}{f', provided that {one.why}' if one.why else ''}"
        case Word.OWNS:
            return f"{through}to bring back {what}{f' until {one.why}' if one.why else ''}"
        case _:
            why = f": {one.why}" if one.why else ""
            return f"{through}{one.word.value} {what}{words}{state}{why}"
