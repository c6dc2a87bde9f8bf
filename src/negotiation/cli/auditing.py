"""`audit`: the fate of every word that was ever tabled, with the act that made it so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from negotiation.cli.faults import Stopped
from negotiation.cli.options import at_option, command, common, moment_of, the_desk
from negotiation.cli.saying import Look, answer, count, drawn, fields, in_full, note, say, shown
from negotiation.cli.targets import clause_named

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.views.conservation import Audit, Ended, Stretch
    from negotiation.views.hands import Hand
    from negotiation.views.where_words_went import Trace

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where the name of a command falls into words: an act's purpose is that name."""

FATES = {
    "text": "IN_THE_TEXT",
    "table": "ON_THE_TABLE",
    "undecided": "STRUCK_UNDECIDED",
    "struck": "STRUCK",
    "merged": "MERGED",
    "dropped": "NOT_RETAINED",
    "withdrawn": "WITHDRAWN",
    "revised": "REVISED",
    "reread": "READ_ANEW",
    "undone": "UNDONE",
}
"""How a fate is asked for, and which it is."""


@command()
@click.argument("clause", required=False)
@at_option
@click.option("--words", metavar="WORDS", help="Where these words went, wherever they ever stood.")
@click.option(
    "--only", type=click.Choice(tuple(FATES)), multiple=True, help="Words of this fate; repeatable."
)
@click.option("--all", "everything", is_flag=True, help="The words that stand as well.")
@common
@click.pass_context
def audit(
    ctx: click.Context,
    clause: str | None,
    at: str | None,
    words: str | None,
    only: tuple[str, ...],
    everything: bool,
) -> None:
    """What became of every word ever tabled: in the text, or out of it by an act with a name.

    Without --all the words that stand are counted and not listed. Should a word be unaccounted
    for, it is named as a fault and the exit code is 1.

    \b
      negotiation audit
      negotiation audit resolves/2 --all
      negotiation audit --only struck --only dropped
      negotiation audit --words "the measures taken"

    Next: `who CLAUSE` has the whole history of its words, `log` the acts.
    """
    from negotiation.views.conservation import Ended
    from negotiation.views.conservation import audit as audited

    if words is not None and (only or everything):
        raise click.UsageError("--words shows every fate of those words; leave the rest out.", ctx)
    desk = the_desk()
    position = moment_of(desk, at)
    named = clause_named(desk, clause, position).id if clause else None
    if words is not None:
        _tell_traces(desk, position, words, named)
        return
    books = audited(desk.timeline, position, named)
    wanted = tuple(Ended[FATES[one]] for one in only)
    listed = tuple(one for one in books.stretches if _is_wanted(one, wanted, everything))
    counts = {ended: books.words(ended) for ended in Ended}
    told = answer(
        {
            "at": position,
            "sound": books.sound,
            "letters": {"brought": books.brought, "accounted": books.accounted},
            "words": {ended.value: number for ended, number in counts.items()},
            "stretches": [fields(one, purpose=_purpose(desk, one.by)) for one in listed],
            "faults": books.faults,
        }
    )
    if not told:
        _tell(desk, books, counts, listed)
    if not books.sound:
        first = books.faults[0].says if books.faults else "The letters do not add up."
        raise Stopped(f"{count(len(books.faults), 'fault')} in the books: {first}")


def _is_wanted(one: Stretch, wanted: tuple[Ended, ...], everything: bool) -> bool:
    from negotiation.views.conservation import STANDING

    if wanted:
        return one.ended in wanted
    return everything or one.ended not in STANDING


def _tell(desk: Desk, books: Audit, counts: dict[Ended, int], listed: tuple[Stretch, ...]) -> None:
    path = ""
    for one in listed:
        if not one.words.strip():
            continue
        if one.path != path:
            say(drawn(one.path, Look.PATH))
            path = one.path
        say(f"  {_stretch(desk, one)}")
    if listed:
        say()
    total = sum(counts.values())
    say(f"{drawn(count(total, 'word'), Look.STRONG)} tabled up to entry {books.at}:")
    for ended, number in counts.items():
        if number:
            say(f"  {ended.value.ljust(24)}{number:>8,}")
    for fault in books.faults:
        say(drawn(shown(fault.says), Look.ALARM))
    if books.sound:
        say(f"All {books.brought:,} letters are accounted for; whatever is gone names its act.")


def _stretch(desk: Desk, one: Stretch) -> str:
    into = f" into {one.into}" if one.into else ""
    by = f" by {_hand(desk, one.by)}" if one.by is not None else ""
    fate = shown(one.ended.value + into + by)
    return f"{in_full(one.words.strip())}\n      {drawn(fate, Look.FAINT)}"


def _hand(desk: Desk, by: Hand) -> str:
    purpose = _CAPITAL.sub(" ", _purpose(desk, by)).lower()
    evidence = desk.timeline.entries[by.entry - 1].evidence
    line = f", line {evidence.line}" if evidence is not None else ""
    what = f", {purpose}" if purpose else ""
    return f"{by.behalf or by.by} (entry {by.entry}{what}{line}, act {by.act}, {by.written[:16]}Z)"


def _purpose(desk: Desk, by: Hand | None) -> str:
    return desk.timeline.entries[by.entry - 1].act.purpose if by is not None else ""


# -- where these words went -----------------------------------------------------------------------


def _tell_traces(desk: Desk, at: int, words: str, clause: str | None) -> None:
    from negotiation.views.where_words_went import where_words_went

    found = where_words_went(desk.timeline, at, words, clause)
    if not found:
        raise Stopped(f"The words “{words}” never stood in the text up to entry {at}.")
    if answer({"at": at, "words": words, "found": found}):
        return
    for one in found:
        _tell_trace(desk, one)


def _tell_trace(desk: Desk, one: Trace) -> None:
    say(f"{drawn(one.path, Look.PATH)}  {in_full(one.words)}")
    say(f"  came by {_hand(desk, one.first)}")
    if one.until is not None:
        say(f"  stood until {_hand(desk, one.until)}")
    for part in one.parts:
        if part.words.strip():
            say(f"  {_stretch(desk, part)}")
    if not one.parts:
        note("Nothing of it is on the page.")
