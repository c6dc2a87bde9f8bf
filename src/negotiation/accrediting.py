"""People let in to a negotiation that several share; the token to hand over is told once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from negotiation.desk import Desk, Hand
from negotiation.domain.people import Capacity
from negotiation.naming import unclear

if TYPE_CHECKING:
    from negotiation.domain.commands import Command
    from negotiation.domain.entries import Entry

_KNOWN_BY = "negotiation-"
"""How a token begins, so that people and programs see what it is where it turns up."""


def is_token(said: str) -> bool:
    """Whether this is a token as they are made here; what a person made up is guessed too soon."""
    letters = said.removeprefix(_KNOWN_BY)
    return said != letters and len(letters) == 32 and letters.isalnum()


def accredit(
    desk: Desk,
    person: str,
    capacity: Capacity,
    *,
    party: str = "",
    role: str = "",
    token: str = "",
    until: dt.datetime | None = None,
    names: bool | None = None,
    hand: Hand = Hand(),  # frozen
) -> tuple[tuple[Entry, ...], str]:
    """Let a person read and act here; answers the token to hand over, empty with a ``role``.

    With a ``token`` it is that one, which the person has for another negotiation already.
    The record keeps only what cannot be turned back into the token. Observers are shown no names
    of parties unless ``names`` says so.
    """
    from negotiation.domain.commands import AccreditPerson
    from negotiation.ledger.credentials import hashed, new_token

    if token and not is_token(token):
        raise unclear("That is no token of an accreditation; leave it out, and a new one is made.")
    if not role and not token:
        token = f"{_KNOWN_BY}{new_token()}"
    shown = capacity is not Capacity.OBSERVER if names is None else names

    def asked() -> tuple[Command, Hand]:
        command = AccreditPerson(
            f"a{desk.timeline.head + 1}",
            person,
            capacity,
            party,
            role,
            hashed(token) if token else "",
            until,
            shown,
            desk.clock(),
        )
        return command, hand

    return desk.act_anew(asked), token
