"""What can go wrong between an act and the disk, each with one sentence for people.

Only the sentences stand here; who finds the fault raises it, chained from its cause.
"""

from __future__ import annotations


class RecordMoved(Exception):
    """Somebody appended first: the entries were made on a record that is no longer the latest."""

    def __init__(self, negotiation: str, expected: int, head: int) -> None:
        self.negotiation = negotiation
        self.expected = expected
        """The last entry that the writer knew of."""
        self.head = head
        """The last entry of the record."""
        super().__init__(
            f"The record of {negotiation} stands at entry {head}, not at {expected}: "
            "somebody else wrote. Read what is new and try again."
        )


class ActKnown(Exception):
    """The act is on the record already: an acknowledgement was lost, nothing else."""

    def __init__(self, negotiation: str, act: str) -> None:
        self.negotiation = negotiation
        self.act = act
        super().__init__(f"The act {act} is on the record of {negotiation} already.")


class StoreError(Exception):
    """The store cannot be used; the message says what, where and what would help."""


class NoRecord(StoreError):
    """There is no record yet where one is wanted."""


class WhichNegotiation(StoreError):
    """The store holds several negotiations, and nobody said which one is meant."""

    def __init__(self, store: str, count: int, listed: str) -> None:
        self.store = store
        self.count = count
        super().__init__(
            f"The store {store} holds {count} negotiations; say which one is meant with "
            f"--negotiation or $NEGOTIATION_ROOM: {listed}."
        )


class NoSuchNegotiation(StoreError):
    """The store holds no negotiation of this name."""

    def __init__(self, store: str, name: str, listed: str) -> None:
        self.store = store
        self.name = name
        super().__init__(f"The store {store} holds no negotiation “{name}”; there is {listed}.")


class NotOurs(StoreError):
    """What lies there is no record of ours, or one that this version cannot know."""


class RecordReplaced(StoreError):
    """The store holds another history than the one that was read from it."""

    def __init__(self, negotiation: str, head: int) -> None:
        self.negotiation = negotiation
        self.head = head
        """The last entry that was read."""
        super().__init__(
            f"The store does not hold the record of {negotiation} any more as it was read up to "
            f"entry {head}: an earlier copy was put back, or another record; open it again."
        )


class StoreBusy(StoreError):
    """Somebody else holds the store, for longer than anybody should wait."""


class RecordDamaged(StoreError):
    """Something in the store cannot be read; reading on would silently drop it."""
