"""Agreed, reopened, set aside, taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.targets import bracket_named, clause_named, party_code

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand


@command()
@click.argument("clause")
@click.option("--level", default="", help="A level of the ladder; the lowest one if not named.")
@click.option(
    "--condition",
    multiple=True,
    metavar="WORDS",
    help="A condition, such as “ad referendum”; may be repeated.",
)
@acting
def agree(clause: str, level: str, condition: tuple[str, ...]) -> None:
    """Agree a clause as it reads now; exactly these words.

    Refused while a point or a proposal is open on it. Any later change of its words ends the
    agreement, in sight of all.

    \b
      negotiation agree noting/b
      negotiation agree resolves/1 --level "working group" --condition "ad referendum: MEX"

    Next: `condition-met` notes that a condition is fulfilled; `reopen` ends the agreement.
    """
    from negotiation.domain.commands import AgreeClause

    desk = the_desk()
    found = clause_named(desk, clause)
    make(desk, AgreeClause(found.id, level, condition), _hand(desk), f"Agreed {clause}")


@command("condition-met")
@click.argument("clause")
@click.argument("condition")
@acting
def condition_met(clause: str, condition: str) -> None:
    """Note that a condition of an agreement is fulfilled.

    \b
      negotiation condition-met resolves/1 "ad referendum: MEX"
    """
    from negotiation.domain.commands import MeetCondition

    desk = the_desk()
    found = clause_named(desk, clause)
    did = f"Met the condition “{condition}” of {clause}"
    make(desk, MeetCondition(found.id, condition), _hand(desk), did)


@command()
@click.argument("clause")
@click.option("--ground", required=True, help="Why the agreement ends.")
@acting
def reopen(clause: str, ground: str) -> None:
    """End the agreement on a clause; a ground is needed and kept.

    \b
      negotiation reopen resolves/1 --ground "new figures from the secretariat"
    """
    from negotiation.domain.commands import ReopenClause

    desk = the_desk()
    found = clause_named(desk, clause)
    hand = _hand(desk)
    make(desk, ReopenClause(found.id, hand.behalf or hand.by, ground), hand, f"Reopened {clause}")


@command()
@click.argument("clause", required=False)
@click.option("--point", metavar="N", help="An open point, not a clause: its number in `open`.")
@click.option("--owner", default="", help="Who has to bring it back.")
@click.option("--until", default="", help="Until when: a day, a meeting, an event.")
@acting
@click.pass_context
def park(ctx: click.Context, clause: str | None, point: str | None, owner: str, until: str) -> None:
    """Set a clause or an open point aside; somebody has to bring it back.

    \b
      negotiation park resolves/4 --owner "friends of the chair" --until Thursday
      negotiation park --point 1 --owner CAN

    Next: `resume` takes it up again.
    """
    from negotiation.domain.commands import Park

    desk = the_desk()
    on_clause, on_point = _one_of(ctx, desk, clause, point)
    acts = who_acts()
    keeper = owner or party_code(desk, acts.behalf)
    what = clause or f"point {point}"
    make(desk, Park(on_clause, on_point, keeper, until), _hand(desk), f"Parked {what}")


@command()
@click.argument("clause", required=False)
@click.option("--point", metavar="N", help="An open point, not a clause: its number in `open`.")
@acting
@click.pass_context
def resume(ctx: click.Context, clause: str | None, point: str | None) -> None:
    """Take up a clause or an open point that was parked.

    \b
      negotiation resume resolves/4
      negotiation resume --point 1
    """
    from negotiation.domain.commands import Resume

    desk = the_desk()
    on_clause, on_point = _one_of(ctx, desk, clause, point)
    what = clause or f"point {point}"
    make(desk, Resume(on_clause, on_point), _hand(desk), f"Resumed {what}")


def _one_of(
    ctx: click.Context, desk: Desk, clause: str | None, point: str | None
) -> tuple[str, str]:
    """A clause or an open point, by their ids."""
    if (clause is None) == (point is None):
        raise click.UsageError("Name a CLAUSE, or an open point with --point.", ctx)
    if clause is not None:
        return clause_named(desk, clause).id, ""
    assert point is not None
    return "", bracket_named(desk, point, "park its clause instead").id


def _hand(desk: Desk) -> Hand:
    acts = who_acts()
    return acts.hand(party_code(desk, acts.behalf))
