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


def _conditions(agreement: Stored) -> Stored:
    """An agreement whose conditions were words only."""
    told = [{"words": words, "waits_on": "event", "on": ""} for words in agreement["conditions"]]
    return {**agreement, "conditions": told}


def _clause_agreed(stored: Stored) -> Stored:
    return {**stored, "event": _conditions(stored["event"])}


def _act_reversed(stored: Stored) -> Stored:
    restored = dict(stored["event"]["restored"])
    for field in ("agreement", "last_agreed"):
        if restored[field] is not None:
            restored[field] = [_conditions(one) for one in restored[field]]
    return {**stored, "event": {**stored["event"], "restored": restored}}


def _as_it_was(stored: Stored) -> Stored:
    """The next shape has further fields, whose defaults say what was meant before."""
    return stored


UPCASTS: dict[str, Upcast] = {
    "clause-agreed/1": ("clause-agreed/2", _clause_agreed),
    "clause-reopened/1": ("clause-reopened/2", _as_it_was),
    "act-reversed/1": ("act-reversed/2", _act_reversed),
    "act-reversed/2": ("act-reversed/3", _as_it_was),
    "act-reversed/3": ("act-reversed/4", _as_it_was),
    "version-issued/1": ("version-issued/2", _as_it_was),
    "remark-made/1": ("remark-made/2", _as_it_was),
}
"""By the former name."""


def upcast(name: str, stored: Stored, known: Mapping[str, Upcast]) -> tuple[str, Stored]:
    """The stored object under the latest name that the chain leads to."""
    while name in known:
        name, step = known[name]
        stored = step(stored)
    return name, stored
