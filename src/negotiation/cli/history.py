"""`log` and `diff`: the entries, and what differs between two moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.entries_told import Told
from negotiation.cli.options import (
    command,
    common,
    moment_of,
    seen_by_option,
    the_desk,
    viewer_of,
)
from negotiation.cli.saying import (
    Look,
    answer,
    asked,
    count,
    drawn,
    in_full,
    note,
    print_line,
    say,
    shown,
)
from negotiation.cli.targets import clause_named

if TYPE_CHECKING:
    from negotiation.views.hands import Hand
    from negotiation.views.what_changed import ClauseChange, WordChange


@command()
@click.argument("clause", required=False)
@click.option("--from", "from_", metavar="WHEN", help="The first entry; otherwise the beginning.")
@click.option("--to", metavar="WHEN", help="The last entry; otherwise now.")
@seen_by_option
@common
def log(clause: str | None, from_: str | None, to: str | None, seen_by: str | None) -> None:
    """The entries: what happened, in order, one line each.

    With --json one line of JSON an entry, with every field but the source of documents. What is
    not for the eyes of --seen-by is left out; its numbers are missing then. A ! tells of shall,
    may, not and the like that came or went, and of agreed words that changed.

    \b
      negotiation log
      negotiation log reaffirming/e --from 40
      negotiation log --json --seen-by public | jq .event

    Next: `replay` shows what each one did to the words, `text --at N` the text at any of them,
    `follow` goes on as others write.
    """
    from negotiation.views.the_log import the_log

    desk = the_desk()
    told = Told(desk, viewer_of(desk, seen_by))
    low = max(moment_of(desk, from_), 1) if from_ else 1
    high = moment_of(desk, to)
    only = clause_named(desk, clause).id if clause else None
    lines = the_log(desk.timeline, low, high, only)
    for line in told.lines(lines):
        print_line(line)
    if not lines and not asked().json:
        note("No entry lies there; `log` without options shows all.")


@command()
@click.argument("from_", metavar="FROM")
@click.argument("to", default="now")
@click.argument("clause", required=False)
@common
def diff(from_: str, to: str, clause: str | None) -> None:
    """What changed between two moments, word by word, substance and editing apart.

    FROM and TO are entries, times, version symbols, now or now~3; TO is now if not said. A line
    with ! tells of shall, may, not and the like that came or went, and of agreed words.

    \b
      negotiation diff now~1
      negotiation diff 120 now
      negotiation diff "DL/13(Rev.2)" now reaffirming/e

    Next: `who` names the authors of words that are there, `log` the acts.
    """
    from negotiation.views.what_changed import what_changed

    desk = the_desk()
    first, last = moment_of(desk, from_), moment_of(desk, to)
    later = max(first, last)
    only = clause_named(desk, clause, later).id if clause else None
    found = what_changed(desk.timeline, first, last, only)
    if answer({"from": first, "to": last, "changes": found}):
        return
    if not found:
        say(f"Nothing differs between entry {first} and entry {last}.")
        return
    for editing in (False, True):
        part = [one for one in found if one.editing is editing]
        if part:
            say(drawn("Editing" if editing else "Substance", Look.STRONG))
        for one in part:
            _tell_change(one)
    say(f"{count(len(found), 'clause')} from entry {first} to entry {last}.")


def _tell_change(one: ClauseChange) -> None:
    kinds = ", ".join(kind.value for kind in one.kinds)
    labels = (
        f" {shown(one.label_before)} → {shown(one.label_after)}"
        if one.label_before != one.label_after and one.label_before and one.label_after
        else ""
    )
    behind = f", stood behind {shown(one.moved_from)}" if one.moved_from else ""
    hands = {hand.entry: hand for hand in (*one.moved_by, *one.relabelled_by)}
    say(f"  {drawn(one.path, Look.PATH)}  {kinds}{labels}{behind}{_by(tuple(hands.values()))}")
    for change in one.changes:
        say(f"     {_words(change)}{_by(change.hands)}")


def _words(change: WordChange) -> str:
    parts = []
    if change.removed:
        parts.append(drawn("- ", Look.STRUCK) + in_full(change.removed))
    if change.inserted:
        parts.append(drawn("+ ", Look.INSERTED) + in_full(change.inserted))
    if change.lost or change.gained:
        lost, gained = (" ".join(words) or "nothing" for words in (change.lost, change.gained))
        agreed = f", in words agreed at the level “{change.agreed}”" if change.agreed else ""
        parts.append(drawn(f"! {lost} → {gained}{agreed}", Look.ALARM))
    elif change.agreed:
        parts.append(drawn(f"! in words agreed at the level “{change.agreed}”", Look.ALARM))
    return "  ".join(parts)


def _by(hands: tuple[Hand, ...]) -> str:
    if not hands:
        return ""
    who = "; ".join(f"{hand.behalf or hand.by}, entry {hand.entry}" for hand in hands)
    return "  " + drawn(f"({who})", Look.FAINT)
