"""The chair's acts, one function each: what is staged for the clause and the open point at hand.

Nothing here decides anything: the answers become a command, and the desk says what it would do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from negotiation.desk import Desk
from negotiation.domain import commands as do
from negotiation.domain.clause import Clause
from negotiation.domain.numbering import next_label
from negotiation.domain.terms import BracketKind, Kind
from negotiation.views.what_is_open import PROPOSAL, OpenPoint
from negotiation_tui import stage
from negotiation_tui.draw import Ink, Line, brief, visible
from negotiation_tui.page import Page, gone
from negotiation_tui.stage import Answers, Field, Missing, Stage
from negotiation_tui.words_cursor import Selected

_TOLD = 3
_MOD, _ADD, _SUP, _NOC = "new words", "a new clause behind it", "delete it", "no change"


@attrs.frozen(eq=False)
class AtHand:
    """What an act is about: the clause at hand, and the open point, if one is."""

    desk: Desk
    page: Page
    clause: Clause
    point: OpenPoint | None
    told: Callable[[int], str]
    """The sentence of an entry."""
    speaker: str = ""
    """The party that has the floor."""
    selected: Selected | None = None

    @property
    def called(self) -> str:
        """The clause, as people read it off the page."""
        return visible(self.page.called.get(self.clause.id, self.clause.label) or "the text")


def propose(at: AtHand) -> Stage | Missing:
    """MOD, ADD, SUP or NOC on the clause at hand."""
    proposal, new_clause = at.desk.new_id(), at.desk.new_id()
    kinds = (_MOD, _ADD, _SUP, _NOC)

    def command(answers: Answers) -> do.Command | Missing:
        made = stage.terms(at.desk, proposal, answers)
        clause = at.clause
        match answers["kind"]:
            case k if k == _SUP:
                return do.ProposeDeletion(clause.id, made)
            case k if k == _NOC:
                return do.ProposeNoChange(clause.id, made)
            case k if k == _ADD:
                if not answers["new"]:
                    return Missing("Say the words of the new clause.")
                kind = clause.kind if clause.kind in (Kind.ITEM, Kind.PARAGRAPH) else Kind.PARAGRAPH
                level = at.page.levels.get(clause.id, 0)
                label = next_label(clause.label)
                return do.ProposeAddition(
                    new_clause, made, kind, label, answers["new"], clause.id, level
                )
        change = stage.rewording(answers)
        if isinstance(change, Missing):
            return change
        return do.ProposeAmendment(clause.id, made, (change,))

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause"),
        Field("new", "New words"),
        Field("where", "They go", choices=stage.PLACES),
        Field("party", "For", "codes of the sponsors, with commas"),
        Field("symbol", "Symbol", "may stay empty"),
        Field("kind", "Proposes", choices=kinds),
    )
    return Stage(f"Propose on {at.called}", (), fields, command, stage.delegation(at.desk))


def bracket(at: AtHand) -> Stage | Missing:
    """A bracket on words, or on the whole clause."""
    point = at.desk.new_id()

    def command(answers: Answers) -> do.Command | Missing:
        words = stage.words_at(answers["words"]) if answers["words"] else None
        return do.PlaceBracket(
            point,
            at.clause.id,
            words,
            kind=BracketKind.CONTESTED,
            holders=stage.codes(at.desk, answers["party"]),
            status=answers["status"].strip(),
        )

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause"),
        Field("party", "Held by", "codes, with commas; may stay empty"),
        Field("status", "Status", "such as: to be further discussed"),
    )
    return Stage(f"Bracket in {at.called}", (), fields, command)


def lift(at: AtHand) -> Stage | Missing:
    """The bracket at hand goes and its words stand; a proposal by itself is retained."""
    point = at.point
    if point is None:
        return Missing("No open point is at hand here; n goes to the next one.")
    if point.kind == PROPOSAL:
        name = point.alternatives[0].symbol or "the proposal"
        return Stage(
            f"Retain {visible(name)} on {at.called}",
            _inside(point),
            (),
            lambda _: do.RetainProposal(point.id),
        )
    return Stage(
        f"Lift the bracket in {at.called}",
        _inside(point),
        (),
        lambda _: do.LiftBracket(point.id),
    )


def resolve(at: AtHand) -> Stage | Missing:
    """The open point at hand is decided."""
    point = at.point
    if point is None:
        return Missing("No open point is at hand here; n goes to the next one.")
    new_clause = at.desk.new_id()
    orders = tuple(dict.fromkeys(one.order for one in point.alternatives)) or (1,)

    def command(answers: Answers) -> do.Command | Missing:
        said, words = answers["choose"].split(), answers["new"]
        if words and said:
            return Missing("Either numbers or new words; empty one of the two lines.")
        if words:
            if point.kind == PROPOSAL:
                return do.RetainProposal(point.id, (), (do.Rewording(words),))
            return do.ResolveOpenPoint(point.id, (), words, new_clause)
        return _decided(point, said, orders)

    fields = (
        Field("choose", "Choose", "numbers in their order · drop: none of them · base: as it was"),
        Field("new", "Or new words", "all wordings merge into them"),
    )
    return Stage(
        f"Decide open point {point.number}: {point.where}", _inside(point), fields, command
    )


def _decided(point: OpenPoint, said: list[str], orders: tuple[int, ...]) -> do.Command | Missing:
    alone = point.kind == PROPOSAL
    if not said:
        there = " ".join(map(str, orders))
        return Missing(
            f"Say which of {there} shall stand, in their order; drop, base, or new words."
        )
    if said == ["drop"]:
        verdicts = tuple(do.Drop(order) for order in orders)
        return do.DropProposal(point.id) if alone else do.ResolveOpenPoint(point.id, verdicts)
    if said == ["base"]:
        return do.DropProposal(point.id) if alone else do.ResolveOpenPoint(point.id)
    if not all(one.isdecimal() for one in said):
        return Missing("Numbers with spaces between them, or drop, or base.")
    if alone:
        if said != ["1"]:
            return Missing("The proposal stands alone, so its only number is 1.")
        return do.RetainProposal(point.id)
    return do.ResolveOpenPoint(point.id, tuple(do.Choose(int(one)) for one in said))


def delete(at: AtHand) -> Stage | Missing:
    """The clause goes, or comes back when it is gone."""
    fields = (Field("reason", "Reason", "may stay empty"),)
    if gone(at.clause):
        return Stage(
            f"Restore {at.called}",
            (),
            fields,
            lambda answers: do.RestoreClause(at.clause.id, answers["reason"].strip()),
        )
    return Stage(
        f"Delete {at.called}",
        (),
        fields,
        lambda answers: do.DeleteClause(at.clause.id, answers["reason"].strip()),
    )


def agree(at: AtHand) -> Stage | Missing:
    """The words of now are agreed, at the lowest level or the one reached."""
    fields = (Field("conditions", "Ad referendum", "conditions, with semicolons; may stay empty"),)
    return Stage(
        f"Agree {at.called} as it reads",
        (),
        fields,
        lambda answers: do.AgreeClause(
            at.clause.id, conditions=stage.listed(answers["conditions"])
        ),
    )


def park(at: AtHand) -> Stage | Missing:
    """The clause or the open point is set aside; what is set aside is taken up again."""
    point = at.point
    if at.clause.margin.parked is not None:
        return Stage(f"Resume {at.called}", (), (), lambda _: do.Resume(at.clause.id))
    if point is not None and point.parked:
        return Stage(
            f"Resume open point {point.number}",
            _inside(point),
            (),
            lambda _: do.Resume(point=point.id),
        )
    whole, only = "the clause", "the open point at hand"
    fields = [
        Field("owner", "Who", "brings it back"),
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


def revise(at: AtHand) -> Stage | Missing:
    """Words change by the chair's decision."""
    substance, form = "the substance", "only the form"

    def command(answers: Answers) -> do.Command | Missing:
        change = stage.rewording(answers)
        if isinstance(change, Missing):
            return change
        return do.ReviseText(at.clause.id, (change,), editorial=answers["kind"] == form)

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause"),
        Field("new", "New words"),
        Field("where", "They go", choices=stage.PLACES),
        Field("kind", "Changes", choices=(substance, form)),
    )
    return Stage(f"Revise {at.called}", (), fields, command)


