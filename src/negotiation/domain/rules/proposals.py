"""Proposals: made, supported, revised, withdrawn, brought back, retained, merged, not retained."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    DropProposal,
    MergeProposal,
    ProposeAddition,
    ProposeAmendment,
    ProposeDeletion,
    ProposeNoChange,
    ReintroduceProposal,
    RetainProposal,
    ReviseProposal,
    Rewording,
    SupportProposal,
    Where,
    WithdrawProposal,
    WordsAt,
)
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    AmendmentProposed,
    ClausePlaced,
    ClauseTabled,
    DeletionProposed,
    NoChangeProposed,
    ProposalMerged,
    ProposalNotRetained,
    ProposalReintroduced,
    ProposalRetained,
    ProposalRevised,
    ProposalSupported,
    ProposalWithdrawn,
)
from negotiation.domain.refusals import (
    Agreed,
    IsAlternative,
    NothingChanges,
    NotTheSponsor,
    ProposalDecided,
    ProposalPending,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.named import (
    DECIDED,
    PENDING,
    called,
    edits_for,
    new_id,
    new_proposal,
    open_clause,
    strike_everything,
    the_clause,
    the_one,
    the_proposal,
    title_of,
)
from negotiation.domain.rules.seams import mended
from negotiation.domain.terms import (
    Alternative,
    Origin,
    Proposal,
    Settled,
    TabledRun,
)
from negotiation.domain.wording import decided, edited, pending_of
from negotiation.text.changes import changes
from negotiation.text.edit import Edit, apply_all, insertion
from negotiation.text.passage import Passage, Run, Standing, marks_of
from negotiation.text.search import Stretch, occurrences, tidy_deletion


def addition(command: ProposeAddition, room: Room) -> list[Drafted]:
    """ADD: the clause is tabled with words that are its proposal's."""
    new_id(room, command.clause)
    new_proposal(room, command.proposal)
    if not command.words:
        raise Unclear("An addition needs words.")
    if command.after:
        the_clause(room, command.after)
    run = TabledRun(
        command.words, Origin.INSERTED, standing=Standing.PENDING, source=command.proposal.id
    )
    tabled = ClauseTabled(command.kind, command.label, (run,), proposal=command.proposal)
    placed = ClausePlaced(command.clause, command.after, command.level)
    return [Drafted(command.clause, tabled), Drafted("", placed)]


def amendment(command: ProposeAmendment, room: Room) -> list[Drafted]:
    """MOD."""
    clause = open_clause(room, command.clause)
    new_proposal(room, command.proposal)
    edits = edits_for(clause, command.changes, PENDING)
    return [Drafted(clause.id, AmendmentProposed(command.proposal, edits, command.editorial))]


def deletion(command: ProposeDeletion, room: Room) -> list[Drafted]:
    """SUP."""
    clause = open_clause(room, command.clause)
    new_proposal(room, command.proposal)
    return [
        Drafted(clause.id, DeletionProposed(command.proposal, strike_everything(clause.passage)))
    ]


def no_change(command: ProposeNoChange, room: Room) -> list[Drafted]:
    """NOC: a position with a number; it is on the table like any proposal."""
    clause = open_clause(room, command.clause)
    new_proposal(room, command.proposal)
    return [Drafted(clause.id, NoChangeProposed(command.proposal))]


def support(command: SupportProposal, room: Room) -> list[Drafted]:
    """Another party seconds."""
    clause, proposal = _on_the_table(room, command.proposal)
    if not command.party:
        raise Unclear("Say which party supports it, with `--for`.")
    if command.party in (*proposal.sponsors, *proposal.supporters):
        raise NothingChanges(f"{command.party} sponsors or supports {title_of(proposal)} already")
    return [Drafted(clause.id, ProposalSupported(proposal.id, command.party))]


