"""One term or phrase changed everywhere in one act, with a yes or no for each occurrence."""

from __future__ import annotations

from collections import defaultdict

from negotiation.domain.commands import ChangeTerm, Occurrence
from negotiation.domain.entries import Drafted
from negotiation.domain.events import TermChanged, TextRevised
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import NothingChanges, Unclear, WordsNotThere
from negotiation.domain.room import Room
from negotiation.domain.rules.named import (
    DECIDED,
    called,
    ending_agreement,
    instead,
    standing_clause,
)
from negotiation.domain.terms import Excepted
from negotiation.text.edit import Edit, apply
from negotiation.text.search import occurrences


def change_term(command: ChangeTerm, room: Room) -> list[Drafted]:
    """A revision on each clause, and on the whole the term with its exceptions."""
    if not command.old.strip():
        raise Unclear("Say which term is changed.")
    if command.old == command.new:
        raise NothingChanges("the term reads so already")
    verdicts: dict[str, dict[int, Occurrence]] = defaultdict(dict)
    for one in command.occurrences:
        verdicts[one.clause][one.occurrence] = one
    drafted: list[Drafted] = []
    exceptions: list[Excepted] = []
    changed = 0
    for clause in room.in_order():
        there = occurrences(clause.passage, command.old, parts=command.parts)
        found = len(there) if clause.stands else 0
        said = verdicts.pop(clause.id, {})
        for number in said:
            if not 1 <= number <= found:
                raise WordsNotThere(called(clause), command.old, number, found)
        places = [n for n in range(1, found + 1) if n in said and said[n].change]
        for number in range(1, found + 1):
            if number not in places:
                why = said[number].why if number in said else ""
                exceptions.append(Excepted(clause.id, number, why))
        if not places:
            continue
        # From the back: a change must not move the occurrences before it.
        edits: list[Edit] = []
        passage = clause.passage
        for number in reversed(places):
            edits.append(instead(passage, there[number - 1], command.new))
            passage = apply(passage, edits[-1], DECIDED)
        if not passage.live:
            raise Unclear(
                f"That would leave {called(clause)} without words; `delete` takes it out."
            )
        revised = TextRevised(tuple(edits), command.editorial, command.reason or _reason(command))
        if not (command.editorial and command.capacity is Capacity.EDITOR):
            drafted += ending_agreement(room, clause, "", "a term was changed throughout")
        drafted.append(Drafted(clause.id, revised))
        changed += len(places)
    for unplaced in verdicts:
        standing_clause(room, unplaced)
    if not changed:
        raise NothingChanges(f"no occurrence of “{command.old}” is to be changed")
    term = TermChanged(command.old, command.new, changed, tuple(exceptions))
    return [*drafted, Drafted("", term)]


def _reason(command: ChangeTerm) -> str:
    return f"“{command.old}” becomes “{command.new}” throughout"
