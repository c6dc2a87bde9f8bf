"""The tables of a store on a server are made once, by `migrate`; opening makes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from negotiation.ledger.address import Address, address_of, at_server
from negotiation.ledger.faults import StoreError


def migrate(store: str) -> bool:
    """Makes the tables of a store on a server, where there are none; whether there were none.

    A file needs no such thing: its tables are made when a record is begun in it.
    """
    if not at_server(store):
        raise StoreError(
            f"{store} is a file, and its tables are made when a record begins; only a store "
            "at postgresql://… is prepared beforehand."
        )
    address = address_of(store)
    with driver_for(address):
        from negotiation.ledger import server
    return server.make_tables(address)


@contextmanager
def driver_for(address: Address) -> Iterator[None]:
    """What loads the driver of a server says how to get it; only who needs it loads it."""
    try:
        yield
    except ImportError as cause:
        raise StoreError(
            f"{address.named} is on a PostgreSQL server, and the driver for it is not installed; "
            "`pip install 'negotiation[postgres]'` installs it."
        ) from cause
