"""What each field of a stored fact holds, and the walk that says it otherwise for some reader.

A field that nobody has sorted here holds what somebody said, which is the sort that hides most.
"""

from __future__ import annotations

import enum
import functools
import typing
from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from negotiation.domain import events as ev
from negotiation.domain import terms
from negotiation.domain.entries import Act, Evidence
from negotiation.domain.people import Party
from negotiation.domain.terms import WaitsOn
from negotiation.text.edit import Edit
from negotiation.text.passage import Fate, Mark, Run

Fact = TypeVar("Fact")


class Holds(enum.Enum):
    """What the letters in a field are."""

    WORDS = "words of the text"
    QUOTED = "words of the text, quoted where nothing counts on their places"
    SAID = "what somebody said in their own words"
    TITLE = "a name, a label or a symbol that the text as a whole or a part of it has"
    FILE = "the name of a file"
    PARTY = "a party, by its code or its name"
    NAME = "the name of a party"
    HAND = "a person, an office or a party"
    SYMBOL = "the symbol of a proposal"
    ID = "an id, by which facts refer to one another"
    COMMAND = "a command that waits, as JSON"
    SOURCE = "the bytes of a document"
    PLAIN = "nothing that could name anybody"


def _sorted(**fields: str) -> dict[str, Holds]:
    """Fields by what they hold: ``said="reason ground"``."""
    return {field: Holds[sort.upper()] for sort, names in fields.items() for field in names.split()}


HOLDS: dict[type, dict[str, Holds]] = {
    Act: _sorted(id="id", hand="by typed_by", party="behalf", said="meeting", plain="purpose"),
    Evidence: _sorted(file="document"),
    # -- what events are made of
    Edit: _sorted(words="removed inserted"),
    Run: _sorted(words="words"),
    Mark: _sorted(id="source"),
    Fate: {},
    Party: _sorted(party="code members", name="name"),
    terms.TabledRun: _sorted(words="words", id="source"),
    terms.ProposalTerms: _sorted(id="id", symbol="symbol", party="sponsors", said="reason"),
    terms.Condition: _sorted(said="words", id="on"),
    terms.Excepted: _sorted(id="clause", said="why"),
    terms.IssuedFile: _sorted(file="name", plain="sha256", said="reading"),
    terms.Printed: _sorted(id="label"),
    terms.Correction: _sorted(words="removed"),
    terms.Damage: _sorted(plain="code", quoted="words", said="message repair"),
    terms.Proposal: _sorted(
        id="id into", plain="kind state", symbol="symbol", party="sponsors supporters"
    ),
    terms.Bracket: _sorted(id="point", party="holders", said="status reason until", hand="parked"),
    terms.Alternative: _sorted(
        id="point proposal", party="sponsors", title="label", said="printed"
    ),
    terms.Agreement: _sorted(plain="level", words="words", party="heard_by"),
    terms.Position: _sorted(party="party", id="on", said="condition"),
    terms.Anomaly: _sorted(id="id", plain="settled"),
    terms.Remark: _sorted(said="words", id="on", quoted="quoted"),
    terms.Parked: _sorted(hand="owner", said="until"),
    terms.Placed: _sorted(id="clause"),
    terms.Package: _sorted(id="id clauses points", said="name", plain="state"),
    terms.Objection: _sorted(party="party", said="ground"),
    terms.PutDecision: _sorted(id="id clauses", said="question", command="command"),
    terms.HandedIn: _sorted(id="id clauses", party="party", said="what", command="command"),
    terms.Referral: _sorted(said="body mandate"),
    terms.Restored: _sorted(title="label symbol", said="meeting lead", id="package drawn_from"),
    # -- on a clause
    ev.ClauseTabled: _sorted(title="label base_label", id="sources", said="lead"),
    ev.ProposalSupported: _sorted(id="proposal", party="party"),
    ev.ProposalRevised: _sorted(id="proposal"),
    ev.ProposalWithdrawn: _sorted(id="proposal", party="party"),
    ev.ProposalReintroduced: _sorted(id="proposal", party="party"),
    ev.ProposalRetained: _sorted(id="proposal", plain="state"),
    ev.ProposalNotRetained: _sorted(id="proposal", plain="state"),
    ev.ProposalMerged: _sorted(id="proposal into"),
    ev.BracketPlaced: _sorted(id="point", party="holders", said="status reason"),
    ev.BracketHeld: _sorted(id="point", party="party", said="reason"),
    ev.BracketReleased: _sorted(id="point", party="party"),
    ev.BracketNarrowed: _sorted(id="point"),
    ev.BracketWidened: _sorted(id="point"),
    ev.BracketLifted: _sorted(id="point"),
    ev.StatusNoted: _sorted(id="point", said="status"),
    ev.AlternativeTabled: _sorted(
        id="point proposal", party="sponsors", title="label", said="printed"
    ),
    ev.OpenPointResolved: _sorted(id="point proposals into sources", title="label"),
    ev.TextRevised: _sorted(said="reason"),
    ev.ClauseDeleted: _sorted(said="reason"),
    ev.ClauseRestored: _sorted(said="reason"),
    ev.PositionRecorded: _sorted(party="party", id="on", said="condition"),
    ev.ClauseParked: _sorted(hand="owner", said="until", id="point"),
    ev.ClauseResumed: _sorted(id="point"),
    ev.ClauseAgreed: _sorted(plain="level", words="words", party="heard_by"),
    ev.ConditionMet: _sorted(said="condition"),
    ev.ConditionFailed: _sorted(said="condition ground"),
    ev.ClauseReferredBack: _sorted(plain="level", said="decision"),
    ev.TextCorrected: _sorted(said="reason"),
    ev.ClauseRelabelled: _sorted(title="label"),
    ev.ClauseReprinted: _sorted(said="lead"),
    ev.ClauseDrawnFrom: _sorted(id="clauses"),
    ev.ClauseLinked: _sorted(id="package"),
    ev.ClauseUnlinked: _sorted(id="package"),
    ev.ClauseReopened: _sorted(hand="by", said="ground decision"),
    ev.AnomalyFound: _sorted(id="anomaly"),
    ev.AnomalySettled: _sorted(id="anomaly"),
    ev.RemarkMade: _sorted(said="words", id="on", quoted="quoted"),
    # -- on the whole
    ev.NegotiationOpened: _sorted(title="symbol body title", plain="conventions"),
    ev.DocumentReceived: _sorted(file="name", plain="sha256", source="source", title="symbol"),
    ev.PartyJoined: _sorted(party="code members", name="name"),
    ev.MeetingOpened: _sorted(said="meeting"),
    ev.MeetingClosed: _sorted(said="meeting"),
    ev.ClausePlaced: _sorted(id="clause after"),
    ev.PackageFormed: _sorted(id="package clauses points", said="name"),
    ev.PackageTaken: _sorted(id="package clauses"),
    ev.PackageAgreed: _sorted(id="package"),
    ev.PackageBroken: _sorted(id="package", hand="by", said="ground"),
    ev.DecisionPut: _sorted(id="decision clauses", said="question", command="command"),
    ev.ObjectionMade: _sorted(id="decision", party="party", said="ground"),
    ev.ObjectionWithdrawn: _sorted(id="decision", party="party"),
    ev.DecisionTaken: _sorted(id="decision"),
    ev.DecisionDropped: _sorted(id="decision", said="ground"),
    ev.TermChanged: _sorted(said="old new"),
    ev.VersionIssued: _sorted(title="symbol against", plain="fingerprint root"),
    ev.VersionWithdrawn: _sorted(title="symbol", said="reason"),
    ev.RecordSealed: _sorted(plain="root signature key"),
    ev.TextReferred: _sorted(said="body mandate"),
    ev.TextReferredBack: _sorted(said="body report"),
    ev.PersonAccredited: _sorted(
        id="accreditation", hand="person role", party="party", plain="token"
    ),
    ev.AccreditationRevoked: _sorted(id="accreditation", said="reason"),
    ev.ProposalHandedIn: _sorted(
        id="handed clauses", party="party", said="what", command="command"
    ),
    ev.ProposalAdmitted: _sorted(id="handed"),
    ev.ProposalDeclined: _sorted(id="handed", said="reason"),
    ev.ProposalTakenBack: _sorted(id="handed"),
    ev.ActReversed: _sorted(id="act"),
}
"""For every fact with letters in it, what they are; those without any need not stand here."""

