"""The order in which an author's changes make a story.

Word counts in minutes, and clocks are wrong: what one person did within a minute is one act, a
strike comes after the words that it strikes, and what has no date comes last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from negotiation.papers.docx.page import Touch

LABEL, PLACE = -1, -2
"""What stands for a run where the label or the place of a clause was changed."""


@attrs.frozen
class Change:
    """Something that an author did to one clause: to a run of it, its label, or its place."""

    clause: int
    run: int
    touch: Touch
    strikes: bool
    minute: tuple[bool, float]
    """When it comes in the story."""
    later: bool
    """Whether it strikes what came in the same minute, or later by its date."""

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the file."""
        return self.clause, self.run


def told(changes: list[Change]) -> Iterator[list[Change]]:
    """The changes act by act: those of one author within a minute, in order."""
    acts: dict[tuple[object, ...], list[Change]] = {}
    for one in sorted(changes, key=lambda one: (one.minute, one.later, one.place)):
        key = (one.minute, one.later, one.touch.author, minute_of(one.touch))
        acts.setdefault(key, []).append(one)
    yield from acts.values()


def struck_by(clause: int, run: int, touch: Touch, born: Touch | None) -> Change:
    """A strike in the story: never before the words that it strikes."""
    minute = minute_of(touch)
    birth = minute_of(born) if born is not None else minute
    same = born is not None and born.author == touch.author and birth == minute
    if born is None or same or birth < minute:
        return Change(clause, run, touch, True, minute, False)
    return Change(clause, run, touch, True, birth, True)


def time_of(when: dt.datetime | None) -> tuple[bool, float]:
    """The place of a time in the story."""
    if when is None:
        return True, 0.0
    return False, (when if when.tzinfo is not None else when.replace(tzinfo=dt.UTC)).timestamp()


def minute_of(touch: Touch) -> tuple[bool, float]:
    """The minute of what somebody did, as a place in the story."""
    undated, at = time_of(touch.when)
    return undated, at // 60
