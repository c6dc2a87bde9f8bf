"""What became of each proposal, word by word.

Nothing is "reflected": words are in the text, still on the table, living on elsewhere, not
retained, taken back or struck later, and each of these names the entry that made it so. A proposal
whose act was undone is told of as well.
"""

from __future__ import annotations

import enum

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import (
    ActReversed,
    AlternativeTabled,
    AmendmentProposed,
    ClauseTabled,
    DeletionProposed,
    NoChangeProposed,
    ProposalRevised,
    ProposalWithdrawn,
    TextRevised,
)
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Proposal, ProposalTerms
from negotiation.text.passage import Mark, Run, Standing
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.hands import Hand, hand
from negotiation.views.paths import paths

UNDONE = "undone"
"""The state of a proposal whose act was reversed."""


class Became(enum.Enum):
    """What became of words that a proposal puts in or strikes."""

    ON_THE_TABLE = "on the table"
    KEPT = "kept"
    MERGED = "merged"
    NOT_RETAINED = "not retained"
    WITHDRAWN = "withdrawn"
    REVISED = "replaced by its sponsor"
    STRUCK_LATER = "kept, struck later"
    EDITED = "kept, put in another form"
    """Struck since by an editor, who changes no substance: a closing mark, a number."""
    STRUCK_UNDECIDED = "struck undecided"
    """Struck for good by another decision while nobody had decided on the proposal."""


@attrs.frozen
class Part:
    """Words of a proposal that share one fate."""

    words: str
    deletes: bool
    """Whether the proposal strikes these words; otherwise it puts them in."""
    became: Became
    decided: Hand | None
    """Who made it so; ``None`` while nobody has decided."""
    into: str = ""
    """Where merged words live on, as `ProposalFate.into` says it."""


@attrs.frozen
class ProposalFate:
    """One proposal and all that became of it."""

    id: str
    symbol: str
    kind: str
    sponsors: tuple[str, ...]
    supporters: tuple[str, ...]
    clause: str
    path: str
    state: str
    proposed: Hand | None
    decided: tuple[Hand, ...]
    """Every entry that decided on some of its words, in order."""
    into: str
    """The path of the clause, or the symbol of the proposal, that it was merged into."""
    parts: tuple[Part, ...]

    def words(self, became: Became) -> str:
        """The words it puts in that share a fate, stretches parted by an ellipsis."""
        return " … ".join(
            part.words for part in self.parts if part.became is became and not part.deletes
        )


def fates(timeline: Timeline, at: int, symbol: str | None = None) -> tuple[ProposalFate, ...]:
    """What became of the proposals up to entry ``at``, in the order of the text.

    ``symbol`` is a proposal's symbol or id, or its sponsor's code or name; case does not matter.
    """
    moment = timeline.moment(at)
    called = paths(moment)
    found = [
        _fate(timeline, moment, called, clause, proposal)
        for clause in moment.clauses
        for proposal in clause.proposals
    ]
    known = {(one.clause, one.id) for one in found if one.state != UNDONE}
    found = [one for one in found if one.state != UNDONE]
    found += _undone(timeline, at, called, known)
    if symbol is None:
        return tuple(found)
    wanted = symbol.casefold()
    return tuple(one for one in found if wanted in _names(one, moment.negotiation))


def _names(fate: ProposalFate, negotiation: Negotiation) -> set[str]:
    names = {fate.symbol, fate.id, *fate.sponsors}
    names |= {negotiation.party(code).name for code in fate.sponsors}
    return {name.casefold() for name in names if name}


# -- one proposal ---------------------------------------------------------------------------------


def _fate(
    timeline: Timeline,
    moment: Moment,
    called: dict[str, str],
    clause: Clause,
    proposal: Proposal,
) -> ProposalFate:
    into = lives_on_in(moment, called, proposal.into)
    parts = _parts(timeline, clause, proposal, into)
    entries = sorted({part.decided.entry for part in parts if part.decided is not None})
    return ProposalFate(
        proposal.id,
        proposal.symbol,
        proposal.kind,
        proposal.sponsors,
        proposal.supporters,
        clause.id,
        called.get(clause.id, ""),
        proposal.state if clause.margin.tabled else UNDONE,
        hand(timeline, proposal.entry) if proposal.entry else None,
        tuple(hand(timeline, entry) for entry in entries),
        into,
        parts,
    )


def lives_on_in(moment: Moment, called: dict[str, str], into: str) -> str:
    """What people call the clause or the proposal of this id that words were merged into."""
    if not into or into in called:
        return called.get(into, "")
    for clause in moment.clauses:
        if (found := clause.proposal(into)) is not None:
            return found.symbol or f"{found.kind} on {called[clause.id]}"
    return into


