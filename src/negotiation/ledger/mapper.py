"""How the rows of the record pass through the event store's library: as they are.

They are encoded, and sealed, before they come here; no compression, no encryption.
"""

from __future__ import annotations

import attrs
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent


@attrs.frozen
class Line:
    """What lies in one row of the store, on its stream."""

    originator_id: str
    originator_version: int
    name: str
    state: bytes


class LineMapper(Mapper[str]):
    """Stores lines under our own names, as JSON."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The row of a line."""
        if not isinstance(domain_event, Line):
            raise TypeError(f"{domain_event!r} is not a line of the record.")
        return StoredEvent(
            domain_event.originator_id,
            domain_event.originator_version,
            domain_event.name,
            domain_event.state,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        """The line of a row."""
        return Line(
            str(stored_event.originator_id),
            stored_event.originator_version,
            stored_event.topic,
            stored_event.state,
        )
