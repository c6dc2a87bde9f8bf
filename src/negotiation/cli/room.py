"""`room`: what the projector shows, on this terminal or in a browser; it only reads."""

from __future__ import annotations

import os
import shlex
import sys

import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common, room_named, store
from negotiation.cli.saying import asked, shown
from negotiation.ledger.address import named

_MISSING = ("textual", "rich", "negotiation_tui", "textual_serve", "aiohttp", "aiohttp_jinja2")


@command()
@click.argument("file", metavar="[STORE]", required=False, type=click.Path())
@click.option("--serve", is_flag=True, help="Show it in a browser instead of this terminal.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; 0.0.0.0 lets other machines in, who then need the token.",
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="On which port."
)
@click.option(
    "--fontsize",
    default=24,
    show_default=True,
    type=click.IntRange(6, 96),
    help="Size of the letters; ?fontsize=32 in the address says the same for one tab.",
)
@click.option(
    "--token",
    default="",
    help="What browsers must show; no accreditation; made if needed.",
)
@common
def room(file: str | None, serve: bool, host: str, port: int, fontsize: int, token: str) -> None:
    """Show what the room sees: one clause in large letters, and what just changed.

    It follows what the chair shows, says nothing that is private and writes nothing. Any number
    may be open at once, on this machine or, with --serve, in browsers.

    \b
      negotiation room
      negotiation room --serve --fontsize 32
      negotiation room --serve --host 0.0.0.0

    Without encryption of its own: on a network of others, put a proxy in front of it.
    It needs the extra: pip install 'negotiation[tui]'.
    """
    where = file or store()
    if asked().plain:
        os.environ["NO_COLOR"] = "1"
    if serve:
        _serve(where, host, port, fontsize, token)
        return
    if not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise Stopped(
            "There is no terminal here to show the room on; "
            f"`negotiation room {shown(shlex.quote(named(where)))} --serve` shows it in a browser."
        )
    try:
        from negotiation_tui.room_app import run
    except ModuleNotFoundError as missing:
        raise _not_installed(missing) from missing
    run(where, room_named())


def _serve(where: str, host: str, port: int, fontsize: int, token: str) -> None:
    from negotiation.desk import Desk

    # Said here once, and not in every tab; whatever else is begun there, they keep to this one.
    desk = Desk.open(where, room_named())
    negotiation = desk.timeline.id
    desk.close()
    try:
        from negotiation_tui.serve import CannotServe, RoomServer
    except ModuleNotFoundError as missing:
        raise _not_installed(missing) from missing
    try:
        RoomServer(
            where,
            negotiation,
            host=host,
            port=port,
            font_size=fontsize,
            token=token,
            say=click.echo,
        ).serve()
    except CannotServe as fault:
        raise Stopped(str(fault)) from fault


def _not_installed(missing: ModuleNotFoundError) -> Exception:
    if (missing.name or "").partition(".")[0] not in _MISSING:
        return missing
    return Stopped("The room's screen is not installed; pip install 'negotiation[tui]' brings it.")
