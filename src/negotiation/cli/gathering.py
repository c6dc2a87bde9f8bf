"""Who takes part, and the meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk
from negotiation.cli.saying import Look, answer, drawn, say, shown
from negotiation.cli.targets import hand_of_call

if TYPE_CHECKING:
    from negotiation.desk import Desk


@command()
@click.argument("code", required=False)
@click.argument("name", default="")
@click.option("--member", multiple=True, metavar="CODE", help="A member of the group; repeat.")
@acting
def party(code: str | None, name: str, member: tuple[str, ...]) -> None:
    """Let a party take part, or name it more fully; without CODE, list the parties.

    Codes are the body's own: at the ITU, B is Brazil.

    \b
      negotiation party
      negotiation party CUB Cuba
      negotiation party CARICOM "Caribbean Community" --member JMC --member TRD
    """
    from negotiation.domain.commands import JoinParty

    desk = the_desk()
    if code is None:
        _list(desk)
        return
    code = _as_on_record(desk, code)
    make(desk, JoinParty(code, name, member), hand_of_call(desk), f"{name or code} takes part")


def _as_on_record(desk: Desk, code: str) -> str:
    """The code as a sponsor or holder has it already: cub is CUB."""
    from negotiation.spoken.places import known

    codes = {one.casefold(): one for one in known(desk.timeline.moment()).values()}
    return codes.get(code.casefold(), code)


def _list(desk: Desk) -> None:
    parties = desk.timeline.negotiation(desk.timeline.head).parties
    if answer({"parties": parties}):
        return
    if not parties:
        say("No party is on record yet; `party CODE NAME` adds one.")
    for one in parties:
        members = f" ({', '.join(one.members)})" if one.members else ""
        say(f"{drawn(one.code, Look.NUMBER)}  {shown(one.name + members)}".rstrip())


@command()
@click.argument("action", type=click.Choice(("open", "close")), required=False)
@click.argument("name", default="")
@acting
@click.pass_context
def meeting(ctx: click.Context, action: str | None, name: str) -> None:
    """Open or close a meeting; without an action, say which one is open.

    Acts made meanwhile carry its name.

    \b
      negotiation meeting open "3rd meeting"
      negotiation meeting close
    """
    from negotiation.domain.commands import CloseMeeting, OpenMeeting

    desk = the_desk()
    current = desk.timeline.negotiation(desk.timeline.head).meeting
    if action is None:
        if not answer({"meeting": current}):
            say(f"The meeting “{shown(current)}” is open." if current else "No meeting is open.")
        return
    if action == "open":
        if not name:
            raise click.UsageError("Name the meeting to open.", ctx)
        make(desk, OpenMeeting(name), hand_of_call(desk), f"Opened the meeting “{name}”")
        return
    if name and name != current:
        raise click.UsageError(f"The meeting that is open is “{current}”, not “{name}”.", ctx)
    make(desk, CloseMeeting(), hand_of_call(desk), f"Closed the meeting “{current}”")
