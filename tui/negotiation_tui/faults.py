"""What the desk may raise that is an answer and not a bug: the screen says it in one line."""

from __future__ import annotations

from negotiation.desk import RecordMoved as RecordMoved
from negotiation.desk import StoreError
from negotiation.domain.refusals import Refusal

ANSWERS: tuple[type[Exception], ...] = (Refusal, RecordMoved, StoreError)
"""Everything that is said as its own sentence."""


def why(answer: Exception) -> str:
    """The answer, and before it what others wrote meanwhile, if that is why."""
    return " ".join((*getattr(answer, "__notes__", ()), str(answer)))


def meanwhile(answer: Exception) -> str:
    """What others wrote meanwhile; where that is not why, the answer."""
    return " ".join(getattr(answer, "__notes__", ())) or str(answer)
