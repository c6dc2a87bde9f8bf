"""`follow`: the entries as they land, whoever writes them, until somebody stops it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from negotiation.cli.entries_told import Told
from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common, moment_of, seen_by_option, the_desk, viewer_of
from negotiation.cli.saying import as_json, asked, coloured, note, shown

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.following import Looked

_CHUNK = 500
"""Entries that are said in one go when there are many to catch up on."""


@command()
@click.option(
    "--from", "from_", metavar="WHEN", help="Begin with this entry; otherwise with what comes next."
)
@seen_by_option
@common
def follow(from_: str | None, seen_by: str | None) -> None:
    """Print entries as they land, whoever writes them, as `log` prints them.

    It goes on until Ctrl+C, or until whoever reads it goes away. An act is printed whole or not
    yet; nothing is left out and nothing comes twice. While the store cannot be read (moved,
    replaced, locked, a disk at fault) a line on standard error says that it is not live and why,
    and another one when it is again. It ends with code 1 when an accreditation is revoked.

    With --json one line of JSON an entry. When an earlier copy of the record was put back, a line
    {"back_to": 40, ...} says that the entries behind that number are void; those that are on the
    record now follow.

    \b
      negotiation follow
      negotiation follow --from 1 --json | jq .sentence
      negotiation follow --from now~3 --seen-by public

    Next: `log` for what was, `room` for the text as it changes.
    """
    from negotiation.following import Follower

    desk = the_desk()
    told = Told(desk, viewer_of(desk, seen_by))
    begins = max(moment_of(desk, from_), 1) if from_ else desk.timeline.head + 1
    follower = Follower(desk)
    try:
        _print(told, desk, begins)
        while True:
            looked = follower.look()
            if follower.shut_out:
                raise Stopped(follower.cut)
            _tell_state(looked, follower.cut)
            if looked.fresh:
                # An act is on the record as a whole, and so is it here.
                _print(told, desk, looked.fresh[0].number)
            if _reader_left(looked.wait):
                return
    except KeyboardInterrupt:
        return


def _print(told: Told, desk: Desk, first: int) -> None:
    """Print the entries from this one to the end, in few and whole pieces."""
    from negotiation.views.the_log import the_log

    while first <= (head := desk.timeline.head):
        last = desk.end_of_act(min(first + _CHUNK, head))
        lines = told.lines(the_log(desk.timeline, first, last))
        said = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
        if said:
            click.echo(said if asked().json else said.decode(), color=None if coloured() else False)
        first = last + 1


def _tell_state(looked: Looked, cut: str) -> None:
    if looked.back_to is not None and asked().json:
        click.echo(as_json({"back_to": looked.back_to, "sentence": looked.told}))
    if looked.told:
        now = time.strftime("%H:%M:%S")
        note(shown(f"Not live since {now}: {cut}" if cut else f"{now}  {looked.told}"))


def _reader_left(seconds: float) -> bool:
    """Let time pass; ends early, with yes, when whoever reads our output went away."""
    try:
        from select import POLLERR, POLLHUP, poll

        reader = poll()
        reader.register(sys.stdout.fileno(), 0)
    except (ImportError, OSError, ValueError):
        # On Windows, or where the output is no file: the next line that is written will tell.
        time.sleep(seconds)
        return False
    return any(what & (POLLERR | POLLHUP) for _, what in reader.poll(max(1, int(seconds * 1000))))
