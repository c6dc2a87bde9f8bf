"""`rooms`: the negotiations of a store, of several, or of a folder, and what is open in each."""

from __future__ import annotations

import os
from collections.abc import Iterator
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

    from negotiation.record import Record


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
    """What the last act was, in a sentence that everybody may read."""
    at: dt.datetime | None
    """When it was recorded."""
    also_in: tuple[str, ...] = ()
    """The other stores listed that hold this negotiation, such as a copy."""


@command()
@click.argument("stores", metavar="[STORE…]", nargs=-1)
@common
def rooms(stores: tuple[str, ...]) -> None:
    """The negotiations and what is open in each: symbol, meeting, open points, last act.

    STORE is a store with any number of negotiations, or a folder of them. Without one it is the
    store that was named by --store or $NEGOTIATION_STORE, otherwise this folder. A store that
    cannot be read is named with the reason, the others are listed all the same.

    \b
      negotiation rooms
      negotiation rooms talks/ plenary.db --json

    Next: `open --store STORE` for the points, `follow --store STORE` to see them settled.
    """
    from negotiation.ledger.faults import NotOurs

    found: list[Room] = []
    faults: list[tuple[str, str]] = []
    for one in _stores(stores):
        try:
            found += _rooms_of(one)
        except NotOurs as fault:
            # In a folder lies what other programs put there; whoever names it is told.
            if one in stores or one == store():
                faults.append((one, sentence_of(fault)[0]))
        except Exception as fault:
            faults.append((one, sentence_of(fault)[0]))
    found = _marked(found)
    if not answer(
        {"rooms": found, "unreadable": [{"store": named(s), "why": w} for s, w in faults]}
    ):
        for room in found:
            _tell(room)
        if not (found or faults):
            note("No record lies there; `negotiation import FILE` begins one.")
    if not asked().json:
        for _, why in faults:
            note(shown(why))
    if faults:
        click.get_current_context().exit(REFUSED)


def _stores(given: tuple[str, ...]) -> Iterator[str]:
    said = bool(asked().store or os.environ.get("NEGOTIATION_STORE"))
    for one in given or ((store(),) if said else (".",)):
        if at_server(one) or not Path(one).is_dir():
            yield one
        else:
            yield from sorted(str(path) for path in Path(one).iterdir() if _is_database(path))


def _is_database(path: Path) -> bool:
    """Whether a file may be a store; what other programs keep beside it is not asked about."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _rooms_of(where: str) -> list[Room]:
    from negotiation.record import Record

    first = Record.open(where)
    try:
        rooms = [_room(where, first)]
        for other in first.ledger.negotiations()[1:]:
            rooms.append(_room(where, Record(first.ledger, other)))
    finally:
        first.close()
    return rooms


def _room(where: str, record: Record) -> Room:
    from negotiation.views.the_log import sentence
    from negotiation.views.what_is_open import what_is_open
    from negotiation.views.what_may_be_seen import PUBLIC, as_seen

    timeline = record.timeline
    whole = timeline.negotiation(timeline.head)
    last = timeline.entries[-1] if timeline.entries else None
    told = ""
    for entry in reversed(timeline.entries[record.acts_back(1) :]):
        if as_seen(entry, PUBLIC, timeline) is not None:
            told = sentence(entry, timeline)
    return Room(
        named(where),
        timeline.id,
        whole.symbol,
        whole.title,
        whole.meeting,
        len(what_is_open(timeline, timeline.head)),
        timeline.head,
        told or "Something that is not for everybody.",
        last.act.written if last is not None else None,
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


def _tell(room: Room) -> None:
    meeting = f", {shown(room.meeting)} is open" if room.meeting else ""
    opened = count(room.open_points, "open point")
    title = f"  {brief(shown(room.title), 60)}" if room.title else ""
    say(f"{drawn(room.symbol or room.negotiation, Look.STRONG)}{title}")
    say(f"   {opened}{meeting}  {drawn(f'({room.store}, {room.negotiation})', Look.FAINT)}")
    at = f"{room.at:%Y-%m-%d %H:%M}Z  " if room.at is not None else ""
    say(f"   {at}{brief(shown(room.act))}")
    if room.also_in:
        beside = f"The same negotiation lies in {', '.join(room.also_in)}, too."
        say(f"   {drawn(beside, Look.FAINT)}")
