"""How entries that an earlier version stored are read today.

An upcast turns the stored object of one shape into that of the next; a long step is a chain of
short ones. It sees the whole stored object (number, act, event and so on) as plain JSON values and
answers with the next name and the object to read under it. Nothing on disk is ever rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Stored = dict[str, Any]
"""A stored object as plain JSON values."""

Upcast = tuple[str, Callable[[Stored], Stored]]
"""The next name, and how the object is read under it."""

UPCASTS: dict[str, Upcast] = {}
"""By the former name."""


def upcast(name: str, stored: Stored, known: Mapping[str, Upcast]) -> tuple[str, Stored]:
    """The stored object under the latest name that the chain leads to."""
    while name in known:
        name, step = known[name]
        stored = step(stored)
    return name, stored
