"""The chair's and the editor's acts on words and places: revise, delete, restore, move."""

from __future__ import annotations

import click

from negotiation.cli.done import make
from negotiation.cli.options import Ordered, acting, command, the_desk
from negotiation.cli.rewording import changes_in, rewording
from negotiation.cli.targets import clause_named, hand_of_call


@command(cls=Ordered)
@click.argument("clause")
@rewording
@click.option("--editorial", is_flag=True, help="The form changes, not the substance.")
@click.option("--reason", default="", help="Why.")
@acting
@click.pass_context
def revise(ctx: click.Context, /, clause: str, editorial: bool, reason: str, **_: object) -> None:
    """Change words by decision: no proposal, no bracket, but a name and a time.

    A change ends the agreement on a clause, except an editor's change of form
    (--editorial --as editor).

    \b
      negotiation revise recalling/c --words shall --with should --by "the chair"
      negotiation revise noting/b --delete "of States" --reason "said twice"
      negotiation revise noting/b --words "," --with ";" --editorial --as editor

    Next: `diff now~1 now` shows the change, `undo` takes it back.
    """
    from negotiation.domain.commands import ReviseText

    desk = the_desk()
    changes = changes_in(ctx)
    if not changes:
        raise click.UsageError(
            "Say what changes: --words with --with, --insert, --delete or --text.", ctx
        )
    hand = hand_of_call(desk)
    found = clause_named(desk, clause)
    wanted = ReviseText(found.id, changes, editorial, reason, hand.capacity)
    make(desk, wanted, hand, f"Revised {clause}{' (editorial)' if editorial else ''}")


@command()
@click.argument("clause")
@click.option("--reason", default="", help="Why.")
@acting
def delete(clause: str, reason: str) -> None:
    """Take a clause out of the text; its words stay on the record, struck.

    \b
      negotiation delete noting/c --reason "covered by b)"

    Next: `text --reading marked` still shows it; `restore` brings it back.
    """
    from negotiation.domain.commands import DeleteClause

    desk = the_desk()
    hand = hand_of_call(desk)
    found = clause_named(desk, clause)
    make(desk, DeleteClause(found.id, reason), hand, f"Deleted {clause}")


@command()
@click.argument("clause")
@click.option("--reason", default="", help="Why.")
@acting
def restore(clause: str, reason: str) -> None:
    """Let a deleted clause stand again.

    \b
      negotiation restore noting/c --reason "the group wants it back"

    A proposal that fell comes back with `reintroduce` instead.
    """
    from negotiation.domain.commands import RestoreClause

    desk = the_desk()
    hand = hand_of_call(desk)
    found = clause_named(desk, clause)
    make(desk, RestoreClause(found.id, reason), hand, f"Restored {clause}")


@command()
@click.argument("clause")
@click.option("--after", metavar="CLAUSE", help="The clause that it shall stand behind.")
@click.option("--first", is_flag=True, help="To the first place of the text.")
@click.option("--level", type=click.IntRange(0, 12), help="How deep it shall stand.")
@acting
@click.pass_context
def move(
    ctx: click.Context, clause: str, after: str | None, first: bool, level: int | None
) -> None:
    """Put a clause behind another one; its label and its history go with it.

    \b
      negotiation move noting/c --after noting/a
      negotiation move resolves/3 --first

    Next: `text --paths` shows the new order; labels are not changed by a move.
    """
    from negotiation.domain.commands import MoveClause

    if bool(after) == first:
        raise click.UsageError("Say where to: --after CLAUSE, or --first.", ctx)
    desk = the_desk()
    hand = hand_of_call(desk)
    found = clause_named(desk, clause)
    behind = clause_named(desk, after).id if after else ""
    make(desk, MoveClause(found.id, behind, level), hand, f"Moved {clause}")
