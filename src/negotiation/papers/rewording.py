"""How the words of one clause come to read as a later page has them, event by event.

Nothing leaves a passage: what the page has no more is struck, what it has besides is put in, and
words that it prints struck but that never stood in the record are put in and struck, so that they
are kept. Marks that wait for a decision on the page wait on the record. Leaves out brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from negotiation.domain.clause import Clause
from negotiation.domain.events import (
    AmendmentProposed,
    ClauseEvent,
    ClauseRestored,
    ProposalNotRetained,
    ProposalRetained,
    TextRevised,
)
from negotiation.domain.terms import Proposal, ProposalTerms, Settled
from negotiation.papers.visible import Visible
from negotiation.text.changes import Change, changes
from negotiation.text.edit import Edit, apply_all
from negotiation.text.passage import Mark, Run, Shown, Standing, marks_of
from negotiation.text.places import Reach
from negotiation.text.search import on_boundary

_SPACE = re.compile(r"\s+")


def squeezed(words: str) -> str:
    """The words without white space."""
    return _SPACE.sub("", words)


def rewords(clause: Clause, page: Clause) -> bool:
    """Whether the page has other words than the record, white space between words aside."""
    return bool(_told(clause, page))


def _spaced(words: str) -> str:
    return _SPACE.sub(" ", words).strip()


def restored(clause: Clause) -> ClauseRestored | None:
    """A struck clause stands again: the strikes of what took it out are taken back."""
    strikes = {
        strike.entry
        for run in clause.passage.runs
        for strike in run.struck_by
        if strike.standing is Standing.KEPT
        and strike.entry in (clause.margin.deleted_by or clause.margin.tabled_by,)
    }
    return ClauseRestored(tuple(sorted(strikes))) if strikes else None


def revised(clause: Clause, page: Clause, symbol: str) -> TextRevised | None:
    """The decided words that the page puts in and takes out."""
    edits = list(_edits(clause, page, decided=True))
    return TextRevised(tuple(edits), False, f"as {symbol} has it") if edits else None


def left_over(clause: Clause, page: Clause, symbol: str) -> TextRevised | None:
    """Whatever still differs, undecided words included."""
    edits = list(_edits(clause, page, decided=False))
    return TextRevised(tuple(edits), False, f"as {symbol} has it") if edits else None


def _edits(clause: Clause, page: Clause, *, decided: bool) -> Iterator[Edit]:
    """From the back, so that no edit moves the place of the next."""
    here, there = Visible(clause.passage), Visible(page.passage)
    waiting = _Waiting(page) if decided else None
    for change in reversed(_told(clause, page)):
        inserted = change.inserted
        if waiting is not None:
            inserted = waiting.decided(there, change)
        if not change.removed and not inserted:
            continue
        yield _edit(here, change, inserted)


def _told(clause: Clause, page: Clause) -> list[Change]:
    here, there = Visible(clause.passage), Visible(page.passage)
    if _spaced(here.words) == _spaced(there.words):
        return []
    cuts = (_edges(clause, here), _edges(page, there))
    return [one for one in changes(here.words, there.words, cuts) if _counts(one, here, there)]


def _counts(change: Change, here: Visible, there: Visible) -> bool:
    """Whether a change is one of words: space for space is the printer's.

    Space where there was none parts a word, unless hidden words stand there and part it already.
    """
    if change.removed.strip() or change.inserted.strip():
        return True
    if change.removed and change.inserted:
        return False
    return not (
        here.hides(change.start, change.end) or there.hides(change.new_start, change.new_end)
    )


def _edges(clause: Clause, seen: Visible) -> set[int]:
    """Where brackets and wordings begin and end, among the characters that are read."""
    reaches = [one.reach for one in clause.brackets] + [one.reach for one in clause.alternatives]
    ends = [end for reach in reaches for end in (reach.start, reach.end) if end is not None]
    return {bisect_left(seen.places, end) for end in ends}


def _edit(here: Visible, change: Change, inserted: str) -> Edit:
    if change.start == change.end:
        at = here.after_character(change.start)
        if not on_boundary(here.passage.words, at):
            at = here.places[change.start] if change.start < len(here.places) else at
        return Edit(at, at, "", inserted)
    start, end = here.places[change.start], here.places[change.end - 1] + 1
    return Edit(start, end, here.passage.standing_between(start, end), inserted)


class _Waiting:
    """The words of the page that wait for a decision."""

    def __init__(self, page: Clause) -> None:
        self._open = {one.id for one in page.proposals if one.state == "on the table"}

    def source(self, run: Run) -> str:
        mark = run.inserted_by
        if mark is not None and mark.standing is Standing.PENDING and mark.source in self._open:
            return mark.source
        return ""

    def decided(self, there: Visible, change: Change) -> str:
        """What a change puts in that does not wait for a decision."""
        return "".join(words for source, words in self.parts(there, change) if not source)

    def parts(self, there: Visible, change: Change) -> list[tuple[str, str]]:
        """What a change puts in, by the proposal that it waits for."""
        if not self._open:
            return [("", change.inserted)]
        found: list[tuple[str, str]] = []
        at = 0
        for run in there.passage.runs:
            if run.shown is Shown.GONE:
                continue
            end = at + len(run.words)
            low, high = max(at, change.new_start), min(end, change.new_end)
            if low < high:
                source, words = self.source(run), there.words[low:high]
                if found and found[-1][0] == source:
                    found[-1] = (source, found[-1][1] + words)
                else:
                    found.append((source, words))
            at = end
        return found


# -- marks that wait ------------------------------------------------------------------------------


def proposed(clause: Clause, page: Clause) -> Iterator[AmendmentProposed]:
    """What the page shows as undecided and the record does not have so: one event a proposal."""
    waiting = _Waiting(page)
    known = {one.id for one in clause.proposals}
    wordings = {one.proposal for one in page.alternatives}
    here, there = Visible(clause.passage), Visible(page.passage)
    inserts: dict[str, list[Edit]] = defaultdict(list)
    for change in reversed(_told(clause, page)):
        parts = waiting.parts(there, change)
        if change.removed or len(parts) != 1 or not parts[0][0]:
            continue
        inserts[parts[0][0]].append(_edit(here, change, parts[0][1]))
    for terms in page.proposals:
        if terms.state != "on the table":
            continue
        # A wording comes with its open point; only what is struck in it is proposed here.
        wording = terms.id in wordings
        edits = [] if wording else inserts.get(terms.id, [])
        try:
            passage = apply_all(clause.passage, edits, Mark(0, terms.id))
        except ValueError:
            continue
        edits = [*edits, *_strikes(Visible(passage), there, terms.id)]
        # Words that were there may from now on stand under a sponsor's name.
        named = terms.kind == "ADD" and terms.symbol and not wording
        named = named and _same(clause, terms) is None
        if edits or named:
            yield AmendmentProposed(_terms(terms, known), tuple(edits))
            # One proposal at a time: the next one is placed in the words that this one leaves.
            return


def _terms(proposal: Proposal, known: set[str]) -> ProposalTerms:
    """What is proposed; what comes to a proposal that is there already is one more beside it."""
    own = proposal.id
    while own in known:
        own += "+"
    return ProposalTerms(own, proposal.symbol, proposal.sponsors)


def _strikes(here: Visible, there: Visible, source: str) -> Iterator[Edit]:
    """The strikes of a proposal on the page, on words that the record does not have struck."""
    if squeezed(here.words) != squeezed(there.words):
        return
    for first, last, place, run in there.runs():
        if run.shown is not Shown.STRUCK or not any(
            mark.source == source and mark.standing is Standing.PENDING for mark in run.struck_by
        ):
            continue
        if first >= last:
            continue
        stretch = Reach(place, place + len(run.words))
        begin, stop = here.reach(there.share(stretch), stretch).within(len(here.passage.words))
        for _, _, at, other in here.runs():
            start, end = max(begin, at), min(stop, at + len(other.words))
            if start < end and other.shown is not Shown.STRUCK:
                yield Edit(start, end, other.words[start - at : end - at])


def _same(clause: Clause, page: Proposal) -> Proposal | None:
    """The proposal on the record that the page's proposal is."""
    for one in clause.proposals:
        if one.state != "on the table":
            continue
        if page.symbol and one.symbol == page.symbol:
            return one
        if not page.symbol and not one.symbol and one.sponsors == page.sponsors:
            return one
    return None


