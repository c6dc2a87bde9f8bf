"""People let in to a negotiation that several share; the token to hand over is told once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from negotiation.desk import Desk, Hand
from negotiation.domain.people import Capacity

if TYPE_CHECKING:
    from negotiation.domain.commands import Command
    from negotiation.domain.entries import Entry

_KNOWN_BY = "negotiation-"
"""How a token begins, so that people and programs see what it is where it turns up."""


def accredit(
    desk: Desk,
    person: str,
    capacity: Capacity,
    *,
    party: str = "",
    role: str = "",
    until: dt.datetime | None = None,
    names: bool | None = None,
    hand: Hand = Hand(),  # frozen
) -> tuple[tuple[Entry, ...], str]:
    """Let a person read and act here; answers the token to hand over, empty with a ``role``.

    The record keeps only what cannot be turned back into the token. Observers are shown no names
    of parties unless ``names`` says so.
    """
    from negotiation.domain.commands import AccreditPerson
    from negotiation.ledger.credentials import hashed, new_token

    token = "" if role else f"{_KNOWN_BY}{new_token()}"
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
