"""What an act did, said in a few lines: entries, clauses as they now read, whose words went where.

Nothing that an act merges, drops or strikes goes without a word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from negotiation.cli.saying import (
    Look,
    answer,
    asked,
    count,
    drawn,
    fields,
    note,
    quoted,
    say,
    shown,
)

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.commands import Command
    from negotiation.domain.entries import Entry
    from negotiation.domain.terms import Agreement
    from negotiation.views.where_did_it_go import ProposalFate

_CLAUSES_TOLD = 6
_CLOCKS_DIFFER = dt.timedelta(minutes=1)
"""Clocks of two machines are never quite the same; that is not worth a word."""


def make(desk: Desk, command: Command, hand: Hand, did: str) -> tuple[Entry, ...]:
    """Make an act and say what it did."""
    new = hand.behalf if not _known(desk, hand.behalf) else ""
    entries = desk.act(command, hand)
    if new and entries and not _is_handed_in(entries):
        note(f"{shown(new)} takes part for the first time.")
    _tell_clock(desk, entries)
    if asked().silent:
        return entries
    if not asked().json:
        if _is_handed_in(entries):
            _tell_waiting(entries)
        else:
            tell_act(desk, entries, did)
        return entries
    answer({"act": entries[0].act.id if entries else "", "entries": entries_json(entries)})
    return entries


def _is_handed_in(entries: Sequence[Entry]) -> bool:
    """Whether the act was handed in only; the text stands as it stood."""
    from negotiation.domain.events import ProposalHandedIn

    return bool(entries) and isinstance(entries[0].event, ProposalHandedIn)


def _tell_waiting(entries: Sequence[Entry]) -> None:
    from negotiation.domain.events import ProposalHandedIn

    event = entries[0].event
    assert isinstance(event, ProposalHandedIn)
    say(f"{drawn('Handed in', Look.STRONG)} ({event.handed}); it waits for the chair's yes.")
    say(f"  {shown(event.what)}")
    say(f"  `handed-in` shows it, `take-back {event.handed}` takes it back.")


def _tell_clock(desk: Desk, entries: Sequence[Entry]) -> None:
    """Say so when an act could not go under the time of this place: a clock somewhere is wrong."""
    if not entries:
        return
    written, here = entries[0].act.written, desk.clock()
    if written - here > _CLOCKS_DIFFER:
        note(
            f"The clock here says {_minute(here)}, but the act before was written at "
            f"{_minute(written)}; this one goes under that time, too. One of the clocks is wrong."
        )


def _minute(at: dt.datetime) -> str:
    return at.astimezone().isoformat(sep=" ", timespec="minutes")


def _known(desk: Desk, party: str) -> bool:
    """Whether a party is on the record, or acted before; so is nobody."""
    from negotiation.spoken.places import known

    folded = party.casefold()
    return (
        not party
        or folded in known(desk.timeline.moment())
        or any(folded == entry.act.behalf.casefold() for entry in desk.timeline.entries)
    )


def tell_act(desk: Desk, entries: Sequence[Entry], did: str) -> None:
    """Say what an act did."""
    if not entries:
        say(f"{did}: nothing changed.")
        return
    first, last = entries[0].number, entries[-1].number
    numbers = f"entry {first}" if first == last else f"entries {first}–{last}"
    say(
        f"{drawn(did, Look.STRONG)}: {count(len(entries), 'entry')} "
        f"({numbers}, act {entries[0].act.id})."
    )
    _tell_clauses(desk, entries)
    _tell_ended(desk, entries)
    for fate in _decided_by(desk, entries):
        say(f"  {_fate_line(desk, fate, entries)}")


def _tell_clauses(desk: Desk, entries: Sequence[Entry]) -> None:
    from negotiation.views.on_the_page import Reading, line, spans
    from negotiation.views.paths import paths

    moment = desk.timeline.moment()
    called, printed = paths(moment), spans(moment)
    touched = [one for one in dict.fromkeys(entry.clause for entry in entries) if one]
    placed = [one for entry in entries if (one := getattr(entry.event, "clause", ""))]
    touched = list(dict.fromkeys([*touched, *(one for one in placed if one in called)]))
    places = {clause.id: place for place, clause in enumerate(moment.clauses)}
    touched.sort(key=lambda clause: places.get(clause, len(places)))
    for clause in touched[:_CLAUSES_TOLD]:
        state = moment.clause(clause)
        if state is None:
            continue
        path = drawn(called.get(clause, clause), Look.PATH)
        if state.stands:
            say(f"  {path} reads {quoted(line(state, Reading.OPEN, printed))}")
        else:
            say(f"  {path} has no words in the text now.")
    if len(touched) > _CLAUSES_TOLD:
        say(f"  … and {count(len(touched) - _CLAUSES_TOLD, 'further clause')}.")


def _tell_ended(desk: Desk, entries: Sequence[Entry]) -> None:
    """Say which agreements the act ended, and which weighty words it changed in agreed ones."""
    from negotiation.domain.events import ClauseReopened, ConditionFailed
    from negotiation.views.paths import paths
    from negotiation.views.weighty_words import warning, weighty_between

    agreed: dict[str, Agreement] = {}
    for entry in entries:
        was = desk.timeline.unchanged(entry.number) if entry.clause else None
        if was is not None and was.agreement is not None:
            agreed.setdefault(entry.clause, was.agreement)
    called = paths(desk.timeline.moment()) if agreed else {}
    ends = [one for one in entries if isinstance(one.event, ClauseReopened | ConditionFailed)]
    for clause, agreement in agreed.items():
        path = drawn(called.get(clause, clause), Look.PATH)
        if any(one.clause == clause for one in ends):
            hung = "; ".join(one.words for one in agreement.conditions)
            told = f"; conditions that fell with it: {shown(hung)}" if hung else ""
            say(f"  This ended the agreement on {path} ({shown(agreement.level)}){told}.")
        state = desk.timeline.moment().clause(clause)
        reads = state.passage.live if state is not None and state.margin.tabled else ""
        lost, gained = weighty_between(agreement.words, reads)
        if lost or gained:
            said = warning(lost, gained, agreement.level)
            say(f"  {drawn('!', Look.ALARM)} {path}: {shown(said)}.")


def _decided_by(desk: Desk, entries: Sequence[Entry]) -> list[ProposalFate]:
    from negotiation.views.where_did_it_go import fates

    numbers = {entry.number for entry in entries}
    touched = {entry.clause for entry in entries}
    if not any(clause for clause in touched):
        return []
    return [
        fate
        for fate in fates(desk.timeline, desk.timeline.head)
        if fate.clause in touched and numbers & {one.entry for one in fate.decided}
    ]


def _fate_line(desk: Desk, fate: ProposalFate, entries: Sequence[Entry]) -> str:
    numbers = {entry.number for entry in entries}
    said: list[str] = []
    for part in fate.parts:
        if part.decided is None or part.decided.entry not in numbers:
            continue
        words = f"{'strike of ' if part.deletes else ''}{quoted(part.words.strip(), 48)}"
        into = f" into {shown(part.into)}" if part.into else ""
        if part.words.strip():
            said.append(f"{part.became.value}{into}: {words}")
    return f"{drawn(proposal_title(desk, fate), Look.STRONG)} {'; '.join(said) or fate.state}."


def proposal_title(desk: Desk, fate: ProposalFate) -> str:
    """A proposal by its kind, symbol and sponsors."""
    whole = desk.timeline.negotiation(desk.timeline.head)
    sponsors = ", ".join(whole.party(code).shown for code in fate.sponsors) or "unattributed"
    return " ".join(part for part in (fate.kind, fate.symbol, f"({sponsors})") if part)


# -- JSON -----------------------------------------------------------------------------------------


def entries_json(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Entries as JSON says them."""
    return [entry_json(entry) for entry in entries]


def entry_json(entry: Entry) -> dict[str, object]:
    """One entry: who, when and what, the event by its name with its fields.

    The source of a received document is left out; `export --received` gives it.
    """
    event = fields(entry.event)
    if isinstance(source := event.get("source"), bytes):
        event["source"] = f"{len(source)} bytes; `negotiation export --received FILE` writes them"
    return {
        "number": entry.number,
        "clause": entry.clause,
        "version": entry.version,
        "event": type(entry.event).__name__,
        "fields": event,
        "act": entry.act,
        "evidence": entry.evidence,
        "visibility": entry.visibility,
    }
