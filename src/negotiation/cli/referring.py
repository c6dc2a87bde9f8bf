"""`refer` and `refer-back`: the text goes to another body, and comes back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk
from negotiation.cli.saying import Look, count, drawn, fields, note, shown
from negotiation.cli.targets import clause_named, hand_of_call, until_when

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.record import Record


@command()
@click.argument("body")
@click.option("--mandate", default="", metavar="WORDS", help="What the body is asked to do.")
@click.option("--until", metavar="TIME", help="When it has to be back: 18:00 or 2026-03-14T18:00.")
@acting
def refer(body: str, mandate: str, until: str | None) -> None:
    """Refer the text to another body; it stays one record, and comes back as a whole.

    \b
      negotiation refer "Committee 4"
      negotiation refer "drafting group" --mandate "the figures in b)" --until 2026-03-14T18:00

    From there it may be referred on; it comes back by the way it went. What was agreed stays
    agreed, at the level of the body that agreed it.

    Next: `refer-back` takes it back; `rooms` and `open` say who has it, and what is overdue.
    """
    from negotiation.domain.commands import ReferText

    desk = the_desk()
    deadline = until_when(desk, until)
    wanted = ReferText(body, mandate, deadline, desk.clock())
    make(desk, wanted, hand_of_call(desk), f"Referred the text to {shown(body.strip())}")
    _tell_questions(desk)


@command("refer-back")
@click.argument("clause", required=False)
@click.option("--to", "level", metavar="LEVEL", help="Of a clause: the level to go back to.")
@click.option("--decision", metavar="WORDS", help="Of a clause: the decision that refers it back.")
@click.option("--report", metavar="WORDS", help="Of the text: what the body says of its work.")
@acting
@click.pass_context
def refer_back(
    ctx: click.Context,
    clause: str | None,
    level: str | None,
    decision: str | None,
    report: str | None,
) -> None:
    """Send the text back to the body it came from; or a clause to a lower level.

    Without CLAUSE the whole text goes back by the way it came. With one, its agreed words go back
    to the body of a lower level and stay agreed there.

    \b
      negotiation refer-back --report "agreed, but for b)"
      negotiation refer-back resolves/1 --to "working group" --decision "Plenary, 4 November"

    Next: `since WHEN` for what happened to the text while it was there.
    """
    if clause is not None:
        if report is not None:
            raise click.UsageError("--report is of the whole text; leave CLAUSE out.", ctx)
        if level is None or decision is None:
            raise click.UsageError("A clause goes back with --to LEVEL and --decision WORDS.", ctx)
        _clause_back(clause, level, decision)
        return
    if level is not None or decision is not None:
        raise click.UsageError("--to and --decision are of a clause; name one as CLAUSE.", ctx)
    from negotiation.domain.commands import ReferTextBack

    desk = the_desk()
    whole = desk.timeline.negotiation(desk.timeline.head)
    way = [whole.body, *(one.body for one in whole.referrals)]
    to = f" to {shown(way[-2])}" if len(way) > 1 and way[-2] else ""
    did = f"Referred the text back{to} from {shown(way[-1])}"
    make(desk, ReferTextBack(report or ""), hand_of_call(desk), did)


def _clause_back(clause: str, level: str, decision: str) -> None:
    from negotiation.domain.commands import ReferBack

    desk = the_desk()
    found = clause_named(desk, clause)
    wanted = ReferBack(found.id, level, decision)
    make(desk, wanted, hand_of_call(desk), f"Referred {clause} back to {level}")


def _tell_questions(desk: Desk) -> None:
    """What waits for an answer goes along, and is easily forgotten."""
    whole = desk.timeline.negotiation(desk.timeline.head)
    if left := len(whole.decisions):
        waits = "waits" if left == 1 else "wait"
        note(f"{count(left, 'question')} before the room still {waits} for the gavel (`pending`).")


# -- who has it -----------------------------------------------------------------------------------


def where_it_lies(desk: Desk, at: int) -> str:
    """Which body has the text, as a line for people; empty while it is where it began."""
    from negotiation.views.who_has_the_text import told, who_has_the_text

    lies = who_has_the_text(desk.timeline, at)
    if lies is None:
        return ""
    now = desk.clock() if at == desk.timeline.head else None
    late = now is not None and lies.overdue(now)
    line = shown(told(lies, local_time, now))
    return drawn(f"The text is {line}.", Look.ALARM if late else Look.STRONG)


def lies_json(desk: Record, at: int) -> dict[str, object] | None:
    """The same for programs."""
    from negotiation.views.who_has_the_text import who_has_the_text

    lies = who_has_the_text(desk.timeline, at)
    if lies is None:
        return None
    return fields(lies, overdue=at == desk.timeline.head and lies.overdue(desk.clock()))


def local_time(at: dt.datetime) -> str:
    """A time as the clocks of this place show it, without the year."""
    here = at.astimezone()
    return f"{here.day} {here:%b %H:%M}"
