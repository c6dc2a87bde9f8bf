"""Agreement: its steps, its conditions, and how it ends. Exactly these words, at this level."""

from __future__ import annotations

import re

from negotiation.domain.clause import Clause
from negotiation.domain.commands import (
    AgreeClause,
    CorrectText,
    FailCondition,
    MeetCondition,
    ReferBack,
    ReopenClause,
)
from negotiation.domain.conditions import condition
from negotiation.domain.entries import Drafted
from negotiation.domain.events import (
    ClauseAgreed,
    ClauseReferredBack,
    ClauseReopened,
    ConditionFailed,
    ConditionMet,
    TextCorrected,
)
from negotiation.domain.ladder import is_adopted, ladder, level_named, next_steps
from negotiation.domain.refusals import (
    Adopted,
    AwaitedIsGone,
    ConditionOpen,
    NeedsDecision,
    NoProof,
    NoStep,
    NoSuchLevel,
    NoSuchThing,
    NotAgreed,
    NothingChanges,
    PackageIs,
    StillOpen,
    Unclear,
    WaitsForOther,
)
from negotiation.domain.room import Room
from negotiation.domain.rules.named import DECIDED, called, edits_for, standing_clause, the_clause
from negotiation.domain.terms import Agreement, Condition, WaitsOn
from negotiation.text.changes import changes
from negotiation.text.edit import apply_all


def agree(command: AgreeClause, room: Room) -> list[Drafted]:
    """The exact words of now, one level higher than before; conditions that are unmet stay."""
    clause = standing_clause(room, command.clause)
    open_here = open_on(clause)
    if open_here:
        raise StillOpen(called(clause), open_here)
    agreed = clause.agreement
    level = _next_level(clause, command.level, room)
    unmet = agreed.conditions if agreed is not None else ()
    given = dict.fromkeys(
        condition(one, room.negotiation) if isinstance(one, str) else one
        for one in command.conditions
    )
    for one in given:
        _check(one, clause, room)
    conditions = (*unmet, *(one for one in given if one not in unmet))
    if is_adopted(level) and conditions:
        raise ConditionOpen(called(clause), tuple(one.words for one in conditions))
    heard_by = in_the_room(command.heard_by, room)
    if agreed is not None and agreed.level == level:
        heard_by = heard_by or agreed.heard_by
        if (agreed.conditions, agreed.heard_by) == (conditions, heard_by):
            raise NothingChanges(f"{called(clause)} is agreed at that level already")
    words = clause.passage.live
    return [Drafted(clause.id, ClauseAgreed(level, words, conditions, heard_by))]


def in_the_room(parties: tuple[str, ...], room: Room) -> tuple[str, ...]:
    """The parties that heard it, each once and by its code."""
    return tuple(dict.fromkeys(room.negotiation.party(one).code for one in parties if one))


def open_on(clause: Clause) -> int:
    """How many points and proposals are open on a clause."""
    return len(clause.brackets) + sum(
        1
        for proposal in clause.proposals
        if proposal.state == "on the table"
        and all(one.proposal != proposal.id for one in clause.alternatives)
    )


def _next_level(clause: Clause, wanted: str, room: Room) -> str:
    """The level to agree at; after a reopening the body may agree again where it stood."""
    conventions = room.negotiation.conventions
    agreed, last = clause.agreement, clause.margin.last_agreed
    stands = agreed.level if agreed is not None else ""
    within = next_steps(conventions, stands, last.level if last is not None else "")
    names = ladder(conventions)
    level = wanted or within[0]
    if level not in names:
        raise NoSuchLevel(level, names)
    if level not in within:
        raise NoStep(called(clause), stands, level, within[-1])
    return level


def _check(given: Condition, clause: Clause, room: Room) -> None:
    if not given.words.strip():
        raise Unclear("A condition needs words, such as “ad referendum” or “pending” and a name.")
    if given.waits_on is WaitsOn.CLAUSE:
        if given.on == clause.id:
            raise Unclear(f"{called(clause)} cannot wait for itself; name what it waits for.")
        standing_clause(room, given.on)
    if given.waits_on is WaitsOn.PACKAGE:
        package = room.negotiation.package(given.on)
        if package is None:
            raise NoSuchThing("package", given.on, "`packages` lists them")
        if package.state not in ("formed", "taken"):
            raise PackageIs(package.name, package.state)


def meet_condition(command: MeetCondition, room: Room) -> list[Drafted]:
    """One condition less."""
    clause, found = _condition(command.clause, command.condition, room)
    if found.waits_on is WaitsOn.CLAUSE:
        awaited = the_clause(room, found.on)
        if not awaited.stands:
            raise AwaitedIsGone(found.words, called(awaited))
        if awaited.agreement is None:
            raise WaitsForOther(found.words, called(awaited), "`agree` it first")
    package = room.negotiation.package(found.on) if found.waits_on is WaitsOn.PACKAGE else None
    if package is not None and package.state in ("formed", "taken"):
        raise WaitsForOther(found.words, f"the package {package.name}", "`package agree` agrees it")
    return [Drafted(clause.id, ConditionMet(found.words))]


