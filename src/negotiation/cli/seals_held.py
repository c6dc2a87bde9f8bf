"""What `verify` asks of seals: the chain in the store, those on the record, one that is held."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from negotiation.cli.faults import Stopped
from negotiation.cli.options import room_named, store
from negotiation.cli.saying import answer, asked, fields
from negotiation.cli.sources import source_of

if TYPE_CHECKING:
    from negotiation.domain.entries import Entry
    from negotiation.ledger.ledger import Ledger
    from negotiation.ledger.walk import Walked

_LARGEST = 100_000
_ROOT = re.compile(r"(?:(?P<position>[0-9]{1,9}):)?(?P<root>[0-9a-fA-F]{64})")


@attrs.frozen
class Held:
    """A seal that somebody holds; position 0 where they do not know of which entry."""

    root: str
    position: int = 0
    negotiation: str = ""
    signature: str = ""
    key: str = ""


def held_seal(root: str | None, file: str | None) -> Held | None:
    """The seal that --root or --seal means."""
    if file is not None:
        return _from_file(file)
    if root is None:
        return None
    found = _ROOT.fullmatch(root.strip())
    if found is None:
        raise Stopped("A seal is 64 hexadecimal digits, with its entry before it: 42:9f2c….")
    return Held(found["root"].lower(), int(found["position"] or 0))


def _from_file(file: str) -> Held:
    try:
        said = json.loads(source_of(file, _LARGEST))
        held = Held(
            str(said["root"]).lower(),
            int(said["position"]),
            str(said["negotiation"]),
            str(said.get("signature", "")),
            str(said.get("key", "")),
        )
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as fault:
        raise Stopped(f"{file} is no seal; `seal --to FILE` writes one.") from fault
    if held.position < 1 or _ROOT.fullmatch(held.root) is None:
        raise Stopped(f"{file} is no seal; `seal --to FILE` writes one.")
    return held


def walked() -> Walked | None:
    """The record of this call, walked before anybody folds it; stops at the first fault.

    ``None`` where nothing tells which negotiation is meant before one is read: by its symbol.
    """
    if (desk := asked().desk) is not None:
        return walked_in(desk.ledger, desk.timeline.id)
    from negotiation.ledger.ledger import Ledger

    ledger = Ledger.open(store(), create=False)
    try:
        held = ledger.negotiations()
        named = room_named() or (held[0] if len(held) == 1 else "")
        return walked_in(ledger, named) if named in held else None
    finally:
        ledger.close()


def walked_in(ledger: Ledger, negotiation: str) -> Walked:
    """A negotiation, walked; stops at the first fault with its entry."""
    found = ledger.walked(negotiation)
    if found.fault is not None:
        fault = found.fault
        answer(
            {
                "negotiation": negotiation,
                "sound": False,
                "fault": {**fields(fault), "how": fault.how.value},
                "checks": [],
            }
        )
        raise Stopped(
            f"The record does not hold together at entry {fault.entry}: {fault.why}. "
            "Go back to a copy of the store."
        )
    return found


def check_held(held: Held, negotiation: str, found: Walked) -> int:
    """The entry of a seal that is held; stops where the record is not the one that was sealed."""
    ends = len(found.seals)
    if held.negotiation and held.negotiation != negotiation:
        raise Stopped(
            f"The seal is of the negotiation {held.negotiation}, this record is {negotiation}."
        )
    if held.signature or held.key:
        wrong = wrong_signature(held.key, held.signature, negotiation, held.position, held.root)
        if wrong:
            raise Stopped(f"The seal that is held is not genuine: {wrong}.")
    if not held.position:
        if held.root not in found.seals:
            raise Stopped(
                "No entry of this record has that seal: its end was cut off, or it was written "
                "anew."
            )
        return found.seals.index(held.root) + 1
    if held.position > ends:
        raise Stopped(
            f"Entry {ends + 1} was removed: the record ends at entry {ends}, "
            f"and the seal is of entry {held.position}."
        )
    if found.seals[held.position - 1] != held.root:
        raise Stopped(
            f"The record was written anew at entry {held.position} or before: "
            "its seal there is not the one that is held."
        )
    return held.position


def wrong_signature(key: str, signature: str, negotiation: str, position: int, root: str) -> str:
    """What is wrong with a signature; empty where it holds. Stops where none can be checked."""
    from negotiation.ledger.signing import NoSigning, holds, message

    try:
        if holds(key, signature, message(negotiation, position, root)):
            return ""
    except NoSigning as fault:
        raise Stopped(str(fault)) from fault
    return f"its signature is not that of the key {key[:12] or '(none)'}"


def can_check() -> bool:
    """Whether signatures can be checked here: what does it is an extra."""
    return importlib.util.find_spec("cryptography") is not None


@attrs.frozen
class OnRecord:
    """A seal that the record itself tells of."""

    entry: int
    position: int
    root: str
    signature: str
    key: str
    version: str = ""


def seals_on_record(entries: list[Entry]) -> tuple[OnRecord, ...]:
    """Every seal that was written down, and those that issued versions carry."""
    from negotiation.domain.events import RecordSealed, VersionIssued

    found: list[OnRecord] = []
    for entry in entries:
        match entry.event:
            case RecordSealed(position=position, root=root, signature=signature, key=key):
                found.append(OnRecord(entry.number, position, root, signature, key))
            case VersionIssued(symbol=symbol, position=position, root=root) if root:
                found.append(OnRecord(entry.number, position, root, "", "", symbol))
    return tuple(found)


def faults_of_seals(
    seals: tuple[OnRecord, ...], negotiation: str, found: Walked, key: str
) -> Iterator[str]:
    """What is wrong with the seals on the record, in order; ``key`` should have signed them.

    Signatures that cannot be checked here are let pass, except where the key is asked for.
    """
    sound = 0
    checked = bool(key) or can_check()
    for one in seals:
        what = f"the seal in entry {one.entry}"
        if one.version:
            what = f"the seal that {one.version} carries (entry {one.entry})"
        if not 1 <= one.position < one.entry or found.seals[one.position - 1] != one.root:
            yield (
                f"{what} is not that of entry {one.position}: it was forged, or the record was "
                f"written anew between entry {sound + 1} and entry {max(one.entry - 1, 1)}"
            )
            continue
        if checked and (one.key or one.signature):
            wrong = wrong_signature(one.key, one.signature, negotiation, one.position, one.root)
            if wrong:
                yield f"{what} was forged: {wrong}"
                continue
        if key and one.key != key and not one.version:
            yield f"{what} is not signed with the key {key[:12]}"
            continue
        sound = one.position
    if key and not any(one.key == key for one in seals):
        yield f"no seal on the record is signed with the key {key[:12]}"
