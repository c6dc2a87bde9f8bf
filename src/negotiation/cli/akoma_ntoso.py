"""`import` of an Akoma Ntoso file: a record that begins with the text that `export` wrote."""

from __future__ import annotations

from pathlib import Path

import click

from negotiation.cli.documents import begin, hand_of_import
from negotiation.cli.exporting import tell_lost
from negotiation.cli.options import store, store_shown
from negotiation.cli.saying import Look, answer, count, drawn, fields, say, shown
from negotiation.cli.sources import source_of


def import_text(file: str, base: str | None, conventions: str | None, *, another: bool) -> None:
    """Receive the text of a file into an empty record; print what came with it."""
    from negotiation.views.what_is_open import what_is_open

    if base is not None or conventions is not None:
        raise click.UsageError(
            "An Akoma Ntoso file knows its base and its conventions; leave the options out.",
            click.get_current_context(),
        )
    # Looked at before the store is made: what cannot be read leaves nothing behind.
    source = text_of(file)
    desk = begin(store(), another=another)
    entries, found = desk.receive_akoma_ntoso(source, Path(file).name, hand=hand_of_import())
    timeline = desk.timeline
    clauses = found.text.moment.clauses
    points = what_is_open(timeline, timeline.head)
    if answer(
        {
            "store": store_shown(),
            "negotiation": timeline.id,
            "entries": len(entries),
            "act": entries[0].act.id,
            "clauses": len(clauses),
            "open": len(points),
            "lost": [fields(one) for one in found.losses],
        }
    ):
        return
    symbol = timeline.negotiation(timeline.head).symbol
    say(
        f"{drawn('Received', Look.STRONG)} {shown(symbol or file)} into {shown(store_shown())}: "
        f"{count(len(entries), 'entry')}, {timeline.negotiation(timeline.head).conventions} "
        "conventions."
    )
    say(f"  {count(len(clauses), 'clause')}; {count(len(points), 'open point')}.")
    tell_lost("Not in the record", [fields(one) for one in found.losses])


def text_of(file: str) -> bytes:
    """The bytes of a file that holds a text as `export` writes it; raises what says why not."""
    from negotiation.desk import Desk

    source = source_of(file)
    Desk.begin(None).receive_akoma_ntoso(source, Path(file).name)
    return source
