"""Go to a moment: an entry, a time, a version, a meeting, a day; typed, or picked by number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
from textual.app import ComposeResult
from textual.containers import Vertical

from negotiation.desk import Desk
from negotiation.domain.events import DocumentReceived, MeetingClosed, MeetingOpened
from negotiation.domain.refusals import NoSuchThing
from negotiation.views.the_log import sentence
from negotiation_tui.draw import Ink, Line, brief, fitted, visible
from negotiation_tui.screens.line import LineDialog
from negotiation_tui.widgets.inked import Panel

_LISTED = 9


@attrs.frozen
class Place:
    """A moment that has a name."""

    at: int
    name: str


def places(desk: Desk) -> tuple[Place, ...]:
    """The versions, meetings and days of a record, the latest first, as many as have a digit.

    Looked for from the end, and no further than there are digits; the day of an entry is worked
    out once for all the entries of that day.
    """
    rows: dict[Place, None] = {}
    day: _Day | None = None
    for entry in reversed(desk.timeline.entries):
        if day is None or not day.first <= entry.act.written < day.next:
            before = _Day.of(entry.act.written)
            if day is not None:
                rows[Place(entry.number, f"the end of {before.name}")] = None
            day = before
        named = _NAMED.get(type(entry.event))
        if named is not None:
            rows[Place(desk.acts_on(1, entry.number - 1), named(entry.event))] = None
        if len(rows) >= _LISTED:
            break
    return tuple(rows)[:_LISTED]


@attrs.frozen
class _Day:
    """A day by the clock of this place, from its midnight to the next."""

    name: str
    first: dt.datetime
    next: dt.datetime

    @classmethod
    def of(cls, moment: dt.datetime) -> _Day:
        """The day of a moment."""
        day = moment.astimezone().date()
        first, after = (
            dt.datetime.combine(one, dt.time()).astimezone(dt.UTC)
            for one in (day, day + dt.timedelta(days=1))
        )
        return cls(day.isoformat(), first, after)


_NAMED: dict[type, Callable[[Any], str]] = {
    DocumentReceived: lambda one: f"{one.symbol or one.name} received",
    MeetingOpened: lambda one: f"{one.meeting} opened",
    MeetingClosed: lambda one: f"{one.meeting} closed",
}


class MomentDialog(LineDialog):
    """Asks for WHEN, and says which entry that is."""

    def __init__(self, desk: Desk) -> None:
        self.places = places(desk)
        self.desk = desk
        hint = "#1 of the list · entry 42 · 15:00 · yesterday · a symbol · now~3"
        super().__init__("go to", hint, self._meaning)

    def compose(self) -> ComposeResult:
        """The named moments above the line."""
        with Vertical(id="moment-places"):
            yield Panel(id="places")
        yield from super().compose()

    def on_mount(self) -> None:
        """List the moments that have names."""
        rows = tuple(self._row(number, one) for number, one in enumerate(self.places, start=1))
        panel = self.query_one("#places", Panel)
        panel.styles.height = max(len(rows), 1)
        panel.show(rows or (((" The record has one day and no meetings.", Ink.FAINT),),))
        super().on_mount()

    def _row(self, number: int, one: Place) -> Line:
        act = self.desk.timeline.entries[one.at - 1].act
        when = f"{act.written.astimezone():%Y-%m-%d %H:%M}"
        told = f"{when}  entry {one.at}  {visible(one.name)}"
        return fitted(((f" #{number} ", Ink.LABEL), (told, Ink.PLAIN)), self.size.width)

    def chosen(self, words: str) -> int:
        """The entry that is meant; raises the sentence why none is."""
        said = words.strip()
        if said.startswith("#") and said[1:].isdecimal():
            number = int(said[1:])
            if not 1 <= number <= len(self.places):
                raise NoSuchThing("moment", said, f"the list ends with #{len(self.places)}")
            return self.places[number - 1].at
        return self.desk.when(said or "now")

    def _meaning(self, words: str) -> str:
        if not words.strip():
            return f"Now is entry {self.desk.timeline.head}; Enter goes there."
        at = self.chosen(words)
        if not at:
            return "Before the first entry; the text was empty."
        entry = self.desk.timeline.entries[at - 1]
        told = brief(sentence(entry, self.desk.timeline), 100)
        return f"entry {at}, {entry.act.written.astimezone():%Y-%m-%d %H:%M}: {told}"
