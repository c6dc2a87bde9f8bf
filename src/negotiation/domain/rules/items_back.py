"""A row of items as it would be if an act had not touched it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def items_back(
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    now: tuple[Any, ...],
    key: Callable[[Any], Any],
    still: Callable[[Any], Any] = lambda item: item,
) -> tuple[Any, ...] | None:
    """Now without what changed from before to after; ``None`` when a later change is in the way."""
    if now == after:
        return before
    was = {key(item): item for item in before}
    then = {key(item): item for item in after}
    changed = {
        name
        for name in was.keys() | then.keys()
        if name not in was or name not in then or still(was[name]) != still(then[name])
    }
    if not changed:
        return now
    current = {key(item): item for item in now}
    for name in changed:
        found, expected = current.get(name), then.get(name)
        if (found is None) != (expected is None):
            return None
        if found is not None and expected is not None and still(found) != still(expected):
            return None
    row: list[Any] = []
    for item in now:
        name = key(item)
        if name not in changed:
            row.append(item)
        elif name in was:
            row.append(was[name])
    # What the act took away comes back where it stood, counted from the items before it.
    names = [key(item) for item in row]
    for index, item in enumerate(before):
        name = key(item)
        if name in changed and name not in names:
            earlier = [key(one) for one in before[:index]]
            at = max((names.index(one) + 1 for one in earlier if one in names), default=0)
            row.insert(at, item)
            names.insert(at, name)
    return tuple(row)
