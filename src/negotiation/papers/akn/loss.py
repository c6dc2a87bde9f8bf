"""What of a record does not go into an Akoma Ntoso file, counted."""

from __future__ import annotations

import attrs


@attrs.frozen
class Loss:
    """A kind of thing that the file does not hold, and how many of them there are."""

    what: str
    count: int


def losses(*counted: tuple[str, int]) -> tuple[Loss, ...]:
    """Those of which there are any."""
    return tuple(Loss(what, count) for what, count in counted if count)
