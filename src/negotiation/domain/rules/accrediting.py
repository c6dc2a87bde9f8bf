"""Accrediting people to a negotiation that several share, and revoking it.

Who a person is, is known by a token that only the person has, or by the role with which the person
comes to the database; the record keeps the hash of the one or the name of the other.
"""

from __future__ import annotations

import re

from negotiation.domain.commands import AccreditPerson, RevokeAccreditation
from negotiation.domain.entries import Drafted
from negotiation.domain.events import AccreditationRevoked, PersonAccredited
from negotiation.domain.people import Capacity, Visibility
from negotiation.domain.refusals import AlreadyThere, NoSuchThing, NothingChanges, Unclear
from negotiation.domain.room import Room
from negotiation.domain.rules.deadlines import check_deadline

_HASH = re.compile(r"[0-9a-f]{64}")


def accredit(command: AccreditPerson, room: Room) -> list[Drafted]:
    """One person, one capacity; a delegation's speaks for one party."""
    if not command.person.strip():
        raise Unclear("Say who is accredited, by name.")
    if command.capacity is Capacity.IMPORT:
        raise Unclear("Nobody is accredited as a page that was received.")
    if command.capacity is Capacity.DELEGATION and not command.party:
        raise Unclear("Say for which party the person speaks, with `--for`.")
    if command.capacity is not Capacity.DELEGATION and command.party:
        raise Unclear(f"A person speaks for {command.party} as delegation only.")
    if bool(command.role) == bool(command.token):
        raise Unclear("A person is known by a token or by a role of the database, by one of them.")
    if command.token and not _HASH.fullmatch(command.token):
        raise Unclear("Of a token the record keeps its SHA-256, 64 hexadecimal digits.")
    check_deadline(command.expires, command.at)
    for one in room.negotiation.accreditations:
        if one.id == command.accreditation:
            raise AlreadyThere("accreditation", one.id)
        if one.revoked:
            continue
        if (command.role and one.role == command.role) or (
            command.token and one.token == command.token
        ):
            raise NothingChanges(f"{one.person} is accredited so already; `revoke` ends it first")
    accredited = PersonAccredited(
        command.accreditation,
        command.person.strip(),
        command.capacity,
        command.party,
        command.role,
        command.token,
        command.expires,
        command.names,
    )
    return [Drafted("", accredited, visibility=Visibility.CHAIR)]


def revoke(command: RevokeAccreditation, room: Room) -> list[Drafted]:
    """From now on the token or the role opens nothing."""
    held = room.negotiation.accreditation(command.accreditation)
    if held is None:
        raise NoSuchThing("accreditation", command.accreditation, "`accreditations` lists them")
    if held.revoked:
        raise NothingChanges(f"the accreditation of {held.person} is revoked already")
    revoked = AccreditationRevoked(held.id, command.reason.strip())
    return [Drafted("", revoked, visibility=Visibility.CHAIR)]
