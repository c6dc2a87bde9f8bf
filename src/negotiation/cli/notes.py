"""What stands beside the text: positions, remarks, and how an anomaly was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.targets import (
    anomaly_named,
    clause_named,
    hand_of_call,
    open_point,
    party_code,
    proposal_named,
    words_at,
)

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.people import Visibility

STANCES = (
    "proposes",
    "supports",
    "can accept",
    "flexible",
    "reserves",
    "opposes",
    "red line",
)
READERS = ("public", "group", "chair", "delegation")


@command()
@click.argument("clause")
@click.argument("stance", type=click.Choice(STANCES))
@click.option("--point", metavar="N", help="On this open point: number, or “place: words”.")
@click.option("--proposal", metavar="PROPOSAL", help="On this proposal.")
@click.option("--condition", default="", help="On what condition.")
@click.option(
    "--visible-to",
    type=click.Choice(READERS),
    default="group",
    show_default=True,
    help="Who may read it.",
)
@acting
@click.pass_context
def position(
    ctx: click.Context,
    clause: str,
    stance: str,
    point: str | None,
    proposal: str | None,
    condition: str,
    visible_to: str,
) -> None:
    """Record what a party says of a clause, an open point or a proposal.

    Only what was said is recorded: silence is no support, and nothing is counted.

    \b
      negotiation position resolves/2 "can accept" --for JPN --condition "if 4 stays"
      negotiation position resolves/2 opposes --proposal CUB/70/3 --for USA
    """
    from negotiation.domain.commands import RecordPosition
    from negotiation.domain.terms import Stance

    desk = the_desk()
    acts = who_acts()
    party = party_code(desk, acts.behalf)
    if not party:
        raise click.UsageError("Say whose position it is, with --for.", ctx)
    wanted = RecordPosition(
        clause_named(desk, clause).id,
        party,
        Stance(stance),
        _on(ctx, desk, point, proposal),
        condition,
        _readers(visible_to),
    )
    hand = acts.hand(party, delegation=True)
    make(desk, wanted, hand, f"Recorded that {party} {stance} at {clause}")


@command()
@click.argument("clause")
@click.argument("words")
@click.option("--point", metavar="N", help="On this open point: number, or “place: words”.")
@click.option("--proposal", metavar="PROPOSAL", help="On this proposal.")
@click.option(
    "--visible-to",
    type=click.Choice(READERS),
    default="chair",
    show_default=True,
    help="Who may read it.",
)
@acting
@click.pass_context
def remark(
    ctx: click.Context,
    clause: str,
    words: str,
    point: str | None,
    proposal: str | None,
    visible_to: str,
) -> None:
    """Note something beside a clause, for the chair unless --visible-to says otherwise.

    What is for a delegation alone is read by nobody else, the chair's list included; whoever
    holds the file of the record can read all of it.

    \b
      negotiation remark resolves/2 "B and J talk over coffee"
      negotiation remark resolves/2 "our red line" --as delegation --for FJI \
          --visible-to delegation

    Next: `notes --seen-by FJI` shows what one reader sees.
    """
    from negotiation.domain.commands import MakeRemark

    desk = the_desk()
    if visible_to == "delegation" and not who_acts().behalf:
        raise click.UsageError("Say whose own note it is, with --for.", ctx)
    wanted = MakeRemark(
        clause_named(desk, clause).id,
        words,
        _on(ctx, desk, point, proposal),
        _readers(visible_to),
    )
    hand = hand_of_call(desk)
    make(desk, wanted, hand, f"Noted beside {clause}")


def _on(ctx: click.Context, desk: Desk, point: str | None, proposal: str | None) -> str:
    if point and proposal:
        raise click.UsageError("On one thing at a time: --point or --proposal.", ctx)
    if point:
        return open_point(desk, point).id
    return proposal_named(desk, proposal) if proposal else ""


def _readers(said: str) -> Visibility:
    from negotiation.domain.people import Visibility

    return Visibility(said)


@command()
@click.argument("anomaly")
@click.option("--accept", is_flag=True, help="Take the proposed repair.")
@click.option("--reject", is_flag=True, help="The words stand as printed.")
@click.option("--reads", metavar="WORDS", help="The page reads so: neither as printed nor so.")
@click.option("--words", metavar="WORDS", help="With --reads: which words; else the whole clause.")
@acting
@click.pass_context
def settle(
    ctx: click.Context,
    anomaly: str,
    accept: bool,
    reject: bool,
    reads: str | None,
    words: str | None,
) -> None:
    """Settle an anomaly of the received page: accept the repair, type one, or keep the print.

    ANOMALY is its number in `anomalies`, or its line and column: 73:133. A repair corrects the
    reading of the page; nobody is credited with a change that they did not make.

    \b
      negotiation settle 3 --accept --by "COM 4"
      negotiation settle 4 --reject
      negotiation settle 5 --words 43 --reads 3

    Next: `anomalies` lists what is left.
    """
    from negotiation.domain.commands import SettleAnomaly

    if sum((accept, reject, reads is not None)) != 1:
        raise click.UsageError("Say one of these: --accept, --reject, or how it --reads.", ctx)
    if words is not None and reads is None:
        raise click.UsageError("--words needs --reads: say how they read.", ctx)
    desk = the_desk()
    found = anomaly_named(desk, anomaly)
    hand = hand_of_call(desk)
    part = words_at(words) if words is not None else None
    wanted = SettleAnomaly(found.clause, found.id, not reject, reads, part)
    did = f"{'Rejected' if reject else 'Accepted'} the repair at line {found.line}"
    if reads is not None:
        did = f"Read line {found.line} anew"
    make(desk, wanted, hand, did)
