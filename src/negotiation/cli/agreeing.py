"""Agreed, reopened, set aside, taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.saying import asked, say
from negotiation.cli.targets import bracket_named, clause_named, hand_of_call, parties, party_code

if TYPE_CHECKING:
    from negotiation.desk import Desk


@command()
@click.argument("clause")
@click.option(
    "--level", default="", help="A level of the ladder; the lowest one, or the present one."
)
@click.option(
    "--condition",
    multiple=True,
    metavar="WORDS",
    help="A condition: “ad referendum: MEX”, “pending resolves/4”; may be repeated.",
)
@click.option("--heard-by", default="", metavar="PARTIES", help="The parties in the room.")
@acting
def agree(clause: str, level: str, condition: tuple[str, ...], heard_by: str) -> None:
    """Agree a clause as it reads now; exactly these words.

    Refused while a point or a proposal is open on it. Any later change of its words ends the
    agreement, in sight of all. A clause climbs one level at a time; conditions that are not met
    climb with it.

    \b
      negotiation agree noting/b
      negotiation agree resolves/1 --condition "ad referendum: MEX" --condition "pending resolves/4"
      negotiation agree resolves/1 --level "working group" --heard-by MEX,B,USA

    Next: `condition-met` notes that a condition is fulfilled; `reopen` ends the agreement.
    """
    from negotiation.domain.commands import AgreeClause
    from negotiation.views.conditions_tied import tied_condition

    desk = the_desk()
    found = clause_named(desk, clause)
    conditions = tuple(tied_condition(desk.timeline.moment(), one) for one in condition)
    wanted = AgreeClause(found.id, level, conditions, parties(desk, heard_by))
    make(desk, wanted, hand_of_call(desk), f"Agreed {clause}")


@command("condition-met")
@click.argument("clause")
@click.argument("condition")
@acting
def condition_met(clause: str, condition: str) -> None:
    """Note that a condition of an agreement is fulfilled.

    \b
      negotiation condition-met resolves/1 "ad referendum: MEX"

    `agreed --waiting` lists the conditions and what would release them.
    """
    from negotiation.domain.commands import MeetCondition

    desk = the_desk()
    found = clause_named(desk, clause)
    did = f"Met the condition “{condition}” of {clause}"
    make(desk, MeetCondition(found.id, condition), hand_of_call(desk), did)


@command("condition-failed")
@click.argument("clause")
@click.argument("condition")
@click.option("--ground", default="", help="What happened.")
@acting
def condition_failed(clause: str, condition: str, ground: str) -> None:
    """Note that a condition will not be met: the agreement ends, in sight of all.

    \b
      negotiation condition-failed resolves/1 "ad referendum: MEX" --ground "capital says no"

    The words stay as they are, and the words agreed stay beside them.
    """
    from negotiation.domain.commands import FailCondition

    desk = the_desk()
    found = clause_named(desk, clause)
    did = f"Ended the agreement on {clause}"
    make(desk, FailCondition(found.id, condition, ground), hand_of_call(desk), did)


@command()
@click.argument("clause")
@click.option("--ground", required=True, help="Why the agreement ends.")
@click.option(
    "--decision", default="", help="The decision of the body, where the level asks for one."
)
@click.option("--dry-run", is_flag=True, help="Only say what rests on the clause.")
@acting
def reopen(clause: str, ground: str, decision: str, dry_run: bool) -> None:
    """End the agreement on a clause; a ground is needed and kept.

    What rests on the clause is said first: packages, conditions, references, the list under it.
    Words agreed above the first level are opened only by a decision of the body that agreed them.

    \b
      negotiation reopen resolves/1 --ground "new figures" --for MEX --dry-run
      negotiation reopen resolves/1 --ground "new figures" --for MEX
      negotiation reopen resolves/2 --ground "a number was misread" --decision "WGPL, 4 November"
    """
    from negotiation.cli.agreed import warn_of_resting
    from negotiation.domain.commands import ReopenClause

    desk = the_desk()
    found = clause_named(desk, clause)
    hand = hand_of_call(desk)
    wanted = ReopenClause(found.id, hand.behalf or hand.by, ground, decision)
    if dry_run:
        desk.rehearse(wanted)
    if not (asked().json or asked().silent):
        warn_of_resting(desk, found)
    if dry_run:
        say("Nothing was written; without --dry-run the agreement ends.")
        return
    make(desk, wanted, hand, f"Reopened {clause}")


@command()
@click.argument("clause", required=False)
@click.option("--point", metavar="N", help="An open point: number, or “place: words”.")
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
    make(desk, Park(on_clause, on_point, keeper, until), hand_of_call(desk), f"Parked {what}")


@command()
@click.argument("clause", required=False)
@click.option("--point", metavar="N", help="An open point: number, or “place: words”.")
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
    make(desk, Resume(on_clause, on_point), hand_of_call(desk), f"Resumed {what}")


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
