"""The negotiation as a whole: what it is called, who takes part, in which order the clauses stand.

State and its `evolve_negotiation`; the rules are in `rules`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import assert_never

import attrs

from negotiation.domain import events as ev
from negotiation.domain.order import Order
from negotiation.domain.people import Party
from negotiation.domain.terms import (
    Accreditation,
    DocumentRole,
    HandedIn,
    IssuedFile,
    Objection,
    Package,
    Placed,
    PutDecision,
    Referral,
)


@attrs.frozen
class Received:
    """A document that came in, and the entry that received it."""

    name: str
    sha256: str
    source: bytes = attrs.field(repr=False)
    symbol: str
    revision: int
    date: dt.date | None
    role: DocumentRole
    entry: int
    undone: bool = False
    """Whether its receipt is taken back now."""
    turned: int = 0
    """The entry that last took the receipt back, or gave it back."""


@attrs.frozen
class Issued:
    """A version that was issued, and the entry that issued it."""

    symbol: str
    fingerprint: str
    against: str
    files: tuple[IssuedFile, ...]
    entry: int
    withdrawn: str = ""
    """Why it was taken back; empty while it holds."""
    position: int = 0
    """The entry whose seal it carries; 0 where it carries none."""
    root: str = ""
    """That seal."""


@attrs.frozen
class Negotiation:
    """The state of the whole text, apart from its words."""

    id: str
    symbol: str = ""
    body: str = ""
    conventions: str = "itu"
    title: str = ""
    parties: tuple[Party, ...] = ()
    order: Order = attrs.field(factory=Order)
    documents: tuple[Received, ...] = ()
    meeting: str = ""
    """The meeting that is open; empty between meetings."""
    packages: tuple[Package, ...] = ()
    decisions: tuple[PutDecision, ...] = ()
    """What was put to the room and is neither taken nor dropped."""
    issued: tuple[Issued, ...] = ()
    referrals: tuple[Referral, ...] = ()
    """The bodies that the text was referred to and has not come back from; the last one has it."""
    accreditations: tuple[Accreditation, ...] = ()
    """Everybody who was ever accredited, revoked or not."""
    handed_in: tuple[HandedIn, ...] = ()
    """What delegations handed in and the chair has not answered yet."""

    @property
    def before(self) -> str:
        """The body that has the text now."""
        return self.referrals[-1].body if self.referrals else self.body

    @property
    def pages(self) -> tuple[Received, ...]:
        """The pages that came in and stand, in the order in which they came: not the base."""
        return tuple(
            one for one in self.documents if one.role is not DocumentRole.BASE and not one.undone
        )

    def package(self, package: str) -> Package | None:
        """The package of this id, or the latest of this name."""
        by_id = (one for one in self.packages if one.id == package)
        name = package.casefold()
        by_name = (one for one in reversed(self.packages) if one.name.casefold() == name)
        return next(by_id, next(by_name, None))

    def decision(self, decision: str) -> PutDecision | None:
        """The decision of this id that waits for the gavel."""
        return next((one for one in self.decisions if one.id == decision), None)

    def handed(self, handed: str) -> HandedIn | None:
        """What was handed in under this id and waits for the chair's answer."""
        return next((one for one in self.handed_in if one.id == handed), None)

    def accreditation(self, accreditation: str) -> Accreditation | None:
        """The accreditation of this id."""
        return next((one for one in self.accreditations if one.id == accreditation), None)

    def party(self, code: str) -> Party:
        """The party of this code, or of this name; one without a name where it is unknown."""
        for one in self.parties:
            if code == one.code:
                return one
        folded = code.casefold()
        for one in self.parties:
            if folded in (one.code.casefold(), one.name.casefold()):
                return one
        return Party(code)


