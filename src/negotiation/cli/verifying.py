"""`verify`: whether the record holds together, and folds to what the desk shows.

First the rows are walked as they lie in the store, seal by seal (`seals_held`); only then is the
record folded. A second fold, plain and slow, goes beside the timeline entry by entry; numbers,
versions, acts, times and the hashes of documents are counted up from nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common, store_shown, the_desk
from negotiation.cli.saying import answer, count, note, say, shown

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.clause import Clause
    from negotiation.domain.entries import Entry
    from negotiation.domain.events import DocumentReceived
    from negotiation.domain.negotiation import Issued, Negotiation
    from negotiation.ledger.walk import Walked
    from negotiation.views.at_that_time import Moment, Timeline

_TEXTS = 64


@attrs.frozen
class Check:
    """One thing that was looked at, how many were, and what is wrong with it."""

    name: str
    looked_at: int
    faults: tuple[str, ...]


@command()
@click.argument("file", required=False, type=click.Path())
@click.option("--root", metavar="SEAL", help="A seal that you hold: 42:9f2c…, or its digits alone.")
@click.option("--seal", metavar="FILE", type=click.Path(), help="The same, from `seal --to FILE`.")
@click.option("--key", metavar="PUBLIC", default="", help="The key every seal must be signed with.")
@common
def verify(file: str | None, root: str | None, seal: str | None, key: str) -> None:
    """Check the record, or say which version of it FILE is and whether a word differs.

    Without FILE: the seal of every entry, then order, acts, documents, issued versions, and two
    folds against each other; the first entry that was altered, removed, reordered or added is
    named. With it: the version is known by what the file says of itself or by its words; white
    space and line breaks do not count. Exit code 0 when all is well, 1 when not.

    Who may write the store can write it anew from the first entry to the last. That shows only
    against a seal kept elsewhere (--root, --seal), or signed with a key that they have not (--key).

    \b
      negotiation verify --store talks.db
      negotiation verify --seal plenary.seal
      negotiation verify DL-13-Rev.3/DL-13-Rev.3-clean.md

    Next: `seal` writes a seal down, `versions` lists the versions.
    """
    from negotiation.cli import seals_held as held

    if root is not None and seal is not None:
        raise click.UsageError("--root and --seal both say what seal you hold; say one.")
    asked_for = held.held_seal(root, seal)
    walked = held.walked()
    desk = the_desk()
    if walked is None or len(walked.seals) < desk.timeline.head:
        # Somebody wrote between the walk and the reading.
        walked = held.walked_in(desk.ledger, desk.timeline.id)
    same = held.check_held(asked_for, desk.timeline.id, walked) if asked_for is not None else 0
    # Nothing that is judged here rests on a checkpoint.
    through_checkpoint = desk.fold_anew()
    entries = list(desk.timeline.entries)
    on_record = held.seals_on_record(entries)
    forged = tuple(held.faults_of_seals(on_record, desk.timeline.id, walked, key.lower()))
    if file is not None:
        from negotiation.cli.recognising import verify_file

        if not desk.admission.names:
            raise Stopped(
                "Whether a file is a version of this record is told to whoever is shown the names "
                "of parties; `versions` lists what went out, with its fingerprints."
            )
        if forged:
            # What a version was is not to be learned from a record that was written anew.
            raise Stopped(f"The record does not hold together: {forged[0]}.")
        verify_file(desk, file)
        return
    checks = (
        Check("chain", len(walked.seals), ()),
        Check("seals", len(on_record), forged),
        Check("numbers", len(entries), tuple(_numbers(entries))),
        Check("versions", len({entry.clause for entry in entries}), tuple(_versions(entries))),
        Check("acts", len({entry.act.id for entry in entries}), tuple(_acts(entries))),
        Check("documents", _documents(entries), tuple(_hashes(entries))),
        Check("issued", len(_issued(desk)), tuple(_fingerprints(desk))),
        Check("replay", len(entries), tuple(_replay(desk.timeline, entries))),
        *_file(desk),
    )
    differs = _differs(through_checkpoint, entries)
    faults = [fault for check in checks for fault in check.faults]
    last = walked.seals[len(entries) - 1] if entries else ""
    told = {
        "negotiation": desk.timeline.id,
        "sound": not faults,
        "entries": len(entries),
        "seal": last,
        "sealed_from": walked.sealed_from,
        "held": same,
        "checks": checks,
        "checkpoint": differs,
    }
    if not answer(told):
        for check in checks:
            state = "; ".join(check.faults[:3]) if check.faults else "in order"
            say(f"{check.name.ljust(10)} {check.looked_at:>7,}  {shown(state)}")
        if differs:
            note(
                f"The checkpoint beside the store says otherwise than the record ({differs}); "
                "delete it, and the next opening makes it anew."
            )
        if not faults:
            say(
                f"The record holds together: {count(len(entries), 'entry')}, "
                f"{_sealed_from(walked)}."
            )
            if same:
                say(f"  It is the record that was sealed, up to entry {same}.")
            signed = sum(1 for one in on_record if one.key)
            if signed and not held.can_check():
                note(f"{count(signed, 'signature')} not checked; negotiation[seals] brings that.")
            say(f"  Its seal is {len(entries)}:{last}")
            if not same:
                note("Only a seal kept elsewhere shows a record that was written anew (`seal`).")
    if faults:
        raise Stopped(
            f"The record does not hold together ({count(len(faults), 'fault')}): {faults[0]}. "
            "Go back to a copy of the store."
        )


def _sealed_from(walked: Walked) -> str:
    first = walked.sealed_from
    if first == 1:
        return "each with its seal"
    if not first:
        return "none of them sealed; the next act begins"
    return f"not sealed before entry {first}, whose seal covers those before it"


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


def _file(desk: Desk) -> Iterator[Check]:
    """Whether the pages and indexes of the file are in order: they find what the rows say."""
    pages, torn = desk.ledger.file_checked()
    if pages:
        yield Check("file", pages, (f"{store_shown()} is damaged ({torn})",) if torn else ())


def _documents(entries: list[Entry]) -> int:
    return sum(1 for _ in _received(entries))


def _received(entries: list[Entry]) -> Iterator[tuple[int, DocumentReceived]]:
    """The documents that are here for whoever verifies; others may have bytes that are not."""
    from negotiation.domain.events import DocumentReceived
    from negotiation.views.what_may_be_seen import is_withheld

    for entry in entries:
        if isinstance(entry.event, DocumentReceived) and not is_withheld(entry.event):
            yield entry.number, entry.event


def _hashes(entries: list[Entry]) -> Iterator[str]:
    import hashlib

    for number, event in _received(entries):
        if hashlib.sha256(event.source).hexdigest() != event.sha256:
            yield f"the document {event.name} (entry {number}) is not what was received"


def _issued(desk: Desk) -> tuple[Issued, ...]:
    return desk.timeline.negotiation(desk.timeline.head).issued


def _fingerprints(desk: Desk) -> Iterator[str]:
    """Whether every issued version still has the words that it went out with."""
    from negotiation.papers.fingerprint import fingerprint

    for one in _issued(desk):
        moment = desk.timeline.moment(one.entry)
        if _is_covered(desk, moment):
            continue
        if fingerprint(moment) != one.fingerprint:
            yield f"the words of {one.symbol} (entry {one.entry}) are not those it was issued with"


def _is_covered(desk: Desk, moment: Moment) -> bool:
    """Whether names are covered in its words, which then are not quite those that went out."""
    from negotiation.ledger.masks import COVER

    return not desk.admission.names and any(COVER in one.passage.words for one in moment.clauses)


def _differs(through: Timeline | None, entries: list[Entry]) -> str:
    """The first thing that a checkpoint says otherwise than the record; empty without any."""
    return "" if through is None else next(_replay(through, entries), "")


def _replay(timeline: Timeline, entries: list[Entry]) -> Iterator[str]:
    """Folds the record once more, one entry after the other, and compares at every one."""
    from negotiation.domain.evolve import evolve
    from negotiation.domain.negotiation import Negotiation, evolve_negotiation

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
