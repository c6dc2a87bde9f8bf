"""`table`: another wording of an open point, or a clause that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.propose import KINDS
from negotiation.cli.targets import bracket_named, clause_named, hand_of_call, parties, title

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.commands import TableClause


@command()
@click.argument("point", required=False)
@click.option("--text", "words", metavar="TEXT", help="The wording, or the words of the clause.")
@click.option("--within", metavar="CLAUSE", help="An alternative inside this clause's bracket.")
@click.option("--symbol", default="", help="The document symbol of the alternative.")
@click.option("--reason", default="", help="Why, in the sponsor's words.")
@click.option("--after", metavar="CLAUSE", help="A clause, not an alternative: behind this one.")
@click.option("--kind", type=click.Choice(KINDS), help="What the clause is.")
@click.option("--label", default="", help="The label, such as “e)”.")
@click.option("--level", type=click.IntRange(0, 12), help="How deep the clause stands.")
@acting
@click.pass_context
def table(ctx: click.Context, /, point: str | None, **said: object) -> None:
    """Table another wording of an open POINT; without POINT, a clause as text that is there.

    An alternative stands as a clause of its own behind the others, or with --within as words
    inside the bracket. A clause tabled is no proposal; for that there is `propose --add`.

    \b
      negotiation table 1 --text "Resolution 9," --for MEX --symbol MEX/12/1
      negotiation table 2 --within resolves/1 --text "may" --for J
      negotiation table --after resolves/2 --label 3 --text "that the register be printed;"

    Next: `open` shows all wordings with their numbers; `resolve` decides among them.
    """
    desk = the_desk()
    if point is None:
        unfit = [name for name in ("within", "symbol", "reason") if said[name]]
        if unfit:
            raise click.UsageError(f"--{unfit[0]} needs the number of an open point.", ctx)
        wanted = _clause(ctx, desk)
        hand = hand_of_call(desk)
        make(desk, wanted, hand, f"Tabled the clause {said['label'] or ''}".rstrip())
        return
    if said["after"] or said["kind"] or said["level"] is not None:
        raise click.UsageError("--after, --kind and --level are for a clause without POINT.", ctx)
    if not said["words"]:
        raise click.UsageError("Give the wording with --text.", ctx)
    from negotiation.domain.commands import TableAlternative
    from negotiation.domain.terms import ProposalTerms

    found = bracket_named(desk, point, "bracket its clause first, then table the other wording")
    acts = who_acts()
    sponsors = parties(desk, acts.behalf)
    terms = ProposalTerms(desk.new_id(), str(said["symbol"]), sponsors, str(said["reason"]))
    within = clause_named(desk, str(said["within"])).id if said["within"] else ""
    command_ = TableAlternative(
        found.id,
        terms,
        str(said["words"]),
        "" if within else desk.new_id(),
        str(said["label"]),
        within,
    )
    hand = acts.hand(",".join(sponsors), delegation=True)
    make(desk, command_, hand, f"Tabled an alternative of {title(found)}")


def _clause(ctx: click.Context, desk: Desk) -> TableClause:
    from negotiation.domain.commands import TableClause
    from negotiation.domain.terms import Kind

    params = ctx.params
    order = desk.timeline.negotiation(desk.timeline.head).order
    after = clause_named(desk, params["after"]).id if params["after"] else ""
    if not after and order:
        after = order[-1].clause
    level = params["level"]
    if level is None:
        level = next((one.level for one in order if one.clause == after), 0)
    usual = Kind.ITEM if params["label"] else Kind.PARAGRAPH
    kind = Kind(params["kind"]) if params["kind"] else usual
    return TableClause(desk.new_id(), kind, params["label"], params["words"] or "", after, level)
