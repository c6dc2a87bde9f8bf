"""What the desk may raise that is an answer and not a bug: the screen says it in one line."""

from __future__ import annotations

from negotiation import desk
from negotiation.desk import NoRecord  # type: ignore[attr-defined]  # the desk raises it
from negotiation.domain.refusals import Refusal

RecordMoved: type[Exception] = desk.RecordMoved  # type: ignore[attr-defined]  # the desk raises it
StoreError: type[Exception] = next(
    kind for kind in NoRecord.__mro__ if kind.__name__ == "StoreError"
)
"""The store cannot be used; found behind the desk, since the screen does not know the ledger."""

ANSWERS: tuple[type[Exception], ...] = (Refusal, RecordMoved, StoreError)
"""Everything that is said as its own sentence."""
