"""The negotiations of one store told apart: which of them is meant by what somebody said.

A wrong room is the worst mistake that a desk can make, so nothing is guessed here: where a store
holds several, one of them is named, by its id or by a symbol that it has or had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import attrs

from negotiation.ledger.address import at_server, named
from negotiation.ledger.faults import (
    NoRecord,
    NoSuchNegotiation,
)
from negotiation.ledger.faults import WhichNegotiation as WhichNegotiation
from negotiation.ledger.ledger import Ledger
from negotiation.ledger.long_records import timeline_of
from negotiation.naming import unclear

_LISTED = 12
_PARTS = re.compile(r"[0-9]{1,18}|[^0-9]+")


@attrs.frozen
class Called:
    """What one negotiation of a store is called."""

    id: str
    symbol: str = ""
    title: str = ""
    earlier: tuple[str, ...] = ()
    """The symbols that it had before."""
    before: str = ""
    """The body that it was referred to; empty while it is where it began."""


def called(ledger: Ledger) -> tuple[Called, ...]:
    """Every negotiation of the store, by symbol; one that is damaged is called by its id alone."""
    found = (_called(ledger, one) for one in ledger.negotiations())
    return tuple(sorted(found, key=lambda one: place(one.symbol)))


def called_in(store: str) -> tuple[Called, ...]:
    """The same, of a store that is opened for the question. Raises a `StoreError`."""
    ledger = Ledger.open(store, create=False)
    try:
        return called(ledger)
    finally:
        ledger.close()


def meant(ledger: Ledger, store: str | Path, said: str) -> str:
    """The id of the negotiation that ``said`` means; of the only one where nothing was said.

    Case and spaces of a symbol do not matter. Raises `WhichNegotiation` where nothing was said and
    the store holds several, `NoSuchNegotiation` with what there is where none is called so, and a
    refusal where several are.
    """
    held = ledger.negotiations()
    if not held:
        raise NoRecord(
            f"The store {named(str(store))} holds no negotiation yet; "
            "`negotiation import FILE` begins one."
        )
    if said in held or (not said and len(held) == 1):
        return said or held[0]
    known = called(ledger)
    if not said:
        raise WhichNegotiation(named(str(store)), len(held), listed(known))
    wanted = spelled(said)
    now = [one for one in known if spelled(one.symbol) == wanted]
    found = now or [one for one in known if wanted in map(spelled, one.earlier)]
    if len(found) == 1:
        return found[0].id
    if found:
        raise unclear(f"“{said}” could be any of {len(found)} negotiations: {listed(found)}.")
    raise NoSuchNegotiation(named(str(store)), said, listed(known))


def listed(known: Iterable[Called]) -> str:
    """Names by which each can be called: its symbol, or its id where that says nothing."""
    rows = list(known)
    symbols = [spelled(one.symbol) for one in rows]
    names = [
        one.symbol
        if one.symbol and symbols.count(spelled(one.symbol)) == 1
        else f"{one.id} ({one.symbol or 'no symbol'})"
        for one in rows
    ]
    more = f" and {len(names) - _LISTED} more (`rooms` lists them)" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


def in_full(store: str) -> str:
    """The name by which a store is opened from any folder; an address is the same everywhere."""
    return store if at_server(store) else str(Path(store).absolute())


def place(symbol: str) -> tuple[bool, list[tuple[int, str]]]:
    """Where a symbol stands in a list: DL/9 before DL/12, none behind all others."""
    parts = _PARTS.findall(symbol.casefold())
    return not symbol, [(int(one), "") if one.isdecimal() else (-1, one) for one in parts]


def spelled(symbol: str) -> str:
    """A symbol as it is compared: without case and spaces."""
    return "".join(symbol.casefold().split())


def _called(ledger: Ledger, negotiation: str) -> Called:
    try:
        timeline, _ = timeline_of(lambda: ledger, negotiation)
    except Exception:
        # One damaged room keeps nobody out of the others; whoever opens it is told.
        return Called(negotiation)
    whole = timeline.negotiation(timeline.head)
    had = [one.symbol for one in whole.pages] + [one.symbol for one in whole.issued]
    earlier = tuple(one for one in dict.fromkeys(had) if one and one != whole.symbol)
    return Called(
        negotiation, whole.symbol, whole.title, earlier, whole.before if whole.referrals else ""
    )
