"""`export`: the text in a form that others read, and the received file as it came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import (
    at_option,
    command,
    common,
    moment_of,
    the_desk,
)
from negotiation.cli.saying import Look, answer, count, drawn, fields, quoted, say, shown
from negotiation.cli.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotiation.desk import Desk
    from negotiation.domain.negotiation import Received

_IN_ONE_LINE = 3
"""So many kinds of loss are told in one line; more are a list."""


@command()
@click.argument("file", type=click.Path())
@at_option
@click.option(
    "--reading",
    metavar="READING",
    help="marked, open, live, base, clean or as:SPONSOR; if not said, marked in .md and Word.",
)
@click.option(
    "--without-names", "unnamed", is_flag=True, help="Nothing that says who asked for what."
)
@click.option("--received", is_flag=True, help="The received file, byte for byte.")
@click.option(
    "--document", metavar="NAME", help="Which received file, by symbol or name; the draft if not."
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@common
@click.pass_context
def export(
    ctx: click.Context,
    file: str,
    at: str | None,
    reading: str | None,
    unnamed: bool,
    received: bool,
    document: str | None,
    force: bool,
) -> None:
    """Write a document; the end of FILE says its form: .docx, .md, .txt, .json, .xml or .html.

    .docx is Word, with tracked changes from the base to the present text, each under its sponsor
    or whoever made it, with the day; comments say who holds what. Accept all changes and it is the
    live text, reject all and it is the base. .md is the notation of the drafts and reads back to
    the same text. .html is a page that replays the record up to WHEN act by act, in any browser and
    without a network; only what everybody may read is in it. .xml is Akoma Ntoso with all marks,
    valid against its standard, and `import` reads it back. --received gives back the file that was
    imported, byte for byte. --without-names leaves out sponsors, holders, symbols, grounds and
    notes, and numbers the wordings of an open point. Positions and remarks are in Word and in .xml
    alone, where they are for the public. What Word or .xml cannot say is listed.

    \b
      negotiation export talks.docx
      negotiation export before.docx --at 120 --reading live
      negotiation export public.md --without-names
      negotiation export clean.txt --reading clean
      negotiation export replay.html --at "DL/13(Rev.3)"
      negotiation export original.md --received
      negotiation export text.xml

    Next: `text --reading live` for what Word shows once all changes are accepted.
    """
    if unnamed and (received or document is not None):
        raise click.UsageError("A received file comes as it is, names and all.", ctx)
    desk = the_desk()
    position = moment_of(desk, at)
    received = received or document is not None
    if received:
        content = _source(_received(desk, position, document))
    else:
        content = _written(desk, position, file, reading or "", names=not unnamed)
    write_file(Path(file), content, force=force)
    left = _still_named(desk, position, file) if unnamed else []
    told: dict[str, object] = {"file": file, "bytes": len(content), "at": position}
    lost = None if received else _lost(desk, position, file, reading or "", not unnamed)
    if lost is not None:
        told["lost"] = lost
    if answer({**told, "still_named": left} if unnamed else told):
        return
    say(f"Wrote {shown(file)}: {count(len(content), 'byte')}, entry {position}.")
    tell_lost("Not in the file", lost)
    for one in left:
        where = drawn(str(one["path"]), Look.PATH) or "a place that is not in the text now"
        say(f"  The text itself says {quoted(str(one['name']))} at {where}; look whether it may.")


def _lost(
    desk: Desk, at: int, file: str, reading: str, names: bool
) -> list[dict[str, object]] | None:
    from negotiation.papers.export import losses

    wanted = "live" if reading == "clean" else reading
    found = losses(desk.timeline, at, file, wanted, names=names)
    return None if found is None else [fields(one) for one in found]


def tell_lost(where: str, lost: Sequence[dict[str, object]] | None) -> None:
    """Print what a file or a record does not hold of the other, each kind counted."""
    listed = [f"{one['count']:,} {one['what']}" for one in lost or ()]
    if len(listed) > _IN_ONE_LINE:
        say(f"  {where}:")
        for one in listed:
            say(f"    {one}")
    elif listed:
        say(f"  {where}: {', '.join(listed)}.")


def _still_named(desk: Desk, at: int, file: str) -> list[dict[str, object]]:
    """Where the words of the text name a party themselves: those stay, and are told of."""
    from negotiation.papers.replay.text_of import ever_still_named
    from negotiation.papers.without_names import named_in, still_named
    from negotiation.views.paths import paths

    moment = desk.timeline.moment(at)
    called = paths(moment)
    if file.casefold().endswith(".html"):
        # A replay shows the text of every moment, and whatever it said then.
        found = ever_still_named(desk.timeline, at)
    else:
        found = still_named(moment, named_in(desk.timeline, at))
    return [fields(one, path=called.get(one.clause, "")) for one in found]


def _written(desk: Desk, at: int, file: str, reading: str, *, names: bool) -> bytes:
    from negotiation.papers.export import CannotWrite, write

    wanted = reading
    if reading == "clean":
        from negotiation.cli.text import not_clean
        from negotiation.views.is_it_clean import NotClean, clean

        answered = clean(desk.timeline, at)
        if isinstance(answered, NotClean):
            raise Stopped(not_clean(answered))
        # With nothing open, the live reading has no mark left to show.
        wanted = "open"
    try:
        return write(desk.timeline, at, file, wanted, names=names)
    except CannotWrite as fault:
        raise Stopped(str(fault)) from fault


def _source(document: Received) -> bytes:
    from negotiation.views.what_may_be_seen import is_withheld

    if is_withheld(document):
        raise Stopped(
            f"{document.name} as it was received is for the chair and the secretariat, since a "
            "file may hold more than its text; `export FILE.md` writes the text."
        )
    return document.source


def _received(desk: Desk, at: int, document: str | None) -> Received:
    from negotiation.domain.terms import DocumentRole

    held = desk.timeline.negotiation(at).documents
    if not held:
        raise Stopped(f"No document was received up to entry {at}; `import FILE` receives one.")
    if document is None:
        return next((one for one in held if one.role is DocumentRole.DRAFT), held[0])
    for one in reversed(held):
        if document in (one.symbol, one.name, one.role.value):
            return one
    names = ", ".join(one.name for one in held)
    raise Stopped(f"No document “{document}” was received; the record holds {names}.")
