"""Acts on a clause: tabled, revised, deleted, restored, moved, parked."""

from __future__ import annotations

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    DeleteClause,
    MoveClause,
    Park,
    RestoreClause,
    Resume,
    ReviseText,
    TableClause,
)
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    ClauseDeleted,
    ClauseParked,
    ClausePlaced,
    ClauseRestored,
    ClauseResumed,
    ClauseTabled,
    TextRevised,
)
from negotiation.domain.people import Capacity
from negotiation.domain.refusals import (
    InText,
    NoSuchThing,
    NothingChanges,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.named import (
    DECIDED,
    called,
    edits_for,
    ending_agreement,
    new_id,
    sharing,
    standing_clause,
    strike_everything,
    the_clause,
)
from negotiation.domain.terms import Origin, TabledRun
from negotiation.domain.wording import unstruck
from negotiation.text.edit import apply_all
from negotiation.text.passage import Standing


def table(command: TableClause, room: Room) -> list[Drafted]:
    """Text that is there when the negotiation begins, such as a zero draft."""
    new_id(room, command.clause)
    if command.after:
        the_clause(room, command.after)
    runs = (TabledRun(command.words, Origin.BASE),) if command.words else ()
    if not runs and not command.label:
        raise Unclear("A clause needs words or at least a label.")
    return [
        Drafted(
            command.clause,
            ClauseTabled(command.kind, command.label, runs, base_label=command.label),
        ),
        Drafted("", ClausePlaced(command.clause, command.after, command.level)),
    ]


def revise(command: ReviseText, room: Room) -> list[Drafted]:
    """Words changed by decision; an editor's change of form leaves an agreement standing."""
    clause = standing_clause(room, command.clause)
    edits = edits_for(clause, command.changes)
    if not apply_all(clause.passage, edits, DECIDED).live:
        raise Unclear(f"That would leave {called(clause)} without words; `delete` takes it out.")
    revised = Drafted(clause.id, TextRevised(edits, command.editorial, command.reason))
    if command.editorial and command.capacity is Capacity.EDITOR:
        return [revised]
    return [*ending_agreement(room, clause, "", "its words were changed"), revised]


def delete(command: DeleteClause, room: Room) -> list[Drafted]:
    """All that still stands is struck; nothing leaves the record."""
    clause = standing_clause(room, command.clause)
    deleted = ClauseDeleted(strike_everything(clause.passage), command.reason)
    return [*ending_agreement(room, clause, "", "it was deleted"), Drafted(clause.id, deleted)]


def restore(command: RestoreClause, room: Room) -> list[Drafted]:
    """The deletion is taken back, whoever made it: the room, a SUP, or the page received."""
    clause = the_clause(room, command.clause)
    if clause.passage.live:
        raise InText(called(clause))
    strikes = _strikes_to_lift(clause)
    if not unstruck(clause, 0, strikes).passage.live:
        raise Unclear(
            f"{called(clause)} was a proposal that did not stand; `reintroduce` brings it back."
        )
    return [Drafted(clause.id, ClauseRestored(strikes, command.reason))]


def _strikes_to_lift(clause: Clause) -> tuple[int, ...]:
    """The entries whose strikes took the last words out; what fell before them stays out."""
    if clause.margin.deleted_by:
        return (clause.margin.deleted_by,)
    kept = {
        (strike.fates[-1].entry, strike.entry)
        for run in clause.passage.runs
        if run.inserted_by is None or run.inserted_by.counts
        for strike in run.struck_by
        if strike.standing is Standing.KEPT
    }
    latest = max((decided for decided, _ in kept), default=0)
    return tuple(sorted(strike for decided, strike in kept if decided == latest))


def move(command: MoveClause, room: Room) -> list[Drafted]:
    """Another place in the order; the clause keeps its identity and its label."""
    clause = the_clause(room, command.clause)
    order = room.negotiation.order
    index = next(i for i, placed in enumerate(order) if placed.clause == clause.id)
    level = order[index].level if command.level is None else command.level
    before = order[index - 1].clause if index else ""
    if command.after == clause.id:
        raise Unclear(f"{called(clause)} cannot stand behind itself.")
    if command.after:
        the_clause(room, command.after)
    if before == command.after and level == order[index].level:
        raise NothingChanges(f"{called(clause)} stands there already")
    return [Drafted("", ClausePlaced(clause.id, command.after, level))]


def park(command: Park, room: Room) -> list[Drafted]:
    """Set aside; somebody has to bring it back."""
    if not command.owner:
        raise Unclear("Say who brings it back; what nobody owns stays parked for ever.")
    if command.point:
        for clause in sharing(room, command.point):
            bracket = clause.bracket(command.point)
            if bracket is not None and bracket.begins:
                if bracket.parked:
                    raise NothingChanges("this open point is parked already")
                parked = ClauseParked(command.owner, command.until, command.point)
                return [Drafted(clause.id, parked)]
        raise NoSuchThing("bracket", command.point, "this open point has none of its own")
    clause = standing_clause(room, command.clause)
    if clause.margin.parked is not None:
        raise NothingChanges(f"{called(clause)} is parked already")
    return [Drafted(clause.id, ClauseParked(command.owner, command.until))]


def resume(command: Resume, room: Room) -> list[Drafted]:
    """Taken up again."""
    if command.point:
        for clause in sharing(room, command.point):
            bracket = clause.bracket(command.point)
            if bracket is not None and (bracket.parked or bracket.until):
                return [Drafted(clause.id, ClauseResumed(command.point))]
        raise NothingChanges("this open point is not parked")
    clause = the_clause(room, command.clause)
    if clause.margin.parked is None:
        raise NothingChanges(f"{called(clause)} is not parked")
    return [Drafted(clause.id, ClauseResumed())]
