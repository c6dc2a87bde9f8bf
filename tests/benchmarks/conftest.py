"""What a measured system changes in the program is put back: other tests run in this process."""

from collections.abc import Iterator

import pytest

from negotiation.ledger import long_records


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Each system says from which length on a record is a long one."""
    long = long_records.LONG
    yield
    long_records.LONG = long
