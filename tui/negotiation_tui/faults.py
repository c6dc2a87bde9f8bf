"""What the desk may raise that is an answer and not a bug: the screen says it in one line."""

from __future__ import annotations

from negotiation.desk import RecordMoved as RecordMoved
from negotiation.desk import StoreError
from negotiation.domain.refusals import Refusal

ANSWERS: tuple[type[Exception], ...] = (Refusal, RecordMoved, StoreError)
"""Everything that is said as its own sentence."""