def same_proposal(clause: Clause, page: Proposal) -> str:
    """The id of the proposal on the record that the page's proposal is; empty when none."""
    found = _same(clause, page)
    return found.id if found is not None else ""


def decided(clause: Clause, page: Clause) -> Iterator[ProposalRetained | ProposalNotRetained]:
    """What the page decides of proposals on the record: their words stand there, or do not."""
    shown_open = [one for one in page.proposals if one.state == "on the table"]
    here, there = Visible(clause.passage), Visible(page.passage)
    if squeezed(here.words) != squeezed(there.words):
        return
    theirs = there.runs()
    for proposal in clause.proposals:
        if proposal.state != "on the table" or proposal.kind == "NOC":
            continue
        if any(proposal.symbol and one.symbol == proposal.symbol for one in shown_open):
            continue
        parts: list[Settled] = []
        stays = False
        for first, last, at, run in here.runs():
            mine = [
                mark
                for mark in marks_of(run)
                if mark.source == proposal.id and mark.standing is Standing.PENDING
            ]
            if not mine:
                continue
            inserted = run.inserted_by in mine
            for low, high, _, other in theirs:
                begin, stop = max(low, first), min(high, last)
                if begin >= stop:
                    continue
                if any(
                    mark.standing is Standing.PENDING and _may_be(proposal, page, mark.source)
                    for mark in (
                        [other.inserted_by] if inserted and other.inserted_by else other.struck_by
                    )
                ):
                    stays = True
                    continue
                start = at if begin == first else here.letters_at[begin]
                end = at + len(run.words) if stop == last else here.letters_at[stop - 1] + 1
                standing = Standing.KEPT if inserted else Standing.DROPPED
                parts.append(Settled(start, end, standing))
        if stays:
            # The page still waits for the rest of it.
            for standing in (Standing.KEPT, Standing.DROPPED):
                own = tuple(part for part in parts if part.standing is standing)
                if own and standing is Standing.KEPT:
                    yield ProposalRetained(proposal.id, own, (), proposal.state)
                elif own:
                    yield ProposalNotRetained(proposal.id, own, proposal.state)
            continue
        standings = {part.standing for part in parts}
        if not standings:
            yield _fallen(clause, proposal)
        elif standings == {Standing.KEPT}:
            yield ProposalRetained(proposal.id)
        elif standings == {Standing.DROPPED}:
            yield ProposalNotRetained(proposal.id)
        else:
            yield ProposalRetained(proposal.id, tuple(parts), (), "retained in part")


