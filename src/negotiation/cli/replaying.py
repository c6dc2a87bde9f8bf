"""`replay`: how the text came to read as it does, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.done import entry_json
from negotiation.cli.options import (
    command,
    common,
    moment_of,
    seen_by_option,
    the_desk,
    viewer_of,
)
from negotiation.cli.saying import Look, asked, count, drawn, note, say, say_json, shown

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.entries import Entry
    from negotiation.views.the_log import LogLine

_TOLD = 12


@attrs.frozen
class Step:
    """Entries that are shown together, and the clauses that they changed."""

    entries: tuple[Entry, ...]
    changed: tuple[Changed, ...]


@attrs.frozen
class Changed:
    """A clause before and after a step, as it was printed with its marks."""

    clause: str
    path: str
    before: str
    after: str


@command()
@click.option("--from", "from_", metavar="WHEN", help="Begin behind this moment.")
@click.option("--to", metavar="WHEN", help="Stop at this moment; otherwise now.")
@click.option(
    "--by",
    type=click.Choice(("entry", "act", "version")),
    default="act",
    show_default=True,
    help="How long a step is.",
)
@seen_by_option
@common
def replay(from_: str | None, to: str | None, by: str, seen_by: str | None) -> None:
    """How the text evolved, step by step: what happened, and each clause before and after.

    With --json one line of JSON a step.

    \b
      negotiation replay --from now~3
      negotiation replay --by entry --from 40 --to 60

    Next: `text --at N` shows the whole text at any step, `chair` lets you step back and forth.
    """
    desk = the_desk()
    low = moment_of(desk, from_) if from_ else 0
    high = moment_of(desk, to)
    if low >= high:
        note(f"There is no step between entry {low} and entry {high}.")
        return
    from negotiation.views.the_log import the_log
    from negotiation.views.what_may_be_seen import as_seen

    viewer = viewer_of(desk, seen_by)
    told = {line.number: line for line in the_log(desk.timeline, low + 1, high)}
    for whole in _steps(desk, low, high, by, told):
        seen = (as_seen(entry, viewer, desk.timeline) for entry in whole.entries)
        step = attrs.evolve(whole, entries=tuple(one for one in seen if one is not None))
        if not step.entries:
            continue
        if asked().json:
            _say_json(step, told)
        else:
            _tell(desk, step, told)


def _steps(desk: Desk, low: int, high: int, by: str, told: Mapping[int, LogLine]) -> Iterator[Step]:
    from negotiation.views.paths import paths

    entries = desk.timeline.entries[low:high]
    # A clause is tabled before it has a place, and until then goes by its later name.
    later = paths(desk.timeline.moment(high))
    start = 0
    for index, entry in enumerate(entries):
        following = entries[index + 1] if index + 1 < len(entries) else None
        if following is None or _ends(entry, following, by):
            yield _step(desk, entries[start : index + 1], told, later)
            start = index + 1


def _ends(entry: Entry, following: Entry, by: str) -> bool:
    """Whether a step ends between two entries."""
    from negotiation.domain.events import DocumentReceived

    if by == "entry":
        return True
    if entry.act.id == following.act.id:
        return False
    if by == "act":
        return True
    return isinstance(following.event, DocumentReceived)


def _step(
    desk: Desk, entries: Sequence[Entry], told: Mapping[int, LogLine], later: Mapping[str, str]
) -> Step:
    first, last = entries[0].number - 1, entries[-1].number
    called = {line.clause: line.path for line in (told[entry.number] for entry in entries)}
    changed: list[Changed] = []
    for clause in dict.fromkeys(entry.clause for entry in entries if entry.clause):
        before, after = _printed(desk, clause, first), _printed(desk, clause, last)
        if before != after:
            path = called.get(clause) or later.get(clause, clause)
            changed.append(Changed(clause, path, before, after))
    return Step(tuple(entries), tuple(changed))


def _printed(desk: Desk, clause: str, at: int) -> str:
    """A clause as it was printed with its marks; nothing where it was not before the room."""
    from negotiation.views.on_the_page import Reading, line, spans

    state = desk.timeline.clause(clause, at)
    if state is None or not state.margin.tabled:
        return ""
    # Which brackets begin and end elsewhere only matters to a clause that has some.
    printed = spans(desk.timeline.moment(at)) if state.brackets else None
    return line(state, Reading.MARKED, printed)


def _tell(desk: Desk, step: Step, told: Mapping[int, LogLine]) -> None:
    from negotiation.views.weighty_words import warning_at

    first, last = step.entries[0], step.entries[-1]
    numbers = str(first.number) if first is last else f"{first.number}–{last.number}"
    head = f"{numbers}  {first.act.written.isoformat()[:16]}Z  {first.act.purpose}"
    say(drawn(head, Look.STRONG))
    for entry in step.entries[:_TOLD]:
        warned = warning_at(desk.timeline, entry.number)
        alarm = "  " + drawn(f"! {warned}", Look.ALARM) if warned else ""
        say(f"  {shown(told[entry.number].sentence)}{alarm}")
    if len(step.entries) > _TOLD:
        say(f"  … and {count(len(step.entries) - _TOLD, 'further entry')}.")
    for one in step.changed[:_TOLD]:
        if one.before:
            say(f"  {drawn(one.path, Look.PATH)} - {shown(one.before)}")
        say(f"  {drawn(one.path, Look.PATH)} + {shown(one.after)}")
    if len(step.changed) > _TOLD:
        say(f"  … and {count(len(step.changed) - _TOLD, 'further clause')}.")


def _say_json(step: Step, told: Mapping[int, LogLine]) -> None:
    say_json(
        {
            "from": step.entries[0].number,
            "to": step.entries[-1].number,
            "act": step.entries[0].act.id,
            "entries": [
                {**entry_json(entry), "sentence": told[entry.number].sentence}
                for entry in step.entries
            ],
            "changed": step.changed,
        }
    )
