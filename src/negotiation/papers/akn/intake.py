"""A text from an Akoma Ntoso file begins a record, told act by act as far as its marks tell it.

Clauses, proposals and open points keep their ids, so that what refers to them still does. What no
mark tells (a bracket that was there before its words, who supported a proposal) comes last, in the
hand of whoever takes the file in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from itertools import groupby

import attrs

from negotiation.domain import events as ev
from negotiation.domain.clause import Clause
from negotiation.domain.commands import ReceiveDraft
from negotiation.domain.entries import Bound, Drafted, Moment
from negotiation.domain.evolve import evolve
from negotiation.domain.terms import Bracket
from negotiation.papers.akn.history import Told, terms, words_told
from negotiation.papers.akn.layers import layers_of
from negotiation.papers.akn.reader import read
from negotiation.papers.akn.text import AknAct, AknText
from negotiation.papers.chapter import Chapter
from negotiation.papers.loss import Loss, losses
from negotiation.text.passage import Standing, marks_of

_LAST = 1 << 62
"""Stands for an entry behind all others."""
_RECEIVED = ReceiveDraft.__name__


@attrs.frozen
class Intake:
    """The acts that begin a record with a text, and what of the file does not come with them."""

    symbol: str
    chapters: tuple[Chapter, ...]
    """The first one is the import's; together they are the text."""
    text: AknText
    happened: Moment | None
    losses: tuple[Loss, ...]


def received(source: bytes, name: str) -> Intake:
    """The acts that receive a file; raises `reader.NotOurs`, and `NotXml` for what is no XML."""
    text = read(source, name)
    whole = text.moment.negotiation
    when = Moment(dt.datetime.fromisoformat(text.when), Bound.NOT_LATER) if text.when else None
    plainer = sum(words_told(clause) is None for clause in text.moment.clauses)
    packages = sum(one.state != "formed" for one in whole.packages)
    return Intake(
        whole.symbol or name,
        (Chapter(_RECEIVED, tuple(_opening(text, source, name))), *_chapters(text)),
        text,
        when,
        losses(
            ("clause with all that was done to it", "clauses with all that was done", plainer),
            ("version that was issued", "versions that were issued", len(whole.issued)),
            ("package that was decided", "packages that were decided", packages),
        ),
    )


def _opening(text: AknText, source: bytes, name: str) -> Iterator[Drafted]:
    whole = text.moment.negotiation
    opened = ev.NegotiationOpened(whole.symbol or name, whole.body, whole.conventions, whole.title)
    yield Drafted("", opened)
    sha256 = hashlib.sha256(source).hexdigest()
    yield Drafted("", ev.DocumentReceived(name, sha256, source, whole.symbol))
    for party in whole.parties:
        yield Drafted("", ev.PartyJoined(party.code, party.name, party.members))


def _chapters(text: AknText) -> Iterator[Chapter]:
    """The acts of the text in their order, and what no act tells."""
    rows = [
        (max(entry, clause.margin.tabled_by), clause.id, event)
        for clause in text.moment.clauses
        for entry, event in _told(clause)
    ]
    rows.sort(key=lambda row: row[0])
    placing = _Placing(text)
    for act, told in groupby(rows, key=lambda row: text.act_of(row[0])):
        drafted: list[Drafted] = []
        for _, clause_id, event in told:
            drafted.append(Drafted(clause_id, event))
            if isinstance(event, ev.ClauseTabled):
                drafted.append(Drafted("", placing.of(clause_id)))
        yield _chapter(act, tuple(drafted))
    if packages := tuple(_packages(text)):
        yield Chapter(_RECEIVED, packages)


def _chapter(act: AknAct | None, drafted: tuple[Drafted, ...]) -> Chapter:
    if act is None:
        return Chapter(_RECEIVED, drafted)
    happened = Moment(dt.datetime.fromisoformat(act.happened), act.bound)
    if not act.by:
        return Chapter(_RECEIVED, drafted, happened=happened)
    return Chapter(act.purpose, drafted, act.by, act.behalf, happened, act.capacity, act.meeting)


class _Placing:
    """Gives clauses their places one by one, so that all of them together stand in order."""

    def __init__(self, text: AknText) -> None:
        order = text.moment.negotiation.order
        self._ranks = {placed.clause: rank for rank, placed in enumerate(order)}
        self._order = order
        self._there = [False] * len(order)

    def of(self, clause: str) -> ev.ClausePlaced:
        """Behind the nearest clause before it that has its place."""
        rank = self._ranks[clause]
        self._there[rank] = True
        before = next((one for one in range(rank - 1, -1, -1) if self._there[one]), None)
        after = "" if before is None else self._order[before].clause
        return ev.ClausePlaced(clause, after, self._order[rank].level)


def _packages(text: AknText) -> Iterator[Drafted]:
    for package in text.moment.negotiation.packages:
        linked = [one.id for one in text.moment.clauses if one.margin.package == package.id]
        if package.state == "formed":
            formed = ev.PackageFormed(package.id, package.name, tuple(linked), package.points)
            yield Drafted("", formed)
            for clause_id in linked:
                yield Drafted(clause_id, ev.ClauseLinked(package.id))


# -- one clause -----------------------------------------------------------------------------------


