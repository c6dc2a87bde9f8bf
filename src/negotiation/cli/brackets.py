"""Brackets: placed, held, released, narrowed or widened, noted."""

from __future__ import annotations

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.targets import (
    bracket_named,
    clause_named,
    hand_of_call,
    hand_of_party,
    parties,
    title,
    words_at,
)

KINDS = ("contested", "alternatives", "outer", "option", "placeholder", "whole text")


@command()
@click.argument("clause")
@click.option("--words", metavar="WORDS", help="The words inside; without, the whole clause.")
@click.option("--to", "last", metavar="CLAUSE", help="Up to this clause, that one included.")
@click.option(
    "--to-words", "last_words", metavar="WORDS", help="Up to the end of these words in the last."
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="contested",
    show_default=True,
    help="What the bracket asks for.",
)
@click.option("--holders", default="", metavar="PARTIES", help="Who insists, besides --for.")
@click.option("--status", default="", help="The note on it: “to be taken up on Tuesday”.")
@click.option("--reason", default="", help="Why.")
@acting
def bracket(
    clause: str,
    words: str | None,
    last: str | None,
    last_words: str | None,
    kind: str,
    holders: str,
    status: str,
    reason: str,
) -> None:
    """Put a bracket around words, a clause, or everything up to another clause.

    \b
      negotiation bracket resolves/2 --words "free of charge" --for USA
      negotiation bracket reaffirming/e --to reaffirming/g --status "to be further discussed"

    With --words and --to it runs from the beginning of the words. A bracket may cross another one.
    Next: `open` numbers it; `hold`, `release`, `reach`, `table`, `lift` and `resolve` work on it.
    """
    from negotiation.domain.commands import PlaceBracket
    from negotiation.domain.terms import BracketKind

    desk = the_desk()
    held = parties(desk, f"{who_acts().behalf},{holders}")
    first = clause_named(desk, clause)
    wanted = PlaceBracket(
        desk.new_id(),
        first.id,
        words_at(words) if words else None,
        clause_named(desk, last).id if last else "",
        words_at(last_words) if last_words else None,
        BracketKind(kind),
        held,
        status,
        reason,
    )
    hand = hand_of_call(desk)
    make(desk, wanted, hand, f"Placed a bracket at {clause}")


@command()
@click.argument("point")
@click.option("--reason", default="", help="Why, in the party's words.")
@acting
@click.pass_context
def hold(ctx: click.Context, point: str, reason: str) -> None:
    """Insist on a bracket, for the party named with --for.

    POINT is the number in `open`, an id, or its place and words in it, which stay good when
    numbers move up.

    \b
      negotiation hold 1 --for USA --reason "awaiting instructions"
      negotiation hold "resolves/5: a fund" --for USA

    Next: `open` names the holders; `release` is the way back.
    """
    from negotiation.domain.commands import HoldBracket

    desk = the_desk()
    found = bracket_named(desk, point, "a party keeps it open with `position`, or brackets it")
    hand = hand_of_party(ctx, desk)
    party = hand.behalf
    did = f"{party} holds {title(found)}"
    make(desk, HoldBracket(found.id, party, reason), hand, did)


@command()
@click.argument("point")
@acting
@click.pass_context
def release(ctx: click.Context, point: str) -> None:
    """Insist on a bracket no longer; it stays until the chair lifts it.

    \b
      negotiation release 1 --for USA

    Next: `lift 1`.
    """
    from negotiation.domain.commands import ReleaseBracket

    desk = the_desk()
    found = bracket_named(desk, point, "nobody holds it")
    hand = hand_of_party(ctx, desk)
    party = hand.behalf
    did = f"{party} released {title(found)}"
    make(desk, ReleaseBracket(found.id, party), hand, did)


@command()
@click.argument("point")
@click.option("--words", required=True, metavar="WORDS", help="The words that it shall cover.")
@click.option("--clause", metavar="CLAUSE", help="Where, if not the clause where it stands.")
@acting
def reach(point: str, words: str, clause: str | None) -> None:
    """Let a bracket cover fewer or more words of its clause.

    \b
      negotiation reach 1 --words "free of charge"

    Next: `text` shows where it stands now.
    """
    from negotiation.domain.commands import ReachBracket

    desk = the_desk()
    found = bracket_named(desk, point, "its sponsor rewords it with `revise-proposal`")
    where = clause_named(desk, clause).id if clause else found.clauses[0]
    hand = hand_of_call(desk)
    did = f"Moved the edges of the bracket at {found.where}"
    make(desk, ReachBracket(found.id, where, words_at(words)), hand, did)


@command()
@click.argument("point")
@click.argument("status")
@acting
def status(point: str, status: str) -> None:
    """Note how an open point stands.

    \b
      negotiation status 1 "to be further discussed"

    Next: `open` prints the note beside the point.
    """
    from negotiation.domain.commands import NoteStatus

    desk = the_desk()
    found = bracket_named(desk, point, "`remark` notes something beside its clause")
    hand = hand_of_call(desk)
    did = f"Noted “{status}” on {title(found)}"
    make(desk, NoteStatus(found.id, status), hand, did)
