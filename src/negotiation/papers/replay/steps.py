"""The steps of a replay: what each act did, in words, and where a meeting or a version ends.

Only what everybody may read is told, and no remarks and positions, which are in no export. An act
of which nothing may be told is no step, unless the text is another one after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from negotiation.domain.entries import Bound, Entry
from negotiation.domain.events import ClausePlaced, PositionRecorded, RemarkMade
from negotiation.domain.people import Capacity
from negotiation.papers.replay.unnamed import part, told_unnamed
from negotiation.views.at_that_time import Timeline
from negotiation.views.telling import who
from negotiation.views.the_log import LogLine, the_log
from negotiation.views.versions import versions
from negotiation.views.weighty_words import warning_at
from negotiation.views.what_may_be_seen import PUBLIC, as_seen

MOST_TOLD = 12
"""Sentences that are told of one act; of a page that came in nobody reads hundreds."""


@attrs.frozen
class Told:
    """One entry in a sentence, with its names and without."""

    entry: int
    named: str
    unnamed: str
    warning: str
    """That a word such as shall or not came or went."""


@attrs.frozen
class Step:
    """One act, as far as everybody may know of it."""

    first: int
    last: int
    acts: int
    """How many acts were made, this one included."""
    written: str
    """When it was recorded, as ISO 8601."""
    happened: str
    """When it happened, in words, where that is another time."""
    who: str
    part: str
    """The same without a name."""
    behalf: str
    """The party on whose behalf, by its code."""
    meeting: str
    told: tuple[Told, ...]
    more: int
    """Entries of the act that are not told."""
    about: tuple[str, ...]
    """The clauses that it is about."""
    version: str = ""
    """The version of the text that came in or was issued with it."""
    issued: bool = False
    hidden: bool = False
    """Whether nothing of it may be told."""


def steps(timeline: Timeline, at: int) -> tuple[Step, ...]:
    """Every act up to entry ``at``."""
    known = {min(one.at, at): one for one in versions(timeline, at)}
    found: list[Step] = []
    for acts, entries in enumerate(_acts(timeline.entries[:at]), start=1):
        seen = [one for one in entries if _may_be_told(one, timeline)]
        first, last = entries[0], entries[-1]
        version = known.get(last.number)
        lines = _lines(timeline, seen[:MOST_TOLD])
        told = tuple(
            Told(
                one.number,
                lines[one.number].sentence,
                told_unnamed(one, lines[one.number].path),
                warning_at(timeline, one.number),
            )
            for one in seen[:MOST_TOLD]
        )
        found.append(
            Step(
                first.number,
                last.number,
                acts,
                first.act.written.isoformat(),
                _happened(first),
                _actor(first, timeline) if seen else "",
                part(first) if seen else "",
                first.act.behalf if seen else "",
                first.act.meeting if seen else "",
                told,
                max(0, len(seen) - MOST_TOLD),
                tuple(dict.fromkeys(about for one in seen if (about := _about(one)))),
                version.symbol if version is not None and seen else "",
                version is not None and version.issued,
                not seen,
            )
        )
    return tuple(found)


def _may_be_told(entry: Entry, timeline: Timeline) -> bool:
    """Whether everybody may read an entry, and it is about the text: what is beside it stays."""
    if isinstance(entry.event, RemarkMade | PositionRecorded):
        return False
    return as_seen(entry, PUBLIC, timeline) is not None


def _lines(timeline: Timeline, entries: list[Entry]) -> dict[int, LogLine]:
    if not entries:
        return {}
    row = the_log(timeline, entries[0].number, entries[-1].number)
    return {line.number: line for line in row}


def _acts(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    row: list[Entry] = []
    for entry in entries:
        if row and row[-1].act.id != entry.act.id:
            yield row
            row = []
        row.append(entry)
    if row:
        yield row


def _about(entry: Entry) -> str:
    event = entry.event
    return event.clause if isinstance(event, ClausePlaced) else entry.clause


def _actor(entry: Entry, timeline: Timeline) -> str:
    """Who acted, and by whose hand where that is somebody else; of a page, whose mark it was."""
    act = entry.act
    told = who(entry, timeline).rstrip(",")
    behalf = timeline.negotiation(entry.number).party(act.behalf)
    if act.by in ("", "rapporteur", act.capacity.value, behalf.code, behalf.name, told):
        return told
    return f"{act.by}, on the page" if act.capacity is Capacity.IMPORT else f"{told} ({act.by})"


def _happened(entry: Entry) -> str:
    happened, written = entry.act.happened, entry.act.written
    when = happened.at.isoformat()
    if happened.bound is not Bound.AT:
        return f"{happened.bound.value} {when}"
    return when if happened.at != written else ""
