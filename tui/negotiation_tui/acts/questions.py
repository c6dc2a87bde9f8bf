"""Decisions put to the room: asked, objected to, taken by the gavel, not pursued."""

from __future__ import annotations

import datetime as dt

import attrs

from negotiation.desk import Desk, Hand
from negotiation.domain import commands as do
from negotiation.domain.terms import Objection, PutDecision
from negotiation.views.what_is_open import PROPOSAL, OpenPoint
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.before_the_room import facts
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.page import gone
from negotiation_tui.stage import Answers, Field, Missing, Pick, Stage

_NOTHING = Missing("Nothing is before the room; Ctrl+R in a dialog puts its act to it.")
_UNTIL = Field("until", "Silence until", "empty: asked now · 18:00 · 2026-03-14T18:00")


def put(at: AtHand) -> Stage | Missing:
    """What could be decided at hand is put to the room."""
    wanted = _askable(at)
    if not wanted:
        return Missing(f"Nothing can be put on {at.called}; stage an act, and Ctrl+R puts it.")
    names = tuple(name for name, _ in wanted)

    def command(answers: Answers) -> do.Command | Missing:
        asked = dict(wanted)[answers["what"]]
        return _putting(at.desk, asked, answers["question"] or answers["what"], answers["until"])

    fields = (
        Field("what", "Asks to", choices=names),
        Field("question", "As", "how it is asked; empty for the words above"),
        _UNTIL,
    )
    title = "Put to the room"
    return Stage(title, (), fields, command, enter="asks the room", may_be_put=False)


def _askable(at: AtHand) -> tuple[tuple[str, do.Command], ...]:
    """What the room may be asked of the point and the clause at hand, each in a few words."""
    found: list[tuple[str, do.Command]] = []
    if at.point is not None:
        found += _of_point(at.point)
    elif not gone(at.clause):
        found.append((f"agree {at.called} as it reads", do.AgreeClause(at.clause.id)))
    for package in at.page.moment.negotiation.packages:
        if package.state == "taken":
            found.append(
                (f"agree the package {visible(package.name)}", do.AgreePackage(package.id))
            )
    return tuple(found)


def _of_point(point: OpenPoint) -> list[tuple[str, do.Command]]:
    where = visible(point.where)
    if point.kind == PROPOSAL:
        name = visible(point.alternatives[0].symbol) if point.alternatives else ""
        named = f"{name or 'the proposal'} on {where}"
        return [
            (f"retain {named}", do.RetainProposal(point.id)),
            (f"not retain {named}", do.DropProposal(point.id)),
        ]
    if not point.alternatives:
        return [(f"lift the bracket in {where}", do.LiftBracket(point.id))]
    return [
        (
            f"choose {one.order} in {where}: “{brief(one.words or 'struck', 60)}”",
            do.ResolveOpenPoint(point.id, (do.Choose(one.order),)),
        )
        for one in point.alternatives
    ]


def put_instead(desk: Desk, staged: Stage, answers: Answers) -> Stage:
    """Another stage's act, put to the room instead of made."""

    def command(said: Answers) -> do.Command | Missing:
        asked = staged.command(answers)
        if isinstance(asked, Missing):
            return asked
        return _putting(desk, asked, said["question"], said["until"])

    fields = (_UNTIL, Field("question", "Asked as", value=_asked_as(staged, answers)))
    return attrs.evolve(
        staged,
        title=f"Put to the room: {staged.title}",
        fields=fields,
        command=command,
        hand=lambda _: staged.hand(answers),
        start="until",
        enter="asks the room",
        tells=lambda _: staged.tells(answers),
        may_be_put=False,
    )


def _asked_as(staged: Stage, answers: Answers) -> str:
    """The title, and what was said beyond what stood there."""
    said = [
        f"{one.asked.lower()} {answers[one.name].strip()}"
        for one in staged.fields
        if answers[one.name].strip()
        and not one.many
        and not (one.choices and answers[one.name] == one.choices[0])
    ]
    return staged.title + (f" – {'; '.join(said)}" if said else "")


def _putting(
    desk: Desk, command: do.Command, question: str, until: str
) -> do.PutDecision | Missing:
    deadline = _deadline(desk, until)
    if isinstance(deadline, Missing):
        return deadline
    return desk.putting(command, question.strip(), until=deadline)


