"""The address of a store on a PostgreSQL server: told from a file, read, and shown without secrets.

Knows no driver and reaches no server: every command may ask what sort of store it was given.
"""

from __future__ import annotations

import re

import attrs

from negotiation.ledger.faults import StoreError

_SCHEMES = ("postgresql:", "postgres:")
_WHOLE = re.compile(r"postgres(ql)?://")
_SECRET = re.compile(r"((?:^|[?&])(?:ssl)?password=)[^&]*")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,49}")
SCHEMA = "negotiation"
"""Where the tables stand when the address does not say."""


@attrs.frozen
class Address:
    """Where a store is on a server."""

    conninfo: str = attrs.field(repr=False)
    """What the driver connects with; it may hold a password."""
    schema: str
    named: str
    """The address as it may be shown."""


def at_server(store: str) -> bool:
    """Whether a store is on a server; everything else is a file."""
    return store.startswith(_SCHEMES)


def named(store: str) -> str:
    """A store as it may be shown: an address without its password, a file as it is."""
    if not at_server(store):
        return store
    scheme, colon, rest = store.partition(":")
    rest = _SECRET.sub(r"\1…", rest)
    # A password that was not escaped may hold any sign: rather too much than too little goes.
    user, at, where = rest.rpartition("@")
    if at:
        user = re.sub(r"^(/*[^:]*):.*", r"\1", user, flags=re.DOTALL)
    return f"{scheme}{colon}{user}{at}{where}"


def address_of(store: str) -> Address:
    """The address that was given; ``schema=NAME`` in it is ours, the rest is the driver's."""
    shown = named(store)
    if not _WHOLE.match(store):
        raise StoreError(
            f"{shown} is no address of a server; write postgresql://USER@HOST/DATABASE."
        )
    # Not at the top: every command loads this file, and few are given an address.
    from urllib.parse import unquote

    base, _, query = store.partition("?")
    schema, others = SCHEMA, []
    for piece in filter(None, query.split("&")):
        key, _, value = piece.partition("=")
        if key == "schema":
            schema = unquote(value)
        else:
            others.append(piece)
    if not _SCHEMA.fullmatch(schema):
        raise StoreError(
            f"“{schema}” cannot be the schema of a record; use small letters, digits and "
            "underscores, fifty at most."
        )
    return Address(base + ("?" + "&".join(others) if others else ""), schema, shown)
