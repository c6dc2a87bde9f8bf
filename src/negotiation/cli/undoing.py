"""`undo` and `redo`: each is a further act, and the record keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk
from negotiation.cli.targets import hand_of_call

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
    from negotiation.views.undoings import last_undoing, reversals

    desk = the_desk()
    undone = reversals(desk.timeline)
    if act == "last":
        found = last_undoing(desk.timeline)
        if not found:
            raise Unclear("There is no undoing to take back.")
    else:
        found = desk.act_of(act)
        if found not in undone:
            raise Unclear(f"Act {found} is no undoing; `undo {act}` undoes an act.")
    again = _purpose(desk, undone[found])
    _reverse(desk, ReverseAct(found), f"Did again {again}")


def _reverse(desk: Desk, command: object, did: str) -> None:
    from negotiation.domain.commands import ReverseAct

    assert isinstance(command, ReverseAct)
    make(desk, command, hand_of_call(desk), did)


def _purpose(desk: Desk, act: str) -> str:
    """What an act was, by its first entry and the name of its command."""
    first = next(entry for entry in desk.timeline.entries if entry.act.id == act)
    words = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in first.act.purpose)
    return f"entry {first.number} ({words.strip() or type(first.event).__name__})"
