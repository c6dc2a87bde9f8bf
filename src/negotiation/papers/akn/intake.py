"""A text from an Akoma Ntoso file becomes one act: a record that begins with it.

Clauses, proposals and open points keep their ids, so that what refers to them still does. The acts
that made the text are not made again: the record begins with what they left.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.commands import ReceiveDraft
from negotiation.domain.entries import Bound, Drafted, Moment
from negotiation.domain.terms import Bracket, Proposal, ProposalTerms
from negotiation.domain.wording import passage_of, state_of
from negotiation.papers.akn.layers import Layers, layers_of
from negotiation.papers.akn.loss import Loss, losses
from negotiation.papers.akn.reader import read
from negotiation.papers.akn.text import AknText
from negotiation.text.passage import Standing, marks_of


@attrs.frozen
class Intake:
    """The act that begins a record with a text, and what of the file does not come with it."""

    command: ReceiveDraft
    text: AknText
    happened: Moment | None
    losses: tuple[Loss, ...]


def received(source: bytes, name: str) -> Intake:
    """The act that receives a file; raises `reader.NotOurs`, and `NotXml` for what is no XML."""
    text = read(source, name)
    drafted = tuple(_events(text, source, name))
    when = Moment(dt.datetime.fromisoformat(text.when), Bound.NOT_LATER) if text.when else None
    whole = text.moment.negotiation
    plainer = sum(not layers_of(one).show(one) for one in text.moment.clauses)
    packages = sum(one.state != "formed" for one in whole.packages)
    return Intake(
        ReceiveDraft(whole.symbol or name, drafted),
        text,
        when,
        losses(
            ("former act, with who and when", "former acts, with who and when", len(text.acts)),
            ("clause with all its marks", "clauses with all their marks", plainer),
            ("version that was issued", "versions that were issued", len(whole.issued)),
            ("package that was decided", "packages that were decided", packages),
        ),
    )


def _events(text: AknText, source: bytes, name: str) -> Iterator[Drafted]:
    moment = text.moment
    whole = moment.negotiation
    opened = ev.NegotiationOpened(whole.symbol or name, whole.body, whole.conventions, whole.title)
    yield Drafted("", opened)
    sha256 = hashlib.sha256(source).hexdigest()
    yield Drafted("", ev.DocumentReceived(name, sha256, source, whole.symbol))
    for party in whole.parties:
        yield Drafted("", ev.PartyJoined(party.code, party.name, party.members))
    before = ""
    for clause, placed in zip(moment.clauses, whole.order, strict=True):
        layers = layers_of(clause)
        yield Drafted(clause.id, _tabled(clause, layers))
        yield Drafted("", ev.ClausePlaced(clause.id, before, placed.level))
        for event in (*_proposals(clause, layers), *_points(clause), *_beside(clause)):
            yield Drafted(clause.id, event)
        before = clause.id
    for package in whole.packages:
        linked = [one.id for one in moment.clauses if one.margin.package == package.id]
        if package.state == "formed":
            yield Drafted(
                "", ev.PackageFormed(package.id, package.name, tuple(linked), package.points)
            )
            for clause_id in linked:
                yield Drafted(clause_id, ev.ClauseLinked(package.id))


def _terms(proposal: Proposal) -> ProposalTerms:
    return ProposalTerms(proposal.id, proposal.symbol, proposal.sponsors)


def _tabled(clause: Clause, layers: Layers) -> ev.ClauseTabled:
    apart = {one.id for one, _ in layers.proposed}
    own = [one for one in clause.proposals if one.id not in apart and not _waits(one)]
    added = next((one for one in own if one.kind == "ADD"), None)
    return ev.ClauseTabled(
        clause.kind,
        clause.label,
        layers.tabled,
        clause.base_label,
        clause.margin.label_struck,
        None if added is None else _terms(added),
        tuple(_terms(one) for one in own if one is not added),
        lead=clause.margin.lead,
        printed=clause.printed,
    )


def _waits(proposal: Proposal) -> bool:
    """Whether it is a proposal that a clause stay as it is: no word of it can be in the text."""
    return proposal.kind == "NOC"


# -- what stands on a clause ----------------------------------------------------------------------


def _proposals(clause: Clause, layers: Layers) -> Iterator[ev.ClauseEvent]:
    for proposal, edits in layers.proposed:
        if proposal.kind == "SUP":
            yield ev.DeletionProposed(_terms(proposal), edits)
        else:
            yield ev.AmendmentProposed(_terms(proposal), edits, proposal.kind == "(MOD)")
    for proposal in clause.proposals:
        if _waits(proposal):
            yield ev.NoChangeProposed(_terms(proposal))
    begun = passage_of(layers.tabled, 1)
    for proposal in clause.proposals:
        for party in proposal.supporters:
            yield ev.ProposalSupported(proposal.id, party)
        pending = any(
            mark.source == proposal.id and mark.standing is Standing.PENDING
            for run in clause.passage.runs
            for mark in marks_of(run)
        )
        if pending or proposal.state == "on the table":
            continue
        if proposal.state == "merged":
            yield ev.ProposalMerged(proposal.id, proposal.into)
        elif proposal.state == "withdrawn":
            yield ev.ProposalWithdrawn(proposal.id, next(iter(proposal.sponsors), ""))
        elif _waits(proposal) or proposal.state != state_of(begun, proposal.id):
            yield ev.ProposalNotRetained(proposal.id, (), proposal.state)


def _points(clause: Clause) -> Iterator[ev.ClauseEvent]:
    for bracket in clause.brackets:
        yield _placed(bracket)
        if bracket.parked:
            yield ev.ClauseParked(bracket.parked, bracket.until, bracket.point)
    for one in clause.alternatives:
        yield ev.AlternativeTabled(
            one.point, one.order, one.proposal, one.sponsors, one.reach, one.label, one.printed
        )


def _placed(bracket: Bracket) -> ev.BracketPlaced:
    return ev.BracketPlaced(
        bracket.point,
        bracket.kind,
        bracket.reach,
        bracket.begins,
        bracket.holders,
        bracket.status,
        bracket.reason,
    )


def _beside(clause: Clause) -> Iterator[ev.ClauseEvent]:
    margin = clause.margin
    for anomaly in margin.anomalies:
        yield ev.AnomalyFound(anomaly.id, anomaly.damage)
        if anomaly.settled:
            yield ev.AnomalySettled(anomaly.id, anomaly.settled == "accepted")
    if margin.drawn_from:
        yield ev.ClauseDrawnFrom(margin.drawn_from)
    if margin.deleted_by:
        yield ev.ClauseDeleted(())
    for position in margin.positions:
        yield ev.PositionRecorded(position.party, position.stance, position.on, position.condition)
    for remark in margin.remarks:
        yield ev.RemarkMade(remark.words, remark.on)
    if margin.parked is not None:
        yield ev.ClauseParked(margin.parked.owner, margin.parked.until)
    agreed = clause.agreement
    if agreed is not None:
        yield ev.ClauseAgreed(agreed.level, agreed.words, agreed.conditions, agreed.heard_by)
