"""Where brackets, wordings and damaged print stand in a passage that an undo puts back."""

from __future__ import annotations

from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.events import (
    ActReversed,
    AlternativeTabled,
    BracketNarrowed,
    BracketPlaced,
    BracketWidened,
)
from negotiation.domain.rules.places_again import found_again
from negotiation.domain.rules.since_the_act import SinceTheAct
from negotiation.domain.terms import Alternative, Bracket, Printed
from negotiation.text.passage import Passage
from negotiation.text.places import Reach


def placed_back(since: SinceTheAct, field: str, item: Any, before: Clause, passage: Passage) -> Any:
    """A bracket or alternative with its reach counted in the passage put back."""
    was = _found(before, field, item)
    then = _found(since.after, field, item)
    current = _found(since.now, field, item)
    own = _moved(since, since.numbers, item)
    later = _moved_later(since, item)
    if own and later:
        raise since.stood_on(later)
    if was is not None and (current is None or own):
        reach = found_again(passage, before.passage, was.reach)
    elif was is not None and then == current and since.after.passage == since.now.passage:
        reach = was.reach
    else:
        reach = found_again(passage, since.now.passage, current.reach)
        length = len(passage.words)
        start, end = current.reach.within(len(since.now.passage.words))
        if start < end and len(set(reach.within(length))) == 1:
            raise since.stood_on(later or getattr(item, "since", 0) or since.room.head)
    return item if reach == item.reach else attrs.evolve(item, reach=reach)


def printed_back(since: SinceTheAct, before: Clause, passage: Passage) -> tuple[Printed, ...]:
    """How the received page printed the words put back."""
    if since.after.passage == since.now.passage:
        return before.printed
    # A repair confirms how words were printed; any other act leaves that alone.
    same = len(before.printed) == len(since.after.printed)
    state = since.now if same else before
    placed = (
        (one, found_again(passage, state.passage, Reach(one.start, one.end)))
        for one in state.printed
    )
    return tuple(
        attrs.evolve(one, start=reach.start or 0, end=reach.end or 0) for one, reach in placed
    )


def _moved_later(since: SinceTheAct, item: Bracket | Alternative) -> int:
    own = tuple(entry.number for entry in since.later() if entry.clause == since.clause)
    return _moved(since, own, item)


def _moved(since: SinceTheAct, numbers: tuple[int, ...], item: Bracket | Alternative) -> int:
    """The first of these entries that gave the bracket or wording other words; 0 for none."""
    for number in numbers:
        event = since.room.past.entries[number - 1].event
        if isinstance(event, ActReversed):
            if _moved(since, event.entries, item):
                return number
        elif _gives_words(event, item):
            return number
    return 0


def _gives_words(event: object, item: Bracket | Alternative) -> bool:
    """Whether the event says where this bracket, or this wording of it, stands in its clause."""
    if isinstance(item, Alternative):
        return isinstance(event, AlternativeTabled) and point_and_order(event) == point_and_order(
            item
        )
    moves = BracketPlaced | BracketNarrowed | BracketWidened
    return isinstance(event, moves) and event.point == item.point


def _found(state: Clause, field: str, item: Any) -> Any:
    name = point_and_order(item)
    return next((one for one in getattr(state, field) if point_and_order(one) == name), None)


def point_and_order(item: Any) -> Any:
    """Which bracket, and which wording of it: what stays the same when words come and go."""
    return (item.point, getattr(item, "order", 0))
