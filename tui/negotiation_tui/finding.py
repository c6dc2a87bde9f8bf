"""Where what is typed after `/` leads: a label or path, a proposal's symbol, a party, words."""

from __future__ import annotations

import attrs

from negotiation.domain.clause import Clause
from negotiation_tui.page import Page


@attrs.frozen
class Hit:
    """A place that was meant, perhaps; the lower the rank, the surer."""

    rank: int
    place: int
    clause: str
    point: str = ""
    told: str = ""


def hits(page: Page, said: str, *, struck: bool) -> tuple[Hit, ...]:
    """All that these words could mean on the page, the surest first, then in order of the text."""
    wanted = said.casefold().strip()
    if not wanted:
        return ()
    found: list[Hit] = []
    codes = _parties(page, wanted)
    for place, clause in enumerate(page.clauses):
        if one := _hit(page, place, clause, wanted, codes, struck=struck):
            found.append(one)
    return tuple(sorted(found, key=lambda hit: (hit.rank, hit.place)))


def _hit(
    page: Page, place: int, clause: Clause, wanted: str, codes: frozenset[str], *, struck: bool
) -> Hit | None:
    path = page.called.get(clause.id, "").casefold()
    label = clause.label.casefold().strip("().")
    if wanted in (path, clause.label.casefold()) or (label and wanted.strip("().") == label):
        return Hit(0, place, clause.id)
    for proposal in clause.proposals:
        if proposal.symbol and wanted == proposal.symbol.casefold():
            told = f"{proposal.symbol} ({proposal.kind}): {proposal.state}."
            return Hit(0, place, clause.id, _point(page, clause, proposal.id), told)
    for point in page.open_on.get(clause.id, ()):
        named = {*point.holders, *point.sponsors}
        named |= {code for one in point.alternatives for code in one.sponsors}
        if codes & named:
            who = ", ".join(sorted(codes & named))
            return Hit(1, place, clause.id, point.id, f"Open point {point.number}: {who}.")
    if codes and any(codes & set(one.sponsors) for one in clause.proposals):
        return Hit(2, place, clause.id, "", "A proposal of theirs was decided here.")
    for proposal in clause.proposals:
        if proposal.symbol and wanted in proposal.symbol.casefold():
            told = f"{proposal.symbol} ({proposal.kind}): {proposal.state}."
            return Hit(3, place, clause.id, _point(page, clause, proposal.id), told)
    passage = clause.passage
    read = passage.words if struck else passage.standing_between(0, len(passage.words))
    if wanted in read.casefold() or (path and wanted in path):
        return Hit(4, place, clause.id)
    return None


def _point(page: Page, clause: Clause, proposal: str) -> str:
    for point in page.open_on.get(clause.id, ()):
        if point.id == proposal or any(one.proposal == proposal for one in point.alternatives):
            return point.id
    return ""


def _parties(page: Page, wanted: str) -> frozenset[str]:
    """The parties whose code or name this is."""
    return frozenset(
        party.code
        for party in page.moment.negotiation.parties
        if wanted in (party.code.casefold(), party.name.casefold())
    )