def _told(clause: Clause) -> Iterator[Told]:
    words = words_told(clause) or tuple(_in_layers(clause))
    yield from words
    last = max(entry for entry, _ in words)
    yield from _reprinted(clause, words)
    yield from _proposals(clause, words)
    yield from _points(clause, last)
    deleted = any(isinstance(event, ev.ClauseDeleted) for _, event in words)
    yield from _beside(clause, deleted=deleted)


def _in_layers(clause: Clause) -> Iterator[Told]:
    """The clause with its last words, and undecided proposals upon them."""
    layers = layers_of(clause)
    apart = {one.id for one, _ in layers.proposed}
    own = [one for one in clause.proposals if one.id not in apart and one.kind != "NOC"]
    added = next((one for one in own if one.kind == "ADD"), None)
    begun = ev.ClauseTabled(
        clause.kind,
        clause.label,
        layers.tabled,
        clause.base_label,
        clause.margin.label_struck,
        None if added is None else terms(added),
        tuple(terms(one) for one in own if one is not added),
        lead=clause.margin.lead,
        printed=clause.printed,
    )
    at = clause.margin.tabled_by
    yield at, begun
    for proposal, edits in layers.proposed:
        at = max(at, proposal.entry)
        if proposal.kind == "SUP":
            yield at, ev.DeletionProposed(terms(proposal), edits)
        else:
            yield at, ev.AmendmentProposed(terms(proposal), edits, proposal.kind == "(MOD)")


# -- what stands on a clause ----------------------------------------------------------------------


def _made(clause: Clause, words: tuple[Told, ...]) -> Clause | None:
    """The clause that the events about its words make."""
    state: Clause | None = None
    for number, (_, event) in enumerate(words, start=1):
        state = evolve(state, number, clause.id, event)
    return state


def _reprinted(clause: Clause, words: tuple[Told, ...]) -> Iterator[Told]:
    """How the words were printed, where carrying that along does not give it."""
    made = _made(clause, words)
    if made is not None and made.printed != clause.printed:
        margin = clause.margin
        yield (
            _LAST,
            ev.ClauseReprinted(clause.kind, margin.lead, margin.label_struck, clause.printed),
        )


def _proposals(clause: Clause, words: tuple[Told, ...]) -> Iterator[Told]:
    """What the words do not tell of proposals: those for no change, supporters, and states."""
    state = _made(clause, words)
    for proposal in clause.proposals:
        if proposal.kind == "NOC":
            yield proposal.entry, ev.NoChangeProposed(terms(proposal))
        for party in proposal.supporters:
            yield _LAST, ev.ProposalSupported(proposal.id, party)
        now = None if state is None else state.proposal(proposal.id)
        reached = "on the table" if now is None else now.state
        pending = any(
            mark.source == proposal.id and mark.standing is Standing.PENDING
            for run in clause.passage.runs
            for mark in marks_of(run)
        )
        if pending or proposal.state in (reached, "on the table"):
            continue
        if proposal.state == "merged":
            yield _LAST, ev.ProposalMerged(proposal.id, proposal.into)
        elif proposal.state == "withdrawn":
            yield _LAST, ev.ProposalWithdrawn(proposal.id, next(iter(proposal.sponsors), ""))
        else:
            yield _LAST, ev.ProposalNotRetained(proposal.id, (), proposal.state)


def _points(clause: Clause, last: int) -> Iterator[Told]:
    """Brackets and wordings; places are those in the last words, so they come behind them."""
    since: dict[str, int] = {}
    at = last
    for bracket in clause.brackets:
        # In the order in which they were placed, since that is how they are printed.
        at = since[bracket.point] = bracket.since if bracket.since >= at else _LAST
        yield at, _placed(bracket)
        if bracket.parked:
            yield _LAST, ev.ClauseParked(bracket.parked, bracket.until, bracket.point)
    for one in clause.alternatives:
        tabled = ev.AlternativeTabled(
            one.point, one.order, one.proposal, one.sponsors, one.reach, one.label, one.printed
        )
        yield since.get(one.point, _LAST), tabled


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


def _beside(clause: Clause, *, deleted: bool) -> Iterator[Told]:
    margin = clause.margin
    for anomaly in margin.anomalies:
        yield anomaly.entry, ev.AnomalyFound(anomaly.id, anomaly.damage)
        if anomaly.settled:
            yield _LAST, ev.AnomalySettled(anomaly.id, anomaly.settled == "accepted")
    if margin.drawn_from:
        yield _LAST, ev.ClauseDrawnFrom(margin.drawn_from)
    if margin.deleted_by and not deleted:
        yield margin.deleted_by, ev.ClauseDeleted(())
    for position in margin.positions:
        yield (
            position.entry,
            ev.PositionRecorded(position.party, position.stance, position.on, position.condition),
        )
    for remark in margin.remarks:
        yield remark.entry, ev.RemarkMade(remark.words, remark.on)
    if margin.parked is not None:
        yield margin.parked.entry, ev.ClauseParked(margin.parked.owner, margin.parked.until)
    agreed = clause.agreement
    if agreed is not None:
        yield (
            agreed.entry,
            ev.ClauseAgreed(agreed.level, agreed.words, agreed.conditions, agreed.heard_by),
        )
