"""Agreement: its steps, its conditions, and how it ends; what rests on a clause is said first."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain.ladder import level_named, next_steps
from negotiation.domain.terms import Agreement
from negotiation.views.conditions_tied import tied_condition
from negotiation.views.what_is_agreed import waiting
from negotiation.views.what_rests_on_this import what_rests_on_this
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.stage import Answers, Field, Missing, Stage

_RESTING = 6
"""Things resting on a clause that are named; the others are counted."""


def agree(at: AtHand) -> Stage | Missing:
    """The words of now are agreed: one level higher, or on a condition more where they stand."""
    agreed, last = at.clause.agreement, at.clause.margin.last_agreed
    stands = agreed.level if agreed is not None else ""
    steps = next_steps(_conventions(at), stands, last.level if last is not None else "")
    usual = steps[-1] if agreed is not None else steps[0]

    def command(answers: Answers) -> do.Command | Missing:
        moment = at.desk.timeline.moment()
        said = stage.listed(answers["conditions"])
        conditions = tuple(tied_condition(moment, one) for one in said)
        heard = stage.codes(at.desk, answers["heard"])
        return do.AgreeClause(at.clause.id, answers["level"], conditions, heard)

    fields = (
        Field("level", "Level", choices=steps, value=usual),
        Field("conditions", "On condition", "ad referendum: MEX; pending resolves/4; may be empty"),
        stage.party("heard", "Heard by", "the parties in the room; may stay empty"),
    )
    about: list[Line] = []
    if agreed is None and last is not None:
        about = _was_agreed(at, last)
    return Stage(
        f"Agree {at.called} as it reads", tuple(about), fields, command, start="conditions"
    )


def _was_agreed(at: AtHand, last: Agreement) -> list[Line]:
    told = f"agreed before ({last.level}): “{brief(last.words, 300)}”"
    same = last.words == at.clause.passage.live
    return [((told, Ink.FAINT), (" – it reads the same now" if same else "", Ink.FAINT))]


def condition(at: AtHand) -> Stage | Missing:
    """A condition of the agreement is met."""
    agreed = at.clause.agreement
    if agreed is None or not agreed.conditions:
        return Missing(f"No condition waits on {at.called}.")
    held = waiting(at.page.moment, agreed, at.page.called)
    ready = [one.words for one in held if one.ready]
    fields = (
        Field(
            "condition",
            "Is met",
            choices=tuple(one.words for one in held),
            value=ready[0] if ready else "",
        ),
    )
    return Stage(
        f"A condition of {at.called} is met",
        _conditions(at, agreed),
        fields,
        lambda answers: do.MeetCondition(at.clause.id, answers["condition"]),
    )


def condition_failed(at: AtHand) -> Stage | Missing:
    """A condition will not be met: the agreement ends."""
    agreed = at.clause.agreement
    if agreed is None or not agreed.conditions:
        return Missing(f"No condition waits on {at.called}.")
    words = tuple(one.words for one in agreed.conditions)
    fields = (
        Field("condition", "Has failed", choices=words),
        Field("ground", "Ground", "what happened; may stay empty"),
    )
    return Stage(
        f"A condition of {at.called} has failed",
        (*_conditions(at, agreed), *_resting(at)),
        fields,
        lambda answers: do.FailCondition(
            at.clause.id, answers["condition"], answers["ground"].strip()
        ),
        start="ground" if len(words) == 1 else "condition",
    )


def _conditions(at: AtHand, agreed: Agreement) -> tuple[Line, ...]:
    """What every condition of an agreement waits for."""
    return tuple(
        (
            (f"{visible(one.words)}: ", Ink.STRONG),
            (f"released when {visible(one.release)}", Ink.PLAIN),
            (" – it can be met now" if one.ready else "", Ink.AGREED),
        )
        for one in waiting(at.page.moment, agreed, at.page.called)
    )


def refer_back(at: AtHand) -> Stage | Missing:
    """The body gives agreed words back to a lower level; they stay agreed there."""
    agreed = at.clause.agreement
    if agreed is None:
        return Missing(f"{at.called} is not agreed; there is nothing to refer back.")
    level = level_named(_conventions(at), agreed.level)
    if level is None or not level.back_to:
        return Missing(f"No level below “{agreed.level}” takes words back; reopening ends it.")
    fields = (
        Field("decision", "Decision", f"of {level.body}, with its day", needed=True),
        Field("level", "Back to", choices=level.back_to),
    )

    def command(answers: Answers) -> do.Command | Missing:
        decision = answers["decision"].strip()
        if not decision:
            return Missing(f"Say the decision of {level.body} that refers it back.")
        return do.ReferBack(at.clause.id, answers["level"], decision)

    return Stage(f"Refer {at.called} back", (), fields, command)


def reopen(at: AtHand) -> Stage | Missing:
    """The agreement on the clause ends, on a ground; what rests on it is said first."""
    agreed = at.clause.agreement
    level = level_named(_conventions(at), agreed.level) if agreed is not None else None
    by_decision = level is not None and level.by_decision

    def command(answers: Answers) -> do.Command | Missing:
        by, ground = stage.codes(at.desk, answers["party"]), answers["ground"].strip()
        if not ground:
            return Missing("Say the ground on which it is reopened.")
        decision = answers.get("decision", "").strip()
        return do.ReopenClause(at.clause.id, by[0] if by else "chair", ground, decision)

    fields = [
        Field("ground", "Ground", needed=True),
        stage.party("party", "By", "a code; empty for the chair", at.speaker),
    ]
    if level is not None and by_decision:
        fields.insert(1, Field("decision", "Decision", f"of {level.body}", needed=True))
    return Stage(f"Reopen {at.called}", _resting(at), tuple(fields), command)


def _resting(at: AtHand) -> tuple[Line, ...]:
    """What rests on the clause, the heaviest first."""
    found = what_rests_on_this(at.desk.timeline, at.page.at, at.clause.id)
    if not found:
        return ((("Nothing rests on it.", Ink.FAINT),),)
    count = f"{len(found)} things rest" if len(found) > 1 else "1 thing rests"
    rows: list[Line] = [((f"{count} on it:", Ink.STRONG),)]
    for one in found[:_RESTING]:
        rows.append(
            (
                (f"{one.how.value}: ", Ink.FAINT),
                (f"{visible(one.where)} ", Ink.LABEL),
                (brief(one.words, 60), Ink.PLAIN),
            )
        )
    if len(found) > _RESTING:
        rows.append(((f"… and {len(found) - _RESTING} more", Ink.FAINT),))
    return tuple(rows)


def _conventions(at: AtHand) -> str:
    return at.page.moment.negotiation.conventions
