"""What delegations do with proposals, and what the room makes of one."""

from __future__ import annotations

from negotiation.domain import commands as do
from negotiation.domain.terms import Kind, Proposal
from negotiation_tui import stage
from negotiation_tui.acts.at_hand import AtHand
from negotiation_tui.stage import Answers, Field, Missing, Stage

_MOD, _ADD, _SUP, _NOC = "new words", "a new clause behind it", "delete it", "no change"
_OPEN = "on the table"
_FELL = ("withdrawn", "not retained")


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
                label = stage.label_after(at.desk, clause)
                return do.ProposeAddition(
                    new_clause, made, kind, label, answers["new"], clause.id, level
                )
        change = stage.rewording(answers)
        if isinstance(change, Missing):
            return change
        return do.ProposeAmendment(clause.id, made, (change,))

    fields = (
        Field("words", "Words", "as printed; empty for the whole clause", value=at.words),
        Field("new", "New words", needed=True),
        Field("where", "They go", choices=stage.PLACES),
        stage.party("party", "For", "codes of the sponsors, with commas", at.speaker),
        Field("symbol", "Symbol", "may stay empty"),
        Field("kind", "Proposes", choices=kinds),
    )
    start = "new" if at.words else "words"
    hand = stage.delegation(at.desk)
    return Stage(f"Propose on {at.called}", (), fields, command, hand, start)


def support(at: AtHand) -> Stage | Missing:
    """Another party is for a proposal."""
    return _of_party(
        at,
        at.proposals(_OPEN),
        "Support",
        "Supported by",
        lambda proposal, party: do.SupportProposal(proposal.id, party),
    )


def withdraw(at: AtHand) -> Stage | Missing:
    """The sponsor takes a proposal back."""
    return _of_party(
        at,
        at.proposals(_OPEN),
        "Withdraw",
        "Withdrawn by",
        lambda proposal, party: do.WithdrawProposal(proposal.id, party),
        sponsor=True,
    )


def reintroduce(at: AtHand) -> Stage | Missing:
    """A party brings back a proposal that fell."""
    return _of_party(
        at,
        at.proposals(*_FELL),
        "Reintroduce",
        "Brought back by",
        lambda proposal, party: do.ReintroduceProposal(proposal.id, party),
    )


def _of_party(
    at: AtHand,
    held: list[Proposal],
    does: str,
    asked: str,
    make: stage.OfProposal,
    *,
    sponsor: bool = False,
) -> Stage | Missing:
    if not held:
        return Missing(f"There is no proposal here that a party could {does.lower()}.")
    which = stage.Pick("proposal", "Proposal", tuple(held), at.named, _first(at, held))
    only = held[0].sponsors[0] if sponsor and len(held) == 1 and held[0].sponsors else ""

    def command(answers: Answers) -> do.Command | Missing:
        codes = stage.codes(at.desk, answers["party"])
        if len(codes) != 1:
            return Missing("Say which party, by its code.")
        return make(which.of(answers), codes[0])

    fields = (
        *which.fields,
        stage.party("party", asked, "a code; Tab completes it", at.speaker or only, needed=True),
    )
    title = f"{does} {at.named(held[0])}" if len(held) == 1 else f"{does} a proposal"
    return Stage(f"{title} on {at.called}", (), fields, command, stage.delegation(at.desk))


def _first(at: AtHand, held: list[Proposal]) -> int:
    """The proposal of the open point at hand, when it is one of these."""
    named = {at.point.id} if at.point is not None else set()
    if at.point is not None:
        named |= {one.proposal for one in at.point.alternatives}
    return next((place for place, one in enumerate(held) if one.id in named), 0)


def revise_proposal(at: AtHand) -> Stage | Missing:
    """The sponsor gives a proposal other words."""
    held = at.proposals(_OPEN)
    if not held:
        return Missing("No proposal is on the table here.")
    which = stage.Pick("proposal", "Proposal", tuple(held), at.named, _first(at, held))

    def command(answers: Answers) -> do.Command | Missing:
        proposal = which.of(answers)
        named = stage.codes(at.desk, answers["party"])
        by = named[0] if named else next(iter(proposal.sponsors), "")
        change = stage.rewording(answers)
        if isinstance(change, Missing):
            return change
        return do.ReviseProposal(proposal.id, by, (change,))

    fields = (
        *which.fields,
        Field("words", "Words", "as printed", value=at.words),
        Field("new", "New words", needed=True),
        Field("where", "They go", choices=stage.PLACES),
        stage.party("party", "By", "the sponsor; may stay empty", at.speaker),
    )
    start = "new" if at.words else "words"
    title = f"Revise a proposal on {at.called}"
    return Stage(title, (), fields, command, stage.delegation(at.desk), start)


def retain(at: AtHand) -> Stage | Missing:
    """The room takes a proposal: whole, some of its words, or as amended."""
    held = at.proposals(_OPEN)
    if not held:
        return Missing("No proposal is on the table here.")
    which = stage.Pick("proposal", "Proposal", tuple(held), at.named, _first(at, held))

    def command(answers: Answers) -> do.Command | Missing:
        proposal = which.of(answers)
        kept = tuple(stage.words_at(one) for one in stage.listed(answers["words"]))
        if answers["new"]:
            change = stage.rewording({**answers, "words": answers["instead"]})
            if isinstance(change, Missing):
                return change
            return do.RetainProposal(proposal.id, kept, (change,))
        return do.RetainProposal(proposal.id, kept)

    fields = (
        *which.fields,
        Field("words", "Only", "these of its words, with semicolons", value=at.words),
        Field("instead", "As amended", "these words give way; may stay empty"),
        Field("new", "to", "the new ones; may stay empty"),
    )
    return Stage(f"Retain a proposal on {at.called}", (), fields, command)


def drop(at: AtHand) -> Stage | Missing:
    """The room does not take a proposal, or not some of its words."""
    held = at.proposals(_OPEN)
    if not held:
        return Missing("No proposal is on the table here.")
    which = stage.Pick("proposal", "Proposal", tuple(held), at.named, _first(at, held))

    def command(answers: Answers) -> do.Command | Missing:
        words = tuple(stage.words_at(one) for one in stage.listed(answers["words"]))
        return do.DropProposal(which.of(answers).id, words)

    fields = (
        *which.fields,
        Field("words", "Only", "these of its words, with semicolons", value=at.words),
    )
    return Stage(f"Do not retain a proposal on {at.called}", (), fields, command)


def merge(at: AtHand) -> Stage | Missing:
    """A proposal lives on in another one."""
    held = at.proposals(_OPEN)
    others = [
        one for clause in at.page.clauses for one in clause.proposals if one.state != "withdrawn"
    ]
    if not held or len(others) < 2:
        return Missing("A merger needs a proposal on the table here, and another one.")
    which = stage.Pick("proposal", "Proposal", tuple(held), at.named, _first(at, held))

    def command(answers: Answers) -> do.Command | Missing:
        if not answers["into"].strip():
            return Missing("Say which proposal it lives on in, by its symbol or its sponsor.")
        into = at.desk.proposal_named(answers["into"].strip())
        return do.MergeProposal(which.of(answers).id, into)

    fields = (*which.fields, Field("into", "Lives on in", "a symbol or a sponsor", needed=True))
    return Stage(f"Merge a proposal on {at.called}", (), fields, command)
