"""What several tests of the ledger begin with."""

import pytest

from negotiation.ledger.ledger import Ledger


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def ledger(request, tmp_path):
    """A new ledger, of each kind in turn."""
    match request.param:
        case "memory":
            store = None
        case "sqlite":
            store = str(tmp_path / "record.db")
        case _:
            store = request.getfixturevalue("postgres_store")
    ledger = Ledger.open(store)
    yield ledger
    ledger.close()