def revise(command: ReviseProposal, room: Room) -> list[Drafted]:
    """The sponsor's own new wording; it starts from the clause without the former one."""
    clause, proposal = _on_the_table(room, command.proposal)
    _sponsor_only(proposal, command.party)
    if proposal.kind == "NOC":
        raise Unclear(
            f"{title_of(proposal)} asks for no change and has no words; "
            "`withdraw` it and propose the change instead."
        )
    for one in clause.alternatives:
        if one.proposal == proposal.id and not one.reach.whole:
            edit = _other_wording(clause, one, command.changes)
            return [Drafted(clause.id, ProposalRevised(proposal.id, (edit,)))]
    without = decided(clause, 0, (proposal.id,), Standing.DROPPED)
    if proposal.kind != "ADD":
        edits = edits_for(without, command.changes, PENDING)
        return [Drafted(clause.id, ProposalRevised(proposal.id, edits))]
    # The clause is nothing but the proposal: the former words fall, the new ones stand behind them.
    edits = edits_for(clause, command.changes, PENDING)
    reworded = apply_all(clause.passage, edits, PENDING).live
    if not reworded:
        raise Unclear("An addition needs words; `withdraw` takes it back.")
    whole = insertion(len(clause.passage.words), reworded)
    return [Drafted(clause.id, ProposalRevised(proposal.id, (whole,)))]


def _other_wording(clause: Clause, one: Alternative, changes_: tuple[Rewording, ...]) -> Edit:
    """The edit that gives one wording among others inside a clause its new words, in its place."""
    start, end = one.reach.within(len(clause.passage.words))
    first = changes_[0]
    if len(changes_) == 1 and first.words is None and first.where is Where.INSTEAD:
        new = first.new
    else:
        edits = edits_for(clause, changes_, PENDING)
        stop = end
        for edit in edits:
            if edit.start < start or edit.end > stop:
                raise Unclear("These words stand outside of the wording that is revised.")
            stop += len(edit.inserted)
        new = apply_all(clause.passage, edits, PENDING).live_between(start, stop)
    if not new:
        raise Unclear("An alternative needs words; `withdraw` takes it back.")
    # Nothing is left standing to strike: the former words fall with the revision.
    return Edit(start, end, "", new)


def withdraw(command: WithdrawProposal, room: Room) -> list[Drafted]:
    """Only a sponsor, and only before the decision."""
    clause, proposal = _on_the_table(room, command.proposal)
    _sponsor_only(proposal, command.party)
    return [Drafted(clause.id, ProposalWithdrawn(proposal.id, command.party))]


def reintroduce(command: ReintroduceProposal, room: Room) -> list[Drafted]:
    """Any party may bring back what was withdrawn or not retained."""
    clause, proposal = the_proposal(room, command.proposal)
    if proposal.state == "on the table":
        raise ProposalPending(title_of(proposal))
    if proposal.state.startswith("retained"):
        raise NothingChanges(f"{title_of(proposal)} is in the text")
    if not command.party:
        raise Unclear("Say which party brings it back, with `--for`.")
    if clause.agreement is not None:
        raise Agreed(called(clause), clause.agreement.level)
    return [Drafted(clause.id, ProposalReintroduced(proposal.id, command.party))]


def retain(command: RetainProposal, room: Room) -> list[Drafted]:
    """Whole, as amended, or some of its words; the rest of a partial one is not retained."""
    clause, proposal = _on_the_table(room, command.proposal)
    _no_alternative(clause, proposal)
    if not command.words:
        settled = decided(clause, 0, (proposal.id,), Standing.KEPT)
        edits = edits_for(settled, command.changes) if command.changes else ()
        state = "retained as amended" if edits else "retained"
        return [Drafted(clause.id, ProposalRetained(proposal.id, (), edits, state))]
    kept = [_its_words(clause, proposal, words) for words in command.words]
    parts = parted(clause.passage, kept, Standing.KEPT, Standing.DROPPED)
    settled = decided(clause, 0, (proposal.id,), Standing.DROPPED, parts)
    edits = mended(clause.passage, settled.passage)
    settled = edited(settled, edits, DECIDED)
    edits += edits_for(settled, command.changes) if command.changes else ()
    return [Drafted(clause.id, ProposalRetained(proposal.id, parts, edits, "retained in part"))]


def drop(command: DropProposal, room: Room) -> list[Drafted]:
    """Not retained, whole or in some of its words; the rest then stays on the table."""
    clause, proposal = _on_the_table(room, command.proposal)
    _no_alternative(clause, proposal)
    if not command.words:
        return [Drafted(clause.id, ProposalNotRetained(proposal.id))]
    gone = [_with_space(clause, proposal, words) for words in command.words]
    parts = tuple(Settled(one.start, one.end, Standing.DROPPED) for one in gone)
    settled = decided(clause, 0, (proposal.id,), Standing.DROPPED, parts)
    left = any(
        pending_of((proposal.id,))(run, mark)
        for run in settled.passage.runs
        for mark in marks_of(run)
    )
    state = "on the table" if left else "not retained"
    return [Drafted(clause.id, ProposalNotRetained(proposal.id, parts, state))]


