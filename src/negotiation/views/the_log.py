"""A sentence for every entry, as somebody in the room would say it.

A sentence says what was known when the entry was made and nothing later; how it is put is said in
`telling`. Times, evidence and seals are beside it, not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Entry
from negotiation.domain.terms import Kind
from negotiation.text.passage import Shown
from negotiation.views.at_that_time import Timeline
from negotiation.views.hands import Hand, hand
from negotiation.views.paths import Names, paths
from negotiation.views.telling import Telling, who


@attrs.frozen
class LogLine:
    """An entry with its sentence, and what is beside it."""

    number: int
    hand: Hand
    who: str
    clause: str
    path: str
    sentence: str
    purpose: str
    document: str
    """The received document that the entry rests on, and the line in it."""
    line: int


_MANY_NAMES = 1_000
"""Names that one act gives or takes before the rest of it is told by the names it ends with."""


def the_log(
    timeline: Timeline, from_: int = 1, to: int | None = None, clause: str | None = None
) -> tuple[LogLine, ...]:
    """The entries between two numbers, both included; of one clause or all."""
    return tuple(_lines(timeline, max(from_, 1), timeline.head if to is None else to, clause))


def sentence(entry: Entry, timeline: Timeline) -> str:
    """What happened, in one sentence: who did what, and to which words."""
    names = timeline.memory(_Renamings)
    called = names.after(timeline, entry.number - 1)
    if _comes(entry, called):
        called = names.after(timeline, entry.number) | called
    return Telling(timeline, entry, called).sentence()


class _Renamings:
    """The paths after any entry of one record: they stand from one renaming to the next."""

    _MANY = 64
    _MARK = 64
    """Entries between two places at which the last renaming is remembered on the way."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {0: 0}
        self._paths: dict[int, dict[str, str]] = {}

    def after(self, timeline: Timeline, number: int) -> dict[str, str]:
        """The path of every clause after an entry, by its id; not to be changed."""
        last = self._renaming(timeline, number)
        found = self._paths.get(last)
        if found is None:
            if len(self._paths) >= self._MANY:
                self._paths.pop(next(iter(self._paths)))
            found = self._paths[last] = paths(timeline.moment(last))
        return found

    def _renaming(self, timeline: Timeline, number: int) -> int:
        """The last entry up to this one that may have changed a path."""
        passed: list[int] = []
        at = number
        while at not in self._last:
            if _renames(timeline, timeline.entries[at - 1]):
                self._last[at] = at
            elif at % self._MARK == 0:
                passed.append(at)
            at -= at not in self._last
        last = self._last[at]
        self._last.update((one, last) for one in passed)
        return last


# -- the lines ------------------------------------------------------------------------------------


def _lines(timeline: Timeline, low: int, high: int, clause: str | None) -> Iterator[LogLine]:
    # People name a clause by what was printed when they acted: by its path before the entry.
    named = timeline.memory(Names)
    before: dict[str, str] | None = None
    act, renamed = "", 0
    for entry in timeline.entries[low - 1 : high]:
        about = _about(entry)
        after: dict[str, str] | None = None
        if entry.act.id != act:
            if renamed > _MANY_NAMES:
                before = None
            act, renamed = entry.act.id, 0
        if renamed == _MANY_NAMES:
            before = named.paths(timeline.moment(_last_of_act(timeline, entry.number)))
        if renamed >= _MANY_NAMES:
            renamed += 1
            if clause is None or about == clause:
                yield _line(timeline, entry, about, before or {})
            continue
        if clause is None or about == clause:
            if before is None:
                before = named.paths(timeline.moment(entry.number - 1))
            called = before
            if _comes(entry, before):
                after = named.paths(timeline.moment(entry.number))
                called = after | before
            yield _line(timeline, entry, about, called)
        if after is not None or _renames(timeline, entry):
            before = after
            renamed += 1


def _last_of_act(timeline: Timeline, number: int) -> int:
    act = timeline.entries[number - 1].act.id
    while number < timeline.head and timeline.entries[number].act.id == act:
        number += 1
    return number


def _line(timeline: Timeline, entry: Entry, about: str, called: dict[str, str]) -> LogLine:
    evidence = entry.evidence
    return LogLine(
        entry.number,
        hand(timeline, entry.number),
        who(entry, timeline),
        about,
        called.get(about, ""),
        Telling(timeline, entry, called).sentence(),
        entry.act.purpose,
        evidence.document if evidence is not None else "",
        evidence.line if evidence is not None else 0,
    )


def _comes(entry: Entry, before: dict[str, str]) -> bool:
    """Whether a clause gets its place in the text, and with it its name."""
    return isinstance(entry.event, ev.ClausePlaced) and entry.event.clause not in before


def _about(entry: Entry) -> str:
    if isinstance(entry.event, ev.ClausePlaced):
        return entry.event.clause
    return entry.clause


def _renames(timeline: Timeline, entry: Entry) -> bool:
    """Whether an entry may have changed the path of some clause."""
    number = entry.number
    if not entry.clause:
        before = timeline.negotiation(number - 1).order
        return before is not timeline.negotiation(number).order
    was, now = timeline.unchanged(number), timeline.changed(number)
    if was is None or now is None:
        # A new clause gets its path with its place, which may be known before it is tabled.
        order = timeline.negotiation(number).order
        return any(placed.clause == entry.clause for placed in order)
    by_words = now.kind in (Kind.HEADING, Kind.OPTION)
    return (
        was.label != now.label
        or was.margin.tabled != now.margin.tabled
        or (by_words and was.passage is not now.passage)
        or (was.passage is not now.passage and _left(was) != _left(now))
    )


def _left(clause: Clause) -> bool:
    return all(run.shown is Shown.GONE for run in clause.passage.runs)
