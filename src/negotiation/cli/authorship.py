"""`who` and `fate`: whose words these are, and what became of each proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import proposal_title
from negotiation.cli.faults import Stopped
from negotiation.cli.options import at_option, command, common, moment_of, the_desk
from negotiation.cli.saying import Look, answer, drawn, in_full, say, shown
from negotiation.cli.targets import clause_named

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.views.hands import Credit, Hand
    from negotiation.views.where_did_it_go import Part, ProposalFate
    from negotiation.views.who_wrote_this import Touch, Written


@command()
@click.argument("clause", required=False)
@at_option
@common
def who(clause: str | None, at: str | None) -> None:
    """Every word, living or struck, with who brought it, who struck it, when, and in which act.

    Whoever moved a clause, or gave it another label, is named behind its words.

    \b
      negotiation who reaffirming/e
      negotiation who --at 120

    Next: `fate` follows a proposal instead, `log CLAUSE` the entries on a clause.
    """
    from negotiation.views.who_moved_this import who_moved_this
    from negotiation.views.who_wrote_this import who_wrote_this

    desk = the_desk()
    position = moment_of(desk, at)
    only = clause_named(desk, clause, position).id if clause else None
    found = who_wrote_this(desk.timeline, position, only)
    moves = who_moved_this(desk.timeline, position, only)
    if answer({"at": position, "clauses": found, "moves": moves}):
        return
    for one in found:
        say(drawn(one.path, Look.PATH))
        for run in one.runs:
            say(f"  {_mark(run)} {in_full(run.words)}")
            say(f"      {_history(run)}")
        for move in moves:
            if move.clause == one.clause:
                say(shown(f"    {move.done.value} by {_hand(move.hand)}."))


def _mark(run: Written) -> str:
    from negotiation.views.on_the_page import Sort

    match run.sort:
        case Sort.STRUCK | Sort.GONE:
            return drawn("-", Look.STRUCK)
        case Sort.INSERTED | Sort.INSERTED_KEPT:
            return drawn("+", Look.INSERTED)
        case _:
            return " "


def _history(run: Written) -> str:
    told = [run.whence.value if run.inserted is None else f"put in {_touch(run.inserted)}"]
    told += [f"struck {_touch(one)}" for one in run.struck]
    if run.contributors:
        told.append(f"with {', '.join(_credit(one) for one in run.contributors)}")
    return shown("; ".join(told)) + "."


def _touch(touch: Touch) -> str:
    decided = [
        f", {one.standing.value} by {_hand(one.hand)}"
        for one in touch.decisions
        if one.hand.act != touch.hand.act
    ]
    own = touch.decisions[0].standing.value if touch.decisions and not decided else ""
    state = "".join(decided) or f", {own or touch.standing.value}"
    credit = f" for {_credit(touch.credit)}" if touch.credit is not None else ""
    return f"by {_hand(touch.hand)}{credit}{state}"


def _hand(hand: Hand) -> str:
    from negotiation.domain.entries import Bound
    from negotiation.domain.people import Capacity

    who, when = hand.behalf or hand.by, hand.written
    if hand.capacity is Capacity.IMPORT:
        # Whoever marked a page is not whose proposal it is: a file tells of the first.
        own = hand.behalf in ("", hand.by)
        who = hand.by if own else f"{hand.by} for {hand.behalf}"
        when = hand.happened if hand.bound is Bound.AT else hand.written
    return f"{who} (entry {hand.entry}, act {hand.act}, {when[:16]}Z)"


def _decided(hand: Hand) -> str:
    from negotiation.domain.people import Capacity

    if hand.capacity is Capacity.IMPORT:
        # Nobody in the file decided anything: the page shows the change as made.
        return f"as the page shows it (entry {hand.entry}, act {hand.act})"
    return f"by {_hand(hand)}"


def _credit(credit: Credit) -> str:
    sponsors = ", ".join(credit.sponsors)
    name = credit.symbol or credit.proposal
    return f"{name} ({sponsors})" if sponsors else name


@command()
@click.argument("symbol", required=False)
@at_option
@common
def fate(symbol: str | None, at: str | None) -> None:
    """What became of each proposal, word by word.

    SYMBOL is a proposal's symbol or id, or its sponsor's code or name; without it, all.

    \b
      negotiation fate
      negotiation fate CUB/70/3
      negotiation fate Cuba --at now~1

    Next: `reintroduce` brings a proposal back that fell.
    """
    from negotiation.views.where_did_it_go import fates

    desk = the_desk()
    position = moment_of(desk, at)
    found = fates(desk.timeline, position, symbol)
    if symbol is not None and not found:
        raise Stopped(
            f"There is no proposal “{symbol}” at entry {position}; `fate` alone lists them all."
        )
    if answer({"at": position, "proposals": found}):
        return
    if not found:
        say("No proposal is on the record.")
    for one in found:
        _tell(desk, one)


def _tell(desk: Desk, one: ProposalFate) -> None:
    supporters = f", supported by {', '.join(one.supporters)}" if one.supporters else ""
    into = f" into {one.into}" if one.into else ""
    proposed = f"  (entry {one.proposed.entry})" if one.proposed is not None else ""
    say(
        f"{drawn(proposal_title(desk, one), Look.STRONG)}  {drawn(one.path, Look.PATH)}  "
        f"{shown(one.state + into + supporters)}{drawn(proposed, Look.FAINT)}"
    )
    for part in one.parts:
        if part.words.strip():
            say(f"     {_part(part)}")


def _part(part: Part) -> str:
    sign = drawn("-", Look.STRUCK) if part.deletes else drawn("+", Look.INSERTED)
    into = f" into {part.into}" if part.into else ""
    by = f" {_decided(part.decided)}" if part.decided is not None else ""
    return f"{sign} {in_full(part.words)}  {shown(part.became.value + into + by)}"
