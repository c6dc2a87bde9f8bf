"""What of a record does not go into an Akoma Ntoso file, or comes not out of it, counted."""

from __future__ import annotations

import attrs


@attrs.frozen
class Loss:
    """A kind of thing that is left behind, and how many of them there are."""

    what: str
    """In the singular or plural that goes with the number."""
    count: int


def losses(*counted: tuple[str, str, int]) -> tuple[Loss, ...]:
    """Those of which there are any, each given by its singular, its plural and its number."""
    return tuple(Loss(one if count == 1 else many, count) for one, many, count in counted if count)
