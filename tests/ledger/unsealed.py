"""A record as versions wrote it that knew no seals."""

import sqlite3

from negotiation.ledger.seals import parted


def take_seals_off(store: sqlite3.Connection) -> None:
    """Leave every stored object as it was before it was sealed."""
    for rowid, state in store.execute("SELECT rowid, state FROM stored_events").fetchall():
        store.execute("UPDATE stored_events SET state=? WHERE rowid=?", (parted(state)[0], rowid))
