"""An old number in today's text: what a clause of an earlier moment is called now.

The way goes through the clause's id, so that moves, new numbers and new words do not matter; what
happened to it in between is told, with the entry that did it.
"""

from __future__ import annotations

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.views.at_that_time import Moment, Timeline
from negotiation.views.on_the_page import has_a_place
from negotiation.views.paths import find, paths
from negotiation.views.readings import Reading
from negotiation.views.references import Referring


@attrs.frozen
class Happened:
    """One thing that became of a clause, and the entry that did it."""

    what: str
    """relabelled, moved, reworded, merged, dropped, deleted, restored, agreed, or no longer agreed.
    """
    entry: int
    said: str = ""
    """The old label, the path of the clause it was merged into, or the level of the agreement."""


@attrs.frozen
class Whereabouts:
    """A clause as it was called, and where it is now."""

    clause: str
    was: str
    """Its path then."""
    old_label: str
    words_then: str
    path: str
    """Its path now; a clause that is struck has one, too."""
    label: str
    words: str
    stands: bool
    stood: bool
    """Whether it stood in the live text then."""
    happened: tuple[Happened, ...]
    """What became of it in between, in order."""
    lives_on_in: tuple[str, ...]
    """The paths of the clauses that its words were merged into or split off to."""


def called_then(moment: Moment, words: str) -> tuple[Clause, ...]:
    """The clauses of a moment that a path, a label or a number in words may mean."""
    said = words.strip()
    if "/" in said and (found := find(moment, said)):
        return found
    if meant := Referring(moment).called(said):
        return meant
    return find(moment, said)


def where_is_it_now(timeline: Timeline, then: int, clause: str, now: int) -> Whereabouts:
    """What became of a clause between two entries."""
    before, after = timeline.moment(then), timeline.moment(now)
    old, new = timeline.clause(clause, then), timeline.clause(clause, now)
    if old is None or new is None:
        raise ValueError(f"Clause {clause} was not there at entry {then}.")
    calling = paths(after)
    merged = [calling.get(one.id, "") for one in after.clauses if clause in one.margin.drawn_from]
    return Whereabouts(
        clause,
        paths(before).get(clause, ""),
        old.label,
        old.passage.live or old.passage.words,
        calling.get(clause, ""),
        new.label,
        new.passage.live,
        _in_text(new),
        _in_text(old),
        _happened(timeline, clause, then, now, calling),
        tuple(dict.fromkeys([*merged, *_merged_into(timeline, clause, then, now, calling)])),
    )


def _in_text(clause: Clause) -> bool:
    """Whether it has live words, or is a label that never had any, such as an option."""
    return clause.stands or (not clause.passage.runs and has_a_place(clause, Reading.OPEN))


def _happened(
    timeline: Timeline, clause: str, then: int, now: int, calling: dict[str, str]
) -> tuple[Happened, ...]:
    found: list[Happened] = []

    def note(what: str, entry: int, said: str = "") -> None:
        last = found[-1] if found else None
        if last is not None and last.what == what == "reworded":
            acts = [timeline.entries[one - 1].act.id for one in (last.entry, entry)]
            if acts[0] == acts[1]:
                # One act rewords a clause once, however many entries that takes.
                found.pop()
        found.append(Happened(what, entry, said))

    for entry in timeline.changes_of(clause):
        if not then < entry <= now:
            continue
        was, state = timeline.unchanged(entry), timeline.changed(entry)
        if was is None or state is None:
            continue
        event = timeline.entries[entry - 1].event
        if was.label != state.label:
            note("relabelled", entry, was.label)
        if (into := _merged_clause(event, clause, calling)) is not None:
            note("merged", entry, into)
        if _in_text(was) and not _in_text(state):
            note("deleted" if isinstance(event, ev.ClauseDeleted) else "dropped", entry)
        elif _in_text(state) and not _in_text(was):
            note("restored", entry)
        elif was.passage.live != state.passage.live:
            note("reworded", entry)
        level_then = was.agreement.level if was.agreement is not None else ""
        level = state.agreement.level if state.agreement is not None else ""
        if level != level_then:
            note("agreed" if level else "no longer agreed", entry, level or level_then)
    for number in range(then + 1, now + 1):
        event = timeline.entries[number - 1].event
        if isinstance(event, ev.ClausePlaced):
            moved = event.clause == clause
        else:
            moved = isinstance(event, ev.ActReversed) and _was_put_back(timeline, number, clause)
        if moved:
            found.append(Happened("moved", number))
    return tuple(sorted(found, key=lambda one: one.entry))


def _was_put_back(timeline: Timeline, entry: int, clause: str) -> bool:
    """Whether an undoing gave a clause, that an act had placed anew, its former place."""
    event = timeline.entries[entry - 1].event
    if not isinstance(event, ev.ActReversed) or event.restored.order is None:
        return False
    undone = (timeline.entries[number - 1].event for number in event.entries)
    return any(
        (isinstance(one, ev.ClausePlaced) and one.clause == clause)
        or (isinstance(one, ev.ActReversed) and _was_put_back(timeline, number, clause))
        for one, number in zip(undone, event.entries, strict=True)
    )


def _merged_into(
    timeline: Timeline, clause: str, then: int, now: int, calling: dict[str, str]
) -> list[str]:
    found: list[str] = []
    for entry in timeline.changes_of(clause):
        event = timeline.entries[entry - 1].event
        if not then < entry <= now:
            continue
        if (into := _merged_clause(event, clause, calling)) is not None:
            found.append(into)
    return found


def _merged_clause(event: ev.Event, clause: str, calling: dict[str, str]) -> str | None:
    """The path of the clause that a decision merged this one into; wordings inside it are none."""
    if not isinstance(event, ev.OpenPointResolved) or event.into == clause:
        return None
    return calling.get(event.into)
