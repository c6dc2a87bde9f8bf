"""`correct`: an error in adopted words, put right with proof from the chain of versions."""

from __future__ import annotations

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, moment_of, the_desk
from negotiation.cli.targets import clause_named, hand_of_call, words_at


@command()
@click.argument("clause")
@click.option("--words", required=True, metavar="WORDS", help="The words in error, as printed.")
@click.option("--with", "new", required=True, metavar="WORDS", help="The right ones.")
@click.option(
    "--proof",
    multiple=True,
    required=True,
    metavar="WHEN",
    help="A moment at which the clause read so: an entry, a time, a version; may be repeated.",
)
@click.option("--reason", default="", help="How the error came about.")
@acting
def correct(clause: str, words: str, new: str, proof: tuple[str, ...], reason: str) -> None:
    """Correct an error in adopted words. The words must have stood so before: that is the proof.

    \b
      negotiation correct "Article 4/4" --words shall --with should --proof "DL/13(Rev.2)"

    Everything else in adopted words is for the next conference.
    """
    from negotiation.domain.commands import CorrectText, Rewording

    desk = the_desk()
    found = clause_named(desk, clause)
    entries = tuple(moment_of(desk, one) for one in proof)
    hand = hand_of_call(desk)
    wanted = CorrectText(found.id, (Rewording(new, words_at(words)),), entries, reason)
    make(desk, wanted, hand, f"Corrected {clause}")
