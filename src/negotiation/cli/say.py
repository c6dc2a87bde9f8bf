"""`say`: what is said in the room, as it is said, becomes one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk, who_acts
from negotiation.cli.saying import count, note, shown
from negotiation.cli.saying import say as tell
from negotiation.cli.targets import clause_named, party_code

if TYPE_CHECKING:
    from negotiation.desk import Desk, Hand
    from negotiation.domain.commands import Command
    from negotiation.spoken.meaning import Given, Meant, Which


@command()
@click.argument("words", nargs=-1, required=True)
@click.option("--in", "clause", metavar="CLAUSE", help="The clause that is spoken about.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and write nothing.")
@acting
def say(words: tuple[str, ...], clause: str | None, dry_run: bool) -> None:
    """Take what is said as it is said; all of it is one act.

    \b
      negotiation say --in resolves/2 'B add "as appropriate" after "measures"; USA +; CUB [ ]'
      negotiation say 'in resolves/2: USA delete "free of charge"'
      negotiation say 'chair lift' --in reaffirming/e --dry-run

    A party begins a statement, the chair's acts need none; statements are parted by semicolons.
    Words that stand in several places are named with their number: "the measures"#2.
    """
    from negotiation.domain.refusals import Unclear
    from negotiation.spoken.meaning import Given, Which

    desk = the_desk()
    meaning = _meaning(desk, " ".join(words), clause)
    if isinstance(meaning, Given):
        raise Unclear("To give the floor is no act; that is done on the chair's screen.")
    if isinstance(meaning, Which):
        _tell_places(desk, meaning)
        raise Unclear(_several(desk, meaning, clause))
    if dry_run:
        _tell_drafted(desk, meaning.command)
        return
    make(desk, meaning.command, _hand(desk, meaning), "Said")


def _several(desk: Desk, which: Which, clause: str | None) -> str:
    number = 'put its number behind the quotation, "…"#2'
    words = f"“{which.quoted.words}” stands in several places"
    if not clause:
        return f"{words}; {number}, or name the clause with --in."
    here = clause_named(desk, clause).id
    elsewhere = "" if any(one.clause == here for one in which.places) else f" and not in {clause}"
    return f"{words}{elsewhere}; {number}, or name another clause with --in."


def _meaning(desk: Desk, line: str, clause: str | None) -> Meant | Given | Which:
    from negotiation.domain.refusals import Refusal
    from negotiation.spoken.grammar import parse
    from negotiation.spoken.meaning import Floor, meant
    from negotiation.spoken.places import known

    parties = known(desk.timeline.moment())
    speaker = party_code(desk, who_acts().behalf)
    if speaker:
        parties.setdefault(speaker.casefold(), speaker)
    here = clause_named(desk, clause).id if clause else ""
    try:
        undoes = desk.act_of("last")
    except Refusal:
        undoes = ""
    floor = Floor(desk.timeline, here, "", speaker, desk.new_id, undoes=undoes, binds=bool(here))
    return meant(parse(line, parties), floor)


def _hand(desk: Desk, meaning: Meant) -> Hand:
    acts = who_acts()
    by = ",".join(meaning.by)
    hand = acts.hand(by or party_code(desk, acts.behalf), delegation=bool(by))
    return hand if acts.by or not by else attrs.evolve(hand, by=by)


def _tell_places(desk: Desk, which: Which) -> None:
    from negotiation.views.paths import paths

    called = paths(desk.timeline.moment())
    for number, one in enumerate(which.places, start=1):
        around = f"…{one.before}[{one.words}]{one.after}…"
        note(f"  {number}  {shown(called.get(one.clause, ''))}  {shown(around)}")


def _tell_drafted(desk: Desk, wanted: Command) -> None:
    from negotiation.views.on_the_page import Reading, line

    rehearsed = desk.rehearse(wanted)
    names = ", ".join(type(one.event).__name__ for one in rehearsed.drafted)
    entries = count(len(rehearsed.drafted), "entry")
    would = "Would be handed in, and with the chair's yes" if rehearsed.waits else "Would"
    tell(f"{would} write {entries} ({names}); nothing was written.")
    for before, after in rehearsed.changed:
        if before is not None:
            tell(f"  before  {shown(line(before, Reading.OPEN).rstrip())}")
        tell(f"  after   {shown(line(after, Reading.OPEN).rstrip())}")
