"""Undoing an act on one clause: word by word and item by item, so far as nothing stands on it.

What happens to the order of clauses, to meetings and parties is in `undo_of_the_whole`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.events import (
    ActReversed,
    AlternativeTabled,
    AnomalySettled,
    BracketPlaced,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.items_back import items_back
from negotiation.domain.rules.places_back import placed_back, point_and_order, printed_back
from negotiation.domain.rules.since_the_act import SinceTheAct
from negotiation.domain.terms import Alternative, Bracket, Proposal, Restored
from negotiation.text.edit import StandsOn, without
from negotiation.text.passage import Passage, Standing, marks_of
from negotiation.text.places import Reach

_OPEN = "on the table"
_NOTED = (
    "tabled",
    "deleted_by",
    "label_struck",
    "lead",
    "package",
    "drawn_from",
    "last_agreed",
    "parked",
)


def on_the_clause(clause: str, entries: list[Entry], room: Room, labels_yield: bool) -> ActReversed:
    """The part of an undo that puts one clause back.

    With ``labels_yield`` a label that was changed since stays as it is.
    """
    numbers = tuple(entry.number for entry in entries)
    act = entries[0].act.id
    before = room.past.clause(clause, numbers[0] - 1)
    after = room.past.clause(clause, numbers[-1])
    now = room.clauses[clause]
    assert after is not None
    since = SinceTheAct(act, clause, numbers, after, now, room)
    if after.margin.tabled and not now.margin.tabled:
        since.nobody_else(lambda state: state.margin.tabled)
    if before is None:
        since.nobody_else(lambda state: state)
        gone = Restored(
            tabled=False,
            passage=(),
            brackets=(),
            alternatives=(),
            proposals=(),
            agreement=(),
            package="" if now.margin.package else None,
        )
        return ActReversed(act, numbers, gone)
    return ActReversed(act, numbers, _restored(since, before, labels_yield))


def _restored(since: SinceTheAct, before: Clause, labels_yield: bool) -> Restored:
    after, now = since.after, since.now
    passage = _passage(since, before)
    kept: dict[str, Any] = {}
    if passage is not now.passage:
        kept["passage"] = passage.runs
        if passage.live != now.passage.live and now.agreement is not None:
            since.nobody_else(lambda state: state.agreement)
    printed = printed_back(since, before, passage)
    if printed != (now.printed if passage is now.passage else ()):
        kept["printed"] = printed
    for field in ("brackets", "alternatives"):
        items = _items(since, field, before, point_and_order)
        placed = tuple(placed_back(since, field, item, before, passage) for item in items)
        if placed != getattr(now, field):
            kept[field] = placed
    _nothing_hangs(since, kept)
    proposals = _items(since, "proposals", before, lambda p: p.id)
    if proposals != now.proposals:
        kept["proposals"] = proposals
    for one in proposals:
        if one.state != _OPEN and passage is not now.passage and _waits(passage, one.id):
            # Words would be undecided again of a proposal that was decided since.
            since.nobody_else(partial(_stands_as, one.id))
    if before.label != after.label and not (labels_yield and now.label != after.label):
        since.nobody_else(lambda state: state.label)
        kept["label"] = before.label
    if before.kind != after.kind:
        since.nobody_else(lambda state: state.kind)
        kept["kind"] = before.kind
    kept |= _agreement(since, before, passage, proposals, kept)
    kept |= _margin(since, before)
    return Restored(**kept)


def _passage(since: SinceTheAct, before: Clause) -> Passage:
    after, now = since.after.passage, since.now.passage
    if before.passage == after:
        return now
    if after == now:
        return before.passage
    if not _by_marks(since):
        since.nobody_else(lambda state: state.passage)
    numbers = frozenset(since.numbers)
    taken_out = without(now, numbers)
    if isinstance(taken_out, StandsOn):
        raise since.stood_on(taken_out.entry)
    if without(after, numbers) != before.passage:
        # The act did more than leave marks; only the latest act can then be undone.
        since.nobody_else(lambda state: state.passage)
    return taken_out


def _by_marks(since: SinceTheAct) -> bool:
    """Whether the act left nothing in the words but marks of its own."""
    return not any(isinstance(event, ActReversed | AnomalySettled) for event in since.events)


def _agreement(
    since: SinceTheAct,
    before: Clause,
    passage: Passage,
    proposals: tuple[Proposal, ...],
    kept: dict[str, Any],
) -> dict[str, Any]:
    """The agreement where the act changed it; refused where other words would come under one."""
    still_open = any(one.state == _OPEN for one in proposals)
    if before.agreement != since.after.agreement:
        since.nobody_else(lambda state: state.agreement)
        if before.agreement is not None:
            if before.agreement.words != passage.live:
                since.nobody_else(lambda state: state.passage.live)
            if kept.get("brackets", since.now.brackets) or still_open:
                # Nor is anything open on words that are agreed again.
                since.nobody_else(lambda state: (state.brackets, state.proposals))
        return {"agreement": _one_or_none(before.agreement)}
    if since.now.agreement is not None and ("brackets" in kept or still_open):
        # Agreed words have nothing open on them: the agreement stands on what closed it.
        since.nobody_else(lambda state: state.agreement)
    return {}


def _nothing_hangs(since: SinceTheAct, kept: dict[str, Any]) -> None:
    """Refuse to take a bracket away from wordings or from shares that came to it later."""
    left = {one.point for one in kept.get("brackets", since.now.brackets)}
    wordings = kept.get("alternatives", since.now.alternatives)
    for bracket in since.now.brackets:
        point = bracket.point
        if point in left:
            continue
        elsewhere = [
            entry
            for entry in since.later()
            if entry.act.id != since.act
            and getattr(entry.event, "point", "") == point
            and isinstance(entry.event, AlternativeTabled | BracketPlaced)
            and any(one.point == point for one in _standing(since, entry.clause, wordings))
        ]
        if elsewhere:
            raise since.stood_on(elsewhere[0].number)


def _standing(
    since: SinceTheAct, clause: str, wordings: tuple[Alternative, ...]
) -> tuple[Alternative | Bracket, ...]:
    if clause == since.clause:
        return wordings
    other = since.room.clauses[clause]
    return (*other.brackets, *other.alternatives)


def _margin(since: SinceTheAct, before: Clause) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for field in _NOTED:
        was, then = getattr(before.margin, field), getattr(since.after.margin, field)
        if was != then:
            since.nobody_else(partial(_noted, field))
            single = field in ("last_agreed", "parked")
            kept[field] = _one_or_none(was) if single else was
    keys: dict[str, Callable[[Any], Any]] = {
        "positions": lambda p: (p.party, p.on),
        "remarks": lambda r: r.entry,
        "anomalies": lambda a: a.id,
    }
    for field, key in keys.items():
        items = items_back(
            getattr(before.margin, field),
            getattr(since.after.margin, field),
            getattr(since.now.margin, field),
            key,
        )
        if items is None:
            since.nobody_else(partial(_noted, field))
        elif items != getattr(since.now.margin, field):
            kept[field] = items
    return kept


def _items(
    since: SinceTheAct, field: str, before: Clause, key: Callable[[Any], Any]
) -> tuple[Any, ...]:
    """The items of a field put back, each where it stands now."""

    # Where an item stands is looked at by itself: places travel with later words.
    def still(item: Any) -> Any:
        return attrs.evolve(item, reach=Reach()) if hasattr(item, "reach") else item

    merged = items_back(
        getattr(before, field), getattr(since.after, field), getattr(since.now, field), key, still
    )
    if merged is None:
        since.nobody_else(lambda state: tuple(still(one) for one in getattr(state, field)))
        return tuple(getattr(before, field))
    return merged


def _stands_as(proposal: str, state: Clause) -> str:
    found = state.proposal(proposal)
    return "" if found is None else found.state


def _waits(passage: Passage, proposal: str) -> bool:
    return any(
        mark.source == proposal and mark.standing is Standing.PENDING
        for run in passage.runs
        for mark in marks_of(run)
    )


def _noted(field: str, state: Clause) -> Any:
    return getattr(state.margin, field)


def _one_or_none(value: Any) -> tuple[Any, ...]:
    return () if value is None else (value,)
