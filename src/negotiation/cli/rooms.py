"""`rooms`: the negotiations of a store, of several, or of a folder, and what is open in each."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.faults import REFUSED, sentence_of
from negotiation.cli.options import command, common, store
from negotiation.cli.saying import Look, answer, asked, brief, count, drawn, note, say, shown
from negotiation.ledger.address import at_server, named

if TYPE_CHECKING:
    import datetime as dt

    from negotiation.domain.entries import Entry
    from negotiation.record import Record

_WIDTH = 79


@attrs.frozen
class Room:
    """One negotiation, as somebody who looks into every room wants to know it."""

    store: str
    negotiation: str
    symbol: str
    title: str
    meeting: str
    """The meeting that is open; empty between meetings."""
    open_points: int
    entries: int
    act: str
    """What the last act was of which everybody may read, in a sentence."""
    at: dt.datetime | None
    """When it was recorded."""
    before: Mapping[str, object] | None = None
    """Which other body has the text, since when and until when; none where it began."""
    lies: str = ""
    """The same in half a sentence."""
    overdue: bool = False
    """Whether it should be back by now."""
    handed_in: int = 0
    """Proposals that delegations handed in and the chair has not answered."""
    questions: int = 0
    """Questions before the room that wait for the gavel."""
    also_in: tuple[str, ...] = ()
    """The other stores listed that hold this negotiation, such as a copy."""


@command()
@click.argument("stores", metavar="[STORE…]", nargs=-1)
@common
def rooms(stores: tuple[str, ...]) -> None:
    """The negotiations: what is open in each, which body has it, what waits, the last act.

    STORE is a store with any number of negotiations, or a folder of them. Without one it is the
    store that was named by --store or $NEGOTIATION_STORE, otherwise this folder. Store by store,
    in the order of the symbols. What cannot be read is named with the reason, the rest is listed.

    \b
      negotiation rooms
      negotiation rooms talks/ plenary.db --json

    Next: `open --negotiation SYMBOL` for the points, `follow` to see them settled, `refer` to
    send a text to another body.
    """
    from negotiation.ledger.faults import NotOurs

    found: list[Room] = []
    faults: list[tuple[str, str]] = []
    for one in _stores(stores):
        try:
            rooms_there, damaged = _rooms_of(one)
            found += rooms_there
            faults += damaged
        except NotOurs as fault:
            # In a folder lies what other programs put there; whoever names it is told.
            if one in stores or one == store():
                faults.append((named(one), sentence_of(fault)[0]))
        except Exception as fault:
            faults.append((named(one), sentence_of(fault)[0]))
    found = _marked(found)
    if not answer({"rooms": found, "unreadable": [{"store": s, "why": w} for s, w in faults]}):
        _tell_all(found)
        if not (found or faults):
            note("No record lies there; `negotiation import FILE` begins one.")
    if not asked().json:
        for _, why in faults:
            note(shown(why))
    if faults:
        click.get_current_context().exit(REFUSED)


def _stores(said_stores: tuple[str, ...]) -> Iterator[str]:
    said = bool(asked().store or os.environ.get("NEGOTIATION_STORE"))
    for one in said_stores or ((store(),) if said else (".",)):
        if at_server(one) or not Path(one).is_dir():
            yield one
        else:
            yield from sorted(str(path) for path in Path(one).iterdir() if _is_database(path))


def _is_database(path: Path) -> bool:
    """Whether a file may be a store; what other programs keep beside it is not asked about."""
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _rooms_of(where: str) -> tuple[list[Room], list[tuple[str, str]]]:
    """The rooms of one store, and those of them that cannot be read, with the reason."""
    from negotiation.ledger.faults import StoreError
    from negotiation.ledger.ledger import Ledger
    from negotiation.record import Record
    from negotiation.rooms import place

    found: list[Room] = []
    faults: list[tuple[str, str]] = []
    ledger = Ledger.open(where, create=False)
    try:
        held = ledger.negotiations()
        for one in held:
            try:
                found.append(_room(named(where), Record(ledger, one)))
            except StoreError as fault:
                if len(held) == 1:
                    raise
                faults.append((named(where), f"{one}: {sentence_of(fault)[0]}"))
    finally:
        ledger.close()
    return sorted(found, key=lambda room: place(room.symbol)), faults


def _room(where: str, record: Record) -> Room:
    from negotiation.cli.referring import lies_json, local_time
    from negotiation.views.the_log import sentence
    from negotiation.views.what_is_open import what_is_open
    from negotiation.views.what_may_be_seen import PUBLIC, as_seen
    from negotiation.views.who_has_the_text import told as told_of
    from negotiation.views.who_has_the_text import who_has_the_text

    timeline = record.timeline
    whole = timeline.negotiation(timeline.head)
    last: Entry | None = None
    for entry in reversed(timeline.entries):
        if last is not None and entry.act.id != last.act.id:
            break
        if as_seen(entry, PUBLIC, timeline) is not None:
            last = entry
    now = record.clock()
    lies = who_has_the_text(timeline, timeline.head)
    return Room(
        where,
        timeline.id,
        whole.symbol,
        whole.title,
        whole.meeting,
        len(what_is_open(timeline, timeline.head)),
        timeline.head,
        sentence(last, timeline) if last is not None else "Something that is not for everybody.",
        last.act.written if last is not None else None,
        lies_json(record, timeline.head),
        told_of(lies, local_time) if lies is not None else "",
        lies is not None and lies.overdue(now),
        len(whole.handed_in),
        len(whole.decisions),
    )


def _marked(rooms: list[Room]) -> list[Room]:
    """Each with the other stores that hold the same negotiation, such as a copy of it."""
    held: dict[str, list[str]] = {}
    for room in rooms:
        held.setdefault(room.negotiation, []).append(room.store)
    return [
        attrs.evolve(
            room, also_in=tuple(one for one in held[room.negotiation] if one != room.store)
        )
        for room in rooms
    ]


def _tell_all(rooms: list[Room]) -> None:
    """Store by store; where a symbol does not tell which room is meant, its id stands beside it."""
    for store_, held in groupby(rooms, key=lambda room: room.store):
        there = list(held)
        say(f"{drawn(shown(store_), Look.FAINT)}  {drawn(count(len(there), 'room'), Look.FAINT)}")
        symbols = [room.symbol for room in there]
        for room in there:
            _tell(room, alone=bool(room.symbol) and symbols.count(room.symbol) == 1)
    if len(rooms) > 1:
        say(_summed(rooms))


def _tell(room: Room, *, alone: bool) -> None:
    name = room.symbol or room.negotiation
    beside = "" if alone or not room.symbol else f"  ({room.negotiation})"
    opened = count(room.open_points, "open point")
    left = _WIDTH - len(name) - len(beside) - len(opened) - 4
    title = brief(shown(room.title), left) if left > 0 else ""
    say(
        f"{drawn(name, Look.STRONG)}{drawn(beside, Look.FAINT)}  {title.ljust(left)}"
        f"  {drawn(opened, Look.NUMBER)}"
    )
    waits = [
        *([f"{room.handed_in} handed in"] if room.handed_in else []),
        *([f"{count(room.questions, 'question')} before the room"] if room.questions else []),
        *([f"{shown(room.meeting)} is open"] if room.meeting else []),
    ]
    if waits:
        say(f"   {brief(', '.join(waits), _WIDTH - 3)}")
    if room.lies:
        look = Look.ALARM if room.overdue else Look.STRONG
        late = "overdue, " if room.overdue else ""
        for line in textwrap.wrap(brief(late + room.lies, 2 * _WIDTH - 16), _WIDTH - 3):
            say(f"   {drawn(line, look)}")
    at = f"{room.at:%Y-%m-%d %H:%M}Z  " if room.at is not None else ""
    say(f"   {at}{brief(shown(room.act), _WIDTH - 3 - len(at))}")
    if room.also_in:
        beside = f"The same negotiation lies in {', '.join(room.also_in)}, too."
        say(f"   {drawn(beside, Look.FAINT)}")


def _summed(rooms: list[Room]) -> str:
    away = sum(bool(room.lies) for room in rooms)
    late = sum(room.overdue for room in rooms)
    handed = sum(room.handed_in for room in rooms)
    parts = [
        count(len(rooms), "room"),
        count(sum(room.open_points for room in rooms), "open point"),
        *([f"{away} before another body"] if away else []),
        *([f"{late} overdue"] if late else []),
        *([f"{handed} handed in"] if handed else []),
    ]
    return ", ".join(parts) + "."