def _parts(timeline: Timeline, clause: Clause, proposal: Proposal, into: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for run in clause.passage.runs:
        mark = run.inserted_by
        if mark is not None and _belongs(mark, proposal):
            _add(parts, _part(timeline, run, mark, into, deletes=False))
        for strike in run.struck_by:
            if strike.source == proposal.id:
                _add(parts, _part(timeline, run, strike, into, deletes=True))
    return tuple(parts)


def _belongs(mark: Mark, proposal: Proposal) -> bool:
    if mark.source:
        return mark.source == proposal.id
    # Words tabled with an addition are its words, also where the runs do not say so.
    return proposal.kind == "ADD" and mark.entry == proposal.entry


def _add(parts: list[Part], part: Part) -> None:
    last = parts[-1] if parts else None
    if last is not None and attrs.evolve(last, words="") == attrs.evolve(part, words=""):
        parts[-1] = attrs.evolve(last, words=last.words + part.words)
    else:
        parts.append(part)


def _part(timeline: Timeline, run: Run, mark: Mark, into: str, *, deletes: bool) -> Part:
    struck = None if deletes else _strike(run)
    if mark.standing is Standing.PENDING:
        # Also when it was brought back: whoever did so did not decide on it.
        if struck is not None:
            return Part(run.words, deletes, Became.STRUCK_UNDECIDED, hand(timeline, struck))
        return Part(run.words, deletes, Became.ON_THE_TABLE, None)
    fate = mark.fates[-1]
    by = hand(timeline, fate.entry)
    if fate.standing is Standing.MERGED:
        return Part(run.words, deletes, Became.MERGED, by, into)
    if fate.standing is Standing.KEPT:
        if struck is None:
            return Part(run.words, deletes, Became.KEPT, by)
        if struck != fate.entry and _is_form(timeline, struck):
            return Part(run.words, deletes, Became.EDITED, hand(timeline, struck))
        if struck != fate.entry:
            return Part(run.words, deletes, Became.STRUCK_LATER, hand(timeline, struck))
        # Retained as amended: these are the words that the amendment took out.
        return Part(run.words, deletes, Became.NOT_RETAINED, by)
    event = timeline.entries[fate.entry - 1].event
    if isinstance(event, ProposalWithdrawn):
        return Part(run.words, deletes, Became.WITHDRAWN, by)
    if isinstance(event, ProposalRevised):
        return Part(run.words, deletes, Became.REVISED, by)
    return Part(run.words, deletes, Became.NOT_RETAINED, by)


def _is_form(timeline: Timeline, entry: int) -> bool:
    event = timeline.entries[entry - 1].event
    return isinstance(event, TextRevised) and event.editorial


def _strike(run: Run) -> int | None:
    """The entry by which kept words were struck for good."""
    for strike in run.struck_by:
        if strike.standing is Standing.KEPT:
            return strike.fates[-1].entry
    return None


# -- proposals that were undone -------------------------------------------------------------------


def _undone(
    timeline: Timeline, at: int, called: dict[str, str], known: set[tuple[str, str]]
) -> list[ProposalFate]:
    """Proposals that an undo took out of the state: the record still has them."""
    found: dict[tuple[str, str], ProposalFate] = {}
    for entry in timeline.entries[:at]:
        terms, kind = _proposed(entry)
        if terms is None or (entry.clause, terms.id) in known:
            continue
        reversal = _reversal(timeline, at, entry)
        found[entry.clause, terms.id] = ProposalFate(
            terms.id,
            terms.symbol,
            kind,
            terms.sponsors,
            (),
            entry.clause,
            called.get(entry.clause, ""),
            UNDONE,
            hand(timeline, entry.number),
            (hand(timeline, reversal),) if reversal else (),
            "",
            (),
        )
    return list(found.values())


def _proposed(entry: Entry) -> tuple[ProposalTerms | None, str]:
    match entry.event:
        case ClauseTabled(proposal=terms):
            return terms, "ADD"
        case AmendmentProposed(proposal=terms, editorial=editorial):
            return terms, "(MOD)" if editorial else "MOD"
        case DeletionProposed(proposal=terms):
            return terms, "SUP"
        case NoChangeProposed(proposal=terms):
            return terms, "NOC"
        case AlternativeTabled(terms=terms, edits=edits):
            return terms, "MOD" if edits else "ADD"
        case _:
            return None, ""


def _reversal(timeline: Timeline, at: int, proposed: Entry) -> int:
    """The last entry that undid the act of a proposal on its clause; 0 when none did."""
    for number in reversed(timeline.changes_of(proposed.clause)):
        entry = timeline.entries[number - 1]
        if number <= at and isinstance(entry.event, ActReversed):
            reverses = proposed.number in entry.event.entries
            if reverses or entry.event.act == proposed.act.id:
                return number
    return 0
