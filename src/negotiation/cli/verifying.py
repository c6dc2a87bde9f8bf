"""`verify`: whether the record holds together, and folds to what the desk shows.

A second fold, plain and slow, goes beside the timeline entry by entry; numbers, versions, acts,
times and the hashes of documents are counted up from nothing. It finds damage and no forgery: the
record carries no seals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common, the_desk
from negotiation.cli.saying import answer, count, say, shown

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.clause import Clause
    from negotiation.domain.entries import Entry
    from negotiation.domain.negotiation import Issued, Negotiation

_TEXTS = 64


@attrs.frozen
class Check:
    """One thing that was looked at, how many were, and what is wrong with it."""

    name: str
    looked_at: int
    faults: tuple[str, ...]


@command()
@click.argument("file", required=False, type=click.Path())
@common
def verify(file: str | None) -> None:
    """Check the record, or say which version of it FILE is and whether a word differs.

    Without FILE: order, acts, documents, issued versions, and two folds against each other. With
    it: the version is known by what the file says of itself or by its words; white space and line
    breaks do not count. Exit code 0 when all is well, 1 when not. What it finds is damage: a file
    that somebody wrote anew, from the first entry to the last, holds together as well.

    \b
      negotiation verify --store talks.db
      negotiation verify DL-13-Rev.3/DL-13-Rev.3-clean.md

    Next: `versions` lists the versions, `diff` shows what changed between two.
    """
    desk = the_desk()
    if file is not None:
        from negotiation.cli.recognising import verify_file

        verify_file(desk, file)
        return
    entries = desk.ledger.entries(desk.timeline.id)
    checks = (
        Check("numbers", len(entries), tuple(_numbers(entries))),
        Check("versions", len({entry.clause for entry in entries}), tuple(_versions(entries))),
        Check("acts", len({entry.act.id for entry in entries}), tuple(_acts(entries))),
        Check("documents", _documents(desk), tuple(_hashes(entries))),
        Check("issued", len(_issued(desk)), tuple(_fingerprints(desk))),
        Check("replay", len(entries), tuple(_replay(desk, entries))),
    )
    faults = [fault for check in checks for fault in check.faults]
    if not answer({"negotiation": desk.timeline.id, "sound": not faults, "checks": checks}):
        for check in checks:
            state = "; ".join(check.faults[:3]) if check.faults else "in order"
            say(f"{check.name.ljust(10)} {check.looked_at:>7,}  {shown(state)}")
        if not faults:
            say(
                f"The record holds together: {count(len(entries), 'entry')}. "
                "That is no seal: a file that was written anew would hold together as well."
            )
    if faults:
        raise Stopped(
            f"The record does not hold together ({count(len(faults), 'fault')}): {faults[0]}. "
            "Go back to a copy of the store."
        )


def _numbers(entries: list[Entry]) -> Iterator[str]:
    for place, entry in enumerate(entries, start=1):
        if entry.number != place:
            yield f"entry {entry.number} stands at place {place}"


def _versions(entries: list[Entry]) -> Iterator[str]:
    reached: dict[str, int] = {}
    for entry in entries:
        expected = reached.get(entry.clause, 0) + 1
        if entry.version != expected:
            stream = entry.clause or "the negotiation"
            yield f"entry {entry.number} is version {entry.version} of {stream}, not {expected}"
        reached[entry.clause] = entry.version


def _acts(entries: list[Entry]) -> Iterator[str]:
    ended: set[str] = set()
    for before, entry in zip([None, *entries], entries, strict=False):
        if before is None:
            continue
        if before.act.id != entry.act.id:
            ended.add(before.act.id)
            if entry.act.written < before.act.written:
                yield f"entry {entry.number} was written before the one that it follows"
        elif before.act != entry.act:
            yield f"entry {entry.number} tells its act otherwise than the one before it"
        if entry.act.id in ended:
            yield f"act {entry.act.id} goes on at entry {entry.number} after another act"


def _documents(desk: Desk) -> int:
    return len(desk.timeline.negotiation(desk.timeline.head).documents)


def _hashes(entries: list[Entry]) -> Iterator[str]:
    import hashlib

    from negotiation.domain.events import DocumentReceived

    for entry in entries:
        event = entry.event
        if not isinstance(event, DocumentReceived):
            continue
        if hashlib.sha256(event.source).hexdigest() != event.sha256:
            yield f"the document {event.name} (entry {entry.number}) is not what was received"


def _issued(desk: Desk) -> tuple[Issued, ...]:
    return desk.timeline.negotiation(desk.timeline.head).issued


def _fingerprints(desk: Desk) -> Iterator[str]:
    """Whether every issued version still has the words that it went out with."""
    from negotiation.papers.fingerprint import fingerprint

    for one in _issued(desk):
        if fingerprint(desk.timeline.moment(one.entry)) != one.fingerprint:
            yield f"the words of {one.symbol} (entry {one.entry}) are not those it was issued with"


def _replay(desk: Desk, entries: list[Entry]) -> Iterator[str]:
    """Folds the record once more, one entry after the other, and compares at every one."""
    from negotiation.domain.evolve import evolve
    from negotiation.domain.negotiation import Negotiation, evolve_negotiation

    timeline = desk.timeline
    clauses: dict[str, Clause] = {}
    whole = Negotiation(timeline.id)
    if timeline.head != len(entries):
        yield f"the desk knows {timeline.head} entries, the store {len(entries)}"
    every = max(1, len(entries) // _TEXTS)
    for entry in entries:
        number = entry.number
        if entry.clause:
            before = clauses.get(entry.clause)
            state = evolve(before, number, entry.clause, entry.event)  # type: ignore[arg-type]  # the stream says which half of the union
            clauses[entry.clause] = state
            if timeline.clause(entry.clause, number) != state:
                yield f"clause {entry.clause} folds otherwise at entry {number}"
        else:
            whole = evolve_negotiation(whole, number, entry.event)  # type: ignore[arg-type]  # as above
            if timeline.negotiation(number) != whole:
                yield f"the negotiation folds otherwise at entry {number}"
        if number % every and number != len(entries):
            continue
        if timeline.text(number) != _text(whole, clauses):
            yield f"the text reads otherwise at entry {number}"


def _text(whole: Negotiation, clauses: dict[str, Clause]) -> str:
    placed = (clauses.get(one.clause) for one in whole.order)
    return "".join(clause.line for clause in placed if clause is not None)
