"""Which acts each capacity may make, where people are told apart.

The chair may make every act, and the secretariat makes it for the chair. An editor changes form and
not substance. A delegation speaks for itself: its notes, its positions and its objections go on the
record at once, whatever touches the text is handed in and waits for the chair's yes. An observer
reads.
"""

from __future__ import annotations

from collections.abc import Iterable

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.people import Capacity, Party
from negotiation.domain.refusals import NotInThisCapacity, SpeaksForAnother

_HANDED_IN = (
    do.ProposeAddition,
    do.ProposeAmendment,
    do.ProposeDeletion,
    do.ProposeNoChange,
    do.SupportProposal,
    do.ReviseProposal,
    do.WithdrawProposal,
    do.ReintroduceProposal,
    do.PlaceBracket,
    do.HoldBracket,
    do.ReleaseBracket,
    do.TableAlternative,
)
_OF_A_DELEGATION = (
    do.RecordPosition,
    do.MakeRemark,
    do.MakeObjection,
    do.WithdrawObjection,
    do.HandIn,
    do.TakeBackProposal,
)
_OF_AN_EDITOR = (
    do.CorrectText,
    do.RelabelClause,
    do.RenumberText,
    do.SettleAnomaly,
    do.MakeRemark,
)

_WRITTEN_AT_ONCE = (
    ev.PositionRecorded,
    ev.RemarkMade,
    ev.ObjectionMade,
    ev.ObjectionWithdrawn,
    ev.ProposalHandedIn,
    ev.ProposalTakenBack,
)


def may_write(event: ev.Event, capacity: Capacity) -> bool:
    """Whether such an event may come of an act in this capacity, whatever program made it."""
    match capacity:
        case Capacity.DELEGATION:
            return isinstance(event, _WRITTEN_AT_ONCE)
        case Capacity.OBSERVER:
            return False
        case Capacity.SECRETARIAT:
            return not (isinstance(event, ev.PersonAccredited) and event.capacity is Capacity.CHAIR)
        case _:
            return True


def is_handed_in(command: do.Command) -> bool:
    """Whether this is what a delegation hands in: a proposal, or what it asks of a bracket."""
    if isinstance(command, do.Together):
        return bool(command.commands) and all(map(is_handed_in, command.commands))
    return isinstance(command, _HANDED_IN)


def check_capacity(
    command: do.Command, capacity: Capacity, party: str, negotiation: Negotiation
) -> None:
    """Raise `NotInThisCapacity` or `SpeaksForAnother` where a person may not make this act."""
    if isinstance(command, do.Together):
        for one in command.commands:
            check_capacity(one, capacity, party, negotiation)
        return
    if not may(command, capacity):
        raise NotInThisCapacity(type(command).__name__, capacity)
    if isinstance(command, do.TakePackage):
        for one in command.decisions:
            check_capacity(one, capacity, party, negotiation)
    if isinstance(command, do.PutDecision | do.TakeDecision | do.AdmitProposal):
        # What is asked of the room, and what its answer makes, is an act of whoever asks.
        check_capacity(command.command, capacity, party, negotiation)
    if capacity is Capacity.DELEGATION:
        check_speaks_for(command, party, negotiation)


def may(command: do.Command, capacity: Capacity) -> bool:
    """Whether such an act is made in this capacity; on whose behalf it is, is another question."""
    match capacity:
        case Capacity.CHAIR:
            return True
        case Capacity.SECRETARIAT:
            # Whoever may let a chair in could let himself in as one.
            if isinstance(command, do.AccreditPerson):
                return command.capacity is not Capacity.CHAIR
            return True
        case Capacity.EDITOR:
            if isinstance(command, do.ReviseText | do.ProposeAmendment | do.ChangeTerm):
                return command.editorial
            return isinstance(command, _OF_AN_EDITOR)
        case Capacity.DELEGATION:
            return isinstance(command, _OF_A_DELEGATION)
        case _:
            return False


def check_speaks_for(command: do.Command, party: str, negotiation: Negotiation) -> None:
    """Raise `SpeaksForAnother` where a command names another party than the one that speaks.

    A party speaks for a group that it is a member of, too, and proposes together with others.
    """
    if isinstance(command, do.Together):
        for one in command.commands:
            check_speaks_for(one, party, negotiation)
        return
    named = _named(command)
    if named and not speaks_for(party, named, negotiation):
        raise SpeaksForAnother(party, named)


def spoken_for(command: do.Command) -> tuple[str, ...]:
    """Everybody on whose behalf a command says to be made."""
    if isinstance(command, do.Together):
        return tuple(name for one in command.commands for name in spoken_for(one))
    return tuple(filter(None, _named(command)))


def speaks_for(party: str, named: Iterable[str], negotiation: Negotiation) -> bool:
    """Whether one of those named is the party itself, or a group that it is a member of."""
    own = negotiation.party(party)
    known = {own.code, *(one.code for one in negotiation.parties if _member(own, one))}
    return not known.isdisjoint(negotiation.party(one).code for one in named)


def _member(own: Party, group: Party) -> bool:
    return bool({own.code, own.name} & set(group.members))


def _named(command: do.Command) -> tuple[str, ...]:
    """On whose behalf a command is made, as it says itself."""
    match command:
        case (
            do.ProposeAddition(proposal=terms)
            | do.ProposeAmendment(proposal=terms)
            | do.ProposeDeletion(proposal=terms)
            | do.ProposeNoChange(proposal=terms)
            | do.TableAlternative(proposal=terms)
        ):
            return terms.sponsors or ("",)
        case do.PlaceBracket(holders=holders):
            return holders or ("",)
        case (
            do.SupportProposal(party=party)
            | do.ReviseProposal(party=party)
            | do.WithdrawProposal(party=party)
            | do.ReintroduceProposal(party=party)
            | do.HoldBracket(party=party)
            | do.ReleaseBracket(party=party)
            | do.RecordPosition(party=party)
            | do.MakeObjection(party=party)
            | do.WithdrawObjection(party=party)
            | do.HandIn(party=party)
            | do.TakeBackProposal(party=party)
        ):
            return (party,)
        case _:
            return ()
