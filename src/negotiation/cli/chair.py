"""`chair`: the terminal screen, or what is open where there is no terminal."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from pathlib import Path

import click

from negotiation.cli.akoma_ntoso import text_of
from negotiation.cli.documents import begin, is_akoma_ntoso, page_of, receive
from negotiation.cli.faults import Stopped
from negotiation.cli.options import command, common, room_named, store
from negotiation.cli.saying import answer, asked, note, shown
from negotiation.ledger.address import at_server, named

_SQLITE = b"SQLite format 3\0"
_SAMPLE_STORE = "tide.db"


@command()
@click.argument("file", required=False, type=click.Path())
@click.option("--sample", is_flag=True, help="A sample negotiation, to try everything on.")
@common
def chair(file: str | None, sample: bool) -> None:
    """Open the chair's screen on a record, or on a page, which is received first.

    A page goes into --store, or else into a store beside it with the ending .db; it is opened
    again from there.
    Without a terminal, what is open is printed instead.

    \b
      negotiation chair
      negotiation chair draft.md
      negotiation chair --sample

    The screen needs the extra: pip install 'negotiation[tui]'.
    """
    if sample and file:
        raise click.UsageError("--sample brings its own page; leave FILE out.")
    where = _sample() if sample else _store_for(file)
    if not (sys.stdout.isatty() and sys.stdin.isatty()) or asked().json:
        _print_open(where)
        return
    try:
        from negotiation_tui.app import run
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("textual", "rich", "negotiation_tui"):
            raise
        raise Stopped(
            "The screen is not installed; pip install 'negotiation[tui]' brings it."
        ) from missing
    # The last part of an address may be a folder of the server, or the end of a password.
    run(where, room_named(), called=named(where) if at_server(where) else "")


def _store_for(file: str | None) -> str:
    """The store that FILE is, or that its page is received into."""
    if file is None:
        return store()
    if at_server(file):
        return file
    path = Path(file)
    if path.is_file() and _begins(path) == _SQLITE:
        return file
    return _received_into(asked().store or str(path.with_suffix(".db")), path)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_SQLITE))


def _sample() -> str:
    """The store of the sample: in this folder, or a temporary one where this cannot be written."""
    kept = Path(_SAMPLE_STORE)
    if kept.exists():
        note(f"The sample is in {kept}; delete that file to begin again.")
        return str(kept)
    texts = _texts()
    from negotiation.ledger.faults import StoreError

    try:
        return _made(kept, texts)
    except StoreError:
        return _made(Path(tempfile.mkdtemp(prefix="negotiation-")) / _SAMPLE_STORE, texts)


def _made(where: Path, texts: Path) -> str:
    from negotiation.cli.sample import PAGE, make_sample
    from negotiation.desk import now

    make_sample(str(where), texts, now()).close()
    note(f"Received {PAGE} into {shown(str(where))} and held four meetings on it.")
    return str(where)


def _texts() -> Path:
    """The folder of sample texts, which stands in the checkout of the project."""
    from negotiation.cli.sample import PAGE

    for folder in Path(__file__).resolve().parents:
        if (texts := folder / "fixtures" / "texts").joinpath(PAGE).is_file():
            return texts
    raise Stopped(
        "The sample texts are not installed with the program; they are in the folder "
        "fixtures/texts of its sources. Name a page of your own: `negotiation chair draft.md`."
    )


def _received_into(where: str, page: Path) -> str:
    source = text_of(str(page)) if is_akoma_ntoso(str(page)) else page_of(str(page))
    if _begun(where):
        _check_same(where, page, source)
        note(f"{shown(page.name)} was received into {shown(named(where))} before; opening that.")
        return where
    desk = begin(where)
    if is_akoma_ntoso(str(page)):
        desk.receive_akoma_ntoso(source, page.name)
    else:
        receive(desk, str(page), source, None, None, "")
    desk.close()
    note(f"Received {shown(page.name)} into {shown(named(where))}.")
    return where


def _begun(where: str) -> bool:
    """Whether a store holds anything that is not to be received over."""
    if not at_server(where):
        return os.path.exists(where) and os.path.getsize(where) > 0
    from negotiation.ledger.ledger import Ledger

    ledger = Ledger.open(where)
    try:
        return bool(ledger.negotiations())
    finally:
        ledger.close()


def _check_same(where: str, page: Path, source: bytes) -> None:
    """A store beside a page may be that of another page."""
    from negotiation.desk import Desk

    desk = Desk.open(where, room_named())
    try:
        held = desk.timeline.negotiation(desk.timeline.head).documents
    finally:
        desk.close()
    if all(document.source != source for document in held):
        raise Stopped(
            f"{named(where)} is the record of another text than {page}; name a store for this one "
            "with --store, or open that record with its own name."
        )


def _print_open(where: str) -> None:
    from negotiation.cli.whats_open import tell_open
    from negotiation.desk import Desk
    from negotiation.views.what_is_open import what_is_open

    desk = Desk.open(where, room_named())
    try:
        head = desk.timeline.head
        points = what_is_open(desk.timeline, head)
        if not answer({"store": named(where), "at": head, "open": points}):
            tell_open(desk, head, points)
        note(
            "There is no terminal here; in one, "
            f"`negotiation chair {shown(shlex.quote(named(where)))}` opens the screen."
        )
    finally:
        desk.close()
