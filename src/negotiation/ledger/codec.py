"""Between the facts of the domain and the bytes on disk: JSON that can be read without us.

Field names are those of the classes, enumerations are their values, times are ISO 8601, bytes are
base64. Every field of an event is written, also those at their default, so that the meaning of an
old entry cannot change with a default. Which shape is stored under which name stands in `names`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from negotiation.domain.entries import Act, Entry, Evidence
from negotiation.domain.events import Event
from negotiation.domain.people import Visibility
from negotiation.ledger.names import ACT, NAME_OF, NAMES
from negotiation.ledger.upcasts import UPCASTS, upcast

E = TypeVar("E")


class StoredEntry(msgspec.Struct, Generic[E], frozen=True, omit_defaults=True, gc=False):
    """An entry as it lies in the store: the act by its id, clause and version in the row.

    The seal comes behind it, and only `seals` reads it: it would be as much memory as the entry.
    """

    number: int
    act: str
    event: E
    evidence: Evidence | None = None
    visibility: Visibility = Visibility.PUBLIC


class Unreadable(ValueError):
    """The name is unknown, or the state does not have the shape that the name promises."""


def stored(entry: Entry) -> StoredEntry[Event]:
    """The part of an entry that goes into the state of its row."""
    return StoredEntry(entry.number, entry.act.id, entry.event, entry.evidence, entry.visibility)


_encode = msgspec.json.Encoder().encode


def encode(content: StoredEntry[Event] | Act) -> tuple[str, bytes]:
    """The stored name and the bytes of an entry or an act."""
    if isinstance(content, Act):
        return ACT, _encode(content)
    return NAME_OF[type(content.event)], _encode(content)


UNREADABLE = (
    Unreadable,
    msgspec.DecodeError,
    UnicodeDecodeError,
    ValueError,
    TypeError,
    OverflowError,
    RecursionError,
)
"""What the decoders below raise on a state that is not what its name promises."""


def decode(name: str, state: bytes) -> StoredEntry[Event] | Act:
    """The entry or the act that was stored under this name; raises `Unreadable`."""
    try:
        return act_decoder()(state) if name == ACT else decoder_of(name)(state)
    except UNREADABLE as cause:
        raise unreadable(name, cause) from cause


def unreadable(name: str, cause: Exception) -> Unreadable:
    """The fault as a half sentence on why, for whoever knows the place."""
    if isinstance(cause, Unreadable):
        return cause
    return Unreadable(f"its content is not that of “{name}” ({cause})")


@functools.cache
def act_decoder() -> Callable[[bytes], Act]:
    """What reads acts."""
    return msgspec.json.Decoder(Act).decode


@functools.cache
def decoder_of(name: str) -> Callable[[bytes], StoredEntry[Event]]:
    """What reads the entries of one name; raises `Unreadable` for a name that nobody knows."""
    if name in UPCASTS:
        return functools.partial(_decode_former, name)
    if name not in NAMES:
        raise Unreadable(f"its name “{name}” is unknown")
    # Generic over the one event class: msgspec refuses unions of attrs classes, and the name in the
    # row tells which one it is. Made when first met, since few records hold every kind.
    shape: Any = StoredEntry
    decoder: msgspec.json.Decoder[StoredEntry[Event]] = msgspec.json.Decoder(shape[NAMES[name]])
    return decoder.decode


def _decode_former(name: str, state: bytes) -> StoredEntry[Event]:
    try:
        latest, content = upcast(name, msgspec.json.decode(state), UPCASTS)
    except (LookupError, TypeError) as cause:
        raise Unreadable(f"it lacks what “{name}” promises ({cause!r})") from cause
    return decoder_of(latest)(_encode(content))
