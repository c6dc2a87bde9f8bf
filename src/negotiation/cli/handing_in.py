"""What delegations hand in from their own terminals, and the chair's answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.done import entries_json, make, tell_act
from negotiation.cli.options import acting, at_option, command, common, moment_of, the_desk
from negotiation.cli.saying import Look, answer, drawn, fields, here, say, shown
from negotiation.cli.targets import hand_of_call

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.terms import HandedIn


@command("handed-in")
@at_option
@common
def handed_in(at: str | None) -> None:
    """What was handed in and waits for the chair: a delegation sees its own.

    \b
      negotiation handed-in
      negotiation handed-in --json

    Next: `admit N` puts it on the table, `decline N` does not; a delegation may `take-back N`.
    """
    from negotiation.views.paths import paths

    desk = the_desk()
    position = moment_of(desk, at)
    held = desk.timeline.negotiation(position).handed_in
    called = paths(desk.timeline.moment(position))
    rows = [
        fields(
            one,
            number=number,
            clauses=[called.get(clause, clause) for clause in one.clauses],
            since=_since(desk, one),
        )
        for number, one in enumerate(held, start=1)
    ]
    if answer({"at": position, "handed_in": rows}):
        return
    if not held:
        say(f"Nothing{'' if desk.admission.leads else ' of yours'} waits for the chair.")
    for number, one in enumerate(held, start=1):
        head = drawn(str(number), Look.NUMBER)
        say(f"{head}  {drawn(one.party, Look.STRONG)} ({one.id})  {shown(one.what)}")
        say(f"     handed in {_since(desk, one)}")


@command()
@click.argument("handed", required=False, metavar="[ID]")
@acting
def admit(handed: str | None) -> None:
    """Say yes to what was handed in: it is put on the table, on the text as it stands now.

    ID is its number or its id in `handed-in`; where only one waits, nothing needs to be said.

    \b
      negotiation admit
      negotiation admit h57

    Next: `open` shows it with a number; `retain`, `drop` and `merge` take it further.
    """
    from negotiation.admitting import admit as say_yes

    desk = the_desk()
    found = handed_named(desk, handed)
    entries = say_yes(desk, found.id, _for_nobody(desk))
    if answer({"act": entries[0].act.id, "entries": entries_json(entries)}):
        return
    tell_act(desk, entries, f"Admitted what {found.party} handed in ({found.id})")


@command()
@click.argument("handed", required=False, metavar="[ID]")
@click.option("--reason", default="", help="Why; the delegation reads it, and nobody else.")
@acting
def decline(handed: str | None, reason: str) -> None:
    """Not take up what was handed in; it stays between the chair and the delegation.

    \b
      negotiation decline h57 --reason "after the deadline for new proposals"

    Next: the delegation sees the answer in `log`, and may hand it in anew.
    """
    from negotiation.domain.commands import DeclineProposal

    desk = the_desk()
    found = handed_named(desk, handed)
    # The answer is theirs to read, and so it is on their behalf.
    hand = attrs.evolve(_for_nobody(desk), behalf=found.party)
    did = f"Did not take up what {found.party} handed in ({found.id})"
    make(desk, DeclineProposal(found.id, reason), hand, did)


@command("take-back")
@click.argument("handed", required=False, metavar="[ID]")
@acting
def take_back(handed: str | None) -> None:
    """Take back what was handed in, before the chair answered.

    \b
      negotiation take-back
      negotiation take-back h57

    Next: `propose` hands in something else.
    """
    from negotiation.domain.commands import TakeBackProposal

    desk = the_desk()
    found = handed_named(desk, handed)
    hand = attrs.evolve(hand_of_call(desk), behalf=found.party)
    make(desk, TakeBackProposal(found.id, found.party), hand, f"Took back {found.id}")


def handed_named(desk: Desk, said: str | None) -> HandedIn:
    """What waits under this number or id in `handed-in`, or the only thing that does."""
    from negotiation.domain.refusals import NoSuchThing, Unclear

    held = desk.timeline.negotiation(desk.timeline.head).handed_in
    if said is None and len(held) == 1:
        return held[0]
    if said is None and not held:
        raise Unclear("Nothing that was handed in waits; `log` tells what became of it.")
    if said is None:
        raise Unclear(
            f"{len(held)} proposals wait for the chair; say which, as `handed-in` has it."
        )
    for number, one in enumerate(held, start=1):
        if said in (str(number), one.id):
            return one
    numbered = f"`handed-in` numbers them from 1 to {len(held)}"
    raise NoSuchThing("proposal handed in", said, numbered if held else "nothing waits")


def _for_nobody(desk: Desk) -> Hand:
    """The hand of the chair; on whose behalf it is, what was handed in says."""
    return attrs.evolve(hand_of_call(desk), behalf="")


def _since(desk: Desk, one: HandedIn) -> str:
    return here(desk.timeline.entries[one.entry - 1].act.written)
