"""`agreed` and `rests`: what is agreed and on what conditions, and what rests on a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.options import at_option, command, common, moment_of, the_desk
from negotiation.cli.saying import Look, answer, brief, count, drawn, fields, quoted, say, shown
from negotiation.cli.targets import clause_named

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.clause import Clause
    from negotiation.views.what_is_agreed import Agreed
    from negotiation.views.what_rests_on_this import Resting

_BEFORE = 24
"""Letters shown before the first difference of two wordings."""


@command()
@at_option
@click.option("--ended", is_flag=True, help="Also agreements that ended, with the words agreed.")
@click.option("--waiting", is_flag=True, help="Only what still waits for something.")
@common
def agreed(at: str | None, ended: bool, waiting: bool) -> None:
    """What is agreed: at which level, in which meeting, and what its conditions wait for.

    \b
      negotiation agreed
      negotiation agreed --waiting
      negotiation agreed --ended --at "DL/13(Rev.2)"

    Next: `condition-met` and `condition-failed` settle a condition, `rests` says what hangs on it.
    """
    from negotiation.views.what_is_agreed import what_is_agreed

    desk = the_desk()
    position = moment_of(desk, at)
    found = what_is_agreed(desk.timeline, position, ended=ended)
    rows = [one for one in found if one.waiting or not waiting]
    if answer({"at": position, "agreed": [fields(one) for one in rows]}):
        return
    if not rows:
        say("Nothing waits for a condition." if waiting else "Nothing is agreed yet.")
    for one in rows:
        _tell(one)


def _tell(one: Agreed) -> None:
    path = drawn(one.path, Look.PATH)
    meeting = f", {shown(one.meeting)}" if one.meeting else ""
    heard = f", heard by {shown(', '.join(one.heard_by))}" if one.heard_by else ""
    tied = f", package {shown(one.package)}" if one.package else ""
    colour = f" ({one.colour})" if one.colour else ""
    level = one.level or drawn("no longer agreed", Look.ALARM)
    words, reads = _differing(one.words, one.reads)
    say(f"{path}  {level}{colour}{meeting}{heard}{tied}  {quoted(words, 60)}")
    if one.words != one.reads:
        say(f"     reads now {quoted(reads, 60) if reads else 'nothing'}")
    if one.consensus is not None:
        how = one.consensus.how.value if one.consensus.how is not None else ""
        asked = f"“{shown(brief(one.consensus.question, 40))}” (entry {one.consensus.put.entry})"
        say(f"     by {how} to {asked}")
    for condition in one.waiting:
        ready = drawn(" — can be met now", Look.STRONG) if condition.ready else ""
        released = f"released when {shown(condition.release)}{ready}"
        say(f"     on condition: {shown(condition.words)}; {released}")


def _differing(words: str, reads: str) -> tuple[str, str]:
    """Both wordings from shortly before the first difference, so that an excerpt shows it."""
    from negotiation.text.changes import changes

    first = next((one.start for one in changes(words, reads)), 0)
    begins = words.rfind(" ", 0, max(first - _BEFORE, 0)) + 1
    if not reads or begins == 0:
        return words, reads
    return f"…{words[begins:]}", f"…{reads[begins:]}"


@command()
@click.argument("clause")
@at_option
@common
def rests(clause: str, at: str | None) -> None:
    """What rests on a clause: packages, conditions, references, its list, what was merged into it.

    \b
      negotiation rests resolves/4

    Look at it before `reopen`, `delete` or `move`.
    """
    from negotiation.views.what_rests_on_this import what_rests_on_this

    desk = the_desk()
    position = moment_of(desk, at)
    found = clause_named(desk, clause, position)
    resting = what_rests_on_this(desk.timeline, position, found.id)
    if answer({"at": position, "clause": found.id, "rests": [fields(one) for one in resting]}):
        return
    if not resting:
        say(f"Nothing rests on {shown(clause)}.")
    tell_resting(resting)


def tell_resting(resting: tuple[Resting, ...]) -> None:
    """One line for each thing."""
    for one in resting:
        where = drawn(one.where, Look.PATH)
        say(f"  {one.how.value.ljust(18)} {where}  {shown(brief(one.words, 60))}")


def warn_of_resting(desk: Desk, clause: Clause) -> None:
    """Say what rests on a clause, where anything does."""
    from negotiation.views.what_rests_on_this import what_rests_on_this

    resting = what_rests_on_this(desk.timeline, desk.timeline.head, clause.id)
    if resting:
        say(f"{count(len(resting), 'thing')} {'rests' if len(resting) == 1 else 'rest'} on it:")
        tell_resting(resting)