def merge(command: MergeProposal, room: Room) -> list[Drafted]:
    """The words that the other proposal has too live on there; the others are not retained."""
    clause, proposal = _on_the_table(room, command.proposal)
    _no_alternative(clause, proposal)
    host, other = the_proposal(room, command.into)
    if other.id == proposal.id:
        raise Unclear(f"{title_of(proposal)} cannot be merged into itself.")
    shared = words_shared(clause.passage, proposal.id, words_of(host.passage, other.id))
    parts = parted(clause.passage, shared, Standing.MERGED, Standing.DROPPED)
    return [Drafted(clause.id, ProposalMerged(proposal.id, other.id, parts))]


# -- shared by the rules on proposals and on open points ------------------------------------------


def words_of(passage: Passage, proposal: str) -> str:
    """The words that a proposal puts in and that are not gone."""
    return "".join(
        run.words
        for run in passage.runs
        if run.live and run.inserted_by is not None and run.inserted_by.source == proposal
    )


def words_shared(passage: Passage, proposal: str, other: str) -> list[Stretch]:
    """The stretches of a proposal's insertions whose words the other wording has too."""
    offsets: list[int] = []
    text: list[str] = []
    for at, run in passage.pieces():
        if _pending_insertion(run, proposal):
            offsets.extend(range(at, at + len(run.words)))
            text.append(run.words)
    words = "".join(text)
    shared: list[Stretch] = []
    place = 0
    for change in (*changes(words, other), None):
        until = change.start if change is not None else len(words)
        if until > place:
            shared.append(Stretch(offsets[place], offsets[until - 1] + 1))
        place = change.end if change is not None else place
    return shared


def _pending_insertion(run: Run, proposal: str) -> bool:
    mark = run.inserted_by
    return mark is not None and mark.source == proposal and mark.standing is Standing.PENDING


def parted(
    passage: Passage, stretches: list[Stretch], inside: Standing, outside: Standing
) -> tuple[Settled, ...]:
    """A passage cut into settled parts: the stretches one way, everything else the other."""
    parts: list[Settled] = []
    place = 0
    for one in sorted(stretches, key=lambda s: s.start):
        if one.start > place:
            parts.append(Settled(place, one.start, outside))
        parts.append(Settled(max(place, one.start), one.end, inside))
        place = max(place, one.end)
    if place < len(passage.words):
        parts.append(Settled(place, len(passage.words), outside))
    return tuple(part for part in parts if part.start < part.end)


def _its_words(clause: Clause, proposal: Proposal, named: WordsAt) -> Stretch:
    """Where words stand that this proposal puts in or strikes."""
    applies = pending_of((proposal.id,))

    def own(found: Stretch) -> bool:
        return any(
            applies(run, mark)
            for run in clause.passage.between(found.start, found.end)
            for mark in marks_of(run)
        )

    found = occurrences(clause.passage, named.words, among=own)
    return the_one(found, named, title_of(proposal))


def _with_space(clause: Clause, proposal: Proposal, named: WordsAt) -> Stretch:
    """The words, with the space that their going would leave over where it is the proposal's."""
    words = _its_words(clause, proposal, named)
    if tidy_deletion(clause.passage, words) == words:
        return words
    before, behind = Stretch(words.start - 1, words.end), Stretch(words.start, words.end + 1)
    for wider, space in ((before, before.start), (behind, words.end)):
        for run in clause.passage.between(space, space + 1):
            if run.words == " " and _pending_insertion(run, proposal.id):
                return wider
    return words


def _on_the_table(room: Room, proposal: str) -> tuple[Clause, Proposal]:
    clause, found = the_proposal(room, proposal)
    if found.state != "on the table":
        raise ProposalDecided(title_of(found), found.state)
    return clause, found


def _sponsor_only(proposal: Proposal, party: str) -> None:
    if party not in proposal.sponsors:
        raise NotTheSponsor(party, title_of(proposal), proposal.sponsors)


def _no_alternative(clause: Clause, proposal: Proposal) -> None:
    for one in clause.alternatives:
        if one.proposal == proposal.id:
            raise IsAlternative(title_of(proposal), one.point)
