"""The chair's answer to what delegations handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from negotiation.desk import Desk, Hand
from negotiation.naming import no_such, unclear

if TYPE_CHECKING:
    from negotiation.domain.commands import AdmitProposal
    from negotiation.domain.entries import Entry
    from negotiation.domain.terms import HandedIn


def admit(desk: Desk, handed: str, hand: Hand = Hand()) -> tuple[Entry, ...]:  # frozen
    """Say yes to what was handed in: it is decided on the text as it stands now.

    What comes of it is on behalf of the delegation.
    """
    return desk.act_anew(
        lambda: (admitting(desk, handed), attrs.evolve(hand, behalf=waiting(desk, handed).party))
    )


def admitting(desk: Desk, handed: str) -> AdmitProposal:
    """The act that the chair's yes makes of what was handed in, for whoever rehearses it first."""
    from negotiation.domain.commands import AdmitProposal
    from negotiation.ledger.stored_command import NotACommand, command_from

    found = waiting(desk, handed)
    try:
        command = command_from(found.command)
    except NotACommand as cause:
        raise unclear(
            f"What {found.party} handed in ({handed}) comes from another version of this program; "
            f"`decline {handed} --reason …` asks for it anew."
        ) from cause
    return AdmitProposal(found.id, command)


def waiting(desk: Desk, handed: str) -> HandedIn:
    """What was handed in under this id and waits; raises a refusal where nothing does."""
    found = desk.timeline.negotiation(desk.timeline.head).handed(handed)
    if found is None:
        raise no_such("proposal handed in", handed, "`handed-in` lists what waits")
    return found
