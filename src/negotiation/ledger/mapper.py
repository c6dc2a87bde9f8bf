"""How the event store's lines become bytes and back; no compression, no encryption."""

from __future__ import annotations

import attrs
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent

from negotiation.domain.entries import Act
from negotiation.domain.events import Event
from negotiation.ledger import codec


@attrs.frozen
class Line:
    """What lies in one row of the store: an entry or an act, on its stream."""

    originator_id: str
    originator_version: int
    content: codec.StoredEntry[Event] | Act


class LineMapper(Mapper[str]):
    """Stores lines under our own names, as JSON."""

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The row of a line."""
        if not isinstance(domain_event, Line):
            raise TypeError(f"{domain_event!r} is not a line of the record.")
        name, state = codec.encode(domain_event.content)
        return StoredEvent(domain_event.originator_id, domain_event.originator_version, name, state)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        """The line of a row."""
        return Line(
            str(stored_event.originator_id),
            stored_event.originator_version,
            codec.decode(stored_event.topic, stored_event.state),
        )
