"""What an agreement hangs on: words of the room, tied to a party, capitals or a package.

A clause that is waited for is named by its path, which the views know; whoever reads it hands in a
`Condition` that is tied already.
"""

from __future__ import annotations

import re

from negotiation.domain.negotiation import Negotiation
from negotiation.domain.terms import Condition, WaitsOn

_AD_REFERENDUM = re.compile(r"^ad ref(?:erendum|\.)?(?:[\s:,–-]+(?P<whose>.+))?$", re.IGNORECASE)
_CAPITALS = re.compile(
    r"^(?:confirmation|approval) (?:by|of|from) (?:the )?capitals?$", re.IGNORECASE
)
_PENDING = re.compile(r"^(?:pending|subject to|awaiting)\s+(?:the )?(?P<what>.+)$", re.IGNORECASE)
_PACKAGE = re.compile(r"^(?:the )?package\s+(?P<name>.+)$", re.IGNORECASE)


def condition(words: str, negotiation: Negotiation) -> Condition:
    """A condition as it is said: ``ad referendum: MEX``, ``pending Iran``, ``package finance``."""
    said = " ".join(words.split())
    if found := _AD_REFERENDUM.match(said):
        whose = negotiation.party(found["whose"]).code if found["whose"] else ""
        return Condition(said, WaitsOn.CAPITALS, whose)
    if _CAPITALS.match(said):
        return Condition(said, WaitsOn.CAPITALS)
    pending = _PENDING.match(said)
    what = pending["what"] if pending else said
    if named := _PACKAGE.match(what):
        package = negotiation.package(named["name"].strip("“”\"'"))
        if package is not None:
            return Condition(said, WaitsOn.PACKAGE, package.id)
    if pending:
        party = negotiation.party(what)
        if party in negotiation.parties:
            return Condition(said, WaitsOn.PARTY, party.code)
    return Condition(said)


def pending_on(what: str) -> str:
    """What a condition waits for, without its ``pending``; empty when it says otherwise."""
    found = _PENDING.match(" ".join(what.split()))
    return found["what"] if found else ""