def evolve_negotiation(state: Negotiation, entry: int, event: ev.NegotiationEvent) -> Negotiation:
    """The negotiation after one entry."""
    match event:
        case ev.ClausePlaced(clause=clause, after=after, level=level):
            return attrs.evolve(state, order=state.order.with_placed(Placed(clause, level), after))
        case ev.NegotiationOpened():
            return attrs.evolve(
                state,
                symbol=event.symbol,
                body=event.body,
                conventions=event.conventions,
                title=event.title,
            )
        case ev.DocumentReceived():
            received = Received(
                event.name,
                event.sha256,
                event.source,
                event.symbol,
                event.revision,
                event.date,
                event.role,
                entry,
            )
            current = event.symbol if event.role is DocumentRole.REVISION else ""
            documents = (*state.documents, received)
            return attrs.evolve(state, symbol=current or state.symbol, documents=documents)
        case ev.PartyJoined(code=code, name=name, members=members):
            others = tuple(one for one in state.parties if one.code != code)
            return attrs.evolve(state, parties=(*others, Party(code, name, members)))
        case ev.MeetingOpened(meeting=meeting):
            return attrs.evolve(state, meeting=meeting)
        case ev.MeetingClosed():
            return attrs.evolve(state, meeting="")
        case ev.PackageFormed():
            package = Package(
                event.package, event.name, event.clauses, event.points, "formed", entry
            )
            return attrs.evolve(state, packages=(*state.packages, package))
        case ev.PackageTaken(package=package, clauses=joined):
            return _package_is(state, package, "taken", entry, joined)
        case ev.PackageAgreed(package=package):
            return _package_is(state, package, "agreed", entry)
        case ev.PackageBroken(package=package):
            return _package_is(state, package, "broken", entry)
        case ev.DecisionPut():
            put = PutDecision(
                event.decision,
                event.question,
                event.command,
                event.clauses,
                event.until,
                entry=entry,
            )
            return attrs.evolve(state, decisions=(*state.decisions, put))
        case ev.ObjectionMade(decision=decision, party=party, ground=ground):
            objection = Objection(party, ground, entry)
            return _on_decision(
                state,
                decision,
                lambda d: attrs.evolve(d, objections=(*d.objections, objection)),
            )
        case ev.ObjectionWithdrawn(decision=decision, party=party):
            return _on_decision(
                state,
                decision,
                lambda d: attrs.evolve(
                    d, objections=tuple(one for one in d.objections if one.party != party)
                ),
            )
        case ev.DecisionTaken(decision=decision) | ev.DecisionDropped(decision=decision):
            left = tuple(one for one in state.decisions if one.id != decision)
            return attrs.evolve(state, decisions=left)
        case ev.TermChanged() | ev.RecordSealed():
            return state
        case ev.VersionIssued():
            issued = Issued(
                event.symbol,
                event.fingerprint,
                event.against,
                event.files,
                entry,
                position=event.position,
                root=event.root,
            )
            return attrs.evolve(state, symbol=event.symbol, issued=(*state.issued, issued))
        case ev.VersionWithdrawn(symbol=symbol, reason=reason):
            versions = tuple(
                attrs.evolve(one, withdrawn=reason)
                if one.symbol == symbol and not one.withdrawn
                else one
                for one in state.issued
            )
            return attrs.evolve(state, symbol=_current(state, versions), issued=versions)
        case ev.TextReferred(body=body, mandate=mandate, until=until):
            referral = Referral(body, mandate, until, entry)
            return attrs.evolve(state, referrals=(*state.referrals, referral))
        case ev.TextReferredBack():
            return attrs.evolve(state, referrals=state.referrals[:-1])
        case ev.PersonAccredited():
            accreditation = Accreditation(
                event.accreditation,
                event.person,
                event.capacity,
                event.party,
                event.role,
                event.token,
                event.expires,
                event.names,
                entry=entry,
            )
            return attrs.evolve(state, accreditations=(*state.accreditations, accreditation))
        case ev.AccreditationRevoked(accreditation=revoked, reason=reason):
            held = tuple(
                attrs.evolve(one, revoked=reason or "revoked") if one.id == revoked else one
                for one in state.accreditations
            )
            return attrs.evolve(state, accreditations=held)
        case ev.ProposalHandedIn():
            handed = HandedIn(
                event.handed, event.party, event.what, event.command, event.clauses, entry
            )
            return attrs.evolve(state, handed_in=(*state.handed_in, handed))
        case (
            ev.ProposalAdmitted(handed=answered)
            | ev.ProposalDeclined(handed=answered)
            | ev.ProposalTakenBack(handed=answered)
        ):
            waiting = tuple(one for one in state.handed_in if one.id != answered)
            return attrs.evolve(state, handed_in=waiting)
        case ev.ActReversed(entries=entries, restored=restored):
            return attrs.evolve(
                state,
                documents=tuple(_turned(one, entries, entry) for one in state.documents),
                symbol=state.symbol if restored.symbol is None else restored.symbol,
                order=state.order if restored.order is None else Order(restored.order),
                meeting=state.meeting if restored.meeting is None else restored.meeting,
                parties=state.parties if restored.parties is None else restored.parties,
                packages=state.packages if restored.packages is None else restored.packages,
                decisions=state.decisions if restored.decisions is None else restored.decisions,
                handed_in=state.handed_in if restored.handed_in is None else restored.handed_in,
                referrals=state.referrals if restored.referrals is None else restored.referrals,
            )
        case _:
            assert_never(event)


def _current(state: Negotiation, issued: tuple[Issued, ...]) -> str:
    """The symbol under which the text goes once a version is withdrawn: that of the one before."""
    known = [(one.entry, one.symbol) for one in issued if not one.withdrawn]
    known += [(one.entry, one.symbol) for one in state.pages if one.symbol]
    return max(known, default=(0, state.symbol))[1]


def _turned(document: Received, entries: tuple[int, ...], by: int) -> Received:
    """A document after an undo of these entries: of its receipt, or of an undo of that."""
    received = document.entry in entries and not document.undone
    if not received and document.turned not in entries:
        return document
    return attrs.evolve(document, undone=not document.undone, turned=by)


def _package_is(
    state: Negotiation, package: str, now: str, entry: int, joined: tuple[str, ...] = ()
) -> Negotiation:
    packages = tuple(
        attrs.evolve(one, state=now, entry=entry, clauses=(*one.clauses, *joined))
        if one.id == package
        else one
        for one in state.packages
    )
    return attrs.evolve(state, packages=packages)


def _on_decision(
    state: Negotiation, decision: str, change: Callable[[PutDecision], PutDecision]
) -> Negotiation:
    decisions = tuple(change(one) if one.id == decision else one for one in state.decisions)
    return attrs.evolve(state, decisions=decisions)