_OF_A_PARTY = (WaitsOn.PARTY, WaitsOn.CAPITALS)

Change = Callable[[Holds, Any], Any]
"""What the letters of one field become."""


def rewritten(fact: Fact, change: Change, met: Callable[[Any], None] | None = None) -> Fact:
    """A fact with the letters of each field changed; the same one where nothing changes.

    ``met`` is told of every fact inside it, before its fields are looked at.
    """
    kind: type[Any] = type(fact)
    if met is not None:
        met(fact)
    changed: dict[str, Any] = {}
    for name, holds in _plan(kind):  # type: ignore[arg-type]  # a class can be looked up
        value = getattr(fact, name)
        if value is None or value == () or value == "" or value == b"":
            continue
        if holds is None:
            new = (
                tuple(rewritten(one, change, met) for one in value)
                if isinstance(value, tuple)
                else rewritten(value, change, met)
            )
        else:
            if kind is terms.Condition and name == "on" and fact.waits_on in _OF_A_PARTY:  # type: ignore[attr-defined]  # asked for just before
                holds = Holds.PARTY
            new = (
                tuple(change(holds, one) for one in value)
                if isinstance(value, tuple)
                else change(holds, value)
            )
        if new != value:
            changed[name] = new
    return attrs.evolve(fact, **changed) if changed else fact  # type: ignore[misc]  # facts are


@functools.cache
def _plan(kind: type) -> tuple[tuple[str, Holds | None], ...]:
    """The fields of a fact that hold letters, and those that hold further facts."""
    hints = typing.get_type_hints(kind)
    plan: list[tuple[str, Holds | None]] = []
    for field in attrs.fields(kind):
        inner = set(types_in(hints[field.name]))
        if inner & {str, bytes}:
            plan.append((field.name, holds(kind, field.name)))
        elif any(attrs.has(one) for one in inner):
            plan.append((field.name, None))
    return tuple(plan)


def holds(kind: type, field: str) -> Holds:
    """What a field of letters holds; what nobody has sorted is taken for what somebody said."""
    return HOLDS.get(kind, {}).get(field, Holds.SAID)


def types_in(hint: Any) -> typing.Iterator[type]:
    """The plain types that a type is made of."""
    if arguments := typing.get_args(hint):
        for one in arguments:
            yield from types_in(one)
    elif isinstance(hint, type):
        yield hint
