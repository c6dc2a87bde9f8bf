"""Decisions put to the room: asked, objected to, taken by the gavel or by silence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from negotiation.cli.done import entries_json, make, tell_act
from negotiation.cli.options import (
    acting,
    at_option,
    command,
    common,
    moment_of,
    the_desk,
)
from negotiation.cli.saying import Look, answer, asked, drawn, fields, here, say, shown
from negotiation.cli.targets import hand_of_call, until_when

if TYPE_CHECKING:
    from negotiation.desk import Desk
    from negotiation.domain.terms import PutDecision
    from negotiation.views.how_it_was_decided import Question


@command()
@click.argument("lines", nargs=-1, required=True, metavar="'ACT'...")
@click.option("--question", default="", help="How it is asked; the acts themselves if not said.")
@click.option(
    "--until", metavar="TIME", help="A silence procedure: agreed unless somebody objects by then."
)
@acting
def put(lines: tuple[str, ...], question: str, until: str | None) -> None:
    """Put a decision to the room: any objection? Nothing is decided until the gavel falls.

    \b
      negotiation put 'resolve 1 --choose 2'
      negotiation put 'agree resolves/1' 'agree resolves/2' --question "Paragraphs 1 and 2?"
      negotiation put 'package agree finance' --until 2026-03-14T18:00

    Each act is a command line of this program. Every screen shows what is before the room.
    Next: `gavel` takes it, `object --for PARTY` records an objection, `drop-question` ends it.
    """
    from negotiation.cli.lines import tried
    from negotiation.trial import Trial

    desk = the_desk()
    trial = tried(Trial(desk), lines)
    deadline = _deadline(desk, until)
    said = question or "; ".join(lines)
    entries = desk.put(trial.command, said, hand_of_call(desk), until=deadline)
    if answer({"act": entries[0].act.id, "entries": entries_json(entries)}):
        return
    number = len(desk.timeline.negotiation(desk.timeline.head).decisions)
    silence = f" in silence until {here(deadline)}" if deadline else ""
    say(f"{drawn('Put to the room', Look.STRONG)}{silence} as question {number}: {shown(said)}")
    say("  Nothing is decided yet: `gavel` takes it, `object --for PARTY` records an objection.")


@command()
@click.option("--all", "all_", is_flag=True, help="Also what was taken, and how; and what was not.")
@at_option
@common
def pending(all_: bool, at: str | None) -> None:
    """What is before the room: decisions that were put and are not taken yet.

    \b
      negotiation pending
      negotiation pending --all
      negotiation pending --json
    """
    from negotiation.views.paths import paths

    if all_:
        _tell_questions(at)
        return

    desk = the_desk()
    position = moment_of(desk, at)
    held = desk.timeline.negotiation(position).decisions
    called = paths(desk.timeline.moment(position))
    rows = [
        fields(one, number=number, clauses=[called.get(clause, clause) for clause in one.clauses])
        for number, one in enumerate(held, start=1)
    ]
    if answer({"at": position, "pending": rows}):
        return
    if not held:
        say("Nothing is before the room.")
    for number, one in enumerate(held, start=1):
        silence = f"  silence until {here(one.until)}" if one.until else ""
        where = ", ".join(called.get(clause, clause) for clause in one.clauses)
        say(f"{drawn(str(number), Look.NUMBER)}  {shown(one.question)}{silence}")
        say(f"     concerns {shown(where) or 'the text as a whole'}, put by entry {one.entry}")
        for objection in one.objections:
            ground = f": {shown(objection.ground)}" if objection.ground else ""
            say(f"     {drawn('objection', Look.ALARM)} of {shown(objection.party)}{ground}")


def _tell_questions(at: str | None) -> None:
    """Every question that was put, and how it ended."""
    from negotiation.views.how_it_was_decided import questions

    desk = the_desk()
    position = moment_of(desk, at)
    asked_so_far = questions(desk.timeline, position)
    if answer({"at": position, "questions": asked_so_far}):
        return
    if not asked_so_far:
        say("Nothing was put to the room.")
    for one in asked_so_far:
        say(f"entry {one.put.entry}  {shown(one.question)}: {ended(one)}")
        for objection in one.objections:
            gave_way = objection.withdrawn
            stood = f", withdrawn by entry {gave_way.entry}" if gave_way is not None else ""
            ground = f": {shown(objection.ground)}" if objection.ground else ""
            say(f"     objection of {shown(objection.party)}{ground}{stood}")


def ended(one: Question) -> str:
    """How a question ended, in a few words."""
    if one.taken is not None and one.how is not None:
        return f"{one.how.value} (entry {one.taken.entry})"
    if one.dropped is not None:
        return f"not pursued (entry {one.dropped.entry})"
    return "before the room"


@command("object")
@click.argument("number", required=False)
@click.option("--ground", default="", help="Why.")
@acting
def object_(number: str | None, ground: str) -> None:
    """Record that a party objects to what was put; there is no consensus while it does.

    \b
      negotiation object --for MEX --ground "capital has not answered"
      negotiation object 2 --for MEX

    Next: `no-objection` notes that it does not insist.
    """
    from negotiation.domain.commands import MakeObjection

    desk = the_desk()
    decision = question_named(desk, number)
    hand = hand_of_call(desk)
    wanted = MakeObjection(decision.id, hand.behalf, desk.clock(), ground)
    make(desk, wanted, hand, f"Objected to {shown(decision.question)}")


@command("no-objection")
@click.argument("number", required=False)
@acting
def no_objection(number: str | None) -> None:
    """Note that a party does not insist on its objection.

    \b
      negotiation no-objection --for MEX
    """
    from negotiation.domain.commands import WithdrawObjection

    desk = the_desk()
    decision = question_named(desk, number)
    hand = hand_of_call(desk)
    make(desk, WithdrawObjection(decision.id, hand.behalf), hand, "Withdrew the objection")


@command()
@click.argument("number", required=False)
@acting
def gavel(number: str | None) -> None:
    """Take what was put: no objection, it is so decided; or the silence was not broken.

    \b
      negotiation gavel
      negotiation gavel 2

    Refused while a party objects or a silence runs. What was put is decided on the text of now.
    """
    desk = the_desk()
    decision = question_named(desk, number)
    entries = desk.take(decision.id, hand_of_call(desk))
    if asked().json:
        answer({"act": entries[0].act.id, "entries": entries_json(entries)})
        return
    tell_act(desk, entries, f"It is so decided ({shown(decision.question)})")


@command("drop-question")
@click.argument("number", required=False)
@click.option("--ground", default="", help="Why it is not pursued.")
@acting
def drop_question(number: str | None, ground: str) -> None:
    """Not pursue what was put; that it was asked stays on the record.

    \b
      negotiation drop-question 1 --ground "MEX objects"
    """
    from negotiation.domain.commands import DropDecision

    desk = the_desk()
    decision = question_named(desk, number)
    make(desk, DropDecision(decision.id, ground), hand_of_call(desk), "Dropped the question")


def question_named(desk: Desk, said: str | None) -> PutDecision:
    """The question of this number in `pending`, or the only one."""
    from negotiation.domain.refusals import NoSuchThing, Unclear

    held = desk.timeline.negotiation(desk.timeline.head).decisions
    if said is None and len(held) == 1:
        return held[0]
    if said is None and not held:
        raise Unclear("Nothing is before the room; `put` asks whether there is an objection.")
    if said is None:
        raise Unclear(f"{len(held)} questions are before the room; say which, as `pending` has it.")
    for number, one in enumerate(held, start=1):
        if said in (str(number), one.id):
            return one
    numbered = f"`pending` numbers them from 1 to {len(held)}"
    there = numbered if held else "nothing is before the room"
    raise NoSuchThing("question", said, there)


def _deadline(desk: Desk, said: str | None) -> dt.datetime | None:
    from negotiation.domain.refusals import Unclear

    until = until_when(desk, said)
    if until is None:
        return None
    if until <= desk.clock():
        raise Unclear(f"The deadline {here(until)} has passed; name a later one.")
    return until
