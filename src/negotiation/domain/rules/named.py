"""What a command names, found in the room, or a refusal that says what is missing."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import Rewording, Where, WordsAt
from negotiation.domain.entries import Drafted
from negotiation.domain.events import ClauseReopened
from negotiation.domain.ladder import is_adopted, level_named
from negotiation.domain.refusals import (
    Adopted,
    Agreed,
    AlreadyThere,
    CutsCharacter,
    NeedsDecision,
    NoSuchThing,
    NothingChanges,
    NotInText,
    NotOpen,
    SeveralPlaces,
    Unclear,
    WordsNotThere,
)
from negotiation.domain.room import Room
from negotiation.domain.terms import Proposal, ProposalTerms
from negotiation.text.changes import changes
from negotiation.text.edit import Edit, apply, insertion, replacement
from negotiation.text.passage import Fate, Mark, Passage, Shown, Standing
from negotiation.text.search import Stretch, occurrences, on_boundary, spaced, tidy_deletion


def called(clause: Clause) -> str:
    """What to call a clause in a sentence: its label, or its first words."""
    if clause.label:
        return clause.label
    words = (clause.passage.live or clause.passage.words).split()
    return "“" + " ".join(words[:4]) + ("…”" if len(words) > 4 else "”")


def the_clause(room: Room, clause: str) -> Clause:
    """The clause of this id."""
    found = room.clauses.get(clause)
    if found is None or not found.margin.tabled:
        raise NoSuchThing("clause", clause, "`text` shows the clauses and their paths")
    return found


def standing_clause(room: Room, clause: str) -> Clause:
    """A clause that has words in the live text."""
    found = the_clause(room, clause)
    if not found.passage.live:
        raise NotInText(called(found))
    return found


def open_clause(room: Room, clause: str) -> Clause:
    """A standing clause whose words are not agreed."""
    found = standing_clause(room, clause)
    not_agreed(found)
    return found


def not_agreed(clause: Clause) -> None:
    """Refuse to touch words that are agreed, or even adopted."""
    if clause.agreement is None:
        return
    if is_adopted(clause.agreement.level):
        raise Adopted(called(clause))
    raise Agreed(called(clause), clause.agreement.level)


def new_id(room: Room, clause: str) -> None:
    """Refuse an id that a clause has already, and none at all."""
    if not clause:
        raise Unclear("The wording becomes a clause of its own; name an id for it.")
    if "/" in clause:
        raise Unclear(f"“{clause}” cannot be the id of a clause; choose one without a slash.")
    if clause in room.clauses:
        raise AlreadyThere("clause", clause)


def new_proposal(room: Room, terms: ProposalTerms) -> None:
    """Refuse an id or a symbol that a proposal has already: by it the room must reach only one."""
    if room.proposing(terms.id) is not None:
        raise AlreadyThere("proposal", terms.id)
    symbol = terms.symbol.strip().casefold()
    if not symbol:
        return
    for clause in room.in_order():
        for held in clause.proposals:
            if held.symbol.strip().casefold() == symbol:
                raise AlreadyThere("proposal", held.symbol)


def the_proposal(room: Room, proposal: str) -> tuple[Clause, Proposal]:
    """The clause and the proposal of this id."""
    clause = room.proposing(proposal)
    found = clause.proposal(proposal) if clause is not None else None
    if clause is None or found is None:
        raise NoSuchThing("proposal", proposal, "`fate` lists the proposals")
    return clause, found


def title_of(proposal: Proposal) -> str:
    """What to call a proposal in a sentence."""
    if proposal.symbol:
        return f"Proposal {proposal.symbol}"
    return (
        f"The proposal of {', '.join(proposal.sponsors)}" if proposal.sponsors else "The proposal"
    )


def sharing(room: Room, point: str) -> list[Clause]:
    """The clauses that an open point touches."""
    found = room.sharing(point)
    if not found:
        raise NotOpen(point)
    return found


def stretch(clause: Clause, named: WordsAt) -> Stretch:
    """Where the words named stand in the clause."""
    return the_one(occurrences(clause.passage, named.words), named, called(clause))


def the_one(found: tuple[Stretch, ...], named: WordsAt, where: str) -> Stretch:
    """The place that is meant, of those where the words named were found."""
    if not named.occurrence and len(found) > 1:
        raise SeveralPlaces(where, named.words, len(found))
    number = named.occurrence or 1
    if not 1 <= number <= len(found):
        raise WordsNotThere(where, named.words, number, len(found))
    return found[number - 1]


DECIDED = Mark(0, "", (Fate(0, Standing.KEPT),))
"""Stands for the mark of a decision that has no entry yet."""
PENDING = Mark(0)
"""Stands for the mark of a proposal that has no entry yet: what it strikes is not gone."""


def edits_for(
    clause: Clause, changes_wanted: tuple[Rewording, ...], scratch: Mark = DECIDED
) -> tuple[Edit, ...]:
    """The edits that a rewording means, each placed in the passage that the last one left."""
    passage = clause.passage
    edits: list[Edit] = []
    for wanted in changes_wanted:
        for edit in _one(clause, passage, wanted):
            edits.append(edit)
            passage = apply(passage, edit, scratch)
    if not edits:
        raise NothingChanges(f"{called(clause)} reads so already")
    return tuple(edits)


def _one(clause: Clause, passage: Passage, wanted: Rewording) -> list[Edit]:
    if wanted.words is None:
        if wanted.where is Where.INSTEAD:
            return _whole(passage, wanted.new)
        at = 0 if wanted.where is Where.BEFORE else _live_end(passage)
        return [_put(clause, passage, at, wanted.new)]
    named = wanted.words
    place = the_one(occurrences(passage, named.words), named, called(clause))
    match wanted.where:
        case Where.BEFORE:
            return [_put(clause, passage, place.start, wanted.new)]
        case Where.AFTER:
            return [_put(clause, passage, place.end, wanted.new)]
        case Where.INSTEAD:
            return [] if wanted.new == named.words else [instead(passage, place, wanted.new)]


def instead(passage: Passage, place: Stretch, new: str) -> Edit:
    """The edit that puts new words, or none, in the place of these."""
    if not new:
        place = tidy_deletion(passage, place)
    check_joint(passage, place.start, new)
    return replacement(passage, place.start, place.end, new)


def _put(clause: Clause, passage: Passage, at: int, new: str) -> Edit:
    if not new:
        raise Unclear(f"No words were given to put into {called(clause)}.")
    before = "".join(run.words for run in passage.between(0, at) if run.shown is not Shown.GONE)
    after = "".join(
        run.words for run in passage.between(at, len(passage.words)) if run.shown is not Shown.GONE
    )
    words = spaced(before, new, after)
    check_joint(passage, at, words)
    return insertion(at, words)


def check_joint(passage: Passage, at: int, words: str) -> None:
    """Refuse words that would change the letter they are put behind."""
    before = passage.words[:at]
    if words and before and not on_boundary(before + words, len(before)):
        raise CutsCharacter(words)


def _live_end(passage: Passage) -> int:
    end = 0
    for at, run in passage.pieces():
        if run.live:
            end = at + len(run.words)
    return end


def _whole(passage: Passage, new: str) -> list[Edit]:
    """The edits that make the whole clause read ``new``, word by word."""
    live: list[int] = []
    for at, run in passage.pieces():
        if run.live:
            live.extend(range(at, at + len(run.words)))
    edits: list[Edit] = []
    # From the back, so that no edit moves the places of the next one.
    for change in reversed(changes(passage.live, new)):
        if change.start < change.end:
            start, end = live[change.start], live[change.end - 1] + 1
        else:
            start = end = live[change.start - 1] + 1 if change.start else (live[0] if live else 0)
        edits.append(replacement(passage, start, end, change.inserted))
    return edits


def ending_agreement(room: Room, clause: Clause, by: str, ground: str) -> list[Drafted]:
    """The visible end of an agreement that a change of its words brings about, if there is one.

    What a larger body agreed only that body opens, before anybody changes it.
    """
    if clause.agreement is None:
        return []
    if is_adopted(clause.agreement.level):
        raise Adopted(called(clause))
    level = level_named(room.negotiation.conventions, clause.agreement.level)
    if level is not None and level.by_decision:
        raise NeedsDecision(called(clause), level.name, level.body)
    return [Drafted(clause.id, ClauseReopened(by, ground))]


def strike_everything(passage: Passage) -> tuple[Edit, ...]:
    """One edit that strikes all that is not gone."""
    edit = replacement(passage, 0, len(passage.words))
    return (edit,) if edit.removed else ()
