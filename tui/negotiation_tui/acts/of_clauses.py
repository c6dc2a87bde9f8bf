"""What the chair does with a clause: revise, delete, move, park; new clauses."""

from __future__ import annotations

from negotiation.desk import Hand
from negotiation.domain import commands as do
from negotiation.domain.terms import Kind, ProposalTerms
from negotiation.views.what_is_open import PROPOSAL
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand, inside
from negotiation_tui.page import gone
from negotiation_tui.stage import Answers, Field, Missing, Stage


def revise(at: AtHand) -> Stage | Missing:
    """Words change by the chair's decision."""
    substance, form = "the substance", "only the form"

    def command(answers: Answers) -> do.Command | Missing:
        change = stage.rewording(answers)
        if isinstance(change, Missing):
            return change
        return do.ReviseText(at.clause.id, (change,), editorial=answers["kind"] == form)

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause", value=at.words),
        Field("new", "New words", needed=True),
        Field("where", "They go", choices=stage.PLACES),
        Field("kind", "Changes", choices=(substance, form)),
    )
    start = "new" if at.words else "words"
    return Stage(f"Revise {at.called}", (), fields, command, start=start)


def delete(at: AtHand) -> Stage | Missing:
    """The clause goes, or comes back when it is gone; or the words selected go."""
    fields = (Field("reason", "Reason", "may stay empty"),)
    if gone(at.clause):
        return Stage(
            f"Restore {at.called}",
            (),
            fields,
            lambda answers: do.RestoreClause(at.clause.id, answers["reason"].strip()),
        )
    if not at.words and not at.speaker:
        return Stage(
            f"Delete {at.called}",
            (),
            fields,
            lambda answers: do.DeleteClause(at.clause.id, answers["reason"].strip()),
        )
    return _delete_for(at)


def _delete_for(at: AtHand) -> Stage:
    """As the speaker's proposal, or by the chair's decision."""
    proposal = at.desk.new_id()
    proposes, decides = f"proposed by {at.speaker}", "the chair decides"
    choices = (proposes, decides) if at.speaker else (decides,)

    def command(answers: Answers) -> do.Command | Missing:
        said = answers["words"]
        away = (do.Rewording("", stage.words_at(said)),)
        if answers["by"] == proposes:
            terms = ProposalTerms(proposal, "", (at.speaker,))
            if said:
                return do.ProposeAmendment(at.clause.id, terms, away)
            return do.ProposeDeletion(at.clause.id, terms)
        if said:
            return do.ReviseText(at.clause.id, away)
        return do.DeleteClause(at.clause.id)

    def hand(answers: Answers) -> Hand:
        return stage.hand_of((at.speaker,) if answers["by"] == proposes else ())

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause", value=at.words),
        Field("by", "Is", choices=choices),
    )
    what = "Delete words in" if at.words else "Delete"
    return Stage(f"{what} {at.called}", (), fields, command, hand, start="by")


def park(at: AtHand) -> Stage | Missing:
    """The clause or the open point is set aside; what is set aside is taken up again."""
    point = at.point
    if at.clause.margin.parked is not None:
        return Stage(f"Resume {at.called}", (), (), lambda _: do.Resume(at.clause.id))
    if point is not None and point.parked:
        return Stage(
            f"Resume open point {point.number}",
            inside(point),
            (),
            lambda _: do.Resume(point=point.id),
        )
    whole, only = "the clause", "the open point at hand"
    fields = [
        Field("owner", "Who", "brings it back", value=at.speaker, needed=True),
        Field("until", "Until", "may stay empty"),
    ]
    if point is not None and point.kind != PROPOSAL:
        fields.append(Field("what", "Parks", choices=(whole, only)))

    def command(answers: Answers) -> do.Command | Missing:
        owner, until = answers["owner"].strip(), answers["until"].strip()
        if not owner:
            return Missing("Say who brings it back.")
        if point is not None and answers.get("what") == only:
            return do.Park(point=point.id, owner=owner, until=until)
        return do.Park(at.clause.id, owner=owner, until=until)

    return Stage(f"Park {at.called}", (), tuple(fields), command)


def move(at: AtHand) -> Stage | Missing:
    """The clause goes behind another one."""

    def command(answers: Answers) -> do.Command | Missing:
        said, level = answers["after"].strip(), answers["level"].strip()
        if level and not (level.isdecimal() and len(level) < 3):
            return Missing("The level is a number: 0 for the text, 1 under a heading, and so on.")
        depth = int(level) if level else None
        if said == "first":
            return do.MoveClause(at.clause.id, "", depth)
        if not said:
            return Missing("Say behind which clause it goes, or first.")
        found = at.clause_called(said)
        if isinstance(found, Missing):
            return found
        return do.MoveClause(at.clause.id, found.id, depth)

    fields = (
        Field("after", "Behind", "a clause such as resolves/2, or first", needed=True),
        Field("level", "Level", "a number; empty keeps it"),
    )
    return Stage(f"Move {at.called}", (), fields, command)


def table_clause(at: AtHand) -> Stage | Missing:
    """The chair puts a new clause before the room."""
    new_clause = at.desk.new_id()
    kinds = (Kind.ITEM, Kind.PARAGRAPH, Kind.HEADING, Kind.CHAPEAU)
    kind = at.clause.kind if at.clause.kind in kinds else Kind.PARAGRAPH

    def command(answers: Answers) -> do.Command | Missing:
        if not answers["new"]:
            return Missing("Say the words of the new clause.")
        return do.TableClause(
            new_clause,
            Kind(answers["kind"]),
            answers["label"].strip(),
            answers["new"],
            at.clause.id,
            at.page.levels.get(at.clause.id, 0),
        )

    fields = (
        Field("new", "Words", needed=True),
        Field("label", "Label", value=stage.label_after(at.desk, at.clause)),
        Field("kind", "Is", choices=tuple(one.value for one in kinds), value=kind.value),
    )
    return Stage(f"A new clause behind {at.called}", (), fields, command)
