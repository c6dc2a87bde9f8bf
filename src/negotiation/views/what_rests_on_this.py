"""What rests on a clause: to be known before it is reopened, changed or taken out.

Packages, agreements that wait for it, clauses that refer to it, the list under its chapeau,
proposals and clauses whose words went into it, and questions before the room.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

import attrs

from negotiation.domain.clause import Clause
from negotiation.domain.terms import WaitsOn
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.paths import paths
from negotiation.views.references import all_references


class Rests(enum.Enum):
    """In which way a thing rests on a clause."""

    PACKAGE = "package"
    CONDITION = "condition"
    REFERENCE = "reference"
    CHILD = "under its chapeau"
    MERGED = "merged into it"
    QUESTION = "before the room"


@attrs.frozen
class Resting:
    """One thing that rests on the clause."""

    how: Rests
    clause: str
    """The other clause, by id; empty where it is none."""
    where: str
    """Its path, or the name of the package, the proposal or the question."""
    words: str
    """What it says: the condition, the reference, the state of the package, the level agreed."""


def what_rests_on_this(timeline: Timeline, at: int, clause: str) -> tuple[Resting, ...]:
    """Everything that rests on a clause after entry ``at``, the heaviest first."""
    moment = timeline.moment(at)
    here = moment.clause(clause)
    if here is None:
        return ()
    called = paths(moment)
    found = [
        *_packages(moment, here),
        *_conditions(moment, here, called),
        *_children(moment, here, called),
        *_references(moment, here, called),
        *_merged(moment, here, called),
        *_questions(moment, here),
    ]
    return tuple(found)


def _packages(moment: Moment, here: Clause) -> Iterator[Resting]:
    for package in moment.negotiation.packages:
        if here.id in package.clauses and package.state in ("formed", "taken", "agreed"):
            yield Resting(Rests.PACKAGE, "", package.name, package.state)


def _conditions(moment: Moment, here: Clause, called: dict[str, str]) -> Iterator[Resting]:
    for other in moment.clauses:
        if other.agreement is None:
            continue
        for condition in other.agreement.conditions:
            if condition.waits_on is WaitsOn.CLAUSE and condition.on == here.id:
                yield Resting(Rests.CONDITION, other.id, called[other.id], condition.words)


def _children(moment: Moment, here: Clause, called: dict[str, str]) -> Iterator[Resting]:
    """What stands deeper, up to the next clause that does not."""
    levels = {placed.clause: placed.level for placed in moment.negotiation.order}
    ids = [clause.id for clause in moment.clauses]
    for other in moment.clauses[ids.index(here.id) + 1 :]:
        if levels[other.id] <= levels[here.id]:
            return
        if other.stands:
            agreed = other.agreement
            state = f"agreed ({agreed.level})" if agreed is not None else "not agreed"
            yield Resting(Rests.CHILD, other.id, called[other.id], state)


def _references(moment: Moment, here: Clause, called: dict[str, str]) -> Iterator[Resting]:
    for refers in all_references(moment) if here.label else ():
        other, said = refers.clause, refers.reference
        if other != here.id and here.id in (said.clause, *said.candidates):
            doubt = "" if said.clause else " (uncertain)"
            yield Resting(Rests.REFERENCE, other, called[other], said.words + doubt)


def _merged(moment: Moment, here: Clause, called: dict[str, str]) -> Iterator[Resting]:
    theirs = {here.id, *(proposal.id for proposal in here.proposals)}
    for other in moment.clauses:
        for proposal in other.proposals:
            if proposal.into and proposal.into in theirs:
                name = proposal.symbol or ", ".join(proposal.sponsors) or proposal.kind
                yield Resting(Rests.MERGED, other.id, name, f"proposed on {called[other.id]}")
    for source in here.margin.drawn_from:
        yield Resting(Rests.MERGED, source, called.get(source, source), "its words went into this")


def _questions(moment: Moment, here: Clause) -> Iterator[Resting]:
    for put in moment.negotiation.decisions:
        if here.id in put.clauses:
            yield Resting(Rests.QUESTION, "", put.question, "nothing is decided yet")
