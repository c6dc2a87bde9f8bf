"""What becomes of a proposal: supported, revised, withdrawn, brought back, taken or merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import Ordered, acting, command, the_desk
from negotiation.cli.rewording import changes_and_words, changes_in, rewording
from negotiation.cli.targets import (
    hand_of_call,
    hand_of_party,
    proposal_named,
    words_at,
)

if TYPE_CHECKING:
    from negotiation.desk import Desk


def title(desk: Desk, proposal: str) -> str:
    """What to call a proposal when saying what was done."""
    for clause in desk.timeline.moment().clauses:
        if (found := clause.proposal(proposal)) is not None:
            by = f" by {', '.join(found.sponsors)}" if found.sponsors else ""
            return found.symbol or f"the {found.kind}{by}"
    return proposal


@command()
@click.argument("proposal")
@acting
@click.pass_context
def support(ctx: click.Context, proposal: str) -> None:
    """Second or support a proposal, for the party named with --for.

    PROPOSAL is a symbol, an id, a sponsor, or its number in `open`. Silence is never support.

    \b
      negotiation support CUB/70/3 --for MEX

    Next: `fate CUB/70/3` shows who supports it.
    """
    from negotiation.domain.commands import SupportProposal

    desk = the_desk()
    hand, one = hand_of_party(ctx, desk), proposal_named(desk, proposal)
    party = hand.behalf
    make(desk, SupportProposal(one, party), hand, f"{party} supports {title(desk, one)}")


@command("revise-proposal", cls=Ordered)
@click.argument("proposal")
@rewording
@acting
@click.pass_context
def revise_proposal(ctx: click.Context, /, proposal: str, **_: object) -> None:
    """Give one's own proposal other words; only a sponsor may, named with --for.

    The new wording starts from the clause without the former one.

    \b
      negotiation revise-proposal CUB/70/3 --words shall --with may --for CUB

    Next: `text CLAUSE --reading marked` shows both wordings.
    """
    from negotiation.domain.commands import ReviseProposal

    desk = the_desk()
    changes = changes_in(ctx)
    if not changes:
        raise click.UsageError("Say how it reads now: --words with --with, --insert, --text.", ctx)
    hand, one = hand_of_party(ctx, desk), proposal_named(desk, proposal)
    party = hand.behalf
    make(desk, ReviseProposal(one, party, changes), hand, f"{party} revised {title(desk, one)}")


@command()
@click.argument("proposal")
@acting
@click.pass_context
def withdraw(ctx: click.Context, proposal: str) -> None:
    """Take one's proposal back; only a sponsor may, named with --for.

    \b
      negotiation withdraw CUB/70/3 --for CUB

    Next: any party brings it back with `reintroduce`.
    """
    from negotiation.domain.commands import WithdrawProposal

    desk = the_desk()
    hand, one = hand_of_party(ctx, desk), proposal_named(desk, proposal)
    party = hand.behalf
    make(desk, WithdrawProposal(one, party), hand, f"{party} withdrew {title(desk, one)}")


@command()
@click.argument("proposal")
@acting
@click.pass_context
def reintroduce(ctx: click.Context, proposal: str) -> None:
    """Bring back a proposal that was withdrawn or not retained; any party may, with --for.

    \b
      negotiation reintroduce CUB/70/3 --for ARB

    Next: `open` shows it again.
    """
    from negotiation.domain.commands import ReintroduceProposal

    desk = the_desk()
    hand, one = hand_of_party(ctx, desk), proposal_named(desk, proposal)
    party = hand.behalf
    did = f"{party} brought back {title(desk, one)}"
    make(desk, ReintroduceProposal(one, party), hand, did)


@command(cls=Ordered)
@click.argument("proposal")
@rewording
@acting
@click.pass_context
def retain(ctx: click.Context, /, proposal: str, **_: object) -> None:
    """Take a proposal into the text: whole, some of its words, or as amended.

    --words alone keeps these of its words and no others; --words with --with, --insert and the
    others amend it in the same act.

    \b
      negotiation retain CUB/70/3
      negotiation retain CUB/70/3 --words "where possible"
      negotiation retain CUB/70/3 --words shall --with should

    Next: `fate CUB/70/3` tells it word by word.
    """
    from negotiation.domain.commands import RetainProposal

    desk = the_desk()
    one = proposal_named(desk, proposal)
    changes, words = changes_and_words(ctx)
    did = f"Retained {title(desk, one)}{_how(bool(words), bool(changes))}"
    hand = hand_of_call(desk)
    make(desk, RetainProposal(one, words, changes), hand, did)


def _how(in_part: bool, amended: bool) -> str:
    parts = [*(["in part"] if in_part else []), *(["as amended"] if amended else [])]
    return f" {' and '.join(parts)}" if parts else ""


@command()
@click.argument("proposal")
@click.option(
    "--words", multiple=True, metavar="WORDS", help="Only these of its words; may be repeated."
)
@acting
def drop(proposal: str, words: tuple[str, ...]) -> None:
    """Do not retain a proposal, or not these of its words; the rest stays on the table.

    \b
      negotiation drop B/75/6
      negotiation drop B/75/6 --words "where possible"

    Next: its words stay on the record; `reintroduce` brings it back.
    """
    from negotiation.domain.commands import DropProposal

    desk = the_desk()
    one = proposal_named(desk, proposal)
    hand = hand_of_call(desk)
    did = f"Did not retain {'words of ' if words else ''}{title(desk, one)}"
    make(desk, DropProposal(one, tuple(words_at(one) for one in words)), hand, did)


@command()
@click.argument("proposal")
@click.argument("into")
@acting
def merge(proposal: str, into: str) -> None:
    """Let a proposal live on in another one; the words that both have are merged.

    \b
      negotiation merge ARB/79A4/4 CUB/70/3

    Its other words are not retained, and the answer names them. Next: `fate ARB/79A4/4`.
    """
    from negotiation.domain.commands import MergeProposal

    desk = the_desk()
    one, other = proposal_named(desk, proposal), proposal_named(desk, into)
    hand = hand_of_call(desk)
    did = f"Merged {title(desk, one)} into {title(desk, other)}"
    make(desk, MergeProposal(one, other), hand, did)
