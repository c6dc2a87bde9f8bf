"""What is agreed: which words, at which level, heard by whom, and what each condition waits for."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.ladder import colour
from negotiation.domain.terms import Agreement, Condition, WaitsOn
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.hands import Hand, hand
from negotiation.views.how_it_was_decided import Question, questions
from negotiation.views.paths import paths
from negotiation.views.undoings import undone_within


@attrs.frozen
class Waiting:
    """A condition, and what would release it."""

    words: str
    waits_on: str
    what: str
    """The party, clause or package that is waited for, as the room calls it."""
    release: str
    """What would release it, in a sentence's half."""
    ready: bool
    """Whether what is waited for has come, so that `condition-met` can note it now."""


@attrs.frozen
class Agreed:
    """A clause whose words are agreed, or were and are not any more."""

    clause: str
    path: str
    level: str
    """Empty where the agreement ended."""
    colour: str
    words: str
    """The words agreed."""
    reads: str
    """The words of now; they differ only where the agreement ended."""
    heard_by: tuple[str, ...]
    meeting: str
    hand: Hand
    waiting: tuple[Waiting, ...]
    package: str
    """The name of the package that the clause is tied to."""
    consensus: Question | None
    """The question to the room by which it was agreed, where one was put."""


def what_is_agreed(timeline: Timeline, at: int, *, ended: bool = False) -> tuple[Agreed, ...]:
    """The agreed clauses in order; with ``ended`` those whose agreement ended as well."""
    moment = timeline.moment(at)
    called = paths(moment)
    taken = {
        timeline.entries[one.taken.entry - 1].act.id: one
        for one in questions(timeline, at)
        if one.taken is not None
    }
    undone = frozenset(undone_within(timeline.entries[:at]).acts) if ended else frozenset()
    found: list[Agreed] = []
    for clause in moment.clauses:
        agreement = clause.agreement
        if agreement is None and ended:
            agreement = _last(timeline, clause.id, at, undone)
        if agreement is not None:
            found.append(_agreed(timeline, moment, clause, agreement, called, taken))
    return tuple(found)


def _last(timeline: Timeline, clause: str, at: int, undone: frozenset[str]) -> Agreement | None:
    """The last agreement that a clause ever had; one made by a slip and undone was none.

    A package that breaks puts its clauses back as they were, without a word of its agreements.
    """
    for entry in reversed(timeline.changes_of(clause)):
        state = timeline.changed(entry) if entry <= at else None
        agreement = state.agreement if state is not None else None
        if agreement is not None and timeline.entries[agreement.entry - 1].act.id not in undone:
            return agreement
    return None


def _agreed(
    timeline: Timeline,
    moment: Moment,
    clause: Clause,
    agreement: Agreement,
    called: Mapping[str, str],
    taken: dict[str, Question],
) -> Agreed:
    holds = clause.agreement is not None
    entry = timeline.entries[agreement.entry - 1]
    package = moment.negotiation.package(clause.margin.package)
    level = agreement.level if holds else ""
    return Agreed(
        clause.id,
        called[clause.id],
        level,
        colour(moment.negotiation.conventions, level),
        agreement.words,
        clause.passage.live,
        agreement.heard_by,
        entry.act.meeting,
        hand(timeline, agreement.entry),
        waiting(moment, agreement, called) if holds else (),
        package.name if package is not None else "",
        taken.get(entry.act.id),
    )


def waiting(moment: Moment, agreement: Agreement, called: Mapping[str, str]) -> tuple[Waiting, ...]:
    """The conditions of an agreement, each with what would release it."""
    return tuple(_waiting(moment, one, called) for one in agreement.conditions)


def _waiting(moment: Moment, condition: Condition, called: Mapping[str, str]) -> Waiting:
    kind = condition.waits_on
    what, release, ready = "", "somebody notes that it is met", False
    match kind:
        case WaitsOn.CLAUSE:
            awaited = moment.clause(condition.on)
            what = called.get(condition.on, condition.on)
            gone = awaited is None or not awaited.stands
            ready = not gone and awaited is not None and awaited.agreement is not None
            release = f"{what} is agreed" if not gone else f"{what} has left the text: it fails"
        case WaitsOn.PACKAGE:
            package = moment.negotiation.package(condition.on)
            what = package.name if package is not None else condition.on
            ready = package is not None and package.state == "agreed"
            release = f"the package {what} is agreed"
        case WaitsOn.PARTY:
            what = moment.negotiation.party(condition.on).shown
            release = f"{what} says yes"
        case WaitsOn.CAPITALS:
            what = moment.negotiation.party(condition.on).shown if condition.on else "capitals"
            release = f"{what} confirm{'s' if condition.on else ''}"
        case WaitsOn.EVENT:
            pass
    return Waiting(condition.words, kind.value, what, release, ready)
