"""`what-if`: any acts, tried on a copy that writes nothing; then made so as one act, or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotiation.cli.done import make
from negotiation.cli.options import acting, command, the_desk
from negotiation.cli.saying import Look, answer, brief, count, drawn, fields, quoted, say, shown
from negotiation.cli.targets import hand_of_call, party_code

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.trial import Trial
    from negotiation.views.what_if import WhatIf

_LISTED = 12


@command("what-if")
@click.argument("lines", nargs=-1, metavar="['ACT'...]")
@click.option("--accept", multiple=True, metavar="PARTY", help="Accept everything that it asks.")
@click.option(
    "--lift-held-by", multiple=True, metavar="PARTY", help="Lift all brackets that only it holds."
)
@click.option("--text", "whole", is_flag=True, help="Show the whole text as it would read.")
@click.option("--do", "really", is_flag=True, help="Make it so, as one act.")
@acting
@click.pass_context
def what_if(
    ctx: click.Context,
    lines: tuple[str, ...],
    accept: tuple[str, ...],
    lift_held_by: tuple[str, ...],
    whole: bool,
    really: bool,
) -> None:
    """Try any acts on a copy that writes nothing: the text, what is open, what changes.

    \b
      negotiation what-if --accept Brazil
      negotiation what-if 'lift 2' 'resolve 3 --choose 1'
      negotiation what-if --lift-held-by USA --do

    Each act is a command line of this program, made on what the ones before it leave; numbers are
    those that `open` prints now. With --do it
    is made so as one act, which one `undo` takes back; without, it is forgotten.
    """
    from negotiation.trial import Trial
    from negotiation.views.what_if import what_if as compared

    if not (lines or accept or lift_held_by):
        raise click.UsageError("Say what to try: an 'ACT', --accept or --lift-held-by.", ctx)
    desk = the_desk()
    trial = Trial(desk)
    _wishes(desk, trial, accept, lift_held_by)
    from negotiation.cli.lines import tried

    tried(trial, lines)
    if really:
        make(desk, trial.command, hand_of_call(desk), "Made it so")
        return
    _tell(trial, compared(trial.timeline, trial.began), whole=whole)


def _wishes(
    desk: Desk, trial: Trial, accept: tuple[str, ...], lift_held_by: tuple[str, ...]
) -> None:
    from negotiation.domain.refusals import NothingChanges
    from negotiation.views.what_if import accepting_all_of, lifting_all_held_only_by

    for said in accept:
        party = party_code(desk, said)
        wanted = accepting_all_of(trial.timeline.moment(), party)
        if not wanted:
            raise NothingChanges(f"{party} asks for nothing that is open")
        for one in wanted:
            trial.act(one)
    for said in lift_held_by:
        party = party_code(desk, said)
        wanted = lifting_all_held_only_by(trial.timeline.moment(), party)
        if not wanted:
            raise NothingChanges(f"there is no bracket that only {party} holds")
        for one in wanted:
            trial.act(one)


def _tell(trial: Trial, found: WhatIf, *, whole: bool) -> None:
    acts = [type(one).__name__ for one in trial.tried]
    if answer(
        {
            "at": trial.began,
            "acts": acts,
            "changes": [fields(one) for one in found.changes],
            "settled": [fields(one) for one in found.settled],
            "open": [fields(one) for one in found.open],
            "text": "".join(f"{one}\n" for one in _read(trial)),
        }
    ):
        return
    was = len(found.open) - len(found.new) + len(found.settled)
    say(
        f"{drawn('Nothing was written.', Look.STRONG)} {count(len(acts), 'act')} tried: "
        f"{count(len(found.changes), 'clause')} would change, "
        f"{count(was, 'open point')} would become {len(found.open)}."
    )
    for change in found.changes[:_LISTED]:
        _tell_change(trial, change.clause, change.path)
    if len(found.changes) > _LISTED:
        say(f"  … and {count(len(found.changes) - _LISTED, 'further clause')}.")
    for point in found.settled:
        say(f"  settled  {shown(point.where)}  {quoted(point.words or _wordings(point), 48)}")
    for point in found.new:
        say(f"  {drawn('opened', Look.ALARM)}   {shown(point.where)}  {quoted(point.words, 48)}")
    if whole:
        say()
        for line in _read(trial):
            say(shown(line))
    say("  --do makes it so as one act.")


def _read(trial: Trial) -> list[str]:
    """The lines of the text as `text` would print them."""
    from negotiation.views.on_the_page import Reading, whole

    return [printed.line for printed in whole(trial.timeline.moment(), Reading.OPEN)]


def _wordings(point: object) -> str:
    found = getattr(point, "alternatives", ())
    return " | ".join(brief(one.words, 20) for one in found)


def _tell_change(trial: Trial, clause: str, path: str) -> None:
    from negotiation.views.on_the_page import Reading, line, spans

    timeline = trial.timeline
    for name, at in (("before", trial.began), ("after ", timeline.head)):
        moment = timeline.moment(at)
        state = moment.clause(clause)
        reads = line(state, Reading.OPEN, spans(moment)) if state is not None else ""
        where = drawn(path, Look.PATH) if name == "before" else " " * len(path)
        say(f"  {where}  {name}  {shown(reads.rstrip()) or '(no words)'}")
