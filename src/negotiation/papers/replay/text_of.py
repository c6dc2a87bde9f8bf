"""Whose text is embedded: the record's own, or the one that names nobody."""

from __future__ import annotations

from typing import Protocol

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.order import Order
from negotiation.papers.replay.steps import Step, Told
from negotiation.papers.replay.unnamed import told_unnamed
from negotiation.papers.without_names import Named as NamesOf
from negotiation.papers.without_names import StillNamed, named_in, still_named, without_names
from negotiation.text.passage import Mark, Passage, joined
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import paths


class TextOf(Protocol):
    """What may be said of a record, and of its text at any moment."""

    names: bool

    def moment(self, at: int) -> Moment:
        """The text after an entry."""

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
        self._ever = ever_named(timeline, at)
        self._things: dict[str, int] = {}
        self._bare: dict[int, tuple[Clause, Clause | None]] = {}
        """What is left of a clause in a state, by its identity, which the row keeps alive."""
        self._meetings: dict[str, str] = {}
        self._called: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def moment(self, at: int) -> Moment:
        """The text after an entry, every name taken out; asked step by step."""
        whole = self._timeline.moment(at)
        rows = [self._without(clause) for clause in whole.clauses]
        clauses = tuple([clause for clause in rows if clause is not None])
        left = {clause.id for clause in clauses}
        order = Order([placed for placed in whole.negotiation.order if placed.clause in left])
        bare = without_names(Moment(at, whole.negotiation, ()), self._ever).negotiation
        moment = Moment(at, attrs.evolve(bare, order=order), clauses)
        self._before, self._called = self._called, paths(moment)
        return moment

    def _without(self, clause: Clause) -> Clause | None:
        found = self._bare.get(id(clause))
        if found is None:
            whole = self._timeline.negotiation(0)
            left = without_names(Moment(0, whole, (clause,)), self._ever).clauses
            bare = self._numbered(clause, left[0]) if left else None
            found = self._bare[id(clause)] = (clause, bare)
        return found[1]

    def _numbered(self, own: Clause, bare: Clause) -> Clause:
        """The clause with the numbers that things have on the whole page, not on it alone."""
        known: dict[str, str] = {}
        for mine, theirs in zip(own.brackets, bare.brackets, strict=True):
            known[theirs.point] = self._number(mine.point)
        for one, other in zip(own.proposals, bare.proposals, strict=True):
            known[other.id] = self._number(one.id)
        for ours, left in zip(own.alternatives, bare.alternatives, strict=True):
            known[left.point] = self._number(ours.point)
            if left.proposal:
                known[left.proposal] = self._number(ours.proposal)

        def number(id_: str) -> str:
            # A source that is no proposal of the clause is told apart from others, and no more.
            return known.get(id_, f"{own.id}/{id_}") if id_ else ""

        def mark(one: Mark) -> Mark:
            return Mark(one.entry, number(one.source), one.fates)

        runs = [
            attrs.evolve(
                run,
                inserted_by=None if run.inserted_by is None else mark(run.inserted_by),
                struck_by=tuple([mark(strike) for strike in run.struck_by]),
            )
            for run in bare.passage.runs
        ]
        return attrs.evolve(
            bare,
            passage=Passage(joined(runs)),
            brackets=tuple([attrs.evolve(one, point=number(one.point)) for one in bare.brackets]),
            alternatives=tuple(
                [
                    attrs.evolve(one, point=number(one.point), proposal=number(one.proposal))
                    for one in bare.alternatives
                ]
            ),
            proposals=tuple([attrs.evolve(one, id=number(one.id)) for one in bare.proposals]),
        )

    def _number(self, id_: str) -> str:
        return str(self._things.setdefault(id_, len(self._things) + 1))

    def thing(self, id_: str) -> int:
        """The number of a thing over all moments."""
        return int(id_) if id_.isdecimal() else 0

    def told(self, told: Told) -> tuple[str, str]:
        """Only the sentence without names; its clause goes by a path that names nobody."""
        entry = self._timeline.entries[told.entry - 1]
        about = getattr(entry.event, "clause", "") or entry.clause
        return "", told_unnamed(entry, self._before.get(about) or self._called.get(about, ""))

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


def ever_still_named(timeline: Timeline, at: int) -> tuple[StillNamed, ...]:
    """Where the words of any step name a party themselves; each name once a clause."""
    ever = ever_named(timeline, at)
    nobody = timeline.negotiation(0)
    found: dict[tuple[str, str], StillNamed] = {}
    for entry in timeline.entries[:at]:
        state = timeline.changed(entry.number)
        if state is not None:
            for one in still_named(Moment(0, nobody, (state,)), ever):
                found.setdefault((one.clause, one.name), one)
    return tuple(found.values())


def ever_named(timeline: Timeline, at: int) -> NamesOf:
    """Every name that stood anywhere up to an entry, the symbols of proposals with them."""
    ever = named_in(timeline, at)
    names = set(ever.names)
    for entry in timeline.entries[:at]:
        state = timeline.changed(entry.number)
        if state is not None and state.proposals:
            names.update(one.symbol for one in state.proposals)
    return NamesOf(frozenset(name for name in names if name.strip()), ever.leads)
