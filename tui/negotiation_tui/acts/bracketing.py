"""Brackets: placed, held, released, narrowed or widened, noted, lifted; wordings beside them."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain.terms import BracketKind, ProposalTerms
from negotiation.views.what_is_open import PROPOSAL
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import NO_BRACKET, NO_POINT, AtHand, inside
from negotiation_tui.draw import visible
from negotiation_tui.stage import Answers, Field, Missing, Stage


def bracket(at: AtHand) -> Stage | Missing:
    """A bracket on words, on the whole clause, or up to another clause."""
    point = at.desk.new_id()
    kinds = tuple(kind.value for kind in BracketKind)

    def command(answers: Answers) -> do.Command | Missing:
        words = stage.words_at(answers["words"]) if answers["words"] else None
        last = ""
        if answers["last"].strip():
            found = at.clause_called(answers["last"])
            if isinstance(found, Missing):
                return found
            last = found.id
        return do.PlaceBracket(
            point,
            at.clause.id,
            words,
            last,
            kind=BracketKind(answers["kind"]),
            holders=stage.codes(at.desk, answers["party"]),
            status=answers["status"].strip(),
            reason=answers["reason"].strip(),
        )

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause", value=at.words),
        stage.party("party", "Held by", "codes, with commas; may stay empty", at.speaker),
        Field("status", "Status", "such as: to be further discussed"),
        Field("reason", "Reason", "needed where the room lifted a bracket on these words before"),
        Field("last", "Up to", "a clause, that one included; may stay empty"),
        Field("kind", "Asks for", choices=kinds, value=BracketKind.CONTESTED.value),
    )
    start = "status" if at.words else "words"
    hand = stage.delegation(at.desk)
    return Stage(f"Bracket in {at.called}", (), fields, command, hand, start)


def hold(at: AtHand) -> Stage | Missing:
    """A party insists on the bracket at hand, or no longer does."""
    point = at.bracket
    if point is None:
        return NO_BRACKET
    holds, releases = "holds it", "releases it"
    does = releases if at.speaker in point.holders else holds

    def command(answers: Answers) -> do.Command | Missing:
        named = stage.codes(at.desk, answers["party"])
        if len(named) != 1:
            return Missing("Say which party, by its code.")
        if answers["does"] == releases:
            return do.ReleaseBracket(point.id, named[0])
        return do.HoldBracket(point.id, named[0], answers["reason"].strip())

    fields = (
        stage.party("party", "Party", "a code; Tab completes it", at.speaker, needed=True),
        Field("does", "It", choices=(holds, releases), value=does),
        Field("reason", "Reason", "may stay empty"),
    )
    title = f"Hold or release open point {point.number}: {point.where}"
    return Stage(title, inside(point), fields, command, stage.delegation(at.desk))


def reach(at: AtHand) -> Stage | Missing:
    """The bracket at hand covers other words of the clause."""
    point = at.bracket
    if point is None:
        return NO_BRACKET

    def command(answers: Answers) -> do.Command | Missing:
        if not answers["words"]:
            return Missing("Say the words that the bracket shall cover, as they are printed.")
        return do.ReachBracket(point.id, at.clause.id, stage.words_at(answers["words"]))

    fields = (Field("words", "Covers", "words as printed", value=at.words, needed=True),)
    title = f"Narrow or widen open point {point.number} in {at.called}"
    return Stage(title, inside(point), fields, command)


def status(at: AtHand) -> Stage | Missing:
    """How an open point stands."""
    point = at.bracket
    if point is None:
        return NO_BRACKET
    fields = (Field("status", "Status", "such as: to be further discussed", value=point.status),)
    return Stage(
        f"Note on open point {point.number}: {point.where}",
        inside(point),
        fields,
        lambda answers: do.NoteStatus(point.id, answers["status"].strip()),
    )


def table(at: AtHand) -> Stage | Missing:
    """Another wording beside those of the open point at hand."""
    point = at.bracket
    if point is None:
        return NO_BRACKET
    proposal, new_clause = at.desk.new_id(), at.desk.new_id()
    here, apart = "in this clause", "as a clause of its own"
    reaches = [one.reach for one in at.clause.brackets if one.point == point.id]
    words_only = bool(reaches) and not reaches[0].whole

    def command(answers: Answers) -> do.Command | Missing:
        if not answers["new"]:
            return Missing("Say the other wording.")
        terms: ProposalTerms = stage.terms(at.desk, proposal, answers)
        if answers["where"] == here:
            return do.TableAlternative(point.id, terms, answers["new"], clause=at.clause.id)
        return do.TableAlternative(point.id, terms, answers["new"], new_clause)

    fields = (
        Field("new", "Wording", needed=True),
        stage.party("party", "For", "codes of the sponsors, with commas", at.speaker),
        Field("symbol", "Symbol", "may stay empty"),
        Field("where", "Stands", choices=(here, apart), value=here if words_only else apart),
    )
    title = f"Another wording of open point {point.number}: {point.where}"
    return Stage(title, inside(point), fields, command, stage.delegation(at.desk))


def lift(at: AtHand) -> Stage | Missing:
    """The bracket at hand goes and its words stand; a proposal by itself is retained."""
    point = at.point
    if point is None:
        return NO_POINT
    if point.kind == PROPOSAL:
        name = point.alternatives[0].symbol or "the proposal"
        title = f"Retain {visible(name)} on {at.called}"
        return Stage(title, inside(point), (), lambda _: do.RetainProposal(point.id))
    title = f"Lift the bracket in {at.called}"
    return Stage(title, inside(point), (), lambda _: do.LiftBracket(point.id))
