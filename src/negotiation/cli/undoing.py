"""`undo` and `redo`: each is a further act, and the record keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.targets import party_code

if TYPE_CHECKING:
    from negotiation.desk import Desk


@command()
@click.argument("act", default="last")
@acting
def undo(act: str) -> None:
    """Undo an act by a further one: the last, or the one named by an entry number or an act id.

    Refused, with the name of what stands on it, when later acts rest on what it made.

    \b
      negotiation undo
      negotiation undo 57

    Next: `redo` takes the undoing back; `log` shows both.
    """
    from negotiation.domain.commands import ReverseAct

    desk = the_desk()
    found = desk.act_of(act)
    _reverse(desk, ReverseAct(found), f"Undid {_purpose(desk, found)}")


@command()
@click.argument("act", default="last")
@acting
def redo(act: str) -> None:
    """Undo an undoing: what was undone stands again.

    \b
      negotiation redo

    Next: `text` shows the text, `log` all three acts.
    """
    from negotiation.domain.commands import ReverseAct
    from negotiation.domain.refusals import Unclear

    desk = the_desk()
    reversals = _reversals(desk)
    if act == "last":
        found = _last_undone(reversals)
        if not found:
            raise Unclear("There is no undoing to take back.")
    else:
        found = desk.act_of(act)
        if found not in reversals:
            raise Unclear(f"Act {found} is no undoing; `undo {act}` undoes an act.")
    again = _purpose(desk, reversals[found])
    _reverse(desk, ReverseAct(found), f"Did again {again}")


def _reverse(desk: Desk, command: object, did: str) -> None:
    from negotiation.domain.commands import ReverseAct

    assert isinstance(command, ReverseAct)
    acts = who_acts()
    make(desk, command, acts.hand(party_code(desk, acts.behalf)), did)


def _reversals(desk: Desk) -> dict[str, str]:
    """Every act that reverses another one, with the act that it reverses, oldest first."""
    from negotiation.domain.events import ActReversed

    return {
        entry.act.id: entry.event.act
        for entry in desk.timeline.entries
        if isinstance(entry.event, ActReversed)
    }


def _last_undone(reversals: dict[str, str]) -> str:
    """The latest undoing that still holds; a redo is an undoing of one, and none itself."""
    reversed_acts = set(reversals.values())
    for act in reversed(reversals):
        depth, target = 1, reversals[act]
        while target in reversals:
            depth, target = depth + 1, reversals[target]
        if depth % 2 and act not in reversed_acts:
            return act
    return ""


def _purpose(desk: Desk, act: str) -> str:
    """What an act was, by its first entry and the name of its command."""
    first = next(entry for entry in desk.timeline.entries if entry.act.id == act)
    words = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in first.act.purpose)
    return f"entry {first.number} ({words.strip() or type(first.event).__name__})"
