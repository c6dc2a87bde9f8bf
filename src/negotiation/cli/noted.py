"""`notes`: the remarks and positions beside the text that somebody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.options import (
    at_option,
    command,
    common,
    moment_of,
    seen_by_option,
    the_desk,
    viewer_of,
)
from negotiation.cli.saying import Look, answer, drawn, in_full, note, say, shown
from negotiation.cli.targets import clause_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotiation.desk import Desk
    from negotiation.domain.entries import Act
    from negotiation.views.what_may_be_seen import Viewer


@command()
@click.argument("clause", required=False)
@at_option
@seen_by_option
@common
def notes(clause: str | None, at: str | None, seen_by: str | None) -> None:
    """Remarks and positions beside the text, as far as they are for the eyes of --seen-by.

    \b
      negotiation notes
      negotiation notes resolves/2 --seen-by chair
      negotiation notes --seen-by FJI

    Next: `remark` and `position` make them; `export --without-names` has none of them.
    """
    desk = the_desk()
    position = moment_of(desk, at)
    only = clause_named(desk, clause, position).id if clause else None
    found = [
        one
        for one in _noted(desk, position, viewer_of(desk, seen_by))
        if only in (None, one["clause"])
    ]
    if answer({"at": position, "notes": found}):
        return
    path = ""
    for one in found:
        if one["path"] != path:
            path = str(one["path"])
            say(drawn(path, Look.PATH))
        said = f"{one['party']}: {one['stance']}" if one["party"] else in_full(str(one["words"]))
        condition = f", {one['condition']}" if one["condition"] else ""
        where = [f"“{one['quoted']}”"] if one["quoted"] else []
        where += [str(one["about"])] if one["about"] else []
        about = f" on {', '.join(where)}" if where else ""
        beside = f"({one['visibility']}; {one['by']}, entry {one['entry']})"
        say(f"  {shown(said + about + condition)}  {drawn(shown(beside), Look.FAINT)}")
    if not found:
        note("There is no note for these eyes.")


def _noted(desk: Desk, at: int, viewer: Viewer) -> Iterator[dict[str, object]]:
    """Every remark and position that a viewer may read, clause by clause, in the order made."""
    from negotiation.domain.terms import Position, Remark
    from negotiation.views.paths import paths
    from negotiation.views.what_may_be_seen import positions_on, remarks_on

    timeline = desk.timeline
    moment = timeline.moment(at)
    called = paths(moment)
    about = _things(desk, at)
    for clause in moment.clauses:
        seen: list[Position | Remark] = [
            *positions_on(clause, viewer, timeline),
            *remarks_on(clause, viewer, timeline),
        ]
        for one in sorted(seen, key=lambda noted: noted.entry):
            entry = timeline.entries[one.entry - 1]
            yield {
                "clause": clause.id,
                "path": called[clause.id],
                "party": one.party if isinstance(one, Position) else "",
                "stance": one.stance.value if isinstance(one, Position) else "",
                "condition": one.condition if isinstance(one, Position) else "",
                "words": "" if isinstance(one, Position) else one.words,
                "on": one.on,
                "about": about.get(one.on, ""),
                "quoted": "" if isinstance(one, Position) else one.quoted,
                "visibility": entry.visibility.value,
                "by": _by(entry.act),
                "entry": one.entry,
            }


def _by(act: Act) -> str:
    """Whose note it is; in a received file the person who wrote it, and for whom."""
    from negotiation.domain.people import Capacity

    if act.capacity is Capacity.IMPORT and act.behalf not in ("", act.by):
        return f"{act.by} for {act.behalf}"
    return act.behalf or act.by


def _things(desk: Desk, at: int) -> dict[str, str]:
    """What people call the open points and the proposals."""
    from negotiation.views.what_is_open import what_is_open

    called = {
        one.id: one.symbol or f"the {one.kind} of {', '.join(one.sponsors) or 'nobody named'}"
        for clause in desk.timeline.moment(at).clauses
        for one in clause.proposals
    }
    for point in what_is_open(desk.timeline, at):
        called.setdefault(point.id, f"open point {point.number}")
    return called
