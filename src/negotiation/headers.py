"""The header that the entries of an act share, and their numbers behind those before them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from negotiation.domain.entries import Act, Bound, Drafted, Entry, Moment
from negotiation.domain.people import Visibility
from negotiation.gate import Hand
from negotiation.naming import unclear

if TYPE_CHECKING:
    from negotiation.papers.chapter import Chapter


def numbered(
    drafted: tuple[Drafted, ...], act: Act, head: int, versions: dict[str, int]
) -> list[Entry]:
    """The entries of an act behind entry ``head``; ``versions`` are counted on."""
    entries: list[Entry] = []
    for number, one in enumerate(drafted, start=head + 1):
        version = versions.get(one.clause, 0) + 1
        versions[one.clause] = version
        entries.append(
            Entry(number, one.clause, version, act, one.event, one.evidence, one.visibility)
        )
    return entries


def header_of(act: str, written: dt.datetime, hand: Hand, meeting: str, purpose: str) -> Act:
    """The header of an act that is made now; ``meeting`` is the one that is open."""
    return Act(
        act,
        written,
        hand.happened or Moment(written),
        hand.by,
        hand.typed_by,
        hand.behalf,
        hand.capacity,
        hand.meeting or meeting,
        purpose,
    )


def header_told(act: str, written: dt.datetime, hand: Hand, chapter: Chapter) -> Act:
    """The header of an act of somebody in a file, or of whoever takes the file in."""
    return Act(
        act,
        written,
        chapter.happened or hand.happened or Moment(written),
        chapter.by or hand.by,
        (hand.typed_by or hand.by) if chapter.by else hand.typed_by,
        chapter.behalf if chapter.by else hand.behalf,
        chapter.capacity or hand.capacity,
        chapter.meeting if chapter.by else hand.meeting,
        chapter.purpose,
    )


def has_happened(moment: Moment, now: dt.datetime) -> None:
    """Refuse a time that is still to come; “not later than this evening” is none."""
    if moment.bound is not Bound.NOT_LATER and moment.at > now:
        raise unclear(
            f"{moment.at.isoformat(sep=' ', timespec='minutes')} is still to come; "
            "say when it happened, or nothing for now."
        )


def not_later_than(date: dt.date) -> Moment:
    """The end of a day that a page prints: nothing on it is later."""
    return Moment(dt.datetime.combine(date, dt.time(23, 59, 59), dt.UTC), Bound.NOT_LATER)


def meanwhile(fresh: Sequence[Entry]) -> str:
    """Who wrote what a moment before, as a sentence."""
    # Whoever made what is not for everybody has no name here: others look at the chair's screen.
    unnamed = (Visibility.BETWEEN, Visibility.DELEGATION)
    names = dict.fromkeys(
        (entry.visibility not in unnamed and entry.act.by) or "somebody" for entry in fresh
    )
    first, last = fresh[0].number, fresh[-1].number
    entries = f"entry {first}" if first == last else f"entries {first}–{last}"
    return f"Meanwhile {' and '.join(names)} wrote {entries}."
