"""Whose text is embedded: the record's own, or the one that names nobody."""

from __future__ import annotations

from typing import Protocol

from negotiation.domain.clause import Clause
from negotiation.papers.replay.steps import Step, Told
from negotiation.papers.replay.unnamed import told_unnamed
from negotiation.papers.without_names import named_in, without_names
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import paths


class TextOf(Protocol):
    """What may be said of a record, and of its text at any moment."""

    names: bool

    def moment(self, at: int) -> Moment:
        """The text after an entry."""

    def same(self, one: Clause, other: Clause) -> bool:
        """Whether two states of a clause are known to be the same."""

    def thing(self, id_: str) -> int:
        """A number for an open point or a proposal of the last moment; 0 for none."""

    def told(self, told: Told) -> tuple[str, str]:
        """A sentence with its names where they are kept, and without."""

    def who(self, step: Step) -> str:
        """Who acted."""

    def meeting(self, step: Step) -> str:
        """What the meeting is called."""

    def version(self, step: Step) -> str:
        """What the version is called."""


class Named:
    """The text as it is, and whatever everybody may know of it."""

    names = True

    def __init__(self, timeline: Timeline) -> None:
        """Of this record."""
        self._timeline = timeline
        self._things: dict[str, int] = {}

    def moment(self, at: int) -> Moment:
        """The text after an entry."""
        return self._timeline.moment(at)

    def same(self, one: Clause, other: Clause) -> bool:
        """Whether it is one state: states are shared from moment to moment."""
        return one is other

    def thing(self, id_: str) -> int:
        """A number of its own for each."""
        return self._things.setdefault(id_, len(self._things) + 1) if id_ else 0

    def told(self, told: Told) -> tuple[str, str]:
        """Both sentences."""
        return told.named, told.unnamed

    def who(self, step: Step) -> str:
        """Who acted, by name."""
        return step.who

    def meeting(self, step: Step) -> str:
        """Its name."""
        return step.meeting

    def version(self, step: Step) -> str:
        """Its symbol."""
        return step.version


class Unnamed:
    """The text without a name that the record knows up to the last entry."""

    names = False

    def __init__(self, timeline: Timeline, at: int) -> None:
        """Of this record up to an entry: a name that came late stood nowhere early either."""
        self._timeline = timeline
        self._ever = named_in(timeline, at)
        self._things: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._meetings: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._before: dict[str, str] = {}
        self._at = 0

    def moment(self, at: int) -> Moment:
        """The text after an entry, every name taken out."""
        whole = self._timeline.moment(at)
        bare = without_names(whole, self._ever)
        own = {clause.id: clause for clause in whole.clauses}
        self._numbers = {}
        for clause in bare.clauses:
            self._pair(own[clause.id], clause)
        if at != self._at:
            self._before, self._called, self._at = self._called, paths(bare), at
        return bare

    def _pair(self, own: Clause, bare: Clause) -> None:
        """Which number stands for what: numbers are of one moment, the page follows things."""
        rows = [
            *zip(
                [one.point for one in own.brackets],
                [one.point for one in bare.brackets],
                strict=True,
            ),
            *zip(
                [one.id for one in own.proposals], [one.id for one in bare.proposals], strict=True
            ),
            *zip(
                [one.point for one in own.alternatives],
                [one.point for one in bare.alternatives],
                strict=True,
            ),
        ]
        for id_, number in rows:
            self._numbers[number] = self._things.setdefault(id_, len(self._things) + 1)

    def same(self, one: Clause, other: Clause) -> bool:
        """Never: the numbers of things change from moment to moment."""
        return False

    def thing(self, id_: str) -> int:
        """The number of a thing over all moments."""
        return self._numbers.get(id_, 0)

    def told(self, told: Told) -> tuple[str, str]:
        """The sentence without names, twice; its clause goes by a path that names nobody."""
        entry = self._timeline.entries[told.entry - 1]
        about = getattr(entry.event, "clause", "") or entry.clause
        said = told_unnamed(entry, self._before.get(about) or self._called.get(about, ""))
        return "", said

    def who(self, step: Step) -> str:
        """The part that whoever acted has in the room."""
        return step.part

    def meeting(self, step: Step) -> str:
        """A number for its name."""
        if not step.meeting:
            return ""
        return self._meetings.setdefault(step.meeting, f"meeting {len(self._meetings) + 1}")

    def version(self, step: Step) -> str:
        """The symbol of what was issued; what came in goes by no name."""
        if not step.version:
            return ""
        return step.version if step.issued else "received text"
