"""What of a record does not go into a file, or comes not out of it, counted."""

from __future__ import annotations

import attrs


@attrs.frozen
class Loss:
    """A kind of thing that is left behind, and how many of them there are."""

    what: str
    """In the singular or plural that goes with the number."""
    count: int
    where: tuple[str, ...] = ()
    """The clauses it is lost from, by their paths; empty for the text as a whole."""


def lost(one: str, many: str, count: int, where: tuple[str, ...] = ()) -> Loss:
    """So many things of a kind, given by its singular and its plural."""
    return Loss(one if count == 1 else many, count, where)


def losses(*counted: tuple[str, str, int]) -> tuple[Loss, ...]:
    """Those of which there are any, each given by its singular, its plural and its number."""
    return tuple(lost(one, many, count) for one, many, count in counted if count)