def fail_condition(command: FailCondition, room: Room) -> list[Drafted]:
    """The agreement ends, in sight of all."""
    clause, found = _condition(command.clause, command.condition, room)
    return [Drafted(clause.id, ConditionFailed(found.words, command.ground))]


def _condition(clause: str, words: str, room: Room) -> tuple[Clause, Condition]:
    found = the_clause(room, clause)
    if found.agreement is None:
        raise NotAgreed(called(found))
    for one in found.agreement.conditions:
        if one.words == words:
            return found, one
    there = ", ".join(one.words for one in found.agreement.conditions) or "there is none"
    raise NoSuchThing("condition", words, f"the conditions are: {there}")


def reopen(command: ReopenClause, room: Room) -> list[Drafted]:
    """With a ground; the words agreed stay beside the clause."""
    clause, agreed = _agreed(command.clause, room)
    if not command.ground:
        raise Unclear("Reopening agreed words needs a ground; say it with `--ground`.")
    level = level_named(room.negotiation.conventions, agreed.level)
    if level is not None and level.by_decision and not command.decision:
        raise NeedsDecision(called(clause), level.name, level.body)
    reopened = ClauseReopened(command.by, command.ground, command.decision)
    return [Drafted(clause.id, reopened)]


def refer_back(command: ReferBack, room: Room) -> list[Drafted]:
    """To a lower level, by the body at which it stands; the words stay agreed there."""
    clause, agreed = _agreed(command.clause, room)
    if command.level not in ladder(room.negotiation.conventions):
        raise NoSuchLevel(command.level, ladder(room.negotiation.conventions))
    level = level_named(room.negotiation.conventions, agreed.level)
    lowest = ladder(room.negotiation.conventions)[:1]
    back_to = level.back_to if level is not None else lowest
    if command.level not in back_to:
        raise NoStep(called(clause), agreed.level, command.level, ", ".join(back_to))
    if not command.decision:
        body = level.body if level is not None else "the body"
        raise NeedsDecision(called(clause), agreed.level, body)
    return [Drafted(clause.id, ClauseReferredBack(command.level, command.decision))]


def _agreed(clause: str, room: Room) -> tuple[Clause, Agreement]:
    """A clause whose agreement may end: adopted words stand."""
    found = the_clause(room, clause)
    if found.agreement is None:
        raise NotAgreed(called(found))
    if is_adopted(found.agreement.level):
        raise Adopted(called(found))
    return found, found.agreement


def correct(command: CorrectText, room: Room) -> list[Drafted]:
    """Only in adopted words, and only to what they read before: the chain of versions proves it."""
    clause = standing_clause(room, command.clause)
    if clause.agreement is None or not is_adopted(clause.agreement.level):
        raise Unclear(f"{called(clause)} is not adopted; `revise` changes its words.")
    edits = edits_for(clause, command.changes)
    corrected = apply_all(clause.passage, edits, DECIDED).live
    if not corrected:
        raise Unclear(f"That would leave {called(clause)} without words; adopted words stand.")
    phrases = _changed_phrases(clause.passage.live, corrected)
    for number in command.proof:
        words = " ".join(["", *_read_at(clause.id, number, room).split(), ""])
        if not all(f" {phrase} " in words for phrase in phrases):
            raise NoProof(called(clause), number)
    if not command.proof:
        raise NoProof(called(clause), 0)
    return [Drafted(clause.id, TextCorrected(edits, command.proof, command.reason))]


def _changed_phrases(old: str, new: str) -> list[str]:
    """What reads anew, each with a word on either side: a lone “should” would prove nothing."""
    phrases: list[str] = []
    shift = 0
    for change in changes(old, new):
        start = change.start + shift
        end = start + len(change.inserted)
        shift += len(change.inserted) - (change.end - change.start)
        before = new[:start].split()[-_CONTEXT:]
        after = new[end:].split()[:_CONTEXT]
        # Words that touch the change are part of it, so they are joined as they stand.
        low = len(new[:start]) - len(_tail(new[:start], len(before)))
        high = end + len(_head(new[end:], len(after)))
        phrases.append(" ".join(new[low:high].split()))
    return phrases


_CONTEXT = 2


def _tail(text: str, words: int) -> str:
    found = re.search(rf"(?:\S+\s*){{0,{words}}}$", text)
    return found[0] if found else ""


def _head(text: str, words: int) -> str:
    found = re.match(rf"(?:\s*\S+){{0,{words}}}", text)
    return found[0] if found else ""


def _read_at(clause: str, entry: int, room: Room) -> str:
    if not 0 < entry <= room.head:
        raise NoSuchThing("entry", str(entry), f"the record ends at entry {room.head}")
    then = room.past.clause(clause, entry)
    return then.passage.live if then is not None else ""
