"""What no act may touch: the words of a package that is taken, and words that are adopted.

A guard looks at the events that an act would write, whichever rule wrote them, so that no rule can
forget it. An act that moves a package on may touch the clauses of that package, and of no other.
"""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.entries import Drafted
from negotiation.domain.ladder import is_adopted
from negotiation.domain.negotiation import evolve_negotiation
from negotiation.domain.refusals import Adopted, InPackage
from negotiation.domain.room import Room
from negotiation.domain.rules.named import called
from negotiation.domain.terms import Package

_BESIDE = (
    ev.PositionRecorded,
    ev.RemarkMade,
    ev.ClauseLinked,
    ev.ClauseUnlinked,
    ev.ClauseParked,
    ev.ClauseResumed,
    ev.ClauseRelabelled,
    ev.ClauseReprinted,
    ev.ClauseDrawnFrom,
    ev.AnomalyFound,
)
"""What stands beside the words, and may change while they are fixed."""
_MOVES_ON = (
    ev.PackageFormed,
    ev.PackageTaken,
    ev.PackageAgreed,
    ev.PackageBroken,
    ev.ActReversed,
)
_SETTLES = (ev.BracketLifted, ev.OpenPointResolved)
_AFTER_ADOPTION = (ev.TextCorrected, ev.ConditionMet)


def check(drafted: tuple[Drafted, ...], room: Room, command: do.Command) -> None:
    """Raise the refusal that the first event outside its bounds deserves."""
    own = _moved_on(drafted, room)
    renumbers = isinstance(command, do.RenumberText | do.IssueVersion)
    for one in drafted:
        placed = one.event.clause if isinstance(one.event, ev.ClausePlaced) else ""
        clause = room.clauses.get(one.clause or placed)
        if clause is None:
            continue
        package = room.negotiation.package(clause.margin.package)
        if package is not None and package.id not in own:
            _in_package(one.event, clause, package)
        if clause.agreement is not None and is_adopted(clause.agreement.level):
            _adopted(one.event, clause, room, renumbers=renumbers)


def _in_package(event: ev.Event, clause: Clause, package: Package) -> None:
    """While it is taken nothing moves; while it is formed nothing of it is settled."""
    if _is_beside(event):
        return
    if package.state == "taken":
        untouched = isinstance(event, ev.ActReversed) and not _touches_words(event)
        settles = not untouched
    elif isinstance(event, ev.ActReversed):
        settles = bool(event.restored.agreement)
    else:
        settles = isinstance(event, ev.ClauseAgreed) or (
            isinstance(event, _SETTLES) and event.point in package.points
        )
    if settles:
        raise InPackage(called(clause), package.name)


def _adopted(event: ev.Event, clause: Clause, room: Room, *, renumbers: bool) -> None:
    if isinstance(event, ev.ActReversed):
        stands = event.restored.passage is None or _only_form(event, room)
    elif isinstance(event, ev.TextRevised):
        # References follow the numbers: an editor's act, whatever stands at them.
        stands = renumbers and event.editorial
    else:
        beside = _is_beside(event) and not isinstance(event, ev.ClauseParked)
        stands = beside or isinstance(event, (*_AFTER_ADOPTION, ev.ClausePlaced))
    if not stands:
        raise Adopted(called(clause))


def _is_beside(event: ev.Event) -> bool:
    # A repair that is rejected leaves the words as they were read.
    rejected = isinstance(event, ev.AnomalySettled) and not (event.accepted or event.corrections)
    return rejected or isinstance(event, _BESIDE)


def _only_form(event: ev.ActReversed, room: Room) -> bool:
    """Whether only a correction of adopted words, or an editor's act on them, is taken back."""
    entries = [room.past.entries[number - 1].event for number in event.entries]
    return all(
        isinstance(one, ev.TextCorrected | ev.ClauseRelabelled)
        or (isinstance(one, ev.TextRevised) and one.editorial)
        or (isinstance(one, ev.ActReversed) and _only_form(one, room))
        for one in entries
    )


def _moved_on(drafted: tuple[Drafted, ...], room: Room) -> frozenset[str]:
    """The packages whose state this act changes: it settles them as a whole."""
    whole = room.negotiation
    for one in drafted:
        if not one.clause and isinstance(one.event, _MOVES_ON):
            whole = evolve_negotiation(whole, room.head + 1, one.event)
    if whole.packages is room.negotiation.packages:
        return frozenset()
    was = {package.id: package.state for package in room.negotiation.packages}
    now = {package.id: package.state for package in whole.packages}
    return frozenset(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))


def _touches_words(event: ev.ActReversed) -> bool:
    restored = event.restored
    fields = ("tabled", "passage", "brackets", "alternatives", "proposals", "agreement")
    return any(getattr(restored, field) is not None for field in fields)
