"""`backup` and `restore-backup`: a copy of the store while it is in use, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.options import command, common, store, store_shown
from negotiation.cli.saying import Look, answer, count, drawn, say, shown

if TYPE_CHECKING:
    from negotiation.ledger.copies import Held


@command()
@click.argument("file", type=click.Path())
@click.option("--force", is_flag=True, help="Take the place of a file that is there.")
@common
def backup(file: str, force: bool) -> None:
    """Copy the store into FILE while it is in use, and check that the copy is the same record.

    Nobody has to stop writing; the copy is the record at one moment, with every negotiation of the
    store, in one file. It is read again before it counts: the same last entry, and the same
    fingerprint over every byte of the entries. Without --force a file that is there stays. Of a
    store on a server it is a file, too, and can be used as a store itself.

    \b
      negotiation backup tuesday-evening.db
      negotiation backup /media/stick/talks.db --store talks.db --force
      negotiation backup talks.db --store postgresql://db.example.org/records

    Next: `verify --store FILE` checks a copy by itself, `restore-backup FILE` puts it back.
    """
    from negotiation.ledger.copies import back_up

    found = back_up(store(), file, over=force)
    where = store_shown()
    if not answer({"store": where, "copy": file, "held": found}):
        title = f"Copied {shown(where)} to {shown(file)}"
        say(f"{drawn(title, Look.STRONG)}; the copy is the same record.")
        _tell(found)


@command("restore-backup")
@click.argument("file", type=click.Path())
@click.option("--force", is_flag=True, help="Put the copy in the place of a store that is there.")
@common
def restore_backup(file: str, force: bool) -> None:
    """Make the store what the copy FILE holds, and check that it is the same record.

    The store is that of --store; where there is none yet, it is made. With --force a store that is
    there, even one in use, is changed in one piece; what it held is first kept in a file beside it.
    Screens and followers that have it open say so, and go on. Never copy a file over a store in use
    by other means: its log would be mixed into the copy. Onto a server it goes where `migrate` made
    the tables and nothing is recorded yet; a store there is never replaced.

    \b
      negotiation restore-backup tuesday-evening.db --store tuesday.db
      negotiation restore-backup tuesday-evening.db --force
      negotiation restore-backup talks.db --store postgresql://db.example.org/records

    Next: `verify` checks what was put back, `log --from now~3` shows how it ends.
    """
    from negotiation.ledger.copies import restore

    found, former = restore(file, store(), over=force)
    where = store_shown()
    if not answer({"store": where, "copy": file, "former": former, "held": found}):
        title = f"Put {shown(file)} back as {shown(where)}"
        say(f"{drawn(title, Look.STRONG)}; it is the same record.")
        _tell(found)
        if former:
            say(f"What the store held before is kept in {shown(former)}.")


def _tell(found: tuple[Held, ...]) -> None:
    for one in found:
        say(
            f"  {shown(one.negotiation)}: {count(one.head, 'entry')}, fingerprint {one.fingerprint}"
        )