def undo(at: AtHand) -> Stage | Missing:
    """The last act that stands is undone by a further one."""
    act = at.desk.act_of("last")
    entries = [entry.number for entry in at.desk.timeline.entries if entry.act.id == act]
    told: tuple[Line, ...] = tuple(
        ((f"{number} {visible(at.told(number))}", Ink.PLAIN),) for number in entries[:_TOLD]
    )
    if len(entries) > _TOLD:
        told = (*told, ((f"… and {len(entries) - _TOLD} more entries", Ink.FAINT),))
    return Stage(f"Undo entry {entries[0]}", told, (), lambda _: do.ReverseAct(act))


def _inside(point: OpenPoint) -> tuple[Line, ...]:
    """The wordings of an open point, with their numbers."""
    if not point.alternatives:
        return (((f"“{brief(point.words or point.struck, 300)}”", Ink.PLAIN),),)
    rows: list[Line] = []
    for one in point.alternatives:
        credit = " – ".join(part for part in (one.symbol, ", ".join(one.sponsors)) if part)
        words = brief(one.words or f"strikes {point.struck}", 300)
        head: Line = ((f"{one.order} ", Ink.STRONG),)
        if credit:
            head = (*head, (f"{visible(credit)}: ", Ink.SPONSOR))
        rows.append((*head, (words, Ink.ALTERNATIVE)))
    return tuple(rows)


STAGES: Mapping[str, Callable[[AtHand], Stage | Missing]] = {
    "propose": propose,
    "bracket": bracket,
    "lift": lift,
    "resolve": resolve,
    "delete": delete,
    "agree": agree,
    "park": park,
    "revise": revise,
    "undo": undo,
}
"""Every act that can be staged, by its name in the keys."""
