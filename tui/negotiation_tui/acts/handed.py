"""What delegations handed in: admitted, not taken up, taken back."""

from __future__ import annotations

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
    held = at.page.moment.negotiation.handed_in
    if not held:
        return _NOTHING
    which = _which(at, held)
    return Stage(
        "Handed in: the chair's yes",
        _about(at, held),
        which.fields,
        lambda answers: admitting(at.desk, which.of(answers).id),
        lambda answers: Hand(behalf=which.of(answers).party),
        enter="admits it",
        escape=_WAITS_ON,
        may_be_put=False,
    )


def decline(at: AtHand) -> Stage | Missing:
    """The chair's no; only the delegation reads it."""
    held = at.page.moment.negotiation.handed_in
    if not held:
        return _NOTHING
    which = _which(at, held)
    reason = Field("reason", "Why", "the delegation reads it, and nobody else; may stay empty")
    return Stage(
        "Handed in: not taken up",
        _about(at, held),
        (reason, *which.fields),
        lambda answers: do.DeclineProposal(which.of(answers).id, answers["reason"].strip()),
        lambda answers: Hand(behalf=which.of(answers).party),
        enter="does not take it up",
        escape=_WAITS_ON,
        may_be_put=False,
    )


def take_back(at: AtHand) -> Stage | Missing:
    """The delegation thought better of it."""
    held = at.page.moment.negotiation.handed_in
    if not held:
        return _NOTHING
    which = _which(at, held)

    def command(answers: Answers) -> do.Command:
        found = which.of(answers)
        return do.TakeBackProposal(found.id, found.party)

    return Stage(
        "Handed in: taken back",
        _about(at, held),
        which.fields,
        command,
        lambda answers: Hand(behalf=which.of(answers).party),
        enter="takes it back",
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
