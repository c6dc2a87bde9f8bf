"""The proposals that a page shows: sponsored wordings, deletions asked for, words not retained.

A struck word that was never base is somebody's proposal that did not survive; the page does not say
whose, and the reader does not guess.
"""

from collections.abc import Iterator, Sequence

from negotiation.papers.draft import (
    DraftClause,
    DraftPoint,
    DraftProposal,
    Fate,
    Origin,
    ProposalKind,
)
from negotiation.papers.options import Choice
from negotiation.papers.parties import Attribution


def sponsored(
    clauses: Sequence[DraftClause],
    points: Sequence[DraftPoint],
    attributions: dict[str, Attribution],
    unheld: Sequence[Sequence[Choice]],
) -> Iterator[DraftProposal]:
    """The proposals that name their sponsors, all of them pending."""
    by_key = {clause.key: clause for clause in clauses}
    for point in points:
        for alternative in point.alternatives:
            if alternative.symbol is None or alternative.clause is None:
                continue
            said = attributions.get(alternative.printed)
            words = " ".join(
                by_key[key].live_words
                for key in range(
                    alternative.clause, (alternative.end_clause or alternative.clause) + 1
                )
                if key in by_key
            )
            yield DraftProposal(
                symbol=alternative.symbol,
                sponsors=alternative.sponsors,
                clause=alternative.clause,
                kind=_kind(said),
                fate=Fate.PENDING,
                alternative_of=point.key,
                start=alternative.start,
                end=alternative.end,
                words=words,
                line=alternative.line,
            )
        if point.holders and point.status in ("delete", "deletes", "to delete"):
            first = point.extents[0]
            yield DraftProposal(
                symbol=None,
                sponsors=point.holders,
                clause=first.clause,
                kind=ProposalKind.SUP,
                fate=Fate.PENDING,
                alternative_of=point.key,
                start=first.start,
                end=first.end,
                words=by_key[first.clause].words[first.start or 0 : first.end],
                line=point.line,
            )
    for run in unheld:
        if len(run) > 1:
            continue
        choice, said = run[0], run[0].attribution
        if said is None:
            continue
        # Keys count the clauses of the page from 1; those that the base gives back come later.
        clause = by_key[choice.first + 1]
        yield DraftProposal(
            symbol=said.symbol,
            sponsors=said.sponsors,
            clause=clause.key,
            kind=_kind(said),
            fate=Fate.PENDING,
            alternative_of=None,
            words=clause.live_words,
            line=clause.line,
        )


def _kind(said: Attribution | None) -> ProposalKind:
    return ProposalKind(said.kind) if said and said.kind else ProposalKind.ADD


def not_retained(clauses: Sequence[DraftClause]) -> Iterator[DraftProposal]:
    """Struck words that were never base, each stretch a proposal of somebody unknown."""
    for clause in clauses:
        wholly = clause.in_base is False and all(run.struck for run in clause.runs)
        at = 0
        start = None
        for run in clause.runs:
            if run.struck and run.origin is Origin.INSERTED and run.printed:
                start = at if start is None else start
            elif start is not None and not wholly:
                yield from _dropped(clause, start, at, wholly)
                start = None
            at += len(run.words)
        if start is not None:
            yield from _dropped(clause, start, at, wholly)


def _dropped(clause: DraftClause, start: int, end: int, wholly: bool) -> Iterator[DraftProposal]:
    words = clause.words[start:end]
    # A bracket or a dash between struck base words is nobody's proposal.
    if not any(letter.isalnum() for letter in words):
        return
    if clause.base_label and words.strip() == clause.base_label:
        return
    yield DraftProposal(
        symbol=None,
        sponsors=(),
        clause=clause.key,
        kind=ProposalKind.ADD if wholly else ProposalKind.MOD,
        fate=Fate.NOT_RETAINED,
        alternative_of=None,
        start=start,
        end=end,
        words=words,
        line=clause.line,
    )