def _may_be(proposal: Proposal, page: Clause, source: str) -> bool:
    """Whether a proposal on the page can be this one: neither has a symbol, or both the same."""
    shown = page.proposal(source)
    return shown is None or shown.symbol == proposal.symbol


def _fallen(clause: Clause, proposal: Proposal) -> ProposalRetained | ProposalNotRetained:
    """A proposal none of whose marks is on the page: its strikes were taken, or its words fell."""
    marks = [
        (run.inserted_by == mark)
        for run in clause.passage.runs
        for mark in marks_of(run)
        if mark.source == proposal.id and mark.standing is Standing.PENDING
    ]
    if not any(marks) and (marks or Visible(clause.passage).words):
        return ProposalRetained(proposal.id)
    return ProposalNotRetained(proposal.id)


# -- words that the page prints struck ------------------------------------------------------------


def struck_besides(clause: Clause, page: Clause, symbol: str) -> Iterator[ClauseEvent]:
    """Words that the page prints struck and that the record never had: put in, and struck."""
    here, there = Visible(clause.passage), Visible(page.passage)
    if squeezed(here.words) != squeezed(there.words):
        return
    held = here.gaps()
    missing: list[tuple[int, str]] = []
    for count, (_, words) in sorted(there.gaps().items()):
        has = held.get(count)
        if has is None or squeezed(words) not in squeezed(has[1]):
            index = here.letters[count - 1] + 1 if count else 0
            missing.append((here.after_character(index), words))
    if not missing:
        return
    puts = tuple(Edit(at, at, "", words) for at, words in reversed(missing))
    yield TextRevised(puts, False, f"printed struck in {symbol}")
    strikes: list[Edit] = []
    shift = 0
    for at, words in missing:
        strikes.append(Edit(at + shift, at + shift + len(words), words))
        shift += len(words)
    yield TextRevised(tuple(strikes), False, f"printed struck in {symbol}")
