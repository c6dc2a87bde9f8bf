"""Packages: open points and clauses that stand or fall together.

A package is formed, then taken (its points are settled, its clauses agreed on the condition that it
holds), and then either agreed or broken. While it is taken nothing else may touch its clauses (see
`guards`), so breaking it is undoing the act that took it: every bracket comes back as it was.
"""

from __future__ import annotations

from collections.abc import Callable

from negotiation.domain import commands as do
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    ClauseAgreed,
    ClauseLinked,
    ClauseUnlinked,
    ConditionFailed,
    ConditionMet,
    PackageAgreed,
    PackageBroken,
    PackageFormed,
    PackageTaken,
)
from negotiation.domain.ladder import ladder
from negotiation.domain.refusals import (
    Agreed,
    AlreadyThere,
    InPackage,
    NoSuchThing,
    NotOfPackage,
    PackageIs,
    StillOpen,
    Unclear,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.agreeing import open_on
from negotiation.domain.rules.named import called, sharing, the_clause
from negotiation.domain.rules.together import after, together
from negotiation.domain.rules.undo import undo
from negotiation.domain.terms import Condition, Package, WaitsOn

Decide = Callable[[do.Command, Room], tuple[Drafted, ...]]


def form(command: do.FormPackage, room: Room) -> list[Drafted]:
    """The clauses named, and all that the points named touch."""
    if not command.name.strip():
        raise Unclear("A package needs a name, by which the room can speak of it.")
    held = room.negotiation.package(command.name)
    if room.negotiation.package(command.package) or (held and held.state in ("formed", "taken")):
        raise AlreadyThere("package", command.name)
    members = {the_clause(room, clause).id for clause in command.clauses}
    for point in command.points:
        members |= {clause.id for clause in sharing(room, point)}
    clauses = [clause for clause in room.in_order() if clause.id in members]
    if len(clauses) + len(command.points) < 2:
        raise Unclear("A package ties at least two things together; name more clauses or points.")
    for clause in clauses:
        if clause.margin.package:
            raise InPackage(called(clause), _name(room, clause.margin.package))
        if not clause.brackets and clause.agreement is not None:
            raise Agreed(called(clause), clause.agreement.level)
    ids = tuple(clause.id for clause in clauses)
    formed = PackageFormed(command.package, command.name, ids, tuple(dict.fromkeys(command.points)))
    return [
        Drafted("", formed),
        *(Drafted(clause.id, ClauseLinked(command.package)) for clause in clauses),
    ]


def take(command: do.TakePackage, room: Room, decide: Decide) -> list[Drafted]:
    """Its points settled and its clauses agreed on condition, all in one act."""
    package = the_package(room, command.package, "formed")
    drafted: list[Drafted] = []
    if command.decisions:
        drafted += together(do.Together(command.decisions), room, decide)
    for one in drafted:
        touched = room.clauses.get(one.clause)
        if touched is not None and touched.margin.package != package.id:
            raise NotOfPackage(called(touched), package.name)
    then = after(room, tuple(drafted))
    left = [point for point in package.points if then.sharing(point)]
    if left:
        raise StillOpen(f"The package {package.name}", len(left))
    lowest = ladder(room.negotiation.conventions)[0]
    condition = held_by(package)
    for clause in _members(then, package):
        if not clause.stands:
            continue
        if open_here := open_on(clause):
            raise StillOpen(called(clause), open_here)
        agreed = clause.agreement
        drafted.append(
            Drafted(
                clause.id,
                ClauseAgreed(
                    agreed.level if agreed is not None else lowest,
                    clause.passage.live,
                    (*(agreed.conditions if agreed is not None else ()), condition),
                    agreed.heard_by if agreed is not None else (),
                ),
            )
        )
    return [*drafted, Drafted("", PackageTaken(package.id))]


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
        drafted += undo(do.ReverseAct(taking), room)
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
    return [clause for clause in room.clauses.values() if clause.margin.package == package.id]


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
