"""The gate before an act, where a store tells people apart: what they may do, and in whose name.

At home nobody is asked. Elsewhere the capacity and the name in the header of an act are those of
the accreditation; what is said otherwise is refused, and never quietly put right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from negotiation.domain.people import Capacity, Visibility
from negotiation.ledger.admission import Admission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotiation.domain.commands import Command, HandIn
    from negotiation.domain.entries import Entry, Moment
    from negotiation.domain.negotiation import Negotiation
    from negotiation.views.at_that_time import Timeline

_USUAL = frozenset({"", "rapporteur", *(one.value for one in Capacity)})
"""What stands for whoever acts where nobody is named."""


@attrs.frozen
class Hand:
    """Who makes an act: who decides, who types, for whom, in which capacity, where and when."""

    by: str = "chair"
    typed_by: str = ""
    behalf: str = ""
    capacity: Capacity = Capacity.CHAIR
    meeting: str = ""
    happened: Moment | None = None
    insists: bool = False
    """Whether somebody said the capacity; otherwise it is what is usual."""


def check(command: Command, admission: Admission, negotiation: Negotiation) -> bool:
    """Whether this act waits for the chair's yes; raises a refusal where it may not be made."""
    from negotiation.domain.rules.capacities import (
        check_capacity,
        check_speaks_for,
        is_handed_in,
        spoken_for,
    )

    if admission.capacity is None:
        return False
    if admission.capacity is Capacity.DELEGATION and is_handed_in(command):
        check_speaks_for(command, admission.party, negotiation)
        return True
    check_capacity(command, admission.capacity, admission.party, negotiation)
    if admission.capacity is Capacity.EDITOR and (named := spoken_for(command)):
        from negotiation.domain.refusals import NotThisHand

        raise NotThisHand(admission.person, admission.capacity, f"for {', '.join(named)}")
    return False


def hand_of(hand: Hand, admission: Admission, negotiation: Negotiation) -> Hand:
    """The hand as the accreditation has it; raises where something else was said."""
    from negotiation.domain.refusals import NotThisHand, SpeaksForAnother
    from negotiation.domain.rules.capacities import speaks_for

    person, capacity = admission.person, admission.capacity
    if capacity is None:
        return hand
    if hand.insists and hand.capacity is not capacity:
        raise NotThisHand(person, capacity, f"as {hand.capacity.value}")
    named = tuple(filter(None, hand.behalf.split(",")))
    by = "" if hand.by in _USUAL else hand.by
    typist = _folded(hand.typed_by)
    others = {_folded(one.person) for one in negotiation.accreditations} - {_folded(person)}
    if typist in others:
        # Somebody without a terminal of his own may type here; whoever has one types there.
        raise NotThisHand(person, capacity, f"typed by {hand.typed_by}")
    if capacity in (Capacity.CHAIR, Capacity.SECRETARIAT):
        if hand.capacity is Capacity.IMPORT:
            return attrs.evolve(hand, typed_by=person)
        if not by or by == person:
            return attrs.evolve(hand, by=person, capacity=capacity)
        return attrs.evolve(hand, by=by, typed_by=person, capacity=capacity)
    if by not in ("", person, hand.behalf):
        raise NotThisHand(person, capacity, f"by {by}")
    if capacity is Capacity.DELEGATION:
        if named and not speaks_for(admission.party, named, negotiation):
            raise SpeaksForAnother(admission.party, named)
    elif named:
        raise NotThisHand(person, capacity, f"for {', '.join(named)}")
    return attrs.evolve(hand, by=person, typed_by="", behalf=admission.party, capacity=capacity)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def between(command: Command, admission: Admission) -> Command:
    """What a delegation says to the chair alone is between the two, so that it may read it again.

    Anything else is as it was.
    """
    from negotiation.domain import commands as do

    if admission.capacity is not Capacity.DELEGATION:
        return command
    match command:
        case do.Together(commands=commands):
            return do.Together(tuple(between(one, admission) for one in commands))
        case (
            do.MakeRemark(visibility=Visibility.CHAIR)
            | do.RecordPosition(visibility=Visibility.CHAIR)
        ):
            return attrs.evolve(command, visibility=Visibility.BETWEEN)
        case _:
            return command


def written_here(command: Command) -> Command:
    """The act with what it stores written here, whatever the program of somebody wrote.

    The chair and the room read what would be done, and say yes to what is stored; both are of the
    same act. What is handed in is the act itself, for `handing_in`.
    """
    from negotiation.domain import commands as do
    from negotiation.ledger.stored_command import stored_command

    match command:
        case do.HandIn():
            return command.command
        case do.PutDecision():
            return attrs.evolve(command, stored=stored_command(command.command))
        case do.Together(commands=commands):
            return do.Together(tuple(map(written_here, commands)))
        case _:
            return command


def handing_in(
    command: Command, party: str, entries: Sequence[Entry], timeline: Timeline
) -> HandIn:
    """The act that hands a proposal in; ``entries`` are what it would write with a yes."""
    from negotiation.domain.commands import HandIn
    from negotiation.ledger.stored_command import stored_command
    from negotiation.views.what_it_would_do import what_it_would_do

    # Named by its entry: nobody but the chair sees all of them, and two are never the same.
    handed = f"h{timeline.head + 1}"
    what = what_it_would_do(entries, timeline)
    return HandIn(handed, party, command, stored_command(command), what)
