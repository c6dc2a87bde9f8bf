"""Undoing an act on the negotiation's own stream: the order of clauses, meetings, parties.

What happens to the clauses themselves is in `undo`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from negotiation.domain.entries import Entry
from negotiation.domain.events import ActReversed, ClausePlaced, VersionIssued
from negotiation.domain.negotiation import Negotiation
from negotiation.domain.refusals import StoodOn
from negotiation.domain.room import Room
from negotiation.domain.rules.items_back import items_back
from negotiation.domain.rules.named import called
from negotiation.domain.terms import Package, Placed, Restored

_CAPITAL = re.compile(r"([A-Z])")


def in_words(event: object) -> str:
    """What an event is called in a sentence: “open point resolved”."""
    return _CAPITAL.sub(r" \1", type(event).__name__).strip().lower()


def is_reversed(entries: Sequence[Entry], act: str) -> bool:
    """Whether the act is undone now: the last word on it was an undo, itself not undone."""
    by = [
        entry.act.id
        for entry in entries
        if isinstance(entry.event, ActReversed) and entry.event.act == act
    ]
    return bool(by) and not is_reversed(entries, by[-1])


def on_the_whole(entries: list[Entry], room: Room, tabled: set[str]) -> ActReversed:
    """The part of an undo that puts the order, the meeting and the parties back."""
    numbers = tuple(entry.number for entry in entries)
    act = entries[0].act.id
    again = isinstance(entries[0].event, ActReversed)
    before = room.past.negotiation(numbers[0] - 1)
    after = room.past.negotiation(numbers[-1])
    now = room.negotiation
    kept: dict[str, Any] = {}
    if before.order != after.order:
        moved = _placed_by(entries, room)
        for entry in room.past.entries[numbers[-1] :]:
            event = entry.event
            if (
                isinstance(event, ClausePlaced)
                and event.clause in moved
                and event.clause not in tabled
                and not is_reversed(room.past.entries, entry.act.id)
            ):
                where = called(room.clauses[event.clause])
                raise StoodOn(act, where, entry.number, in_words(event), again)
        kept["order"] = _order_back(before, after, now, tabled, moved)
    if before.meeting != after.meeting:
        if now.meeting != after.meeting:
            raise StoodOn(
                act, "the meetings", room.head, f"{now.meeting or 'no meeting'} now", again
            )
        kept["meeting"] = before.meeting
    if before.parties != after.parties:
        if now.parties != after.parties:
            raise StoodOn(act, "the parties", room.head, "another party joined since", again)
        kept["parties"] = before.parties
    # The symbol of an issued version went with its withdrawal.
    issued = any(isinstance(entry.event, VersionIssued) for entry in entries)
    if before.symbol != after.symbol and not issued:
        if now.symbol != after.symbol:
            raise StoodOn(act, "the symbol", room.head, f"the text is {now.symbol} now", again)
        kept["symbol"] = before.symbol
    if before.referrals != after.referrals:
        if now.referrals != after.referrals:
            raise StoodOn(act, "the referral", room.head, "the text went on since", again)
        kept["referrals"] = before.referrals
    for field, what in (
        ("packages", "the packages"),
        ("decisions", "what is before the room"),
        ("handed_in", "what was handed in"),
    ):
        items = items_back(
            getattr(before, field), getattr(after, field), getattr(now, field), lambda one: one.id
        )
        if items is None:
            raise StoodOn(act, what, room.head, "changed since", again)
        if items != getattr(now, field):
            kept[field] = items
    _ties_as_it_did(kept.get("packages", ()), entries, room)
    return ActReversed(act, numbers, Restored(**kept))


_TAKEN = ("passage", "brackets", "alternatives", "proposals", "agreement")
_FORMED = ("agreement",)
"""What of its clauses a package fixes while it is taken, and while it is formed."""


def _ties_as_it_did(packages: Iterable[Package], entries: list[Entry], room: Room) -> None:
    """Refuse where a package would tie again what was free to change since it ended."""
    number = entries[-1].number
    for package in packages:
        now = room.negotiation.package(package.id)
        ended = now is not None and now.state in ("agreed", "broken")
        if not ended or package.state not in ("formed", "taken"):
            continue
        fixed = attrgetter(*(_TAKEN if package.state == "taken" else _FORMED), "margin.tabled")
        for name in package.clauses:
            clause, then = room.clauses.get(name), room.past.clause(name, number)
            if clause is None or then is None or fixed(clause) == fixed(then):
                continue
            later = (
                entry
                for entry in room.past.entries[number:]
                if entry.clause == name
                and fixed(room.past.clause(name, entry.number)) != fixed(then)
            )
            entry = next(later)
            again = isinstance(entries[0].event, ActReversed)
            raise StoodOn(
                entries[0].act.id, called(clause), entry.number, in_words(entry.event), again
            )


def _placed_by(entries: list[Entry], room: Room) -> set[str]:
    """The clauses to which these entries gave a place."""
    placed: set[str] = set()
    for entry in entries:
        if isinstance(entry.event, ClausePlaced):
            placed.add(entry.event.clause)
        elif isinstance(entry.event, ActReversed):
            placed |= _placed_by([room.past.entries[n - 1] for n in entry.event.entries], room)
    return placed


def _order_back(
    before: Negotiation, after: Negotiation, now: Negotiation, tabled: set[str], placed_by: set[str]
) -> tuple[Placed, ...]:
    """The order as it was, with what was placed since kept behind its neighbour."""
    if now.order == after.order:
        return tuple(before.order)
    was = {placed.clause: placed for placed in before.order}
    then = {placed.clause: placed for placed in after.order}
    predecessors = _predecessors(before.order)
    standing = {placed.clause for placed in now.order}
    moved = [name for name in was if name in then and name in placed_by and name in standing]
    back = [name for name in was if name not in then]
    row = [
        placed
        for placed in now.order
        if (placed.clause in was or placed.clause not in then) and placed.clause not in moved
    ]
    names = [placed.clause for placed in row]
    for placed in before.order:
        name = placed.clause
        if name in names or (name not in moved and name not in back):
            continue
        previous = predecessors[name]
        at = names.index(previous) + 1 if previous in names else 0
        row.insert(at, placed)
        names.insert(at, name)
    return tuple(placed for placed in row if placed.clause not in tabled)


def _predecessors(order: Iterable[Placed]) -> dict[str, str]:
    names = [placed.clause for placed in order]
    return dict(zip(names, ["", *names], strict=False))
