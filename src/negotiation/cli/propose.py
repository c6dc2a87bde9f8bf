"""`propose`: MOD, ADD, SUP and NOC."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import Ordered, acting, command, the_desk, who_acts
from negotiation.cli.rewording import changes_in, rewording
from negotiation.cli.targets import clause_named, parties

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.commands import Command
    from negotiation.domain.terms import ProposalTerms

KINDS = ("title", "subject", "enacting", "heading", "chapeau", "paragraph", "item", "note")


@command(cls=Ordered)
@click.argument("clause", required=False)
@rewording
@click.option("--add", is_flag=True, help="ADD a clause; --after names the clause before it.")
@click.option("--sup", is_flag=True, help="SUP: the clause shall go.")
@click.option("--noc", is_flag=True, help="NOC: the clause shall stay as it is.")
@click.option("--editorial", is_flag=True, help="(MOD): the form changes, not the substance.")
@click.option("--label", default="", help="The label of an added clause, such as “e)”.")
@click.option("--kind", type=click.Choice(KINDS), help="What an added clause is.")
@click.option("--level", type=click.IntRange(0, 12), help="How deep an added clause stands.")
@click.option("--symbol", default="", help="The document symbol, such as CUB/70/3.")
@click.option("--reason", default="", help="Why, in the sponsor's words.")
@acting
@click.pass_context
def propose(ctx: click.Context, /, clause: str | None, **said: object) -> None:
    """Propose a change: a MOD to words, an ADD, a SUP or a NOC.

    --for names the sponsors, separated by commas. The proposal is pending until it is retained or
    not: it shows in brackets, and its strikes stay visible.

    \b
      negotiation propose recalling/c --words shall --with should --for CUB --symbol CUB/70/3
      negotiation propose resolves/2 --insert "where possible" --after "readings" --for B,MEX
      negotiation propose resolves/2 --text "that readings be open to all;" --for J
      negotiation propose --add --after reaffirming/d --label "e)" --text "Decision 9;" --for ARB
      negotiation propose noting/b --sup --for USA

    Next: `open` shows it with a number; `support`, `retain`, `drop` and `merge` take it further.
    """
    desk = the_desk()
    kinds = [name for name in ("add", "sup", "noc") if said[name]]
    if len(kinds) > 1:
        raise click.UsageError("One of --add, --sup and --noc at a time.", ctx)
    acts = who_acts()
    sponsors = parties(desk, acts.behalf)
    from negotiation.domain.terms import ProposalTerms

    terms = ProposalTerms(desk.new_id(), str(said["symbol"]), sponsors, str(said["reason"]))
    if said["add"]:
        wanted: Command = _addition(ctx, desk, terms, clause)
    else:
        if clause is None:
            raise click.UsageError("Name the CLAUSE, or use --add for a new one.", ctx)
        wanted = _change(ctx, desk, terms, clause)
    name = terms.symbol or terms.id
    whose = f" for {', '.join(sponsors)}" if sponsors else ""
    did = f"Proposed {name}{whose}"
    make(desk, wanted, acts.hand(",".join(sponsors), delegation=True), did)


def _change(ctx: click.Context, desk: Desk, terms: ProposalTerms, said: str) -> Command:
    from negotiation.domain.commands import ProposeAmendment, ProposeDeletion, ProposeNoChange

    changes = changes_in(ctx)
    whole = ctx.params["sup"] or ctx.params["noc"]
    if whole and changes:
        raise click.UsageError("--sup and --noc concern the whole clause and take no words.", ctx)
    if not whole and not changes:
        raise click.UsageError(
            "Say what shall change: --words with --with, --insert, --delete, --text, --sup, --noc.",
            ctx,
        )
    clause = clause_named(desk, said).id
    if ctx.params["sup"]:
        return ProposeDeletion(clause, terms)
    if ctx.params["noc"]:
        return ProposeNoChange(clause, terms)
    return ProposeAmendment(clause, terms, changes, bool(ctx.params["editorial"]))


def _addition(ctx: click.Context, desk: Desk, terms: ProposalTerms, before: str | None) -> Command:
    from negotiation.domain.commands import ProposeAddition
    from negotiation.domain.terms import Kind

    params = ctx.params
    if before is not None and params["after"]:
        raise click.UsageError("With --add, the clause before it is named once.", ctx)
    for name, option in (("words", "--words"), ("insert", "--insert"), ("before", "--before")):
        if params[name]:
            raise click.UsageError(f"{option} does not go with --add; its words are --text.", ctx)
    if len(params["text"]) != 1 or len(params["after"]) > 1:
        raise click.UsageError("--add takes one --text, and --after for its place.", ctx)
    place = before if before is not None else next(iter(params["after"]), None)
    neighbour = clause_named(desk, place) if place else None
    level = params["level"]
    kind = Kind.ITEM if params["label"] else Kind.PARAGRAPH
    if neighbour is not None:
        order = desk.timeline.negotiation(desk.timeline.head).order
        deep = next((one.level for one in order if one.clause == neighbour.id), 0)
        level = deep if level is None else level
        if neighbour.kind in (Kind.ITEM, Kind.PARAGRAPH):
            kind = neighbour.kind
    if params["kind"]:
        kind = Kind(params["kind"])
    return ProposeAddition(
        desk.new_id(),
        terms,
        kind,
        params["label"],
        params["text"][0],
        neighbour.id if neighbour is not None else _last(desk),
        level or 0,
    )


def _last(desk: Desk) -> str:
    """The last clause of the text: where a new one goes when nobody says where."""
    order = desk.timeline.negotiation(desk.timeline.head).order
    return order[-1].clause if order else ""
