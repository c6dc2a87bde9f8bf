"""What delegations handed in: admitted, not taken up, taken back."""

from __future__ import annotations

from collections.abc import Callable

from negotiation.admitting import admitting
from negotiation.desk import Hand
from negotiation.domain import commands as do
from negotiation.domain.terms import HandedIn
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.stage import Answers, Field, Missing, Pick, Stage

_WAITS_ON = "lets it wait"
_NOTHING = Missing("Nothing was handed in that waits for the chair.")


def admit(at: AtHand) -> Stage | Missing:
    """The chair's yes: it is put on the table, on the text as it stands now."""
    return _answer(
        at,
        "Handed in: the chair's yes",
        "admits it",
        lambda found, answers: admitting(at.desk, found.id),
    )


def decline(at: AtHand) -> Stage | Missing:
    """The chair's no; only the delegation reads it."""
    reason = Field("reason", "Why", "the delegation reads it, and nobody else; may stay empty")
    return _answer(
        at,
        "Handed in: not taken up",
        "does not take it up",
        lambda found, answers: do.DeclineProposal(found.id, answers["reason"].strip()),
        reason,
    )


def take_back(at: AtHand) -> Stage | Missing:
    """The delegation thought better of it."""
    return _answer(
        at,
        "Handed in: taken back",
        "takes it back",
        lambda found, answers: do.TakeBackProposal(found.id, found.party),
    )


def _answer(
    at: AtHand,
    title: str,
    enter: str,
    command: Callable[[HandedIn, Answers], do.Command],
    *fields: Field,
) -> Stage | Missing:
    """What becomes of one of those that wait, on behalf of the party that handed it in."""
    held = at.page.moment.negotiation.handed_in
    if not held:
        return _NOTHING
    which = _which(at, held)
    return Stage(
        title,
        _about(at, held),
        (*fields, *which.fields),
        lambda answers: command(which.of(answers), answers),
        lambda answers: Hand(behalf=which.of(answers).party),
        enter=enter,
        escape=_WAITS_ON,
        may_be_put=False,
    )


def _which(at: AtHand, held: tuple[HandedIn, ...]) -> Pick[HandedIn]:
    """What waits, that on the clause at hand first."""
    first = next((n for n, one in enumerate(held) if at.clause.id in one.clauses), 0)
    return Pick("handed", "Handed in", held, lambda one: brief(f"{one.id} {one.what}", 70), first)


def _about(at: AtHand, held: tuple[HandedIn, ...]) -> tuple[Line, ...]:
    names = at.page.moment.negotiation
    return tuple(
        (
            (f"{one.id} ", Ink.LABEL),
            (f"{visible(names.party(one.party).shown)}: ", Ink.SPONSOR),
            (visible(one.what), Ink.PLAIN),
        )
        for one in held
    )
