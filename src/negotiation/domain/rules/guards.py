"""What no act may touch: the words of a package that is taken, and words that are adopted.

A guard looks at the events that an act would write, whichever rule wrote them, so that no rule can
forget it.
"""

from __future__ import annotations

from negotiation.domain import events as ev
from negotiation.domain.entries import Drafted
from negotiation.domain.ladder import is_adopted
from negotiation.domain.refusals import Adopted, InPackage
from negotiation.domain.room import Room
from negotiation.domain.rules.named import called

_BESIDE = (
    ev.PositionRecorded,
    ev.RemarkMade,
    ev.ClauseLinked,
    ev.ClauseUnlinked,
    ev.ClauseParked,
    ev.ClauseResumed,
    ev.ClauseRelabelled,
    ev.ClauseReprinted,
)
"""What stands beside the words, and may change while they are fixed."""
_OF_PACKAGES = (ev.PackageTaken, ev.PackageAgreed, ev.PackageBroken)
_SETTLES = (ev.BracketLifted, ev.OpenPointResolved)
_AFTER_ADOPTION = (ev.TextCorrected, ev.ConditionMet)


def check(drafted: tuple[Drafted, ...], room: Room) -> None:
    """Raise the refusal that the first event outside its bounds deserves."""
    if _is_of_a_package(drafted, room):
        return
    for one in drafted:
        clause = room.clauses.get(one.clause)
        if clause is None or isinstance(one.event, _BESIDE):
            continue
        event, agreed = one.event, clause.agreement
        if isinstance(event, ev.ActReversed) and not _touches_words(event):
            continue
        if package := room.negotiation.package(clause.margin.package):
            tied = isinstance(event, _SETTLES) and event.point in package.points
            if package.state == "taken" or tied or isinstance(event, ev.ClauseAgreed):
                raise InPackage(called(clause), package.name)
        if agreed is None or not is_adopted(agreed.level) or isinstance(event, _AFTER_ADOPTION):
            continue
        if isinstance(event, ev.TextRevised) and event.editorial and event.reason == _FOLLOWS:
            continue
        if not isinstance(event, ev.ActReversed) or event.restored.passage is not None:
            raise Adopted(called(clause))


_FOLLOWS = "references follow the numbers"


def _is_of_a_package(drafted: tuple[Drafted, ...], room: Room) -> bool:
    """Whether the act, or the one that it undoes, is about a package as a whole."""
    entries = room.past.entries
    return any(
        isinstance(one.event, _OF_PACKAGES)
        or (
            isinstance(one.event, ev.ActReversed)
            and not one.clause
            and any(isinstance(entries[n - 1].event, _OF_PACKAGES) for n in one.event.entries)
        )
        for one in drafted
    )


def _touches_words(event: ev.ActReversed) -> bool:
    restored = event.restored
    fields = ("tabled", "passage", "brackets", "alternatives", "proposals", "agreement")
    return any(getattr(restored, field) is not None for field in fields)
