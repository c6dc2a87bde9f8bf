"""Packages: open points and clauses that stand or fall together.

A package is formed, then taken (its points are settled, its clauses agreed on the condition that it
holds), and then either agreed or broken. While it is taken nothing else may touch its clauses (see
`guards`), so breaking it is undoing what took it: every bracket comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable

from negotiation.domain import commands as do
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    ClauseAgreed,
    ClauseLinked,
    ClausePlaced,
    ClauseUnlinked,
    ConditionFailed,
    ConditionMet,
    DecisionTaken,
    PackageAgreed,
    PackageBroken,
    PackageFormed,
    PackageTaken,
)
from negotiation.domain.ladder import ladder
from negotiation.domain.refusals import (
    ActOfItsOwn,
    AlreadyThere,
    InPackage,
    NoSuchThing,
    NotOfPackage,
    PackageIs,
    StillOpen,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.agreeing import in_the_room, open_on
from negotiation.domain.rules.named import called, not_agreed, sharing, standing_clause
from negotiation.domain.rules.together import after, together
from negotiation.domain.rules.undo import taken_back
from negotiation.domain.terms import Condition, Package, WaitsOn

Decide = Callable[[do.Command, Room], tuple[Drafted, ...]]
_SETTLES = (
    do.TableClause,
    do.ReviseProposal,
    do.WithdrawProposal,
    do.ReintroduceProposal,
    do.RetainProposal,
    do.DropProposal,
    do.MergeProposal,
    do.ReleaseBracket,
    do.LiftBracket,
    do.ResolveOpenPoint,
    do.ReviseText,
    do.DeleteClause,
    do.RestoreClause,
    do.MoveClause,
    do.RelabelClause,
    do.SettleAnomaly,
)
"""What can be decided with a package: what settles points and words, and can be put back."""


def form(command: do.FormPackage, room: Room) -> list[Drafted]:
    """The clauses named, and all that the points named touch."""
    name = " ".join(command.name.split())
    if not name:
        raise Unclear("A package needs a name, by which the room can speak of it.")
    held = room.negotiation.package(name)
    if room.negotiation.package(command.package) or (held and held.state in ("formed", "taken")):
        raise AlreadyThere("package", name)
    named = {standing_clause(room, clause).id for clause in command.clauses}
    points = tuple(dict.fromkeys(command.points))
    touched = {clause.id for point in points for clause in sharing(room, point)}
    if len(points) + len(named - touched) < 2:
        raise Unclear("A package ties at least two things together; name more clauses or points.")
    clauses = [clause for clause in room.in_order() if clause.id in named | touched]
    for clause in clauses:
        if clause.margin.package:
            raise InPackage(called(clause), _name(room, clause.margin.package))
        not_agreed(clause)
    ids = tuple(clause.id for clause in clauses)
    formed = PackageFormed(command.package, name, ids, points)
    return [
        Drafted("", formed),
        *(Drafted(clause.id, ClauseLinked(command.package)) for clause in clauses),
    ]


def take(command: do.TakePackage, room: Room, decide: Decide) -> list[Drafted]:
    """Its points settled and its clauses agreed on condition, all in one act."""
    package = the_package(room, command.package, "formed")
    decisions = _one_by_one(command.decisions)
    drafted = together(do.Together(decisions), room, decide) if decisions else []
    joined = _joining(room, package, drafted)
    drafted += [Drafted(clause, ClauseLinked(package.id)) for clause in joined]
    then = after(room, tuple(drafted))
    left = [point for point in package.points if then.sharing(point)]
    if left:
        raise StillOpen(f"The package {package.name}", len(left))
    lowest = ladder(room.negotiation.conventions)[0]
    heard_by = in_the_room(command.heard_by, room)
    condition = held_by(package)
    for clause in _members(then, package):
        if not clause.stands:
            continue
        if open_here := open_on(clause):
            raise StillOpen(called(clause), open_here)
        agreed = ClauseAgreed(lowest, clause.passage.live, (condition,), heard_by)
        drafted.append(Drafted(clause.id, agreed))
    return [*drafted, Drafted("", PackageTaken(package.id, joined))]


def _one_by_one(decisions: tuple[do.Command, ...]) -> tuple[do.Command, ...]:
    """The decisions without what holds them together; each must be one that can be put back."""
    row: list[do.Command] = []
    for one in decisions:
        if isinstance(one, do.Together):
            row += _one_by_one(one.commands)
        elif isinstance(one, _SETTLES):
            row.append(one)
        else:
            raise ActOfItsOwn(type(one).__name__)
    return tuple(row)


def _joining(room: Room, package: Package, drafted: list[Drafted]) -> tuple[str, ...]:
    """The clauses that stand or fall with it from now on; no other clause is decided with it."""
    joined: dict[str, None] = {}
    for one in drafted:
        touched = one.event.clause if isinstance(one.event, ClausePlaced) else one.clause
        clause = room.clauses.get(touched)
        if clause is None or not clause.margin.tabled:
            if touched:
                joined[touched] = None
        elif clause.margin.package == package.id:
            continue
        elif any(clause in room.sharing(point) for point in package.points):
            joined[touched] = None
        else:
            raise NotOfPackage(called(clause), package.name)
    return tuple(joined)


def agree(command: do.AgreePackage, room: Room) -> list[Drafted]:
    """The condition is met on every clause that waits for the package."""
    package = the_package(room, command.package, "taken")
    return [
        *_released(room, package, lambda condition: ConditionMet(condition.words)),
        *(Drafted(clause.id, ClauseUnlinked(package.id)) for clause in _members(room, package)),
        Drafted("", PackageAgreed(package.id)),
    ]


def break_(command: do.BreakPackage, room: Room) -> list[Drafted]:
    """What taking it settled is put back; a package that was only formed is let go."""
    package = the_package(room, command.package, "formed", "taken")
    if not command.ground.strip():
        raise Unclear("Breaking a package needs a ground; say it with `--ground`.")
    drafted: list[Drafted] = []
    if package.state == "taken":
        taking = room.past.entries[package.entry - 1].act.id
        settled = [
            entry
            for entry in room.past.entries
            if entry.act.id == taking and not isinstance(entry.event, DecisionTaken)
        ]
        drafted += taken_back(settled, room, labels_yield=True)
    then = after(room, tuple(drafted))
    drafted += _released(
        then, package, lambda condition: ConditionFailed(condition.words, command.ground)
    )
    drafted += [
        Drafted(clause.id, ClauseUnlinked(package.id)) for clause in _members(then, package)
    ]
    return [*drafted, Drafted("", PackageBroken(package.id, command.by, command.ground))]


def _released(
    room: Room, package: Package, event: Callable[[Condition], ConditionMet | ConditionFailed]
) -> list[Drafted]:
    """The event for every agreement that waits for the package, members or not."""
    return [
        Drafted(clause.id, event(condition))
        for clause in room.in_order()
        if clause.agreement is not None
        for condition in clause.agreement.conditions
        if (condition.waits_on, condition.on) == (WaitsOn.PACKAGE, package.id)
    ]


def held_by(package: Package) -> Condition:
    """The condition that a package puts on its clauses."""
    return Condition(f"package {package.name}", WaitsOn.PACKAGE, package.id)


def _members(room: Room, package: Package) -> list[Clause]:
    return [clause for clause in room.in_order() if clause.margin.package == package.id]


def the_package(room: Room, package: str, *states: str) -> Package:
    """The package of this id or name, in one of these states."""
    found = room.negotiation.package(package)
    if found is None:
        raise NoSuchThing("package", package, "`packages` lists them")
    if found.state not in states:
        raise PackageIs(found.name, found.state)
    return found


def _name(room: Room, package: str) -> str:
    found = room.negotiation.package(package)
    return found.name if found is not None else package