def _deadline(desk: Desk, said: str) -> dt.datetime | Missing | None:
    if not said.strip():
        return None
    try:
        until = desk.clock_time(said)
    except (ValueError, OverflowError):
        until = None
    if until is None:
        return Missing("Say the deadline as 18:00, or with its day: 2026-03-14T18:00.")
    if until <= desk.clock():
        return Missing("That time has passed; name a later one, with its day if it is not today.")
    return until


def gavel(at: AtHand) -> Stage | Missing:
    """No objection: what was put is decided, on the text as it stands now."""
    held = at.page.moment.negotiation.decisions
    if not held:
        return _NOTHING
    which = _which(at, held)
    return Stage(
        "No objection: it is so decided",
        _about(at, held),
        which.fields,
        lambda answers: at.desk.taking(which.of(answers).id),
        may_be_put=False,
    )


def make_objection(at: AtHand) -> Stage | Missing:
    """A party objects to what was put; there is no consensus while it does."""
    held = at.page.moment.negotiation.decisions
    if not held:
        return _NOTHING
    which = _which(at, held)

    def command(answers: Answers) -> do.Command | Missing:
        named = stage.codes(at.desk, answers["party"])
        if len(named) != 1:
            return Missing("Say which party objects, by its code.")
        ground = answers["ground"].strip()
        return do.MakeObjection(which.of(answers).id, named[0], at.desk.clock(), ground)

    fields = (
        stage.party("party", "Party", "a code; Tab completes it", at.speaker, needed=True),
        Field("ground", "Ground", "may stay empty"),
        *which.fields,
    )
    hand = stage.delegation(at.desk)
    return Stage(
        "An objection",
        _about(at, held),
        fields,
        command,
        hand,
        enter="records it",
        may_be_put=False,
    )


def withdraw_objection(at: AtHand) -> Stage | Missing:
    """A party does not insist on its objection."""
    negotiation = at.page.moment.negotiation
    held = tuple((put, one) for put in negotiation.decisions for one in put.objections)
    if not held:
        return Missing("Nobody objects to anything that is before the room.")

    def called(one: tuple[PutDecision, Objection]) -> str:
        put, objection = one
        return f"{negotiation.party(objection.party).shown}: {brief(put.question, 60)}"

    which = Pick("objection", "Objection", held, called)

    def command(answers: Answers) -> do.Command:
        put, objection = which.of(answers)
        return do.WithdrawObjection(put.id, objection.party)

    def hand(answers: Answers) -> Hand:
        return stage.hand_of((which.of(answers)[1].party,))

    about: tuple[Line, ...] = tuple(((called(one), Ink.PLAIN),) for one in held)
    return Stage("The objection is withdrawn", about, which.fields, command, hand, may_be_put=False)


def drop_question(at: AtHand) -> Stage | Missing:
    """What was put is not pursued; that it was asked stays on the record."""
    held = at.page.moment.negotiation.decisions
    if not held:
        return _NOTHING
    which = _which(at, held)
    fields = (Field("ground", "Ground", "why it is not pursued; may stay empty"), *which.fields)
    return Stage(
        "The question is not pursued",
        _about(at, held),
        fields,
        lambda answers: do.DropDecision(which.of(answers).id, answers["ground"].strip()),
        enter="drops it",
        may_be_put=False,
    )


def _which(at: AtHand, held: tuple[PutDecision, ...]) -> Pick[PutDecision]:
    """The questions, the one on the clause at hand first."""
    first = next((n for n, one in enumerate(held) if at.clause.id in one.clauses), 0)
    return Pick("question", "Question", held, lambda one: brief(one.question, 70), first)


def _about(at: AtHand, held: tuple[PutDecision, ...]) -> tuple[Line, ...]:
    rows: list[Line] = []
    for one in held:
        told = " · ".join(part for part in facts(at.page.moment.negotiation, one) if part)
        rows.append(
            (
                (visible(one.question), Ink.STRONG),
                (f"  {visible(told)}" if told else "", Ink.ALARM if one.objections else Ink.FAINT),
            )
        )
    return tuple(rows)
